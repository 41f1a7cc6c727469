"""How well the imaging steps do on a folder of made sessions: `python -m bench.imaging FOLDER [--read] [--sessions S001,S002]`.

Prints, against each session's truth.json: orientation, skew, blanks, blurred pages, separators, and CPU seconds a page of each step. With `--read` pages go
through `read_page`, engine included: duplicates are counted and doubtful sheets decided; without it a doubtful sheet counts as content.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import cv2

from domain.model import Page
from pipeline import clean, codes, deskew, marks, quality, upright
from pipeline.decode import decode
from pipeline.marks import Blankness
from pipeline.page import _grey, _turned, look, read_page, straighten
from pipeline.render import PdfiumRenderer

MEDIA = {".pdf": "application/pdf", ".tif": "image/tiff", ".tiff": "image/tiff", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
R = TypeVar("R")


@dataclass(frozen=True)
class Answer:
    """What was said of a page, beside its truth."""

    session: str
    truth: dict[str, Any]
    turned: int | None
    skew: float
    blank: bool
    blurred: bool
    separator: bool
    page: Page | None = None


def truths(folder: Path, only: set[str]) -> Iterator[tuple[str, dict[str, Any], Path]]:
    """Every page of the sessions below `folder`: session, truth, file."""
    for path in sorted(folder.glob("S*/truth.json")):
        truth = json.loads(path.read_text())
        if only and truth["session"] not in only:
            continue
        for page in truth["pages"]:
            yield truth["session"], page, path.parent / "files" / page["file"].split("/", 1)[1]


class Watch:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def __call__(self, step: str, function: Callable[..., R], *arguments: Any) -> R:
        start = time.process_time()
        result = function(*arguments)
        self.spent[step] += time.process_time() - start
        return result


def imaged(session: str, truth: dict[str, Any], path: Path, watch: Watch) -> Answer:
    """The page through the imaging steps one by one, timed."""
    decoded = watch("decode", decode, str(path), MEDIA[path.suffix.lower()], truth["page"], PdfiumRenderer())
    grey = watch("grey", _grey, decoded.image)
    seen = watch("marks", marks.survey, grey, decoded.dpi)
    sheet = watch("all but decode and read", look, decoded)
    if seen.blankness is not Blankness.BLANK:
        turned = watch("upright", upright.orientation, decoded.image, seen.thick()).turned or 0
        watch("deskew", deskew.skew, _turned(grey, turned))
        straight = watch("straighten", straighten, decoded.image, sheet.placement)
        watch("codes", codes.find, seen.small, seen.scale)
        watch("quality", quality.quality, seen, decoded.dpi)
        watch("fingerprint", clean.fingerprint, _grey(straight), sheet.placement)
    blurred = "blurred" in sheet.quality.flags
    return Answer(session, truth, sheet.turned, sheet.placement.skew, sheet.blankness is Blankness.BLANK, blurred, sheet.separator)


def read(session: str, truth: dict[str, Any], path: Path, watch: Watch) -> Answer:
    """The page through `read_page`."""
    page = watch("read_page", read_page, str(path), MEDIA[path.suffix.lower()], f"{session}/{truth['file']}", truth["page"])
    return Answer(session, truth, page.turned, page.placement.skew, page.blank, "blurred" in page.quality.flags, page.separator, page)


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} % ({part}/{whole})" if whole else "none"


def report(answers: list[Answer]) -> None:
    """Print the figures."""
    content = [a for a in answers if not a.truth["blank"]]
    said = [a for a in content if a.turned is not None]
    right = sum(a.turned == a.truth["orientation"] for a in said)
    print(
        f"orientation   answered {len(said)} of {len(content)}, right {right}, wrong {len(said) - right}, abstained {len(content) - len(said)}"
    )
    errors = [abs(a.skew - a.truth["skew"]) for a in content if a.truth["skew"] is not None]
    near = {limit: sum(e <= limit + 1e-4 for e in errors) for limit in (0.1, 0.25, 0.5)}
    print(
        f"skew          mean error {sum(errors) / len(errors):.4f}; "
        + ", ".join(f"within {k}: {share(v, len(errors))}" for k, v in near.items())
    )
    for name, is_so, was_said in (
        ("blank", lambda a: a.truth["blank"], lambda a: a.blank),
        ("blurred", lambda a: not a.truth["blank"] and a.truth["quality"]["poor"], lambda a: a.blurred),
        ("separator", lambda a: a.truth["kind"] == "separator", lambda a: a.separator),
    ):
        both = sum(is_so(a) and was_said(a) for a in answers)
        found = f"precision {share(both, sum(map(was_said, answers)))}, recall {share(both, sum(map(is_so, answers)))}"
        print(f"{name:<13} {found}")
    print("content pages called blank:", sum(a.blank and not a.truth["blank"] for a in answers))
    if any(a.page for a in answers):
        report_duplicates(answers)


def report_duplicates(answers: list[Answer]) -> None:
    """Print how many repeated sheets were found, each session one batch."""
    wanted, found, wrong = 0, 0, 0
    for session in {a.session for a in answers}:
        mine = {a.page.ref: a for a in answers if a.session == session and a.page}
        twins = {
            frozenset(((f"{session}/{a.truth['file']}", a.truth["page"]), (f"{session}/{o['file']}", o["page"])))
            for a in mine.values()
            if (o := a.truth["duplicate_of"])
        }
        said = [
            frozenset(((k.receipt, k.number), (v.receipt, v.number)))
            for k, v in clean.duplicates([a.page for a in mine.values() if a.page]).items()
        ]
        wanted, found, wrong = wanted + len(twins), found + sum(s in twins for s in said), wrong + sum(s not in twins for s in said)
    print(f"duplicates    found {share(found, wanted)}, wrong {wrong}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--read", action="store_true", help="with the engine: slow")
    parser.add_argument("--sessions", default="", help="comma list")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    watch, answers = Watch(), []
    only = {name for name in options.sessions.split(",") if name}
    for session, truth, path in truths(options.folder, only):
        answers.append((read if options.read else imaged)(session, truth, path, watch))
    report(answers)
    kinds = Counter(bool(a.truth["blank"]) for a in answers)
    print(
        f"pages         {len(answers)}, of them blank {kinds[True]}; CPU seconds a page: "
        + ", ".join(f"{k} {v / len(answers):.4f}" for k, v in watch.spent.items())
    )


if __name__ == "__main__":
    main()
