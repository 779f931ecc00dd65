# The commands of a checkout. `make setup` is called by all the others and does nothing when nothing changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HTMX := backoffice/static/vendor/htmx.min.js
HTMX_VERSION := 2.0.11
HTMX_SHA256 := d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717
AXE := tests/vendor/axe.min.js
AXE_VERSION := 4.14.1
AXE_SHA256 := 29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
# On two cores: the tests wait for processes and servers of theirs nearly as long as they compute.
WORKERS ?= 3

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo run test both faults check check-style check-structure bench bench-quick videos audit locks clean

help:  ## Show what there is.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /make \1\t/' | expand -t 16

setup: $(VENV)/ready $(HTMX) $(AXE)  ## Make .venv with .venv/bin/serambi; fetch and verify the pages' one script.

demo: setup  ## A seeded company to play with, on this computer, without any account elsewhere.
	$(BIN)/serambi demo

run: setup  ## Everything in one process, with the settings of the environment.
	$(BIN)/serambi run

test: setup  ## Every test, with the services they need brought up first.
	$(BIN)/python -m tests.services -- $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope $(ARGS)

both: setup  ## The tests of pages and talks on both kinds of database, of which make test takes one for each; every night.
	DATABASES=both $(BIN)/python -m tests.services -- \
		$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope tests/backoffice tests/bot $(ARGS)

faults: setup  ## Break it at length: deaths, lost servers, repeats, races; hours on two cores; ROW=5 or SCALE=0.1 for less.
	ROW=$(ROW) SCALE=$(SCALE) SEED=$(SEED) $(BIN)/python -m tests.services -- \
		$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope -m whole tests/faults $(ARGS)

check: setup  ## Style, types, structure, locks and licences.
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target check-style check-structure

check-style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tests.architecture.locks

check-structure:
	$(BIN)/python -m tests.services postgres -- $(BIN)/python -m pytest -q tests/architecture

bench: setup  ## Measure: what is understood, how fast things are; minutes.
	$(BIN)/python -m tests.services postgres redis amqp -- $(BIN)/python -m tests.benchmarks

bench-quick: setup  ## Measure what takes seconds.
	$(BIN)/python -m tests.benchmarks --quick

videos: setup  ## Film the training videos anew from the running product; ARGS="ajukan-cuti --language id" for one.
	$(BIN)/python -m training_videos.record $(ARGS)

audit: setup  ## Known vulnerabilities in what is locked; says so when it could not ask.
	$(BIN)/python -m tests.architecture.audit

locks:  ## Lock the versions of pyproject.toml again (needs uv).
	uv pip compile pyproject.toml --extra dev --python-version 3.11 --universal --generate-hashes \
		--no-emit-index-url --no-header --no-annotate -q -o requirements-dev.lock
	uv pip compile pyproject.toml -c requirements-dev.lock --python-version 3.11 --universal --generate-hashes \
		--no-emit-index-url --no-header --no-annotate -q -o requirements.lock

clean:  ## Remove what setup made (never var/, where the data is).
	rm -rf $(VENV) $(HTMX) $(AXE) .mypy_cache .pytest_cache .ruff_cache .hypothesis

# One shell, so that a failure on the way leaves no stamp behind. pip insists on the hashes of the lock.
$(VENV)/ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Serambi needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'Python has no venv here; on Debian: apt-get install python3-venv' >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

# $(call from_npm,package,version,file inside it,SHA-256,where to)
define from_npm
@command -v npm >/dev/null || { echo 'npm is missing: it fetches $(1); on Debian: apt-get install npm' >&2; exit 1; }
@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	(cd "$$folder" && npm pack --silent $(1)@$(2) >/dev/null && tar -xzf ./*.tgz) && \
	echo "$(4)  $$folder/package/$(3)" | sha256sum --check --quiet && \
	mkdir -p $(dir $(5)) && cp "$$folder/package/$(3)" $(5) && echo "$(1) $(2) verified: $(5)"
endef

$(HTMX):
	$(call from_npm,htmx.org,$(HTMX_VERSION),dist/htmx.min.js,$(HTMX_SHA256),$(HTMX))

$(AXE):
	$(call from_npm,axe-core,$(AXE_VERSION),axe.min.js,$(AXE_SHA256),$(AXE))
