"""What every `domain.ports.Clock` promises, and that stamps are read back as they were written."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import SystemClock, parse_stamp, stamp
from domain.ids import is_ulid, new_ulid
from tests.fakes.stillclock import StillClock


@pytest.fixture(params=[SystemClock, StillClock])
def clock(request):
    return request.param()


def test_the_time_is_aware_and_in_utc(clock):
    assert clock.now().utcoffset() == timedelta(0)


def test_monotonic_seconds_never_go_back(clock):
    seen = [clock.monotonic() for _ in range(100)]
    assert seen == sorted(seen)


@given(st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)))  # noqa: DTZ001 made aware below
def test_a_stamp_is_read_back_as_it_was_written(at):
    at = at.replace(tzinfo=UTC)
    assert parse_stamp(stamp(at)) == at
    assert stamp(parse_stamp(stamp(at))) == stamp(at)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1)), st.integers(1, 10**9))  # noqa: DTZ001 made aware below
def test_identifiers_sort_by_the_time_they_were_made(at, milliseconds):
    at = at.replace(tzinfo=UTC)
    earlier, later = new_ulid(at), new_ulid(at + timedelta(milliseconds=milliseconds))
    assert earlier < later
    assert is_ulid(earlier)
    assert len({new_ulid(at) for _ in range(20)}) == 20
