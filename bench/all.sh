#!/bin/sh
# Every figure of docs/benchmarks.md. SESSIONS: a folder of sessions with truth (default: the samples in the repository); PLAY, SCORE: programs that
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
echo "== kill -9"
$python -m bench.kills
echo "== a fault at every call"
$python -m bench.faults
echo "== a full disk"
$python -m bench.disk_full
echo "== restore drill"
$python -m bench.restore
echo "== ledger tampering"
$python bench/tamper.py --events 1000
echo "== proofs over a long ledger"
$python bench/proofs.py
rm -rf "$data"
