"""`checkpoint` and `witness`: what is kept of the ledger outside its data folder."""

import logging
import pwd
import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from app import show
from app.i18n import _
from domain.errors import Misconfigured


def add(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command(
        "checkpoint",
        help=_("显示账本现在的条数和根，抄下或寄出，日后用 verify --against 对照。"),
        epilog=_("示例：casefile --data ./data checkpoint"),
    )(checkpoint)
    app.command(
        "witness",
        help=_("作见证人：以另一个用户运行，保存并签署账本的检查点，拒绝被改写过的账本。"),
        epilog=_("示例：casefile witness /var/lib/casefile-witness --listen unix:/run/casefile-witness/socket --from casefile"),
    )(witness)


def checkpoint(context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help=_("以 JSON 输出"))] = False) -> None:
    """Print the ledger's size and root, as a note others can keep."""
    from app.settings import load
    from app.witness.report import checkpoint as look

    facts = look(context.obj, load(context.obj).witness)
    if as_json:
        show.line(facts)
        return
    show.out.print(facts["note"], end="", markup=False)
    show.out.print(f"{facts['size']}:{facts['root']}", markup=False)
    if facts["witnessed"] is None:
        show.err.print(_("还没有见证过。"))
    else:
        told = _("{witnessed} 条已于 {at} 见证；此后又有 {since} 条。")
        show.err.print(told.format(witnessed=facts["witnessed"], at=facts["at"], since=facts["size"] - facts["witnessed"]))


def witness(
    folder: Annotated[Path, typer.Argument(help=_("见证人自己的文件夹，casefile 的用户不可写"), metavar="DIR")],
    listen: Annotated[
        str, typer.Option(help=_("在哪里听：unix:/路径，或本机的 http://127.0.0.1:端口"), metavar="unix:PATH|http://HOST:PORT")
    ],
    users: Annotated[list[str] | None, typer.Option("--from", help=_("可以提交检查点的用户（Unix 套接字）"), metavar="USER")] = None,
    new: Annotated[list[str] | None, typer.Option("--new", help=_("首次信任这个账本（checkpoint 显示的第一行）"), metavar="ORIGIN")] = None,
    name: Annotated[str, typer.Option(help=_("见证人的名字，首次启动时写进公钥"))] = "casefile/witness",
) -> None:
    """Keep and sign checkpoints until told to stop."""
    from app.witness.exchange import Place
    from app.witness.serve import listening, serve
    from archive.atomic import make_folder
    from archive.witness import WitnessBook
    from domain.clock import SystemClock

    place = Place.parse(listen)
    if place.path and not users:
        raise Misconfigured("--from: name the user that casefile runs as; on a Unix socket only users named may submit")
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    from app.wiring import lock

    try:
        make_folder(folder)
        held = lock(folder / "lock")
        with held:
            book = WitnessBook(folder, SystemClock(), name, new or ())
            with listening(place) as server:
                if book.torn:
                    show.err.print(_("上次中断时没写完的 {count} 字节已舍去。").format(count=book.torn))
                show.err.print(_("见证人已启动，听于 {place}。witness.key = {key}").format(place=place, key=book.key), markup=False)
                serve(server, book, {_user(each) for each in users or ()}, stop)
    except PermissionError as error:
        raise Misconfigured(f"{folder} cannot be written by this user: {error.strerror}") from error


def _user(name: str) -> int:
    """The id of a user, given by name or as a number."""
    if name.isdigit():
        return int(name)
    try:
        return pwd.getpwnam(name).pw_uid
    except KeyError:
        raise Misconfigured(f"--from: there is no user {name}") from None
