"""Files given by hand (`casefile intake PATH...`): copied, never moved, and as good as settled because a person says so.

A file is a batch, a folder is a batch named by its absolute path, closed at once. Given again within `rejoin`, a folder's new files join
its batch and what was taken before comes out as duplicates, so a command that was cut short is simply given again.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.errors import Conflict, DiskFull, Misconfigured, NotFound
from domain.ids import new_ulid
from domain.reasons import Reason
from ingest import folders
from ingest.batch import COMMAND, Arrival, close
from ingest.claim import Office
from ingest.folders import Found, Holder
from ingest.formats import Whole, whole
from ingest.names import Parts, is_window, natural, shown, unfinished


@dataclass(frozen=True, slots=True)
class Taken:
    """A file given by hand and what it became. `twin` is set when it is a duplicate."""

    receipt: str
    batch: str
    twin: str | None


def take(office: Office, paths: Sequence[Path], window: str, office_name: str) -> list[Taken]:
    """Issue a receipt for each file of `paths`, files of a folder in natural order. Names that say unfinished are left out of folders.

    Raises:
        Misconfigured: `window` is no name for a window. NotFound: a path is not there.
        Conflict: a file is open for writing, or changed while it was read. DiskFull, Unavailable.
    """
    if not is_window(window):
        raise Misconfigured("that cannot be a window: use letters, digits, - and _, 32 at most, beginning with a letter or digit")
    given = [_given(Path(os.path.realpath(path)), number) for number, path in enumerate(paths, 1)]
    for _, files in given:
        for file in files:
            _ask(file)
    out: list[Taken] = []
    for folder, files in given:
        came = [_one(office, file, window, office_name, folder) for file in files]
        out += came
        for batch in sorted({taken.batch for taken in came}) if folder else ():
            generation = close(office.registrar, office.engine, batch, COMMAND)
            if generation is not None:
                office.on_closed(batch, generation)
    return out


@dataclass(frozen=True, slots=True)
class _File:
    """`inside` is its path below `root`, `name` what it is called in the receipt."""

    root: Path
    inside: Parts
    name: Parts
    found: Found


def _given(path: Path, number: int) -> tuple[str | None, list[_File]]:
    """The batch's folder name (None for a single file) and the files of one path given."""
    if not path.exists():
        raise NotFound(f"path {number} of those given is not there")
    if not path.is_dir():
        return None, [_File(path.parent, (path.name,), (path.name,), folders.found((path.name,), path.stat()))]
    files = [_File(path, f.parts, (path.name, *f.parts), f) for f in folders.walk(path) if not unfinished(f.parts)]
    return shown((str(path),)), sorted(files, key=lambda f: natural(shown(f.inside)))


def _ask(file: _File) -> None:
    if file.found.regular:
        with folders.opened(file.root, file.inside) as descriptor:
            if folders.holder(descriptor) is Holder.SOMEBODY:
                raise Conflict("a file given is still open for writing; give it again when it is finished")


def _one(office: Office, file: _File, window: str, office_name: str, folder: str | None) -> Taken:
    receipt = new_ulid(office.clock.now())
    arrival = Arrival(receipt, window, office_name, file.name, folder, None, Reason.NOT_A_FILE)
    if file.found.regular:
        if not office.room(file.found.size):
            raise DiskFull("the disk has less room than its reserve: make room, or lower intake.reserve_bytes; then give the files again")
        with folders.opened(file.root, file.inside) as descriptor:
            seen, digest = whole(descriptor), folders.digest(descriptor)
        stored = office.store.stage(file.root.joinpath(*file.inside), seen.media)
        if stored.digest != digest:
            raise Conflict("a file given changed while it was read; give it again when it is finished")
        reason = Reason.EMPTY_FILE if stored.size == 0 else Reason.INCOMPLETE if seen.state is Whole.PARTIAL else None
        arrival = Arrival(receipt, window, office_name, file.name, folder, stored, reason, seen.why)
    standing = office.issue(arrival)
    return Taken(receipt, standing.batch, standing.twin)
