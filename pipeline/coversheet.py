"""The separator sheet a clerk prints and lays before a case's papers: an A4 page with the case's code as QR and as Code 128.

Promises: what it writes is read back as a separator from a bilevel scan at 200 dpi, any way round and a little askew; the case number
stands on it in print; Chinese and English captions where a Chinese font is installed, English alone otherwise. The same input gives the
same picture. Nothing personal is on it: a case number holds nothing personal.
"""

import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.checks import case_number
from pipeline.codes import PATCH_TEXT

VERSION = "1"
_DPI = 300
_MM = _DPI / 25.4
_PAGE = (round(210 * _MM), round(297 * _MM))
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
_CHINESE = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
)
_SIMPLIFIED = {"NotoSansCJK-Regular.ttc": 2}  # which face of a collection has the forms used on the mainland


def coversheet(case: str | None, out: str) -> None:
    """Write a separator sheet as a PDF to the path `out`: for the case number `case`, or one that names no case if it is None.

    Raises:
        ValueError: `case` is not a case number (`^[A-Z0-9][A-Z0-9-]{3,31}$`).
        OSError: `out` cannot be written.
    """
    from PIL import Image, ImageDraw

    text = PATCH_TEXT if case is None else f"CASEFILE:1:{case}"
    if case is not None and not case_number(case):
        raise ValueError("a case number has 4 to 32 characters of A-Z, 0-9 and -, does not begin with -, and is no person's number")
    page = Image.new("1", _PAGE, 1)
    draw = ImageDraw.Draw(page)
    chinese = _chinese_font()
    _write(draw, 32, "分隔页  Separator" if chinese else "Separator", 11)
    _paste(page, "QRCode", text, 60, 75, 75)
    _paste(page, "Code128", text, 152, 150, 18)
    _write(draw, 182, case or PATCH_TEXT, 9)
    if chinese:
        _write(draw, 204, "扫描时置于每份材料之前，请勿取走", 5)
    _write(draw, 216, "Lay before the papers of each case", 4.5)
    moment = time.gmtime(0)  # the sheet is no record: it carries no date
    page.save(out, "PDF", resolution=_DPI, title=text, creationDate=moment, modDate=moment)


def _paste(page: Any, kind: str, text: str, top: float, width: float, height: float) -> None:
    """A code in the middle of the page, `top` mm from its upper edge, within `width` x `height` mm, modules whole pixels wide."""
    import numpy as np
    import zxingcpp as zxing
    from PIL import Image

    code = zxing.create_barcode(text, zxing.QRCode if kind == "QRCode" else zxing.Code128)
    small = np.array(zxing.write_barcode_to_image(code, scale=1, add_quiet_zones=False))
    if kind == "Code128":
        small = small[:1]
    module = max(1, int(width * _MM / small.shape[1]))
    tall = module if kind == "QRCode" else round(height * _MM)
    large = np.kron(small, np.ones((tall, module), np.uint8))
    page.paste(Image.fromarray(large).convert("1"), ((_PAGE[0] - large.shape[1]) // 2, round(top * _MM)))


def _write(draw: Any, top: float, text: str, size: float) -> None:
    """A line of text in the middle, `top` mm from the upper edge, letters `size` mm high, smaller if it would not fit."""
    font = _font(round(size * _MM))
    while draw.textlength(text, font=font) > _PAGE[0] - 30 * _MM and size > 2:
        size *= 0.9
        font = _font(round(size * _MM))
    draw.text((_PAGE[0] / 2, top * _MM), text, font=font, fill=0, anchor="ma")


def _font(pixels: int) -> Any:
    from PIL import ImageFont

    chinese = _chinese_font()
    if chinese is None:
        return ImageFont.load_default(pixels)
    return ImageFont.truetype(str(chinese), pixels, index=_SIMPLIFIED.get(chinese.name, 0))


@lru_cache(maxsize=1)
def _chinese_font() -> Path | None:
    """The first Chinese font found in the usual folders, in our order of liking, or None."""
    found: dict[str, Path] = {}
    for folder in (Path(name).expanduser() for name in _FOLDERS):
        for path in sorted(folder.rglob("*.[ot]t[cf]")) if folder.is_dir() else ():
            found.setdefault(path.name, path)
    return next((found[name] for name in _CHINESE if name in found), None)
