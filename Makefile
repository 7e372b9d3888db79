# `make` lists what there is to make. tools/make.py makes it, here and on Windows (make.bat).

PYTHON ?= python3

.DEFAULT_GOAL := help
.NOTPARALLEL:

%: FORCE
	@$(PYTHON) tools/make.py $@

# These are made by nobody.
Makefile FORCE: ;
.PHONY: FORCE
