# Two commands do everything on a machine with Python 3.11 and make: `make demo`, `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT := demo-out
DEMO := $(OUT)/workspace
export KG_WORKSPACE := $(DEMO)

.PHONY: demo test lint types docs docs-check unit bench install clean help

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## make demo    install, build the graph from data/, validate, write Turtle and HTML, ask
demo: $(BIN)/.run
	@mkdir -p $(OUT)
	$(BIN)/kg build
	$(BIN)/kg validate
	$(BIN)/kg export -f turtle -o $(OUT)/partnerships.ttl
	$(BIN)/kg view --around JAXA --depth 1 -o $(OUT)/jaxa.html
	$(BIN)/kg dossier CSA JAXA -f html -o $(OUT)/csa-jaxa.html
	$(BIN)/kg picture decades -f html -o $(OUT)/decades.html
	@echo; echo '$$ kg query q01 -p a=CSA -p b=JAXA --document csa-2025-07-09'
	@$(BIN)/kg query q01 -p a=CSA -p b=JAXA --document csa-2025-07-09
	@echo; echo '$$ kg query q07 --as-of 2025-07-09'
	@$(BIN)/kg query q07 --as-of 2025-07-09
	@echo; echo '$$ kg query q21'
	@$(BIN)/kg query q21
	@echo; echo 'The graph as Turtle:   $(OUT)/partnerships.ttl'
	@echo 'Open in a browser:     $(OUT)/jaxa.html (the graph), $(OUT)/csa-jaxa.html (the brief),'
	@echo '                       $(OUT)/decades.html (who worked with whom, decade by decade)'
	@echo 'Browse it all:         $(BIN)/kg serve --workspace $(DEMO)'

## make test    install, then every check: lint, types, generated docs, tests with coverage
test: lint types docs-check unit

lint: $(BIN)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(BIN)/.dev
	$(BIN)/mypy

docs-check: $(BIN)/.dev
	$(BIN)/python tools/ontology_page.py --check
	$(BIN)/python tools/docs.py --check

unit: $(BIN)/.dev
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term:skip-covered

## make docs    write again what is generated: docs/, the sessions in the README, the screenshot
docs: $(BIN)/.dev
	$(BIN)/python tools/ontology_page.py
	$(BIN)/python tools/docs.py
	$(BIN)/python tools/screenshot.py

## make bench   measure against raw Oxigraph, rdflib and networkx (not part of make test)
bench: $(BIN)/.dev
	$(BIN)/python tests/benchmarks/run.py

install: $(BIN)/.dev

$(BIN)/.run: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or later")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip
	$(BIN)/python -m pip install -q -e '.[html,pictures,serve]'
	touch $@

$(BIN)/.dev: $(BIN)/.run
	$(BIN)/python -m pip install -q --group dev
	touch $@

clean:
	rm -rf $(VENV) $(OUT) dist build .mypy_cache .pytest_cache .ruff_cache .coverage*
