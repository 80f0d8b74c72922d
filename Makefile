# make run: all that a fresh machine needs, then the dashboard. make test: all that the tests need, then all tests
# (some of them: make test ARGS=tests/unit).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.requirements
TEST_STAMP := $(VENV)/.requirements-test
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
UV_COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --quiet

.PHONY: run test check lock bench faults attack chromium vendor-tests

run: $(RUN_STAMP)
	$(BIN)/python -m app setup --demo
	exec $(BIN)/python -m app serve --with-worker

test: $(TEST_STAMP) vendor-tests chromium
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

check: $(TEST_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(TEST_STAMP) vendor-tests
	$(BIN)/python -m tests.benchmarks

faults: $(TEST_STAMP)
	$(BIN)/python -m tests.faults

# What can be worked out from all that is shown of a thousand random rounds of questionnaires: docs/attack.md.
attack: $(TEST_STAMP)
	$(BIN)/python -m tests.attack

# Newer versions: change pyproject.toml, then this. `--upgrade` in ARGS renews what pyproject.toml leaves open.
lock: $(TEST_STAMP)
	$(UV_COMPILE) $(ARGS) --output-file requirements.txt
	$(UV_COMPILE) $(ARGS) --group test --constraint requirements.txt --output-file requirements-test.txt
	npm install --package-lock-only --ignore-scripts --silent
	! grep -n '"resolved"' package-lock.json

vendor-tests: $(TEST_STAMP)
	$(BIN)/python -m app vendor --tests

# The browser tests use the distribution's Chromium; without the right to install it they say that they did not run.
chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  command -v apt-get >/dev/null && { \
	    if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO="sudo -n"; fi; \
	    $$SUDO apt-get update -qq && \
	    $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; \
	  } >/dev/null 2>&1; \
	} || echo "Chromium is missing and could not be installed: the browser tests will be skipped."

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed; $(PYTHON) was not found." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V). Choose another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python lacks venv; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

$(RUN_STAMP): requirements.txt | $(BIN)/python
	$(PIP) --requirement requirements.txt
	@touch $@

$(TEST_STAMP): requirements-test.txt | $(BIN)/python
	$(PIP) --requirement requirements-test.txt
	@touch $@
