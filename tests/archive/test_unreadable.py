"""What the disk cannot give back of one object is that object's finding; a disk that does not answer is no finding at all."""

import contextlib
import errno
import os
import pwd
import shutil
import tempfile
from pathlib import Path

import pytest

from archive import carry, fixity, restore
from archive.backup import backup
from archive.differences import differences
from archive.fixity import Fixity
from archive.report import Report
from archive.verify import verify
from domain.clock import SystemClock
from domain.errors import Corrupt, Unavailable
from domain.events import FIXITY_CHECKED, FIXITY_HEALED
from domain.model import MEDIA, Digest, Outcome, Stored
from tests.fakes.datafolder import PROJECTORS, SCHEMAS, fill, opened
from tests.faulty.sectors import BYTES, OPENING, RECORD, BadSectors

LOST = [(BYTES, errno.EIO), (OPENING, errno.EBADMSG), (RECORD, errno.EUCLEAN)]
ENDED = {ending: media for media, ending in MEDIA.items()}


@pytest.fixture
def books(tmp_path):
    found = opened(tmp_path / "data")
    fill(found, 6)
    yield found
    found.close()


@pytest.fixture
def data(books):
    return books.store.root.parent


def objects(folder):
    return sorted((folder / "store").glob("*/*.*"))


def stored(path):
    return Stored(Digest(path.stem), path.stat().st_size, ENDED[path.suffix[1:]])


def copy(data, **more):
    return backup(data, data.parent / "copy", SystemClock(), **more)


def bad(findings):
    return [(f.subject.rpartition("/")[2], f.found) for f in findings if f.outcome is Outcome.BAD]


def temporaries(folder):
    return list((folder / "store" / ".staging").glob("*.tmp"))


@pytest.mark.parametrize(("what", "code"), LOST)
def test_a_backup_copies_all_but_the_object_that_cannot_be_read(data, monkeypatch, what, code):
    path, count = objects(data)[1], len(objects(data))
    with monkeypatch.context() as patch:
        BadSectors(patch, code).lose(path, what)
        done = copy(data)
    assert bad(done.findings) == [(path.name, "unreadable")]
    assert (done.copied, list(done.manifest.missing)) == (count - 1, [path.name])
    assert temporaries(data.parent / "copy") == []
    assert copy(data).findings == (), "the next one has it"


@pytest.mark.parametrize(("what", "code"), LOST)
def test_a_full_backup_replaces_what_cannot_be_read_in_it(data, monkeypatch, what, code):
    copy(data)
    path = objects(data.parent / "copy")[1]
    whole, number = path.read_bytes(), path.stat().st_ino
    with monkeypatch.context() as patch:
        BadSectors(patch, code).lose(path, what)
        done = copy(data, full=True)
    assert (done.copied, bad(done.findings)) == (1, [])
    assert path.read_bytes() == whole
    assert path.stat().st_ino != number


@pytest.mark.parametrize(("what", "code"), LOST)
def test_a_restore_brings_all_but_the_object_that_cannot_be_read(data, monkeypatch, what, code):
    copy(data)
    path = objects(data.parent / "copy")[1]
    with monkeypatch.context() as patch:
        BadSectors(patch, code).lose(path, what)
        done = restore.restore(data.parent / "copy", data.parent / "new")
    assert bad(done.findings) == [(path.name, "unreadable")]
    assert len(objects(data.parent / "new")) == len(objects(data)) - 1


@pytest.mark.parametrize(("what", "code"), LOST)
def test_verify_and_the_check_of_a_backup_name_it_and_read_all_others(data, monkeypatch, what, code):
    total = verify(data, PROJECTORS, SCHEMAS, patience=0.0).looked_at["objects"]
    for path in (next(p for p in objects(data) if p.suffix == ".pdf"), next(p for p in objects(data) if p.suffix == ".cfp")):
        with monkeypatch.context() as patch:
            BadSectors(patch, code).lose(path, what)
            verdict = verify(data, PROJECTORS, SCHEMAS, patience=0.0)
            checked = restore.check(data, PROJECTORS, SCHEMAS, patience=0.0)
            listed = Report(None, 0, None)
            differences(data, listed)
        assert path.name in dict(bad(verdict.findings))
        assert {name for name, _ in bad(verdict.findings)} == {path.name} or path.suffix == ".cfp", "a private body is missed by tables too"
        assert path.name in dict(bad(checked.findings))
        assert verdict.looked_at["objects"] == total
        assert bad(listed.verdict().findings) == ([(path.name, "unreadable")] if what == RECORD else [])


@pytest.mark.parametrize(("what", "code"), LOST)
def test_a_private_body_that_cannot_be_read_is_corrupt_so_that_search_sets_it_aside(books, data, monkeypatch, what, code):
    path = next(p for p in objects(data) if p.suffix == ".cfp")
    body = stored(path)
    with monkeypatch.context() as patch:
        BadSectors(patch, code).lose(path, what)
        for ask in (books.store.read, books.vault.open):
            with pytest.raises(Corrupt) as caught:
                ask(body)
            assert path.name in str(caught.value)
            assert "张三" not in str(caught.value)
    assert books.vault.open(body)


@pytest.mark.parametrize(("what", "code"), LOST)
def test_what_writes_the_tables_waits_for_the_disk_and_blames_nothing(data, books, monkeypatch, what, code):
    books.close()
    shutil.rmtree(data / "derived")
    with monkeypatch.context() as patch:
        BadSectors(patch, code).lose(next(p for p in objects(data) if p.suffix == ".cfp"), what)
        with pytest.raises(Unavailable):
            opened(data)
    again = opened(data)
    assert again.ledger.size() > 12
    again.close()


def reading(books, **more):
    alarms = []
    found = Fixity(books, SystemClock(), books.store.root.parent / "derived" / "damaged", alarm=lambda *told: alarms.append(told), **more)
    begun = found.begin(1, 1)
    assert found.read(begun, lambda _: None, lambda: False)
    return begun, alarms


@pytest.mark.parametrize(("what", "code"), LOST)
def test_reading_again_finds_what_cannot_be_read_and_goes_on(books, data, monkeypatch, what, code):
    path = objects(data)[1]
    with monkeypatch.context() as patch:
        BadSectors(patch, code).lose(path, what)
        found, alarms = reading(books)
    assert (found.damaged, found.objects) == ({path.name: "unreadable"}, len(objects(data)))
    assert alarms == [("object-damaged", path.name)]


@pytest.mark.parametrize(("what", "code"), LOST)
def test_a_copy_that_cannot_be_read_heals_nothing_and_keeps_no_other_from_being_healed(books, data, monkeypatch, what, code):
    copy(data)
    for path in objects(data)[1:3]:
        path.unlink()
    one, other = [p for p in objects(data.parent / "copy") if p.name not in {q.name for q in objects(data)}]
    with monkeypatch.context() as patch:
        BadSectors(patch, code).lose(one, what)
        found, alarms = reading(books, copy=data.parent / "copy")
    assert (found.left, found.healed) == ([one.name], [other.name])
    assert ("object-missing", one.name) in alarms
    assert temporaries(data) == []


def test_a_copy_whose_mount_is_gone_heals_nothing_and_the_reading_goes_on(books, data, monkeypatch):
    copy(data)
    gone = objects(data)[1]
    gone.unlink()
    with monkeypatch.context() as patch:
        BadSectors(patch, errno.ENOTCONN).lose(data.parent / "copy" / "store" / gone.name[:2] / gone.name, RECORD)
        found, _ = reading(books, copy=data.parent / "copy")
    assert (found.left, found.objects) == ([gone.name], len(objects(data)) + 1)


@pytest.mark.parametrize("code", [errno.ESTALE, errno.ETIMEDOUT, errno.ENOTCONN, errno.EHOSTDOWN])
def test_a_mount_that_vanished_is_waited_for_and_is_no_damage(books, data, monkeypatch, code):
    def vanished(*_):
        raise OSError(code, "gone", "张三.pdf")

    found = Fixity(books, SystemClock(), data / "derived" / "damaged", alarm=lambda *told: pytest.fail(str(told)))
    with monkeypatch.context() as patch:
        patch.setattr(fixity, "digest_of", vanished)
        with pytest.raises(Unavailable) as caught:
            found.read(found.begin(1, 1), lambda _: None, lambda: False)
    assert "张三" not in str(caught.value)
    assert not [e for e in books.ledger.read() if e.kind == FIXITY_CHECKED]


def test_what_another_process_shelves_meanwhile_is_not_taken_for_healed(books, data, monkeypatch):
    """It removes what was staged, because the (damaged) object lies on the shelf already."""
    copy(data)
    path = objects(data)[1]
    whole = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(b"X" + whole[1:])
    real = fixity.shelve_all

    def shelve_all(root, names):
        books.store.shelve(stored(path))
        real(root, names)

    with monkeypatch.context() as patch:
        patch.setattr(fixity, "shelve_all", shelve_all)
        found, alarms = reading(books, copy=data.parent / "copy")
    assert (found.healed, found.left, alarms) == ([], [path.name], [("object-damaged", path.name)])
    assert not [e for e in books.ledger.read() if e.kind == FIXITY_HEALED]
    found, _ = reading(books, copy=data.parent / "copy")
    assert found.healed == [path.name]
    assert path.read_bytes() == whole


@pytest.fixture
def nobodys():
    """A folder of a user without root's rights, whom this process is until the test ends."""
    place = Path(tempfile.mkdtemp(prefix="casefile-nobody-"))
    user = pwd.getpwnam("nobody")
    root = os.geteuid() == 0
    if root:
        os.chown(place, user.pw_uid, user.pw_gid)
        os.seteuid(user.pw_uid)
    try:
        yield place
    finally:
        if root:
            os.seteuid(0)
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(place)


def test_a_restore_killed_while_it_copied_an_object_goes_on_for_a_user_who_is_not_root(nobodys, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*_):
        real(*_)
        raise Killed

    books = opened(nobodys / "data")
    fill(books, 2)
    books.close()
    copy(nobodys / "data")
    real = carry.os.fchmod
    with monkeypatch.context() as patch:
        patch.setattr(carry.os, "fchmod", die)
        with pytest.raises(Killed):
            restore.restore(nobodys / "copy", nobodys / "new")
    [left] = temporaries(nobodys / "new")
    with pytest.raises(PermissionError):
        left.open("wb")
    assert restore.restore(nobodys / "copy", nobodys / "new").findings == ()
    assert temporaries(nobodys / "new") == []
