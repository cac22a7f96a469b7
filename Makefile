# Two commands: `make check` runs the gate on records/, `make test` passes the tests.
# Both make what they need in .venv first; nothing is installed outside this folder.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE ?= site
# The reader and what accepts at once are compiled where there is a compiler; a change of its source builds it again.
BUILT_FROM := pyproject.toml setup.py $(wildcard src/tallysheet/reader/plain/*) $(wildcard src/tallysheet/plainly/*)

.PHONY: check test lint format docs site clean

check: $(VENV)/installed
	$(BIN)/tallysheet check

test: $(VENV)/installed-dev
	$(BIN)/pytest --numprocesses=auto

lint: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

site: $(VENV)/installed-audit
	$(BIN)/tallysheet site --to $(SITE)

docs: $(VENV)/installed-dev
	$(BIN)/python docs/generate.py

clean:
	rm -rf $(VENV) build dist src/tallysheet/reader/_plain.*.so src/tallysheet/_plainly.*.so

$(VENV)/installed: $(BUILT_FROM)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/installed-audit: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[audit]'
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@
