"""Profile `second`: certificates and records on sheets (birth, diplomas, business and trade licences, precursor chemicals, social insurance).

Needs the folder of the session generator on the import path. For acceptance only, never for tuning.
"""

from base import cn, cn2, cndate, dot, iso
from second_tools import V, a4, page, slash, spaced

GOLD, WINE, TEAL = "#a8823a", "#7c1f2d", "#1f6668"


# ---------- birth ----------
def parents(c):
    return (c.q, c.p) if c.p.sex == "男" else (c.p, c.q)


def bc_table(c, dpi, R):
    """Portrait, all of it a table with bilingual labels."""
    mo, fa = parents(c)
    ch = c.child
    g = a4(dpi, R, "song", "#f4f8fb")
    g.curves("#dbe8f0", 3.6, 2.2, 50)
    g.frame(9, "#6f9ab5", 0.8)
    g.put(105, 34, "出 生 医 学 证 明", 9.5, "zenhei", "m", fill="#24506e")
    g.put(105, 41, "MEDICAL CERTIFICATE OF BIRTH", 3.8, "micro", "m", fill="#24506e")
    g.item(128, 52, "编号 No.", c.bc_no, "cert_no", size=3.8, tail=" ", vf="mono", vs=4.2)
    lab = lambda a, b: f"{a}\n{b}"  # noqa: E731
    rows = [
        [lab("新生儿姓名", "Name of newborn"), (ch.name, "name"), lab("性别", "Sex"), (ch.sex, "sex")],
        [lab("出生时间", "Time of birth"), (f"{cn2(ch.dob)} {c.btime[0]:02d}时{c.btime[1]:02d}分", "birth_date", iso(ch.dob)), None, None],
        [lab("出生地点", "Place of birth"), ("样例省" + c.p.city + c.p.dist, "birth_place"), None, None],
        [lab("出生孕周", "Gestation"), f"{c.weeks}周", lab("体重(克)", "Weight"), (str(c.weight), "weight")],
        [lab("身长(厘米)", "Length"), str(c.blen), lab("健康状况", "Health"), "良好"],
        [lab("母亲姓名", "Mother"), (mo.name, "mother"), lab("年龄", "Age"), f"{ch.dob[0] - mo.dob[0]}"],
        [lab("母亲有效身份证件号码", "Mother's ID No."), (mo.idno, "mother_id"), None, None],
        [lab("父亲姓名", "Father"), (fa.name, "father"), lab("年龄", "Age"), f"{ch.dob[0] - fa.dob[0]}"],
        [lab("父亲有效身份证件号码", "Father's ID No."), (fa.idno, "father_id"), None, None],
        [lab("医疗机构名称", "Medical facility"), (c.p.city + c.p.dist + "人民医院", "hospital"), None, None],
    ]
    y = g.grid(20, 60, [44, 62, 28, 36], rows, 17, 3.7, "ming", "song", 0.25, line=(90, 130, 155))
    g.put(22, y + 12, "签发机构（专用章）", 4)
    g.put(120, y + 12, "签发日期：" + slash(ch.dob), 4)
    g.put(105, y + 42, "本证遗失可向原签发机构申请补发", 3.2, None, "m")
    g.seal(72, y + 14, c.p.city + c.p.dist + "人民医院", 17, 0.6, bottom="出生医学证明专用章")
    return [("front", g)]


def bc_landscape(c, dpi, R):
    """Landscape, labels above values in three columns, a counterfoil note below."""
    mo, fa = parents(c)
    ch = c.child
    g = a4(dpi, R, "wenkai", "#fbf8ee", True)
    g.rings(148, 105, "#efe6cc", 8, 190, 4.5)
    g.rect(8, 8, 289, 202, 0.8, "#8d7a3c")
    g.put(148.5, 26, "出生医学证明（副页）", 9, "micro", "m", fill="#453910")
    g.put(284, 20, "No. " + c.bc_no, 4.2, "mono", "r", fill="#b02020")
    g.fields["cert_no"] = c.bc_no
    lab = {"ls": 3.4, "vs": 5, "lf": "wenkail", "vf": "ming", "kfill": "#453910"}
    cells = [
        (20, 42, "新生儿姓名", ch.name, "name", None),
        (115, 42, "新生儿性别", ch.sex, "sex", None),
        (200, 42, "出生日期", cn(ch.dob), "birth_date", iso(ch.dob)),
        (20, 62, "出生时刻", f"{c.btime[0]}时{c.btime[1]}分", None, None),
        (115, 62, "出生地", "样例省" + c.p.city, "birth_place", None),
        (200, 62, "出生体重", f"{c.weight}克", "weight", None),
        (20, 84, "母亲姓名", mo.name, "mother", None),
        (115, 84, "母亲公民身份号码", mo.idno, "mother_id", None),
        (200, 84, "母亲民族", mo.nation + "族", None, None),
        (20, 104, "父亲姓名", fa.name, "father", None),
        (115, 104, "父亲公民身份号码", fa.idno, "father_id", None),
        (200, 104, "父亲民族", fa.nation + "族", None, None),
        (20, 126, "接生医院", c.p.city + "第一妇产医院", "hospital", None),
        (200, 126, "接生人员", R.choice("夏范薛") + R.choice("珍慧凤"), None, None),
    ]
    for x, y, k, v, f, va in cells:
        g.above(x, y, k, v, f, va, **lab)
        g.line(x, y + 8.4, x + (80 if x > 100 else 84), y + 8.4, 0.15, "#b5a670")
    g.line(8, 146, 289, 146, 0.3, "#8d7a3c")
    g.put(20, 158, "此页交户口登记机关留存，作为出生登记的依据。", 4.4)
    g.put(20, 180, "签发单位盖章", 4.4)
    g.put(190, 180, cndate(ch.dob) + "签发", 4.6, "ming")
    g.seal(66, 178, c.p.city + "第一妇产医院出生证专用章", 18, 0.6)
    return [("front", g)]


# ---------- diplomas ----------
def gc_portrait(c, dpi, R):
    p = c.p
    g = a4(dpi, R, "wenkai", "#fffaf3")
    g.frame(10, WINE, 1.6, 3)
    g.rosette(105, 40, 12, WINE, 14)
    g.put(105, 72, "毕 业 证 书", 15, "zenhei", "m", fill=WINE)
    g.photo(88.5, 84, 33, 43, "#dde8f4")
    runs = [
        V(p.name, "name", fo="ukai"),
        "，",
        V(p.sex, "sex", under=False),
        "，",
        V(cn(p.dob), "birth_date", iso(p.dob), under=False),
        f"生，于{c.grad[0] - 4}年9月至{c.grad[0]}年{c.grad[1]}月在我校",
        V(c.major, "major", fo="ukai"),
        "专业学习，学制四年，修完本科教学计划规定的全部课程，成绩合格，准予毕业。",
    ]
    g.flow(32, 146, runs, 146, 6.2, 2.0)
    g.fields["graduation_date"] = iso((c.grad[0], c.grad[1], c.grad[2]))
    g.item(32, 222, "学校", c.univ, "university", size=5.2, vf="zenhei")
    g.item(32, 236, "校长", c.rector, "rector", size=5.2, hand=True)
    g.put(178, 252, cndate(c.grad), 5.2, "ming", "r")
    g.item(32, 268, "证书编号", c.g_no, "cert_no", size=4.4, vf="mono")
    g.seal(140, 236, c.univ, 20, 0.65)
    return [("front", g)]


def gc_spread(c, dpi, R):
    """A folder laid open: cover words left, text right, photograph at the lower left."""
    p = c.p
    g = a4(dpi, R, "ming", "#fdfdf7", True)
    g.curves("#ebeee0", 4, 2.4, 70)
    g.line(148.5, 6, 148.5, 204, 0.3, "#c8c8b8")
    g.put(74, 44, "普通高等学校本科", 6.4, "micro", "m", fill=TEAL)
    g.put(74, 64, "毕业证书", 17, "wenkaib", "m", fill=TEAL, sp=3)
    g.photo(57.5, 84, 33, 45, "#f5f7fa")
    g.item(38, 150, "学　号", f"{c.grad[0] - 4}{int(c.g_no[-4:]) + 120000:06d}", size=4.4)
    g.item(38, 162, "证书编号", c.g_no, "cert_no", size=4.4, vf="mono", vs=4.2)
    g.item(38, 174, "查询网址", "www.chsi.example", size=4.4, vf="micro", vs=4)
    rows = [
        ("姓　　名", p.name, "name", None),
        ("性　　别", p.sex, "sex", None),
        ("出生年月日", slash(p.dob), "birth_date", iso(p.dob)),
        ("所学专业", c.major, "major", None),
        ("毕业时间", cn(c.grad), "graduation_date", iso(c.grad)),
        ("毕业院校", c.univ, "university", None),
    ]
    y = 42
    for k, v, f, va in rows:
        g.item(166, y, k, v, f, va, 5.2, n=5, tail="", vx=198, vf="ukai", under=72)
        y += 14
    g.text(164, y + 4, "该生在校期间修业期满，成绩合格，符合国家规定的毕业条件，特颁此证。", 112, 5, 1.8)
    g.item(186, 172, "院（校）长", c.rector, "rector", size=5, hand=True)
    g.seal(240, 172, c.univ, 19, 0.6)
    return [("front", g)]


def dc_portrait(c, dpi, R):
    p = c.p
    g = a4(dpi, R, "ukai", "#f9fbfd")
    g.frame(9, "#2f4f86", 1.2, 2.6, 7)
    g.rings(105, 150, "#dde6f2", 10, 120, 4)
    g.put(105, 56, "学 位 证 书", 15, "zenhei", "m", fill="#233f75")
    g.put(105, 68, "（普通高等教育本科毕业生）", 4.6, None, "m", fill="#233f75")
    g.photo(150, 82, 30, 40, "#ffffff")
    for i, (k, v, f, va) in enumerate(
        [
            ("姓名", p.name, "name", None),
            ("性别", p.sex, "sex", None),
            ("出生日期", cn(p.dob), "birth_date", iso(p.dob)),
            ("专业", c.major, "major", None),
        ]
    ):
        g.item(30, 92 + i * 11, k, v, f, va, 5, n=4, tail="：", under=72, vf="ming")
    runs = [
        "以上学生在",
        V(c.univ, "university", under=False),
        "完成本科学习计划规定的各项要求，经本校学位评定委员会审核，授予",
        V(c.deg + "学士", "degree", fo="zenhei", under=False),
        "学位。",
    ]
    g.flow(30, 152, runs, 150, 6, 2.0)
    g.put(30, 216, "学位评定委员会主席", 5)
    g.put(80, 215, c.rector, 6.4, hand=True, field="rector")
    g.item(30, 232, "学位证书编号", c.d_no, "cert_no", size=4.6, vf="mono")
    g.item(30, 246, "授予日期", spaced(c.grad), "issue_date", iso(c.grad), size=4.6, vf="ming")
    g.seal(152, 228, c.univ, 21, 0.65)
    return [("front", g)]


def dc_bilingual(c, dpi, R):
    """Landscape, Chinese on the left, English on the right."""
    p = c.p
    g = a4(dpi, R, "wenkai", "#fffdf6", True)
    g.rect(9, 9, 288, 201, 1.6, GOLD)
    g.curves("#f3ecd6", 4.4, 1.6, 60, 10, 10, 287, 200)
    g.put(80, 36, "学 士 学 位 证 书", 9, "micro", "m", fill="#6d4c12", bold=0.1)
    g.put(214, 35, "BACHELOR'S DEGREE CERTIFICATE", 5.2, "serifb", "m", fill="#6d4c12")
    g.line(148.5, 24, 148.5, 186, 0.2, GOLD)
    runs = [
        V(p.name, "name", under=False, fo="wenkaib"),
        "，",
        V(p.sex, "sex", under=False),
        "，",
        V(cndate(p.dob), "birth_date", iso(p.dob), under=False, fo="ming"),
        "出生，在",
        V(c.univ, "university", under=False),
        "修完",
        V(c.major, "major", under=False),
        "专业全部课程，业已毕业。依照《中华人民共和国学位法》的规定，授予",
        V(c.deg + "学士", "degree", under=False, fo="wenkaib"),
        "学位。",
    ]
    g.flow(22, 56, runs, 116, 5.4, 1.95)
    eng = [
        f"This is to certify that {p.sur_py.title()} {p.giv_py.title()},",
        f"{'male' if p.sex == '男' else 'female'}, born on {iso(p.dob)},",
        "has completed the undergraduate program",
        "and fulfilled all requirements for the degree.",
        "The degree is hereby conferred by the",
        "Academic Degree Evaluation Committee.",
    ]
    for i, s in enumerate(eng):
        g.put(160, 58 + i * 8, s, 4.2, "serif")
    g.photo(160, 114, 27, 36, "#e4eef6")
    g.item(22, 150, "校长", c.rector, "rector", size=5, hand=True)
    g.item(22, 164, "编号", c.d_no, "cert_no", size=4.6, vf="mono")
    g.item(22, 178, "日期", dot(c.grad), "issue_date", iso(c.grad), size=4.6, vf="ming")
    g.seal(112, 166, c.univ, 19, 0.6)
    g.put(272, 178, "Certificate No. " + c.d_no, 3.8, "serif", "r")
    return [("front", g)]


# ---------- business licence ----------
SCOPE = "一般项目：机电设备销售；仓储服务（不含危险化学品）；企业管理咨询；五金产品批发。许可项目：道路货物运输。"


def market(c):
    return c.p.city + c.p.dist + "市场监督管理局"


def bl_portrait(c, dpi, R):
    """The upright form used before 2019."""
    g = a4(dpi, R, "ming", "#fffdf2")
    g.frame(8, GOLD, 1.6, 2.6, 9)
    g.lattice("#f4ecd2", 7, 14, 14, 196, 283)
    g.rosette(105, 40, 13, "#b92b27", 18)
    g.put(105, 72, "营 业 执 照", 15, "zenhei", "m")
    g.put(105, 82, "（副　本）", 4.8, None, "m")
    g.put(186, 92, "统一社会信用代码 " + c.uscc, 4.6, "micro", "r")
    g.fields["uscc"] = c.uscc
    rows = [
        ("名称", c.company, "company", None),
        ("类型", "有限责任公司", None, None),
        ("住所", c.co_addr, "address", None),
        ("法定代表人", c.boss.name, "legal_rep", None),
        ("注册资本", f"人民币{c.capital}万元", "capital", None),
        ("成立日期", cn2(c.co_date), "found_date", iso(c.co_date)),
        ("营业期限", cn2(c.co_date) + "至长期", None, None),
        ("经营范围", SCOPE, None, None),
    ]
    y = 110
    for k, v, f, va in rows:
        y = g.item(32, y, k, v, f, va, 5, n=5, tail="", vx=66, w=116, vf="ukai") + 13
    g.qr(30, 238, 26, "https://gsxt.example/u/" + c.uscc)
    g.item(112, 244, "登记机关", market(c), "authority", size=4.4, tail="　")
    g.put(168, 262, spaced(c.co_date), 5, None, "r")
    g.seal(148, 252, market(c), 20, 0.65)
    return [("front", g)]


def bl_table(c, dpi, R):
    """Landscape; a table with the code in a band above."""
    g = a4(dpi, R, "zenhei", "#fdf9ec", True)
    g.rings(148, 100, "#f0e6c6", 12, 180, 5)
    g.rect(6, 6, 291, 204, 2.2, "#b5322c")
    g.rosette(32, 30, 11, "#b5322c", 12)
    g.put(148.5, 32, "营业执照", 15, "wenkaib", "m", sp=10)
    g.put(148.5, 44, "BUSINESS LICENSE", 4, "micro", "m")
    g.qr(252, 16, 27, "https://gsxt.example/q/" + c.uscc)
    g.rect(20, 52, 277, 62, 0.1, None, "#f1dfb8")
    g.item(26, 59, "统一社会信用代码/注册号", c.uscc, "uscc", size=4.2, vf="mono", vs=4.6)
    rows = [
        ["企业名称", (c.company, "company"), None, None],
        ["法定代表人\n（负责人）", (c.boss.name, "legal_rep"), "注册资本", (f"{c.capital}万元整", "capital")],
        ["成立日期", (iso(c.co_date), "found_date"), "企业类型", "有限责任公司（自然人投资或控股）"],
        ["住所（经营场所）", (c.co_addr, "address"), None, None],
        ["经营范围", SCOPE, None, None],
    ]
    y = g.grid(20, 66, [42, 86, 34, 95], rows, [15, 15, 15, 15, 24], 4.4, "song", "zenhei", 0.25, line=(150, 110, 60))
    g.put(24, y + 18, "请于每年6月30日前登录公示系统报送年度报告", 3.6)
    g.item(160, y + 16, "登记机关", market(c), "authority", size=4.6, vf="song")
    g.put(190, y + 28, cn(c.co_date), 4.8, "song")
    g.seal(218, y + 20, market(c), 19, 0.6)
    return [("front", g)]


# ---------- licence of a special trade ----------
def st_portrait(c, dpi, R):
    g = a4(dpi, R, "ukai", "#f7fbf6")
    g.frame(11, "#2f6d3c", 1.2)
    g.curves("#dfecdc", 4, 2, 55, 16, 16, 194, 281)
    g.put(105, 50, "特种行业许可证", 14, "zenhei", "m", fill="#1f4f2a", sp=1.6)
    g.put(105, 62, "（正　本）", 5, None, "m")
    g.put(178, 78, "许可证编号：" + c.lic_no, 4.6, None, "r")
    g.fields["license_no"] = c.lic_no
    rows = [
        ("单位名称", c.company, "company", None),
        ("单位地址", c.co_addr, "address", None),
        ("负责人", c.boss.name, "legal_rep", None),
        ("行业类别", c.trade, "trade", None),
        ("有效期限", "长期", None, None),
    ]
    y = 100
    for k, v, f, va in rows:
        g.put(40, y, k, 4.2, "micro", fill="#20452a")
        y = g.text(40, y + 9, v, 130, 6.4, 1.4, 0) + 6
        g.fields[f or "x"] = va or v
    g.fields.pop("x", None)
    g.text(40, y + 2, "经审核，准予从事上述特种行业经营活动。", 130, 4.8, 1.7, 0)
    g.item(40, 236, "发证机关", c.p.org, "authority", size=5)
    g.item(40, 248, "发证时间", cndate(c.lic_date), "issue_date", iso(c.lic_date), 5, vf="ming")
    g.seal(146, 244, c.p.org, 21, 0.65, bottom="行政审批专用章")
    return [("front", g)]


def st_table(c, dpi, R):
    g = a4(dpi, R, "song", "#fcf6f2", True)
    g.rect(10, 10, 287, 200, 0.8, "#7d3a20")
    g.rect(12, 12, 285, 198, 0.25, "#7d3a20")
    g.put(148.5, 38, "特 种 行 业 许 可 证", 12, "micro", "m", fill="#7d2418", bold=0.1)
    g.put(270, 52, "证号 " + c.lic_no, 4.4, "zenhei", "r")
    g.fields["license_no"] = c.lic_no
    rows = [
        ["名　　称", (c.company, "company"), "法定代表人", (c.boss.name, "legal_rep")],
        ["经营场所", (c.co_addr, "address"), None, None],
        ["许可项目", (c.trade, "trade"), "经济性质", "有限责任公司"],
        ["备　　注", "本证不得伪造、涂改、出租、出借、转让，应当悬挂于经营场所显著位置。", None, None],
    ]
    y = g.grid(26, 60, [36, 100, 36, 74], rows, 18, 5, "ming", "song", 0.3)
    g.item(150, y + 22, "核发机关", c.p.org, "authority", size=5, vf="ming")
    g.item(150, y + 36, "核发日期", spaced(c.lic_date), "issue_date", iso(c.lic_date), 5, vf="ming")
    g.seal(206, y + 28, c.p.org + "行政许可章", 19, 0.6)
    return [("front", g)]


# ---------- precursor chemicals ----------
def chem_table(c, n, unit):
    rows = [["易制毒化学品名称", "类别", "规格", f"数量（{unit}）"]]
    for i in range(n):
        if i < len(c.chem):
            rows.append([(c.chem[i], f"chem{i + 1}"), "第三类", "AR 500mL", (str(c.chem_q[i]), f"qty{i + 1}")])
        else:
            rows.append(["", "", "", ""])
    return rows


def chem_flow(c):
    """Chemicals inside a sentence."""
    runs = []
    for i, (m, q) in enumerate(zip(c.chem, c.chem_q, strict=True)):
        runs += [V(m, f"chem{i + 1}"), V(f"{q}千克", f"qty{i + 1}"), "、"]
    return runs[:-1]


def pp_letter(c, dpi, R):
    """A letter with red head, values in running sentences."""
    g = a4(dpi, R, "song")
    g.redhead(c.p.org, 30, 10, doc=f"易制毒购备字〔2026〕{c.pp_no[-4:]}号")
    g.put(105, 60, "第二、三类易制毒化学品购买备案证明", 7.4, "zenhei", "m")
    g.put(180, 71, "证明编号 " + c.pp_no, 4, "ming", "r")
    g.fields["cert_no"] = c.pp_no
    runs = [
        V(c.company, "buyer"),
        "（统一社会信用代码",
        V(c.uscc, "uscc", fo="mono"),
        "）因",
        V(R.choice(["工业生产", "教学科研", "环境检测"]) + "需要", "purpose"),
        "，拟向",
        V(c.company2, "seller"),
        "购买下列易制毒化学品：",
        *chem_flow(c),
        "。",
    ]
    y = g.flow(26, 86, runs, 158, 4.8, 2.1)
    runs = ["本次购买的经办人为", V(c.p.name, "handler"), "，身份证号码", V(c.p.idno, "id_no", fo="mono"), "。"]
    y = g.flow(26, y, runs, 158, 4.8, 2.1)
    y = g.flow(
        26, y, ["经审查，准予备案。本证明自发放之日起至", V(cn(c.chem_to), "valid_to", iso(c.chem_to)), "有效，限一次使用。"], 158, 4.8, 2.1
    )
    g.put(174, y + 24, c.p.org, 4.8, None, "r", field="authority")
    g.put(174, y + 34, cndate(c.chem_date), 4.8, "ming", "r", field="issue_date", val=iso(c.chem_date))
    g.seal(150, y + 26, c.p.org + "禁毒大队", 20, 0.65)
    g.line(24, 262, 186, 262, 0.2)
    g.put(24, 269, "第二联：交销售单位留存。", 3.8)
    return [("front", g)]


def pp_table(c, dpi, R):
    """Landscape table of two halves."""
    g = a4(dpi, R, "zenhei", "#fbfdff", True)
    g.put(148.5, 28, "易制毒化学品购买备案证明", 9, "micro", "m", bold=0.1)
    g.put(20, 40, "备案号：" + c.pp_no, 4.2)
    g.fields["cert_no"] = c.pp_no
    g.put(277, 40, "填发日期：" + iso(c.chem_date), 4.2, None, "r")
    g.fields["issue_date"] = iso(c.chem_date)
    rows = [
        ["购买方", (c.company, "buyer"), "信用代码", (c.uscc, "uscc")],
        ["销售方", (c.company2, "seller"), "购买用途", (R.choice(["化验分析", "表面处理", "污水处理"]), "purpose")],
        ["经办人姓名", (c.p.name, "handler"), "经办人证件号码", (c.p.idno, "id_no")],
    ]
    y = g.grid(20, 46, [34, 94, 38, 91], rows, 12, 4.2, "song", "zenhei", 0.25)
    y = g.grid(20, y, [92, 50, 55, 60], chem_table(c, 3, "千克"), 11, 4.2, "song", "zenhei", 0.25, head="#e4ecf4")
    y = g.grid(20, y, [34, 223], [["有效期至", (cn2(c.chem_to), "valid_to", iso(c.chem_to))]], 11, 4.2, "song", "zenhei", 0.25)
    g.text(20, y + 9, "注：购买单位凭本证明向销售单位购买，销售单位核验后留存；擅自改变用途的依法处理。", 257, 3.8, 1.6, 0)
    g.item(170, y + 24, "备案机关（印章）", c.p.org, "authority", size=4.6)
    g.seal(236, y + 24, c.p.org, 18, 0.6, bottom="备案专用章")
    return [("front", g)]


def tr_list(c, dpi, R):
    """Items with labels and blanks, numbered; the chemicals one to a line."""
    g = a4(dpi, R, "micro")
    g.put(105, 30, "易制毒化学品运输备案证明", 8, "zenhei", "m", bold=0.08)
    g.put(105, 40, "（第三类）", 4.4, None, "m")
    g.put(186, 52, "备案证号：" + c.tr_no, 4.0, None, "r")
    g.fields["cert_no"] = c.tr_no
    y = 66
    items = [
        ("货物托运单位", c.company, "owner", None),
        ("承运单位", c.company2, "carrier", None),
        ("运输车辆牌号", c.plate, "plate", None),
        ("驾驶人姓名", c.driver.name, "driver", None),
        ("驾驶人身份证号码", c.driver.idno, "id_no", None),
        ("运输路线", c.route.replace(" ", ""), "route", None),
    ]
    for i, (k, v, f, va) in enumerate(items):
        g.item(26, y, f"{i + 1}．{k}", v, f, va, 4.4, under=96, vx=80, vf="song")
        y += 12
    g.put(26, y, "7．运输品种及数量：", 4.4)
    y += 10
    for i, (m, q) in enumerate(zip(c.chem, c.chem_q, strict=True)):
        g.put(38, y, f"（{i + 1}）", 4.4)
        g.put(50, y, m, 4.4, "song", field=f"chem{i + 1}")
        g.put(120, y, f"{q}kg", 4.4, "song", field=f"qty{i + 1}")
        g.line(49, y + 1.2, 160, y + 1.2, 0.15)
        y += 9
    y += 3
    g.item(26, y, "8．有效期限至", dot(c.chem_to), "valid_to", iso(c.chem_to), 4.4, vf="song")
    g.text(26, y + 12, "运输过程中应当随身携带本证明，接受公安机关检查。", 158, 4, 1.7, 0)
    g.item(98, y + 36, "备案公安机关", c.p.org, "authority", size=4.4, vf="song")
    g.item(98, y + 47, "备案日期", spaced(c.chem_date), "issue_date", iso(c.chem_date), 4.4, vf="song")
    g.seal(156, y + 40, c.p.org + "易制毒化学品备案专用章", 19, 0.6)
    return [("front", g)]


def tr_columns(c, dpi, R):
    """A half sheet, two columns of labels above values."""
    g = page(210, 297, dpi, R, "ukai", "#f8fbf4", "sheet")
    g.rect(12, 12, 198, 252, 0.6, "#2c4a1a")
    g.put(105, 30, "运输备案证明", 11, "zenhei", "m", fill="#33521f", sp=2)
    g.put(105, 40, "（易制毒化学品）", 5, "zenhei", "m", fill="#33521f")
    lab = {"ls": 3.6, "vs": 4.8, "lf": "micro", "kfill": "#2c4a1a"}
    cells = [
        (22, 56, "编　号", c.tr_no, "cert_no", None),
        (112, 56, "发证日期", cn2(c.chem_date), "issue_date", iso(c.chem_date)),
        (22, 74, "货主", c.company, "owner", None),
        (112, 74, "承运人", c.company2, "carrier", None),
        (22, 92, "车牌号", c.plate, "plate", None),
        (112, 92, "路线", c.route.replace(" ", ""), "route", None),
        (22, 110, "驾驶员", c.driver.name, "driver", None),
        (112, 110, "驾驶员公民身份号码", c.driver.idno, "id_no", None),
    ]
    for x, y, k, v, f, va in cells:
        g.above(x, y, k, v, f, va, w=80, **lab)
    y = g.grid(22, 126, [60, 28, 38, 40], chem_table(c, 3, "公斤"), 10, 4, "ming", "micro", 0.2, line=(44, 74, 26))
    g.flow(22, y + 12, ["本证明有效期至", V(cn(c.chem_to), "valid_to", iso(c.chem_to)), "，逾期作废。"], 166, 4.6, 1.8, 0)
    g.put(186, y + 34, c.p.org, 4.8, None, "r", field="authority")
    g.seal(158, y + 38, c.p.org + "证明专用章", 19, 0.6)
    return [("front", g)]


def tp_landscape(c, dpi, R):
    """A permit in landscape with a table."""
    g = a4(dpi, R, "song", "#fdf8f8", True)
    g.curves("#f0e0e0", 4.6, 1.2, 44)
    g.rect(9, 9, 288, 201, 1.2, WINE)
    g.put(148.5, 34, "易制毒化学品运输许可证", 11, "zenhei", "m", fill=WINE, sp=1)
    g.put(272, 46, "许可证号 " + c.tp_no, 4.4, "ming", "r")
    g.fields["cert_no"] = c.tp_no
    chems = "，".join(f"{z[0]} {z[1]}千克" for z in zip(c.chem, c.chem_q, strict=True))
    rows = [
        ["货　主", (c.company, "owner"), "承运人", (c.company2, "carrier")],
        ["车牌号码", (c.plate, "plate"), "驾驶人", (c.driver.name, "driver")],
        ["起讫地点", (c.route.replace(" ", ""), "route"), "许可次数", (R.choice(["一次有效", "多次有效"]), "times")],
        ["品种数量", chems, "有效期至", (iso(c.chem_to), "valid_to")],
    ]
    y = g.grid(22, 54, [30, 96, 30, 97], rows, 17, 4.6, "ming", "song", 0.3)
    g.text(24, y + 11, "持证人应当按照许可的品种、数量、路线和时间运输，并随车携带本证副本。", 230, 4.2, 1.6, 0)
    g.item(150, y + 28, "许可机关", c.p.org, "authority", size=5)
    g.item(150, y + 40, "签发日期", cn2(c.chem_date), "issue_date", iso(c.chem_date), 5)
    g.seal(220, y + 32, c.p.org, 19, 0.6, bottom="行政许可专用章")
    return [("front", g)]


def tp_sentences(c, dpi, R):
    """A permit told in sentences with blanks."""
    g = a4(dpi, R, "wenkai", "#fbfbff")
    g.frame(12, "#39507d", 1.0, 2)
    g.rosette(105, 36, 9, "#b5322c", 12)
    g.put(105, 62, "运 输 许 可 证", 12, "micro", "m", fill="#26365a", bold=0.1)
    g.put(105, 72, "（第一类、第二类易制毒化学品）", 4.4, None, "m")
    g.item(118, 84, "编号", c.tp_no, "cert_no", size=4.4, vf="mono")
    chems = "、".join(f"{z[0]}{z[1]}千克" for z in zip(c.chem, c.chem_q, strict=True))
    y = g.flow(28, 100, ["兹许可", V(c.company, "owner"), "委托", V(c.company2, "carrier"), "运输", V(chems), "。"], 154, 5, 2.1)
    runs = [
        "运输车辆号牌为",
        V(c.plate, "plate"),
        "，驾驶员",
        V(c.driver.name, "driver"),
        "，运输路线",
        V(c.route.replace(" ", ""), "route"),
        "，本证",
    ]
    runs += [V(R.choice(["一次有效", "多次有效"]), "times"), "，有效期至", V(cn(c.chem_to), "valid_to", iso(c.chem_to)), "。"]
    y = g.flow(28, y, runs, 154, 5, 2.1)
    g.text(28, y, "途中变更承运人、车辆或者路线的，应当重新申请许可。", 154, 5, 2.1)
    g.put(172, 226, c.p.org, 5.2, None, "r", field="authority")
    g.put(172, 238, cndate(c.chem_date), 5, "ming", "r", field="issue_date", val=iso(c.chem_date))
    g.seal(146, 230, c.p.org + "行政许可专用章", 20, 0.65)
    return [("front", g)]


# ---------- social insurance ----------
def months_of(c, n):
    """The n months before this one, as (year, month)."""
    z = c.today[0] * 12 + c.today[1] - 1 - n
    return [((z + i) // 12, (z + i) % 12 + 1) for i in range(n)]


def si_matrix(c, dpi, R):
    """Landscape: years as rows, months as columns."""
    p = c.p
    n = R.randint(14, 40)
    paid = set(months_of(c, n))
    years = sorted({y for y, _ in paid})
    office = c.p.city + "社会保险事业管理中心"
    g = a4(dpi, R, "micro", land=True)
    g.put(148.5, 24, c.p.city + "职工社会保险缴费证明（个人）", 7, "zenhei", "m")
    g.put(20, 36, "打印时间：" + slash(c.today), 3.6)
    g.fields["issue_date"] = iso(c.today)
    g.put(277, 36, "验真码 " + c.si_code, 3.6, "mono" if R.random() < 0 else None, "r")
    g.fields["verify_code"] = c.si_code
    rows = [["参保人", (p.name, "name"), "身份证号码", (p.idno, "id_no"), "个人社保编号", (c.si_no, "si_no")]]
    y = g.grid(20, 41, [26, 40, 32, 66, 36, 57], rows, 10, 3.7, "song", "micro", 0.2)
    rows = [["现缴费单位", (c.company, "employer"), "月缴费基数", (f"{c.si_base}.00", "base"), "缴费月数", (f"{n}", "months")]]
    y = g.grid(20, y, [26, 98, 30, 46, 26, 31], rows, 10, 3.7, "song", "micro", 0.2)
    head = [["年度", *[f"{m}月" for m in range(1, 13)], "险种"]]
    body = [[str(yr), *["已缴" if (yr, m) in paid else "—" for m in range(1, 13)], "养老、失业、工伤"] for yr in years]
    y = g.grid(20, y + 6, [20] + [16] * 12 + [45], head + body, 9, 3.3, "song", "micro", 0.2, head="#e8eef0")
    g.text(20, y + 10, "说明：“已缴”表示当月足额到账；本证明仅反映在本市的参保缴费情况，涂改无效。", 190, 3.6, 1.6, 0)
    g.put(270, y + 22, office, 4.2, None, "r", field="authority")
    g.seal(246, y + 20, office + "证明专用章", 17, 0.55, shape="oval", star=False)
    return [("front", g)]


def si_summary(c, dpi, R):
    """Portrait: sentences above, one line for each kind of insurance, verification below."""
    p = c.p
    n = R.randint(12, 60)
    office = "样例省社会保险局"
    g = a4(dpi, R, "ming")
    g.put(105, 34, "社会保险个人参保证明", 9, "song", "m", bold=0.1)
    runs = ["兹证明", V(p.name, "name"), "（公民身份号码：", V(p.idno, "id_no"), "，社会保障编号：", V(c.si_no, "si_no"), "）系"]
    runs += [
        V(c.company, "employer"),
        "在职职工，自参保之日起至",
        cn(c.today)[:-1].rsplit("月", 1)[0] + "月止，累计缴费",
        V(f"{n}个月", "months", str(n)),
    ]
    runs += ["，现月缴费工资基数为", V(f"{c.si_base}.00元", "base", f"{c.si_base}.00"), "。具体情况如下："]
    y = g.flow(26, 56, runs, 158, 4.6, 2.0)
    rows = [["险种", "参保状态", "单位缴费比例", "个人缴费比例"]]
    rows += [
        [k, "参保缴费", a, b]
        for k, a, b in [
            ("企业职工基本养老保险", "16%", "8%"),
            ("失业保险", "0.5%", "0.5%"),
            ("工伤保险", "0.2%", "—"),
            ("基本医疗保险（含生育）", "7%", "2%"),
        ]
    ]
    y = g.grid(26, y, [62, 32, 32, 32], rows, 10, 4, "song", "song", 0.25)
    y = g.text(26, y + 12, "本证明由参保人自助打印，可在样例政务服务网输入验证码核验真伪，自打印之日起三个月内有效。", 158, 4, 1.8)
    g.qr(28, y + 8, 24, "https://rs.example/v/" + c.si_code)
    g.item(60, y + 14, "验证码", c.si_code, "verify_code", size=4, vf="mono")
    g.item(60, y + 24, "经办机构", office, "authority", size=4)
    g.item(60, y + 34, "打印日期", cn(c.today), "issue_date", iso(c.today), 4)
    g.seal(148, y + 24, office, 19, 0.6, bottom="业务专用章", col=(190, 34, 60))
    return [("front", g)]


LAYOUTS = {
    "special_trade_license": [st_portrait, st_table],
    "precursor_purchase": [pp_letter, pp_table],
    "precursor_transport_record": [tr_list, tr_columns],
    "precursor_transport_permit": [tp_landscape, tp_sentences],
    "birth_cert": [bc_table, bc_landscape],
    "graduation_cert": [gc_portrait, gc_spread],
    "degree_cert": [dc_portrait, dc_bilingual],
    "social_insurance": [si_matrix, si_summary],
    "business_license": [bl_portrait, bl_table],
}
