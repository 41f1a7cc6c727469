"""Licences of special trades and papers of precursor chemicals of the tuning profile `hand`.

For TUNING only. Tools are in `hand_pen`; it needs the session generator's folder on the path (module `base`).
"""

# ruff: noqa: UP031 - percent forms stay short and readable in tables of wordings

from base import iso
from hand_certs import GOLD, PAPER, WAVES, a4
from hand_pen import GREY, HEI, INK, NAVY, RED, SONG, T, V, bureau, emblem, kv, nm, para, say, tab, val
from varied_core import Ctx


def redhead(g, k, org, no, x=25, w=160, y=30):
    """Red head of an official letter: name, rule, number below. Returns the next top."""
    T(g, x + w / 2, y, org + k("", "", "文件"), k(10, 12), "mm", k("serifb", "sansb"), RED, k(0, 1), w=w)
    side = k.chance(0.5)
    if side:
        g.line(x, y + 12, x + w, y + 12, 0.8, RED)
        val(g, k, x, y + 18, w, no, 4.2, 1, "r", fo=k.bf)
        return y + 26
    val(g, k, x, y + 14, w, no, 4.2, 1, "c", fo=k.bf)
    g.line(x, y + 20, x + w, y + 20, 0.8, RED)
    return y + 28


def ending(g, k, org, d, seal, x, y, w, s=4.4, labels=None):
    """Office and date at the foot of a page, the seal over both."""
    f = k("bare", "bare", "lab", "lab", "box")
    if f == "bare" or not labels:
        val(g, k, x, y, w, org, s, 1, "r", fo=k.bf)
        val(g, k, x, y + s * 2.2, w - k(0, 6), d, s, 1, "r", fo=k.bf)
    elif f == "lab":
        kv(g, k, x, y, labels[0], org, s, 0, w, 1)
        kv(g, k, x, y + s * 2.2, labels[1], d, s, 0, w, 1)
    else:
        T(g, x, y - s * 1.8, k("（盖章）", "（公章）", "发证机关盖章"), s * 0.9, "lm", k.lf)
        kv(g, k, x, y, labels[0], org, s, 0, w, 1)
        val(g, k, x, y + s * 2.2, w, d, s, 1, "r")
    g.seal(x + w * 0.62, min(y + s, g.h - 26), seal, 18, 0.6)


# ---------- special trade ----------
TRADES = [
    "旅馆业",
    "旅馆业",
    "公章刻制业",
    "典当业",
    "开锁业",
    "保安培训",
    "印章刻制",
    "废旧金属收购业",
    "机动车修理业",
    "宾馆、酒店住宿",
    "报废汽车回收拆解",
    "民宿",
]


def special_trade_license(c, dpi, R):
    K = Ctx(R)
    org = bureau(c, K)
    tr = K(c.trade, c.trade, *TRADES)
    ab = c.p.city[0]
    no = K(
        c.lic_no,
        "%s公特字第%05d号" % (ab, R.randint(1, 99999)),
        "公特%s旅字第%04d号" % (ab, R.randint(1, 9999)),
        "%s公治特旅〔%d〕%d号" % (ab, c.lic_date[0], R.randint(1, 999)),
        "%s%04d%05d" % (c.p.region, c.lic_date[0], R.randint(1, 99999)),
        "TZ%s%06d" % (c.p.region[:4], R.randint(1, 999999)),
    )
    way = K("wide", "wide", "tall", "said", "decision", "e", "table")
    titles = [
        "特种行业许可证",
        "特种行业许可证",
        "特种行业许可证",
        "旅馆业特种行业许可证" if "旅" in tr else tr + "特种行业许可证",
        "特 种 行 业 许 可 证",
        "特种行业经营许可证",
    ]
    tcol = K(RED, INK, NAVY, "#7a1616", "#8a5a14")
    L_ = dict(
        n="单位名称|企业名称|名称|旅馆名称|字号|单位|商号名称|经营单位"
        if "旅" in tr
        else "单位名称|企业名称|名称|字号|单位|商号名称|经营单位",
        a="地址|单位地址|经营地址|经营场所|详细地址|营业地点|所在地址",
        b="法定代表人|负责人|法定代表人或负责人|法人代表|经营负责人|企业法人|主要负责人",
        t="经营范围|许可项目|行业类别|经营种类|特业种类|业务范围|许可范围|核准经营项目|行业种类",
        o="发证机关|签发机关|核发机关|审批机关|发证单位|许可机关",
        d="发证日期|签发日期|核发日期|发证时间|批准日期|填发日期",
        x="许可证编号|编号|证号|证书编号|许可证号|证件编号",
    )

    def bits(k):
        return dict(
            n=V(c.company, "company"),
            a=V(c.co_addr, "address"),
            b=V(nm(k, c.boss.name), "legal_rep", c.boss.name),
            t=V(tr, "trade"),
            o=V(org, "authority", hand=False),
            d=V(k.date(c.lic_date, k(None, "cn", "cn", "zh")), "issue_date", iso(c.lic_date), hand=False),
            x=V(no, "license_no", hand=False),
        )

    seal = K(org, org + "行政许可专用章", org + "治安管理专用章", org + "特种行业管理专用章")
    lawt = [
        "依据《旅馆业治安管理办法》第四条规定，经审查合格，准予经营。",
        "经审核，符合特种行业开办条件，特发此证。",
        "依照国家有关规定，经审查符合治安管理条件，准许经营上列业务。",
        "根据《国务院对确需保留的行政审批项目设定行政许可的决定》，准予许可。",
    ][0 if "旅" in tr else 1 :]
    use = [
        "1.本证不得伪造、涂改、转借、买卖。2.变更登记事项应当到原发证机关办理变更手续。3.停业应当缴回本证。",
        "注意事项：本证应悬挂于营业场所明显处；歇业、转业、合并、迁移、改变名称应当向公安机关备案。",
    ]
    more = [
        ("经济性质|企业性质|经济类型", K("有限责任公司", "民营", "个体", "股份制")),
        ("治安负责人|安全责任人|治安保卫负责人", c.q.name),
        ("客房数|房间数量（间）|床位数", "%d" % R.randint(10, 180)) if "旅" in tr else ("从业人数|从业人员数", "%d人" % R.randint(3, 60)),
        ("有效期限|有效期|许可期限", K("长期", "三年", "长期有效")),
        ("联系电话|电话", c.boss.phone),
    ]

    def lines(g, k, x, y, w, s, st, keys="nbat", lw=None):
        m = bits(k)
        ks = list(keys)
        if k.chance(0.3):
            k.R.shuffle(ks)
        rows = [(L_[q], m[q]) for q in ks]
        for i in sorted(k.R.sample(range(5), k(0, 1, 2))):
            rows.append((more[i][0], V(more[i][1])))
        lw = lw if lw is not None else k(0, s * 7, s * 8)
        for a, v in rows:
            y = kv(g, k, x, y, a, v, s, lw, w, 2) + st
        return m, y

    def wide(g, k):
        """Landscape, framed, to hang on the wall."""
        if k.chance(0.5):
            emblem(g, g.w / 2, 26, 9, "#c0392b", k.chance(0.3))
        T(g, g.w / 2, 48, k(*titles), 15, "mm", k.tf, tcol, k(2, 6), w=220)
        m = bits(k)
        if k.chance(0.7):
            right = k.chance(0.7)
            kv(g, k, 186 if right else 36, 66, L_["x"], m["x"], 4.6, 0, 80, 1)
        else:
            T(g, g.w / 2, 63, no if "第" in no else "编号：" + no, 4.6, "mm", k.bf, INK)
            g.fields["license_no"] = no
        _m, y = lines(g, k, 42, 82, 214, k(5.2, 5.8), k(14, 15))
        if k.chance(0.5) and y < 150:
            y = para(g, k, 42, y - 4, 210, k(*lawt), 4.6) + 6
        ending(g, k, m["o"], m["d"], seal, 170, max(y + 4, 160), 86, 5, (L_["o"], L_["d"]))
        if k.chance(0.4):
            T(g, 36, 196, k("中华人民共和国公安部监制", "（正本）", "%s公安厅制" % c.prov), 3.6, "lm", k.lf, GREY)

    def tall(g, k):
        """Portrait, with the word for the copy and notes at the foot."""
        T(g, 105, 40, k(*titles), 12, "mm", k.tf, tcol, k(1, 3), w=160)
        T(g, 105, 54, k("（副本）", "（正本）", "副  本", ""), 5, "mm", k.lf) if k.chance(0.7) else None
        m = bits(k)
        kv(g, k, k(30, 112), 68, L_["x"], m["x"], 4.4, 0, 76, 1)
        if k.chance(0.4):
            m2, s = m, 4.4
            r = [[k.L(L_[q]), m2[q], None, None] for q in "na"]
            r += [[k.L(L_["b"]), m2["b"], k.L(more[1][0]), V(more[1][1])], [k.L(L_["t"]), m2["t"], k.L(more[2][0]), V(more[2][1])]]
            r += [[k.L(more[3][0]), V(more[3][1]), k.L(more[4][0]), V(more[4][1])], ["备注", V(k("", "首次发证", "变更换发")), None, None]]
            y = tab(g, k, 28, 78, [34, 50, 32, 38], r, s, 17)
        else:
            _m, y = lines(g, k, 32, 88, 150, k(4.8, 5.2), k(16, 18))
        if k.chance(0.5):
            y = para(g, k, 32, y, 146, k(*lawt), 4.4) + 4
        ending(g, k, m["o"], m["d"], seal, 104, max(y + 18, 206), 82, 4.8, (L_["o"], L_["d"]))
        if k.chance(0.5):
            para(g, k, 28, 262, 154, k(*use), 3.3, 1.5, 0)

    def said(g, k):
        """The whole in one or two sentences."""
        land = g.w > g.h
        T(g, g.w / 2, 44, k(*titles), 13, "mm", k.tf, tcol, k(2, 4), w=g.w - 70)
        m = bits(k)
        val(g, k, g.w - 130, 62, 96, V(no if "第" in no else k("编号：", "证号：", "No.") + no, "license_no", no, hand=False), 4.6, 1, "r")
        tpl = k(
            "经审查，{n}（法定代表人{b}，地址：{a}）申请经营{t}，符合公安机关特种行业治安管理规定，准予营业，特发此证。",
            "兹准予{n}在{a}经营{t}业务，法定代表人为{b}。",
            "{n}：根据你单位的申请，经实地勘验和审查，同意在{a}开办{t}，负责人{b}，特颁发本许可证。",
            "依据有关治安管理法规，核准{b}在{a}开设{n}，经营项目为{t}。此证",
        )
        y = say(g, k, 36, 74, g.w - 72, 5.8 if land else 5.2, tpl, m, lead=2.5)
        ending(g, k, m["o"], m["d"], seal, g.w - 124, max(y + 16, 140), 88, 5, (L_["o"], L_["d"]))

    def decision(g, k):
        """Letter with a red head that grants the licence."""
        m = bits(k)
        m["x"] = V(no, "license_no", hand=False)
        y = redhead(g, k, org, V("%s公行许〔%d〕%d号" % (ab, c.lic_date[0], k.R.randint(1, 400)), hand=False))
        t = k("准予行政许可决定书", "关于核发特种行业许可证的决定", "特种行业许可决定书", "特种行业许可证审批通知书")
        T(g, 105, y + 8, t, 7.4, "mm", k.tf, INK)
        y += 22
        T(g, 28, y, c.company + "：", 4.8, "lm", k.bf)
        g.fields["company"] = c.company
        tpl = k(
            "你单位提出的{t}特种行业许可申请，经审查符合法定条件，根据《中华人民共和国行政许可法》第三十八条第一款的规定，决定准予许可，核发《特种行业许可证》（编号：{x}）。经营地址：{a}，法定代表人：{b}。",
            "经审核，你单位申请材料齐全，经营场所（{a}）符合治安管理要求，同意你单位（法定代表人：{b}）从事{t}，许可证编号为{x}。请凭本决定书办理有关手续。",
        )
        y = say(g, k, 28, y + 8, 156, 4.8, tpl, m, lead=2.2, pv=k("plain", "under", "bold"))
        y = para(g, k, 28, y + 2, 154, "如发生变更名称、地址、法定代表人等情况，应当自变更之日起十五日内到我局办理变更手续。", 4.6, 1.9)
        ending(g, k, m["o"], m["d"], seal, 96, max(y + 26, 190), 86, 4.8)

    def e_cert(g, k):
        m = bits(k)
        T(g, 105, 30, k("特种行业许可证（电子证照）", "特种行业许可证", "特种行业许可证电子证照"), 9, "mm", "sansb", tcol)
        rows = [
            (L_["x"], m["x"]),
            (L_["n"], m["n"]),
            ("统一社会信用代码", V(c.uscc)),
            (L_["b"], m["b"]),
            (L_["a"], m["a"]),
            (L_["t"], m["t"]),
        ]
        rows += [(more[3][0], V(more[3][1])), (L_["o"], m["o"]), (L_["d"], m["d"])]
        if k.chance(0.6):
            y = tab(g, k, 24, 46, [46, 116], [[k.L(a), v] for a, v in rows], 4.2, 14, al=k("l", "c"))
        else:
            y = 54
            for a, v in rows:
                y = kv(g, k, 30, y, a, v, 4.4, 44, 148, 2) + 14
        g.qr(30, y + 8, 28, "https://tzhy.example/" + c.p.region)
        T(g, 64, y + 20, k("扫码核验证照信息", "电子证照与纸质证照具有同等法律效力"), 3.4, "lm", "sans", GREY)
        g.seal(160, min(y + 14, 262), seal, 18)

    def table(g, k):
        """Landscape table, labels in cells."""
        m = bits(k)
        T(g, g.w / 2, 30, k(*titles), 12, "mm", k.tf, tcol, 3, w=200)
        L = k.L
        r = [
            [L(L_["n"]), m["n"], L(L_["x"]), m["x"]],
            [L(L_["a"]), m["a"], L(L_["b"]), m["b"]],
            [L(L_["t"]), m["t"], L(more[0][0]), V(more[0][1])],
            [L(more[2][0]), V(more[2][1]), L(more[3][0]), V(more[3][1])],
        ]
        if k.chance(0.5):
            r.append([L(L_["o"]), m["o"], L(L_["d"]), m["d"]])
            y = tab(g, k, 26, 48, [40, 92, 40, 74], r, 4.8, 20)
            g.seal(120, y - 8, seal, 18, 0.6)
            T(g, 28, y + 8, k(*lawt), 4, "lm", k.bf, w=240)
        else:
            y = tab(g, k, 26, 48, [40, 92, 40, 74], r, 4.8, 19)
            ending(g, k, m["o"], m["d"], seal, 170, y + 18, 96, 4.8, (L_["o"], L_["d"]))

    fn = dict(wide=wide, tall=tall, said=said, decision=decision, e=e_cert, table=table)[way]
    land = way in ("wide", "table") or (way == "said" and K.chance(0.6))
    fr = None if way in ("decision", "e") else K(*GOLD, None)
    wv = None if way in ("decision", "e") else K(*WAVES)
    o = dict(lf=K(*SONG, *HEI), vf=K("kai", "song", "serif", "sans", "wenkai"), bf=K("serif", "song", "kai", "sans"), vz=1)
    hand = way in ("said", "tall", "wide") and K.chance(0.1)
    return [("front", a4(K, dpi, fn, land, fr, wv, bg="#ffffff" if way == "decision" else None, hand=hand, ul=K.chance(0.2), **o))]


# ---------- precursor chemicals ----------
CONC = ["分析纯", "工业级", "优级纯", "≥99%", "36%-38%", "98%", "AR", "化学纯"]


def chem_cells(c, k, head, s, extra=True):
    """Rows of a table of chemicals: (widths by weight, rows)."""
    u = k("千克", "千克", "kg", "公斤", "KG")
    inh = k.chance(0.5)
    cols = [(k("品种名称", "品名", "易制毒化学品名称", "化学品名称", "品种", "物品名称"), 5)]
    q = k("数量", "购买数量", "数量及单位", "重量", "许可数量") if head == "buy" else k("数量", "运输数量", "重量", "数量（重量）")
    qh = q + ("（%s）" % u if inh else "")
    rows = []
    cfg = [x for x in ("no", "cls", "conc", "pack") if k.chance(0.5)] if extra else []
    names = dict(
        no=("序号", 2),
        cls=(k("类别", "分类"), 3),
        conc=(k("规格", "浓度", "含量", "规格/浓度"), 3),
        pack=(k("包装", "包装方式", "备注"), 3),
    )
    H = [names["no"]] if "no" in cfg else []
    H += [names["cls"]] if "cls" in cfg else []
    H += cols + ([names["conc"]] if "conc" in cfg else []) + [(qh, 4)] + ([names["pack"]] if "pack" in cfg else [])
    for i in range(max(len(c.chem), k(len(c.chem), 3, 4))):
        if i < len(c.chem):
            qty = str(c.chem_q[i])
            r = [V(str(i + 1))] if "no" in cfg else []
            r += [V(k("第三类", "三类", "第二类"))] if "cls" in cfg else []
            r += [V(c.chem[i], "chem%d" % (i + 1))] + ([V(k(*CONC))] if "conc" in cfg else [])
            r += [V(qty + ("" if inh else u), "qty%d" % (i + 1), qty)] + ([V(k("桶装", "瓶装", "槽车", ""))] if "pack" in cfg else [])
        else:
            r = [V("")] * len(H)
        rows.append(r)
    return [w for _, w in H], [[t for t, _ in H], *rows]


def chem_line(c, k):
    """All chemicals and amounts in one value."""
    u = k("千克", "kg", "公斤")
    t = {}
    for i, (a, b) in enumerate(zip(c.chem, c.chem_q, strict=True)):
        t |= {"chem%d" % (i + 1): a, "qty%d" % (i + 1): str(b)}
    return V(k("、", "；", "，").join("%s%s%d%s" % (a, k("", "", " "), b, u) for a, b in zip(c.chem, c.chem_q, strict=True)), None, t)


def scaled(w, total):
    return [q * total / sum(w) for q in w]


def until(k, c, ds=None):
    """The end of validity, alone or as a span."""
    t = dict(valid_to=iso(c.chem_to))
    ds = ds or k("cn", "cn", None)
    if k.chance(0.45):
        return True, V(k.date(c.chem_date, ds) + k("至", " 至 ", "—", "起至") + k.date(c.chem_to, ds), None, t)
    return False, V(k.date(c.chem_to, ds), None, t)


def chem_paper(c, dpi, K, kind, spec, stub=True):
    """One arrangement of a paper of precursor chemicals. spec: titles, labels (l), values (bits), tables (rows), sentences (say)."""
    R = K.R
    org = bureau(c, K)
    ab = c.p.city[0]
    seal = org + K("易制毒化学品管理专用章", "易制毒化学品专用章", "禁毒支队", "", "禁毒大队易制毒管理专用章")
    way = (
        K("form", "form", "form", "stub", "letter", "system", "list", "blank")
        if stub
        else K("form", "form", "stub", "letter", "system", "list", "cert")
    )
    tcol = K(INK, INK, RED, NAVY)
    no, lx = (
        spec["no"](ab, R),
        "编号|证号|证明编号|备案证明编号|No.|流水号" if kind != "permit" else "编号|证号|许可证编号|许可证号|运输许可证编号|No.",
    )
    lo = (
        "备案机关|发证机关|备案公安机关|公安机关（盖章）|备案单位|出证机关"
        if kind != "permit"
        else "发证机关|审批机关|许可机关|签发机关|批准机关"
    )
    ld = "备案日期|发证日期|签发日期|开具日期|备案时间" if kind != "permit" else "发证日期|签发日期|批准日期|审批日期|许可日期"

    def bits(k):
        span, v = until(k, c)
        m = spec["bits"](k)
        m |= dict(
            x=V(no, "cert_no", hand=False),
            o=V(org, "authority", hand=False),
            v=v,
            q=chem_line(c, k),
            d=k.D("issue_date", c.chem_date, k("cn", "cn", None), hand=False),
        )
        lv = "有效期|有效期限|证明有效期|有效日期" if span else "有效期至|有效期限至|有效期截止|截止日期|有效截止日期"
        return m, {**spec["l"], "v": lv, "q": "品种及数量|品名、数量|化学品品名及数量|易制毒化学品品种和数量"}

    def top(g, k, m, y=30, w=None):
        w = w or g.w
        if k.chance(0.35):
            kv(g, k, w - 92, y - 12, lx, m["x"], 4, 0, 74, 1)
            y2 = y + 14
            T(g, w / 2, y, k(*spec["titles"]), 8.6, "mm", k.tf, tcol, k(0, 0.8), w=w - 40)
        else:
            T(g, w / 2, y, k(*spec["titles"]), 8.6, "mm", k.tf, tcol, k(0, 0.8), w=w - 40)
            y2 = y + 13
            if k.chance(0.4):
                T(g, w / 2, y + 10, k(*spec["subs"]), 4.4, "mm", k.lf)
                y2 += 8
            kv(g, k, k(22, w - 92), y2, lx, m["x"], 4, 0, 72, 1)
            y2 += 8
        return y2

    def form(g, k):
        """The usual table: facts, chemicals, facts."""
        m, L_ = bits(k)
        y = top(g, k, m)
        s, rh, X, W = k(4.0, 4.2), k(10.5, 12), 20, g.w - 40
        a, b = spec["rows"](k, m, L_)
        cw = scaled([22, 30, 18, 30], W) if k.chance(0.7) else scaled([18, 34, 16, 32], W)
        y = tab(g, k, X, y, cw, a, s, rh)
        if spec["table"] and k.chance(0.7):
            w, r = chem_cells(c, k, spec["table"], s)
            y = tab(g, k, X, y, scaled(w, W), r, s, rh * 0.85)
        else:
            y = tab(g, k, X, y, [cw[0], W - cw[0]], [[k.L(L_["q"]), m["q"]]], s, rh)
        y = tab(g, k, X, y, cw, b, s, rh)
        if k.chance(0.35):
            y = tab(g, k, X, y, [cw[0], W - cw[0]], [[k("备注", "说明"), V(k("本证明一次有效", "", "须随货携带，过期作废"))]], s, rh)
        if k.chance(0.5):
            y = para(g, k, 24, y + 3, W - 8, k(*spec["law"]), 4, 1.7)
        if k.chance(0.25):  # the office in the last row of the table
            y = tab(g, k, X, y + 3, [cw[0], W - cw[0]], [[k.L(lo), m["o"]], [k.L(ld), m["d"]]], s, rh)
            g.seal(150, min(y - 4, g.h - 24), seal, 18, 0.6)
        else:
            y = max(y + 16, 206) if g.h > 250 else y + 14
            ending(g, k, m["o"], m["d"], seal, g.w - 104, y, 80, 4.4, (lo, ld))
        if y < g.h - 32 and k.chance(0.5):
            T(g, 20, g.h - 16, k(*spec["foot"]), 3.3, "lm", k.lf, GREY, w=W)

    def stub_(g, k):
        """Counterfoil left, certificate right, a broken line between."""
        m, L_ = bits(k)
        X = 96
        for i in range(12, int(g.h) - 12, 4):
            g.line(X - 6, i, X - 6, i + 2, 0.2)
        upright_ = k("骑缝章", "存根联", "")
        T(g, 45, 26, k(*spec["titles"]), 4.6, "mm", k.tf, tcol, w=76)
        T(g, 45, 34, k("（存根）", "（存 根）", "第一联 存根"), 3.8, "mm", k.lf)
        y = 46
        kv(g, k, 12, y, lx, V(no), 3.4, 0, 74, 1)
        for q in spec["short"]:
            y = kv(g, k, 12, y + 11, L_[q], V(m[q].txt), 3.4, 0, 74, 2)
        kv(g, k, 12, min(y + 14, g.h - 24), "经办人|承办人|签发人", V(c.boss.name, hand=True), 3.4, 0, 60, 1)
        if upright_:
            T(g, X - 6, 8, upright_, 3, "mm", k.lf, GREY)
        T(g, X + (g.w - X) / 2 - 4, 26, k(*spec["titles"]), 8, "mm", k.tf, tcol, 0.4, w=g.w - X - 20)
        kv(g, k, g.w - 92, 38, lx, m["x"], 4, 0, 78, 1)
        W, s, rh = g.w - X - 14, 3.8, 10
        a, b = spec["rows"](k, m, L_)
        cw = scaled([22, 30, 18, 30], W)
        y = tab(g, k, X, 44, cw, a, s, rh)
        y = tab(g, k, X, y, [cw[0], W - cw[0]], [[k.L(L_["q"]), m["q"]]], s, rh)
        y = tab(g, k, X, y, cw, b, s, rh)
        ending(g, k, m["o"], m["d"], seal, g.w - 104, min(y + 14, g.h - 28), 84, 4.2, (lo, ld))

    def letter(g, k):
        """Letter with a red head or bare, all in sentences."""
        m, _ = bits(k)
        if k.chance(0.6):
            y = redhead(g, k, org, m["x"]) + 8
            T(g, 105, y, k(*spec["letter"]), 7.6, "mm", k.tf, INK, w=160)
        else:
            T(g, 105, 36, k(*spec["titles"]), 8.6, "mm", k.tf, INK, w=160)
            val(g, k, 100, 50, 84, V(no, "cert_no"), 4.4, 1, "r")
            y = 52
        y += 14
        if k.chance(0.5):
            T(g, 28, y, m[spec["to"]].txt + "：", 4.8, "lm", k.bf)
            g.fields.update(m[spec["to"]].truth)
            y += 6
        m["v"] = V(k.date(c.chem_to, "cn"), "valid_to", iso(c.chem_to))
        y = say(g, k, 28, y, 156, 4.7, k(*spec["say"]), m, lead=2.2, pv=k("plain", "plain", "under", "bold", "kai"))
        if spec["table"] and k.chance(0.6):
            w, r = chem_cells(c, k, spec["table"], 4)
            y = tab(g, k, 28, y + 3, scaled(w, 154), r, 4.2, 9.5) + 4
        else:
            y = say(g, k, 28, y, 156, 4.7, k("品种及数量：{q}。", "具体品种、数量为：{q}。", "上述化学品为{q}。"), m, lead=2.2, pv="plain")
        y = para(g, k, 28, y + 2, 154, k(*spec["law"]), 4.6, 1.9)
        ending(g, k, m["o"], m["d"], seal, 98, max(y + 22, 190), 84, 4.8, (lo, ld))

    def system(g, k):
        """Printout of the national system: bar code, code to scan, labels with colons in two columns."""
        m, L_ = bits(k)
        g.barcode(138, 12, 52, 8)
        T(g, 105, 32, k(*spec["titles"]), 8, "mm", "sansb", INK, w=150)
        s, y = 3.9, 46
        kv(g, k, 20, y, lx, m["x"], s, 0, 90, 1)
        kv(g, k, 116, y, ld, m["d"], s, 0, 76, 1)
        y += 10
        for q in spec["order"]:
            wide = len(m[q].txt) > 12
            y = kv(g, k, 20, y, L_[q], m[q], s, k.lw, 170, 2) + (9.5 if wide else 9)
        if spec["table"]:
            w, r = chem_cells(c, k, spec["table"], s)
            y = tab(g, k, 20, y, scaled(w, 170), r, s, 8.5) + 8
        else:
            y = kv(g, k, 20, y, L_["q"], m["q"], s, k.lw, 170, 3) + 10
        y = kv(g, k, 20, y, L_["v"], m["v"], s, k.lw, 170, 1) + 10
        g.qr(20, min(y, 240), 26, "https://yzd.example/" + c.pp_no)
        T(g, 50, min(y, 240) + 22, k("扫描二维码可查询备案信息", "全国易制毒化学品管理信息系统打印"), 3.2, "lm", "sans", GREY)
        ending(g, k, m["o"], V(""), seal, 100, min(y + 10, 250), 88, 4.2, None)

    def list_(g, k):
        """Numbered lines."""
        m, L_ = bits(k)
        y = top(g, k, m) + 6
        st, s = k(11.5, 12.5), k(4.4, 4.6)
        num = k("%d.", "%d、", "（%d）") if k.chance(0.5) else None
        q = [*spec["order"], "q", "v"]
        for i, key in enumerate(q):
            t = num % (i + 1) if num else "一二三四五六七八九十"[i % 10] + "、" if i < 10 else "十一、"
            x = T(g, 24, y, t, s, "lm", k.lf) + 0.6
            y = kv(g, k, x, y, L_[key], m[key], s, 0, 186 - x, 3) + st
        if k.chance(0.5):
            y = para(g, k, 24, y - 2, 160, k(*spec["law"]), 4.2, 1.8)
        ending(g, k, m["o"], m["d"], seal, 104, max(y + 12, 216), 80, 4.5, (lo, ld))

    def blank(g, k):
        """Printed sentence with long blanks filled in, three copies."""
        m, _ = bits(k)
        y = top(g, k, m, 34) + 4
        m["v"] = V(k.date(c.chem_to, "cn"), "valid_to", iso(c.chem_to))
        y = say(g, k, 24, y, 162, 4.8, k(*spec["say"]), m, lead=2.5, pv=k("under", "blank", "blank"))
        w, r = chem_cells(c, k, spec["table"] or "move", 4)
        if spec["table"]:
            y = tab(g, k, 24, y + 4, scaled(w, 160), r, 4.2, 11)
        else:
            y = say(g, k, 24, y, 162, 4.8, "品种数量：{q}。", m, lead=2.5, pv="under")
        ending(g, k, m["o"], m["d"], seal, 100, max(y + 26, 170), 84, 4.6, (lo, ld))
        T(g, 24, 276, k(*spec["foot"]), 3.4, "lm", k.lf, GREY, w=160)

    fn = dict(form=form, stub=stub_, letter=letter, system=system, list=list_, blank=blank, cert=form)[way]
    land = way == "stub"
    fr = K(*GOLD) if way == "cert" or (kind == "permit" and way == "form" and K.chance(0.5)) else None
    wv = K(*WAVES) if fr else None
    o = dict(lf=K(*SONG, *HEI), vf=K("song", "serif", "kai", "sans", "wenkai", "ming"), bf=K("serif", "song", "kai"), vz=1, lw=K(0, 36))
    return [("front", a4(K, dpi, fn, land, fr, wv, bg=K(*PAPER), hand=way in ("blank", "form", "list") and K.chance(0.2), **o))]


def precursor_purchase(c, dpi, R):
    K = Ctx(R)
    use = K(
        "生产原料",
        "实验室分析",
        "工业生产用酸",
        "水处理调节剂",
        "教学科研",
        "清洗设备",
        "电镀生产",
        "稀释剂",
        "合成中间体",
        "印染助剂",
        "检测试剂",
        "生产、化验",
    )

    def bits(k):
        return dict(
            b=V(c.company, "buyer"),
            u=V(c.uscc, "uscc"),
            h=V(nm(k, c.p.name), "handler", c.p.name),
            i=V(c.p.idno, "id_no"),
            s=V(c.company2, "seller"),
            p=V(use, "purpose"),
            f=V(c.boss.name),
            t=V(c.p.phone),
            a=V(c.co_addr),
        )

    L_ = dict(
        b="购买单位|购买单位名称|购买方|申请单位|购买企业|购买单位（人）|使用单位",
        u="统一社会信用代码|社会信用代码|单位证照号码|营业执照号|购买单位信用代码|组织机构代码（信用代码）",
        h="经办人|经办人姓名|购买经办人|经办人员|购买单位经办人|具体经办人",
        i="身份证号码|身份证号|公民身份号码|经办人身份证号|经办人身份证号码|居民身份证号",
        s="销售单位|销售单位名称|供货单位|经销单位|销售方|销售企业|供应商",
        p="用途|购买用途|使用用途|主要用途|用途说明|购买使用用途",
        f="法定代表人|单位负责人",
        t="联系电话|电话|联系方式",
        a="单位地址|购买单位地址|仓储地址",
    )

    def rows(k, m, L):
        a = [[k.L(L["b"]), m["b"], None, None]]
        u = [k.L(L["u"]), m["u"], None, None] if k.chance(0.6) else [k.L(L["u"]), m["u"], k.L(L["f"]), m["f"]]
        h = (
            [[k.L(L["h"]), m["h"], k.L(L["i"]), m["i"]]]
            if k.chance(0.7)
            else [[k.L(L["h"]), m["h"], k.L(L["t"]), m["t"]], [k.L(L["i"]), m["i"], None, None]]
        )
        x = [[k.L(L["a"]), m["a"], None, None]] if k.chance(0.4) else []
        s, p = [k.L(L["s"]), m["s"], None, None], [k.L(L["p"]), m["p"], None, None]
        v = [k.L(L["v"]), m["v"], None, None]
        f = k(0, 1, 2)
        if f == 0:
            return [*a, u, *x, *h, s], [p, v]
        if f == 1:
            return [s, *a, u, *h], [p, *x, v]
        return [*a, u, *x, *h], [s, p, v]

    say_ = [
        "{b}（统一社会信用代码{u}）因{p}需要，向{s}购买下列易制毒化学品，经办人{h}（身份证号码{i}），已办理购买备案。本证明有效期至{v}。",
        "兹证明{b}（信用代码：{u}）已在我局办理易制毒化学品购买备案，由{h}持居民身份证（{i}）到{s}办理购买手续，用途为{p}，有效期限至{v}。",
        "你单位（{b}，统一社会信用代码{u}）提交的第二、三类易制毒化学品购买备案申请收悉。经核，材料齐全，同意经办人{h}（公民身份号码{i}）从{s}购进下列化学品用于{p}，此件于{v}前有效。",
        "根据《易制毒化学品管理条例》第十七条，{b}（{u}）向{s}购买易制毒化学品用于{p}，经办人姓名{h}，身份证号{i}，现予备案，有效期至{v}。",
    ]
    spec = dict(
        titles=[
            "易制毒化学品购买备案证明",
            "第二类、第三类易制毒化学品购买备案证明",
            "易制毒化学品购买备案证明",
            "第三类易制毒化学品购买备案证明",
            "购买第二类、第三类易制毒化学品备案证明",
            "非药品类易制毒化学品购买备案证明",
            "购买易制毒化学品备案证明书",
        ],
        subs=["（第二联 交销售单位）", "（一次使用有效）", "（第二类、第三类）", "（购买单位存）", "（多次使用有效）"],
        letter=[
            "关于准予购买易制毒化学品备案的证明",
            "易制毒化学品购买备案证明",
            "易制毒化学品购买备案通知书",
            "关于易制毒化学品购买备案的复函",
        ],
        no=lambda ab, R: K(
            c.pp_no,
            "%s公易购〔2026〕%d号" % (ab, R.randint(1, 999)),
            "GM%s26%06d" % (c.p.region[:6], R.randint(1, 999999)),
            "%s26%08d" % (c.p.region, R.randint(1, 9999999)),
        ),
        bits=bits,
        l=L_,
        rows=rows,
        table="buy",
        short=["b", "s", "q", "v"],
        order=["b", "u", "h", "i", "s", "p"],
        to="b",
        say=say_,
        law=[
            "依据《易制毒化学品购销和运输管理办法》，上述购买事项准予备案，特此证明。",
            "经审查，购买单位提交的材料符合规定，予以备案。销售单位应当查验本证明并留存复印件。",
            "销售单位应当自销售之日起五日内将销售情况报当地公安机关备案。",
            "以上备案事项如有变动，应当重新办理备案。",
        ],
        foot=[
            "本证明一式三联：第一联存根，第二联销售单位留存，第三联购买单位留存。",
            "注：本证明涂改、复印无效，逾期自行作废。",
            "中华人民共和国公安部监制",
        ],
    )
    return chem_paper(c, dpi, K, "buy", spec)


def transport(c, dpi, R, permit):
    K = Ctx(R)
    dash = K(" — ", "—", "至", "→", "－", " 至 ")
    route = c.route.replace(" — ", dash)
    once = K("一次有效", "多次有效", "一次", "多次", "一次使用", "三个月内多次使用", "本次有效")

    def bits(k):
        m = dict(
            w=V(c.company, "owner"),
            c=V(c.company2, "carrier"),
            p=V(c.plate, "plate"),
            h=V(nm(k, c.driver.name), "driver", c.driver.name),
            i=V(c.driver.idno, None if permit else "id_no"),
            r=V(route, "route"),
            g=V(c.p.city + k("安和", "大成", "新元") + "化工有限公司"),
            e=V(c.boss.name),
            t=V(c.p.phone),
        )
        return m | (dict(n=V(once, "times")) if permit else {})

    L_ = dict(
        w="货主|货主单位|货主名称|托运单位|托运人|货主（单位）|申请单位（货主）|发货单位"
        if not permit
        else "货主|货主单位|申请单位|货主名称|托运人|货主（单位）|申请人（货主）",
        c="承运单位|承运人|承运人名称|承运单位名称|运输企业|承运公司|承运方",
        p="车牌号|车牌号码|运输车辆号牌|车辆号牌|承运车辆|运输工具|运输车辆牌号|车辆牌照号",
        h="驾驶人|驾驶员|司机姓名|驾驶员姓名|驾驶人员|驾驶人姓名",
        i="身份证号码|驾驶员身份证号|驾驶人身份证号|公民身份号码|身份证号|驾驶员身份证号码",
        r="运输路线|运输起止地点|起止地点|运输线路|起运地、到达地|运输区间|途经路线|运出地至运入地",
        g="收货单位|收货人|收货方名称",
        e="押运员|押运人|随车押运人员",
        t="联系电话|货主联系电话",
        n="运输次数|使用次数|许可次数|有效次数|许可运输次数|许可证类型|使用有效次数",
    )

    def rows(k, m, L):
        w, cc = [k.L(L["w"]), m["w"], None, None], [k.L(L["c"]), m["c"], None, None]
        x = [[k.L(L["g"]), m["g"], None, None]] if k.chance(0.5) else []
        car = [k.L(L["p"]), m["p"], k.L(L["h"]), m["h"]]
        r = [k.L(L["r"]), m["r"], None, None]
        v = [k.L(L["v"]), m["v"], None, None]
        if permit:
            i = [[k.L(L["e"]), m["e"], k.L(L["n"]), m["n"]]] if k.chance(0.5) else [[k.L(L["n"]), m["n"], None, None]]
        else:
            i = [[k.L(L["i"]), m["i"], None, None]] if k.chance(0.7) else [[k.L(L["i"]), m["i"], k.L(L["e"]), m["e"]]]
        f = k(0, 1, 2)
        if f == 0:
            return [w, *x, cc, car, *i], [r, v]
        if f == 1:
            return [w, *x, r], [cc, car, *i, v]
        return [w, cc, *x], [car, *i, r, v]

    if permit:
        say_ = [
            "经审查，准予{w}运输易制毒化学品。承运人{c}，运输车辆{p}，驾驶员{h}，运输路线{r}，{n}，有效期至{v}。",
            "根据《易制毒化学品管理条例》第二十条，许可{w}委托{c}以{p}号车辆（驾驶人{h}）由{r}运输第二类易制毒化学品，许可次数为{n}，本证于{v}前有效。",
            "你单位（{w}）的易制毒化学品运输许可申请，符合法定条件，决定准予许可。承运单位：{c}；车牌号：{p}；驾驶员：{h}；起止地点：{r}；使用次数：{n}；有效期限至{v}。",
        ]
        titles = [
            "易制毒化学品运输许可证",
            "易制毒化学品运输许可证",
            "第二类易制毒化学品运输许可证",
            "第一类易制毒化学品运输许可证",
            "易制毒化学品运输许可证（副本）",
            "公路运输易制毒化学品许可证",
        ]
        law = [
            "运输易制毒化学品应当随车携带本许可证，接受沿途公安机关检查。",
            "承运人应当按照本证载明的品种、数量和路线运输，不得擅自变更。",
            "经审核，符合《易制毒化学品购销和运输管理办法》规定，准予运输。",
        ]
        letter = ["易制毒化学品运输许可决定书", "关于准予运输易制毒化学品的决定", "易制毒化学品运输许可证"]
    else:
        say_ = [
            "{w}委托{c}运输下列易制毒化学品，使用{p}号车辆，驾驶员{h}（身份证号{i}），运输路线为{r}，经审查材料齐全，予以备案，有效期至{v}。",
            "兹有{w}运输第三类易制毒化学品，由{c}承运，车牌号码{p}，驾驶人{h}，公民身份号码{i}，自{r}，已办理运输备案手续。备案证明有效期至{v}。",
            "经核查，货主{w}、承运人{c}、驾驶员{h}（居民身份证号码{i}）、车辆{p}提交的备案材料符合要求，同意备案。起止地点{r}，运输期限至{v}。",
        ]
        titles = [
            "易制毒化学品运输备案证明",
            "易制毒化学品运输备案证明",
            "第三类易制毒化学品运输备案证明",
            "运输第三类易制毒化学品备案证明",
            "易制毒化学品公路运输备案证明",
            "易制毒化学品运输备案证明书",
        ]
        law = [
            "运输时应当随车携带本备案证明，途中自觉接受公安机关检查。",
            "依据《易制毒化学品管理条例》第二十条规定，对上述运输事项予以备案，特此证明。",
            "如运输车辆、驾驶员、路线发生变化，应当重新办理备案。",
        ]
        letter = ["易制毒化学品运输备案证明", "关于易制毒化学品运输备案的证明", "易制毒化学品运输备案通知书"]
    a, base_ = ("易运许", c.tp_no) if permit else ("易运备", c.tr_no)
    spec = dict(
        titles=titles,
        subs=["（随车携带）", "（正本）", "（第二联 承运人）", "（一次运输有效）" if not permit else "（副本）"],
        letter=letter,
        no=lambda ab, R: K(
            base_,
            base_,
            "%s公%s〔2026〕%d号" % (ab, a, R.randint(1, 999)),
            "%s26%s%06d" % ("YX" if permit else "YB", c.p.region[:6], R.randint(1, 999999)),
        ),
        bits=bits,
        l=L_,
        rows=rows,
        table="move" if not permit or K.chance(0.6) else None,
        short=["w", "c", "p", "r"],
        order=["w", "c", "p", "h", "r", "n"] if permit else ["w", "c", "p", "h", "i", "r"],
        to="w",
        say=say_,
        law=law,
        foot=[
            "本证一式三联，存根、货主、承运人各执一联。",
            "涂改、转让、复印无效；运输结束后将本证交回发证机关。",
            "中华人民共和国公安部监制",
        ],
    )
    out = chem_paper(c, dpi, K, "permit" if permit else "move", spec)
    if permit:  # this kind has no such fields
        for _, g in out:
            for q in [q for q in g.fields if q.startswith(("chem", "qty"))]:
                del g.fields[q]
    return out


def precursor_transport_record(c, dpi, R):
    return transport(c, dpi, R, False)


def precursor_transport_permit(c, dpi, R):
    return transport(c, dpi, R, True)


PERMITS = dict(
    special_trade_license=special_trade_license,
    precursor_purchase=precursor_purchase,
    precursor_transport_record=precursor_transport_record,
    precursor_transport_permit=precursor_transport_permit,
)
