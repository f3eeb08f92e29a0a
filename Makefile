# Hearsay: each target is enough on a fresh machine with Python 3.11+ and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: demo test check bench format clean

demo: $(VENV)/.installed  ## install, read an example report, leave a small ledger to look at
	@$(BIN)/hearsay read examples/hostages.txt --date 2023-03-14
	@$(BIN)/python docs/demo_ledger.py build/demo.db

test: $(VENV)/.installed-dev  ## run the tests
	@$(BIN)/python -m pytest

check: $(VENV)/.installed-dev  ## lint, types, data files, tests
	$(BIN)/ruff check hearsay tests eval training
	$(BIN)/mypy
	$(BIN)/hearsay check
	$(BIN)/python -m pytest

bench: $(VENV)/.installed-dev  ## run the benchmarks (skipped with a message where their data is not there)
	@$(BIN)/python -m eval.bench

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix hearsay tests eval training
	$(BIN)/ruff format hearsay tests eval training

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Hearsay needs Python 3.11 or newer; set PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
