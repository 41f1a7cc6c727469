"""Do hits light the right place on the scan?

    python bench/hits.py SESSIONS DATA [--number 500] [--seed 1] [--picture OUT.png]

DATA is a data folder that holds SESSIONS (bench/serve_sessions.py makes one). Takes random substrings (2 to 8 characters) of the truth's printed
lines on pages that are not blurred, searches each, and compares the boxes found on the truth's page with the right part of the truth's box,
both as fractions of the archived page. The truth's box goes the way of the pixels: from the drawn page to the scanned image, and from there
to the archived page by the placement that the archive was written with. The part of a line is found by the widths of its characters (a Han
character counts 1, others 0.5). A hit counts when one of its boxes has IoU >= 0.5. A substring that is not found at all is a miss too, and
counted apart.
"""

import argparse
import collections
import json
import random
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def width(text):
    return sum(1.0 if ord(c) > 0x2E7F else 0.5 for c in text)


def part(box, text, start, stop):
    """The box of text[start:stop] within the box of text."""
    x0, y0, x1, y1 = box
    whole = width(text)
    return (x0 + (x1 - x0) * width(text[:start]) / whole, y0, x0 + (x1 - x0) * width(text[:stop]) / whole, y1)


def on_archive(box, page, placement):
    """The truth's box (pixels of the drawn page) as fractions of the archived page."""
    from domain.geometry import apply, compose

    (a, c, e), (b, d, f) = page["to_image"]
    matrix = compose((a, b, c, d, e, f), placement.matrix)
    points = [apply(matrix, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    w, h = placement.size
    return (min(p[0] for p in points) / w, min(p[1] for p in points) / h, max(p[0] for p in points) / w, max(p[1] for p in points) / h)


def shelf(data):
    """(file, page) -> (document, page, placement), and document -> pdf."""
    from app.wiring import open_house
    from archive.documents import document_row
    from domain.codec import build
    from domain.model import Page

    where, pdfs = {}, {}
    with open_house(data) as house:
        for line in house.counter.documents():
            pdfs[line["id"]] = line["pdf"]
            with house.books.engine.connect() as connection:
                row = document_row(connection, line["id"])
            event = next(house.books.ledger.read(row.seq, row.seq + 1))
            for i, page in enumerate(house.books.vault.open(event.private)["pages"], start=1):
                page = build(Page, page)
                receipt = house.records.receipt(page.ref.receipt)
                where[f"{receipt.window}/{receipt.name}", page.ref.number] = (line["id"], i, page.placement, page.turned)
    return where, pdfs


def substrings(sessions, where, number, chance):
    """Random (page, text, box) with the text at least two characters of letters, digits or Han."""
    pool = []
    for path in sorted(sessions.glob("S*/truth.json")):
        for page in json.loads(path.read_text())["pages"]:
            if (page["file"], page["page"]) in where and not page["quality"]["poor"]:
                pool += [(page, line) for line in page["lines"] if len(line["t"]) >= 2 and not line.get("hand")]
    while number:
        page, line = chance.choice(pool)
        text = line["t"]
        start = chance.randrange(len(text) - 1)
        stop = min(len(text), start + chance.randint(2, 8))
        piece = text[start:stop]
        if re.fullmatch(r"[0-9A-Za-z\u4e00-\u9fff]{2,8}", piece) and not cuts_a_token(text, start, stop):
            number -= 1
            yield page, piece, part(line["box"], text, start, stop)


def cuts_a_token(text, start, stop):
    """Whether the piece begins or ends inside a Latin word or number: search finds whole ones."""
    latin = re.compile(r"[0-9A-Za-z]")
    before = start > 0 and latin.match(text[start - 1]) and latin.match(text[start])
    after = stop < len(text) and latin.match(text[stop - 1]) and latin.match(text[stop])
    return bool(before or after)


def main():
    from app.wiring import open_house
    from domain.geometry import iou
    from domain.model import Rights

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sessions", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--number", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--picture")
    arguments = parser.parse_args()
    where, pdfs = shelf(arguments.data)
    found = right = asked = 0
    worst, drawn = [], []
    with open_house(arguments.data) as house:
        for page, piece, box in substrings(arguments.sessions, where, arguments.number, random.Random(arguments.seed)):
            document, number, placement, turned = where[page["file"], page["page"]]
            truth = on_archive(box, page, placement)
            answer = house.index.search(f'"{piece}" document:{document}', Rights(), 1000)
            hit = next((h for h in answer.hits if h.page == number), None)
            asked += 1
            if hit is None:
                continue
            found += 1
            best = max((iou(b, truth) for b in hit.boxes), default=0.0)
            right += best >= 0.5
            drawn.append((document, number, hit.boxes, truth))
            if best < 0.5:
                worst.append((round(best, 2), page["file"], page["page"], piece, turned == page["orientation"]))
    print(f"{asked} substrings of printed lines on clear pages; found on their page by search: {found} ({100 * found / asked:.1f} %)")
    print(
        f"of those, lit in the right place (IoU >= 0.5 with the right part of the truth's box): {right} ({100 * right / max(1, found):.1f} %)"
    )
    for line in sorted(worst)[:12]:
        print("   ", *line)
    if arguments.picture:
        draw(drawn, pdfs, arguments.picture)


def draw(drawn, pdfs, out):
    """The hits of the page with the most of them, drawn on the archived PDF's own rendering: found in blue, truth in green."""
    import cv2

    from archive.rendering import page_image

    document, number = collections.Counter((hit[0], hit[1]) for hit in drawn).most_common(1)[0][0]
    image = page_image(pdfs[document], number, 80).copy()
    height, width_ = image.shape[:2]
    for other, page, boxes, truth in drawn:
        if (other, page) == (document, number):
            for box, colour in [*((b, (191, 95, 31)) for b in boxes), (truth, (70, 122, 30))]:
                cv2.rectangle(image, (int(box[0] * width_), int(box[1] * height)), (int(box[2] * width_), int(box[3] * height)), colour, 1)
    cv2.imwrite(out, image)


if __name__ == "__main__":
    main()
