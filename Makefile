# `make` tells what there is to make. Python 3.11 or later is all that must be there.

PYTHON      ?= python3
VENV        ?= .venv
SPHINXOPTS  ?= -W
PYTESTOPTS  ?=
CHECKOPTS   ?=
PREVIEWOPTS ?=
LOCKOPTS    ?=
HANDOUTOPTS ?=
BENCHOPTS   ?=
SEARCHBENCHOPTS ?=
OPENBENCHOPTS ?=
BUILDDIR    ?= _build

BIN     := $(VENV)/bin
SITE    := $(VENV)/.site-installed
DEV     := $(VENV)/.dev-installed
TRANSLATED := eventreports cjksearch
UV      := uv==0.13.9

# The extensions are used from where they stand; nothing has to be installed for that.
export PYTHONPATH := $(CURDIR)/_ext$(if $(PYTHONPATH),:$(PYTHONPATH))

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site pdf handout bench preview test lint format check schema messages lock clean distclean

help:
	@echo 'make site      build the site with its PDFs: $(BUILDDIR)/html/index.html'
	@echo 'make pdf       print it: the book, and the handouts of each event'
	@echo 'make handout EVENT=ID   print one event'
	@echo 'make preview   show the site while you write, at http://127.0.0.1:8000'
	@echo 'make test      run the tests             (PYTESTOPTS="-n auto -m ...")'
	@echo 'make bench     measure what printing, searching and opening pages cost'
	@echo '               (BENCHOPTS="--events 10 --pages 500", SEARCHBENCHOPTS="--records 1000",'
	@echo '                OPENBENCHOPTS="--sessions 500")'
	@echo 'make lint      style, formatting, types'
	@echo 'make format    mend the style and the formatting'
	@echo 'make check     tell what is wrong in the event.yaml files  (CHECKOPTS="--format github")'
	@echo 'make schema    write the JSON Schema of event.yaml'
	@echo 'make messages  update and compile the translations'
	@echo 'make lock      write requirements*.txt   (LOCKOPTS=--upgrade: with newer versions)'
	@echo 'make clean     remove what was built     (distclean: $(VENV) too)'
	@echo 'make BUILDER   any other builder of Sphinx: dirhtml, epub, latexpdf, linkcheck, text, ...'
	@echo
	@echo 'SITE_LANGUAGE=en make site   the site in English'
	@echo 'SPHINXOPTS= make site        warnings are shown, and do not fail the build'

PRINTED := $(BUILDDIR)/typstprint
SPHINX   = $(BIN)/python -m sphinx -d '$(BUILDDIR)/doctrees'

# Two builders over the same doctrees: the pages offer the PDFs that are there by then.
# What is wrong with the one does not keep the other from its work.
site: $(SITE)
	@status=0; \
	$(SPHINX) -q -b typstprint . '$(PRINTED)' $(SPHINXOPTS) || status=$$?; \
	$(SPHINX) -b html . '$(BUILDDIR)/html' -D eventreports_pdf_folder='$(PRINTED)' $(SPHINXOPTS) \
		|| status=$$?; \
	exit $$status
	@echo 'The site is ready: open $(BUILDDIR)/html/index.html'

pdf: $(SITE)
	@$(SPHINX) -b typstprint . '$(PRINTED)' $(SPHINXOPTS)
	@echo 'The book: $(PRINTED)/book.pdf; the handouts of each event: $(PRINTED)/handouts'

handout: $(SITE)
	@test -n '$(EVENT)' || { echo 'Which event? make handout EVENT=ID'; exit 2; }
	@$(SPHINX) -q -b typstprint . '$(PRINTED)' -D eventreports_printed_events='$(EVENT)' \
		$(SPHINXOPTS) $(HANDOUTOPTS)
	@ls '$(PRINTED)/handouts/$(EVENT).pdf' '$(PRINTED)/handouts/$(EVENT).summary.pdf' 2>/dev/null || true

test: $(DEV)
	@$(BIN)/python -m pytest $(PYTESTOPTS)

bench: $(SITE)
	@$(BIN)/python bench/print.py $(BENCHOPTS)
	@$(BIN)/python bench/search.py $(SEARCHBENCHOPTS)
	@$(BIN)/python bench/open.py $(OPENBENCHOPTS)

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: $(SITE)
	@$(BIN)/python -m eventreports check $(CHECKOPTS) events

# What is served is a folder of pages alone. Unbuffered: that a build failed is said at once.
preview: $(DEV)
	$(BIN)/python -u -m sphinx_autobuild -d '$(BUILDDIR)/preview/doctrees' . '$(BUILDDIR)/preview/html' \
		--ignore events/years --ignore '$(BUILDDIR)' \
		-D keep_warnings=1 -D cjksearch_pagefind=0 $(PREVIEWOPTS)

schema: $(SITE)
	@mkdir -p '$(BUILDDIR)'
	$(BIN)/python -m eventreports schema >'$(BUILDDIR)/event.schema.json'
	mv '$(BUILDDIR)/event.schema.json' _ext/eventreports/event.schema.json

# Places in the code and dates are left out: a catalog changes when a message does.
messages: $(SITE)
	@mkdir -p '$(BUILDDIR)'
	@for room in $(TRANSLATED); do \
		set -e; \
		$(BIN)/pybabel --quiet extract --no-default-keywords -k _ -k N_ -k ngettext:1,2 \
			--no-location --sort-output --project=$$room \
			--output-file="$(BUILDDIR)/$$room.pot" _ext/$$room; \
		$(BIN)/pybabel update --domain=$$room --output-dir=_ext/$$room/locale \
			--input-file="$(BUILDDIR)/$$room.pot" \
			--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date; \
		$(BIN)/pybabel compile --domain=$$room --directory=_ext/$$room/locale --statistics; \
	done

	$(BIN)/python -m sphinx -q -b gettext -d '$(BUILDDIR)/gettext/.doctrees' . '$(BUILDDIR)/gettext'
	@for page in index $$(ls guide | sed -n 's,\(.*\)\.md$$,guide/\1,p'); do \
		$(BIN)/pybabel --quiet update --input-file="$(BUILDDIR)/gettext/$$page.pot" \
			--output-file="locale/en/LC_MESSAGES/$$page.po" --locale=en \
			--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --init-missing; \
	done

# One file of versions and hashes for every platform and every Python from 3.11 on.
COMPILE = $(VENV)-lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --extra print --extra search --custom-compile-command 'make lock' $(LOCKOPTS)

lock: $(VENV)-lock/.installed
	$(COMPILE) --group site --output-file requirements.txt pyproject.toml
	$(COMPILE) --group dev --constraints requirements.txt \
		--output-file requirements-dev.txt pyproject.toml

clean:
	rm -rf '$(BUILDDIR)' .mypy_cache .pytest_cache .ruff_cache .hypothesis

distclean: clean
	rm -rf '$(VENV)' '$(VENV)-lock'

# Both lists may go into the same environment: their versions agree.
$(SITE): requirements.txt
$(DEV): requirements-dev.txt
$(SITE) $(DEV):
	$(call venv,$(VENV))
	@echo 'Installing $< into $(VENV); this takes a minute'
	@$(BIN)/python -m pip install $(PIPOPTS) --require-hashes -r $<
	@touch $@

$(VENV)-lock/.installed: Makefile
	$(call venv,$(VENV)-lock)
	@$(VENV)-lock/bin/python -m pip install $(PIPOPTS) '$(UV)'
	@touch $@

PIPOPTS = --quiet --disable-pip-version-check

define venv
@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit( \
	"Python 3.11 or later is needed, $(PYTHON) is %d.%d; try: make PYTHON=python3.11" \
	% sys.version_info[:2])'
@test -x $(1)/bin/pip || $(PYTHON) -m venv $(1)
endef

# Everything else is for Sphinx. The files named here are made by nobody.
Makefile requirements.txt requirements-dev.txt: ;

%: $(SITE) FORCE
	@$(BIN)/python -m sphinx -M $@ . '$(BUILDDIR)' $(SPHINXOPTS)

FORCE: ;
.PHONY: FORCE
