# All a fresh clone needs is Python 3.11 or newer and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Seconds to fuzz, for all targets together.
SECONDS := 120

# What the targets with parts do; WHAT="site metadata" chooses some of them.
MORE := site metadata wheel sdist lowest spark r slow
BENCHES := start records growth site tables draft
TOOLS := pictures sources released-ids readings lock

# One of each: what a copy without Git has to bring along for its tests.
SAMPLE := $(addprefix tests/,faults docs dataset/test_dataset.py cli/test_look.py site/test_build.py test_build.py)

INSTALL := -m pip install --quiet --disable-pip-version-check --no-compile --no-deps

.PHONY: dataset site test check fmt bench fuzz release-check hooks test-more tools clean help \
  check/records check/code $(addprefix test-more/,$(MORE) readers) $(addprefix bench/,$(BENCHES) filters spark) \
  $(addprefix tools/,$(TOOLS))

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

dataset: $(VENV)/.ready ## Validate the records, build the package, export it to dist/data
	@$(BIN)/interpol-dataset validate
	@$(BIN)/interpol-dataset build
	@$(BIN)/interpol-dataset export dist/data/parquet --format parquet
	@$(BIN)/interpol-dataset export dist/data/csv --format csv
	@$(BIN)/interpol-dataset export dist/data/json --format json

site: $(VENV)/.ready ## Build the site to dist/site
	@$(BIN)/interpol-dataset site dist/site $(if $(SITE_URL),--url $(SITE_URL)) $(if $(REPOSITORY),--repository $(REPOSITORY))

# Many tests read what is built; where that is out of date, one sentence says more than their failures.
test: $(VENV)/.test ## Run the tests
	@$(BIN)/interpol-dataset build --check
	$(BIN)/python -m pytest -q -n auto

check: check/records check/code ## Check records, built files, style, layers, types and workflows

check/records: $(VENV)/.ready
	@$(BIN)/interpol-dataset validate --strict
	@$(BIN)/interpol-dataset fmt --check

# Not of a change of records alone: CI commits what is built of them.
check/code: $(VENV)/.dev
	@$(BIN)/interpol-dataset build --check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/zizmor --offline --quiet .
	$(BIN)/mypy src

fmt: $(VENV)/.dev ## Format code and records
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	@$(BIN)/interpol-dataset fmt

bench: $(addprefix bench/,$(or $(WHAT),$(BENCHES))) ## Measure; WHAT is some of start records growth site tables draft filters spark

bench/start: $(VENV)/.test
	@$(BIN)/python bench/startup.py

bench/records: $(VENV)/.test
	@$(BIN)/python bench/records.py

bench/growth: $(VENV)/.test
	@$(BIN)/python bench/growth.py

bench/site: $(VENV)/.test
	@$(BIN)/python bench/site.py

bench/tables: $(VENV)/.test
	@$(BIN)/python bench/tables.py --rows 2000
	@$(BIN)/python bench/tables.py --rows 200000
	@$(BIN)/python bench/tables.py --rows 200000 --damaged

# With the texts of its pages, which are not kept: python bench/draft.py FOLDER
bench/draft: $(VENV)/.test
	@$(BIN)/python bench/draft.py

bench/filters: site $(VENV)/.browser
	@PYTHONPATH=tests_browser $(BIN)/python bench/filters.py dist/site

bench/spark: $(VENV)/spark/.ready
	@PYTHONPATH=src $(VENV)/spark/bin/python bench/on_spark.py

fuzz: $(VENV)/.fuzz ## Look for inputs that crash, for SECONDS=120
	@$(BIN)/python fuzz/run.py --seconds $(SECONDS)

# TAG=v1.2.3 checks that this very version can be released now; without it, it is a rehearsal.
release-check: check test-more/metadata ## Make a release in dist/release, and check all of it
	$(BIN)/python tools/release.py --tag "$(TAG)"
	$(VENV)/metadata/bin/python -m twine check --strict dist/release/*.whl dist/release/*.tar.gz
	cd dist/release && sha256sum --check --quiet SHA256SUMS

hooks: $(VENV)/.dev ## Keep built files out of conflicts, and check records before each commit
	git config merge.built.name "keep ours: 'interpol-dataset build' writes it again"
	git config merge.built.driver true
	$(BIN)/pre-commit install

test-more: $(addprefix test-more/,$(or $(WHAT),$(MORE))) ## Test more; WHAT is some of site metadata wheel sdist lowest spark r readers slow

# The whole site, in Chromium.
test-more/site: $(VENV)/.browser
	PYTHONPATH=src:tests_browser $(BIN)/python -m pytest -q -n auto -p no:cacheprovider tests_browser

# The metadata of an export, with the tools of their standards.
test-more/metadata: $(VENV)/.ready $(VENV)/metadata/.ready
	@$(BIN)/interpol-dataset export dist/metadata --format csv --metadata
	$(VENV)/metadata/bin/python -m pytest -q -c tests_more/standards/pytest.ini tests_more/standards

# The wheel, in a clean environment with the source folder out of reach.
test-more/wheel: $(VENV)/.ready
	@.ci/wheel $(BIN)/python

# A sample of the tests in the unpacked source distribution.
test-more/sdist: $(VENV)/.test
	@rm -rf dist/sdist && mkdir -p dist/sdist
	$(BIN)/python -c 'from hatchling.build import build_sdist; build_sdist("dist/sdist")'
	tar -xzf dist/sdist/*.tar.gz -C dist/sdist --strip-components 1
	cd dist/sdist && PYTHONPATH=src $(abspath $(BIN))/python -m pytest -q -n auto -p no:cacheprovider $(SAMPLE)

# The core with the lowest versions of all dependencies.
test-more/lowest: $(VENV)/lowest/.ready
	PYTHONPATH=src $(VENV)/lowest/bin/python -m pytest -q -n auto -p no:cacheprovider @tests/core.txt

# Tables on a local Spark; needs Java.
test-more/spark: $(VENV)/spark/.ready
	PYTHONPATH=src $(VENV)/spark/bin/python -m pytest -q -c tests_more/spark/pytest.ini tests_more/spark

# Exports in R; needs R with readr, data.table and jsonlite.
test-more/r: $(VENV)/.test
	PYTHONPATH=src $(BIN)/python -m pytest -q -c tests_more/readers/pytest.ini tests_more/readers -k "base or readr or data.table or jsonlite"

# Exports in R, Node and Spark; needs all three.
test-more/readers: $(VENV)/spark/.ready $(VENV)/node/.ready
	cp tests_more/readers/read.mjs $(VENV)/node
	NODE_READER=$(abspath $(VENV))/node/read.mjs PYTHONPATH=src $(VENV)/spark/bin/python -m pytest -q -c tests_more/readers/pytest.ini tests_more/readers

# Damage by program, contributions, releases, readers: what is slow or seldom breaks.
test-more/slow: $(VENV)/.test
	$(BIN)/python -m pytest -q -n auto tests_more

tools: $(addprefix tools/,$(WHAT)) ## For maintainers: WHAT is pictures, sources, released-ids, readings or lock
	@$(if $(WHAT),:,echo "say what: make tools WHAT=..., one of $(TOOLS)" >&2; exit 2)

# The main pages of the site, drawn to dist/pictures, and the pictures of the README.
tools/pictures: site $(VENV)/.browser
	@$(BIN)/python tests_browser/pictures.py dist/site dist/pictures

# Whether sources are still there, with their hashes and copies; IDS="..." asks some.
tools/sources: $(VENV)/.test
	@$(BIN)/python tools/archive_sources.py $(IDS)

# The ids of all records as published, at each release.
tools/released-ids: $(VENV)/.ready
	@$(BIN)/python tools/release.py --list-ids

# The page on second readings, after there are new ones in quality/.
tools/readings: $(VENV)/.ready
	@$(BIN)/python tools/readings.py

# The versions of all that is installed; needs uv. UPGRADE=1 takes the newest.
tools/lock: $(VENV)/.ready
	@$(BIN)/python tools/lock.py $(if $(UPGRADE),--upgrade)

clean: ## Remove everything that make and the tools created
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis

# requirements/ pins every package by version and hash; the project itself is installed without.
$(VENV)/.ready: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is required; choose one with make PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(INSTALL) --require-hashes -r $<
	$(BIN)/python $(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.ready
	$(BIN)/python $(INSTALL) --require-hashes -r $<
	@touch $@

# Each of these needs what the tests need, too: mypy reads the types of their libraries.
$(VENV)/.dev $(VENV)/.browser $(VENV)/.fuzz: $(VENV)/.%: requirements/%.txt $(VENV)/.test
	$(BIN)/python $(INSTALL) --require-hashes -r $<
	@touch $@

# Environments of their own, as their packages need other versions. The lowest ones have no wheels for
# the newest Python, and to compile them takes an hour.
lowest_PYTHON = $(shell for old in python3.11 python3.12; do $$old -c "import ensurepip" 2> /dev/null && echo $$old && break; done)
$(VENV)/metadata/.ready $(VENV)/spark/.ready $(VENV)/lowest/.ready: $(VENV)/%/.ready: requirements/%.txt
	@rm -rf $(VENV)/$*
	$(or $($*_PYTHON),$(PYTHON)) -m venv $(VENV)/$*
	$(VENV)/$*/bin/python $(INSTALL) --require-hashes -r $<
	@touch $@

$(VENV)/node/.ready: tests_more/readers/package-lock.json
	mkdir -p $(VENV)/node
	cp tests_more/readers/package.json tests_more/readers/package-lock.json $(VENV)/node
	npm ci --prefix $(VENV)/node --ignore-scripts --no-audit --no-fund --silent
	@touch $@
