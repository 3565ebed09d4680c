# Everything that a machine with Python 3.11 and make needs; see CONTRIBUTING.md.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: serve test test-wordpress test-kill test-scale lint install format picture clean

serve: $(READY)
	$(BIN)/insight serve

test: $(READY)
	$(BIN)/pytest

# against a real WordPress on loopback; needs Debian's wordpress, mariadb-server, php-cli and some of PHP's modules
test-wordpress: $(READY)
	$(BIN)/pytest -s tests/wordpress

# kill -9 at random moments, and the next start mends
test-kill: $(READY)
	$(BIN)/pytest tests/kill

# five thousand articles: speed and memory
test-scale: $(READY)
	$(BIN)/pytest -s tests/scale

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# the README's picture, taken in a real browser
picture: $(READY)
	PICTURE=docs/images/chat.png $(BIN)/pytest tests/ui/test_browser_library.py -k citation

install: $(READY)

# torch first: what comes after it then takes no other build
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(READY)

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
