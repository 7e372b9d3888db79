@echo off
rem `make` lists what there is to make. tools\make.py makes it, here and elsewhere (Makefile).
setlocal
if not defined PYTHON set "PYTHON=python"
"%PYTHON%" "%~dp0tools\make.py" %*
exit /b %ERRORLEVEL%
