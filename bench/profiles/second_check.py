"""Draws every layout of the profile `second` a few times and looks for what a person could not read.

Text over text, text outside the page, characters the font has not got, fields of another kind, values that are not printed. Usage:
PYTHONPATH=<generator's folder>:bench/profiles python bench/profiles/second_check.py [--png DIR] [--only KIND[:LAYOUT]] [--times N] [--dpi N]
"""

import argparse
import functools
import json
import random
import re
import unicodedata
from pathlib import Path

import base
import second
import second_tools

DATES = re.compile(r"date$|^valid|^first_issue|^start$|^end$")
COMPUTED = {"months", "item"}


@functools.cache
def has(role, c):
    """Whether the font draws anything but its sign for "no such character"."""
    f = base.font(role, 32)
    return bytes(f.getmask(c)) != bytes(f.getmask(chr(0x10FFFE)))


class Watch:
    """Remembers what was set in which font."""

    missing: set = set()  # noqa: RUF012

    @classmethod
    def install(cls):
        wrapped = base.Pg.f

        def f(page, role, mm):
            cls.role = role or page.body
            return wrapped(page, role, mm)

        base.Pg.f = f
        note = base.Pg.note

        def noted(page, txt, box, **kw):
            cls.missing |= {(cls.role, c) for c in txt if c.strip() and not has(cls.role, c)}
            return note(page, txt, box, **kw)

        base.Pg.note = noted


def norm(s):
    return re.sub(r"[\s·.,，—\-]", "", unicodedata.normalize("NFKC", s))


def problems(kind, docs, allowed):
    out = []
    for side, g in docs:
        k, L = g.k, g.lines
        for i, p in enumerate(L):
            a = p["box"]
            if a[0] < 1.2 * k or a[1] < 1.0 * k or a[2] > g.im.width - 1.2 * k or a[3] > g.im.height - 1.0 * k:
                out.append(f"{side}: outside: {p['t'][:20]}")
            for q in L[i + 1 :]:
                b = q["box"]
                w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
                tol = 0.55 * k if p.get("hand") or q.get("hand") else 0.15 * k
                if w > tol and h > tol:
                    out.append(f"{side}: over each other: {p['t'][:16]} | {q['t'][:16]}")
        printed = norm("".join(p["t"] for p in L))
        for f, v in g.fields.items():
            if f not in allowed:
                out.append(f"{side}: field {f} is not of {kind}")
            if not str(v).strip():
                out.append(f"{side}: field {f} is empty")
            if not DATES.search(f) and f not in COMPUTED and norm(v) not in printed:
                out.append(f"{side}: {f}={v} not printed in one piece")
            if DATES.search(f) and not re.match(r"^\d{4}-\d\d(-\d\d)?$|^长期$", str(v)):
                out.append(f"{side}: {f}={v} is no date")
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--png", type=Path)
    ap.add_argument("--only", default="")
    ap.add_argument("--times", type=int, default=6)
    ap.add_argument("--dpi", type=int, default=110)
    a = ap.parse_args()
    allowed = json.loads((Path(base.__file__).parent / "fields.json").read_text())
    Watch.install()
    for kind, layouts in second.LAYOUTS.items():
        for fn in layouts:
            name = f"{kind}:{fn.__name__}"
            if not name.startswith(a.only) and fn.__name__ != a.only:
                continue
            found, fields = set(), set()
            for n in range(a.times):
                R = random.Random(f"{name}{n}")
                c = base.make_facts(R, second.P)
                c.item = R.choice(second.ITEMS)[0]
                base.Pg.face, base.Pg.face2 = (c.p.idno, c.p.sex), (c.q.idno, c.q.sex)
                docs = fn(c, a.dpi, R)
                assert all(isinstance(g, second_tools.Page) for _, g in docs)
                found |= set(problems(kind, docs, allowed[kind]))
                fields |= {f for _, g in docs for f in g.fields}
                if a.png and n == 0:
                    a.png.mkdir(parents=True, exist_ok=True)
                    for i, (_, g) in enumerate(docs):
                        g.im.save(a.png / f"{kind}-{fn.__name__}-{i}.png")
            lacking = sorted(set(allowed[kind]) - fields)
            print(name, "fields lacking: " + ",".join(lacking) if lacking else "")
            for p in sorted(found)[:12]:
                print("   ", p)
    if Watch.missing:
        print("no such character:", sorted(Watch.missing))


if __name__ == "__main__":
    main()
