# Everything that a machine with Python 3.11 and make needs; see CONTRIBUTING.md.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: serve test test-wordpress test-kill test-scale test-libraries bench bench-page lint install format picture clean

serve: $(READY)
	$(BIN)/insight serve

test: $(READY)
	$(BIN)/pytest

# against a real WordPress on loopback; needs Debian's wordpress with a theme, mariadb-server, php-cli and some of PHP's modules
test-wordpress: $(READY)
	$(BIN)/pytest -s tests/wordpress

# kill -9 at random moments, and the next start mends
test-kill: $(READY)
	$(BIN)/pytest tests/kill

# five thousand articles: speed and memory
test-scale: $(READY)
	$(BIN)/pytest -s tests/scale

# answers from libraries that nothing was made for, and the bounds that they keep
test-libraries: $(READY)
	$(BIN)/pytest tests/libraries

# speed and memory beside the peer, from 1,000 to 100,000 passages; half an hour on a quiet machine
bench: .venv/peer/ready
	$(BIN)/insight bench --growth --peer .venv/peer/bin/python --save docs/performance.json
	$(MAKE) bench-page

# the figures and the plot of docs/performance.md out of the saved run
bench-page: $(READY)
	$(BIN)/python -m service.bench.page docs/performance.json docs/performance.md docs/images/growth.svg

# what the bench's peer needs, over the packages of the assistant
.venv/peer/ready: $(READY)
	$(PYTHON) -m venv .venv/peer
	$(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))" > \
		"$$(.venv/peer/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/assistant.pth"
	.venv/peer/bin/pip install --quiet --disable-pip-version-check --no-deps \
		llama-index-vector-stores-chroma==0.6.0 llama-index-embeddings-huggingface==0.8.0
	touch .venv/peer/ready

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
