"""How the command line speaks: to people in their language, to programs in JSON, one value a line.

Standard output carries results only; what is said about the work goes to standard error. Exit codes are part of the contract
(docs/decisions/0001-formats.md): 0 done, 1 something was found (verify, doctor) or not everything was taken (intake), 2 could not run
(usage, setting, machine), 3 what was asked for cannot be done (no such case, conflict, refused), 130 interrupted.
"""

import json
import sys
from typing import Any

from rich.console import Console
from rich.table import Table

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


def exit_code(error: CasefileError) -> int:
    """What the command line exits with after `error`."""
    return CANNOT_BE_DONE if isinstance(error, Conflict | Denied | NotFound | Refused) else COULD_NOT_RUN
