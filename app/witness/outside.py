"""What `verify` is held against from outside the data folder: the witness's keys, its last word, and checkpoints somebody brings.

A checkpoint brought is trusted as it is: who brings it answers for it. One that the witness sends must bear the pinned key's signature.
"""

import re
from pathlib import Path

from app.settings import Settings
from app.settings import Witness as WitnessSettings
from app.witness.exchange import Caller, Place
from archive.check_witness import Anchor, Outside
from archive.notes import BODY, Key, origin_of, parse_body
from archive.witnessed import ledger_id
from domain.errors import Corrupt, Misconfigured, Unavailable

SIZE_ROOT = re.compile(r"([1-9][0-9]{0,15}):([0-9a-fA-F]{64})")
MOST = 256 << 20


def keys_of(settings: WitnessSettings) -> list[Key]:
    """The pinned keys.

    Raises:
        Misconfigured
    """
    try:
        keys = [Key.parse(text) for text in settings.key.split()]
    except ValueError as error:
        raise Misconfigured(f"setting witness.key: {error}; the witness says it when it starts, and DIR/key.public holds it") from error
    if settings.url and not keys:
        raise Misconfigured("setting witness.key: missing; without the witness's public key anybody could answer in its place")
    return keys


def outside(folder: Path, settings: Settings, against: str | None) -> Outside:
    """What to hold the ledger in `folder` against: `against` if given, else the witness of the settings, if any.

    Raises:
        Misconfigured: `against` cannot be understood or read, or a setting. Unavailable: the witness named by `against` does not answer.
    """
    witness = settings.witness
    keys = keys_of(witness)
    if against and (match := SIZE_ROOT.fullmatch(against)):
        anchors = [Anchor(int(match[1]), bytes.fromhex(match[2]), "", "the checkpoint given")]
        return Outside(keys, witness.restored, anchors, "the checkpoint given")
    if against and not against.startswith(("unix:", "http:")):
        return Outside(keys, witness.restored, _from_file(Path(against)), against)
    if not (against or witness.url):
        return Outside(keys, witness.restored)
    place = Place.parse(against or witness.url)
    try:
        ledger = ledger_id(folder)
    except Corrupt:
        ledger = None  # verify says so
    origin = origin_of(ledger, witness.restored) if ledger else ""
    try:
        last = Caller(place).last(origin) if origin else None
    except Unavailable:
        if against:
            raise
        return Outside(keys, witness.restored, silent=str(place))
    if last is not None and keys and not last.by(keys):
        return Outside(keys, witness.restored, foreign=str(place))
    anchors = [Anchor(last.tree.size, last.tree.root, last.tree.origin, str(place))] if last else []
    return Outside(keys, witness.restored, anchors, str(place))


def _from_file(path: Path) -> list[Anchor]:
    """Every checkpoint in a file: notes, as the witness keeps and `checkpoint` prints them, or `SIZE:ROOT`."""
    try:
        with path.open("rb") as stream:
            text = stream.read(MOST).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError as error:
        raise Misconfigured(
            f"{path} cannot be read: {error.strerror}; --against takes a file, unix:/PATH, http://HOST:PORT, SIZE:ROOT"
        ) from None
    found = [Anchor(int(m[1]), bytes.fromhex(m[2]), "", str(path)) for m in SIZE_ROOT.finditer(text)]
    for match in re.finditer(BODY, text):
        try:
            tree = parse_body(match[0])
        except ValueError as error:
            raise Misconfigured(f"{path} holds a checkpoint that is misspelt: {error}") from error
        found.append(Anchor(tree.size, tree.root, tree.origin, str(path)))
    return found
