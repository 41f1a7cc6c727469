"""Durable work: every closed batch goes through the line, once it is claimed, and again when who had it is gone.

What is to be done is asked of the ledger's tables every `POLL` seconds (`Desk.work`), who does it is app/leases.py's to say, and the engine
keeps the account (app/engine.py). A batch whose worker died is free when its lease ran out, or at once where the machine is the same; see
docs/decisions/0003-durable-work.md and 0005-workers.md.

Promises: a database that is away is waited for; a lease that ran out is noticed, nothing is written under it, and the process goes on as a
fresh worker; what the engine's database loses is begun anew. None of it needs a hand.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

from app.duties import Desk
from app.engine import WorkEngine, is_the_engines
from app.leases import HOW, Claim, Ended, Hold, LeaseLost
from app.line import DISK, place_of
from app.outage import outages
from domain.errors import CasefileError, Conflict, Corrupt, Refused, Unavailable
from domain.ports import Feed
from domain.reasons import Reason

POLL = 0.5
REAP = 2.0
TIDY = 20.0
ASIDE = 1.0
LONGEST_PAUSE = 60.0
Work = Callable[[], list[tuple[str, int]]]
log = logging.getLogger("casefile.line")


class DurableLine:
    """Runs batches through the line, `concurrency` at a time. `room()` says whether the disk has room for taking up another."""

    def __init__(
        self,
        engine: WorkEngine,
        hold: Hold,
        desk: Callable[[Claim], Desk],
        work: Work,
        concurrency: int,
        feed: Feed | None = None,
        room: Callable[[], bool] = lambda: True,
    ) -> None:
        self._engine, self._hold, self._desk, self._work = engine, hold, desk, work
        self._concurrency, self._feed, self._room = concurrency, feed, room
        self._stop, self._wake, self._lost = threading.Event(), threading.Event(), threading.Event()
        self._under_way: dict[Claim, Future[list[str]]] = {}
        self._pause: dict[str, tuple[float, float]] = {}
        self._due = {"reap": 0.0, "tidy": 0.0}
        self._unsure = False
        self._threads = [threading.Thread(target=self._look_for_work, name="line", daemon=True)]
        if hold.beat is not None:
            self._threads.append(threading.Thread(target=self._keep_the_lease, args=(hold.beat,), name="lease", daemon=True))
        self.fault: CasefileError | None = None

    def start(self) -> None:
        """Take up what was left, then look for new work until `stop`.

        Raises:
            Misconfigured: the durable engine does not work on this Python. Unavailable: a database does not answer.
        """
        self._hold.begin()
        try:
            self._engine.open(self._hold.id)
        except CasefileError:
            with contextlib.suppress(CasefileError):
                self._hold.end()
            raise
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There may be new work."""
        self._wake.set()

    def idle(self) -> bool:
        """Whether nothing is under way and nothing waits."""
        return not self._under_way and not self._work()

    def stop(self) -> None:
        """Take up nothing new; what is under way is free for others at once, and goes on here at the next start."""
        self._stop.set()
        self._wake.set()
        for thread in self._threads:
            thread.join()
        try:
            self._hold.end()
        except CasefileError as error:
            log.warning("the lease could not be given back and runs out by itself: %s", error)
        self._engine.close()

    def _look_for_work(self) -> None:
        while not self._stop.is_set():
            try:
                with outages(DISK):
                    self._look()
            except LeaseLost:
                self._lost.set()
            except (Unavailable, Conflict) as error:
                log.warning("%s", error)
                self._stop.wait(ASIDE)
            except Exception as error:  # the process ends with it: a line that stands still unseen would be worse
                self.fault = error if isinstance(error, CasefileError) else CasefileError(f"the line stopped: {place_of(error)}")
                log.critical("%s", self.fault)
                return
            self._wake.wait(POLL)
            self._wake.clear()

    def _look(self) -> None:
        if self._lost.is_set():
            self._begin_anew()
        if not self._engine.ready:
            self._engine.open(self._hold.id)
        for claim in [claim for claim, future in self._under_way.items() if future.done()]:
            self._settle(claim, self._under_way[claim])
            del self._under_way[claim]
        if self._unsure:
            self._hold.keep(list(self._under_way))
            self._unsure = False
        self._take_up()
        if self._is_due("reap", REAP):
            for one in self._hold.reap():
                self._tell_of(one)
        if self._is_due("tidy", TIDY):
            self._tidy()

    def _take_up(self) -> None:
        room = self._concurrency - len(self._under_way)
        if room <= 0 or not self._room():
            return
        held, now = {claim.batch for claim in self._under_way}, time.monotonic()
        work = [(b, g) for b, g in self._work() if b not in held and self._pause.get(b, (0.0, 0.0))[0] <= now]
        try:
            taken = self._hold.take(work, room) if work else []
            still = set(self._work()) if taken else set()  # another worker may have finished one between the question and the claim
            for claim in taken:
                if (claim.batch, claim.generation) in still:
                    self._under_way[claim] = self._engine.run(claim, self._wake.set)
                else:
                    self._hold.release(claim)
        except CasefileError:
            self._unsure = True  # a claim may stand that nobody here knows of; it would never be worked on
            raise

    def _settle(self, claim: Claim, future: Future[list[str]]) -> None:
        """A batch that ended well needs nothing; one that failed is tried again or set apart, by who is at fault. Then it is let go."""
        try:
            future.result()
            self._pause.pop(claim.batch, None)
        except LeaseLost as error:
            log.warning("batch %s: %s", claim.batch, error)
            self._lost.set()
            return
        except (Unavailable, Conflict) as error:
            log.warning("batch %s waits %.0f s: %s", claim.batch, self._hold_off(claim.batch), error)
        except Corrupt as error:
            self.fault = error
            self._hold_off(claim.batch)
            log.critical("batch %s: %s", claim.batch, error)
        except Refused as error:
            self._hold_off(claim.batch)
            set_apart(self._desk(claim), claim.batch, error)
        except Exception as error:
            pause = self._hold_off(claim.batch)
            if is_the_engines(error):
                log.warning("batch %s waits %.0f s: the durable engine failed (%s)", claim.batch, pause, place_of(error))
            else:
                log.critical("batch %s is parked: %s", claim.batch, park(self._desk(claim), claim.batch, error))
        self._hold.release(claim)

    def _hold_off(self, batch: str) -> float:
        """Wait before the batch is tried again, twice as long each time; how long, in seconds."""
        pause = min(LONGEST_PAUSE, max(1.0, self._pause.get(batch, (0.0, 0.5))[1] * 2))
        self._pause[batch] = (time.monotonic() + pause, pause)
        return pause

    def _begin_anew(self) -> None:
        """The lease ran out: leave all that is under way to whoever takes it, this process perhaps, and go on as a fresh worker."""
        left = len(self._under_way)
        self._hold.begin()
        self._lost.clear()
        self._under_way.clear()
        self._engine.open(self._hold.id)
        log.warning("the lease ran out with %d batches under way; going on as a fresh worker", left)
        if self._feed:
            self._feed.tell("notice", what="lease-lost", worker=self._hold.id, batches=left)

    def _tell_of(self, one: Ended) -> None:
        self._engine.look_for_strangers()
        what = "worker-killed" if one.killed else "worker-died"
        log.warning("%s: %s, process %d on %s (%s), held %d batches", what, one.worker, one.pid, one.host, HOW[one.how], one.batches)
        if self._feed:
            self._feed.tell("notice", what=what, worker=one.worker, host=one.host, pid=one.pid, why=one.how, batches=one.batches)
        self._wake.set()

    def _tidy(self) -> None:
        try:
            while self._engine.tidy(self._hold.living()):
                pass
        except Unavailable as error:
            log.warning("%s", error)  # it is opened anew at the next look

    def _is_due(self, what: str, every: float) -> bool:
        if time.monotonic() < self._due[what]:
            return False
        self._due[what] = time.monotonic() + every
        return True

    def _keep_the_lease(self, beat: float) -> None:
        while not self._stop.wait(beat):
            try:
                if not self._hold.renew():
                    self._lost.set()
                    self._wake.set()
            except CasefileError as error:
                log.warning("the lease could not be renewed: %s", error)
            except Exception as error:
                log.critical("the lease could not be renewed: %s", place_of(error))


def park(desk: Desk, batch: str, error: Exception) -> str:
    """Set the batch's open receipts apart after a fault of our own, so that the rest of the queue goes on; what happened, and where.

    The exception's own text is left out, because it may quote what stood on a page.
    """
    where = place_of(error)
    set_apart(desk, batch, Refused(Reason.INTERNAL, where))
    return where


def set_apart(desk: Desk, batch: str, refusal: Refused) -> None:
    """Refuse every receipt of the batch that is still open."""
    for receipt in desk.receipts(batch):
        desk.refuse(receipt.id, refusal, "line")
