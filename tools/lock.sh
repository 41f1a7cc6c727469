#!/bin/sh
# Pins what requirements*.in ask for, for Python 3.11 to 3.13 on Linux, with hashes. Needs uv (pip install uv).
set -eu
cd "$(dirname "$0")/.."
pin() { uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --override overrides.txt "$@"; }
pin requirements.in requirements-build.in -o requirements.lock
pin requirements-dev.in -o requirements-dev.lock
