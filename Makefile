# Everything runs from .venv, which the first target that needs it makes.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test test-all soak test-oldest check lock audit codegen docs bench profile clean

$(VENV)/ready: pyproject.toml requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sequence-async needs Python 3.11 or later: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[cli,speed]" --group dev --constraint requirements/dev.txt
	@touch $@

$(VENV)/docs-ready: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group docs --constraint requirements/dev.txt
	@touch $@

demo: $(VENV)/ready
	@$(BIN)/sequence-async demo

test: $(VENV)/ready
	$(BIN)/python -m pytest -n auto --dist worksteal

soak: $(VENV)/ready
	SCRIPTS=24000 $(BIN)/python -m pytest -n auto --dist worksteal tests/core/test_money_under_faults.py
	$(BIN)/python -m pytest -n auto --dist worksteal -m soak

test-oldest:
	$(PYTHON) -m venv .venv-oldest
	.venv-oldest/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	.venv-oldest/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[cli,speed]" --group dev --constraint requirements/oldest.txt
	.venv-oldest/bin/python -m pytest -n auto --dist worksteal

# The newest releases that fit, as one set that was tried together.
lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[cli,speed]" --group dev --group docs
	(head -1 requirements/dev.txt; .venv-lock/bin/python -m pip freeze --exclude-editable --disable-pip-version-check) > requirements/dev.new
	mv requirements/dev.new requirements/dev.txt

audit: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/python -m pip_audit --strict --no-deps --disable-pip --requirement requirements/dev.txt

# On every Python from 3.11 on that is here, under its own name or pyenv's, in an environment of its own each.
test-all:
	@for version in 3.11 3.12 3.13 3.14; do \
		for python in python$$version "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/$$version.*/bin/python; do \
			"$$python" -c "import ensurepip" 2>/dev/null || continue; \
			echo "Python $$version:"; \
			$(MAKE) --no-print-directory test PYTHON="$$python" VENV=.venvs/$$version || exit 1; \
			break; \
		done; \
	done

check: $(VENV)/docs-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/codespell --dictionary - --dictionary .ci/glossary.txt
	$(BIN)/python -m codegen --check
	$(BIN)/python -m codegen.policy
	$(BIN)/mypy
	$(BIN)/basedpyright --level error
	$(BIN)/zizmor --offline --strict-collection .github
	$(BIN)/python -m zensical build --strict

codegen: $(VENV)/ready
	$(BIN)/python -m codegen

docs: $(VENV)/docs-ready
	$(BIN)/python -m zensical build --strict
	@echo "the site is in site/: $(BIN)/python -m zensical serve shows it"

# Without the other clients, the report has fewer rows, and says so.
$(VENV)/bench-ready: $(VENV)/ready
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	@touch $@

bench: $(VENV)/bench-ready
	$(BIN)/python -m benchmarks

profile: $(VENV)/ready
	$(BIN)/python -m benchmarks.profile

clean:
	rm -rf .venv .venvs .venv-oldest .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist site
