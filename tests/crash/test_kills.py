"""kill -9 of the whole process group at random points of real lives of `serve`, reading faked: the short form of bench/kills.py."""

import random
from collections import Counter

import pytest

from bench.kills import PER_FOLDER, finished, killed, measured
from tests.faulty.lives import Lives
from tests.faulty.window import Window

KILLS = 30
SEED = 20261125
WORK = 1.5


@pytest.fixture
def lives():
    lives = Lives()
    yield lives
    lives.close()


@pytest.mark.crash
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_kill_9_at_thirty_random_points_loses_nothing_doubles_nothing_and_needs_no_hand(tmp_path, lives):
    (tmp_path / "first").mkdir()
    begin, chance = measured(lives, tmp_path / "first" / "data", False), random.Random(SEED)
    wrong, met, scans = list[str](), Counter[str](), 0
    for number in range(KILLS // PER_FOLDER):
        window = Window(tmp_path / str(number) / "data", chance)
        for _ in range(PER_FOLDER):
            what, gone = killed(lives, window, chance, begin, WORK, cold=False)
            met[what] += 1
            wrong += gone
        wrong += finished(lives, window, 180)[1]
        scans += len(window.files)
    assert wrong == []
    assert scans >= KILLS
    assert len(met) >= 3, f"the kills met too little of a life: {met}"
