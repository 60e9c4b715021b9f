# Everything runs from .venv, which the first target that needs it makes.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test soak test-oldest check audit codegen docs bench profile clean

.venv/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sequence-async needs Python 3.11 or later: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[cli,speed]" --group dev
	@touch $@

.venv/docs-ready: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group docs
	@touch $@

demo: .venv/ready
	@$(BIN)/sequence-async demo

test: .venv/ready
	$(BIN)/python -m pytest

soak: .venv/ready
	SCRIPTS=20000 $(BIN)/python -m pytest tests/test_money_under_faults.py

test-oldest:
	$(PYTHON) -m venv .venv-oldest
	.venv-oldest/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	.venv-oldest/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[cli,speed]" --group dev --constraint requirements/oldest.txt
	.venv-oldest/bin/python -m pytest

audit: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/python -m pip_audit --skip-editable

check: .venv/docs-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m codegen --check
	$(BIN)/python -m codegen.policy
	$(BIN)/mypy
	$(BIN)/basedpyright --level error
	$(BIN)/python -m zensical build --strict

codegen: .venv/ready
	$(BIN)/python -m codegen

docs: .venv/docs-ready
	$(BIN)/python -m zensical build --strict
	@echo "the site is in site/: $(BIN)/python -m zensical serve shows it"

bench: .venv/ready
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist site
