# Two commands are enough: `make serve` and `make test`. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Errors are told; warnings about a machine's settings, root or a newer pip are nothing a newcomer can act on.
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
HOST ?= 127.0.0.1
PORT ?= 8000
# Tests wait more than they compute: one process more than cores, at least two, at most four. `make test PROCESSES=0` has one, where
# a debugger works; PYTEST=… is another command altogether.
PROCESSES ?= $(shell $(PYTHON) -c 'import os; print(max(2, min(4, (os.cpu_count() or 1) + 1)))')
PYTEST ?= $(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal

.PHONY: serve test check lint bench soak setup setup-dev lock extract clean

serve: $(VENV)/.installed
	$(BIN)/tilmash serve --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-dev
	$(PYTEST)

check: lint test

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev
	$(BIN)/python -m bench

soak: $(VENV)/.installed-dev
	TILMASH_SOAK=1 $(BIN)/python -m pytest -m soak

setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Tilmash needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements/run.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements/run.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.installed-dev: requirements/dev.lock $(VENV)/.installed
	$(PIP) install --require-hashes -r requirements/dev.lock
	touch $@

# The interface's words: translations/messages.pot from the code, and the catalogues brought up to it.
extract: $(VENV)/.installed-dev
	$(BIN)/tilmash catalog extract
	TILMASH_TRANSLATIONS=translations $(BIN)/tilmash catalog update messages

# The rest of a catalogue's life: `make catalog-check`, `make catalog-stats`, `make catalog-add WORDS=az` …
catalog-%: $(VENV)/.installed
	$(BIN)/tilmash catalog $* $(WORDS)

# Lock files carry hashes for every platform and no registry's name; made with uv, kept by hand of whoever updates.
lock: $(VENV)/.installed-dev
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --extra report-pdf pyproject.toml requirements/build.in -o requirements/run.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --extra report-pdf --group dev pyproject.toml -c requirements/run.lock -o requirements/dev.lock

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis
