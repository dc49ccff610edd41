# make demo        read the reports that come with sayso into demo.db and show some incidents
# make demo SERVE=1  the same, and open the workbench on it (http://127.0.0.1:8765/)
# make test        run the tests            make lint        style, types and the direction of imports
# make bench       quick measures           make bench-full  all of them, against ../shared/data where it is there
# make train       train what ships anew, from ../shared/data (hours; goes on where it was stopped)
# make docs        write the generated references and the README's example anew
# make run ARGS="read report.html"          make lock        pin the dependencies anew        make clean

PYTHON ?= python3.11
ARGS ?= --help
BIN := .venv/bin
READY := .venv/.ready
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
JOBS ?= 2

# Compiled modules are kept, whatever the environment says: without them every start takes seconds longer.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint bench bench-full train docs run lock clean

demo: $(READY)
	@$(BIN)/sayso demo --db demo.db
ifdef SERVE
	@$(BIN)/sayso serve --db demo.db
endif

test: $(READY)
	@$(BIN)/pytest -n $(JOBS) --dist loadfile

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(READY)
	@$(BIN)/python -m bench

bench-full: $(READY)
	@$(BIN)/python -m bench --full

train:
	@$(MAKE) --no-print-directory -f training/Makefile PYTHON="$(PYTHON)"

docs: $(READY)
	@$(BIN)/python -m tools.references
	@$(BIN)/python -m tools.transcript

run: $(READY)
	@$(BIN)/sayso $(ARGS)

# The lock holds the build's requirements too, so that the install below builds with pinned packages.
lock: $(READY)
	@$(PIP) install "uv>=0.5"
	@$(BIN)/python -m tools.lock

$(READY): .venv/.locked pyproject.toml hatch_build.py tools/build_gazetteer.py $(wildcard src/sayso/resolve/data/*)
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.locked: requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install --upgrade "pip>=25"
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

clean:
	@rm -rf .venv .venv-train .venv-peer build dist .bench .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@rm -f demo.db demo.db-* src/sayso/resolve/gazetteer.sqlite
