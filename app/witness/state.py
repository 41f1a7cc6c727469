"""How it stands with the witness, noted under derived/ for `doctor`; may be deleted or stale, and nothing is believed because of it."""

import contextlib
import json
from pathlib import Path
from typing import Any

from archive.notes import Cosigned
from domain.clock import stamp
from domain.errors import CasefileError
from domain.ports import Clock


class State:
    """`facts`: `size` and `at` (seconds since 1970) of the last signature, `tried`; while it fails `since`, `tries`, `why`, `declined`."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path, self._clock = path, clock
        try:
            facts = json.loads(path.read_bytes())
        except (OSError, ValueError):
            facts = {}
        self.facts: dict[str, Any] = facts if isinstance(facts, dict) else {}

    @property
    def tries(self) -> int:
        """How many times in a row it failed."""
        tries = self.facts.get("tries")
        return tries if isinstance(tries, int) else 0

    def signed(self, note: Cosigned) -> None:
        """The witness signed."""
        self.facts = {"size": note.tree.size, "at": note.at, "tried": self._now()}
        self._write()

    def failed(self, error: CasefileError, *, declined: bool) -> int:
        """It did not; how many times by now."""
        tries = self.tries + 1
        since = self.facts.get("since", self._now())
        self.facts |= {"tries": tries, "since": since, "why": str(error), "declined": declined, "tried": self._now()}
        self._write()
        return tries

    def _now(self) -> str:
        return stamp(self._clock.now())

    def _write(self) -> None:
        temporary = self._path.with_name(self._path.name + ".tmp")
        try:
            temporary.write_text(json.dumps(self.facts), encoding="ascii")
            temporary.replace(self._path)
        except OSError:  # a convenience: what it tells is told in the log and the feed too
            with contextlib.suppress(OSError):
                temporary.unlink()
