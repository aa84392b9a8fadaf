# Run `make` for the list of targets. Nothing needs to be installed beforehand but a
# Python 3 and make: uv comes into .tools/, the environment into .venv/.

.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
# A start that compiles every module anew takes three times as long.
unexport PYTHONDONTWRITEBYTECODE

PORT ?= 8000
JOBS ?= 2
BIN := .venv/bin
UV := .tools/uv/bin/uv
MANAGE := $(BIN)/python manage.py
SYNCED := .venv/.synced
TEMPLATES = $$(find templates -name '*.html')
# Enough of a production environment for Django's checks; nothing connects to it.
PRODUCTION = DJANGO_SETTINGS_MODULE=careers.settings.production DATABASE_URL=postgresql:/// \
	ALLOWED_HOSTS=example.org BASE_URL=https://example.org \
	SECRET_KEY=$$(head -c 40 /dev/urandom | od -An -tx1 | tr -d ' \n')
SOURCES = manage.py $$(find careers search tests -name '*.py')

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

.PHONY: run
run: $(SYNCED) ## Set up everything and serve the site on http://127.0.0.1:8000 (PORT=8001 for another port)
	@exec $(BIN)/python -m careers.serve $(PORT)

.PHONY: account
account: $(SYNCED) ## Make an account that may sign in at /admin/
	@$(MANAGE) prepare_site --listings 0
	@exec $(MANAGE) createsuperuser

.PHONY: elasticsearch
elasticsearch: $(SYNCED) ## Run one Elasticsearch node on http://127.0.0.1:9200 (ES_PORT=9201, ES_HEAP=2g)
	@setup/elasticsearch
	@exec $(BIN)/python -m search.node

.PHONY: test
test: $(SYNCED) browser server ## Run the tests (TESTS="tests/jobs -k pay" for some of them, JOBS=4 for more workers)
	@$(BIN)/pytest -n $(JOBS) $(TESTS)

.PHONY: check
check: ## Check style, types, imports, templates, migrations and settings; each is a target too
	@$(MAKE) --keep-going style types imports templates migrations settings

.PHONY: style
style: $(SYNCED) ## Check the format and style of the Python code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/django-upgrade --check --target-version 6.1 $(SOURCES)

.PHONY: types
types: $(SYNCED) ## Check the types of the pure modules
	$(BIN)/mypy

.PHONY: imports
imports: $(SYNCED) ## Check the direction of imports between the apps
	$(BIN)/lint-imports --no-logo

.PHONY: templates
templates: $(SYNCED) ## Check the format of the templates
	$(BIN)/djade --check --target-version 6.1 $(TEMPLATES)
	$(BIN)/djhtml --check --tabwidth 2 $(TEMPLATES)

.PHONY: migrations
migrations: $(SYNCED) ## Check that the migrations make what the models say
	$(MANAGE) makemigrations --check --dry-run --settings careers.settings.test

.PHONY: settings
settings: $(SYNCED) ## Run Django's checks on the test and the production settings
	$(MANAGE) check --fail-level WARNING --settings careers.settings.test
	@echo "$(MANAGE) check --deploy --settings careers.settings.production"
	@$(PRODUCTION) $(MANAGE) check --deploy --tag security --fail-level WARNING

.PHONY: bench
bench: $(SYNCED) server ## Run the benchmarks and print their figures (ONLY="search imports" for some of them)
	@$(BIN)/python -m tests.bench $(ONLY)

.PHONY: format
format: $(SYNCED) ## Bring code and templates into the house format
	@$(BIN)/django-upgrade --exit-zero-even-if-changed --target-version 6.1 $(SOURCES)
	@$(BIN)/ruff check --fix --exit-zero --quiet .
	@$(BIN)/ruff format .
	@$(BIN)/djade --target-version 6.1 $(TEMPLATES) || true
	@$(BIN)/djhtml --tabwidth 2 $(TEMPLATES) || true

.PHONY: requirements
requirements: $(UV) ## Compile requirements/*.txt from pyproject.toml (UPGRADE=1 to take newer versions)
	@for name in base dev; do \
		group=$$(test $$name = dev && echo "--group dev" || true); \
		$(UV) pip compile --quiet --universal --python-version 3.12 --generate-hashes \
			--no-header $(if $(UPGRADE),--upgrade) $$group pyproject.toml \
			--output-file requirements/$$name.txt || exit 1; \
		echo "requirements/$$name.txt: $$(grep -c '^[a-z0-9].*==' requirements/$$name.txt) packages"; \
	done

.PHONY: clean
clean: ## Remove the environment and every cache; asks before it touches var/ (database, uploads)
	rm -rf .venv .tools .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@if [ -d var ] && [ -t 0 ]; then \
		printf 'Remove var/ too, with the database and uploads in it? [y/N] '; read -r answer; \
		case "$$answer" in [yY]*) rm -rf var && echo "var/ is gone." ;; *) echo "var/ stays." ;; esac; \
	fi

# What the targets stand on

# The environment follows the requirements: it is synchronised when they have changed.
$(SYNCED): requirements/base.txt requirements/dev.txt .python-version | $(UV)
	@setup/environment $(UV)
	@touch $@

$(UV):
	@setup/uv .tools/uv

# Browser tests use the system's Chromium. Where it may, this installs it.
.PHONY: browser
browser:
	@setup/browser

# Without a server its tests are skipped, but not in CI.
.PHONY: server
server:
	@setup/elasticsearch || test -z "$$CI"
