"""`read`: recognise without archiving."""

from pathlib import Path
from typing import Annotated

import typer

from app import show
from app.i18n import _


def add(app: typer.Typer) -> None:
    """Put the command of this module on the command line."""
    app.command("read", help=_("只识别，不归档：每页一行 JSON。"), epilog=_("示例：casefile read ./scans --jsonl result.jsonl"))(read)


def read(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(callback=show.all_there, help=_("文件或文件夹；给出的路径之下的文件名写入结果"))],
    jsonl: Annotated[Path, typer.Option(help=_("结果文件"))],
    engine: Annotated[str, typer.Option(help=_("识别引擎：rapidocr 或 tesseract"))] = "",
) -> None:
    """Recognise the pages of files; exit 1 if a file could not be opened."""
    from app.recognise import recognise

    pages, refused = recognise(context.obj, paths, jsonl, engine)
    show.err.print(_("{pages} 页，{refused} 个文件打不开。").format(pages=pages, refused=refused))
    if refused:
        raise typer.Exit(show.FOUND)
