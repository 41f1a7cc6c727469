"""`case open|close|assign|list`."""

from typing import Annotated

import typer

from app import show
from app.i18n import _

case = typer.Typer(help=_("办件：打开、关闭、归入材料。"), no_args_is_help=True, rich_markup_mode=None)


def add(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.add_typer(case, name="case")


AsJson = Annotated[bool, typer.Option("--json", help=_("以 JSON 输出"))]
Number = Annotated[str, typer.Argument(help=_("办件编号，例如 2026-0001；不含个人信息"))]


@case.command("open", help=_("打开办件。"), epilog=_("示例：casefile --data ./data case open 2026-0001 --window W01"))
def open_case(
    context: typer.Context,
    number: Number,
    window: Annotated[str | None, typer.Option(help=_("在哪个窗口打开；一个窗口同时只有一件"))] = None,
    as_json: AsJson = False,
) -> None:
    """Open a case."""
    from app.wiring import open_house

    with open_house(context.obj) as house:
        row = house.cases.open(number, house.settings.office, window)
    _show(row.number, "open", row.window, as_json)


@case.command("close", help=_("关闭办件；已归入的材料不变。"), epilog=_("示例：casefile --data ./data case close 2026-0001"))
def close_case(context: typer.Context, number: Number, as_json: AsJson = False) -> None:
    """Close a case."""
    from app.wiring import open_house

    with open_house(context.obj) as house:
        row = house.cases.close(number)
    _show(row.number, "closed", row.window, as_json)


@case.command(
    "assign",
    help=_("把材料归入办件；只记一条事件，不改任何文件。"),
    epilog=_("示例：casefile --data ./data case assign 2026-0001 01J… 01K…"),
)
def assign(
    context: typer.Context,
    number: Number,
    documents: Annotated[list[str], typer.Argument(help=_("材料的 id（见 list）"))],
    remove: Annotated[bool, typer.Option("--remove", help=_("改为移出"))] = False,
    as_json: AsJson = False,
) -> None:
    """Assign documents to a case, or take them out of it."""
    from app.wiring import open_house

    with open_house(context.obj) as house:
        for document in documents:
            house.counter.assign(document, number, remove=remove)
    for document in documents:
        if as_json:
            show.line({"document": document, "case": None if remove else number})
        else:
            show.out.print(f"{document}  {'-' if remove else number}")


@case.command("list", help=_("列出办件。"), epilog=_("示例：casefile --data ./data case list --json"))
def list_cases(context: typer.Context, as_json: AsJson = False) -> None:
    """Every case."""
    from app.wiring import open_house

    with open_house(context.obj) as house:
        rows = house.counter.all_cases()
    for row in rows:
        _show(row.number, "open" if row.open else "closed", row.window, as_json)


def _show(number: str, state: str, window: str | None, as_json: bool) -> None:
    if as_json:
        show.line({"case": number, "state": state, "window": window})
    else:
        word = _("打开") if state == "open" else _("已关闭")
        show.out.print(f"{number}  {word}  {window or '-'}", markup=False)
