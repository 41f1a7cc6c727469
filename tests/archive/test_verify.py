"""verify finds everything that is not as it was written, and nothing else."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from archive.sqlite import open_sqlite
from archive.verify import verify
from domain.errors import Misconfigured
from domain.events import Draft
from domain.model import Outcome
from tests.fakes.datafolder import PROJECTORS, SCHEMAS, fill, ident, opened, receipt

ROOT = Path(__file__).resolve().parents[2]
FLIPS = 200
SEED = 20261123
PARTS = ("store", "ledger", "keys")


def check(data, patience=0.0):
    """Nobody writes, so nothing need be waited for, unless a test says so."""
    return verify(data, PROJECTORS, SCHEMAS, patience=patience)


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """Twenty receipts with their documents: more events than lie between two checkpoints."""
    data = tmp_path_factory.mktemp("original") / "data"
    books = opened(data)
    fill(books, 20)
    books.close()
    verdict = check(data)
    assert verdict.findings == ()
    assert verdict.looked_at["events"] > 64
    assert verdict.looked_at["private bodies"] == 40
    return data


@pytest.fixture
def data(original, tmp_path):
    return shutil.copytree(original, tmp_path / "data")


def files(data, parts=PARTS):
    return sorted(p for part in parts for p in (data / part).rglob("*") if p.is_file())


def snapshot(data):
    return {p.relative_to(data).as_posix(): (p.read_bytes() if p.is_file() else None) for p in data.rglob("*")}


def write(path, content):
    path.chmod(0o644)
    path.write_bytes(content)


def found(verdict):
    return verdict.outcome is Outcome.BAD


def test_one_flipped_bit_is_found_wherever_it_is(data):
    chance = random.Random(SEED)
    paths = files(data)
    weights = [path.stat().st_size for path in paths]
    missed = []
    for _ in range(FLIPS):
        [path] = chance.choices(paths, weights)
        place, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
        before = path.read_bytes()
        write(path, before[:place] + bytes([before[place] ^ (1 << bit)]) + before[place + 1 :])
        if not found(check(data)):
            missed.append((path.name, place, bit))
        write(path, before)
    assert missed == []
    assert check(data).findings == ()


@pytest.mark.parametrize("with_database", [True, False])
def test_bytes_put_in_taken_out_or_cut_off_are_found(data, with_database):
    if not with_database:
        shutil.rmtree(data / "derived")
    chance = random.Random(SEED + 1)
    missed = []
    for _ in range(12):
        path = chance.choice([*files(data, ("ledger", "keys")), *chance.sample(files(data, ("store",)), 3)])
        before = path.read_bytes()
        place = chance.randrange(len(before))
        extra = bytes([chance.randrange(256)])
        for how, after in (
            ("insert", before[:place] + extra + before[place:]),
            ("append", before + extra),
            ("delete", before[:place] + before[place + 1 :]),
            ("cut", before[:place]),
        ):
            write(path, after)
            verdict = check(data)
            tolerated = not with_database and how == "cut" and path.parent.name == "ledger" and verdict.outcome is Outcome.NOTED
            if not found(verdict) and not tolerated:
                missed.append((how, path.name, place, extra))
        write(path, before)
    assert missed == []


LAST = -1
LINES = {"ledger/00000001.jsonl": (0, 1, 30, LAST), "ledger/checkpoints.txt": (0, LAST), "keys/keys.jsonl": (0, 7, LAST)}


@pytest.mark.parametrize(("name", "number"), [(name, number) for name, numbers in LINES.items() for number in numbers])
def test_lines_dropped_doubled_swapped_or_replayed_are_found(data, name, number):
    path = data / name
    lines = path.read_bytes().splitlines(keepends=True)
    number = number % len(lines)
    other = (number + 1) % len(lines)
    swapped = list(lines)
    swapped[number], swapped[other] = swapped[other], swapped[number]
    changes = {
        "dropped": lines[:number] + lines[number + 1 :],
        "doubled": lines[: number + 1] + lines[number:],
        "again at the end": [*lines, lines[number]],
        "swapped": swapped,
        "cut behind": lines[:number],
        "empty line": [*lines[:number], b"\n", *lines[number:]],
    }
    before = path.read_bytes()
    missed = []
    for how, after in changes.items():
        write(path, b"".join(after))
        if not found(check(data)):
            missed.append(how)
        write(path, before)
    assert missed == []


def test_files_added_removed_renamed_or_swapped_are_found(data):
    one, two = files(data, ("store",))[:2]
    a, b = one.read_bytes(), two.read_bytes()

    def swap():
        write(one, b)
        write(two, a)

    other_shard = data / "store" / f"{(int(one.name[:2], 16) + 1) % 256:02x}"
    changes = {
        "removed": one.unlink,
        "renamed": lambda: one.rename(one.with_name(two.name)),
        "in another folder": lambda: (other_shard.mkdir(exist_ok=True), one.rename(other_shard / one.name)),
        "another ending": lambda: one.rename(one.with_suffix(".bmp")),
        "swapped": swap,
        "replaced by a link": lambda: (one.rename(data.parent / "away"), one.symlink_to(data.parent / "away")),
        "added, named by its digest": lambda: write_new(data, b"smuggled in"),
        "added, any name": lambda: (data / "store" / "note.txt").write_text("x"),
        "added to a shard": lambda: (one.parent / "note.txt").write_text("x"),
        "a folder": lambda: (data / "store" / "zz").mkdir(),
        "in the ledger's folder": lambda: (data / "ledger" / "00010001.jsonl").write_text("x\n"),
        "a hidden file": lambda: (data / "ledger" / ".x").write_text(""),
        "in the keys' folder": lambda: (data / "keys" / "more").write_text("x"),
        "in staging": lambda: (data / "store" / ".staging" / "note.txt").write_text("x"),
        "segment removed": (data / "ledger" / "00000001.jsonl").unlink,
        "checkpoints removed": (data / "ledger" / "checkpoints.txt").unlink,
        "keys removed": (data / "keys" / "keys.jsonl").unlink,
        "ledger removed": lambda: shutil.rmtree(data / "ledger"),
        "store removed": lambda: shutil.rmtree(data / "store"),
    }
    missed = []
    kept = data.parent / "kept"
    shutil.copytree(data, kept)
    for how, change in changes.items():
        change()
        if not found(check(data)):
            missed.append(how)
        shutil.rmtree(data)
        shutil.copytree(kept, data, symlinks=True)
    assert missed == []


def test_what_lies_beside_store_and_ledger_is_noted_and_is_no_damage(data):
    (data / "serve.log").write_text("somebody's own")
    verdict = check(data)
    assert [(f.check, f.subject, f.outcome) for f in verdict.findings] == [("folder", "serve.log", Outcome.NOTED)]


def write_new(data, content):
    import hashlib

    digest = hashlib.sha256(content).hexdigest()
    (data / "store" / digest[:2]).mkdir(exist_ok=True)
    (data / "store" / digest[:2] / f"{digest}.pdf").write_bytes(content)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents SET kind = 'other' WHERE id LIKE '%D3'",
        "DELETE FROM document_cases WHERE document LIKE '%D3'",
        "INSERT INTO names VALUES ('R99', 'x', 1)",
        "UPDATE names SET name = 'x' WHERE receipt LIKE '%R5'",
        "UPDATE events SET kind = 'x' WHERE seq = 9",
        "UPDATE events SET bytes = replace(bytes, 'W01', 'W02') WHERE seq = 4",
        "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)",
        "DROP TABLE names",
    ],
)
def test_a_database_that_differs_from_the_journal_is_found(data, statement):
    engine = open_sqlite(data / "derived" / "casefile.db")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        connection.execute(text(statement))
        connection.commit()
    engine.dispose()
    verdict = check(data)
    assert found(verdict)
    assert all("derived" in f.subject or "table" in f.subject or f.check == "ledger" for f in verdict.findings)
    assert not any("扫描" in str(f) for f in verdict.findings)
    shutil.rmtree(data / "derived")
    opened(data).close()
    assert check(data).findings == ()


def test_a_database_that_is_none_is_found(data):
    (data / "derived" / "casefile.db").write_bytes(b"x" * 5000)
    assert found(check(data))


def test_a_finding_says_what_was_expected_what_was_found_and_what_to_do(data):
    path = files(data, ("store",))[0]
    write(path, b"else")
    [finding] = [f for f in check(data).findings if f.check == "store"]
    assert finding.subject == f"store/{path.parent.name}/{path.name}"
    assert path.name[:64] in finding.expected
    assert "4 bytes" in finding.found
    assert "copy" in finding.remedy


def test_nothing_is_written_and_the_progress_reaches_the_end(data):
    before, steps = snapshot(data), []
    verify(data, PROJECTORS, SCHEMAS, lambda done, total: steps.append((done, total)))
    assert snapshot(data) == before
    assert steps[-1][0] == steps[-1][1] == sum(p.stat().st_size for p in files(data))


def test_without_a_database_everything_else_is_verified(data):
    shutil.rmtree(data / "derived")
    verdict = check(data)
    assert verdict.findings == ()
    assert verdict.looked_at["private bodies"] == 40
    assert "tables" not in verdict.looked_at


def test_destroyed_keys_are_no_finding(data):
    books = opened(data)
    gone = books.vault.destroy(ident("C", 3))
    books.close()
    shutil.rmtree(data / "derived")  # the tables are made again without the name
    opened(data).close()
    verdict = check(data)
    assert gone == 1
    assert verdict.findings == ()
    assert (verdict.looked_at["destroyed bodies"], verdict.looked_at["private bodies"]) == (1, 39)


def test_a_folder_that_holds_no_ledger_is_said_to_be_none(tmp_path):
    with pytest.raises(Misconfigured):
        check(tmp_path)


def test_what_a_crash_leaves_is_noted_and_finished_at_the_next_start(data):
    books = opened(data)
    before = books.ledger.size()
    draft = receipt(books, "late")
    sealed = books.vault.seal(draft.private, "g")
    books.store.stage(b"never recorded", "image/png")
    books.ledger.append([Draft(draft.kind, draft.subject, draft.key, draft.body, draft.objects, draft.private, "g", sealed=sealed)])
    books.engine.dispose()  # killed here: neither journal nor shelf has it
    (data / "store" / ".staging" / "ab.tmp").write_bytes(b"half")
    with (data / "keys" / "keys.jsonl").open("ab") as stream:
        stream.write(b'{"body":"sha256:12')
    with (data / "ledger" / "00000001.jsonl").open("ab") as stream:
        stream.write(b'{"actor":"system","alg":"sha2')
    verdict = check(data)
    assert verdict.outcome is Outcome.NOTED
    assert len(verdict.findings) == 5
    books = opened(data)
    assert (books.ledger.size(), len(list(books.journal.events()))) == (before + 1, before + 1)
    assert books.store.staged() == []
    books.registrar.record([receipt(books, "later")])
    books.close()
    assert check(data).findings == ()


WRITER = """
import sys, itertools
from pathlib import Path
from tests.fakes.datafolder import opened, receipt, document
books = opened(Path(sys.argv[1]), resume=False)
for n in itertools.count():
    books.registrar.record([receipt(books, f"{sys.argv[2]}-{n}")])
    books.registrar.record([document(books, f"{sys.argv[2]}-{n}")])
    print(n, flush=True)
"""


def writer(data, name):
    return subprocess.Popen([sys.executable, "-c", WRITER, str(data), name], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_there_is_no_false_alarm_while_others_write(data):
    process = writer(data, "w")
    try:
        assert process.stdout is not None
        process.stdout.readline()
        events = []
        for _ in range(8):
            verdict = check(data, patience=1.0)
            assert verdict.outcome is not Outcome.BAD, verdict.findings
            events.append(verdict.looked_at["events"])
    finally:
        process.kill()
        process.communicate()
    assert events[-1] > events[0]


def test_there_is_no_false_alarm_after_a_kill(data):
    chance = random.Random(SEED)
    for kill in range(5):
        process = writer(data, f"k{kill}")
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.3))
        process.kill()
        process.communicate()
        names = sorted((data / "derived").iterdir())
        verdict = check(data)
        assert verdict.outcome is not Outcome.BAD, verdict.findings
        assert sorted((data / "derived").iterdir()) == names
    opened(data).close()
    assert check(data).findings == ()
