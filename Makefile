# All a fresh clone needs is Python 3.11 or newer and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# Seconds to fuzz, for all targets together.
SECONDS := 120

# What touches the libraries: what they may be at the lowest is tested here.
CORE := $(addprefix tests/,values schema records tablecheck tables metadata package dataset/test_dataset.py dataset/test_export.py dataset/test_sql.py dataset/test_strangers.py dataset/test_tables.py)

# One of each: what a copy without Git has to bring along for its tests.
SAMPLE := $(addprefix tests/,faults docs dataset/test_dataset.py cli/test_look.py site/test_build.py test_build.py)

.PHONY: dataset site test test-more test-lowest test-sdist test-metadata test-site test-spark test-r test-readers pictures \
  fuzz world released-ids release-check lint types check bench bench-site bench-spark fmt hooks help clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

dataset: $(READY) ## Validate the records, build the package, export it to dist/data
	@$(BIN)/interpol-dataset validate
	@$(BIN)/interpol-dataset build
	@$(BIN)/interpol-dataset export dist/data/parquet --format parquet
	@$(BIN)/interpol-dataset export dist/data/csv --format csv
	@$(BIN)/interpol-dataset export dist/data/json --format json

site: $(READY) ## Build the site to dist/site
	@$(BIN)/interpol-dataset site dist/site $(if $(SITE_URL),--url $(SITE_URL)) $(if $(REPOSITORY),--repository $(REPOSITORY))

test: $(READY) ## Run all tests
	$(BIN)/python -m pytest -q -n auto

test-more: $(READY) ## Run what is tested each week: damage by program
	$(BIN)/python -m pytest -q -n auto tests_more

test-lowest: $(VENV)/lowest/.ready ## Run the core's tests with the lowest versions of all dependencies
	PYTHONPATH=src $(VENV)/lowest/bin/python -m pytest -q -n auto -p no:cacheprovider $(CORE)

$(VENV)/lowest/.ready: pyproject.toml constraints.txt .ci/lowest.py | $(READY)
	@rm -rf $(VENV)/lowest
	$(PYTHON) -m venv $(VENV)/lowest
	$(BIN)/python .ci/lowest.py > $(VENV)/lowest/requirements.txt
	$(VENV)/lowest/bin/python -m pip install --quiet --disable-pip-version-check -r $(VENV)/lowest/requirements.txt
	@touch $@

test-sdist: $(READY) ## Run a sample of the tests in the unpacked source distribution
	@rm -rf dist/sdist && mkdir -p dist/sdist
	$(BIN)/python -c 'from hatchling.build import build_sdist; build_sdist("dist/sdist")'
	tar -xzf dist/sdist/*.tar.gz -C dist/sdist --strip-components 1
	cd dist/sdist && PYTHONPATH=src $(abspath $(BIN))/python -m pytest -q -n auto -p no:cacheprovider $(SAMPLE)

test-site: $(READY) $(VENV)/browser ## Run the tests of the whole site, in Chromium
	PYTHONPATH=src:$(VENV)/browser:tests_browser $(BIN)/python -m pytest -q -n auto -p no:cacheprovider tests_browser

pictures: site $(VENV)/browser ## Draw the main pages to dist/pictures
	@PYTHONPATH=$(VENV)/browser $(BIN)/python tests_browser/pictures.py dist/site dist/pictures

$(VENV)/browser: tests_browser/requirements.txt $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade --target $@ -r $<
	@touch $@

test-metadata: $(VENV)/metadata/.ready ## Check the metadata with the tools of their standards
	$(VENV)/metadata/bin/python -m pytest -q -c tests_more/standards/pytest.ini tests_more/standards

$(VENV)/metadata/.ready: tests_more/standards/requirements.txt | $(READY)
	$(PYTHON) -m venv $(VENV)/metadata
	$(VENV)/metadata/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@

test-spark: $(VENV)/spark/.ready ## Check tables on a local Spark; needs Java
	PYTHONPATH=src $(VENV)/spark/bin/python -m pytest -q -c tests_more/spark/pytest.ini tests_more/spark

$(VENV)/spark/.ready: tests_more/spark/requirements.txt $(READY)
	$(PYTHON) -m venv $(VENV)/spark
	$(VENV)/spark/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@

test-r: $(READY) ## Read exports in R; needs R with readr, data.table and jsonlite
	PYTHONPATH=src $(BIN)/python -m pytest -q -c tests_more/readers/pytest.ini tests_more/readers -k "base or readr or data.table or jsonlite"

test-readers: $(VENV)/spark/.ready $(VENV)/node/.ready ## Read exports in R, Node and Spark; needs all three
	cp tests_more/readers/read.mjs $(VENV)/node
	NODE_READER=$(abspath $(VENV))/node/read.mjs PYTHONPATH=src $(VENV)/spark/bin/python -m pytest -q -c tests_more/readers/pytest.ini tests_more/readers

$(VENV)/node/.ready: tests_more/readers/package-lock.json $(READY)
	mkdir -p $(VENV)/node
	cp tests_more/readers/package.json tests_more/readers/package-lock.json $(VENV)/node
	npm ci --prefix $(VENV)/node --ignore-scripts --no-audit --no-fund --silent
	@touch $@

fuzz: $(READY) $(VENV)/fuzz ## Look for inputs that crash, for SECONDS=120
	@PYTHONPATH=$(VENV)/fuzz $(BIN)/python fuzz/run.py --seconds $(SECONDS)

$(VENV)/fuzz: fuzz/requirements.txt $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade --target $@ -r $<
	@touch $@

world: $(READY) ## Draw the outlines of the site's world map; needs npm
	@mkdir -p dist
	cd dist && tar -xzf "$$(npm pack --silent world-atlas@2.0.2)"
	@$(BIN)/python .ci/world.py dist/package/countries-50m.json > dist/world.json
	@mv dist/world.json src/interpol_dataset/site/data/world.json

released-ids: $(READY) ## List the ids of all records as published; run at each release
	@$(BIN)/python .ci/release.py --list-ids

# TAG=v1.2.3 checks that this very version can be released now; without it, it is a rehearsal.
release-check: lint types check test-metadata ## Make a release in dist/release, and check all of it
	$(BIN)/python .ci/release.py --tag "$(TAG)"
	$(VENV)/metadata/bin/python -m twine check --strict dist/release/*.whl dist/release/*.tar.gz
	cd dist/release && sha256sum --check --quiet SHA256SUMS

lint: $(READY) ## Check style, import layers and workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/zizmor --offline --quiet .

types: $(READY) ## Check types
	$(BIN)/mypy src

check: $(READY) ## Check that records are valid and canonical, and built files up to date
	@$(BIN)/interpol-dataset validate --strict
	@$(BIN)/interpol-dataset fmt --check
	@$(BIN)/interpol-dataset build --check

bench: $(READY) ## Measure start-up, loading, validation and the site
	@$(BIN)/python bench/startup.py
	@$(BIN)/python bench/records.py
	@$(BIN)/python bench/site.py
	@$(BIN)/python bench/tables.py --rows 2000
	@$(BIN)/python bench/tables.py --rows 200000
	@$(BIN)/python bench/tables.py --rows 200000 --damaged

bench-site: site $(VENV)/browser ## Measure the filters of the site, in Chromium
	@PYTHONPATH=$(VENV)/browser:tests_browser $(BIN)/python bench/filters.py dist/site

bench-spark: $(VENV)/spark/.ready ## Measure the check of 2 and of 20 million rows, on Spark and without
	@PYTHONPATH=src $(VENV)/spark/bin/python bench/on_spark.py

fmt: $(READY) ## Format code and records
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	@$(BIN)/interpol-dataset fmt

hooks: $(READY) ## Make git merge built files, and check records before each commit
	git config merge.built.name "keep ours: 'interpol-dataset build' writes it again"
	git config merge.built.driver true
	$(BIN)/pre-commit install --hook-type pre-commit --hook-type post-merge

clean: ## Remove everything that make and the tools created
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis

# constraints.txt pins every package by version and hash; the project itself is installed without.
$(READY): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is required; choose one with make PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
