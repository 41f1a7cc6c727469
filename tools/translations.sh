#!/bin/sh
# Gathers the sentences marked with _() into app/locale/casefile.pot, brings the English catalogue up to date and compiles it.
set -eu
cd "$(dirname "$0")/.."
babel=.venv/bin/pybabel
$babel -q extract --no-location --sort-output --omit-header -o app/locale/casefile.pot app
$babel -q update --ignore-pot-creation-date --no-fuzzy-matching -D casefile -i app/locale/casefile.pot -d app/locale -l en 2>/dev/null || $babel -q init -D casefile -i app/locale/casefile.pot -d app/locale -l en
$babel compile -D casefile -d app/locale --statistics
