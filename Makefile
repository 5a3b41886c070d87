# Two commands for a newcomer: `make demo` and `make test`. Both set up .venv/ from the lock file first.
SHELL := /bin/bash
PYTHON ?= python3
UV_VERSION := 0.13.9
export UV_PROJECT_ENVIRONMENT := .venv
export UV_LINK_MODE ?= copy
BIN := .venv/bin
OUT := out/the-challenge

.PHONY: demo test check setup lock bench docs clean help

help:
	@echo "make demo   plan the example film and write its paper to $(OUT)/"
	@echo "make test   every test"
	@echo "make check  format, lint, types, import contract, documents that run"
	@echo "make bench  us and the named peers on the same work"

setup: .venv/.done

.venv/.done: uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cupola needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 setup"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "python3 cannot make a virtual environment: install the package python3-venv"; exit 2; }
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv sync --frozen --inexact --quiet
	@echo "compiling the search, once (about half a minute)"
	@$(BIN)/cupola doctor >/dev/null
	@touch $@

demo: setup
	@$(BIN)/cupola plan examples/the-challenge --time 60 --seed 1
	@$(BIN)/cupola report examples/the-challenge --out $(OUT)
	@echo "Open $(OUT)/report.html"

test: setup
	@$(BIN)/pytest -n 2

check: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest tests/docs

bench: setup
	@$(BIN)/uv sync --frozen --inexact --quiet --group bench
	@for script in bench/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

lock: setup
	@$(BIN)/uv lock

clean:
	rm -rf out .pytest_cache .mypy_cache .ruff_cache
