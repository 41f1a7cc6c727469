"""The same sheet scanned twice is found; the same form filled in for another person is another sheet."""

import dataclasses
import random

import cv2
import numpy as np
import pytest

from domain.geometry import Placement
from domain.model import Page, PageRef, Quality, Word
from domain.ports import Image
from pipeline.clean import duplicates, fingerprint
from pipeline.page import straighten
from tests.pipeline.sheets import WORDS, letter, scanned

FORM = (
    "办理居住登记申请表申请人姓名性别出生日期公民身份号码现住址联系电话本人承诺以上内容真实有效如有虚假愿意承担相应法律责任申请人签名年月日"
)


def print_of(page: Image, turned: int = 0, angle: float = 0.0) -> str:
    displayed = scanned(page, turned, angle)
    placement = Placement(displayed.shape[1], displayed.shape[0], turned, angle)
    return fingerprint(straighten(displayed, placement), placement)


def far(one: str, two: str) -> int:
    return (int(one[:16], 16) ^ int(two[:16], 16)).bit_count()


def page_of(number: int, text: str, print_: str, confidence: float = 0.99) -> Page:
    words = tuple(Word(part, (0, 0, 1, 1), ((0, 0, 1, 1),) * len(part), confidence, line) for line, part in enumerate(text.split("\n")))
    return Page(
        PageRef("receipt", number), Placement(10, 10, 0, 0), (200, 200), 0, False, False, Quality(), words=words, fingerprint=print_
    )


def misread(text: str, share: float) -> str:
    chosen = random.Random(1)
    return "".join("口" if not c.isascii() and chosen.random() < share else c for c in text)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [-4.0, 0.7])
def test_a_fingerprint_outlives_a_second_scan(turned: int, angle: float) -> None:
    first = print_of(letter(1))
    again = np.roll(cv2.GaussianBlur(letter(1), (0, 0), 0.8), (9, -11), axis=(0, 1))
    again = np.clip(again * 0.85 + np.random.default_rng(2).normal(0, 4, again.shape), 0, 255).astype(np.uint8)
    assert len(first) == 80
    assert far(first, print_of(again, turned, angle)) <= 20
    assert far(first, print_of(np.where(again > 120, 255, 0).astype(np.uint8), turned, angle)) <= 20


def test_a_dark_lid_and_shade_do_not_change_it_much() -> None:
    framed = cv2.copyMakeBorder(letter(2)[30:-30, 30:-30], 30, 30, 30, 30, cv2.BORDER_CONSTANT, value=(20,))
    assert far(print_of(letter(2)), print_of(framed)) <= 20
    assert far(print_of(letter(2)), print_of((letter(2) * np.linspace(1, 0.7, 1654)).astype(np.uint8))) <= 20


def test_unlike_pages_have_unlike_fingerprints() -> None:
    short = np.full((2339, 1654), 250, np.uint8)
    short[300:740, 500:1180] = letter(3, (680, 440), rows=6)
    assert far(print_of(letter(3)), print_of(short)) > 20


def test_a_second_scan_is_found_though_some_characters_were_misread() -> None:
    text = FORM + "\n999999199003070012\n" + "王小明"
    pages = [
        page_of(1, text, print_of(letter(1))),
        page_of(2, "别的\n" * 9 + FORM[:20], print_of(letter(9))),
        page_of(3, misread(text, 0.02), print_of(letter(1), 90, 1.5)),
    ]
    assert duplicates(pages) == {PageRef("receipt", 3): PageRef("receipt", 1)}


def test_a_third_scan_names_the_first() -> None:
    pages = [page_of(n, FORM, print_of(letter(1))) for n in (1, 2, 3)]
    assert duplicates(pages) == {PageRef("receipt", 2): PageRef("receipt", 1), PageRef("receipt", 3): PageRef("receipt", 1)}


def test_the_same_form_of_another_person_is_no_duplicate() -> None:
    print_ = print_of(letter(1))
    one, two = FORM * 3 + "\n999999199003070012", FORM * 3 + "\n999999198511230027"
    assert duplicates([page_of(1, one, print_), page_of(2, two, print_)]) == {}


def test_consecutive_forms_that_differ_in_one_digit_are_no_duplicates() -> None:
    print_ = print_of(letter(1))
    assert duplicates([page_of(1, FORM * 3 + "\nNO20260001", print_), page_of(2, FORM * 3 + "\nNO20260002", print_)]) == {}


def test_like_text_on_unlike_sheets_is_no_duplicate() -> None:
    other = np.full((2339, 1654), 250, np.uint8)
    other[1700:2140, 900:1580] = letter(3, (680, 440), rows=6)
    assert duplicates([page_of(1, FORM, print_of(letter(1))), page_of(2, FORM, print_of(other))]) == {}


def test_pages_without_text_must_look_the_same() -> None:
    assert duplicates([page_of(1, "", print_of(letter(1))), page_of(2, "", print_of(letter(1)))]) != {}
    other = np.full((2339, 1654), 250, np.uint8)
    other[300:740, 500:1180] = letter(3, (680, 440), rows=6)
    assert duplicates([page_of(1, "", print_of(letter(1))), page_of(2, "", print_of(other))]) == {}
    assert duplicates([page_of(1, FORM, print_of(letter(1))), page_of(2, "", print_of(letter(1)))]) == {}


def test_blanks_separators_and_unread_pages_repeat_nothing() -> None:
    page = page_of(1, FORM, print_of(letter(1)))
    for change in ({"blank": True}, {"separator": True}, {"failure": "damaged"}, {"fingerprint": ""}):
        other = dataclasses.replace(page, ref=PageRef("receipt", 2), **change)
        assert duplicates([page, other]) == {}
        assert duplicates([other, page]) == {}
    assert duplicates([]) == {}


def test_a_fingerprint_shows_nothing_of_the_words() -> None:
    assert not any(word in bytes.fromhex(print_of(letter(1))).decode("latin-1") for word in WORDS)
