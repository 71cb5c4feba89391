# Everything from a bare Debian with Python 3.11 or newer. `make help` lists the targets.
#   make run ARGS=--no-serve      arguments of `fund demo`
#   make setup PYTHON=python3.12  another interpreter, when .venv is made (to change it, remove .venv)

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help

BIN := .venv/bin
ARGS ?=
# Tests of one file stay together (tests/conftest.py); each worker has a database server and a browser of its own.
WORKERS ?= $(shell n=$$(nproc); echo $$((n < 4 ? n : 4)))

CATALOGUES_CHECK ?= $(BIN)/python -m fund.language --check

DEBIAN_RUN := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core
DEBIAN_TEST := chromium libatomic1

# The interpreter .venv is made from: the machine's own if it is new enough, else the newest that is; none found = empty.
suits = $(1) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do if $(call suits,$$name); then echo $$name; break; fi; done)

# Debian packs the means to make an environment apart from the interpreter.
venv_package = $(shell $(1) -c 'import ensurepip, venv' 2>/dev/null || $(1) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
DEBIAN_PYTHON = $(if $(wildcard .venv/bin/python),,$(if $(PYTHON),$(call venv_package,$(PYTHON)),$(if $(shell command -v python3),,python3 python3-venv)))

export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# uv must see this environment and no other.
export VIRTUAL_ENV := $(CURDIR)/.venv
unexport CONDA_PREFIX PYTHONHOME PYTHONPATH
# Tests start hundreds of processes: without compiled modules each takes twice as long.
unexport PYTHONDONTWRITEBYTECODE

# Without a home that can be written to, caches live beside the environment.
ifneq ($(shell [ -d "$${HOME:-}" ] && [ -w "$$HOME" ] && echo yes),yes)
export HOME := $(CURDIR)/.venv/home
endif

# A stamp carries the digest of what was asked for, and only the newest stamp of a kind is kept: it is stale as soon as a pinned file changes.
digest = $(shell cat $(1) 2>/dev/null | sha256sum | cut -c1-12)
TOOLS := .venv/.tools-$(call digest,requirements-build.txt)
RUNTIME := .venv/.run-$(call digest,requirements-build.txt requirements.txt pyproject.toml)
TESTING := .venv/.test-$(call digest,requirements-build.txt requirements.txt requirements-test.txt pyproject.toml)
MUTATION := .venv/.mutation-$(call digest,requirements-mutation.txt requirements-test.txt requirements.txt)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locales/*/LC_MESSAGES/*.po))
TYPED := $(patsubst %/,%,$(wildcard fund/ bench/))

.PHONY: help setup setup-run setup-test debian-run debian-test run test check format lint types contracts catalogues bench faults lock

help:
	@cat <<'TEXT'
	make run     set up, carry the sample applications from draft to letter, serve the portal (ARGS=--no-serve: stop before serving)
	make test    set up, then every check and every test
	make check   format, lint, types, import contracts, catalogues
	make setup   all set-up, nothing else
	make bench   the benchmark table
	make faults  the fault tests at full length, then faults planted in the domain: the share that tests notice
	make lock    write the pinned requirement files again from pyproject.toml
	TEXT

# --- the main verbs ---------------------------------------------------------------------------------------------------

run: setup-run
	@$(BIN)/fund demo $(ARGS)

test: setup-test
	@$(MAKE) --no-print-directory --jobs=2 --output-sync check
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

bench: setup-run $(TESTING)
	@$(BIN)/python -m bench

faults: setup-test $(MUTATION)
	@FUND_FAULTS=full $(BIN)/pytest -m faults -n $(WORKERS) --dist worksteal -o faulthandler_timeout=3600
	$(BIN)/python -m tests.mutants

# --- checks: each may be called alone; `make -k check` reports them all -----------------------------------------------

check: format lint types contracts catalogues

format: $(TESTING)
	@$(BIN)/ruff format --check .

lint: $(TESTING)
	@$(BIN)/ruff check .

types: $(TESTING)
	@$(BIN)/mypy $(addprefix -p ,$(TYPED))

contracts: $(TESTING)
	@$(BIN)/lint-imports --no-logo

catalogues: $(TESTING) $(CATALOGUES)
	@$(if $(CATALOGUES_CHECK),$(CATALOGUES_CHECK),echo "catalogues: no check yet")

# --- set-up ----------------------------------------------------------------------------------------------------------

setup: setup-test

setup-run: debian-run $(RUNTIME) $(CATALOGUES)

setup-test: debian-test setup-run $(TESTING)

debian-run:
	@$(call install_debian,$(DEBIAN_PYTHON) $(DEBIAN_RUN))

# Asks for everything at once: who has to type the line types it once.
debian-test:
	@$(call install_debian,$(DEBIAN_PYTHON) $(DEBIAN_RUN) $(DEBIAN_TEST))

# The environment, and in it the pinned installer. An environment whose interpreter is gone is made anew.
$(TOOLS): | debian-run
	@python="$(or $(PYTHON),python3)"
	if ! $(call suits,"$$python"); then
	    found=$$("$$python" --version 2>&1 || true)
	    echo "Python 3.11 or newer is needed, found: $$found. Name one: make $(or $(MAKECMDGOALS),setup) PYTHON=/path/to/python3" >&2
	    exit 1
	fi
	if ! $(call suits,$(BIN)/python); then
	    "$$python" -m venv --clear .venv
	    echo "$$($(BIN)/python --version) in .venv"
	fi
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	mkdir -p "$$HOME"
	$(BIN)/python -m pip install --quiet --no-cache-dir --require-hashes -r requirements-build.txt
	rm -f .venv/.tools-* .venv/.run-* .venv/.test-*
	touch $@

$(RUNTIME): $(TOOLS)
	@$(use_pip_settings)
	echo "Installing requirements.txt"
	$(BIN)/uv pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	rm -f .venv/.run-* .venv/.test-*
	touch $@

$(TESTING): $(RUNTIME)
	@$(use_pip_settings)
	echo "Installing requirements-test.txt"
	$(BIN)/uv pip install --quiet --require-hashes -r requirements.txt -r requirements-test.txt
	rm -f .venv/.test-*
	touch $@

$(MUTATION): $(TESTING)
	@$(use_pip_settings)
	echo "Installing requirements-mutation.txt"
	$(BIN)/uv pip install --quiet --require-hashes -r requirements-mutation.txt
	rm -f .venv/.mutation-*
	touch $@

%.mo: %.po | $(RUNTIME)
	@$(BIN)/pybabel --quiet compile --locale $(word 2,$(subst /, ,$<)) --input-file $< --output-file $@

# --- pinned requirements: versions and hashes, no address -------------------------------------------------------------

lock: $(TOOLS)
	@$(use_pip_settings)
	work=$$(mktemp -d)
	trap 'rm -rf "$$work"' EXIT
	cp pyproject.toml README.md LICENSE "$$work"
	$(BIN)/uv lock --quiet --project "$$work" --python $(BIN)/python
	pins() { $(BIN)/uv export --quiet --project "$$work" --frozen --format requirements.txt --no-emit-project --no-header "$$@"; }
	pins > "$$work/requirements.txt"
	pins --only-group test > "$$work/requirements-test.txt"
	pins --only-group build > "$$work/requirements-build.txt"
	pins --only-group mutation > "$$work/requirements-mutation.txt"
	if grep -nE 'https?://|index-url|find-links' "$$work"/requirements*.txt; then echo "an address in a pinned file" >&2; exit 1; fi
	mv "$$work"/requirements*.txt .

# --- pieces of recipes -------------------------------------------------------------------------------------------------

# uv does not read pip's configuration: a package index that this machine gives to pip is given to uv, too, and never written down.
define use_pip_settings
if [ -z "$${UV_DEFAULT_INDEX:-}" ]; then
    index=$${PIP_INDEX_URL:-$$($(BIN)/python -m pip config get global.index-url 2>/dev/null || true)}
    if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi
fi
mkdir -p "$$HOME"
endef

# $(call install_debian,packages): installs those that are missing, or prints the one line to type. Elsewhere than on Debian it only says so.
define install_debian
(
missing=()
if command -v dpkg-query >/dev/null; then
    for name in $(1); do
        [ "$$(dpkg-query -W -f='$${db:Status-Status}' "$$name" 2>/dev/null)" = installed ] || missing+=("$$name")
    done
else
    echo "Not a Debian: make sure that the equivalents of these are there: $(1)" >&2
fi
if [ $${#missing[@]} -gt 0 ]; then
    if [ "$$(id -u)" = 0 ]; then root=(env)
    elif sudo -n true 2>/dev/null; then root=(sudo -n env)
    else
        echo "Missing Debian packages. Type: sudo apt-get install -y --no-install-recommends $${missing[*]}" >&2
        exit 1
    fi
    echo "Installing Debian packages: $${missing[*]}"
    apt() { "$${root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$$@" >"$$log" 2>&1; }
    log=$$(mktemp)
    trap 'rm -f "$$log"' EXIT
    apt update || echo "apt-get update failed; going on with the package lists at hand" >&2
    apt install -y --no-install-recommends "$${missing[@]}" || { cat "$$log" >&2; exit 1; }
fi
)
endef
