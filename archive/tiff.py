"""Pages of a TIFF file: TIFF 6.0, with JPEG as in technical note 2.

Promises: one strip of group 4 and JPEG in strips go into the archive as they came; several strips of fax, which as separate images would
show seams when turned, become one strip of the same pixels; everything else becomes lossless Flate. A page stored turned is turned back
by the matrix.
"""

from types import TracebackType
from typing import Any, Self

from PIL import Image

from archive import jpeg
from archive.raster import ORIENTATIONS, Raster, Scan, ccitt, lossless, oriented
from domain.errors import Refused
from domain.geometry import Placement
from domain.reasons import Reason

MALFORMED = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RuntimeError)
"""What reading a directory with errors in it raises."""
WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, FILL_ORDER = 256, 257, 258, 259, 262, 266
OFFSETS, ORIENTATION, SAMPLES, COUNTS, GROUP4, TILE_WIDTH, TILE_HEIGHT, TILE_OFFSETS, TILE_COUNTS, TABLES = (
    *(273, 274, 277, 279, 293, 322, 323, 324, 325, 347),
)
REVERSED = bytes(int(f"{b:08b}"[::-1], 2) for b in range(256))


class TiffPages:
    """An open TIFF file."""

    def __init__(self, path: str) -> None:
        self.file = open(path, "rb")  # noqa: SIM115, PTH123 - closed by __exit__
        self.image = Image.open(self.file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.image.close()
        self.file.close()

    def page(self, number: int, placement: Placement, decoded: bool = False) -> Scan:
        """Page `number`, from 1; its size is its own, whatever `placement` says. `decoded`: its pixels, not its stream.

        Raises:
            EOFError: there is no such page. Refused: DAMAGED, it cannot be decoded, though its reader could.
        """
        self.image.seek(number - 1)
        raster, orientation = (None, 1) if decoded else self._stream()
        if raster is not None:
            kept = "ccitt-g4 as scanned" if raster.filter == "/CCITTFaxDecode" else "jpeg as scanned"
            return oriented(raster, orientation if orientation in ORIENTATIONS else 1, kept)
        try:
            self.image.load()  # Pillow turns it upright itself
        except (*MALFORMED, SyntaxError) as error:
            raise Refused(Reason.DAMAGED, "a page of a TIFF can be read, but not decoded again") from error
        raster, kept = lossless(self.image)
        return oriented(raster, 1, kept)

    def _stream(self) -> tuple[Raster | None, int]:
        """The page's stream and how it is stored turned; None if its pixels have to do, also where its tags make no sense."""
        try:
            tags = dict(self.image.tag_v2)  # type: ignore[attr-defined]
            return self._fax(tags) or self._jpeg(tags), tags.get(ORIENTATION, 1)
        except MALFORMED:
            return None, 1

    def _read(self, offset: int, count: int) -> bytes:
        self.file.seek(offset)
        return self.file.read(count)

    def _fax(self, tags: dict[int, Any]) -> Raster | None:
        if tags.get(COMPRESSION) != 4 or len(tags.get(OFFSETS, ())) != 1 or tags.get(SAMPLES, 1) != 1 or tags.get(GROUP4, 0) & 2:
            return None
        if tags.get(PHOTOMETRIC) not in (0, 1) or TILE_OFFSETS in tags or tuple(tags.get(BITS, (1,))) != (1,):
            return None
        data = self._read(tags[OFFSETS][0], tags[COUNTS][0])
        if tags.get(FILL_ORDER, 1) == 2:
            data = data.translate(REVERSED)
        return ccitt(data, tags[WIDTH], tags[HEIGHT], tags[PHOTOMETRIC] == 1)

    def _jpeg(self, tags: dict[int, Any]) -> Raster | None:
        if tags.get(COMPRESSION) != 7 or tags.get(PHOTOMETRIC) not in (0, 1, 2, 6):
            return None
        if TILE_OFFSETS in tags:
            offsets, counts = tags[TILE_OFFSETS], tags[TILE_COUNTS]
            if len(offsets) != 1:
                return None
        else:
            offsets, counts = tags[OFFSETS], tags[COUNTS]
        strips = [self._read(o, c) for o, c in zip(offsets, counts, strict=True)]
        data = strips[0] if len(strips) == 1 else jpeg.join(strips, tags[HEIGHT])
        if data is None:
            return None
        raster = jpeg.keep(jpeg.with_tables(data, tags.get(TABLES, b"")), rgb=tags[PHOTOMETRIC] == 2)
        if raster is None or (raster.width, raster.height) != (tags[WIDTH], tags[HEIGHT]):
            return None
        return raster if tags[PHOTOMETRIC] != 0 else _inverted(raster)


def _inverted(raster: Raster) -> Raster:
    return Raster(raster.data, raster.width, raster.height, 8, raster.colour, raster.filter, decode=(1, 0))
