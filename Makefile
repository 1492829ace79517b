VENV ?= .venv
PYTHON ?= python3
BIN = $(VENV)/bin
STAMP = $(VENV)/.installed

.PHONY: all chat test format lint types contracts pictures clean

all: lint types contracts test

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet "torch>=2.11,<2.14"
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $(STAMP)

chat: $(STAMP)
	@$(BIN)/mneme chat

test: $(STAMP)
	$(BIN)/python -m pytest

format: $(STAMP)
	$(BIN)/ruff format app core kernels storage tests
	$(BIN)/ruff check --fix app core kernels storage tests

lint: $(STAMP)
	$(BIN)/ruff format --check app core kernels storage tests
	$(BIN)/ruff check app core kernels storage tests

types: $(STAMP)
	$(BIN)/pyright --pythonpath $(BIN)/python

contracts: $(STAMP)
	$(BIN)/lint-imports

pictures: $(STAMP)
	$(BIN)/python -m app.tui.pictures docs/pictures

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .ruff_cache
