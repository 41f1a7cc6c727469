"""Sheets of the tuning profile `varied`: certificates, contracts, forms and letters as data for the layout engines.

For TUNING only. It needs the session generator's folder on the path (module `base`).
"""

# ruff: noqa: UP031 - percent forms stay short and readable in tables of wordings

from varied_core import ALL, FORM, LIST, REDS, Ctx, F, f, sheet, style

PAPER = ["#ffffff"] * 3 + ["#fffdf4", "#fdf6f6", "#fbfaf3", "#fdfcf6", "#fefcf5", "#f7faf4"]


def engine(K, which):
    return K.R.choice(which)


def pic(K, side=None, w=None, card=False):
    w = w or K(26, 28, 30, 33)
    return {"side": side or K("r", "r", "l"), "w": w, "h": w * K(1.25, 1.3, 1.4), "bg": K("#e8f0f8", "#d8e6f2", "#ffffff", "#f2e6e6")}


def page(K, dpi, blocks, **kw):
    land = kw.pop("land", False)
    if land:
        kw.update(w=297, h=210)
    return sheet(dpi, K.R, [b for b in blocks if b], **kw)


def psb(c, K):
    """An issuing body of public security, in the forms offices write it."""
    return K(c.p.org, c.p.org, c.p.org, c.p.city + "公安局", c.p.city + "公安局" + c.p.dist + "分局")


# ---------- special trade ----------
def special_trade_license(c, dpi, R):
    K = Ctx(R)
    org = psb(c, K)
    no = K(
        c.lic_no,
        "公特%s字第%05d号" % (c.p.city[:1], R.randint(1, 99999)),
        "%s特字%d-%04d" % (c.p.city[0], c.lic_date[0], R.randint(1, 9999)),
        "%s%d%05d" % (c.p.region, c.lic_date[0], R.randint(1, 99999)),
    )
    tr = K(c.trade, c.trade, "旅馆业", "公章刻制业", "典当业", "开锁业", "机动车修理业", "废旧金属收购业", "印刷业", "旧货业")
    titles = ["特种行业许可证"] * 5 + [
        "特种行业经营许可证",
        tr + "特种行业许可证",
        "特种行业许可证（副本）",
        "特种行业许可证（正本）",
        "公安特种行业许可证",
    ]
    A = f("authority", "发证机关|签发机关|许可机关|发证机关（盖章）|审批机关", org, hand=False)
    D = K.d("issue_date", "发证日期|签发日期|发证时间|颁发日期|日期", c.lic_date, K(None, None, None, "zh"), hand=False)
    No = f("license_no", "编号|证号|许可证编号|许可证号|证书编号|No", no, hand=False)
    fs = [
        f("company", "企业名称|单位名称|名称|名 称|字号名称|机构名称|企业字号", c.company, en="Name"),
        f("address", "经营地址|地址|经营场所|住所|营业地址|单位地址", c.co_addr, en="Address"),
        f("legal_rep", "法定代表人|负责人|法定代表人（负责人）|企业负责人|经营者|法人代表", c.boss.name, en="Legal Representative"),
        f("trade", "许可经营类别|经营范围|行业类别|特种行业类别|经营项目|许可项目|经营类别", tr, en="Business"),
        f(None, "经济性质|企业类型|经济类型", K("有限责任公司", "私营", "个体工商户"), p=0.35),
        f(None, "治安责任人|治安负责人|安全负责人", c.q.name, p=0.3),
        f(None, "联系电话|电话", c.boss.phone, p=0.25),
        f(None, "有效期|有效期限", K("长期", "五年", "自发证之日起三年"), p=0.25),
        f(None, "房间数|客房数量", "%d间" % R.randint(10, 200), p=0.3 if tr == "旅馆业" else 0),
    ]
    law = [
        "经审查，符合特种行业治安管理有关规定，准予经营，特发此证。",
        "根据国家有关法律、法规规定，经审核，准予从事特种行业经营，特发此证。",
        "依照《旅馆业治安管理办法》及有关规定，经审查合格，准许营业。",
        "该单位符合开办条件，特发给特种行业许可证。",
    ]
    tail = K.keep([A, D])
    top = K.keep([No])[0]
    E = K("kv1", "kv1", "under1", "table2", "table4", "above1", "above2", "kv2", "prose")
    ti = ("title", K(*titles), {"size": K(10, 12, 14), "col": K(*REDS, "#161618", "#1a2a5a")})
    head = ("row", *((None, top) if K.chance(0.7) else (top, None)))
    if E == "prose":
        fs = K.keep(fs[:4])
        fm = {q: x for q, x in zip(("company", "address", "legal_rep", "trade"), fs, strict=True)}
        tpl = K(
            "根据有关法律法规的规定，经审核，准予{company}（法定代表人：{legal_rep}）在{address}从事{trade}，特发此证。",
            "{company}：你单位申请在{address}开办{trade}，法定代表人{legal_rep}。经审查符合规定条件，准予许可，发给此证。",
            "兹核准{company}经营{trade}。经营地址：{address}。负责人：{legal_rep}。",
        )
        main = [("gap", 6), ("prose", tpl, fm, {"k": K(1.2, 1.4)}), ("gap", 6)]
    else:
        fs = K.keep(fs)
        if K.chance(0.3):
            R.shuffle(fs)
        if K.chance(0.25):
            fs = [top, *fs]
            head = None
        if K.chance(0.2):
            fs, tail = fs + tail, None
        main = [("fields", fs, E)] + ([("gap", 3), ("para", K(*law))] if K.chance(0.6) else [])
    blocks = [("emblem", {"r": K(7, 9), "star": K.chance(0.3)}) if K.chance(0.25) else None, head if K.chance(0.5) else None, ti]
    if head and len(blocks) and blocks[1] is None:
        blocks.append(head)
    seal = K(org + "行政许可专用章", org, org + "治安管理专用章")
    blocks += [
        ("gap", K(2, 6)),
        *main,
        ("gap", 4),
        ("org", *tail, seal, {"shape": K("round", "round", "oval")}) if tail else ("seal", seal, {"r": 19, "dx": 0.75, "up": 12}),
    ]
    if K.chance(0.3):
        blocks += [
            ("gap", 3),
            ("foot", K("持证单位应当将本证悬挂于经营场所醒目位置，不得伪造、涂改、出租、转让。", "注：本证每年年审一次，未经年审的无效。")),
        ]
    land = K.chance(0.55)
    out = [("front", page(K, dpi, blocks, land=land, dec=K("cert", "cert", "plain"), bg=K(*PAPER), s0=K(4.8, 5.4, 6.0), hand=0.08))]
    if K.chance(0.18):
        rows = [[str(c.lic_date[0] + i + 1) if i < 2 else "", "合格" if i < 2 else "", "", ""] for i in range(6)]
        out.append(
            (
                "back",
                page(
                    K,
                    dpi,
                    [
                        ("title", K("年审记录", "变更事项登记", "特种行业许可证年度审验记录"), {"size": 7}),
                        ("gap", 4),
                        ("grid", ["年度", "审验结果", "审验机关", "备注"], rows, [2, 4, 5, 4], {"rh": 2.2}),
                    ],
                    land=land,
                    bg=K(*PAPER),
                    hand=0,
                ),
            )
        )
    return out


# ---------- precursor chemicals ----------
CONC = ["分析纯", "工业级", "优级纯", "化学纯", "98%", "36%-38%", "≥99.5%"]


def chems(c, K, form=None):
    """The chemicals of a certificate as a block and as fields: a table, a numbered list or one line."""
    n, u = len(c.chem), K("千克", "千克", "kg", "公斤")
    name = [f("chem%d" % (i + 1), "品名", m) for i, m in enumerate(c.chem)]
    qty = [f("qty%d" % (i + 1), "数量", q, hand=True) for i, q in enumerate(c.chem_q)]
    form = form or K("table", "table", "table", "line", "items")
    if form == "table":
        cols = [
            ("序号", 2),
            (K("品种名称", "品名", "化学品名称", "品种", "易制毒化学品名称", "名称"), 6),
            (K("浓度/规格", "规格", "浓度", "含量", "规格型号"), 4),
        ]
        inq = K.chance(0.5)
        cols.append(
            (K("数量（%s）" % u, "数量(%s)" % u, "购买数量（%s）" % u, "重量（%s）" % u) if inq else K("数量", "数量及单位", "重量"), 4)
        )
        extra = K(None, None, ("类别", 3), ("包装", 3), ("备注", 3))
        rows = []
        sp = K(*CONC)
        for i in range(max(n, K(n, 3, 4, 5))):
            if i < n:
                q = qty[i] if inq else F("数量", qty[i].text + u, qty[i].truth)
                r = [str(i + 1), name[i], K(sp, K(*CONC)), q] + (
                    [{"类别": "第三类", "包装": "桶装", "备注": ""}[extra[0]]] if extra else []
                )
            else:
                r = ["", "", "", ""] + ([""] if extra else [])
            rows.append(r)
        cols += [extra] if extra else []
        if K.chance(0.35):
            cols, rows = cols[1:], [r[1:] for r in rows]
        return ("grid", [a for a, _ in cols], rows, [b for _, b in cols]), None
    t = {}
    for a, b in zip(name, qty, strict=True):
        t.update(a.truth)
        t.update(b.truth)
    lab = "易制毒化学品品种及数量|品种、数量|品名及数量|化学品名称及数量|品种和数量"
    if form == "line":
        return None, F(
            lab,
            K("、", "；", "，")
            .join(m + K("", " ", "（")[:1] + str(q) + u for m, q in zip(c.chem, c.chem_q, strict=True))
            .replace("（", ""),
            t,
        )
    return None, F(lab, "\n".join("%d.%s %d%s" % (i + 1, m, q, u) for i, (m, q) in enumerate(zip(c.chem, c.chem_q, strict=True))), t)


def precursor_doc(c, K, dpi, titles, subs, No, fs, law, A, D, tpl=None, fm=None, dec=None, s0=None):
    R = K.R
    grid, one = chems(c, K)
    fs = K.keep(fs)
    top = K.keep([No])[0]
    tail = K.keep([A, D])
    if one:
        K.keep([one])
        one.label = K(*one.labels.split("|"))
        fs.insert(R.randint(2, max(2, len(fs) - 1)), one)
    E = engine(K, ["table4", "table4", "table2", "table2", "kv1", "under1", "kv2", "above2", "above1"])
    blocks = []
    if K.chance(0.2):
        blocks.append(("emblem", {"r": 7, "star": K.chance(0.4)}))
    head = ("row", *((None, top) if K.chance(0.65) else (top, None)))
    intable = K.chance(0.2)
    if K.chance(0.3) and not intable:
        blocks += [head, ("title", K(*titles), {"size": K(7.5, 8.4, 9.5)})]
    else:
        blocks += [("title", K(*titles), {"size": K(7.5, 8.4, 9.5), "col": K("#161618", "#161618", *REDS)})]
        if K.chance(0.4):
            blocks.append(("sub", K(*subs)))
        if intable:
            fs = [top, *fs]
        else:
            blocks.append(head)
    if tpl and K.chance(0.22):
        use = {q for q in fm if "{%s}" % q in tpl}
        for x in fm.values():  # all of them stand in the sentence
            x.p = 1.0
        fl = K.keep(list(fm.values()))
        fm2 = dict(zip(fm, fl, strict=True))
        rest = [x for x in fs if not (set(x.truth) & {k for q in use for k in fm[q].truth})]
        blocks += [
            ("gap", 4),
            ("prose", tpl, fm2),
            ("gap", 2),
            grid,
            ("gap", 2),
            ("fields", [x for x in rest if x.truth], K("kv1", "table2", "kv2")) if any(x.truth for x in rest) else None,
        ]
    else:
        cut = len(fs) if K.chance(0.5) else R.randint(len(fs) // 2, len(fs))
        blocks += [("gap", 1), ("fields", fs[:cut], E)]
        if grid:
            blocks += [("gap", 0 if E.startswith("table") else 3), grid]
        if fs[cut:]:
            blocks += [("gap", 0 if E.startswith("table") else 3), ("fields", fs[cut:], E)]
        if K.chance(0.5):
            blocks += [("gap", 2), ("para", K(*law))]
    blocks += [("gap", 3), ("org", *tail, K(A.text + "易制毒管理专用章", A.text + "禁毒支队", A.text + "易制毒化学品管理专用章", A.text))]
    if K.chance(0.35):
        blocks += [
            ("gap", 2),
            (
                "foot",
                K(
                    "注：本证明一式三份，购买单位、销售单位、备案机关各执一份。",
                    "备注：本证一次使用有效，不得转借、转让、涂改，过期作废。",
                    "说明：运输时随车携带，以备查验。如有疑问请与备案的公安机关联系。",
                ),
            ),
        ]
    return page(
        K,
        dpi,
        blocks,
        dec=dec or K("plain", "plain", "wave", "cert"),
        bg=K(*PAPER),
        hand=0.2,
        land=K.chance(0.1),
        **({"s0": s0} if s0 else {}),
    )


def precursor_purchase(c, dpi, R):
    K = Ctx(R)
    org = psb(c, K)
    A = f("authority", "备案机关（盖章）|备案机关|发证机关|公安机关|受理备案机关|备案公安机关（盖章）", org, hand=False)
    D = K.d("issue_date", "备案日期|发证日期|日期|签发日期|开具日期", c.chem_date, hand=False)
    no = K(
        c.pp_no,
        "GB%s%07d" % (c.p.region[:4], R.randint(1, 9999999)),
        "%s易购备〔2026〕%04d号" % (c.p.city[0], R.randint(1, 9999)),
        "%s26%06d" % (c.p.region[:6], R.randint(1, 999999)),
    )
    No = f("cert_no", "备案证明编号|编号|证明编号|备案编号|证号|备案证明号|No.", no, hand=False)
    vt = K("span", "to", "to")
    V = K.d("valid_to", "有效期至|有效期限至|截止日期|证明有效期至|有效截止日期", c.chem_to)
    if vt == "span":
        V = F(
            "有效期|有效期限|证明有效期", K.date(c.chem_date) + K("至", "—", " 至 ") + K.date(c.chem_to), {"valid_to": V.truth["valid_to"]}
        )
    buyer = f("buyer", "购买单位|购买单位名称|购货单位|购买方|单位名称|申请单位", c.company)
    seller = f("seller", "销售单位|销售单位名称|供货单位|销售方|供应单位|经营（生产）单位", c.company2)
    purpose = f(
        "purpose",
        "用途|购买用途|使用用途|化学品用途|合法用途",
        K("生产原料、实验室分析", "工业生产", "科研实验", "水处理", "电镀清洗", "教学实验", "生产油漆稀释剂"),
    )
    fs = [
        buyer,
        f("uscc", "统一社会信用代码|社会信用代码|信用代码|营业执照号码|单位证照号码", c.uscc, p=0.8),
        f(None, "法定代表人|单位负责人|法人", c.boss.name, p=0.4),
        f(None, "单位地址|地址|仓储地址", c.co_addr, p=0.45),
        f("handler", "经办人|经办人姓名|购买经办人|代理人|承办人|购买人", c.p.name, p=0.9),
        f("id_no", "身份证号|身份证号码|公民身份号码|经办人身份证号|证件号码", c.p.idno, p=0.85),
        f(None, "联系电话|联系方式|电话", c.p.phone, p=0.5),
        seller,
        f(None, "销售单位信用代码|供货单位证照号", "91" + c.p.region + "MA" + "%08d" % R.randint(0, 99999999), p=0.15),
        purpose,
        V,
        f(None, "备注", K("本证明一次使用有效，不得转让、涂改。", "无", ""), p=0.3),
    ]
    fs = [x for x in fs if x.text]
    titles = ["易制毒化学品购买备案证明"] * 4 + [
        "第二类、第三类易制毒化学品购买备案证明",
        "购买易制毒化学品备案证明",
        "易制毒化学品购买备案证明（存根）",
        "第三类易制毒化学品购买备案证明",
        "易制毒化学品购买备案凭证",
    ]
    law = [
        "根据《易制毒化学品管理条例》的规定，上述单位购买易制毒化学品的情况已经备案，特此证明。",
        "经审查，该单位提交的材料齐全，准予备案。本证明有效期内一次使用有效。",
        "你单位购买下列品种的备案申请收悉，经核对符合规定，现予备案。",
    ]
    tpl = K(
        "{buyer}（统一社会信用代码：{uscc}）因{purpose}需要，向{seller}购买下列易制毒化学品，经办人{handler}，身份证号{id_no}，已在我局备案，特此证明。本证明有效期至{valid}。",
        "兹有{buyer}，由{handler}（公民身份号码{id_no}）经办，拟向{seller}购买易制毒化学品，用于{purpose}。符合《易制毒化学品购销和运输管理办法》规定，准予购买备案，有效期至{valid}。",
    )
    fm = {
        "buyer": buyer,
        "uscc": f("uscc", "统一社会信用代码", c.uscc),
        "purpose": purpose,
        "seller": seller,
        "handler": f("handler", "经办人", c.p.name),
        "id_no": f("id_no", "身份证号", c.p.idno),
        "valid": K.d("valid_to", "有效期至", c.chem_to, "cn"),
    }
    fm = {k: v for k, v in fm.items() if "{%s}" % k in tpl}
    return [
        (
            "front",
            precursor_doc(
                c, K, dpi, titles, ["（第二、三类）", "（购买单位联）", "（第二联  销售单位留存）", "第三类"], No, fs, law, A, D, tpl, fm
            ),
        )
    ]


def transport_fields(c, K, V):
    R = K.R
    route = c.route if K.chance(0.4) else c.route.replace(" — ", K("至", "—", "→", " 至 "))
    return {
        "owner": f("owner", "货主单位|货主|托运单位|申请单位|货主（托运人）|货主名称|托运人", c.company),
        "carrier": f("carrier", "承运单位|承运人|运输单位|承运单位名称|承运企业", c.company2),
        "plate": f("plate", "承运车辆号牌|车牌号|车辆号牌|运输车辆|车牌号码|运输工具及号牌|车号", c.plate),
        "driver": f("driver", "驾驶员|驾驶人|驾驶员姓名|司机|驾驶人姓名|驾驶员（押运员）", c.driver.name),
        "id_no": f("id_no", "驾驶员身份证号|身份证号|驾驶人身份证号码|公民身份号码|身份证件号码", c.driver.idno, p=0.85),
        "route": f("route", "起运地—目的地|运输路线|运输线路|起止地点|起运地和到达地|运输起止地", route),
        "x1": f(None, "收货单位|收货方|收货人", c.p.city + K("永安", "大成", "和顺") + "化工厂", p=0.4),
        "x2": f(None, "押运员|押运人", c.boss.name, p=0.35),
        "x3": f(None, "道路运输证号|道路运输经营许可证号", "%d%07d" % (R.randint(10, 99), R.randint(1, 9999999)), p=0.3),
        "x4": f(None, "联系电话|货主联系电话", c.p.phone, p=0.3),
        "valid": V,
    }


def precursor_transport_record(c, dpi, R):
    K = Ctx(R)
    org = psb(c, K)
    A = f("authority", "备案机关|发证机关|备案公安机关|备案机关（印章）|公安机关（盖章）", org, hand=False)
    D = K.d("issue_date", "备案日期|发证日期|日期|开具日期|签发日期", c.chem_date, hand=False)
    No = f(
        "cert_no",
        "编号|备案证明编号|证明编号|备案号|证号|No.",
        K(c.tr_no, "YB%s26%05d" % (c.p.region[:4], R.randint(1, 99999)), "%s易运备〔2026〕%d号" % (c.p.city[0], R.randint(10, 9999))),
        hand=False,
    )
    V = K.d("valid_to", "有效期至|有效期限至|截止日期|备案有效期至|运输期限至", c.chem_to)
    if K.chance(0.35):
        V = F("有效期|有效期限|运输有效期", K.date(c.chem_date) + K("至", "—") + K.date(c.chem_to), dict(V.truth))
    m = transport_fields(c, K, V)
    fs = list(m.values())
    if K.chance(0.4):
        R.shuffle(fs)
    titles = ["易制毒化学品运输备案证明"] * 4 + [
        "第三类易制毒化学品运输备案证明",
        "易制毒化学品运输备案证明（正本）",
        "运输易制毒化学品备案证明",
        "非药品类易制毒化学品运输备案证明",
    ]
    law = [
        "上述运输事项已按《易制毒化学品管理条例》办理备案，运输时应随车携带本证明。",
        "该批易制毒化学品运输已经备案，请沿途公安机关查验放行。",
        "运输过程中应当遵守危险货物运输规定，发生丢失、被盗、被抢的，立即报告当地公安机关。",
    ]
    tpl = "{owner}委托{carrier}运输下列第三类易制毒化学品，车牌号{plate}，驾驶员{driver}，身份证号{id_no}，运输路线{route}，符合规定，予以备案。有效期至{valid}。"
    fm = {k: m[k] for k in ("owner", "carrier", "plate", "driver", "id_no", "route")} | {
        "valid": K.d("valid_to", "有效期至", c.chem_to, "cn")
    }
    return [
        (
            "front",
            precursor_doc(
                c,
                K,
                dpi,
                titles,
                ["（第三类）", "（承运人随车携带）", "（一次有效）"],
                No,
                fs,
                law,
                A,
                D,
                tpl,
                {k: v for k, v in fm.items() if "{%s}" % k in tpl},
            ),
        )
    ]


def precursor_transport_permit(c, dpi, R):
    K = Ctx(R)
    org = psb(c, K)
    A = f("authority", "发证机关|许可机关|审批机关|签发机关|发证机关（盖章）", org, hand=False)
    D = K.d("issue_date", "发证日期|签发日期|许可日期|日期|发证时间", c.chem_date, hand=False)
    No = f(
        "cert_no",
        "证号|编号|许可证编号|许可证号|运输许可证号|证书编号",
        K(c.tp_no, "%s易运许〔2026〕%04d号" % (c.p.city[0], R.randint(1, 9999)), "YX26%s%05d" % (c.p.region[:4], R.randint(1, 99999))),
        hand=False,
    )
    V = K.d("valid_to", "有效期至|有效期限至|截止日期|许可有效期至|有效期限截止", c.chem_to)
    if K.chance(0.35):
        V = F("有效期|有效期限|许可期限", K.date(c.chem_date) + K("至", "—") + K.date(c.chem_to), dict(V.truth))
    m = transport_fields(c, K, V)
    m.pop("id_no")
    m["times"] = f("times", "许可次数|运输次数|有效次数|许可使用次数|许可类型|使用次数", K("一次有效", "多次有效", "一次", "多次"))
    fs = list(m.values())
    if K.chance(0.4):
        R.shuffle(fs)
    titles = ["易制毒化学品运输许可证"] * 4 + [
        "第一类易制毒化学品运输许可证",
        "第二类易制毒化学品运输许可证",
        "易制毒化学品运输许可证（正本）",
        "易制毒化学品道路运输许可证",
        "非药品类易制毒化学品运输许可证",
    ]
    law = [
        "经审查，符合《易制毒化学品管理条例》规定的条件，准予运输。",
        "凭本证运输，应随车携带，自觉接受检查。",
        "运输第一类易制毒化学品应当按照许可的路线、时间运输，不得擅自变更。",
    ]
    tpl = "经审查，准予{owner}运输下列易制毒化学品，承运人{carrier}，运输车辆{plate}，驾驶人{driver}，路线{route}，许可次数：{times}，有效期至{valid}。"
    fm = {k: m[k] for k in ("owner", "carrier", "plate", "driver", "route", "times")} | {
        "valid": K.d("valid_to", "有效期至", c.chem_to, "cn")
    }
    g = precursor_doc(
        c, K, dpi, titles, ["（第一类）", "（第二类）", "（副本）"], No, fs, law, A, D, tpl, fm, dec=K("cert", "cert", "plain")
    )
    for k in [k for k in g.fields if k.startswith(("chem", "qty"))]:
        del g.fields[k]  # this kind has no such fields
    return [("front", g)]


# ---------- birth, study ----------
def birth_cert(c, dpi, R):
    K = Ctx(R)
    p, q, ch = c.p, c.q, c.child
    mo, fa = (q, p) if p.sex == "男" else (p, q)
    hosp = c.p.city + K("妇幼保健院", "人民医院", "第二人民医院", "中医院", "妇产医院", "中心医院")
    place = K(c.prov + c.p.city + c.p.dist, c.prov + c.p.city, c.p.city + c.p.dist)
    bt = K.date(ch.dob, K("cn", "cn", "cn2", "spaced")) + K("%d时%02d分" % c.btime, "%02d时%02d分" % c.btime, "%02d:%02d" % c.btime, "")
    side = K.chance(0.25)

    def fs():
        L = [
            f("name", "新生儿姓名|婴儿姓名|姓名|新生儿名字|孩子姓名", K.spaced_name(ch.name), ch.name, en="Full name of baby"),
            f("sex", "性别|新生儿性别|婴儿性别", ch.sex, en="Sex", opts=("男", "女") if K.chance(0.06) else ()),
            F("出生时间|出生日期|出生年月日|出生日期及时间|出生年月", bt, {"birth_date": "%04d-%02d-%02d" % ch.dob}, en="Time of birth"),
            f("birth_place", "出生地|出生地点|出生地（省市区）", place, en="Place of birth"),
            f(None, "出生孕周|孕周|孕期", "%d周" % c.weeks, p=0.7, en="Gestation"),
            f(None, "健康状况", "良好", p=0.4, en="Health"),
            f("weight", "体重|出生体重|新生儿体重", "%d%s" % (c.weight, K("克", "克", "g", " 克")), str(c.weight), en="Weight"),
            f(None, "身长|出生身长", "%d厘米" % c.blen, p=0.8, en="Height"),
            f("mother", "母亲姓名|母亲|产妇姓名|母亲的姓名|母亲名字", K.spaced_name(mo.name), mo.name, en="Mother"),
            f(None, "年龄|母亲年龄", "%d岁" % (ch.dob[0] - mo.dob[0]), p=0.5),
            f(None, "国籍", "中国", p=0.4),
            f(None, "民族", mo.nation + K("", "族"), p=0.4),
            f(
                "mother_id",
                "母亲身份证号|母亲公民身份号码|母亲有效身份证件号码|身份证号（母亲）|母亲证件号码",
                mo.idno,
                en="Mother's ID No.",
            ),
            f(None, "住址|母亲住址|家庭住址", mo.addr, p=0.3),
            f("father", "父亲姓名|父亲|父亲的姓名|父亲名字", K.spaced_name(fa.name), fa.name, en="Father"),
            f(None, "年龄|父亲年龄", "%d岁" % (ch.dob[0] - fa.dob[0]), p=0.4),
            f(
                "father_id",
                "父亲身份证号|父亲公民身份号码|父亲有效身份证件号码|身份证号（父亲）|父亲证件号码",
                fa.idno,
                en="Father's ID No.",
            ),
            f("hospital", "接生机构|接生机构名称|医疗机构名称|出生医院|助产机构|接生单位|医疗保健机构", hosp, en="Facility"),
            f(None, "接生人员|接生人员签字", c.boss.name, p=0.35),
        ]
        return K.keep(L)

    No = K.keep([f("cert_no", "出生证编号|编号|出生医学证明编号|证件编号|No.|出生证号", c.bc_no, hand=False)])[0]
    titles = ["出生医学证明"] * 6 + ["出生医学证明（副页）" if side else "中华人民共和国出生医学证明", "中华人民共和国 出生医学证明"]
    en = K("", "BIRTH CERTIFICATE", "MEDICAL CERTIFICATE OF BIRTH", "Birth Certificate of the People's Republic of China")

    def one(title, side_no):
        L = fs()
        E = engine(K, ["kv1", "kv2", "kv2", "under2", "table4", "table4", "table2", "above2", "above3"])
        bl = [
            ("emblem", {"r": 7}) if K.chance(0.15) else None,
            ("title", title, {"size": K(9, 10, 12), "en": en, "col": K("#7a1f3a", *REDS, "#161618", "#1a2a5a")}),
        ]
        hd = ("row", *((None, No) if K.chance(0.6) else (No, None)))
        if K.chance(0.7):
            bl.append(hd)
        else:
            bl.insert(0, hd)
        if K.chance(0.12):
            fm = {
                x: y
                for x, y in zip(
                    ("n", "s", "b", "p", "w", "m", "mi", "fa", "fi", "h"),
                    [
                        next(z for z in L if k in z.truth)
                        for k in (
                            "name",
                            "sex",
                            "birth_date",
                            "birth_place",
                            "weight",
                            "mother",
                            "mother_id",
                            "father",
                            "father_id",
                            "hospital",
                        )
                    ],
                    strict=True,
                )
            }
            bl += [
                ("gap", 5),
                (
                    "prose",
                    "兹证明新生儿{n}，性别{s}，于{b}在{p}出生，体重{w}。母亲姓名{m}，公民身份号码{mi}；父亲姓名{fa}，公民身份号码{fi}。接生机构：{h}。",
                    fm,
                    {"k": 1.15},
                ),
            ]
        else:
            bl += [("gap", 2), ("fields", L, E)]
        o = K.keep(
            [
                f(None, "签发机构（盖章）|签发机构|签证机构（印章）|发证单位", hosp, hand=False),
                K.d(None, "签发日期|签证日期|发证日期", (ch.dob[0], ch.dob[1], min(28, ch.dob[2] + 3)), hand=False),
            ]
        )
        bl += [("gap", 3), ("org", *o, hosp + "出生医学证明专用章")]
        if K.chance(0.4):
            bl += [
                (
                    "foot",
                    K(
                        "本证明为新生儿出生的法定医学证明，是申报国籍、户籍的依据，请妥善保管。",
                        "注意事项：1.请在新生儿出生后一个月内申报户口登记；2.本证涂改、伪造无效。",
                        "此证由国家统一印制",
                    ),
                )
            ]
        w, h = K((210, 297), (210, 297), (182, 257), (210, 148), (297, 210))
        return page(K, dpi, bl, w=w, h=h, dec=K("cert", "wave", "plain"), bg=K("#fdf6f6", "#f4f8fc", "#fdfcf6", "#ffffff"), hand=0.15)

    out = [("front", one(K(*titles[:7]), 0))]
    if side:
        out.append(("back", one("出生医学证明" + K("（副页）", "（存根）", " 副页"), 1)))
    return out


def study_bits(c, K):
    p = c.p
    nm = f("name", "姓名|学生姓名|姓 名|持证人", K.spaced_name(p.name), p.name, hand=True, en="Name")
    sx = f("sex", "性别", p.sex, en="Sex")
    bd = K.d("birth_date", "出生日期|出生年月日|生日", p.dob, K("cn", "cn", "cn2", "zh", "iso"), en="Date of birth")
    return nm, sx, bd


def graduation_cert(c, dpi, R):
    K = Ctx(R)
    nm, sx, bd = study_bits(c, K)
    lvl, yrs = K(
        ("四年制本科", 4),
        ("四年制本科", 4),
        ("三年制专科", 3),
        ("全日制本科", 4),
        ("二年半制本科", 3),
        ("三年制硕士研究生", 3),
        ("五年制高职", 5),
    )
    school = K(c.univ, c.univ, c.univ, c.univ.replace("大学", "职业技术学院"), c.univ.replace("大学", "开放大学"))
    gd = c.grad
    maj = f("major", "专业|专业名称|所学专业|毕业专业", c.major, en="Major")
    sc = f("university", "校名|学校|毕业院校|学校名称|院校名称|毕业学校", school, hand=False, en="University")
    rec = f("rector", "校长|校（院）长|院长|校长签名|校长（签章）", K.spaced_name(c.rector), c.rector, en="President")
    no = f("cert_no", "证书编号|编号|学校编号|毕业证书编号|证书号|电子注册号", c.g_no, hand=False, en="No.")
    titles = [
        "毕业证书",
        "毕业证书",
        "普通高等学校毕业证书",
        "毕 业 证 书",
        "成人高等教育毕业证书",
        "高等教育自学考试毕业证书",
        "研究生毕业证书",
        "网络教育毕业证书",
        "普通高等学校 毕业证书",
        "高等职业学校毕业证书",
        "毕业证明书",
    ]
    ymd = K.date(gd, K("cn", "cn", "cn2"))
    g_date = f("graduation_date", "毕业日期|毕业时间|发证日期", ymd, "%04d-%02d-%02d" % gd, hand=False)
    fm0 = {"n": nm, "s": sx, "b": bd, "m": maj, "u": sc}
    in_text = K.chance(0.35)  # the school inside the sentence
    ym = "%d年%d月" % (gd[0], gd[1])
    st0 = "%d年9月" % (gd[0] - yrs)
    tpls = [
        f"学生{{n}}，性别{{s}}，{{b}}生，于{st0}至{ym}在本校{{m}}专业{lvl}学习，修完教学计划规定的全部课程，成绩合格，准予毕业。",
        f"学生 {{n}} 性别 {{s}}，{{b}}出生，{st0}至{ym}在我校{{m}}专业学习，学制{yrs}年，修业期满，成绩合格，准予毕业，特发此证。",
        f"{{n}}，{{s}}，生于{{b}}，系本校{{m}}专业{lvl}学生，修业期满，德智体合格，准予毕业。",
        f"学员{{n}}，{{s}}，{{b}}生，于{st0}至{ym}参加{{m}}专业{lvl}学习，完成教学计划规定的全部课程，考试及格，准予毕业。",
    ]
    tu = [
        f"学生{{n}}，性别{{s}}，{{b}}生，于{st0}至{ym}在{{u}}{{m}}专业{lvl}学习，修完规定课程，成绩合格，准予毕业。",
        f"兹证明{{n}}（{{s}}，{{b}}出生）系{{u}}{{m}}专业毕业生，学制{yrs}年，准予毕业。",
    ]
    K.keep([nm, sx, bd, maj, sc, rec, no, g_date])
    E = K("prose", "prose", "prose", "prose", "kv1", "kv2", "table4", "under1", "above2")
    dt = K("zh", "zh", "cn", "cn2", "spaced")
    land = K.chance(0.65)
    ph = pic(K, K("l", "r"), K(28, 33)) if K.chance(0.75) else None
    title = (
        "title",
        K(*titles),
        {
            "size": K(11, 13, 15) if land else K(10, 12),
            "col": K("#7d1a1a", *REDS, "#161618"),
            "en": K("", "", "GRADUATION CERTIFICATE", "DIPLOMA"),
        },
    )
    bl = [("emblem", {"r": 7, "col": "#8f2a2a"}) if K.chance(0.15) else None]
    if K.chance(0.3) and not in_text:
        bl.append(("sub", K(school, "普通高等学校", school), {"k": 1.5}))
        if bl[-1][1] == school:
            in_text = None
    bl += [title, ("gap", K(3, 8))]
    issue = f("graduation_date", "发证日期|日期|毕业日期|颁发日期", K.date(gd, dt), "%04d-%02d-%02d" % gd, hand=False)
    K.keep([issue])
    if E == "prose":
        tpl = K(*tu) if in_text else K(*tpls)
        bl += [("prose", tpl, {k: v for k, v in fm0.items() if "{%s}" % k in tpl}, {"k": K(1.15, 1.3, 1.45), "ph": ph})]
    else:
        bl += [
            (
                "fields",
                K.keep(
                    [
                        nm,
                        sx,
                        bd,
                        maj,
                        f(None, "学历层次|层次", lvl),
                        f(None, "学制", "%d年" % yrs, p=0.5),
                        f(None, "入学时间|入学年月", st0, p=0.6),
                        g_date,
                        *([sc] if in_text else []),
                    ]
                ),
                E,
                {"ph": ph},
            )
        ]
    right = [("org", None if (in_text or in_text is None) and K.chance(0.7) else sc, issue, school, {"mode": K("right", "bare")})]
    left = [("fields", K.keep([rec, no]), K("kv1", "kv1", "under1"))]
    if K.chance(0.55):
        bl += [("gap", 8), ("cols", [left, right] if K.chance(0.7) else [right, left])]
    else:
        bl += [("gap", 4), *left, *right]
    g = page(
        K,
        dpi,
        bl,
        land=land,
        dec=K("cert", "cert", "cert", "plain"),
        bg=K("#fdf9ee", "#fffdf4", "#fbfaf3", "#ffffff"),
        s0=K(4.6, 5.2, 5.8),
        hand=0.1,
    )
    if in_text is None:
        g.fields["university"] = school
    return [("front", g)]


def degree_cert(c, dpi, R):
    K = Ctx(R)
    nm, sx, bd = study_bits(c, K)
    lv = K("学士", "学士", "学士", "硕士", "博士")
    deg = f("degree", "学位|学位类别|授予学位|学位名称", c.deg + lv, hand=False, en="Degree")
    maj = f("major", "专业|学科专业|专业名称|所学专业", c.major, en="Major")
    un = f("university", "学位授予单位|授予单位|校名|培养单位|学校", c.univ, hand=False, en="University")
    rec = f("rector", "校长|学位评定委员会主席|校长、学位评定委员会主席|主席|校长（签名）", K.spaced_name(c.rector), c.rector)
    no = f("cert_no", "证书编号|编号|学位证书编号|证书号|学位证编号", c.d_no, hand=False)
    iss = K.d("issue_date", "授予日期|发证日期|日期|颁发日期|获学位日期", c.grad, K("zh", "zh", "cn", "cn2"), hand=False)
    K.keep([nm, sx, bd, deg, maj, un, rec, no, iss])
    body = {"学士": "本科学习", "硕士": "硕士研究生培养", "博士": "博士研究生培养"}[lv]
    tpls = [
        f"{{n}}，{{s}}，{{b}}生。在{{u}}{{m}}专业完成了{body}计划，业已毕业，经审核符合《中华人民共和国学位条例》的规定，授予{{d}}学位。",
        f"{{n}}，{{s}}，{{b}}出生，在本校{{m}}专业完成{body}，成绩合格，经学位评定委员会审核，授予{{d}}学位。",
        "兹证明{n}（性别{s}，{b}生）于{u}{m}学科通过学位课程考试和论文答辩，依据《中华人民共和国学位法》，授予{d}学位。",
        "{n}系{u}{m}专业毕业生，{s}，{b}生，经审查符合授予条件，特授予{d}学位。",
    ]
    titles = [
        lv + "学位证书",
        lv + "学位证书",
        lv + "学位证书",
        "学位证书",
        "普通高等教育" + lv + "学位证书",
        "成人高等教育" + lv + "学位证书",
        "研究生学位证书" if lv != "学士" else "学士学位证书",
        lv + "学位",
    ]
    fm = {"n": nm, "s": sx, "b": bd, "u": un, "m": maj, "d": deg}
    E = K("prose", "prose", "prose", "prose", "kv1", "table4", "above2", "under1")
    land = K.chance(0.65)
    ph = pic(K, K("l", "r"), K(28, 33)) if K.chance(0.7) else None
    bl = [
        ("emblem", {"r": 7, "col": "#8f2a2a"}) if K.chance(0.15) else None,
        (
            "title",
            K(*titles),
            {
                "size": K(11, 13, 15) if land else K(10, 12),
                "col": K("#8f1f1f", *REDS, "#161618", "#1a2a5a"),
                "en": K("", "", "Certificate of Degree", (lv == "学士" and "BACHELOR'S DEGREE") or "DEGREE CERTIFICATE"),
            },
        ),
        ("gap", K(3, 8)),
    ]
    inn = True
    if E == "prose":
        tpl = K(*tpls)
        inn = "{u}" in tpl
        bl.append(("prose", tpl, {k: v for k, v in fm.items() if "{%s}" % k in tpl}, {"k": K(1.15, 1.3, 1.45), "ph": ph}))
    else:
        inn = K.chance(0.5)
        bl.append(("fields", [nm, sx, bd, *([un] if inn else []), maj, deg], E, {"ph": ph}))
    right = [("org", None if inn and K.chance(0.5) else un, iss, c.univ, {"mode": K("right", "bare")})]
    left = [("fields", [rec, no], K("kv1", "kv1", "under1"))]
    bl += [("gap", 8), ("cols", [left, right] if K.chance(0.7) else [right, left])] if K.chance(0.55) else [("gap", 4), *left, *right]
    if K.chance(0.2):
        bl.append(("foot", K("（%s学位证书）" % K("普通高等教育本科毕业生", "成人高等教育", "研究生"), "学位信息查询网址：xw.example")))
    return [
        (
            "front",
            page(
                K,
                dpi,
                bl,
                land=land,
                dec=K("cert", "cert", "cert", "plain"),
                bg=K("#fdf9ee", "#fbfaf3", "#ffffff"),
                s0=K(4.6, 5.2, 5.8),
                hand=0.1,
            ),
        )
    ]


# ---------- work ----------
CLAUSE = {
    "工作时间和休息休假": [
        "甲方安排乙方执行标准工时制度，每日工作时间不超过八小时，平均每周不超过四十小时。",
        "乙方依法享有年休假、婚假、产假、丧假等假期。",
        "甲方因工作需要安排乙方延长工作时间的，应当依法支付加班工资或者安排补休。",
        "乙方实行不定时工作制的，甲方应当采取适当方式保障乙方的休息权利。",
    ],
    "社会保险和福利待遇": [
        "双方依法参加社会保险，甲方为乙方办理有关社会保险手续，并承担相应义务。",
        "乙方患病或者非因工负伤，其医疗期和待遇按国家有关规定执行。",
        "甲方为乙方提供下列福利待遇：工作餐、交通补贴、年度体检。",
    ],
    "劳动保护和劳动条件": [
        "甲方应当建立健全生产工艺流程，制定操作规程和劳动安全卫生制度。",
        "甲方为乙方提供符合国家规定的劳动条件和必要的劳动防护用品。",
        "乙方有权拒绝甲方管理人员违章指挥、强令冒险作业。",
        "甲方应当对从事有职业危害作业的乙方定期进行健康检查。",
    ],
    "规章制度与劳动纪律": [
        "乙方应当遵守甲方依法制定的规章制度，服从甲方的管理。",
        "乙方应当保守甲方的商业秘密，不得利用职务之便谋取私利。",
        "乙方违反劳动纪律，甲方可依据本单位规章制度给予处理。",
    ],
    "劳动合同的变更、解除和终止": [
        "经甲乙双方协商一致，可以变更或者解除劳动合同。",
        "乙方提前三十日以书面形式通知甲方，可以解除劳动合同。",
        "试用期内乙方被证明不符合录用条件的，甲方可以解除劳动合同并说明理由。",
        "解除或者终止劳动合同时，甲方应当出具证明，并在十五日内为乙方办理档案和社会保险关系转移手续。",
    ],
    "违约责任": ["任何一方违反本合同给对方造成损失的，应当依法承担赔偿责任。", "乙方违反服务期约定的，应当按照约定向甲方支付违约金。"],
    "争议处理及其他": [
        "双方因履行本合同发生争议，可以协商解决；协商不成的，可以向劳动争议仲裁委员会申请仲裁。",
        "本合同未尽事宜按国家和地方有关规定执行。",
        "本合同一式二份，甲乙双方各执一份，自双方签字盖章之日起生效。",
    ],
    "双方约定的其他事项": ["乙方确认所填写的通讯地址为有效送达地址，如有变更应及时书面告知甲方。", "本合同附件与本合同具有同等法律效力。"],
}


def labor_contract(c, dpi, R):
    K = Ctx(R)
    p = c.p
    no = f(
        "contract_no",
        "合同编号|编号|合同号|NO",
        K(c.lc_no, "LD-%d-%04d" % (c.lc_from[0], R.randint(1, 9999)), "%d%05d" % (c.lc_from[0], R.randint(1, 99999))),
        hand=False,
    )
    emp = f("employer", "甲方（用人单位）|甲方|用人单位|甲方（单位名称）|用人单位名称|甲方名称", c.company)
    us = f("uscc", "统一社会信用代码|社会信用代码|信用代码", c.uscc, p=0.75)
    nm = f("name", "乙方（劳动者）|乙方|劳动者姓名|乙方姓名|员工姓名|乙方（员工）", p.name)
    idn = f("id_no", "公民身份号码|身份证号码|居民身份证号码|身份证号|乙方身份证号", p.idno, boxed=K.chance(0.06))
    rep = f(None, "法定代表人|法定代表人（负责人）|委托代理人", c.boss.name, p=0.6)
    ad1 = f(None, "注册地址|单位地址|地址|经营地址", c.co_addr, p=0.5)
    ad2 = f(None, "家庭住址|现住址|户籍地址|通讯地址", p.addr, p=0.5)
    tel = f(None, "联系电话|电话", p.phone, p=0.5)
    a, b = K.keep([emp, us, rep, ad1]), K.keep([nm, *([f(None, "性别", p.sex)] if K.chance(0.3) else []), idn, ad2, tel])
    K.keep([no])
    J = f("job", "工作岗位", c.job)
    wg = c.wage
    W = f("wage", "月工资", K("%d" % wg, "%d" % wg, f"{wg:,}"), str(wg))
    S = K.d("start", "起", c.lc_from, K("cn", "cn", "cn2", "iso"))
    Z = K.d("end", "止", c.lc_to, K("cn", "cn", "cn2", "iso"))
    site = f(None, "地点", K(c.co_addr, c.p.city))
    tri = R.choice([1, 2, 3, 6])
    period = K(
        f"本合同期限自{{s}}起至{{z}}止，其中试用期{tri}个月。",
        f"本合同为固定期限劳动合同，期限从{{s}}起至{{z}}止。试用期为{tri}个月。",
        "甲乙双方约定劳动合同期限为三年，自{s}至{z}。",
        f"合同期：{{s}} 至 {{z}}，试用期{tri}个月，包含在合同期内。",
    )
    work = K(
        "乙方同意根据甲方工作需要，在{j}岗位工作，工作地点为{site}。",
        "甲方安排乙方从事{j}工作。工作地点：{site}。",
        "乙方的工作岗位（工种）为{j}，工作地点为{site}，乙方应按时完成工作任务。",
    )
    pay = K(
        "甲方每月15日以货币形式支付乙方工资，月工资为人民币{w}元。",
        "乙方月工资标准为{w}元/月，甲方于每月10日前足额支付，不得克扣或者无故拖欠。",
        "双方约定乙方正常工作时间工资为每月人民币{w}元（税前），试用期工资为其80%。",
    )
    title = K(
        "劳动合同书",
        "劳动合同",
        "劳动合同",
        "劳动合同书（固定期限）",
        "固定期限劳动合同书",
        "全日制劳动合同书",
        "企业职工劳动合同书",
        "聘用合同书",
        "员工劳动合同",
        "简易劳动合同",
    )
    hn = K("一、", "第一条", "一、")

    def num(i):
        z = "一二三四五六七八九十"[i]
        return "第%s条 " % z if hn == "第一条" else z + "、"

    st = style(R, 0.35, fonts=["serif", "serif", "song", "ming", "sans", "kai", "zenhei"])
    heads = [K("劳动合同期限", "合同期限"), K("工作内容和工作地点", "工作岗位与地点"), K("劳动报酬", "工资待遇")]
    txt = [("prose", period, {"s": S, "z": Z}), ("prose", work, {"j": J, "site": site}), ("prose", pay, {"w": W})]
    secs = [[("head", num(i) + h), t] for i, (h, t) in enumerate(zip(heads, txt, strict=True))]
    rest = R.sample(list(CLAUSE), R.choice([4, 5, 6, 7]))
    for i, h in enumerate(rest):
        secs.append([("head", num(i + 3) + h)] + [("para", t) for t in R.sample(CLAUSE[h], min(len(CLAUSE[h]), R.choice([1, 2, 3])))])
    sd = K.date(c.lc_from, K("cn", "cn", "iso"))
    sign = [
        ("gap", 6),
        (
            "cols",
            [
                [
                    (
                        "sign",
                        [
                            (K("甲方（盖章）", "甲方（公章）", "用人单位（盖章）"), "", "text"),
                            (K("法定代表人（签字）", "委托代理人", "负责人签字"), c.boss.name if K.chance(0.4) else "", "name"),
                            (K("日期", "签订日期"), sd, "date"),
                        ],
                        {"mode": "left"},
                    ),
                    ("seal", c.company, {"r": 19, "dx": 0.55, "up": 14}),
                ],
                [
                    (
                        "sign",
                        [
                            (K("乙方（签字）", "乙方（签名）", "劳动者（签字）"), p.name, "name"),
                            (K("日期", "签订日期", "签名日期"), sd, "date"),
                        ],
                        {"mode": "left", "finger": K.chance(0.3)},
                    )
                ],
            ],
        ),
    ]
    pages = []
    E = engine(K, ["under1", "under1", "kv1", "kv1", "table2", "table4", "kv2", "above1"])
    if K.chance(0.55):  # a cover of its own
        bl = [
            ("row", *((None, no) if K.chance(0.6) else (no, None))) if K.chance(0.85) else None,
            ("gap", 28),
            ("title", title, {"size": K(11, 13, 15), "al": "c"}),
            ("sub", K("（固定期限）", "（适用于固定期限）", "（通用文本）", "示范文本"), {"k": 1.2}) if K.chance(0.5) else None,
            ("gap", 28),
            ("fields", a + b, E),
            ("gap", 20),
            ("sub", K(c.p.city + "人力资源和社会保障局印制", c.p.city + "劳动和社会保障局制", "签订日期：" + sd)),
        ]
        pages.append(bl)
        first = [
            (
                "para",
                K(
                    "根据《中华人民共和国劳动法》《中华人民共和国劳动合同法》和有关法律、法规，甲乙双方经平等自愿、协商一致签订本合同，共同遵守本合同所列条款。",
                    "甲方因生产经营需要聘用乙方，双方本着平等自愿、协商一致、诚实信用的原则，订立本合同。",
                ),
            )
        ]
    elif K.chance(0.25):
        first = [
            ("title", title, {"size": K(8, 9.5)}),
            ("row", None, no) if K.chance(0.6) else None,
            (
                "prose",
                "{emp}（以下简称甲方）与{nm}（以下简称乙方）经协商一致，订立本合同。乙方身份证号码：{idn}。",
                {"emp": emp, "nm": nm, "idn": idn},
            ),
        ]
    else:
        first = [
            ("title", title, {"size": K(8, 9.5)}),
            ("row", *((None, no) if K.chance(0.6) else (no, None))) if K.chance(0.7) else None,
            ("gap", 3),
            ("fields", a + b, E),
            ("gap", 3),
            ("para", "甲乙双方根据《中华人民共和国劳动合同法》等法律法规，在平等自愿、协商一致的基础上，同意订立本合同，共同遵守。"),
        ]
    n = R.choice([1, 1, 2, 2, 3])
    per = -(-len(secs) // n)
    for k in range(n):
        bl = first[:] if k == 0 else []
        for s in secs[k * per : (k + 1) * per]:
            bl += s
        if k == n - 1:
            bl += sign
        pages.append(bl)
    out = []
    for i, bl in enumerate(pages):
        out.append(("page%d" % (i + 1), page(K, dpi, bl, hand=0.35, st=style_like(st), margin=22, valign=0, s0=4.3)))
    return out


def style_like(st):
    return type(st)(st)


def social_insurance(c, dpi, R):
    K = Ctx(R)
    p = c.p
    n = R.randint(8, 24)
    org = K(
        c.p.city + "社会保险基金管理局",
        c.p.city + "社会保险事业管理中心",
        c.p.city + c.p.dist + "社会保险事业管理局",
        c.p.city + "人力资源和社会保障局",
        c.p.city + "社会保险中心",
    )
    nm = f("name", "姓名|参保人姓名|参保人|职工姓名|个人姓名", p.name)
    idn = f("id_no", "社会保障号码|公民身份号码|身份证号|身份证号码|社会保障号|证件号码|证件号", p.idno)
    si = f("si_no", "个人编号|社保编号|个人社保编号|社保电脑号|人员编号|社保号|参保编号", c.si_no, p=0.85)
    em = f("employer", "参保单位|单位名称|现参保单位|缴费单位|工作单位|参保单位名称", c.company)
    bs = f(
        "base",
        "缴费基数|月缴费基数|当前缴费基数|缴费工资|缴费基数（元）",
        "%d%s" % (c.si_base, K(".00", "", "元", ".00元")),
        str(c.si_base),
    )
    mo = f(
        "months", "累计缴费月数|实际缴费月数|缴费月数合计|累计月数|本次打印月数|缴费月数", "%d%s" % (n, K("个月", "", "月", "个月")), str(n)
    )
    ve = f(
        "verify_code",
        "验证码|验真码|校验码|证明编号|防伪码|电子验证码|查验码",
        K(c.si_code, "-".join(c.si_code[i : i + 4] for i in range(0, 16, 4)), c.si_code.lower()),
        p=0.85,
        hand=False,
    )
    A = f("authority", "经办机构|证明机构|社保经办机构|出具单位|经办机构（盖章）|打印机构", org, hand=False)
    D = K.d("issue_date", "打印日期|开具日期|证明日期|出具日期|日期|打印时间", c.today, hand=False)
    more = [
        f(None, "性别", p.sex, p=0.4),
        f(None, "参保状态|人员状态|缴费状态", K("正常参保", "参保缴费", "正常"), p=0.4),
        f(None, "参保地|参保所在地", c.p.city, p=0.3),
        f(None, "首次参保时间|参保日期", "%d年7月" % (p.dob[0] + 23), p=0.3),
        f(None, "统筹区|所属统筹区", c.p.city + "本级", p=0.2),
    ]
    fs = K.keep([nm, idn, si, em, *more])
    K.keep([bs, mo, ve, A, D])
    titles = [
        "社会保险参保缴费证明",
        "社会保险参保证明",
        "社会保险个人参保证明",
        "个人参保缴费证明",
        "社会保险个人权益记录单（参保人员缴费证明）",
        "社会保险缴费明细表",
        "城镇职工社会保险缴费证明",
        "参保人员社会保险缴费清单",
        "职工基本养老保险参保缴费证明",
        "社会保险个人缴费历史明细",
        "社会保险参保缴费情况证明",
    ]
    z = c.today[0] * 12 + c.today[1] - 1 - n
    head = [
        K("缴费年月", "费款所属期", "缴费月份", "年月", "所属期"),
        K("险种", "险种类型", "参保险种"),
        K("缴费基数（元）", "缴费基数", "基数"),
        K("单位缴费", "单位应缴", "单位缴纳（元）"),
        K("个人缴费", "个人应缴", "个人缴纳（元）"),
        K("状态", "到账情况", "缴费标志"),
    ]
    kind = K("养老/医疗/失业", "企业职工养老", "养老、工伤", "基本养老保险")
    mf = K("%d%02d", "%d-%02d", "%d年%02d月", "%d.%02d")
    word = K("已到账", "已缴", "正常", "足额")
    pick = R.sample(range(1, 6), K(3, 4, 5))
    rows = []
    for i in range(n):
        y, m = divmod(z + i, 12)
        r = [mf % (y, m + 1), kind, "%d.00" % c.si_base, "%.2f" % (c.si_base * 0.16), "%.2f" % (c.si_base * 0.08), word]
        rows.append([r[0]] + [r[j] for j in sorted(pick)])
    hd = [head[0]] + [head[j] for j in sorted(pick)]
    wt = [4] + [[0, 6, 5, 4, 4, 4][j] for j in sorted(pick)]
    style_ = K("table", "table", "table", "prose", "summary", "year")
    org_b = ("org", A, D, K(org + "业务专用章", org + "社会保险证明专用章", org))
    bl = [
        ("row", *((None, ve) if K.chance(0.5) else (ve, None))) if K.chance(0.35) else None,
        ("title", K(*titles), {"size": K(6.5, 7.5, 8.5), "col": K("#161618", "#161618", "#12326e")}),
        ("sub", "（" + K(c.p.city, "职工", "个人专用") + "）") if K.chance(0.2) else None,
    ]
    vt = bl[0] is None
    if style_ == "prose":
        tpl = K(
            "兹证明{n}，公民身份号码{i}，个人编号{s}，现在{e}参加社会保险，月缴费基数{b}，截至目前累计缴费{m}。特此证明。",
            "{e}职工{n}（社会保障号码：{i}，社保编号：{s}）在我市参加职工基本养老保险，缴费基数为{b}，累计缴费{m}。本证明仅用于办理相关业务。",
        )
        fm = {"n": nm, "i": idn, "s": si, "e": em, "b": bs, "m": mo}
        K.keep([si])
        si.label = "个人编号"
        bl += [("gap", 8), ("prose", tpl, fm, {"k": 1.15}), ("gap", 4)]
        if vt:
            bl += [("row", ve, None)]
        bl += [org_b]
    else:
        bl += [
            ("gap", 2),
            (
                "fields",
                fs + ([bs] if K.chance(0.5) or style_ != "table" else []),
                engine(K, ["kv2", "kv2", "table4", "table4", "kv1", "above3", "table6", "under2"]),
            ),
            ("gap", 3),
        ]
        if style_ == "table":
            bl += [("grid", hd, rows, wt, {"k": K(0.8, 0.85, 0.9), "rh": K(0.7, 1.1)})]
            bs2 = any("base" in x.truth for x in fs)
            if K.chance(0.5) and not bs2:
                pass
        elif style_ == "summary":
            bl += [
                (
                    "grid",
                    ["险种", "参保时间", "累计月数", "状态"],
                    [
                        [t, "%d-07" % (p.dob[0] + 23), K(str(n), str(n)), "参保缴费"]
                        for t in ("养老保险", "失业保险", "工伤保险", "医疗保险", "生育保险")[: K(3, 4, 5)]
                    ],
                    [4, 4, 4, 4],
                )
            ]
        else:
            bl += [
                (
                    "grid",
                    ["年度", "缴费月数", "缴费基数", "单位缴费", "个人缴费"],
                    [
                        [
                            str(2026 - i),
                            str(12 if i else n % 12),
                            "%d.00" % c.si_base,
                            "%.2f" % (c.si_base * 1.92),
                            "%.2f" % (c.si_base * 0.96),
                        ]
                        for i in range(3)
                    ],
                    [3, 3, 4, 4, 4],
                )
            ]
        tail = [mo] + ([ve] if vt else [])
        bl += [
            ("gap", 2),
            ("fields", tail, K("kv1", "kv2", "table4")),
            (
                "foot",
                K(
                    "本证明可通过社会保险服务平台验证，有效期三个月。",
                    "备注：1.本证明涂改无效；2.如有异议请到参保地经办机构核实。",
                    "说明：本表显示的为近期缴费情况，“已到账”表示费款到账。",
                ),
            ),
        ]
        if K.chance(0.5):
            bl.append(
                (
                    "cols",
                    [[("qr", "https://si.example/" + c.si_code, {"side": "l", "size": 22, "note": K("", "扫码验证")})], [org_b]],
                    {"share": [0.3, 0.7]},
                )
            )
        else:
            bl.append(org_b)
    g = page(K, dpi, bl, hand=0, dec="plain", st=None, s0=4.1)
    if style_ == "table" and 2 in pick:  # the base stands in every row
        g.fields.setdefault("base", str(c.si_base))
    return [("front", g)]


# ---------- business licence ----------
def business_license(c, dpi, R):
    K = Ctx(R)
    ind = K.chance(0.2)
    org = K(
        c.p.city + "市场监督管理局",
        c.p.city + c.p.dist + "市场监督管理局",
        c.p.city + "行政审批局",
        c.p.city + "工商行政管理局",
        c.p.city + c.p.dist + "行政审批局",
    )
    name = c.company
    cap = K("%d万元人民币" % c.capital, "%d万元" % c.capital, "人民币%d万元" % c.capital, "%d万人民币" % c.capital)
    us = f("uscc", "统一社会信用代码|统一社会信用代码|注册号/统一社会信用代码|社会信用代码|信用代码", c.uscc, hand=False)
    A = f("authority", "登记机关|发证机关|登记机关（盖章）|核准机关", org, hand=False, p=0.85)
    fd = K.d(
        "found_date", "成立日期|注册日期|成立时间|设立日期|登记日期", c.co_date, K("cn", "cn2", "spaced", "iso"), en="Date of establishment"
    )
    fs = [
        f("company", "名称|名 称|企业名称|字号名称|单位名称", name, en="Name"),
        f(
            None,
            "类型|主体类型|公司类型|企业类型|组成形式",
            K("有限责任公司（自然人独资）", "有限责任公司", "其他有限责任公司", "有限责任公司(自然人投资或控股)")
            if not ind
            else "个体工商户",
            en="Type",
        ),
        f("legal_rep", "法定代表人|负责人|经营者|法定代表人姓名|投资人|执行事务合伙人", c.boss.name, en="Legal representative"),
        f(
            None,
            "经营范围|经营范围及方式|许可经营项目",
            K(
                "一般项目：技术服务、技术开发；货物进出口；化工产品销售（不含许可类化工产品）；日用百货销售。",
                "普通货运；仓储服务（不含危险品）；装卸搬运；国内贸易代理。",
                "计算机软硬件开发、销售；信息系统集成服务；办公用品批发零售。（依法须经批准的项目，经相关部门批准后方可开展经营活动）",
                "住宿服务；餐饮服务；会议及展览服务；停车场服务。",
            ),
            p=0.95,
            en="Scope",
        ),
        f("capital", "注册资本|注册资金|资金数额|出资额|注册资本（万元）", cap, str(c.capital), p=0.9, en="Registered capital"),
        fd,
        f(None, "营业期限|经营期限|合伙期限", K("长期", K.date(c.co_date, "cn") + "至长期", "2012年05月01日至2042年04月30日"), p=0.5),
        f("address", "住所|经营场所|住所（经营场所）|营业场所|地址|注册地址", c.co_addr, en="Address"),
    ]
    fs = K.keep(fs)
    K.keep([us, A])
    if K.chance(0.35):
        R.shuffle(fs)
    land = K.chance(0.6)
    col = K("#161618", "#161618", *REDS)
    copy = K("（副  本）", "（副本）", "（正本）", "（副本）副本编号：%d-%d" % (K(1, 2), K(1, 2, 3)), "")
    ti = (
        "title",
        K("营业执照", "营业执照", "营业执照", "营业执照", "个体工商户营业执照" if ind else "企业法人营业执照", "电子营业执照"),
        {"size": K(11, 13, 15), "col": col, "al": "c"},
    )
    bl = [("emblem", {"r": K(7, 9), "star": K.chance(0.2)}) if K.chance(0.7) else None, ti, ("sub", copy, {"k": 1.15}) if copy else None]
    E = engine(K, ["kv1", "kv1", "kv2", "kv2", "table2", "table4", "above2", "under1"])
    if K.chance(0.65):
        bl.append(
            (
                "row",
                us,
                None
                if K.chance(0.6)
                else f(None, "证照编号|编号", "S%04d%08d" % (R.randint(0, 9999), R.randint(0, 99999999)), label="编号", hand=False),
            )
            if K.chance(0.7)
            else ("row", None, us)
        )
    else:
        fs = [us, *fs]
    cols = land and K.chance(0.5) and E in ("kv1", "under1")
    if cols:
        h = len(fs) // 2
        bl += [("gap", 4), ("cols", [[("fields", fs[:h], E)], [("fields", fs[h:], E)]], {"gap": 10})]
    else:
        bl += [("gap", 3), ("fields", fs, E)]
    iss = K.d(
        None,
        "核准日期|发照日期|登记日期",
        (c.co_date[0], c.co_date[1], c.co_date[2]),
        K("cn", "cn2", "spaced"),
        hand=False,
        label="登记日期",
    )
    o = ("org", A, iss, org, {"mode": K("right", "bare", "right")})
    if K.chance(0.6):
        bl += [
            ("gap", 4),
            (
                "cols",
                [[("qr", "https://gsxt.example/" + c.uscc, {"side": "l", "size": 24, "note": K("", "扫描二维码查询")})], [o]],
                {"share": [0.4, 0.6]},
            ),
        ]
    else:
        bl += [("gap", 4), o]
    if K.chance(0.65):
        bl += [
            ("rule", {"lw": 0.2}),
            (
                "foot",
                K(
                    "市场主体应当于每年1月1日至6月30日通过国家企业信用信息公示系统报送公示年度报告。",
                    "国家企业信用信息公示系统网址：http://www.gsxt.example    国家市场监督管理总局监制",
                    "企业应当于每年1月1日至6月30日报送上一年度年度报告",
                ),
            ),
        ]
    return [
        (
            "front",
            page(
                K,
                dpi,
                bl,
                land=land,
                dec=K("cert", "cert", "cert", "plain"),
                bg=K("#fefcf5", "#fffdf4", "#ffffff"),
                s0=K(4.4, 4.9, 5.4),
                hand=0,
            ),
        )
    ]


# ---------- letters ----------
def power_of_attorney(c, dpi, R):
    K = Ctx(R)
    a, b = c.p, c.q
    cc = K.chance(0.2)
    pn = f("principal", "委托人|委托人姓名|委托方|授权人|委托人（甲方）|委托单位", a.name)
    pi = f("principal_id", "公民身份号码|身份证号码|委托人身份证号|身份证号|证件号码", a.idno)
    an = f("agent", "受托人|受委托人|代理人|被委托人|受托人姓名|被授权人|代办人", b.name)
    ai = f("agent_id", "公民身份号码|身份证号码|受托人身份证号|身份证号|证件号码", b.idno)
    ph = f("phone", "联系电话|电话|受托人电话|手机|联系方式", b.phone)
    it = f("item", "委托事项|办理事项|代办事项|授权事项", c.item)
    dt = K.d("date", "日期|委托日期|签署日期", c.today, K("cn", "cn", None))
    end = K.date((2026, 12, 31), "cn")
    pow_ = K(
        "代为办理{it}的申请、提交材料、签收文书及领取证件等事项",
        "前来办理{it}相关手续",
        "代表本人到贵局办理{it}业务，包括递交材料、签署文件、领取证照",
        "全权代理本人办理{it}的一切手续",
    )
    tpls = [
        "本人{pn}（身份证号：{pi}），因工作繁忙不能亲自前往，特委托{an}（身份证号：{ai}，联系电话：{ph}）"
        + pow_
        + "。代理人在授权范围内签署的一切文件，本人均予承认，由此产生的法律责任由本人承担。",
        "兹委托{an}（公民身份号码{ai}，电话{ph}）"
        + pow_
        + "。委托人{pn}，公民身份号码{pi}。受托人在委托权限内所实施的行为，委托人均予以认可。",
        "委托人{pn}，身份证号码{pi}；受托人{an}，身份证号码{ai}，电话{ph}。现委托受托人" + pow_ + "，委托期限至" + end + "。",
        c.p.org + "：我{pn}（身份证{pi}）现授权{an}（身份证{ai}，手机号{ph}）" + pow_ + "，请予接洽。",
    ]
    titles = [
        "授权委托书",
        "授权委托书",
        "委托书",
        "委托书",
        "个人授权委托书",
        "法人授权委托书" if cc else "业务办理委托书",
        "授权书",
        "代办委托书",
        "委托代理书",
        "机动车业务委托书" if "车" in c.item or "驾" in c.item else "授权委托书",
    ]
    E = K("prose", "prose", "list", "list", "table", "mix")
    fm = dict(pn=pn, pi=pi, an=an, ai=ai, ph=ph, it=it)
    K.keep(list(fm.values()))
    bl = [("title", K(*titles), {"size": K(8, 9.5, 11)}), ("gap", K(4, 10))]
    if K.chance(0.3):
        bl += [("para", K(c.p.org, c.p.city + "政务服务中心", c.p.org + "出入境管理支队") + "：", {"indent": 0})]
    body = (
        "委托人因故不能亲自到场，现委托上述受托人"
        + pow_
        + K("。受托人在授权范围内签署的有关文件，委托人均予以认可并承担法律责任。", "。受托人无转委托权。", "。")
    )
    ext = [f(None, "性别", a.sex, p=0.2), f(None, "住址|地址", a.addr, p=0.3)]
    ext2 = [f(None, "住址|地址", b.addr, p=0.3), f(None, "与委托人关系|双方关系", K("夫妻", "亲属", "同事", "朋友"), p=0.3)]
    if E == "prose":
        bl += [("prose", K(*tpls), fm, {"k": K(1.0, 1.15, 1.25)})]
    elif E == "mix":
        bl += [
            ("prose", "本人{pn}（身份证号码：{pi}），现委托以下人员" + pow_ + "：", {"pn": pn, "pi": pi, "it": it}),
            ("gap", 2),
            ("fields", K.keep([an, ai, ph, *ext2]), engine(K, LIST)),
        ]
    else:
        e = engine(K, ["kv1", "under1", "under1", "kv2", "above1"] if E == "list" else ["table4", "table2", "above2"])
        bl += [("fields", [pn, *K.keep(ext[:1]), pi, *K.keep(ext[1:]), an, ai, ph, *K.keep(ext2)], e), ("gap", 3)]
        bl += [("fields", [it], e)] if K.chance(0.3) and E == "table" else [("prose", body, {"it": it})]
    if K.chance(0.5):
        bl += [
            (
                "para",
                K(
                    "委托期限：自签署之日起至" + end + "止。",
                    "委托期限：自签字之日起至上述事项办结为止。",
                    "本委托书有效期三十天，涂改无效。",
                ),
            )
        ]
    sg = [(K("委托人（签名）", "委托人签字", "委托人", "授权人（签字/手印）", "委托人（签名并按指印）"), a.name, "name")]
    if K.chance(0.4):
        sg.append((K("受托人（签名）", "受托人签字", "代理人"), b.name, "name"))
    sg.append((K("日期", "签署日期", "委托日期", "时间"), dt, "date"))
    bl += [("gap", 8), ("sign", sg, {"finger": K.chance(0.5)})]
    if K.chance(0.25):
        bl += [
            ("gap", 4),
            ("foot", K("附：委托人、受托人身份证复印件各一份。", "注：本委托书须本人亲笔签名，代办时须同时出示双方身份证原件。")),
        ]
    if K.chance(0.15):
        bl.insert(0, ("row", K("附件2", "附件3：", "（样表）"), None))
    return [("front", page(K, dpi, bl, hand=0.45, dec="plain"))]


PLEDGE = [
    "所提交的全部材料真实、有效，复印件与原件一致。",
    "已知晓办理条件和应当承担的法律责任。",
    "如有隐瞒或者提供虚假材料，自愿接受有关部门处理，并承担一切后果。",
    "自觉遵守国家法律法规，配合窗口工作人员核查。",
    "联系方式发生变化时及时告知受理机关。",
    "不将所领取的证件转借、出租、出售他人使用。",
    "若违反上述承诺，同意将本人失信信息纳入信用记录。",
    "保证在规定期限内补齐所欠缺的材料，逾期视为自动放弃。",
    "严格按照申报的用途使用，不擅自改变用途、不转让他人。",
    "主动接受公安机关的监督检查，发现问题及时整改。",
]


def commitment(c, dpi, R):
    K = Ctx(R)
    p = c.p
    org = psb(c, K)
    nm = f("name", "承诺人|姓名|承诺人姓名|申请人|本人姓名|承诺人（姓名）", p.name)
    idn = f("id_no", "身份证号码|公民身份号码|身份证号|证件号码|居民身份证号码", p.idno)
    ph = f("phone", "联系电话|手机号码|电话|联系方式|联系手机", p.phone, p=0.85)
    it = f("item", "申请事项|办理事项|承诺事项|业务名称|事项名称", c.item)
    dt = K.d("date", "日期|承诺日期|签署日期|时间", c.today, K("cn", "cn", None))
    au = f("authority", "受理机关|致|告知机关", org, hand=False)
    K.keep([nm, idn, it, dt, au])
    ph_on = bool(K.keep([ph]))
    titles = [
        "承诺书",
        "承诺书",
        "承诺书",
        "个人承诺书",
        "诚信承诺书",
        "告知承诺书",
        "信用承诺书",
        "材料真实性承诺书",
        "申请人承诺书",
        "证明事项告知承诺书",
        "守法承诺书",
        "企业安全生产承诺书" if "许可" in c.item else "个人诚信承诺书",
        "保证书",
        "郑重承诺",
    ]
    fm = dict(n=nm, i=idn, t=it, p=ph)
    tel = "，联系电话{p}" if ph_on and K.chance(0.4) else ""
    lead = (
        K(
            "本人{n}（公民身份号码：{i}%s），现就申请{t}事项郑重承诺如下：",
            "承诺人{n}，身份证号码{i}%s，因办理{t}，作出以下承诺：",
            "我是{n}，身份证号{i}%s，现向贵局申请{t}，本人承诺：",
            "本人{n}，身份证号{i}%s，在办理{t}业务过程中自愿作出如下承诺：",
        )
        % tel
    )
    one = (
        "本人{n}，身份证号码{i}%s，在申请{t}时所提供的材料和陈述真实、合法、有效。如有弄虚作假，本人愿意承担由此产生的一切法律责任，并同意撤销已取得的许可或证件。"
        % tel
    )
    E = K("list", "list", "list", "one", "form", "form")
    au_on = K.chance(0.8)
    bl = [
        ("row", K("附件1", "附件：", "表四"), None) if K.chance(0.12) else None,
        ("title", K(*titles), {"size": K(8, 9.5, 11)}),
        ("gap", K(3, 9)),
    ]
    if au_on:
        bl.append(("prose", "{a}：", {"a": F("致", org, au.truth, hand=False)}, {"indent": 0}))
    items = R.sample(PLEDGE, K(3, 4, 5, 6))
    if E == "list":
        bl += [("prose", lead, {k: v for k, v in fm.items() if "{%s}" % k in lead}), ("list", items)]
    elif E == "one":
        bl += [
            ("prose", one, {k: v for k, v in fm.items() if "{%s}" % k in one}, {"k": 1.15}),
            ("para", K("特此承诺。", "以上承诺，绝无虚假，如有不实，愿承担法律责任。")),
        ]
    else:
        tel = "x" if ph_on else ""
        bl += [
            (
                "fields",
                [
                    nm,
                    idn,
                    *([ph] if ph_on else []),
                    *K.keep([f(None, "住址|现住址|通讯地址", p.addr, p=0.5), f(None, "工作单位", c.company, p=0.3)]),
                    it,
                ],
                engine(K, ["table4", "table2", "kv1", "kv2", "under1", "above2"]),
            ),
            ("gap", 3),
            ("para", K("本人对上述事项作如下承诺：", "承诺内容：", "现郑重承诺如下：")),
            ("list", items),
        ]
    sg = [(K("承诺人（签名）", "承诺人签字", "承诺人", "承诺人（签字、手印）", "申请人签名", "具结人"), p.name, "name")]
    if ph_on and not tel and K.chance(0.9):
        sg.append((K("联系电话", "电话", "联系方式"), ph, "text"))
    sg.append((K("日期", "承诺日期", "签名日期", "时间"), dt, "date"))
    bl += [("gap", 6), ("sign", sg, {"finger": K.chance(0.3)})]
    return [("front", page(K, dpi, bl, hand=0.4, dec="plain", body=K(None, None, "kai", "ming")))]


# ---------- application forms ----------
BY_ITEM = {
    "入户": [
        "户口迁移申请表",
        "户口迁入审批表",
        "入户申请表",
        "户口登记项目变更申请表",
        "人才入户申报表",
        "居民户口迁移申请审批表",
        "落户申请表",
        "夫妻投靠落户申请表",
    ],
    "驾驶": ["机动车驾驶证申请表", "机动车驾驶证换证申请表", "驾驶证业务申请表", "机动车驾驶人业务申请表"],
    "检验": ["机动车牌证申请表", "机动车业务申请表", "机动车检验合格标志申请表"],
    "车": ["机动车牌证申请表", "机动车登记业务申请表", "机动车业务申请表"],
    "港澳": ["中国公民出入境证件申请表", "出入境证件申请表", "内地居民往来港澳地区申请审批表", "往来港澳通行证申请表"],
    "护照": ["中国公民因私出国（境）申请审批表", "中国公民出入境证件申请表"],
    "易制毒": ["易制毒化学品购买备案申请表", "购买易制毒化学品申请表", "易制毒化学品运输备案申请表", "易制毒化学品购买、运输申请登记表"],
    "特种": ["特种行业许可证申请表", "特种行业许可申请审批表", "特种行业变更申请登记表", "旅馆业特种行业许可证申请登记表"],
    "居住证": ["居住证申领登记表", "居住证签注申请表", "居住登记申请表", "流动人口居住登记表", "居住证办理申请表"],
    "身份证": ["居民身份证申领登记表", "居民身份证换领、补领登记表"],
}
GENERIC = [
    "公安业务综合申请表",
    "综合受理申请表",
    "行政许可申请书",
    "政务服务事项申请表",
    "业务办理申请表",
    "一窗通办申请表",
    "群众办事申请登记表",
    "公安行政审批事项申请表",
    "申请审批表",
    "业务申请登记表",
]
REASON = [
    "本人因工作和生活需要，现申请办理%s，请予批准。",
    "因原证件即将到期，特申请%s。",
    "本人已在本市稳定就业并居住，符合条件，申请%s。",
    "为方便家庭共同生活，特申请办理%s，望批准。",
]
DECL = [
    "本人承诺所提交的材料真实、合法、有效，如有虚假愿意承担相应法律责任。",
    "我声明以上所填内容属实，并已知悉相关规定。",
    "上述所填内容完整、真实、准确，如有不实，本人承担由此引起的一切后果。",
    "申请人已阅读办事须知，保证所填信息真实。",
]
OPIN = ["材料齐全，符合法定形式，予以受理。", "经审核，同意办理。", "同意上报审批。", "拟同意，请领导审批。"]


def application_form(c, dpi, R):
    K = Ctx(R)
    p = c.p
    key = [k for k in BY_ITEM if k in c.item]
    title = (
        K(*(BY_ITEM[key[0]] if key and K.chance(0.65) else GENERIC))
        if K.chance(0.8)
        else c.item + K("申请表", "申请审批表", "登记表", "申请书")
    )
    if K.chance(0.12):
        title = c.p.city + title
    no = f(
        "case_no",
        "受理编号|编号|受理号|流水号|业务编号|受理单号|档案编号|申请编号",
        K(c.no, c.no, "%s%010d" % (K("W", "SLD", "YW"), R.randint(0, 10**10 - 1))),
        hand=False,
        p=0.8,
    )
    dt = K.d("date", "日期|申请日期|填表日期|填写日期|申请时间|受理日期", c.today, K("cn", "cn", None), p=0.95)
    sx = K.chance(0.08)
    fs = [
        f("name", "姓名|姓名|姓名|申请人姓名|申请人|本人姓名|申请人（姓名）", p.name, en="Name"),
        f("sex", "性别", p.sex, en="Sex", opts=("男", "女") if sx else (), p=0.85),
        f("nation", "民族", p.nation + K("", "", "族"), p.nation, p=0.65, en="Nationality"),
        K.d("birth_date", "出生日期|出生年月日|出生年月|生日", p.dob, p=0.7, en="Date of Birth"),
        f(
            "id_no",
            "公民身份号码|身份证号码|身份证号|证件号码|居民身份证号码|身份证明号码|身份证件号码|公民身份证号码",
            p.idno,
            en="ID No.",
            boxed=K.chance(0.14),
        ),
        f("phone", "联系电话|手机号码|电话|联系方式|本人联系电话|移动电话|手机", p.phone, en="Tel", p=0.95),
        f("education", "文化程度|学历|最高学历|受教育程度", p.edu, p=0.45),
        f(None, "政治面貌", K("群众", "党员", "团员"), p=0.2),
        f(None, "婚姻状况|婚姻状态", K("已婚", "未婚"), p=0.3),
        f(None, "证件类型|身份证明名称|证件名称", "居民身份证", p=0.25),
        f(None, "户籍所在地|户口所在地|户籍地址", c.prov + c.p.city + c.p.dist, p=0.3),
        f("address", "现住址|家庭住址|住址|联系地址|现居住地址|通信地址|居住地址|常住地址", p.addr, p=0.9, en="Address"),
        f("company", "工作单位|单位名称|服务处所|所在单位|就业单位|申请单位", c.company, p=0.6),
        f(None, "邮政编码|邮编", "%06d" % R.randint(510000, 529999), p=0.25),
        f(None, "紧急联系人|紧急联系人及电话", c.q.name + " " + c.q.phone, p=0.2),
        f(None, "代理人姓名|代办人", "", p=0.15),
        f("item", "申请事项|办理业务|申请业务|业务名称|办理事项|申请种类|申办事项|申请类别", c.item, p=0.85),
    ]
    fs = K.keep(fs)
    if K.chance(0.2):
        mid = fs[1:-1]
        R.shuffle(mid)
        fs = [fs[0], *mid, fs[-1]]
    for x in fs:
        if not x.text:
            x.text = " "
    K.keep([no, dt])
    no_on, E = K.chance(0.75), engine(K, FORM)
    st = style(R, 0.6)
    ph = (
        {"side": "r", "w": K(25, 28, 30), "h": K(32, 35, 40), "bg": "#eef3f8"}
        if K.chance(0.45) and E in ("table4", "table2", "kv1", "kv2", "under1", "above2")
        else None
    )
    if ph and K.chance(0.4):
        ph["empty"] = K("照片", "贴照片处", "相片")
    bl = [("row", K("附件1", "附表二", "（正面）", "表号：GA-%03d" % R.randint(1, 300)), None) if K.chance(0.15) else None]
    bl += [("title", title, {"size": K(6.8, 7.6, 8.5, 9.5), "en": K("", "", "", "APPLICATION FORM")})]
    bl += [
        ("sub", K("（请用黑色或蓝黑色签字笔填写）", "（请使用正楷填写，字迹清晰）", "（个人申请）", c.p.city + "公安局制"), {"k": 0.85})
        if K.chance(0.4)
        else None
    ]
    top_date = K.chance(0.35)
    bl += (
        [
            ("row", no if no_on else None, dt if top_date else None)
            if K.chance(0.6)
            else ("row", dt if top_date else None, no if no_on else None)
        ]
        if no_on or top_date
        else []
    )
    tick = ["首次申请", "变更", "换发", "补发", "注销", "签注"]
    if K.chance(0.4):
        o = R.sample(tick, 4)
        fs.append(F("业务类别", K(*o), {}, opts=tuple(o), label=K("业务类别", "申请类型", "办理类型", "申请原因")))
    bl += [("gap", 1), ("fields", fs, E, {"ph": ph})]
    rows = None
    if K.chance(0.3):
        rows = [
            [K("父亲", "配偶", "母亲"), c.boss.name, "%d" % R.randint(25, 70), K("务农", "公司职员", "教师", "个体")]
            for _ in range(K(1, 2))
        ] + [["", "", "", ""]] * K(1, 2)
        bl += [
            ("gap", 0 if E.startswith("table") else 3),
            ("grid", K(["称谓", "姓名", "年龄", "工作单位及职业"], ["与本人关系", "姓名", "年龄", "工作单位"]), rows, [3, 4, 2, 7]),
        ]
    signer = (K("申请人签名", "申请人（签字）", "本人签名", "申请人签字", "填表人"), p.name, "name")
    sd = (K("日期", "签字日期", "申请日期"), dt if not top_date else K.date(c.today, "cn"), "date")
    mode = K("top", "side", "top") if E.startswith("table") else K("top", "none", "none")
    secs = []
    if K.chance(0.6):
        secs.append((K("申请理由", "申请原因", "事由", "情况说明"), [K(*REASON) % c.item], None, 22, True))
    secs.append((K("申请人声明", "承诺", "申请人承诺", "声明"), [K(*DECL)], [signer, sd], 20, False))
    for lb in R.sample(["受理意见", "审核意见", "审批意见", "派出所意见", "窗口审核意见", "民警调查意见", "备注"], K(1, 1, 2, 3)):
        o = K.chance(0.4)
        secs.append(
            (
                lb,
                [K(*OPIN)] if o and lb != "备注" else [],
                [(K("经办人", "审核人"), c.boss.name, "name"), ("日期", "    年   月   日", "print")]
                if K.chance(0.5) and lb != "备注"
                else None,
                22,
                True,
            )
        )
    for lb, paras, sg, h, hd in secs:
        if mode == "none":
            bl += [
                ("gap", 2),
                ("head", lb + "："),
                *[("para", t, {"hand": hd and st.hand}) for t in paras],
                ("sign", sg) if sg else ("gap", 6),
            ]
        else:
            bl += [("box", lb, paras, sg, {"mode": mode, "h": h, "hand": hd and st.hand})]
    if K.chance(0.5):
        bl += [
            (
                "seal",
                c.p.org + K("受理专用章", "窗口受理章", "业务专用章"),
                {"dx": 0.78, "r": 16, "up": 12, "shape": K("round", "round", "oval", "square")},
            )
        ]
    if K.chance(0.4):
        bl += [
            ("gap", 2),
            (
                "foot",
                K(
                    "填表说明：1.申请人须如实填写；2.本表一式一份；3.涂改无效。",
                    "注：提交的复印件应与原件一致，办理期限自受理之日起计算。",
                    "申请人须知：一、应当如实填写并对内容真实性负责；二、领取证件时请出示受理回执。",
                ),
            ),
        ]
    if K.chance(0.15):
        bl += [("bar", no.text if no_on else None, {"width": 60, "h": 8})] if no_on else []
    out = [("front", page(K, dpi, bl, st=st, dec="plain", valign=0.1))]
    if K.chance(0.08):
        out.append(
            (
                "back",
                page(
                    K,
                    dpi,
                    [
                        ("title", K("填表须知", "填写说明", "办理须知"), {"size": 7}),
                        ("gap", 3),
                        ("list", R.sample(PLEDGE, 6)),
                        ("para", "所需材料：居民身份证、居民户口簿原件及复印件；代办的提交授权委托书。"),
                    ],
                    hand=0,
                ),
            )
        )
    return out


SHEETS = dict(
    special_trade_license=special_trade_license,
    precursor_purchase=precursor_purchase,
    precursor_transport_record=precursor_transport_record,
    precursor_transport_permit=precursor_transport_permit,
    birth_cert=birth_cert,
    graduation_cert=graduation_cert,
    degree_cert=degree_cert,
    labor_contract=labor_contract,
    social_insurance=social_insurance,
    business_license=business_license,
    power_of_attorney=power_of_attorney,
    commitment=commitment,
    application_form=application_form,
)
__all__ = ["ALL", "SHEETS"]
