"""Looks through the inbox again and again. watchdog only wakes; the scan is the truth.

Promises: a scan at least every `rest` seconds, every `poll` seconds while something waits, sooner (but no more than five times in `poll`)
when a file will have settled by then, and at once when the file system tells of something new directly in a window's folder while nothing
waited. Events do not come on SMB and NFS mounts, and inotify has limits: without
them all works the same, later by `rest` seconds at most. An error ends one scan, never the watch, but for Corrupt, which stops it:
`trouble` says so.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from domain.errors import CasefileError, Corrupt
from ingest.folders import REFUSED, TAKEN
from ingest.trouble import where

log = logging.getLogger(__name__)
TELLING = {"created", "modified", "moved", "closed"}


class _Waker(FileSystemEventHandler):
    """Sets `wake` when a scanner did something; what we do ourselves in `.taken` is no news."""

    def __init__(self, wake: threading.Event) -> None:
        self._wake = wake

    def on_any_event(self, event: FileSystemEvent) -> None:
        parts = Path(str(event.dest_path or event.src_path)).parts
        if event.event_type in TELLING and TAKEN not in parts and REFUSED not in parts:
            self._wake.set()


class Watch:
    """A thread that calls `scan()` until it is stopped; `scan` says in how many seconds a waiting file may be ready, None if none waits."""

    def __init__(self, inbox: Path, scan: Callable[[], float | None], poll: float, rest: float) -> None:
        self._inbox, self._scan, self._poll, self._rest = inbox, scan, poll, rest
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="intake", daemon=True)
        self._observer = Observer()
        self._heard: set[Path] = set()
        self.trouble: CasefileError | None = None

    def start(self) -> None:
        """Begin. Call it once."""
        try:
            self._observer.start()
        except Exception as error:  # limits of inotify: whatever it is, the scan does without
            self._deaf(error)
        else:
            self.listen([self._inbox])
        self._thread.start()

    def listen(self, folders: Iterable[Path]) -> None:
        """Have the file system tell of what is new directly in these folders, as far as it can. Listening already: nothing happens."""
        for folder in folders:
            if folder not in self._heard and self._observer.is_alive():
                self._heard.add(folder)
                try:
                    self._observer.schedule(_Waker(self._wake), str(folder), recursive=False)
                except Exception as error:
                    self._deaf(error)

    def _deaf(self, error: Exception) -> None:
        log.warning("the file system does not tell of new files (%s); they are found by looking every %g s", where(error), self._poll)
        self._rest = self._poll

    def stop(self) -> None:
        """End after the scan under way, and wait for that."""
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            soon = self._once()
            if soon is None:
                self._wake.wait(self._rest)
            else:
                self._stop.wait(min(self._poll, max(soon, self._poll / 5)))

    def _once(self) -> float | None:
        try:
            soon = self._scan()
        except Corrupt as error:
            self.trouble = error
            log.critical("intake has stopped: %s", where(error))
            self._stop.set()
        except Exception as error:
            said = where(error)
            if self.trouble is None or str(self.trouble) != str(error):
                log.error("a look through the inbox broke off and is tried again: %s", said)
            self.trouble = error if isinstance(error, CasefileError) else None
        else:
            self.trouble = None
            return soon
        return self._poll
