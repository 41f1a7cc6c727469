#!/bin/sh
# Every figure of docs/benchmarks.md but the soak (make soak, two hours). SESSIONS: a folder of sessions with truth (default: the samples in the repository); PLAY, SCORE: programs that
# replay sessions as scanners do and score a result (without them files are renamed in, and nothing is scored).
set -eu
cd "$(dirname "$0")/.."
sessions=${SESSIONS:-samples}
data=$(mktemp -d)/data
python=.venv/bin/python
echo "== sessions through serve"
$python bench/serve_sessions.py "$sessions" "$data" ${PLAY:+--play "$PLAY" --mode mix}
echo "== hits"
$python bench/hits.py "$sessions" "$data" --picture docs/screens/hits.png
echo "== reading"
$python -m bench.reading "$sessions" ${SCORE:+--score "$SCORE"}
[ -z "${SCORE:-}" ] || { echo "== quality, from the raw files"; $python -m bench.quality "$sessions" --score "$SCORE"; }
echo "== character boxes"
$python -m bench.char_boxes "$sessions"
echo "== imaging"
$python -m bench.imaging "$sessions"
echo "== bit flips"
$python bench/bit_flips.py "$data"
echo "== embedded index"
$python -m bench.embedded_index
echo "== both engines, Elasticsearch stopped and started"
$python -m pytest tests/search/test_golden_search.py tests/search/test_elastic_outage.py
sh bench/hard.sh
rm -rf "$data"
