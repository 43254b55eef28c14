# The commands of the project. `make run` and `make test` need Python 3.11, 3.12 or 3.13 and nothing else of ours.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
SERVE ?= 1
FORCED = $(if $(filter 1,$(FORCE)),--force)
# Status 3 is a publication with gaps, which were listed; make itself knows only success and failure.
OR_WITH_GAPS = || [ $$? -eq 3 ]
SAMPLE ?= qinghai
SOAK ?= files,orders,steps,kills,life
# What was asked for on the command line, before there is a default: the benchmark is on DuckDB alone without it.
ASKED := $(if $(ENGINE),.venv/engines/$(ENGINE)/.ready)
ENGINE ?= sail
ENGINES := $(patsubst pipelines/engines/packages/%.lock,.venv/engines/%/.ready,$(wildcard pipelines/engines/packages/*.lock))
# DuckDB's older releases, for the test that they open a snapshot: each in a folder that nothing else imports from.
OLDER := $(patsubst tests/golden/older/duckdb-%.lock,.venv/older/%/.ready,$(wildcard tests/golden/older/*.lock))
# Generic tests are templates, not SQL: what they render is linted nowhere, and they are run by every build.
SQL_TESTS := $(filter-out %/generic/,$(wildcard dbt_project/tests/*/))

.PHONY: help setup run month check sample settings remake bulletin export serve backup bundle restore dagster docs prove sql doctor bench sessions test soak lint format lock needs status

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { echo "Python 3.11, 3.12 or 3.13 is needed; set PYTHON=/path/to/python3.12 (需要 Python 3.11、3.12 或 3.13)"; exit 1; }
	@echo "Setting up .venv (first time, or the lock file changed) · 正在安装依赖"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

setup: $(READY)  ## install what requirements.lock says into .venv

run: $(READY)  ## take in everything delivered, publish, open the dashboards (SERVE=0 stops after publishing; FORCE=1 however few courts delivered)
	@$(BIN)/python -m pipelines run $(if $(filter 0,$(SERVE)),--no-serve) $(FORCED) $(OR_WITH_GAPS)

month: $(READY)  ## take in one month, rebuild, publish: make month M=2019-12
	@test -n "$(M)" || { echo "which month? make month M=2019-12 (请指定月份)"; exit 2; }
	@$(BIN)/python -m pipelines month $(M) $(FORCED) $(OR_WITH_GAPS)

check: $(READY)  ## judge one file without taking it in: make check FILE=案款.csv [KIND=funds] [MONTH=2019-12]
	@test -n "$$FILE" || { echo "which file? make check FILE=<file> (请指定文件)"; exit 2; }
	@$(BIN)/python -m pipelines check "$$FILE" $(if $(KIND),--kind $(KIND)) $(if $(MONTH),--month $(MONTH))

bulletin: $(READY)  ## that month's meeting pack: make bulletin M=2019-12 [PROVINCE=QH] [EDITION=interval] [ASOF=<snapshot>] [TEXT=en]
	@test -n "$(M)" || { echo "which month? make bulletin M=2019-12 (请指定月份)"; exit 2; }
	@$(BIN)/python -m pipelines bulletin --month $(M) $(if $(PROVINCE),--province $(PROVINCE)) $(if $(EDITION),--edition $(EDITION)) $(if $(ASOF),--snapshot $(ASOF)) $(if $(TEXT),--lang $(TEXT))

export: $(READY)  ## the public tables as Parquet, or into a database: make export [TO=postgresql://…] [ASOF=<snapshot>]
	@$(BIN)/python -m pipelines export $(if $(TO),--to $(TO)) $(if $(ASOF),--asof $(ASOF))

settings: $(READY)  ## write a set of the installation's settings to start from (CHECK=1: check them; EFFECTS=1: and what they would move)
	@$(BIN)/python -m pipelines settings $(if $(CHECK),--check)$(if $(EFFECTS),--effects)

remake: $(READY)  ## a snapshot again, with the settings it was made with, compared: make remake ASOF=<snapshot>
	@test -n "$(ASOF)" || { echo "which snapshot? make remake ASOF=<snapshot> (请指定快照)"; exit 2; }
	@$(BIN)/python -m pipelines remake $(ASOF)

sample: $(READY)  ## write a sample province's deliveries: make sample [SAMPLE=g_region] [CASES=1000000]
	@$(BIN)/python -m pipelines sample --sample $(SAMPLE) $(if $(CASES),--cases $(CASES))

serve: $(READY)  ## the dashboards on the current snapshot (address and port: installation.toml)
	@$(BIN)/python -m pipelines serve

backup: $(READY)  ## what cannot be made again, into archives: make backup TO=…
	@test -n "$(TO)" || { echo "where to? make backup TO=… (请指定目录)"; exit 2; }
	@$(BIN)/python -m pipelines backup "$(TO)"

bundle: $(READY)  ## one archive for a machine without network: make bundle [TO=folder] [PLATFORM=aarch64]
	@bash deploy/bundle.sh

restore: $(READY)  ## a backup into an empty tree: make restore FROM=….tar
	@test -n "$(FROM)" || { echo "what from? make restore FROM=….tar (请指定备份)"; exit 2; }
	@$(BIN)/python -m pipelines restore "$(FROM)"

dagster: $(READY)  ## Dagster's interface on http://127.0.0.1:3000 (port: installation.toml)
	@$(BIN)/python -m pipelines dagster

docs: $(READY)  ## dbt's site on every model and column, one HTML file beside the current snapshot
	@$(BIN)/python -m pipelines docs

sql: $(READY)  ## a SQL prompt on the current snapshot, read-only
	@$(BIN)/python -m pipelines sql

status: $(READY)  ## what has been delivered and what is published
	@$(BIN)/python -m pipelines status

doctor: $(READY)  ## what is wrong with machine, tree or settings, and with what docs/SECURITY.md promises
	@$(BIN)/python -m pipelines doctor

bench: $(READY) $(ASKED)  ## the benchmark: make bench [CASES=1000000] [ENGINE=sail|spark]
	@$(BIN)/python -m tests.benchmarks $(if $(CASES),--cases $(CASES)) $(if $(ASKED),--engine $(ENGINE))

sessions: $(READY)  ## server time of the pages with 1, 10 and 50 readers on the current snapshot
	@$(BIN)/python -m tests.benchmarks.sessions

needs:
	@bash deploy/needs.sh

# An engine's packages lie beside the environment: who stays with DuckDB has none of them.
$(ENGINES): .venv/engines/%/.ready: pipelines/engines/packages/%.lock $(READY)
	@rm -rf $(@D)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target $(@D) -r $<
	@touch $@

prove: $(READY) .venv/engines/$(ENGINE)/.ready  ## are another engine's figures the same, table by table: make prove [ENGINE=sail|spark]
	@$(BIN)/python -m pipelines prove --engine $(ENGINE) $(if $(ADDRESS),--address $(ADDRESS))

$(OLDER): .venv/older/%/.ready: tests/golden/older/duckdb-%.lock $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --upgrade --target $(@D) -r $<
	@touch $@

test: $(READY) needs $(OLDER) .venv/engines/sail/.ready  ## all tests, browser tests included (COSTS=1: and what they cost in CPU seconds)
	@$(BIN)/python -m pytest -n 2 --dist loadscope $(if $(COSTS),-p tests.costs)

soak: $(READY)  ## trials in large numbers, with figures: make soak [SOAK=kills,steps,files,orders,life] [COUNT=500]
	@$(BIN)/python -m tests.faults $(SOAK) $(if $(COUNT),--count $(COUNT)) $(if $(FIRST),--first $(FIRST))

lint: $(READY)  ## all linters
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/sqlfluff lint -q --processes 2 dbt_project/models $(SQL_TESTS) && $(BIN)/sqlfluff lint -q --processes 2 --templater placeholder dashboards

format: $(READY)
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock: $(READY)  ## resolve requirements.lock anew from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --extra dev -o requirements.lock --no-header --no-annotate --generate-hashes --python-version 3.11 --quiet
