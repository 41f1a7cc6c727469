"""Whole or not: told by structure, with bounds, for any bytes."""

import io
import struct
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from ingest.formats import Whole, sniff, whole
from ingest.tiff import Unsound, directories
from tests.fakes.scans import page, scan

BAD = Path(__file__).resolve().parents[3] / "shared" / "bad"
MEDIA = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "bmp": "image/bmp",
    "webp": "image/webp",
    "jp2": "image/jp2",
    "pdf": "application/pdf",
}
WHOLE = {ending: scan("whole", ending) for ending in MEDIA}
WHOLE["pdf"], WHOLE["tif"] = scan("whole", "pdf", pages=2), scan("whole", "tif", pages=2, compression="tiff_lzw")


def asked(tmp_path: Path, data: bytes) -> Whole:
    path = tmp_path / "f"
    path.write_bytes(data)
    return whole(path).state


@pytest.mark.parametrize("ending", MEDIA)
def test_the_format_is_told_by_content(tmp_path: Path, ending: str) -> None:
    (tmp_path / "named.doc").write_bytes(WHOLE[ending])
    found = whole(tmp_path / "named.doc")
    assert (found.state, found.media) == (Whole.YES, MEDIA[ending])


@pytest.mark.parametrize("compression", ["group4", "jpeg", "tiff_lzw", "packbits", "tiff_adobe_deflate", None])
@pytest.mark.parametrize("big", [False, True])
def test_tiffs_of_every_compression_are_whole_and_cut_anywhere_are_not(tmp_path: Path, compression: str | None, big: bool) -> None:
    options: dict[str, object] = {"compression": compression} if compression else {}
    data = scan("page", "tif", pages=3, big_tiff=big, **options)
    assert sniff(data[:64]) == "image/tiff"
    assert asked(tmp_path, data) is Whole.YES
    for cut in range(16, len(data) - 1, max(1, len(data) // 80)):
        assert asked(tmp_path, data[:cut]) is Whole.PARTIAL, cut


def test_both_byte_orders_are_read(tmp_path: Path) -> None:
    strip, at = bytes(range(1, 65)), 8 + 2 + 9 * 12 + 4
    tags = [(256, 8), (257, 8), (258, 8), (259, 1), (262, 1), (273, at), (277, 1), (278, 8), (279, 64)]
    for order, magic in (("<", b"II*\0"), (">", b"MM\0*")):
        entries = b"".join(struct.pack(order + "HHII", tag, 4, 1, value) for tag, value in tags)
        data = magic + struct.pack(order + "I", 8) + struct.pack(order + "H", 9) + entries + struct.pack(order + "I", 0) + strip
        assert asked(tmp_path, data) is Whole.YES
        assert asked(tmp_path, data[:-1]) is Whole.PARTIAL
        (image,) = directories(io.BytesIO(data), len(data))
        assert (image.width, image.height, image.bits, image.data) == (8, 8, 8, ((at, 64),))


@pytest.mark.parametrize("ending", MEDIA)
def test_no_beginning_of_a_file_is_whole(tmp_path: Path, ending: str) -> None:
    data = WHOLE[ending]
    slack = {"tif": 8, "pdf": 1}.get(ending, 0)  # padding, or a closing newline, may be missing
    for cut in [*range(0, len(data) - 40, max(1, len(data) // 150)), *range(len(data) - 40, len(data) - slack)]:
        assert asked(tmp_path, data[:cut]) is not Whole.YES, cut


@pytest.mark.parametrize("ending", [e for e in MEDIA if e != "bmp"])
def test_zeros_from_the_middle_on_are_no_whole_file(tmp_path: Path, ending: str) -> None:
    data = WHOLE[ending]
    for share in (0.02, 0.3, 0.6, 0.9):
        keep = int(len(data) * share)
        assert asked(tmp_path, data[:keep] + bytes(len(data) - keep)) is not Whole.YES, share


@pytest.mark.parametrize("ending", MEDIA)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=6), cut=st.floats(0, 1))
def test_any_bytes_are_answered_quickly_and_without_an_error(
    tmp_path: Path, ending: str, changes: list[tuple[float, bytes]], cut: float
) -> None:
    data = bytearray(WHOLE[ending])
    for place, new in changes:
        at = int(place * (len(data) - 1))
        data[at : at + len(new)] = new
    start = time.perf_counter()
    asked(tmp_path, bytes(data[: int(len(data) * max(cut, 0.3))]))
    assert time.perf_counter() - start < 2


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    magic=st.sampled_from(
        [
            b"II*\0",
            b"MM\0*",
            b"II+\0\x08\0\0\0",
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n",
            b"RIFF\x10\0\0\0WEBP",
            b"%PDF-",
            b"\0\0\0\x0cjP  \r\n\x87\n",
            b"",
        ]
    ),
    rest=st.binary(max_size=400),
)
def test_hostile_headers_never_raise(tmp_path: Path, magic: bytes, rest: bytes) -> None:
    asked(tmp_path, magic + rest)


def test_a_circle_of_directories_ends(tmp_path: Path) -> None:
    data = b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 256, 4, 1, 5) + struct.pack("<I", 8) + bytes(8)
    assert asked(tmp_path, data) is Whole.ODD
    with pytest.raises(Unsound):
        list(directories(io.BytesIO(data), len(data)))


def test_many_small_segments_end_within_bounds(tmp_path: Path) -> None:
    start = time.perf_counter()
    assert asked(tmp_path, b"\xff\xd8\xff" + b"\xd0\xff" * 600_000) is not Whole.YES
    assert asked(tmp_path, b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0tEXtABCD" * 300_000) is not Whole.YES
    assert time.perf_counter() - start < 5


def test_white_paper_without_compression_is_not_taken_for_room(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("1", (800, 800), 1).save(out, format="TIFF", tiffinfo={262: 0})
    assert asked(tmp_path, out.getvalue()) is not Whole.PARTIAL


def test_data_behind_the_end_does_not_hide_the_end(tmp_path: Path) -> None:
    assert asked(tmp_path, WHOLE["jpg"] + bytes(5000)) is Whole.YES
    assert asked(tmp_path, WHOLE["pdf"] + b"\r\n" * 100) is Whole.YES
    assert asked(tmp_path, b"\xef\xbb\xbf" + WHOLE["pdf"]) is Whole.YES, "offsets may count from the header"


def test_a_progressive_jpeg_with_a_preview_is_walked_to_its_own_end(tmp_path: Path) -> None:
    out = io.BytesIO()
    page("preview").save(out, format="JPEG", progressive=True, exif=b"Exif\0\0" + scan("small"))
    data = out.getvalue()
    assert asked(tmp_path, data) is Whole.YES
    assert asked(tmp_path, data[: data.rindex(b"\xff\xda")]) is Whole.PARTIAL


@pytest.mark.skipif(not BAD.is_dir(), reason="needs ../shared/bad")
def test_all_known_bad_files_are_answered_quickly() -> None:
    for path in BAD.rglob("*"):
        if path.is_file() and path.parent.name in ("image", "mutated", "pdf", "bomb", "pdf_own", "polyglot", "half", "baseline"):
            start = time.perf_counter()
            state = whole(path).state
            assert time.perf_counter() - start < 1, path
            if path.parent.name == "baseline":
                assert state is Whole.YES, path
