"""A copy of a data folder that is whole after every step, made while the data folder is at work.

    witness's notes read -> journal's length noted -> keys read -> objects staged -> keys written -> journal, checkpoints, notes
    -> objects shelved -> manifest

An event in the journal means that its keys and objects are on disk, so what is noted first is what everything after it is complete for.
The copy is a data folder without inbox/ and derived/, and is written in the order a data folder is written: killed at any point it is what
a killed casefile leaves, and holds at least what the manifest before says. The next backup goes on from there and copies only what is new.

Does not copy what has no receipt (its paper is still to hand, and a file being written would be copied torn), nor deletes anything, nor
encrypts. A ledger that is damaged, or not the one this backup was made of, or older than it, stops the backup and changes nothing.
Risk accepted: without `full`, objects copied earlier are not read again; `restore --check` does that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.atomic import Unreadable, append_durably, locked, make_folder, world, write_whole
from archive.books import DERIVED, KEYS, LEDGER, STORE
from archive.carry import Carrier, digest_of, open_in, shelve_all, size_in
from archive.extent import Extent, read_extent
from archive.journal import MODE
from archive.key_copy import KeyCopy
from archive.manifest import APART, INSIDE, MANIFEST, Manifest, read_manifest, write_manifest
from archive.report import Progress, Report
from archive.segments import CHECKPOINTS, SEGMENT
from archive.store import STAGING, TEMPORARY
from archive.witnessed import carry_notes, whole_notes
from domain.clock import stamp
from domain.errors import Conflict, Corrupt, Misconfigured
from domain.model import Finding
from domain.ports import Clock

INBOX, SETTINGS = "inbox", "casefile.toml"
PARTS = {STORE, LEDGER, KEYS, SETTINGS, MANIFEST}


@dataclass(frozen=True, slots=True)
class Backed:
    """What a backup holds now (`manifest`), what this one added (`copied` objects, `bytes`), what the data folder had not whole."""

    manifest: Manifest
    copied: int
    bytes: int
    findings: tuple[Finding, ...]


def backup(
    data: Path, target: Path, clock: Clock, *, keys: Path | None = None, full: bool = False, progress: Progress | None = None
) -> Backed:
    """Bring the backup in `target` up to date with the data folder `data`, at work or not.

    Args:
        data: the data folder; nothing in it is written.
        target: a backup of the same ledger, or a folder that is empty or missing.
        clock: says when.
        keys: another folder for the keys of private bodies, so that they do not lie beside the store.
        full: read every object of the backup again too, and replace damaged ones.
        progress: called with bytes read and bytes in all, as far as is known.

    Raises:
        Misconfigured: not a data folder, or not a folder for a backup. Conflict: another ledger's backup, a newer one, or one under way.
        Corrupt: the ledger or the keys are damaged; the backup was not touched. DiskFull, Unavailable: try again, it goes on.
    """
    if not (data / LEDGER).is_dir():
        raise Misconfigured(f"{data} holds no ledger: is it the data folder?", folder=str(data))
    _judge_places(data, target, keys)
    with world("the backup cannot be written"):
        make_folder(target, 0o700)
        with locked(target, busy=f"another backup into {target} is under way"):
            return _Backup(data, target, keys, full, progress).run(clock)


class _Backup:
    def __init__(self, data: Path, target: Path, keys: Path | None, full: bool, progress: Progress | None) -> None:
        self._data, self._target, self._full = data, target, full
        self._before = read_manifest(target)
        self._kind = INSIDE if keys is None else APART
        if self._before is not None and self._before.keys != self._kind:
            raise Misconfigured(f"this backup keeps its keys {self._before.keys}: say --keys as before, or begin another folder")
        self._report = Report(progress, 0)
        self._keys = KeyCopy(data / KEYS, target / KEYS if keys is None else keys, full, self._report)

    def run(self, clock: Clock) -> Backed:
        at = stamp(clock.now())
        before, notes = self._before, whole_notes(self._data / LEDGER)  # before the journal, so that none is of events it lacks
        extent = read_extent(self._data / LEDGER, before.mark if before else None, whole=self._full)
        self._keys.read(extent.bodies)
        self._hold_ledger(extent)
        carrier = self._carry({**(before.missing if before else {}), **extent.objects})
        self._keys.write()
        self._write_ledger(extent)
        carry_notes(notes, self._target / LEDGER)
        shelve_all(self._target / STORE, [*extent.objects, *(before.missing if before else {})])
        self._write_settings()
        manifest = Manifest(at, extent.mark, self._kind, self._windows(), carrier.missing)
        write_manifest(self._target, manifest, self._target / STORE / STAGING / (MANIFEST + TEMPORARY))
        return Backed(manifest, carrier.copied, carrier.bytes, self._report.verdict().findings)

    def _carry(self, objects: dict[str, int]) -> Carrier:
        staging = self._target / STORE / STAGING
        make_folder(staging)
        for path in staging.glob("*" + TEMPORARY):
            path.unlink()
        carrier = Carrier(self._data / STORE, self._target / STORE, self._report)
        carrier.carry_all({name: size for name, size in objects.items() if not self._holds(name, size)})
        return carrier

    def _holds(self, name: str, size: int) -> bool:
        """Whether the backup has the object: by name and size, or by every byte."""
        root = self._target / STORE
        if size_in(root, name) != size:
            return False
        if not self._full:
            return True
        try:
            handle = open_in(root, name)
            good = handle is not None and digest_of(handle)[0] == name.partition(".")[0]
        except Unreadable:
            good = False
        if not good:
            self._report.noted("backup", f"store/{name[:2]}/{name}", "the object as it was copied", "another one: replaced", "")
        return good

    def _segments(self, extent: Extent) -> Iterator[tuple[Path, bytes, bytes]]:
        """Each segment not known to be equal: its place in the backup, its bytes here, and there."""
        for name in sorted(extent.ends):
            source, path, end = self._data / LEDGER / name, self._target / LEDGER / name, extent.ends[name]
            complete = self._before is not None and int(source.stem) + SEGMENT - 1 <= self._before.mark.size
            if complete and not self._full and path.exists() and path.stat().st_size == end:
                continue
            yield path, source.read_bytes()[:end], path.read_bytes() if path.exists() else b""

    def _hold_ledger(self, extent: Extent) -> None:
        """Refuse before anything is written if the backup's journal goes on otherwise than the data folder's."""
        for path, mine, theirs in self._segments(extent):
            lines = theirs[: theirs.rfind(b"\n") + 1]
            if mine.startswith(lines):
                continue
            if self._before is None or int(path.stem) > self._before.mark.size or not _same_until(self._before, path, mine, theirs):
                what = "the backup's ledger goes on otherwise than the data folder's"
                raise Conflict(f"{what}: back up into another folder. Nothing was changed", segment=path.name)
            if not self._full:
                what = f"{path.name} in the backup is not what was copied"
                raise Corrupt(f"{what}: run backup --full, which writes it anew", segment=path.name)
            self._report.noted("backup", f"ledger/{path.name}", "the segment as it was copied", "another one: replaced", "")

    def _write_ledger(self, extent: Extent) -> None:
        make_folder(self._target / LEDGER)
        for path, mine, theirs in self._segments(extent):
            lines = theirs[: theirs.rfind(b"\n") + 1]
            if mine.startswith(lines):
                if theirs != mine:
                    append_durably(path, mine[len(lines) :], MODE, len(lines))
            else:
                write_whole(path, mine, MODE, self._target / STORE / STAGING / (path.name + TEMPORARY))
        path = self._target / LEDGER / CHECKPOINTS
        theirs = path.read_bytes() if path.exists() else b""
        if theirs and extent.checkpoints.startswith(theirs):
            append_durably(path, extent.checkpoints[len(theirs) :], MODE, len(theirs))
        elif theirs != extent.checkpoints:
            write_whole(path, extent.checkpoints, MODE, self._target / STORE / STAGING / (path.name + TEMPORARY))

    def _write_settings(self) -> None:
        source, path = self._data / SETTINGS, self._target / SETTINGS
        if source.exists() and (not path.exists() or path.read_bytes() != source.read_bytes()):
            write_whole(path, source.read_bytes(), 0o600, self._target / STORE / STAGING / (SETTINGS + TEMPORARY))

    def _windows(self) -> tuple[str, ...]:
        inbox = self._data / INBOX
        return tuple(sorted(p.name for p in inbox.iterdir() if p.is_dir() and not p.name.startswith("."))) if inbox.is_dir() else ()


def _same_until(before: Manifest, path: Path, mine: bytes, theirs: bytes) -> bool:
    """Whether a segment that differs does so only where the manifest's root vouches for the data folder's: then it was damaged here."""
    if int(path.stem) + SEGMENT - 1 <= before.mark.size:
        return True
    end = before.mark.offset
    tail = theirs[end : theirs.rfind(b"\n") + 1] if len(theirs) > end else b""
    return mine[end:].startswith(tail)


def _judge_places(data: Path, target: Path, keys: Path | None) -> None:
    mine = data.resolve()
    for place in (target, *([keys] if keys else [])):
        other = place.resolve()
        if other == mine or mine in other.parents or other in mine.parents:
            raise Misconfigured(f"a backup does not lie in the data folder, nor around it: {place}", folder=str(place))
    if keys is not None and (keys.resolve() == target.resolve() or target.resolve() in keys.resolve().parents):
        raise Misconfigured("--keys is another place than the backup's", folder=str(keys))
    if target.exists() and not target.is_dir():
        raise Misconfigured(f"{target} is no folder", folder=str(target))
    strange = sorted(p.name for p in target.iterdir() if p.name not in PARTS) if target.exists() else []
    if strange:
        kind = "a data folder" if DERIVED in strange or INBOX in strange else "no backup of casefile"
        raise Misconfigured(f"{target} is {kind}: name an empty folder, or one that holds a backup already", folder=str(target))
