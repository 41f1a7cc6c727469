"""Tools of the tuning profile `hand`: a pen with the choices of one page, labels, values, tables, sentences, screens of telephones.

For TUNING only. It needs the session generator's folder on the path (module `base`).
"""

# ruff: noqa: UP031 - percent forms stay short and readable in tables of wordings

import random
import re

from base import iso
from varied_core import Ctx, F, Obj, Page, b_prose, role_of, wrap

INK, RED, NAVY, BLUE, GREEN, GREY = "#161618", "#b01c22", "#12326e", "#1e6ea0", "#2c7a3a", "#666666"
SONG = ["serif", "serif", "song", "ming"]
HEI = ["sans", "sans", "micro", "zenhei"]
KAI = ["kai", "ukai", "wenkai"]
HANDS = ["kai", "wenkai", "wenkail", "ukai"]


# ---------- tools ----------
class Pen(Ctx):
    """Choices and style of one page."""

    def __init__(self, R, **kw):
        super().__init__(R)
        self.lf, self.vf = self("sans", "serif", "song", "micro"), self("serif", "kai", "song", "sans", "wenkai", "ming")
        self.bf, self.tf = self.lf, self("serifb", "sansb", "sansb", "kai", "wenkaib")
        self.lc, self.vc, self.colon = INK, INK, self("：", "：", "：", ":", "")
        self.just, self.hand, self.hf = self.chance(0.4), False, self(*HANDS)
        self.lz, self.vz, self.en, self.ul, self.spaced = 1.0, self(1, 1, 1.06), "", False, self.chance(0.2)
        self.sh = self(None, None, None, "#efefef", "#e8f0f7")
        self.__dict__.update(kw)

    def L(self, s):
        """One of the wordings a|b|c; two signs sometimes typed apart."""
        t = self(*s.split("|"))
        return t[0] + self("　", " ") + t[1] if self.spaced and len(t) == 2 else t

    def V(self, txt, key=None, truth=None, hand=None):
        return V(txt, key, truth, hand)

    def D(self, key, d, ds=None, hand=None):
        return V(self.date(d, ds), key, iso(d), hand)


class V:
    """A value: what is printed, under which name and as what the truth has it."""

    def __init__(self, txt, key=None, truth=None, hand=None):
        self.txt, self.hand = str(txt), hand
        self.truth = truth if isinstance(truth, dict) else {} if key is None else {key: str(txt if truth is None else truth)}


def make(K, dpi, w, h, draw, paper="card", bg="#ffffff", wave=None, frame=None, step=3, **style):
    """Draw the page with the first choices that leave no text on text."""

    def run(seed, dry):
        g = Page(w, h, dpi, random.Random(seed + 1), "serif", bg, paper, dry)
        k = Pen(random.Random(seed), **style)
        g.handfont = k.hf
        if not dry and wave:
            g.wave(wave[0], wave[1], step, 0.9, seed % 3)
        if not dry and frame:
            m = 2.5 if w < 130 else 7
            g.rect(m, m, w - m, h - m, 0.5 if w < 130 else 1.2, frame)
            g.rect(m + 1.6, m + 1.6, w - m - 1.6, h - m - 1.6, 0.2, frame)
        draw(g, k)
        return g

    best = None
    for _ in range(12):
        seed = K.R.randrange(2**31)
        n = len(run(seed, True).clash())
        if best is None or n < best[0]:
            best = (n, seed)
        if not n:
            break
    return run(best[1], False)


def T(g, x, y, txt, s, a="lm", fo=None, fill=INK, sp=0.0, w=None, bold=0):
    """A line of text, made smaller until it fits into w."""
    fo = role_of(fo or g.body, txt)
    while w and g.width(txt, s, fo) + sp * (len(txt) - 1) > w and s > 1:
        s, sp = s * 0.96, sp * 0.9
    return g.t(x, y, txt, s, fo, a, fill, sp=sp, bold=bold)


def val(g, k, x, y, w, v, s, n=2, al="l", fo=None, lh=1.3, sp=0.0, mid=False, fill=None):
    """Value from the centre of its first line (mid: centred on y). Returns the centre of its last line."""
    if not v.txt.strip():
        return y
    g.fields.update(v.truth)
    hand = k.hand if v.hand is None else v.hand
    fo = role_of(k.hf if hand else fo or k.vf, v.txt)
    m = 1.06 if hand else 1
    if sp and g.width(v.txt, s, fo) + sp * (len(v.txt) - 1) > w:
        sp = 0
    s0 = s
    while True:  # smaller until it fits and no number is broken, then more lines
        g.broken.clear()
        L = wrap(g, v.txt, s * m, w, fo)
        if (len(L) <= n and not g.broken) or s < s0 * 0.55:
            break
        if len(L) > n and not g.broken and s < s0 * 0.75:
            n += 1
            s = s0
            continue
        s *= 0.96
    g.broken.clear()
    y -= (len(L) - 1) * s * lh / 2 if mid else 0
    for i, t in enumerate(L):
        X = {"l": x, "c": x + w / 2, "r": x + w}[al]
        g.t(X, y + i * s * lh, t, s, fo, {"l": "lm", "c": "mm", "r": "rm"}[al], fill or k.vc, hand=hand, sp=0 if hand else sp)
    return y + (len(L) - 1) * s * lh


def label(g, k, x, y, t, s, lw=0.0, en="", colon=None):
    """Label left of x+lw; spread over the width if this paper does so. Returns its right edge."""
    z, cl = s * k.lz, k.colon if colon is None else colon
    if k.en and en:
        zz = min(z * 0.55, z * 0.55 * (lw or 99) * 0.95 / max(0.1, g.width(en, z * 0.55, "sans")))
        if k.en == "below":
            T(g, x, y + z * 0.95, en, zz, "lm", "sans", k.lc)
        elif k.en == "above":
            T(g, x, y - z * 0.85, en, zz, "lm", "sans", k.lc)
        else:
            t += k.en + en
    fo = role_of(k.lf, t)
    if lw and k.just and 2 <= len(t) <= 5 and not re.search("[ -~　（）]", t):
        room = lw - g.width(t, z, fo) - (g.width(cl, z, fo) if cl else z * 0.4)
        if 0 < room < z * 7:
            g.t(x, y, t, z, fo, "lm", k.lc, sp=room / (len(t) - 1))
            if cl:
                g.t(x + lw - g.width(cl, z, fo), y, cl, z, fo, "lm", k.lc)
            return x + lw + 0.5
    r = T(g, x, y, t + cl, z, "lm", fo, k.lc, w=lw or None)
    return max(r + (0.3 if cl else z * 0.5), x + lw)


def kv(g, k, x, y, lab, v, s, lw=0.0, w=60.0, n=2, en="", vs=None, ul=None, fo=None, sp=0.0, gap=0.0, lh=1.3):
    """Label and value on one line; returns the centre of the last line of the value."""
    X = label(g, k, x, y, k.L(lab), s, lw, en) + gap
    z = (vs or s) * k.vz
    y2 = val(g, k, X + (0.8 if (k.ul if ul is None else ul) else 0), y, w - (X - x) - 0.8, v, z, n, "l", fo, lh, sp)
    if k.ul if ul is None else ul:
        yy = y
        while yy <= y2 + 0.01:
            g.line(X, yy + z * 0.75, x + w, yy + z * 0.75, 0.18, k.lc)
            yy += z * lh
    return y2


def upright(g, x, y, t, s, fo, fill=INK, pitch=1.12):
    """Signs below each other, one line of the truth, centred on x and y."""
    n0 = len(g.lines)
    for i, c in enumerate(t):
        g.t(x, y + (i - (len(t) - 1) / 2) * s * pitch, c, s, role_of(fo, c), "mm", fill)
    Q = g.lines[n0:]
    del g.lines[n0:]
    if Q:
        B = [q["box"] for q in Q]
        g.note(t, [min(b[0] for b in B), min(b[1] for b in B), max(b[2] for b in B), max(b[3] for b in B)])


def tab(g, k, x, y, cols, rows, s, rh=8.0, lw=0.25, al="c", head=False, line=INK, box=True):
    """Table: a cell is a label (str), a value (V), None (joined to the left) or '^' (joined to the cell above). Returns its foot."""
    sp_ = []
    for r, row in enumerate(rows):
        c = 0
        while c < len(row):
            n = 1
            while c + n < len(row) and row[c + n] is None:
                n += 1
            if row[c] != "^":
                d = 1
                while r + d < len(rows) and rows[r + d][c] == "^":
                    d += 1
                sp_.append((r, c, d, n, row[c]))
            c += n
    hs = [rh[r] if isinstance(rh, list) else rh for r in range(len(rows))]
    plan = []
    for r, c, d, n, cell in sp_:
        W = sum(cols[c : c + n])
        isv = isinstance(cell, V)
        t = cell.txt if isv else cell
        hand = isv and (k.hand if cell.hand is None else cell.hand)
        fo = role_of(k.hf if hand else k.vf if isv else k.tf if head and r == 0 else k.lf, t)
        z = s * (k.vz if isv else k.lz) * (1.06 if hand else 1)
        up = not isv and 2.6 * s > W and len(t) > 1
        if up:
            L = [t]
            need = len(t) * z * 1.12 + 1.5
            if d > 1 and sum(hs[r : r + d]) < need:
                for i in range(r, r + d):
                    hs[i] += (need - sum(hs[r : r + d])) / d
        else:
            L = wrap(g, t, z, W - 1.6, fo) if t else []
            while L and (len(L) > 4 or (not isv and len(L) > 2 and len(t) < 12)) and z > s * 0.6:
                z *= 0.94
                L = wrap(g, t, z, W - 1.6, fo)
            if g.broken and isv:
                while g.broken and z > s * 0.5:
                    g.broken.clear()
                    z *= 0.95
                    L = wrap(g, t, z, W - 1.6, fo)
            g.broken.clear()
            need = len(L) * z * 1.27 + s * 0.35
        if d == 1:
            hs[r] = max(hs[r], need)
        plan.append((r, c, d, n, cell, L, fo, z, up, hand))
    for r, c, d, n, cell, L, fo, z, up, hand in plan:
        X, Y, W, H = x + sum(cols[:c]), y + sum(hs[:r]), sum(cols[c : c + n]), sum(hs[r : r + d])
        isv = isinstance(cell, V)
        if k.sh and not isv and L and not g.dry:
            g.rect(X, Y, X + W, Y + H, 0.1, None, k.sh)
        if box:
            g.rect(X, Y, X + W, Y + H, lw, line)
        else:
            g.line(X, Y + H, X + W, Y + H, lw, line)
        if isv and L:
            g.fields.update(cell.truth)
        if up:
            upright(g, X + W / 2, Y + H / 2, L[0], min(z, (H - 1) / (len(L[0]) * 1.12)), fo, k.lc)
            continue
        for i, t in enumerate(L):
            yy = Y + H / 2 + (i - (len(L) - 1) / 2) * z * 1.27
            left = isv and al == "l"
            sz = z / 1.06 if hand else z
            jl = not isv and k.just and len(L) == 1 and 2 <= len(t) <= 4 and not re.search("[ -~　（）]", t)
            sp = min(z * 1.2, (W - 3 - g.width(t, z, fo)) / (len(t) + 1)) if jl else 0
            g.t(X + 1.2 if left else X + W / 2, yy, t, sz, fo, "lm" if left else "mm", k.vc if isv else k.lc, hand=hand, sp=max(0, sp))
    return y + sum(hs)


def say(g, k, x, y, w, s, tpl, m, indent=2, pv=None, lead=2.2):
    """Sentence with the values m inside {name}. y is the top; returns the next top."""
    st = Obj(hand=k.hand, handfont=k.hf, pv=pv or k("plain", "plain", "under", "kai", "blank", "bold"), body=k.bf, lead=lead)
    fm = {a: F("", b.txt, b.truth, hand=b.hand is not False) for a, b in m.items() if "{%s}" % a in tpl}
    return b_prose(g, x, y, w, s, st, None, tpl, fm, indent=indent)


def para(g, k, x, y, w, txt, s, lead=1.7, indent=2, fo=None, fill=INK, n=99):
    """Plain text from its top; returns the next top."""
    fo = role_of(fo or k.bf, txt)
    for i, t in enumerate(wrap(g, txt, s, w, fo, indent * s)[:n]):
        g.t(x + (indent * s if i == 0 else 0), y + s * 0.6, t, s, fo, "lm", fill)
        y += s * lead
    g.broken.clear()
    return y


def emblem(g, x, y, r, col="#c0392b", star=False):
    if not g.dry:
        g.star(x, y, r, col) if star else g.rosette(x, y, r, col)
    g.pic(x - r, y - r, 2 * r, 2 * r)


def nm(k, n):
    """A name of two signs is sometimes set apart."""
    return n[0] + k("　", " ", "  ") + n[1] if len(n) == 2 and k.chance(0.25) else n


def ymd(g, k, x, y, d, s, key, lab=None, gaps=(9, 6, 6)):
    """Year, month and day printed between small signs 年 月 日; label first if given."""
    X = label(g, k, x, y, lab, s, 0) if lab else x
    g.fields[key] = iso(d)
    for q, u, w in zip(d, "年月日", gaps, strict=True):
        g.t(X + w / 2, y, str(q), s * k.vz, role_of(k.hf if k.hand else k.vf, str(q)), "mm", k.vc, hand=k.hand)
        X = g.t(X + w, y, u, s * 0.85, k.lf, "lm", k.lc) + 0.3
    return X


def screen(g, k, title, rows, s=3.3, col="#2f6fd0", x=4.0, y=None, w=None, photo=None, qr=None, foot=()):
    """A page of a telephone programme as printed out: coloured head, label left and value right (or beside) with rules between."""
    w = w or g.w - 2 * x
    y = y or 4
    g.rect(0, 0, g.w, y + s * 3.2, 0.1, None, col)
    T(g, g.w / 2, y + s * 1.5, title, s * 1.35, "mm", "sansb", "#ffffff", w=w)
    y += s * 4.4
    if photo:
        g.photo(x + (w - photo) / 2 if k.chance(0.5) else x + w - photo, y, photo, photo * 1.28, "#e8f0f8")
        y += photo * 1.28 + s
    mode = k("right", "right", "left", "above")
    lw = max(g.width(a, s, k.lf) for a, _ in rows) + 2.5
    for a, v in rows:
        if mode == "above":
            T(g, x, y + s * 0.6, a, s * 0.8, "lm", k.lf, GREY, w=w)
            y2 = val(g, k, x, y + s * 1.9, w, v, s, 2)
            y = y2 + s * 1.2
        else:
            T(g, x, y + s * 0.9, a, s, "lm", k.lf, GREY)
            y2 = val(g, k, x + lw, y + s * 0.9, w - lw, v, s, 3, "r" if mode == "right" else "l")
            y = y2 + s * 1.25
        if k.ul:
            g.line(x, y - s * 0.15, x + w, y - s * 0.15, 0.12, "#cccccc")
        y += s * 0.2
    if qr:
        q = min(26, g.h - y - s * (1.6 * len(foot)) - 6)
        if q > 12:
            g.qr(g.w / 2 - q / 2, y + 1, q, qr)
            y += q + 3
    for t in foot:
        T(g, g.w / 2, y + s * 0.6, t, s * 0.72, "mm", k.lf, GREY, w=w)
        y += s * 1.25
    return y


def bureau(c, k):
    return k(c.p.org, c.p.org, c.p.city + "公安局", c.p.city + "公安局" + c.p.dist + "分局")
