"""Driving and vehicle papers, travel documents and marriage certificates of the tuning profile `hand`.

For TUNING only. Tools are in `hand_pen`; it needs the session generator's folder on the path (module `base`).
"""

# ruff: noqa: UP031 - percent forms stay short and readable in tables of wordings

from base import dot, eep_line, iso, plus, td3, yymmdd
from hand_pen import GREY, HEI, INK, KAI, NAVY, RED, SONG, T, V, kv, make, nm, para, say, screen, tab, val
from varied_core import Ctx

MON = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


def span(k, a, b, ds=None):
    """A span of dates as the licences print it."""
    ds = ds or k("iso", "iso", "cn")
    t = k.date(a, ds) + k(" 至 ", "至", " 至 ") + k.date(b, ds)
    return V(t, None, dict(valid_from=iso(a), valid_to=iso(b)))


def face_head(g, k, ox, oy, zh, en):
    """The title of a licence's main sheet in both languages; whether labels have English below them."""
    T(g, ox + 44, oy + 5, k("中华人民共和国" + zh, "中华人民共和国" + zh, zh), 4, "mm", k.tf, INK, k(0.1, 0.5), w=80)
    if k.chance(0.8):
        T(g, ox + 44, oy + 9, en + " of the People's Republic of China", 1.9, "mm", "sans", INK, w=70)
    k.en = k("below", "below", "below", "")


# ---------- driving licence ----------
def dl_face(g, k, c, p, ox=0.0, oy=0.0, old=False):
    """Main sheet: labels with small English below, values typed on rules."""
    k.lz, k.vz, k.just, k.colon = 1, 1, False, ""
    z, s = 2.5, k(3.0, 3.3)
    face_head(g, k, ox, oy, "机动车驾驶证", "Driving License")

    def row(x, y, lab, v, en, lw, w, n=1):
        kv(g, k, ox + x, oy + y, lab, v, z, lw, w, n, en, vs=s, ul=k.under, lh=1.22)

    row(4, 14, k("证号", "证号", "证 号"), V(p.idno, "id_no"), "No.", 12, 70)
    row(4, 20, "姓名|姓名|姓 名", V(nm(k, p.name), "name", p.name), "Name", 12, 30)
    row(36, 20, "性别|性别|性 别", V(p.sex, "sex"), "Sex", 9, 16)
    row(54, 20, "国籍|国籍|国 籍", V("中国"), "Nationality", 12, 30)
    row(4, 26, "住址|住址|住 址", V(p.addr, "address"), "Address", 12, 80, 2)
    ds = k("iso", "iso", "iso", "cn")
    row(26, 35.5, "出生日期", k.D("birth_date", p.dob, ds), "Date of Birth", 18, 38)
    row(26, 41.5, k("初次领证日期", "初次领证日期", "领证日期"), k.D("first_issue", c.dl_first, ds), "Date of First Issue", 18, 38)
    row(26, 47.5, "准驾车型", V(c.dl_class, "class"), "Class", 18, 38)
    if old:
        row(4, 54.5, "有效起始日期|有效起始日期|有效期起始日期", k.D("valid_from", c.dl_from, "iso"), "Valid From", 18, 40)
        row(46, 54.5, "有效期限|有效期限|有效年限", V(k("10年", "6年", "十年")), "Valid For", 14, 38)
    else:
        row(4, 54.5, "有效期限|有效期限|有效期限", span(k, c.dl_from, c.dl_to), "Valid Period", 16, 62)
    g.photo(ox + 66, oy + 33, 16.5, 20, "#ffffff")
    g.seal(ox + 14, oy + 42.5, p.org + "交通警察支队", 8.5, 0.7, shape="square")


def dl_side(g, k, c, p, ox=0.0, oy=0.0):
    k.lz, k.vz, k.just, k.en, k.colon = 1, 1, False, "", ""
    z, s = 2.6, k(2.9, 3.1)
    T(
        g,
        ox + 44,
        oy + 5.5,
        k("中华人民共和国机动车驾驶证副页", "机动车驾驶证副页", "中华人民共和国机动车驾驶证副页"),
        3.7,
        "mm",
        k.tf,
        INK,
        0.2,
        w=80,
    )
    due = k("请于%s前九十日内申请换领新驾驶证。", "自%s前90日内申请换证", "有效期满前九十日内换证，有效期至%s") % iso(c.dl_to)
    rec = due + k("", "", "实习期至%s。" % iso(plus(c.dl_first, 1)), "请于每个记分周期结束后三十日内提交身体条件证明。")
    if k.chance(0.5):
        r = [
            ["证号", V(p.idno, "id_no"), None, None],
            ["姓名", V(p.name, "name"), k("档案编号", "档案编号", "档案号"), V(c.dl_file, "file_no")],
        ]
        y = tab(g, k, ox + 4, oy + 10, [14, 24, 16, 26], r, z, 6.5, 0.15)
        tab(g, k, ox + 4, y, [14, 66], [[k("记录", "记录", "备注"), V(rec)]], z, 22, 0.15)
    else:
        kv(g, k, ox + 4, oy + 12.5, "证号", V(p.idno, "id_no"), z, 10, 70, 1, vs=s)
        kv(g, k, ox + 4, oy + 19, "姓名", V(nm(k, p.name), "name", p.name), z, 10, 30, 1, vs=s)
        kv(g, k, ox + 40, oy + 19, "档案编号|档案编号|档案号", V(c.dl_file, "file_no"), z, 15, 44, 1, vs=s)
        if k.chance(0.5):
            g.rect(ox + 4, oy + 24, ox + 84, oy + 50, 0.15)
        T(g, ox + 6, oy + 28, k("记录", "记 录"), z, "lm", k.lf)
        val(g, k, ox + 17, oy + 28, 64, V(rec), s, 4, lh=1.5)
    if k.chance(0.7):
        g.barcode(ox + 18, oy + 52.5, 50, 5)


def driver_license(c, dpi, R):
    K = Ctx(R)
    p = c.p
    way = K("card", "card", "old", "open", "phone", "phone")
    v = K("kai", "song", "sans", "ming", "wenkai")
    bg, wv = K("#f3eee6", "#f4f0ea", "#eef1f4"), K(("#e3d6c6", "#d9e2e6"), ("#d9e0d2", None), ("#e6d9dd", "#d8e2ea"))
    o = dict(lf=K(*HEI, "song"), vf=v, sh=None, under=K.chance(0.35))
    if way in ("card", "old"):
        w, h = K((88, 60), (88, 60), (92, 61))
        return [
            ("front", make(K, dpi, w, h, lambda g, k: dl_face(g, k, c, p, old=way == "old"), bg=bg, wave=wv, step=2.5, **o)),
            ("back", make(K, dpi, w, h, lambda g, k: dl_side(g, k, c, p), bg=bg, wave=wv, step=2.5, **o)),
        ]
    if way == "open":
        up = K.chance(0.5)

        def both(g, k):
            dl_face(g, k, c, p, 1, 1)
            dl_side(g, k, c, p, *((1, 63) if up else (91, 1)))
            g.line(*((0, 62, 90, 62) if up else (90, 0, 90, 62)), 0.2, "#999999")

        w, h = (90, 125) if up else (180, 62)
        return [("front", make(K, dpi, w, h, both, bg=K(bg, "#ffffff"), wave=wv if K.chance(0.5) else None, **o))]

    def phone(g, k):
        k.ul = k.chance(0.6)
        ds = k("iso", "iso", "cn")
        r = [
            (k.L("姓名"), V(p.name, "name")),
            (k.L("性别"), V(p.sex, "sex")),
            (k.L("国籍"), V("中国")),
            (k.L("证号|驾驶证号|证号"), V(p.idno, "id_no")),
            (k.L("出生日期"), k.D("birth_date", p.dob, ds)),
            (k.L("住址|联系住址|住址"), V(p.addr, "address")),
            (k.L("初次领证日期|初次领证日期|初领日期"), k.D("first_issue", c.dl_first, ds)),
            (k.L("准驾车型"), V(c.dl_class, "class")),
        ]
        if k.chance(0.6):
            r.append((k.L("有效期限|有效期限|证件有效期"), span(k, c.dl_from, c.dl_to, ds)))
        else:
            r += [
                (k.L("有效期始|有效起始日期"), k.D("valid_from", c.dl_from, ds)),
                (k.L("有效期止|有效期至"), k.D("valid_to", c.dl_to, ds)),
            ]
        r += [(k.L("档案编号|档案编号"), V(c.dl_file, "file_no"))]
        r += [(k.L("状态|驾驶证状态|当前状态"), V(k("正常", "正常", "A 正常"))), (k.L("累积记分|累计记分"), V(k("0分", "0", "3分")))]
        if k.chance(0.4):
            r.append((k.L("发证机关|核发机关"), V(p.org + "交通警察支队")))
        if k.chance(0.3):
            R_ = r[2:]
            k.R.shuffle(R_)
            r = r[:2] + R_
        t = k("中华人民共和国机动车驾驶证", "机动车驾驶证电子证照", "电子驾驶证", "机动车驾驶证（电子版）")
        foot = (k("生成时间：", "当前时间：", "更新时间 ") + "%s 14:%02d:07" % (iso(c.today), k(3, 21, 48)),)
        screen(g, k, t, r, 3.1, k("#1f6fb5", "#2f6fd0", "#333333"), photo=k(None, 20, 22), qr="https://122.example/" + c.dl_file, foot=foot)

    return [("front", make(K, dpi, 92, 172, phone, lf=K(*HEI), vf=K(*HEI), vz=1, just=False))]


# ---------- vehicle licence ----------
def vl_face(g, k, c, p, ox=0.0, oy=0.0):
    k.lz, k.vz, k.just, k.colon = 1, 1, False, ""
    z, s = 2.4, k(2.8, 3.0)
    face_head(g, k, ox, oy, "机动车行驶证", "Vehicle License")

    def row(x, y, lab, v, en, lw, w, n=1):
        kv(g, k, ox + x, oy + y, lab, v, z, lw, w, n, en, vs=s, ul=k.under, lh=1.2)

    ds = k("iso", "iso", "iso", "cn")
    plate = V(c.plate[:2] + "·" + c.plate[2:] if k.chance(0.15) else c.plate, "plate", c.plate)
    row(4, 14, "号牌号码", plate, "Plate No.", 14, 38)
    row(44, 14, "车辆类型", V(c.vtype, "vehicle_type"), "Vehicle Type", 14, 40)
    row(4, 20, "所有人|所有人|所 有 人", V(k.own, "owner"), "Owner", 14, 80)
    row(4, 26, "住址|住址|住 址", V(p.addr, "address"), "Address", 14, 80, 2)
    row(4, 34, "使用性质", V(k("非营运", "非营运", "货运", "租赁")), "Use Character", 14, 30)
    row(38, 34, k("品牌型号", "品牌型号", "厂牌型号"), V(c.car, "model"), "Model", 14, 46)
    row(28, 40.5, k("车辆识别代号", "车辆识别代号", "车架号码"), V(c.vin, "vin"), "VIN", 18, 56)
    row(28, 46.5, k("发动机号码", "发动机号码", "发动机号"), V(c.engine, "engine_no"), "Engine No.", 18, 56)
    row(28, 53, "注册日期|注册日期|登记日期", k.D("register_date", c.v_reg, ds), "Register Date", 11, 28)
    row(57, 53, "发证日期", k.D("issue_date", c.v_issue, ds), "Issue Date", 11, 28)
    g.seal(ox + 14.5, oy + 47, p.org + "交通警察支队", 9, 0.7, shape="square")


def vl_side(g, k, c, p, ox=0.0, oy=0.0):
    k.lz, k.vz, k.just, k.en = 1, 1, False, ""
    T(g, ox + 44, oy + 5, k("中华人民共和国机动车行驶证副页", "机动车行驶证副页"), 3.6, "mm", k.tf, INK, 0.2, w=80)
    kg = lambda a, b: V("%d kg" % k.R.randint(a, b) if k.chance(0.5) else "%dkg" % k.R.randint(a, b))  # noqa: E731
    size = V("%d×%d×%d%s" % (k.R.randint(3900, 5100), k.R.randint(1680, 1900), k.R.randint(1420, 1790), k("mm", " mm", "毫米")))
    due = "%d年%02d月" % c.insp
    chk = k("检验有效期至%s%s", "%s有效 %s", "检验有效期至：%s %s") % (due, c.plate[:2] + "(02)")
    r = [
        ["号牌号码", V(c.plate, "plate"), k("档案编号", "档案编号", "档案号"), V(c.v_file, "file_no")],
        [k("核定载人数", "核定载客"), V("%d人" % k(5, 5, 7, 2)), "总质量", kg(1500, 2400)],
        ["整备质量", kg(1000, 1900), "核定载质量", V(k("--", "", "1495kg"))],
        ["外廓尺寸", size, "准牵引总质量", V(k("--", "", "－"))],
        ["备注", V(k("强制报废期止：%d-12-31" % (c.v_reg[0] + 15), "使用期止%d年12月31日" % (c.v_reg[0] + 15), "")), None, None],
        ["检验记录", V(chk), None, None],
    ]
    if k.chance(0.5):
        tab(g, k, ox + 4, oy + 9, [15, 27, 15, 23], r, 2.5, [6, 6, 6, 7, 7, 9], 0.15)
        if k.chance(0.6):
            g.barcode(ox + 15, oy + 53, 58, 4)
        return
    y = oy + 12
    k.colon = k("", "：")
    for q in r:
        if len(q) == 4 and q[2]:
            kv(g, k, ox + 4, y, q[0], q[1], 2.5, 15, 42, 1, vs=2.8)
            kv(g, k, ox + 48, y, q[2], q[3], 2.5, 16, 37, 1, vs=2.8)
        else:
            kv(g, k, ox + 4, y, q[0], q[1], 2.5, 15, 78, 2, vs=2.8)
        y += 6.6
    if k.chance(0.6):
        g.barcode(ox + 15, oy + 53, 58, 4)


def vehicle_license(c, dpi, R):
    K = Ctx(R)
    p = c.p
    own = K(p.name, p.name, p.name, c.company)
    way = K("card", "card", "open", "phone", "phone")
    bg, wv = K("#eef1f4", "#f2f2f0", "#f3eee6"), K(("#d5dfe8", "#e6dada"), ("#dfe3da", None), ("#e4dccb", "#d8e0e8"))
    o = dict(lf=K(*HEI, "song"), vf=K("kai", "song", "sans", "ming", "wenkai"), sh=None, under=K.chance(0.3), own=own)
    if way == "card":
        w, h = K((88, 60), (88, 60), (92, 61))
        return [
            ("front", make(K, dpi, w, h, lambda g, k: vl_face(g, k, c, p), bg=bg, wave=wv, step=2.5, **o)),
            ("back", make(K, dpi, w, h, lambda g, k: vl_side(g, k, c, p), bg=bg, wave=wv, step=2.5, **o)),
        ]
    if way == "open":
        up = K.chance(0.5)

        def both(g, k):
            vl_face(g, k, c, p, 1, 1)
            vl_side(g, k, c, p, *((1, 63) if up else (91, 1)))
            g.line(*((0, 62, 90, 62) if up else (90, 0, 90, 62)), 0.2, "#999999")

        w, h = (90, 125) if up else (180, 62)
        return [("front", make(K, dpi, w, h, both, bg=K(bg, "#ffffff"), wave=wv if K.chance(0.5) else None, **o))]

    def phone(g, k):
        k.ul = k.chance(0.6)
        ds = k("iso", "iso", "cn")
        r = [
            (k.L("号牌号码|车牌号码|号牌号码"), V(c.plate, "plate")),
            (k.L("车辆类型|号牌种类及车型|车辆类型"), V(c.vtype, "vehicle_type")),
            (k.L("所有人|机动车所有人|所有人"), V(own, "owner")),
            (k.L("使用性质"), V(k("非营运", "营转非"))),
            (k.L("品牌型号|厂牌型号|品牌型号"), V(c.car, "model")),
            (k.L("车辆识别代号|车辆识别代号|车架号"), V(c.vin, "vin")),
            (k.L("发动机号码|发动机号"), V(c.engine, "engine_no")),
            (k.L("住址|联系地址"), V(p.addr, "address")),
            (k.L("注册日期|初次登记日期"), k.D("register_date", c.v_reg, ds)),
            (k.L("发证日期|核发日期"), k.D("issue_date", c.v_issue, ds)),
            (k.L("档案编号"), V(c.v_file, "file_no")),
            (k.L("检验有效期至|检验有效期止"), V("%d-%02d" % c.insp)),
            (k.L("状态|机动车状态"), V("正常")),
        ]
        r = [q for q in r if q[1].truth or k.chance(0.7)]
        t = k("中华人民共和国机动车行驶证", "机动车行驶证电子证照", "电子行驶证", "机动车行驶证（电子）")
        foot = (k("生成时间：", "当前时间：", "更新时间 ") + "%s 09:%02d:55" % (iso(c.today), k(3, 21, 48)),)
        screen(g, k, t, r, 3.0, k("#1f6fb5", "#2f6fd0", "#333333"), qr="https://122.example/" + c.v_file, foot=foot)

    return [("front", make(K, dpi, 92, 172, phone, lf=K(*HEI), vf=K(*HEI), vz=1, just=False))]


# ---------- inspection mark ----------
def inspection_mark(c, dpi, R):
    K = Ctx(R)
    y_, m_ = c.insp
    vt = {"valid_to": "%04d-%02d" % c.insp}
    city = c.p.city
    org = K(city + "公安局交通警察支队", city + "公安局车辆管理所", city + "公安局交警支队车辆管理所", c.p.org + "交通警察大队")
    col = K("#14551c", "#1f6fb5", "#8a5a00", "#333333", "#9a1f5a")
    way = K("sign", "sign", "months", "e", "e", "slip")
    free = K.chance(0.6)

    def due(k):
        return V(k("%d年%02d月" % c.insp, "%d年%d月" % c.insp, "%d-%02d" % c.insp, "%d 年 %d 月" % c.insp), None, vt)

    def back(g, k):
        """Filled in at the window."""
        s, x, y, w = 3.5, 6, 9, g.w - 12
        if k.chance(0.4):
            T(g, g.w / 2, y, k("机动车检验合格标志（背面）", "使用说明", "检验合格标志"), 3.8, "mm", k.tf)
            y += 7
        r = [("号牌号码|车牌号|号牌号码|车号", V(c.plate, "plate")), ("检验有效期至|有效期至|有效期止|检验有效期", due(k))]
        if k.chance(0.4):
            r.append(("号牌种类|车辆类型", V(k("小型汽车", c.vtype))))
        r.append(("核发日期|发证日期|签发日期|发放日期", k.D("issue_date", c.v_issue)))
        r.append(("核发机关|发证机关|核发机关（章）|核发单位", V(org, "authority")))
        if k.chance(0.3):
            y = tab(g, k, x, y - 3, [24, w - 24], [[k.L(a), v] for a, v in r], s, 7) + 2
        else:
            for a, v in r:
                y = kv(g, k, x, y, a, v, s, 24, w, 1) + 7
        for t in (
            k("请将标志粘贴在前窗右上角。", "1.本标志应放置在车内，无需粘贴。"),
            k("涂改无效，遗失请申请补领。", "2.有效期届满前三个月内申请检验。"),
        ):
            if y < g.h - 5:
                T(g, x, y + 0.5, t, 2.4, "lm", k.lf, GREY, w=w)
                y += 4
        if k.chance(0.6):
            g.seal(g.w - 16, g.h - 18, org + k("业务专用章", ""), 9, 0.55)

    def front(g, k):
        g.rect(1.5, 1.5, g.w - 1.5, g.h - 1.5, 0.5, col, r=3)
        if way == "sign":
            T(g, g.w / 2, 7, k("机动车检验合格标志", "检验合格标志", "机动车检验标志"), 4.4, "mm", "sansb", col, 0.4)
            T(g, 14, 27, k("检", "检", "验"), 18, "mm", "sansb", col)
            T(g, 50, 22, str(y_), 13, "mm", "sansb", col, k(0, 1))
            T(g, 50, 36, k("%d月", "%02d 月", "%d 月") % m_, 8, "mm", "sansb", col)
            g.fields.update(vt)
            if free:
                T(g, g.w / 2, 45.5, k("六年内免检", "（免上线检测）", "非营运轿车  六年免检"), 3.2, "mm", "sans", col)
            T(g, g.w / 2, 52, k(org + "监制", "公安部交通管理局监制", org), 2.6, "mm", "sans", col, w=g.w - 8)
            return
        T(g, g.w / 2, 7.5, k("机动车检验合格标志", "检验合格", "检 验 合 格 标 志"), 4.2, "mm", "sansb", col)
        T(g, g.w / 2, 28, str(y_), 12, "mm", "sansb", col, 1)
        g.fields.update(vt)
        for i in range(12):
            x, yy = (8 if i < 6 else g.w - 8), 15 + 6.2 * (i % 6)
            T(g, x, yy, str(i + 1), 3.4, "mm", "sansb", col)
            if i + 1 == m_ and not g.dry:
                q = g.px(2.2)
                g.d.ellipse([g.px(x) - q, g.px(yy) - q, g.px(x) + q, g.px(yy) + q], outline=(30, 30, 30), width=max(1, g.px(0.4)))
        T(g, g.w / 2, 40, k("有效期至所打孔月份止", "打孔月份前检验有效", "年检"), 2.8, "mm", "sans", col)
        T(g, g.w / 2, 54, org + "监制", 2.6, "mm", "sans", col, w=g.w - 8)

    o = dict(lf=K(*HEI), vf=K("sans", "song", "kai"), vz=1)
    if way in ("sign", "months"):
        w, h = K((80, 60), (80, 60), (84, 60))
        bg = K("#e3f0d8", "#f6ecc8", "#e4eef8", "#ffffff", "#f0e4ee")
        hand = K.chance(0.2)
        return [
            ("front", make(K, dpi, w, h, front, bg=bg, wave=K(None, ("#d5e6c4", None)), **o)),
            ("back", make(K, dpi, w, h, back, bg=K("#ffffff", "#fbfbf6"), hand=hand, ul=K.chance(0.3), **o)),
        ]

    def e_mark(g, k):
        """Electronic mark, printed out."""
        t = k("检验标志电子凭证", "机动车检验标志电子凭证", "电子检验标志", "机动车检验合格标志（电子凭证）")
        T(g, g.w / 2, 9, t, 5.4, "mm", "sansb", col, w=g.w - 10)
        g.qr(g.w - 36, 18, 28, "https://122.example/" + c.plate[1:])
        x, y, w = 7, 21, g.w - 48
        r = [
            ("号牌号码|车牌号码|号牌号码", V(c.plate, "plate")),
            ("号牌种类", V(k("小型汽车", "小型新能源汽车"))),
            ("检验有效期至|检验有效期止|有效期至", due(k)),
        ]
        r += [("签发日期|核发日期|发证日期", k.D("issue_date", c.v_issue)), ("使用性质", V("非营运"))]
        for a, v in r:
            if k.chance(0.35):
                T(g, x, y, k.L(a), 2.8, "lm", k.lf, GREY)
                val(g, k, x, y + 4.6, w, v, 3.6, 1)
                y += 10
            else:
                kv(g, k, x, y, a, v, 3.3, 0, w, 1)
                y += 8
        y = max(y, 52)
        kv(g, k, x, y, "发证机关|核发机关|签发机关", V(org, "authority"), 3.3, 0, g.w - 14, 1)
        if y < g.h - 15:
            T(
                g,
                x,
                y + 7,
                k("检验标志电子凭证与纸质凭证具有同等效力", "本凭证由互联网交通安全综合服务管理平台生成"),
                2.5,
                "lm",
                k.lf,
                GREY,
                w=g.w - 14,
            )
        g.seal(g.w - 20, y - 2, org, 10, 0.5) if k.chance(0.5) else None

    def slip(g, k):
        """The slip for cars free of inspection, landscape, as filled out at the counter."""
        T(
            g,
            g.w / 2,
            9,
            k("六年免检机动车检验标志", "免检机动车检验合格标志", "机动车检验标志（免检）", "机动车六年内免检合格标志"),
            5,
            "mm",
            k.tf,
            INK,
            w=g.w - 12,
        )
        plate = k.chance(0.8)
        r = [[k.L("号牌号码|车牌号码"), V(c.plate, "plate" if plate else None), k.L("车辆类型"), V(c.vtype)]]
        r.append([k.L("检验有效期至|下次检验有效期至|检验有效期止"), due(k), k.L("核发日期|办理日期"), k.D("issue_date", c.v_issue)])
        r.append([k.L("核发机关|发证机关"), V(org, "authority"), None, None])
        r[0][1].truth = {"plate": c.plate}
        y = tab(g, k, 5, 17, [24, 32, 22, 34], r, 3.3, 9)
        para(
            g,
            k,
            6,
            y + 2,
            g.w - 12,
            k("依据公安机关交通管理部门规定，本车免予上线检验，核发检验标志。", "六年内每两年申领一次检验标志，无需上线检测。"),
            2.9,
            1.5,
        )
        g.seal(g.w - 22, y, org + "业务专用章", 11, 0.55)

    if way == "e":
        return [("front", make(K, dpi, 105, 74, e_mark, bg=K("#ffffff", "#f4f9f0"), frame=K(None, col), **o))]
    return [("front", make(K, dpi, 122, 70, slip, bg=K("#ffffff", "#fdf9ec"), sh=None, **o))]


# ---------- travel documents ----------
def hkmo_permit(c, dpi, R):
    K = Ctx(R)
    p = c.p
    mrz = eep_line(c.eep_no, yymmdd(c.eep_to), yymmdd(p.dob))
    org = K(p.org + "出入境管理局", p.city + "公安局出入境管理局", p.city + "公安局", "公安部出入境管理局", "中华人民共和国出入境管理局")
    way = K("card", "card", "card2", "book", "copy")
    lat = K("%s, %s", "%s,%s", "%s %s") % (p.sur_py, p.giv_py)
    valid = V(dot(c.eep_from) + K("-", " - ", "—") + dot(c.eep_to), None, dict(valid_from=iso(c.eep_from), valid_to=iso(c.eep_to)))
    bg, wv = K("#e4eef8", "#e9f2f6", "#eaf3ee"), K(("#b6cfe8", "#e9cfe0"), ("#c4dbe6", None), ("#c9e0d2", "#dcd6ea"))
    sx = V(p.sex + K("", "", "/" + ("M" if p.sex == "男" else "F")), "sex", p.sex)

    def face(g, k, ox=0.0, oy=0.0):
        k.lz, k.vz, k.just, k.colon, k.lc = 1, 1, False, "", k(NAVY, "#333333")
        tt = k("往来港澳通行证", "往来港澳通行证", "中华人民共和国往来港澳通行证")
        T(g, ox + 4, oy + 5, tt, 4.2, "lm", "sansb", NAVY, w=50)
        if k.chance(0.8):
            T(g, ox + 4, oy + 8.8, "EXIT-ENTRY PERMIT FOR TRAVELLING TO AND FROM HONG KONG AND MACAO", 1.6, "lm", "sans", NAVY, w=76)
        T(g, ox + 82, oy + 5, c.eep_no, 3.8, "rm", k("ocrb", "sansb", "mono"))
        g.fields["permit_no"] = c.eep_no
        left = way != "card2"
        g.photo(ox + (4 if left else 61), oy + 12, 20, 26, "#ffffff")
        x, w, y = ox + (27 if left else 4), 55, oy + 13.5
        if way == "card2":
            # labels above, two columns
            z, s = 1.9, 2.8

            def cell(dx, y, lab, v, ww):
                T(g, x + dx, y, k.L(lab), z, "lm", k.lf, k.lc, w=ww)
                val(g, k, x + dx, y + 3.0, ww, v, s, 1)

            cell(0, y, "姓名/Name|姓名", V(p.name, "name"), 26)
            cell(28, y, "拼音|姓名拼音/Name in Pinyin|英文姓名", V(lat, "name_latin"), 26)
            cell(0, y + 6.4, "出生日期/Date of Birth|出生日期", k.D("birth_date", p.dob, "dot"), 26)
            cell(28, y + 6.4, "性别/Sex|性别", sx, 26)
            cell(0, y + 12.8, "有效期限/Period of Validity|有效期限|有效期", valid, 54)
            cell(0, y + 19.2, "签发机关/Authority|签发机关", V(org, "authority"), 54)
            cell(0, y + 25.6, "签发地点/Place of Issue|签发地点", V(c.prov[:-1]), 26) if k.chance(0.5) else None
        else:
            bare = k.chance(0.5)
            if bare:
                val(g, k, x, y, w, V(p.name, "name"), 3.8, 1)
                val(g, k, x, y + 4.6, w, V(lat, "name_latin"), 2.7, 1)
            else:
                kv(g, k, x, y, "姓名", V(p.name, "name"), 2.4, 11, w, 1, vs=3.5)
                kv(g, k, x, y + 4.6, "姓名拼音|拼音|英文姓名|Name", V(lat, "name_latin"), 2.2, 11, w, 1, vs=2.7)
            y += 9.6
            for a, v in (
                ("出生日期|出生日期|出生", k.D("birth_date", p.dob, k("dot", "dot", "iso"))),
                ("性别", sx),
                ("有效期限|有效期限|有效期", valid),
                ("签发地点", V(c.prov[:-1])),
                ("签发机关|签发机关|签发机构", V(org, "authority")),
            ):
                kv(g, k, x, y, a, v, 2.3, 11, w, 1, vs=2.8)
                y += 4.5
        g.mrz(ox + 4.5, oy + 51, mrz, 2.54, "mrz")

    def rear(g, k, ox=0.0, oy=0.0):
        k.vz, k.lz, k.to = 1, 1, k("x", "")
        d1 = dot(plus(c.eep_from, 1))
        rows = [
            ["签注", "种类", "次数", "有效期至"],
            ["HKG", k("个人旅游(G)", "探亲(T)", "商务(S)"), k("1年2次", "1年多次"), d1],
            ["MAC", "个人旅游(G)", "1年1次", d1],
        ]
        if k.chance(0.5):
            tab(g, k, ox + 5, oy + 6, [15, 25, 16, 20], [rows[0]] + [[V(t) for t in q] for q in rows[1:]], 2.6, 6, 0.15)
        else:
            T(g, ox + 5, oy + 7, k("签注/ENDORSEMENT", "签注", "签 注 栏"), 2.8, "lm", "sansb", NAVY)
            for i, q in enumerate(rows[1:]):
                T(g, ox + 5, oy + 13 + 6 * i, (k.to and ("前往香港 ", "前往澳门 ")[i]) + " ".join(q), 2.8, "lm", "sans")
        T(
            g,
            ox + 42.8,
            oy + 32,
            k("持证人应在签注有效期内往来港澳地区", "本证件仅限持证人往来港澳使用", "如有遗失请立即向公安机关报告"),
            2.3,
            "mm",
            k.lf,
        )
        T(g, ox + 42.8, oy + 42, c.eep_no, 3.6, "mm", "ocrb")
        g.fields["permit_no"] = c.eep_no

    o = dict(lf=K(*HEI), vf=K("sans", "song", "micro"), sh=None)
    if way in ("card", "card2"):
        return [
            ("front", make(K, dpi, 85.6, 54, face, bg=bg, wave=wv, step=2.6, **o)),
            ("back", make(K, dpi, 85.6, 54, rear, bg=bg, wave=wv, step=2.6, **o)),
        ]
    if way == "copy":

        def both(g, k):
            face(g, k, 6, 10)
            rear(g, k, 6, 70)
            g.rect(6, 10, 91.6, 64, 0.2, GREY)
            g.rect(6, 70, 91.6, 124, 0.2, GREY)
            val(g, k, 8, 131, 80, V(k("与原件核对一致", "复印件与原件相符", "仅供换发通行证使用"), hand=k.chance(0.5)), 3.8, 1)

        return [("front", make(K, dpi, 98, 138, both, **o))]

    def book(g, k):
        """Page of the booklet issued before the cards."""
        k.lz, k.vz, k.just, k.colon, k.lc = 1, 1, False, "", k("#5a4a4a", "#333333", NAVY)
        T(g, 62, 7, k("往来港澳通行证", "中华人民共和国往来港澳通行证"), 4.6, "mm", "serifb", k(RED, INK), 0.8)
        g.photo(7, 16, 32, 41, "#ffffff")
        k.en = k("below", "above")
        z, s, x, y = 2.6, 3.4, 44, 17
        d = k("dot", "cn", "iso")
        for q in (
            (("证件号码|证号|通行证号", V(c.eep_no, "permit_no"), "No."), ("性别", sx, "Sex")),
            (("姓名", V(p.name, "name"), "Name"), None),
            (("姓名拼音|汉语拼音|拼音", V(lat, "name_latin"), "Name in Pinyin"), None),
            (("出生日期", k.D("birth_date", p.dob, d), "Date of birth"), ("出生地", V(c.prov[:-1]), "Place of birth")),
            (("有效期限|有效期", valid, "Valid"), None),
            (("签发机关|发证机关", V(org, "authority"), "Authority"), None),
        ):
            kv(g, k, x, y, q[0][0], q[0][1], z, 16, 46 if q[1] else 76, 1, q[0][2], vs=s)
            if q[1]:
                kv(g, k, x + 47, y, q[1][0], q[1][1], z, 13, 30, 1, q[1][2], vs=s)
            y += 8
        k.en = ""
        g.mrz(10, 82, mrz, 3.3 if 30 * 3.3 < 110 else 2.54, "mrz")
        g.seal(34, 56, org, 10, 0.5)

    return [("front", make(K, dpi, 125, 88, book, bg=bg, wave=wv, **o))]


def passport(c, dpi, R):
    K = Ctx(R)
    p = c.p
    a, b = td3(p.sur_py, p.giv_py, c.pass_no, "CHN", yymmdd(p.dob), "M" if p.sex == "男" else "F", yymmdd(c.pass_to))
    way = K("e", "e", "old", "duty", "dark")
    pin = "".join(R.choice(["DONG", "NAN", "HAI", "JIANG", "YUN", "LIN", "HE", "SHAN"]) for _ in range(2))
    place = c.prov[:-1] + "/" + pin
    org = (
        K("公安部出入境管理局", p.city + "公安局出入境管理局", "中华人民共和国国家移民管理局", p.city + "公安局")
        if way != "duty"
        else "中华人民共和国外交部"
    )
    lat = K("%s, %s", "%s,%s") % (p.sur_py, p.giv_py)
    bg, wv = K("#f3ece6", "#eef3ee", "#fbf6ee", "#e9f2f6"), K(("#e6cdc6", "#cfdde8"), ("#d6e0d0", None), ("#e2d4c4", "#d0dce6"))
    up = way == "dark" or K.chance(0.35)  # the page with remarks above
    oy = 88 if up else 0

    def page(g, k):
        k.lz, k.vz, k.just, k.colon, k.lc = 1, 1, False, "", k("#5a4a4a", "#333333", NAVY)
        if up:
            T(g, 12, 12, k("备注 Observations", "备注/OBSERVATIONS", "备 注"), 3, "lm", k.lf, k.lc)
            T(g, 12, 60, k("持证人签名/Bearer's signature", "持照人签名 BEARER'S SIGNATURE"), 2.4, "lm", k.lf, k.lc)
            val(g, k, 20, 72, 50, V(p.name, hand=True), 6, 1)
            T(g, 62, 83, c.pass_no, 4, "mm", "ocrb")
            g.line(0, 88, 125, 88, 0.2, "#999999")
        en = way != "old" or k.chance(0.4)
        E = lambda d: "%02d %s %d" % (d[2], MON[d[1] - 1], d[0]) if en else k.date(d, k.dd)  # noqa: E731
        k.dd = k("dot", "cn", "iso")
        tt = k("中华人民共和国 PEOPLE'S REPUBLIC OF CHINA", "护照  PASSPORT", "中华人民共和国护照", "护 照 PASSPORT")
        T(g, 6, oy + 5, tt if way != "duty" else k("公务护照 SERVICE PASSPORT", "公务普通护照 / PASSPORT"), 3.6, "lm", "serifb", INK, w=80)
        right = way == "old" and k.chance(0.4)
        g.photo(86 if right else 6, oy + 13, 32, 41, "#ffffff")
        x = 6 if right else 43
        sep, z, s = k("/", " / ", " "), k(1.9, 2.1), k(3.1, 3.3)

        def cell(dx, y, cn_, en_, v, w):
            t = k.L(cn_) + (sep + en_ if en_ and k.lat else "")
            T(g, x + dx, oy + y, t, z, "lm", k.lf, k.lc, w=w)
            val(g, k, x + dx, oy + y + 3.4, w, v, s, 1)

        k.lat = k.chance(0.85)
        cell(0, 11, "类型", "Type", V(k("P", "P", "PO" if way == "duty" else "P")), 15)
        cell(17, 11, "国家码|国家代码", "Country Code", V("CHN"), 26)
        cell(46, 11, "护照号|护照号码|护照号", "Passport No.", V(c.pass_no, "passport_no"), 32)
        if way == "old":
            cell(0, 19.5, "姓", "Surname", V(p.name[: len(p.sur[0])] + " " + p.sur_py), 36)
            cell(38, 19.5, "名", "Given names", V(p.name[len(p.sur[0]) :] + " " + p.giv_py), 40)
        else:
            cell(0, 19.5, "姓名|姓名|中文姓名", "Name", V(p.name, "name"), 36)
            val(g, k, x, oy + 27, 60, V(lat, "name_latin"), s, 1)
        mf = "M" if p.sex == "男" else "F"
        cell(0, 30.5, "性别", "Sex", V(p.sex + k("/", "/", " ") + mf, "sex", p.sex), 18)
        cell(20, 30.5, "国籍", "Nationality", V("中国/CHINESE"), 26)
        cell(49, 30.5, "出生日期", "Date of birth", V(E(p.dob), "birth_date", iso(p.dob)), 28)
        cell(0, 39, "出生地点|出生地|出生地点", "Place of birth", V(place, "birth_place"), 44)
        cell(49, 39, "签发日期|签发日期|发照日期", "Date of issue", V(E(c.pass_from), "issue_date", iso(c.pass_from)), 28)
        cell(0, 47.5, "签发地点|签发地点|签发地", "Place of issue", V(c.prov[:-1] + k("", "/" + pin)), 44)
        cell(49, 47.5, "有效期至|有效期至|有效日期", "Date of expiry", V(E(c.pass_to), "valid_to", iso(c.pass_to)), 28)
        cell(0, 56, "签发机关|签发机关|发照机关", "Authority", V(org, "authority"), 46)
        if k.chance(0.5):
            T(g, x + 49, oy + 56, "持证人签名" + (sep + "Bearer's signature" if k.lat else ""), z, "lm", k.lf, k.lc, w=28)
        g.mrz(6.6, oy + 75, a, 2.54, "mrz1")
        g.mrz(6.6, oy + 82.5, b, 2.54, "mrz2")

    o = dict(lf=K(*HEI, "song"), vf=K("sans", "sans", "song", "micro"), sh=None)
    return [("data", make(K, dpi, 125, 176 if up else 88, page, bg=bg, wave=wv, **o))]


# ---------- marriage ----------
def marriage_cert(c, dpi, R):
    K = Ctx(R)
    a, b = c.p, c.q
    d = c.mar_date
    law = "《中华人民共和国民法典》" if d[0] >= 2021 else "《中华人民共和国婚姻法》"
    org = K(a.city + "民政局", a.city + a.dist + "民政局", a.city + a.dist + "人民政府", a.city + a.dist + "民政局婚姻登记处")
    no = K(c.mar_no, "J%s-%d-%06d" % (a.region, d[0], R.randint(1, 99999)), "%s结字第%05d号" % (a.city[:2], R.randint(1, 99999)))
    way = K("inner", "inner", "old", "e", "two")
    bg, wv = K("#fbeeee", "#fdf4f0", "#fdf9ee", "#ffffff"), K(("#f0cfd0", None), ("#f3dcd0", None), None)
    o = dict(lf=K(*SONG, *KAI), vf=K("kai", "song", "serif", "ming", "wenkai"), sh=None, vz=K(1, 1.08))

    def who(k, z, s):
        return [
            ("姓名|姓 名", V(nm(k, z.name), "name2" if s else "name", z.name)),
            ("性别", V(z.sex)),
            ("国籍", V("中国")),
            ("出生日期|出生日期|出生年月日", V(k.date(z.dob, k("cn", "cn", "iso", "cn2")))),
            ("身份证件号|身份证件号|公民身份号码|身份证号|身份证件号码", V(z.idno, "id_no2" if s else "id_no")),
        ]

    def block(g, k, x, y, w, z, s, st):
        r = who(k, z, s)
        lw = k(20, 24)
        kv(g, k, x, y, r[0][0], r[0][1], 4.0, 13, w * 0.56, 1)
        kv(g, k, x + w * 0.58, y, r[1][0], r[1][1], 4.0, 13, w * 0.42, 1)
        kv(g, k, x, y + st, r[2][0], r[2][1], 4.0, lw, w, 1)
        kv(g, k, x, y + 2 * st, r[3][0], r[3][1], 4.0, lw, w, 1)
        kv(g, k, x, y + 3 * st, r[4][0], r[4][1], 4.0, lw, w, 1)
        return y + 4 * st

    def left(g, k, x, w):
        s, st, y = 4.2, k(9, 10), 14
        lw = 24
        n = who(k, a, "")[0][1]
        rows = [
            ("持证人|持证人|持证人姓名", n),
            ("登记日期|登记日期|结婚登记日期", k.D("register_date", d, k("cn", "cn", "cn2"))),
            ("结婚证字号|结婚证字号|结婚证号|字号", V(no, "cert_no", hand=False)),
            ("备注", V(k("", "", "无", "补发"))),
        ]
        if k.chance(0.3):
            rows.insert(0, ("登记机关|婚姻登记机关", V(org, "authority")))
        for q, v in rows:
            y = kv(g, k, x, y, q, v, s, lw, w, 2) + st
        g.pair(x + w / 2 - 25, y, 50, 33, "#b8252c")
        T(g, x + 6, min(120, y + 42), k("登记机关（专用章）", "婚姻登记专用章", "发证机关（印章）"), 3.6, "lm", k.lf)
        g.seal(x + w * 0.7, min(112, y + 36), org + k("婚姻登记专用章", ""), 14)

    def right(g, k, x, w):
        st = k(8.5, 9.5)
        y = block(g, k, x, 14, w, a, "", st)
        y = block(g, k, x, y + 6, w, b, "2", st)
        t = k("结婚申请，符合%s规定，予以登记，发给此证。", "经审查，双方自愿结婚，符合%s规定，准予登记，发给此证。") % law
        if y < 108 and k.chance(0.7):
            para(g, k, x, y, w, t, 3.9, 1.6, fo=k.vf)

    if way == "inner":

        def spread(g, k):
            k.hand = k.chance(0.12)
            f1, f2 = (left, right) if k.chance(0.8) else (right, left)
            f1(g, k, 10, 72)
            f2(g, k, 98, 74)
            g.line(90, 4, 90, 124, 0.2, "#caa0a0")

        return [("data", make(K, dpi, 180, 128, spread, bg=bg, wave=wv, **o))]
    if way == "two":
        return [
            ("page1", make(K, dpi, 92, 128, lambda g, k: left(g, k, 9, 74), bg=bg, wave=wv, **o)),
            ("page2", make(K, dpi, 92, 128, lambda g, k: right(g, k, 9, 75), bg=bg, wave=wv, **o)),
        ]
    if way == "old":
        # certificate in sentences, as before 2004: filled in by hand on blanks
        def sheet(g, k):
            T(g, g.w / 2, 22, k("结婚证", "结 婚 证", "结婚证书"), 13, "mm", k("kai", "serifb"), RED, 3)
            kv(g, k, g.w - 90, 36, "字第|结婚证字号|编号", V(no, "cert_no", hand=False), 4, 0, 80, 1)
            x, w, y, s = 16, g.w - 32, 44, k(4.6, 5.0)
            D = k.D("register_date", d, k("zh", "cn", "cn"), hand=False)
            m = dict(n=V(a.name, "name"), n2=V(b.name, "name2"), i=V(a.idno, "id_no"), i2=V(b.idno, "id_no2"))
            m |= dict(s=V(a.sex), s2=V(b.sex), d=V(k.date(a.dob, "cn")), d2=V(k.date(b.dob, "cn")), o=V(org, "authority", hand=False), t=D)
            tpl = k(
                "{n}，{s}，{d}出生，身份证号码{i}；{n2}，{s2}，{d2}出生，身份证号码{i2}，自愿结婚，经审查符合%s关于结婚的规定，准予登记，发给此证。"
                % law,
                "姓名{n}，性别{s}，出生日期{d}，身份证编号{i}，与{n2}（性别{s2}，出生日期{d2}，身份证编号{i2}）申请结婚，经审查合于%s，发给此证。"
                % law,
                "兹有{n}（{s}，{d}生，居民身份证{i}）与{n2}（{s2}，{d2}生，居民身份证{i2}）双方自愿结为夫妻，符合%s的规定，特发此证。"
                % law,
            )
            y = say(g, k, x, y, w, s, tpl, m, pv=k("under", "under", "kai", "blank"), lead=2.4) + 4
            tall = g.h > g.w
            g.pair(x if not tall else g.w / 2 - 25, y, 44, 30, "#b8252c") if k.chance(0.7) else None
            yy = y + 6 if not tall else y + 44
            kv(g, k, g.w - 96, yy, "发证机关|登记机关|婚姻登记机关", m["o"], 4.2, 0, 84, 1)
            kv(g, k, g.w - 96, yy + 10, "登记日期|发证日期|日期", D, 4.2, 0, 84, 1)
            g.seal(g.w - 45, yy + 4, org + k("", "婚姻登记专用章"), 14)

        w, h = K((184, 130), (130, 184), (190, 132))
        return [
            ("data", make(K, dpi, w, h, sheet, bg=bg, wave=wv, frame=K(None, "#b05a5a", "#b98d3c"), hand=K.chance(0.3), bf=o["lf"], **o))
        ]

    def e_cert(g, k):
        """Electronic certificate printed on a sheet."""
        T(g, 105, 28, k("结婚证", "中华人民共和国结婚证", "结婚证（电子证照）", "电子结婚证"), 10, "mm", "serifb", RED, 1.5)
        L = k.L
        r = [
            [L("持证人"), V(a.name), L("结婚证字号|证书编号|结婚证字号"), V(no, "cert_no")],
            [L("登记日期|结婚登记日期"), k.D("register_date", d), L("登记机关|发证机关|婚姻登记机关"), V(org, "authority")],
        ]
        y = tab(g, k, 20, 42, [26, 50, 28, 66], r, 3.8, 11)
        A, B = who(k, a, ""), who(k, b, "2")
        r = [["", k("男方" if a.sex == "男" else "女方", "申请人"), k("男方" if b.sex == "男" else "女方", "配偶")]]
        r[0] = ["项目", "男方" if a.sex == "男" else "女方", "男方" if b.sex == "男" else "女方"] if k.chance(0.6) else ["", "本人", "配偶"]
        r += [[L(q[0]), q[1], z[1]] for q, z in zip(A, B, strict=True)]
        y = tab(g, k, 20, y + 6, [40, 65, 65], r, 4.0, 11)
        y = para(g, k, 20, y + 5, 170, "结婚申请，符合%s规定，予以登记，发给此证。" % law, 4.2)
        g.pair(24, y + 6, 54, 36, "#b8252c")
        g.qr(150, y + 6, 28, "https://mz.example/" + no)
        T(g, 164, y + 40, k("扫码验证", "电子证照查验码"), 3, "mm", "sans", GREY)
        g.seal(110, y + 20, org + "婚姻登记专用章", 16)

    return [("data", make(K, dpi, 210, 297, e_cert, "sheet", frame=K(None, "#b05a5a"), **{**o, "vz": 1}))]


LICENCES = dict(
    driver_license=driver_license,
    vehicle_license=vehicle_license,
    inspection_mark=inspection_mark,
    hkmo_permit=hkmo_permit,
    passport=passport,
    marriage_cert=marriage_cert,
)
