@echo off
setlocal
rem The Makefile's targets that have a meaning on Windows.
rem Python 3.11 or later is all that must be there.

pushd "%~dp0"

if not defined VENV set "VENV=.venv"
if not defined BUILDDIR set "BUILDDIR=_build"
if not defined SPHINXOPTS set "SPHINXOPTS=-W"
if not defined PYTHON set "PYTHON=python"
set "VENVPYTHON=%VENV%\Scripts\python.exe"
set "PRINTED=%BUILDDIR%\typstprint"

rem The extensions are used from where they stand; nothing has to be installed for that.
if defined PYTHONPATH set "PYTHONPATH=%CD%\_ext;%PYTHONPATH%"
if not defined PYTHONPATH set "PYTHONPATH=%CD%\_ext"
set "PYTHONUTF8=1"

if "%~1" == "" goto help
if /i "%~1" == "help" goto help
if /i "%~1" == "site" goto site
if /i "%~1" == "pdf" goto pdf
if /i "%~1" == "handout" goto handout
if /i "%~1" == "test" goto test
if /i "%~1" == "preview" goto preview
if /i "%~1" == "check" goto check
if /i "%~1" == "clean" goto clean
goto builder

:help
echo make site     build the site with its PDFs: %BUILDDIR%\html\index.html
echo make pdf      print it: the book, and the handouts of each event
echo make handout ID  print one event
echo make preview  show the site while you write, at http://127.0.0.1:8000
echo make test     run the tests (options in PYTESTOPTS)
echo make check    tell what is wrong in the event.yaml files
echo make clean    remove what was built
echo make BUILDER  any other builder of Sphinx: dirhtml, epub, latexpdf, linkcheck, text, ...
echo.
echo set SITE_LANGUAGE=en for the site in English
goto done

:site
call :install site requirements.txt
if errorlevel 1 goto failed
set "WRONG="
"%VENVPYTHON%" -m sphinx -q -b typstprint -d "%BUILDDIR%\doctrees" . "%PRINTED%" %SPHINXOPTS%
if errorlevel 1 set "WRONG=1"
"%VENVPYTHON%" -m sphinx -b html -d "%BUILDDIR%\doctrees" . "%BUILDDIR%\html" -D "eventreports_pdf_folder=%PRINTED%" %SPHINXOPTS%
if errorlevel 1 set "WRONG=1"
if defined WRONG goto failed
echo The site is ready: open %BUILDDIR%\html\index.html
goto done

:pdf
call :install site requirements.txt
if errorlevel 1 goto failed
"%VENVPYTHON%" -m sphinx -b typstprint -d "%BUILDDIR%\doctrees" . "%PRINTED%" %SPHINXOPTS%
if errorlevel 1 goto failed
echo The book: %PRINTED%\book.pdf; the handouts of each event: %PRINTED%\handouts
goto done

:handout
if "%~2" == "" (
    echo Which event? make handout ID
    goto failed
)
call :install site requirements.txt
if errorlevel 1 goto failed
"%VENVPYTHON%" -m sphinx -q -b typstprint -d "%BUILDDIR%\doctrees" . "%PRINTED%" -D "eventreports_printed_events=%~2" %SPHINXOPTS% %HANDOUTOPTS%
if errorlevel 1 goto failed
for %%f in ("%PRINTED%\handouts\%~2.pdf" "%PRINTED%\handouts\%~2.summary.pdf") do if exist %%f echo %%~f
goto done

:test
call :install dev requirements-dev.txt
if errorlevel 1 goto failed
"%VENVPYTHON%" -m pytest %PYTESTOPTS%
if errorlevel 1 goto failed
goto done

:preview
call :install dev requirements-dev.txt
if errorlevel 1 goto failed
"%VENVPYTHON%" -u -m sphinx_autobuild -d "%BUILDDIR%\preview\doctrees" . "%BUILDDIR%\preview\html" --ignore events/years --ignore "%BUILDDIR%" -D keep_warnings=1 -D cjksearch_pagefind=0 %PREVIEWOPTS%
if errorlevel 1 goto failed
goto done

:check
call :install site requirements.txt
if errorlevel 1 goto failed
"%VENVPYTHON%" -m eventreports check %CHECKOPTS% events
if errorlevel 1 goto failed
goto done

:clean
if exist "%BUILDDIR%" rmdir /s /q "%BUILDDIR%"
goto done

:builder
call :install site requirements.txt
if errorlevel 1 goto failed
"%VENVPYTHON%" -m sphinx -M %1 . "%BUILDDIR%" %SPHINXOPTS%
if errorlevel 1 goto failed
goto done

rem install NAME LIST: what LIST names is in %VENV%; a copy of LIST there tells that it is.
:install
fc /b "%~2" "%VENV%\%~1-installed.txt" >nul 2>nul
if not errorlevel 1 exit /b 0
"%PYTHON%" -c "import sys; sys.exit(sys.version_info < (3, 11))"
if errorlevel 1 (
    echo Python 3.11 or later is needed; set PYTHON to the path of its python.exe
    exit /b 1
)
if not exist "%VENV%\Scripts\pip.exe" "%PYTHON%" -m venv "%VENV%"
if errorlevel 1 exit /b 1
echo Installing %~2 into %VENV%; this takes a minute
"%VENVPYTHON%" -m pip install --quiet --disable-pip-version-check --require-hashes -r "%~2"
if errorlevel 1 exit /b 1
copy /y "%~2" "%VENV%\%~1-installed.txt" >nul
exit /b 0

:failed
popd
exit /b 1

:done
popd
exit /b 0
