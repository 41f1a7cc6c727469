"""Looks at a tuning profile, `varied` or `hand`: draws kinds many times, reports text that overlaps or is lost, makes contact sheets.

    PYTHONPATH=bench/profiles:../shared/sessions python bench/profiles/tuning_check.py PROFILE OUT.png KIND COUNT [SEED [DPI]]

OUT `-` makes no picture. KIND may be `all`, `others` (every layout of kind `other`) or `other:NAME` for one layout of kind `other`. For TUNING only.
"""

# ruff: noqa: UP031 - percent forms stay short and readable in tables of wordings

import collections
import importlib
import json
import random
import re
import sys
import time
import unicodedata
from pathlib import Path

import base
from PIL import Image

FIELDS = json.loads((Path(base.HERE) / "fields.json").read_text())


def norm(s):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", s))


def draw(profile, other, kind, seed, dpi):
    R = random.Random("%s %s" % (kind, seed))
    c = base.make_facts(R, profile.P)
    c.item = R.choice(profile.ITEMS)[0]
    base.Pg.face, base.Pg.face2 = (c.p.idno, c.p.sex), (c.q.idno, c.q.sex)
    if ":" in kind:
        c.prov = profile.PROV[c.p.city]
        return other.draw(next(f for f in other.LAYOUTS if f.__name__.strip("_") == kind.split(":")[1]), c, dpi, R)
    return profile.LAY[kind](c, dpi, R)


def trouble(kind, docs):
    k = kind.split(":")[0]
    for side, g in docs:
        for q in getattr(g, "trouble", []) + g.clash():
            yield side, q
        txt = "\n".join(norm(ln["t"]) for ln in g.lines)
        flat = txt.replace("\n", "")
        for n, v in g.fields.items():
            if n not in FIELDS[k]:
                yield side, ("no such field", n)
            v = norm(v)
            if (
                not re.match(r"^\d{4}-\d\d(-\d\d)?$", v)
                and v not in flat
                and v not in flat.replace(",", "").replace("-", "").replace("·", "").upper()
            ):
                yield side, ("not printed", n, v)


def contact(ims, out):
    """All pictures in rows, each as high as its paper is to A4."""
    rows, row, W = [], [], 0
    for im, mm in ims:
        H = int(640 * min(1.0, max(0.5, mm / 297)))
        im = im.resize((int(im.width * H / im.height), H), Image.LANCZOS)
        if W + im.width > 2600 and row:
            rows.append(row)
            row, W = [], 0
        row.append(im)
        W += im.width + 8
    rows.append(row)
    can = Image.new("RGB", (2610, sum(max(im.height for im in r) + 8 for r in rows)), (90, 90, 90))
    y = 4
    for r in rows:
        x = 4
        for im in r:
            can.paste(im, (x, y))
            x += im.width + 8
        y += max(im.height for im in r) + 8
    can.save(out)


def main():
    name, out, kind, n = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    seed, dpi = int(sys.argv[5]) if len(sys.argv) > 5 else 1, int(sys.argv[6]) if len(sys.argv) > 6 else 100
    profile, other = importlib.import_module(name), importlib.import_module(name + "_other")
    names = ["other:" + f.__name__.strip("_") for f in dict.fromkeys(other.LAYOUTS)]
    ims = []
    for k in list(FIELDS) if kind == "all" else names if kind == "others" else [kind]:
        bad, t0, have = 0, time.time(), collections.Counter()
        for i in range(n):
            docs = draw(profile, other, k, seed + i, dpi)
            have.update({f for _, g in docs for f in g.fields})
            for q in list(trouble(k, docs))[:3]:
                print(k, seed + i, *q)
                bad += 1
            ims += [(g.im, g.h) for _, g in docs] if out != "-" else []
        print(
            "%-28s %d documents, %d troubles, %.1f s  %s"
            % (k, n, bad, time.time() - t0, " ".join("%s %d" % x for x in sorted(have.items()))),
            flush=True,
        )
    if out != "-":
        contact(ims, out)


if __name__ == "__main__":
    main()
