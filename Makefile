# Everything a fresh clone needs: Python 3.11 or newer and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: dataset test lint types check bench fmt help clean

help: ## Say what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

dataset: $(READY) ## Validate the records, build the package, export it to dist/data
	@$(BIN)/interpol-dataset validate
	@$(BIN)/interpol-dataset build
	@$(BIN)/interpol-dataset export dist/data/parquet --format parquet
	@$(BIN)/interpol-dataset export dist/data/csv --format csv
	@$(BIN)/interpol-dataset export dist/data/json --format json

test: $(READY) ## Run all tests
	$(BIN)/python -m pytest -q -n auto

lint: $(READY) ## Check style and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(READY) ## Check types
	$(BIN)/mypy src

check: $(READY) ## Check that records are canonical and everything built is current
	@$(BIN)/interpol-dataset validate
	@$(BIN)/interpol-dataset fmt --check
	@$(BIN)/interpol-dataset build --check

bench: $(READY) ## Measure start-up, loading and validation, as ratios within one run
	@$(BIN)/python bench/startup.py
	@$(BIN)/python bench/records.py
	@$(BIN)/python bench/tables.py --rows 2000
	@$(BIN)/python bench/tables.py --rows 200000
	@$(BIN)/python bench/tables.py --rows 200000 --damaged

fmt: $(READY) ## Put code and records in their canonical form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	@$(BIN)/interpol-dataset fmt

clean: ## Remove what was made
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The constraints pin every package by version and hash; the project itself has none.
$(READY): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one with make PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
