"""The command line: `casefile [--data DIR] COMMAND`.

Errors of ours end as one sentence on standard error and an exit code (app/show.py); a fault of the program ends as its traceback, because
hiding it would help nobody, but without its text, which may quote what nobody but the clerk should read. Libraries that would write names
and pages into a log at some level are kept at errors, whatever the level of the rest.
"""

import logging
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from app import show
from app.commands import cases, copies, desk, documents, keep, proof, reading, work
from app.i18n import _
from domain.errors import CasefileError

TALKATIVE = ("watchdog", "elastic_transport", "elasticsearch", "urllib3", "sqlalchemy", "dbos", "PIL", "pikepdf", "asyncio")
app = typer.Typer(
    name="casefile",
    help=_("从扫描仪文件夹到可检索、可验证的档案。"),
    epilog=_("示例：casefile --data ./data serve   |   casefile --data ./data search 居住证   |   casefile --data ./data verify"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def options(
    context: typer.Context,
    data: Annotated[Path, typer.Option("--data", envvar="CASEFILE_DATA", help=_("数据文件夹；写在命令之前"))] = Path("casefile-data"),
) -> None:
    """Keep the data folder for the command."""
    context.obj = data


for room in (work, cases, documents, desk, reading, keep, proof, copies):
    room.add(app)


def main() -> None:
    """Run the command line and exit."""
    show.quiet_threads()
    for library in TALKATIVE:
        logging.getLogger(library).setLevel(logging.ERROR)
    try:
        code = app(standalone_mode=False)
    except typer.Abort:
        sys.exit(show.INTERRUPTED)
    except typer.TyperException as error:
        usage = getattr(error, "ctx", None)
        if usage is not None:
            show.err.print(usage.get_usage(), markup=False)
        show.err.print(f"casefile: {show.without(error.format_message(), sys.argv[1:])}", markup=False)
        sys.exit(show.COULD_NOT_RUN)
    except CasefileError as error:
        show.err.print(f"casefile: {error}", markup=False)
        sys.exit(show.exit_code(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(show.DONE)
    except Exception as error:  # a fault of ours: never mistaken for “something was found”
        show.err.print(show.fault(error), markup=False)
        sys.exit(show.COULD_NOT_RUN)
    sys.exit(code or show.DONE)


if __name__ == "__main__":
    main()
