"""Profile `second`: what applicants fill in and sign (application forms, powers of attorney, commitments, labour contracts).

Needs the folder of the session generator on the import path. For acceptance only, never for tuning.
"""

from base import cn, cn2, cndate, dot, iso
from second_tools import RED, V, a4, page, short, slash, spaced

GREY = "#e9e9e9"


# ---------- application forms ----------
def hand_date(c, R):
    return R.choice([short, cn, slash])(c.today)


def af_migration(c, dpi, R):
    """Table in two blocks with vertical heads, the number in squares, boxes to tick."""
    p = c.p
    hw = R.random() < 0.6
    g = a4(dpi, R, "song")
    g.put(105, 24, R.choice(["居民户口迁移申请表", "户口登记事项申请表", "常住户口业务申请审批表"]), 7.6, "zenhei", "m")
    g.put(16, 35, "受理单位：" + p.org, 3.6)
    g.put(194, 35, "业务编号：" + c.no, 3.6, None, "r")
    g.fields["case_no"] = c.no
    x, y = 16, 39
    g.cell(x, y, 12, 66, "申\n请\n人\n情\n况", 4)
    g.cell(x, y + 66, 12, 50, "申\n请\n事\n项", 4)
    cols = [26, 46, 22, 24, 22, 26]
    rows = [
        ["姓　名", (p.name, "name"), "性　别", (p.sex, "sex"), "民　族", (p.nation, "nation")],
        ["出生日期", (cn(p.dob), "birth_date", iso(p.dob)), "文化程度", (p.edu, "education"), None, None],
    ]
    y2 = g.grid(x + 12, y, cols, rows, 11, 3.6, "ming", "song", 0.25, hand=hw)
    g.cell(x + 12, y2, 26, 11, "公民身份号码", 3.6)
    g.cell(x + 38, y2, 140, 11)
    g.squares(x + 42, y2 + 1.8, p.idno, 6.6, 7.4, 4.2, "id_no", hw, "ming")
    rows = [
        ["户籍地址", (p.addr, "address"), None, None, None, None],
        ["服务处所", (c.company, "company"), None, None, None, None],
        ["手机号码", (p.phone, "phone"), "婚姻状况", "", None, None],
    ]
    g.grid(x + 12, y2 + 11, cols, rows, 11, 3.6, "ming", "song", 0.25, hand=hw)
    y = 105
    g.cell(x + 12, y, 26, 12, "申请事由", 3.6)
    g.cell(x + 38, y, 140, 12, c.item, 4, None if hw else "ming", field="item", al="l", hand=hw)
    g.cell(x + 12, y + 12, 26, 24, "迁移原因", 3.6)
    g.rect(x + 38, y + 12, x + 178, y + 36, 0.25)
    opts = ["投靠亲属", "购房", "务工经商", "人才落户", "录用调动", "大中专就读", "复员转业", "其他"]
    sel = R.randrange(8)
    g.boxes(x + 42, y + 21, opts[:4], sel, 3.6, 34)
    g.boxes(x + 42, y + 31, opts[4:], sel - 4, 3.6, 34)
    g.cell(x + 12, y + 36, 26, 14, "随迁人员", 3.6)
    g.cell(x + 38, y + 36, 140, 14, "无", 3.6, "ming")
    y += 50
    g.rect(x, y, x + 178, y + 44, 0.25)
    yy = g.text(x + 4, y + 8, "本人保证以上填写内容真实无误，所附证明材料来源合法。因虚报、瞒报产生的后果由本人承担。", 168, 3.8, 1.7)
    g.put(x + 84, yy + 10, "申请人（签字）：", 3.8)
    g.put(x + 116, yy + 10, p.name, 6, hand=True)
    g.put(x + 84, yy + 20, "申请日期：", 3.8)
    g.put(x + 106, yy + 20, hand_date(c, R), 4.6, hand=True, field="date", val=iso(c.today))
    y += 44
    for k in ("派出所意见", "分（县）局审批意见"):
        g.rect(x, y, x + 178, y + 34, 0.25)
        g.put(x + 4, y + 7, k, 3.8, "zenhei")
        g.put(x + 100, y + 29, "（盖章）　　　年　　月　　日", 3.6)
        y += 34
    g.seal(150, y - 48, p.org + "户政专用章", 15, 0.6)
    g.put(16, y + 8, "填表说明：本表一式一份，由受理单位存档；请使用蓝黑墨水笔填写，字迹应当清楚。", 3.2)
    return [("front", g)]


def af_exit(c, dpi, R):
    """Bilingual labels above the values in cells, photograph at the upper right."""
    p = c.p
    hw = R.random() < 0.5
    g = a4(dpi, R, "zenhei")
    g.put(92, 22, R.choice(["中国公民出入境证件申请表", "出入境证件申请表"]), 7, "micro", "m", bold=0.08)
    g.put(92, 29, "APPLICATION FORM FOR EXIT-ENTRY DOCUMENTS", 3, "micro", "m")
    g.put(20, 38, "受理号 Ref. No.", 3)
    g.put(44, 38, c.no, 3.6, "mono", field="case_no")
    g.photo(162, 12, 28, 37, "#f2f5f8")

    def cell(x, y, w, k, e, v, f, va=None, h=14, hand=hw):
        g.rect(x, y, x + w, y + h, 0.2, (90, 90, 90))
        r = g.put(x + 1.6, y + 4.2, k, 2.8, fill="#333333")
        g.put(r + 1, y + 4.1, e, 2.0, "micro", fill="#3a3a3a")
        g.put(x + 4, y + 11, v, 4.2, "ming", hand=hand, field=f, val=va)

    x = 20
    cell(x, 53, 56, "姓名", "Name", p.name, "name")
    cell(x + 56, 53, 34, "性别", "Sex", p.sex, "sex")
    cell(x + 90, 53, 34, "民族", "Ethnicity", p.nation, "nation")
    cell(x + 124, 53, 46, "出生日期", "Birth date", dot(p.dob), "birth_date", iso(p.dob))
    cell(x, 67, 90, "公民身份号码", "ID No.", p.idno, "id_no")
    cell(x + 90, 67, 80, "拼音姓", "Surname", p.sur_py, None)
    cell(x, 81, 170, "家庭住址", "Home address", p.addr, "address")
    cell(x, 95, 90, "工作单位", "Employer", c.company, "company")
    cell(x + 90, 95, 40, "文化程度", "Education", p.edu, "education")
    cell(x + 130, 95, 40, "联系电话", "Mobile", p.phone, "phone", hand=False)
    cell(x, 109, 170, "申请事项", "Purpose", c.item, "item")
    g.rect(x, 123, x + 170, 152, 0.2, (90, 90, 90))
    g.put(x + 1.6, 128, "申请种类", 2.8, fill="#333333")
    sel = {R.randrange(4), R.randrange(4)}
    g.boxes(x + 6, 138, ["首次申请", "换发", "补发", "加注"], sel, 3.8, 40)
    g.boxes(x + 6, 147, ["自取", "邮寄送达"], R.randrange(2), 3.8, 40)
    g.put(x + 1.6, 160, "以下由申请人确认  Declaration", 3.2, "micro")
    y = g.text(
        x + 1.6, 169, "我已阅读并理解申请须知。我保证申请表所填内容及所提交的照片、材料真实有效。如有不实，愿依法承担责任。", 166, 4, 1.7
    )
    g.put(x + 4, y + 10, "申请人签名 Signature", 3.4)
    g.put(x + 46, y + 10, p.name, 6.2, hand=True)
    g.line(x + 42, y + 12.4, x + 84, y + 12.4, 0.2)
    g.put(x + 96, y + 10, "日期 Date", 3.4)
    g.put(x + 120, y + 10, hand_date(c, R), 4.6, hand=True, field="date", val=iso(c.today))
    g.line(x + 116, y + 12.4, x + 166, y + 12.4, 0.2)
    g.rect(x, y + 22, x + 170, y + 62, 0.5)
    g.put(x + 3, y + 29, "以下由受理机关填写  For official use", 3.2, "micro")
    g.grid(
        x + 3,
        y + 34,
        [30, 52, 30, 52],
        [["受理人", R.choice("侯邹熊") + "某", "受理日期", iso(c.today)], ["审批意见", "同意", "取证方式", "窗口领取"]],
        11,
        3.6,
        "song",
        "zenhei",
        0.15,
    )
    g.seal(150, y + 46, p.org + "出入境管理支队", 14, 0.55, shape="oval", star=False, col=(40, 60, 160))
    return [("front", g)]


def af_vehicle(c, dpi, R):
    """A form of the vehicle office: blocks, each with its title in a grey bar."""
    p = c.p
    hw = R.random() < 0.6
    g = a4(dpi, R, "ming")
    g.put(105, 24, R.choice(["机动车业务申请表", "机动车驾驶证业务申请表", "道路交通管理业务申请表"]), 8, "micro", "m", bold=0.1)
    g.put(24, 34, "流水号 " + c.no, 3.6, "zenhei")
    g.fields["case_no"] = c.no
    g.barcode(128, 28, 58, 8)
    x, w = 24, 162

    def bar(y, s):
        g.rect(x, y, x + w, y + 7, 0.2, (60, 60, 60), GREY)
        g.put(x + w / 2, y + 5.2, s, 3.6, "zenhei", "m")
        return y + 7

    y = bar(40, "申 请 人 信 息")
    rows = [["姓名/名称", (p.name, "name"), "性别", (p.sex, "sex")], ["证件号码", (p.idno, "id_no"), "民族", (p.nation, "nation")]]
    rows += [
        ["出生日期", (slash(p.dob), "birth_date", iso(p.dob)), "学历", (p.edu, "education")],
        ["居住地址", (p.addr, "address"), None, None],
    ]
    rows += [["移动电话", (p.phone, "phone"), "邮政编码", f"31{R.randint(0, 9999):04d}"], ["单位名称", (c.company, "company"), None, None]]
    y = g.grid(x, y, [28, 66, 26, 42], rows, 11.5, 3.8, "song", "ming", 0.2, al="l", hand=hw)
    y = bar(y, "申 请 业 务")
    g.rect(x, y, x + w, y + 26, 0.2, (60, 60, 60))
    g.boxes(x + 5, y + 8, ["期满换证", "遗失补领", "变更", "检验标志"], R.randrange(4), 3.7, 39)
    g.item(x + 5, y + 20, "具体事项", c.item, "item", size=3.8, under=112, hand=hw, vf="song", vs=4.2)
    y = bar(y + 26, "身 体 条 件 申 告")
    g.rect(x, y, x + w, y + 22, 0.2, (60, 60, 60))
    g.text(x + 4, y + 8, f"本人身高{p.height}厘米，无妨碍安全驾驶的疾病，不存在吸食、注射毒品等不准予申请的情形。", 154, 3.7, 1.8)
    y = bar(y + 22, "签 名 确 认")
    g.rect(x, y, x + w / 2, y + 36, 0.2, (60, 60, 60))
    g.rect(x + w / 2, y, x + w, y + 36, 0.2, (60, 60, 60))
    g.put(x + 4, y + 8, "申请人签字：", 3.8)
    g.put(x + 30, y + 18, p.name, 6.4, hand=True)
    g.put(x + 20, y + 31, hand_date(c, R), 4.4, hand=True, field="date", val=iso(c.today))
    g.put(x + w / 2 + 4, y + 8, "代理人签字：", 3.8)
    g.put(x + w / 2 + 40, y + 31, "年　月　日", 3.8)
    y += 36
    g.text(
        x,
        y + 8,
        "填表须知：1．请用黑色签字笔在相应方框内划“√”；2．申请人对申请材料实质内容的真实性负责；3．本表由车辆管理所归入档案。",
        w,
        3.3,
        1.6,
        0,
    )
    g.chop(150, y + 26, [c.p.city + "车管所", "业务受理", dot(c.today)], 4.0, (190, 35, 45))
    return [("front", g)]


def af_letter(c, dpi, R):
    """An application as a letter: no table, all values in sentences."""
    p = c.p
    hw = R.random() < 0.5
    g = a4(dpi, R, R.choice(["song", "wenkai"]))
    g.put(105, 44, "申　请　书", 11, "zenhei", "m")
    g.put(28, 66, p.org + "：", 5)
    v = lambda t, f, va=None: V(t, f, va, hand=hw)  # noqa: E731
    runs = [
        "本人",
        v(p.name, "name"),
        "，性别",
        v(p.sex, "sex"),
        "，民族",
        v(p.nation, "nation"),
        "，出生于",
        v(cn(p.dob), "birth_date", iso(p.dob)),
    ]
    runs += [
        "，身份证号为",
        v(p.idno, "id_no"),
        "，学历",
        v(p.edu, "education"),
        "，现住",
        v(p.addr, "address"),
        "，在",
        v(c.company, "company"),
        "工作。",
    ]
    y = g.flow(28, 80, runs, 154, 5, 2.15)
    y = g.flow(
        28,
        y,
        ["因个人生活和工作实际需要，现向贵局申请办理", v(c.item, "item"), "。本人已准备相关证明材料，恳请按照有关规定予以审核办理。"],
        154,
        5,
        2.15,
    )
    y = g.flow(28, y, ["如需补充材料，请拨打本人电话", v(p.phone, "phone"), "。"], 154, 5, 2.15)
    g.put(38, y, "此致", 5)
    g.put(28, y + 11, "敬礼！", 5)
    g.put(126, y + 26, "申请人：", 5)
    g.put(148, y + 26, p.name, 6.6, hand=True)
    g.put(180, y + 39, cn(c.today), 5, None, "r", field="date", val=iso(c.today))
    if R.random() < 0.6:
        g.thumb(160, y + 24)
    return [("front", g)]


def af_two_columns(c, dpi, R):
    """A half sheet in landscape, two columns of underlined blanks."""
    p = c.p
    hw = R.random() < 0.6
    g = page(210, 148.5, dpi, R, "wenkai", "#fffefa", "sheet")
    g.put(105, 17, "公安政务服务业务受理申请单", 6.6, "micro", "m", bold=0.08)
    g.put(18, 28, "申请编号 " + c.no, 3.6)
    g.fields["case_no"] = c.no
    left = [
        ("姓　　名", p.name, "name", None),
        ("性　　别", p.sex, "sex", None),
        ("民　　族", p.nation + "族", "nation", p.nation),
        ("出生年月", iso(p.dob), "birth_date", None),
    ]
    right = [
        ("证件类型", "居民身份证", None, None),
        ("证件号码", p.idno, "id_no", None),
        ("联系电话", p.phone, "phone", None),
        ("文化程度", p.edu, "education", None),
    ]
    for i in range(4):
        y = 40 + i * 10.5
        for x, (k, v, f, va), u in ((18, left[i], 62), (106, right[i], 64)):
            g.item(x, y, k, v, f, va, 3.8, tail=" ", vx=x + 20, under=u, hand=hw, vf="ming")
    for y, k, v, f in [(82, "现 住 址", p.addr, "address"), (92.5, "工作单位", c.company, "company"), (103, "申请业务", c.item, "item")]:
        g.item(18, y, k, v, f, None, 3.8, n=4, tail=" ", vx=38, under=132, hand=hw, vf="ming")
    g.put(18, 114, "□内划√：", 3.6, "zenhei")
    g.boxes(40, 114, ["本人办理", "委托办理"], R.randrange(2), 3.6, 30)
    g.put(18, 128, "申请人签名", 3.8)
    g.put(42, 128, p.name, 5.8, hand=True)
    g.put(84, 128, "申请时间", 3.8)
    g.put(104, 128, hand_date(c, R), 4.6, hand=True, field="date", val=iso(c.today))
    g.put(18, 140, "第一联 存根　　第二联 申请人留存", 3.2)
    g.seal(172, 124, p.org + "综合窗口", 13, 0.6)
    return [("front", g)]


def af_with_receipt(c, dpi, R):
    """Grey heads, values centred, a receipt to tear off below."""
    p = c.p
    g = a4(dpi, R, "micro")
    g.redhead("样例市政务服务事项申请表", 22, 7.4, "wenkaib")
    g.put(105, 37, "（个人适用）", 3.6, None, "m")
    y = 42
    rows = [
        ["事项名称", (c.item, "item"), None, None],
        ["办件编号", (c.no, "case_no"), "申请日期", (iso(c.today), "date")],
        ["申请人", (p.name, "name"), "性别/民族", f"{p.sex} / {p.nation}"],
        ["身份证件号码", (p.idno, "id_no"), "出生日期", (cn2(p.dob), "birth_date", iso(p.dob))],
        ["现居住地址", (p.addr, "address"), None, None],
        ["就职单位", (c.company, "company"), None, None],
        ["手机号", (p.phone, "phone"), "最高学历", (p.edu, "education")],
    ]
    for row in rows:
        cx = 20
        for i, (v, w) in enumerate(zip(row, [32, 62, 30, 46], strict=True)):
            if v is None:
                continue
            wide = w + (76 if i == 1 and row[2] is None else 0)
            t, f, va = (*v, None, None)[:3] if isinstance(v, tuple) else (v, None, None)
            g.cell(cx, y, wide, 11, t, 3.6, "song" if i % 2 else None, f, va, bg=GREY if i % 2 == 0 else None, lw=0.2)
            cx += wide
        y += 11
    g.fields.update(sex=p.sex, nation=p.nation)
    g.cell(20, y, 32, 40, "提交材料", 3.6, bg=GREY, lw=0.2)
    g.rect(52, y, 190, y + 40, 0.2)
    for i, s in enumerate(["1．申请人有效身份证件原件及复印件", "2．与申请事项相关的证明文件", "3．委托他人办理的，提交委托手续"]):
        g.box(56, y + 9.4 + i * 11, R.random() < 0.7)
        g.put(62, y + 9.4 + i * 11, s, 3.7, "song")
    y += 40
    g.put(22, y + 10, "申请人签章", 3.8)
    g.put(48, y + 10, p.name, 6, hand=True)
    g.put(110, y + 10, "窗口人员", 3.8)
    g.put(132, y + 10, R.choice("孟秦白") + R.choice("旭立洁"), 5.4, hand=True)
    y += 20
    g.dotted(10, y, 200, step=3)
    g.put(105, y + 4.4, "（沿此线剪下）", 2.8, None, "m")
    g.put(105, y + 16, "受理回执", 6, "wenkaib", "m")
    yy = g.text(24, y + 27, "您提交的申请已收到。办理结果将在法定期限内告知，可凭本回执查询进度。咨询电话：0000-96110。", 160, 3.8, 1.8)
    g.put(182, yy + 8, p.org, 4, None, "r")
    g.seal(160, yy + 6, p.org + "受理专用章", 15, 0.55, col=(60, 70, 165))
    return [("front", g)]


def af_trade(c, dpi, R):
    """Landscape, the firm first and the person who handles the matter second."""
    p = c.p
    hw = R.random() < 0.4
    g = a4(dpi, R, "ukai", land=True)
    g.put(148.5, 24, "公安行政许可（备案）申请登记表", 8, "zenhei", "m")
    g.put(22, 35, f"收件编号：{c.no}", 3.8, "micro")
    g.fields["case_no"] = c.no
    g.put(275, 35, "填表日期：" + cn(c.today), 3.8, "micro", "r")
    g.fields["date"] = iso(c.today)
    rows = [
        ["申请单位", (c.company, "company"), None, None, "法定代表人", c.boss.name],
        ["单位地址", c.co_addr, None, None, "信用代码", c.uscc],
        ["经办人姓名", (p.name, "name"), "性　别", (p.sex, "sex"), "民　族", (p.nation + "族", "nation", p.nation)],
        ["身份证件号码", (p.idno, "id_no"), None, None, "出生日期", (iso(p.dob), "birth_date")],
        ["经办人住址", (p.addr, "address"), None, None, "手机号码", (p.phone, "phone")],
        ["申请许可事项", (c.item, "item"), None, None, "文化程度", (p.edu, "education")],
    ]
    y = g.grid(22, 40, [36, 62, 24, 38, 34, 59], rows, 13, 4.2, "ming", "ukai", 0.25, hand=hw)
    g.rect(22, y, 148.5, y + 50, 0.25)
    g.rect(148.5, y, 275, y + 50, 0.25)
    yy = g.text(26, y + 9, "本单位承诺具备法定条件，对提交材料的真实性负责。", 118, 4.2, 1.8)
    g.put(30, yy + 10, "经办人签名", 4.2)
    g.put(60, yy + 10, p.name, 6.2, hand=True)
    g.put(88, yy + 10, "（单位公章）", 4.2)
    g.seal(110, y + 30, c.company, 17, 0.55)
    g.put(153, y + 9, "审查意见：", 4.2)
    g.text(156, y + 20, "材料齐全，符合法定形式，拟同意受理。", 112, 5, 1.8, hand=True)
    g.put(268, y + 44, "审查人　　　　　年　　月　　日", 4, None, "r")
    return [("front", g)]


# ---------- powers of attorney ----------
def poa_table(c, dpi, R):
    """Two halves of a table, side by side, places for pasted copies below."""
    a, b = c.p, c.q
    hw = R.random() < 0.6
    g = a4(dpi, R, "zenhei")
    g.put(105, 28, "委　托　书", 10, "micro", "m", bold=0.1)
    rows = [
        ["委托人", None, "受托人", None],
        ["姓名", (a.name, "principal"), "姓名", (b.name, "agent")],
        ["性别", a.sex, "性别", b.sex],
        ["身份证号", (a.idno, "principal_id"), "身份证号", (b.idno, "agent_id")],
        ["与受托人关系", "亲属", "手机号码", (b.phone, "phone")],
    ]
    y = g.grid(18, 38, [27, 60, 27, 60], rows, 12, 3.8, "song", "zenhei", 0.25, hand=hw)
    g.rect(18, y, 192, y + 62, 0.25)
    runs = [
        "现委托上列受托人为我的代理人，代表我到公安机关办理",
        V(c.item, "item", hand=hw),
        "，代理权限为：代为提交申请、代为签收法律文书、代为领取证照。代理人依法办理的手续，我均予以承认。",
    ]
    yy = g.flow(23, y + 11, runs, 164, 4.2, 1.9)
    g.put(98, yy + 6, "委托人签字捺印：", 4.2)
    g.put(134, yy + 6, a.name, 6.2, hand=True)
    g.thumb(150, yy + 4)
    g.put(98, yy + 17, cn(c.today), 4.2, "song", field="date", val=iso(c.today))
    y += 62
    for x, s in ((18, "委托人证件复印件粘贴处"), (105, "受托人证件复印件粘贴处")):
        g.rect(x, y, x + 87, y + 62, 0.25)
        g.put(x + 43.5, y + 33, s, 4, None, "m", fill="#4a4a4a")
    g.put(18, y + 72, "注：本委托书须由委托人本人签名，复印无效。", 3.6)
    return [("front", g)]


def poa_sentences(c, dpi, R):
    """All in running sentences with blanks."""
    a, b = c.p, c.q
    hw = R.random() < 0.6
    g = a4(dpi, R, "song")
    g.put(105, 46, "授 权 委 托 书", 9.5, "song", "m", bold=0.25)
    v = lambda t, f: V(t, f, hand=hw)  # noqa: E731
    runs = ["委托人", v(a.name, "principal"), "（身份证号码：", v(a.idno, "principal_id"), "）因工作繁忙无法亲自前往，特委托"]
    runs += [
        v(b.name, "agent"),
        "（身份证号码：",
        v(b.idno, "agent_id"),
        "，手机：",
        v(b.phone, "phone"),
        "）作为代理人，全权办理",
        v(c.item, "item"),
        "相关手续。",
    ]
    y = g.flow(28, 70, runs, 154, 5, 2.2)
    y = g.flow(
        28, y, ["对代理人在办理上述事项过程中签署的有关文件，委托人均认可，由此产生的法律后果由委托人承担。代理人无转委托权。"], 154, 5, 2.2
    )
    y = g.flow(28, y, ["委托有效期自签字之日起三个月。"], 154, 5, 2.2)
    g.put(28, y + 20, "受托人签名：", 4.8)
    g.put(58, y + 20, b.name, 6.4, hand=True)
    g.put(112, y + 20, "委托人签名：", 4.8)
    g.put(142, y + 20, a.name, 6.4, hand=True)
    d = R.choice([cndate, spaced, cn2])(c.today)
    g.put(182, y + 38, d, 4.8, "ming", "r", field="date", val=iso(c.today))
    return [("front", g)]


def poa_above(c, dpi, R):
    """A printed form in blue: labels above values, boxes for the rights given, half of the page."""
    a, b = c.p, c.q
    hw = R.random() < 0.5
    g = a4(dpi, R, "wenkai", "#fbfdff")
    blue = "#1b3f86"
    g.rect(16, 16, 194, 276, 0.6, blue)
    g.rect(16, 16, 194, 34, 0.1, None, blue)
    g.put(105, 28, "个人业务代办委托书", 8, "zenhei", "m", fill="#ffffff")

    def col(x, y, k, v, f):
        g.put(x, y, k, 3.4, "zenhei", fill=blue)
        g.put(x + 2, y + 8.4, v, 4.6, "ming", hand=hw, field=f)
        g.line(x, y + 10.4, x + 78, y + 10.4, 0.2, blue)

    g.put(24, 46, "甲方（委托人）", 4.4, "zenhei", fill=blue)
    g.put(110, 46, "乙方（代办人）", 4.4, "zenhei", fill=blue)
    for i, (k, v, f, k2, v2, f2) in enumerate(
        [
            ("姓　名", a.name, "principal", "姓　名", b.name, "agent"),
            ("公民身份号码", a.idno, "principal_id", "公民身份号码", b.idno, "agent_id"),
        ]
    ):
        col(24, 58 + i * 18, k, v, f)
        col(110, 58 + i * 18, k2, v2, f2)
    col(110, 94, "联系方式", b.phone, "phone")
    col(24, 94, "办理地点", "样例市公安政务服务大厅", None)
    col(24, 114, "委托办理事项", c.item, "item")
    g.put(24, 138, "委托权限", 3.4, "zenhei", fill=blue)
    sel = {0, R.randrange(1, 4)}
    for i, s in enumerate(["提交申请材料", "签署相关文书", "缴纳办证费用", "领取证照"]):
        g.box(28 + (i % 2) * 76, 148 + (i // 2) * 10, i in sel)
        g.put(34 + (i % 2) * 76, 148 + (i // 2) * 10, s, 4.2)
    y = g.text(
        24, 174, "甲方声明：乙方在上述权限内办理业务的行为视为甲方本人行为，甲方自愿承担相应责任。乙方声明：接受上述委托。", 162, 4.4, 1.9
    )
    g.put(24, y + 16, "甲方签名", 4.4)
    g.put(48, y + 16, a.name, 6.4, hand=True)
    g.put(110, y + 16, "乙方签名", 4.4)
    g.put(134, y + 16, b.name, 6.4, hand=True)
    g.put(24, y + 32, "签署日期", 4.4)
    g.put(48, y + 32, slash(c.today), 4.6, "ming", hand=hw, field="date", val=iso(c.today))
    return [("front", g)]


# ---------- commitments ----------
PROMISES = [
    "严格遵守治安、交通、出入境等管理法律法规",
    "提供的证件、证明和复印件均与事实相符",
    "对审批部门告知的条件、标准和要求已全部知悉",
    "违反承诺的，接受撤销决定并纳入信用记录",
    "办理期间地址、电话变更的，立即告知办理单位",
    "不以他人名义申请，不转借所领取的证照",
]


def cm_notice(c, dpi, R):
    """Notice and promise: a table above, numbered promises below."""
    p = c.p
    hw = R.random() < 0.5
    g = a4(dpi, R, "micro")
    g.put(105, 30, "告知承诺书", 9, "zenhei", "m", sp=2)
    rows = [
        ["承诺人", (p.name, "name"), "联系电话", (p.phone, "phone")],
        ["证件号码", (p.idno, "id_no"), None, None],
        ["承诺事项", (c.item, "item"), None, None],
        ["受理机关", (p.org, "authority"), None, None],
    ]
    y = g.grid(24, 40, [30, 52, 28, 52], rows, 12, 4, "song", "micro", 0.25, hand=hw)
    g.put(24, y + 13, "一、受理机关告知内容", 4.6, "zenhei")
    y = g.text(
        24,
        y + 22,
        "依据国务院关于推行证明事项告知承诺制的规定，申请人可以书面承诺已符合办理条件，受理机关据此办理，并将对承诺情况进行核查。",
        162,
        4.2,
        1.85,
    )
    g.put(24, y + 3, "二、申请人承诺内容", 4.6, "zenhei")
    y += 12
    for i, s in enumerate(R.sample(PROMISES, 4)):
        y = g.text(24, y, f"（{'一二三四'[i]}）{s}；", 162, 4.2, 1.85)
    y = g.text(24, y, "以上陈述真实、有效，是本人的真实意思表示。", 162, 4.2, 1.85)
    g.put(104, y + 16, "承诺人：", 4.4)
    g.put(124, y + 16, p.name, 6.4, hand=True)
    g.put(104, y + 28, "日　期：", 4.4)
    g.put(124, y + 28, hand_date(c, R), 4.8, hand=True, field="date", val=iso(c.today))
    if R.random() < 0.5:
        g.thumb(142, y + 14)
    return [("front", g)]


def cm_blanks(c, dpi, R):
    """A declaration with blanks in one sentence."""
    p = c.p
    hw = R.random() < 0.6
    g = a4(dpi, R, "song")
    g.put(105, 48, R.choice(["个人承诺书", "诚信承诺书", "申请人承诺书"]), 9, "song", "m", bold=0.25, sp=1.6)
    v = lambda t, f: V(t, f, hand=hw)  # noqa: E731
    runs = [
        "我叫",
        v(p.name, "name"),
        "，居民身份证号码是",
        v(p.idno, "id_no"),
        "，联系方式",
        v(p.phone, "phone"),
        "。现就向",
        v(p.org, "authority"),
    ]
    runs += ["申请的", v(c.item, "item"), "一事，自愿作出如下承诺："]
    y = g.flow(28, 74, runs, 154, 5, 2.15)
    for s in R.sample(PROMISES, 3):
        y = g.text(28, y, "本人" + s + "。" if not s.startswith("违反") else s + "。", 154, 5, 2.15)
    y = g.text(28, y, "特此承诺。", 154, 5, 2.15)
    g.put(112, y + 18, "本人签字：", 5)
    g.put(138, y + 18, p.name, 6.8, hand=True)
    g.put(180, y + 34, R.choice([cndate, cn, spaced])(c.today), 5, "ming", "r", field="date", val=iso(c.today))
    return [("front", g)]


def cm_redhead(c, dpi, R):
    """Stationery of the office, labels in two columns at the foot."""
    p = c.p
    g = a4(dpi, R, "wenkai", "#fffdfb")
    g.redhead(p.org, 32, 10, "zenhei")
    g.fields["authority"] = p.org
    g.put(105, 58, "信 用 承 诺 书", 9, "micro", "m", bold=0.1)
    y = g.flow(
        26,
        76,
        ["为维护良好的办事秩序，本人在办理", V(c.item, "item", under=False, fo="wenkaib"), "业务时，作出以下信用承诺："],
        158,
        4.8,
        2.0,
    )
    for i, s in enumerate(R.sample(PROMISES, 5)):
        y = g.text(26, y, f"{i + 1}．{s}。", 158, 4.8, 2.0, 0)
    g.line(26, y + 4, 184, y + 4, 0.25, RED)
    g.item(26, y + 16, "承诺人姓名", p.name, "name", size=4.4)
    g.item(106, y + 16, "联系手机", p.phone, "phone", size=4.4)
    g.item(26, y + 28, "有效身份证件号码", p.idno, "id_no", size=4.4)
    g.put(26, y + 42, "亲笔签名", 4.4)
    g.put(50, y + 42, p.name, 7, hand=True)
    g.item(106, y + 42, "签署时间", iso(c.today), "date", size=4.4)
    g.thumb(66, y + 40)
    return [("front", g)]


def cm_half(c, dpi, R):
    """A small landscape sheet, a guarantee."""
    p = c.p
    g = page(210, 148.5, dpi, R, "ukai", "#ffffff", "sheet")
    g.put(105, 24, "保 证 书", 9, "zenhei", "m")
    runs = ["保证人", V(p.name, "name", hand=True), "，身份证号", V(p.idno, "id_no", hand=True), "，在", V(p.org, "authority", under=False)]
    runs += ["办理", V(c.item, "item", under=False), "。本人保证所述情况属实，", PROMISES[1], "，如有弄虚作假，自愿承担一切责任。"]
    y = g.flow(20, 42, runs, 170, 4.8, 2.1)
    g.put(20, y + 14, "电话", 4.6)
    g.put(34, y + 14, p.phone, 5, hand=True, field="phone")
    g.put(104, y + 14, "保证人（签名）", 4.6)
    g.put(142, y + 14, p.name, 6.6, hand=True)
    g.put(104, y + 28, hand_date(c, R), 5, hand=True, field="date", val=iso(c.today))
    return [("front", g)]


# ---------- labour contracts ----------
CLAUSES = [
    "乙方每周工作五天，每天八小时；因生产需要延长工作时间的，应当征得乙方同意。",
    "甲方于每月十日前通过银行转账支付上月工资，遇节假日提前支付。",
    "甲乙双方按照国家规定缴纳各项社会保险费，乙方个人应缴部分由甲方代扣代缴。",
    "甲方为乙方提供符合国家标准的劳动条件和必要的劳动防护用品，定期组织健康检查。",
    "乙方应当遵守操作规程，爱护甲方财物，保守甲方的商业秘密。",
    "经双方协商一致，可以变更本合同约定的内容，变更应当采用书面形式。",
    "乙方提前三十日以书面形式通知甲方，可以解除本合同；试用期内提前三日通知即可。",
    "甲方依法解除或者终止本合同的，应当按照规定向乙方支付经济补偿。",
    "合同履行中发生纠纷的，当事人可以向所在地劳动人事争议仲裁委员会申请仲裁。",
    "本合同未约定的事项，依照劳动法律、法规和规章执行。",
    "女职工在孕期、产期、哺乳期享受国家规定的特殊保护。",
    "乙方因工负伤或者患职业病的，工资和医疗待遇按照工伤保险的规定执行。",
    "甲方组织的培训应当有记录，乙方有权了解本岗位的职业危害及其后果。",
    "乙方可以享受带薪年休假，具体时间由甲方统筹安排并告知乙方。",
    "甲方制定的直接涉及劳动者切身利益的规章制度，应当经过民主程序并予以公示。",
    "乙方应当服从甲方的合理安排，完成岗位职责范围内的工作，接受甲方的考核。",
    "甲方根据工作需要安排乙方出差的，差旅费用按照甲方财务制度报销。",
    "停工、停产超过一个工资支付周期的，甲方按照当地规定支付生活费。",
    "乙方依法参加工会，甲方支持工会依法开展活动，听取职工意见。",
    "甲方发生合并、分立的，本合同继续有效，由承继权利义务的单位继续履行。",
    "乙方应当如实提供学历、工作经历和健康状况等资料，不得隐瞒与岗位有关的情况。",
    "乙方患病请假应当提供医疗机构出具的证明，病假工资不低于最低工资标准的百分之八十。",
    "甲方不得扣押乙方的居民身份证和其他证件，不得要求乙方提供担保或者收取财物。",
    "本合同期满，乙方在医疗期、孕期、产期或者哺乳期内的，合同期限顺延至相应情形消失。",
    "乙方离职时应当办理工作交接，归还所领用的工具、资料和门禁证件。",
    "甲方对未成年工、女职工不安排国家规定禁忌从事的劳动。",
    "双方约定竞业限制的，另行签订协议，并明确补偿标准和支付方式。",
    "甲方建立职工名册备查，如实记载用工形式、期限和起始时间。",
    "因乙方故意或者重大过失造成损失的，甲方可以依法要求赔偿，每月扣除部分不超过工资的百分之二十。",
    "任何一方不履行本合同给对方造成经济损失的，应当根据后果和责任大小予以赔偿。",
]


def sign_block(g, c, R, y):
    g.put(26, y, "甲方盖章", 4.4, "zenhei")
    g.put(112, y, "乙方签名", 4.4, "zenhei")
    g.put(136, y, c.p.name, 6.4, hand=True)
    g.put(26, y + 26, "签订日期 " + dot(c.lc_from), 4.2)
    g.put(112, y + 26, "签订日期", 4.2)
    g.put(132, y + 26, short(c.lc_from), 4.8, hand=True)
    g.seal(62, y + 10, c.company, 19, 0.6)


def ordinal(n):
    """Chinese numbers up to 99."""
    tens, ones = divmod(n, 10)
    digits = "〇一二三四五六七八九"
    return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")


def lc_table_cover(c, dpi, R):
    """Cover with a table; articles counted through; page numbers in the form page/pages."""
    p = c.p
    g = a4(dpi, R, "zenhei")
    g.rect(14, 14, 196, 283, 0.8)
    g.put(105, 70, "劳 动 合 同", 15, "micro", "m", bold=0.2)
    g.put(105, 84, "编号：" + c.lc_no, 4.6, None, "m")
    g.fields["contract_no"] = c.lc_no
    rows = [
        ["用人单位（甲方）", (c.company, "employer")],
        ["统一社会信用代码", (c.uscc, "uscc")],
        ["法定代表人", c.boss.name],
        ["劳动者（乙方）", (p.name, "name")],
        ["居民身份证号码", (p.idno, "id_no")],
        ["户籍所在地", p.addr],
    ]
    g.grid(30, 110, [50, 100], rows, 15, 4.4, "song", "zenhei", 0.3)
    g.put(105, 262, "样例省劳动人事争议调解指导中心监制", 4.2, None, "m")
    out = [("page1", g)]
    clauses = R.sample(CLAUSES, len(CLAUSES))
    n = R.choice([2, 3])
    art = 1
    for k in range(n):
        h = a4(dpi, R, "song")
        y = 28
        if k == 0:
            facts = [
                [
                    "合同期限为固定期限，自",
                    V(cn2(c.lc_from), "start", iso(c.lc_from)),
                    "起，至",
                    V(cn2(c.lc_to), "end", iso(c.lc_to)),
                    "止。",
                ],
                ["乙方担任", V(c.job, "job"), "岗位（工种）工作，工作地点在", V(c.co_addr), "。"],
                ["乙方正常工作时间的工资为每月", V(f"{c.wage}元", "wage", str(c.wage)), "，加班工资另计。"],
            ]
            for f in facts:
                y = h.flow(24, y, [f"第{ordinal(art)}条　", *f], 162, 4.4, 1.95)
                art += 1
        while clauses and y < (190 if k == n - 1 else 262 if n == 2 else 186):
            y = h.text(24, y, f"第{ordinal(art)}条　{clauses.pop()}", 162, 4.4, 1.95)
            art += 1
        if k == n - 1:
            sign_block(h, c, R, y + 14)
        h.put(105, 286, f"第{k + 2}页 / 共{n + 1}页", 3.4, None, "m")
        out.append((f"page{k + 2}", h))
    return out


def lc_short(c, dpi, R):
    """No cover: parties in two columns, a table of the main points, clauses in small print."""
    p = c.p
    g = a4(dpi, R, "wenkai")
    g.put(105, 26, "简易劳动合同书", 9, "zenhei", "m")
    g.put(186, 36, "No. " + c.lc_no, 3.8, "mono", "r")
    g.fields["contract_no"] = c.lc_no
    g.line(20, 40, 190, 40, 0.3)
    lab = {"ls": 3.2, "vs": 4.2, "vf": "ming", "kfill": "#3a3a3a"}
    g.above(22, 47, "甲方（单位名称）", c.company, "employer", **lab)
    g.above(22, 61, "统一社会信用代码", c.uscc, "uscc", **lab)
    g.above(112, 47, "乙方（职工姓名）", p.name, "name", **lab)
    g.above(112, 61, "身份证号码", p.idno, "id_no", **lab)
    g.line(105, 42, 105, 70, 0.2)
    rows = [
        ["合同起始日", (iso(c.lc_from), "start"), "合同终止日", (iso(c.lc_to), "end")],
        ["工作岗位", (c.job, "job"), "月工资（元）", (str(c.wage), "wage")],
        ["工作地点", c.co_addr, None, None],
        ["工时制度", "标准工时", "试用期", f"{R.choice([1, 2, 3])}个月"],
    ]
    y = g.grid(20, 74, [30, 55, 30, 55], rows, 11, 4, "ming", "wenkai", 0.25)
    y = g.text(20, y + 11, "根据《中华人民共和国劳动合同法》，甲乙双方在平等自愿的基础上签订本合同，共同遵守下列条款：", 170, 4, 1.85)
    clauses = R.sample(CLAUSES, 24)
    for i, s in enumerate(clauses[:13]):
        y = g.text(20, y, f"{i + 1}．{s}", 170, 4, 1.85, 0)
    g.put(190, 286, "1", 3.6, None, "r")
    h = a4(dpi, R, "wenkai")
    y = 28
    for i, s in enumerate(clauses[13:]):
        y = h.text(20, y, f"{i + 14}．{s}", 170, 4, 1.85, 0)
    y = h.text(20, y, "25．本合同经双方签字（盖章）后生效，甲方、乙方各持一份，具有同等效力。", 170, 4, 1.85, 0)
    sign_block(h, c, R, y + 16)
    h.put(190, 286, "2", 3.6, None, "r")
    return [("page1", g), ("page2", h)]


FORM_FOR = [
    ("机动车", [af_vehicle]),
    ("护照", [af_exit]),
    ("通行证", [af_exit]),
    ("落户", [af_migration]),
    ("迁入", [af_migration]),
    ("出生", [af_migration]),
    ("变更登记", [af_migration]),
    ("许可", [af_trade]),
    ("备案", [af_trade]),
]
ANY_FORM = [af_letter, af_two_columns, af_with_receipt]


def application_form(c, dpi, R):
    """The form of the office concerned, or one that serves for everything."""
    own = next((forms for word, forms in FORM_FOR if word in c.item), [])
    return R.choice(own * 4 + ANY_FORM)(c, dpi, R)


LAYOUTS = {
    "application_form": [af_migration, af_exit, af_vehicle, af_letter, af_two_columns, af_with_receipt, af_trade],
    "power_of_attorney": [poa_table, poa_sentences, poa_above],
    "commitment": [cm_notice, cm_blanks, cm_redhead, cm_half],
    "labor_contract": [lc_table_cover, lc_short],
}
