"""Profile `second`: cards and booklets (identity card, household register, licences, permits, passport, marriage certificate).

Needs the folder of the session generator on the import path. For acceptance only, never for tuning.
"""

import base
from base import cn, cn2, cndate, dot, iso, plus
from second_tools import RED, english, enlarged, page, slash

BLUE, GREEN, NAVY, BROWN = "#143a78", "#0c4030", "#1c2f66", "#4a2410"


# ---------- identity card ----------
def id_valid(c):
    """The card of a person over 45 has no end."""
    p = c.p
    old = p.id_from[0] - p.dob[0] > 45
    return p.id_from, None if old else p.id_to


def id_front(c, dpi, R, zoom=1.0):
    p = c.p
    g = page(85.6, 54, dpi, R, "micro", "#eef5f2", zoom=zoom)
    g.curves("#c2dede", 1.9, 1.3, 19)
    g.rings(64, 26, "#ecd3d6", 5, 40, 2.1)

    def lab(x, y, s):
        g.put(x, y, s, 2.5, "zenhei", fill=BLUE)

    lab(6.4, 10.2, "姓  名")
    g.put(16.6, 10.3, p.name, 3.5, field="name")
    lab(6.4, 17, "性  别")
    g.put(16.6, 17.1, p.sex, 3.1, field="sex")
    lab(25, 17, "民  族")
    g.put(34.5, 17.1, p.nation, 3.1, field="nation")
    lab(6.4, 23.8, "出  生")
    x = 16.6
    for n, s in zip(p.dob, "年月日", strict=True):
        x = g.put(x, 23.9, n, 3.0) + 1.2
        lab(x, 23.8, s)
        x += 4.2
    g.fields["birth_date"] = iso(p.dob)
    lab(6.4, 30.6, "住  址")
    g.text(16.6, 30.7, p.addr, 37, 3.0, 1.42, 0)
    g.fields["address"] = p.addr
    lab(6.4, 48.4, "公民身份号码")
    g.put(27.5, 48.6, p.idno, 3.7, "ocrb", field="id_no", sp=0.12)
    g.photo(58.2, 7.2, 22.5, 29, "#f6f9fb")
    return g


def id_back(c, dpi, R, zoom=1.0):
    p = c.p
    g = page(85.6, 54, dpi, R, "micro", "#f4f2ec", zoom=zoom)
    g.curves("#d3e2c9", 2.2, 1.8, 30, drift=0.2)
    g.rings(43, 27, "#e6d5dc", 6, 46, 1.9, flat=0.62)
    g.rosette(12.5, 12.5, 7.4, "#b82a26", 16)
    g.put(52, 13.4, "中华人民共和国", 4.5, "zenhei", "m", sp=1.5)
    g.put(52, 24.2, "居民身份证", 6.0, "zenhei", "m", sp=2.4)
    start, end = id_valid(c)
    g.item(13.5, 41.6, "签发机关", p.org, "authority", size=2.6, tail="", vx=29, vs=2.9)
    g.item(13.5, 48.2, "有效期限", dot(start) + "-" + (dot(end) if end else "长期"), size=2.6, tail="", vx=29, vs=2.9)
    g.fields.update(valid_from=iso(start), valid_to=iso(end) if end else "长期")
    return g


def id_second_generation(c, dpi, R):
    return [("front", id_front(c, dpi, R)), ("back", id_back(c, dpi, R))]


def id_enlarged_copy(c, dpi, R):
    """Both sides as a copier enlarges them by 141 %."""
    return enlarged([("front", id_front(c, dpi, R, 1.41)), ("back", id_back(c, dpi, R, 1.41))], 1.41)


def id_temporary(c, dpi, R):
    p = c.p
    g = page(85.6, 54, dpi, R, "zenhei", "#f8f3e8")
    g.lattice("#e9dcc0", 3.2)
    g.photo(5, 7, 21, 27, "#ffffff")
    rows = [("姓名", p.name, "name", None), ("性别", p.sex, "sex", None), ("民族", p.nation, "nation", None)]
    x = 30
    for (k, v, f, va), dx in zip(rows, (24, 14, 0), strict=True):
        g.above(x, 7.8, k, v, f, va, 2.1, 3.1, kfill=BROWN, vf="song")
        x += dx
    g.above(30, 16.6, "出生日期", cn2(p.dob), "birth_date", iso(p.dob), 2.1, 3.0, kfill=BROWN, vf="song")
    g.above(30, 25.2, "住址", p.addr, "address", None, 2.1, 2.9, kfill=BROWN, vf="song", w=51)
    g.item(5, 39.6, "公民身份号码", p.idno, "id_no", size=2.3, vs=3.3, vf="mono", kfill=BROWN, tail="")
    g.item(5, 45, "签发机关", p.org, "authority", size=2.3, vs=2.8, vf="song", kfill=BROWN, tail="")
    m = min(12, c.today[1] + 3)
    end = (c.today[0], m, c.today[2]) if m > c.today[1] else c.today
    start = (c.today[0], max(1, m - 3), c.today[2])
    g.item(5, 50.4, "有效期限", f"{dot(start)}至{dot(end)}", size=2.3, vs=2.8, vf="song", kfill=BROWN, tail="")
    g.fields.update(valid_from=iso(start), valid_to=iso(end))
    b = page(85.6, 54, dpi, R, "zenhei", "#f8f3e8")
    b.rings(43, 27, "#e7cfa8", 3, 60, 2.6, flat=0.7)
    b.rosette(42.8, 12.5, 7, "#b0302a", 10)
    b.put(42.8, 29, "中华人民共和国", 4.4, None, "m", sp=0.8)
    b.put(42.8, 39, "临时居民身份证", 6.2, None, "m", sp=1.0)
    return [("front", g), ("back", b)]


# ---------- household register ----------
def hukou_cells(c):
    p = c.p
    rel = "户主" if c.hk_no[-1] in "0123456" else "妻" if p.sex == "女" else "夫"
    married = "已婚" if rel != "户主" or c.hk_no[-2] in "02468" else "未婚"
    return rel, married, p.name if rel == "户主" else c.q.name


def hukou_book(c, dpi, R):
    """The national booklet: first page with blanks, card of a member as a table of six columns."""
    p = c.p
    rel, married, head = hukou_cells(c)
    g = page(143, 105, dpi, R, "song", "#f7f4ea")
    g.curves("#e6e4d2", 3.0, 0.8, 40)
    for x, y, k, v, f, w in [
        (12, 20, "户别", c.hk_type, "household_type", 42),
        (74, 20, "户主姓名", head, "head", 36),
        (12, 34, "户号", c.hk_no, "household_no", 42),
    ]:
        g.item(x, y, k, v, f, size=3.8, n=4, tail="", vx=x + 18, under=w, vf="ming", vs=3.8)
    g.item(74, 34, "住址", p.addr, "address", size=3.8, n=4, tail="", vx=91, w=38, under=40, vf="ming", vs=3.4)
    g.put(20, 60, "省级公安机关", 3.4)
    g.put(20, 65, "户口专用章", 3.4)
    g.put(84, 60, "户口登记机关", 3.4)
    g.put(84, 65, "户口专用章", 3.4)
    g.seal(34, 68, "样例省公安厅户口专用章", 14, 0.6)
    g.seal(104, 68, p.org + "户口专用章", 14, 0.6)
    g.item(12, 94, "承办人签章", R.choice("沈韩唐") + R.choice("春云立"), size=3.6, hand=True)
    g.put(80, 94, spaced_issue(c.hk_date), 3.6, "ming", field="issue_date", val=iso(c.hk_date))
    m = page(143, 105, dpi, R, "song", "#f3f6ef")
    m.lattice("#dfe8d8", 5.0)
    m.put(71.5, 11, "常住人口登记卡", 5.2, "zenhei", "m", sp=1.6)
    cols = [20, 29, 20, 21, 16, 19]
    rows = [
        ["姓  名", (p.name, "name"), "户主或与\n户主关系", (rel, "relation"), "性 别", (p.sex, "sex")],
        ["曾 用 名", "", "民  族", (p.nation, "nation"), "血 型", p.blood],
        ["出生日期", (cn(p.dob), "birth_date", iso(p.dob)), "出 生 地", p.city, None, None],
        ["籍  贯", "样例省" + p.city, "宗教信仰", "", "身 高", f"{p.height}cm"],
        ["公民身份\n号    码", (p.idno, "id_no"), None, None, "婚 姻", married],
        ["文化程度", (p.edu, "education"), "兵役状况", "", None, None],
        ["服务处所", c.company, None, None, "职 业", "职员"],
        ["何时由何地\n迁来本市", cn(c.hk_date) + "因工作调动迁入", None, None, None, None],
        ["何时由何地\n迁来本址", "", None, None, None, None],
    ]
    y = m.grid(9, 15, cols, rows, 8.0, 2.9, fo="ming", hf="song", lw=0.18)
    m.item(12, y + 7, "承办人签章", "户籍专用", size=3.2, vf="ming")
    m.item(82, y + 7, "登记日期", cn(c.hk_date), size=3.2, vf="ming", tail="")
    m.seal(112, 84, p.org + "户口专用章", 12, 0.55)
    both = [("cover", g), ("member", m)]
    return both if R.random() < 0.7 else both[1:]


def spaced_issue(d):
    return f"{d[0]} 年 {d[1]} 月 {d[2]} 日 签发"


def hukou_upright(c, dpi, R):
    """An older, upright booklet: a table on the first page, a list in two columns for the member."""
    p = c.p
    rel, married, head = hukou_cells(c)
    g = page(105, 148, dpi, R, "ming", "#fbf7f0")
    g.rings(52, 74, "#eee2d6", 10, 90, 3.4)
    g.put(52.5, 22, "居民户口簿", 8, "ukai", "m", sp=2.2)
    kind = "集体户" if R.random() < 0.3 else c.hk_type
    rows = [
        ["户　别", (kind, "household_type")],
        ["户　号", (c.hk_no, "household_no")],
        ["户主姓名", (head, "head")],
        ["户籍地址", (p.addr, "address")],
        ["签发日期", (dot(c.hk_date), "issue_date", iso(c.hk_date))],
        ["登记机关", p.org],
    ]
    g.grid(14, 32, [24, 53], rows, 12.5, 3.7, fo="song", hf="ming")
    g.put(52.5, 122, "（本簿登记内容具有证明公民身份状况的效力）", 2.9, None, "m")
    g.seal(70, 104, p.org, 15, 0.55)
    m = page(105, 148, dpi, R, "ming", "#fbf7f0")
    m.curves("#efe6da", 3.4, 1.0, 60)
    m.put(52.5, 14, "常 住 人 口 登 记 卡", 4.8, "ukai", "m")
    m.line(8, 17.5, 97, 17.5, 0.4, "#7a5a3a")
    left = [
        ("姓名", p.name, "name", None),
        ("性别", p.sex, "sex", None),
        ("民族", p.nation + "族", "nation", p.nation),
        ("文化程度", p.edu, "education", None),
        ("血型", p.blood, None, None),
    ]
    right = [
        ("与户主关系", rel, "relation", None),
        ("出生日期", iso(p.dob), "birth_date", None),
        ("出生地", p.city, None, None),
        ("婚姻状况", married, None, None),
        ("身高", f"{p.height}厘米", None, None),
    ]
    for i in range(5):
        y = 26 + i * 12
        for x, (k, v, f, va) in ((10, left[i]), (55, right[i])):
            m.above(x, y, k, v, f, va, 2.5, 3.6, kfill=BROWN, vf="song")
            m.dotted(x, y + 6.4, x + 40)
    for y, k, v, f in [
        (88, "公民身份证件编号", p.idno, "id_no"),
        (100, "工作单位", c.company, None),
        (112, "迁来本址日期及原址", slash(c.hk_date) + "　外省迁入", None),
    ]:
        m.above(10, y, k, v, f, None, 2.5, 3.6, kfill=BROWN, vf="song")
        m.dotted(10, y + 6.4, 95)
    m.put(10, 130, "户口登记员：", 3, "song")
    m.put(31, 130, R.choice("方任姚") + "某某", 3.4, hand=True)
    m.put(60, 130, dot(c.hk_date), 3, "song")
    m.seal(78, 120, p.org + "户口专用章", 13, 0.5, shape="oval")
    return [("cover", g), ("member", m)]


# ---------- residence permit ----------
def rp_left_photo(c, dpi, R):
    p = c.p
    g = page(85.6, 54, dpi, R, "zenhei", "#f3f0fa")
    g.curves("#d6d0ea", 2.0, 1.6, 26)
    g.put(5, 8.2, "居 住 证", 5.4, "micro", fill="#3a2266")
    g.put(35, 8, "RESIDENCE PERMIT", 2.2, "micro", fill="#3a2266")
    g.photo(5, 11.5, 20, 26, "#fdfdff")
    g.item(28, 15.5, "姓 名", p.name, "name", size=2.4, tail="", vx=37, vs=3.2, vf="micro", kfill="#3a2266")
    g.item(28, 21.2, "性 别", p.sex, "sex", size=2.4, tail="", vx=37, vs=2.9, vf="micro", kfill="#3a2266")
    g.item(46, 21.2, "民 族", p.nation + "族", "nation", p.nation, 2.4, tail="", vx=55, vs=2.9, vf="micro", kfill="#3a2266")
    g.item(28, 26.9, "出 生", dot(p.dob), "birth_date", iso(p.dob), 2.4, tail="", vx=37, vs=2.9, vf="micro", kfill="#3a2266")
    g.item(28, 32.6, "居住地址", p.addr, "address", size=2.4, tail="", vx=40, vs=2.7, vf="micro", w=40, lh=1.35, kfill="#3a2266")
    g.item(5, 45, "公民身份号码", p.idno, "id_no", size=2.4, tail="", vx=24, vs=3.3, vf="mono", kfill="#3a2266")
    g.item(5, 50.6, "签发机关", p.org, "authority", size=2.4, tail="", vx=24, vs=2.7, vf="micro", kfill="#3a2266")
    b = page(85.6, 54, dpi, R, "zenhei", "#f3f0fa")
    b.lattice("#dcd6ee", 4)
    b.item(5, 8, "证件编号", c.rp_no, "permit_no", size=2.6, vs=3.0, vf="mono")
    b.item(5, 14, "签发日期", iso(c.rp_from), "issue_date", size=2.6, vs=2.9)
    rows = [["签注次序", "签注有效期至", "经办"]] + [
        [f"第{'一二三'[i]}次", dot(plus(c.rp_from, i + 1)) if i < 2 else "", ""] for i in range(3)
    ]
    b.grid(5, 18, [22, 32, 20], rows, 6, 2.6, lw=0.15)
    b.put(5, 48.5, "持证人在居住地依法享受公共服务，应当每年办理签注。", 2.5)
    return [("front", g), ("back", b)]


def rp_band(c, dpi, R):
    p = c.p
    g = page(85.6, 54, dpi, R, "micro", "#fbf4ec")
    g.rings(20, 50, "#f0dcc2", 6, 80, 2.2)
    g.rect(0, 0, 85.6, 10, 0.1, None, "#5a2410")
    g.put(4, 7.2, "样例省居住证", 4.6, "zenhei", fill="#ffffff", sp=0.6)
    g.put(81.6, 7, "No." + c.rp_no, 2.6, "mono", "r", fill="#ffffff")
    g.fields["permit_no"] = c.rp_no
    lab = {"ls": 1.9, "vs": 3.0, "kfill": BROWN, "vf": "song", "lf": "zenhei"}
    g.above(4, 14.2, "姓名", p.name, "name", **lab)
    g.above(26, 14.2, "性别", p.sex, "sex", **lab)
    g.above(38, 14.2, "民族", p.nation, "nation", **lab)
    g.above(4, 22.4, "出生日期", cn(p.dob), "birth_date", iso(p.dob), **lab)
    g.above(4, 30.6, "现居住地址", p.addr, "address", w=52, **lab)
    g.above(4, 44.4, "公民身份证号码", p.idno, "id_no", **dict(lab, vf="mono", vs=3.4))
    g.photo(60, 14, 21, 27, "#ffffff")
    b = page(85.6, 54, dpi, R, "micro", "#fbf4ec")
    b.curves("#f0e0cc", 2.6, 2.0, 34)
    b.rosette(42.8, 10, 6, "#a8552a", 9)
    b.put(42.8, 23, "居住证持有人须知", 3.4, "zenhei", "m")
    b.put(42.8, 29.4, "一、本证由本人使用，不得出租、出借、转让。", 2.5, None, "m")
    b.put(42.8, 34, "二、居住地址变更的，应在三十日内申报。", 2.5, None, "m")
    b.item(12, 42, "发证机关", p.org, "authority", size=2.7, vf="song")
    b.item(12, 48, "发证日期", cn(c.rp_from), "issue_date", iso(c.rp_from), 2.7, vf="song")
    return [("front", g), ("back", b)]


# ---------- driving licence ----------
def dl_card(c, dpi, R):
    p = c.p
    g = page(88, 60, dpi, R, "zenhei", "#f5f3ee")
    g.curves("#e2d8cc", 2.0, 1.0, 15)
    g.put(44, 6.4, "中华人民共和国机动车驾驶证", 3.5, "micro", "m", bold=0.05)
    g.put(44, 9.6, "DRIVING LICENSE OF THE PEOPLE'S REPUBLIC OF CHINA", 1.55, "micro", "m")

    def lab(x, y, k, e):
        r = g.put(x, y, k, 2.2)
        g.put(r + 0.6, y, e, 1.45)

    lab(4.5, 15.4, "证号", "No.")
    g.put(22, 15.6, p.idno, 3.2, "song", field="id_no", sp=0.15)
    lab(4.5, 21.2, "姓名", "Name")
    g.put(16, 21.4, p.name, 3.2, "song", field="name")
    lab(34, 21.2, "性别", "Sex")
    g.put(43, 21.4, p.sex, 3.2, "song", field="sex")
    lab(52, 21.2, "国籍", "Nationality")
    g.put(67, 21.4, "中国", 3.2, "song")
    lab(4.5, 27, "住址", "Address")
    g.text(19, 27.2, p.addr, 62, 3.0, 1.4, 0, "song")
    g.fields["address"] = p.addr
    g.photo(5, 34.5, 15.5, 20, "#ffffff")
    for y, k, e, v, f in [
        (37.4, "出生日期", "Date of Birth", iso(p.dob), "birth_date"),
        (43, "初次领证日期", "First Issue", iso(c.dl_first), "first_issue"),
        (48.6, "准驾车型", "Class", c.dl_class, "class"),
    ]:
        lab(23, y, k, e)
        g.put(48, y + 0.2, v, 3.0, "song", field=f)
    lab(23, 55.6, "有效期限", "Valid Period")
    g.put(42, 55.8, f"{iso(c.dl_from)}至{iso(c.dl_to)}", 3.0, "song")
    g.fields.update(valid_from=iso(c.dl_from), valid_to=iso(c.dl_to))
    g.seal(76, 43, p.org + "交通警察大队", 8.5, 0.7, shape="square")
    b = page(88, 60, dpi, R, "zenhei", "#f7f7f2")
    b.rings(44, 30, "#e6e2d6", 4, 60, 2.2, flat=0.6)
    b.put(44, 7, "中华人民共和国机动车驾驶证副页", 3.3, "micro", "m", bold=0.05)
    b.grid(
        4,
        10,
        [13, 25, 15, 27],
        [["证号", (p.idno, "id_no"), None, None], ["姓名", (p.name, "name"), "档案编号", (c.dl_file, "file_no")]],
        7,
        2.8,
        "song",
        "zenhei",
        0.15,
    )
    b.rect(4, 24, 84, 49, 0.15)
    b.put(6, 28.2, "记录", 2.5)
    b.put(13.5, 28.2, "Record", 1.5)
    b.text(6, 33, f"自{cn(c.dl_from)}至{cn(c.dl_to)}有效。请于有效期满前九十日内换证。", 75, 2.8, 1.55, 2, "song")
    b.barcode(9, 51, 40, 5)
    b.put(79, 55.4, f"{R.randrange(10**12):012d}", 2.4, "mono", "r")
    return [("front", g), ("back", b)]


def dl_electronic(c, dpi, R):
    """The electronic licence as printed or shown."""
    p = c.p
    g = page(90, 132, dpi, R, "micro", "#ffffff")
    g.rect(0, 0, 90, 17, 0.1, None, "#1e5fb4")
    g.put(45, 8, "电子驾驶证", 5, "zenhei", "m", fill="#ffffff", sp=0.5)
    g.put(45, 13.6, "机动车驾驶证电子凭证", 2.6, None, "m", fill="#ffffff")
    g.photo(66, 21, 18, 24, "#eef3f8")
    rows = [
        ("姓名", p.name, "name", None),
        ("性别", p.sex, "sex", None),
        ("国籍", "中国", None, None),
        ("出生日期", iso(p.dob), "birth_date", None),
        ("证件号码", p.idno, "id_no", None),
        ("住址", p.addr, "address", None),
        ("准驾车型", c.dl_class, "class", None),
        ("初次领证日期", iso(c.dl_first), "first_issue", None),
        ("有效起始日期", iso(c.dl_from), "valid_from", None),
        ("有效期至", iso(c.dl_to), "valid_to", None),
        ("档案编号", c.dl_file, "file_no", None),
        ("状态", "正常", None, None),
        ("累积记分", f"{R.choice([0, 0, 3, 6])}分", None, None),
    ]
    y = 25.5
    for i, (k, v, f, va) in enumerate(rows):
        y = g.item(6, y, k, v, f, va, 2.9, tail="", vx=28, vs=3.0, kfill="#33383e", w=36 if i < 4 else 54, lh=1.3)
        y += 2.4
        g.line(6, y, 62 if i < 4 else 84, y, 0.1, "#c8ced6")
        y += 4.4
    g.qr(66, 109, 18, "https://12123.example/dl/" + c.dl_file)
    g.put(6, 124, "本凭证由公安交管部门核发，与纸质证件具有同等效力", 2.3, fill="#3a3a3a")
    g.put(6, 128, f"生成时间：{iso(c.today)} 09:{R.randrange(60):02d}:{R.randrange(60):02d}", 2.3, fill="#3a3a3a")
    return [("front", g)]


# ---------- vehicle licence ----------
def vl_card(c, dpi, R):
    p = c.p
    g = page(88, 60, dpi, R, "zenhei", "#f0f5f0")
    g.lattice("#d5e2d5", 2.6)
    g.put(44, 6.4, "中华人民共和国机动车行驶证", 3.5, "micro", "m", bold=0.05)
    g.put(44, 9.6, "VEHICLE LICENSE OF THE PEOPLE'S REPUBLIC OF CHINA", 1.55, "micro", "m")

    def cell(x, y, k, e, v, f, dx, s=2.9, w=None):
        g.put(x, y, k, 2.2)
        g.put(x, y + 2.2, e, 1.35)
        if f:
            g.fields[f] = v
        for i, row in enumerate(g.wrap(v, s, w, "song") if w else [v]):
            g.put(x + dx, y + 0.3 + i * s * 1.25, row, s, "song")

    plate = c.plate[:2] + "·" + c.plate[2:] if R.random() < 0.4 else c.plate
    cell(4, 15, "号牌号码", "Plate No.", plate, "plate", 13, 3.2)
    cell(47, 15, "车辆类型", "Vehicle Type", c.vtype, "vehicle_type", 13)
    cell(4, 21.4, "所有人", "Owner", p.name, "owner", 13)
    cell(4, 27.8, "住  址", "Address", p.addr, "address", 13, 2.8, 62)
    cell(25, 36, "使用性质", "Use Character", "非营运", None, 14, 2.8)
    cell(53, 36, "品牌型号", "Model", c.car, "model", 11, 2.7)
    cell(25, 42.4, "车辆识别代号", "VIN", c.vin, "vin", 18)
    cell(25, 48.8, "发动机号码", "Engine No.", c.engine, "engine_no", 18)
    cell(25, 55.2, "注册日期", "Register Date", iso(c.v_reg), "register_date", 12.5, 2.6)
    cell(55, 55.2, "发证日期", "Issue Date", iso(c.v_issue), "issue_date", 11.5, 2.6)
    g.seal(13, 46, p.org + "交通警察大队", 9, 0.7, shape="square")
    b = page(88, 60, dpi, R, "zenhei", "#f4f6f8")
    b.curves("#dde4ea", 2.6, 1.0, 20)
    b.put(44, 6.4, "中华人民共和国机动车行驶证副页", 3.2, "micro", "m", bold=0.05)
    y = 12
    two = [
        ("号牌号码", c.plate, "plate", "档案编号", c.v_file, "file_no"),
        ("核定载人数", "5人", None, "总质量", f"{R.randint(1500, 2400)}kg", None),
        ("整备质量", f"{R.randint(1000, 1900)}kg", None, "核定载质量", "--", None),
    ]
    for k, v, f, k2, v2, f2 in two:
        b.item(5, y, k, v, f, size=2.3, tail="", vx=20, vs=2.9, vf="song")
        b.item(46, y, k2, v2, f2, size=2.3, tail="", vx=61, vs=2.9, vf="song")
        b.line(4, y + 2, 84, y + 2, 0.1, "#8a949c")
        y += 6.4
    size = f"{R.randint(3900, 5100)}×{R.randint(1680, 1900)}×{R.randint(1420, 1790)}mm"
    for k, v in [
        ("外廓尺寸", size),
        ("能源种类", "纯电动" if c.ev else "汽油"),
        ("检验记录", f"检验有效期至{c.insp[0]}年{c.insp[1]:02d}月　浙X(02)"),
    ]:
        b.item(5, y, k, v, size=2.3, tail="", vx=20, vs=2.9, vf="song")
        b.line(4, y + 2, 84, y + 2, 0.1, "#8a949c")
        y += 6.4
    b.barcode(14, 52, 60, 5)
    return [("front", g), ("back", b)]


def vl_electronic(c, dpi, R):
    p = c.p
    g = page(140, 92, dpi, R, "micro", "#fdfefe")
    g.rect(0, 0, 140, 13, 0.1, None, "#12795f")
    g.put(6, 9, "机动车行驶证（电子证照）", 4.6, "zenhei", fill="#ffffff")
    rows = [
        [("号牌号码", c.plate, "plate", None), ("车辆类型", c.vtype, "vehicle_type", None)],
        [("机动车所有人", p.name, "owner", None), ("使用性质", "非营运", None, None)],
        [("品牌型号", c.car, "model", None), ("发动机号", c.engine, "engine_no", None)],
        [("注册登记日期", cn(c.v_reg), "register_date", iso(c.v_reg)), ("发证日期", cn(c.v_issue), "issue_date", iso(c.v_issue))],
    ]
    y = 19
    for row in rows:
        for x, (k, v, f, va) in zip((6, 58), row, strict=True):
            g.above(x, y, k, v, f, va, 2.3, 3.2, kfill="#2e3a35")
        y += 11
    g.above(6, y, "车辆识别代号", c.vin, "vin", None, 2.3, 3.2, kfill="#2e3a35")
    g.above(58, y, "档案编号", c.v_file, "file_no", None, 2.3, 3.2, kfill="#2e3a35")
    g.above(6, y + 11, "住所地址", p.addr, "address", None, 2.3, 3.2, kfill="#2e3a35", w=98)
    g.qr(110, 20, 24, "https://12123.example/vl/" + c.v_file)
    g.put(122, 49, "扫码核验", 2.6, None, "m", fill="#2e3a35")
    g.line(6, 84.6, 134, 84.6, 0.2, "#12795f")
    g.put(6, 89, "此件由公安机关交通管理部门签发，信息以系统查询为准", 2.4, fill="#2e3a35")
    g.seal(118, 68, p.org + "交通警察大队", 11, 0.55)
    return [("front", g)]


# ---------- inspection mark ----------
def im_ring(c, dpi, R):
    import math

    g = page(70, 70, dpi, R, "zenhei", "#fff6cf")
    g.rings(35, 35, "#f2dfa0", 4, 50, 1.8)
    g.rect(1.5, 1.5, 68.5, 68.5, 0.5, "#a06a10", r=5)
    for m in range(1, 13):
        a = math.radians(m * 30)
        x, y = 35 + 25 * math.sin(a), 33 - 25 * math.cos(a)
        if m == c.insp[1]:
            g.d.ellipse([g.px(x - 3.4), g.px(y - 3.4), g.px(x + 3.4), g.px(y + 3.4)], outline=base.rgb(RED), width=max(2, g.px(0.6)))
        g.t(x, y, m, 3.6, None, "mm", fill="#523203")
    g.t(35, 27, "检", 13, "micro", "mm", fill="#523203", bold=0.2)
    g.t(35, 43, c.insp[0], 7.4, "micro", "mm", fill="#523203", bold=0.1)
    g.put(35, 66.2, "机动车检验合格标志", 3.2, None, "m", fill="#523203")
    g.fields["valid_to"] = f"{c.insp[0]:04d}-{c.insp[1]:02d}"
    b = page(70, 70, dpi, R, "song", "#fffdf4")
    b.rect(1.5, 1.5, 68.5, 68.5, 0.25, "#a06a10", r=5)
    b.put(35, 10, "检验合格标志（背面）", 3.6, "zenhei", "m")
    rows = [
        ["车牌号码", (c.plate, "plate")],
        ["有效期至", (f"{c.insp[0]}-{c.insp[1]:02d}", "valid_to")],
        ["发放日期", (dot(c.v_issue), "issue_date", iso(c.v_issue))],
        ["发证机关", (c.p.city + "公安局交通警察支队", "authority")],
    ]
    b.grid(6, 14, [18, 40], rows, 9.5, 3.0, "song", "zenhei", 0.18)
    b.put(6, 58, "免予上线检测车辆，应按期申领本标志。", 2.6)
    b.put(6, 63, "伪造、变造、冒用的依法处罚。", 2.6)
    b.seal(52, 47, c.p.city + "公安局车辆管理所", 9, 0.5)
    return [("front", g), ("back", b)]


def im_electronic(c, dpi, R):
    g = page(82, 108, dpi, R, "micro", "#f4fbff")
    g.curves("#d5eaf6", 3, 2, 40)
    g.rect(0, 0, 82, 15, 0.1, None, "#0f6fa8")
    g.put(41, 10, "机动车检验标志电子凭证", 4.2, "zenhei", "m", fill="#ffffff")
    g.qr(24, 20, 34, "https://12123.example/im/" + c.vin)
    rows = [
        ("号牌号码", c.plate, "plate", None),
        ("号牌种类", "小型新能源汽车" if c.ev else "小型汽车", None, None),
        ("检验有效期至", f"{c.insp[0]}年{c.insp[1]}月", "valid_to", f"{c.insp[0]:04d}-{c.insp[1]:02d}"),
        ("发证机关", c.p.city + "公安局交通警察支队", "authority", None),
        ("核发日期", slash(c.v_issue), "issue_date", iso(c.v_issue)),
    ]
    y = 64
    for k, v, f, va in rows:
        g.item(7, y, k, v, f, va, 3.2, kfill="#1c3645")
        y += 8
    g.put(41, 104.5, "本凭证全国范围内有效，无需粘贴纸质标志", 2.5, None, "m", fill="#1c3645")
    return [("front", g)]


# ---------- permit for Hong Kong and Macau ----------
def hk_card(c, dpi, R):
    p = c.p
    g = page(85.6, 54, dpi, R, "zenhei", "#eaf3ee")
    g.curves("#c6ddd0", 1.9, 1.4, 22)
    g.rings(15, 26, "#e7d3e2", 4, 30, 2)
    g.put(81.6, 7.4, "往来港澳通行证", 4.4, "micro", "r", fill=GREEN, bold=0.06)
    g.put(81.6, 10.6, "EXIT-ENTRY PERMIT FOR TRAVELLING TO AND FROM HONG KONG AND MACAO", 1.35, "micro", "r", fill=GREEN)
    g.photo(60, 13, 21.5, 28, "#f7fbf8")
    lab = {"ls": 1.6, "vs": 2.9, "kfill": GREEN, "vf": "micro", "lead": 1.25}
    g.above(4, 7.6, "证件号码 Permit No.", c.eep_no, "permit_no", **dict(lab, vf="ocrb", vs=3.3))
    g.above(4, 16, "姓名 Name", p.name, "name", **dict(lab, vs=3.3))
    g.put(4, 24.2, f"{p.sur_py}, {p.giv_py}", 2.5, "micro", field="name_latin")
    g.above(4, 28.2, "出生日期 Date of birth", dot(p.dob), "birth_date", iso(p.dob), **lab)
    g.above(33, 28.2, "性别 Sex", f"{p.sex} {'M' if p.sex == '男' else 'F'}", "sex", p.sex, **lab)
    g.above(4, 35.2, "有效期限 Valid period", f"{dot(c.eep_from)}-{dot(c.eep_to)}", **lab)
    g.above(4, 42.2, "签发机关 Authority", p.org + "出入境管理局", "authority", **dict(lab, vs=2.5))
    g.fields.update(valid_from=iso(c.eep_from), valid_to=iso(c.eep_to))
    g.mrz(5.4, 50.8, base.eep_line(c.eep_no, base.yymmdd(c.eep_to), base.yymmdd(p.dob)), 2.48, "mrz")
    b = page(85.6, 54, dpi, R, "zenhei", "#eaf3ee")
    b.lattice("#d2e4da", 3.4)
    b.put(5, 8, "签 注  ENDORSEMENT", 2.8, "micro", fill=GREEN)
    end = plus(c.eep_from, 1)
    rows = [["地区", "种类", "次数", "有效期至"], ["香港", "个人旅游", "二次", dot(end)], ["澳门", "个人旅游", "一次", dot(end)]]
    b.grid(5, 11, [16, 24, 14, 22], rows, 6.5, 2.7, "song", "zenhei", 0.15)
    b.put(5, 38, "香港停留不超过7天，澳门停留不超过7天。", 2.5)
    b.put(5, 44, "遗失证件应当向公安机关出入境管理机构报失。", 2.5)
    b.put(80, 50.5, c.eep_no, 3.0, "ocrb", "r")
    return [("front", g), ("back", b)]


def hk_booklet(c, dpi, R):
    """The page of a booklet: labels on the left, bilingual."""
    p = c.p
    g = page(125, 88, dpi, R, "ming", "#f3f1fa")
    g.curves("#dcd5ec", 2.8, 1.4, 38)
    g.put(7, 9.5, "中华人民共和国往来港澳通行证", 4.2, "zenhei", fill=NAVY)
    g.photo(88, 16, 30, 40, "#ffffff")
    rows = [
        ("号码", "No.", c.eep_no, "permit_no", None),
        ("姓名", "Name", p.name, "name", None),
        ("拼音", "Pinyin", f"{p.sur_py}, {p.giv_py}", "name_latin", None),
        ("性别", "Sex", p.sex, "sex", None),
        ("出生日期", "Date of birth", cn2(p.dob), "birth_date", iso(p.dob)),
        ("签发日期", "Date of issue", cn2(c.eep_from), "valid_from", iso(c.eep_from)),
        ("有效期至", "Date of expiry", cn2(c.eep_to), "valid_to", iso(c.eep_to)),
        ("签发机关", "Issued by", p.org, "authority", None),
    ]
    y = 18
    for k, e, v, f, va in rows:
        g.put(7, y, k, 2.7, fill=NAVY)
        g.put(20, y, e, 1.9, "micro", fill=NAVY)
        g.put(38, y, v, 3.3, "song", field=f, val=va)
        g.dotted(37, y + 1.4, 84)
        y += 6.4
    g.rect(0, 72, 125, 88, 0.1, None, "#fbfafd")
    g.mrz(20, 82, base.eep_line(c.eep_no, base.yymmdd(c.eep_to), base.yymmdd(p.dob)), 2.54, "mrz")
    return [("data", g)]


# ---------- passport ----------
def mrz_lines(g, c, y, x=6.6):
    p = c.p
    a, b = base.td3(p.sur_py, p.giv_py, c.pass_no, "CHN", base.yymmdd(p.dob), "M" if p.sex == "男" else "F", base.yymmdd(c.pass_to))
    g.mrz(x, y, a, 2.54, "mrz1")
    g.mrz(x, y + 7.2, b, 2.54, "mrz2")


def passport_page(g, c, top=0.0):
    """Data page, labels above values in three columns."""
    p = c.p
    g.photo(5, top + 13, 31, 40, "#f2f6f8")
    g.put(5, top + 8.6, "中华人民共和国", 3.2, "zenhei", fill=NAVY)
    g.put(120, top + 8.6, "护照 PASSPORT", 3.6, "zenhei", "r", fill=NAVY)
    lab = {"ls": 1.75, "vs": 3.1, "kfill": "#24356b", "lead": 1.3, "vf": "micro", "lf": "zenhei"}
    sex = f"{p.sex}/{'M' if p.sex == '男' else 'F'}"
    cells = [
        (40, 15, "护照类型 Type", "P", None, None),
        (58, 15, "签发国 Country", "CHN", None, None),
        (84, 15, "护照号码 Passport No.", c.pass_no, "passport_no", None),
        (40, 23, "姓 名 Name", p.name, "name", None),
        (84, 23, "性别 Sex", sex, "sex", p.sex),
        (104, 23, "国籍 Nationality", "中国", None, None),
        (40, 31, "英文姓名 Name in pinyin", f"{p.sur_py}, {p.giv_py}", "name_latin", None),
        (84, 31, "出生日期 Date of birth", english(p.dob), "birth_date", iso(p.dob)),
        (40, 39, "出生地点 Place of birth", "样例/YANGLI", "birth_place", None),
        (84, 39, "签发日期 Date of issue", english(c.pass_from), "issue_date", iso(c.pass_from)),
        (40, 47, "签发地点 Place of issue", "样例/YANGLI", None, None),
        (84, 47, "有效期至 Date of expiry", english(c.pass_to), "valid_to", iso(c.pass_to)),
        (40, 55, "签发机关 Authority", "公安部出入境管理局", "authority", None),
    ]
    for x, y, k, v, f, va in cells:
        g.above(x, top + y, k, v, f, va, **lab)
    g.rect(0, top + 66, 125, top + 88, 0.1, None, "#f8f8fb")
    mrz_lines(g, c, top + 75)


def passport_data(c, dpi, R):
    g = page(125, 88, dpi, R, "micro", "#eef0f8")
    g.curves("#cfd6ea", 2.3, 1.5, 25)
    passport_page(g, c)
    return [("data", g)]


def passport_spread(c, dpi, R):
    """The opened booklet: remarks above, data page below."""
    g = page(125, 176, dpi, R, "micro", "#f3eff5")
    g.rings(62, 88, "#e0d4e4", 8, 110, 3)
    g.line(0, 88, 125, 88, 0.3, "#a79ab0")
    g.put(62.5, 20, "备 注 / OBSERVATIONS", 3.4, "zenhei", "m", fill=NAVY)
    for i, s in enumerate(["持照人应在此处签名", "Signature of bearer"]):
        g.put(62.5, 50 + i * 5, s, 2.8 - i * 0.6, None, "m")
    g.put(62.5, 68, c.p.name, 6, None, "m", hand=True)
    g.dotted(38, 72, 88)
    passport_page(g, c, 88)
    return [("data", g)]


def passport_old(c, dpi, R):
    """An earlier edition: rows with the label on the left, the month in both languages."""
    p = c.p
    mon = lambda d: f"{d[2]:02d} {d[1]}月/{english(d).split()[1]} {d[0]}"  # noqa: E731
    g = page(125, 88, dpi, R, "song", "#f6efe9")
    g.lattice("#eadcd0", 3.6)
    g.photo(86, 12, 33, 43, "#ffffff")
    g.put(6, 8.4, "护照", 4.2, "zenhei", fill=BROWN)
    g.put(17, 8.2, "PASSPORT   P   CHN", 2.6, "micro", fill=BROWN)
    rows = [
        ("护照号", "Passport No", c.pass_no, "passport_no", None),
        ("姓名", "Name", p.name, "name", None),
        ("拼音", "Romanized", f"{p.sur_py}, {p.giv_py}", "name_latin", None),
        ("性别", "Sex", f"{p.sex} / {'M' if p.sex == '男' else 'F'}", "sex", p.sex),
        ("出生日期", "Date of birth", mon(p.dob), "birth_date", iso(p.dob)),
        ("出生地", "Birth place", "样例/YANGLI", "birth_place", None),
        ("签发日期", "Issued on", mon(c.pass_from), "issue_date", iso(c.pass_from)),
        ("有效期至", "Expiry date", mon(c.pass_to), "valid_to", iso(c.pass_to)),
        ("签发机关", "Authority", "样例省公安厅", "authority", None),
    ]
    y = 14.4
    for k, e, v, f, va in rows:
        g.put(6, y, k, 2.4, "zenhei", fill=BROWN)
        g.put(18, y, e, 1.7, "micro", fill=BROWN)
        g.put(36, y, v, 3.0, "ming", field=f, val=va)
        y += 5.9
    g.rect(0, 66.5, 125, 88, 0.1, None, "#fbf8f4")
    mrz_lines(g, c, 75)
    return [("data", g)]


# ---------- marriage certificate ----------
def registry(c):
    return c.p.city + c.p.dist + "民政局"


def mc_upright(c, dpi, R):
    """Opened booklet, upright: holder above, both persons as a table below."""
    a, b = c.p, c.q
    g = page(128, 180, dpi, R, "ukai", "#fdf1f0")
    g.rings(64, 45, "#f6d9d8", 6, 60, 2.6)
    g.line(0, 90, 128, 90, 0.3, "#c99a9a")
    g.pair(12, 14, 54, 36, "#c02a30")
    g.put(99, 16, "结 婚 证", 6.4, "zenhei", "m", fill=RED)
    for y, k, v, f, va in [(26, "持证人", a.name, "name", None), (40, "登记日期", cndate(c.mar_date), "register_date", iso(c.mar_date))]:
        g.above(72, y, k, v, f, va, 3.0, 4.0, vf="ming", lf="zenhei")
    g.item(12, 62, "结婚证字号", c.mar_no, "cert_no", size=3.6, vf="ming", vs=4)
    g.item(12, 72, "登记机关", registry(c), "authority", size=3.6, vf="ming", vs=4)
    g.item(12, 82, "备　　注", "无", size=3.6, vf="ming")
    g.seal(96, 68, registry(c) + "婚姻登记专用章", 14, 0.6)
    rows = [
        ["", "男方" if a.sex == "男" else "女方", "男方" if b.sex == "男" else "女方"],
        ["姓　名", a.name, (b.name, "name2")],
        ["国　籍", "中国", "中国"],
        ["出生日期", cn(a.dob), cn(b.dob)],
        ["身份证件号", (a.idno, "id_no"), (b.idno, "id_no2")],
    ]
    g.grid(10, 98, [24, 42, 42], rows, 10, 3.5, "ming", "ukai", 0.25, line=(150, 60, 60))
    g.text(12, 158, "上列双方自愿结婚，经审查符合《中华人民共和国民法典》的规定，准予登记，特发此证。", 104, 3.8, 1.7)
    return [("data", g)]


def mc_spread(c, dpi, R):
    """Landscape spread: persons on the left, photograph and number on the right."""
    a, b = c.p, c.q
    g = page(186, 130, dpi, R, "wenkai", "#fcf3ea")
    g.curves("#f3dfca", 3.2, 2.0, 48)
    g.line(93, 0, 93, 130, 0.3, "#c9a890")
    y = 18
    for z, s in ((a, ""), (b, "2")):
        g.item(12, y, "姓名", z.name, "name2" if s else None, size=4, tail=" ", n=4, vf="song", vx=32)
        g.item(58, y, "性别", z.sex, size=4, tail=" ", vf="song")
        g.item(12, y + 9, "国籍", "中国", size=4, tail=" ", n=4, vf="song", vx=32)
        g.item(12, y + 18, "出生日期", slash(z.dob), size=4, tail=" ", n=4, vf="song", vx=32)
        g.item(12, y + 27, "身份证号", z.idno, "id_no" + s, size=4, tail=" ", n=4, vf="song", vx=32)
        y += 46
        if not s:
            g.dotted(12, y - 10, 84)
    g.text(12, 112, "申请结婚，经核对无误，准予登记。", 74, 3.8, 1.6)
    g.put(139, 17, "中华人民共和国结婚证", 5, "zenhei", "m", fill=RED)
    g.pair(116, 24, 46, 31, "#b33038")
    for i, (k, v, f, va) in enumerate(
        [
            ("持证人姓名", a.name, "name", None),
            ("结婚登记日期", cn(c.mar_date), "register_date", iso(c.mar_date)),
            ("证书编号", c.mar_no, "cert_no", None),
            ("发证机关", registry(c), "authority", None),
        ]
    ):
        g.item(100, 68 + i * 11, k, v, f, va, 4, vf="song")
    g.seal(160, 100, registry(c) + "婚姻登记专用章", 15, 0.55)
    g.item(100, 118, "婚姻登记员", R.choice("邱石戴") + R.choice("海旭慧"), size=4, hand=True)
    return [("data", g)]


LAYOUTS = {
    "id_card": [id_second_generation, id_temporary, id_enlarged_copy],
    "hukou": [hukou_book, hukou_upright],
    "residence_permit": [rp_left_photo, rp_band],
    "driver_license": [dl_card, dl_electronic],
    "vehicle_license": [vl_card, vl_electronic],
    "inspection_mark": [im_ring, im_electronic],
    "hkmo_permit": [hk_card, hk_booklet],
    "passport": [passport_data, passport_spread, passport_old],
    "marriage_cert": [mc_upright, mc_spread],
}
