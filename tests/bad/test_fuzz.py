"""300 damaged files, and those that once did harm: each is taken or refused with a reason, and no child process is lost to it.

bench/fuzz.py does the same with 10,000.
"""

from pathlib import Path

import pytest

from tests.bad.mutations import mutant, seeds
from tests.bad.through import quick_pool, through

KEPT = [path for path in sorted((Path(__file__).parent / "kept").iterdir()) if path.suffix != ".md"]
COUNT, FIRST = 300, 20261125


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    pool = quick_pool(2, tmp_path_factory.mktemp("trays"))
    yield pool
    pool.close()


def ended(pool, tmp_path, data):
    (tmp_path / "f").write_bytes(data)
    return through(pool, tmp_path / "f", tmp_path / "out.pdf")


def test_clean_scans_are_taken(pool, tmp_path):
    assert {ended(pool, tmp_path, data) for data in seeds()} == {"accepted"}


@pytest.mark.slow
def test_damaged_files_are_taken_or_refused_and_cost_no_child(pool, tmp_path):
    outcomes = {}
    for seed in range(FIRST, FIRST + COUNT):
        outcomes.setdefault(ended(pool, tmp_path, mutant(seed)), []).append(seed)
    harm = ("reader-failed", "took-too-long", "internal", "memory", "sheet", "open")
    bad = {out: found for out, found in outcomes.items() if any(word in out for word in harm)}
    assert not bad, f"seeds: {bad}"
    assert len(outcomes) > 3, "the damage no longer reaches anything"


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_files_that_once_did_harm_do_none(pool, tmp_path, path):
    out = ended(pool, tmp_path, path.read_bytes())
    assert "internal" not in out, out
    assert "reader-failed" not in out
