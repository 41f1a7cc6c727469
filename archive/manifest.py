"""What a backup says of itself: `backup.json`, written last, so that it never promises more than lies on disk beside it.

One line: canonical JSON, a tab, its SHA-256, a newline. It holds the mark of the copied journal (archive/mark.py: size, leaf, peaks, last
checkpoint), which is what verify holds the copy against. No personal data: windows, counts and names of objects.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from archive.atomic import write_whole
from archive.mark import Mark
from domain.canonical import canonical, sha256
from domain.errors import Corrupt

MANIFEST = "backup.json"
INSIDE, APART = "inside", "apart"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup of the first `mark.size` events, finished `at`. `keys` are inside it or apart; `windows` had a folder in the inbox.

    `missing`: objects of these events that the data folder did not have whole, by name and size; the next backup tries them again.
    """

    at: str
    mark: Mark
    keys: str = INSIDE
    windows: tuple[str, ...] = ()
    missing: dict[str, int] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """The ledger's root over the events that were copied."""
        return self.mark.tree().root().hex()


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the backup in `folder`; None if there is none.

    Raises:
        Corrupt: it is not what was written.
    """
    try:
        text, _, check = (folder / MANIFEST).read_bytes().strip(b"\n").rpartition(b"\t")
    except FileNotFoundError:
        return None
    try:
        if sha256(text) != check.decode("ascii"):
            raise ValueError("its check is not that of its text")
        found = json.loads(text)
        return Manifest(found["at"], Mark(**found["mark"]), found["keys"], tuple(found["windows"]), found["missing"])
    except (ValueError, TypeError, KeyError) as error:
        remedy = "move it away, the next backup into this folder compares everything and writes it anew"
        raise Corrupt(f"{MANIFEST} is not what was written: {remedy}", why=str(error)) from error


def write_manifest(folder: Path, manifest: Manifest, temporary: Path) -> None:
    """Replace the manifest, through `temporary`; on disk when this returns."""
    text = canonical({"format": 1, **asdict(manifest), "windows": list(manifest.windows), "root": manifest.root})
    write_whole(folder / MANIFEST, text + b"\t" + sha256(text).encode("ascii") + b"\n", 0o600, temporary)
