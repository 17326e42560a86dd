# Zhida 直达. `make run` and `make test` need nothing but git, make and Python 3.11 or newer.
# Paths stay relative, so that the checkout may lie anywhere.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup develop messages run test test-sqlite quality demo bench lock clean

PY := .venv/bin/python
PORT ?= 8000
# DEMO=0 in .env makes a production site; otherwise it is a demo.
DEMO ?= $(or $(shell sed -n 's/^DEMO=//p' .env 2>/dev/null | tail -n 1),1)
# Tests run on this many processes.
WORKERS ?= 2
BENCHES ?= inbox decide papers export run_due assess
export DEMO

PO := $(wildcard project/locale/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 22

setup: ## everything the site needs: libraries, packages, database, catalogue
	@scripts/setup.sh run
	@$(MAKE) messages
	@$(PY) scripts/prepare.py

develop: ## everything development needs besides
	@scripts/setup.sh dev
	@$(MAKE) messages

messages: $(MO) ## compiled translations
	@:

%.mo: %.po
	@msgfmt --check-format --output-file=$@ $<

run: ## set up, fill an empty database with demo data, serve on 127.0.0.1 (PORT=8000)
	@scripts/setup.sh run
	@$(MAKE) messages
	@$(PY) scripts/prepare.py --seed
	@exec $(PY) scripts/supervise.py --port $(PORT) --accounts "$${VAR_DIR:-var}/demo-accounts.txt"

test: develop ## every test
	@$(PY) -m pytest -n $(WORKERS) $(TESTS)

test-sqlite: develop ## every test that does not race on row locks, on the embedded database
	@TEST_DATABASE=sqlite $(PY) -m pytest -n $(WORKERS) $(TESTS)

quality: develop ## style, types, imports, migrations, translations, sizes
	@scripts/quality.sh

demo: ## three schemes from form to payout in a temporary database; results in var/demo
	@scripts/setup.sh run
	@$(MAKE) messages
	@env -u DATABASE_URL scripts/in_temporary_house.sh $(PY) manage.py demo --out var/demo

bench: develop ## every benchmark, on a private PostgreSQL server (BENCHES="inbox decide")
	@$(PY) -m tests.postgres scripts/in_temporary_house.sh scripts/bench.sh $(BENCHES)

lock: develop ## requirements*.in → requirements*.txt, pinned and hashed
	CUSTOM_COMPILE_COMMAND="make lock" $(PY) -m piptools compile $(LOCK) --output-file=requirements.txt requirements.in
	CUSTOM_COMPILE_COMMAND="make lock" $(PY) -m piptools compile $(LOCK) --output-file=requirements-dev.txt --constraint=requirements.txt requirements-dev.in

LOCK := --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

clean: ## remove what can be made again; the database and uploads in var stay
	rm -rf .venv var/cache var/static var/demo var/.prepared $(MO)
	find . -name __pycache__ -not -path './var/*' -prune -exec rm -rf {} +
