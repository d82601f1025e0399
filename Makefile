# Two commands for everybody: `make run` and `make test`. `make check` before a commit.
.PHONY: run test check lock figures model-trial bench performance bench-nlp bench-crawl bench-browser bench-link bench-db bench-nightly reference cases chaos stops soak browser-kills docs clean setup fuzz sbom licences advisories

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

run: setup
	$(BIN)/rackrent demo

test: setup
	$(PYTEST)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST)

setup: $(STAMP)
	@sh scripts/find-chromium.sh $(BIN)

$(STAMP): requirements.lock scripts/make-venv.sh
	@sh scripts/make-venv.sh $(VENV)
	@touch $(STAMP)

# Pins the newest versions that pyproject.toml allows; needs uv (https://docs.astral.sh/uv/).
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--output-file requirements.lock pyproject.toml scripts/build-requirements.txt

figures: $(STAMP)
	$(BIN)/python scripts/figures.py

model-trial: $(STAMP)
	$(BIN)/python scripts/model_trial.py

# All benchmarks, one table, kept in docs/performance.json; QUICK=1: fewer rounds.
bench: $(STAMP)
	$(BIN)/python scripts/bench.py $(if $(QUICK),--quick)

# Writes docs/performance.md from docs/performance.json.
performance: $(STAMP)
	$(BIN)/python scripts/bench.py --docs

bench-nlp: $(STAMP)
	$(BIN)/python scripts/bench_nlp.py

# The crawl path against bare Scrapy and the naive project.
bench-crawl: $(STAMP)
	$(BIN)/python scripts/bench_crawl.py

# Pages that need scripts, against raw Playwright and, where installed, scrapy-playwright.
bench-browser: $(STAMP)
	$(BIN)/python scripts/bench_browser.py

# Makes two databases in data/local/bench (the large one takes 10 GB), or reuses them.
bench-db: $(STAMP)
	$(BIN)/python scripts/bench_db.py

# What a nightly run costs with 1k, 10k and 100k stored threads; homes are made in data/local/bench.
bench-nightly: $(STAMP)
	$(BIN)/python scripts/bench_nightly.py

# How well sellers are linked, on an invented world that knows the truth.
bench-link: $(STAMP)
	$(BIN)/python scripts/bench_link.py

# kill -9 at random moments of every stage, 200 seeded runs; prints runs, kills and differences.
chaos: $(STAMP)
	$(BIN)/python scripts/chaos.py

# SIGTERM and Ctrl-C at random moments of crawls: how long 50 ends took.
stops: $(STAMP)
	$(BIN)/python scripts/stops.py

# 20,000 pages in one process: memory, descriptors and processes left behind.
soak: $(STAMP)
	$(BIN)/python scripts/soak.py

# SIGKILL to a random process of the browser, 20 times: pages lost, processes and folders left.
browser-kills: $(STAMP)
	$(BIN)/python scripts/browser_kills.py

# Writes docs/reference from the code.
reference: $(STAMP)
	$(BIN)/python scripts/reference.py

# Writes docs/hostile-cases.md from tests/cases.
cases: $(STAMP)
	$(BIN)/python scripts/hostile_cases.py

# Mutated pages and texts for MINUTES of processor time (10); finds are kept in tests/fuzz/finds.
fuzz: $(STAMP)
	nice $(BIN)/python scripts/fuzz.py $(MINUTES)

# What the lock installs: CycloneDX, licences, known weaknesses (exit 3: not checked, no connection).
sbom: $(STAMP)
	$(BIN)/python scripts/sbom.py

licences: $(STAMP)
	$(BIN)/python scripts/licences.py

advisories: $(STAMP)
	$(BIN)/python scripts/advisories.py

docs: $(STAMP)
	$(BIN)/python -m mkdocs build --strict

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build *.egg-info
