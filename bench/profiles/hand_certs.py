"""Certificates of birth and study of the tuning profile `hand`.

For TUNING only. Tools are in `hand_pen`; it needs the session generator's folder on the path (module `base`).
"""

# ruff: noqa: UP031 - percent forms stay short and readable in tables of wordings

from base import cndate, iso
from hand_pen import GREY, INK, NAVY, RED, SONG, T, V, emblem, kv, label, make, nm, para, say, tab, val
from varied_core import Ctx, tick

PAPER = ["#ffffff", "#ffffff", "#fffdf4", "#fdf9ee", "#fbfaf3", "#fdf6f6"]
WAVES = [None, None, ("#efe3c2", None), ("#f2d9dc", "#dfe6f3"), ("#e3efe0", None), ("#eee9d4", None)]
GOLD = ["#a8742a", "#8f2a2a", "#b98d3c", "#7a2f2f", "#3a6a3a", "#2f5a8f"]


def a4(K, dpi, draw, land=False, frame=None, wave=None, **kw):
    w, h = (297, 210) if land else (210, 297)
    return make(K, dpi, kw.pop("w", w), kw.pop("h", h), draw, "sheet", kw.pop("bg", None) or K(*PAPER), wave, frame, 5, **kw)


# ---------- birth ----------
def birth_cert(c, dpi, R):
    K = Ctx(R)
    p, q, ch = c.p, c.q, c.child
    mo, fa = (q, p) if p.sex == "男" else (p, q)
    hosp = K(p.city, p.city + p.dist) + K(
        "妇幼保健院", "人民医院", "第一人民医院", "中医院", "妇产医院", "妇幼保健计划生育服务中心", "中心卫生院"
    )
    place = K(c.prov + p.city + p.dist, c.prov + p.city, p.city + p.dist, c.prov[:-1] + p.city)
    gave = (ch.dob[0], ch.dob[1], min(28, ch.dob[2] + R.randint(1, 6)))
    way = K("blank", "blank", "groups", "groups", "side", "e")
    tcol = K("#7a1f3a", RED, INK, "#1a2a5a", "#1f5a3a")
    o = dict(lf=K(*SONG, "kai"), vf=K("kai", "song", "serif", "sans", "wenkai"), lc=K(INK, INK, tcol), sh=None)
    titles = ["出生医学证明", "出生医学证明", "出生医学证明", "中华人民共和国出生医学证明", "出 生 医 学 证 明"]
    en = K("", "MEDICAL CERTIFICATE OF BIRTH", "BIRTH CERTIFICATE", "Birth Certificate")

    def born(k):
        t = k.date(ch.dob, k("cn", "cn", "cn2", "spaced")) + k("%d时%02d分", "%d时%d分", " %02d:%02d", "%02d时%02d分") % c.btime
        return V(t, "birth_date", iso(ch.dob))

    def bits(k):
        return dict(
            no=V(c.bc_no, "cert_no", hand=False),
            name=V(nm(k, ch.name), "name", ch.name),
            sex=V(ch.sex, "sex"),
            born=born(k),
            place=V(place, "birth_place"),
            week=V("%d%s" % (c.weeks, k("周", "", "+3周"))),
            kg=V("%d%s" % (c.weight, k("克", "克", "g", "")), "weight", str(c.weight)),
            cm=V("%d%s" % (c.blen, k("厘米", "cm", "厘米"))),
            mo=V(nm(k, mo.name), "mother", mo.name),
            mid=V(mo.idno, "mother_id"),
            fa=V(nm(k, fa.name), "father", fa.name),
            fid=V(fa.idno, "father_id"),
            hosp=V(hosp, "hospital"),
        )

    def sexbox(g, k, x, y, s):
        """Boxes for the sex, the right one ticked."""
        g.fields["sex"] = ch.sex
        for t in ("男", "女"):
            tick(g, x, y, s, t == ch.sex, g.R)
            x = g.t(x + s * 1.1, y, t, s, k.lf, "lm") + s
        return x

    def top(g, k, w, y, title=None):
        T(g, w / 2, y, title or k(*titles), 10, "mm", k.tf, tcol, k(0.5, 2, 3), w=w - 40)
        if en:
            T(g, w / 2, y + 10, en, 4.4, "mm", "sans", tcol)

    def blank(g, k):
        """The old sheet: printed blanks, English below the labels, one line a subject."""
        k.vz = 1
        top(g, k, 210, 26)
        m = bits(k)
        k.en = k("below", "below", "") if en else ""
        k.ul = k.chance(0.8)
        s, st, y, x = k(4.0, 4.3), k(15, 16), 58, 20
        right = k.chance(0.6)
        kv(g, k, 126 if right else x, 46, "出生证编号|编号|出生医学证明编号|No.", m["no"], 4, 0, 66, 1, "" if right else "Birth No.")
        R_ = lambda y, *q: [kv(g, k, x + dx, y, a, v, s, 0, w, 2, e) for dx, w, a, v, e in q]  # noqa: E731
        if k.chance(0.25):
            R_(y, (0, 92, "新生儿姓名|婴儿姓名|新生儿姓名", m["name"], "Full name of baby"))
            X = label(g, k, x + 98, y, "性别", s, 0, "Sex")
            sexbox(g, k, X + 2, y, s)
        else:
            R_(y, (0, 92, "新生儿姓名|婴儿姓名|新生儿姓名", m["name"], "Full name of baby"), (98, 50, "性别", m["sex"], "Sex"))
        y += st
        R_(y, (0, 168, "出生时间|出生时间|出生日期", m["born"], "Date and time of birth"))
        y += st
        R_(y, (0, 108, "出生地|出生地点|出生地", m["place"], "Place of birth"), (112, 58, "出生孕周|孕周", m["week"], "Gestation"))
        y += st
        R_(
            y,
            (0, 56, "健康状况", V("良好"), "Health"),
            (58, 54, "体重|出生体重", m["kg"], "Weight"),
            (114, 56, "身长|出生身长", m["cm"], "Height"),
        )
        y += st
        for z, v, i, e in ((mo, m["mo"], m["mid"], "mother"), (fa, m["fa"], m["fid"], "father")):
            n = "母亲" if z is mo else "父亲"
            R_(
                y,
                (0, 80, n + "姓名", v, "Name of " + e),
                (82, 40, "年龄", V("%d%s" % (ch.dob[0] - z.dob[0], k("岁", "周岁"))), "Age"),
                (124, 46, "民族", V(z.nation + "族"), "Ethnicity"),
            )
            y += st
            lab = k("身份证号", "居民身份证编号", "公民身份号码", "身份证编号", n + "身份证号", n + "有效身份证件号码")
            R_(y, (0, 120, lab, i, "Identity card No."), (124, 46, "国籍", V("中国"), "Nationality"))
            y += st
        R_(y, (0, 168, "接生机构名称|接生机构|医疗保健机构名称|接产机构", m["hosp"], "Name of facility"))
        y += st
        g.seal(52, min(274, y + 3), hosp + "出生医学证明专用章", 17, 0.6)
        T(g, 24, y, k("签发机构（盖章）", "签证机构（章）", "签发单位盖章"), s, "lm", k.lf)
        T(g, 120, y, k("签发日期 ", "签证日期：", "签发日期：") + k.date(gave, "cn"), s, "lm", k.lf)

    def groups(g, k):
        """The newer sheet: three blocks with their headings upright at the left."""
        k.vz = 1
        land = g.w > g.h
        top(g, k, g.w, 22 if land else 26)
        m = bits(k)
        L, s = k.L, (3.7 if land else k(3.7, 3.9))
        W = g.w - 36
        kv(g, k, g.w - 90, 36 if land else 44, "编号|出生证编号|出生医学证明编号|证件编号", m["no"], 4, 0, 72, 1)
        w = [10, W * 0.15, W * 0.31, W * 0.17, W - 10 - W * 0.63]
        idl = k("有效身份证件号码", "公民身份号码", "身份证件号码", "身份证号", "证件号码")
        r = [
            [k("新生儿", "新生儿信息", "婴儿"), L("姓名|新生儿姓名"), m["name"], L("性别"), m["sex"]],
            ["^", L("出生时间|出生日期|出生日期时间"), m["born"], L("出生地|出生地点"), m["place"]],
            ["^", L("出生体重|体重"), m["kg"], L("出生身长|身长"), m["cm"]],
            ["^", L("出生孕周|孕周"), m["week"], L("健康状况"), V("良好")],
        ]
        for t, v, i, z in ((k("母亲", "母亲", "母亲信息"), m["mo"], m["mid"], mo), (k("父亲", "父亲", "父亲信息"), m["fa"], m["fid"], fa)):
            r.append([t, k("姓名", "姓名", t[:2] + "姓名"), v, "年龄", V("%d岁" % (ch.dob[0] - z.dob[0]))])
            if k.chance(0.6):
                r.append(["^", "国籍", V("中国"), "民族", V(z.nation + "族")])
            if k.chance(0.6):
                r.append(["^", k("证件类别", "有效身份证件类别", "证件类型"), V("居民身份证"), idl, i])
            else:
                r.append(["^", idl, i, None, None])
            if k.chance(0.6):
                r.append(["^", k("住址", "家庭住址", "居住地址"), V(z.addr), None, None])
        y = tab(g, k, 18, 42 if land else 52, w, r, s, 7.5 if land else 11.5, al=k("c", "l"))
        lab = L("接生机构名称|医疗机构名称|助产机构名称|接生机构|签发机构")
        y = tab(
            g,
            k,
            18,
            y,
            [W * 0.22, W * 0.4, W * 0.15, W * 0.23],
            [[lab, m["hosp"], L("接生人员|接生者|接生人员签字"), V(c.boss.name)]],
            s,
            11,
        )
        y += 8
        T(g, 24, y, k("签发机构（盖章）：", "签证机构印章", "签发机构（出生医学证明专用章）"), s, "lm", k.lf)
        T(g, g.w - 78, y, k("签发日期：", "签证日期：") + k.date(gave, k("cn", "iso")), s, "lm", k.lf)
        g.seal(70, min(g.h - 22, y + 2), hosp + "出生医学证明专用章", 15, 0.6)
        if y < g.h - 22:
            T(
                g,
                18,
                g.h - 12,
                k("此证为法定医学证明，涂改无效，请妥善保管", "国家卫生健康委员会监制", "中华人民共和国卫生部制"),
                3.2,
                "lm",
                k.lf,
                GREY,
            )

    def side(g, k):
        """The lower part torn off for the registration of the child."""
        k.vz = 1
        T(
            g,
            g.w / 2,
            17,
            k("出生医学证明（副页）", "《出生医学证明》副页", "出生医学证明副页", "出生医学证明（副联）"),
            7.5,
            "mm",
            k.tf,
            tcol,
            1,
        )
        T(g, g.w / 2, 26, k("（此联由户口登记机关保存）", "（公安机关留存）", "（用于办理户口登记）"), 3.6, "mm", k.lf)
        m = bits(k)
        L, s, W = k.L, 3.9, g.w - 32
        kv(g, k, 16, 34, "出生证编号|编号|No", m["no"], 4, 0, 80, 1)
        r = [
            [L("新生儿姓名|婴儿姓名"), m["name"], L("性别"), m["sex"]],
            [L("出生时间|出生日期"), m["born"], L("出生地|出生地点"), m["place"]],
            [L("母亲姓名"), m["mo"], k("母亲身份证号", "身份证号", "公民身份号码"), m["mid"]],
            [L("父亲姓名"), m["fa"], k("父亲身份证号", "身份证号", "公民身份号码"), m["fid"]],
            [L("接生机构|医疗保健机构|签发机构"), m["hosp"], L("体重|出生体重"), m["kg"]],
        ]
        y = tab(g, k, 16, 40, [W * 0.16, W * 0.35, W * 0.17, W * 0.32], r, s, 11, al=k("c", "l"))
        T(g, 18, y + 8, k("领证人签字：", "领取人：", "申领人签名："), s, "lm", k.lf)
        val(g, k, 46, y + 8, 30, V(mo.name, hand=True), 5, 1)
        T(g, g.w - 84, y + 8, k("签发日期：", "领证日期：") + k.date(gave, "cn"), s, "lm", k.lf)
        g.seal(g.w - 60, y + 6, hosp + "出生医学证明专用章", 14, 0.6)

    def e_cert(g, k):
        k.vz = 1
        T(g, 105, 26, k("出生医学证明（电子证照）", "电子出生医学证明", "出生医学证明电子证照"), 8, "mm", "sansb", NAVY)
        m = bits(k)
        y, s = 46, 4.0
        rows = [
            ("出生医学证明编号|证照编号|编号", m["no"]),
            ("新生儿姓名|姓名", m["name"]),
            ("新生儿性别|性别", m["sex"]),
            ("出生时间|出生日期", m["born"]),
            ("出生地点|出生地", m["place"]),
            ("出生体重（克）|出生体重", m["kg"]),
            ("出生身长", m["cm"]),
            ("母亲姓名|母亲", m["mo"]),
            ("母亲证件号码|母亲身份证件号码", m["mid"]),
            ("父亲姓名|父亲", m["fa"]),
            ("父亲证件号码|父亲身份证件号码", m["fid"]),
            ("签发机构|接生机构|助产机构", m["hosp"]),
            ("签发日期", V(k.date(gave))),
        ]
        if k.chance(0.5):
            y = tab(g, k, 25, 42, [56, 104], [[k.L(a), v] for a, v in rows], s, 12, al="l")
        else:
            for a, v in rows:
                y = kv(g, k, 28, y, a, v, s, 50, 150, 1) + 12.5
        g.qr(28, y + 8, 28, "https://birth.example/" + c.bc_no)
        T(g, 62, y + 20, "扫描二维码查验证照信息", 3.4, "lm", "sans", GREY)

    fr = K(None, K(*GOLD))
    if way == "side":
        w, h = K((210, 140), (182, 128), (210, 148))
        return [("front", a4(K, dpi, side, w=w, h=h, **o))]
    land = way == "groups" and K.chance(0.35)
    fn = dict(blank=blank, groups=groups, e=e_cert)[way]
    return [("front", a4(K, dpi, fn, land, fr, K(*WAVES), **{**o, "hand": way == "blank" and K.chance(0.25)}))]


# ---------- study ----------
def graduation_cert(c, dpi, R):
    K = Ctx(R)
    p, gd = c.p, c.grad
    way = K("fold", "fold", "plain", "self", "adult", "old", "middle")
    base_ = {"self": c.univ, "middle": K(p.city + "示范职业技术学校", p.city + "工业学校", "示例卫生学校", p.city + "第二中学")}
    school = base_.get(way) or K(c.univ, c.univ, c.univ.replace("大学", "职业技术学院"), c.univ.replace("大学", "学院"))
    lvl, yr = K(("本科", 4), ("本科", 4), ("专科", 3), ("硕士研究生", 3), ("本科", 5)) if way != "middle" else ("中专", 3)
    gv = dict(graduation_date=iso(gd))
    a, b = "%d年%d月" % (gd[0] - yr, 9), "%d年%d月" % (gd[0], gd[1])
    ch = K.chance(0.25)  # years of study in Chinese figures

    def bits(k):
        no = k(c.g_no, c.g_no, c.g_no, "%s毕字第%05d号" % (school[:2], k.R.randint(1, 99999)))
        return dict(
            n=V(nm(k, p.name), "name", p.name),
            s=V(p.sex, "sex"),
            b=k.D("birth_date", p.dob, k("cn", "cn", "cn2", "zh", "spaced")),
            m=V(c.major, "major"),
            u=V(school, "university", hand=False),
            r=V(nm(k, c.rector), "rector", c.rector, hand=k.chance(0.5)),
            no=V(no, "cert_no", hand=False),
            a=V(cndate((gd[0] - yr, 9, 1))[:-2] if ch else a),
            z=V(cndate((gd[0], gd[1], 1))[:-2] if ch else b),
            d=V(k.date(gd, k("zh", "zh", "cn", "cn2")), None, gv, hand=False),
            zk=V("%012d" % k.R.randint(0, 10**12 - 1), hand=False),
        )

    kinds = {"本科": "四年制本科" if yr == 4 else "五年制本科", "专科": "三年制专科", "硕士研究生": "硕士研究生", "中专": "三年制中专"}
    reg = [
        "学生{n}性别{s}，{b}生，于{a}至{z}在本校{m}专业%s学习，修完教学计划规定的全部课程，成绩合格，准予毕业。" % kinds[lvl],
        "学生 {n} ，{s}，{b}生。于{a}至{z}在本校 {m} 专业学习，学制%s年，修完%s教学计划规定的全部课程，成绩合格，准予毕业。"
        % ("三四五"[yr - 3], lvl),
        "{n}，{s}，{b}出生。{a}至{z}在我院{m}专业%s学习期满，完成培养方案规定的全部学业，成绩合格，准许毕业。" % kinds[lvl],
        "{n}同学，性别{s}，生于{b}，{a}入学，在本校{m}系%s修业期满，考核成绩及格，准予毕业，此证。" % kinds[lvl],
        "研究生{n}，性别{s}，{b}生，于{a}至{z}在{m}专业学习，修完硕士研究生培养计划规定的全部课程，成绩合格，毕业论文答辩通过，准予毕业。",
    ]
    adult = [
        "学员{n}，性别{s}，{b}生，于{a}至{z}在本校{m}专业函授学习，修完%s教学计划规定的全部课程，成绩合格，准予毕业。" % lvl,
        "学生{n}，{s}，{b}生，于{a}至{z}在我校成人高等教育{m}专业（业余）学习，学制%d年，完成教学计划，成绩合格，准予毕业。" % yr,
        "学生{n}，性别{s}，{b}出生，于{a}至{z}在本校网络教育{m}专业学习，修完规定课程，学分修满，准予毕业。",
    ]
    selfs = [
        "{n}，{s}，{b}生，参加高等教育%s{m}专业自学考试，全部课程成绩合格，经审核准予毕业。" % lvl,
        "{n}同志，性别{s}，{b}出生，参加{m}专业（%s）高等教育自学考试，成绩合格，思想品德鉴定合格，准予毕业。" % lvl,
    ]
    mids = [
        "学生{n}，性别{s}，{b}生，于{a}至{z}在本校{m}专业学习，修业期满，成绩合格，准予毕业。",
        "{n}，{s}，{b}出生，系本校{m}专业三年制学生，德智体美劳考核合格，准予毕业，特发此证。",
    ]
    tpl = K(*{"self": selfs, "adult": adult, "middle": mids}.get(way, reg[:4] if lvl != "硕士研究生" else reg))
    titles = {
        "self": ["高等教育自学考试毕业证书", "自学考试毕业证书", "毕业证书"],
        "adult": ["成人高等教育毕业证书", "成人高等学校毕业证书", "网络高等教育毕业证书", "毕业证书"],
        "middle": ["中等职业学校毕业证书", "毕业证书", "普通中等专业学校毕业证书"],
    }.get(way, ["毕业证书", "普通高等学校毕业证书", "毕 业 证 书", "研究生毕业证书" if lvl == "硕士研究生" else "毕业证书"])
    tcol = K("#7d1a1a", RED, INK, "#8a5a14")

    def foot(g, k, m, x, w, y, s, two=True):
        """School, head, number and date in one of the orders."""
        sch = (
            k("校名|校 名|学校名称|学校", "校（院）名|院校名称|校名", "主考学校|主考院校")
            if way != "self"
            else "主考学校|主考院校|主考高校"
        )
        head = k("校长|校 长", "校（院）长|校（院）长|院长", "校长（签章）|校长（院长）")
        num = k("证书编号|编号|证书编号", "学校编号|证书号|注册号", "毕业证书编号|电子注册号")
        st = s * k(2.4, 2.8)
        order = k("two", "two", "one")
        if order == "two" and two:
            kv(g, k, x, y, sch, m["u"], s, 0, w * 0.52, 1)
            kv(g, k, x + w * 0.58, y, head, m["r"], s, 0, w * 0.42, 1)
            kv(g, k, x, y + st, num, m["no"], s * 0.85, 0, w * 0.55, 1)
            val(g, k, x + w * 0.6, y + st, w * 0.4, m["d"], s, 1)
            g.seal(x + w * 0.3, y + st * 0.3, school, 19, 0.6)
            return
        kv(g, k, x, y, num, m["no"], s * 0.85, 0, w * 0.9, 1)
        y += st
        kv(g, k, x + w * 0.45, y, sch, m["u"], s, 0, w * 0.55, 1)
        kv(g, k, x + w * 0.45, y + st * 0.85, head, m["r"], s, 0, w * 0.55, 1)
        val(g, k, x + w * 0.45, y + st * 1.7, w * 0.5, m["d"], s, 1)
        g.seal(x + w * 0.7, y + st * 0.4, school, 19, 0.6)

    def fold(g, k):
        """Folder: photograph and title left, text right."""
        m = bits(k)
        g.line(148, 10, 148, 200, 0.15, "#ccbb99")
        if k.chance(0.5):
            emblem(g, 74, 36, 9, "#8f2a2a")
        T(g, 74, 62, k(*titles), 10, "mm", k.tf, tcol, 1, w=118)
        g.photo(58, 78, 33, 44, k("#d8e6f2", "#ffffff", "#e8d2d2"))
        if k.chance(0.6):
            T(g, 74, 134, k("（照片钢印）", "学校钢印", "照片须加盖学校钢印"), 3.4, "mm", k.lf, GREY)
        kv(g, k, 24, 164, "证书编号|编号|学校编号", m["no"], 4.2, 0, 108, 1)
        if k.chance(0.5):
            T(
                g,
                74,
                184,
                k("中华人民共和国教育部监制", "查询网址：http://xl.example", "教育部学历证书查询网址 www.xl.example"),
                3.2,
                "mm",
                k.lf,
                GREY,
            )
        y = say(g, k, 158, 40, 124, 5.0, tpl, m, lead=2.4)
        y = max(y + 12, 128)
        kv(g, k, 162, y, "校名|校（院）名|学校名称" if way != "self" else "主考学校", m["u"], 5, 0, 116, 1)
        kv(g, k, 162, y + 16, "校长|校（院）长|校长（签名）", m["r"], 5, 0, 100, 1)
        val(g, k, 200, y + 32, 80, m["d"], 5, 1)
        g.seal(236, y + 8, school, 19, 0.6)

    def plain(g, k):
        m = bits(k)
        land = g.w > g.h
        pre = {"self": c.prov + "高等教育自学考试委员会", "adult": "成人高等教育"}.get(way) or k("普通高等学校", "", "")
        t = k(*titles)
        y = 28
        if pre and pre[:4] not in t and k.chance(0.6):
            T(g, g.w / 2, y, pre, 6.5, "mm", k.tf, tcol, 0.8)
            y += 14
        T(g, g.w / 2, y + 2, t, 13 if land else 11, "mm", k.tf, tcol, k(0.5, 3), w=g.w - 60)
        y += 18
        if k.chance(0.3):
            T(g, g.w / 2, y - 4, k("GRADUATION CERTIFICATE", "DIPLOMA"), 4, "mm", "sans", tcol)
            y += 4
        s = k(5.6, 6.0) if land else 5.0
        ph = k("l", "r", "r", "")
        x, w = 32, g.w - 64
        if ph:
            g.photo(x if ph == "l" else x + w - 33, y + 2, 33, 44, k("#d8e6f2", "#ffffff", "#e8d2d2"), gray=way == "old")
            x, w = (x + 42 if ph == "l" else x), w - 42
        y2 = say(g, k, x, y, w, s, tpl, m, lead=2.3)
        y = max(y2 + 12, y + 56, 136 if land else 150)
        x, w = 34, g.w - 68
        if way == "self":
            kv(g, k, x, y, "准考证号|考籍号|准考证号码", m["zk"], s * 0.8, 0, w * 0.5, 1)
            y += 12
        foot(g, k, m, x, w, y, s * 0.92)

    def old(g, k):
        """Earlier certificate: number at the top right, all in one sentence with the school in it."""
        m = bits(k)
        T(g, g.w / 2, 34, k("毕业证书", "毕 业 证 书", "毕业证明书"), 14, "mm", "kai", tcol, 5)
        val(g, k, g.w - 120, 54, 96, V(m["no"].txt, "cert_no", hand=False), 4.6, 1, "r")
        t = k(
            "学生{n}系{u}{m}专业%s毕业生，{s}，{b}生，修业年限%s年，学习期满，成绩及格，准予毕业。此证" % (lvl, "三四五"[yr - 3]),
            "{n}，{s}，现年二十二岁，{b}出生，于{a}至{z}在{u}{m}系学习期满，成绩合格，准予毕业。",
            "学生{n}，性别{s}，{b}生，{a}考入{u}{m}专业，学习%s年，业经期满，考试成绩及格，准予毕业，特发此证书。" % "三四五"[yr - 3],
        )
        y = say(g, k, 34, 66, g.w - 68, 6, t, m, lead=2.4)
        y = max(y + 10, 136)
        if k.chance(0.6):
            kv(g, k, 40, y, "校长|校 长|院长", m["r"], 5.4, 0, 90, 1)
        X = g.w - 130
        val(g, k, X, y + 2, 100, V(school, hand=False), 5.6, 1, "r")
        val(g, k, X, y + 16, 100, m["d"], 5.2, 1, "r")
        g.seal(g.w - 62, y + 6, school, 20, 0.65, shape=k("round", "round", "square"))

    o = dict(bf=K("kai", "serif", "song", "wenkai"), lf=K(*SONG, "kai"), vf=K("kai", "song", "serif"), vz=1, sh=None)
    land = way in ("fold", "old") or K.chance(0.6)
    fn = {"fold": fold, "old": old}.get(way, plain)
    return [("front", a4(K, dpi, fn, land, K(*GOLD, None), K(*WAVES), hand=way == "old" and K.chance(0.35), **o))]


def degree_cert(c, dpi, R):
    K = Ctx(R)
    p = c.p
    lv = K("学士", "学士", "学士", "硕士", "博士")
    pro = lv == "硕士" and K.chance(0.4)
    dg = K("工程", "法律", "教育", "工商管理", "公共管理") + "硕士专业" if pro else c.deg + lv
    way = K("plain", "plain", "two", "old", "bi")
    tcol = K("#8f1f1f", RED, INK, "#1a2a5a", "#8a5a14")
    law = K("《中华人民共和国学位条例》", "《中华人民共和国学位法》")

    def bits(k):
        no = k(c.d_no, c.d_no, "学%s%d第%05d号" % (lv[:1], c.grad[0], k.R.randint(1, 99999)))
        return dict(
            n=V(nm(k, p.name), "name", p.name),
            s=V(p.sex, "sex"),
            b=k.D("birth_date", p.dob, k("cn", "cn", "cn2", "zh")),
            m=V(c.major, "major"),
            u=V(c.univ, "university"),
            d=V(dg, "degree"),
            r=V(nm(k, c.rector), "rector", c.rector, hand=k.chance(0.5)),
            no=V(no, "cert_no"),
            i=k.D("issue_date", c.grad, k("zh", "zh", "cn", "cn2")),
        )

    done = {"学士": "本科", "硕士": "硕士研究生", "博士": "博士研究生"}[lv]
    tpls = [
        "{n}，{s}，{b}生。在{u}{m}专业完成了%s学习计划，业已毕业，经审核符合%s的规定，授予{d}学位。" % (done, law),
        "{n}，{s}，{b}生。在本校（院）{m}学科（专业）已通过%s学位的课程考试和论文答辩，成绩合格。根据%s的规定，授予{d}学位。" % (lv, law),
        "{n}，性别{s}，{b}出生，在我校{m}专业学习，成绩优良，毕业设计（论文）合格，根据%s，决定授予{d}学位。" % law,
        "{n}，{s}，{b}生。自%d年9月至%d年%d月在{u}{m}专业攻读%s学位，经学位评定委员会审定，授予{d}学位。"
        % (c.grad[0] - 4, c.grad[0], c.grad[1], lv),
        "{n}系{u}{m}专业%s毕业生，{s}，{b}生，经审核符合学位授予条件，授予{d}学位，特颁此证。" % done,
        "根据%s，经本校学位评定委员会审议通过，授予{m}专业毕业生{n}（{s}，{b}生）{d}学位。" % law,
    ]
    titles = [
        lv + "学位证书",
        lv + "学位证书",
        "学位证书",
        "普通高等学校%s学位证书" % lv,
        "成人高等教育%s学位证书" % lv,
        lv + " 学 位 证 书",
    ]
    heads = [
        "校长",
        "学位评定委员会主席",
        "校长、学位评定委员会主席",
        "校（院）长",
        "学位评定委员会主席（签章）",
        "主席",
        "校长（院长、所长）",
        "校长兼学位评定委员会主席",
    ]

    def foot(g, k, m, x, w, y, s, inn):
        st = s * k(2.5, 3)
        num = k("证书编号|证书编号|编号", "学位证书编号|证书号|证书编号")
        if k.chance(0.5):
            if not inn or k.chance(0.5):
                kv(g, k, x, y, "学位授予单位|授予单位|校名|学校", m["u"], s, 0, w * 0.5, 1)
            kv(g, k, x + w * 0.5, y, k(*heads), m["r"], s, 0, w * 0.5, 1)
            kv(g, k, x, y + st, num, m["no"], s * 0.88, 0, w * 0.48, 1)
            if k.chance(0.7):
                val(g, k, x + w * 0.6, y + st, w * 0.4, m["i"], s, 1)
            else:
                kv(g, k, x + w * 0.5, y + st, "授予日期|发证日期|颁发日期", m["i"], s, 0, w * 0.5, 1)
            g.seal(x + w * 0.3, y + 4, c.univ, 20, 0.6)
            return
        X = x + w * 0.4
        val(g, k, X, y, w * 0.6, m["u"], s * 1.1, 1, "c") if not inn or k.chance(0.5) else None
        kv(g, k, X, y + st, k(*heads), m["r"], s, 0, w * 0.6, 1)
        val(g, k, X, y + 2 * st, w * 0.6, m["i"], s, 1, "c")
        kv(g, k, x, y + 2 * st, num, m["no"], s * 0.8, 0, w * 0.39, 1)
        g.seal(X + w * 0.4, y + 2, c.univ, 20, 0.6)

    def plain(g, k):
        m = bits(k)
        land = g.w > g.h
        y = 30
        if k.chance(0.3):
            T(g, g.w / 2, y - 6, c.univ, 7, "mm", k.tf, tcol, 1)
            g.fields["university"] = c.univ
            y += 8
        T(g, g.w / 2, y + 4, k(*titles), 13 if land else 11, "mm", k.tf, tcol, k(1, 4), w=g.w - 60)
        y += 22
        tpl = k(*tpls)
        x, w, s = 32, g.w - 64, k(5.8, 6.2) if land else 5.2
        if way == "plain":
            sd = k("l", "r", "")
            if sd:
                g.photo(x if sd == "l" else x + w - 33, y + 2, 33, 44, k("#cfe0f0", "#ffffff"))
                x, w = (x + 42 if sd == "l" else x), w - 42
        y2 = say(g, k, x, y, w, s, tpl, m, lead=2.3)
        y = max(y2 + 12, y + 54, 138 if land else 160)
        foot(g, k, m, 34, g.w - 68, y, s * 0.86, "{u}" in tpl)
        if k.chance(0.4):
            T(
                g,
                g.w / 2,
                g.h - 14,
                k("（普通高等教育本科毕业生）", "（第二学士学位）", "（成人高等教育）", "学位授予信息查询 www.xw.example"),
                3.6,
                "mm",
                k.lf,
                GREY,
            )

    def old(g, k):
        """Certificate of the eighties and nineties."""
        m = bits(k)
        if k.chance(0.6):
            emblem(g, g.w / 2, 26, 9, "#8f2a2a")
        T(g, g.w / 2, 48, k(lv + "学位证书", lv + "学位"), 13, "mm", "kai", tcol, 5)
        t = k(
            "{n}（{s}，{b}生）系{u}{m}专业毕业生，根据《中华人民共和国学位条例》，授予{d}学位。",
            "{n}，{s}，{b}出生，在{u}{m}专业学习期满，成绩合格，根据《中华人民共和国学位条例》的规定，特授予{d}学位。此证",
        )
        y = say(g, k, 40, 64, g.w - 80, 6.2, t, m, lead=2.5)
        y = max(y + 12, 138)
        X = g.w / 2
        kv(g, k, X, y, k(*heads), m["r"], 5.2, 0, g.w / 2 - 30, 1)
        val(g, k, X, y + 16, g.w / 2 - 40, m["i"], 5.2, 1)
        kv(g, k, 40, y + 30, k("证书编号|编号", "证书号|登记号"), m["no"], 4.6, 0, 110, 1)
        g.seal(g.w - 66, y + 6, c.univ, 20, 0.65)

    def bi(g, k):
        """Chinese left, English right."""
        m = bits(k)
        half = g.w / 2
        T(g, half / 2 + 6, 38, k(*titles), 10, "mm", k.tf, tcol, 1, w=half - 30)
        T(
            g,
            half * 1.5 - 6,
            38,
            k("CERTIFICATE OF DEGREE", "DEGREE CERTIFICATE", "Bachelor's Degree" if lv == "学士" else "Certificate"),
            7,
            "mm",
            "serifb",
            tcol,
            w=half - 30,
        )
        tpl = k(*[q for q in tpls if "{u}" in q])
        y = say(g, k, 20, 54, half - 34, 4.9, tpl, m, lead=2.2)
        e = "This is to certify that the person named herein has completed the courses prescribed and has been awarded the degree of %s."
        lat = {"学士": "Bachelor", "硕士": "Master", "博士": "Doctor"}[lv]
        para(g, k, half + 8, 56, half - 30, e % lat, 4.2, 1.7, 0, fo="serif")
        g.photo(half + 10, 96, 28, 38, "#cfe0f0")
        y = max(y + 8, 132)
        kv(g, k, 22, y, k(*heads), m["r"], 4.6, 0, half - 36, 1)
        kv(g, k, 22, y + 14, "证书编号|编号", m["no"], 4.4, 0, half - 36, 1)
        kv(g, k, 22, y + 28, "授予日期|发证日期|日期", m["i"], 4.6, 0, half - 36, 1)
        T(g, half + 10, y + 14, "President", 4.2, "lm", "serif")
        T(g, half + 10, y + 28, "Certificate No. " + m["no"].txt, 4.0, "lm", "serif", w=half - 34)
        g.seal(half - 34, y + 10, c.univ, 18, 0.6)

    o = dict(bf=K("kai", "serif", "song", "wenkai"), lf=K(*SONG, "kai"), vf=K("kai", "song", "serif"), vz=1, sh=None)
    land = way in ("old", "bi") or K.chance(0.6)
    fn = {"old": old, "bi": bi}.get(way, plain)
    return [("front", a4(K, dpi, fn, land, K(*GOLD, None), K(*WAVES), **o))]


CERTS = dict(birth_cert=birth_cert, graduation_cert=graduation_cert, degree_cert=degree_cert)
