"""Shows the ledger to the witness on a schedule and at the end, in a thread of its own; the line never waits for it.

A witness out of reach is tried again every half minute or sooner; at the third try, and when one declines, that stands in the log and
in the feed. A ledger that contradicts what was witnessed is damage of our own data: `fault` is set, and `serve` stops.
"""

import logging
import threading
from collections.abc import Callable

from app.outage import outages
from app.witness.state import State
from app.witness.submit import Declined, Submitter
from domain.errors import CasefileError, Corrupt, Unavailable
from domain.ports import Feed
from ingest.trouble import where

log = logging.getLogger("casefile.witness")
AGAIN = 30.0
TRIES = 3


class Schedule:
    """`every` is in seconds."""

    def __init__(self, submitter: Submitter, state: State, feed: Feed, every: float) -> None:
        self._submitter, self._state, self._feed, self._every = submitter, state, feed, every
        self._stop = threading.Event()
        self.fault: CasefileError | None = None

    def start(self) -> Callable[[], None]:
        """Begin; what ends it after a last submission."""
        thread = threading.Thread(target=self._run, name="witness", daemon=True)
        thread.start()

        def end() -> None:
            self._stop.set()
            thread.join()
            if self.fault is None:
                self.once()

        return end

    def once(self) -> bool:
        """Submit; whether the witness signed (or there is nothing to sign yet). Raises nothing: what goes wrong is told."""
        try:
            with outages("what the witness is shown cannot be read or kept"):
                self._submitter.submit()
        except Corrupt as error:
            self.fault = error
            self._told("witness-contradicts", error, declined=True)
            return False
        except CasefileError as error:
            declined = isinstance(error, Declined)
            self._told("witness-declines" if declined else "witness-unavailable", error, declined=declined)
            return False
        except Exception as error:  # a thread that ended unseen would leave the ledger without a witness
            log.error("the ledger could not be shown to the witness: %s", where(error))
            self._told("witness-unavailable", Unavailable(f"the ledger could not be shown to the witness: {where(error)}"), declined=False)
            return False
        return True

    def _told(self, what: str, error: CasefileError, *, declined: bool) -> None:
        tries = self._state.failed(error, declined=declined)
        if tries == (1 if declined else TRIES) or self.fault is not None:
            log.critical("%s: %s", what, error)
            self._feed.tell("notice", what=what, detail=error.what, tries=tries)

    def _run(self) -> None:
        while self.fault is None:
            signed = self.once()
            if self._stop.wait(self._every if signed else min(AGAIN, self._every)):
                return
