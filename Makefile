# From a fresh clone, with Python 3.11 or newer and git: `make site`, `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site serve test engines lint fuzz docs bench profile wheel newcomer

site: .venv/site
	$(BIN)/aboveboard build --strict --search

serve: .venv/site
	$(BIN)/aboveboard serve

test: .venv/dev
	$(BIN)/pytest -n auto --dist loadgroup

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python tooling/reference.py --check

fuzz: .venv/dev ; HYPOTHESIS_PROFILE=fuzz $(BIN)/pytest -n auto tests/test_fuzz.py

docs: .venv/dev ; $(BIN)/python tooling/reference.py
wheel: .venv/dev ; $(BIN)/python -m build --no-isolation
newcomer: .venv/dev ; $(BIN)/python tooling/newcomer.py $(ARGS)
engines: .venv/dev ; .ci/engines && $(BIN)/pytest tests/test_engines.py
bench: .venv/dev ; $(BIN)/python benchmarks/run.py --write $(ARGS)
profile: .venv/dev ; $(BIN)/python benchmarks/profile.py $(ARGS)

.venv/site: constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "needs Python 3.11: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[search]'
	@touch $@

.venv/dev: .venv/site
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
