"""Drawing helpers of the profile `second` (see second.py): text set on baselines, labels, running sentences with blanks, stamps.

Needs the folder of the session generator on the import path (it imports `base`). For acceptance only, never for tuning.
"""

import math
from dataclasses import dataclass

import base
import numpy as np
from base import INK, rgb
from PIL import Image, ImageDraw

RED = "#c4161c"
NO_LINE_START = "，。、；：）》”％"
THIN = ("song",)
HANDS = ("wenkail", "ukai")


@dataclass
class V:
    """A value inside a running sentence; `field` is the name it has in the truth."""

    text: str
    field: str | None = None
    val: str | None = None
    hand: bool = False
    under: bool = True
    fo: str | None = None


def spaced(d):
    """A date with wide gaps, as typed into a form."""
    return f"{d[0]} 年 {d[1]} 月 {d[2]} 日"


def slash(d):
    return f"{d[0]}/{d[1]:02d}/{d[2]:02d}"


def short(d):
    """A date as people write it by hand."""
    return f"{d[0]}.{d[1]}.{d[2]}"


class Page(base.Pg):
    """One side of a document; y is the baseline wherever this class sets text."""

    def t(self, x, y, txt, size=3.7, fo=None, a="la", fill=INK, field=None, val=None, sp=0, hand=False, bold=0):
        """As the core does it, but thin faces get the weight that a printer's toner gives them, or 3 and 5 could not be told apart."""
        right = super().t(x, y, txt, size, fo, a, fill, field, val, sp, hand, bold)
        if (fo or self.body) in THIN and not hand and txt != "":
            n = len(self.lines)
            super().t(x, y + 1 / self.k, txt, size, fo, a, fill, sp=sp, bold=bold)
            del self.lines[n:]
        return right

    def put(self, x, y, txt, size=4.0, fo=None, a="l", hand=False, **kw):
        """Text with its baseline at y; returns the right edge."""
        if hand:
            return self.t(x, y - size * 0.36, txt, size, None, a + "m", hand=True, **kw)
        return self.t(x, y, txt, size, fo, a + "s", **kw)

    def spread(self, x, y, txt, size, width, fo=None, tail="", fill=INK):
        """Characters spread over `width` mm, `tail` close behind; one line in the truth. Returns the right edge."""
        f, d = self.f(fo, size), self.d
        tot = sum(f.getlength(c) for c in txt)
        step = max(0.0, (width * self.k - tot) / (len(txt) - 1)) if len(txt) > 1 else 0.0
        px, bb, start = x * self.k, None, x * self.k
        for i, c in enumerate(txt + tail):
            for dy in (0, 1) if (fo or self.body) in THIN else (0,):
                d.text((px, y * self.k + dy), c, font=f, fill=rgb(fill), anchor="ls")
            b = d.textbbox((px, y * self.k), c, font=f, anchor="ls")
            bb = b if bb is None else (min(bb[0], b[0]), min(bb[1], b[1]), max(bb[2], b[2]), max(bb[3], b[3]))
            px += f.getlength(c) + (step if i < len(txt) - 1 else 0)
        self.note(txt + tail, bb)
        return max(px, start + width * self.k if not tail else px) / self.k

    def item(
        self,
        x,
        y,
        label,
        value,
        field=None,
        val=None,
        size=4.0,
        n=None,
        tail="：",
        fo=None,
        vf=None,
        vs=None,
        vx=None,
        gap=0.8,
        w=None,
        lh=1.5,
        under=0,
        hand=False,
        kfill=INK,
        fill=INK,
        sp=0,
    ):
        """Label and value on one line (the value wraps in `w` mm); `n` spreads the label to n characters. Returns the last baseline."""
        vs = vs or size
        right = self.spread(x, y, label, size, n * size, fo, tail, kfill) if n else self.put(x, y, label + tail, size, fo, fill=kfill)
        left = vx if vx is not None else right + gap
        if field:
            self.fields[field] = str(val if val is not None else value)
        role = None if hand else (vf or fo)
        rows = self.wrap(str(value), vs * (1.08 if hand else 1), w, self.handfont if hand else role) if w else [str(value)]
        for i, row in enumerate(rows):
            self.put(left + (1.2 if under else 0), y + i * vs * lh, row, vs, role, hand=hand, fill=fill, sp=sp)
            if under:
                self.line(left, y + i * vs * lh + 1.0, left + under, y + i * vs * lh + 1.0, 0.2)
        return y + (len(rows) - 1) * vs * lh

    def above(self, x, y, label, value, field=None, val=None, ls=2.0, vs=3.2, lead=1.35, lf=None, vf=None, kfill=INK, w=None, fill=INK):
        """The label above its value."""
        self.put(x, y, label, ls, lf, fill=kfill)
        if field:
            self.fields[field] = str(val if val is not None else value)
        for i, row in enumerate(self.wrap(str(value), vs, w, vf) if w else [str(value)]):
            self.put(x, y + vs * lead + i * vs * 1.3, row, vs, vf, fill=fill)

    def flow(self, x, y, runs, w, size=4.2, lh=1.9, indent=2, fo=None, fill=INK):
        """Running text of strings and V blanks, broken into lines. Returns the baseline below the last line."""
        lines, cur, used = [], [], indent * size

        def wide(run, txt):
            role = (self.handfont if run.hand else run.fo or fo) if isinstance(run, V) else fo
            return self.width(txt, size * (1.06 if isinstance(run, V) and run.hand else 1), role)

        def brk():
            nonlocal cur, used
            lines.append(cur)
            cur, used = [], 0.0

        for run in runs:
            v = isinstance(run, V)
            txt = run.text if v else run
            if v and run.field:
                self.fields[run.field] = str(run.val if run.val is not None else run.text)
            pad = 1.0 if v and run.under else 0.0
            if v and wide(run, txt) + 2 * pad > w - used and wide(run, txt) + 2 * pad < w * 0.62:
                brk()
            piece, length = "", 2 * pad
            for c in txt:
                cw = wide(run, c)
                if used + length + cw > w and c not in NO_LINE_START:
                    if piece:
                        cur.append((run, piece, pad, length))
                    brk()
                    piece, length = "", 2 * pad
                piece, length = piece + c, length + cw
            if piece:
                cur.append((run, piece, pad, length))
                used += length
        if cur:
            brk()
        for i, line in enumerate(lines):
            px = x + (indent * size if i == 0 else 0)
            for run, piece, pad, length in line:
                v = isinstance(run, V)
                if v and run.under:
                    self.line(px, y + size * 0.24, px + length, y + size * 0.24, 0.2)
                hand = v and run.hand
                at = size * (1.06 if hand else 1)
                self.put(px + pad, y, piece, at, (run.fo if v else None) or fo, hand=hand, fill=fill)
                px += length
            y += size * lh
        return y

    def text(self, x, y, txt, w, size=4.2, lh=1.8, indent=2, fo=None, fill=INK, hand=False):
        """A plain paragraph. Returns the baseline below the last line."""
        return self.flow(x, y, [V(txt, hand=True, under=False)] if hand else [txt], w, size, lh, indent, fo, fill)

    def box(self, x, y, on, s=3.4, fill=INK):
        """A check box standing on the baseline."""
        self.rect(x, y - s + 0.4, x + s, y + 0.4, 0.25, fill)
        if on:
            self.line(x + 0.5, y - s * 0.45, x + s * 0.42, y, 0.5, (25, 30, 90))
            self.line(x + s * 0.42, y, x + s * 1.15, y - s * 1.1, 0.5, (25, 30, 90))

    def boxes(self, x, y, options, sel, size=3.8, step=None, fo=None):
        """Check boxes with captions in a row; returns the right edge."""
        for i, o in enumerate(options):
            self.box(x, y, i == sel if not isinstance(sel, (set, list)) else i in sel, size * 0.85)
            end = self.put(x + size * 1.2, y, o, size, fo)
            x = x + step if step else end + size * 1.1
        return x

    def squares(self, x, y, txt, w=5.2, h=7.0, size=4.4, field=None, hand=False, fo=None):
        """One character in each square (numbers on forms); y is the top. One line in the truth."""
        if field:
            self.fields[field] = txt
        bb, n = None, len(self.lines)
        for i, c in enumerate(txt):
            self.rect(x + i * w, y, x + (i + 1) * w, y + h, 0.22)
            if hand:
                self.hand(x + (i + 0.5) * w, y + h / 2, c, size, None, "mm")
            else:
                self.t(x + (i + 0.5) * w, y + h / 2, c, size, fo, "mm")
            b = self.lines[-1]["box"]
            bb = b if bb is None else [min(bb[0], b[0]), min(bb[1], b[1]), max(bb[2], b[2]), max(bb[3], b[3])]
        del self.lines[n:]
        self.note(txt, bb, **({"hand": True} if hand else {}))
        return x + len(txt) * w

    def redhead(self, name, y=24.0, size=11.0, fo="serifb", doc=None):
        """A letterhead in red with its line below; `doc` is the number of the letter."""
        self.put(self.w / 2, y, name, size, fo, "m", fill=RED, sp=0.6)
        self.line(20, y + 6, self.w - 20, y + 6, 0.9, RED)
        self.line(20, y + 7.4, self.w - 20, y + 7.4, 0.25, RED)
        if doc:
            self.put(self.w / 2, y + 14, doc, 4, None, "m")

    def dotted(self, x0, y, x1, fill=(120, 120, 120), step=1.6):
        while x0 < x1:
            self.line(x0, y, x0 + step * 0.5, y, 0.2, fill)
            x0 += step

    # --- security prints, drawn before the text ---
    def curves(self, col, step=2.4, amp=1.6, period=24.0, x0=0.0, y0=0.0, x1=None, y1=None, w=0.12, drift=0.35):
        """Lines of sine waves over the page."""
        x1, y1, i = x1 or self.w, y1 or self.h, 0
        y = y0 - amp
        while y < y1 + amp:
            pts = []
            for j in range(int((x1 - x0) / 1.2) + 2):
                x = min(x1, x0 + j * 1.2)
                v = y + amp * math.sin(2 * math.pi * x / period + i * drift)
                pts.append((self.px(x), self.px(min(y1, max(y0, v)))))
            self.d.line(pts, fill=rgb(col), width=max(1, self.px(w)))
            y, i = y + step, i + 1

    def rings(self, cx, cy, col, r0=4.0, r1=60.0, step=1.6, w=0.12, flat=1.0):
        """Rings around one point."""
        r = r0
        while r < r1:
            self.d.ellipse(
                [self.px(cx - r), self.px(cy - r * flat), self.px(cx + r), self.px(cy + r * flat)],
                outline=rgb(col),
                width=max(1, self.px(w)),
            )
            r += step

    def lattice(self, col, step=4.0, x0=0.0, y0=0.0, x1=None, y1=None, w=0.12):
        """Crossed diagonal lines in a rectangle."""
        x1, y1 = x1 or self.w, y1 or self.h
        h, s = y1 - y0, x0 - (y1 - y0)
        while s < x1:
            a, b = max(s, x0), min(s + h, x1)
            if a < b:
                self.line(a, y0 + (a - s), b, y0 + (b - s), w, col)
                self.line(a, y1 - (a - s), b, y1 - (b - s), w, col)
            s += step

    def frame(self, m, col, w=1.0, gap=2.4, knob=5.0):
        """A double frame with squares at its corners."""
        self.rect(m, m, self.w - m, self.h - m, w, col)
        q = m + gap
        self.rect(q, q, self.w - q, self.h - q, 0.3, col)
        for x in (m, self.w - m - knob):
            for y in (m, self.h - m - knob):
                self.rect(x, y, x + knob, y + knob, 0.4, col)

    # --- marks of ink on top ---
    def _ink(self, mask, x0, y0, col, text):
        a = np.asarray(self.im).copy()
        h, w = mask.shape
        cx0, cy0, cx1, cy1 = max(0, x0), max(0, y0), min(a.shape[1], x0 + w), min(a.shape[0], y0 + h)
        m = mask[cy0 - y0 : cy1 - y0, cx0 - x0 : cx1 - x0, None].astype(np.float32) / 255 * 0.78
        sub = a[cy0:cy1, cx0:cx1].astype(np.float32)
        a[cy0:cy1, cx0:cx1] = (sub * (1 - m) + sub * np.array(col, np.float32) / 255 * m).astype(np.uint8)
        self.im = Image.fromarray(a)
        self.d = ImageDraw.Draw(self.im)
        self.seals.append({"text": text, "box": [cx0, cy0, cx1, cy1]})

    def chop(self, cx, cy, rows, size=4.2, col=(38, 60, 150), rot=None, fo="zenhei"):
        """A straight stamp (received, paid, same as the original): rows of text in a frame."""
        f = self.f(fo, size)
        w = max(f.getlength(r) for r in rows) + 4 * self.k
        h = len(rows) * size * 1.35 * self.k + 2.4 * self.k
        n = int(math.hypot(w, h)) + 4
        im = Image.new("L", (n, n), 0)
        d = ImageDraw.Draw(im)
        d.rectangle([(n - w) / 2, (n - h) / 2, (n + w) / 2, (n + h) / 2], outline=255, width=max(2, self.px(0.5)))
        for i, r in enumerate(rows):
            d.text((n / 2, (n - h) / 2 + (1.2 + size * 1.35 * (i + 0.5)) * self.k), r, font=f, fill=255, anchor="mm")
        im = im.rotate(self.R.gauss(0, 4) if rot is None else rot, resample=Image.BICUBIC)
        self._ink(np.asarray(im), int(cx * self.k - n / 2), int(cy * self.k - n / 2), col, "".join(rows))

    def thumb(self, cx, cy):
        """A thumb print in red ink."""
        n = int(26 * self.k)
        im = Image.new("L", (n, n), 0)
        d = ImageDraw.Draw(im)
        for i in range(1, 12):
            rx, ry = i * 0.75 * self.k, i * 0.98 * self.k
            a = self.R.randint(0, 60)
            d.arc([n / 2 - rx, n / 2 - ry, n / 2 + rx, n / 2 + ry], a, a + self.R.randint(240, 330), fill=230, width=max(1, self.px(0.38)))
        im = im.rotate(self.R.uniform(-30, 30), resample=Image.BICUBIC)
        self._ink(np.asarray(im), int(cx * self.k - n / 2), int(cy * self.k - n / 2), (200, 40, 40), "")
        self.seals.pop()


def page(w, h, dpi, R, body="zenhei", bg="#ffffff", paper="card", zoom=1.0):
    """A new side; `zoom` draws it enlarged, as a copier does."""
    g = Page(w, h, dpi * zoom, R, body, bg)
    g.w, g.h, g.handfont, g.paper = w, h, R.choice(HANDS), paper
    return g


def a4(dpi, R, body="ming", bg="#ffffff", land=False):
    """An A4 sheet."""
    return page(297 if land else 210, 210 if land else 297, dpi, R, body, bg, "sheet")


def enlarged(docs, zoom):
    """Tell the generator the true size of sides drawn with `zoom`."""
    for _, g in docs:
        g.w, g.h = g.w * zoom, g.h * zoom
    return docs


def english(d):
    """A date as passports print it."""
    return f"{d[2]:02d} {['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'][d[1] - 1]} {d[0]}"
