"""`serve`, `worker`, `intake`, `events`: the work as it goes on."""

import signal
import threading
from pathlib import Path
from typing import Annotated, Any

import typer

from app import show
from app.feed import follow
from app.i18n import _
from app.memory import Spare, few_heaps, forget_names
from app.places import Places
from domain.errors import Unavailable

AGAIN = 5.0
"""Seconds until serve tries again to start."""


def add(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command("serve", help=_("启动：监视窗口文件夹，识别、归档、建立索引。"), epilog=_("示例：casefile --data ./data serve"))(serve)
    app.command(
        "worker",
        help=_("再启动一个处理进程：只识别、归档已收齐的批次（需要 PostgreSQL；可启动多个）。"),
        epilog=_("示例：casefile --data /srv/data worker"),
    )(worker)
    app.command(
        "intake",
        help=_("直接收件：把给出的文件或文件夹当作扫描件收入。"),
        epilog=_("示例：casefile --data ./data intake scan.pdf --window W01 --wait"),
    )(intake)
    app.command("events", help=_("显示正在发生的事。"), epilog=_("示例：casefile --data ./data events --follow --json"))(events)


def _until_told() -> threading.Event:
    """What is set when the process is told to end. It may be long till then, so memory is bounded first."""
    few_heaps()
    forget_names()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    return stop


def serve(
    context: typer.Context,
    no_web: Annotated[bool, typer.Option("--no-web", help=_("不启动网页（本版本还没有网页）"))] = False,
) -> None:
    """Watch the windows until told to stop. Where the disk cannot be written at the start, or a part stops for it, try again and again."""
    from app.wiring import open_house  # heavy libraries only where they are needed

    stop, spare = _until_told(), Spare()
    pause, said = 0.0, ""
    while not stop.wait(pause):
        try:
            with open_house(context.obj, exclusive=True) as house:
                house.start()
                windows = ", ".join(house.windows()) or "-"
                show.err.print(
                    _("casefile 已启动。数据文件夹 {data}；窗口 {windows}。按 Ctrl-C 停止。").format(data=context.obj, windows=windows)
                )
                said = ""
                while not stop.wait(0.5):
                    house.check()
                    spare.give_back()
                show.err.print(_("正在停止，未完成的工作下次启动时继续。"))
        except Unavailable as error:  # no room, a disk that fails: it passes, and nobody should have to start this again
            pause = AGAIN
            if str(error) != said:
                said = str(error)
                show.err.print(_("现在不能工作，{seconds:g} 秒后自动重试：{error}").format(seconds=AGAIN, error=said), markup=False)


def worker(context: typer.Context) -> None:
    """Read and archive closed batches beside `serve` and other workers, until told to stop. PostgreSQL only."""
    from app.wiring import open_house

    stop, spare = _until_told(), Spare()
    with open_house(context.obj) as house:
        house.start_worker()
        show.err.print(_("处理进程已启动。数据文件夹 {data}。按 Ctrl-C 停止。").format(data=context.obj))
        while not stop.wait(0.5):
            house.check()
            spare.give_back()
        show.err.print(_("正在停止，未完成的工作由其他处理进程继续。"))


def intake(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(callback=show.all_there, help=_("文件或文件夹；一个文件夹是一批"))] = None,
    *,
    window: Annotated[str, typer.Option(help=_("窗口，例如 W01"))],
    wait: Annotated[bool, typer.Option("--wait", help=_("等到全部处理完"))] = False,
    close: Annotated[str | None, typer.Option(help=_("不再等待：关闭该窗口里这个文件夹的批次"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("以 JSON 输出"))] = False,
) -> None:
    """Take the given files in; the originals stay where they are. Exit 1 if any was refused."""
    from app.taking import close_folder, take_in

    if close is not None:
        close_folder(context.obj, window, close)
    results = take_in(context.obj, paths, window, wait) if paths else []
    for result in results:
        if as_json:
            show.line(result)
        else:
            show.out.print(f"{result['receipt']}  {result['state']}")
    if any(result["state"] == "quarantined" for result in results):
        raise typer.Exit(show.FOUND)


def events(
    context: typer.Context,
    keep_on: Annotated[bool, typer.Option("--follow", help=_("一直等新的事件"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("以 JSON 输出"))] = False,
) -> None:
    """The feed: from the start, or with --follow each new line as it comes."""
    try:
        for fact in follow(Places(context.obj).feed, from_start=not keep_on, keep_on=keep_on):
            if as_json:
                show.line(fact)
            else:
                show.out.print(_sentence(fact), markup=False)
    except KeyboardInterrupt:
        raise typer.Exit(show.INTERRUPTED) from None


def _sentence(fact: dict[str, Any]) -> str:
    rest = "  ".join(f"{name}={value}" for name, value in fact.items() if name not in ("event", "at"))
    return f"{fact['at'][:19]}  {fact['event']:<9} {rest}"
