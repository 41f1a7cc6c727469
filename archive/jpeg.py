"""JPEG as scanners write it, taken apart just far enough to keep it whole: ITU-T T.81, annex B.

Promises: the entropy-coded data go into the archive as they came. What follows the image's own end (a second picture, an attached
file) does not. Strips of a TIFF are joined with restart markers, which loses nothing (T.81, F.1.1.5.2 and B.2.4.4).
"""

import io
import re
from dataclasses import dataclass

from PIL import Image

from archive.raster import Raster, Scan, lossless, oriented

SOI, EOI, SOS, DQT, DHT, DRI, APP14 = 0xD8, 0xD9, 0xDA, 0xDB, 0xC4, 0xDD, 0xEE
PLAIN = {0xC0, 0xC1, 0xC2}
"""Baseline, extended and progressive Huffman: what DCTDecode takes (ISO 32000-1, 7.4.8)."""
ENTROPY_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
RGB_MARK = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"
"""An Adobe marker with transform 0: the three components are red, green and blue themselves."""
EXIF_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class Frame:
    """What the headers say. `scan` is where the first scan's entropy-coded data begin, `end` where the image ends (after EOI)."""

    process: int
    bits: int
    width: int
    height: int
    components: tuple[tuple[int, int, int], ...]
    adobe: int | None
    jfif: bool
    interval: int
    scans: int
    sof: int
    sos: int
    scan: int
    end: int

    @property
    def kept(self) -> bool:
        """Whether a PDF can hold the stream as it is."""
        return self.process in PLAIN and self.bits == 8 and len(self.components) in (1, 3) and self.width > 0 and self.height > 0

    @property
    def block(self) -> tuple[int, int]:
        """Width and height of a minimum coded unit in pixels."""
        if len(self.components) == 1:
            return (8, 8)
        return (8 * max(c[1] for c in self.components), 8 * max(c[2] for c in self.components))


def parse(data: bytes) -> Frame | None:
    """The frame of the first image in `data`; None if it is not a JPEG with a frame and a scan."""
    if data[:2] != b"\xff\xd8":
        return None
    at, frame, adobe, jfif, interval, scans, sos, scan = 2, None, None, False, 0, 0, 0, 0
    while at + 2 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == EOI:
            at += 2
            break
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 2 + length]
        if 0xC0 <= marker <= 0xCF and marker not in (DHT, 0xC8, 0xCC) and frame is None and len(body) >= 6:
            components = tuple(
                (body[6 + 3 * k], body[7 + 3 * k] >> 4, body[7 + 3 * k] & 15) for k in range(min(body[5], (len(body) - 6) // 3))
            )
            frame = (marker, body[0], int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"), components, at)
        elif marker == APP14 and body[:5] == b"Adobe" and len(body) >= 12:
            adobe = body[11]
        elif marker == 0xE0 and body[:5] == b"JFIF\x00":
            jfif = True
        elif marker == DRI:
            interval = int.from_bytes(body[:2], "big")
        at += 2 + length
        if marker == SOS:
            sos, scan, scans = (sos, scan, scans + 1) if scans else (at - 2 - length, at, 1)
            found = ENTROPY_END.search(data, at)
            at = found.start() if found else len(data)
    if frame is None or not scans:
        return None
    process, bits, width, height, components, sof = frame
    return Frame(process, bits, width, height, components, adobe, jfif, interval, scans, sof, sos, scan, min(at, len(data)))


def keep(data: bytes, rgb: bool | None = None) -> Raster | None:
    """`data` as a DCT stream, its pixels untouched; None if a PDF cannot hold it so.

    `rgb`: whether three components are known to be red, green, blue (True) or luma and chroma (False); None leaves it to the stream.
    """
    frame = parse(data)
    if frame is None or not frame.kept:
        return None
    named = bytes(c[0] for c in frame.components) == b"RGB" and not frame.jfif
    data = data[: frame.end]
    if len(frame.components) == 3 and frame.adobe is None and (rgb or (rgb is None and named)):
        data = data[:2] + RGB_MARK + data[2:]
    return Raster(data, frame.width, frame.height, 8, "gray" if len(frame.components) == 1 else "rgb", "/DCTDecode")


def scan(data: bytes) -> Scan:
    """A JPEG file as displayed: its Exif orientation is kept in the matrix."""
    with Image.open(io.BytesIO(data)) as image:
        orientation = int(image.getexif().get(EXIF_ORIENTATION, 1))
        raster = keep(data)
        if raster is not None:
            return oriented(raster, orientation, "jpeg as scanned")
        raster, kept = lossless(image)
        return oriented(raster, orientation, kept)


def with_tables(strip: bytes, tables: bytes) -> bytes:
    """An abbreviated image and the tables it leaves out, as one stream (TIFF technical note 2)."""
    return strip if len(tables) < 4 else tables[:-2] + strip[2:]


def join(strips: list[bytes], height: int) -> bytes | None:
    """Strips of one image, each a stream of its own, as a single stream of `height` rows; None if they do not fit together."""
    frames = [parse(s) for s in strips]
    first = frames[0]
    if first is None or first.process == 0xC2:
        return None
    across = -(-first.width // first.block[0])
    interval = across * (first.height // first.block[1])
    heads = set()
    for frame, strip in zip(frames, strips, strict=True):
        if frame is None or frame.scans != 1 or frame.interval:
            return None
        heads.add(strip[: frame.sof + 5] + strip[frame.sof + 7 : frame.scan])
    if len(heads) != 1 or first.height % first.block[1] or not 0 < interval <= 0xFFFF:
        return None
    head = strips[0]
    out = head[: first.sof + 5] + height.to_bytes(2, "big") + head[first.sof + 7 : first.sos]
    out += b"\xff\xdd\x00\x04" + interval.to_bytes(2, "big") + head[first.sos : first.scan]
    for k, (frame, strip) in enumerate(zip(frames, strips, strict=True)):
        assert frame is not None
        out += (bytes([0xFF, 0xD0 + (k - 1) % 8]) if k else b"") + strip[frame.scan : frame.end - 2]
    return out + b"\xff\xd9"
