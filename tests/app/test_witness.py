"""Casefile and its witness: what is signed, what is refused, what is said of it, and that nobody can stop casefile by merely answering."""

import contextlib
import errno
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.settings import Witness
from app.witness.exchange import MOST_BYTES, Answer, Caller, Place, parse_question, question
from app.witness.report import standing
from app.witness.schedule import Schedule
from app.witness.serve import listening, serve
from app.witness.state import State
from app.witness.submit import Declined
from archive.books import Books as OpenBooks
from archive.notes import Key, Tree
from archive.segments import WITNESSED
from archive.witness import WitnessBook
from archive.witnessed import WitnessedFile, durable_size
from domain.errors import Corrupt, Misconfigured, Unavailable
from tests.fakes.kept import house
from tests.fakes.stillclock import StillClock
from tests.fakes.witnessed import Books, answering, submitter

ROOT = Path(__file__).resolve().parents[2]
ME = os.getuid()


@pytest.fixture
def books(tmp_path):
    made = Books(tmp_path / "data")
    made.grow(99)
    return made


@pytest.fixture
def place(tmp_path):
    return f"unix:{tmp_path}/socket"


@pytest.fixture
def witness(tmp_path, place, books):
    with answering(tmp_path / "witness", place, {ME}, [books.origin]) as book:
        yield book


def copy(books, to):
    """The data folder as it is now, as somebody else's copy; it can grow by itself."""
    shutil.copytree(books.folder.parent, to)
    other = Books(to)
    other.ledger.append([])
    other.ledger._events = list(books.ledger._events)
    return other


class Feed:
    def __init__(self):
        self.told = []

    def tell(self, event, **facts):
        self.told.append((event, facts))


def test_the_ledger_is_shown_again_and_again_and_only_what_is_new_is_read(books, place, witness, monkeypatch):
    mine = submitter(books.folder.parent, place, [witness.key])
    sizes = []
    for more in (0, 1, 0, 500, 27):
        if more:
            books.grow(more)
        note = mine.submit()
        assert note.by([witness.key])
        sizes.append(note.tree.size)
    assert sizes == [100, 101, 101, 601, 628]
    assert [line for line in (books.folder / WITNESSED).read_text().splitlines() if line.isdigit()] == ["100", "101", "601", "628"]
    books.grow(2)
    from app.witness import submit

    asked = []
    read = submit.read_leaves
    monkeypatch.setattr(submit, "read_leaves", lambda folder, after: asked.append(after) or read(folder, after))
    monkeypatch.setattr(submit, "tree_at", lambda *_: pytest.fail("the old leaves were read again"))
    assert mine.submit().tree.size == 630
    assert asked == [628]


def test_a_lost_state_and_a_lost_answer_are_made_up_for(books, place, witness, tmp_path):
    submitter(books.folder.parent, place, [witness.key]).submit()
    books.grow(10)
    submitter(books.folder.parent, place, [witness.key]).submit()
    (books.folder / WITNESSED).unlink()  # or: killed between the witness's answer and writing it down
    (books.folder.parent / "witness.json").unlink()
    books.grow(10)
    note = submitter(books.folder.parent, place, [witness.key]).submit()
    assert note.tree.size == 120
    assert WitnessedFile(books.folder).last(books.origin, [witness.key]) == note


def test_of_two_copies_that_went_their_own_ways_the_second_is_refused(books, place, witness, tmp_path):
    other = copy(books, tmp_path / "other")
    submitter(books.folder.parent, place, [witness.key]).submit()
    books.grow(5)
    submitter(books.folder.parent, place, [witness.key]).submit()
    other.grow(7, "otherwise")
    with pytest.raises(Corrupt, match="the first 105 events are not those that were witnessed"):
        submitter(other.folder.parent, place, [witness.key]).submit()
    assert witness.last[books.origin].tree.size == 105


def put_back(data, older):
    """The journal in `data` becomes that of `older`; what was witnessed and what is derived stay."""
    for path in data.glob("ledger/*.jsonl"):
        path.unlink()
    for path in older.glob("ledger/*.jsonl"):
        shutil.copy(path, data / "ledger")


@pytest.mark.parametrize("sizes", [(99, 50), (1, 1)])
def test_a_journal_put_back_older_is_noticed_although_everything_beside_it_is_new(tmp_path, place, sizes):
    books = Books(tmp_path / "data")
    books.grow(sizes[0])
    older = copy(books, tmp_path / "older")
    with answering(tmp_path / "witness", place, {ME}, [books.origin]) as witness:
        books.grow(sizes[1])
        running = submitter(tmp_path / "data", place, [witness.key])
        size = running.submit().tree.size
        put_back(tmp_path / "data", tmp_path / "older")
        for each in (running, submitter(tmp_path / "data", place, [witness.key])):
            with pytest.raises(Corrupt, match=rf"older than the witnessed size {size}: it has {sizes[0] + 1} events"):
                each.submit()
        assert durable_size(books.folder, size) == durable_size(books.folder) == durable_size(older.folder, 3) == sizes[0] + 1
        assert standing(tmp_path / "data", Witness(url=place, key=str(witness.key)))[0] == "bad"


def test_how_many_events_a_journal_really_has_is_counted_wherever_one_looks_from(tmp_path):
    line = b"event\t" + b"0" * 64 + b"\n"
    for have in (0, 1, 9_999, 10_000, 10_001, 20_000, 25_000):
        folder = tmp_path / str(have)
        folder.mkdir()
        for first in range(1, have + 1, 10_000):
            (folder / f"{first:08d}.jsonl").write_bytes(line * min(10_000, have - first + 1))
        for after in (0, 1, 9_999, 10_000, 10_001, 19_999, 20_000, 20_001, 25_000, 25_001, 30_001, 99_999):
            assert durable_size(folder, after) == have


def test_a_journal_of_the_same_length_that_went_its_own_way_is_noticed_by_the_next_process(books, place, witness, tmp_path):
    other = copy(books, tmp_path / "other")
    books.grow(5)
    submitter(books.folder.parent, place, [witness.key]).submit()
    other.grow(5, "otherwise")
    put_back(books.folder.parent, other.folder.parent)
    with pytest.raises(Corrupt, match="the first 105 events are not those that were witnessed"):
        submitter(books.folder.parent, place, [witness.key]).submit()


def test_while_the_witness_is_out_of_reach_the_old_leaves_are_not_read_at_each_try(books, place, witness, monkeypatch):
    from app.witness import submit

    submitter(books.folder.parent, place, [witness.key]).submit()
    read, times = submit.tree_at, []
    monkeypatch.setattr(submit, "tree_at", lambda *a: times.append(a) or read(*a))
    mine = submitter(books.folder.parent, "unix:/nowhere", [witness.key])
    for _ in range(3):
        with pytest.raises(Unavailable):
            mine.submit()
    assert len(times) == 1


def test_an_older_copy_is_refused_with_a_sentence_until_somebody_decides_for_it(books, place, witness, tmp_path):
    older = copy(books, tmp_path / "older")
    books.grow(50)
    submitter(books.folder.parent, place, [witness.key]).submit()
    with pytest.raises(Corrupt, match=r"the ledger is older than the witnessed size 150: it has 100 events; .*witness.restored"):
        submitter(older.folder.parent, place, [witness.key]).submit()
    again = submitter(older.folder.parent, place, [witness.key], restored=1)
    with pytest.raises(Declined, match="--new"):
        again.submit()  # the setting alone is not enough: the witness must be told too
    witness._new.add(f"{books.origin}/restored-1")
    assert again.submit().tree.size == 100
    older.grow(3, "otherwise")
    assert again.submit().tree.size == 103
    assert witness.last[books.origin].tree.size == 150  # what was witnessed before stays on record


def test_a_rewritten_ledger_is_told_from_one_that_grew_by_the_next_submission(books, place, witness, tmp_path):
    submitter(books.folder.parent, place, [witness.key]).submit()
    forged = Books(tmp_path / "forged")
    forged.grow(99, "forged")
    shutil.rmtree(books.folder)
    shutil.copytree(forged.folder, books.folder)  # with an id of its own: another ledger
    with pytest.raises(Declined, match="unknown ledger"):
        submitter(books.folder.parent, place, [witness.key]).submit()


def test_whoever_answers_without_the_key_is_noticed_and_cannot_stop_casefile(books, tmp_path):
    """A false witness: it refuses, and shows checkpoints of its own making."""
    true = WitnessBook(tmp_path / "true", StillClock())
    place = f"http://127.0.0.1:{free_port()}"
    with answering(tmp_path / "false", place, set(), [books.origin]) as false:
        false.add(0, [], Tree(books.origin, 5000, bytes(32)))
        mine = submitter(books.folder.parent, place, [true.key])
        with pytest.raises(Declined, match="another key"):
            mine.submit()
    assert not (books.folder / WITNESSED).exists()


@contextlib.contextmanager
def saying(place, *answers):
    """Somebody who answers at `place` with these parts, whatever is asked, half a second between them; who hangs up is let go."""

    def say():
        while True:
            with contextlib.suppress(OSError):
                connection, _ = server.accept()
                with connection:
                    connection.recv(1 << 16)
                    for number, answer in enumerate(answers):
                        connection.sendall(answer)
                        if ended.wait(0.5 if number + 1 < len(answers) else 0):
                            return
            if ended.is_set():
                return

    ended = threading.Event()
    with listening(Place.parse(place)) as server:
        server.settimeout(0.2)
        thread = threading.Thread(target=say)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


@pytest.mark.parametrize(
    "text", ["", "yes\n", "— test/witness AAAA\n", "— test/witness " + "A" * 102 + "==\n\n", "\N{LEFT-TO-RIGHT MARK}" * 9]
)
def test_a_signature_that_is_none_is_a_refusal_told_at_once(books, place, tmp_path, text):
    data = text.encode()
    key = WitnessBook(tmp_path / "true", StillClock()).key
    feed, state = Feed(), State(tmp_path / "state", StillClock())
    with saying(place, b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(data), data)):
        mine = submitter(books.folder.parent, place, [key])
        with pytest.raises(Declined, match="no signature"):
            mine.submit()
        schedule = Schedule(mine, state, feed, 600)
        assert not schedule.once()
    assert [facts["what"] for _, facts in feed.told] == ["witness-declines"]
    assert (schedule.fault, state.facts["declined"]) == (None, True)


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.EMFILE, "too many", "/inbox/W01/private.pdf"),
        OSError(errno.EIO, "bad disk", "/inbox/W01/private.pdf"),
        PermissionError(errno.EACCES, "not yours", "/inbox/W01/private.pdf"),
        ValueError("private"),
        RuntimeError("private"),
    ],
)
def test_whatever_goes_wrong_is_told_and_tried_again_and_does_not_end_the_thread(
    books, place, witness, tmp_path, monkeypatch, caplog, fault
):
    from app.witness import submit

    def fail(*_):
        raise fault

    feed, state = Feed(), State(tmp_path / "state", StillClock())
    schedule = Schedule(submitter(books.folder.parent, place, [witness.key]), state, feed, 0.01)
    monkeypatch.setattr(submit, "read_leaves", fail)
    end = schedule.start()
    until(lambda: state.tries >= 5)
    assert [(facts["what"], facts["tries"]) for _, facts in feed.told] == [("witness-unavailable", 3)]
    assert "private" not in caplog.text + str(feed.told) + str(state.facts)
    monkeypatch.undo()
    until(lambda: books.origin in witness.last)
    monkeypatch.setattr(submit, "read_leaves", fail)
    books.grow(1)
    end()  # raises nothing, or what comes after it would not be ended
    assert schedule.fault is None


def until(holds, seconds=20):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_part_whose_end_fails_keeps_no_other_from_its_end(tmp_path, monkeypatch):
    ended = []

    def failing():
        raise RuntimeError("second")

    with house(tmp_path / "data") as found:
        monkeypatch.setattr(OpenBooks, "close", lambda _: ended.append("books"))
        found._ends = [lambda: ended.append("first"), failing, lambda: ended.append("third")]
        with pytest.raises(RuntimeError, match="second"):
            found.close()
        assert ended == ["third", "first", "books"]
        monkeypatch.undo()


@pytest.mark.parametrize("kept", ["[]", "{", '{"tries": "many", "since": 5}', '{"tries": null}'])
def test_a_note_of_how_it_stands_that_makes_no_sense_is_none(books, tmp_path, kept):
    (tmp_path / "state").write_text(kept)
    state = State(tmp_path / "state", StillClock())
    assert state.failed(Unavailable("out of reach"), declined=False) == 1
    assert State(tmp_path, StillClock()).facts == {}  # what cannot be read neither


def test_who_shows_an_old_checkpoint_again_and_again_does_not_make_the_file_grow(books, place, witness, tmp_path):
    mine = submitter(books.folder.parent, place, [witness.key])
    old = mine.submit()
    books.grow(5)
    mine.submit()
    kept = (books.folder / WITNESSED).read_bytes()
    books.grow(5)

    class Replaying(Caller):
        def add(self, *_):
            return Answer(409, "100\n")

        def last(self, origin):
            return old

    mine._caller = Replaying(Place.parse(place))
    for _ in range(3):
        with pytest.raises(Declined, match="does not sign"):
            mine.submit()
    assert (books.folder / WITNESSED).read_bytes() == kept


def test_a_user_who_is_not_named_may_not_ask(books, tmp_path, place):
    with answering(tmp_path / "witness", place, {ME + 1}, [books.origin]) as book, pytest.raises(Declined, match="403"):
        submitter(books.folder.parent, place, [book.key]).submit()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def raw(place):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(20)
        connection.connect(place.removeprefix("unix:"))
        yield connection


def ask(place, data):
    with raw(place) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while part := connection.recv(4096):
            answer += part
        return int(answer.split()[1]), answer.partition(b"\r\n\r\n")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n",
        b"DELETE /add-checkpoint HTTP/1.1\r\n\r\n",
        b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 99999999\r\n\r\nold 0\n",
        b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        b"POST /add-checkpoint HTTP/1.1\r\n\r\n",
        b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 7\r\n\r\nold 1\n\n",
        b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 9\r\n\r\nold \xff\xff\xff\n\n",
        b"x" * (2 * MOST_BYTES),
        bytes(range(256)) * 10,
    ],
)
def test_what_is_no_question_is_refused_and_the_witness_goes_on(books, place, witness, data):
    with contextlib.suppress(ConnectionResetError, BrokenPipeError):
        assert ask(place, data)[0] == 400
    assert submitter(books.folder.parent, place, [witness.key]).submit().tree.size == 100


def test_the_answers_are_those_of_the_standard(books, place, witness):
    mine = submitter(books.folder.parent, place, [witness.key])
    caller = Caller(Place.parse(place))
    tree = mine.submit().tree
    assert caller.add(0, [], Tree("casefile/unknown", 5, bytes(32))).status == 404
    status, answer = ask(place, post(question(0, [], Tree(books.origin, 200, bytes(32)))))
    assert (status, answer[2]) == (409, b"100\n")
    assert b"Content-Type: text/x.tlog.size\r\n" in answer[0] + b"\r\n"
    assert caller.add(100, [], Tree(books.origin, 100, bytes(32))).status == 409
    assert caller.add(100, [bytes(32)], Tree(books.origin, 200, bytes(32))).status == 422
    assert caller.add(300, [], Tree(books.origin, 200, bytes(32))).status == 400
    assert caller.add(100, [bytes(32)] * 64, Tree(books.origin, 200, bytes(32))).status == 400
    answer = caller.add(100, [], tree)
    assert answer.status == 200
    assert answer.text.startswith("— test/witness ")
    signed = question(100, [], tree) + b"\xe2\x80\x94 casefile/someone AAAAAAAA\n"
    assert parse_question(signed) == (100, [], tree)  # a log's own signature is passed over


def post(body):
    return b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def test_one_who_is_slow_is_let_go_and_the_next_is_served(books, place, witness, monkeypatch):
    from app.witness import serve as module

    monkeypatch.setattr(module, "SECONDS", 0.5)
    with raw(place) as slow:
        slow.sendall(b"POST /add-ch")
        begun = time.monotonic()
        assert submitter(books.folder.parent, place, [witness.key]).submit().tree.size == 100
        assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("unix", "answers"),
    [
        (True, [b"HTTP/1.1 200 OK\r\n", *[b"X-Wait: yes\r\n"] * 60]),
        (True, [b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", *[b"y"] * 60]),
        (True, [b"HTTP/1.1 100 Continue\r\n\r\n" * 50_000] * 60),
        (False, [b"HTTP/1.1 100 Continue\r\n\r\n"] * 60),
    ],
    ids=["headers", "body", "flood", "continue"],
)
def test_who_answers_byte_by_byte_is_given_up_in_time_and_a_stop_does_not_wait_for_him(books, tmp_path, answers, unix):
    place = f"unix:{tmp_path}/slow" if unix else f"http://127.0.0.1:{free_port()}"
    key = WitnessBook(tmp_path / "true", StillClock()).key
    mine = submitter(books.folder.parent, place, [key])
    mine._caller = caller = Caller(Place.parse(place), 0.7)
    with saying(place, *answers):
        begun = time.monotonic()
        for question in (mine.submit, lambda: caller.last(books.origin)):
            with pytest.raises(Unavailable, match="does not answer"):
                question()
        end = Schedule(mine, State(tmp_path / "state", StillClock()), Feed(), 600).start()
        end()
        assert time.monotonic() - begun < 15


def test_only_loopback_is_listened_on():
    with pytest.raises(Misconfigured, match="loopback"), listening(Place.parse("http://0.0.0.0:0")):
        pass


def test_a_file_in_the_sockets_place_is_left_alone_and_a_dead_socket_is_not(tmp_path):
    path = tmp_path / "socket"
    path.write_text("somebody's")
    with pytest.raises(Misconfigured, match="no socket"), listening(Place(path=str(path))):
        pass
    assert path.read_text() == "somebody's"
    path.unlink()
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    with listening(Place(path=str(path))), pytest.raises(Misconfigured, match="another witness"), listening(Place(path=str(path))):
        pass


def test_out_of_reach_is_told_at_the_third_try_and_the_ledger_goes_on(books, place, tmp_path):
    key = WitnessBook(tmp_path / "witness", StillClock()).key
    state, feed = State(tmp_path / "data" / "witness.json", StillClock()), Feed()
    mine = submitter(books.folder.parent, place, [key])
    schedule = Schedule(mine, state, feed, 600)
    assert [schedule.once() for _ in range(4)] == [False] * 4
    assert [(event, facts["what"], facts["tries"]) for event, facts in feed.told] == [("notice", "witness-unavailable", 3)]
    assert schedule.fault is None


def test_a_contradiction_is_a_fault_that_stops_serve_and_is_told_at_once(books, place, witness, tmp_path):
    older = copy(books, tmp_path / "older")
    books.grow(1)
    submitter(books.folder.parent, place, [witness.key]).submit()
    feed = Feed()
    schedule = Schedule(submitter(older.folder.parent, place, [witness.key]), State(tmp_path / "state", StillClock()), feed, 0.01)
    end = schedule.start()
    deadline = time.monotonic() + 20
    while schedule.fault is None and time.monotonic() < deadline:
        time.sleep(0.01)
    end()
    assert isinstance(schedule.fault, Corrupt)
    assert [facts["what"] for _, facts in feed.told] == ["witness-contradicts"]


def test_at_the_end_everything_is_witnessed(books, place, witness, tmp_path):
    schedule = Schedule(submitter(books.folder.parent, place, [witness.key]), State(tmp_path / "state", StillClock()), Feed(), 3600)
    end = schedule.start()
    deadline = time.monotonic() + 20
    while books.origin not in witness.last and time.monotonic() < deadline:
        time.sleep(0.01)
    books.grow(9)
    end()
    assert witness.last[books.origin].tree.size == 109


def test_the_doctor_says_since_when_and_what_to_do(tmp_path, place):
    data = tmp_path / "whole"
    books = Books(data)
    books.grow(9)
    (data / "derived").mkdir()
    assert standing(data, Witness())[0] == "note"
    with answering(tmp_path / "witness", place, {ME}, [books.origin]) as book:
        settings = Witness(url=place, key=str(book.key))
        assert standing(data, settings)[0] == "note"
        state = State(data / "derived" / "witness.json", StillClock())
        mine = submitter(data, place, [book.key])
        mine._state = state
        mine.submit()
        books.grow(4)
        state_of, found, remedy = standing(data, settings)
        assert (state_of, remedy) == ("ok", "")
        assert re.search(r"\b10\b.*\b4\b", found)
    schedule = Schedule(mine, state, Feed(), 600)
    seen = []
    for _ in range(3):
        schedule.once()
        seen.append(standing(data, settings)[0])
    assert seen == ["note", "note", "bad"]
    assert "2026-11-23T08:00:00" in standing(data, settings)[1]


# The real commands


def casefile(*words, env=None, check=True, data=None):
    command = [sys.executable, "-m", "app.main", *(["--data", str(data)] if data else []), *words]
    environment = {**os.environ, "CASEFILE_LANG": "en", **(env or {})}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=check, timeout=120)


@pytest.fixture
def folder(tmp_path):
    """A real data folder with one case."""
    casefile("case", "open", "2026-0001", "--window", "W01", data=tmp_path / "data")
    return tmp_path / "data"


@contextlib.contextmanager
def process(words, user=None):
    module = ["tests.fakes.as_user", user] if user else ["app.main"]
    command = [sys.executable, "-m", *module, "witness", *words]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "CASEFILE_LANG": "en"}, stderr=subprocess.PIPE, text=True) as running:
        line = running.stderr.readline()
        try:
            yield running, re.search(r"witness.key = (\S+)", line)[1]
        finally:
            running.send_signal(signal.SIGTERM)
            running.communicate(timeout=30)


@pytest.mark.slow
def test_a_witness_under_another_user_signs_refuses_and_cannot_be_written_by_casefiles_user(folder):
    if os.getuid() != 0:
        pytest.skip("needs root, to run the witness as another user")
    if not all(folder.stat().st_mode & 0o001 for folder in (ROOT, *ROOT.parents)):
        pytest.skip(f"needs a checkout that another user may read, not one below {ROOT.parent}")
    place = Path("/tmp") / f"casefile-witness-{os.getpid()}"
    place.mkdir()
    try:
        shutil.chown(place, "nobody")
        origin = json.loads(casefile("checkpoint", "--json", data=folder).stdout)["origin"]
        words = [str(place / "w"), "--listen", f"unix:{place}/socket", "--from", "root", "--new", origin]
        with process(words, "nobody") as (_, key):
            env = {"CASEFILE_WITNESS_URL": f"unix:{place}/socket", "CASEFILE_WITNESS_KEY": key}
            assert (place / "w" / "key").stat().st_uid != 0
            serve_once(folder, env)
            verified = json.loads(casefile("verify", "--json", data=folder, env=env).stdout)
            assert verified["good"] and verified["looked_at"]["witnessed events"] == 2
            forge(folder)
            assert json.loads(casefile("verify", "--json", data=folder, env={}).stdout)["good"]  # everything was made anew
            for more, with_env in (
                ([], env),
                (["--against", f"unix:{place}/socket"], {}),
                (["--against", str(place / "w" / WITNESSED)], {}),
            ):
                found = casefile("verify", "--json", *more, data=folder, env=with_env, check=False)
                assert found.returncode == 1
                assert {f["check"] for f in json.loads(found.stdout)["findings"] if f["outcome"] == 2} == {"witness"}
    finally:
        shutil.rmtree(place)


def serve_once(folder, env):
    """Run serve until the witness has signed, then stop it."""
    (folder / "inbox" / "W01").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "app.main", "--data", str(folder), "serve", "--no-web"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "CASEFILE_LANG": "en", **env}, stderr=subprocess.PIPE) as running:
        deadline = time.monotonic() + 90
        while not (folder / "ledger" / WITNESSED).exists() and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        running.send_signal(signal.SIGTERM)
        assert running.communicate(timeout=60) and running.returncode == 0
    assert (folder / "ledger" / WITNESSED).exists()


def forge(folder):
    """Somebody who may write everything makes the case's number another, and everything anew; the witness's file he must remove."""
    from archive.encoding import journal_line, parse_line

    path = folder / "ledger" / "00000001.jsonl"
    lines = path.read_bytes().splitlines()
    event = parse_line(lines[1])[0]
    event.body["number"] = "2026-9999"
    (folder / "ledger").joinpath(WITNESSED).unlink(missing_ok=True)
    (folder / "ledger" / "checkpoints.txt").unlink()
    path.write_bytes(lines[0] + b"\n" + journal_line(event))
    shutil.rmtree(folder / "derived")
    casefile("status", data=folder)
    casefile("case", "list", data=folder)


@pytest.mark.slow
def test_a_checkpoint_on_paper_finds_a_rewritten_ledger_and_an_older_one(folder, tmp_path):
    shown = json.loads(casefile("checkpoint", "--json", data=folder).stdout)
    said = casefile("checkpoint", data=folder).stdout.splitlines()
    assert said[0] == shown["origin"]
    assert said[-1] == f"{shown['size']}:{shown['root']}"
    mail = tmp_path / "mail.txt"
    mail.write_text(f"Dear auditor,\n\n{shown['note']}\nyours\n")
    assert (shown["size"], shown["witnessed"], shown["at"]) == (2, None, None)
    against = [f"{shown['size']}:{shown['root']}", str(mail)]
    older = shutil.copytree(folder, tmp_path / "older")
    casefile("case", "open", "2026-0002", "--window", "W02", data=folder)
    later = json.loads(casefile("checkpoint", "--json", data=folder).stdout)
    for each in against:
        told = json.loads(casefile("verify", "--json", "--against", each, data=folder).stdout)
        assert (told["looked_at"]["witnessed events"], told["looked_at"]["events since"]) == (2, 1)
    found = casefile("verify", "--against", f"{later['size']}:{later['root']}", data=older, check=False)
    assert found.returncode == 1
    assert "the ledger is older than the witnessed size 3" in found.stdout
    forge(folder)
    for each in against:
        assert casefile("verify", "--against", each, data=folder, check=False).returncode == 1
    nothing = casefile("verify", "--against", str(tmp_path / "no-such-file"), data=folder, check=False)
    assert nothing.returncode == 2


@pytest.mark.slow
@pytest.mark.crash
def test_serve_stops_and_says_why_when_the_ledger_is_older_than_witnessed(folder, tmp_path):
    older = shutil.copytree(folder, tmp_path / "older")
    casefile("case", "open", "2026-0002", "--window", "W02", data=folder)
    origin = json.loads(casefile("checkpoint", "--json", data=folder).stdout)["origin"]
    words = [str(tmp_path / "w"), "--listen", f"unix:{tmp_path}/socket", "--from", str(ME), "--new", origin]
    with process(words) as (running, key):
        env = {"CASEFILE_WITNESS_URL": f"unix:{tmp_path}/socket", "CASEFILE_WITNESS_KEY": key}
        serve_once(folder, env)
        running.kill()
        running.wait()
    with process(words[:-2]) as (_, again):  # after a kill: the same key, the same memory, nobody tells it what to trust
        assert again == key
        stopped = casefile("serve", "--no-web", data=older, env=env, check=False)
        assert stopped.returncode == 2
        assert "the ledger is older than the witnessed size" in stopped.stderr
        assert json.loads(casefile("verify", "--json", data=folder, env=env).stdout)["good"]


@pytest.mark.slow
def test_a_rewritten_ledger_is_not_excused_by_settings_in_its_own_folder(folder, tmp_path):
    shown = json.loads(casefile("checkpoint", "--json", data=folder).stdout)
    book = WitnessBook(tmp_path / "w", StillClock(), new=[shown["origin"]])
    book.add(0, [], Tree(shown["origin"], shown["size"], bytes.fromhex(shown["root"])))
    forge(folder)
    (folder / "casefile.toml").write_text("[witness]\nrestored = 1\n")
    words = ("verify", "--json", "--against", str(tmp_path / "w" / WITNESSED))
    for more in ({}, {"CASEFILE_WITNESS_RESTORED": "0"}):
        found = casefile(*words, data=folder, env={"CASEFILE_WITNESS_KEY": str(book.key), **more}, check=False)
        assert found.returncode == 1
        assert {f["check"] for f in json.loads(found.stdout)["findings"] if f["outcome"] == 2} == {"witness"}


@pytest.mark.slow
def test_an_older_copy_that_shall_stand_is_witnessed_and_verified_as_that(folder, tmp_path):
    """operations.md, Witness: two acts by two users, and what the auditor sees then."""
    older = shutil.copytree(folder, tmp_path / "older")
    casefile("case", "open", "2026-0002", "--window", "W02", data=folder)
    origin = json.loads(casefile("checkpoint", "--json", data=folder).stdout)["origin"]
    words = [str(tmp_path / "w"), "--listen", f"unix:{tmp_path}/socket", "--from", str(ME), "--new"]
    with process([*words, origin]) as (_, key):
        serve_once(folder, {"CASEFILE_WITNESS_URL": f"unix:{tmp_path}/socket", "CASEFILE_WITNESS_KEY": key})
    (older / "casefile.toml").write_text(f'[witness]\nurl = "unix:{tmp_path}/socket"\nkey = "{key}"\nrestored = 1\n')
    auditor = {"CASEFILE_WITNESS_KEY": key, "CASEFILE_WITNESS_RESTORED": "1"}
    with process([*words, f"{origin}/restored-1"]):
        assert casefile("verify", data=older, env=auditor, check=False).returncode == 1  # nobody has witnessed it yet
        serve_once(older, {})
        assert json.loads(casefile("verify", "--json", data=older, env=auditor).stdout)["findings"] == []
    told = json.loads(casefile("verify", "--json", "--against", str(tmp_path / "w" / WITNESSED), data=older, env=auditor).stdout)
    assert told["good"]
    assert [(f["check"], f["outcome"]) for f in told["findings"]] == [("witness", 1)]
    assert "older than the witnessed size 3" in told["findings"][0]["found"]


def test_settings_of_a_witness_without_its_key_are_refused(folder):
    said = casefile("verify", data=folder, env={"CASEFILE_WITNESS_URL": "unix:/nowhere"}, check=False)
    assert said.returncode == 2
    assert "witness.key" in said.stderr


def test_a_witness_that_is_silent_is_noted_by_verify_and_fails_only_who_asked_for_it(folder, tmp_path):
    key = str(Key("x", bytes(32)))
    env = {"CASEFILE_WITNESS_URL": "unix:/nowhere", "CASEFILE_WITNESS_KEY": key}
    told = json.loads(casefile("verify", "--json", data=folder, env=env).stdout)
    assert told["good"]
    assert [(f["check"], f["outcome"]) for f in told["findings"]] == [("witness", 1)]
    assert casefile("verify", "--against", "unix:/nowhere", data=folder, check=False).returncode == 2


def test_an_answer_signed_by_another_key_is_no_silence_but_a_finding(folder, tmp_path, place):
    shown = json.loads(casefile("checkpoint", "--json", data=folder).stdout)
    tree = Tree(shown["origin"], shown["size"], bytes.fromhex(shown["root"]))
    with answering(tmp_path / "w", place, {ME}, [tree.origin]) as book:
        book.add(0, [], tree)
        env = {"CASEFILE_WITNESS_URL": place, "CASEFILE_WITNESS_KEY": str(book.key)}
        assert json.loads(casefile("verify", "--json", data=folder, env=env).stdout)["findings"] == []
        env["CASEFILE_WITNESS_KEY"] = str(Key("x", bytes(32)))
        for more in ((), ("--against", place)):
            found = casefile("verify", "--json", *more, data=folder, env=env, check=False)
            assert found.returncode == 1
            assert [(f["check"], f["subject"], f["outcome"]) for f in json.loads(found.stdout)["findings"]] == [("witness", place, 2)]


def test_nothing_personal_passes(books, place, tmp_path):
    heard = []

    class Ear(WitnessBook):
        def add(self, *question):
            heard.append(question)
            return super().add(*question)

    ear = Ear(tmp_path / "ear", StillClock(), "x", [books.origin])
    stop = threading.Event()
    with listening(Place.parse(place)) as server:
        thread = threading.Thread(target=serve, args=(server, ear, {ME}, stop))
        thread.start()
        submitter(books.folder.parent, place, [ear.key]).submit()
        stop.set()
        thread.join()
    [(old, proof, tree)] = heard
    assert (old, proof, tree.origin, tree.size, len(tree.root)) == (0, [], books.origin, 100, 32)


def test_nobody_there_is_unavailable(tmp_path):
    with pytest.raises(Unavailable, match="does not answer"):
        Caller(Place(path=str(tmp_path / "none"))).last("casefile/x")
