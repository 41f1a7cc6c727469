"""A fault at calls of each kind, one intake and archive run each: a thin form of bench/faults.py, which takes every call."""

import pytest

from tests.faulty.calls import FAULTS, KINDS, Calls
from tests.faulty.cells import Run, counted, failed, killed

LEAST = {"open": 60, "write": 40, "fsync": 60, "rename": 30, "commit": 15, "unlink": 20}
"""Calls a run makes at least: fewer would mean that a seam was lost."""


@pytest.fixture(autouse=True)
def quick_reading(monkeypatch):
    """Reading is faked as in tests/fakes/quick_child.py, for this test alone."""
    from pipeline import upright
    from pipeline.ocr import engines

    monkeypatch.setattr(engines, "engine_named", engines.engine_named)
    monkeypatch.setattr(upright, "orientation", upright.orientation)
    from tests.fakes import quick_child

    monkeypatch.setattr(engines, "engine_named", lambda name="": quick_child.QuickEngine())
    monkeypatch.setattr(upright, "orientation", lambda image, thick=None: upright.Turn(0, 1.0))


@pytest.fixture(scope="module")
def read():
    return {}


@pytest.mark.crash
@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_at_any_call_leaves_the_original_or_the_receipt_and_all_goes_on_unaided(tmp_path, monkeypatch, read, kind):
    number = counted(tmp_path / "count", kind, monkeypatch, read)
    assert number >= LEAST[kind]
    calls = Calls(monkeypatch, tmp_path, kind)
    for i, fault in enumerate(FAULTS):
        at = (i * 2 + 1) * number // (2 * len(FAULTS))
        place = tmp_path / fault
        wrong = killed(place, calls, read, at) if fault == "kill" else failed(place, calls, read, at, fault, on=i % 2 == 0)
        assert wrong == [], f"{kind} {fault} at call {at} of {number}"
        assert fault == "kill" or calls.fired


def test_this_test_would_see_a_scan_that_is_lost(tmp_path, monkeypatch, read):
    run = Run(tmp_path, read, Calls(monkeypatch, tmp_path, "commit"))
    (run.window.folder / "a.png").unlink()
    (run.window.folder / "b.png").unlink()
    run.work(12)
    run.close()
    assert "a.png is gone" in run.wrong
