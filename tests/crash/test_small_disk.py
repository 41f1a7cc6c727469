"""A disk of 64 MB filled at random while scans arrive: one short pass of bench/disk_full.py. Needs root and loop devices."""

import random

import pytest

from bench.disk_full import one_pass
from tests.faulty.lives import Lives
from tests.faulty.small_disk import mounted, why_not


@pytest.mark.crash
@pytest.mark.slow
@pytest.mark.skipif(why_not() is not None, reason=f"no small disk: {why_not()}")
def test_a_full_disk_is_a_pause_that_is_told_and_ends_by_itself(tmp_path):
    lives = Lives()
    try:
        with mounted(tmp_path) as disk:
            wrong, told, what = one_pass(lives, disk, tmp_path / "log", random.Random(20261125), 6, 0)
    finally:
        lives.close()
    assert wrong == [], what
    assert told.feed or told.log  # the feed lies on the disk that is full
