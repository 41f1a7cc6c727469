"""Pages drawn for the tests, saved in every encoding that scanners send, and the documents that would be read from them."""

import io
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

from archive.xmp import Meta
from domain.geometry import Placement
from domain.model import Document, Page, PageRef, Quality, Word

SIZE = (413, 584)
"""A4 at 50 dpi: small, so that hundreds of pages stay quick."""
DPI = 50.0
META = Meta("01JD3M9Z5Q8R7T6V4W2X1Y0ABC", "居住证 <申领> & 材料", "2026-0029", datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC))


def drawing(size: tuple[int, int] = SIZE, seed: int = 0) -> Image.Image:
    """A page unlike itself under every turn and mirroring: colour, fine print, a seal, a heavy corner."""
    width, height = size
    image = Image.new("RGB", size, (250, 249, 244))
    draw = ImageDraw.Draw(image)
    unit = width / 40
    draw.rectangle((0, 0, 9 * unit, 4 * unit), fill=(30, 60, 140))
    draw.ellipse((26 * unit, 40 * unit, 36 * unit, 50 * unit), outline=(200, 20, 30), width=max(2, int(unit)))
    font = ImageFont.load_default(max(8, int(1.6 * unit)))
    for row in range(8):
        draw.text((4 * unit, (7 + 4 * row) * unit), f"Row {row + seed}: resident permit 440399", fill=(20, 20, 20), font=font)
    draw.polygon([(2 * unit, height - 3 * unit), (12 * unit, height - 3 * unit), (2 * unit, height - 8 * unit)], fill=(20, 120, 60))
    return image


def saved(image: Image.Image, format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def black_and_white(image: Image.Image) -> Image.Image:
    return image.convert("L").point(lambda v: 255 if v > 140 else 0).convert("1")


UNDO = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What must be done to a displayed image so that a reader who obeys the orientation tag shows it as it was."""


def stored(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(UNDO[orientation]) if orientation != 1 else image


def tiff(tags: dict[int, tuple[int, Sequence[int]]], blocks: Sequence[bytes], offsets_tag: int = 273, order: str = "<") -> bytes:
    """A TIFF file of one directory; `tags`: number to (type, values); `blocks` are its strips or tiles."""
    counts_tag = {273: 279, 324: 325}[offsets_tag]
    body, offsets = b"", []
    for block in blocks:
        offsets.append(8 + len(body))
        body += block + bytes(len(block) % 2)
    tags = {**tags, offsets_tag: (4, offsets), counts_tag: (4, [len(b) for b in blocks])}
    start = 8 + len(body)
    entries, extra = b"", b""
    after = start + 2 + 12 * len(tags) + 4
    for number, (kind, values) in sorted(tags.items()):
        packed = b"".join(struct.pack(order + {1: "B", 3: "H", 4: "L", 7: "B"}[kind], v) for v in values)
        if len(packed) > 4:
            value = struct.pack(order + "L", after + len(extra))
            extra += packed + bytes(len(packed) % 2)
        else:
            value = packed.ljust(4, b"\x00")
        entries += struct.pack(order + "HHL", number, kind, len(values)) + value
    mark = b"II" if order == "<" else b"MM"
    directory = struct.pack(order + "H", len(tags)) + entries + struct.pack(order + "L", 0)
    return mark + struct.pack(order + "HL", 42, start) + body + directory + extra


def fax_strip(image: Image.Image) -> bytes:
    """Group 4 data of an image in mode 1, black runs for black."""
    data = saved(image, "TIFF", compression="group4", strip_size=1 << 30, tiffinfo={262: 0})
    with Image.open(io.BytesIO(data)) as again:
        tags = again.tag_v2
        strip = data[tags[273][0] : tags[273][0] + tags[279][0]]
        assert tags[262] == 0
    return strip


def split_jpeg(data: bytes) -> tuple[bytes, bytes]:
    """A JPEG's tables as a stream of their own, and the image without them."""
    at, tables, rest = 2, b"", b""
    while data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        segment = data[at : at + 2 + length]
        if data[at + 1] in (0xDB, 0xC4):
            tables += segment
        elif data[at + 1] != 0xE0:
            rest += segment
        at += 2 + length
    return b"\xff\xd8" + tables + b"\xff\xd9", b"\xff\xd8" + rest + data[at:]


def fax_tags(image: Image.Image, **more: tuple[int, Sequence[int]]) -> dict[int, tuple[int, Sequence[int]]]:
    tags: dict[int, tuple[int, Sequence[int]]] = {
        256: (4, [image.width]),
        257: (4, [image.height]),
        258: (3, [1]),
        259: (3, [4]),
        262: (3, [0]),
        277: (3, [1]),
        278: (4, [image.height]),
    }
    return {**tags, **{int(k[1:]): v for k, v in more.items()}}


def jpeg_tags(image: Image.Image, photometric: int, **more: tuple[int, Sequence[int]]) -> dict[int, tuple[int, Sequence[int]]]:
    channels = 1 if photometric in (0, 1) else 3
    return fax_tags(image, t258=(3, [8] * channels), t259=(3, [7]), t262=(3, [photometric]), t277=(3, [channels]), t284=(3, [1]), **more)


@dataclass(frozen=True)
class Mark:
    """How a drawn PDF page is laid out."""

    rotate: int = 0
    crop: tuple[float, ...] | None = None
    before: bytes = b""
    after: bytes = b""
    unit: float | None = None


def image_stream(
    pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], filter: str, space: object, bits: int = 8, **more: object
) -> pikepdf.Object:
    stream = pdf.make_stream(
        data, Type=Name.XObject, Subtype=Name.Image, Width=size[0], Height=size[1], ColorSpace=space, BitsPerComponent=bits
    )
    stream.Filter = Name(filter)
    for key, value in more.items():
        stream[f"/{key}"] = value
    return stream


def pdf_page(build: Callable[[pikepdf.Pdf], tuple[dict[str, pikepdf.Object], bytes]], mark: Mark = Mark()) -> bytes:
    """A PDF of one page of SIZE pixels at DPI; `build` gives the XObjects and the content."""
    pdf = pikepdf.new()
    points = (SIZE[0] / DPI * 72, SIZE[1] / DPI * 72)
    pdf.add_blank_page(page_size=points)
    page = pdf.pages[0].obj
    things, content = build(pdf)
    page.Resources = Dictionary(XObject=Dictionary({f"/{k}": v for k, v in things.items()}))
    page.Contents = pdf.make_stream(mark.before + content + mark.after)
    if mark.rotate:
        page.Rotate = mark.rotate
    if mark.crop:
        page.CropBox = Array(list(mark.crop))
    if mark.unit:
        page.UserUnit = mark.unit
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def whole(name: str = "Im") -> bytes:
    return f"q {SIZE[0] / DPI * 72:.4f} 0 0 {SIZE[1] / DPI * 72:.4f} 0 0 cm /{name} Do Q\n".encode()


def jpeg_pdf(image: Image.Image, mark: Mark = Mark()) -> bytes:
    data = saved(image, "JPEG", quality=90)
    return pdf_page(lambda pdf: ({"Im": image_stream(pdf, data, image.size, "/DCTDecode", Name.DeviceRGB)}, whole()), mark)


def words_of(*lines: str, top: float = 0.08, height: float = 0.02, left: float = 0.1) -> tuple[Word, ...]:
    """Words of lines in the blanks' places: square Chinese characters, Latin ones half as wide."""
    found = []
    for number, line in enumerate(lines):
        y, x = top + number * 1.6 * height, left
        em = height * 0.7
        for index, part in enumerate(line.split(" ")):
            x += em * 0.5 if index else 0
            boxes = []
            for character in part:
                step = em if ord(character) > 0x2E7F else em / 2
                boxes.append((x, y, x + step, y + height))
                x += step
            box = (boxes[0][0], y, boxes[-1][2], y + height)
            found.append(Word(part, box, tuple(boxes), 0.9, number, spaced=index > 0))
    return tuple(found)


TEXT = words_of("居住证申领表", "姓名：张三丰 Zhang San", "证号 440399199001011234", "𠮷野家 No. 12-")


def page_of(
    size: tuple[int, int] = SIZE, turned: int = 0, skew: float = 0.0, words: tuple[Word, ...] = TEXT, receipt: str = "R1", number: int = 1
) -> Page:
    return Page(PageRef(receipt, number), Placement(*size, turned, skew), (DPI, DPI), turned, False, False, Quality(), words=words)


def document_of(*pages: Page) -> Document:
    return Document("residence_permit_form", 0.9, tuple(pages))


def renumbered(page: Page, receipt: str, number: int) -> Page:
    return replace(page, ref=PageRef(receipt, number))
