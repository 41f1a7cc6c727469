"""veraPDF passes every archived file as PDF/A-2u, and fails the ones spoiled on purpose."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from archive.pdfa import write
from archive.readback import read_back
from archive.xmp import Meta
from domain.geometry import Placement
from domain.layers import pack
from domain.model import Document, Page, PageRef, Quality, Word
from tests.archive.drawn import META, document_of, page_of, words_of
from tests.archive.encodings import samples
from tests.archive.test_layered import archived, parted
from tests.archive.test_pdfa_text import LAYOUTS
from tests.judges import verapdf
from tests.pipeline.test_layers import page as drawn_page

pytestmark = [pytest.mark.judge, pytest.mark.timeout(900)]
SESSIONS = Path(__file__).resolve().parents[2].parent / "shared" / "sessions" / "dev"
MEDIA = {".pdf": "application/pdf", ".tif": "image/tiff", ".jpg": "image/jpeg"}


@pytest.fixture(scope="module")
def judge():
    reason = verapdf.missing()
    if reason:
        pytest.skip(reason)
    return verapdf.judge


def test_every_encoding_and_layout_is_2u(judge, tmp_path):
    files = []
    for name, (data, media, size, _) in samples().items():
        source = tmp_path / name
        source.write_bytes(data)
        out = tmp_path / f"{name}.pdf"
        write(str(out), {"R1": (str(source), media)}, document_of(page_of(size, skew=0.7)), META)
        files.append(out)
    source = (str(tmp_path / "jpeg"), "image/jpeg")
    for name, words in LAYOUTS.items():
        out = tmp_path / f"layout-{name}.pdf"
        write(str(out), {"R1": source}, document_of(page_of(words=words)), replace(META, case=None))
        files.append(out)
    bad = {f.name: v for f, v in judge(files).items() if not v.passed or v.flavour != "2u"}
    assert bad == {}


def test_a_page_in_layers_is_2u(judge, tmp_path):
    made, out, _ = archived(tmp_path, pack(parted(drawn_page())), skew=1.2)
    assert made.layered == (1,)
    (verdict,) = judge([out]).values()
    assert verdict.passed and verdict.flavour == "2u"


def spoiled_intent(pdf):
    del pdf.Root.OutputIntents


def spoiled_meaning(pdf):
    del pdf.pages[0].resources.Font["/T"].ToUnicode


def spoiled_script(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))


def spoiled_metadata(pdf):
    del pdf.Root.Metadata


def spoiled_colour(pdf):
    for image in pdf.pages[0].resources.XObject.values():
        image.Interpolate = True


def test_judge_fails_what_is_spoiled(judge, tmp_path):
    """A judge that passes everything proves nothing."""
    data, media, size, _ = samples()["jpeg"]
    source = tmp_path / "scan"
    source.write_bytes(data)
    files = []
    for spoil in (spoiled_intent, spoiled_meaning, spoiled_script, spoiled_metadata, spoiled_colour):
        out = tmp_path / f"{spoil.__name__}.pdf"
        write(str(out), {"R1": (str(source), media)}, document_of(page_of(size)), META)
        with pikepdf.open(out, allow_overwriting_input=True) as pdf:
            spoil(pdf)
            pdf.save(out, fix_metadata_version=False)
        files.append(out)
    passed = [f.name for f, v in judge(files, flavour="2u").items() if v.passed]
    assert passed == []


def scanned() -> list[tuple[str, Path, str, list[dict]]]:
    """One document a file: mode, path, media type, the truth's pages."""
    found = []
    for truth in sorted(SESSIONS.glob("*/truth.json")):
        session = json.loads(truth.read_text())
        pages: dict[str, list[dict]] = {}
        for page in session["pages"]:
            pages.setdefault(page["file"], []).append(page)
        for name, group in pages.items():
            path = truth.parent / "files" / name.split("/", 1)[1]
            found.append((session["mode"], path, MEDIA[path.suffix.lower()], sorted(group, key=lambda p: p["page"])))
    return found


def scanned_page(truth: dict) -> Page:
    placement = Placement(*truth["image_size"], truth["orientation"] or 0, truth["skew"] or 0.0)
    words: tuple[Word, ...] = words_of(*[" ".join(line["t"].split()) for line in truth.get("lines", [])[:25] if line["t"].strip()])
    ref = PageRef("R1", truth["page"])
    return Page(ref, placement, (truth["dpi"], truth["dpi"]), truth["orientation"], truth["blank"], False, Quality(), words=words)


@pytest.mark.slow
@pytest.mark.skipif(not SESSIONS.exists(), reason="the scanner sessions are not beside this checkout")
def test_scanned_sessions_are_2u(judge, tmp_path, capsys):
    meta = Meta("01JD3M9Z5Q8R7T6V4W2X1Y0ABC", "试验", None, datetime(2026, 11, 23, tzinfo=UTC))
    files, sizes = [], {}
    for number, (mode, path, media, pages) in enumerate(scanned()):
        document = Document("other", 1.0, tuple(scanned_page(p) for p in pages))
        out = tmp_path / f"{mode}-{number}.pdf"
        written = write(str(out), {"R1": (str(path), media)}, document, meta)
        read_back(str(out), {"R1": (str(path), media)}, document, meta)
        total = sizes.setdefault(mode, [0, 0, 0])
        sizes[mode] = [total[0] + written.pages, total[1] + path.stat().st_size, total[2] + written.bytes]
        files.append(out)
    verdicts = judge(files)
    with capsys.disabled():
        for mode, (pages, before, after) in sizes.items():
            print(f"\n{mode}: {pages} pages, {before // pages} bytes a page as scanned, {after // pages} archived", end="")
    assert {f.name: v for f, v in verdicts.items() if not v.passed or v.flavour != "2u"} == {}
