"""Durable work on DBOS: one workflow a closed batch, taken up again after a crash without a hand.

The engine's database is derived: deleting it loses nothing, because what is under way is known from the receipts (`Desk.work`), which are
asked for every `POLL` seconds anyway. The engine is given ids only. One executor on one machine; see docs/decisions/0003-durable-work.md.
"""

import logging
import sqlite3
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID

from app.duties import Desk
from app.line import line
from app.outage import outages
from domain.errors import CasefileError, Conflict, Corrupt, Misconfigured, Refused, Unavailable
from domain.reasons import Reason

POLL = 0.5
VERSION = "line-1"
QUEUE = "line"
LONGEST_PAUSE = 60.0
LOST = 3.0
"""Seconds after which work that stands as begun and does not run is begun again."""
WORK, ENGINE = "the line cannot read or write", "the durable engine's database cannot be written"
AHEAD = 4
"""How many batches for each that is worked on are given to the engine ahead of time."""
log = logging.getLogger("casefile.line")


class DurableLine:
    """Runs batches through the line, `concurrency` at a time. `room()` says whether the disk has room for taking up another."""

    def __init__(
        self,
        folder: Path,
        desk: Desk,
        work: Callable[[], list[tuple[str, int]]],
        concurrency: int,
        room: Callable[[], bool] = lambda: True,
    ) -> None:
        self._folder, self._desk, self._work, self._concurrency, self._room = folder, desk, work, concurrency, room
        self._stop, self._wake = threading.Event(), threading.Event()
        self._under_way: dict[tuple[str, int], Any] = {}
        self._pause: dict[tuple[str, int], tuple[float, float]] = {}
        self._tries: dict[tuple[str, int], int] = {}
        self._running: set[str] = set()
        self._unseen: dict[str, float] = {}
        self._thread = threading.Thread(target=self._look_for_work, name="line", daemon=True)
        self.fault: CasefileError | None = None

    def start(self) -> None:
        """Take up what was left, then look for new work until `stop`.

        Raises:
            Misconfigured: this Python has a SQLite that the durable engine does not work with.
        """
        if sys.version_info >= (3, 12) and sqlite3.sqlite_version_info < (3, 42):
            raise Misconfigured(
                f"Python 3.12 and newer need SQLite 3.42; this one has {sqlite3.sqlite_version}: use Python 3.11, or make install"
            )
        with outages(ENGINE):
            self._folder.mkdir(parents=True, exist_ok=True)
        config: DBOSConfig = {
            "name": "casefile",
            "system_database_url": f"sqlite:///{self._folder / 'engine.db'}",
            "executor_id": "one",
            "application_version": VERSION,
            "log_level": "CRITICAL",
            "console_log_level": "CRITICAL",
            "notification_listener_polling_interval_sec": 0.2,
        }
        DBOS(config=config)

        @DBOS.workflow(name="line")
        def workflow(batch: str, generation: int) -> list[str]:
            name = str(DBOS.workflow_id)
            self._running.add(name)
            try:
                with outages(WORK):
                    return line(self._desk, batch, generation, lambda name, function: DBOS.run_step({"name": name}, function))
            finally:
                self._running.discard(name)

        self._workflow = workflow
        try:
            with outages(ENGINE):
                DBOS.launch()
                DBOS.register_queue(QUEUE, worker_concurrency=self._concurrency, polling_interval_sec=0.2)
        except Exception:
            DBOS.destroy(workflow_completion_timeout_sec=0)
            raise
        self._thread.start()

    def wake(self) -> None:
        """There may be new work."""
        self._wake.set()

    def idle(self) -> bool:
        """Whether nothing is under way and nothing waits."""
        return not self._under_way and not self._work()

    def stop(self) -> None:
        """Take up nothing new; what is under way goes on at the next start."""
        self._stop.set()
        self._wake.set()
        self._thread.join()
        DBOS.destroy(workflow_completion_timeout_sec=0)

    def _look_for_work(self) -> None:
        while not self._stop.is_set():
            try:
                with outages(ENGINE):
                    self._look()
            except (Unavailable, Conflict) as error:
                log.warning("%s", error)
            except Exception as error:  # serve ends with it: a line that stands still unseen would be worse
                self.fault = error if isinstance(error, CasefileError) else CasefileError(f"the line stopped: {place_of(error)}")
                log.critical("%s", self.fault)
                return
            self._wake.wait(POLL)
            self._wake.clear()

    def _look(self) -> None:
        for task in self._work() if self._room() else ():
            due = self._pause.get(task, (0.0, 0.0))[0] <= time.monotonic()
            if due and task not in self._under_way and len(self._under_way) < AHEAD * self._concurrency:
                self._take_up(task)
        for task, handle in list(self._under_way.items()):
            if self._ended(handle):
                self._settle(task, handle)
                self._under_way.pop(task)

    def _ended(self, handle: Any) -> bool:
        """Whether a workflow has ended. One that stands as begun while nothing of it runs here is begun again.

        That is what is left when the engine could not write down how it ended, or that it had begun: nobody else would take it up.
        """
        name, status = handle.workflow_id, handle.get_status().status
        if status != "PENDING" or name in self._running:
            self._unseen.pop(name, None)
        elif time.monotonic() - self._unseen.setdefault(name, time.monotonic()) > LOST:
            log.warning("the work on %s broke off unrecorded and is taken up again", name)
            del self._unseen[name]
            DBOS.resume_workflow(name, queue_name=QUEUE)
        return status not in ("PENDING", "ENQUEUED", "DELAYED")

    def _take_up(self, task: tuple[str, int]) -> None:
        batch, generation = task
        number = self._tries.get(task, 0)
        while True:
            name = f"{batch}-{generation}-{number}"
            status = DBOS.get_workflow_status(name)
            if status is None or status.status in ("PENDING", "ENQUEUED"):
                break
            number += 1
        self._tries[task] = number
        with SetWorkflowID(name):
            self._under_way[task] = DBOS.enqueue_workflow(QUEUE, self._workflow, batch, generation)

    def _settle(self, task: tuple[str, int], handle: Any) -> None:
        """A workflow that ended well needs nothing; one that failed is tried again or parked, by who is at fault."""
        try:
            with outages(ENGINE):
                handle.get_result()
            self._pause.pop(task, None)
            self._tries.pop(task, None)
        except (Unavailable, Conflict) as error:
            log.warning("batch %s waits %.0f s: %s", task[0], self._hold_off(task), error)
        except Corrupt as error:
            self.fault = error
            self._hold_off(task)
            log.critical("batch %s: %s", task[0], error)
        except Refused as error:
            self._hold_off(task)
            set_apart(self._desk, task[0], error)
        except Exception as error:
            self._hold_off(task)
            where = park(self._desk, task[0], error)
            log.critical("batch %s is parked: %s", task[0], where)

    def _hold_off(self, task: tuple[str, int]) -> float:
        """Wait before the task is tried again, twice as long each time; how long, in seconds."""
        pause = min(LONGEST_PAUSE, max(1.0, self._pause.get(task, (0.0, 0.5))[1] * 2))
        self._pause[task] = (time.monotonic() + pause, pause)
        return pause


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


def place_of(error: BaseException) -> str:
    """What an error is and where it was raised, without its text."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at " + " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames[-4:]))
