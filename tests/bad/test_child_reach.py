"""What a child process that a hostile file has taken over can still touch: its own tray, and nothing else of this machine's people."""

import os
import threading
import time
from pathlib import Path

import psutil
import pytest

from app.confine import DENIED
from app.landlock import level
from app.limited import AT_MOST
from app.sandbox import ChildPool
from app.tray import Trays
from domain.errors import Refused, Unavailable
from domain.ports import ToRead, ToWrite
from domain.reasons import Reason
from tests.fakes import tasks

CONFINED = pytest.mark.skipif(level() < 3, reason="this kernel has no Landlock, or an old one: children read what their user reads")
SCOPED = pytest.mark.skipif(level() < 6, reason="this kernel cannot keep signals inside (Linux 6.12)")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("reach") / "data"


@pytest.fixture(scope="module")
def pool(data):
    pool = ChildPool(1, 1 << 31, 30, (tasks.__name__,), place=data / "derived" / "work" / "children")
    yield pool
    pool.close()


@pytest.fixture
def house(data):
    """A data folder as a child would like to find it."""
    for name in (
        "keys/keys.jsonl",
        "ledger/00000001.jsonl",
        "store/aa/aa.pdf",
        "inbox/W01/张三.pdf",
        "derived/casefile.db",
        "casefile.toml",
    ):
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"private")
    return data


@CONFINED
@pytest.mark.parametrize("what", [name for name in tasks.ATTEMPTS if name not in ("list", "create", "make a folder", "make a pipe")])
@pytest.mark.parametrize("name", ["keys/keys.jsonl", "ledger/00000001.jsonl", "store/aa/aa.pdf", "derived/casefile.db"])
def test_a_child_touches_no_file_of_the_data_folder(pool, house, what, name):
    if what == "run a program on":
        with pytest.raises(Refused):
            pool.run(tasks.attempt, what, str(house / name))
    else:
        assert pool.run(tasks.attempt, what, str(house / name)) in ("PermissionError", "OSError")
    assert (house / name).read_bytes() == b"private"
    assert not os.listxattr(house / name)


@CONFINED
@pytest.mark.parametrize("what", ["list", "create"])
@pytest.mark.parametrize(
    "name", ["", "inbox", "inbox/W01", "keys", "ledger", "store/aa", "derived", "derived/work", "derived/work/children"]
)
def test_a_child_lists_no_folder_and_leaves_nothing_in_one(pool, house, what, name):
    assert pool.run(tasks.attempt, what, str(house / name)) == "PermissionError"


@CONFINED
@pytest.mark.parametrize(
    "path", ["/etc/passwd", "/etc/shadow", "/etc/hostname", "/proc/1/environ", f"/proc/{os.getpid()}/environ", "/root", "/home"]
)
def test_a_child_reads_nothing_of_the_machine_that_is_not_a_program(pool, path):
    what = "list" if Path(path).is_dir() else "read"
    assert pool.run(tasks.attempt, what, path) in ("PermissionError", "FileNotFoundError")


@CONFINED
@pytest.mark.parametrize("what", ["make a folder", "make a pipe", "link by symbol"])
def test_a_child_makes_plain_files_only_even_in_its_own_tray(pool, what):
    assert pool.run(tasks.attempt, what, "/etc/passwd") == "PermissionError"


@CONFINED
def test_what_a_child_is_given_it_reads_and_cannot_change(pool, house):
    given = house / "store/aa/aa.pdf"
    assert pool.run(tasks.attempt, "read", ToRead(given)) == "done"
    for what in ("append", "empty", "empty by opening", "change mode", "remove", "rename", "link", "change times"):
        assert pool.run(tasks.attempt, what, ToRead(given)) in ("PermissionError", "OSError"), what
    assert given.read_bytes() == b"private"
    assert pool.run(tasks.attempt, "read", str(given)) == "PermissionError", "only by the path it was given"


def test_files_are_handed_over_and_fetched_and_the_tray_is_empty_afterwards(pool, house, tmp_path):
    out = tmp_path / "out.pdf"
    assert pool.run(tasks.read_and_write, ToRead(house / "store/aa/aa.pdf"), ToWrite(out)) == 7
    assert out.read_bytes() == b"private"
    assert (house / "store/aa/aa.pdf").stat().st_nlink == 1
    assert not [p for p in (house / "derived/work/children").rglob("*") if p.is_file()]


def test_what_a_task_that_failed_was_given_is_taken_away(pool, house):
    with pytest.raises(Refused):
        pool.run(tasks.read_and_write, ToRead(house / "store/aa/aa.pdf"), "/nowhere/at/all")
    assert not [p for p in (house / "derived/work/children").rglob("*") if p.is_file()]


@pytest.mark.parametrize("ends", [tasks.wait_with, tasks.crash_with])
def test_a_child_that_ends_in_the_middle_of_a_file_is_a_refusal_like_any_other(pool, house, ends):
    with pytest.raises(Refused) as caught:
        pool.run(ends, ToRead(house / "store/aa/aa.pdf"), timeout=1)
    assert caught.value.reason in (Reason.TOOK_TOO_LONG, Reason.READER_FAILED)
    assert pool.run(tasks.add, 1, 1) == 2
    assert (house / "store/aa/aa.pdf").read_bytes() == b"private"


def test_a_result_that_is_no_plain_file_of_its_own_is_not_fetched(house, tmp_path):
    """Where there is no Landlock a child can plant a link; it must not become a file of ours."""
    trays = Trays(tmp_path / "trays")
    tray = trays.new()
    for plant in (lambda place: Path(place).symlink_to(house / "keys/keys.jsonl"), os.mkfifo):
        place = tray.want(str(tmp_path / "out"))
        plant(place)
        with pytest.raises(Refused) as caught:
            tray.fetch()
        assert caught.value.reason is Reason.READER_FAILED
        tray.clear()
    assert not (tmp_path / "out").exists()
    trays.close()


def test_a_file_that_is_gone_is_the_worlds_fault(pool, tmp_path):
    with pytest.raises(Unavailable):
        pool.run(tasks.attempt, "read", ToRead(tmp_path / "gone"))
    assert pool.run(tasks.add, 1, 1) == 2


def test_trays_of_a_killed_process_are_swept_and_those_in_use_are_not(tmp_path):
    left = tmp_path / "0123456789abcdef" / "1" / "given"
    left.mkdir(parents=True)
    (left / "0.pdf").write_bytes(b"x")
    one = Trays(tmp_path)
    tray = one.new()
    two = Trays(tmp_path)
    assert not left.exists()
    assert tray.given.exists()
    one.close()
    two.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_PACKET", "AF_VSOCK", "pair", "watch"])
def test_a_child_opens_no_socket_and_watches_no_folder(pool, kind):
    assert pool.run(tasks.reach, kind, 0) == "PermissionError"


@pytest.mark.parametrize("kind", ["leave the group", "begin a session", "memory of nobody"])
def test_a_child_stays_in_its_group_and_holds_no_memory_that_is_not_counted(pool, kind):
    assert pool.run(tasks.reach, kind, 0) == "PermissionError"


def test_what_an_ended_program_left_behind_counts_for_the_child_and_ends_with_it(pool):
    left = pool.run(tasks.leave_behind)
    assert psutil.Process(left).ppid() == pool.run(tasks.pid)
    with pytest.raises(Refused):
        pool.run(tasks.crash)
    until = time.monotonic() + 10
    while psutil.pid_exists(left) and psutil.Process(left).status() != psutil.STATUS_ZOMBIE and time.monotonic() < until:
        time.sleep(0.05)
    assert not psutil.pid_exists(left) or psutil.Process(left).status() == psutil.STATUS_ZOMBIE


def test_a_child_bounds_itself_but_no_other_process(pool):
    assert pool.run(tasks.reach, "bound", os.getpid()) == "PermissionError"
    assert pool.run(tasks.reach, "bound", 0) == "done"


@SCOPED
def test_a_child_signals_no_process_outside(pool):
    assert pool.run(tasks.reach, "signal", os.getpid()) == "PermissionError"


def test_a_child_knows_no_secret_of_its_parents_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEFILE_SEARCH_URL", "https://user:secret@localhost")
    monkeypatch.setenv("CASEFILE_DATABASE_URL", "postgresql://desk:secret@db/casefile")
    monkeypatch.setenv("PGPASSWORD", "secret")
    pool = ChildPool(1, 1 << 31, 30, (tasks.__name__,), place=tmp_path)
    known = pool.run(tasks.environment)
    pool.close()
    assert "HOME" in known
    assert not [name for name in known if name.startswith(("CASEFILE_", "PG"))]


@pytest.mark.slow
def test_a_child_and_what_it_starts_hold_no_more_than_its_memory_though_it_may_ask_for_more(tmp_path):
    pool = ChildPool(1, 4 << 30, 60, (tasks.__name__,), memory=600_000_000, place=tmp_path)
    peak, done = [0], threading.Event()

    def watch():
        while not done.wait(0.005):
            for pid in [p.name for p in Path("/proc").iterdir() if p.name.isdigit()]:
                try:
                    status = Path(f"/proc/{pid}/status").read_text()
                except OSError:
                    continue
                if f"PPid:\t{os.getpid()}\n" in status and "VmHWM" in status:
                    peak[0] = max(peak[0], int(status.split("VmHWM:")[1].split()[0]) * 1024)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        assert pool.run(tasks.fill, 200) == 200
        assert pool.run(tasks.ask_for, 900) == 900, "what is asked for and not filled is not held"
        for task, rest, bound in ((tasks.fill, 40, 660_000_000), (tasks.fill, 0, AT_MOST * 600_000_000), (tasks.start_and_fill, 0, None)):
            with pytest.raises(Refused) as caught:
                pool.run(task, 2000, rest)
            assert bound is None or peak[0] <= bound
            assert caught.value.reason is Reason.TOOK_TOO_MUCH_MEMORY
            assert caught.value.facts["step"] == task.__qualname__
            assert pool.run(tasks.fill, 200) == 200
    finally:
        done.set()
        watcher.join()
        pool.close()
    assert peak[0] > 200 << 20


def test_every_forbidden_call_has_a_number_for_both_processors():
    x86 = [numbers[0] for numbers in DENIED.values()]
    arm = [numbers[1] for numbers in DENIED.values() if len(numbers) == 2]
    assert len(set(x86)) == len(x86)
    assert len(set(arm)) == len(arm)
