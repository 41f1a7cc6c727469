"""Store, vault, ledger and journal in the one order that loses nothing.

    keys and private bodies staged -> events and tables in one transaction -> journal on disk -> objects shelved

Promises: killed between any two of these, nothing that `record` was answered for is lost, and `resume` finishes what was begun: an event
without its line in the journal, an object still in staging. What was staged and never recorded is left for `Books.sweep`. Threads and
processes may record at the same time.
"""

import threading
from collections.abc import Sequence
from dataclasses import replace

from archive.atomic import world
from archive.journal import Journal
from archive.ledger import Guard, SqlLedger
from archive.store import FolderStore, object_name
from archive.vault import FileVault
from domain.events import Draft, Event
from domain.model import Stored


class Registrar:
    """Implements `domain.ports.Registrar`."""

    def __init__(self, store: FolderStore, vault: FileVault, ledger: SqlLedger, journal: Journal) -> None:
        self._store, self._vault, self._ledger, self._journal = store, vault, ledger, journal
        self._vain: list[Stored] = []
        self._mutex = threading.Lock()
        self.unfinished = False
        """Whether a call failed half way in this process: the next one, or `resume`, finishes it first."""

    def record(self, drafts: Sequence[Draft], guard: Guard | None = None) -> list[Event]:
        """See `domain.ports.Registrar`. `guard` is asked inside the ledger's transaction, and what it raises leaves nothing recorded.

        Raises:
            NotFound: an object was not staged; nothing was recorded. Conflict, DiskFull, Unavailable, Corrupt.
        """
        if not drafts:
            return []
        if self.unfinished:
            self.resume()
        with self._store.holding():
            standing = self._ledger.standing([draft.key for draft in drafts])
            for draft in drafts:
                if draft.key not in standing:
                    for stored in draft.objects:
                        self._store.path(stored)
            sealed = list[Draft]()
            try:
                sealed = self._sealed(drafts, set(standing))
                events = self._ledger.append(sealed, guard)
                self._journal.catch_up(self._ledger)
                for stored in dict.fromkeys(stored for event in events for stored in objects_of(event)):
                    self._store.shelve(stored)
            except Exception:
                with self._mutex:
                    self._vain.extend(draft.sealed for draft in sealed if draft.sealed is not None)
                self.unfinished = True
                raise
        return events

    def resume(self) -> int:
        """Finish what a killed process or a failed call left: the journal's last lines, objects to shelve. How many of both.

        Raises:
            Corrupt, DiskFull, Unavailable
        """
        self.unfinished = False
        try:
            self._vault.tidy()
            lines = self._journal.catch_up(self._ledger)
            self._tidy()
            with world("the store cannot be written"):
                return lines + self._store.shelve_staged(self._ledger.named(self._store.staged()))
        except Exception:
            self.unfinished = True
            raise

    def _tidy(self) -> None:
        """Discard the private bodies that were sealed for calls that failed, unless their events stand after all.

        The ledger is asked behind every transaction that is still being committed: a connection that broke may have left one.
        """
        with self._mutex:
            vain, self._vain = self._vain, []
        try:
            named = self._ledger.named([object_name(stored) for stored in vain], settled=True) if vain else set()
            while vain:
                if object_name(vain[-1]) not in named:
                    self._store.discard(vain[-1])
                vain.pop()
        finally:
            with self._mutex:
                self._vain.extend(vain)

    def _sealed(self, drafts: Sequence[Draft], standing: set[str]) -> list[Draft]:
        """The drafts with their private bodies sealed; not those whose key stands, for which nothing is sealed in vain."""
        seen = set(standing)
        fresh = list[int]()
        for i, draft in enumerate(drafts):
            if draft.key not in seen and draft.private is not None:
                fresh.append(i)
            seen.add(draft.key)
        bodies = [(drafts[i].private or {}, drafts[i].group or drafts[i].subject) for i in fresh]
        sealed = dict(zip(fresh, self._vault.seal_all(bodies), strict=True))
        return [replace(draft, sealed=sealed[i]) if i in sealed else replace(draft, private=None) for i, draft in enumerate(drafts)]


def objects_of(event: Event) -> list[Stored]:
    """Every object of the store that an event names."""
    return [*event.objects, *([event.private] if event.private else [])]
