"""Sheets as a scanner gives them: a printed form, laid askew or turned, noisy, smeared, saved as a file. All at 200 dpi."""

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from domain.ports import Image as Pixels
from tests.fakes.drawn_page import SIZE, Line, drawn

DPI = (200.0, 200.0)
MM = 200 / 25.4
"""Pixels of a millimetre."""


def form(name: str = "王小明", number: str = "999999199003070012") -> list[Line]:
    """A form of a dozen lines filled in for one person."""
    return [
        ("居住证申领登记表", 520, 180, 72),
        (f"姓名：{name}", 200, 420, 44),
        ("民族：汉族", 1000, 420, 44),
        (f"公民身份号码：{number}", 200, 540, 44),
        ("现住地址：海滨市中心区人民路一百二十号", 200, 660, 44),
        ("Application for Residence Permit", 200, 780, 44),
        ("申请人应当如实填写并对内容真实性负责。", 200, 960, 40),
        ("本表一式两份，由受理单位与申请人分别保存。", 200, 1080, 40),
        ("受理单位收到材料后应当场出具回执。", 200, 1200, 40),
        ("材料不齐的，应一次告知需要补正的全部内容。", 200, 1320, 40),
        ("以上内容经本人核对无误，特此声明。", 200, 1560, 40),
        ("申请人签名：", 900, 1800, 44),
    ]


def grey(image: Pixels) -> Pixels:
    return cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image


@lru_cache(maxsize=8)
def _printed(name: str, number: str) -> Pixels:
    return grey(drawn(form(name, number)))


def form_sheet(name: str = "王小明", number: str = "999999199003070012") -> Pixels:
    return _printed(name, number).copy()


def white(size: tuple[int, int] = SIZE, paper: int = 250) -> Pixels:
    return np.full((size[1], size[0]), paper, np.uint8)


def askew(image: Pixels, degrees: float) -> Pixels:
    """The content turned COUNTER-CLOCKWISE by `degrees` about the middle, the sheet as large as it was."""
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    return cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def turned(image: Pixels, degrees: int) -> Pixels:
    """The sheet turned CLOCKWISE by `degrees`, a multiple of 90."""
    return np.ascontiguousarray(np.rot90(image, -degrees // 90))


def noisy(image: Pixels, sigma: float, seed: int = 0) -> Pixels:
    noise = np.random.default_rng(seed).normal(0, sigma, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def bilevel(image: Pixels, limit: int = 140) -> Pixels:
    return np.where(image > limit, 255, 0).astype(np.uint8)


def saved_png(image: Pixels, path: Path, dpi: tuple[float, float] = DPI) -> str:
    Image.fromarray(image if image.ndim == 2 else np.ascontiguousarray(image[:, :, ::-1])).save(path, "PNG", dpi=dpi)
    return str(path)


def saved_fax(image: Pixels, path: Path, dpi: tuple[float, float] = DPI) -> str:
    """`image`, of two tones, as a TIFF in Group 4."""
    Image.fromarray(image).convert("1").save(path, "TIFF", compression="group4", dpi=dpi)
    return str(path)
