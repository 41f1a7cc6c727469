"""`backup`, `restore`, `fixity`: copies of what is kept, and reading again what they are made of."""

import re
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from app import show
from app.commands.keep import LOOKED_AT, findings
from app.i18n import _
from domain.errors import Misconfigured
from domain.model import Outcome

AsJson = Annotated[bool, typer.Option("--json", help=_("以 JSON 输出"))]
Keys = Annotated[Path | None, typer.Option("--keys", help=_("密钥另放的文件夹，不与档案放在一起"))]


def add(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command(
        "backup",
        help=_("备份：不必停机，只复制新增的内容；中途被杀，之前的备份仍然完整。"),
        epilog=_("示例：casefile --data ./data backup /mnt/backup"),
    )(backup)
    app.command(
        "restore",
        help=_("从备份恢复到空文件夹；--check 逐字节检查，只给 --check 则只检查备份。退出码：0 完好，1 有问题。"),
        epilog=_("示例：casefile restore /mnt/backup --data ./new --check"),
    )(restore)
    app.command(
        "fixity",
        help=_("重读档案的一部分或全部，查出损坏；记入账本。退出码：0 完好，1 有损坏。"),
        epilog=_("示例：casefile --data ./data fixity --part 1/90"),
    )(fixity)


def backup(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(help=_("备份文件夹：空的，或已有这份档案的备份"))],
    keys: Keys = None,
    full: Annotated[bool, typer.Option("--full", help=_("同时重读备份里的每一件，坏的换新"))] = False,
    as_json: AsJson = False,
) -> None:
    """Exit 0 when everything is in the backup, 1 when something was missing or damaged in the data folder."""
    from app.wiring import backup_data

    begun = time.monotonic()
    done = backup_data(context.obj, target, keys, full, None if as_json else show.err)
    manifest, bad = done.manifest, [f for f in done.findings if f.outcome is Outcome.BAD]
    if as_json:
        facts = {"events": manifest.mark.size, "root": manifest.root, "copied": done.copied, "bytes": done.bytes}
        more = {"keys": manifest.keys, "good": not bad, "seconds": round(time.monotonic() - begun, 3), "findings": done.findings}
        show.line({**facts, **more})
    else:
        findings(done.findings)
        told = _("✓ 备份到第 {events} 条事件，根 {root}…；新复制 {copied} 件，{bytes} 字节。")
        values = {"events": manifest.mark.size, "root": manifest.root[:16], "copied": done.copied, "bytes": done.bytes}
        show.out.print(told.format(**values) if not bad else _("✗ 有 {count} 件在数据文件夹里不完整，没有备份到。").format(count=len(bad)))
        if keys is None:
            show.err.print(_("密钥与档案在同一备份里：谁拿到备份就能解密；销毁过的密钥在更旧的副本里还在。可用 --keys 另放。"))
    if bad:
        raise typer.Exit(show.FOUND)


def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(exists=True, file_okay=False, help=_("备份文件夹"))],
    data: Annotated[Path | None, typer.Option("--data", help=_("恢复到哪里：空的或还没有的文件夹"))] = None,
    keys: Keys = None,
    destroyed_from: Annotated[
        Path | None, typer.Option("--destroyed-from", exists=True, help=_("最新的密钥文件：其中已销毁的，恢复时再次销毁"))
    ] = None,
    check: Annotated[bool, typer.Option("--check", help=_("逐字节检查，重建各表，列出差异；不删除任何东西"))] = False,
    as_json: AsJson = False,
) -> None:
    """Exit 0 when all is well, 1 when something is missing, damaged or too much: each is listed."""
    from app.wiring import check_folder, restore_data

    target = data or _given(context)
    if target is None and not check:
        raise Misconfigured("say where to restore to (--data NEW, an empty folder), or --check to look at the backup alone")
    console = None if as_json else show.err
    facts: dict[str, Any] = {}
    found: list[Any] = []
    if target is not None:
        done = restore_data(source, target, keys, destroyed_from, console)
        facts = {"objects": done.objects, "bytes": done.bytes, "destroyed": done.destroyed}
        found = list(done.findings)
    if check:
        verdict = check_folder(target or source, keys if target is None else None, console)
        facts["looked_at"] = verdict.looked_at
        found = [*found, *(f for f in verdict.findings if f.subject not in {g.subject for g in found})]
    _tell(facts, found, as_json)


def _tell(facts: dict[str, Any], found: list[Any], as_json: bool) -> None:
    bad = [finding for finding in found if finding.outcome is Outcome.BAD]
    if as_json:
        show.line({**facts, "good": not bad, "findings": found})
    else:
        findings(found)
        if "objects" in facts:
            show.out.print(_("已恢复 {objects} 件，{bytes} 字节；再次销毁 {destroyed} 把密钥。").format(**facts))
        if "looked_at" in facts:
            looked = ", ".join(f"{count} {LOOKED_AT.get(name, name)}" for name, count in facts["looked_at"].items())
            told = _("✓ 全部完好：{looked}") if not bad else _("✗ 发现 {count} 处问题；已查 {looked}")
            show.out.print(told.format(count=len(bad), looked=looked))
    if bad:
        raise typer.Exit(show.FOUND)


def _given(context: typer.Context) -> Path | None:
    """The data folder before the command, if somebody named one: the default is never restored into."""
    above = context.parent
    source = above.get_parameter_source("data") if above is not None else None
    return Path(context.obj) if source is not None and source.name in ("COMMANDLINE", "ENVIRONMENT") else None


def fixity(
    context: typer.Context,
    part: Annotated[str, typer.Option("--part", help=_("哪一部分：N/T，例如 1/90；不给则全部"))] = "1/1",
    as_json: AsJson = False,
) -> None:
    """Exit 0 when everything read is whole, or was put back from the copy; 1 when something is damaged or missing."""
    from app.wiring import open_house

    match = re.fullmatch(r"([1-9][0-9]{0,8})/([1-9][0-9]{0,8})", part)
    if match is None or int(match[1]) > int(match[2]):
        raise Misconfigured(f"--part {part}: give N/T with N from 1 to T, for example 1/90")
    with open_house(context.obj) as house:
        reading = house.caretaker.read(int(match[1]), int(match[2]), hurry=True)
    assert reading is not None
    facts = {"part": reading.part, "parts": reading.parts, "objects": reading.objects, "bytes": reading.bytes}
    named = {"damaged": sorted(reading.damaged), "missing": reading.missing, "healed": reading.healed}
    if as_json:
        show.line({**facts, **{name: [f"sha256:{n.partition('.')[0]}" for n in names] for name, names in named.items()}})
    else:
        for name in reading.left:
            show.out.print("✗ " + (_("{name} 已损坏") if name in reading.damaged else _("{name} 不见了")).format(name=name), markup=False)
        told = _("第 {part}/{parts} 部分：重读 {objects} 件，{bytes} 字节；已放回 {healed} 件，仍有 {left} 件有问题。")
        show.out.print(told.format(**facts, healed=len(reading.healed), left=len(reading.left)))
    if reading.left:
        raise typer.Exit(show.FOUND)
