"""Reads every page of made sessions, made upright by truth, and prints the scorer's figures.

    python -m bench.reading SESSIONS --score PATH/score.py [--out result.jsonl] [--sessions S001,S002]

Recognition is read once and kept (bench/cached.py); order, boxes, kinds and fields are made anew each time.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import cv2

from bench.cached import reading
from bench.truth_pages import TruthPage, truth_pages
from domain.model import Page, PageRef, Quality
from pipeline.classify import RuleClassifier
from pipeline.ocr.cells import words_of
from pipeline.ocr.rapid import RapidEngine
from pipeline.order import ordered


def page_of(truth: TruthPage, engine: RapidEngine) -> tuple[Page, float]:
    """The page as read, and CPU seconds of recognition."""
    result = reading(truth, engine)
    words = () if truth.truth["blank"] else ordered(words_of(result.lines, result.page))
    dpi = float(truth.truth["dpi"])
    ref = PageRef(truth.truth["file"], truth.truth["page"])
    separator = truth.truth["kind"] == "separator"
    return Page(
        ref, truth.placement, (dpi, dpi), truth.truth["orientation"], truth.truth["blank"], separator, Quality(), words=words
    ), result.seconds


def line_of(page: Page) -> dict[str, object]:
    """The page as the scorer takes it."""
    line: dict[str, object] = {
        "file": page.ref.receipt,
        "page": page.ref.number,
        "orientation": page.turned,
        "skew": page.placement.skew,
        "blank": page.blank,
    }
    if page.blank:
        return line
    if page.separator:
        return {**line, "kind": "separator"}
    document = RuleClassifier().classify([page])
    fields = {f.name: f.value for f in document.fields}
    doubtful = [f.name for f in document.fields if f.doubtful]
    return {**line, "kind": document.kind, "text": page.text, "fields": fields, "doubtful": doubtful}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--score", type=Path)
    parser.add_argument("--out", type=Path, default=Path("/tmp/casefile-bench/result.jsonl"))
    parser.add_argument("--sessions", default="")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    engine = RapidEngine()
    seconds, start, lines = 0.0, time.process_time(), []
    for truth in truth_pages(args.root, set(args.sessions.split(",")) - {""} or None):
        page, cost = page_of(truth, engine)
        seconds += 0.0 if page.blank else cost
        lines.append(line_of(page))
    rest = time.process_time() - start
    args.out.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    read = sum(not line["blank"] for line in lines)
    print(
        f"recognition {seconds / max(1, read):.2f} CPU-s a page, the rest {rest / len(lines):.3f} (loading the kept page counted), {read} pages read"
    )
    if args.score:
        only = ["--sessions", args.sessions] if args.sessions else []
        subprocess.run([sys.executable, str(args.score), str(args.root), str(args.out), *only], check=True)


if __name__ == "__main__":
    main()
