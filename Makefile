# make demo    a whole street to try it on, in the browser
# make test    every test
# make soak    the simulation's seeds, SEEDS=1-10000
# make check   ruff, mypy --strict and the import directions
# make clean   throw away what was built; your data folder stays

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := demo
.PHONY: demo test soak check browser constraints clean

PYTHON ?= $(shell for one in python3.11 python3 python3.14 python3.13 python3.12; do \
	$$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$one; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
CHROMIUM := /usr/bin/chromium
OFFICE := /usr/bin/soffice
ROOMS := core bot web printer_bridge sandbox tiyn.py

demo: .venv/installed
	exec $(BIN)/tiyn demo $(DEMO)

test: .venv/installed-dev browser
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile $(TESTS)

SEEDS ?= 1-10000
soak: .venv/installed-dev
	$(BIN)/python tests/simulation/soak.py $(SEEDS) --progress

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/unit/test_architecture.py

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Tiyn needs Python 3.11 or newer (Debian: apt install python3 python3-venv)."; exit 1; }
	$(PYTHON) -m venv .venv

# The versions and the bytes of every package are those of the constraints, or nothing is installed.
.venv/installed: constraints.txt pyproject.toml setup.py | .venv/bin/python
	$(PIP) --require-hashes -r constraints.txt
	$(PIP) --no-build-isolation --no-deps -e .
	touch $@

.venv/installed-dev: constraints-dev.txt pyproject.toml setup.py | .venv/bin/python
	$(PIP) --require-hashes -r constraints-dev.txt
	$(PIP) --no-build-isolation --no-deps -e .
	touch .venv/installed $@

browser:
	@test -x $(CHROMIUM) && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; \
		{ apt-get -qq update && apt-get -qq -y --no-install-recommends install chromium; } </dev/null >/dev/null 2>&1 || true; \
	fi; \
	test -x $(CHROMIUM) || echo "There is no $(CHROMIUM): the tests marked \"browser\" are left out (Debian: apt install chromium)."
	@test -x $(OFFICE) || echo "There is no $(OFFICE): the tests marked \"office\" are left out (Debian: apt install libreoffice-calc-nogui)."

# After a change of the dependencies. Neither file may name a registry's address.
constraints:
	COMPILE="uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
		--no-emit-index-url --no-header --no-annotate pyproject.toml"; \
	$$COMPILE --all-extras -o constraints-dev.txt; \
	$$COMPILE --extra sandbox -c constraints-dev.txt -o constraints.txt

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
