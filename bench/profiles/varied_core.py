"""Layout engines of the tuning profile `varied`: pages are described as blocks of data and drawn in many ways.

For TUNING casefile's rules of kinds and fields, never for acceptance. It needs the session generator's folder on the path (module `base`).
A page is tried without drawing until its text fits, stays inside the page and does not overlap, and only then drawn.
"""

# ruff: noqa: UP031 - percent forms stay short and readable in tables of wordings

import functools
import random
import re
from dataclasses import dataclass, field

from base import Obj, Pg, cn, cn2, cndate, dot, font, iso
from PIL import Image, ImageDraw

BODY = ["serif", "serif", "sans", "sans", "ming", "song", "zenhei", "micro", "kai", "wenkai"]
BOLD = ["serifb", "sansb", "sansb", "serifb", "kai", "zenhei", "wenkaib", "ming"]
HANDS = ["kai", "wenkai", "wenkail", "ukai"]
REDS = ["#b01c22", "#8a1f1f", "#c22a2a", "#7d1a1a"]
DARK = ["#161618", "#161618", "#161618", "#1a2a5a", "#14401c"]
CLOSE = "，。、；：）》”！？,.;:)"


# ---------- fields ----------
@dataclass
class F:
    """One fact on a page: what is printed, under which label, and what the truth says about it."""

    labels: str
    text: str
    truth: dict = field(default_factory=dict)
    p: float = 1.0
    en: str = ""
    hand: bool = True
    opts: tuple = ()
    boxed: bool = False
    label: str = ""


def f(key, labels, text, truth=None, **kw):
    """Field `key` (None: a distractor) with label variants `a|b|c`."""
    t = {} if key is None else ({key: str(text)} if truth is None else truth if isinstance(truth, dict) else {key: truth})
    return F(labels, str(text), t, **kw)


class Ctx:
    """Random choices of one document: date forms, labels, style."""

    def __init__(self, R):
        self.R = R
        self.ds = R.choice(["cn", "cn", "cn", "cn2", "dot", "iso", "iso", "slash", "spaced", "comp"])

    def __call__(self, *a):
        return self.R.choice(a)

    def chance(self, p):
        return self.R.random() < p

    def date(self, d, ds=None):
        ds = ds or self.ds
        if ds == "slash":
            return "%d/%02d/%02d" % d
        if ds == "spaced":
            return "%d 年 %d 月 %d 日" % d
        if ds == "comp":
            return "%04d%02d%02d" % d
        return {"cn": cn, "cn2": cn2, "dot": dot, "iso": iso, "zh": cndate}[ds](d)

    def d(self, key, labels, d, ds=None, **kw):
        return f(key, labels, self.date(d, ds), {} if key is None else {key: iso(d)}, **kw)

    def rng(self, keys, labels, a, b, **kw):
        """A span of dates; b may be the word for no end."""
        ds = self("dot", "dot", "iso", "cn") if self.ds in ("comp", "spaced") else self.ds
        z = b if isinstance(b, str) else self.date(b, ds)
        sep = self("-", "—", "至", " 至 ", "-") if ds not in ("iso", "slash") else self("至", " 至 ", " - ")
        t = {} if keys is None else {keys[0]: iso(a), keys[1]: b if isinstance(b, str) else iso(b)}
        return f(None, labels, self.date(a, ds) + sep + z, None, **kw) if keys is None else F(labels, self.date(a, ds) + sep + z, t, **kw)

    def keep(self, fs):
        """Leave out what the office does not ask and choose the labels."""
        out = [x for x in fs if x is not None and self.R.random() < x.p]
        for x in out:
            x.label = self.R.choice(x.labels.split("|"))
        return out

    def spaced_name(self, n):
        return n[0] + self("　", " ", "  ") + n[1] if len(n) == 2 and self.chance(0.4) else n


def style(R, hand=0.35, card=False, fonts=None):
    s = Obj()
    s.body = R.choice(fonts or BODY)
    s.bold = R.choice(BOLD)
    s.lab = s.body if R.random() < 0.7 else R.choice(BODY)
    s.val = s.body if R.random() < 0.5 else R.choice(["kai", "wenkai", "song", "sans", "serif", "sansb", "ming"])
    s.hand = R.random() < hand
    s.handfont = R.choice(HANDS)
    s.colon = R.choice(["：", "：", "：", ":", ": ", " ", "　"]) if not card else R.choice([" ", " ", "　", "：", ":"])
    s.aligned = R.random() < 0.55
    s.spread = R.random() < 0.35
    s.wide = R.random() < 0.12  # 姓　名 as typed
    s.labcol = (
        R.choice(["#161618"] * 4 + ["#1e6ea0", "#2c7a3a", "#5a4a4a", "#12326e", "#7a1616"])
        if not card
        else R.choice(["#161618", "#1e6ea0", "#2c7a3a", "#5a4a4a", "#12326e", "#333333"])
    )
    s.labscale = R.choice([1, 1, 1, 0.92, 0.85]) if not card else R.choice([0.95, 0.85, 0.8, 0.75])
    s.valscale = R.choice([1, 1, 1.05, 1.12])
    s.shade = R.choice([None, None, None, "#eeeeee", "#e6eef6", "#f4efe2"])
    s.border = R.choice(["full", "full", "full", "rows", "open"])
    s.lw = R.choice([0.15, 0.2, 0.3, 0.4])
    s.labal = R.choice("clc")
    s.valal = R.choice("llc")
    s.bil = R.choice(["", "", "slash", "space", "below"])
    s.pv = R.choice(["plain", "plain", "under", "kai", "blank", "bold"])
    s.lead = R.choice([1.75, 2.0, 2.3, 2.7, 3.1])
    s.titlecol = R.choice(DARK)
    return s


# ---------- canvas ----------
@functools.lru_cache(20000)
def has(role, ch):
    if ch.isspace():
        return True
    g = font(role, 32)
    return bytes(g.getmask(ch)) != bytes(g.getmask("\U0010fffd")) and g.getmask(ch).getbbox() is not None


def role_of(role, txt):
    if role and all(has(role, c) for c in txt):
        return role
    return "serif" if role in ("kai", "ukai", "song", "ming", "wenkai", "wenkail", "wenkaib", "serif", "serifb") else "sans"


class Page(Pg):
    """A page that can be tried dry: nothing is drawn, every line's place is known."""

    def __init__(self, w, h, dpi, R, body="serif", bg=(255, 255, 255), paper="sheet", dry=False):
        super().__init__(1 if dry else w, 1 if dry else h, dpi, R, body, bg)
        self.w, self.h, self.paper, self.dry, self.pics, self.broken, self.handfont = w, h, paper, dry, [], [], "kai"
        if dry:
            self.im = Image.new("RGB", (4, 4))
            self.d = ImageDraw.Draw(self.im)

    def f(self, role, mm):
        return font(role or self.body, max(6, round(mm * self.k)))

    def t(self, x, y, txt, size=3.7, fo=None, a="la", fill=(22, 22, 24), field=None, val=None, sp=0, hand=False, bold=0):
        txt = str(txt)
        if not txt.strip():
            return x
        fo = role_of((fo or self.handfont) if hand else (fo or self.body), txt)
        if not self.dry:
            return super().t(x, y, txt, size, fo, a, fill, field, val, sp, hand, bold)
        if field:
            self.fields[field] = str(val if val is not None else txt)
        fnt = self.f(fo, size)
        X, Y = x * self.k, y * self.k
        if hand:
            w = fnt.getlength(txt) * 1.02
            X -= {"l": 0, "m": w / 2, "r": w}[a[0]]
            Y += size * self.k * 0.5 if a[1] in "at" else 0
            r = size * self.k * 0.56
            self.note(txt, (X, Y - r, X + w, Y + r), hand=True)
            return (X + w) / self.k
        if sp:
            tot = sum(fnt.getlength(c) for c in txt) + sp * self.k * (len(txt) - 1)
            X -= {"l": 0, "m": tot / 2, "r": tot}[a[0]]
            b = fnt.getbbox(txt, anchor="l" + a[1])
            self.note(txt, (X, Y + b[1], X + tot, Y + b[3]))
            return (X + tot) / self.k + sp
        b = fnt.getbbox(txt, anchor=a)
        self.note(txt, (X + b[0], Y + b[1], X + b[2], Y + b[3]))
        return (X + b[2]) / self.k

    def pic(self, x, y, w, h):
        self.pics.append([self.px(x), self.px(y), self.px(x + w), self.px(y + h)])

    def wave(self, *a, **kw):
        if not self.dry:
            super().wave(*a, **kw)

    def tint(self, *a):
        if not self.dry:
            super().tint(*a)

    def photo(self, x, y, w, h, *a, **kw):
        self.pic(x, y, w, h)
        if not self.dry:
            super().photo(x, y, w, h, *a, **kw)

    def seal(self, *a, **kw):
        if not self.dry:
            super().seal(*a, **kw)

    def qr(self, x, y, w, payload):
        self.pic(x, y, w, w)
        if not self.dry:
            super().qr(x, y, w, payload)

    def barcode(self, x, y, w, h, n=60):
        self.pic(x, y, w, h)
        if not self.dry:
            super().barcode(x, y, w, h, n)

    def clash(self):
        """Text outside the page, on other text or on a picture."""
        B, k, bad = [], self.k, [("broken", q) for q in self.broken]
        for ln in self.lines:
            x0, y0, x1, y1 = ln["box"]
            e = 1.2 * k if self.paper == "card" else 5 * k
            if x0 < e or y0 < e or x1 > self.w * k - e or y1 > self.h * k - e:
                bad.append(("outside", ln["t"]))
            m = (y1 - y0) * 0.14
            B.append((x0 + 1, y0 + m, x1 - 1, y1 - m, ln["t"]))
        for i, a in enumerate(B):
            for b in B[i + 1 :]:
                if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
                    bad.append(("overlap", a[4], b[4]))
            for q in self.pics:
                if a[0] < q[2] and q[0] < a[2] and a[1] < q[3] and q[1] < a[3]:
                    bad.append(("on picture", a[4]))
        return bad


TOK = re.compile(r"[A-Za-z0-9.\-/:@#%+,]+|.", re.S)


def wrap(g, txt, size, w, fo, indent=0):
    """Lines of at most w; numbers are not broken unless they are longer than a line."""
    fnt = g.f(role_of(fo or g.body, txt), size)
    out, cur, left = [], "", (w - indent) * g.k
    for part in str(txt).split("\n"):
        for tok in TOK.findall(part):
            whole = fnt.getlength(tok) <= w * g.k
            if not whole and len(tok) < 30:
                g.broken.append(tok)
            for c in [tok] if whole else list(tok):
                if cur and fnt.getlength(cur + c) > left and c not in CLOSE:
                    out.append(cur.strip(" "))
                    cur, left = c, w * g.k
                else:
                    cur += c
        out.append(cur.strip(" "))
        cur, left = "", w * g.k
    return [x for x in out if x] or [""]


# ---------- pieces ----------
def label_text(F_, st):
    t = F_.label
    if st.wide and len(t) == 2:
        t = t[0] + "　" + t[1]
    if F_.en and st.bil == "slash":
        t += "/" + F_.en
    elif F_.en and st.bil == "space":
        t += " " + F_.en
    return t


def draw_label(g, x, yc, F_, s, st, w=None, colon=True, fill=None):
    """Label with its colon, left of x+w. Returns the right edge."""
    t, z, col = label_text(F_, st), s * st.labscale, fill or st.labcol
    cl = st.colon if colon else ""
    if st.bil == "below" and F_.en:
        g.t(x, yc - z * 0.42, t, z, st.lab, "lm", col)
        r = g.t(x, yc + z * 0.66, F_.en, z * 0.6, "sans", "lm", col)
        return max(r, x + g.width(t, z, st.lab)) + z * 0.5
    if w and st.spread and 2 <= len(t) <= 5 and not re.search(r"[ -~　]", t):
        nat, want = g.width(t, z, st.lab), w - g.width(cl or " ", z, st.lab) - 0.4
        sp = (want - nat) / (len(t) - 1)
        if 0 < sp < z * 3:
            g.t(x, yc, t, z, st.lab, "lm", col, sp=sp)
            if cl.strip():
                g.t(x + want, yc, cl.strip(), z, st.lab, "lm", col)
            return x + w
    r = g.t(x, yc, t + cl.rstrip(), z, st.lab, "lm", col)
    return r + (z * 0.5 if cl.isspace() else z * 0.12)


def label_w(g, F_, s, st, colon=True):
    z = s * st.labscale
    w = g.width(label_text(F_, st) + (st.colon if colon else ""), z, st.lab) + z * 0.45
    return max(w, g.width(F_.en, z * 0.6, "sans") + z * 0.6) if st.bil == "below" and F_.en else w


def vfont(F_, st):
    return (st.handfont, st.valscale * 1.1, True) if st.hand and F_.hand else (st.val, st.valscale, False)


def opts_w(g, F_, s, st):
    return sum(g.width(o, s, st.body) + s * 2.1 for o in F_.opts)


def value_w(g, F_, s, st):
    if F_.opts:
        return opts_w(g, F_, s, st)
    fo, m, h = vfont(F_, st)
    w = max(g.width(t, s * m, role_of(fo, t)) for t in F_.text.split("\n")) * (1.05 if h else 1) + 0.6
    return max(w, len(F_.text) * s * 1.25) if F_.boxed else w


def value_lines(g, F_, s, st, w):
    if F_.opts:
        return [""]
    fo, m, h = vfont(F_, st)
    return wrap(g, F_.text, s * m * (1.05 if h else 1), w, fo)


def tick(g, x, yc, z, on, R):
    g.rect(x, yc - z * 0.42, x + z * 0.84, yc + z * 0.42, 0.2)
    if on:
        g.line(x + z * 0.1, yc, x + z * 0.36, yc + z * 0.36, 0.35)
        g.line(x + z * 0.36, yc + z * 0.36, x + z * 0.95, yc - z * 0.55, 0.35)


def draw_value(g, x, yc, w, F_, s, st, al="l"):
    """Value in the width w; the first line is centred on yc. Returns the number of lines."""
    g.fields.update(F_.truth)
    if F_.opts:
        for o in F_.opts:
            tick(g, x, yc, s, o == F_.text, g.R)
            x = g.t(x + s * 1.1, yc, o, s, st.body, "lm") + s * 0.8
        return 1
    fo, m, h = vfont(F_, st)
    if F_.boxed and w >= len(F_.text) * s * 1.25:
        b = min(s * 1.7, w / len(F_.text))
        for i in range(len(F_.text)):
            g.rect(x + i * b, yc - b * 0.62, x + (i + 1) * b, yc + b * 0.62, 0.15)
        nat = g.width(F_.text[0], s * m, fo)
        if h:
            for i, c in enumerate(F_.text):
                g.hand(x + (i + 0.5) * b, yc, c, s * m, fo, "mm") if not g.dry else None
            if not g.dry:  # one line, not eighteen
                L = g.lines[-len(F_.text) :]
                del g.lines[-len(F_.text) :]
                g.note(
                    F_.text,
                    [min(q["box"][0] for q in L), min(q["box"][1] for q in L), max(q["box"][2] for q in L), max(q["box"][3] for q in L)],
                    hand=True,
                )
            else:
                g.note(F_.text, [(x) * g.k, (yc - s * 0.6) * g.k, (x + b * len(F_.text)) * g.k, (yc + s * 0.6) * g.k], hand=True)
        else:
            g.t(x + b * 0.5 - nat / 2, yc, F_.text, s * m, fo, "lm", sp=b - nat)
        return 1
    L = value_lines(g, F_, s, st, w)
    for i, t in enumerate(L):
        y = yc + i * s * m * 1.3
        g.t(x + w / 2 if al == "c" else x, y, t, s * m, fo, "mm" if al == "c" else "lm", hand=h)
    return len(L)


class Area:
    """The space for fields, narrower beside a photo."""

    def __init__(self, x, w, y0, ph=None, gap=3.0):
        self.x, self.w, self.ph, self.gap, self.y0 = x, w, ph, gap, y0
        self.y1 = y0 + ph["h"] if ph else y0

    def at(self, y):
        if not self.ph or y > self.y1 - 0.5:
            return self.x, self.w
        n = self.ph["w"] + self.gap
        return (self.x + n if self.ph["side"] == "l" else self.x), self.w - n

    def finish(self, g, y, frame=None):
        if not self.ph:
            return y
        p = self.ph
        px = self.x if p["side"] == "l" else self.x + self.w - p["w"]
        if frame:
            g.rect(
                px - (0 if p["side"] == "l" else self.gap),
                self.y0,
                px + p["w"] + (self.gap if p["side"] == "l" else 0),
                max(frame, self.y1),
                frame and 0.2,
            )
        if p.get("empty"):
            g.rect(px, self.y0, px + p["w"], self.y1, 0.2)
            g.t(px + p["w"] / 2, self.y0 + p["h"] / 2, p["empty"], 3, None, "mm")
            g.pic(px, self.y0, 0.1, p["h"])
        elif p.get("pair"):
            g.pair(px, self.y0, p["w"], p["h"], p["bg"])
        else:
            g.photo(
                px + (0.5 if frame else 0),
                self.y0 + (0.5 if frame else 0),
                p["w"] - (1 if frame else 0),
                p["h"] - (1 if frame else 0),
                p["bg"],
            )
        return max(y, self.y1 + 2)


def take(fs, i, n, fits):
    row = [fs[i]]
    if n > 1 and fits(fs[i]):
        while len(row) < n and i + len(row) < len(fs) and fits(fs[i + len(row)]):
            row.append(fs[i + len(row)])
    return row


def eng_kv(g, fs, A, y, s, st, ncol=1, under=False):
    """Label, colon, value; one or two columns; values aligned or not; blanks underlined."""
    i = 0
    pitch = max(s * st.lead, s * st.labscale * 2.25) if st.bil == "below" else s * st.lead
    lim = A.w * (0.44 if ncol == 1 else 0.24)
    al = min(lim, max((label_w(g, q, s, st) for q in fs), default=0))
    stagger = st.aligned and al > 0
    while i < len(fs):
        x, w = A.at(y)
        cw = w / ncol
        row = take(fs, i, ncol, lambda q, cw=cw: max(label_w(g, q, s, st), al if stagger else 0) + value_w(g, q, s, st) <= cw - s)
        n, cell = 1, (w if len(row) == 1 else cw)
        for c, q in enumerate(row):
            X, lw = x + c * cw, label_w(g, q, s, st)
            lw = al if stagger and lw <= al + 0.01 else lw
            yc = y + pitch / 2
            vx = max(draw_label(g, X, yc, q, s, st, lw if lw == al else None), X + (lw if stagger else 0))
            vw = cell - (vx - X) - (s * 0.5 if c + 1 < len(row) else 0)
            k = draw_value(g, vx + (1 if under else 0), yc, vw - (1 if under else 0), q, s, st)
            n = max(n, k)
            if under and not q.opts and not q.boxed:
                for j in range(k):
                    ly = yc + s * st.valscale * (0.72 + 1.3 * j)
                    g.line(vx, ly, X + cell - (s * 0.6 if len(row) > 1 else 0), ly, 0.2)
        y += pitch + (n - 1) * s * st.valscale * 1.43
        i += len(row)
    return A.finish(g, y)


def eng_table(g, fs, A, y, s, st, ncol=1):
    """Bordered table of label and value cells."""
    i = 0
    pad = max(0.6, (st.lead - 1.3) * s / 2)
    lab = Obj(st, colon="")
    frame = None
    share = 0.3 if ncol == 1 else 0.19 if ncol == 2 else 0.13
    if st.bil:
        share += 0.05
    lw0 = min(A.w * share, max(s * 4.6, max((label_w(g, q, s, lab, False) for q in fs), default=0) + 1.5))
    while i < len(fs):
        x, w = A.at(y)
        cw = w / ncol
        row = take(fs, i, ncol, lambda q, cw=cw: value_w(g, q, s, st) <= cw - lw0 - 2)
        n, nl = 1, 1
        geo = []
        for c, q in enumerate(row):
            vw = (cw if c + 1 < len(row) else w - c * cw) - lw0
            L = wrap(g, label_text(q, lab), s * st.labscale, lw0 - 1.2, st.lab)
            geo.append((x + c * cw, vw, L))
            n, nl = max(n, len(value_lines(g, q, s, st, vw - 2.4))), max(nl, len(L))
        step = s * st.valscale * (1.43 if st.hand else 1.3)
        h = max(n * step, nl * s * st.labscale * 1.25 + (s * 0.7 if st.bil == "below" else 0)) + 2 * pad
        for (X, vw, L), q in zip(geo, row, strict=True):
            if st.shade:
                g.rect(X, y, X + lw0, y + h, 0.1, None, st.shade)
            if st.border == "full":
                g.rect(X, y, X + lw0, y + h, st.lw)
                g.rect(X + lw0, y, X + lw0 + vw, y + h, st.lw)
            else:
                g.line(X, y, X + lw0 + vw, y, st.lw)
                g.line(X, y + h, X + lw0 + vw, y + h, st.lw)
                if st.border == "rows":
                    g.line(X + lw0, y, X + lw0, y + h, st.lw)
            z = s * st.labscale
            two = st.bil == "below" and q.en
            for j, t in enumerate(L):
                yy = y + h / 2 + (j - (len(L) - 1) / 2) * z * 1.25 - (z * 0.4 if two else 0)
                sp = 0
                if st.spread and len(L) == 1 and len(t) in (2, 3) and not two:
                    sp = min(z * 2, (z * 4 - g.width(t, z, st.lab)) / (len(t) - 1))
                    sp = sp if lw0 > z * 4 + 2 and sp > 0 else 0
                g.t(X + lw0 / 2 if st.labal == "c" else X + 1, yy, t, z, st.lab, "mm" if st.labal == "c" else "lm", st.labcol, sp=sp)
            if two:
                zz = min(z * 0.6, z * 0.6 * (lw0 - 1) / max(1, g.width(q.en, z * 0.6, "sans")))
                g.t(
                    X + lw0 / 2 if st.labal == "c" else X + 1,
                    y + h / 2 + len(L) * z * 0.62 + zz * 0.2,
                    q.en,
                    zz,
                    "sans",
                    "mm" if st.labal == "c" else "lm",
                    st.labcol,
                )
            k = len(value_lines(g, q, s, st, vw - 2.4))
            _fo, m, _hd = vfont(q, st)
            draw_value(g, X + lw0 + 1.2, y + h / 2 - (k - 1) * s * m * 0.65, vw - 2.4, q, s, st, "l" if q.opts or q.boxed else st.valal)
        if A.ph and y < A.y1 - 0.5:
            frame = y + h
        y += h
        i += len(row)
    return A.finish(g, y, frame)


def eng_above(g, fs, A, y, s, st, ncol=2):
    """Small labels above their values, with rules or boxes or nothing."""
    i = 0
    z = s * min(st.labscale, 0.82)
    lab = Obj(st, colon="", labscale=z / s)
    if st.bil == "below":
        lab.bil = "slash"
    while i < len(fs):
        x, w = A.at(y)
        cw = w / ncol
        row = take(fs, i, ncol, lambda q, cw=cw: max(value_w(g, q, s, st), label_w(g, q, s, lab, False)) <= cw - 2.5)
        n = 1
        vh = s * st.valscale * 1.3
        top = max(0.4, (st.lead - 1.6) * s * 0.5)
        for c, q in enumerate(row):
            X = x + c * cw
            vw = (cw if len(row) > 1 else w) - 2.4
            zz = min(1, vw / max(1, g.width(label_text(q, lab), z, st.lab)))
            g.t(X + 1, y + top * 0.6 + z * 0.6, label_text(q, lab), z * zz, st.lab, "lm", st.labcol)
            n = max(n, draw_value(g, X + 1, y + top * 0.6 + z * 1.25 + vh * 0.55, vw, q, s, st))
        h = top * 1.2 + z * 1.25 + n * vh * (1.1 if st.hand else 1)
        for c in range(len(row)):
            X, cell = x + c * cw, cw if len(row) > 1 else w
            if st.border == "full":
                g.rect(X, y, X + cell, y + h, st.lw)
            elif st.border == "rows":
                g.line(X + 1, y + h - 0.1, X + cell - 2, y + h - 0.1, 0.15)
        y += h + (0 if st.border == "full" else s * 0.25)
        i += len(row)
    return A.finish(g, y)


ENG = {
    "kv1": lambda *a: eng_kv(*a, ncol=1),
    "kv2": lambda *a: eng_kv(*a, ncol=2),
    "under1": lambda *a: eng_kv(*a, ncol=1, under=True),
    "under2": lambda *a: eng_kv(*a, ncol=2, under=True),
    "table2": lambda *a: eng_table(*a, ncol=1),
    "table4": lambda *a: eng_table(*a, ncol=2),
    "table6": lambda *a: eng_table(*a, ncol=3),
    "above1": lambda *a: eng_above(*a, ncol=1),
    "above2": lambda *a: eng_above(*a, ncol=2),
    "above3": lambda *a: eng_above(*a, ncol=3),
}
ALL = list(ENG)
FORM = ["table4", "table4", "table4", "table2", "table6", "kv1", "kv2", "under1", "under2", "above2", "above3"]
LIST = ["kv1", "kv1", "kv2", "under1", "table2", "above1", "above2"]


# ---------- blocks: (name, arguments) drawn one below the other ----------
def b_title(g, x, y, w, s, st, L, txt, size=8, en="", col=None, fo=None, sp=None, al=None):
    fo = fo or st.bold
    size = size * (0.75 + 0.25 * s / st.s0)
    body = txt
    while g.width(body, size, role_of(fo, body)) > w * 0.94:
        size *= 0.94
    n = len(body)
    room = (w * 0.9 - g.width(body, size, fo)) / max(1, n - 1)
    sp = min(max(0, room), size * (L.choice([0, 0, 0.15, 0.4, 0.8]) if n <= 7 else L.choice([0, 0, 0.1])) if sp is None else sp)
    al = al or L.choice("cccccl")
    col = col or st.titlecol
    if sp > size * 0.3 and n <= 5 and L.random() < 0.4:
        body, sp = L.choice([" ", "  ", "　"]).join(body), 0
        while g.width(body, size, role_of(fo, body)) > w * 0.96:
            size *= 0.94
    g.t(x + w / 2 if al == "c" else x, y + size * 0.6, body, size, fo, "mm" if al == "c" else "lm", col, sp=sp)
    y += size * 1.45
    if en:
        z = min(size * 0.45, size * 0.45 * w * 0.9 / max(1, g.width(en, size * 0.45, "sans")))
        g.t(x + w / 2 if al == "c" else x, y + z * 0.4, en, z, "sans", "mm" if al == "c" else "lm", col)
        y += z * 1.5
    return y


def b_sub(g, x, y, w, s, st, L, txt, k=1.0):
    z = s * k
    while g.width(txt, z, st.body) > w:
        z *= 0.94
    g.t(x + w / 2, y + z * 0.6, txt, z, st.body, "mm")
    return y + z * 1.9


def b_gap(g, x, y, w, s, st, L, mm=4):
    return y + mm * s / st.s0


def b_fields(g, x, y, w, s, st, L, fs, eng, ph=None):
    if ph:
        ph = dict(ph)
    A = Area(x, w, y, ph, 0.0 if eng.startswith("table") else 3.0)
    return ENG[eng](g, fs, A, y, s, st)


def b_para(g, x, y, w, s, st, L, txt, indent=2, k=1.0, hand=False, fo=None, fill=None):
    z = s * k
    fo = fo or (st.handfont if hand else st.body)
    for i, t in enumerate(wrap(g, txt, z * (1.05 if hand else 1), w - z * 0.8, fo, indent * z)):
        g.t(x + (indent * z if i == 0 else 0), y + z * 0.8, t, z, fo, "lm", fill or (22, 22, 24), hand=hand)
        y += z * max(1.5, min(2.2, st.lead * 0.85))
    return y + z * 0.2


def b_prose(g, x, y, w, s, st, L, tpl, fm, k=1.0, indent=2, ph=None):
    """Running text with values inside the sentences."""
    z = s * k
    if ph:
        y0 = y
        px = x if ph["side"] == "l" else x + w - ph["w"]
        g.photo(px, y, ph["w"], ph["h"], ph["bg"])
        x, w = (x + ph["w"] + 5 if ph["side"] == "l" else x), w - ph["w"] - 5
    hand, pv = st.hand, st.pv
    segs = []
    for part in re.split(r"(\{\w+\})", tpl):
        if part.startswith("{"):
            q = fm[part[1:-1]]
            g.fields.update(q.truth)
            segs.append((q.text, True, q.hand))
        elif part:
            segs.append((part, False, False))
    # tokens with their font
    toks = []
    for txt, isv, hd in segs:
        h = hand and isv and hd
        fo = st.handfont if h else ({"kai": "kai", "bold": "sansb"}.get(pv, st.body) if isv else st.body)
        fo = role_of(fo, txt)
        un = isv and (pv in ("under", "blank") or h)
        if isv and pv == "blank":
            toks.append(("　" if not h else " ", fo, False, un, isv))
        toks += [(t, fo, h, un, isv) for t in TOK.findall(txt)]
        if isv and pv == "blank":
            toks.append(("　" if not h else " ", fo, False, un, isv))
    lines, cur, cw, left = [], [], 0.0, w - z - indent * z
    for t, fo, h, un, isv in toks:
        tw = g.width(t, z * (1.05 if h else 1), fo) + (z * 0.06 if h else 0)
        if cur and cw + tw > left and t not in CLOSE and t.strip():
            lines.append(cur)
            cur, cw, left = [], 0.0, w - z
        cur.append((t, fo, h, un, isv, tw))
        cw += tw
    lines.append(cur)
    pitch = z * max(1.6, min(2.4, st.lead * 0.9))
    for i, ln in enumerate(lines):
        X = x + (indent * z if i == 0 else 0)
        j = 0
        while j < len(ln):
            m = j
            while m < len(ln) and ln[m][1:5] == ln[j][1:5]:
                m += 1
            txt = "".join(q[0] for q in ln[j:m])
            tw = g.width(txt, z * (1.05 if ln[j][2] else 1), ln[j][1])
            X += z * 0.16 if ln[j][2] else 0
            if txt.strip():
                lead = len(txt) - len(txt.lstrip())
                g.t(X + g.width(txt[:lead], z, ln[j][1]) if lead else X, y + pitch / 2, txt.strip(), z, ln[j][1], "lm", hand=ln[j][2])
            if ln[j][3]:
                g.line(X, y + pitch / 2 + z * 0.68, X + tw, y + pitch / 2 + z * 0.68, 0.2)
            X += tw + (0.25 if ln[j][3] else 0) + (z * 0.12 if ln[j][2] else 0)
            j = m
        y += pitch
    return max(y, y0 + ph["h"] + 3) if ph else y + z * 0.2


def b_grid(g, x, y, w, s, st, L, head, rows, weights, k=1.0, rh=None, hand=None):
    """A table with a heading row; a cell is text or a field."""
    z = s * k
    tot = sum(weights)
    cols = [w * q / tot for q in weights]
    hd = st.hand if hand is None else hand
    pad = max(0.7, (st.lead - 1.4) * z * 0.35) if rh is None else rh
    allrows = ([head] if head else []) + rows
    for r, row in enumerate(allrows):
        L_, n = [], 1
        ish = head is not None and r == 0
        for c, cell in zip(cols, row, strict=True):
            q = cell if isinstance(cell, F) else None
            t = q.text if q else str(cell)
            h = hd and q is not None and q.hand
            fo = (st.bold if ish and st.bold in ("sansb", "serifb") else st.lab) if not h and not q else (st.handfont if h else st.val)
            ls = wrap(g, t, z * (1.05 if h else 1), c - 1.6, fo) if t else []
            L_.append((ls, fo, h, q))
            n = max(n, len(ls))
        H = n * z * 1.3 + 2 * pad
        X = x
        for c, (ls, fo, h, q) in zip(cols, L_, strict=True):
            if ish and st.shade:
                g.rect(X, y, X + c, y + H, 0.1, None, st.shade)
            if st.border == "full":
                g.rect(X, y, X + c, y + H, st.lw)
            else:
                g.line(X, y, X + c, y, st.lw)
                g.line(X, y + H, X + c, y + H, st.lw)
            if q:
                g.fields.update(q.truth)
            for j, t in enumerate(ls):
                g.t(X + c / 2, y + H / 2 + (j - (len(ls) - 1) / 2) * z * 1.3, t, z, fo, "mm", hand=h)
            X += c
        y += H
    return y


def b_list(g, x, y, w, s, st, L, items, num=None, k=1.0):
    num = num or L.choice(["{}、", "{}.", "（{}）", "{}、"])
    zh = L.random() < 0.6
    for i, t in enumerate(items):
        n = "一二三四五六七八九十"[i] if zh and i < 10 else str(i + 1)
        y = b_para(g, x, y, w, s, st, L, num.format(n) + t, 2, k)
    return y


def b_head(g, x, y, w, s, st, L, txt, k=1.05):
    g.t(x, y + s * 0.9, txt, s * k, st.bold, "lm")
    return y + s * 1.9


def b_org(g, x, y, w, s, st, L, org, date, seal=None, mode=None, r=None, shape="round"):
    """Who issued it and when, with the seal over both."""
    mode = mode or L.choice(["right", "right", "bare", "bare", "split", "left"])
    r = r or L.uniform(14, 20) * min(1, g.w / 190)
    y += s * 1.2
    ent = [q for q in (org, date) if q]
    pitch = s * max(1.9, st.lead * 0.8)
    cx, cy = x + w * 0.75, y + pitch
    lab = Obj(st, colon=st.colon if st.colon.strip() else "：", spread=False, bil="")
    hst = Obj(lab, hand=False)
    if mode == "split" and len(ent) == 2:
        tot = [label_w(g, q, s, lab) + value_w(g, q, s, hst) for q in ent]
        if max(tot) > w / 2 - 2:
            mode = "right"
        else:
            for i, q in enumerate(ent):
                X = x + i * w / 2
                r_ = draw_label(g, X, y + pitch / 2, q, s, lab)
                draw_value(g, r_, y + pitch / 2, X + w / 2 - r_, q, s, hst)
            if seal:
                g.seal(max(x + r, x + w * 0.25), y + pitch / 2, seal, r, L.uniform(0.55, 0.85), shape=shape)
            return y + pitch * 1.3
    for q in ent:
        bare = mode == "bare" and not q.text.isascii()
        wid = value_w(g, q, s, hst) + (0 if bare else label_w(g, q, s, lab))
        wid = min(wid, w)
        X = x if mode == "left" else max(x, x + w - wid - (s * 2 if wid < w - s * 2 else 0))
        X0 = draw_label(g, X, y + pitch / 2, q, s, lab) if not bare else X
        n = draw_value(g, X0, y + pitch / 2, max(s * 6, x + w - X0), q, s, hst)
        if q is org:
            cx, cy = min(x + w - r, X + wid * 0.6), y + pitch * 0.8
        y += pitch + (n - 1) * s * 1.3
    if seal:
        g.seal(min(max(cx, r + 4), g.w - r - 4), min(cy, g.h - r - 4), seal, r, L.uniform(0.55, 0.85), shape=shape, ring2=L.random() < 0.2)
    return y + s * 0.6


def b_sign(g, x, y, w, s, st, L, items, mode=None, finger=False):
    """Signature lines: (label, value or '', kind); kind 'name' or 'date' or 'text'; a field may stand for the value."""
    mode = mode or L.choice(["right", "right", "row", "left"])
    pitch = s * 2.3
    y += s * 1.2
    n = len(items)
    wide = (
        max(g.width(a + "：", s, st.body) + g.width(b.text if isinstance(b, F) else b or "    ", s * 1.3, "kai") for a, b, _ in items)
        + s * 2
    )
    if mode == "row" and wide * n > w:
        mode = "right" if wide < w * 0.7 else "left"
    for i, (a, b, kind) in enumerate(items):
        X = x + i * w / n if mode == "row" else (x if mode == "left" else x + max(0, w - max(wide, w * 0.42)))
        r_ = g.t(X, y + pitch / 2, a + "：", s, st.body, "lm")
        txt = b.text if isinstance(b, F) else b
        if isinstance(b, F):
            g.fields.update(b.truth)
        if txt:
            hand = kind == "name" or (kind != "print" and st.hand)
            m = 1.25 if hand else 1
            room = (x + (i + 1) * w / n if mode == "row" else x + w) - r_ - 1
            m = min(m, m * room / max(1, g.width(txt, s * m, st.handfont if hand else st.body) * 1.06))
            g.t(r_ + s * 0.2, y + pitch / 2, txt, s * m, st.handfont if hand else st.body, "lm", hand=hand)
            if finger and kind == "name" and not g.dry:
                fingerprint(g, r_ + s * 4, y + pitch / 2)
        elif kind == "blank":
            g.line(r_ + 1, y + pitch / 2 + s * 0.6, r_ + s * 6, y + pitch / 2 + s * 0.6, 0.2)
        if mode != "row":
            y += pitch
    return y + (pitch if mode == "row" else 0) + s * 0.4


def fingerprint(g, cx, cy):
    X, Y = g.px(cx), g.px(cy)
    for i in range(1, 9):
        a, b = g.px(0.85 * i), g.px(1.1 * i)
        g.d.arc([X - a, Y - b, X + a, Y + b], g.R.randint(0, 90), g.R.randint(200, 360), fill=(214, 86, 86), width=max(1, g.px(0.3)))


def b_box(g, x, y, w, s, st, L, label, paras, sign=None, h=0, mode="top", hand=False):
    """A boxed section of a form with a heading at the top or in a column of its own."""
    y0 = y
    lw = s * 2.2 if mode == "side" else 0
    xi, wi = x + lw + 2, w - lw - 4
    yy = y + s * 0.5
    if mode == "top":
        yy = b_head(g, xi, yy, wi, s, st, L, label + "：", 1.0)
    for p in paras:
        yy = b_para(g, xi, yy, wi, s, st, L, p, 2, 1.0, hand)
    if sign:
        yy = b_sign(g, xi, yy, wi, s, st, L, sign)
    yy = max(yy + s * 0.5, y0 + h * s / st.s0, y0 + (len(label) * s * 1.15 + 3 if mode == "side" else 0))
    g.rect(x, y0, x + w, yy, st.lw)
    if mode == "side":
        g.line(x + lw, y0, x + lw, yy, st.lw)
        for i, c in enumerate(label):
            g.t(x + lw / 2, (y0 + yy) / 2 + (i - (len(label) - 1) / 2) * s * 1.12, c, s * 0.95, st.lab, "mm")
        if len(label) > 1:  # the column of characters is one line of text, top to bottom
            P = g.lines[-len(label) :]
            del g.lines[-len(label) :]
            g.note(
                label, [min(q["box"][0] for q in P), min(q["box"][1] for q in P), max(q["box"][2] for q in P), max(q["box"][3] for q in P)]
            )
    return yy


def b_row(g, x, y, w, s, st, L, left=None, right=None, k=0.95):
    """A small line above or below: left and right field or text."""
    z = s * k
    lab = Obj(st, spread=False, bil="", colon=st.colon if st.colon.strip() else "：")
    for q, side in ((left, "l"), (right, "r")):
        if not q:
            continue
        if isinstance(q, str):
            g.t(x if side == "l" else x + w, y + z * 0.8, q, z, st.body, side + "m")
            continue
        tot = label_w(g, q, z, lab) + value_w(g, q, z, Obj(lab, hand=False)) + 0.5
        X = x if side == "l" else x + w - tot
        r_ = draw_label(g, X, y + z * 0.8, q, z, lab)
        draw_value(g, r_, y + z * 0.8, w, q, z, Obj(lab, hand=False))
    return y + z * 2.0


def b_foot(g, x, y, w, s, st, L, txt, k=0.8):
    z = max(s * k, 2.0)
    for t in wrap(g, txt, z, w - z, st.body):
        g.t(x, y + z * 0.9, t, z, st.body, "lm")
        y += z * 1.5
    return y


def b_rule(g, x, y, w, s, st, L, lw=0.4, col=None, gap=2.0):
    g.line(x, y + gap / 2, x + w, y + gap / 2, lw, col or (22, 22, 24))
    return y + gap


def b_qr(g, x, y, w, s, st, L, payload, size=20, side="r", note=""):
    size *= s / st.s0
    X = x + w - size if side == "r" else x
    g.qr(X, y + 1, size, payload)
    if note:
        g.t(X + size / 2, y + size + 2.8, note, 2.4, "sans", "mm")
    return y + size + (5 if note else 2)


def b_bar(g, x, y, w, s, st, L, txt=None, width=60, h=8):
    g.barcode(x, y, min(w, width), h)
    if txt:
        g.t(x, y + h + 2.2, txt, 2.8, "mono", "lm")
        return y + h + 5
    return y + h + 2


def b_banner(g, x, y, w, s, st, L, txt, col="#1f6fb5", size=7):
    size = min(size, size * w * 0.9 / max(1, g.width(txt, size, "sansb")))
    g.rect(x, y, x + w, y + size * 2, 0.1, None, col)
    g.t(x + size * 0.6, y + size, txt, size, "sansb", "lm", "#ffffff")
    return y + size * 2.4


def b_cols(g, x, y, w, s, st, L, parts, gap=6, share=None, rule=False):
    """Blocks side by side."""
    n = len(parts)
    share = share or [1 / n] * n
    X, end = x, y
    for i, (bl, sh) in enumerate(zip(parts, share, strict=True)):
        cw = (w - gap * (n - 1)) * sh
        yy = y
        for b in bl:
            yy = put(b, g, X, yy, cw, s, st, L) if b else yy
        end = max(end, yy)
        X += cw + gap
        if rule and i + 1 < n:
            g.line(X - gap / 2, y, X - gap / 2, end, 0.2)
    return end


def b_mrz(g, x, y, w, s, st, L, lines, pitch=2.54):
    """Machine readable lines at the foot of the page: (text, field)."""
    y = max(y, g.h - 4.5 - 7.0 * (len(lines) - 1) - 4.2)
    if g.w > 100 and y < g.h:
        g.rect(0, y - 1.5, g.w, g.h, 0.1, None, "#faf6f2")
    for t, key in lines:
        g.mrz((g.w - pitch * len(t)) / 2, y + 4, t, pitch, key)
        y += 7.0
    return y - 2.5


def b_pair(g, x, y, w, s, st, L, pw=46, ph=31, bg="#b8252c"):
    pw2 = min(pw, w)
    g.pair(x + (w - pw2) / 2, y + 1, pw2, ph * pw2 / pw, bg)
    return y + ph * pw2 / pw + 3


def b_seal(g, x, y, w, s, st, L, txt, dx=0.5, r=15, shape="round", up=0.0):
    """A seal over what stands above."""
    g.seal(min(max(x + w * dx, r + 2), g.w - r - 2), min(max(y - up, r + 2), g.h - r - 2), txt, r, L.uniform(0.55, 0.8), shape=shape)
    return y


def b_emblem(g, x, y, w, s, st, L, r=8, col="#c0392b", star=False):
    if not g.dry:
        g.star(x + w / 2, y + r, r, col) if star else g.rosette(x + w / 2, y + r, r, col)
    return y + 2 * r + 2


BLOCK = {k[2:]: v for k, v in list(globals().items()) if k.startswith("b_")}


# ---------- whole pages ----------
def decor(g, kind, R):
    W, H = g.w, g.h
    tones = [
        ("#efe3c2", None),
        ("#f2d9dc", "#dfe6f3"),
        ("#e3efe0", None),
        ("#dfe6ee", "#efe0e0"),
        ("#f0cfd0", None),
        ("#eee9d4", None),
        ("#d9e8f0", "#e6dccf"),
    ]
    if kind in ("cert", "wave") and R.random() < (0.6 if g.paper == "sheet" else 1):
        a, b = R.choice(tones)
        g.wave(a, b, R.uniform(3, 6) if W > 120 else R.uniform(2.4, 3.2), R.uniform(0.6, 1.1), R.randrange(3))
    if kind == "cert":
        col, e = (
            R.choice(["#a8742a", "#8f2a2a", "#b98d3c", "#b0566a", "#7a2f2f", "#2f5a8f", "#3a6a3a"]),
            R.choice([5, 6, 7]) if W > 150 else 2.5,
        )
        if R.random() < 0.8:
            g.rect(e, e, W - e, H - e, R.choice([0.6, 1.2, 1.8]), col)
        if R.random() < 0.6:
            g.rect(e + 2.6, e + 2.6, W - e - 2.6, H - e - 2.6, 0.3, col)


def sheet(
    dpi,
    R,
    blocks,
    w=210,
    h=297,
    paper="sheet",
    dec="plain",
    bg=(255, 255, 255),
    s0=4.3,
    margin=None,
    hand=0.35,
    st=None,
    body=None,
    valign=None,
):
    """Draw the blocks on a page, in the largest size that fits."""
    card = paper == "card" and w < 100
    if s0 == 4.3 and w > 150:
        s0 = R.choice([3.9, 4.2, 4.5, 4.9])
    best = None
    for turn in range(8):
        if turn == 4:  # too full: what is only decoration goes first
            blocks = [b for b in blocks if b[0] not in ("foot", "bar", "emblem")]
        s_ = st or style(R, hand, card)
        if body:
            s_.body = s_.lab = body
        s_.s0 = s0
        m = (
            margin
            if margin is not None
            else (R.choice([4, 5, 6]) if card else R.choice([16, 18, 20, 22, 25]) if w > 190 else 13 if w > 140 else 8)
        )
        seed = R.randrange(2**31)
        start = R.choice([0, 0, 1, 2, 3])
        lead0 = s_.lead
        for sc in [1.25, 1.15, 1.05, 1.0, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62, 0.56][start:]:
            for ld in (1.0, 0.85, 0.72):
                s_.lead = max(1.45, lead0 * ld)
                g, dd = _run(dpi, seed, blocks, w, h, paper, bg, s0 * sc, s_, m, True, 0)
                bb = g.clash()
                if not bb and dd <= h - (m * 0.6 if not card else 1.2):
                    va = (valign if valign is not None else R.choice([0, 0.2, 0.35])) * max(0, h - m - dd) if dec != "none" else 0
                    g, _y = _run(dpi, seed, blocks, w, h, paper, bg, s0 * sc, s_, m, False, va, dec)
                    g.trouble = []
                    return g
                if best is None or (len(bb), dd) < best[0]:
                    best = ((len(bb), dd), seed, s0 * sc, Obj(s_), m)
    _, seed, sz, s_, m = best
    g, _y = _run(dpi, seed, blocks, w, h, paper, bg, sz, s_, m, False, 0, dec)
    g.trouble = g.clash() or [("too long", "%.0f of %d" % (best[0][1], h))]
    return g


def _run(dpi, seed, blocks, w, h, paper, bg, s, st, m, dry, shift=0.0, dec=None):
    g = Page(w, h, dpi, random.Random(seed + 1), st.body, bg, paper, dry)
    g.handfont = st.handfont
    if not dry and dec:
        decor(g, dec, random.Random(seed + 2))
    L = random.Random(seed)
    y = (m if w > 100 else m * 0.6) + shift
    for b in blocks:
        if not b:
            continue
        y = put(b, g, m, y, w - 2 * m, s, st, L)
    return g, y


def put(b, g, x, y, w, s, st, L):
    """Draw one block: its last element may be a dictionary of options (prose always carries its fields before them)."""
    opt = isinstance(b[-1], dict) and not (b[0] == "prose" and len(b) == 3)
    return BLOCK[b[0]](g, x, y, w, s, st, L, *(b[1:-1] if opt else b[1:]), **(b[-1] if opt else {}))


# ---------- blocks of the small documents ----------
def b_bigv(g, x, y, w, s, st, L, year, month, col, truth):
    """A large year and month, as on an inspection mark."""
    g.fields.update(truth)
    z = s * 4.6
    g.t(x + w / 2, y + z * 0.55, year, z, "sansb", "mm", col)
    y += z * 1.2
    g.t(x + w / 2, y + s * 0.9, month, s * 1.7, "sansb", "mm", col)
    return y + s * 2.1


def b_months(g, x, y, w, s, st, L, year, month, col):
    """A year with the months around it; the month is punched, so nothing but the eye tells it."""
    z = s * 3.2
    g.t(x + w / 2, y + z * 0.6, str(year), z, "sansb", "mm", col)
    y += z * 1.3
    for i in range(12):
        X, Y = x + w * (0.1 + 0.8 * (i % 6) / 5), y + s * (0.8 + 1.9 * (i // 6))
        g.t(X, Y, str(i + 1), s, "sansb", "mm", col)
        if i + 1 == month and not g.dry:
            r = g.px(s * 0.8)
            g.d.ellipse([g.px(X) - r, g.px(Y) - r, g.px(X) + r, g.px(Y) + r], outline=(40, 40, 40), width=max(1, g.px(0.3)))
    return y + s * 4.0


def b_fieldset(g, x, y, w, s, st, L, truth):
    g.fields.update(truth)
    return y


def b_bare(g, x, y, w, s, st, L, q, fo=None, al="l"):
    """A value without a label."""
    g.fields.update(q.truth)
    X = {"l": x, "c": x + w / 2, "r": x + w}[al]
    g.t(X, y + s * 0.8, q.text, s * 1.15, fo, {"l": "lm", "c": "mm", "r": "rm"}[al])
    return y + s * 1.9


BLOCK.update(bigv=b_bigv, months=b_months, fieldset=b_fieldset, bare=b_bare)
