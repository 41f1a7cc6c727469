"""casefile and OCRmyPDF on the same raw pages, in the same run: CPU seconds, characters wrong, bytes in the archive.

    python -m bench.peer SESSIONS --score PATH/score.py [--ocrmypdf PATH] [--pages 30] [--seed 1] [--english 10] [--json OUT]

Pages drawn at random from made sessions (with content, not blurred), each as it was scanned, wrapped in a PDF without touching its stream;
English pages drawn here. OCRmyPDF takes them as one PDF (`-l chi_sim --deskew --rotate-pages --output-type pdfa --jobs 2`, one thread each),
casefile as files of one window, from taking in to the index. CPU seconds are those of all processes, start-up included. Both texts are
what pdfium finds in the archived PDFs. OCRmyPDF is no part of casefile: install it in an environment of its own.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from archive.scans import open_scan
from bench.hits import shelf
from bench.layers import MEDIA
from bench.tally import by_line, scorer
from bench.truth_pages import truth_pages
from domain.geometry import Placement

ROOT = Path(__file__).resolve().parents[1]
LATIN = ("truetype/dejavu/DejaVuSerif.ttf", "truetype/dejavu/DejaVuSans.ttf", "opentype/noto/NotoSerifCJK-Regular.ttc")
WORDS = [
    "the",
    "applicant",
    "declares",
    "that",
    "every",
    "statement",
    "made",
    "in",
    "this",
    "form",
    "is",
    "true",
    "and",
    "complete",
    "the",
    "office",
    "may",
    "ask",
    "for",
    "further",
    "documents",
    "in",
    "writing",
    "a",
    "certificate",
    "of",
    "residence",
    "is",
    "issued",
    "after",
    "the",
    "fee",
    "has",
    "been",
    "paid",
    "persons",
    "who",
    "move",
    "to",
    "another",
    "district",
    "shall",
    "report",
    "within",
    "thirty",
    "days",
    "the",
    "licence",
    "remains",
    "valid",
    "until",
    "the",
    "date",
    "shown",
    "on",
    "its",
    "face",
    "any",
    "change",
    "of",
    "name",
    "address",
    "or",
    "vehicle",
    "must",
    "be",
    "entered",
    "by",
    "the",
    "authority",
    "copies",
    "are",
    "accepted",
    "only",
    "together",
    "with",
    "the",
    "original",
    "witnesses",
    "sign",
    "in",
    "the",
    "presence",
    "of",
    "an",
    "officer",
    "of",
    "the",
    "department",
]


def wrapped(path: Path, number: int, size: tuple[int, int], dpi: float, out: pikepdf.Pdf) -> None:
    """One scanned page added to `out`, its stream as it came."""
    media = MEDIA[path.suffix.lower()]
    if media == "application/pdf":
        with pikepdf.open(path) as pdf:
            out.pages.append(pdf.pages[number - 1])
        return
    with open_scan(str(path), media) as pages:
        scan = pages.page(number, Placement(*size, 0, 0.0))
    wide, high = size[0] / dpi * 72, size[1] / dpi * 72
    page = out.add_blank_page(page_size=(wide, high))
    names, content = pikepdf.Dictionary(), []
    for n, piece in enumerate(scan.pieces):
        names[f"/I{n}"] = piece.raster.embed(out)
        a, b, c, d, e, f = piece.matrix
        # from y down in both squares to y up
        content.append(
            f"q {a * wide:.4f} {-b * high:.4f} {-c * wide:.4f} {d * high:.4f} {(e + c) * wide:.4f} {(1 - f - d) * high:.4f} cm /I{n} Do Q"
        )
    page.obj.Resources = pikepdf.Dictionary(XObject=names)
    page.obj.Contents = out.make_stream("\n".join(content).encode())


def chinese(root: Path, count: int, seed: int, out: Path) -> list[dict[str, Any]]:
    """Single-page PDFs in `out`; the truth of each."""
    pages = [p for p in truth_pages(root) if not p.truth["blank"] and p.truth["kind"] != "separator" and not p.truth["quality"]["poor"]]
    random.Random(seed).shuffle(pages)
    truths = []
    for n, page in enumerate(pages[:count], start=1):
        with pikepdf.new() as pdf:
            wrapped(page.path, page.truth["page"], tuple(page.truth["image_size"]), page.truth["dpi"], pdf)
            pdf.save(out / f"P{n:03d}.pdf")
        truths.append(page.truth)
    return truths


def english(count: int, seed: int, out: Path) -> list[dict[str, Any]]:
    """Letters of plain English, grey and colour at 300 dpi, askew, some turned, with the grain of a scanner."""
    truths = []
    for n in range(1, count + 1):
        chance = random.Random(seed * 1000 + n)
        sheet = Image.new("RGB", (2480, 3508), (250, 249, 245))
        draw = ImageDraw.Draw(sheet)
        face = next(p for p in (Path("/usr/share/fonts") / chance.choice(LATIN), Path("/usr/share/fonts") / LATIN[0]) if p.exists())
        lines, y = [], 260
        for row in range(chance.randint(28, 44)):
            size = 64 if row == 0 else chance.choice((38, 42, 46)) if row == 1 else lines[-1]["size"]
            text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(7, 11)))
            text = text.capitalize() + (f", No. {chance.randrange(10**6):06d}." if chance.random() < 0.25 else ".")
            draw.text((240, y), text, fill=(25, 25, 30), font=ImageFont.truetype(str(face), size))
            lines.append({"t": text, "size": size, "box": [240, y, 2200, y + size]})
            y += round(size * 1.75)
        page = np.asarray(sheet)[:, :, ::-1]
        turn = cv2.getRotationMatrix2D((1240, 1754), chance.uniform(-2.5, 2.5), 1)
        page = cv2.warpAffine(page, turn, (2480, 3508), flags=cv2.INTER_CUBIC, borderValue=(245, 245, 245))
        page = np.rot90(page, chance.choice((0, 0, 0, 1, 2)))
        noise = np.random.default_rng(n).normal(0, 2.5, page.shape)
        page = np.clip(cv2.GaussianBlur(page, (0, 0), 0.7) + noise, 0, 255).astype(np.uint8)
        path = out / f"E{n:03d}.jpg"
        cv2.imwrite(str(path), page, [cv2.IMWRITE_JPEG_QUALITY, 75])
        with pikepdf.new() as pdf:
            wrapped(path, 1, (page.shape[1], page.shape[0]), 300.0, pdf)
            pdf.save(out / f"P{n:03d}.pdf")
        path.unlink()
        truths.append({"lines": lines})
    return truths


def spent(command: list[str], **more: Any) -> float:
    """CPU seconds of a command and all it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def texts(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as file:
        return [page.get_textpage().get_text_range() for page in file]


def theirs(program: str, language: str, files: list[Path], place: Path) -> dict[str, Any]:
    whole, out = place / "whole.pdf", place / "theirs.pdf"
    with pikepdf.new() as pdf:
        for file in files:
            with pikepdf.open(file) as one:
                pdf.pages.extend(one.pages)
        pdf.save(whole)
    command = [program, "-l", language, "--deskew", "--rotate-pages", "--output-type", "pdfa", "--jobs", "2", "-q", str(whole), str(out)]
    seconds = spent(command, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    return {"seconds": seconds, "bytes": out.stat().st_size, "texts": texts(out)}


def ours(files: list[Path], place: Path) -> dict[str, Any]:
    data = place / "data"
    command = [sys.executable, "-m", "app.main", "--data", str(data), "intake", "--window", "W01", "--wait", *map(str, files)]
    seconds = spent(command, cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": "1"})
    where, pdfs = shelf(data)
    places = {name.rsplit("/", 1)[-1]: (Path(pdfs[document]), number) for (name, _), (document, number, *_) in where.items()}
    found = [places[file.name] for file in files]
    size = sum(path.stat().st_size for path in {path for path, _ in found})
    return {"seconds": seconds, "bytes": size, "texts": [texts(path)[number - 1] for path, number in found]}


def wrong(score: Any, truths: list[dict], found: list[str]) -> dict[str, float]:
    """Share of characters wrong by line, Han and Latin."""
    rates = {}
    for name, only in (("Han", score.HAN), ("Latin", score.LAT)):
        errors = total = 0
        for truth, text in zip(truths, found, strict=True):
            more, of = by_line(score, truth["lines"], only(score.N(text)), only)
            errors, total = errors + more, total + of
        if total:
            rates[name] = errors / total
    return rates


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", type=Path)
    parser.add_argument("--score", type=Path, required=True)
    parser.add_argument("--ocrmypdf", default="ocrmypdf")
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--english", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    score = scorer(args.score)
    rows = []
    for name, language, count in (("Chinese", "chi_sim", args.pages), ("English", "eng", args.english)):
        if not count:
            continue
        with tempfile.TemporaryDirectory(prefix="casefile-peer-") as scratch:
            place = Path(scratch)
            (place / "in").mkdir()
            truths = chinese(args.root, count, args.seed, place / "in") if name == "Chinese" else english(count, args.seed, place / "in")
            files = sorted((place / "in").glob("P*.pdf"))
            for who, result in (("casefile", ours(files, place)), ("OCRmyPDF", theirs(args.ocrmypdf, language, files, place))):
                row = {"pages": name, "of": len(files), "who": who, "CPU-s a page": result["seconds"] / len(files)}
                row |= {"kB a page": result["bytes"] / len(files) / 1000} | wrong(score, truths, result["texts"])
                rows.append(row)
                rates = ", ".join(f"{k} {100 * row[k]:.2f} % wrong" for k in ("Han", "Latin") if k in row)
                print(
                    f"{name}, {len(files)} pages, {who:9} {row['CPU-s a page']:6.2f} CPU-s  {row['kB a page']:7.1f} kB a page  {rates}",
                    flush=True,
                )
            sent = sum(f.stat().st_size for f in files) / len(files) / 1000
            one, two = rows[-2:]
            ratios = {k: one[k] / two[k] for k in one if isinstance(one[k], float) and two.get(k)}
            print(f"   as scanned {sent:.1f} kB a page; casefile to OCRmyPDF: " + ", ".join(f"{k} {v:.3f}" for k, v in ratios.items()))
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
