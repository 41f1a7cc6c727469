"""The durable engine, DBOS: an account of each batch on its way through the line, a workflow a claim, its steps noted as they end.

Nothing depends on what it keeps: what is to be done is known from the ledger's tables, who does it from app/leases.py, and what was
computed lies in derived/steps/. So its database may be lost at any time. A workflow's name holds its claim's token; a batch that is taken
up again is another workflow, and whatever a former holder left pending is removed by `tidy`, so that nothing grows.

On SQLite its database is a file in derived/work/; on PostgreSQL the schema `casefile_work` beside our tables. It is given ids only.
Every batch runs in a thread of ours, so that a database that is away stops that thread and no other (DBOS waits for its database without
end, with growing pauses); threads that are left behind are daemons, and what they record is fenced.
"""

import sqlite3
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import dbos
import psycopg
from dbos import DBOS, DBOSConfig, SetWorkflowID, error
from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from app.leases import Claim
from archive.sqlite import STATEMENTS
from domain.errors import CasefileError, Misconfigured, Unavailable

VERSION = "line-2"
SCHEMA = "casefile_work"
AT_ONCE = 500
CONNECTIONS = 4
"""To the engine's SQLite: of DBOS's 20 each holds memory for good."""
Step = Callable[[str, Callable[[], Any]], Any]
ITS_CODE = str(Path(dbos.__file__).parent) + "/"  # as frames have it: links are not followed
OUR_CODE = tuple(str(Path(__file__).parents[1] / room) + "/" for room in ("app", "archive", "casework", "ingest", "pipeline"))
ITS_FAULTS = (SQLAlchemyError, psycopg.Error, sqlite3.Error, error.DBOSException, AssertionError)  # the last: a workflow it lost


class WorkEngine:
    """DBOS for this process. `where`: the folder for its SQLite database, or a PostgreSQL database.

    `ready` turns false when its database failed: what was under way fails by itself, and it is to be opened again.
    """

    def __init__(self, where: Path | URL, work: Callable[[Claim, Step], list[str]]) -> None:
        self._where, self._work = where, work
        self._over = list[str]()
        self._claims = dict[str, Claim]()
        self._executor = ""
        self._swept = self._open = False
        self._times = 0
        self.ready = False

        @DBOS.workflow(name="line")
        def workflow(name: str) -> list[str]:
            return self._work(self._claims[name], lambda step, function: DBOS.run_step({"name": step}, function))

        self._workflow = workflow

    def open(self, executor: str) -> None:
        """Begin, or begin anew after a fault, under the name of a lease.

        Raises:
            Misconfigured: this Python has a SQLite that the engine does not work with. Unavailable: its database does not answer.
        """
        if sys.version_info >= (3, 12) and sqlite3.sqlite_version_info < (3, 42):
            raise Misconfigured(
                f"Python 3.12 and newer need SQLite 3.42; this one has {sqlite3.sqlite_version}: use Python 3.11, or make install"
            )
        self.close()
        self._times += 1
        # DBOS takes up by itself what it finds begun under the name it is opened with; so each opening has its own
        self._executor, self._swept, self._open = f"{executor}.{self._times}", False, True
        try:
            DBOS(config=self._config())
            DBOS.launch()
        except (*ITS_FAULTS, OSError) as error:
            self.close()
            raise Unavailable(f"the durable engine's database does not answer ({type(error).__name__})") from None
        self.ready = True

    def _config(self) -> DBOSConfig:
        config: DBOSConfig = {
            "name": "casefile",
            "executor_id": self._executor,
            "application_version": VERSION,
            "log_level": "CRITICAL",
            "console_log_level": "CRITICAL",
            "use_listen_notify": False,
        }
        if isinstance(self._where, URL):
            plain = self._where.set(drivername="postgresql+psycopg")
            return {**config, "system_database_url": plain.render_as_string(hide_password=False), "dbos_system_schema": SCHEMA}
        self._where.mkdir(parents=True, exist_ok=True)
        kept = {"pool_size": CONNECTIONS, "connect_args": {"cached_statements": STATEMENTS}}
        return {**config, "system_database_url": f"sqlite:///{self._where / 'engine.db'}", "db_engine_kwargs": kept}

    def run(self, claim: Claim, ended: Callable[[], None]) -> "Future[list[str]]":
        """Take a claimed batch through the line in a thread of its own; `ended` is called after the future has its result."""
        future: Future[list[str]] = Future()
        name = f"{claim.batch}-{claim.generation}-{claim.token}"
        self._claims[name] = claim
        times = self._times

        def run() -> None:
            try:
                with SetWorkflowID(name):
                    documents = self._workflow(name)
            except BaseException as error:
                future.set_exception(self._what_ended(error, times))
            else:
                future.set_result(documents)
            finally:
                self._claims.pop(name, None)
                self._over.append(name)
                ended()

        threading.Thread(target=run, name=f"batch-{claim.batch}", daemon=True).start()
        return future

    def _what_ended(self, error: BaseException, times: int) -> BaseException:
        """An error as the line shall see it; where the engine was given up under the batch, whatever came of that is the world's fault."""
        given_up = times != self._times or not self.ready
        if times == self._times and is_the_engines(error):
            self.ready = False
        if given_up and not isinstance(error, CasefileError):
            return Unavailable(f"the durable engine was opened anew under this batch ({type(error).__name__})")
        return error

    def tidy(self, living: Iterable[str]) -> int:
        """Remove the workflows that ended here, and those of executors that are none of `living`; how many.

        Raises:
            Unavailable: its database does not answer, or is not what it was; open it again.
        """
        over = [self._over.pop() for _ in range(min(AT_ONCE, len(self._over)))]
        others = set(living) - {_lease(self._executor)}
        try:
            if not self._swept:
                known = DBOS.list_workflows(limit=AT_ONCE, load_input=False, load_output=False)
                theirs = [(status.workflow_id, status.executor_id or "") for status in known]
                strangers = [name for name, executor in theirs if executor != self._executor and _lease(executor) not in others]
                self._swept = len(strangers) < len(known) or not known
                over = [*over, *strangers]
            if over:
                DBOS.delete_workflows(over)
        except ITS_FAULTS as error:
            self.ready = False
            self._over.extend(over)
            raise Unavailable(f"the durable engine's database does not answer ({type(error).__name__})") from None
        return len(over)

    def look_for_strangers(self) -> None:
        """A worker died: the next `tidy` looks for what it left."""
        self._swept = False

    def close(self) -> None:
        """Let go of the database. Batches under way are left where they are."""
        self.ready = False
        if self._open:
            self._open = False
            DBOS.destroy()


def _lease(executor: str) -> str:
    """The lease under which an executor was opened."""
    return executor.partition(".")[0]


def is_the_engines(fault: BaseException) -> bool:
    """Whether an error comes out of the engine's own work with its database, not out of a step of ours."""
    if not isinstance(fault, ITS_FAULTS):
        return False
    files = [frame.filename for frame in traceback.extract_tb(fault.__traceback__)]
    whose = [file.startswith(ITS_CODE) for file in files if file.startswith((ITS_CODE, *OUR_CODE))]
    return bool(whose) and whose[-1]
