# SPDX-License-Identifier: Apache-2.0
# `make run` and `make test` do all set-up themselves; see README.md.

PYTHON ?= python3
PHOTO ?=
ARGS ?=
export PHOTO

IN := .venv/bin
SET_UP := $(PYTHON) packaging/set_up.py
LIBRARIES := $(PYTHON) packaging/system_libraries.py
PYTEST := QT_QPA_PLATFORM=offscreen $(IN)/python -m pytest
# Tests wait more than they reckon, so two at a time take half as long. Files stay whole: what a
# file's tests share is made once. Threads that wait must not spin in the other's way.
IN_TWOS := --numprocesses=2 --dist=loadfile --no-loadscope-reorder --max-worker-restart=2

# CI has the time for tests of half a minute and more; a person who waits has not.
SHORT := $(if $(CI),,-m "not long")

INSTALLER_PYTHON := build/installer-environment/bin/python

.PHONY: run test test-faults check lint bench lock translations clean environment models \
        test-libraries installer installer-test

run: environment models
	@$(PYTHON) packaging/start.py "$$PHOTO"

# Without Xvfb, and without the right to install it, the tests in a real window are skipped and say so.
test: environment models test-libraries
	OMP_WAIT_POLICY=PASSIVE $(PYTEST) $(IN_TWOS) $(SHORT) $(ARGS)

test-faults: environment models
	PRODEDIT_FAULT_SECONDS=60 $(PYTEST) -m faults --timeout=900 -o faulthandler_timeout=960 $(ARGS)

check: lint test

lint: environment
	$(IN)/ruff check .
	$(IN)/ruff format --check .
	$(IN)/mypy
	$(IN)/lint-imports

bench: environment models
	@$(SET_UP) peers
	$(IN)/python -m tests.benchmarks $(ARGS)

# Takes minutes: it asks for the hashes of every file of every package.
lock:
	$(PYTHON) packaging/lock.py $(ARGS)

# After a text of the window was added or changed: into the .ts, and the .ts into the .qm.
translations: environment
	$(IN)/python packaging/translate.py

# Some ten minutes: dist/ gets the bundle, the .deb and the .run of this system.
installer: environment models
	@$(LIBRARIES) installer
	@$(SET_UP) installer
	$(INSTALLER_PYTHON) packaging/bundle/build.py
	$(INSTALLER_PYTHON) packaging/linux/deb.py
	$(INSTALLER_PYTHON) packaging/linux/run_file.py

# As root: installs both in a fresh Debian, works in the window, removes them; see packaging/README.md.
installer-test:
	@$(LIBRARIES) installer-test
	$(PYTHON) packaging/linux/try_installers.py $(ARGS)

environment:
	@$(LIBRARIES) window
	@$(SET_UP) environment

models: environment
	@$(SET_UP) models

test-libraries:
	@$(LIBRARIES) tests || true

clean:
	rm -rf .venv .venv-bench build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find prodedit tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
