"""Forms, powers of attorney, promises and labour contracts of the tuning profile `hand`: layouts written out after real Chinese papers.

For TUNING only. It needs the generator's folder and this folder on the path. A page is a list of blocks for `varied_core.sheet`;
two blocks are added here: `hf_txt` (running text and lists) and `hf_tab` (a table with spans). Both take a small markup: `{key}` is
the fact of that name, `{key_9}` the same on a line at least nine letters wide, `{key#}` one digit a box, `{key~}` always by hand,
`{key!}` never by hand, `____` an empty line, a box followed by its word one to tick, `^` at the start of a line small print.
"""

# ruff: noqa: UP031 - percent forms stay short and readable in tables of wordings

import re
from dataclasses import dataclass

import varied_core as core
from base import Obj, cn, iso
from varied_core import Ctx, F, draw_value, fingerprint, role_of, sheet, style, vfont

FONTS = ["serif", "serif", "song", "ming", "sans", "zenhei", "micro", "kai"]


# ---------- markup ----------
PART = re.compile(r"\{(\w+?)(?:([_#~!])(\d*))?\}|([☐☑])([^\s☐☑{}\n]{0,12})|(_{2,})|(\n)|([^{}☐☑\n_]+|_)")


@dataclass
class A:
    """One piece of a line: text, value, box to tick, blank or digit boxes."""

    kind: str
    txt: str = ""
    fo: str = ""
    m: float = 1.0
    hand: bool = False
    q: object = None
    w: float = 0.0
    under: bool = False
    least: float = 0.0


def atoms(g, m, fm, s, st, fo):
    """Lines of pieces (split at the written line ends)."""
    out = [[]]
    small = False
    for key, flag, num, box, word, blank, nl, txt in PART.findall(m):
        if nl:
            out.append([])
            small = False
            continue
        if txt and not out[-1] and txt.startswith("^"):
            small, txt = True, txt[1:]
        k = 0.72 if small else 1.0
        if key:
            q = fm[key]
            vf, vm, hand = vfont(q, st)
            if flag == "~":
                vf, vm, hand = st.handfont, st.valscale * 1.15, True
            elif flag == "!":
                vf, vm, hand = st.val, 1.0, False
            if flag == "#":
                out[-1].append(A("boxes", q.text, vf, vm, hand, q))
            else:
                out[-1].append(A("v", q.text, role_of(vf, q.text), vm, hand, q, under=flag == "_", least=float(num or 0)))
        elif box:
            out[-1].append(A("on" if box == "☑" else "off", word, fo, k))
        elif blank:
            out[-1].append(A("blank", "", fo, 1, w=len(blank) * 0.5))
        elif txt:
            out[-1].append(A("t", txt, fo, k))
    return out


def flow(g, m, fm, s, st, w, fo=None, indent=0.0):
    """Break the pieces into lines of at most w. A line is a list of (piece, text, width)."""
    fo = fo or st.body
    lines = []
    for row in atoms(g, m, fm, s, st, fo):
        cur, cw, left = [], 0.0, w - indent * s
        for i, a in enumerate(row):
            z = s * a.m
            j = i + 1 if a.kind == "t" and a.txt.startswith("　") and i else i
            if cur and j < len(row) and row[j].kind == "v" and row[j].q in (fm.get("y"), fm.get("date")):  # a day stays on one line
                look = a.txt.strip("　") if j > i else ""
                n = 5 if row[j].q is fm.get("y") else 1
                tw = g.width(look, s, fo) + (max(n * 2 * s, s * 9) if n == 5 else g.width(row[j].txt, s, fo) * 1.1)
                if cw + tw > left and tw < w:
                    lines.append((cur, cw))
                    cur, cw, left = [], 0.0, w
                    a.txt = a.txt.lstrip("　") if j > i else a.txt
            if a.kind in ("t", "v"):
                a.fo = role_of(a.fo, a.txt)
                tot = g.width(a.txt, z, a.fo) * (1.06 if a.hand else 1)
                if a.kind == "v" and tot > w and tot < w * 1.7 and a.txt.isascii():  # a number is set smaller rather than broken
                    a.m *= w / tot * 0.98
                    z = s * a.m
                    tot = w * 0.98
                if a.under and max(tot + 2 * s * 0.3, a.least * s) <= w:
                    parts = [(a.txt, max(tot + (1.1 if a.hand else 0.6) * s, a.least * s))]
                elif a.kind == "v" and tot <= w and tot <= s * 9:
                    parts = [(a.txt, tot)]
                else:
                    parts = []
                    for tk in core.TOK.findall(a.txt):
                        tw = g.width(tk, z, a.fo) * (1.06 if a.hand else 1)
                        if tw > w and len(tk) < 30:
                            g.broken.append(tk)
                        parts += [(tk, tw)] if tw <= w else [(ch, g.width(ch, z, a.fo) * 1.06) for ch in tk]
            elif a.kind in ("on", "off"):
                parts = [(a.txt, g.width(a.txt, z, a.fo) + z * 1.75)]
            elif a.kind == "blank":
                parts = [("", a.w * s)]
            else:
                b = min(s * 1.55, (w - 0.4) / max(1, len(a.txt)))
                if b < s * 0.85:  # too narrow for boxes: the number stands by itself
                    a.kind = "v"
                    a.m *= min(1, (w - s) / max(1, g.width(a.txt, s * a.m, a.fo) * 1.06))
                    b = g.width(a.txt, s * a.m, a.fo) * 1.06 / max(1, len(a.txt))
                parts = [(a.txt, b * len(a.txt) + 0.4)]
            if a.kind == "v" and a.hand and not a.under:  # written letters lean to the left
                parts = [(tk, tw + (0.3 * z if n in (0, len(parts) - 1) else 0)) for n, (tk, tw) in enumerate(parts)]
            for tk, tw in parts:
                if cur and cw + tw > left + 0.01 and tk not in core.CLOSE and tk.strip() + a.kind.replace("t", "").replace("v", ""):
                    lines.append((cur, cw))
                    cur, cw, left = [], 0.0, w
                cur.append((a, tk, tw))
                cw += tw
        lines.append((cur, cw))
    return lines


def line_h(ln, s, pitch):
    small = ln and all(a.m < 0.8 for a, _t, _w in ln)
    if any(a.kind == "v" and a.hand for a, _t, _w in ln):  # handwriting takes more room
        pitch = max(pitch, s * 1.8)
    return max([s * 2.3, pitch]) if any(a.kind == "boxes" for a, _t, _w in ln) else pitch * 0.72 if small else pitch


def put_line(g, x, yc, ln, s, st, fill):
    i = 0
    while i < len(ln):
        a, tk, tw = ln[i]
        z = s * a.m
        if a.q is not None:
            g.fields.update(a.q.truth)
        if a.kind in ("t", "v") and not a.under:
            j, txt, wid = i, "", 0.0
            while j < len(ln) and ln[j][0] is a:
                txt, wid, j = txt + ln[j][1], wid + ln[j][2], j + 1
            lead = txt[: len(txt) - len(txt.lstrip())]
            if txt.strip():
                dx = z * 0.28 if a.hand else 0
                g.t(x + dx + (g.width(lead, z, a.fo) if lead else 0), yc, txt.strip(), z, a.fo, "lm", fill, hand=a.hand)
            x, i = x + wid, j
            continue
        if a.kind in ("t", "v"):  # on a line
            g.line(x + 0.2, yc + s * 0.68, x + tw - 0.2, yc + s * 0.68, 0.2)
            nat = g.width(tk, z, a.fo) * (1.06 if a.hand else 1)
            off = (tw - nat) / 2 if st.midline or tw - nat < s * 1.2 else s * 0.35
            if tk.strip():
                g.t(x + off, yc, tk, z, a.fo, "lm", fill, hand=a.hand)
        elif a.kind in ("on", "off"):
            b = z * 0.82
            g.rect(x + 0.2, yc - b / 2, x + 0.2 + b, yc + b / 2, 0.2)
            if a.kind == "on":
                if st.ticks == "fill":
                    g.rect(x + 0.2, yc - b / 2, x + 0.2 + b, yc + b / 2, 0.2, (22, 22, 24), (22, 22, 24))
                elif st.ticks == "cross":
                    g.line(x + 0.4, yc - b * 0.4, x + b, yc + b * 0.4, 0.3)
                    g.line(x + 0.4, yc + b * 0.4, x + b, yc - b * 0.4, 0.3)
                else:
                    g.line(x + b * 0.2, yc, x + b * 0.5, yc + b * 0.42, 0.4, "#1a2a7a")
                    g.line(x + b * 0.5, yc + b * 0.42, x + b * 1.15, yc - b * 0.65, 0.4, "#1a2a7a")
            if tk:
                g.t(x + z * 1.1, yc, tk, z, a.fo, "lm", fill)
        elif a.kind == "blank":
            g.line(x + 0.2, yc + s * 0.68, x + tw - 0.2, yc + s * 0.68, 0.2)
        else:
            q = F("", a.txt, {}, boxed=True, hand=a.hand)
            b = (tw - 0.4) / max(1, len(a.txt))
            zz = b / 1.7
            size = min(s * a.m, b * (1.0 if a.hand else 1.15)) / zz
            box = Obj(st, valscale=size / 1.1 if a.hand else size, hand=a.hand, val=a.fo)
            draw_value(g, x + 0.2, yc, b * len(a.txt) + 0.2, q, zz, box)
        x += tw
        i += 1


def b_hf_txt(g, x, y, w, s, st, L, m, fm, k=1.0, indent=0.0, al="l", lead=None, fo=None, fill=None, box=False):
    """Running text or a list of lines in the markup."""
    z = s * k
    pitch = z * (lead or max(1.55, min(2.6, st.lead * 0.9)))
    if st.colon2 != "：":
        m = re.sub("：(?=\\{|_)", st.colon2, m)
    y0 = y
    pad = 2.0 if box else 0.0
    for _i, par in enumerate(m.split("\n")):
        for j, (ln, cw) in enumerate(flow(g, par, fm, z, st, w - 0.5 - 2 * pad, fo, indent)):
            h = line_h(ln, z, pitch)
            X = x + pad + {"l": indent * z if j == 0 else 0.0, "c": (w - cw) / 2 - pad, "r": w - cw - 1 - 2 * pad}[al]
            put_line(g, X, y + h / 2, ln, z, st, fill or (22, 22, 24))
            y += h
    if box:
        g.rect(x, y0, x + w, y + 1, st.lw)
        y += 1
    return y + z * 0.15


@dataclass
class C:
    """A cell: markup, how many columns and rows it takes, how it is set."""

    m: str = ""
    span: int = 1
    rows: int = 1
    al: str = ""
    kind: str = ""
    k: float = 1.0
    h: float = 0.0
    top: bool = False


def up(m, rows):
    return C(m, 1, rows, kind="up")


def b_hf_tab(g, x, y, w, s, st, L, cols, rows, fm, k=1.0, minh=None):
    """A table: rows of cells; text without a value is a label, text with one is a value."""
    z = s * k
    tot = sum(cols)
    cw = [w * q / tot for q in cols]
    n = len(rows)
    used = [[False] * len(cols) for _ in range(n)]
    place = []
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            if not isinstance(cell, C):
                cell = C(str(cell))
            while c < len(cols) and used[r][c]:
                c += 1
            for rr in range(r, min(n, r + cell.rows)):
                for q in range(c, c + cell.span):
                    used[rr][q] = True
            place.append((cell, r, c))
            c += cell.span
        assert all(used[r]), ("row not full", r, [q.m if isinstance(q, C) else q for q in row])
    pad = max(0.45, (st.lead - 1.35) * z * 0.42)
    low = z * (minh or max(1.55, st.lead * st.rowh))
    tall = max(0.7, st.lead * st.tall)
    need = []
    hs = [low] * n
    for cell, r, c in place:
        W = sum(cw[c : c + cell.span])
        kind = cell.kind or ("v" if re.search(r"[{☐☑]|__", cell.m) or not cell.m else "l")
        zz = z * cell.k * (st.labscale if kind == "l" else 1)
        pitch = zz * (1.36 if kind == "l" else 1.45)
        if kind == "up":
            chars = [ch for ch in cell.m if not ch.isspace()]
            two = len(chars) * zz * 1.12 > 60 and zz * 3 < W
            lines, H = chars, (len(chars) if not two else -(-len(chars) // 2)) * zz * 1.13 + 1.2
        elif kind == "photo":
            lines, H = [], 6 * z
        else:
            lines = flow(g, cell.m, fm, zz, st, W - 1.9, st.lab if kind == "l" else st.body)
            H = sum(line_h(q[0], zz, pitch) for q in lines) + 2 * pad * (0.7 if kind == "l" else 1)
        need.append((cell, r, c, W, kind, zz, pitch, lines, max(H, cell.h * z * tall)))
        if cell.rows == 1:
            hs[r] = max(hs[r], need[-1][-1])
    for cell, r, _c, _W, _k, _z, _p, _l, H in need:
        e = min(n, r + cell.rows)
        if cell.rows > 1 and sum(hs[r:e]) < H:
            for q in range(r, e):
                hs[q] += (H - sum(hs[r:e])) / (e - q)
    ys = [y]
    for h in hs:
        ys.append(ys[-1] + h)
    for cell, r, c, W, kind, zz, pitch, lines, _H in need:
        X = x + sum(cw[:c])
        Y, Z = ys[r], ys[min(n, r + cell.rows)]
        if st.shade and kind in ("l", "up"):
            g.rect(X, Y, X + W, Z, 0.1, None, st.shade)
        g.rect(X, Y, X + W, Z, st.lw)
        if kind == "up":
            stack(g, X, Y, W, Z - Y, lines, zz, st)
            continue
        if kind == "photo":
            portrait(g, X, Y, W, Z - Y, cell.m, zz, st)
            continue
        H = sum(line_h(q[0], zz, pitch) for q in lines)
        yy = Y + pad if cell.top else (Y + Z - H) / 2
        al = cell.al or (st.labal if kind == "l" else "c" if st.valal == "c" and len(lines) == 1 else "l")
        for ln, lw in lines:
            h = line_h(ln, zz, pitch)
            xx = {"c": X + (W - lw) / 2, "l": X + 1, "r": X + W - lw - 2}[al]
            put_line(g, xx, yy + h / 2, ln, zz, st, st.labcol if kind == "l" else (22, 22, 24))
            yy += h
    if st.frame:
        g.rect(x - 0.2, y - 0.2, x + w + 0.2, ys[-1] + 0.2, st.frame)
    return ys[-1] + (0 if st.joined else z * 0.4)


def stack(g, x, y, w, h, chars, z, st):
    """Characters from top to bottom, in two columns where one is too long; each column is one line of text."""
    cols = [chars] if len(chars) * z * 1.12 <= h else [chars[: -(-len(chars) // 2)], chars[-(-len(chars) // 2) :]]
    for i, cs in enumerate(cols):
        X = x + w / 2 + (i - (len(cols) - 1) / 2) * z * 1.3
        first = len(g.lines)
        for j, ch in enumerate(cs):
            g.t(X, y + h / 2 + (j - (len(cs) - 1) / 2) * z * 1.12, ch, z, st.lab, "mm", st.labcol)
        merge(g, first, "".join(cs))


def merge(g, first, txt, **kw):
    P = g.lines[first:]
    del g.lines[first:]
    if P:
        b = [q["box"] for q in P]
        g.note(txt, [min(q[0] for q in b), min(q[1] for q in b), max(q[2] for q in b), max(q[3] for q in b)], **kw)


def portrait(g, x, y, w, h, words, z, st):
    """A portrait, or the place where it should be pasted."""
    if words:
        ws = words.split("\n")
        for i, t in enumerate(ws):
            zz = min(z, z * (w - 2) / max(1, g.width(t, z, st.lab)))
            g.t(x + w / 2, y + h / 2 + (i - (len(ws) - 1) / 2) * z * 1.35, t, zz, st.lab, "mm", st.labcol)
        return
    ph = min(h - 1.2, (w - 1.2) * 1.35)
    pw = ph / 1.35
    g.photo(x + (w - pw) / 2, y + (h - ph) / 2, pw, ph, st.photobg)


def b_hf_bar(g, x, y, w, s, st, L, txt, col="#dfe6ee", ink="#161618"):
    """A heading on a coloured bar."""
    g.rect(x, y, x + w, y + s * 1.9, 0.15, None, col)
    g.t(x + s * 0.5, y + s * 0.95, txt, s * 1.02, st.bold, "lm", ink)
    return y + s * 2.1


def b_hf_finger(g, x, y, w, s, st, L, dx=0.8, upp=6.0):
    if not g.dry:
        fingerprint(g, x + w * dx, y - upp)
    return y


def b_hf_circle(g, x, y, w, s, st, L, dx=0.5, upp=2.0, r=1.4):
    """A ring drawn by hand round a word."""
    if not g.dry:
        X, Y, q = g.px(x + w * dx), g.px(y - upp), g.px(s * r)
        g.d.ellipse([X - q, Y - q * 0.7, X + q, Y + q * 0.7], outline=(30, 45, 140), width=max(1, g.px(0.3)))
    return y


core.BLOCK.update(hf_txt=b_hf_txt, hf_tab=b_hf_tab, hf_bar=b_hf_bar, hf_finger=b_hf_finger, hf_circle=b_hf_circle)


# ---------- one document ----------
def ticks(opts, on=None, gap=" "):
    return gap.join(("☑" if o == on or (isinstance(on, (list, tuple)) and o in on) else "☐") + o for o in opts)


class Doc:
    """The facts of one document under short names, with the choices of its office."""

    def __init__(self, c, dpi, R, hand=0.5):
        self.c, self.dpi, self.R, self.K = c, dpi, R, Ctx(R)
        K, p = self.K, c.p
        st = self.st = style(R, hand, fonts=FONTS)
        st.colon2 = K("：", "：", "：", ":", ": ", " ")
        st.midline = K.chance(0.6)
        st.ticks = K("tick", "tick", "tick", "cross", "fill")
        st.rowh = R.uniform(0.75, 1.1)
        st.tall = R.choice([0.45, 0.6, 0.8])
        st.frame = K(0, 0, 0.5, 0.8)
        st.joined = True
        st.photobg = K("#eef3f8", "#d8e6f2", "#ffffff", "#c9302c")
        st.labscale = K(1, 1, 1, 0.92)
        st.valscale = K(1, 1, 1, 1.06)
        st.bil = ""
        st.labcol = K("#161618", "#161618", "#161618", "#161618", "#3a3a3a", "#12326e", "#7a1616")
        st.labal = K("c", "c", "c", "l")
        self.space = K(0, 0, 1, 1, 2)
        d = c.today
        nat = p.nation + K("", "族")
        self.fm = fm = dict(
            name=F("", p.name, {"name": p.name}),
            sex=F("", p.sex, {"sex": p.sex}),
            nation=F("", nat, {"nation": p.nation}),
            birth=self.dt("birth_date", p.dob),
            id=F("", p.idno, {"id_no": p.idno}),
            phone=F("", p.phone, {"phone": p.phone}),
            edu=F("", p.edu, {"education": p.edu}),
            addr=F("", p.addr, {"address": p.addr}),
            company=F("", c.company, {"company": c.company}),
            coaddr=F("", c.co_addr, {"address": c.co_addr}),
            item=F("", c.item, {"item": c.item}),
            no=F("", K(c.no, c.no, "%s%010d" % (K("W", "SL", "YW", ""), R.randint(10**9, 10**10 - 1))), {}, hand=False),
            date=self.dt("date", d, K("cn", "cn", "cn", None)),
            y=F("", "%d" % d[0], {"date": iso(d)}),
            m=F("", "%d" % d[1]),
            d=F("", "%d" % d[2]),
            by=F("", "%d" % p.dob[0], {"birth_date": iso(p.dob)}),
            bm=F("", "%d" % p.dob[1]),
            bd=F("", "%d" % p.dob[2]),
            sign=F("", p.name, {}),
            boss=F("", c.boss.name),
            uscc=F("", c.uscc),
            q=F("", c.q.name),
            qid=F("", c.q.idno),
            qphone=F("", c.q.phone),
            post=F("", "%06d" % R.randint(510000, 529999)),
            hk=F("", c.prov + p.city + p.dist),
            height=F("", "%d" % p.height),
            job=F("", c.job),
            psb=F("", p.org, {}, hand=False),
        )
        fm["no"].truth = {"case_no": fm["no"].text}

    def dt(self, key, d, ds=None):
        return F("", self.K.date(d, ds), {} if key is None else {key: iso(d)})

    def put(self, **kw):
        """Further facts without a truth of their own (or F's with one)."""
        for k, v in kw.items():
            self.fm[k] = v if isinstance(v, F) else F("", str(v))
        return self

    def leave(self, p, *keys):
        """Fields the applicant left empty."""
        for k in keys:
            if self.R.random() < p:
                self.fm[k] = F("", " ")

    def lab(self, alts):
        """One of the labels a|b|c, set as this office sets them."""
        t = self.K(*alts.split("|"))
        if self.space and len(t) == 2 and not re.search("[ -~]", t):
            return t[0] + "　" * self.space + t[1]
        if self.space == 2 and len(t) == 3 and "（" not in t:
            return " ".join(t)
        return t

    def sexm(self):
        """Sex as a word or as boxes to tick."""
        sx = self.fm["sex"]
        if self.K.chance(0.45) and sx.text.strip():
            self.fm["sexb"] = F("", " ", sx.truth)
            return self.K("☐男 ☐女", "☐男　☐女").replace("☐" + sx.text, "☑" + sx.text) + "{sexb}"
        return "{sex}"

    def datem(self):
        """The day as a word or with printed year, month and day."""
        return self.K("{date}", "{date}", "{y}年{m}月{d}日", "{y_4}年{m_2}月{d_2}日")

    def idm(self, p=0.4):
        return "{id#}" if self.K.chance(p) else "{id}"

    def tab(self, cols, rows, **kw):
        return ("hf_tab", cols, rows, self.fm, kw)

    def txt(self, m, **kw):
        return ("hf_txt", m, self.fm, kw)

    def title(self, t, size=None, **kw):
        return ("title", t, {"size": size or self.K(6.4, 7.2, 8, 9), **kw})

    def done(self, blocks, name="front", **kw):
        if kw.pop("land", False):
            kw.update(w=297, h=210)
        g = sheet(self.dpi, self.R, [b for b in blocks if b], st=self.st, **{"dec": "plain", "valign": 0, **kw})
        return [(name, g)]

    def photo(self, rows, words=None):
        empty = self.K("照片", "贴照片处", "相\n片", "近期免冠\n一寸照片", "（照片）", "照　片")
        return C(words or (empty if self.K.chance(0.4) else ""), 1, rows, kind="photo")


SIGN = ["申请人签名", "申请人（签名）", "申请人签字", "本人签名", "申请人（签章）", "申请人或监护人签名", "签名", "申请人确认签字"]
TRUE = [
    "本人承诺以上所填内容真实无误，所交材料真实有效，如有虚假，愿承担相应的法律责任。",
    "我已阅知填表须知，保证所填写的内容及所提交的材料真实、合法、有效。",
    "以上填写内容均由本人核对确认，如有不实，由此产生的后果由本人承担。",
    "申请人对申请材料实质内容的真实性负责，并同意登记机关向有关部门核实。",
    "本人申报情况属实，提供的证明材料真实，否则自愿承担因此造成的一切法律后果。",
    "上述情况经本人核对无误，请予办理。",
]
OPIN = [
    "经审核，材料齐全，符合规定，同意受理。",
    "情况属实，同意上报。",
    "符合办理条件，拟同意。",
    "同意办理。",
    "经核查，申请人提供材料真实，建议批准。",
    "已核对原件，与复印件一致。",
]
WHO = ["经办人", "承办人", "受理人", "受理民警", "审核人", "责任民警"]


def opinion(D, label, span, p=0.5, h=4.5):
    """Label cell and cell of one office's opinion."""
    K = D.K
    D.fm["w_"] = F("", D.c.boss.name)
    m = K(*OPIN) if K.chance(p) else "\n"
    end = K(K(*WHO) + "：{w_~}　　", K(*WHO) + "：______　", "（盖章）", "（公章）　", "")
    when = K("　　年　　月　　日", "　年　月　日", "{date}" if p > 0.4 and K.chance(0.3) else "　　年　　月　　日")
    return [D.lab(label), C(m + "\n" + end + when, span, al=K("l", "r") if m == "\n" else "l", kind="v", h=h)]


def head(D, title, size=None, en="", no=True, sub=None):
    """Title with the lines above and below it."""
    K = D.K
    bl = []
    if K.chance(0.2):
        bl.append(
            (
                "row",
                K("附件1", "附件：2", "附表一", "样表", "GA/T %d" % D.R.randint(700, 1400), "（存档联）", "表%d" % D.R.randint(1, 9)),
                None,
            )
        )
    bl.append(D.title(title, size, en=en))
    sub = sub or (
        K("（请用黑色签字笔填写）", "（填写前请阅读背面须知）", D.c.p.org + "制", "（本表由申请人填写）", "") if K.chance(0.35) else ""
    )
    if sub:
        bl.append(("sub", sub, {"k": 0.85}))
    n = D.lab("受理编号|受理号|编号|业务流水号|受理单号|业务编号|申请编号|申请单号") + "：{no}"
    t = D.lab("填表日期|申请日期|日期|填报日期|申请时间") + "：" + D.datem()
    D.top = K.chance(0.35)
    left, right = K(("", n), (n, ""), ("", n), (n, "")) if no and K.chance(0.75) else ("", "")
    if D.top:
        left, right = (left or t), (right or (t if left else ""))
    D.has_no = bool(no)
    if left or right:
        z = {"k": K(0.9, 1.0), "lead": 1.7}
        bl.append(
            ("cols", [[D.txt(left, **z)] if left else [], [D.txt(right, al="r", **z)] if right else []], {"share": [0.5, 0.5], "gap": 2})
        )
    return bl


def signrow(D, label=None):
    """Markup of the signature with its day."""
    K = D.K
    day = K("　　", "　　　　") + D.lab("日期|签字日期|申请日期|填表日期") + "：" + D.datem() if not D.top else ""
    if not D.top and K.chance(0.35):
        day = "　　　" + D.datem()
    return (label or K(*SIGN)) + "：{sign~}" + day


def subj(D, own, general, p=0.75):
    """A title of its own, a general one, or the item with a word for form."""
    K = D.K
    t = K(*own) if K.chance(p) else K(*general)
    return D.c.p.city + t if K.chance(0.12) else t


GENERAL = [
    "业务申请表",
    "公安业务申请表",
    "户政业务申请表",
    "政务服务事项申请表",
    "个人业务办理申请表",
    "综合业务申请登记表",
    "办事申请登记表",
    "行政审批事项申请表",
]


# ---------- application forms ----------
def id_form(c, dpi, R):
    """居民身份证申领登记表: table with photo, fingerprints and reasons to tick."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    why = K("有效期满换领", "丢失补领", "损坏换领", "首次申领")
    D.put(why=why, take=K("自取", "邮寄"), finger=K("右手拇指、左手拇指", "右手食指、左手拇指"), old=K("已交回", "未交"))
    D.fm["addr"].hand = K.chance(0.5)
    rs = ["首次申领", "有效期满换领", "丢失补领", "损坏换领", "信息变更换领", "异地办理"]
    title = subj(
        D,
        ["居民身份证申领登记表"] * 3 + ["居民身份证换领、补领登记表", "申领居民身份证登记表", "居民身份证（异地）申领登记表"],
        GENERAL,
        0.85,
    )
    idc = L("公民身份号码|公民身份\n号码|身份证号码|公民身份证号码")
    a = [
        [L("姓名"), "{name}", L("性别"), D.sexm(), L("民族|族别"), "{nation}", D.photo(4)],
        [L("出生|出生日期|出生年月日"), C(K("{birth}", "{by}年{bm}月{bd}日"), 3), L("联系电话|手机|电话"), "{phone}"],
        [L("住址|常住户口所在地住址|住 址|户籍住址"), C("{addr}", 5)],
        [idc, C(D.idm(0.6), 5)],
    ]
    b = [
        [L("申领原因|领证原因|申领类别"), C(ticks(rs, why), 6)],
        [L("办理业务|申请事项|业务名称"), C("{item}", 3), L("领证方式|取证方式"), C(ticks(["自取", "邮寄", "代领"], D.fm["take"].text), 2)],
        [L("原证情况|旧证情况|原证件"), C("{old}", 3), L("指纹采集|指纹登记"), C("{finger}", 2)],
        [L("签发机关|受理机关"), C("{psb}", 6)],
    ]
    b = [b[0]] + [r for r in b[1:] if K.chance(0.75)]
    if K.chance(0.4):
        b.append([L("监护人姓名|监护人"), C("", 3), L("监护人联系电话|与申领人关系"), C("", 2)])
    s = [
        [L("申领人签名|申请人签名|本人签字|申领人（监护人）签名"), C("{sign~}", 3), L("申领日期|填表日期|日期"), C(D.datem(), 2)],
        opinion(D, "受理单位意见|派出所意见|受理意见|户口登记机关意见", 6),
    ]
    if K.chance(0.5):
        s.append(opinion(D, "审核签发|县级公安机关意见|签发机关意见", 6, 0.3))
    D.top = True
    bl = head(D, title) if K.chance(0.7) else [D.title(title)]
    bl.append(D.tab([3, 3.4, 2, 2.6, 2.6, 4.2, 4.2], a + b + s))
    if K.chance(0.5):
        t = ["凭此表或居民户口簿领取证件。", "说明：1.本表由公安机关存档；2.公民身份号码应与户口登记一致。", "注：领证时请交回原证。"]
        bl.append(("foot", K(*t)))
    return D.done(bl)


def hukou_change(c, dpi, R):
    """常住人口登记项目变更更正: what stood there before and what should stand there after."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    D.leave(0.2, "phone")
    what = K("文化程度", "服务处所", "婚姻状况", "职业", "出生地")
    old, new = {
        "文化程度": ("高中", D.c.p.edu),
        "服务处所": ("无", c.company2),
        "婚姻状况": ("未婚", "已婚"),
        "职业": ("学生", c.job),
        "出生地": (c.prov, c.prov + c.p.city),
    }[what]
    D.put(what=what, old=old, new=new, hkno=c.hk_no, rel=K("户主", "配偶", "子"))
    title = subj(
        D,
        [
            "常住人口登记项目变更更正申请表",
            "户口登记项目变更申请表",
            "常住人口登记事项变更更正审批表",
            "户口项目变更更正申请表",
            "居民户口登记事项变更申请书",
            "公民变更（更正）户口登记项目申请审批表",
        ],
        GENERAL,
    )
    rows = [
        [L("姓名|申请人姓名|申请人|本人姓名"), C("{name}", 2), L("性别"), D.sexm(), L("民族"), "{nation}"],
        [L("出生日期|出生年月"), C("{birth}", 2), L("户号|户口簿编号"), "{hkno}", L("与户主关系|户主关系"), "{rel}"],
        [L("公民身份号码|公民身份证号码|身份证号"), C(D.idm(), 3), L("联系电话|电话|联系方式"), C("{phone}", 2)],
        [L("户籍地址|现住址|家庭住址|住址|常住户口所在地住址"), C("{addr}", 6)],
        [L("申请事项|申请变更事项|办理事项"), C("{item}", 6)] if K.chance(0.7) else None,
        [L("变更更正项目|项目|登记项目"), C(L("变更前内容|原登记内容|变更前|更正前"), 3), C(L("变更后内容|申请变更内容|变更后|更正后"), 3)],
        [C("{what}", al="c"), C("{old}", 3, al="c"), C("{new}", 3, al="c")],
        ["", C("", 3), C("", 3)] if K.chance(0.7) else None,
        [
            L("申请理由|变更理由|申请原因|变更更正理由"),
            C(
                "因" + what + K("发生变化，", "登记有误，", "与实际不符，") + K("申请办理{item}，望批准。", "特申请变更，请予批准。"),
                6,
                h=4,
            ),
        ],
    ]
    bl = head(D, title)
    rows.append([L("申请人声明|本人承诺|申请人承诺"), C(K(*TRUE) + "\n　　　　" + signrow(D), 6)])
    for lb in ["派出所调查意见|社区民警意见|受理民警意见", "派出所意见|派出所所长意见|派出所审批意见", "公安分局意见|县级公安机关审批意见"][
        : K(1, 2, 3)
    ]:
        rows.append(opinion(D, lb, 6))
    bl.append(D.tab([3.2, 2.4, 1.6, 2, 3, 2.6, 2.6], [r for r in rows if r]))
    if K.chance(0.3):
        bl.append(("seal", c.p.org + K("户口专用章", "户口登记专用章"), {"dx": 0.75, "r": 15, "up": 16}))
    return D.done(bl)


def hukou_move(c, dpi, R):
    """户口迁移呈批表: applicant, family that moves along, opinions of several offices."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    D.leave(0.25, "edu", "company")
    q = c.q
    kid = c.child
    D.put(
        rel=K("夫妻", "本人"),
        mig=K("人才引进", "夫妻投靠", "投靠父母", "购房入户", "积分入户", "务工落户"),
        out=c.prov + c.p.city + c.p.dist,
        to=F("", c.co_addr),
        hd=K(c.p.name, c.q.name),
        qa="%d" % (2026 - q.dob[0]),
        ka="%d" % (2026 - kid.dob[0]),
        qs=q.sex,
        ks=kid.sex,
        k=kid.name,
        kid=kid.idno,
        qr=K("配偶", "夫妻"),
        kr="子" if kid.sex == "男" else "女",
    )
    title = subj(
        D,
        [
            "户口迁移呈批表",
            "户口迁移审批表",
            "申报户口呈批表",
            "迁入户口申请审批表",
            "居民户口迁移（入户）呈批表",
            "入户申请审批表",
            "市内户口迁移申请表",
        ]
        + (["人才引进落户申请审批表", "引进人才入户呈批表"] if "人才" in c.item else [])
        + (["夫妻投靠入户申请表", "亲属投靠落户审批表"] if "投靠" in c.item else []),
        GENERAL,
        0.85,
    )
    D.top = False
    bl = head(D, title)
    main = [
        [L("姓名|申请人|申请人姓名"), "{name}", L("性别"), D.sexm(), L("民族"), "{nation}", L("出生日期|出生年月日|出生年月"), "{birth}"],
        [L("公民身份号码|身份证号码|身份证号"), C(D.idm(0.3), 3), L("文化程度|学历"), "{edu}", L("联系电话|手机号码|电话"), "{phone}"],
        [
            L("工作单位|服务处所|单位名称|现工作单位"),
            C("{company}", 3),
            L("婚姻状况"),
            C(K("{m1}", ticks(["未婚", "已婚", "离异"], "已婚")), 3),
        ],
        [L("现住址|现住地址|家庭住址|居住地址"), C("{addr}", 7)],
    ]
    D.put(m1="已婚")
    mv = [
        [L("迁出地|原户口所在地|户口所在地|何地迁来"), C("{out}", 3), L("拟迁入地址|迁入地|迁往地址"), C("{to}", 3)]
        if K.chance(0.5)
        else None,
        [L("迁移类别|入户类别|迁移原因|入户原因"), C("{mig}", 3), L("迁入户户主|户主姓名"), C("{hd}", 3)] if K.chance(0.7) else None,
        [L("申请事项|办理事项|申办业务|业务名称"), C("{item}", 7)] if K.chance(0.75) else None,
    ]
    fam = [
        [
            up(L("随迁人员|同迁人员|随迁人|家庭成员"), 4),
            L("姓名"),
            L("性别"),
            L("年龄"),
            C(L("公民身份号码|身份证号码"), 2),
            C(L("与申请人关系|关系|称谓"), 2),
        ],
        ["{q}", "{qs}", "{qa}", C("{qid}", 2), C("{qr}", 2)],
        ["{k}", "{ks}", "{ka}", C("{kid}", 2), C("{kr}", 2)] if K.chance(0.6) else ["", "", "", C("", 2), C("", 2)],
        ["", "", "", C("", 2), C("", 2)],
    ]
    why = [
        "因夫妻长期两地分居，现申请办理{item}，",
        "本人在本市工作并稳定居住，符合落户条件，申请{item}，",
        "为照顾家庭，特申请办理{item}，",
    ]
    end = [
        [L("申请理由|迁移理由|申请入户理由"), C(K(*why) + K("望批准。", "请予批准。") + "\n　　　　　" + signrow(D), 7, h=5)],
        opinion(D, "派出所意见|迁入地派出所意见|派出所\n调查意见", 7),
        opinion(D, "分局（县局）意见|县（区）公安机关意见|公安分局\n审核意见", 7, 0.3),
    ]
    if K.chance(0.4):
        end.append(opinion(D, "市公安局意见|市局审批意见", 7, 0.2))
    cols = [3, 2.6, 1.6, 2.2, 3.0, 2.6, 2.4, 4]
    bl.append(D.tab(cols, main + [r for r in mv if r] + (fam if K.chance(0.7) else []) + end))
    if K.chance(0.3):
        bl.append(("foot", K("注：本表一式两份，由派出所和县级公安机关各存一份。", "说明：随迁人员须提供相应的关系材料。")))
    return D.done(bl)


def birth_report(c, dpi, R):
    """出生登记申报表: the child in a table, the declarant below."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    k = c.child
    fa, mo = (c.p, c.q) if c.p.sex == "男" else (c.q, c.p)
    D.put(kn=k.name, ks=k.sex, kb=D.dt(None, k.dob), bc=c.bc_no, fa=fa.name, mo=mo.name, fid=fa.idno, mid=mo.idno, sui=K("随父", "随母"))
    D.put(rel=K("父亲" if c.p.sex == "男" else "母亲"), kp=c.prov + c.p.city, knat=k.nation + "族", hh=K(c.p.name, c.q.name))
    title = subj(
        D, ["出生登记申报表", "新生儿出生登记申报表", "出生登记申请表", "新生儿入户申请表", "婴儿出生户口登记申报表"], GENERAL, 0.85
    )
    rows = [
        [
            up(L("新生儿情况|出生人信息|婴儿信息"), 3),
            L("新生儿姓名|婴儿姓名"),
            "{kn}",
            L("新生儿性别|婴儿性别"),
            "{ks}",
            L("出生地"),
            "{kp}",
        ],
        [L("出生时间"), C("{kb}", 1), L("血型"), K("不详", c.p.blood), L("籍贯"), "{kp}"],
        [C(L("出生医学证明编号|医学证明编号")), C("{bc}", 2), C(L("落户方式|随父随母")), C(ticks(["随父", "随母"], D.fm["sui"].text), 2)],
        [up("父母", 2), L("父亲姓名"), "{fa}", C(L("父亲公民身份号码|父亲身份证号"), 2), C("{fid}", 2)],
        [L("母亲姓名"), "{mo}", C(L("母亲公民身份号码|母亲身份证号"), 2), C("{mid}", 2)],
        [up(L("申报人|申请人"), 4), L("申报人姓名|申请人姓名|申请人|姓名"), "{name}", L("性别"), D.sexm(), L("与新生儿关系"), "{rel}"],
        [L("公民身份号码|身份证号|身份证号码"), C("{id}", 3), L("联系电话|手机|电话"), "{phone}"],
        [L("住址|家庭住址|现住址|落户地址"), C("{addr}", 5)],
        [L("申请事项|申报事项|办理事项"), C("{item}", 5)],
    ]
    D.top = False
    bl = head(D, title)
    rows.append([C(L("申报人声明|本人声明|申报承诺"), 2), C(K(*TRUE) + "\n　　" + signrow(D, K("申报人签名", "申报人（签字）", *SIGN)), 5)])
    op = opinion(D, "派出所审核意见|派出所意见|受理意见|户口登记机关意见", 5)
    rows.append([C(op[0], 2), op[1]])
    bl.append(D.tab([1.3, 3.2, 3.4, 2.6, 2.2, 2.6, 4], rows))
    return D.done(bl)


DRIVE = [
    "初次申领",
    "增加准驾车型",
    "持军警驾驶证申领",
    "有效期满换证",
    "转入换证",
    "遗失补证",
    "损毁换证",
    "信息变化换证",
    "注销",
    "提交身体条件证明",
]


def driver_form(c, dpi, R):
    """机动车驾驶证申请表: sections with headings that run down the side."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    on = K("有效期满换证", "遗失补证", "损毁换证", "转入换证")
    D.put(on=on, cls=c.dl_class, fno=c.dl_file, idt="居民身份证", nat="中国", ag=K("", c.q.name))
    title = subj(
        D,
        ["机动车驾驶证申请表"] * 4 + ["机动车驾驶证业务申请表", "机动车驾驶人换证、补证申请表", "机动车驾驶证期满换证申请表"],
        ["车管业务申请表", "车驾管业务申请表", "业务申请表", "交管业务申请登记表"],
        0.88,
    )
    D.top = False
    bl = head(D, title)
    opts = R.sample(DRIVE, K(6, 8, 10))
    if on not in opts:
        opts[0] = on
    n = 6
    rows = [
        [
            up(L("申请人信息|申请人|申请人情况"), n),
            L("姓名|申请人姓名"),
            "{name}",
            L("性别"),
            D.sexm(),
            L("出生日期|出生年月日"),
            "{birth}",
            D.photo(4),
        ],
        [L("国籍|国籍（地区）"), "{nat}", L("民族"), "{nation}", L("联系电话|移动电话"), "{phone}"],
        [L("身份证明名称|证件名称"), "{idt}", L("号码|证件号码|身份证明号码"), C(D.idm(0.2), 3)],
        [L("邮寄地址|联系地址|通讯地址|居住地址|联系住址"), C("{addr}", 5)],
        [L("邮政编码|邮编"), "{post}", L("档案编号|驾驶证档案编号"), C("{fno}", 2), C(L("固定电话|电子邮箱")), ""],
        [L("申请业务|申请事项|业务名称|办理业务"), C("{item}", 6)],
    ]
    if K.chance(0.3):
        rows[5] = [L("代理人姓名"), "{ag}", L("身份证明号码|证件号码"), C("", 4)]
        rows[5][2] = L("代理人证件号码")
    rows += [
        [
            up(L("业务种类|申请业务种类"), 3),
            L("申请的准驾车型代号|准驾车型|申请准驾车型"),
            C("{cls}", 2),
            C(L("现有准驾车型|原准驾车型"), 2),
            C("{cls}", 2),
        ],
        [C(ticks(opts, on), 7)],
        [
            L("换证原因|补换证原因"),
            C(
                ticks(
                    ["驾驶证遗失", "损毁无法辨认", "有效期满", "照片变更", "其他"],
                    {"有效期满换证": "有效期满"}.get(on, "驾驶证遗失" if "遗失" in on else "其他"),
                ),
                6,
            ),
        ],
        [
            up(L("申告事项|申请人声明|声明"), 2),
            C(
                L("本人如实申告：")
                + "☐具有 ☑不具有器质性心脏病、癫痫、美尼尔氏症、眩晕、癔病、震颤麻痹、精神病等妨碍安全驾驶机动车的疾病。",
                7,
            ),
        ],
        [C(K(*TRUE) + "\n　　　　　　" + signrow(D), 7)],
    ]
    if K.chance(0.5):
        op = opinion(D, "车辆管理所意见|车管所审核意见|受理岗意见", 7)
        rows.append([C("审核" if K.chance(0.5) else "受理", 1), C(op[1].m, 7, kind="v", h=4)])
    bl.append(D.tab([1.4, 3, 3.6, 2.4, 2.4, 2.8, 3.6, 4.2], rows))
    if K.chance(0.4):
        bl.append(
            (
                "foot",
                K("填表说明：一、填写时请使用黑色或蓝色墨水笔，字体工整。二、选择项目请在方框内打“√”。", "注：申告不实的，依法承担责任。"),
            )
        )
    if K.chance(0.2):
        bl.append(("bar", D.fm["no"].text if K.chance(0.5) and "case_no" not in D.fm["no"].truth else None, {"width": 60, "h": 7}))
    return D.done(bl)


VEH = [
    "注册登记",
    "转移登记",
    "变更登记",
    "抵押登记",
    "注销登记",
    "转入",
    "补领号牌",
    "补领行驶证",
    "换领行驶证",
    "申领检验合格标志",
    "补领登记证书",
    "其他",
]


def vehicle_form(c, dpi, R):
    """机动车登记、牌证申请表: owner, vehicle, kinds of business."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    chk = "检" in c.item or "标志" in c.item
    on = "申领检验合格标志" if chk else K("注册登记", "转移登记", "变更登记", "补领行驶证")
    D.put(
        plate=c.plate, vin=c.vin, car=c.car, typ=c.vtype, eng=c.engine, use=K("非营运", "家庭自用"), idt="居民身份证", src=K("购买", "赠予")
    )
    D.put(ag=c.q.name, agp=c.q.phone, kn=K("小型汽车", "小型新能源汽车" if c.ev else "小型汽车"))
    own = (
        ["机动车检验合格标志申领表", "机动车牌证申请表", "机动车业务申请表"]
        if chk
        else ["机动车登记申请表", "机动车牌证申请表", "机动车变更登记/备案申请表"]
    )
    own += ["机动车注册、转移、注销登记/转入申请表", "机动车登记、牌证业务申请表"]
    title = subj(D, own, ["车管业务申请表", "车驾管业务申请表", "交通管理业务申请表"], 0.9)
    bl = head(D, title)
    opts = R.sample(VEH, K(6, 9, 12))
    if on not in opts:
        opts[0] = on
    owner = [
        [
            up(L("所有人信息|机动车所有人|申请人信息"), 4),
            L("姓名/名称|姓名（名称）|机动车所有人姓名|姓名|申请人"),
            C("{name}", 2),
            L("联系电话|手机号码|移动电话"),
            C("{phone}", 2),
        ],
        [L("身份证明名称|证件名称"), C("{idt}", 2), L("号码|证件号码|身份证明号码"), C("{id}", 2)],
        [L("邮寄地址|住所地址|联系地址|住址"), C("{addr}", 5)],
        [L("申请事项|办理业务|业务名称|申请业务"), C("{item}", 5)],
    ]
    car = [
        [up(L("机动车信息|车辆信息|机动车"), 3), L("号牌种类"), C("{kn}", 2), L("号牌号码|车牌号码"), C("{plate}", 2)],
        [L("品牌型号|厂牌型号"), C("{car}", 2), L("车辆识别代号|车架号"), C("{vin}", 2)],
        [L("使用性质"), C("{use}", 2), L("车辆类型|获得方式"), C("{typ}", 2)],
    ]
    D.fm["typ"] = F("", D.fm["typ"].text)
    biz = [[C(L("申请业务种类|业务种类"), 2), C(ticks(opts, on), 5)]]
    if K.chance(0.5):
        biz.append(
            [C(L("代理人姓名|代理人|代办人"), 2), C("{ag}", 2), L("代理人电话|代理人联系电话"), C("{agp}", 2)]
            if K.chance(0.5)
            else [C("代理人", 2), C("", 2), L("经办人"), C("", 2)]
        )
    end = [
        [
            C(L("申请人声明|声明|机动车所有人声明"), 2),
            C(K(*TRUE) + "\n　　　" + signrow(D, K("机动车所有人（代理人）签字", "所有人签字", "申请人（代理人）签名", *SIGN)), 5),
        ]
    ]
    if K.chance(0.4):
        op = opinion(D, "受理岗意见|车管所意见|审核意见", 5)
        end.append([C(op[0], 2), op[1]])
    parts = K(owner + car + biz, owner + biz + car, biz + owner + car)
    bl.append(D.tab([1.4, 3.4, 2, 3, 3.2, 2, 4.4], parts + end))
    if K.chance(0.4):
        bl.append(
            (
                "foot",
                K("填表说明：1.“号牌种类”按大型汽车、小型汽车、普通摩托车等填写。2.选择项目在□内划“√”。", "本表一式一份，车辆管理所存档。"),
            )
        )
    return D.done(bl)


def exit_form(c, dpi, R):
    """中国公民出入境证件申请表: boxes for single letters, labels in two languages on some."""
    D = Doc(c, dpi, R, 0.6)
    K, L = D.K, D.lab
    p = c.p
    en = K.chance(0.3)

    def b(zh, e):
        return L(zh) + ("\n^" + e if en else "")

    kind = "普通护照" if "护照" in c.item else "往来港澳通行证"
    how = K("首次申请", "换发", "补发", "失效重新申请") if "换发" not in c.item else "换发"
    D.put(
        sur=p.sur_py,
        giv=p.giv_py,
        pob=c.prov,
        old=c.pass_no if kind == "普通护照" else c.eep_no,
        emc=c.q.name,
        emp=c.q.phone,
        why=K("旅游", "探亲", "商务", "其他"),
    )
    D.put(kind=kind, latin=p.sur_py + " " + p.giv_py)
    title = subj(
        D,
        ["中国公民出入境证件申请表"] * 4
        + ["中国公民因私出国（境）证件申请表", "出入境证件申请表", "往来港澳通行证及签注申请表" if "港澳" in c.item else "普通护照申请表"],
        ["个人业务申请表", "出入境业务申请表", "公安出入境业务申请登记表"],
        0.88,
    )
    bl = head(D, title, en="APPLICATION FORM FOR EXIT-ENTRY DOCUMENTS" if en else "")
    D.st.labscale *= 0.9 if en else 1
    rows = [
        [b("姓名|中文姓名|申请人姓名", "Name"), C("{name}", 2), b("性别", "Sex"), D.sexm(), D.photo(4)],
        [b("汉语拼音|姓名拼音|拼音姓名", "Name in Pinyin"), C("{latin}", 2), b("民族", "Ethnic group"), "{nation}"],
        [
            b("出生日期|出生年月日", "Date of birth"),
            C(K("{birth}", "{by}年{bm}月{bd}日"), 2),
            b("出生地|出生地点", "Place of birth"),
            "{pob}",
        ],
        [b("公民身份号码|身份证号码|居民身份证号码", "ID No."), C(D.idm(0.5), 4)],
        [b("户口所在地|户籍所在地", "Registered residence"), C("{hk}", 2), b("联系电话|本人手机|手机号码", "Telephone"), C("{phone}", 2)],
        [b("家庭住址|现住址|通讯地址|居住地址", "Address"), C("{addr}", 5)],
        [b("工作单位|单位名称|服务处所", "Employer"), C("{company}", 2), b("职业|职务", "Occupation"), C("{job}", 2)],
        [
            b("紧急联系人|紧急情况联系人", "Emergency contact"),
            C("{emc}", 2),
            b("紧急联系人电话|紧急联系电话", "Emergency tel."),
            C("{emp}", 2),
        ],
        [
            b("申请证件|申办证件|申请证件种类", "Document"),
            C(ticks(["普通护照", "往来港澳通行证", "大陆居民往来台湾通行证", "签注"], kind), 5),
        ],
        [b("申请类型|办理类型", "Type"), C(ticks(["首次申请", "换发", "补发", "失效重新申请", "加注"], how), 5)],
        [
            b("申请事项|办理业务|申请业务", "Application for"),
            C("{item}", 2),
            b("原证件号码|持证号码", "Former document No."),
            C("{old}", 2),
        ],
        [b("出境事由|申请事由|前往事由", "Purpose"), C(ticks(["旅游", "探亲", "商务", "留学", "其他"], D.fm["why"].text), 5)],
        [b("取证方式|领证方式", "Collection"), C(ticks(["窗口领取", "邮政速递"], K("窗口领取", "邮政速递")), 5)],
    ]
    skip = set(R.sample([6, 7, 11, 12, 8], K(0, 1, 2, 3)))
    D.leave(0.2, "company")
    rows = [r for i, r in enumerate(rows) if i not in skip]
    rows.append([b("申请人声明|声明|本人声明", "Declaration"), C(K(*TRUE) + "\n　　　　" + signrow(D), 5)])
    if K.chance(0.4):
        rows.append(opinion(D, "受理审批记录|公安机关意见|审批意见|受理意见", 5, 0.4, 5))
    bl.append(D.tab([3.6, 3.4, 3.2, 3.2, 4, 4.4], rows))
    if K.chance(0.35):
        bl.append(
            (
                "foot",
                K("注意：请用蓝黑或黑色墨水笔填写，不得涂改；登记备案的国家工作人员须提交单位意见。", "^请在方框内打勾选择").lstrip("^"),
            )
        )
    if K.chance(0.25):
        bl.insert(0, ("bar", None, {"width": 50, "h": 7}))
    return D.done(bl)


def residence_form(c, dpi, R):
    """居住证申领表 or 居住登记信息采集表: the dwelling, the landlord, the work."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    D.leave(0.15, "edu", "company")
    D.put(
        hz=c.q.name,
        hzp=c.q.phone,
        since=D.dt(None, c.rp_from),
        why=K("务工", "经商", "就学", "投靠亲属"),
        pol=K("群众", "中共党员"),
        mar=K("已婚", "未婚"),
        rpn=c.rp_no,
    )
    first = "首次" in c.item or "申领" in c.item
    own = [
        "居住证申领表",
        "居住登记信息采集表",
        "居住登记（居住证申领）申报表",
        "流动人口居住登记信息采集表",
        "居住证申领登记表",
        "居住证业务申请表",
    ]
    title = subj(
        D,
        own if first else own[1:2] + ["居住证签注申请表", "居住证业务申请表", "居住证签注、换领、补领申请表"] * 2,
        ["流动人口业务申请表", "人口管理业务申请表", "业务受理登记表"],
        0.88,
    )
    house = K("租赁房屋", "单位宿舍", "自有住房", "亲友家")
    rows = [
        [up(L("基本信息|人员信息|申请人信息"), 6), L("姓名|本人姓名"), "{name}", L("性别"), D.sexm(), L("民族"), "{nation}", D.photo(4)],
        [L("出生日期|出生年月"), C("{birth}"), L("学历|文化程度"), "{edu}", L("婚姻状况"), "{mar}"],
        [L("公民身份号码|身份证号码|证件号码"), C(D.idm(0.35), 5)],
        [L("户籍地址|户籍所在地|户口所在地"), C("{hk}", 5)],
        [L("现居住地址|现住址|居住地址|居住地住址"), C("{addr}", 6)],
        [L("工作单位|就业单位|单位名称"), C("{company}", 3), L("联系电话|手机号码|移动电话"), C("{phone}", 2)],
        [
            up(L("居住信息|居住情况"), 3),
            L("居住事由|来本地原因"),
            C(ticks(["务工", "经商", "就学", "投靠亲属", "其他"], D.fm["why"].text), 6),
        ],
        [L("居住处所|住所类型|房屋类别"), C(ticks(["自有住房", "租赁房屋", "单位宿舍", "亲友家"], house), 6)],
        [L("房主姓名|房屋所有人"), "{hz}", L("房主电话|房主联系方式"), C("{hzp}", 2), L("居住起始日期|入住时间"), "{since}"],
        [
            C(L("申请事项|申办事项|办理业务"), 2),
            C("{item}", 6),
        ],
    ]
    if K.chance(0.4):
        on = "首次申领" if first else "签注"
        rows.append([C(L("办理类型|申请类型"), 2), C(ticks(["居住登记", "首次申领", "签注", "换领", "补领"], on), 6)])
    D.top = False
    bl = head(D, title)
    rows.append([C(L("申请人承诺|本人声明|申报人承诺"), 2), C(K(*TRUE) + "\n　　　" + signrow(D, K("申报人签名", "申领人签字", *SIGN)), 6)])
    if K.chance(0.6):
        op = opinion(D, "受理单位意见|采集人|派出所意见|社区服务站意见", 6, h=3)
        rows.append([C(op[0], 2), op[1]])
    bl.append(D.tab([1.4, 3.2, 3.4, 2.4, 2.4, 2.6, 3.4, 4], rows))
    return D.done(bl)


def chem_form(c, dpi, R):
    """易制毒、剧毒化学品申请表: a firm, its handler and the goods."""
    D = Doc(c, dpi, R, 0.4)
    K, L = D.K, D.lab
    buy = "购买" in c.item
    trans = "运输" in c.item
    toxic = "剧毒" in c.item
    D.put(
        use=K("生产", "实验检测", "清洗", "销售"),
        sell=c.company2,
        car=c.plate,
        drv=c.driver.name,
        frm=c.route.split(" — ")[0],
        to=c.route.split(" — ")[1],
    )
    noun = "剧毒化学品" if toxic else "易制毒化学品"
    own = (
        [noun + "购买备案申请表", noun + "购买申请表", "第二、三类" + noun + "购买备案申报表", "购买" + noun + "申请审批表"]
        if buy or not trans
        else []
    )
    if trans:
        perm = "许可" in c.item
        own = [
            noun + ("运输许可申请表" if perm else "运输备案申请表"),
            noun + "运输申请审批表",
            noun + ("运输许可证申领表" if perm else "运输备案申报表"),
        ]
    if toxic:
        own = ["剧毒化学品道路运输通行证申请表", "剧毒化学品购买许可申请表"]
    title = subj(D, own, ["企业业务申请表", "行政审批事项申请表", "危险化学品业务申请表", "行政许可申请表"], 0.88)
    D.top = False
    bl = head(D, title)
    hdl = L("经办人姓名|经办人|申请人（经办人）|申请人姓名|联系人姓名")
    rows = [
        [
            up(L("申请单位|单位信息|申请单位情况"), 3),
            L("单位名称|申请单位|企业名称|申请单位名称"),
            C("{company}", 3),
            L("法定代表人|负责人"),
            "{boss}",
        ],
        [L("统一社会信用代码|社会信用代码"), C("{uscc}", 3), L("联系电话|电话|手机号码"), "{phone}"],
        [L("单位地址|经营地址|住所|注册地址|地址"), C("{coaddr}", 5)],
        [up("经办人", 2), hdl, C("{name}", 1), L("公民身份号码|身份证号码|身份证号"), C("{id}", 3)],
        [L("申请事项|办理事项|申请业务|备案事项"), C("{item}", 3), L("用途|化学品用途"), "{use}"],
    ]
    if trans:
        rows += [
            [up("运输", 2), L("承运车辆号牌|车辆号牌"), "{car}", L("驾驶人|驾驶员"), C("{drv}"), L("押运员"), ""],
            [L("起运地"), "{frm}", L("运达地|目的地"), C("{to}", 3)],
        ]
    else:
        rows += [[up("销售", 1), L("销售单位|供货单位|拟购销售单位"), C("{sell}", 5)]]
        rows[-1][0] = C("销方", 1)
    head_ = [C(L("序号"), 1), C(L("品名|化学品名称|品种"), 2), C(L("规格|浓度|类别")), L("数量|申请数量"), C(L("备注|包装方式"), 2)]
    rows.append(head_)
    for i, (n, q) in enumerate(zip(c.chem, c.chem_q, strict=True)):
        D.put(
            **{"n%d" % i: n, "q%d" % i: "%d%s" % (q, K("千克", "kg", "升") if i == 0 else "千克"), "s%d" % i: K("分析纯", "工业级", "98%")}
        )
        rows.append([C(str(i + 1), al="c"), C("{n%d}" % i, 2, al="c"), C("{s%d}" % i, al="c"), C("{q%d}" % i, al="c"), C("", 2)])
    if K.chance(0.4):
        rows.append(["", C("", 2), "", "", C("", 2)])
    rows += [
        [
            C(L("申请单位声明|单位承诺|申请单位承诺"), 2),
            C(
                K(
                    "本单位承诺所提交材料真实有效，严格按照规定用途使用，不转借、不转让。",
                    "所填内容及附件材料真实合法，如有虚假，本单位愿承担法律责任。",
                )
                + "\n"
                + signrow(D, K("经办人签字", "申请人签名", "经办人（签名）", "申请单位经办人签字"))
                + "　（单位公章）",
                5,
            ),
        ],
    ]
    op = opinion(D, "受理机关意见|公安机关审核意见|审批意见|禁毒部门意见", 5)
    rows.append([C(op[0], 2), op[1]])
    bl.append(D.tab([1.5, 3.4, 3.6, 3.6, 3.2, 2.8, 3.2], rows))
    if K.chance(0.5):
        bl.append(("seal", c.company, {"dx": 0.8, "r": 17, "up": 22}))
    return D.done(bl)


def special_form(c, dpi, R):
    """特种行业许可审批表 of a firm, with staff and opinions, upright or landscape."""
    D = Doc(c, dpi, R, 0.4)
    K, L = D.K, D.lab
    tr = "旅馆业" if "旅馆" in c.item else c.trade
    D.put(
        tr=tr,
        area="%d平方米" % R.randint(80, 3000),
        staff="%d人" % R.randint(4, 80),
        cap="%d万元" % c.capital,
        lic=c.lic_no,
        rooms="%d间" % R.randint(12, 160),
        floor="%d层" % R.randint(2, 12),
    )
    own = [
        "特种行业许可审批表",
        "特种行业许可证申请登记表",
        "特种行业许可申请表",
        "特种行业经营许可申请审批表",
        tr + "特种行业许可证申请表",
        "特种行业许可证变更申请表" if "变更" in c.item else "特种行业开业申请登记表",
    ]
    title = subj(D, own, ["行政许可申请表", "企业开办申请登记表", "治安管理业务申请表", "行政审批事项申请表"], 0.88)
    D.top = False
    bl = head(D, title)
    rows = [
        [L("企业名称|单位名称|申请单位|名称"), C("{company}", 3), L("经济性质|企业类型"), K("有限责任", "私营")],
        [L("经营地址|经营场所|单位地址|地址"), C("{coaddr}", 3), L("联系电话|电话|手机号码"), "{phone}"],
        [L("统一社会信用代码|营业执照注册号"), C("{uscc}", 3), L("法定代表人|负责人"), "{boss}"],
        [L("申请人|申请人姓名|经办人姓名|经办人"), "{name}", L("公民身份号码|身份证号码|身份证号"), C("{id}", 3)],
        [L("经营类别|行业类别|特种行业类别"), "{tr}", L("从业人员|从业人数"), "{staff}", L("营业面积|经营面积"), "{area}"],
        [L("申请事项|办理事项|申请项目|申请类别"), C("{item}", 3), L("注册资金|注册资本"), "{cap}"],
    ]
    if K.chance(0.4):
        rows.append([L("原许可证编号|许可证号"), C("{lic}", 3), L("房间数"), "{rooms}"])
    if K.chance(0.5):
        D.put(a1=c.q.name, a2=c.pm.name, a1p=c.q.phone, a2p=c.pm.phone)
        rows += [
            [
                L("安全管理人员|保安负责人"),
                L("姓名") if K.chance(0.3) else L("人员姓名"),
                C(L("职务|岗位")),
                C(L("电话"), 1),
                C(L("备注"), 2),
            ],
            [C("1", al="c"), "{a1}", K("保安主管", "经理"), C("{a1p}", 1), C("", 2)],
            [C("2", al="c"), "{a2}", K("前台主管", "安全员"), C("{a2p}", 1), C("", 2)],
        ]
    rows.append(
        [
            L("申请单位意见|申请理由|单位意见|企业申请"),
            C(
                K("我单位具备开办条件，现申请{item}，请予审批。", "根据有关规定，申请办理{item}，保证遵守治安管理规定。")
                + "\n"
                + signrow(D, K("负责人签字", "申请人签名", "经办人签字"))
                + "（章）",
                5,
                h=4,
            ),
        ]
    )
    for lb in R.sample(
        ["派出所意见|辖区派出所审查意见", "治安大队意见|治安部门审核意见", "分局领导意见|公安机关审批意见", "消防审核意见|现场检查意见"],
        K(1, 2, 3),
    ):
        rows.append(opinion(D, lb, 5, h=4))
    bl.append(D.tab([3.2, 4, 3.4, 4, 3, 3.6], rows))
    if K.chance(0.5):
        bl.append(("seal", c.company, {"dx": 0.7, "r": 17, "up": 30}))
    return D.done(bl, land=K.chance(0.2))


def net_form(c, dpi, R):
    """计算机信息网络国际联网备案表."""
    D = Doc(c, dpi, R, 0.3)
    K, L = D.K, D.lab
    dom = "www.%s%d.example" % (K("hengda", "ruifeng", "qiming", "yuanhang"), R.randint(1, 99))
    D.put(
        dom=dom,
        ip="192.0.2.%d" % R.randint(1, 254),
        site=c.company[3:7] + K("官方网站", "商城", "服务平台"),
        mail="net%d@example.com" % R.randint(10, 999),
        isp=K("示例电信", "示例联通"),
        bw="%dM" % K(50, 100, 200, 500),
    )
    title = subj(
        D,
        [
            "计算机信息网络国际联网备案表",
            "国际联网单位备案登记表",
            "联网单位（网站）备案表",
            "互联网站安全备案登记表",
            "互联网信息服务备案申请表",
            "信息网络安全审核申请表",
        ],
        ["网安业务申请表", "单位备案登记表"],
        0.9,
    )
    D.top = False
    bl = head(D, title)
    rows = [
        [up(L("单位信息|联网单位"), 3), L("单位名称|联网单位名称|申请单位"), C("{company}", 3)],
        [L("单位地址|通讯地址|详细地址"), C("{coaddr}", 3)],
        [L("统一社会信用代码|证照号码"), C("{uscc}", 1), L("法定代表人|单位负责人"), "{boss}"],
        [
            up(L("安全负责人|网络安全负责人|责任人"), 2),
            L("姓名|负责人姓名|申请人姓名"),
            "{name}",
            L("联系电话|手机号码|移动电话"),
            "{phone}",
        ],
        [L("身份证号码|公民身份号码|证件号码"), "{id}", L("电子邮箱|电子邮件"), "{mail}"],
        [up(L("网站信息|接入信息"), 4), L("网站名称"), "{site}", L("域名|网站域名|主域名"), "{dom}"],
        [L("IP地址|服务器IP"), "{ip}", L("接入服务商|接入单位"), "{isp}"],
        [L("联网方式|接入方式"), C(ticks(["专线", "宽带", "主机托管", "虚拟主机", "云服务"], K("专线", "宽带", "云服务")), 3)],
        [L("服务类型|服务内容"), C(ticks(["单位门户", "即时通信", "网络购物", "论坛", "新闻信息", "其他"], K("单位门户", "网络购物")), 3)],
    ]
    if "网" in c.item:
        rows.append([C(L("申请事项|办理事项|备案事项"), 2), C("{item}", 3)])
    rows.append(
        [
            C(L("备案单位承诺|单位声明|申请单位意见"), 2),
            C(
                K("本单位保证备案信息真实准确，落实网络安全管理制度和技术保护措施。", *TRUE)
                + "\n"
                + signrow(D, K("负责人签字", "填表人", "经办人签字", "安全负责人（签名）")),
                3,
            ),
        ]
    )
    op = opinion(D, "公安机关意见|网安部门审核意见|备案机关意见", 3)
    rows.append([C(op[0], 2), op[1]])
    bl.append(D.tab([1.5, 3.4, 5, 3, 5], rows))
    return D.done(bl)


WINDOW = [
    "政务服务事项申请表",
    "“一窗受理”综合申请表",
    "一窗通办申请表",
    "公安政务服务业务申请表",
    "综合窗口业务申请表",
    "办事服务申请表",
    "公安行政审批服务申请表",
    "政务服务业务申请登记表",
]
SLIP = ["业务受理单", "业务受理登记单", "公安业务受理申请单", "窗口业务申请单", "业务办理登记单", "综合业务受理登记表", "个人业务申请单"]


def own_title(D, words, tails, p=0.45):
    """General title, or the item with a word for form."""
    return D.K(*words) if D.K.chance(1 - p) else D.c.item + D.K(*tails)


def window_form(c, dpi, R):
    """政务服务事项申请表: personal data, materials handed in, how the result is handed out."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    D.leave(0.2, "company")
    D.put(org=c.p.org, lim="%d个工作日" % K(1, 3, 5, 10), idt="居民身份证", ag=c.q.name)
    title = own_title(D, WINDOW, ["申请表", "事项申请表", "业务申请表", "办理申请表"])
    D.top = False
    bl = head(D, title)
    rows = [
        [up(L("申请人信息|申请人|申请信息"), 4), L("姓名|申请人姓名|申请人（单位）|申请人"), "{name}", L("性别|性 别"), D.sexm()],
        [L("证件类型|证件名称"), "{idt}", L("证件号码|身份证号码|公民身份号码"), "{id}"],
        [L("联系电话|手机号码|联系方式|手机"), "{phone}", L("出生日期|民族"), "{birth}"],
        [L("联系地址|通讯地址|住址|家庭住址"), C("{addr}", 3)],
    ]
    if rows[2][2].replace("　", "") == "民族":
        rows[2][3] = "{nation}"
    if K.chance(0.4):
        rows[0][0].rows = 5
        rows.append([L("工作单位|单位名称"), C("{company}", 3)])
    it = [
        [up(L("事项信息|申请内容"), 2), L("事项名称|申请事项|办理事项|业务名称"), C("{item}", 3)],
        [L("实施机关|受理部门"), C("{psb}"), L("办理时限|承诺时限"), "{lim}"],
    ]
    it[0][0] = up(L("事项信息|申请内容"), 2)
    mats = R.sample(["居民身份证", "居民户口簿", "结婚证", "居住证", "毕业证书", "劳动合同", "营业执照", "近期照片"], K(3, 4, 5))
    ml = "\n".join("☑%d.%s%s" % (i + 1, x, K("原件及复印件", "复印件", "（验原件）")) for i, x in enumerate(mats))
    end = [
        [C(L("提交材料|申请材料|所附材料"), 2), C(ml, 3)],
        [
            C(L("结果领取方式|取件方式|送达方式"), 2),
            C(ticks(["窗口领取", "邮寄送达", "自助取件", "电子证照"], K("窗口领取", "邮寄送达")), 3),
        ],
        [C(L("办理方式|申请方式"), 2), C(ticks(["本人办理", "委托办理"], "本人办理") + K("", "　受委托人：______"), 3)],
    ]
    end = [e for e in end if K.chance(0.7)]
    end.append([C(L("申请人承诺|承诺声明|申请人声明|声明"), 2), C(K(*TRUE) + "\n　　" + signrow(D), 3)])
    if K.chance(0.6):
        op = opinion(D, "窗口意见|受理意见|窗口受理意见|审核意见", 3)
        end.append([C(op[0], 2), op[1]])
    bl.append(D.tab([1.5, 3.2, 5, 3.2, 5.4], rows + it + end))
    if K.chance(0.35):
        bl.append(
            ("seal", c.p.city + "政务服务中心" + K("受理专用章", "业务章"), {"dx": 0.76, "r": 15, "up": 14, "shape": K("round", "oval")})
        )
    return D.done(bl)


def line_form(c, dpi, R):
    """A slip as a list with values on lines, no table."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    title = own_title(D, [*SLIP, "申请表", "申请登记单"], ["申请单", "申请表", "登记表", "受理单"])
    D.top = True
    bl = head(D, title, size=K(7, 8.5))
    w = K(9, 10, 11)
    D.put(job=c.job)
    lines = [
        L("申请人姓名|姓名|申请人|本人姓名") + "：{name_%d}　" % w + L("性别") + "：{sex_5}",
        L("出生日期|出生年月|出生年月日") + "：{birth_%d}　" % w + L("民族") + "：{nation_5}",
        L("公民身份号码|身份证号码|身份证号|证件号码") + "：" + K("{id_16}", "{id_18}", "{id#}"),
        L("联系电话|手机号码|手机|联系方式") + "：{phone_%d}　" % w + K("", L("邮编|邮政编码") + "：{post_6}"),
        L("现住址|家庭住址|联系地址|住址") + "：{addr_24}",
        L("工作单位|单位名称|所在单位") + "：{company_20}",
        L("文化程度|学历") + "：{edu_8}　" + L("职业|职务") + "：{job_8}",
    ]
    keep = [0, 2, 3, 4] + [i for i in (1, 5, 6) if K.chance(0.55)]
    t = "\n".join(lines[i] for i in sorted(keep))
    it = K(
        L("申请事项|办理业务|申请业务|业务名称|办理事项") + "：{item_14}",
        L("申办事项|申请类别|申请种类") + "：{item_14}",
        "现申请办理{item_12}业务，请予受理。",
    )
    bl += [D.txt(t + "\n" + it, lead=K(2.2, 2.5, 2.8), k=K(1.0, 1.1))]
    if K.chance(0.5):
        bl.append(
            D.txt(
                L("办理类型|申请类型") + "：" + ticks(["首次办理", "换发", "补发", "变更", "注销"], K("换发", "变更", "首次办理")),
                lead=2.3,
            )
        )
    if K.chance(0.5):
        bl.append(D.txt(L("申请理由|申请原因|情况说明") + "：" + K("{why_20}", "{why}"), lead=2.4))
        D.put(why=K("原证件即将到期", "工作调动需要", "家庭共同生活需要", "信息发生变化"))
    bl += [("gap", 3), D.txt(K(*TRUE), indent=2)]
    sg = K(*SIGN)
    bl += [
        ("gap", 4),
        D.txt(
            sg + "：{sign~}\n" + ("" if "date" in D.fm and K.chance(0.1) else L("日期|申请日期|填表日期") + "：" + D.datem()),
            al="r",
            lead=2.3,
        ),
    ]
    if K.chance(0.6):
        bl += [("gap", 3), ("rule",), ("hf_bar", K("以下由工作人员填写", "受理窗口填写", "经办部门审核")) if K.chance(0.5) else None]
        bl += [
            D.txt(
                L("受理意见|审核意见") + "：" + K("☑同意受理　☐补正材料　☐不予受理", "材料齐全，予以受理。", "________________"), lead=2.4
            )
        ]
        bl += [D.txt(K(*WHO) + "：__________　　　　年　　月　　日", lead=2.4)]
    half = K.chance(0.25)
    return D.done(bl, **({"w": 210, "h": 190, "margin": 13, "s0": 4.0} if half else {}))


def letter_form(c, dpi, R):
    """申请书: a letter in sentences."""
    D = Doc(c, dpi, R, 0.7)
    K = D.K
    title = K("申请书", "申　请　书", "申请书", c.item + "申请书", "申请报告", "业务申请书", "行政许可申请书")
    D.top = False
    D.put(rel=K("妻子", "丈夫", "父母"))
    a = K(
        "本人{name}，{sex}，{nation}，{birth}出生，公民身份号码{id}，现住{addr}，联系电话{phone}。",
        "申请人{name}，性别{sex}，身份证号{id}，住址：{addr}，电话{phone}。",
        "我叫{name}，{sex}，身份证号码{id}，家住{addr}，手机号码{phone}。",
        "申请人：{name}，{sex}，{nation}，身份证号码：{id}，在{company}工作，住{addr}，联系电话：{phone}。",
    )
    b = K(
        "因工作生活需要，特向贵单位申请办理{item}，望批准为盼。",
        "因原证件即将到期，现申请{item}，请予受理。",
        "根据有关规定，本人符合办理条件，特申请{item}，恳请批准。",
        "为方便生活，现申请办理{item}，所附材料真实有效，请予以办理。",
    )
    to = K(c.p.org, c.p.org, c.p.city + "公安局户政科", c.p.city + "政务服务中心", c.p.org + "车辆管理所" if "车" in c.item else c.p.org)
    bl = [D.title(title, K(9, 10, 11)), ("gap", 6), D.txt(to + "：", k=1.1), D.txt(a, indent=2, k=1.1), D.txt(b, indent=2, k=1.1)]
    if K.chance(0.4):
        bl.append(D.txt(K(*TRUE), indent=2, k=1.1))
    bl += [D.txt(K("此致", "特此申请。"), indent=2, k=1.1)]
    if K.chance(0.5):
        bl.append(D.txt("敬礼！", k=1.1))
    bl += [("gap", 6), D.txt(K("申请人", "申请人（签名）", "具申请人") + "：{sign~}\n" + D.datem(), al="r", k=1.1, lead=2.3)]
    if K.chance(0.4):
        bl += [("gap", 4), D.txt("附：" + K("身份证、户口簿复印件各一份", "相关证明材料复印件%d份" % K(2, 3, 4)), k=0.95)]
    return D.done(bl, margin=K(22, 26, 30))


def digit_form(c, dpi, R):
    """A form of boxes for single digits with headings on bars."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    d = c.today
    D.put(d8=F("", "%04d%02d%02d" % d, {"date": iso(d)}), b8=F("", "%04d%02d%02d" % c.p.dob, {"birth_date": iso(c.p.dob)}))
    title = own_title(D, WINDOW + SLIP + GENERAL, ["申请表", "申请登记表", "申请单"])
    D.top = True
    col = K("#dfe6ee", "#e8e8e8", "#f4efe2", "#1f6fb5", "#2c7a3a", "#7a1616")
    ink = "#ffffff" if col in ("#1f6fb5", "#2c7a3a", "#7a1616") else "#161618"

    def bar(t):
        return ("hf_bar", t, {"col": col, "ink": ink})

    num = K(("一、", "二、", "三、", "四、"), ("", "", "", ""), ("1. ", "2. ", "3. ", "4. "), ("A ", "B ", "C ", "D "))
    bl = head(D, title)
    A_ = L("姓名|申请人姓名|中文姓名|本人姓名") + "：{name_8}　　" + L("性别") + "：" + ticks(["男", "女"], c.p.sex) + "{sexb}"
    D.fm["sexb"] = F("", " ", D.fm["sex"].truth)
    first = [
        A_,
        L("公民身份号码|身份证号码|证件号码|居民身份证号码") + "：{id#}",
        L("出生日期|出生年月日") + "：{b8#}　　" + L("民族") + "：{nation_5}",
    ]
    first += [L("手机号码|联系电话|移动电话") + "：{phone#}"]
    second = [L("联系地址|现住址|居住地址|通讯地址") + "：{addr_22}"]
    if K.chance(0.6):
        second.append(L("工作单位|单位名称") + "：{company_18}")
    if K.chance(0.5):
        second.append(L("学历|文化程度") + "：" + K("{edu_8}", "{edu_8}") + "　" + L("邮政编码|邮编") + "：{post#}")
    third = [
        L("申请事项|业务名称|申请业务|办理事项") + "：{item_14}",
        L("办理类型|申请类型") + "：" + ticks(["首次", "换发", "补发", "变更", "其他"], K("换发", "变更", "首次")),
    ]
    fourth = [K(*TRUE), K(*SIGN) + "：{sign~}　　　" + L("日期|申请日期|填写日期") + "：" + K("{d8#}", "{date}")]
    secs = [
        ("个人信息|申请人基本信息|申请人资料", first),
        ("联系方式|通讯信息|联系信息", second),
        ("申请内容|办理业务|申请信息", third),
        ("声明与签名|申请人声明|签署", fourth),
    ]
    for i, (h, t) in enumerate(secs):
        bl += [bar(num[i] + K(*h.split("|"))), D.txt("\n".join(t), lead=K(2.1, 2.4)), ("gap", 2)]
    if K.chance(0.5):
        bl += [
            bar(K("工作人员填写", "受理栏", "以下由公安机关填写")),
            D.txt(L("受理人") + "：________　" + L("审核人") + "：________　" + ticks(["受理", "补正", "退回"]), lead=2.4),
        ]
    return D.done(bl)


def two_column(c, dpi, R):
    """A sheet in two columns: what the applicant writes on the left, what the office writes and explains on the right."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    D.top = True
    title = own_title(D, SLIP + GENERAL, ["申请表", "登记表", "申请单"])
    land = K.chance(0.6)
    u = K("_8", "", "")
    left = [
        ("head", K("申请人填写", "一、申请人信息", "申请信息")),
        D.txt(
            "\n".join(
                [
                    L("姓名|申请人|申请人姓名") + "：{name%s}" % u,
                    L("性别") + "：" + D.sexm() + "　" + L("民族") + "：{nation}",
                    L("出生日期|出生年月") + "：{birth%s}" % u,
                    L("身份证号|公民身份号码|证件号码") + "：{id%s}" % u,
                    L("联系电话|手机") + "：{phone%s}" % u,
                    L("住址|现住址|家庭住址") + "：{addr}",
                    L("申请事项|办理业务|业务名称") + "：{item%s}" % u,
                ]
            ),
            lead=2.1,
        ),
        D.txt(K(*TRUE), indent=2, k=0.95),
        D.txt(K(*SIGN) + "：{sign~}\n" + L("日期|申请日期") + "：" + D.datem(), lead=2.2),
    ]
    right = [
        ("head", K("受理部门填写", "二、受理情况", "窗口填写")),
        D.txt(L("受理意见|初审意见") + "：" + K(*OPIN) + "\n" + K(*WHO) + "：________\n　　　年　　月　　日", lead=2.2),
        ("head", K("办理须知", "申请人须知", "温馨提示")),
        D.txt(
            "\n".join(
                "%d.%s" % (i + 1, t)
                for i, t in enumerate(
                    R.sample(
                        [
                            "请使用黑色签字笔填写。",
                            "所交复印件须与原件一致。",
                            "领取结果时请携带本人有效证件。",
                            "办理期限自受理之日起计算。",
                            "如需邮寄请填写详细地址。",
                            "咨询电话：12345。",
                        ],
                        K(3, 4),
                    )
                )
            ),
            lead=1.7,
            k=0.9,
        ),
    ]
    bl = [*head(D, title), ("cols", [left, right], {"gap": 8, "share": K([0.56, 0.44], [0.6, 0.4], [0.5, 0.5]), "rule": K.chance(0.7)})]
    return D.done(bl, land=land)


def bilingual_form(c, dpi, R):
    """General form with Chinese and English labels, label above the value or beside it."""
    D = Doc(c, dpi, R, 0.6)
    K, L = D.K, D.lab
    D.top = False
    title = own_title(D, ["申请表", "业务申请表", "公安业务申请表", "综合业务申请表", "出入境业务申请表"], ["申请表", "业务申请表"])
    bl = head(D, title, en=K("APPLICATION FORM", "Application Form", "Application for Public Security Services"))
    sep = K("\n^", " / ", " ")
    if sep != "\n^":
        D.st.labscale = 0.85

    def b(zh, en):
        return L(zh) + sep + en

    D.put(latin=c.p.sur_py + " " + c.p.giv_py, nat="中国 CHINA", mar=K("已婚", "未婚"))
    rows = [
        [b("姓名|中文姓名", "Name"), "{name}", b("拼音|汉语拼音", "Pinyin"), "{latin}", D.photo(4)],
        [b("性别", "Sex"), D.sexm(), b("出生日期|出生年月日", "Date of Birth"), "{birth}"],
        [b("国籍", "Nationality"), "{nat}", b("民族", "Ethnicity"), "{nation}"],
        [b("身份证号|证件号码|公民身份号码", "ID No."), C("{id}", 3)],
        [b("住址|现住址|联系地址", "Address"), C("{addr}", 4)],
        [b("联系电话|电话|手机号码", "Tel."), "{phone}", b("工作单位|单位名称", "Employer"), C("{company}", 2)],
        [b("申请事项|申请业务|办理事项", "Application"), C("{item}", 4)],
        [
            b("申请类型|办理类型", "Type"),
            C(
                ticks(["首次 First", "换发 Renewal", "补发 Replacement", "变更 Change"], None)
                .replace(" F", "/F")
                .replace(" R", "/R")
                .replace(" C", "/C")
                .replace("☐换发", "☑换发"),
                4,
            ),
        ],
        [
            b("声明|申请人声明", "Declaration"),
            C(
                K(*TRUE)
                + "\n^I declare that the information given above is true and complete.\n"
                + signrow(D, K("申请人签名 Signature", "签名 Signature")),
                4,
            ),
        ],
    ]
    if K.chance(0.5):
        rows.append([b("官方填写|受理意见", "Official use"), C("\n\n", 4, h=4)])
    bl.append(D.tab([3.6, 4.4, 3.6, 4.2, 4], rows))
    return D.done(bl)


def above_form(c, dpi, R):
    """Boxes with a small label in the upper corner and the value below it."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    D.top = True
    title = own_title(D, WINDOW + SLIP, ["申请表", "申请登记表", "业务申请单"])
    bl = head(D, title)

    def b(lab, v, span=1, **kw):
        return C("^" + L(lab) + "\n" + v, span, al="l", kind="v", top=True, **kw)

    rows = [
        [b("姓名|申请人姓名|申请人", "{name}", 2), b("性别", D.sexm()), b("民族", "{nation}"), D.photo(3)],
        [b("公民身份号码|身份证号码|证件号码|身份证号", "{id}", 2), b("出生日期|出生年月", "{birth}", 2)],
        [b("现住址|家庭住址|联系地址|住址", "{addr}", 4)],
        [b("联系电话|手机号码|电话", "{phone}", 2), b("工作单位|单位名称|服务处所", "{company}", 3)],
        [b("文化程度|学历", "{edu}", 2), b("申请事项|办理业务|业务名称|申请业务", "{item}", 3)],
        [b("申请原因|申请理由", K("原证到期，申请办理。", "工作需要。", "信息变更。") + "{z}", 5, h=4)],
        [b("申请人声明|声明", K(*TRUE), 5)],
        [b("申请人签名|签名|本人签名", "{sign~}", 2), b("申请日期|日期|填表日期", D.datem(), 3)],
        [b("受理意见|审核意见", K(*OPIN) + "{z}", 3, h=4), b("受理人|经办人", "{boss~}", 2)],
    ]
    D.put(z=" ")
    if K.chance(0.5):
        rows = rows[:-1]
    bl.append(D.tab([3, 3, 3, 3, 3.4], rows))
    if K.chance(0.4):
        bl.append(("foot", K("填写说明：字迹工整，不得涂改。", "本表可在政务服务网下载打印。", "第一联：受理机关留存　第二联：申请人留存")))
    return D.done(bl)


def kin_form(c, dpi, R):
    """居民业务登记表 with a table of the household."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    D.top = False
    title = own_title(
        D,
        [*GENERAL, "人口信息登记申请表", "户籍业务申请登记表", "家庭成员情况申报表", "常住人口登记申请表"],
        ["申请审批表", "申报登记表", "申请登记表"],
    )
    bl = head(D, title)
    _q, k, m = c.q, c.child, c.pm
    D.put(
        k=k.name,
        m=m.name,
        mid=m.idno,
        kid=k.idno,
        r1="配偶",
        r2="子" if k.sex == "男" else "女",
        r3="父亲" if m.sex == "男" else "母亲",
        w1=K("务工", "教师", "个体"),
        w2="学生",
        w3="退休",
    )
    rows = [
        [L("姓名|申请人姓名|申请人"), "{name}", L("曾用名"), "", L("性别"), D.sexm()],
        [L("民族"), "{nation}", L("出生日期|出生年月"), "{birth}", L("文化程度|学历"), "{edu}"],
        [L("公民身份号码|身份证号码|身份证号"), C("{id}", 3), L("联系电话|手机|电话"), "{phone}"],
        [L("家庭住址|现住址|住址"), C("{addr}", 5)],
        [L("工作单位|服务处所|单位名称"), C("{company}", 5)],
        [L("申请事项|办理事项|申报事项"), C("{item}", 5)],
        [C(L("家庭主要成员|家庭成员情况|共同居住人员"), 6, kind="l")],
        [L("称谓|与本人关系|与申请人关系"), L("成员姓名|姓名"), C(L("公民身份号码|身份证号码"), 2), C(L("职业|工作单位"), 2)],
        ["{r1}", "{q}", C("{qid}", 2), C("{w1}", 2)],
        ["{r2}", "{k}", C("{kid}", 2), C("{w2}", 2)],
        ["{r3}", "{m}", C("{mid}", 2), C("{w3}", 2)],
        ["", "", C("", 2), C("", 2)],
    ]
    rows = rows[:9] + [r for r in rows[9:] if K.chance(0.6)]
    rows.append([L("申请人声明|申报人承诺|本人承诺"), C(K(*TRUE) + "\n　　" + signrow(D), 5)])
    for lb in R.sample(["派出所意见|社区民警意见", "审核意见|审批意见", "村（居）委会意见|社区意见"], K(1, 2)):
        rows.append(opinion(D, lb, 5, h=3.4))
    bl.append(D.tab([3.4, 3, 3, 3.4, 2.8, 3.4], rows))
    return D.done(bl)


def reply_form(c, dpi, R):
    """Form with a receipt to tear off at the foot."""
    D = Doc(c, dpi, R)
    K, L = D.K, D.lab
    D.top = True
    title = own_title(D, WINDOW + GENERAL, ["申请表", "办理申请表"])
    bl = head(D, title)
    rows = [
        [L("申请人|姓名|申请人姓名"), "{name}", L("证件号码|身份证号码|公民身份号码"), C("{id}", 2)],
        [L("性别"), D.sexm(), L("联系电话|手机号码"), C("{phone}", 2)],
        [L("住址|联系地址|现住址"), C("{addr}", 4)],
        [L("办理业务|申请事项|申请业务"), C("{item}", 4)],
        [L("申请说明|申请理由|备注"), C(K("请予办理。", "因证件到期申请。", "\n"), 4, h=4)],
        [L("申请人签名|本人签字"), "{sign~}", L("申请日期|日期"), C(D.datem(), 2)],
    ]
    bl.append(D.tab([3, 4, 3.4, 2.6, 3], rows))
    bl += [("gap", 6), ("sub", K("- - - - - - - 请沿虚线剪开 - - - - - - -", "…………………… 骑缝章 ……………………"), {"k": 0.9})]
    bl += [("sub", K("申请人存根", "取件提示", "申请人留存联"), {"k": 1.3})]
    bl.append(
        D.txt(
            K(
                "您申请的业务已登记，请于%d个工作日后凭本人身份证到窗口领取结果。",
                "请妥善保管本联，办理进度可拨打12345查询，承诺时限%d个工作日。",
            )
            % K(5, 7, 10),
            indent=2,
        )
    )
    bl.append(D.txt(K("经办窗口", "窗口号") + "：%d号　　" % R.randint(1, 30) + K("经办人", "工号") + "：________", lead=2.2))
    return D.done(bl)


APPS = [
    (r"身份证", [id_form, id_form, id_form, above_form]),
    (r"新生儿|出生", [birth_report, birth_report, hukou_change, kin_form]),
    (r"入户|户口|落户", [hukou_move, hukou_move, hukou_move, hukou_change, kin_form]),
    (r"驾驶", [driver_form, driver_form, driver_form, driver_form, digit_form]),
    (r"港澳|护照|出入境|台湾", [exit_form, exit_form, exit_form, bilingual_form, digit_form]),
    (r"居住证|居住登记", [residence_form, residence_form, residence_form, kin_form]),
    (r"易制毒|剧毒", [chem_form, chem_form, chem_form, net_form]),
    (r"特种|旅馆|典当|公章", [special_form, special_form, special_form, net_form]),
    (r"网|信息系统", [net_form]),
    (r"车|免检|标志", [vehicle_form, vehicle_form, vehicle_form, digit_form]),
]
ANY = [
    window_form,
    window_form,
    line_form,
    line_form,
    letter_form,
    digit_form,
    two_column,
    bilingual_form,
    above_form,
    kin_form,
    reply_form,
]
APP_LAYOUTS = [
    id_form,
    hukou_change,
    hukou_move,
    birth_report,
    driver_form,
    vehicle_form,
    exit_form,
    residence_form,
    chem_form,
    special_form,
    net_form,
    window_form,
    line_form,
    letter_form,
    digit_form,
    two_column,
    bilingual_form,
    above_form,
    kin_form,
    reply_form,
]


def application_form(c, dpi, R):
    own = next((v for k, v in APPS if re.search(k, c.item)), ANY)
    return R.choice(own if R.random() < 0.6 else ANY)(c, dpi, R)


# ---------- powers of attorney ----------
POWER = [
    "代为办理{item}手续",
    "代为办理{item}的有关事宜",
    "到贵单位办理{item}业务",
    "办理{item}业务，代为提交材料、签收文书、领取证件",
    "代办{item}相关事项，并签署有关文件",
    "前往办理{item}等事宜",
]
BIND = [
    "受托人在上述授权范围内所签署的文件和办理的事项，委托人均予以承认，并承担由此产生的法律责任。",
    "代理人在代理权限内的一切行为，本人均予认可。",
    "对受托人在办理上述事项过程中所签署的有关材料，我均予以认可，并承担相应的法律责任。",
    "受托人无权转委托。受托人在委托权限内办理的事项，法律后果由委托人承担。",
    "由此产生的一切后果由本人承担，与贵单位无关。",
]
WHY = ["因工作繁忙", "因身体不适", "因出差在外", "因故", "因本人在外地", "由于个人原因"]


class Poa(Doc):
    def __init__(self, c, dpi, R, hand=0.55):
        super().__init__(c, dpi, R, hand)
        a, b, K = c.p, c.q, self.K
        self.end = cn((2026, 12, 31)) if c.today[1] < 12 else cn((2027, 6, 30))
        self.put(
            pn=F("", a.name, {"principal": a.name}),
            pi=F("", a.idno, {"principal_id": a.idno}),
            an=F("", b.name, {"agent": b.name}),
            ai=F("", b.idno, {"agent_id": b.idno}),
            ph=F("", b.phone, {"phone": b.phone}),
            rel=K("夫妻", "同事", "朋友", "亲属"),
            asex=b.sex,
            psex=a.sex,
            paddr=F("", a.addr),
            aaddr=F("", b.addr),
            co=F("", c.company),
            end=self.end,
        )
        self.fm["date"] = self.dt("date", c.today, K("cn", "cn", None))
        self.fm["sign"] = F("", a.name)
        self.fm["asign"] = F("", b.name)

    def term(self):
        K = self.K
        return K(
            "委托期限：自签署之日起至" + self.end + "止。",
            "委托期限：自即日起至上述事项办结之日止。",
            "本委托书自签字之日起生效，有效期%d天。" % K(15, 30, 60, 90),
            "代理期限：" + cn(self.c.today) + "至" + self.end + "。",
        )

    def ends(self, agent=0.4):
        """Who signs below, and when."""
        K, L = self.K, self.lab
        m = K("委托人（签名）", "委托人签字", "委托人", "委托人（签字、按指印）", "授权人签名", "委托人（签章）") + "：{sign~}"
        if K.chance(agent):
            m += "\n" + K("受托人（签名）", "受托人签字", "受委托人", "代理人（签字）") + "：{asign~}"
        return m + "\n" + K(L("日期|委托日期|签署日期|时间") + "：", "", "") + self.datem()


ATT = ["授权委托书", "授权委托书", "委托书", "委　托　书", "个人委托书", "业务办理委托书", "代办业务委托书", "授权书", "委托授权书"]


def poa_sentences(c, dpi, R):
    """Running sentences, the two persons in one paragraph or each in its own."""
    D = Poa(c, dpi, R)
    K, L = D.K, D.lab
    idw = L("身份证号|公民身份号码|身份证号码|居民身份证号码").replace("　", "")
    idw2 = K(idw, idw, "身份证号", "证件号码")
    one = K(
        "本人{pn}（%s：{pi}），" + K(*WHY) + "不能亲自到场办理，现委托{an}（%s：{ai}，联系电话：{ph}）" + K(*POWER) + "。",
        "兹有{pn}，%s：{pi}，" + K(*WHY) + "，特委托{an}（%s：{ai}，电话：{ph}）" + K(*POWER) + "。",
        "委托人{pn}，%s{pi}，现委托受托人{an}，%s{ai}，联系电话{ph}，" + K(*POWER) + "。",
        "我{pn}（%s：{pi}）" + K(*WHY) + "，无法亲自前来，特授权{an}（%s：{ai}，手机：{ph}）" + K(*POWER) + "。",
    ) % (idw, idw2)
    two = "委托人：{pn}\n" + idw + "：{pi}\n" + "受托人：{an}\n" + idw2 + "：{ai}\n" + K("联系电话", "受托人电话", "电话") + "：{ph}\n"
    lead = "委托人" + K(*WHY) + "不能亲自办理，现委托上述受托人" + K(*POWER) + "。"
    bl = [("row", K("附件1", "附件3", "（参考样式）"), None) if K.chance(0.15) else None, D.title(K(*ATT), K(8, 9.5, 11)), ("gap", K(4, 9))]
    z = K(1.0, 1.1, 1.2)
    if K.chance(0.45):
        bl.append(D.txt(K(c.p.org, c.p.city + "公安局", c.p.city + "政务服务中心") + "：", k=z))
    ld = K(1.8, 2.1, 2.4)
    bl += [D.txt(one, indent=2, k=z, lead=ld)] if K.chance(0.6) else [D.txt(two.strip(), k=z, lead=ld), D.txt(lead, indent=2, k=z, lead=ld)]
    bl.append(D.txt(K(*BIND), indent=2, k=z, lead=ld))
    if K.chance(0.6):
        bl.append(D.txt(D.term(), indent=2, k=z, lead=ld))
    bl += [("gap", 8), D.txt(D.ends(), al="r", k=z, lead=2.4)]
    if K.chance(0.3):
        bl.append(("hf_finger", {"dx": 0.8, "upp": 14}))
    if K.chance(0.3):
        bl += [("gap", 4), ("foot", K("附：委托人及受托人身份证复印件。", "注：本委托书一式一份，交受理部门留存。"))]
    return D.done(bl, margin=K(20, 24, 28))


def poa_table(c, dpi, R):
    """A table with a half for each of the two."""
    D = Poa(c, dpi, R)
    K, L = D.K, D.lab
    title = K(*ATT, "办理公安业务授权委托书", c.item + "委托书")
    side = K.chance(0.5)
    idl = L("身份证号码|公民身份号码|身份证号|证件号码")
    ext = K.chance(0.4)
    if side:
        rows = [
            [up(L("委托人|委托人信息|委托方"), 2 + ext), L("姓名|委托人姓名"), "{pn}", L("性别"), "{psex}"],
            [idl, C("{pi}", 3)],
            [L("住址|联系地址"), C("{paddr}", 3)],
            [up(L("受托人|受托人信息|代理人"), 3 + ext), L("姓名|受托人姓名"), "{an}", L("性别"), "{asex}"],
            [idl, C("{ai}", 3)],
            [L("联系电话|手机号码|电话"), "{ph}", L("与委托人关系|双方关系"), "{rel}"],
            [L("住址|联系地址"), C("{aaddr}", 3)],
        ]
        rows = [r for i, r in enumerate(rows) if ext or i not in (2, 6)]
    else:
        rows = [
            [C(L("委托人姓名|委托人|授权人"), 2), "{pn}", L("受托人姓名|受托人|被委托人"), "{an}"],
            [C("委托人" + K("身份证号", "身份证号码", "证件号码"), 2), "{pi}", "受托人" + K("身份证号", "身份证号码", "证件号码"), "{ai}"],
            [C(L("双方关系|与委托人关系"), 2), "{rel}", L("受托人电话|联系电话|受托人联系电话"), "{ph}"],
        ]
    rows.append([C(L("委托事项|代办事项|授权事项|办理事项"), 2), C(K("{item}", "{item}", "代为办理{item}业务"), 3)])
    if K.chance(0.6):
        rows.append(
            [C(L("委托权限|代理权限|授权范围"), 2), C(ticks(["提交材料", "签署文书", "领取证件", "接受询问"], ["提交材料", "领取证件"]), 3)]
        )
    if K.chance(0.6):
        rows.append([C(L("委托期限|有效期限"), 2), C(K("自" + cn(c.today) + "至" + D.end, "至事项办结止"), 3)])
    rows.append(
        [
            C(L("委托人声明|声明|委托说明"), 2),
            C(K(*BIND) + "\n　" + K("委托人签名", "委托人（签字）") + "：{sign~}　　" + L("日期|委托日期") + "：" + D.datem(), 3),
        ]
    )
    if K.chance(0.4):
        rows.append([C(L("受托人声明|受托人承诺"), 2), C("本人接受上述委托，保证在委托权限内如实办理。\n　受托人签名：{asign~}", 3)])
    bl = [D.title(title, K(7, 8, 9)), ("gap", 3), D.tab([1.5, 3.2, 5.6, 3.4, 5.6], rows)]
    if K.chance(0.4):
        bl.append(("foot", K("注：受托人应出示本人身份证原件。", "说明：本表由委托人亲笔填写，他人代签无效。")))
    return D.done(bl)


def poa_blanks(c, dpi, R):
    """A printed form with blanks filled in."""
    D = Poa(c, dpi, R, 0.75)
    K = D.K
    w = K(8, 9, 10)
    idl = K("身份证号码", "公民身份号码", "身份证号", "证件号码")
    ph = K("联系电话", "电话", "手机号码", "联系方式")
    sx = K.chance(0.4)
    a = ("委托人（姓名）：{pn_%d}" % w if K.chance(0.3) else "委托人：{pn_%d}" % w) + ("　性别：{psex_4}" if sx else "")
    b = "受托人：{an_%d}" % w + ("　性别：{asex_4}" if sx else "")
    bl = [D.title(K(*ATT, "机动车业务委托书" if "车" in c.item or "驾" in c.item else "委托书"), K(8, 9.5, 11)), ("gap", 5)]
    ld = K(2.3, 2.6)
    box = K.chance(0.25)
    if K.chance(0.5):
        bl.append(D.txt("\n".join([a, idl + "：{pi_17}", K("住址：{paddr_22}", "")]).strip(), lead=ld, box=box))
        bl.append(D.txt("\n".join([b, idl + "：{ai_17}", ph + "：{ph_12}"]), lead=ld, box=box))
    else:
        bl.append(D.txt(a + "　" + idl + "：{pi_14}\n" + b + "　" + idl + "：{ai_14}\n" + ph + "：{ph_12}", lead=ld, k=0.95))
    bl += [("gap", 3)]
    bl.append(
        D.txt(
            K(
                "现委托上述受托人代为办理{item_12}业务。",
                "委托事项：{item_14}",
                "兹委托受托人前往公安机关代办{item_12}手续。",
                "办理事项：{item_14}",
            ),
            indent=2,
            lead=ld,
        )
    )
    bl.append(D.txt(K(*BIND), indent=2, lead=2.0))
    bl.append(D.txt(K("委托期限：{b1_12}至{end_12}", D.term()), indent=2, lead=ld))
    D.put(b1=cn(c.today))
    bl += [("gap", 6)]
    dm = K("{date_10}", "{y_4}年{m_3}月{d_3}日", "{date}")
    sig = K("委托人签名", "委托人（签名）", "委托人签字")
    if K.chance(0.4):
        left, right = sig + "：{sign~}\n" + K("日期：", "委托日期：") + dm, "受托人签名：{asign~}"
        bl.append(("cols", [[D.txt(left, lead=2.4)], [D.txt(right, lead=2.4)]]))
    else:
        bl.append(D.txt(sig + "：{sign~}\n" + K("日期：", "", "签署日期：") + dm, al="r", lead=2.5))
    if K.chance(0.4):
        bl += [("gap", 3), ("foot", K("填写说明：1.本表须用黑色笔填写；2.涂改无效。", "注意事项：办理时请携带双方身份证原件。"))]
    return D.done(bl)


def poa_company(c, dpi, R):
    """法人授权委托书: the legal representative empowers a member of the staff."""
    D = Poa(c, dpi, R, 0.35)
    K, L = D.K, D.lab
    D.put(co_addr=c.co_addr, us=c.uscc, bj=K("办公室主任", "经理", "业务员", "行政专员"))
    title = K("法人授权委托书", "法定代表人授权委托书", "法人委托书", "单位授权委托书", "企业授权委托书", "授权委托书（单位）")
    idw = K("身份证号码", "公民身份号码", "身份证号", "居民身份证号码")
    s = K(
        "本人{pn}（"
        + idw
        + "：{pi}）系{co}的法定代表人，现授权委托我单位员工{an}（"
        + idw
        + "：{ai}，联系电话：{ph}）为代理人，"
        + K(*POWER)
        + "。",
        "兹授权{an}（" + idw + "：{ai}，电话：{ph}）为我单位代理人，" + K(*POWER) + "。委托人{pn}（法定代表人，" + idw + "：{pi}）。",
        "{co}法定代表人{pn}，" + idw + "：{pi}，授权{an}，" + idw + "：{ai}，职务：{bj}，联系电话：{ph}，以本单位名义" + K(*POWER) + "。",
    )
    if "{co}" not in s:
        s += "单位名称：{co}。"
    bl = [D.title(title, K(8, 9.5, 11)), ("gap", 5)]
    if K.chance(0.6):
        bl.append(D.txt(K(c.p.org, c.p.city + "公安局", c.p.city + "行政审批局") + "：", k=1.1))
    if K.chance(0.55):
        bl += [D.txt(s, indent=2, k=1.1, lead=2.1)]
    else:
        rows = [
            [L("单位名称|企业名称"), C("{co}", 3)],
            [L("单位地址|住所"), C("{co_addr}", 3)] if K.chance(0.5) else None,
            [L("委托人|委托人（法定代表人）"), "{pn}", idw, "{pi}"],
            [L("受托人|被授权人|代理人"), "{an}", idw, "{ai}"],
            [L("职务"), "{bj}", L("联系电话|受托人电话|电话"), "{ph}"],
            [L("委托事项|授权事项|办理事项"), C("{item}", 3)],
        ]
        bl += [D.tab([3.2, 4, 3, 6], [r for r in rows if r]), ("gap", 2)]
    bl.append(D.txt(K(*BIND[:4]), indent=2, lead=2.0))
    bl.append(D.txt(D.term(), indent=2, lead=2.0))
    bl += [("gap", 8)]
    bl.append(
        D.txt(
            K("单位（盖章）", "授权单位（公章）", "公司（盖章）")
            + "：{co!}\n"
            + K("法定代表人（签字）", "法定代表人签名", "委托人（签章）")
            + "：{sign~}\n"
            + K("日期：", "", "授权日期：")
            + D.datem(),
            al="r",
            lead=2.5,
        )
    )
    bl.append(("seal", c.company, {"dx": 0.68, "r": 18, "up": 16}))
    if K.chance(0.5):
        bl += [
            ("gap", 6),
            ("foot", K("附：被授权人身份证复印件（加盖公章）。", "说明：1.授权书须加盖单位公章；2.内容必须填写真实、清楚。")),
        ]
    return D.done(bl, margin=K(20, 25))


POAS = [poa_sentences, poa_sentences, poa_table, poa_blanks, poa_company]


def power_of_attorney(c, dpi, R):
    firm = re.search(r"易制毒|剧毒|特种|旅馆|网络|许可", c.item) is not None
    return R.choice([*POAS, *([poa_company] * 3 if firm else [poa_sentences, poa_blanks, poa_table])])(c, dpi, R)


# ---------- promises ----------
PROM = [
    "已经知晓行政机关告知的全部内容",
    "自身符合行政机关告知的条件、标准和要求",
    "所填写的基本信息真实、准确",
    "提交的材料与实际情况一致，复印件与原件相符",
    "愿意承担不实承诺、违反承诺的法律责任",
    "能够在规定期限内提交所缺材料",
    "愿意配合公安机关开展核查",
    "本承诺书文本内容是承诺人真实意思的表示",
    "不出租、出借、转让所领取的证件",
    "如有变更，及时到原受理机关办理手续",
    "遵守国家法律、法规和有关规定",
    "同意将承诺履行情况纳入个人信用记录",
]
FAULT = [
    "若承诺不实或者违反承诺，愿意承担相应的法律责任。",
    "如有不实，本人愿承担一切法律后果，并同意依法撤销所取得的证件。",
    "如违反上述承诺，自愿接受公安机关依法处理。",
    "如有虚假，由此产生的一切后果由本人自行承担。",
]


class Promise(Doc):
    def __init__(self, c, dpi, R, hand=0.5):
        super().__init__(c, dpi, R, hand)
        K = self.K
        org = K(c.p.org, c.p.org, c.p.city + "公安局")
        self.put(au=F("", org, {"authority": org}, hand=False), co=F("", c.company))
        self.fm["date"] = self.dt("date", c.today, K("cn", "cn", None))
        self.fm["au2"] = self.fm["au"]

    def ends(self, who=None, phone=False):
        K, L = self.K, self.lab
        who = who or K("承诺人（签名）", "承诺人签字", "承诺人", "申请人签名", "承诺人（签字、按指印）", "本人签名")
        m = who + "：{sign~}"
        if phone:
            m += "\n" + L("联系电话|电话|联系方式") + "：{phone}"
        return m + "\n" + K(L("日期|承诺日期|签署日期|时间") + "：", "", "") + self.datem()


def pledge_table(c, dpi, R):
    """证明事项告知承诺书: table of the applicant, what is made known, what is promised."""
    D = Promise(c, dpi, R)
    K, L = D.K, D.lab
    title = K(
        "告知承诺书",
        "证明事项告知承诺书",
        "政务服务事项告知承诺书",
        "公安机关告知承诺书",
        "行政许可告知承诺书",
        c.item + "告知承诺书",
        "证明事项告知承诺制承诺书",
        "信用承诺书",
    )
    idl = L("公民身份号码|身份证号码|证件号码|身份证号|居民身份证号码")
    rows = [
        [
            up(L("申请人|申请人信息|承诺人"), 2 + K.chance(0.4)),
            L("姓名|申请人姓名|承诺人姓名|申请人"),
            "{name}",
            L("联系电话|手机号码|电话"),
            "{phone}",
        ],
        [idl, C("{id}", 3)],
    ]
    if rows[0][0].rows == 3:
        rows.append([L("联系地址|住址|现住址"), C("{addr2}", 3)])
    D.put(addr2=c.p.addr, basis="")
    rows += [
        [C(L("行政机关|告知机关|受理机关"), 2), C("{au}", 3)],
        [C(L("申请事项|办理事项|事项名称|承诺事项"), 2), C("{item}", 3)],
    ]
    told = [
        "1.证明事项名称：%s。" % K("居住证明", "亲属关系证明", "无工作单位证明", "身份信息证明"),
        "2.设定依据：《%s》。" % K("居住证暂行条例", "中华人民共和国户口登记条例", "中华人民共和国道路交通安全法", "易制毒化学品管理条例"),
        "3.承诺方式：书面承诺，由申请人本人签字。",
        "4.不实承诺的责任：依法撤销行政决定，并记入信用记录。",
    ]
    if K.chance(0.8):
        rows.append([C(L("告知内容|行政机关告知|告知事项"), 2), C("\n".join(told[: K(2, 3, 4)]), 3, kind="v", al="l", k=0.95)])
    its = R.sample(PROM, K(3, 4, 5))
    form = K("（%s）", "%s.", "%s、")
    zh = K.chance(0.6)
    body = K("本人就申请上述事项作出下列承诺：", "申请人现作出下列承诺：", "本人郑重承诺：") + "\n"
    body += "\n".join((form % ("一二三四五六七"[i] if zh else i + 1)) + t + ("；" if i + 1 < len(its) else "。") for i, t in enumerate(its))
    sig = (
        K("承诺人签名", "申请人（签名）", "承诺人（签字）", "申请人签名") + "：{sign~}　　" + L("日期|承诺日期|签名日期") + "：" + D.datem()
    )
    rows.append([C(L("承诺内容|申请人承诺|本人承诺"), 2), C(body + "\n" + K(*FAULT), 3, kind="v", al="l")])
    own = K.chance(0.5)
    if own:
        rows.append([C(L("签名|签署|承诺人"), 2), C(sig, 3)])
    bl = [("row", K("附件2", "格式文本", "（样式一）"), None) if K.chance(0.2) else None, D.title(title, K(7, 8, 9)), ("gap", 3)]
    bl.append(D.tab([1.5, 3.2, 5, 3.2, 5], rows))
    if not own:
        bl += [("gap", 5), D.txt(sig.replace("　　", "\n"), al="r", lead=2.3)]
    if K.chance(0.4):
        bl.append(("foot", K("本文书一式两份，由行政机关与申请人各执一份。", "注：申请人不愿承诺的，应当提交证明材料。")))
    return D.done(bl)


def pledge_sentence(c, dpi, R):
    """One paragraph."""
    D = Promise(c, dpi, R, 0.65)
    K = D.K
    u = K("_8", "", "")
    idw = K("身份证号码", "公民身份号码", "身份证号", "居民身份证号码")
    tel = K("，联系电话{phone}", "，电话：{phone}", "")
    s = K(
        "本人{name%s}，%s{id}%s，申请办理{item%s}。本人承诺%s，%s。%s",
        "本人{name%s}（%s：{id}%s），现申请{item%s}，郑重承诺：%s，%s。%s",
        "我{name%s}，%s：{id}%s，因办理{item%s}事项，保证%s，%s。%s",
    ) % (u, idw, tel, u, *[t.replace("本承诺书", "上述") for t in R.sample(PROM[1:7], 2)], K(*FAULT))
    bl = [D.title(K("承诺书", "承　诺　书", "个人承诺书", "保证书", "诚信承诺书", "承诺函", "真实性承诺书"), K(9, 10, 12)), ("gap", 8)]
    z = K(1.1, 1.25, 1.35)
    if K.chance(0.75):
        bl.append(D.txt(K("{au}：", "致：{au}"), k=z))
    bl.append(D.txt(s, indent=2, k=z, lead=K(2.0, 2.3)))
    if K.chance(0.5):
        bl.append(D.txt(K("特此承诺。", "以上承诺，本人自愿作出。"), indent=2, k=z))
    bl += [("gap", 10), D.txt(D.ends(phone="{phone}" not in s and K.chance(0.8)), al="r", k=z, lead=2.3)]
    if K.chance(0.3):
        bl.append(("hf_finger", {"dx": 0.82, "upp": 16}))
    return D.done(bl, margin=K(22, 27))


def pledge_list(c, dpi, R):
    """Numbered list, data on lines above or in the first sentence."""
    D = Promise(c, dpi, R)
    K, L = D.K, D.lab
    titles = ["承诺书", "申请人承诺书", "材料真实性承诺书", "个人信用承诺书", "诚信办事承诺书", "守信承诺书", c.item + "承诺书", "保证书"]
    if re.search("易制毒|特种|旅馆", c.item):
        titles += ["企业守法经营承诺书", "安全管理承诺书", "合法使用承诺书"]
    bl = [D.title(K(*titles), K(8, 9, 10)), ("gap", 4)]
    idw = L("身份证号码|公民身份号码|身份证号|证件号码")
    form = K("（%s）", "%s、", "%s.", "第%s，")
    zh = form == "第%s，" or (form != "%s." and K.chance(0.7))
    its = R.sample(PROM, K(4, 5, 6))
    items = "\n".join((form % ("一二三四五六七"[i] if zh else i + 1)) + t + ("；" if i + 1 < len(its) else "。") for i, t in enumerate(its))
    if K.chance(0.5):
        bl.append(D.txt(K("{au}：", "致{au}：", "致：{au}")))
    else:
        D.fm["au"] = D.fm["au2"]
    ph = True
    if K.chance(0.5):
        w = K(8, 10)
        t = [
            L("承诺人|姓名|承诺人姓名|申请人") + "：{name_%d}" % w + "　" + L("联系电话|手机|电话") + "：{phone_%d}" % w,
            idw + "：{id_17}",
            L("申请事项|办理事项|承诺事项|业务名称") + "：{item_14}",
        ]
        bl += [
            D.txt("\n".join(t), lead=K(2.2, 2.5)),
            ("gap", 2),
            D.txt(K("本人现就上述事项郑重承诺：", "本人承诺如下：", "本人自愿作出以下承诺："), indent=2),
        ]
        ph = False
    else:
        bl.append(
            D.txt(
                K(
                    "本人{name}（" + idw + "：{id}）在申请{item}时，郑重承诺：",
                    "本人{name}，" + idw + "：{id}，现办理{item}业务，承诺如下：",
                    "承诺人{name}，" + idw + "{id}，就{item}事项作如下承诺：",
                ),
                indent=2,
            )
        )
    for t in items.split("\n"):
        bl.append(D.txt(t, indent=2))
    bl.append(D.txt(K(*FAULT), indent=2))
    bl += [("gap", 6), D.txt(D.ends(phone=ph and K.chance(0.8)), al=K("r", "r", "l"), lead=2.3)]
    if K.chance(0.3) and "企业" in bl[0][1]:
        bl.append(("seal", c.company, {"dx": 0.75, "r": 17, "up": 14}))
    return D.done(bl, margin=K(18, 22, 26))


def pledge_missing(c, dpi, R):
    """容缺受理承诺书: what is missing and by when it will be handed in."""
    D = Promise(c, dpi, R)
    K, L = D.K, D.lab
    d = c.today
    due = (d[0], d[1] + 1, d[2]) if d[1] < 12 else (d[0] + 1, 1, d[2])
    miss = R.sample(
        ["居民户口簿复印件", "结婚证复印件", "毕业证书", "体检表", "房屋租赁凭证", "营业执照复印件", "近期照片", "社保缴费凭证"], K(1, 2, 3)
    )
    D.put(due=D.dt(None, due, "cn"), days="%d" % K(5, 10, 15, 20))
    title = K(
        "容缺受理承诺书",
        "容缺受理承诺书",
        "容缺办理承诺书",
        "“容缺受理”申请人承诺书",
        "材料容缺补正承诺书",
        "容缺后补承诺书",
        "容缺受理告知承诺书",
    )
    idw = L("身份证号码|公民身份号码|身份证号|证件号码")
    bl = [D.title(title, K(7.5, 8.5, 10)), ("gap", 4)]
    if K.chance(0.5):
        bl += [
            D.txt("{au}："),
            D.txt(
                K(
                    "本人{name}（" + idw + "：{id}，联系电话：{phone}）申请办理{item}，尚缺以下材料：",
                    "我{name}，" + idw + "{id}，手机号码{phone}，现申请{item}，因故未能提交下列材料：",
                ),
                indent=2,
            ),
        ]
        bl += [D.txt("%d.%s" % (i + 1, t), indent=2) for i, t in enumerate(miss)]
        bl.append(
            D.txt(
                K("本人承诺于{due}前补齐上述材料，", "本人承诺在{days}个工作日内补正，")
                + K("逾期未补正的，同意退回申请。", "逾期未交的，自愿承担由此产生的后果。"),
                indent=2,
            )
        )
    else:
        n = len(miss)
        D.put(**{"s%d" % i: t for i, t in enumerate(miss)})
        rows = [
            [L("申请人|姓名|申请人姓名"), "{name}", L("联系电话|手机号码|电话"), "{phone}"],
            [idw, C("{id}", 3)],
            [L("办理事项|申请事项|事项名称"), C("{item}", 3)],
            [L("受理机关|受理部门|办理单位"), C("{au}", 3)],
            [C(L("容缺材料|欠缺材料|容缺材料清单"), 1, n), C("1.{s0!}", 2), C("原件" if K.chance(0.5) else "复印件", 1)],
        ]
        rows += [[C("%d.{s%d!}" % (i, i), 2), C(K("原件", "复印件"), 1)] for i in range(1, n)]
        for i in range(1, n):
            rows[4 + i] = [C("%d.{s%d!}" % (i + 1, i), 2), C(K("原件", "复印件"), 1)]
        rows.append([L("补正期限|补交时限"), C(K("{due}", "{days}个工作日内"), 3)])
        rows.append([L("承诺内容|申请人承诺"), C("本人承诺：" + "；".join(R.sample(PROM[1:7], 2)) + "。" + K(*FAULT), 3, kind="v", al="l")])
        bl += [D.tab([3.4, 5, 3.2, 5], rows), ("gap", 3)]
    if K.chance(0.6):
        bl.append(D.txt(K(*FAULT), indent=2))
    bl += [("gap", 6), D.txt(D.ends(), al="r", lead=2.4)]
    if K.chance(0.35):
        bl += [("gap", 4), ("rule",), D.txt("窗口人员：________　　受理时间：______年____月____日", lead=2.3)]
    return D.done(bl)


PLEDGES = [pledge_table, pledge_sentence, pledge_list, pledge_missing]


def commitment(c, dpi, R):
    return R.choice([*PLEDGES, pledge_table, pledge_list])(c, dpi, R)


# ---------- labour contracts ----------
ART = {
    "工作时间和休息休假|工作时间与休息休假|工时与休假": [
        "乙方实行{hours}工时制。标准工时制的，甲方保证乙方每日工作不超过8小时，每周工作不超过40小时，每周至少休息一日。",
        "甲方因生产经营需要，经与工会和乙方协商后可以延长工作时间，一般每日不得超过1小时。",
        "甲方保证乙方依法享有法定节假日、年休假、婚假、产假、丧假等休息休假权利。",
    ],
    "社会保险|社会保险和福利|保险福利待遇|社会保险及福利": [
        "甲乙双方按照国家和本市规定参加社会保险，缴纳社会保险费，乙方个人应缴部分由甲方代扣代缴。",
        "乙方患病或非因工负伤的医疗待遇，按国家和地方有关规定执行。",
        "乙方因工负伤的工伤保险待遇按国家有关规定执行。",
    ],
    "劳动保护、劳动条件和职业危害防护|劳动保护和劳动条件|劳动安全卫生": [
        "甲方根据生产岗位的需要，按照国家有关劳动安全、卫生的规定为乙方配备必要的安全防护措施，发放劳动防护用品。",
        "甲方对可能产生职业病危害的岗位，应当履行告知义务，做好职业危害防治工作。",
        "甲方应当对乙方进行安全生产教育和培训，乙方应严格遵守操作规程。",
    ],
    "劳动纪律|规章制度|教育与培训": [
        "乙方应遵守甲方依法规定的规章制度，爱护甲方财产，保守商业秘密。",
        "甲方有权对乙方履行制度的情况进行检查、督促、考核和奖惩。",
        "乙方应积极参加甲方组织的培训，提高职业技能。",
    ],
    "劳动合同的解除、终止和续订|合同的变更、解除与终止|劳动合同变更、解除、终止": [
        "甲乙双方协商一致，可以变更本合同约定的内容，变更应采用书面形式。",
        "乙方解除劳动合同，应当提前30日以书面形式通知甲方；试用期内提前3日通知甲方。",
        "符合法律规定的情形，甲方可以解除本合同；应当支付经济补偿的，依法支付。",
        "合同期满，双方不再续订的，本合同终止。甲方应为乙方办理档案和社会保险转移手续。",
    ],
    "经济补偿与赔偿|违反合同的责任|法律责任": [
        "甲方违法解除或者终止本合同的，应当依照规定向乙方支付赔偿金。",
        "乙方违反本合同约定的保密义务，给甲方造成损失的，应当承担赔偿责任。",
    ],
    "劳动争议处理|争议的处理|劳动争议的解决": [
        "因履行本合同发生劳动争议的，双方可以协商解决，也可以依法申请调解、仲裁，对裁决不服的可以向人民法院起诉。",
    ],
    "其他约定|当事人约定的其他内容|其他事项|附则": [
        "本合同未尽事宜，按照法律、法规、规章的规定执行。",
        "本合同一式两份，甲乙双方各执一份，自双方签字（盖章）之日起生效。",
        "乙方确认下列地址为劳动关系有关文件的送达地址，如有变化应书面告知甲方。",
    ],
}


class Contract(Doc):
    def __init__(self, c, dpi, R, hand=0.5):
        super().__init__(c, dpi, R, hand)
        K, p = self.K, c.p
        a, b = c.lc_from, c.lc_to
        no = K(c.lc_no, c.lc_no, "%s-%d-%04d" % (K("LD", "HR", "RS"), a[0], R.randint(1, 9999)))
        w = K("%d" % c.wage, "%d" % c.wage, f"{c.wage:,}", "%d.00" % c.wage)
        dsx = K("cn", "cn", "cn2", "iso")
        self.put(
            no=F("", no, {"contract_no": no}, hand=False),
            emp=F("", c.company, {"employer": c.company}, hand=K.chance(0.4)),
            us=F("", c.uscc, {"uscc": c.uscc}, hand=K.chance(0.3)),
            name=F("", p.name, {"name": p.name}),
            id=F("", p.idno, {"id_no": p.idno}),
            job=F("", c.job, {"job": c.job}),
            wage=F("", w, {"wage": w if w.endswith(".00") else "%d" % c.wage}),
            s=F("", self.K.date(a, dsx), {"start": iso(a)}),
            z=F("", self.K.date(b, dsx), {"end": iso(b)}),
            sy=F("", "%d" % a[0], {"start": iso(a)}),
            sm=F("", "%d" % a[1]),
            sd=F("", "%d" % a[2]),
            zy=F("", "%d" % b[0], {"end": iso(b)}),
            zm=F("", "%d" % b[1]),
            zd=F("", "%d" % b[2]),
            addr=F("", p.addr),
            coaddr=F("", c.co_addr),
            phone=F("", p.phone),
            hours=K("标准", "标准", "综合计算", "不定时"),
            tri=F("", "%d" % K(1, 2, 3)),
            pay=F("", "%d" % K(5, 10, 15, 20)),
            site=F("", K(c.co_addr, p.city, p.city + p.dist)),
            day=F("", self.K.date(a, K("cn", "cn", "iso"))),
            bt=p.sex,
        )

    def span(self):
        K = self.K
        if K.chance(0.4):
            return "自{sy_4}年{sm_3}月{sd_3}日起至{zy_4}年{zm_3}月{zd_3}日止"
        u = K("_10", "", "")
        return K("自{s%s}起至{z%s}止" % (u, u), "从{s%s}起至{z%s}止" % (u, u), "自{s%s}至{z%s}" % (u, u), "自{s%s}起，至{z%s}止" % (u, u))

    def pages(self, parts, foot=True, **kw):
        out = []
        n = len(parts)
        how = self.K("第 %d 页 共 %d 页", "第%d页/共%d页", "- %d -", "%d / %d", "")
        for i, bl in enumerate(parts):
            t = (how % ((i + 1, n) if how.count("%d") == 2 else i + 1)) if how and foot else ""
            bl = [b for b in bl if b] + ([("gap", 4), ("sub", t, {"k": 0.8})] if t else [])
            g = sheet(self.dpi, self.R, bl, st=Obj(self.st), dec="plain", valign=0, **{"margin": 22, "s0": 4.3, **kw})
            out.append(("page%d" % (i + 1), g))
        return out

    def signs(self):
        K = self.K
        a = (
            K("甲方（公章）", "甲方（盖章）", "甲方：（盖章）", "用人单位（盖章）")
            + "：\n"
            + K("法定代表人（主要负责人）", "法定代表人或委托代理人", "委托代理人（签字）")
            + "："
        )
        a += ("{boss~}" if K.chance(0.5) else "______") + "\n" + K("签订日期：", "日期：", "") + "{day}"
        b = K("乙方（签字）", "乙方（签名）", "乙方：（签字）", "劳动者（签字）") + "：{bs~}\n" + K("签订日期：", "日期：", "") + "{day}"
        self.put(bs=self.c.p.name)
        bl = [("gap", 6), ("cols", [[self.txt(a, lead=2.4)], [self.txt(b, lead=2.4)]])]
        return [*bl, ("seal", self.c.company, {"dx": 0.2, "r": 19, "up": 16})]


def arts(D, n, each=(1, 2, 3)):
    """Articles after the first ones: headings with their clauses."""
    K = D.K
    keys = list(ART)
    last = keys[-1]
    pick = [*sorted(D.R.sample(range(len(keys) - 1), n - 1)), len(keys) - 1]
    secs = []
    for i in pick:
        k = keys[i]
        h = K(*k.split("|"))
        cl = ART[k][: K(*each)] if k != last else ART[k][:2]
        secs.append((h, cl))
    return secs


def section(D, i, h, cl, style_, art):
    """One section in the numbering of this contract. Returns the blocks and the next article."""
    zh = "一二三四五六七八九十"
    nn = [zh[k] if k < 10 else ("十" + zh[k - 10] if k < 19 else "二十") for k in range(20)]
    nn[10:] = ["十" + zh[k] for k in range(9)] + ["二十"]
    bl = []
    if style_ == "art":  # headings by numbers, articles through
        bl.append(("head", zh[i] + "、" + h))
        for t in cl:
            bl.append(D.txt("第%s条　" % nn[min(art, 19)] + t, indent=2))
            art += 1
    elif style_ == "sec":
        bl.append(("head", "第%s条 " % zh[i] + h))
        for j, t in enumerate(cl):
            bl.append(D.txt("%d.%d " % (i + 1, j + 1) + t, indent=0))
    else:
        bl.append(("head", zh[i] + "、" + h))
        for j, t in enumerate(cl):
            bl.append(D.txt(("（%s）" % zh[j] if len(cl) > 1 else "") + t, indent=2))
    return bl, art


def body(D, parts, num):
    out, art = [], 0
    for i, (h, cl) in enumerate(parts):
        bl, art = section(D, i, h, cl, num, art)
        out.append(bl)
    return out


def split(secs, n):
    per = -(-len(secs) // n)
    return [[b for s in secs[k * per : (k + 1) * per] for b in s] for k in range(n)]


def core_parts(D):
    """Term, work and pay in the words of one office."""
    K = D.K
    u = K("_8", "", "_9")
    term = [
        K("本合同为固定期限劳动合同，", "合同期限：", "双方约定本合同期限")
        + D.span()
        + K("，其中试用期{tri%s}个月。" % ("_3" if u else ""), "。试用期{tri}个月，包含在合同期内。", "。")
    ]
    if K.chance(0.4):
        term = [
            "甲、乙双方选择以下第（1）种形式确定本合同期限：\n（1）固定期限："
            + D.span()
            + "。\n（2）无固定期限：自____年__月__日起至法定终止条件出现时止。"
        ]
    work = [
        K(
            "根据甲方工作需要，乙方同意从事{job%s}岗位工作，工作地点为{site%s}。",
            "乙方的工作岗位为{job%s}，工作地点：{site%s}。",
            "甲方聘用乙方在{job%s}岗位工作，工作地点为{site%s}。",
            "甲方安排乙方担任{job%s}职务，工作地点为{site%s}。",
        )
        % (u, "_12" if u else ""),
        K(
            "乙方应按照甲方的要求，按时完成规定的工作任务，达到规定的质量标准。",
            "甲方可以依照有关规定，经与乙方协商调整工作岗位。",
            "乙方应认真履行岗位职责，遵守操作规程。",
        ),
    ]
    pay = [
        K(
            "甲方每月{pay}日前以货币形式支付乙方工资，月工资为{wage%s}元。",
            "乙方月工资为人民币{wage%s}元，甲方于每月{pay}日发放，遇节假日提前至最近的工作日。",
            "乙方正常工作时间的工资标准为每月{wage%s}元，发薪日为每月{pay}日。",
            "实行计时工资制，乙方的月工资标准为{wage%s}元，每月{pay}日支付上月工资。",
        )
        % u,
        K(
            "甲方支付乙方的工资不得低于当地最低工资标准，不得克扣或者无故拖欠。",
            "加班加点工资按照国家规定计发。",
            "甲方依法代扣代缴个人所得税。",
        ),
    ]
    return [
        (K("劳动合同期限", "合同期限", "合同期限和试用期"), term),
        (K("工作内容和工作地点", "工作内容与工作地点", "工作岗位和工作地点"), work),
        (K("劳动报酬", "工资待遇", "劳动报酬及支付"), pay),
    ]


LAW = [
    "根据《中华人民共和国劳动法》《中华人民共和国劳动合同法》等法律、法规，甲乙双方在平等自愿、公平公正、协商一致、诚实信用的基础上，签订本合同。",
    "甲乙双方根据国家劳动法律法规，遵循合法、公平、平等自愿、协商一致、诚实信用的原则，订立本合同，并共同遵守。",
    "为明确双方的权利义务，依据《中华人民共和国劳动合同法》及有关规定，甲乙双方签订本劳动合同。",
]
LCT = [
    "劳动合同书",
    "劳 动 合 同 书",
    "劳动合同",
    "全日制劳动合同书",
    "固定期限劳动合同",
    "职工劳动合同书",
    "劳动合同书（通用）",
    "员工劳动合同书",
]


def lc_cover(c, dpi, R):
    """The printed booklet of a labour office: cover with lines, articles with blanks to fill."""
    D = Contract(c, dpi, R, 0.65)
    K, L = D.K, D.lab
    u = K("_16", "_18")
    party = K("甲方（用人单位）", "甲　　方", "用人单位（甲方）", "甲方")
    other = K("乙方（劳动者）", "乙　　方", "劳动者（乙方）", "乙方")
    cover = [
        D.txt(K("编号", "合同编号", "合同号", "NO.").replace("NO.", "编号") + "：" + K("{no}", "{no_8}"), al=K("r", "l"))
        if K.chance(0.9)
        else None,
        ("gap", K(24, 34)),
        ("title", K(*LCT), {"size": K(12, 14), "al": "c"}),
        ("sub", K("（固定期限）", "（适用于固定期限用工）", "（通用）"), {"k": 1.2}) if K.chance(0.5) else None,
        ("gap", K(30, 44)),
        D.txt("\n".join([party + "：{emp%s}" % u, other + "：{name%s}" % u, K("签订日期", "签约日期") + "：{day%s}" % u]), lead=3, k=1.1),
        ("gap", 30),
        (
            "sub",
            K(c.p.city + "人力资源和社会保障局编制", "人力资源和社会保障部门监制", c.p.city + "劳动人事争议仲裁院推荐文本"),
            {"k": 1.1},
        ),
    ]
    info = [
        ("head", K("甲方基本情况", "一方：用人单位", "甲方信息")),
        D.txt(
            "\n".join(
                [
                    L("名称|单位名称|甲方名称") + "：{emp_16}",
                    *([L("统一社会信用代码|社会信用代码") + "：{us_14}"] if K.chance(0.8) else []),
                    L("法定代表人|法定代表人（主要负责人）") + "：{boss_8}",
                    L("注册地址|经营地址|地址") + "：{coaddr_18}",
                ]
            ),
            lead=2.3,
        ),
        ("head", K("乙方基本情况", "另一方：劳动者", "乙方信息")),
        D.txt(
            "\n".join(
                [
                    L("姓名|乙方姓名|劳动者姓名") + "：{name_8}　" + L("性别") + "：{bt_4}",
                    L("居民身份证号码|公民身份号码|身份证号码") + "：{id_16}",
                    L("户籍地址|家庭住址|现住址") + "：{addr_18}",
                    L("联系电话|手机号码") + "：{phone_10}",
                ]
            ),
            lead=2.3,
        ),
        ("gap", 3),
        D.txt(K(*LAW), indent=2),
    ]
    secs = body(D, core_parts(D) + arts(D, K(5, 6, 7)), K("art", "sec", "par"))
    n = K(1, 2, 2)
    rest = split(secs, n)
    rest[-1] += D.signs()
    pages = [cover, info, *rest]
    if K.chance(0.3):
        pages.insert(
            1,
            [D.title(K("签订须知", "使用说明", "填写说明"), 7, al="c"), ("gap", 4)]
            + [
                D.txt("%s、%s" % ("一二三四五"[i], t), indent=2)
                for i, t in enumerate(
                    [
                        "用人单位和劳动者应当保证向对方提供的有关情况真实、合法、有效。",
                        "签订本合同前，双方应认真阅读合同内容。",
                        "签订劳动合同时，需由本人签字，不得由他人代签。",
                        "空白栏目如不填写，应当用斜线划去。",
                    ]
                )
            ],
        )
    return D.pages(pages, foot=K.chance(0.6))


def lc_table(c, dpi, R):
    """Short contract: parties and main terms in a table, articles below; two pages."""
    D = Contract(c, dpi, R, 0.5)
    K, L = D.K, D.lab
    title = K("简易劳动合同书", "劳动合同书", "劳动合同", "劳动合同（简易文本）", "劳动合同书（试行）", "小微企业劳动合同书")
    rows = [
        [up(K("甲方", "用人单位"), 2), L("名称|单位名称|甲方名称|甲方（用人单位）"), C("{emp}", 3)],
        [L("统一社会信用代码|社会信用代码"), "{us}", L("法定代表人|负责人"), "{boss}"],
        [up(K("乙方", "劳动者"), 3), L("姓名|乙方姓名|乙方（劳动者）|劳动者姓名"), "{name}", L("性别"), "{bt}"],
        [L("身份证号码|公民身份号码|居民身份证号码|身份证号"), "{id}", L("联系电话|电话"), "{phone}"],
        [L("住址|家庭住址|户籍地址"), C("{addr}", 3)],
    ]
    if K.chance(0.3):
        rows[1] = [L("单位地址|经营地址"), C("{coaddr}", 3)]
    bl = [D.title(title, K(8, 9.5))]
    if K.chance(0.7):
        bl.append(D.txt(L("编号|合同编号|合同号") + "：{no}", al=K("r", "l"), k=0.95))
    bl += [D.tab([1.5, 3.4, 6, 2.8, 4], rows), ("gap", 3), D.txt(K(*LAW), indent=2)]
    secs = body(D, core_parts(D) + arts(D, K(4, 5, 6), (1, 2)), K("art", "sec", "par"))
    first = [b for x in secs[:3] for b in x]
    rest = split(secs[3:], K(1, 1, 2))
    rest[-1] += D.signs()
    return D.pages([bl + first, *rest])


def lc_plain(c, dpi, R):
    """A firm's own contract in running text, parties in sentences or short lines."""
    D = Contract(c, dpi, R, 0.2)
    K, L = D.K, D.lab
    title = K("劳动合同", "劳动合同书", "聘用合同", "员工聘用合同书", "劳动聘用合同", "员工劳动合同", "聘用合同书")
    idw = K("身份证号码", "公民身份号码", "身份证号", "居民身份证号码")
    bl = [
        ("row", c.company, K("人力资源部", "机密", ""), {"k": 0.8}) if K.chance(0.3) else None,
        D.title(title, K(8, 9.5, 11)),
        D.txt(L("合同编号|编号|合同号") + "：{no}", al=K("r", "l", "r")) if K.chance(0.75) else None,
        ("gap", 4),
    ]
    if K.chance(0.5):
        bl.append(
            D.txt(
                "\n".join(
                    [
                        K("甲方（用人单位）", "甲方", "甲方（单位名称）") + "：{emp}",
                        *(["统一社会信用代码：{us}"] if K.chance(0.7) else []),
                        *(["住所：{coaddr}"] if K.chance(0.5) else []),
                        K("乙方（劳动者）", "乙方", "乙方（员工）") + "：{name}",
                        idw + "：{id}",
                        *(["住址：{addr}"] if K.chance(0.5) else []),
                        *(["联系电话：{phone}"] if K.chance(0.5) else []),
                    ]
                ),
                lead=2.0,
            )
        )
    else:
        bl.append(
            D.txt(
                K(
                    "甲方：{emp}（统一社会信用代码：{us}）\n乙方：{name}（" + idw + "：{id}）",
                    "甲方：{emp}\n乙方：{name}，" + idw + "：{id}，现住{addr}，联系电话{phone}。",
                ),
                lead=2.0,
            )
        )
    bl += [("gap", 2), D.txt(K(*LAW), indent=2)]
    parts = core_parts(D)
    if K.chance(0.3):
        parts = [parts[1], parts[0], parts[2]]
    secs = body(D, parts + arts(D, K(5, 6, 7)), K("art", "sec", "par"))
    rest = split(secs, K(2, 2, 3))
    rest[0] = bl + rest[0]
    rest[-1] += D.signs()
    return D.pages(rest)


LCS = [lc_cover, lc_table, lc_plain]


def labor_contract(c, dpi, R):
    return R.choice(LCS)(c, dpi, R)


LAY = {
    "application_form": application_form,
    "power_of_attorney": power_of_attorney,
    "commitment": commitment,
    "labor_contract": labor_contract,
}
