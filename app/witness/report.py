"""What is said to people of the ledger's checkpoint and of the witness."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.i18n import _
from app.places import Places
from app.settings import Witness
from app.witness.exchange import Place
from app.witness.outside import keys_of
from app.witness.schedule import TRIES
from app.witness.state import State
from archive.notes import Tree, origin_of
from archive.witnessed import WitnessedFile, durable_size, ledger_id, tree_at
from domain.clock import SystemClock
from domain.errors import NotFound


def checkpoint(data: Path, settings: Witness) -> dict[str, Any]:
    """The ledger as it stands, in a form to be kept elsewhere: `origin`, `size`, `root`, `note`; `witnessed` events and `at`, or null.

    Raises:
        NotFound: there is no ledger yet. Corrupt: the journal cannot be read. Unavailable.
    """
    folder = Places(data).ledger
    ledger = ledger_id(folder)
    tree = tree_at(folder, durable_size(folder)) if ledger else None
    if ledger is None or tree is None:
        raise NotFound(f"there is no ledger in {data} yet")
    origin = origin_of(ledger, settings.restored)
    last = WitnessedFile(folder).last(origin, keys_of(settings))
    return {
        "origin": origin,
        "size": tree.size,
        "root": tree.root().hex(),
        "note": Tree(origin, tree.size, tree.root()).body(),
        "witnessed": last.tree.size if last else None,
        "at": moment(last.at) if last else None,
    }


def moment(seconds: int) -> str:
    """Seconds since 1970 as UTC for people."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def standing(data: Path, settings: Witness) -> tuple[str, str, str]:
    """How it stands with the witness: state (ok, note, bad), what was found, what to do."""
    begin = _("另设一个用户运行 casefile witness，再设置 witness.url 和 witness.key，见 docs/operations.md")
    if not settings.url:
        return "note", _("没有：数据文件夹之外无人见过账本"), begin
    Place.parse(settings.url)
    folder = Places(data).ledger
    ledger = ledger_id(folder)
    keys = keys_of(settings)
    last = WitnessedFile(folder).last(origin_of(ledger, settings.restored), keys) if ledger else None
    state = State(Places(data).witness, SystemClock())
    facts, tries = state.facts, state.tries
    found = _("还没有见证过")
    if last is not None:
        since = durable_size(folder, last.tree.size) - last.tree.size
        if since < 0:
            shorter = _("账本只有 {have} 条，比见证过的 {size} 条少").format(have=last.tree.size + since, size=last.tree.size)
            return "bad", shorter, _("保留现场，运行 verify --against，见 docs/operations.md")
        found = _("{size} 条于 {at} 见证，此后又有 {since} 条").format(size=last.tree.size, at=moment(last.at), since=since)
    if not tries:
        return ("ok", found, "") if last else ("note", found, _("启动 serve"))
    told = _("{found}；自 {since} 起 {tries} 次没有成功：{why}").format(
        found=found, since=facts.get("since", "?"), tries=tries, why=facts.get("why", "?")
    )
    if facts.get("declined"):
        return "bad", told, _("见证人拒绝签字：保留现场，运行 verify --against，见 docs/operations.md")
    return "bad" if tries >= TRIES else "note", told, _("查看见证人是否在运行")
