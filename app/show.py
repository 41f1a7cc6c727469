"""How the command line speaks: to people in their language, to programs in JSON, one value a line.

Standard output carries results only; what is said about the work goes to standard error. Exit codes are part of the contract
(docs/decisions/0001-formats.md): 0 done, 1 something was found (verify, doctor) or not everything was taken (intake), 2 could not run
(usage, setting, machine), 3 what was asked for cannot be done (no such case, conflict, refused), 130 interrupted.
"""

import json
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from app.i18n import _
from domain.codec import plain
from domain.errors import CasefileError, Conflict, Denied, NotFound, Refused

DONE, FOUND, COULD_NOT_RUN, CANNOT_BE_DONE, INTERRUPTED = 0, 1, 2, 3, 130
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def line(value: Any) -> None:
    """One JSON value on a line of standard output."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def table(columns: list[str], rows: list[list[str]]) -> None:
    """A table for people."""
    made = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*row)
    out.print(made)


def fault(error: BaseException) -> str:
    """A fault of the program as it may be shown: where it happened, its causes too, but no text of it unless it is ours.

    A library's text may quote the name of a file or a line of a page, and standard error is kept by whatever starts casefile.
    """
    parts: list[str] = []
    now: BaseException | None = error
    while now is not None:
        said = f": {now}" if isinstance(now, CasefileError) else ""
        parts.append("".join(traceback.format_tb(now.__traceback__)) + type(now).__name__ + said)
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return "\n".join(reversed(parts))


def without(message: str, given: list[str]) -> str:
    """`message` without what the person gave: it may be a name or a number of somebody's."""
    for argument in sorted(given, key=len, reverse=True):
        if not argument.startswith("-") and len(argument) > 1:
            message = message.replace(argument, "…")
    return message


def all_there(paths: list[Path] | None) -> list[Path] | None:
    """The paths given, if all are there; which of them is not is said by its number.

    Raises:
        typer.BadParameter
    """
    for number, path in enumerate(paths or (), 1):
        if not path.exists():
            raise typer.BadParameter(_("第 {number} 个路径不存在").format(number=number))
    return paths


def quiet_threads() -> None:
    """Have a thread that ends by a fault say so without the fault's text."""
    threading.excepthook = lambda ended: err.print(fault(ended.exc_value), markup=False) if ended.exc_value else None


def exit_code(error: CasefileError) -> int:
    """What the command line exits with after `error`."""
    return CANNOT_BE_DONE if isinstance(error, Conflict | Denied | NotFound | Refused) else COULD_NOT_RUN
