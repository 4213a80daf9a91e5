# `make run` and `make test` set everything up by themselves.

export PYTHONUTF8 = 1

BIN = .venv/bin
# Pins hold on every supported Python and machine, and name no registry.
COMPILE = .build/uv/bin/uv pip compile --quiet --universal --python-version 3.12 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make pins"

.PHONY: run test prove check fmt bench bench-million setup pins

run: ## start Buckstop here; Ctrl-C ends it
	@sh requirements/install.sh base
	@$(BIN)/buckstop run $(ARGS)

test: setup ## run the tests; TESTS=path for some of them
	@sh requirements/browser.sh
	@$(BIN)/python -m pytest -n auto $(TESTS)

prove: setup ## the tests of crashes and of an outage at full size; takes some minutes
	@BUCKSTOP_PROVE=1 $(BIN)/python -m pytest -s tests/races/test_killed.py \
		tests/clockwork/test_outage.py

check: setup ## format, lint, types, layers, dependencies, migrations
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry buckstop
	@$(BIN)/python manage.py makemigrations --check --dry-run

fmt: setup ## format, and mend what can be mended
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: setup ## measure how fast it is, beside what the machine can do; takes some minutes
	@$(BIN)/python -m bench

bench-million: setup ## the queue, search and sweep at up to a million cases; takes long
	@$(BIN)/python -m bench million

setup: ## make .venv with everything for working on Buckstop
	@sh requirements/install.sh dev

pins: ## write the pins again after a change in pyproject.toml
	@python3 -m venv .build/uv
	@.build/uv/bin/python -m pip install --quiet --require-hashes -r requirements/uv.txt
	@$(COMPILE) pyproject.toml --group build -o requirements/base.txt
	@$(COMPILE) pyproject.toml --group build --group dev -o requirements/dev.txt
	@$(COMPILE) requirements/uv.in -o requirements/uv.txt
