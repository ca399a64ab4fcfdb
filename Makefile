# The commands of Marmalade. `make run` opens it, `make test` checks it; both set up first what is missing.

.DEFAULT_GOAL := help
.PHONY: help run setup test lint format bench screenshots translations constraints
.DELETE_ON_ERROR:
.NOTPARALLEL: # pip and apt each want to be alone

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
CONSTRAINTS := packaging/constraints.txt
TRANSLATIONS := resources/translations
# Of this package only the trained weights are read. It asks for an old TensorFlow, hence --no-deps below.
TAGGERS := musicnn==0.1.0

# One stamp for each step of the set-up, so that the next run starts at once.
SYSTEM := $(VENV)/.system
INSTALLED := $(VENV)/.installed
TEST_SYSTEM := $(VENV)/.test-system
TEST_INSTALLED := $(VENV)/.test-installed

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

run: $(INSTALLED) ## open Marmalade; without a display: the whole path on a demo library
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		exec $(BIN)/marmalade $(ARGS); \
	else \
		echo "No display here, so Marmalade runs its demo without a window."; \
		exec $(BIN)/marmalade demo $(ARGS); \
	fi

setup: $(INSTALLED) ## install what is missing, start nothing
	@echo "Marmalade is set up in $(VENV)."

test: lint $(TEST_SYSTEM) ## format, lint, types, import contracts and all tests
	$(BIN)/pytest --numprocesses auto --dist loadfile $(ARGS)

lint: $(TEST_INSTALLED) ## the checks that run no code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(TEST_INSTALLED) ## rewrite the code in the house's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(TEST_INSTALLED) ## measure speed on this machine
	$(BIN)/python -m tests.benchmarks $(ARGS)

screenshots: $(TEST_INSTALLED) ## draw every page into docs/screenshots
	@if command -v xvfb-run >/dev/null; then \
		xvfb-run -a -s "-screen 0 1920x1200x24" $(BIN)/python -m desktop.screenshots docs/screenshots; \
	else \
		QT_QPA_PLATFORM=offscreen $(BIN)/python -m desktop.screenshots docs/screenshots; \
	fi

translations: $(INSTALLED) ## gather the texts of the window into resources/translations, and compile them
	@$(BIN)/pyside6-lupdate $$(find desktop -name '*.py' | LC_ALL=C sort) -no-obsolete -locations none -source-language en -target-language de -ts $(TRANSLATIONS)/marmalade_de.ts
	@$(BIN)/pyside6-lrelease $(TRANSLATIONS)/marmalade_de.ts -qm $(TRANSLATIONS)/marmalade_de.qm

constraints: $(TEST_INSTALLED) ## pin the versions that are installed now
	@{ sed -n '/^#/p' $(CONSTRAINTS); $(PIP) freeze --all --exclude marmalade --exclude musicnn | sed '/[@#]/d'; } > $(VENV)/constraints.txt
	@mv $(VENV)/constraints.txt $(CONSTRAINTS)

$(SYSTEM): packaging/system-deps.sh packaging/find-python.sh
	@packaging/system-deps.sh
	@mkdir -p $(VENV) && touch $@

$(TEST_SYSTEM): packaging/system-deps.sh packaging/find-python.sh
	@packaging/system-deps.sh --test
	@mkdir -p $(VENV) && touch $@

# --group and the pinned pip need a pip newer than the one that comes with Python 3.11.
$(BIN)/python: | $(SYSTEM)
	@python=$$(PYTHON="$(PYTHON)" packaging/find-python.sh) && "$$python" -m venv $(VENV)

$(INSTALLED): $(SYSTEM) $(CONSTRAINTS) pyproject.toml | $(BIN)/python
	$(PIP) install --quiet -c $(CONSTRAINTS) --upgrade pip
	$(PIP) install -c $(CONSTRAINTS) --editable .
	@$(PIP) install --quiet --no-deps $(TAGGERS) || \
		echo "The pretrained taggers ($(TAGGERS)) were not to be had: Marmalade trains without them."
	@touch $@

$(TEST_INSTALLED): $(INSTALLED)
	$(PIP) install -c $(CONSTRAINTS) --group dev
	@touch $@
