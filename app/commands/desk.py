"""`status`, `quarantine`, `requeue`, `coversheet`: what a window needs to know and do."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app import show
from app.i18n import _, language

AsJson = Annotated[bool, typer.Option("--json", help=_("以 JSON 输出"))]


def add(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command(
        "status", help=_("收件情况：已收 = 已归档 + 隔离 + 重复 + 空白 + 处理中。"), epilog=_("示例：casefile --data ./data status --json")
    )(status)
    app.command("quarantine", help=_("被拒收的文件、原因和处理办法。"), epilog=_("示例：casefile --data ./data quarantine --json"))(
        quarantine
    )
    app.command("requeue", help=_("把隔离的文件重新送去处理。"), epilog=_("示例：casefile --data ./data requeue 01J…"))(requeue)
    app.command("coversheet", help=_("打印分隔页：放在每件材料之前。"), epilog=_("示例：casefile coversheet sheet.pdf --case 2026-0001"))(
        coversheet
    )


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Counts of receipts, pages and documents, and the files still waiting in the folders."""
    from app.wiring import open_house

    with open_house(context.obj) as house:
        facts, room = house.counter.status(), house.room.for_bytes(0)
    if as_json:
        show.line(facts)
        return
    names = {
        "received": _("已收"),
        "shelved": _("已归档"),
        "quarantined": _("隔离"),
        "duplicates": _("重复"),
        "empty": _("空白"),
        "pending": _("处理中"),
        "pages": _("页"),
        "documents": _("材料"),
        "waiting": _("等待中的文件"),
    }
    show.table([_("项目"), _("数量")], [[names[name], str(facts[name])] for name in names])
    for file in facts["waiting_files"]:
        show.out.print(f"  {file['window']}  {file['name']}  {file['why']}", markup=False)
    _show_workers(facts["workers"])
    _tell_search(facts["search"])
    if not room:
        show.out.print(_("磁盘空间不足：暂停收件，已收的不会丢失。腾出空间后自动继续。"))


def _show_workers(workers: list[dict[str, Any]]) -> None:
    states = {
        "working": _("在工作"),
        "stopped": _("已停止"),
        "gone": _("进程已消失"),
        "silent": _("租约过期"),
        "lost": _("租约过期后已重新开始"),
    }
    if workers:
        titles = [_("处理进程"), _("主机"), _("进程号"), _("状态"), _("手上批次")]
        rows = [[w["role"], w["host"], str(w["pid"]), states[w["state"]], str(w["batches"])] for w in workers]
        show.table(titles, rows)


def _tell_search(state: dict[str, Any]) -> None:
    if state["trouble"]:
        told = _("检索不可用：{trouble}。收件和归档照常进行，还有 {behind} 条待编入检索。")
        show.out.print(told.format(**state), markup=False)
    elif state["behind"]:
        show.out.print(_("检索：还有 {behind} 条待编入。").format(**state), markup=False)
    if state["rebuilding"] is not None:
        show.out.print(_("检索库正在重建：{share:.0%}。重建期间仍可检索。").format(share=state["rebuilding"]), markup=False)


def quarantine(context: typer.Context, as_json: AsJson = False) -> None:
    """A line per refused file."""
    from app.wiring import open_house

    with open_house(context.obj) as house:
        lines = list(house.counter.quarantine())
    for facts in lines:
        if as_json:
            show.line(facts)
        else:
            show.out.print(f"{facts['receipt']}  {facts['name']}\n    {facts['sentence'][language()]}", markup=False)
    if not lines and not as_json:
        show.out.print(_("隔离区是空的。"))


def requeue(context: typer.Context, receipts: Annotated[list[str], typer.Argument(help=_("收件的 id（见 quarantine）"))]) -> None:
    """Send refused files through the line again."""
    from app.wiring import open_house

    with open_house(context.obj) as house:
        for receipt in receipts:
            house.counter.requeue(receipt)
            show.out.print(receipt)


def coversheet(
    out: Annotated[Path, typer.Argument(help=_("写到哪个 PDF 文件"))],
    case: Annotated[str | None, typer.Option(help=_("办件编号；不给则为普通分隔页"))] = None,
) -> None:
    """Write a separator sheet as PDF."""
    from app.wiring import print_coversheet

    print_coversheet(case, out)
    show.out.print(str(out), markup=False)
