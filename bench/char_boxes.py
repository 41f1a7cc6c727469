"""How well character boxes fit: hits of random substrings of truth lines against the right part of the truth's box.

    python -m bench.char_boxes SESSIONS [--count 4000] [--seed 1]

The right part of a truth box is the share of the line's box that the substring takes by the widths of its glyphs (square for Chinese, half for Latin).
A hit box is the union of the boxes of the characters found; a substring the engine misread has no hit and is counted apart.
"""

import argparse
import random
import unicodedata
from pathlib import Path

import cv2

from bench.cached import reading
from bench.truth_pages import truth_pages
from domain.geometry import Box, bound, iou
from domain.model import Word
from pipeline.ocr.cells import words_of
from pipeline.ocr.rapid import RapidEngine
from pipeline.order import ordered


def width(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.55 if character != " " else 0.3


def part(text: str, start: int, stop: int, box: Box) -> Box:
    total = sum(map(width, text))
    left, right = sum(map(width, text[:start])) / total, sum(map(width, text[:stop])) / total
    return (box[0] + (box[2] - box[0]) * left, box[1], box[0] + (box[2] - box[0]) * right, box[3])


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", c) if len(unicodedata.normalize("NFKC", c)) == 1 else c for c in text)


def hits(words: tuple[Word, ...], needle: str) -> list[Box]:
    text, boxes, lines = "", [], []
    for word in words:
        text += word.text
        boxes += word.chars
        lines += [word.line] * len(word.text)
    text, found, at = plain(text), [], -1
    needle = "".join(plain(needle).split())
    while (at := text.find(needle, at + 1)) >= 0:
        if lines[at] == lines[at + len(needle) - 1]:
            found.append(bound(boxes[at : at + len(needle)]))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sessions", type=Path)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    chance = random.Random(args.seed)
    engine = RapidEngine()
    pool = []
    for page in truth_pages(args.sessions):
        if page.truth["blank"] or page.truth["skew"] is None or page.truth["kind"] == "separator":
            continue
        result = reading(page, engine)
        words = ordered(words_of(result.lines, result.page))
        pool += [(page, words, line) for line in page.truth["lines"] if len(line["t"].replace(" ", "")) >= 2]
    good = bad = lost = 0
    misses = []
    for page, words, line in (chance.choice(pool) for _ in range(args.count)):
        text = line["t"]
        start = chance.randrange(len(text) - 1)
        stop = min(len(text), start + chance.randint(2, 8))
        if not text[start].strip() or not text[stop - 1].strip() or stop - start < 2:
            continue
        right = part(text, start, stop, page.box(line["box"]))
        boxes = hits(words, text[start:stop])
        if not boxes:
            lost += 1
            continue
        best = max(iou(box, right) for box in boxes)
        good += best >= 0.5
        bad += best < 0.5
        if best < 0.5:
            near = max(boxes, key=lambda b: iou(b, right))
            w, h = page.placement.size
            misses.append(
                (
                    best,
                    page.key[-22:],
                    page.truth["kind"],
                    text,
                    text[start:stop],
                    [round(v * s) for v, s in zip(right, (w, h, w, h), strict=True)],
                    [round(v * s) for v, s in zip(near, (w, h, w, h), strict=True)],
                )
            )
    print(
        f"hits {good + bad}, IoU >= 0.5: {100 * good / max(1, good + bad):.2f} %; not found {lost} of {good + bad + lost} ({100 * lost / (good + bad + lost):.2f} %)"
    )
    for miss in misses[: args.show]:
        print(f"  {miss[0]:.2f}", *miss[1:])


if __name__ == "__main__":
    main()
