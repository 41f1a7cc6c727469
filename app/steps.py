"""Results of steps kept on disk (a `pipeline.reader.Kept`), so that a killed worker repeats at most one step.

They lie under derived/ and may be deleted at any time: a result that is missing or torn is made again.
"""

import contextlib
import json
import os
import zlib
from pathlib import Path

from archive.atomic import world
from domain.canonical import sha256
from domain.codec import build, plain
from domain.model import Page


class StepFolder:
    """One file a result, named by the digest of its key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> Page | None:
        """The page kept under `key`; None when there is none or it was torn by a crash."""
        path = self._path(key)
        if not path.exists():
            return None
        try:
            return build(Page, json.loads(zlib.decompress(path.read_bytes())))
        except OSError:  # made again, and put in its place when the disk works again
            return None
        except (zlib.error, ValueError, TypeError, KeyError):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            return None

    def put(self, key: str, page: Page) -> None:
        """Keep `page`; the file appears whole or not at all, but is not forced to disk.

        Raises:
            DiskFull, Unavailable: nothing is kept.
        """
        path = self._path(key)
        part = path.with_suffix(f".{os.getpid()}-{id(page)}.part")
        with world("the results of steps cannot be written"):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                part.write_bytes(zlib.compress(json.dumps(plain(page), separators=(",", ":")).encode(), 1))
                part.replace(path)
            except OSError:
                with contextlib.suppress(OSError):
                    part.unlink(missing_ok=True)
                raise

    def beside(self, key: str) -> Path:
        """Where a file that belongs to what is kept under `key` is to be; its folder is made.

        Raises:
            DiskFull, Unavailable: there is no folder.
        """
        path = self._path(key).with_suffix(".layers")
        with world("the results of steps cannot be written"):
            path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _path(self, key: str) -> Path:
        name = sha256(key.encode())
        return self._folder / name[:2] / f"{name}.z"
