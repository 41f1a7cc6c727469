"""Profile `second`: paper that belongs to no procedure. More than half of it looks like something that does.

Needs the folder of the session generator on the import path. For acceptance only, never for tuning.
"""

from base import INK, cn, cn2, dot, iso, rgb
from second_tools import RED, a4, page, short, slash, spaced

GREY = "#ececec"


def lines(g, x, y, rows, size=4.2, lh=1.8, fo=None):
    for s in rows:
        g.put(x, y, s, size, fo)
        y += size * lh
    return y


# ---------- look-alikes ----------
def guide_page(c, dpi, R):
    """A page of a guide that names many certificates."""
    g = a4(dpi, R, "micro", "#f7fbff")
    g.rect(0, 0, 210, 26, 0.1, None, "#2a6db0")
    g.put(20, 17, "办事指南 · 户政业务", 8, "zenhei", fill="#ffffff")
    y = 42
    for h, rows in [
        (
            "一、市外迁入",
            ["申请人居民身份证、居民户口簿", "毕业证书、学位证书（人才类）", "结婚证（夫妻投靠类）", "劳动合同与社会保险缴费证明"],
        ),
        ("二、出生登记", ["《出生医学证明》", "父母双方居民身份证、户口簿、结婚证"]),
        ("三、居住证办理", ["居民身份证，居住登记凭证", "委托他人办理的，另附授权委托书"]),
    ]:
        g.put(20, y, h, 5, "zenhei", fill="#1d4f86")
        y += 10
        for i, s in enumerate(rows):
            g.put(28, y, f"（{i + 1}）{s}", 4.2)
            y += 8.4
        y += 5
    g.rect(20, y, 190, y + 34, 0.3, "#2a6db0")
    lines(g, 25, y + 9, ["办理时限：即时至二十个工作日", "收费标准：不收费", "咨询电话：0000-96110　办理地点：各派出所户籍窗口"], 4)
    g.put(105, 282, "— 12 —", 3.6, None, "m")
    return [("page", g)]


def materials_notice(c, dpi, R):
    """A notice of what to bring, as a table with boxes to tick."""
    g = a4(dpi, R, "song")
    g.put(105, 28, "一次性告知单", 9, "zenhei", "m")
    g.put(22, 40, f"您申请办理的“{c.item}”业务，尚需补充下列打钩材料：", 4.2)
    names = [
        "居民身份证",
        "居民户口簿",
        "机动车驾驶证",
        "机动车行驶证",
        "营业执照（副本）",
        "结婚证",
        "授权委托书",
        "承诺书",
        "近期免冠照片",
    ]
    R.shuffle(names)
    rows = [["序号", "材料名称", "份数", "要求"]] + [
        [str(i + 1), n, "1", R.choice(["原件", "复印件", "原件及复印件"])] for i, n in enumerate(names)
    ]
    y = g.grid(22, 46, [20, 76, 22, 48], rows, 11, 4, "song", "song", 0.25, head=GREY)
    for i in range(len(names)):
        g.box(36, 62.5 + i * 11 - 0.4 + 1.8, R.random() < 0.4, 3)
    y = g.text(22, y + 12, "请备齐上述材料后，携带本告知单到原窗口办理，无须重新取号。", 166, 4.2)
    g.put(120, y + 14, "告知人：" + R.choice("尹段雷") + "警官", 4.2)
    g.put(120, y + 24, cn(c.today), 4.2)
    return [("notice", g)]


def bank_form(c, dpi, R):
    """A bank's form that asks for the number of the identity card."""
    z = c.boss
    g = a4(dpi, R, "zenhei")
    g.rect(14, 14, 24, 24, 0.1, None, "#b5121b")
    g.put(28, 22, "样例农商银行 个人账户开户申请书", 6.6, "micro", fill="#b5121b", bold=0.06)
    rows = [
        ["客户姓名", z.name, "性别", z.sex],
        ["证件种类", "居民身份证", "证件号码", z.idno],
        ["手机号码", z.phone, "职业", "个体经营"],
        ["通讯地址", z.addr, None, None],
        ["账户类型", "Ⅰ类户", "币种", "人民币"],
    ]
    y = g.grid(14, 34, [30, 52, 30, 70], rows, 12, 3.8, "song", "zenhei", 0.2)
    g.put(14, y + 12, "签约产品：", 4)
    g.boxes(38, y + 12, ["借记卡", "手机银行", "短信通知", "理财账户"], {0, 1}, 3.8, 36)
    y = g.text(
        14,
        y + 26,
        "本人确认已收到并理解《个人银行结算账户管理协议》，同意贵行查询、核验本人身份信息，并对账户实名使用负责，不出租、出借、出售账户。",
        182,
        4,
        1.8,
    )
    g.put(110, y + 14, "客户签名：", 4)
    g.put(134, y + 14, z.name, 6, hand=True)
    g.put(110, y + 26, f"柜员 0{R.randint(1, 999):03d}　网点 样例市望湖支行", 3.8)
    g.chop(54, y + 22, ["样例农商银行", "业务办讫", dot(c.today)], 4.4, (30, 50, 150))
    return [("form", g)]


def school_notice(c, dpi, R):
    """A notice to parents about enrolment, sealed like a certificate; it admits nobody by name."""
    g = a4(dpi, R, "wenkai", "#fff8f2", True)
    g.frame(10, "#c0392b", 1.2, 2.4)
    g.put(148.5, 42, "小学一年级新生报名通知", 11, "zenhei", "m", fill=RED)
    g.put(36, 66, "各位家长：", 6.4)
    y = g.text(
        36,
        80,
        f"我校{c.today[0] + 1}年秋季招生报名工作即将开始。凡年满六周岁、户籍或者实际居住地在本学区的儿童均可报名。",
        224,
        6.2,
        1.9,
    )
    y = g.text(36, y, "报名时请携带户口簿、父母身份证或者居住证、出生医学证明、预防接种证的原件和复印件。逾期不再补报。", 224, 6.2, 1.9)
    g.put(250, 166, "样例市望湖实验小学", 6.2, None, "r")
    g.put(250, 178, cn(c.today), 5.6, None, "r")
    g.seal(222, 166, "样例市望湖实验小学", 20, 0.6)
    return [("notice", g)]


def parking_fine(c, dpi, R):
    """A notice of wrong parking, with plate and place."""
    g = page(105, 190, dpi, R, "micro", "#fdfdfb", "card")
    g.put(52.5, 14, "样例市公安局交通警察支队", 4.6, "zenhei", "m")
    g.put(52.5, 23, "违法停车告知单", 7, "zenhei", "m")
    g.put(98, 31, f"编号：{R.randrange(10**11):011d}", 3.2, None, "r")
    y = 42
    for k, v in [
        ("机动车号牌", c.plate[:2] + f"K{R.randrange(10**5):05d}"),
        ("车辆类型", "小型汽车"),
        ("停放时间", f"{iso(c.today)} {R.randint(7, 20):02d}:{R.randrange(60):02d}"),
        ("停放地点", c.co_addr),
    ]:
        y = g.item(8, y, k, v, size=3.6, vf="song", w=62, under=0) + 9
    y = g.text(
        8,
        y + 2,
        "该机动车在上述时间、地点停放，违反《中华人民共和国道路交通安全法》第五十六条的规定。请机动车驾驶人携带驾驶证、行驶证在十五日内到交警大队接受处理。",
        89,
        3.6,
        1.75,
    )
    g.item(8, y + 8, "执勤人员", f"警号 {R.randrange(10**6):06d}", size=3.6)
    g.barcode(16, y + 16, 70, 9)
    return [("slip", g)]


def train_ticket(c, dpi, R):
    """A railway receipt of the size of an identity card."""
    p = c.p
    g = page(86, 54, dpi, R, "song", "#e3f1f8")
    g.curves("#c4e0ee", 2.4, 1.2, 18)
    g.put(4, 6.4, f"{R.choice('ABCDEF')}{R.randrange(10**6):06d}", 3.2, "mono", fill="#b03030")
    g.put(82, 6.4, f"检票：{R.randint(1, 16)}{R.choice('AB')}", 2.8, None, "r")
    a, b = R.sample(["样例东站", "望湖站", "模范县站", "青杨北站"], 2)
    g.put(6, 14.6, a, 4.4, "zenhei")
    g.put(80, 14.6, b, 4.4, "zenhei", "r")
    g.put(43, 14.4, f"G{R.randint(1001, 7999)}", 4, "zenhei", "m")
    g.put(6, 22, f"{c.today[0]}年{c.today[1]:02d}月{c.today[2]:02d}日  {R.randint(6, 21):02d}:{R.randrange(60):02d} 开", 3)
    g.put(80, 22, f"{R.randint(1, 16):02d}车 {R.randint(1, 18):02d}{R.choice('ABCDF')}号", 3, None, "r")
    g.put(6, 28, f"￥{R.randint(20, 480)}.5 元", 3.2)
    g.put(80, 28, "二等座", 3, None, "r")
    g.put(6, 35, p.idno[:10] + "****" + p.idno[14:], 3.2, "mono")
    g.put(52, 35, p.name, 3.2)
    g.put(6, 42, "仅供报销使用", 3)
    g.put(6, 49, "报销凭证遗失不补", 2.6)
    g.qr(64, 38, 13, f"RAIL{R.randrange(10**8):08d}")
    return [("ticket", g)]


def library_card(c, dpi, R):
    """A reader's card: photograph, name, number, validity."""
    p = c.p
    g = page(85.6, 54, dpi, R, "wenkai", "#eef7e6")
    g.rings(70, 45, "#d6eac4", 3, 60, 2.4)
    g.put(42.8, 9, "样例市图书馆读者证", 4.8, "zenhei", "m", fill="#2f6b1f")
    g.photo(6, 14, 20, 26, "#ffffff")
    for i, (k, v) in enumerate(
        [("姓　名", p.name), ("性　别", p.sex), ("读者证号", f"D{R.randrange(10**9):09d}"), ("有效期至", iso(c.dl_to))]
    ):
        g.item(31, 18.6 + i * 7, k, v, size=3, vf="song")
    g.barcode(8, 44, 44, 6)
    g.put(80, 49, "凭证借阅 请勿转借", 2.5, None, "r")
    return [("card", g)]


def leave_form(c, dpi, R):
    """A company's form for leave: a table like an application form."""
    z = c.boss
    g = a4(dpi, R, "ming")
    g.put(105, 26, c.company, 5, "zenhei", "m")
    g.put(105, 40, "员工请假申请表", 8, "zenhei", "m")
    rows = [
        ["姓　名", z.name, "部　门", R.choice(["生产部", "行政部", "市场部"])],
        ["职　务", R.choice(["主管", "技术员", "业务员"]), "工　号", f"{R.randrange(10**5):05d}"],
        ["请假类别", "事假　年休假　病假　婚假", None, None],
        [
            "请假时间",
            f"自 {dot(c.today)} 至 {dot((c.today[0], c.today[1], min(28, c.today[2] + 3)))}，共 {R.randint(1, 4)} 天",
            None,
            None,
        ],
    ]
    y = g.grid(20, 50, [28, 57, 28, 57], rows, 13, 4, "song", "ming", 0.25)
    for k, h in (("请假事由", 40), ("部门负责人意见", 34), ("人事部门意见", 34), ("总经理审批", 34)):
        g.cell(20, y, 28, h, k.replace("部门", "部门\n"), 3.8)
        g.rect(48, y, 190, y + h, 0.25)
        if k == "请假事由":
            g.text(
                52,
                y + 12,
                R.choice(["回老家办理户口迁移手续。", "陪同家人到出入境大厅办理护照。", "参加驾驶证科目三考试。"]),
                130,
                4.8,
                1.8,
                hand=True,
            )
        elif k != "总经理审批":
            g.put(60, y + 16, "同意", 6, hand=True)
            g.put(140, y + 28, short(c.today), 4.6, hand=True)
        y += h
    return [("form", g)]


def contents(c, dpi, R):
    """The table of contents of a file, names of kinds with numbers of pages."""
    g = a4(dpi, R, "song")
    g.put(105, 34, "卷内文件目录", 9, "zenhei", "m")
    names = [
        "申请表",
        "居民身份证复印件",
        "居民户口簿复印件",
        "毕业证书",
        "学位证书",
        "劳动合同",
        "社会保险缴费证明",
        "承诺书",
        "审批表",
        "送达回证",
    ]
    n, rows = 1, [["顺序号", "题　名", "责任者", "日　期", "页号"]]
    for i, s in enumerate(names[: R.randint(7, 10)]):
        rows.append([str(i + 1), s, c.boss.name if i < 3 else "", dot(c.ldate), str(n)])
        n += R.randint(1, 4)
    rows += [["", "", "", "", ""]] * 4
    g.grid(20, 44, [22, 70, 30, 30, 18], rows, 12, 4, "ming", "song", 0.25)
    g.put(20, 280, f"档号：YL-2026-{R.randrange(10**4):04d}", 3.8)
    return [("page", g)]


def honour(c, dpi, R):
    """A certificate of honour, framed and sealed."""
    z = c.q
    g = a4(dpi, R, "ukai", "#fffdf0", True)
    g.frame(9, "#c58f1e", 2, 3, 9)
    g.put(148.5, 52, R.choice(["荣 誉 证 书", "奖　状", "捐 赠 证 书"]), 14, "zenhei", "m", fill=RED)
    g.text(
        44,
        86,
        f"{z.name}同志：在{c.ldate[0]}年度社区志愿服务活动中热心公益、表现突出，为文明创建工作作出了积极贡献。特颁此证，以资鼓励。",
        210,
        7,
        2.0,
    )
    g.put(250, 160, "样例市志愿服务联合会", 6, None, "r")
    g.put(250, 172, spaced(c.ldate), 5.4, "ming", "r")
    g.seal(220, 160, "样例市志愿服务联合会", 20, 0.6)
    return [("certificate", g)]


def invoice(c, dpi, R):
    """An invoice with names and codes of two companies."""
    g = page(210, 140, dpi, R, "song", "#fffefc", "sheet")
    brown = "#6a3410"
    g.put(105, 17, "电子发票（普通发票）", 7, "ukai", "m", fill=brown)
    g.line(66, 20, 144, 20, 0.4, brown)
    g.put(150, 27, f"发票号码：26{R.randrange(10**18):018d}", 3, fill=brown)
    g.put(150, 32, "开票日期：" + cn2(c.today), 3, fill=brown)
    g.cell(14, 38, 8, 22, "购\n买\n方", 3.2, line=rgb(brown), fill=brown)
    g.cell(104, 38, 8, 22, "销\n售\n方", 3.2, line=rgb(brown), fill=brown)
    for x, n, k in ((22, c.company2, R.randrange(10**8)), (112, c.company, R.randrange(10**8))):
        g.rect(x, 38, x + 82 + (2 if x > 100 else 0), 60, 0.3, rgb(brown))
        g.put(x + 2, 46, "名称：" + n, 3.2)
        g.put(x + 2, 54.4, f"统一社会信用代码/纳税人识别号：9199MA{k:08d}00", 2.9)
    q, price = R.randint(1, 20), R.randint(20, 900)
    rows = [
        ["项目名称", "单位", "数量", "单价", "金额", "税率", "税额"],
        [
            R.choice(["*劳务*装卸服务", "*纸制品*复印纸", "*餐饮服务*餐费"]),
            "项",
            str(q),
            f"{price}.00",
            f"{q * price:.2f}",
            "3%",
            f"{q * price * 0.03:.2f}",
        ],
    ]
    y = g.grid(14, 60, [56, 16, 18, 26, 30, 16, 20], rows, [7, 26], 3.2, "ming", "song", 0.3, line=rgb(brown))
    g.grid(14, y, [56, 126], [["价税合计（小写）", f"￥{q * price * 1.03:.2f}"]], 9, 3.4, "ming", "song", 0.3, line=rgb(brown))
    g.put(14, y + 18, "备注：", 3.2, fill=brown)
    g.put(14, y + 30, "开票人：" + R.choice("贾韦夏") + "会计", 3.2, fill=brown)
    return [("invoice", g)]


def gym_contract(c, dpi, R):
    """A contract that is none of work: the membership of a gym."""
    b = c.q
    g = a4(dpi, R, "song")
    g.put(105, 30, "健身会员服务协议书", 9, "zenhei", "m")
    g.item(24, 46, "甲方（服务方）", "样例市动感健身俱乐部", size=4.4, under=70)
    g.item(24, 56, "乙方（会员）", b.name, size=4.4, under=50)
    g.item(112, 56, "证件号", b.idno, size=4.4, under=56)
    fee = R.randint(8, 60) * 100
    y = 72
    for i, s in enumerate(
        [
            f"乙方自愿购买甲方年度会员卡，有效期自{cn(c.ldate)}起十二个月。",
            f"会员费为人民币{fee}元，一次性支付；私教课程另行签订协议。",
            "乙方应当遵守场馆规定，按照器械说明正确使用设备，不得在场内吸烟。",
            "甲方应当保证场地、设备符合安全标准，合理安排教练的工作时间和劳动强度。",
            "会员卡仅限本人使用，转让须双方到前台办理手续并支付手续费。",
            "因本协议发生争议，双方协商解决，协商不成的提交样例仲裁委员会仲裁。",
        ]
    ):
        y = g.text(24, y, f"第{'一二三四五六'[i]}条　{s}", 162, 4.4, 1.95)
    g.put(24, y + 18, "甲方盖章：", 4.4)
    g.seal(62, y + 22, "样例市动感健身俱乐部", 17, 0.6)
    g.put(110, y + 18, "乙方签字：", 4.4)
    g.put(134, y + 18, b.name, 6.2, hand=True)
    g.put(24, y + 36, cn(c.ldate), 4.4)
    return [("page1", g)]


def insurance_ad(c, dpi, R):
    """An advertisement that speaks of licences and marks."""
    g = a4(dpi, R, "zenhei", "#fff3d6")
    g.rect(0, 0, 210, 70, 0.1, None, "#e2571e")
    g.put(105, 34, "车险到期？找平顺！", 15, "wenkaib", "m", fill="#ffffff")
    g.put(105, 54, "新车 · 续保 · 过户 全城上门", 7, None, "m", fill="#fff6c8")
    y = 94
    for s in [
        "报价三分钟，出单十分钟",
        "只需拍照上传行驶证、驾驶证即可投保",
        "六年免检车辆免费代领检验合格标志",
        f"老客户续保立减 {R.randint(1, 9) * 100} 元",
    ]:
        g.star(28, y - 2, 3, "#e2571e")
        g.put(36, y, s, 6)
        y += 20
    g.rect(24, y, 186, y + 40, 1, "#e2571e", "#ffffff", 4)
    g.put(105, y + 18, "平顺保险代理 服务热线", 6, None, "m")
    g.put(105, y + 33, f"0000-{R.randrange(10**7):07d}", 9, "micro", "m", fill="#e2571e")
    g.qr(90, y + 50, 30, f"https://ins.example/{R.randrange(10**6)}")
    g.put(105, y + 88, "广告 · 本优惠解释权归本公司所有", 3.4, None, "m")
    return [("advert", g)]


# ---------- nothing like our kinds ----------
def queue_ticket(c, dpi, R):
    """A ticket of the queueing machine."""
    g = page(72, 96, dpi, R, "micro", "#fcfcfa")
    g.put(36, 12, "样例市公安政务服务大厅", 4, "zenhei", "m")
    g.put(36, 22, "您的号码", 4.4, None, "m")
    g.put(36, 42, f"{R.choice('ABCD')}{R.randint(1, 399):03d}", 15, "zenhei", "m")
    g.put(36, 54, "业务：" + R.choice(["户政", "出入境", "车驾管", "综合"]) + "窗口", 4, None, "m")
    g.put(36, 63, f"前面等候 {R.randint(0, 60)} 人", 4, None, "m")
    g.put(36, 73, f"{iso(c.today)} {R.randint(9, 16):02d}:{R.randrange(60):02d}", 3.6, None, "m")
    g.put(36, 84, "过号请重新取号，谢谢合作！", 3.4, None, "m")
    return [("ticket", g)]


def hospital_bill(c, dpi, R):
    """A bill of a hospital's outpatients."""
    z = c.q
    g = page(210, 160, dpi, R, "song", "#fdf7fb", "sheet")
    g.put(105, 20, "样例省医疗门诊收费票据（电子）", 7, "zenhei", "m", fill="#6a1a42")
    g.put(18, 31, f"票据代码：0099{R.randrange(10**4):04d}", 3.4)
    g.put(120, 31, f"票据号码：{R.randrange(10**10):010d}", 3.4)
    g.put(18, 39, f"交款人：{z.name}　性别：{z.sex}　病历号：{R.randrange(10**8):08d}", 3.8)
    items, tot, rows = ["西药费", "检查费", "化验费", "诊察费", "治疗费"], 0, [["项目名称", "数量/单位", "金额（元）", "备注"]]
    for s in items:
        v = R.randint(5, 400)
        tot += v
        rows.append([s, "1/项", f"{v}.00", R.choice(["甲类", "乙类", "自费"])])
    y = g.grid(18, 44, [60, 36, 44, 34], rows, 9, 3.6, "ming", "song", 0.2)
    g.item(18, y + 9, "金额合计", f"{tot}.00 元", size=4)
    g.put(18, y + 19, f"医保统筹支付：{tot // 2}.00　个人账户支付：{tot - tot // 2}.00　现金支付：0.00", 3.6)
    g.item(18, y + 29, "收款单位", "样例市云泽区人民医院", size=3.6)
    g.item(130, y + 29, "收费员", f"{R.randrange(10**4):04d}", size=3.6)
    g.seal(170, y + 16, "样例市云泽区人民医院", 15, 0.5, bottom="收费专用章", shape="oval", star=False)
    return [("bill", g)]


def noodle_menu(c, dpi, R):
    """A menu in two columns."""
    g = a4(dpi, R, "wenkaib", "#f9efe0")
    g.rect(12, 12, 198, 285, 1.4, "#7a2f16")
    g.put(105, 36, "巷口面馆", 14, "micro", "m", fill="#7a2f16", bold=0.2)
    g.put(105, 48, "营业时间 06:30 — 21:00", 4.4, "wenkai", "m")
    left = ["牛肉面", "雪菜肉丝面", "葱油拌面", "三鲜馄饨", "鲜肉锅贴", "素菜包", "茶叶蛋"]
    right = ["蛋炒饭", "排骨年糕", "糖醋里脊", "清炒时蔬", "紫菜蛋汤", "绿豆汤", "鲜榨橙汁"]
    for x, names in ((24, left), (112, right)):
        for i, s in enumerate(names):
            y = 74 + i * 22
            g.put(x, y, s, 6, "wenkai")
            g.dotted(x + 36, y - 1, x + 56)
            g.put(x + 58, y, f"{R.randint(3, 48)} 元", 5.4, "wenkai")
    g.put(105, 250, f"加面不加价　外卖电话 0000-{R.randrange(10**7):07d}", 5, "wenkai", "m")
    return [("menu", g)]


def letter(c, dpi, R):
    """A letter by hand that mentions certificates."""
    g = a4(dpi, R, "wenkail", "#fffff6")
    for i in range(20):
        g.line(22, 44 + i * 11.4, 188, 44 + i * 11.4, 0.15, "#c5d3c5")
    y = 42.0
    text = [
        f"{c.q.name}：你好！",
        "好久没有联系了。上个月我和小周领了结婚证，",
        "婚礼定在国庆节，到时候你可一定要来。",
        "我的驾驶证也考下来了，科目二挂了两次，",
        "总算没有白练。老家的户口簿还在你妈那里，",
        "麻烦你过年回来的时候帮我带一下。",
        "身份证到期换新的事我自己去办，不用操心。",
        "天冷了，多保重身体。祝一切顺利！",
    ]
    for i, s in enumerate(text):
        g.put(24 if i == 0 else 30 if i in (1, 7) else 24, y, s, 6.2, hand=True)
        y += 11.4
    g.put(150, y + 11.4, c.boss.name, 6.6, hand=True)
    g.put(142, y + 22.8, short(c.ldate), 5.6, hand=True)
    return [("letter", g)]


def newspaper(c, dpi, R):
    """A cutting from a newspaper in three columns."""
    g = a4(dpi, R, "song", "#efece2")
    g.put(20, 20, "样例晚报", 7, "zenhei")
    g.put(190, 20, f"{cn(c.ldate)}　第A{R.randint(2, 16):02d}版", 3.4, None, "r")
    g.line(20, 24, 190, 24, 0.6)
    g.put(105, 40, R.choice(["易制毒化学品管理培训走进企业", "我市居住证办理实现全程网办", "警方捣毁制售假驾驶证窝点"]), 8.4, "zenhei", "m")
    g.put(105, 50, "本报记者 " + c.q.name, 3.6, "ukai", "m")
    body = [
        "本报讯 昨日上午，市公安局有关负责人走进云泽区高新园区，为二十余家企业的安全员讲解购买备案、运输许可等方面的规定，并现场解答提问。",
        "据介绍，今年以来全市窗口单位推行一次告知、容缺受理、证照联办，群众凭一张身份证即可办理一百余项业务，平均跑动次数明显下降。",
        "市民方女士告诉记者，过去给孩子上户口要准备出生医学证明、结婚证、户口簿等一摞材料，如今在手机上提交后，隔天就收到了办结短信。",
        "下一步，我市还将推进自助终端进社区、进商圈，方便群众就近办理，并加强对伪造证件等违法行为的打击力度。",
    ]
    x, y = 20, 62
    for i, s in enumerate(body + body[1:3]):
        if i % 2 == 0 and i:
            x, y = x + 59, 62
        y = g.text(x, y, s, 53, 3.5, 1.7)
    for k in (1, 2):
        g.line(17.5 + 59 * k, 58, 17.5 + 59 * k, 170, 0.15)
    g.rect(20, 182, 190, 250, 0.3, None, "#d8d4c8")
    g.rosette(105, 214, 22, "#b3ae9e", 20)
    g.put(105, 258, "图为活动现场。", 3.6, "ukai", "m")
    return [("cutting", g)]


def delivery_slip(c, dpi, R):
    """The slip of a parcel."""
    a, b = c.boss, c.q
    g = page(100, 150, dpi, R, "micro", "#ffffff")
    g.rect(3, 3, 97, 147, 0.5)
    g.put(8, 16, "迅捷速运", 7, "zenhei")
    g.put(92, 15, "标准快递", 4.6, "zenhei", "r")
    g.barcode(10, 22, 80, 14)
    g.put(50, 42, f"YT{R.randrange(10**12):012d}", 4, "mono", "m")
    g.line(3, 46, 97, 46, 0.3)
    for y, k, z in ((54, "收", b), (88, "寄", a)):
        g.d.ellipse([g.px(7), g.px(y - 5), g.px(14), g.px(y + 2)], fill=rgb(INK))
        g.put(10.5, y, k, 4.2, "zenhei", "m", fill="#ffffff")
        g.put(17, y, z.name + "  " + z.phone[:3] + "****" + z.phone[7:], 4.2)
        g.text(17, y + 8, z.addr, 74, 3.8, 1.5, 0)
        g.line(3, y + 26, 97, y + 26, 0.3)
    g.put(8, 123, "物品：文件（证件类请当面签收）", 3.4)
    g.put(8, 131, f"重量：{R.uniform(0.1, 2):.2f} kg　件数：1", 3.4)
    g.put(8, 141, "签收人：", 3.8)
    return [("slip", g)]


def english_letter(c, dpi, R):
    """A letter in English about a trade fair."""
    g = a4(dpi, R, "serif")
    g.put(24, 30, "YANGLI TRADING & LOGISTICS CO., LTD.", 5.4, "serifb")
    g.put(24, 38, "18 Wanghu Road, Yangli City", 3.8)
    g.put(24, 58, iso(c.ldate), 4.2)
    g.put(24, 74, "Dear Sir or Madam,", 4.4)
    body = [
        "Thank you for your interest in our spring trade fair. We are pleased to confirm",
        f"that booth {R.randint(10, 99)} has been reserved for your company. Kindly bring a copy of your",
        "passport and business licence when you collect the exhibitor badges.",
        "",
        "Set-up begins at 8 a.m. two days before the opening. Freight should reach the",
        "warehouse no later than one week in advance. A list of hotels is enclosed.",
        "",
        "Should you need a letter of invitation for your visa application, please let us",
        "know the full name, date of birth and passport number of each visitor.",
    ]
    y = 88
    for s in body:
        g.put(24, y, s, 4.3)
        y += 8
    g.put(24, y + 8, "Yours faithfully,", 4.4)
    g.put(24, y + 30, f"{c.q.giv_py.title()} {c.q.sur_py.title()}", 4.4)
    g.put(24, y + 38, "Exhibition Manager", 4)
    return [("letter", g)]


def tenancy_ad(c, dpi, R):
    """A notice by a private landlord."""
    g = a4(dpi, R, "wenkaib", "#fefefe")
    g.put(105, 54, "房屋出租", 24, None, "m", fill=R.choice([RED, "#1a1a1c"]))
    y = 92
    rows = [
        f"地址：{c.p.dist}{R.choice(['望湖花园', '青杨新村', '石塘里'])}{R.randint(1, 30)}幢",
        f"两室一厅，{R.randint(55, 98)}平方米，朝南，精装修",
        "家电齐全，拎包入住，可办居住证",
        f"租金：{R.randint(9, 45) * 100}元/月，押一付三",
        "看房请提前联系，中介勿扰",
    ]
    for s in rows:
        g.put(24, y, s, 7.4, "wenkai")
        y += 18
    g.put(105, y + 16, "电话 " + c.boss.phone, 12, "zenhei", "m")
    return [("notice", g)]


def property_notice(c, dpi, R):
    """A notice of a property manager in a red head."""
    g = a4(dpi, R, "ukai")
    g.redhead("望湖花园物业服务中心", 34, 10, "zenhei", f"望物通〔2026〕{R.randint(1, 90)}号")
    g.put(105, 66, "关于小区停水检修的通知", 8, "micro", "m", bold=0.1)
    g.put(24, 84, "尊敬的各位业主、住户：", 5)
    y = g.text(
        24,
        96,
        f"接自来水公司通知，因供水管网检修，本小区将于{cn(c.today)}九时至十七时暂停供水，请各住户提前储水。恢复供水后水质可能短时浑浊，放水片刻即可正常使用。",
        162,
        5,
        2.0,
    )
    y = g.text(24, y, f"给您带来不便，敬请谅解。二十四小时服务电话：0000-{R.randrange(10**7):07d}。", 162, 5, 2.0)
    g.put(184, y + 24, "望湖花园物业服务中心", 5, None, "r")
    g.put(184, y + 36, slash(c.today), 5, "song", "r")
    g.seal(160, y + 26, "样例市望湖物业服务有限公司", 19, 0.6)
    return [("notice", g)]


def phone_notes(c, dpi, R):
    """A page of a note book."""
    g = page(148, 210, dpi, R, "wenkail", "#fffef0", "sheet")
    for i in range(15):
        g.line(10, 36 + i * 11.5, 138, 36 + i * 11.5, 0.15, "#b8c8dc")
    y = 34.6
    rows = [
        "周五前要办的事",
        "1. 去银行打流水",
        f"2. 复印身份证{R.randint(2, 5)}份",
        "3. 给孩子拍一寸照",
        f"4. 老李电话 {c.boss.phone}",
        "5. 取快递",
        f"6. 车检 {c.insp[0]}年{c.insp[1]}月前",
    ]
    for s in rows:
        g.put(14, y, s, 6, hand=True)
        y += 11.5
    return [("notes", g)]


LOOKALIKE = [
    guide_page,
    materials_notice,
    bank_form,
    school_notice,
    parking_fine,
    train_ticket,
    library_card,
    leave_form,
    contents,
    honour,
    invoice,
    gym_contract,
    insurance_ad,
]
PLAIN = [
    queue_ticket,
    hospital_bill,
    noodle_menu,
    letter,
    newspaper,
    delivery_slip,
    english_letter,
    tenancy_ad,
    property_notice,
    phone_notes,
]
LAYOUTS = {"other": LOOKALIKE + PLAIN}
