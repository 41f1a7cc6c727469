"""Every byte is read again within the days that were set; damage is found in the part it lies in, and put back only from a whole copy."""

import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest

from archive.backup import backup
from archive.books import open_books
from archive.fixity import Fixity, Reading, bounds, part_of
from archive.rounds import PARTS, due, state
from archive.verify import verify
from domain.clock import SystemClock, parse_stamp
from domain.errors import Corrupt
from domain.events import FIXITY_CHECKED, FIXITY_HEALED
from domain.model import Digest, Outcome, Stored
from tests.fakes.datafolder import PROJECTORS, SCHEMAS, fill, opened, receipt
from tests.fakes.stillclock import StillClock

SEED = 20261125
SOME = 20


@pytest.fixture
def books(tmp_path):
    found = opened(tmp_path / "data")
    fill(found, 12)
    yield found
    found.close()


def reader(books, **more):
    return Fixity(books, SystemClock(), books.store.root.parent / "derived" / "damaged", **more)


def read(books, part, parts, **more):
    fixity = reader(books, **more)
    reading = fixity.begin(part, parts)
    assert fixity.read(reading, lambda _: None, lambda: False)
    return reading


def names(books):
    return [name.rpartition("/")[2] for name in books.store.names()]


def spoil(books, name, how=None):
    path = books.store.root / name[:2] / name
    raw = bytearray(path.read_bytes())
    raw[random.Random(name).randrange(len(raw))] ^= 1
    path.chmod(0o644)
    path.write_bytes(bytes(raw))
    return bytes(raw)


@pytest.mark.parametrize("parts", [1, 2, 3, 7, 90, 1000, 4096])
def test_each_object_is_in_exactly_one_part(parts):
    chance = random.Random(SEED)
    drawn = [f"{chance.getrandbits(256):064x}.pdf" for _ in range(300)] + ["0" * 64 + ".pdf", "f" * 64 + ".pdf"]
    drawn += [f"{-(-part * (1 << 32) // parts) + d:08x}{'0' * 56}.pdf" for part in range(1, parts, max(1, parts // 50)) for d in (-1, 0)]
    for name in drawn:
        part = part_of(name, parts)
        low, high = bounds(part, parts)
        assert low <= name < high
        for other in {max(1, part - 1), min(parts, part + 1)} - {part}:
            low, high = bounds(other, parts)
            assert not low <= name < high
    assert bounds(1, parts)[0] == "00000000"
    assert bounds(parts, parts)[1] == "g"
    assert all(bounds(p, parts)[1] == bounds(p + 1, parts)[0] for p in range(1, parts))


def test_all_parts_together_are_all_objects(books):
    total = 0
    for part in range(1, 8):
        total += read(books, part, 7).objects
    assert total == len(names(books))
    assert read(books, 1, 1).objects == total


def test_each_planted_flip_is_found_in_its_part_and_nowhere_else(books):
    chance = random.Random(SEED)
    spoiled = chance.sample(names(books), 10)
    for name in spoiled:
        spoil(books, name)
    alarms = []
    for part in range(1, 10):
        reading = read(books, part, 9, alarm=lambda what, name: alarms.append((what, name)))
        assert set(reading.damaged) == {name for name in spoiled if part_of(name, 9) == part}
    assert sorted(alarms) == sorted(("object-damaged", name) for name in spoiled)
    counted = [e.body["damaged"] for e in books.ledger.read() if e.kind == FIXITY_CHECKED]
    assert sum(counted) == 10


def test_a_missing_object_is_found_and_a_staged_one_is_not_missing(books):
    name = names(books)[5]
    (books.store.root / name[:2] / name).rename(books.store.root / ".staging" / name)
    assert read(books, 1, 1).left == []
    (books.store.root / ".staging" / name).unlink()
    assert read(books, part_of(name, 5), 5).missing == [name]


def test_a_damaged_object_is_never_given_out_and_never_touched(books):
    name = next(n for n in names(books) if n.endswith(".pdf"))
    left = spoil(books, name)
    read(books, 1, 1)
    assert (books.store.root / name[:2] / name).read_bytes() == left
    with pytest.raises(Corrupt):
        books.store.read(Stored(Digest(name[:64]), len(left), "application/pdf"))


def test_a_good_copy_takes_the_place_of_what_is_damaged_which_is_set_aside(books):
    data = books.store.root.parent
    backup(data, data.parent / "copy", SystemClock())
    damaged, missing = names(books)[3], names(books)[4]
    whole = {n: (books.store.root / n[:2] / n).read_bytes() for n in (damaged, missing)}
    left = spoil(books, damaged)
    (books.store.root / missing[:2] / missing).unlink()
    reading = read(books, 1, 1, copy=data.parent / "copy")
    assert (sorted(reading.healed), reading.left) == (sorted([damaged, missing]), [])
    for name, content in whole.items():
        assert (books.store.root / name[:2] / name).read_bytes() == content
        assert (books.store.root / name[:2] / name).stat().st_mode & 0o777 == 0o444
    [aside] = (data / "derived" / "damaged").iterdir()
    assert aside.name.endswith(damaged)
    assert aside.read_bytes() == left
    healed = [e.body["object"] for e in books.ledger.read() if e.kind == FIXITY_HEALED]
    assert sorted(healed) == sorted(f"sha256:{n[:64]}" for n in (damaged, missing))
    assert verify(data, PROJECTORS, SCHEMAS, patience=0.0).outcome is Outcome.GOOD


def test_a_copy_that_is_damaged_too_takes_nobodys_place(books):
    data = books.store.root.parent
    backup(data, data.parent / "copy", SystemClock())
    name = names(books)[3]
    left = spoil(books, name)
    other = data.parent / "copy" / "store" / name[:2] / name
    other.chmod(0o644)
    other.write_bytes(b"rotten")
    reading = read(books, 1, 1, copy=data.parent / "copy")
    assert reading.left == [name]
    assert (books.store.root / name[:2] / name).read_bytes() == left
    assert list((books.store.root / ".staging").iterdir()) == []


def test_a_reading_that_was_stopped_goes_on_where_it_was(books):
    fixity = reader(books)
    reading, seen = fixity.begin(1, 1), []
    assert not fixity.read(reading, lambda r: seen.append(r.after), lambda: len(seen) >= 10)
    again = Reading(**{f: getattr(reading, f) for f in Reading.__dataclass_fields__})
    assert fixity.read(again, lambda r: seen.append(r.after), lambda: False)
    assert seen == sorted(names(books))
    assert again.objects == len(seen)


def simulate(tmp_path, days, hours, runs=lambda hour: True, step=6.0):
    """A ledger whose parts are read as they become due; how long the longest unread byte ever waited, in days, after the first round."""
    clock = StillClock(datetime(2026, 1, 1, tzinfo=UTC))
    books = open_books(tmp_path / "data", clock, PROJECTORS, SCHEMAS)
    books.registrar.record([receipt(books, 1)])
    ledger_id = next(books.ledger.read(1, 2)).subject
    fixity = Fixity(books, clock, tmp_path / "aside")
    worst, read_parts = timedelta(0), []
    for hour in range(int(hours / step)):
        clock.move(3600 * step)
        if not runs(hour * step):
            continue
        while True:
            found = state(books.ledger.about(ledger_id), clock.now(), SOME)
            part = due(found, clock.now(), days)
            if part is None:
                break
            assert fixity.read(fixity.begin(part, SOME), lambda _: None, lambda: False)
            read_parts.append((clock.now(), part))
        worst = max(worst, clock.now() - found.oldest)
    books.close()
    return worst / timedelta(days=1), read_parts


def test_every_part_is_read_again_within_the_days(tmp_path):
    worst, parts = simulate(tmp_path, 10, 24 * 25)
    assert worst <= 10
    for part in range(1, SOME + 1):
        times = [at for at, number in parts if number == part]
        assert len(times) >= 2
        assert max(b - a for a, b in itertools.pairwise(times)) <= timedelta(days=10)
    daily = [sum(1 for at, _ in parts if at.date() == day) for day in {at.date() for at, _ in parts}]
    assert max(daily) <= SOME / 5, "the rounds are spread over the days"


def test_what_a_stopped_machine_missed_is_made_up_at_once(tmp_path):
    _, parts = simulate(tmp_path, 10, 24 * 32, runs=lambda hour: not 120 <= hour < 600)
    resumed = datetime(2026, 1, 26, tzinfo=UTC) + timedelta(hours=6)
    assert {part for at, part in parts if resumed - timedelta(hours=6) <= at <= resumed} == set(range(1, SOME + 1))


def test_losing_derived_does_not_lose_what_was_read(books):
    for part in (1, 2, 3):
        read(books, part, PARTS)
    ledger_id = next(books.ledger.read(1, 2)).subject
    found = state(books.ledger.about(ledger_id), datetime.now(UTC))
    assert found.never == PARTS - 3
    read(books, 1, 1)
    found = state(books.ledger.about(ledger_id), datetime.now(UTC))
    assert found.never == 0


def test_a_clock_once_set_wrong_excuses_no_part(books):
    read(books, 1, 1)
    story = books.ledger.about(next(books.ledger.read(1, 2)).subject)
    earlier = parse_stamp(story[0].at) + timedelta(microseconds=1)
    found = state(story, earlier)
    assert found.never == PARTS
    assert due(found, earlier + timedelta(days=90), 90) is not None


def test_a_part_with_damage_is_named_until_it_is_read_whole(books):
    name = names(books)[0]
    path = books.store.root / name[:2] / name
    whole = path.read_bytes()
    spoil(books, name)
    ledger_id = next(books.ledger.read(1, 2)).subject
    part = part_of(name, PARTS)
    read(books, part, PARTS)
    assert state(books.ledger.about(ledger_id), datetime.now(UTC)).harmed == {part}
    path.write_bytes(whole)
    read(books, part, PARTS)
    assert state(books.ledger.about(ledger_id), datetime.now(UTC)).harmed == frozenset()
