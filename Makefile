# LawCRM: `make run` and `make test` need Python 3.11 or newer, make and the package registry, nothing else.
SHELL := /bin/sh
PORT ?= 8000
CLIENTS ?= 100000
FUZZ ?= 5000
SEED ?= 1
ARGS ?=
export PORT HOST DEMO

# PYTHON=python3.13 chooses another; a pyenv shim that leads nowhere is passed over
PYTHON ?=
define FIND_PYTHON
try() { "$$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }; \
python=; for name in $(if $(PYTHON),$(PYTHON),python3.11 python3.12 python3.13 python3); do \
  for candidate in "$$name" $$(ls -d "$$HOME"/.pyenv/versions/$${name#python}.*/bin/python 2>/dev/null); do \
    if try "$$candidate"; then python="$$candidate"; break 2; fi; done; done; \
test -n "$$python" || { echo "LawCRM: needs Python 3.11 or newer$(if $(PYTHON), and $(PYTHON) is not): choose one with PYTHON=" >&2; exit 2; }; \
exec "$$python"
endef

.PHONY: help run test lint bench fuzz year messages lock

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: ## install, start everything, tell the address (PORT=8000, HOST=127.0.0.1, DEMO=no for an empty firm)
	@$(FIND_PYTHON) lawcrm/embedded/bootstrap.py run

test: ## install, check and test everything (ARGS="tests/clients -k name", PYTHON=python3.13)
	@$(FIND_PYTHON) lawcrm/embedded/bootstrap.py test $(ARGS)

lint: ## the checks alone
	@$(FIND_PYTHON) lawcrm/embedded/bootstrap.py lint

bench: ## load a firm of CLIENTS=100000 and measure
	@$(FIND_PYTHON) lawcrm/embedded/bootstrap.py bench --clients $(CLIENTS) $(ARGS)

year: ## live a year of YEAR_CLIENTS=1000 day by day and compare what comes up with a slow reading of the table
	@export YEAR_CLIENTS=$${YEAR_CLIENTS:-1000} YEAR_DAYS=$${YEAR_DAYS:-365}; $(FIND_PYTHON) lawcrm/embedded/bootstrap.py test tests/interactions/test_year_of_triggers.py

fuzz: ## send FUZZ=5000 spoilt spreadsheets of SEED=1 through the import
	@$(FIND_PYTHON) lawcrm/embedded/bootstrap.py fuzz --count $(FUZZ) --seed $(SEED) $(ARGS)

messages: ## bring locale/*/django.po in step with the texts of the sources
	@$(FIND_PYTHON) lawcrm/embedded/bootstrap.py messages

lock: ## resolve requirements/*.in again (needs uv)
	@command -v uv >/dev/null || { echo "LawCRM: make lock needs uv" >&2; exit 2; }
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements/runtime.in -o requirements/runtime.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -c requirements/runtime.txt requirements/development.in -o requirements/development.txt
