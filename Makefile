# casefile: `make demo` shows the main job, `make test` proves it. Everything they need is installed by them.
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
export OMP_NUM_THREADS := 1

.PHONY: help install install-dev demo test lint types contracts tests fresh lock bench hard fuzz soak translations pictures clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

install: ## what casefile needs to run: system packages, Python packages in .venv
	@sh tools/install.sh run

install-dev: ## what the tests need beside that
	@sh tools/install.sh test

demo: install ## replay the sample sessions into two windows, search, verify; data in demo-data/
	@$(BIN)/python -m app.demo

test: install-dev lint types contracts tests ## lint, types, import contracts, all tests

lint: install-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: install-dev
	@$(BIN)/mypy

contracts: install-dev
	@$(BIN)/lint-imports

tests: install-dev
	@$(BIN)/python -m pytest

fresh: ## follow the README in an empty Debian (debootstrap, as root)
	@sh tools/fresh.sh

lock: ## pin what requirements*.in ask for, with hashes
	@sh tools/lock.sh

translations: install-dev ## gather the sentences and compile the English ones
	@sh tools/translations.sh

pictures: install-dev ## the pictures in README, from the running product
	@$(BIN)/python tools/pictures.py

bench: install-dev ## every figure of docs/benchmarks.md
	@sh bench/all.sh

hard: install-dev ## crashes, bad input, outages at full size (about two hours; BAD=folder of bad files)
	@sh bench/hard.sh

fuzz: install-dev ## 10,000 damaged files through the child processes
	@$(BIN)/python -m bench.fuzz --count 10000

soak: install-dev ## two hours of serve under steady load: memory, queues, files
	@$(BIN)/python -m bench.soak

clean: ## remove what can be made again
	rm -rf $(VENV) demo-data .tests-cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
