"""`backup`, `restore` and `fixity` as people and programs call them, and what `doctor` says of folders put together from different days."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import doctor
from app.main import app
from app.settings import load
from archive.backup import backup
from archive.check_store import NAME
from archive.notes import Tree, origin_of
from archive.witness import WitnessBook
from archive.witnessed import WitnessedFile, durable_size, ledger_id, tree_at
from domain.clock import SystemClock
from domain.errors import Misconfigured
from tests.app.test_contract import hold
from tests.fakes.datafolder import document, ident, receipt
from tests.fakes.kept import house
from tests.fakes.stillclock import StillClock

ROOT = Path(__file__).resolve().parents[2]


def casefile(*words, **more):
    command = [sys.executable, "-m", "app.main", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120, **more)


def answer(done, code=0):
    assert done.returncode == code, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def data(tmp_path):
    with house(tmp_path / "data") as found:
        for number in range(6):
            found.books.registrar.record([receipt(found.books, number), document(found.books, number)])
    (tmp_path / "data" / "inbox" / "W01").mkdir(parents=True)
    return tmp_path / "data"


def spoil(data):
    path = sorted((data / "store").glob("*/*.pdf"))[0]
    path.chmod(0o644)
    path.write_bytes(b"X" + path.read_bytes()[1:])
    return path


def test_the_answers_hold_their_forms(data, tmp_path):
    hold("backup", answer(casefile("--data", data, "backup", tmp_path / "copy", "--json")))
    hold("restore", answer(casefile("restore", tmp_path / "copy", "--data", tmp_path / "new", "--check", "--json")))
    hold("fixity", answer(casefile("--data", data, "fixity", "--part", "1/1", "--json")))


def test_a_backup_verifies_like_a_data_folder(data, tmp_path):
    assert "✓" in casefile("--data", data, "backup", tmp_path / "copy").stdout
    assert answer(casefile("--data", tmp_path / "copy", "verify", "--json"))[0]["good"]
    assert answer(casefile("restore", tmp_path / "copy", "--check", "--json"))[0]["good"]


def test_what_is_found_is_exit_code_1_and_named(data, tmp_path):
    backup(data, tmp_path / "copy", SystemClock())
    name = spoil(tmp_path / "copy").name
    told = answer(casefile("restore", tmp_path / "copy", "--data", tmp_path / "new", "--check", "--json"), 1)[0]
    assert not told["good"]
    assert [name in finding["subject"] for finding in told["findings"]] == [True]
    name = spoil(data).name
    told = answer(casefile("--data", data, "fixity", "--json"), 1)[0]
    assert told["damaged"] == [f"sha256:{name[:64]}"]
    done = casefile("--data", data, "backup", tmp_path / "second")
    assert done.returncode == 1
    assert name in done.stdout


def test_nothing_is_restored_into_a_folder_nobody_named(data, tmp_path):
    backup(data, tmp_path / "copy", SystemClock())
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "app.main", "restore", str(tmp_path / "copy")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 2
    assert "--data" in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy", "data"]


@pytest.mark.parametrize("part", ["0/3", "4/3", "1", "1/0", "a/b", "1/3/5"])
def test_a_part_that_is_none_is_refused(data, part):
    done = CliRunner().invoke(app, ["--data", str(data), "fixity", "--part", part])
    assert isinstance(done.exception, Misconfigured)
    assert "1/90" in str(done.exception)


def examined(data):
    settings = load(data)
    return [check for part in (doctor._differences, doctor._fixity) for check in part(data, settings)]


def bad(data):
    return [check for check in examined(data) if check.state == "bad"]


def test_the_doctor_says_that_a_database_was_rolled_back(data):
    shutil.copytree(data / "derived", data.parent / "an hour ago")
    with house(data) as found:
        found.books.registrar.record([receipt(found.books, "new")])
    assert bad(data) == []
    shutil.rmtree(data / "derived")
    shutil.copytree(data.parent / "an hour ago", data / "derived")
    before = sorted(data.rglob("*.*"))
    [check] = bad(data)
    assert "13" in check.found and "14" in check.found  # opening, 12; then one more
    assert check.remedy
    assert [p for p in before if not p.exists()] == []


def test_the_doctor_lists_a_store_of_another_day_and_deletes_nothing(data):
    shutil.copytree(data / "store", data.parent / "yesterday")
    with house(data) as found:
        found.books.registrar.record([receipt(found.books, "new"), document(found.books, "new")])
    today = {p.name for p in (data / "store").glob("*/*") if NAME.fullmatch(p.name)}
    shutil.rmtree(data / "store")
    shutil.copytree(data.parent / "yesterday", data / "store")
    listed = bad(data)
    assert {check.name for check in listed} == {"ledger newer than store"}
    assert len(listed) == len(today) - len([p for p in (data / "store").glob("*/*") if NAME.fullmatch(p.name)]) == 4
    assert any(f"document.shelved of {ident('D', 'new')}" in check.found for check in listed)


def test_the_doctor_names_a_damaged_object_until_it_is_whole_again(data):
    path = spoil(data)
    assert bad(data) == []  # sizes are the same: only reading finds it
    with house(data) as found:
        found.caretaker.read(1, 1, hurry=True)
    [check] = bad(data)
    assert path.name in check.found
    (data / "derived" / "fixity.json").unlink()
    assert len(bad(data)) == 1, "the ledger remembers"
    path.write_bytes(b"%" + path.read_bytes()[1:])
    with house(data) as found:
        found.caretaker.read(1, 1, hurry=True)
    assert bad(data) == []


def test_check_holds_a_backup_against_what_its_witness_signed_by_the_key_in_its_settings(data, tmp_path):
    ledger = data / "ledger"
    origin, size = origin_of(ledger_id(ledger)), durable_size(ledger)
    book = WitnessBook(tmp_path / "witness", StillClock(), new=[origin])
    WitnessedFile(ledger).append(book.add(0, [], Tree(origin, size, tree_at(ledger, size).root())))
    (data / "casefile.toml").write_text(f'[witness]\nurl = "unix:/nowhere"\nkey = "{book.key}"\n')
    casefile("--data", data, "backup", tmp_path / "copy")
    told = answer(casefile("restore", tmp_path / "copy", "--check", "--json"))[0]
    assert (told["good"], told["findings"], told["looked_at"]["witnessed events"]) == (True, [], size)
    other = WitnessBook(tmp_path / "other", StillClock(), new=[origin]).key
    (tmp_path / "copy" / "casefile.toml").write_text(f'[witness]\nurl = "unix:/nowhere"\nkey = "{other}"\n')
    told = answer(casefile("restore", tmp_path / "copy", "--check", "--json"), 1)[0]
    assert {finding["check"] for finding in told["findings"]} == {"witness"}
