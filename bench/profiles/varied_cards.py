"""Small documents and booklets of the tuning profile `varied`: identity and residence cards, licences, permits, registers.

For TUNING only. It needs the session generator's folder on the path (module `base`).
"""

# ruff: noqa: UP031 - percent forms stay short and readable in tables of wordings

from base import cn, dot, eep_line, iso, plus, td3, yymmdd
from varied_core import REDS, Ctx, F, Obj, f, sheet, style
from varied_kinds import psb

TINTS = ["#e9f2f6", "#eef3ee", "#f3eee6", "#eef1f4", "#f4f0ea", "#e4eef8", "#eef6e9", "#fbfbf6", "#f3ece6", "#ffffff"]
BLUE, GREEN, NAVY = "#1e6ea0", "#2c7a3a", "#12326e"


def card(K, dpi, blocks, w=85.6, h=54.0, s0=3.1, dec="wave", bg=None, st=None, hand=0.0, margin=None, valign=None):
    return sheet(
        dpi,
        K.R,
        [b for b in blocks if b],
        w=w,
        h=h,
        paper="card",
        dec=dec,
        bg=bg or K(*TINTS),
        s0=s0,
        hand=hand,
        st=st,
        margin=margin,
        valign=valign,
    )


def cstyle(K, fonts=None, **kw):
    st = style(K.R, 0.0, True, fonts)
    st.lead = K(1.6, 1.8, 2.0, 2.2)
    for k, v in kw.items():
        st[k] = v
    return st


def photo(K, h=54):
    w = K(18, 20, 22, 24) * h / 54
    return {"side": K("r", "r", "l"), "w": w, "h": w * K(1.22, 1.28, 1.35), "bg": K("#e8f0f8", "#ffffff", "#e6ecef")}


CE = ["kv1", "kv1", "kv2", "kv2", "kv2", "above2", "under1"]


# ---------- identity card ----------
def id_front(c, p, dpi, K):
    st = cstyle(K, ["sans", "sans", "micro", "zenhei", "song", "serif", "kai"])
    st.bil = ""
    bd = K("%d 年 %d 月 %d 日" % p.dob, "%d年%d月%d日" % p.dob, "%d年%02d月%02d日" % p.dob, "%d.%02d.%02d" % p.dob, "%d-%02d-%02d" % p.dob)
    fs = [
        f("name", "姓名|姓名|姓 名|姓　名", K.spaced_name(p.name), p.name, en="Name"),
        f("sex", "性别|性别|性 别", p.sex, en="Sex"),
        f("nation", "民族|民族|民 族", p.nation, en="Ethnicity"),
        f("birth_date", "出生|出生|出生日期|出 生", bd, iso(p.dob), en="Birth"),
        f("address", "住址|住址|住 址|地址|常住户口所在地住址", p.addr, en="Address"),
    ]
    idn = f(
        "id_no",
        "公民身份号码|公民身份号码|公民身份号码|身份证号码|身份证编号|公民身份证号",
        p.idno if K.chance(0.8) else "%s %s %s" % (p.idno[:6], p.idno[6:14], p.idno[14:]),
        p.idno,
        en="ID No.",
    )
    if K.chance(0.25):
        st.bil = K("slash", "below", "space")
    K.keep([*fs, idn])
    E = K("kv2", "kv2", "kv2", "kv1", "above2")
    bl = []
    if K.chance(0.15):
        bl.append(("title", K("中华人民共和国居民身份证", "居民身份证"), {"size": K(3.6, 4.2), "al": K("c", "l"), "sp": 0.2}))
    first = K.chance(0.1)
    if first:
        bl.append(("fields", [idn], "kv1"))
    bl.append(("fields", fs, E, {"ph": photo(K)}))
    if not first:
        bl.append(("fields", [idn], "kv1" if E != "above2" or K.chance(0.5) else "above1"))
    return card(K, dpi, bl, st=st, s0=3.2)


def id_back(c, p, dpi, K):
    st = cstyle(K, ["sans", "sans", "serif", "song", "micro", "zenhei"])
    to = "长期" if 2026 - p.dob[0] > 46 and K.chance(0.5) else p.id_to
    fs = K.keep(
        [
            f("authority", "签发机关|签发机关|签发机关|发证机关|签发单位", p.org, en="Issued by"),
            K.rng(("valid_from", "valid_to"), "有效期限|有效期限|有效期|有效期限", p.id_from, to, en="Valid"),
        ]
    )
    if K.chance(0.25):
        st.bil = K("slash", "space")
    left = K.chance(0.4)
    t = [
        ("title", "中华人民共和国", {"size": K(4.2, 5), "sp": K(0.3, 1, 1.5), "al": "c"}),
        ("title", K("居民身份证", "居民身份证", "居 民 身 份 证"), {"size": K(5.5, 6.4, 7), "sp": K(0.5, 1.5), "al": "c"}),
    ]
    if K.chance(0.15):
        t = [("title", "中华人民共和国居民身份证", {"size": 5, "sp": 0.3, "al": "c"})]
    em = ("emblem", {"r": K(6, 7), "col": "#c23a34"})
    E = K("kv1", "kv1", "kv1", "above1", "kv1")
    if left:
        bl = [
            ("cols", [[em], t], {"share": [0.25, 0.75], "gap": 2}),
            ("gap", K(3, 6)),
            ("cols", [[None], [("fields", fs, E)]], {"share": [K(0.05, 0.15, 0.2), 0.8], "gap": 1}),
        ]
    else:
        bl = [em if K.chance(0.6) else None, *t, ("gap", K(1, 4)), ("fields", fs, E)]
    return card(K, dpi, bl, st=st, s0=3.1)


def id_card(c, dpi, R, p=None):
    p, K = p or c.p, Ctx(R)
    return [("front", id_front(c, p, dpi, K)), ("back", id_back(c, p, dpi, K))]


# ---------- residence permit ----------
def residence_permit(c, dpi, R):
    K = Ctx(R)
    p = c.p
    no = K(c.rp_no, p.region[:4] + "%012d" % R.randint(0, 10**12 - 1), "%s%09d" % (K("JZ", "LS", "R"), R.randint(0, 10**9 - 1)))
    org = psb(c, K)
    st = cstyle(K, labcol=K(GREEN, BLUE, NAVY, "#333333"))
    pn = f("permit_no", "居住证号|居住证编号|证件编号|居住证号码|证号|卡号|编号", no, en="Permit No.")
    idn = f("id_no", "公民身份号码|身份证号|身份证号码|证件号码|公民身份证号码", p.idno, en="ID No.")
    fs = K.keep(
        [
            f("name", "姓名|姓 名|姓　名|持证人", p.name, en="Name"),
            f("sex", "性别", p.sex, en="Sex", p=0.9),
            f("nation", "民族", p.nation + K("", "", "族"), p.nation, en="Nation", p=0.85),
            K.d("birth_date", "出生|出生日期|出生年月|出生年月日", p.dob, en="Birth", p=0.8),
            f(None, "户籍地|户籍地址|户籍所在地", c.prov + "云水县" + K("", "白石镇"), p=0.3),
            f("address", "住址|居住地址|现居住地|居住地住址|现住址|居住地", p.addr, en="Address"),
        ]
    )
    K.keep([pn, idn])
    titles = [
        c.prov + "居住证",
        p.city + "居住证",
        "居住证",
        "中华人民共和国居住证",
        "居 住 证",
        "居住证 RESIDENCE PERMIT",
        p.city + "流动人口居住证",
        "临时居住证",
    ]
    t = ("title", K(*titles), {"size": K(4, 4.6, 5.2), "col": K(GREEN, NAVY, "#161618", *REDS), "sp": K(0, 0.4, 1)})
    low = [idn, pn]
    if K.chance(0.3):
        R.shuffle(low)
    pn_back = K.chance(0.25)
    if pn_back:
        low = [idn]
    E = K(*CE)
    if K.chance(0.3):
        st.bil = K("slash", "below", "space")
    front = [
        t if K.chance(0.8) else None,
        ("fields", fs, E, {"ph": photo(K) if K.chance(0.9) else None}),
        ("fields", low, K("kv1", "kv1", "above2")),
    ]
    A = f("authority", "签发机关|发证机关|签发单位|制发机关", org, en="Issued by")
    D = K.d("issue_date", "签发日期|发证日期|首次签发日期|签发时间|制证日期", c.rp_from)
    x = f(None, "有效期限|签注有效期|有效期", K.date(c.rp_from, "dot") + "-" + K.date(plus(c.rp_from, 1), "dot"), p=0.35)
    bs = K.keep([pn if pn_back else None, A, D, x])
    back = [
        ("emblem", {"r": 5}) if K.chance(0.2) else None,
        ("title", K("中华人民共和国", c.prov, p.city), {"size": 4, "sp": 0.8}) if K.chance(0.5) else None,
        ("title", K("居 住 证", "居住证", "居住证"), {"size": K(6, 7), "sp": 1}) if K.chance(0.7) else None,
        ("gap", 2),
        ("fields", bs, K("kv1", "kv1", "above1", "under1")),
    ]
    if K.chance(0.3):
        back.append(
            (
                "grid",
                ["签注记录", "有效期至", "签注机关"],
                [["第一次", dot(plus(c.rp_from, 1)), "派出所"], ["", "", ""]],
                [3, 4, 4],
                {"k": 0.75},
            )
        )
    if K.chance(0.6):
        back.append(
            (
                "foot",
                K(
                    "须每年签注一次，逾期未签注的使用功能中止。",
                    "本证每年签注一次，请妥善保管，遗失应及时申报补领。",
                    "持证人享有国家和地方规定的基本公共服务和便利。",
                ),
            )
        )
    bg = K("#eef6e9", "#e9f2f6", "#f3f1e6", "#ffffff")
    return [("front", card(K, dpi, front, st=Obj(st), bg=bg)), ("back", card(K, dpi, back, st=cstyle(K), bg=bg))]


# ---------- driving and vehicle licences ----------
def driver_license(c, dpi, R):
    K = Ctx(R)
    p = c.p
    st = cstyle(
        K,
        ["sans", "sans", "song", "micro", "serif"],
        val=K("kai", "kai", "song", "sans", "wenkai"),
        bil=K("below", "below", "", "slash", "space"),
        colon=K(" ", "　", "："),
    )
    ds = K("iso", "iso", "cn", "dot")
    idn = f("id_no", "证号|证号|驾驶证号|证件号码|公民身份号码", p.idno, en="No.")
    sex = f("sex", "性别", p.sex, en="Sex")
    nat = f(None, "国籍", K("中国", "中国 CHN"), en="Nationality", p=0.85)
    nm = f("name", "姓名|姓名|姓 名", K.spaced_name(p.name), p.name, en="Name")
    ad = f("address", "住址|住址|地址|住 址", p.addr, en="Address")
    lo = [
        K.d("birth_date", "出生日期|出生日期|出生年月", p.dob, ds, en="Date of Birth"),
        K.d("first_issue", "初次领证日期|初次领证日期|初次领证|初领日期", c.dl_first, ds, en="Date of First Issue"),
        f("class", "准驾车型|准驾车型|车型|准驾车型代号", c.dl_class, en="Class"),
    ]
    v = K("range", "range", "split", "from")
    if v == "range":
        K.ds = ds
        lo.append(K.rng(("valid_from", "valid_to"), "有效期限|有效期限|有效期|有效起止日期", c.dl_from, c.dl_to, en="Valid Period"))
    elif v == "split":
        lo += [
            K.d("valid_from", "有效起始日期|有效期始|有效期起", c.dl_from, ds, en="Valid From"),
            K.d("valid_to", "有效期至|有效截止日期|有效期止", c.dl_to, ds, en="Valid Until"),
        ]
    else:
        lo += [K.d("valid_from", "有效起始日期|起始日期", c.dl_from, ds, en="Valid From"), f(None, "有效期限", "10年", en="Valid For")]
    hi = K.keep([idn, nm, sex, nat, ad] if K.chance(0.7) else [nm, sex, nat, idn, ad])
    lo = K.keep(lo)
    t = (
        "title",
        K("中华人民共和国机动车驾驶证", "中华人民共和国机动车驾驶证", "机动车驾驶证", "中华人民共和国 机动车驾驶证"),
        {"size": K(3.6, 4.0, 4.6), "sp": K(0, 0.3, 0.8), "en": K("", "Driving License of the People's Republic of China"), "al": "c"},
    )
    org = p.org + "交通警察支队"
    ph = photo(K, 56)
    bg = K("#f3eee6", "#f4f0ea", "#eef1f4", "#ffffff")
    E = K("kv2", "kv2", "kv1", "above2")
    small = {"seal": ("seal", org, {"r": 8, "dx": K(0.88, 0.88, 0.12), "up": 8, "shape": K("square", "square", "round")})}
    if K.chance(0.5):
        front = [
            t,
            ("fields", hi, E),
            (
                "cols",
                [
                    [("seal", org, {"r": 8, "dx": 0.5, "up": -9, "shape": K("square", "round")})],
                    [("fields", lo, K("kv1", "kv1", "above1" if len(lo) < 4 else "kv1"), {"ph": {**ph, "side": "r", "w": 17, "h": 21}})],
                ],
                {"share": [0.22, 0.78], "gap": 1},
            ),
        ]
    else:
        front = [t, ("fields", hi + lo, E, {"ph": ph}), small["seal"] if K.chance(0.4) else None]
    K2 = Ctx(R)
    fn = f("file_no", "档案编号|档案编号|档案号|档案编号", c.dl_file, en="File No.", p=0.95)
    bs = K2.keep(
        [
            f("id_no", "证号|证号|驾驶证号", p.idno, en="No."),
            f("name", "姓名", p.name, en="Name"),
            fn,
            f("class", "准驾车型", c.dl_class, p=0.15),
        ]
    )
    rec = "请于%s前九十日内申请换领新驾驶证。" % iso(c.dl_to) + K("", "实习期至%s。" % iso(plus(c.dl_first, 1)))
    back = [
        (
            "title",
            K("中华人民共和国机动车驾驶证副页", "机动车驾驶证副页", "中华人民共和国机动车驾驶证副页"),
            {"size": K(3.4, 3.8), "al": "c", "sp": K(0, 0.3)},
        ),
        ("gap", 1),
        ("fields", bs, K("kv2", "kv1", "table4", "table2", "above2")),
    ]
    back += [
        ("fields", [F("记录", rec, {}, label="记录", en="Record")], K("kv1", "table2", "above1")) if K.chance(0.8) else None,
        ("bar", None, {"width": 48, "h": 4}) if K.chance(0.6) else None,
    ]
    if K.chance(0.25):
        back.append(("foot", K("准驾车型代号规定：C1 小型汽车及C2、C3；B2 大型货车。", "遗失、损毁请及时申请补领。")))
    w, h = K((88, 60), (88, 60), (85.6, 54), (95, 66))
    return [
        ("front", card(K, dpi, front, w, h, st=st, bg=bg, margin=4)),
        ("back", card(K, dpi, back, w, h, st=cstyle(K, val=st.val), bg=bg, margin=4)),
    ]


def vehicle_license(c, dpi, R):
    K = Ctx(R)
    p = c.p
    st = cstyle(
        K,
        ["sans", "sans", "song", "micro"],
        val=K("kai", "kai", "song", "sans", "wenkai"),
        bil=K("below", "below", "", "slash", "space"),
        colon=K(" ", "　", "："),
    )
    ds = K("iso", "iso", "cn", "dot")
    plate = c.plate if K.chance(0.85) else c.plate[:2] + "·" + c.plate[2:]
    fs = K.keep(
        [
            f("plate", "号牌号码|号牌号码|车牌号码|号牌", plate, c.plate, en="Plate No."),
            f("vehicle_type", "车辆类型|车辆类型|车型", c.vtype, en="Vehicle Type"),
            f("owner", "所有人|所有人|车主|机动车所有人", p.name, en="Owner"),
            f("address", "住址|住址|地址|住 址", p.addr, en="Address"),
            f(None, "使用性质", K("非营运", "非营运", "营转非"), en="Use Character", p=0.9),
            f("model", "品牌型号|品牌型号|厂牌型号", c.car, en="Model"),
            f("vin", "车辆识别代号|车辆识别代号|车辆识别代码|车架号", c.vin, en="VIN"),
            f("engine_no", "发动机号码|发动机号码|发动机号", c.engine, en="Engine No."),
            K.d("register_date", "注册日期|注册日期|登记日期|初次登记日期", c.v_reg, ds, en="Register Date"),
            K.d("issue_date", "发证日期|发证日期|核发日期", c.v_issue, ds, en="Issue Date"),
        ]
    )
    t = (
        "title",
        K("中华人民共和国机动车行驶证", "中华人民共和国机动车行驶证", "机动车行驶证"),
        {"size": K(3.6, 4.0, 4.4), "sp": K(0, 0.3, 0.8), "en": K("", "Vehicle License of the People's Republic of China"), "al": "c"},
    )
    org = p.org + "交通警察支队"
    E = K("kv2", "kv2", "kv1", "above2", "table4")
    bg = K("#eef1f4", "#f2f2f0", "#f3eee6", "#ffffff")
    if K.chance(0.5):
        front = [
            t,
            ("fields", fs[:-4], E),
            (
                "cols",
                [
                    [("seal", org, {"r": 8.5, "dx": 0.5, "up": -9, "shape": K("square", "round")})],
                    [("fields", fs[-4:], "kv1" if E == "kv1" else K("kv1", "kv2", "above2"))],
                ],
                {"share": [0.25, 0.75], "gap": 1},
            ),
        ]
    else:
        front = [
            t,
            ("fields", fs, E),
            ("seal", org, {"r": 8, "dx": K(0.12, 0.88, 0.88), "up": 8, "shape": K("square", "round")}) if K.chance(0.5) else None,
        ]
    due = "%d年%02d月" % c.insp
    bs = Ctx(R).keep(
        [
            f("plate", "号牌号码|号牌号码|车牌号码", plate, c.plate),
            f("file_no", "档案编号|档案编号|档案号", c.v_file, p=0.95),
            f(None, "核定载人数", "%d人" % K(5, 5, 7), p=0.9),
            f(None, "总质量", "%dkg" % R.randint(1500, 2400), p=0.8),
            f(None, "整备质量", "%dkg" % R.randint(1000, 1900), p=0.8),
            f(None, "核定载质量", "--", p=0.5),
            f(None, "外廓尺寸", "%d×%d×%dmm" % (R.randint(3900, 5100), R.randint(1680, 1900), R.randint(1420, 1790)), p=0.8),
            f(None, "准牵引总质量", "--", p=0.3),
            f(None, "备注", "强制报废期止：%d-12-31" % (c.v_reg[0] + 15), p=0.6),
            f(None, "检验记录|检验记录|检验有效期", "检验有效期至%s %s" % (due, c.plate[:2] + "(01)"), p=0.9),
        ]
    )
    for q in bs:
        q.label = q.label or q.labels.split("|")[0]
    back = [
        (
            "title",
            K("中华人民共和国机动车行驶证副页", "机动车行驶证副页", "中华人民共和国机动车行驶证副页"),
            {"size": K(3.2, 3.6), "al": "c"},
        ),
        ("fields", bs, K("table4", "table4", "kv2", "table2", "kv1")),
        ("bar", None, {"width": 58, "h": 3.5}) if K.chance(0.6) else None,
    ]
    w, h = K((88, 60), (88, 60), (85.6, 54), (95, 66))
    return [
        ("front", card(K, dpi, front, w, h, st=st, bg=bg, margin=4, s0=3.0)),
        ("back", card(K, dpi, back, w, h, st=cstyle(K, val=st.val), bg=bg, margin=4, s0=3.0)),
    ]


def inspection_mark(c, dpi, R):
    K = Ctx(R)
    col = K("#14551c", "#14551c", "#7a5a00", "#12326e", "#333333")
    bg = K("#e3f0d8", "#f6ecc8", "#e4eef8", "#ffffff", "#f0e4ee")
    st = cstyle(K, ["sans", "sansb", "zenhei", "micro"], labcol=col)
    titles = [
        "机动车检验合格标志",
        "检验合格标志",
        "机动车检验标志",
        "检 验 合 格 标 志",
        "机动车免检标志",
        "机动车六年免检检验标志",
        "机动车检验合格标志（六年内免检）",
    ]
    ti = ("title", K(*titles), {"size": K(4.2, 5), "col": col, "al": "c"})
    y, m = c.insp
    org = K(c.p.city + "公安局车辆管理所", c.p.city + "公安局交通警察支队", c.p.city + "公安局交警支队车辆管理所")
    v = K("big", "big", "months", "plain", "line")
    vt = {"valid_to": "%04d-%02d" % c.insp}
    sub = ("sub", K("（六年内免检）", "免检", "六年内免上线检测", "非营运小型客车")) if K.chance(0.6) else None
    foot = ("sub", K(org + "监制", "公安部交通管理局监制", c.p.city + "公安局"), {"k": 0.85}) if K.chance(0.8) else None
    if v == "big":
        front = [ti, sub, ("bigv", str(y), K("%d 月" % m, "%d月" % m, "%02d" % m, "%02d月" % m), col, {"truth": vt}), foot]
    elif v == "months":
        front = [ti, sub, ("months", y, m, col), foot]
    elif v == "plain":
        front = [
            ti,
            sub,
            ("gap", 3),
            (
                "fields",
                K.keep(
                    [
                        f("plate", "号牌号码|车牌号", c.plate),
                        F("检验有效期至|有效期至|下次检验时间", K("%d年%02d月" % c.insp, "%d-%02d" % c.insp, "%d年%d月" % c.insp), vt),
                    ]
                ),
                K("kv1", "above1", "table2"),
            ),
            foot,
        ]
    else:
        front = [
            ti,
            sub,
            ("gap", 4),
            ("title", "%d年%d月" % c.insp, {"size": 10, "col": col, "al": "c", "sp": 0}),
            ("fieldset", {"truth": vt}),
            foot,
        ]
    A = f("authority", "核发机关|发证机关|签发机关|核发单位", K(org, c.p.city + "公安局车辆管理所"), p=0.9)
    bs = K.keep(
        [
            f("plate", "号牌号码|车牌号码|号牌|车牌号", c.plate, en="Plate"),
            F(
                "检验有效期至|有效期至|有效期止|检验有效期|下次检验日期",
                K("%d年%02d月" % c.insp, "%d年%d月" % c.insp, "%d-%02d" % c.insp, "%d.%02d" % c.insp),
                vt,
            ),
            f(None, "车辆类型", c.vtype, p=0.4),
            f(None, "使用性质", "非营运", p=0.3),
            K.d("issue_date", "核发日期|发证日期|签发日期|核发时间", c.v_issue, p=0.9),
            A,
        ]
    )
    back = [
        ("title", K("检验合格标志", "机动车检验合格标志", "（背面）"), {"size": 4, "al": "c"}) if K.chance(0.4) else None,
        ("gap", 1),
        ("fields", bs, K("kv1", "kv1", "table2", "under1", "above2")),
        ("seal", c.p.city + "车辆管理所业务章", {"r": 9, "dx": 0.8, "up": 8}) if K.chance(0.6) else None,
        (
            "foot",
            K("请将本标志粘贴于车辆前窗右上角，勿涂改、转借。", "请在有效期届满前三个月内申请检验。", "本标志仅作检验有效期提示之用。"),
        )
        if K.chance(0.7)
        else None,
    ]
    w, h = K((80, 60), (80, 60), (85, 62), (76, 64), (90, 60))
    st2 = cstyle(K, ["sans", "sans", "song", "serif", "kai"])
    return [
        ("front", card(K, dpi, front, w, h, st=st, bg=bg, valign=0.4)),
        ("back", card(K, dpi, back, w, h, st=st2, bg=K("#fbfbf6", "#ffffff", bg), s0=3.4, dec=K("wave", "plain"))),
    ]


# ---------- travel documents ----------
MON = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


def hkmo_permit(c, dpi, R):
    K = Ctx(R)
    p = c.p
    st = cstyle(K, ["sans", "sans", "micro", "zenhei"], labcol=K(NAVY, NAVY, "#333333", "#5a4a4a"), bil=K("", "", "slash", "below"))
    st.lead = K(1.5, 1.6, 1.8)
    lat = K("%s, %s", "%s %s", "%s,%s") % (p.sur_py, p.giv_py)
    org = K(p.org + "出入境管理局", p.city + "公安局出入境管理支队", "公安部出入境管理局", p.city + "公安局")
    no = f("permit_no", "证件号码|证号|通行证号码|证件号|Document No.", c.eep_no, en="No.")
    nm = [f("name", "姓名|姓名|中文姓名", p.name, en="Name"), f("name_latin", "拼音|英文姓名|姓名拼音|Name", lat)]
    fs = K.keep(
        [
            *nm,
            f("sex", "性别", K(p.sex, p.sex, "%s/%s" % (p.sex, "M" if p.sex == "男" else "F")), p.sex, en="Sex"),
            K.d("birth_date", "出生日期|出生日期|出生", p.dob, K("dot", "dot", "iso"), en="Date of birth"),
            K.rng(("valid_from", "valid_to"), "有效期限|有效期限|有效期", c.eep_from, c.eep_to, en="Valid period"),
            f(None, "签发地点|签发地", c.prov, p=0.4, en="Place of issue"),
            f("authority", "签发机关|签发机关|发证机关", org, en="Authority"),
        ]
    )
    K.keep([no])
    t = (
        "title",
        K("往来港澳通行证", "往来港澳通行证", "往来港澳通行证", "中华人民共和国往来港澳通行证"),
        {
            "size": K(3.8, 4.2, 4.8),
            "col": NAVY,
            "al": K("l", "c"),
            "sp": 0,
            "en": K("", "EXIT-ENTRY PERMIT FOR TRAVELLING TO AND FROM HONG KONG AND MACAO"),
        },
    )
    m = eep_line(c.eep_no, yymmdd(c.eep_to), yymmdd(p.dob))
    ph = photo(K)
    ph.update(w=18, h=23)
    onfront = K.chance(0.75)
    front = [t]
    if K.chance(0.35):
        front += [("fields", [no, *fs], K("kv1", "kv2", "above2"), {"ph": ph})]
    else:
        front = [
            ("cols", [[t], [("row", None, no)] if K.chance(0.4) else [("bare", no, "ocrb", "r")]], {"share": [0.62, 0.38], "gap": 1}),
            ("fields", fs, K("kv1", "kv2", "above2"), {"ph": ph}),
        ]
    mz = ("mrz", [(m, "mrz")])
    ents = [
        ("HKG 个人旅游(G)  1年%d次  至%s" % (K(1, 2), dot(plus(c.eep_from, 1)))),
        ("MAC 个人旅游(G)  1年1次  至%s" % dot(plus(c.eep_from, 1))),
    ]
    back = [
        ("head", K("签注", "签注 / ENDORSEMENT", "签注栏")),
        *[("para", e, {"indent": 0}) for e in ents[: K(1, 2)]],
        ("gap", 4),
        ("para", K("本证件仅供持证人往来香港、澳门使用，请妥善保管。", "持证人应在签注有效期内往来港澳。"), {"indent": 0, "k": 0.85}),
        ("bare", no, "ocrb", K("l", "r", "c")) if K.chance(0.7) else None,
    ]
    front, back = ([*front, mz], back) if onfront else (front, [*back, mz])
    bg = K("#e4eef8", "#e9f2f6", "#eef3ee")
    return [
        ("front", card(K, dpi, front, st=st, bg=bg, margin=4, s0=2.9, valign=0)),
        ("back", card(K, dpi, back, st=cstyle(K, ["sans", "micro"]), bg=bg, margin=5, s0=3.0, valign=0)),
    ]


def passport(c, dpi, R):
    K = Ctx(R)
    p = c.p
    st = style(R, 0.0, False, ["sans", "sans", "micro", "song"])
    st.labcol, st.hand = K("#5a4a4a", "#333333", NAVY), False
    st.border = K("open", "open", "rows")
    st.bil = K("slash", "slash", "slash", "space", "below", "")
    st.lead, st.labscale, st.valscale = K(1.7, 1.9, 2.1), K(0.62, 0.7, 0.8), 1.0
    en = K.chance(0.6)

    def E(d):
        return "%02d %s %d" % (d[2], MON[d[1] - 1], d[0]) if en else K.date(d, "dot" if K.ds in ("spaced", "comp", "slash") else K.ds)

    pl = K(
        "示例/SHILI",
        c.prov[:-1] + "/" + "".join(R.choice(["DONG", "NAN", "HAI", "JIANG", "YUN", "LIN"]) for _ in range(2)),
        c.prov,
        c.p.city,
    )
    org = K(p.city + "公安局出入境管理局", p.city + "公安局", "公安部出入境管理局", "国家移民管理局")
    lat = K("%s, %s", "%s %s", "%s,%s") % (p.sur_py, p.giv_py)
    fs = K.keep(
        [
            f(None, "类型", "P", en="Type", p=0.85),
            f(None, "国家码", "CHN", en="Country Code", p=0.8),
            f("passport_no", "护照号|护照号码|护照号", c.pass_no, en="Passport No."),
            f("name", "姓名|中文姓名|姓名", p.name, en="Name"),
            f("name_latin", "拼音|姓名拼音|英文姓名", lat, en="Name in Latin"),
            f("sex", "性别", "%s/%s" % (p.sex, "M" if p.sex == "男" else "F") if K.chance(0.7) else p.sex, p.sex, en="Sex"),
            f(None, "国籍", "中国/CHINESE", en="Nationality", p=0.9),
            f("birth_date", "出生日期|出生日期", E(p.dob), iso(p.dob), en="Date of birth"),
            f("birth_place", "出生地点|出生地|出生地点", pl, en="Place of birth"),
            f("issue_date", "签发日期|签发日期|发照日期", E(c.pass_from), iso(c.pass_from), en="Date of issue"),
            f(None, "签发地点|签发地", c.prov[:-1], en="Place of issue", p=0.7),
            f("valid_to", "有效期至|有效期至|有效日期至|有效期截止", E(c.pass_to), iso(c.pass_to), en="Date of expiry"),
            f("authority", "签发机关|签发机关|签发机构", org, en="Authority"),
            f(None, "持证人签名", "", en="Bearer's signature", p=0),
        ]
    )
    a, b = td3(p.sur_py, p.giv_py, c.pass_no, "CHN", yymmdd(p.dob), "M" if p.sex == "男" else "F", yymmdd(c.pass_to))
    t = (
        "title",
        K("护照 / PASSPORT", "中华人民共和国护照", "护 照  PASSPORT", "中华人民共和国 PEOPLE'S REPUBLIC OF CHINA"),
        {"size": K(3.6, 4.2), "al": K("l", "c"), "sp": 0},
    )
    ph = {"side": K("l", "l", "l", "r"), "w": K(30, 33), "h": K(38, 42), "bg": K("#e8f0f8", "#f0ece6")}
    bl = [t, ("fields", fs, K("above3", "above3", "above2", "kv2"), {"ph": ph}), ("mrz", [(a, "mrz1"), (b, "mrz2")])]
    w, h = K((125, 88), (125, 88), (125, 95), (125, 92))
    return [
        ("data", card(K, dpi, bl, w, h, st=st, s0=3.0, margin=6, valign=0, dec="wave", bg=K("#f3ece6", "#eef3ee", "#fbf6ee", "#e9f2f6")))
    ]


# ---------- household register ----------
def hukou(c, dpi, R):
    K = Ctx(R)
    p = c.p
    org = psb(c, K)
    w, h = K((143, 105), (143, 105), (138, 98), (150, 110), (140, 120))
    head = K.chance(0.7)
    rel = K("户主", "户主", "本人") if head else K("妻", "夫", "配偶", "子", "女")
    hd = p.name if head else c.q.name
    fonts = ["serif", "serif", "song", "sans", "kai", "ming", "zenhei"]

    def bk(blocks, **kw):
        st = style(R, 0.06, False, fonts)
        st.lead = K(1.7, 1.9, 2.2)
        return card(
            K,
            dpi,
            blocks,
            w,
            h,
            s0=kw.pop("s0", 3.6),
            st=st,
            margin=K(8, 9, 11),
            dec=K("wave", "plain", "cert"),
            bg=K("#f4efe2", "#f3f1e6", "#ffffff", "#eef3ee"),
            **kw,
        )

    cov = K.keep(
        [
            f("household_type", "户别|户口类别|户口性质|户类型|户别", c.hk_type, p=0.9, en="Type of household"),
            f("head", "户主姓名|户主|户主姓名", hd, en="Head"),
            f("household_no", "户号|户口编号|户籍号|户编号|户号", c.hk_no, p=0.9, en="Household No."),
            f("address", "住址|户籍地址|户口所在地|家庭住址|常住地址|地址", p.addr, en="Address"),
        ]
    )
    E = K("kv2", "kv1", "table2", "table4", "under1", "above2", "kv2")
    iss = K.d("issue_date", "签发日期|签发|签发日期|发证日期|填发日期", c.hk_date, hand=False)
    K.keep([iss])
    bl = [
        (
            "title",
            K("居民户口簿", "户口簿首页", "常住人口登记卡首页", "户口簿", "集体户口簿", "居 民 户 口 簿"),
            {"size": K(6, 7), "al": "c", "col": K("#161618", *REDS)},
        )
        if K.chance(0.6)
        else None,
        ("gap", 2),
        ("fields", cov, E),
        ("gap", 4),
    ]
    if K.chance(0.5):
        bl += [
            (
                "cols",
                [
                    [
                        ("para", K("省级公安机关户口专用章", "省级户口专用章"), {"indent": 0}),
                        ("seal", c.prov + "公安厅户口专用章", {"r": 13, "up": 1}),
                    ],
                    [
                        ("para", K("户口登记机关户口专用章", "户口登记机关"), {"indent": 0}),
                        ("seal", p.org + "户口专用章", {"r": 13, "up": 1}),
                    ],
                ],
            ),
            ("gap", 9),
            ("row", f(None, "承办人签章", c.boss.name, label=K("承办人签章", "承办人")), iss),
        ]
    else:
        bl += [
            ("org", f(None, "x", org, label=K("户口登记机关", "登记机关", "签发机关"), hand=False), iss, p.org + "户口专用章", {"r": 13})
        ]
    out = [("cover", bk(bl))]

    born = K(c.prov + p.city, c.prov, p.city + p.dist)
    mem = K.keep(
        [
            f("name", "姓名|姓 名|姓名|姓　名", K.spaced_name(p.name), p.name),
            f("relation", "户主或与户主关系|与户主关系|户主或与户主的关系|与户主关系", rel),
            f(None, "曾用名", K(" ", "无", "／"), p=0.5),
            f("sex", "性别|性别|性 别", p.sex),
            f(None, "出生地", born, p=0.8),
            f("nation", "民族|民族|民 族", p.nation + K("", "族", "族"), p.nation),
            f(None, "籍贯", c.prov + p.city, p=0.8),
            K.d("birth_date", "出生日期|出生日期|出生年月日|出生时间", p.dob),
            f(None, "本市（县）其他住址", " ", p=0.35),
            f(None, "宗教信仰", K(" ", "无"), p=0.35),
            f("id_no", "公民身份证件编号|公民身份号码|公民身份号码|身份证件编号|身份证号码|公民身份证编号", p.idno),
            f(None, "身高", "%dcm" % p.height, p=0.6),
            f(None, "血型", p.blood, p=0.5),
            f("education", "文化程度|文化程度|受教育程度|学历", p.edu, p=0.9),
            f(None, "婚姻状况", K("已婚", "未婚", "有配偶"), p=0.7),
            f(None, "兵役状况", K("未服兵役", " "), p=0.4),
            f(None, "服务处所|服务处所|工作单位", c.company, p=0.75),
            f(None, "职业", K("职员", "工人", "教师"), p=0.4),
            f(None, "何时由何地迁来本市（县）|何时何因由何地迁来本市", cn(c.hk_date) + " 由" + c.prov + "云水县迁入", p=0.5),
            f(None, "何时由何地迁来本址", cn(c.hk_date) + " 由" + p.city + "迁来", p=0.5),
        ]
    )
    t = (
        "title",
        K(
            "常住人口登记卡",
            "常住人口登记卡",
            "常住人口登记卡",
            "常住人口登记表",
            "户口登记卡",
            "居民户口簿 常住人口登记卡",
            "集体户口登记卡",
        ),
        {"size": K(5, 5.5, 6), "al": K("c", "c", "l")},
    )
    E = K("table4", "table4", "table4", "table4", "kv2", "above3", "table2", "kv1", "table6")
    reg = f(None, "登记日期|登记日期|填表日期", K.date(c.hk_date, "cn"), label="登记日期", hand=False)
    bl = [
        t,
        ("fields", mem, E),
        ("row", f(None, "承办人签章", c.boss.name, label=K("承办人签章", "承办人", "户籍民警")), reg),
        ("seal", p.org + "户口专用章", {"r": 12, "dx": K(0.7, 0.8), "up": 8}),
    ]
    if K.chance(0.2):
        bl.insert(0, ("row", f(None, "户号", c.hk_no, {"household_no": c.hk_no}, label="户号"), None))
    out.append(("member", bk(bl, s0=3.3)))
    if K.chance(0.15):
        rows = [
            [
                K("服务处所", "文化程度", "婚姻状况"),
                K("变更为：" + c.company, "变更为：" + p.edu, "变更为：已婚"),
                K.date(c.hk_date, "dot"),
                c.boss.name,
            ],
            ["", "", "", ""],
            ["", "", "", ""],
            ["", "", "", ""],
        ]
        out.append(
            (
                "changes",
                bk(
                    [
                        ("title", K("登记事项变更和更正记载", "登记事项变更和更正", "住址变动登记"), {"size": 5, "al": "c"}),
                        ("gap", 1),
                        ("grid", ["项目", "变更、更正后的内容", "申报人及日期", "承办人"], rows, [3, 6, 4, 3], {"rh": 2}),
                    ]
                ),
            )
        )
    if len(out) == 2 and K.chance(0.25):
        return out[1:]
    return out


# ---------- marriage certificate ----------
def marriage_cert(c, dpi, R):
    K = Ctx(R)
    a, b = c.p, c.q
    org = K(c.p.city + "民政局", c.p.city + c.p.dist + "民政局", c.p.city + c.p.dist + "民政局婚姻登记处", c.p.city + "民政局婚姻登记处")
    no = K(
        c.mar_no,
        "J%s-%d-%06d" % (c.p.region, c.mar_date[0], R.randint(1, 99999)),
        "%s民婚结字第%06d号" % (c.p.city[0], R.randint(1, 99999)),
        "J%s-%d-%05d" % (c.p.region, c.mar_date[0], R.randint(1, 99999)),
    )
    st = style(R, 0.05, False, ["serif", "serif", "song", "kai", "sans", "ming"])
    st.lead = K(1.8, 2.1, 2.4)
    st.bil = ""
    hold = f("name", "持证人|持证人|持证人姓名", K.spaced_name(a.name), a.name)
    date = K.d("register_date", "登记日期|登记日期|结婚登记日期|发证日期|登记时间", c.mar_date, K("cn", "cn", "cn2", None))
    num = f("cert_no", "结婚证字号|结婚证字号|证书编号|字号|结婚证编号|结婚证号", no, hand=False)
    rem = f(None, "备注", K(" ", "无", "补领"), p=0.7)
    auth = f("authority", "登记机关|发证机关|婚姻登记机关|登记机关（印章）", org, hand=False, p=0.6)
    top = K.keep([hold, date, num, rem, auth])
    A_in = auth in top

    def person(z, s):
        return K.keep(
            [
                f("name2" if s else None, "姓名|姓 名|姓名", K.spaced_name(z.name), z.name),
                f(None, "性别", z.sex),
                f(None, "国籍", "中国", p=0.85),
                K.d(None, "出生日期|出生年月日", z.dob, K("cn", "cn2", None)),
                f("id_no2" if s else "id_no", "身份证件号|身份证件号|身份证号|公民身份号码|身份证号码|身份证件号码", z.idno),
            ]
        )

    pa, pb = person(a, ""), person(b, "2")
    if hold not in top:
        pa[0].truth = {"name": a.name}
    E, E2 = K("kv1", "kv1", "under1", "table2", "above1"), K("kv2", "kv2", "kv1", "table2", "table4", "under2")
    pair = ("pair", {"pw": K(44, 50), "ph": K(30, 33), "bg": "#b8252c"})
    law = (
        "para",
        K(
            "结婚申请，符合《中华人民共和国民法典》规定，予以登记，发给此证。",
            "结婚申请，符合《中华人民共和国婚姻法》规定，予以登记，发给此证。",
            "双方自愿结婚，符合法律规定，准予登记，发给此证。",
        ),
    )
    ti = ("title", K("结婚证", "结 婚 证", "中华人民共和国结婚证"), {"size": K(6, 7, 8), "col": K(*REDS), "al": "c"})
    seal = ("seal", org + K("婚姻登记专用章", ""), {"r": 14, "dx": K(0.6, 0.7), "up": K(2, 8)})
    form = K("spread", "spread", "spread", "two", "tall")
    left = [
        ti if K.chance(0.35) else None,
        ("fields", top, E),
        ("gap", 1),
        pair,
        seal,
        ("foot", "登记机关（专用章）") if not A_in and K.chance(0.6) else None,
    ]
    right = [
        ("fields", pa, E2),
        ("gap", 3),
        ("rule", {"lw": 0.15}) if K.chance(0.3) else None,
        ("fields", pb, E2),
        ("gap", 3),
        law if K.chance(0.7) else None,
    ]
    left, right = [x for x in left if x], [x for x in right if x]
    bg = K("#fbeeee", "#fdf4f0", "#ffffff", "#fdf9ee")
    if form == "spread":
        w, h = K((180, 128), (178, 125), (184, 132))
        o = [
            (
                "data",
                card(
                    K,
                    dpi,
                    [("cols", [left, right] if K.chance(0.75) else [right, left], {"gap": 10, "rule": K.chance(0.4)})],
                    w,
                    h,
                    s0=4.0,
                    st=st,
                    margin=9,
                    bg=bg,
                ),
            )
        ]
    elif form == "two":
        o = [
            ("page1", card(K, dpi, left, K(100, 105), 128, s0=4.0, st=Obj(st), margin=9, bg=bg)),
            ("page2", card(K, dpi, right, K(100, 105), 128, s0=3.8, st=Obj(st), margin=9, bg=bg)),
        ]
    else:
        o = [
            (
                "data",
                card(
                    K,
                    dpi,
                    [
                        ti,
                        ("fields", top, K("kv2", "table4", "table2", "kv1")),
                        ("gap", 2),
                        ("fields", pa, E2),
                        ("gap", 2),
                        ("fields", pb, E2),
                        law,
                        pair,
                        seal,
                    ],
                    128,
                    180,
                    s0=4.0,
                    st=st,
                    margin=10,
                    bg=bg,
                ),
            )
        ]
    return o


CARDS = dict(
    id_card=id_card,
    hukou=hukou,
    residence_permit=residence_permit,
    driver_license=driver_license,
    vehicle_license=vehicle_license,
    inspection_mark=inspection_mark,
    hkmo_permit=hkmo_permit,
    passport=passport,
    marriage_cert=marriage_cert,
)
