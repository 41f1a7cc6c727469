"""Seven tamperings at every position of a ledger, in two strengths: all are found, the strong ones against the witness's checkpoint.

The long form, at each of 1,000 positions and with whole data folders: bench/tamper.py.
"""

import random

import pytest

from domain.model import Outcome
from tests.faulty.tampering import KINDS, Ledger, quick

SEED = 20261125
EVENTS, PER_SEGMENT = 144, 64
WITNESSED = 130


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return Ledger(tmp_path_factory.mktemp("tampering"), EVENTS, PER_SEGMENT)


@pytest.fixture(autouse=True)
def parsing(monkeypatch):
    quick(monkeypatch)


def test_the_true_ledger_is_found_whole_alone_and_against_every_checkpoint(ledger):
    assert ledger.look(ledger.lines, ledger.checkpoints, ledger.mark) == (Outcome.GOOD, Outcome.GOOD)
    for size in range(1, EVENTS + 1):
        assert ledger.look(ledger.lines, ledger.checkpoints, ledger.mark, ledger.anchor(size)) == (Outcome.GOOD, Outcome.GOOD)


@pytest.mark.parametrize("kind", KINDS)
def test_naive_tampering_is_found_at_every_position(ledger, kind):
    chance = random.Random(f"{SEED}{kind}")
    missed = [p for p in range(1, EVENTS + 1) if ledger.naive(kind, p, chance) is not Outcome.BAD]
    assert missed == []


@pytest.mark.parametrize("kind", KINDS)
def test_tampering_with_everything_recomputed_is_found_against_the_witness_up_to_its_last_checkpoint(ledger, kind):
    chance = random.Random(f"{SEED}{kind}")
    alone, against = set(), set()
    for position in range(1, EVENTS + 1):
        by_itself, by_witness = ledger.strong(kind, position, chance, WITNESSED)
        alone |= {position} if by_itself is Outcome.BAD else set()
        against |= {position} if by_witness is Outcome.BAD else set()
    assert alone == set()  # who rewrites everything is not found by anything inside the folder
    wanted = set(range(1, WITNESSED + 1))
    assert wanted <= against
    later = against - wanted
    if kind in ("edit", "drop", "insert", "truncate"):
        assert later == set()  # not found: what came after the last checkpoint. How much that can be, the schedule says
