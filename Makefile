# A fresh machine needs only Python 3.11 or later (with venv) and make.
PYTHON ?= python3
VENV ?= .venv
OUT ?= guanlian-out

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: help demo test check search yasgui sigma clean
.DEFAULT_GOAL := help

help:
	@echo 'make demo    install, build the corpus that ships, say where the explorer and the tables are'
	@echo 'make test    install with the test tools, run the tests'
	@echo 'make check   ruff, mypy --strict, import layers, tests'
	@echo 'make search  property tests with examples nobody has tried yet'
	@echo 'make yasgui  bring the SPARQL editor YASGUI into outputs/vendor (needs npm; serve works without it)'
	@echo 'make sigma   bring sigma.js, which the explorer is measured against, into .benchmarks (needs npm; tests skip without it)'
	@echo 'make clean   remove what these commands made'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'guanlian needs Python 3.11 or later; say which with: make PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo 'Python has no venv module here; on Debian: apt-get install python3-venv' >&2; exit 1; }

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed
	@$(BIN)/guanlian build --out $(OUT)
	@$(BIN)/guanlian --quiet --store $(OUT)/store tables $(OUT)/tables > /dev/null
	@echo
	@echo '浏览 · explorer   $(abspath $(OUT))/explorer.html'
	@echo '表格 · tables     $(abspath $(OUT))/tables/'
	@echo '提问 · questions  $(BIN)/guanlian query'

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

search: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --hypothesis-profile search $$(grep -rl '^@given' tests)

# The page's own editor serves where this has not been run. npm checks what it brings against the registry's hash.
YASGUI := @zazuko/yasgui@4.6.2

yasgui:
	@command -v npm > /dev/null || { echo 'make yasgui needs npm (Node.js)' >&2; exit 1; }
	@rm -rf outputs/vendor && mkdir -p outputs/vendor
	@cd outputs/vendor && tar -xzf "$$(npm pack --silent $(YASGUI))" --strip-components 2 \
	  package/build/yasgui.min.js package/build/yasgui.min.css && rm -f ./*.tgz
	@sed -i.bak '/^\/[/*]# sourceMappingURL=/d' outputs/vendor/yasgui.min.js outputs/vendor/yasgui.min.css && rm -f outputs/vendor/*.bak
	@ls -l outputs/vendor

# Only the benchmark reads these; nothing of them ships.
sigma:
	@command -v npm > /dev/null || { echo 'make sigma needs npm (Node.js)' >&2; exit 1; }
	@rm -rf .benchmarks/sigma && mkdir -p .benchmarks/sigma
	@cd .benchmarks/sigma \
	  && tar -xzf "$$(npm pack --silent sigma@3.0.3)" --strip-components 2 package/dist/sigma.min.js \
	  && tar -xzf "$$(npm pack --silent graphology@0.26.0)" --strip-components 2 package/dist/graphology.umd.min.js \
	  && rm -f ./*.tgz
	@ls -l .benchmarks/sigma

clean:
	rm -rf $(VENV) $(OUT) outputs/vendor build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
