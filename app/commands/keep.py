"""`verify`, `reindex`, `doctor`: keeping what is kept."""

from collections.abc import Iterable
from typing import Annotated

import typer

from app import show
from app.i18n import _
from domain.model import Finding, Outcome

AGAINST = _("与别处保存的检查点对照：文件、unix:/路径、http://主机:端口，或 条数:根")
AsJson = Annotated[bool, typer.Option("--json", help=_("以 JSON 输出"))]

LOOKED_AT = {
    "bytes": _("字节"),
    "objects": _("件对象"),
    "events": _("条事件"),
    "checkpoints": _("个检查点"),
    "keys": _("把密钥"),
    "private bodies": _("份加密内容"),
    "tables": _("张表"),
    "rows": _("行"),
    "witnessed checkpoints": _("个见证过的检查点"),
    "witnessed events": _("条事件有见证"),
    "events since": _("条在最近一次见证之后"),
}


def add(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command(
        "verify",
        help=_("重读档案和账本的每一个字节，查出任何改动。退出码：0 完好，1 有问题，2 无法检查。"),
        epilog=_("示例：casefile --data ./data verify --json"),
    )(verify)
    app.command(
        "reindex",
        help=_("由账本和档案重建检索库；重建期间仍可检索，serve 运行时也可以。"),
        epilog=_("示例：casefile --data ./data reindex"),
    )(reindex)
    app.command("doctor", help=_("检查这台机器和数据文件夹，逐项给出处理办法。"), epilog=_("示例：casefile --data ./data doctor"))(doctor)


def verify(
    context: typer.Context,
    against: Annotated[str | None, typer.Option(help=AGAINST, metavar="FILE|URL|SIZE:ROOT")] = None,
    as_json: AsJson = False,
) -> None:
    """Exit 0 all good, 1 something found, 2 could not run."""
    from app.wiring import verify_data

    verdict = verify_data(context.obj, None if as_json else show.err, against)
    bad = [finding for finding in verdict.findings if finding.outcome is Outcome.BAD]
    if as_json:
        show.line({"good": not bad, "looked_at": verdict.looked_at, "findings": verdict.findings})
    else:
        findings(verdict.findings)
        looked = ", ".join(f"{count} {LOOKED_AT.get(name, name)}" for name, count in verdict.looked_at.items())
        show.out.print(
            (_("✓ 全部完好：{looked}") if not bad else _("✗ 发现 {count} 处问题；已查 {looked}")).format(count=len(bad), looked=looked)
        )
    if bad:
        raise typer.Exit(show.FOUND)


def findings(found: Iterable[Finding]) -> None:
    """What a check found, two lines each, for people."""
    for finding in found:
        mark = "✗" if finding.outcome is Outcome.BAD else "·"
        show.out.print(f"{mark} {finding.check}: {finding.subject}", markup=False)
        told = _("应为 {expected}，实为 {found}。{remedy}").format(expected=finding.expected, found=finding.found, remedy=finding.remedy)
        show.out.print(f"    {told}", markup=False)


def reindex(context: typer.Context) -> None:
    """Make the index again beside the one in use, by this process or by the one at work."""
    from app.rebuilding import reindex as make_again

    if not show.err.is_terminal:
        pages = make_again(context.obj, lambda done, total: None)
    else:
        from rich.progress import Progress

        with Progress(console=show.err, transient=True) as progress:
            task = progress.add_task("reindex", total=None)
            pages = make_again(context.obj, lambda done, total: progress.update(task, completed=done, total=total))
    show.out.print(_("已重建，{pages} 页。").format(pages=pages))


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Exit 0 if all is well, 1 if something needs doing."""
    from app.doctor import examine

    checks = examine(context.obj)
    for check in checks:
        if as_json:
            show.line(check)
        else:
            mark = {"ok": "✓", "note": "·", "bad": "✗"}[check.state]
            show.out.print(f"{mark} {check.name}: {check.found}" + (f"\n    → {check.remedy}" if check.remedy else ""), markup=False)
    if any(check.state == "bad" for check in checks):
        raise typer.Exit(show.FOUND)
