"""What the desk records of a batch: once, for the right case, and what came before is superseded, never rewritten."""

import cv2
import numpy as np
import pikepdf
import pytest

from app.desk import LineDesk, Tools
from app.records import Records
from app.steps import StepFolder
from app.wiring import METADATA, PROJECTORS
from archive.books import open_books
from casework.cases import Cases
from domain.clock import SystemClock
from domain.events import CODE_NOT_OPEN, DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED
from domain.geometry import Placement
from domain.layers import pack
from domain.model import Document, Page, PageRef, Quality
from ingest.intake import Intake, IntakeSettings
from ingest.limits import Limits
from pipeline.assemble import Assembly
from pipeline.layers import part
from pipeline.reader import Reader
from tests.fakes.sandbox import Direct
from tests.pipeline.test_layers import page as drawn_page


class Heard:
    """A feed that remembers."""

    def __init__(self):
        self.lines = []

    def tell(self, event, **facts):
        self.lines.append((event, facts))


class Room:
    """A data folder with two received page files in one batch, and a desk."""

    def __init__(self, place):
        self.books = open_books(place / "data", SystemClock(), PROJECTORS, METADATA)
        self.feed, clock = Heard(), SystemClock()
        self.cases = Cases(self.books.engine, self.books.registrar, clock)
        self.records = Records(self.books.engine, self.books.registrar, self.feed)
        self.reader = Reader(Direct(), StepFolder(place / "steps"), "rapidocr", "pdfium", 30.0, 1, lambda page: None)
        rest = (self.cases, self.feed, Limits(), place / "work", "0")
        tools = Tools(self.books.store, self.books.registrar, Direct(), None, self.reader, *rest)
        self.desk = LineDesk(tools, self.records)
        folder = place / "stack"
        folder.mkdir()
        for number in (1, 2):
            image = np.full((200, 300), 255, np.uint8)
            cv2.putText(image, f"page {number}", (20, 100), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
            cv2.imwrite(str(folder / f"{number}.png"), image)
        books = self.books
        settings = IntakeSettings(office="main")
        intake = Intake(place, settings, books.store, books.registrar, books.engine, clock, self.feed, self.at, lambda *_: None)
        taken = intake.take([folder], "W01")
        self.batch, self.receipts = taken[0].batch, [one.receipt for one in taken]

    def take(self, path):
        """One more file, in a batch of its own, which becomes the room's; its receipt."""
        books = self.books
        intake = Intake(
            path.parent,
            IntakeSettings(office="main"),
            books.store,
            books.registrar,
            books.engine,
            SystemClock(),
            self.feed,
            self.at,
            lambda *_: None,
        )
        (taken,) = intake.take([path], "W01")
        self.batch = taken.batch
        return taken.receipt

    def at(self, window):
        found = self.cases.at(window)
        return found.id if found else None

    def scans(self):
        return [self.desk.examine(receipt) for receipt in self.desk.receipts(self.batch)]

    def shelve(self, assembly, generation=1):
        scans = self.scans()
        documents = self.desk.shelve(self.batch, generation, scans, assembly)
        self.desk.finish(self.batch, generation, scans, assembly)
        return documents

    def kinds(self):
        return [event.kind for event in self.books.ledger.read()]


def page(receipt):
    return Page(PageRef(receipt, 1), Placement(300, 200, 0, 0.0), (100.0, 100.0), 0, False, False, Quality())


def together(receipts, code=None):
    return Assembly((Document("other", 1.0, tuple(page(r) for r in receipts), code=code),), (), ())


@pytest.fixture
def room(tmp_path):
    room = Room(tmp_path)
    yield room
    room.books.close()


def cases_of(room, document):
    event = next(e for e in room.books.ledger.read() if e.kind == DOCUMENT_SHELVED and e.subject == document)
    return event.body["case"], event.body["code"]


def test_the_code_of_an_open_case_puts_the_document_there(room):
    case = room.cases.open("2026-0009", "main")
    (document,) = room.shelve(together(room.receipts, code="2026-0009"))
    assert cases_of(room, document) == (case.id, "2026-0009")
    assert CODE_NOT_OPEN not in room.kinds()


@pytest.mark.parametrize("closed", [False, True])
def test_the_code_of_a_case_that_is_not_open_leads_to_unassigned_with_a_notice(room, closed):
    if closed:
        room.cases.open("2026-0009", "main")
        room.cases.close("2026-0009")
    (document,) = room.shelve(together(room.receipts, code="2026-0009"))
    assert cases_of(room, document) == (None, "2026-0009")
    assert room.kinds().count(CODE_NOT_OPEN) == 1
    assert ("notice", "2026-0009") in [(event, facts.get("code")) for event, facts in room.feed.lines]
    assert [row.state.value for row in room.records.of_window("W01")] == ["shelved", "shelved"]


def test_without_a_code_the_case_open_at_the_window_when_the_batch_came_is_taken(tmp_path):
    class Opened(Room):
        def at(self, window):
            return self.cases.open("2026-0001", "main", window).id

    room = Opened(tmp_path)
    (document,) = room.shelve(together(room.receipts))
    assert cases_of(room, document) == (room.cases.find("2026-0001").id, None)
    room.books.close()


def test_doing_it_twice_records_it_once(room):
    first = room.shelve(together(room.receipts))
    size = room.books.ledger.size()
    objects = list(room.books.store.names())
    assert room.shelve(together(room.receipts)) == first
    assert room.books.ledger.size() == size
    assert list(room.books.store.names()) == objects


def test_another_assembly_supersedes_and_keeps_what_was(room):
    (whole,) = room.shelve(together(room.receipts))
    apart = Assembly(tuple(Document("other", 1.0, (page(r),)) for r in room.receipts), (), ())
    parts = room.shelve(apart, generation=2)
    assert len(parts) == 2
    assert whole not in parts
    superseded = [e.subject for e in room.books.ledger.read() if e.kind == DOCUMENT_SUPERSEDED]
    assert superseded == [whole]
    again = room.shelve(together(room.receipts), generation=3)
    assert again != [whole], "what was superseded does not come back under its old id"
    rows = {row.id: row for row in room.records.documents(room.batch)}
    for name, row in rows.items():
        assert room.books.store.path(row.pdf).is_file(), name


def test_a_page_is_archived_in_the_layers_that_were_made_when_it_was_read_and_they_are_gone_afterwards(room, tmp_path):
    sheet = drawn_page()
    place = Placement(sheet.shape[1], sheet.shape[0], 0, 0.0)
    cv2.imwrite(str(tmp_path / "scan.png"), sheet)
    parted = part(sheet, 200.0, place, (), lambda strip: "")
    taken = room.take(tmp_path / "scan.png")
    scan = next(s for s in room.scans() if s.receipt == taken)
    layers = room.reader.kept.beside(room.reader._key(scan.digest, 1))
    layers.write_bytes(pack(parted))
    whole = Page(PageRef(taken, 1), place, (200.0, 200.0), 0, False, False, Quality())
    names = room.shelve(Assembly((Document("other", 1.0, (whole,)),), (), ()))
    (row,) = [row for row in room.records.documents(room.batch) if row.id in names]
    with pikepdf.open(room.books.store.path(row.pdf)) as pdf:
        assert any("/ImageMask" in image for image in pdf.pages[0].resources.XObject.values())
    assert not layers.exists()


def test_two_documents_of_one_kind_on_one_page_are_two(room):
    first, second = room.receipts
    both = Assembly(
        (Document("id_card", 1.0, (page(first),)), Document("id_card", 1.0, (page(first),)), Document("other", 1.0, (page(second),))),
        (),
        (),
    )
    names = room.shelve(both)
    assert len(set(names)) == 3 and room.shelve(both) == names
    assert len([e for e in room.books.ledger.read() if e.kind == DOCUMENT_SHELVED]) == 3


def test_a_receipt_with_nothing_but_blanks_is_empty(room):
    first, second = room.receipts
    room.shelve(Assembly((Document("other", 1.0, (page(first),)),), (page(second),), ()))
    assert {row.id: row.state.value for row in room.records.of_window("W01")} == {first: "shelved", second: "empty"}
