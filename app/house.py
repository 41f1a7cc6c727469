"""One data folder with everything in it that a command may ask for, each part made when first asked for.

A command that only reads opens no engine and starts no child process; `start` begins what a working process does.
"""

import contextlib
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL

from app.caretaker import Caretaker
from app.counter import Counter
from app.feed import FileFeed
from app.leases import Claim, Fenced, Hold, Leases, Sole
from app.outage import outages
from app.places import Places
from app.postman import Postman
from app.records import Records
from app.room import Room
from app.sandbox import ChildPool
from app.settings import Settings
from app.steps import StepFolder
from app.witness.exchange import Caller, Place
from app.witness.outside import keys_of
from app.witness.schedule import Schedule
from app.witness.state import State
from app.witness.submit import Submitter
from archive.books import Books
from casework.cases import Cases
from domain.clock import SystemClock
from domain.errors import CasefileError, Conflict, Corrupt, Misconfigured, Unavailable
from ingest.intake import Intake, IntakeSettings
from ingest.limits import Limits
from ingest.names import is_window
from ingest.trouble import where
from search.outbox import FollowedIndex, Outbox, rebuild, trouble_of

if TYPE_CHECKING:
    from app.desk import LineDesk, Tools
    from app.durable import DurableLine

VERSION = version("casefile")
SERVE, WORKER = "serve", "worker"
ABANDONED = 3600.0
"""Seconds after which nobody is still writing a document that was begun."""
AGAIN = 2.0
"""Seconds until search is told again after the working database did not answer."""
log = logging.getLogger("casefile.house")


class House:
    """Everything of one data folder, made when first asked for."""

    def __init__(self, data: Path, settings: Settings, books: Books, database: URL | None = None) -> None:
        self.places, self.settings, self.books, self.database = Places(data), settings, books, database
        self.clock = SystemClock()
        self.feed = FileFeed(self.places.feed, self.clock)
        self.cases = Cases(books.engine, books.registrar, self.clock)
        self.records = Records(books.engine, books.registrar, self.feed)
        self.role = SERVE
        self.room = Room((self.places.data, self.places.store, self.places.derived), settings.intake.reserve_bytes, self.feed)
        self._ends: list[Callable[[], None]] = []
        self._undelivered: CasefileError | None = None

    @cached_property
    def index(self) -> FollowedIndex:
        """The index the settings name."""
        if self.settings.search.url:
            from search.elastic import ElasticIndex

            return ElasticIndex(self.settings.search.url, self.settings.search.alias)
        from search.embedded import EmbeddedIndex

        return EmbeddedIndex(self.places.index)

    @cached_property
    def outbox(self) -> Outbox:
        """What carries ledger events to the index."""
        postman = Postman(self.books.engine, self.books.ledger, self.books.vault)
        return Outbox(self.places.outbox, self.index, self.books.ledger, postman, self.feed)

    @cached_property
    def sandbox(self) -> ChildPool:
        """The child processes that open untrusted bytes."""
        reading = self.settings.reading
        pool = ChildPool(
            reading.workers, reading.child_bytes, reading.page_seconds, memory=reading.child_memory, place=self.places.children
        )
        self._ends.append(pool.close)
        return pool

    @cached_property
    def counter(self) -> Counter:
        """What people ask and decide."""
        return Counter(self)

    @cached_property
    def limits(self) -> Limits:
        """What is refused from a file's headers."""
        return Limits(**self.settings.limits.model_dump())

    @cached_property
    def tools(self) -> "Tools":
        """What a desk works with."""
        from app.desk import Tools, told
        from pipeline.classify import RuleClassifier
        from pipeline.reader import Reader

        reading = self.settings.reading
        reader = Reader(
            self.sandbox,
            StepFolder(self.places.steps),
            reading.engine,
            reading.renderer,
            reading.page_seconds,
            reading.workers,
            lambda page: self.feed.tell("page", **told(page)),
            parts=reading.layers,
        )
        return Tools(
            self.books.store,
            self.books.registrar,
            self.sandbox,
            RuleClassifier(),
            reader,
            self.cases,
            self.feed,
            self.limits,
            self.places.work,
            VERSION,
        )

    @cached_property
    def hold(self) -> Hold:
        """How this process comes by its work."""
        if self.database is None:
            return Sole(self.clock)
        return Leases(self.books.engine, self.clock, self.places.data, self.role, self.settings.work.lease_seconds)

    def desk(self, claim: Claim) -> "LineDesk":
        """What the line works at while it holds `claim`."""
        from app.desk import LineDesk

        if self.database is None:
            return LineDesk(self.tools, self.records)
        registrar = Fenced(self.books.registrar, self.books.engine, self.hold, claim)
        return LineDesk(replace(self.tools, registrar=registrar), Records(self.books.engine, registrar, self.feed))

    @cached_property
    def line(self) -> "DurableLine":
        """The durable line."""
        from app.durable import DurableLine
        from app.engine import WorkEngine
        from app.line import line

        def work(claim: Claim, step: Any) -> list[str]:
            return line(self.desk(claim), claim.batch, claim.generation, step)

        engine = WorkEngine(self.database or self.places.work, work)
        workers = max(2, self.settings.reading.workers)
        return DurableLine(engine, self.hold, self.desk, self.records.work, workers, self.feed, self.room.for_work)

    @cached_property
    def intake(self) -> Intake:
        """What watches the windows."""
        s = self.settings.intake
        settings = IntakeSettings(
            office=self.settings.office,
            quiet=s.quiet,
            give_up=s.give_up,
            batch_quiet=s.batch_quiet,
            rejoin=s.rejoin,
            grace=s.grace,
            poll=s.poll,
        )
        return Intake(
            self.places.inbox,
            settings,
            self.books.store,
            self.books.registrar,
            self.books.engine,
            self.clock,
            self.feed,
            self._open_case,
            lambda *_: self.line.wake(),
            self.room.for_bytes,
        )

    @cached_property
    def caretaker(self) -> Caretaker:
        """What reads again what is kept."""
        return Caretaker(self.books, self.places, self.settings.fixity, self.clock, self.feed)

    @cached_property
    def witness(self) -> Schedule | None:
        """What shows the ledger to the witness of the settings; None if there is none."""
        settings = self.settings.witness
        if not settings.url:
            return None
        state = State(self.places.witness, self.clock)
        caller = Caller(Place.parse(settings.url))
        submitter = Submitter(self.places.ledger, caller, keys_of(settings), settings.restored, state)
        return Schedule(submitter, state, self.feed, 60 * settings.minutes)

    def start(self) -> None:
        """Begin to watch, work, index and read again; `close` ends it."""
        self.places.inbox.mkdir(parents=True, exist_ok=True)
        if self.witness is not None:
            self._ends.append(self.witness.start())  # begun first, ended last: what the others record at the end is witnessed too
        self._ends.append(_in_a_thread("fixity", self.caretaker.run))
        self._ends.append(self._deliver())
        self.start_line()
        self.intake.start()
        self._ends.append(self.intake.stop)

    def start_worker(self) -> None:
        """Begin to work beside others: closed batches only; no window is watched and nothing is indexed here.

        Raises:
            Misconfigured: SQLite is for one process.
        """
        if self.database is None:
            raise Misconfigured(
                "only one process can work on a SQLite data folder, and that is serve: set database.url (CASEFILE_DATABASE_URL) to a "
                "PostgreSQL for serve and every worker; the ledger goes there by itself at the first start"
            )
        self.role = WORKER
        self.start_line()

    def start_line(self) -> None:
        """Begin to work on closed batches only."""
        from app.desk import clear_pages

        # Asked for here and not first by the threads that work on batches, each of which would make its own
        clear_pages(self.tools.work, 0.0 if self.database is None else ABANDONED)
        self.line.start()
        self._ends.append(self.line.stop)

    def check(self) -> None:
        """Raise what made a part stop, so that the process ends and says so; what passes by itself is not raised.

        To be called every now and then: it also finishes what broke off when the disk or the database failed, and watches the disk's room.
        """
        with contextlib.suppress(OSError, Unavailable):
            self.room.watch()
            if self.books.registrar.unfinished:
                self.books.resume()
        trouble = self.intake.trouble if self.role == SERVE else None
        contradicted = self.witness.fault if self.role == SERVE and self.witness is not None else None
        for fault in (self.line.fault, trouble if isinstance(trouble, Corrupt | Misconfigured) else None, self._undelivered, contradicted):
            if fault is not None:
                raise fault

    def idle(self) -> bool:
        """Whether nothing waits to be read or indexed; an index out of reach is not waited for."""
        return self.line.idle() and self.outbox.idle()

    def _deliver(self) -> Callable[[], None]:
        """Follow the ledger into the index in a thread of its own; what ends it."""

        def deliver(stop: threading.Event) -> None:
            while not stop.is_set():
                try:
                    with outages("what search is told cannot be read"):
                        self.outbox.run(stop)
                except (Unavailable, Conflict) as error:
                    log.warning("search is told again in %g s: %s", AGAIN, error)
                    stop.wait(AGAIN)
                except Exception as error:  # serve ends with it: search that falls behind unseen would be worse
                    self._undelivered = error if isinstance(error, CasefileError) else CasefileError(f"search stopped: {where(error)}")
                    return

        return _in_a_thread("outbox", deliver)

    def close(self) -> None:
        """End what was begun, last first, and close the books; one whose end fails keeps no other from it, and is raised at the end."""
        try:
            while self._ends:
                self._ends.pop()()
        except Exception:
            self.close()
            raise
        self.books.close()

    def windows(self) -> list[str]:
        """The windows there are."""
        return sorted(p.name for p in self.places.inbox.iterdir() if is_window(p.name) and p.is_dir())

    def reindex(self, progress: Callable[[int, int], None]) -> int:
        """Make the index again from ledger and store beside the one in use, and let it take over; how many pages it holds."""
        postman = Postman(self.books.engine, self.books.ledger, self.books.vault)
        return rebuild(self.places.outbox, self.index, self.books.ledger, postman, self.feed, progress)

    def search_state(self) -> dict[str, Any]:
        """Events search has not seen, how much of a new index is made, and what keeps it from working; asks no index, so it never waits."""
        under_way = self.outbox.under_way()
        return {"behind": self.outbox.unseen(), "rebuilding": under_way, "trouble": trouble_of(self.places.outbox)}

    def index_state(self) -> tuple[int, int]:
        """Pages in the index, and events it has not seen."""
        return self.index.count(), self.outbox.behind()

    def ledger_tail(self) -> tuple[int, str]:
        """Size and root of the ledger."""
        return self.books.ledger.size(), self.books.ledger.root()

    def _open_case(self, window: str) -> str | None:
        found = self.cases.at(window)
        return found.id if found else None


def _in_a_thread(name: str, work: Callable[[threading.Event], None]) -> Callable[[], None]:
    """Begin `work`, which ends when its event is set; what ends it."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop,), name=name, daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join()

    return end
