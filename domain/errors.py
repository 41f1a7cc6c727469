"""Who is at fault decides what happens next.

    CasefileError
      Refused        the input        -> quarantine with a Reason, receipt kept, never retried
      Unavailable    the world        -> tried again with backoff, alarm after N
      Conflict       someone was first -> read again, decide again
      Corrupt        our own data     -> stop, say which, touch nothing
      Misconfigured  the operator     -> refuse to start, name the setting and the remedy
      Denied         the person       -> refused and audited

A message says what happened, to which file or subject, what was expected, what was found, and what to do. It holds no personal data:
names of files as a scanner gave them are such data, so they are never part of a message that goes to a log.
Every error can be pickled, because most are raised in child processes.
"""

import errno
from typing import Any

from domain.reasons import Reason

DISK = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.ESTALE, errno.ENODEV, errno.ENXIO}
    | {errno.ETIMEDOUT, errno.EHOSTDOWN, errno.ENOTCONN}
)
"""What a failing disk or mount answers: it says nothing of the file that was at hand."""


def of_the_disk(error: BaseException) -> bool:
    """Whether the operating system blames the disk or the mount, so that no input may be refused for it."""
    return isinstance(error, OSError) and error.errno in DISK


class CasefileError(Exception):
    """The base of all errors of ours.

    Attributes:
        what: one sentence for the person who must act.
        facts: machine-readable particulars, plain JSON values without personal data.
        exit_code: what the command line exits with.
    """

    exit_code = 2

    def __init__(self, what: str, **facts: Any) -> None:
        super().__init__(what)
        self.what = what
        self.facts = facts

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.what, self.facts))

    def __str__(self) -> str:
        return self.what


class Refused(CasefileError):
    """The input cannot be taken. `reason` says why; the bytes are kept in quarantine."""

    def __init__(self, reason: Reason, what: str = "", **facts: Any) -> None:
        super().__init__(what or reason.code, **facts)
        self.reason = reason

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild_refused, (self.reason.code, self.what, self.facts))


class Unavailable(CasefileError):
    """Something outside is not answering now; the work is tried again."""


class DiskFull(Unavailable):
    """No room to write. Nothing was lost: the file still lies where it was; the work goes on when there is room."""


class Conflict(CasefileError):
    """Someone was first. Read again, then decide again."""


class Corrupt(CasefileError):
    """Data of our own is not what was written. Touch nothing; `facts` says which, what was expected and what was found."""


class Misconfigured(CasefileError):
    """A setting or the machine must be put right before casefile can work."""


class Denied(CasefileError):
    """The person may not do that."""


class NotFound(CasefileError):
    """There is no such case, document, receipt or object."""


def _rebuild(kind: type[CasefileError], what: str, facts: dict[str, Any]) -> CasefileError:
    return kind(what, **facts)


def _rebuild_refused(code: str, what: str, facts: dict[str, Any]) -> Refused:
    return Refused(Reason(code), what, **facts)
