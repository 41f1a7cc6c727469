"""A data folder made again from a backup, and the check that what a backup or a folder holds belongs together.

Promises: restores only into an empty or missing folder, and until everything is there casefile refuses to work in it; every object is
hashed on its way; what no event names comes along and is listed, what is missing is listed, nothing is deleted or guessed; keys that a
newer file of keys says were destroyed are destroyed before they reach the new folder. `check` reads every byte as verify does, makes the
tables anew from the journal (in a place of its own), and counts.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import MetaData, func, select

from archive.atomic import fsync_folder, locked, make_folder, world, write_whole
from archive.backup import INBOX, SETTINGS
from archive.books import DERIVED, KEYS, LEDGER, RESTORING, STORE
from archive.carry import Carrier, shelve_all, size_in, size_of
from archive.check_keys import Bodies, check_keys
from archive.check_store import NAME
from archive.check_tables import LOSABLE
from archive.check_witness import NOTHING, Outside
from archive.differences import differences, on_shelf
from archive.journal import MODE, Journal
from archive.keys import KEYS as KEY_FILE
from archive.keys import TEMPORARY as KEY_TEMPORARY
from archive.keys import Key, key_lines, read_keys
from archive.ledger import SqlLedger
from archive.manifest import read_manifest
from archive.report import COPY, Progress, Report
from archive.segments import CHECKPOINTS
from archive.sqlite import open_sqlite
from archive.store import STAGING, TEMPORARY, FolderStore
from archive.tables import apply, events, metadata
from archive.verify import verify
from domain.clock import SystemClock
from domain.errors import CasefileError, Corrupt, Misconfigured
from domain.model import Finding, Outcome, Verdict
from domain.ports import Projector


@dataclass(frozen=True, slots=True)
class Restored:
    """What was copied: `objects`, `bytes`. `destroyed`: keys the newer file of keys said were destroyed. What could not be copied."""

    objects: int
    bytes: int
    destroyed: int
    findings: tuple[Finding, ...]


def restore(
    source: Path, data: Path, *, keys: Path | None = None, destroyed_from: Path | None = None, progress: Progress | None = None
) -> Restored:
    """Make the data folder `data` from the backup `source`.

    Args:
        source: a backup, or a copy of a data folder.
        data: an empty or missing folder, or one in which restoring was begun and did not end.
        keys: the folder of the keys, if the backup keeps them apart.
        destroyed_from: the newest file of keys there is (or its folder): what was destroyed by then is destroyed again.
        progress: called with bytes read and bytes in all.

    Raises:
        Misconfigured: `source` is no backup, or `data` is not empty. Corrupt: destructions cannot be replayed. DiskFull, Unavailable.
    """
    if not (source / LEDGER).is_dir():
        raise Misconfigured(f"{source} holds no ledger: is it a backup?", folder=str(source))
    _judge_target(source, data)
    with locked(source, shared=True, busy=f"a backup into {source} is under way: wait for it"):
        report = Report(progress, sum(max(0, size) for size in on_shelf(source / STORE).values()), None)
        ledger = {path.name: path.stat().st_size for path in sorted((source / LEDGER).iterdir()) if path.is_file()}
        destroyed, lines = _keys(keys if keys is not None else source / KEYS, destroyed_from, report)
        with world("the restored folder cannot be written"):
            make_folder(data, 0o700)
            temporary = data / STORE / STAGING / ("restore" + TEMPORARY)
            make_folder(temporary.parent)
            write_whole(data / RESTORING, b"", 0o600, temporary)
            carrier = _carry(source / STORE, data / STORE, report)
            make_folder(data / KEYS, 0o700)
            if lines:
                write_whole(data / KEYS / KEY_FILE, lines, 0o600, data / KEYS / KEY_TEMPORARY)
            make_folder(data / LEDGER)
            for name, size in sorted(ledger.items(), key=lambda item: item[0] == CHECKPOINTS):
                write_whole(data / LEDGER / name, (source / LEDGER / name).read_bytes()[:size], MODE, temporary)
            if (source / SETTINGS).exists():
                write_whole(data / SETTINGS, (source / SETTINGS).read_bytes(), 0o600, temporary)
            for folder in (data / DERIVED, data / INBOX, *(data / INBOX / window for window in _windows(source))):
                make_folder(folder)
            (data / RESTORING).unlink()
            fsync_folder(data)
    return Restored(carrier.copied, carrier.bytes, destroyed, report.verdict().findings)


def check(
    folder: Path,
    projectors: Sequence[Projector] = (),
    schemas: Sequence[MetaData] = (),
    *,
    keys: Path | None = None,
    progress: Progress | None = None,
    patience: float = 1.0,
    outside: Outside = NOTHING,
) -> Verdict:
    """Whether `folder`, a backup or a data folder, is whole and of one day: everything verify finds, and every difference.

    `outside` is what verify is given from outside. No witness should be asked: what it saw last is newer than any backup.

    Raises:
        Misconfigured: there is no ledger. Unavailable: a file cannot be read.
    """
    if not (folder / LEDGER).is_dir():
        raise Misconfigured(f"{folder} holds no ledger: is it a backup?", folder=str(folder))
    listed = Report(None, 0, None)
    named = differences(folder, listed, keys=keys)
    told = listed.verdict()
    known = {finding.subject for finding in told.findings if finding.outcome is Outcome.BAD}
    whole = verify(folder, projectors, schemas, progress, patience=patience, keys=keys, outside=outside)
    tables = Report(None, 0)
    replay(folder, named.size, projectors, schemas, tables, keys=keys)
    made = tables.verdict()
    rest = [f for f in whole.findings if f.subject not in known]
    found = sorted([*told.findings, *rest, *made.findings], key=lambda f: -f.outcome.value)
    return Verdict(tuple(found), {**whole.looked_at, **made.looked_at})


def replay(
    folder: Path, size: int, projectors: Sequence[Projector], schemas: Sequence[MetaData], report: Report, *, keys: Path | None = None
) -> None:
    """Make the tables from the journal in `folder`, in a temporary place, and count: `size` events, and rows."""
    rooms, schemas = list(dict.fromkeys([apply, *projectors])), list(dict.fromkeys([metadata, *schemas]))
    silent = Report(None, 0)
    bodies = Bodies(FolderStore(folder / STORE), check_keys(keys or folder / KEYS, silent, 0), silent)
    with tempfile.TemporaryDirectory(prefix="casefile-restore-") as place:
        engine = open_sqlite(Path(place) / "replay.db", pragmas=LOSABLE)
        try:
            for schema in schemas:
                schema.create_all(engine)
            SqlLedger(engine, SystemClock(), rooms, bodies.open).restore(Journal(folder / LEDGER).events())
            with engine.connect() as connection:
                found = connection.execute(select(func.count()).select_from(events)).scalar_one()
                for table in (table for schema in schemas for table in schema.sorted_tables):
                    report.looked_at["tables"] += 1
                    report.looked_at["rows"] += connection.execute(select(func.count()).select_from(table)).scalar_one()
            if found < size:
                report.bad("tables", "derived/", f"{size} events, as the journal has lines", f"{found} events", COPY)
        except CasefileError as error:
            report.bad("tables", "derived/", "tables made from the ledger", f"{type(error).__name__}: {error}", COPY)
        except Exception as error:  # a room's apply may stumble over what was damaged, in any way
            report.bad("tables", "derived/", "tables made from the ledger", type(error).__name__, COPY)
        finally:
            engine.dispose()


def _carry(source: Path, target: Path, report: Report) -> Carrier:
    """Every object: those of the shelf to the shelf, those in staging to staging, named by an event or not."""
    shelf = on_shelf(source)
    waiting = {p.name: size_of(p) for p in sorted((source / STAGING).glob("*")) if NAME.fullmatch(p.name) and p.name not in shelf}
    carrier = Carrier(source, target, report)
    carrier.carry_all({name: size for name, size in {**shelf, **waiting}.items() if size_in(target, name) != size})
    shelve_all(target, shelf)
    return carrier


def _keys(folder: Path, destroyed_from: Path | None, report: Report) -> tuple[int, bytes]:
    """The backup's keys with newer tombstones in their places: how many, and the file's bytes."""
    try:
        data = (folder / KEY_FILE).read_bytes()
    except FileNotFoundError:
        report.bad("keys", f"keys/{KEY_FILE}", "the file of keys", "nothing", "say --keys FOLDER if they are kept apart")
        return 0, b""
    if destroyed_from is None:
        return 0, data
    buried, out, gone = tombstones(destroyed_from), list[Key](), 0
    remedy = "destructions cannot be replayed; take the keys of another backup"
    for key in read_keys(data, remedy, whose=f"the backup's {KEY_FILE}"):
        again = key.key is not None and key.body.hex in buried
        out.append(buried[key.body.hex] if again else key)
        gone += again
    return gone, key_lines(out)


def tombstones(place: Path) -> dict[str, Key]:
    """What the file of keys at `place` (the file, its folder, or a data folder or backup) says was destroyed, by body.

    Raises:
        Misconfigured: there is none. Corrupt: a line is damaged, so that a destruction might be missed.
    """
    choices = (place, place / KEY_FILE, place / KEYS / KEY_FILE)
    path = next((choice for choice in choices if choice.is_file()), None)
    if path is None:
        raise Misconfigured(f"{place} holds no {KEY_FILE}", folder=str(place))
    found = read_keys(path.read_bytes(), "a destruction could be missed; use another copy", whose=str(path))
    return {key.body.hex: key for key in found if key.key is None}


def _windows(source: Path) -> tuple[str, ...]:
    try:
        manifest = read_manifest(source)
    except Corrupt:  # check says so
        return ()
    return manifest.windows if manifest else ()


def _judge_target(source: Path, data: Path) -> None:
    mine, other = data.resolve(), source.resolve()
    if mine == other or mine in other.parents or other in mine.parents:
        raise Misconfigured(f"a restored folder does not lie in its backup, nor around it: {data}", folder=str(data))
    if data.exists() and (not data.is_dir() or (any(data.iterdir()) and not (data / RESTORING).exists())):
        raise Misconfigured(f"{data} is not empty: restore into an empty folder. Nothing was changed", folder=str(data))
