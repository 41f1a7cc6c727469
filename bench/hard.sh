#!/bin/sh
# What is promised of crashes, bad input, outages and two databases, at full size; about two hours. BAD: a folder of bad files with index.csv
# (without it those files are left out). Each command prints its figures and ends with 1 when a bar is missed; the rest goes on.
set -u
cd "$(dirname "$0")/.."
python=.venv/bin/python
missed=0
run() { echo "== $1"; shift; "$@" || { echo "-- missed: $*"; missed=1; }; }
[ -z "${BAD:-}" ] || run "bad input through serve" $python -m bench.bad_input "$BAD"
run "fuzzed files" $python -m bench.fuzz --count 10000
run "kill -9" $python -m bench.kills --kills 200 --real 10
run "a fault at every call" $python -m bench.faults
run "a full disk" $python -m bench.disk_full --passes 10
run "slow and strange writers" $python -m bench.writers
run "races" $python -m bench.races --runs 20
run "personal data" $python -m bench.privacy --count 10000
run "two databases" $python -m bench.two_databases
run "take-over" $python -m bench.takeover
run "pace" $python -m bench.pace
run "Elasticsearch expendable" $python -m bench.elastic
run "restore drill" $python -m bench.restore
run "ledger tampering" $python bench/tamper.py --events 1000
run "proofs over a long ledger" $python bench/proofs.py
exit $missed
