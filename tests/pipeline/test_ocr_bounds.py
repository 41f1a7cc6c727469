import multiprocessing
import os
import resource
import socket
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from domain.errors import Misconfigured
from domain.model import text_of
from pipeline.ocr import tesseract
from pipeline.ocr.ctc import decode
from pipeline.ocr.engines import engine_named
from pipeline.ocr.ink import soften
from pipeline.ocr.rapid import Budget, RapidEngine
from tests.fakes.drawn_page import drawn

TEXT = [(f"第{n}行文字内容", 200, 200 + 150 * n, 48) for n in range(8)]


def test_a_page_over_its_count_of_lines_is_marked_and_keeps_what_was_read() -> None:
    engine = RapidEngine(Budget(lines=3))
    words = engine.read(drawn(TEXT), 200)
    assert engine.over_budget and len({w.line for w in words}) == 3
    engine.read(drawn(TEXT[:2]), 200)
    assert not engine.over_budget


def test_a_page_over_its_time_is_marked() -> None:
    clock = count(0, 5)
    engine = RapidEngine(Budget(seconds=12), cpu=lambda: float(next(clock)))
    words = engine.read(drawn(TEXT), 200)
    assert engine.over_budget and 0 < len({w.line for w in words}) < len(TEXT)


def test_a_pattern_all_over_the_page_does_not_take_the_machine() -> None:
    y, x = np.mgrid[0:2339, 0:1654].astype(np.float32)
    waves = (np.sin(x / 7 + 3 * np.sin(y / 31)) + np.sin(y / 9 + 3 * np.sin(x / 23)) > 0.3).astype(np.uint8) * 255
    engine = RapidEngine(Budget(seconds=3))
    engine.read(waves, 200)
    assert len(engine.lines(soften(waves))) <= engine.budget.lines


def test_engines_are_made_once_and_unknown_ones_are_named() -> None:
    assert engine_named("rapidocr") is engine_named("rapidocr")
    with pytest.raises(Misconfigured, match="rapidocr, tesseract"):
        engine_named("abacus")


def test_tesseract_missing_or_without_its_language_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract.shutil, "which", lambda _: None)
    with pytest.raises(Misconfigured, match="apt-get install -y tesseract-ocr"):
        tesseract.TesseractEngine()
    monkeypatch.setattr(tesseract.shutil, "which", lambda _: "/usr/bin/tesseract")
    import pytesseract

    monkeypatch.setattr(pytesseract, "get_languages", lambda config="": ["eng"])
    with pytest.raises(Misconfigured, match="tesseract-ocr-chi-sim"):
        tesseract.TesseractEngine()
    monkeypatch.setattr(pytesseract, "get_languages", lambda config="": ["chi-sim", "eng"])
    assert tesseract.TesseractEngine(("chi_sim", "eng"))._languages == "chi-sim+eng"


def _read_shut_in(image: np.ndarray, answer: Any) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the engine asked for the network")

    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse
    answer.put(text_of(engine_named("rapidocr").read(image, 200)))


def test_reads_in_a_spawned_child_without_network_within_four_gigabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]))
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    child = context.Process(target=_read_shut_in, args=(drawn(TEXT[:3]), answer))
    child.start()
    text = answer.get(timeout=120)
    child.join(30)
    assert child.exitcode == 0 and "第2行文字内容" in text


def test_ctc_merges_runs_drops_blanks_and_padding() -> None:
    columns = np.zeros((10, 3), np.float32)
    for place, symbol in enumerate([0, 1, 1, 0, 1, 2, 0, 0, 2, 2]):
        columns[place, symbol] = 0.9
    text, scores, spans = decode(columns, ["", "甲", "乙"], 0.8)
    assert text == "甲甲乙" and len(scores) == len(spans) == 3
    assert spans[0] == pytest.approx((1 / 8, 3 / 8)) and spans[2][1] <= 1


def test_a_rare_character_yields_to_a_common_one_nearly_as_likely() -> None:
    columns = np.array([[0.0, 0.6, 0.3], [1.0, 0.0, 0.0], [0.0, 0.97, 0.02]], np.float32)
    rare = np.array([False, True, False])
    assert decode(columns, ["", "號", "号"], 1.0, rare)[0] == "号號"
    assert decode(columns, ["", "號", "号"], 1.0)[0] == "號號"
