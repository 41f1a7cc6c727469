"""What pages in layers cost and lose: bytes of what came, of the archive as scanned and in layers; everything read again from the archive.

    python -m bench.layers SESSIONS [--pages 200] [--seed 1] [--score PATH/score.py] [--json OUT]

Pages drawn at random from those with content; each archived alone, once as scanned and once in layers, and the archived page, drawn by pdfium
at the scan's resolution, read anew. With `--score` the characters wrong are counted against the truth for the scan and for the archive.
"""

import argparse
import dataclasses
import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import cv2
import pypdfium2

from archive.make import make
from archive.xmp import Meta
from bench.reading import line_of
from bench.truth_pages import TruthPage, truth_pages
from domain.model import Document, Page
from pipeline import layers
from pipeline.ocr.engines import engine_named
from pipeline.page import read_page

MEDIA = {".pdf": "application/pdf", ".tif": "image/tiff", ".tiff": "image/tiff", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
META = Meta("01JD3M9Z5Q8R7T6V4W2X1Y0ABC", "bench", None, datetime(2026, 11, 23, tzinfo=UTC))
spent = [0.0]


def timed(function):
    def call(*args):
        start = time.process_time()
        try:
            return function(*args)
        finally:
            spent[0] += time.process_time() - start

    return call


def again(pdf: Path, page: Page) -> Page:
    """`page` with the words read from the archived page."""
    with pypdfium2.PdfDocument(pdf) as file:
        image = file[0].render(scale=max(page.dpi) / 72).to_numpy()[:, :, :3]
    return dataclasses.replace(page, words=engine_named().read(image, max(page.dpi)))


def one(truth: TruthPage, place: Path) -> dict | None:
    """Figures of one page; None for one that has nothing to archive."""
    source, media = str(truth.path), MEDIA[truth.path.suffix.lower()]
    parted = place / "layers"
    parted.unlink(missing_ok=True)
    page = read_page(source, media, truth.truth["file"], truth.truth["page"], parted=str(parted))
    if page.blank or page.separator or page.failure:
        return None
    ref = dataclasses.replace(page.ref, receipt="R1")
    document = Document("other", 1.0, (dataclasses.replace(page, ref=ref),))
    plain, small = place / "plain.pdf", place / "small.pdf"
    make(str(plain), {"R1": (source, media)}, document, META)
    made = make(str(small), {"R1": (source, media)}, document, META, {1: str(parted)})
    return {
        "page": truth.key,
        "kind": truth.truth["kind"],
        "layered": bool(made.layered),
        "scanned": plain.stat().st_size,
        "archived": small.stat().st_size,
        "unlike": made.back.differences[0],
        "scan": line_of(page),
        "archive": line_of(again(small, page)) if made.layered else line_of(page),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", type=Path)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--score", type=Path)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    layers.part = timed(layers.part)
    pages = [p for p in truth_pages(args.root) if not p.truth["blank"] and p.truth["kind"] != "separator"]
    random.Random(args.seed).shuffle(pages)
    rows = []
    with tempfile.TemporaryDirectory(prefix="casefile-layers-") as place:
        for truth in pages[: args.pages]:
            row = one(truth, Path(place))
            rows += [row] if row else []
            if sys.stderr.isatty():
                print(f"\r{len(rows)} pages", end="", file=sys.stderr)
        report(rows, args, Path(place))
    return 0


def report(rows: list[dict], args: argparse.Namespace, place: Path) -> None:
    kilo = lambda name, some: sum(r[name] for r in some) / max(1, len(some)) / 1000  # noqa: E731
    parted = [r for r in rows if r["layered"]]
    rest = [r for r in rows if not r["layered"]]
    print(f"{len(rows)} pages archived: {kilo('scanned', rows):.1f} kB a page as scanned, {kilo('archived', rows):.1f} kB in the archive")
    print(f"   {len(parted)} in layers: {kilo('scanned', parted):.1f} kB as scanned, {kilo('archived', parted):.1f} kB in layers")
    print(f"   {len(rest)} as scanned: {kilo('archived', rest):.1f} kB")
    print(f"   {spent[0] / max(1, len(rows)):.2f} CPU-s a page to part it, reading of weak lines included")
    changed = [r for r in parted if "".join(r["scan"]["text"].split()) != "".join(r["archive"]["text"].split())]
    print(f"   read otherwise in some place: {len(changed)} of {len(parted)}")
    if args.json:
        args.json.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    if not args.score:
        return
    for name in ("scan", "archive"):
        out = place / f"{name}.jsonl"
        out.write_text("".join(json.dumps(r[name], ensure_ascii=False) + "\n" for r in parted), encoding="utf-8")
        print(f"-- the pages in layers, read from the {name}:", flush=True)
        truth = place / name
        subset(args.root, {(r[name]["file"], r[name]["page"]) for r in parted}, truth)
        done = subprocess.run([sys.executable, str(args.score), str(truth), str(out)], capture_output=True, text=True, check=True)
        print("\n".join(line for line in done.stdout.splitlines() if line.startswith(("CER", "   han", "   latin", "fields", "kind"))))


def subset(root: Path, pages: set[tuple[str, int]], out: Path) -> None:
    """The truth of `pages` alone, below `out`."""
    for file in sorted(root.glob("S*/truth.json")):
        session = json.loads(file.read_text(encoding="utf-8"))
        session["pages"] = [p for p in session["pages"] if (p["file"], p["page"]) in pages]
        (out / file.parent.name).mkdir(parents=True)
        (out / file.parent.name / "truth.json").write_text(json.dumps(session, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
