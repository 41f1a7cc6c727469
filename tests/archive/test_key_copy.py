"""The last copy of a key is never written over, and no damaged one takes the place of a whole one, whichever of the two files it is."""

import shutil

import pytest

from domain.errors import Conflict, Corrupt, Misconfigured
from domain.model import Outcome
from tests.fakes.copied import copy, files, judged, more
from tests.fakes.datafolder import fill, ident, opened

KEYS = "keys/keys.jsonl"


@pytest.fixture
def data(tmp_path):
    books = opened(tmp_path / "data")
    fill(books, 5)
    books.close()
    return tmp_path / "data"


def flip(path, line):
    """A bit of the `line`th line is another."""
    lines = path.read_bytes().splitlines(keepends=True)
    raw = bytearray(lines[line])
    raw[len(raw) // 2] ^= 1
    lines[line] = bytes(raw)
    path.write_bytes(b"".join(lines))


def test_keys_older_than_the_backup_never_overwrite_it(data):
    old = (data / "keys" / "keys.jsonl").read_bytes()
    more(data, "new")
    copy(data)
    whole = files(data.parent / "copy")
    (data / "keys" / "keys.jsonl").write_bytes(old)
    with pytest.raises(Conflict, match="keys are older"):
        copy(data)
    assert files(data.parent / "copy") == whole


def test_a_destroyed_key_is_destroyed_in_the_next_backup_too(data):
    copy(data)
    books = opened(data)
    books.vault.destroy(ident("C", 1))
    books.close()
    copy(data)
    assert (data.parent / "copy" / "keys" / "keys.jsonl").read_bytes() == (data / "keys" / "keys.jsonl").read_bytes()
    assert judged(data.parent / "copy").looked_at["destroyed bodies"] > 0


def test_keys_kept_apart_do_not_lie_beside_the_store(data):
    apart = data.parent / "apart"
    copy(data, keys=apart)
    assert not (data.parent / "copy" / "keys").exists()
    assert apart.stat().st_mode & 0o777 == 0o700
    assert judged(data.parent / "copy", keys=apart).findings == ()
    assert judged(data.parent / "copy").outcome is Outcome.BAD
    with pytest.raises(Misconfigured, match="apart"):
        copy(data)


@pytest.mark.parametrize("gone", ["file", "folder", "content"])
@pytest.mark.parametrize("full", [False, True])
def test_keys_missing_in_the_data_folder_are_never_taken_from_the_backup(data, gone, full):
    copy(data)
    whole = files(data.parent / "copy")
    if gone == "folder":
        shutil.rmtree(data / "keys")
    elif gone == "file":
        (data / KEYS).unlink()
    else:
        (data / KEYS).write_bytes(b"")
    with pytest.raises(Conflict, match="keys are older"):
        copy(data, full=full)
    assert files(data.parent / "copy") == whole


def test_a_first_backup_without_the_keys_is_refused_and_one_without_any_says_so(data):
    (data / KEYS).unlink()
    with pytest.raises(Conflict, match="is missing"):
        copy(data)
    (data / KEYS).write_bytes(b"")  # there is no copy, and what else is kept shall be copied still
    done = copy(data)
    assert [(f.outcome, f.subject) for f in done.findings] == [(Outcome.BAD, KEYS)]


def test_a_folder_that_never_had_a_private_body_needs_no_keys(tmp_path):
    opened(tmp_path / "data").close()
    (tmp_path / "data" / "ledger").mkdir(exist_ok=True)
    assert copy(tmp_path / "data").findings == ()


@pytest.mark.parametrize("line", [0, -1])
def test_damaged_keys_never_reach_the_backup_and_it_is_said_which_they_are(data, line):
    copy(data)
    whole = files(data.parent / "copy")
    more(data, "new")
    flip(data / KEYS, line)
    for full in (False, True):
        with pytest.raises(Corrupt, match="put keys/ back") as caught:
            copy(data, full=full)
        assert str(data / KEYS) in str(caught.value)
    assert files(data.parent / "copy") == whole


@pytest.mark.parametrize("line", [0, 3, -1])
def test_keys_damaged_in_the_backup_are_said_to_be_those_and_a_full_backup_writes_them_anew(data, line):
    copy(data)
    more(data, "new")
    flip(data.parent / "copy" / KEYS, line)
    left = files(data.parent / "copy")
    with pytest.raises(Corrupt, match=r"in the backup.*--full") as caught:
        copy(data)
    assert "put" not in str(caught.value), "the data folder's keys are whole: nothing is to be put there"
    assert files(data.parent / "copy") == left
    done = copy(data, full=True)
    assert [(f.outcome, f.subject) for f in done.findings] == [(Outcome.NOTED, KEYS)]
    assert (data.parent / "copy" / KEYS).read_bytes() == (data / KEYS).read_bytes()
    assert judged(data.parent / "copy").findings == ()
    assert copy(data).findings == ()


def test_a_damaged_file_of_keys_that_may_hold_the_last_of_them_is_kept(data):
    old = (data / KEYS).read_bytes()
    more(data, "new")
    copy(data)
    new = len((data / KEYS).read_bytes().splitlines()) - len(old.splitlines())
    (data / KEYS).write_bytes(old)
    flip(data.parent / "copy" / KEYS, 0)
    left = files(data.parent / "copy")
    with pytest.raises(Conflict, match="keys are older"):  # what can be read is missing in the data folder
        copy(data, full=True)
    for line in range(-new, 0):
        flip(data.parent / "copy" / KEYS, line)
    left = files(data.parent / "copy")
    with pytest.raises(Conflict, match="keep this backup"):  # the ledger names it, and only what cannot be read may hold it
        copy(data, full=True)
    assert files(data.parent / "copy") == left
