"""Identity cards, household registers and residence permits of the tuning profile `hand`, placed by hand after the real papers.

For TUNING only. Tools are in `hand_pen`; it needs the session generator's folder on the path (module `base`).
"""

# ruff: noqa: UP031 - percent forms stay short and readable in tables of wordings

from base import cn, dot, iso, plus
from hand_pen import BLUE, GREEN, GREY, HEI, INK, NAVY, RED, SONG, T, V, bureau, emblem, kv, make, nm, para, screen, tab, val, ymd
from varied_core import Ctx, Obj, role_of

# ---------- identity card ----------
ZHUANG = {"姓名": "Singqmingz", "性别": "Singqbied", "民族": "Minzcuz", "出生": "Okseng", "住址": "Dieg youq"}


def id_face(g, k, p, ox=0.0, oy=0.0, bw=False, zh=False, idl=None):
    """Front as on the card of 2004 and later: small labels, no colons, parts of the date apart."""
    a, s, z = k("#1e6ea0", "#333333", "#3a7a9a") if not bw else INK, k(3.0, 3.2, 3.4), k(2.4, 2.6, 2.8)
    X, V0, dy = ox + k(6, 7, 8), ox + k(16, 17, 18), k(6.6, 7.0, 7.3)
    y = oy + k(7, 8)
    q = Obj(k.__dict__)

    def lb(x, y, t):
        T(g, x, y, t if q.tight else t[0] + k(" ", "") + t[1], z, "lm", k.lf, a)
        if zh:
            T(g, x, y - z * 1.02, ZHUANG[t], z * 0.46, "lm", "sans", a, w=9)

    q.tight = k.chance(0.7)
    lb(X, y, "姓名")
    val(g, k, V0, y, 34, V(nm(k, p.name), "name", p.name), s * 1.12)
    y += dy
    lb(X, y, "性别")
    val(g, k, V0, y, 8, V(p.sex, "sex"), s)
    lb(V0 + 11, y, "民族")
    val(g, k, V0 + 19, y, 20, V(p.nation, "nation"), s)
    y += dy
    lb(X, y, "出生")
    g.fields["birth_date"] = iso(p.dob)
    x = V0
    for n, u, w in zip(p.dob, "年月日", (9.5, 6, 6), strict=True):
        t = "%02d" % n if u != "年" and k.pad else str(n)
        g.t(x + w / 2 - 0.5, y, t, s, role_of(k.vf, t), "mm", INK)
        x = T(g, x + w, y, u, z, "lm", k.lf, a) + 0.5
    y += dy
    lb(X, y, "住址")
    val(g, k, V0, y, 38, V(p.addr, "address"), s, 3, lh=1.36)
    g.photo(ox + k(57, 58, 59), oy + k(7, 8, 9), 22, 28, "#ffffff" if bw else "#e8f0f8", gray=bw)
    T(g, X, oy + 46.5, idl or "公民身份号码", z, "lm", k.lf, a)
    if zh:
        T(g, X, oy + 43.9, "Gunghminz Sinhfwn Haumaj", z * 0.5, "lm", "sans", a)
    val(g, k, ox + 31, oy + 46.5, 51, V(p.idno, "id_no"), k(3.6, 3.9), 1, fo=k("sansb", "sans", "ocrb", "mono"), sp=k(0, 0.15, 0.3))


def id_rear(g, k, p, ox=0.0, oy=0.0, zh=False, temp=None):
    col = "#c23a34" if k.colour else "#555555"
    tf = k("serifb", "sansb", "kai", "serifb")
    emblem(g, ox + k(12, 13, 15), oy + 15, k(7, 8), col)
    T(g, ox + 52, oy + 11, "中华人民共和国", k(4.2, 4.8), "mm", tf, INK, k(0.6, 1.1))
    T(g, ox + 52, oy + 20, "临时居民身份证" if temp else k("居民身份证", "居 民 身 份 证"), k(5.6, 6.4), "mm", tf, INK, k(0.4, 1.2), w=58)
    if zh:
        T(g, ox + 52, oy + 5.5, "Cunghvaz Yinzminz Gunghozgoz  Gihminz Sinhfwnceng", 1.9, "mm", "sans", INK)
    a, z, s = (k.lf, k(2.4, 2.6, 2.8), k(2.9, 3.1))
    x = ox + k(18, 20, 22)
    fr, to = temp or (p.id_from, p.id_to)
    long = not temp and 2026 - p.dob[0] > 46 and k.chance(0.6)
    V1 = x + g.width("签发机关", z, a) + k(2, 3)
    for y, t, v in (
        (oy + 38.5, "签发机关", V(p.org, "authority")),
        (
            oy + 45,
            "有效期限",
            V(dot(fr) + "-" + ("长期" if long else dot(to)), None, dict(valid_from=iso(fr), valid_to="长期" if long else iso(to))),
        ),
    ):
        T(g, x, y, t, z, "lm", a)
        val(g, k, V1, y, ox + 84 - V1, v, s, 1)


def id_card(c, dpi, R, p=None):
    p, K = p or c.p, Ctx(R)
    pad = K.chance(0.15)
    st = dict(vf=K("sans", "sans", "song", "micro", "zenhei"), pad=pad, vz=1, colour=True, just=False)
    way = K("std", "std", "zhuang", "copy", "copy", "temp", "first" if p.dob[0] < 1984 else "std", "phone", "extract")
    bg = K("#e9f2f6", "#eef3ee", "#eef1f4", "#f1f4ec")
    wv = K(("#bcdbe8", "#e6c9d2"), ("#c4dfcf", "#e3cfd8"), ("#d6dfe8", None))
    if way in ("std", "zhuang"):
        z = way == "zhuang"
        return [
            ("front", make(K, dpi, 85.6, 54, lambda g, k: id_face(g, k, p, zh=z), bg=bg, wave=wv, lf=K(*HEI), **st)),
            ("back", make(K, dpi, 85.6, 54, lambda g, k: id_rear(g, k, p, zh=z), bg=bg, wave=wv, lf=K(*HEI), **st)),
        ]
    if way == "temp":
        fr = (2026, R.randint(1, 9), R.randint(1, 28))
        t = (fr, (2026, fr[1] + 3, fr[2]))
        st.update(colour=K.chance(0.5))
        return [
            (
                "front",
                make(K, dpi, 85.6, 54, lambda g, k: id_face(g, k, p, bw=True), bg="#fbfbf4", wave=("#e3e6d2", None), lf="song", **st),
            ),
            ("back", make(K, dpi, 85.6, 54, lambda g, k: id_rear(g, k, p, temp=t), bg="#fbfbf4", wave=("#e3e6d2", None), lf="song", **st)),
        ]
    if way == "copy":
        note = K(
            "仅供办理" + (c.item or "户籍业务") + "使用，再次复印无效",
            "此复印件与原件一致",
            "与原件核对无误",
            "本复印件由本人提供，仅限本次业务使用",
            "原件已核，复印件与原件相符",
        )
        side = K.chance(0.35)

        def draw(g, k):
            ax, ay, bx, by = (2, 14, 92, 14) if side else (6, 12, 6, 72)
            if k.chance(0.6):
                T(g, g.w / 2, 7, k("身份证复印件", "居民身份证复印件", "法定代表人身份证复印件", "经办人身份证正反面"), 4, "mm", k.lf)
            if k.chance(0.5):
                g.rect(ax, ay, ax + 85.6, ay + 54, 0.2, GREY)
                g.rect(bx, by, bx + 85.6, by + 54, 0.2, GREY)
            flip = k.chance(0.3)
            id_face(g, k, p, bx if flip else ax, by if flip else ay, bw=True)
            id_rear(g, k, p, ax if flip else bx, ay if flip else by)
            y = g.h - 14
            val(g, k, 10, y, g.w - 20, V(note, hand=k.chance(0.5)), 3.8, 1)
            if k.chance(0.6):
                val(g, k, 10, y + 7, g.w - 20, V(k(p.name + "  " + k.date(c.today, "dot"), k.date(c.today, "cn")), hand=True), 4, 1)

        st["colour"] = False
        w, h = (180, 92) if side else (98, 146)
        return [("front", make(K, dpi, w, h, draw, lf=K(*HEI), **st))]
    if way == "first":
        y0 = max(1996, p.dob[0] + 16) + R.randint(0, 4)
        sign = (y0, R.randint(1, 12), R.randint(1, 28))
        yrs = K(10, 20, 20) if y0 - p.dob[0] < 46 else 20
        hand = K.chance(0.2)

        def draw(g, k):
            y, x, s = 7, 6, k(3.2, 3.5)
            kv(g, k, x, y, "姓名", V(nm(k, p.name), "name", p.name), s, 12, 46)
            y += 7
            kv(g, k, x, y, "性别", V(p.sex, "sex"), s, 12, 20)
            kv(g, k, x + 24, y, "民族", V(p.nation, "nation"), s, 11, 26)
            y += 7
            ymd(g, k, x, y, p.dob, s, "birth_date", "出生", (10, 6, 6))
            y += 7
            kv(g, k, x, y, "住址", V(p.addr, "address"), s, 12, 50, 3)
            if k.chance(0.5):
                T(g, x, 39.5, k.date(sign, "cn") + "签发", s * 0.85, "lm", k.vf)
                T(g, x + 36, 39.5, "有效期限" + str(yrs) + "年", s * 0.85, "lm", k.vf)
            else:
                T(g, x, 38, "签发日期 " + k.date(sign, "cn"), s * 0.85, "lm", k.vf)
                T(g, x, 42.5, "有效期限 " + "%d 年" % yrs, s * 0.85, "lm", k.vf)
            kv(g, k, x, 48, k("编号", "编 号", "编号"), V(p.idno, "id_no"), s * 1.05, 12, 70, 1, fo=k("sans", "serif"))
            g.photo(60, 6, 20, 26, "#f2f2f2", gray=True)
            g.seal(58, 36, p.org, 8, 0.5)

        def back(g, k):
            emblem(g, 42.8, 15, 8, "#c23a34")
            T(g, 42.8, 30, "中华人民共和国", 5.5, "mm", "kai", RED, 1.5)
            T(g, 42.8, 41, "居 民 身 份 证", 7.5, "mm", "kai", RED)

        o = dict(lf=K("song", "kai"), vf=K("song", "ming", "kai"), colon="", just=False, hand=hand, vz=1, lc=K(INK, RED, "#333333"))
        out = [("front", make(K, dpi, 85.6, 54, draw, bg="#f6f2e4", wave=("#d9e3d2", "#ead9c9"), **o))]
        return [*out, ("back", make(K, dpi, 85.6, 54, back, bg="#f6f2e4", wave=("#d9e3d2", "#ead9c9"), **o))]
    rows = lambda k: [  # noqa: E731
        (k.L("姓名|姓名|中文姓名"), V(p.name, "name")),
        (k.L("性别"), V(p.sex, "sex")),
        (k.L("民族"), V(p.nation + k("", "族"), "nation", p.nation)),
        (k.L("出生|出生日期"), k.D("birth_date", p.dob, k("cn", "iso", "cn2"))),
        (k.L("住址|户籍地址|住址"), V(p.addr, "address")),
        (k.L("公民身份号码|身份证号码|证件号码"), V(p.idno, "id_no")),
        (k.L("签发机关|发证机关"), V(p.org, "authority")),
        (
            k.L("有效期限|有效期"),
            V(dot(p.id_from) + k("-", " 至 ", "—") + dot(p.id_to), None, dict(valid_from=iso(p.id_from), valid_to=iso(p.id_to))),
        ),
    ]
    if way == "phone":

        def draw(g, k):
            k.ul = k.chance(0.7)
            foot = (k("本电子凭证与实体证件具有同等效用", "请通过“移民身份核验”小程序扫码核验", "更新时间 " + iso(c.today) + " 09:32:18"),)
            t = k("居民身份证电子证照", "电子身份证", "居民身份电子凭证", "中华人民共和国居民身份证", "我的证照-居民身份证")
            screen(
                g,
                k,
                t,
                rows(k),
                3.4,
                k("#2f6fd0", "#c0392b", "#3b8ed0"),
                photo=k(22, 26),
                qr="https://id.example/" + p.idno[-6:],
                foot=foot,
            )

        return [("front", make(K, dpi, 88, 165, draw, lf=K(*HEI), vf=K(*HEI), vz=1, just=False))]

    def draw(g, k):
        """The reader's printout: table with the picture."""
        T(
            g,
            62,
            9,
            k("居民身份证核验结果单", "居民身份证信息", "二代身份证读取信息", "身份证核验单", "居民身份证（正反面）读卡信息"),
            5,
            "mm",
            k.tf,
        )
        r = rows(k)
        g.photo(100, 17, 21, 27, "#e8f0f8")
        y = tab(g, k, 4, 16, [26, 66], [[a, v] for a, v in r[:5]], 3.3, 6.2, al="l")
        y = tab(g, k, 4, y, [26, 91], [[a, v] for a, v in r[5:]], 3.3, 6.2, al="l")
        T(g, 4, y + 5, k("核验结果：人证一致", "读卡时间：%s 10:21:45" % iso(c.today), "以上信息由读卡设备读取"), 3, "lm", k.lf)

    return [("front", make(K, dpi, 125, 80, draw, vz=1))]


# ---------- household register ----------
def hukou_parts(c, k, p, head, rel):
    born = k(c.prov + p.city, c.prov[:-1] + p.city, p.city + p.dist, c.prov + p.city + p.dist)
    return Obj(
        name=V(nm(k, p.name), "name", p.name),
        rel=V(rel, "relation"),
        sex=V(p.sex, "sex"),
        nation=V(p.nation + k("", "", "族"), "nation", p.nation),
        born=V(born),
        home=V(k(c.prov + p.city, c.prov + "云水县")),
        dob=k.D("birth_date", p.dob, k("cn", "cn", "cn2", None)),
        idno=V(p.idno, "id_no"),
        edu=V(p.edu, "education"),
        mar=V(k("已婚", "未婚", "初婚", "有配偶")),
        mil=V(k("未服兵役", "不详", "退出现役", "")),
        work=V(c.company),
        job=V(k("职员", "工人", "专业技术人员", "粮农", "学生")),
        cm=V(str(p.height) + k("", "厘米", "CM")),
        blood=V(p.blood + k("", "型")),
        came=V(k(cn(c.hk_date) + "由%s云水县迁来" % c.prov, "%s因工作调动由%s云水县白石镇迁入" % (cn(c.hk_date), c.prov), "")),
        here=V(k(cn(c.hk_date) + "由%s迁来" % p.city, cn(c.hk_date) + "购房入户", "出生", "")),
    )


def hukou(c, dpi, R):
    K = Ctx(R)
    p = c.p
    rel = K("户主", "户主", "妻", "夫", "子", "女", "长子", "长女", "次子", "儿媳")
    head = p.name if rel == "户主" else c.q.name
    way = K("nat", "nat", "coll", "old", "form", "e")
    htype = K(c.hk_type, c.hk_type, "非农业家庭户", "农业家庭户", "城镇居民户", "家庭户口")
    bgc = K("#f4efe2", "#f3f1e6", "#f6f1e4", "#fbfbf6")
    if way == "coll":
        rel, htype = K("非亲属", "集体户成员", "其他"), K("非农业集体户口", "集体户", "集体户口", "居民集体户口")
        head = K(c.company, c.univ, "示例市人才服务中心")
    if way in ("nat", "coll"):

        def first(g, k):
            s = k(4.0, 4.3)
            if k.chance(0.5):
                T(
                    g,
                    g.w / 2,
                    12,
                    k("注意事项见封三", "居民户口簿", "集体户口簿首页" if way == "coll" else "户口簿首页"),
                    4.2,
                    "mm",
                    k.tf,
                    INK,
                    1,
                )
            A = [
                (k.L("户别|户 别|户口性质|户别"), V(htype, "household_type"), "Type of Household"),
                (k.L("户主姓名|户 主 姓 名|户主姓名"), V(head, "head"), "Name of Householder"),
                (k.L("户号|户 号|户口号|户号"), V(c.hk_no, "household_no"), "Household Number"),
                (k.L("住址|住 址|常住地址|住址"), V(p.addr, "address"), "Address"),
            ]
            k.en = k("", "", "below")
            if k.chance(0.6):
                for i, (a, v, e) in enumerate(A):
                    kv(g, k, 12 + 64 * (i % 2), 26 + 14 * (i // 2), a, v, s, 22, 58 if i % 2 else 60, 2, en=e)
            else:
                for i, (a, v, e) in enumerate(A):
                    kv(g, k, 18, 24 + 10 * i, a, v, s, 26, 108, 2, en=e)
            k.en = ""
            y = 64
            for x, a, b, o in (
                (14, "省级公安机关", "户口专用章", c.prov + "公安厅户口专用章"),
                (76, "户口登记机关", "户口专用章", p.org + "户口专用章"),
            ):
                T(g, x, y, a, 3.6, "lm", k.lf)
                T(g, x, y + 5.5, b, 3.6, "lm", k.lf)
                g.seal(x + 28, y + 8, o, 13)
            T(g, 14, 92, k("承办人签章", "承办人签章：", "承办人"), 3.6, "lm", k.lf)
            val(g, k, 39, 92, 26, V(c.boss.name, hand=k.chance(0.6)), 3.8)
            if k.chance(0.6):
                x = ymd(g, k, 84, 92, c.hk_date, 3.6, "issue_date", None, (11, 7, 7))
                T(g, x, 92, "签发", 3.6, "lm", k.lf)
            else:
                kv(g, k, 80, 92, "签发日期|签发|签发时间", k.D("issue_date", c.hk_date, "cn"), 3.6, 0, 54)

        def card(g, k):
            m = hukou_parts(c, k, p, head, rel)
            t = k(
                "常住人口登记卡", "常住人口登记卡", "常 住 人 口 登 记 卡", "集体户口常住人口登记卡" if way == "coll" else "常住人口登记卡"
            )
            T(g, g.w / 2, 8.5, t, 5.5, "mm", k.tf, INK, k(0.5, 1.5, 2.5))
            two = k.chance(0.5)
            L = k.L
            r = [
                [L("姓名|姓 名"), m.name, None, L("户主或与户主关系|户主或与\n户主关系|与户主关系"), m.rel],
                [L("曾用名"), V(k("", "", "无")), None, L("性别|性 别"), m.sex],
                [L("出生地|出 生 地"), m.born, None, L("民族|民 族"), m.nation],
                [L("籍贯|籍 贯"), m.home, None, L("出生日期|出生日期|出生年月日"), m.dob],
                [L("本市（县）其他住址|本市(县)其他住址|本县市其他住址"), V(""), None, L("宗教信仰"), V(k("", "无"))],
            ]
            y = tab(g, k, 8, 14, [24, 24, 21, 24, 35], r, 3.2, 7.6, al=k("c", "l"))
            w = [24, 41, 12, 16, 12, 23]
            idl = L("公民身份证件编号|公民身份证件编号|公民身份号码|公民身份证编号|公民身份证号码")
            y = tab(g, k, 8, y, w, [[idl, m.idno, "身高", m.cm, "血型", m.blood]], 3.2, 7.6)
            r = [[L("文化程度|文化程度|受教育程度"), m.edu, L("婚姻状况"), m.mar, L("兵役状况|兵役状况|服兵役情况"), m.mil]]
            y = tab(g, k, 8, y, [24, 24, 20, 20, 20, 20], r, 3.2, 7.6)
            y = tab(g, k, 8, y, [24, 60, 14, 30], [[L("服务处所|服务处所|工作单位"), m.work, L("职业|职 业"), m.job]], 3.2, 7.6)
            r = [
                [L("何时由何地迁来本市（县）|何时由何地迁来本市(县)|何时何因由何地迁来本市（县）"), m.came],
                [L("何时由何地迁来本址|何时何因由何地迁来本址"), m.here],
            ]
            y = tab(g, k, 8, y, [38, 90], r, 3.2, 7.6, al="l")
            T(g, 10, y + 5, k("承办人签章：", "承办人签章", "经办人："), 3.2, "lm", k.lf)
            val(g, k, 34, y + 5, 26, V(c.boss.name, hand=two), 3.4)
            T(g, 78, y + 5, k("登记日期：", "登记日期", "打印日期："), 3.2, "lm", k.lf)
            val(g, k, 97, y + 5, 38, V(k.date(c.hk_date, "cn"), hand=False), 3.2, 1)
            g.seal(k(104, 116), min(y - 2, 88), p.org + "户口专用章", 12, 0.6)

        o = dict(lf=K(*SONG), colon=K("", "", "："), sh=None, lc=K(INK, INK, "#2a4a2a"))
        v = K("serif", "song", "sans", "kai", "ming")
        wv = K(None, ("#dfe6d2", None), ("#e8e0cc", None))
        a = ("cover", make(K, dpi, 143, 105, first, bg=bgc, wave=wv, vf=v, **o))
        b = ("member", make(K, dpi, 143, 105, card, bg=bgc, wave=wv, vf=v, **o))
        return [a, b] if K.chance(0.75) else [b]
    if way == "old":
        # the booklet of the eighties and nineties, filled in by hand or typewriter
        def first(g, k):
            T(g, g.w / 2, 16, k("居民户口簿", "户 口 簿", "居 民 户 口 簿", "户口本"), 8, "mm", k.tf, k(INK, RED), 1.5)
            y = 34
            r = [
                ("户别|户口类别|户口种类", V(htype, "household_type")),
                ("户主姓名|户主", V(head, "head")),
                ("户号|簿号|户口簿号", V(c.hk_no, "household_no")),
                ("住址|详细住址|家庭住址|户口所在地", V(p.addr, "address")),
            ]
            for a, v in r:
                y = kv(g, k, 12, y, a, v, 4.3, 24, 80, 3) + k(11, 13)
            y = max(y + 4, 100)
            T(g, 22, y, k("派出所（户口专用章）", "户口登记机关（盖章）", "公安派出所盖章"), 3.6, "lm", k.lf)
            g.seal(66, y + 6, p.org + k("户口专用章", "派出所"), 13)
            k.vz = 1
            ymd(g, k, 40, y + 14, c.hk_date, 4, "issue_date", k("", "签发日期", "发簿日期"), (12, 7, 7))

        def list_(g, k):
            m = hukou_parts(c, k, p, head, rel)
            T(g, g.w / 2, 10, k("户口登记卡", "家庭成员", "常住人口登记页", "户籍登记页"), 5.5, "mm", k.tf, INK, 2)
            L = k.L
            w = [20, 32, 18, 28]
            r = [
                [L("姓名|姓 名"), m.name, L("别名|曾用名"), V("")],
                [L("性别|性 别"), m.sex, L("与户主关系|户主或与户主的关系"), m.rel],
                [L("出生年月日|出生日期|出生年月"), m.dob, L("民族|民 族"), m.nation],
                [L("籍贯|原籍"), m.home, L("出生地"), m.born],
                [L("文化程度|文化"), m.edu, L("婚姻状况|婚否"), m.mar],
                [L("身份证编号|居民身份证编号|公民身份证编号|身份证号"), m.idno, None, None],
                [L("服务处所|工作单位"), m.work, None, None],
                [L("职业|职务"), m.job, L("宗教信仰"), V("")],
                [L("何时何地迁来|何时何地迁来本市（县）|何时从何地迁来"), m.came, None, None],
                [L("何时何地迁往|何时何地迁往何处"), V(""), None, None],
                [L("变动登记|备注|其他"), V(""), None, None],
            ]
            y = tab(g, k, 6, 16, w, r, 3.4, 10, al=k("c", "l"))
            T(g, 8, y + 6, k("经办人：", "户籍员：", "承办人"), 3.4, "lm", k.lf)
            val(g, k, 24, y + 6, 25, V(c.boss.name), 3.6)
            T(g, 52, y + 6, k.date(c.hk_date, k("cn", "zh")), 3.4, "lm", k.lf)
            g.seal(84, min(y, 138), p.org + "户口专用章", 12, 0.6)

        o = dict(lf=K(*SONG), hand=K.chance(0.5), sh=None, just=K.chance(0.7), ul=K.chance(0.6), vf=K("kai", "song", "ming"))
        return [
            ("cover", make(K, dpi, 110, 150, first, bg=bgc, **o)),
            ("member", make(K, dpi, 110, 158, list_, bg=bgc, **{**o, "ul": False})),
        ]
    if way == "form":
        # the sheet kept by the police station, as copied for the holder
        def sheet(g, k):
            m = hukou_parts(c, k, p, head, rel)
            L = k.L
            t = k("常住人口登记表", "常住人口登记表", "常 住 人 口 登 记 表", "集体户常住人口登记表", "常住人口登记表（户籍底册）")
            T(g, 105, 24, t, 8, "mm", k.tf, INK, 1)
            k.vz, s = 1, k(3.6, 3.8)
            w = [30, 42, 28, 38, 32]
            ph = V(k("照片", "相片粘贴处", ""))
            g.fields["household_no"] = c.hk_no
            T(g, 20, 36, k("户号：", "户 号 ", "户口编号："), s, "lm", k.lf)
            T(g, 36, 36, c.hk_no, s, "lm", k.vf)
            kv(g, k, 120, 36, "户别|户口性质", V(htype, "household_type"), s, 0, 70, 1)
            r = [
                [L("户主姓名"), V(head, "head"), L("与户主关系|户主或与户主关系"), m.rel, ph],
                [L("姓名"), m.name, L("性别"), m.sex, "^"],
                [L("曾用名"), V(k("", "无")), L("民族"), m.nation, "^"],
                [L("出生日期|出生年月日|出生时间"), m.dob, L("监护人|监护关系"), V(""), "^"],
                [L("出生地"), m.born, L("籍贯"), m.home, None],
                [L("住址|户籍地址|常住户口所在地"), V(p.addr, "address"), None, None, None],
                [L("本市（县）其他住址|其他住址"), V(""), None, L("宗教信仰"), V("")],
                [L("公民身份证件编号|公民身份号码"), m.idno, None, L("证件签发日期|签发日期"), V("")],
                [L("文化程度|学历"), m.edu, L("婚姻状况"), m.mar, V("")],
                [L("兵役状况"), m.mil, L("身高 / 血型|身高血型"), V(m.cm.txt + " / " + p.blood), None],
                [L("职业"), m.job, L("服务处所"), m.work, None],
                [L("何时何因由何地迁来本市（县）|何时由何地迁来本市（县）"), m.came, None, None, None],
                [L("何时何因由何地迁来本址|何时由何地迁来本址"), m.here, None, None, None],
                [L("何时何因迁往何地|迁往地址"), V(""), None, None, None],
                [L("何时何因注销户口|注销户口"), V(""), None, None, None],
                [L("申报人签章|申报人"), V(p.name, hand=k.chance(0.6)), L("承办人签章|承办人"), V(c.boss.name), None],
            ]
            y = tab(g, k, 20, 42, w, r, s, 11.5)
            if k.chance(0.6):
                g.photo(161, 44, 28, 36, "#f0f0f0", gray=True) if ph.txt == "" else None
            kv(g, k, 24, y + 10, "户口登记机关|登记机关（章）|派出所", V(p.org), s, 0, 90)
            kv(g, k, 126, y + 10, "填发日期|登记日期|打印日期", k.D("issue_date", c.hk_date, "cn"), s, 0, 64, 1)
            g.seal(70, y + 10, p.org + "户口专用章", 17, 0.6)

        return [("member", make(K, dpi, 210, 297, sheet, "sheet", lf=K(*SONG), sh=None, hand=K.chance(0.2)))]

    def sheet(g, k):
        """Electronic register as printed out from the provincial platform."""
        m = hukou_parts(c, k, p, head, rel)
        L = k.L
        T(g, 105, 26, k("居民户口簿（电子证照）", "电子户口簿", "居民户口簿", "户口簿电子证照信息"), 8, "mm", "sansb", k(INK, RED, NAVY))
        T(g, 20, 38, "证照编号：1.2.156.3005.2.%s" % c.hk_no, 3.2, "lm", "sans", GREY)
        y, s = 46, k(3.8, 4.0)
        T(g, 20, y + 3, k("户信息", "一、户信息", "首页信息", "家庭户信息"), 4.4, "lm", "sansb", NAVY)
        a = [(L("户号|户编号"), V(c.hk_no, "household_no")), (L("户别|户类型"), V(htype, "household_type"))]
        a += [(L("户主姓名|户主"), V(head, "head")), (L("签发日期|首次签发日期"), k.D("issue_date", c.hk_date))]
        r = [[a[i][0], a[i][1], a[i + 1][0], a[i + 1][1]] for i in (0, 2)]
        r.append([L("住址|户籍地址"), V(p.addr, "address"), None, None])
        y = tab(g, k, 20, y + 7, [28, 57, 28, 57], r, s, 9.5, al=k("c", "l"))
        T(g, 20, y + 8, k("成员信息", "二、本人信息", "登记卡信息", "常住人口信息"), 4.4, "lm", "sansb", NAVY)
        b = [
            (L("姓名"), m.name),
            (L("与户主关系|户主或与户主关系"), m.rel),
            (L("性别"), m.sex),
            (L("民族"), m.nation),
            (L("出生日期"), m.dob),
            (L("公民身份号码|身份证号码"), m.idno),
            (L("出生地"), m.born),
            (L("籍贯"), m.home),
            (L("文化程度|学历"), m.edu),
            (L("婚姻状况"), m.mar),
            (L("兵役状况"), m.mil),
            (L("职业"), m.job),
        ]
        r = [[*b[i], *b[i + 1]] for i in range(0, len(b), 2)]
        r += [[L("服务处所|工作单位"), m.work, None, None], [L("迁来时间及原住址|何时由何地迁来本址"), m.here, None, None]]
        y = tab(g, k, 20, y + 12, [28, 57, 28, 57], r, s, 9.5, al=k("c", "l"))
        g.qr(22, y + 8, 26, "https://hk.example/" + c.hk_no)
        T(g, 54, y + 14, k("扫描二维码可核验真伪", "本电子证照与纸质户口簿具有同等法律效力"), 3.4, "lm", "sans", GREY)
        T(g, 54, y + 21, "打印时间：" + iso(c.today), 3.4, "lm", "sans", GREY)
        g.seal(160, y + 16, p.org + "户口专用章", 17)

    return [("member", make(K, dpi, 210, 297, sheet, "sheet", lf=K(*HEI), vf=K("sans", "micro", "song", "serif"), vz=1))]


# ---------- residence permit ----------
def residence_permit(c, dpi, R):
    K = Ctx(R)
    p = c.p
    org = bureau(c, K)
    no = K(c.rp_no, "%s%012d" % (p.region, R.randint(0, 10**12 - 1)), "%s%s%08d" % (p.region[:4], "A", R.randint(0, 10**8 - 1)))
    to = plus(c.rp_from, 1)
    way = K("nat", "nat", "prov", "prov", "book", "phone")
    bg, wv = K("#eef6e9", "#e9f2f6", "#f3f1e6", "#f0eef6"), K(("#c9e2bd", "#d5dcea"), ("#cfdcec", None), ("#e2dcc4", None))
    where = K(c.prov, p.city, p.city, "")
    if way == "nat":

        def front(g, k):
            k.just, k.colon, k.vz = False, "", 1
            k.lc = k(GREEN, BLUE, "#333333")
            y, x, V0, s = 7, 6, 16, 3.1
            up = k.chance(0.45)
            if up:
                T(g, k(30, 42), 5.5, where + "居住证", 4, "mm", "sansb", k.lc, 0.6)
                y = 12.5
            st = 5.4 if up else 6.8
            kv(g, k, x, y, "姓名", V(nm(k, p.name), "name", p.name), s, V0 - x, 44)
            y += st
            kv(g, k, x, y, "性别", V(p.sex, "sex"), s, V0 - x, 20)
            kv(g, k, x + 22, y, "民族", V(p.nation, "nation"), s, 10, 28)
            y += st
            if k.chance(0.6):
                ymd(g, k, x, y, p.dob, s, "birth_date", "出生", (9, 6, 6))
            else:
                kv(g, k, x, y, "出生", k.D("birth_date", p.dob, k("cn", "dot", "iso")), s, V0 - x, 44)
            y += st
            y = kv(g, k, x, y, k("住址", "住址", "居住地址"), V(p.addr, "address"), s, 0, 48, 3)
            T(g, x, 42 if up else 46.5, k("公民身份号码", "公民身份号码", "身份证号码"), 2.6, "lm", k.lf, k.lc)
            val(g, k, 30, 42 if up else 46.5, 50, V(p.idno, "id_no"), 3.6, 1, sp=0.2, fo="sansb")
            if up:
                T(g, x, 48.5, k("居住证号", "证件编号", "居住证编号"), 2.6, "lm", k.lf, k.lc)
                val(g, k, 30, 48.5, 50, V(no, "permit_no"), 3.2, 1)
            g.photo(58, 9, 22, 28, "#ffffff")
            g.onfront = up

        a = make(K, dpi, 85.6, 54, front, bg=bg, wave=wv, lf=K(*HEI), vf=K("sans", "song", "micro"))

        def back(g, k):
            T(g, 50, 11, "中华人民共和国", 4.2, "mm", k.tf, INK, 1)
            T(g, 50, 20, k("居住证", "居 住 证", "居 住 证"), 7, "mm", k.tf, INK, 1)
            emblem(g, 15, 15, 7)
            r = [("签发机关|签发机关|发证机关", V(org, "authority"))]
            r.append(("签发日期|签发日期|首次签发日期|制证日期", k.D("issue_date", c.rp_from, k("dot", "cn", "iso"))))
            if k.chance(0.4):
                r.append(("有效期限|签注有效期", V(dot(c.rp_from) + "-" + dot(to))))
            if "permit_no" not in a.fields:
                r.insert(k(0, len(r)), ("居住证号码|居住证编号|证件编号", V(no, "permit_no")))
            y = 30
            for q, v in r:
                y = kv(g, k, k.ind, y, q, v, 2.9, 18, 82 - k.ind, 1, lh=1.2) + 5.4
            if y < 51:
                T(
                    g,
                    42.8,
                    y + 0.5,
                    k("本证每年签注1次，逾期未签注的，使用功能中止", "须每年签注，签注以机读信息为准"),
                    2.1,
                    "mm",
                    k.lf,
                    GREY,
                )

        b = make(K, dpi, 85.6, 54, back, bg=bg, wave=wv, lf=K(*HEI), vf=K("sans", "song", "micro"), ind=K(14, 18), vz=1)
        return [("front", a), ("back", b)]
    if way == "prov":
        # older provincial card: title band, photograph left, labels with colons, endorsements on the back
        col = K("#2c7a3a", "#1f6fb5", "#b01c22", "#12326e")
        title = where + K("居住证", "居住证", "流动人口居住证", "人才居住证", "居 住 证", "临时居住证")

        def front(g, k):
            band = k.chance(0.6)
            if band:
                g.rect(0, 0, g.w, 10, 0.1, None, col)
            T(g, g.w / 2, 5.2, title, 4.8, "mm", "sansb", "#ffffff" if band else col, k(0, 0.6), w=78)
            right = k.chance(0.3)
            g.photo(62 if right else 4, 13, 19, 24, "#ffffff")
            x = 4 if right else 26
            w = 56 if right else 57
            s, y, st = 2.8, 14.5, 5.0
            kv(g, k, x, y, "姓名|姓 名|持证人姓名", V(p.name, "name"), s, 0, 30, 1)
            kv(g, k, x + 32, y, "性别|性 别", V(p.sex, "sex"), s, 0, 22, 1)
            y += st
            if k.chance(0.7):
                kv(g, k, x + 32, y, "民族", V(p.nation + k("", "族"), "nation", p.nation), s, 0, 24, 1)
                kv(g, k, x, y, "出生|出生日期|出生年月", k.D("birth_date", p.dob, k("dot", "iso", "comp")), s, 0, 31.5, 1)
            else:
                kv(g, k, x, y, "出生日期|出生年月日", k.D("birth_date", p.dob, k("cn", "iso")), s, 0, w, 1)
            y += st
            if k.chance(0.5):
                y = (
                    kv(
                        g,
                        k,
                        x,
                        y,
                        "户籍地址|户籍地|户籍所在地|户口所在地",
                        V(c.prov + "云水县白石镇" + k("三里村12号", "")),
                        s * 0.95,
                        0,
                        w,
                        1,
                    )
                    + st
                )
            y = kv(g, k, x, y, "居住地址|现住址|现居住地址|居住地|暂住地址|本市住址", V(p.addr, "address"), s, 0, w, 3, lh=1.25) + st * 0.9
            y = max(y, 41)
            kv(g, k, 4, y, "公民身份号码|身份证号码|公民身份证号码|身份证件号码|证件号码", V(p.idno, "id_no"), s, 0, 78, 1)
            kv(g, k, 4, y + 5, "居住证编号|证号|居住证号|证件编号|卡号|编号", V(no, "permit_no"), s, 0, 78, 1)

        def back(g, k):
            s, y = 2.9, 7
            kv(g, k, 6, y, "签发机关|发证机关|签发单位|发证单位|制发机关", V(org, "authority"), s, 0, 74, 1)
            kv(g, k, 6, y + 5.5, "签发日期|发证日期|首次发证日期|签发时间|领证日期", k.D("issue_date", c.rp_from), s, 0, 74, 1)
            head = ["签注时间", "有效期限至", "签注单位"] if k.chance(0.5) else ["序号", "签注有效期", "经办"]
            r = [
                head,
                [V(dot(c.rp_from)), V(dot(to)), V("派出所")] if head[0] == "签注时间" else [V("1"), V("至" + dot(to)), V("王")],
                [V("")] * 3,
            ]
            y = tab(g, k, 6, y + 9, [22, 30, 22], r, 2.6, 5)
            t = k(
                "1.本证是持证人在居住地居住的证明。2.居住地址发生变化的，应当办理变更手续。3.本证须每年签注一次。",
                "注意事项：持证人应随身携带本证，遇公安机关依法查验时应当主动出示。",
                "持证人依法享受劳动就业、参加社会保险、缴存住房公积金等权利。拾到本证请送交就近派出所。",
            )
            para(g, k, 6, y + 1.5, 74, t, 2.3, 1.45, 0)
            g.seal(66, 12, org + "居住证专用章", 8, 0.5) if k.chance(0.5) else None

        o = dict(
            lf=K(*HEI, "song"),
            vf=K("sans", "song", "micro", "kai"),
            just=False,
            vz=1,
            colon=K("：", "：", ":"),
            lc=K(INK, col, "#333333"),
            sh=None,
        )
        return [("front", make(K, dpi, 85.6, 54, front, bg=bg, wave=wv, **o)), ("back", make(K, dpi, 85.6, 54, back, bg=bg, wave=wv, **o))]
    if way == "book":
        # folded paper permit, filled in by hand or printer
        def front(g, k):
            T(g, g.w / 2, 10, where + k("居住证", "流动人口居住证", "居 住 证"), 6, "mm", k.tf, k(INK, RED), 0.8, w=90)
            g.photo(8, 20, 24, 32, "#f2f2f2", gray=k.chance(0.4))
            s, x, y = 3.3, 37, 21
            for a, v in (
                ("姓名|姓 名", V(p.name, "name")),
                ("性别|性 别", V(p.sex, "sex")),
                ("民族|民 族", V(p.nation, "nation")),
                ("出生年月日|出生日期|出生年月", k.D("birth_date", p.dob, k("cn", "cn", None))),
                ("身份证号码|公民身份号码|居民身份证号码", V(p.idno, "id_no")),
            ):
                y = kv(g, k, x, y, a, v, s, 0 if len(a) > 12 else 12, 63, 1) + 7
            kv(g, k, 8, 60, "现住地址|居住地址|居住地详细地址|住所地址", V(p.addr, "address"), s, 0, 92, 2)
            kv(g, k, 8, 73, "证件编号|编号|居住证号码|证号", V(no, "permit_no"), s, 0, 92, 1)

        def back(g, k):
            s = 3.4
            kv(g, k, 8, 14, "居住事由|居住原因", V(k("务工", "经商", "就业", "购房")), s, 0, 80, 1)
            kv(g, k, 8, 23, "有效期限|居住期限", V(k.date(c.rp_from, "cn") + "至" + k.date(to, "cn")), s, 0, 94, 1)
            kv(g, k, 8, 34, "签发机关（章）|发证机关|签发机关|发证机关（盖章）", V(org, "authority"), s, 0, 94, 1)
            kv(g, k, 8, 43, "签发日期|发证日期|填发日期", k.D("issue_date", c.rp_from, k("cn", "cn", "cn2")), s, 0, 90, 1)
            g.seal(70, 42, org + "居住证专用章", 12, 0.6)
            y = 56
            for t in ("本证只限本人使用，不得转借、涂改。", "变更居住地址应在七日内申报变更登记。", "期满前三十日内办理签注手续。"):
                y = para(g, k, 8, y, 90, k("", "●") + t, 2.8, 1.6, 0)

        o = dict(lf=K(*SONG), vf=K("song", "kai", "ming", "sans"), hand=K.chance(0.45), ul=K.chance(0.6), sh=None, vz=1)
        return [("front", make(K, dpi, 106, 80, front, bg=bg, **o)), ("back", make(K, dpi, 106, 80, back, bg=bg, **o))]

    def phone(g, k):
        k.ul = True
        r = [
            (k.L("姓名|持证人"), V(p.name, "name")),
            (k.L("性别"), V(p.sex, "sex")),
            (k.L("民族"), V(p.nation + k("", "族"), "nation", p.nation)),
            (k.L("出生日期"), k.D("birth_date", p.dob, k("iso", "cn"))),
            (k.L("公民身份号码|证件号码|身份证号"), V(p.idno, "id_no")),
            (k.L("居住地址|现居住地址|住址"), V(p.addr, "address")),
            (k.L("居住证编号|居住证号|证照编号"), V(no, "permit_no")),
            (k.L("签发机关|发证机关"), V(org, "authority")),
            (k.L("签发日期|发证日期|首次签发日期"), k.D("issue_date", c.rp_from, k("iso", "cn"))),
            (k.L("有效期至|签注有效期至"), V(iso(to))),
        ]
        t = k("电子居住证", where + "居住证（电子证照）", "居住证", where + "电子居住证")
        screen(
            g,
            k,
            t,
            r,
            3.3,
            k("#2f6fd0", "#2c7a3a", "#c8322c"),
            photo=k(None, 22),
            qr="https://jzz.example/" + no[-8:],
            foot=(k("仅供办理业务时出示", "刷新时间 " + iso(c.today)),),
        )

    return [("front", make(K, dpi, 92, 165, phone, lf=K(*HEI), vf=K(*HEI), vz=1, just=False))]


CARDS = dict(id_card=id_card, hukou=hukou, residence_permit=residence_permit)
