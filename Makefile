# Everything newslab needs is set up by the first command that needs it; a second run reuses it.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
RESULTS ?= results
TESTS ?= tests
EXAMPLES ?= 2000
SHOWN ?= $(firstword $(wildcard data/sample/*.txt))
READY = $(VENV)/.ready
# exit status 1 says that some articles have problems, as those of the sample have by design
ANNOTATE = $(BIN)/newslab annotate data/sample --metadata data/MANIFEST.csv --out $(RESULTS)/tables

.PHONY: analysis test browser docs lab env lint notebooks benchmarks soak fuzz clean
.DELETE_ON_ERROR:

analysis: $(READY)
	@mkdir -p $(RESULTS)/notebooks
	$(ANNOTATE) --format parquet 2> $(RESULTS)/problems.txt || test $$? -eq 1
	$(ANNOTATE) --format csv 2> /dev/null || test $$? -eq 1
	$(BIN)/newslab show $(SHOWN) --out $(RESULTS)/article.html || test $$? -eq 1
	$(BIN)/python notebooks/run.py --html $(RESULTS)/notebooks
	@echo
	@echo "Made, under $(RESULTS)/:"
	@cd $(RESULTS) && find . -type f | sort | sed 's|^\./|  |'
	@echo "Open $(RESULTS)/notebooks/00_start_here.html first; $(RESULTS)/article.html shows one article marked."

test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadgroup

# the notebooks and pages in a real browser, which `make test` includes where there is one
browser: $(READY)
	$(BIN)/python -m pytest tests/browser

docs: $(READY)
	$(BIN)/python -m sphinx -q -W docs $(RESULTS)/docs
	@echo "Open $(RESULTS)/docs/index.html"

lab: $(READY)
	$(BIN)/jupyter lab notebooks/00_start_here.ipynb

# the notebooks as they are committed: run top to bottom, with their outputs
notebooks: $(READY)
	$(BIN)/python notebooks/run.py

benchmarks: $(READY)
	$(BIN)/python benchmarks/run.py

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# properties tried on many examples, and files of 200 MB; in parts by `make soak TESTS=tests/test_reuse.py EXAMPLES=500`
soak: $(READY)
	HYPOTHESIS_PROFILE=soak EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -n 2 --dist loadgroup -m "hypothesis or soak" $(TESTS)

# the readers by a coverage-guided fuzzer, which `pip install -e '.[fuzz]'` installs; 20 minutes of CPU a family
FUZZED ?= all
fuzz: $(READY)
	$(BIN)/python benchmarks/fuzz.py $(FUZZED) --out $(RESULTS)/fuzz

env: $(READY)

$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(READY)

clean:
	rm -rf $(RESULTS) docs/generated build *.egg-info .pytest_cache .mypy_cache .ruff_cache
