"""No name, identity number or telephone number of a citizen stands where it must not: logs, ledger, feed, names of files, messages."""

from pathlib import Path

import pytest

from tests.fakes.exposure import expose
from tests.fakes.people import people
from tests.fakes.planted import Planted


@pytest.mark.slow
def test_nobody_planted_is_found_outside_the_places_meant_for_people(tmp_path: Path) -> None:
    """The long form, with 10,000, is bench/privacy.py."""
    found = expose(tmp_path, 300)
    assert found.leaks == {}
    assert found.seen["derived/casefile.db"] >= 80, "the search finds what is there"
    assert found.seen["derived/index.db"] >= 40
    assert found.seen["derived/steps/"] >= 40
    assert found.seen["store/*.pdf"] >= 60
    assert found.counts["shelved"] and found.counts["quarantined"] >= 6


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_what_is_planted_is_found_in_every_form(encoding: str) -> None:
    import json
    import zlib
    from urllib.parse import quote

    values = people(30)
    planted = Planted(values)
    text = "前文" + "，".join(values) + "后文"
    clear = b"\0" + text.encode(encoding)
    assert planted.data(clear) == set(values)
    if encoding == "utf-8":
        assert planted.data(quote(text).encode()) == set(values)
        assert planted.data(json.dumps(text).encode()) == set(values)
        assert planted.data(b"xx" + zlib.compress(clear) + b"yy") == set(values)
    assert planted.data("，".join(people(30, seed=1)).encode(encoding)) == set()
