"""Where ledger, store and keys of one folder are of different days: by names and sizes, without reading an object.

    ledger newer than store    an event names an object that is nowhere           (the store was put back from an older day, or lost some)
    store newer than ledger    an object on the shelf that no event names         (the ledger was put back from an older day)
    ledger newer than keys     a private body without a line in the file of keys
    ledger shortened           fewer events than a checkpoint, the mark or a manifest counted

Promises: each is listed with its object and event, all of them; nothing is changed, deleted or guessed; a writer at work is no difference,
because the shelf is listed before the journal is read and what seems missing is looked for again after. Does not notice changed bytes, and
passes over lines that are no events: verify does both.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.atomic import world
from archive.books import DERIVED, KEYS, LEDGER, MARK, STORE
from archive.carry import size_in, size_of
from archive.check_store import NAME
from archive.keys import KEYS as KEY_FILE
from archive.manifest import read_manifest
from archive.mark import read_mark
from archive.report import COPY, START, Report
from archive.segments import CHECKPOINTS, Lines
from archive.store import STAGING
from domain.errors import Corrupt
from domain.model import MEDIA

LATER = "keep it: its event may stand in a newer copy of the ledger; nothing removes it by itself"
LOOK = "look for it in another copy; if there is none, keep everything as it is"
HEAD = b'{"body":"sha256:'


@dataclass(slots=True)
class Named:
    """What the journal names: `size` events, the last with `leaf`; objects and private bodies (by name) with the first event that does."""

    size: int = 0
    leaf: str = ""
    objects: dict[str, tuple[int, int]] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)


def differences(data: Path, report: Report, *, keys: Path | None = None) -> Named:
    """List the differences in the folder `data`, a data folder or a backup; what its journal names.

    Raises:
        Unavailable: a file cannot be read.
    """
    with world("the folder cannot be read"):
        shelf, counted = on_shelf(data / STORE), _counted(data, report)
        named = read_names(data / LEDGER)
        _judge_objects(data, shelf, named, report)
        _judge_keys(data / LEDGER, (keys or data / KEYS) / KEY_FILE, named, report)
        for who, size in counted:
            if named.size < size:
                report.bad("ledger shortened", "ledger/", f"{size} events, as {who} counted", f"{named.size} events", COPY)
        _judge_staging(data / STORE, named, report)
    report.looked_at["events"] += named.size
    report.looked_at["objects"] += len(shelf)
    return named


def on_shelf(root: Path) -> dict[str, int]:
    """Every object on the shelf of the store in `root`, by name and size (-1 as `size_of`)."""
    found: dict[str, int] = {}
    for folder in sorted(root.iterdir()) if root.is_dir() else []:
        if folder.name != STAGING and folder.is_dir():
            found.update({p.name: size_of(p) for p in folder.iterdir() if NAME.fullmatch(p.name) and p.name[:2] == folder.name})
    return found


def read_names(folder: Path) -> Named:
    """What the journal in `folder` names, its lines taken as they are."""
    found = Named()
    for line, plain in _lines(folder):
        found.size, found.leaf = plain["seq"], line.rpartition(b"\t")[2].decode("ascii", "replace")
        try:
            private = [_stored(plain["private"])] if plain["private"] else []
            objects = [_stored(stored) for stored in plain["objects"]]
        except (KeyError, TypeError):
            continue
        for name, size in [*objects, *private]:
            found.objects.setdefault(name, (size, plain["seq"]))
        for name, _ in private:
            found.bodies.setdefault(name.partition(".")[0], plain["seq"])
    return found


def _stored(plain: Mapping[str, Any]) -> tuple[str, int]:
    """An object's name and size as an event has them.

    Raises:
        KeyError, TypeError: not what was written.
    """
    name, size = f"{plain['digest'][7:]}.{MEDIA[plain['media']]}", plain["size"]
    if type(size) is not int or not NAME.fullmatch(name):
        raise TypeError("not an object")
    return name, size


def _lines(folder: Path) -> Iterator[tuple[bytes, dict[str, Any]]]:
    lines = Lines(folder)
    for line in lines.more():
        try:
            plain = json.loads(line.rpartition(b"\t")[0])
            if {"seq", "kind", "subject", "objects", "private"} <= set(plain) and type(plain["seq"]) is int:
                yield line, plain
        except (ValueError, TypeError):
            continue


def _events(folder: Path, wanted: set[int]) -> Mapping[int, str]:
    """What these events are, in words."""
    if not wanted:
        return {}
    return {
        plain["seq"]: f"event {plain['seq']}, {plain['kind']} of {plain['subject']}"
        for _, plain in _lines(folder)
        if plain["seq"] in wanted
    }


def _judge_objects(data: Path, shelf: Mapping[str, int], named: Named, report: Report) -> None:
    gone = {name: of for name, of in named.objects.items() if name not in shelf and size_in(data / STORE, name) is None}
    other = {name: of for name, of in named.objects.items() if name in shelf and shelf[name] != of[0]}
    told = _events(data / LEDGER, {seq for _, seq in [*gone.values(), *other.values()]})
    for name, (size, seq) in gone.items():
        report.bad("ledger newer than store", _place(name), f"{size} bytes, as {told.get(seq, f'event {seq}')} says", "nothing", LOOK)
    for name, (size, seq) in other.items():
        report.bad("store", _place(name), f"{size} bytes, as {told.get(seq, f'event {seq}')} says", _bytes(shelf[name]), COPY)
    for name in sorted(set(shelf) - set(named.objects)):
        report.bad("store newer than ledger", _place(name), "an event that names it", f"none of {named.size}", LATER)


def _judge_keys(ledger: Path, path: Path, named: Named, report: Report) -> None:
    held = set[str]()
    if path.exists():
        with path.open("rb") as stream:
            held = {line[len(HEAD) : len(HEAD) + 64].decode("ascii", "replace") for line in stream if line.startswith(HEAD)}
    gone = {body: seq for body, seq in named.bodies.items() if body not in held}
    told = _events(ledger, set(gone.values()))
    for body, seq in gone.items():
        expected = f"a key or its tombstone, as {told.get(seq, f'event {seq}')} has a private body"
        report.bad("ledger newer than keys", f"sha256:{body}", expected, "neither", LOOK)
    report.looked_at["keys"] += len(held)


def _counted(data: Path, report: Report) -> list[tuple[str, int]]:
    """Who counted how many events before the journal is read."""
    found = list[tuple[str, int]]()
    mark = read_mark(data / DERIVED / MARK)
    if mark is not None:
        found.append(("the mark", mark.size))
    try:
        manifest = read_manifest(data)
        if manifest is not None:
            found.append(("the manifest", manifest.mark.size))
    except Corrupt as error:
        report.bad("backup", "backup.json", "the manifest as it was written", "another one", str(error))
    path = data / LEDGER / CHECKPOINTS
    last = path.read_bytes().rpartition(b"\n")[0].rpartition(b"\n")[2].split(b" ")[0] if path.exists() else b""
    if last.isdigit():
        found.append(("a checkpoint", int(last)))
    return found


def _judge_staging(root: Path, named: Named, report: Report) -> None:
    folder = root / STAGING
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if NAME.fullmatch(path.name) and path.name not in named.objects:
            report.noted("store", f"store/{STAGING}/{path.name}", "nothing", "an object that is not recorded", START)


def _bytes(size: int) -> str:
    return f"{size} bytes" if size >= 0 else "unreadable"


def _place(name: str) -> str:
    return f"store/{name[:2]}/{name}"
