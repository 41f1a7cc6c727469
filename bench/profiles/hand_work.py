"""Social insurance papers and business licences of the tuning profile `hand`.

For TUNING only. Tools are in `hand_pen`; it needs the session generator's folder on the path (module `base`).
"""

# ruff: noqa: UP031 - percent forms stay short and readable in tables of wordings

from base import iso
from hand_certs import a4
from hand_pen import GREY, HEI, INK, RED, SONG, T, V, emblem, kv, para, say, tab, val
from varied_core import Ctx


# ---------- social insurance ----------
def social_insurance(c, dpi, R):
    K = Ctx(R)
    p = c.p
    n = R.randint(6, 24)
    area = K(p.city, p.city, p.city + p.dist, c.prov)
    org = area + K(
        "社会保险基金管理局",
        "社会保险事业管理局",
        "社会保险基金管理中心",
        "社会保险管理服务中心",
        "社会劳动保险处",
        "人力资源和社会保障局",
        "社会保险中心",
    )
    way = K("months", "months", "kinds", "years", "letter", "record")
    base_, code = c.si_base, K(c.si_code, c.si_code.lower(), c.si_code[:12], "-".join(c.si_code[i : i + 4] for i in range(0, 16, 4)))
    z = c.today[0] * 12 + c.today[1] - 1 - n
    ym = lambda i, t="%d%02d": t % (((z + i) // 12), (z + i) % 12 + 1)  # noqa: E731
    money = lambda v: K("%.2f", "%.2f", "%d.00") % v  # noqa: E731

    def bits(k):
        return dict(
            n=V(p.name, "name"),
            i=V(p.idno, "id_no"),
            s=V(c.si_no, "si_no"),
            e=V(c.company, "employer"),
            b=V("%d%s" % (base_, k("", ".00", "元", ".00元")), "base", str(base_)),
            m=V("%d%s" % (n, k("", "个月", "月")), "months", str(n)),
            v=V(code, "verify_code"),
            a=V(org, "authority"),
            d=k.D("issue_date", c.today),
        )

    L_ = dict(
        n="姓名|参保人姓名|参保人员姓名|职工姓名|参保人",
        i="社会保障号码|身份证号码|公民身份号码|有效证件号码|社会保障号|证件号码|身份证号",
        s="个人编号|社保编号|个人社保号|社保电脑号|个人社会保障编号|人员编号|参保人编号",
        e="单位名称|参保单位|参保单位名称|现参保单位|当前参保单位|缴费单位|工作单位",
        b="缴费基数|月缴费基数|缴费工资|当前缴费基数|月缴费工资（元）|缴费工资基数",
        m="累计缴费月数|实际缴费月数|缴费月数合计|本次查询缴费月数|累计缴费（月）|合计月数|缴费总月数",
        v="验证码|校验码|验真码|业务流水号及验证码|授权码|防伪码|查验码|电子验证码",
        a="经办机构|社保经办机构|参保所在地社保机构|证明机构|打印单位|社会保险经办机构（章）",
        d="打印日期|打印时间|开具日期|证明日期|制表日期|出具时间|查询时间",
    )
    titles = [
        "%s社会保险参保证明（个人专用）" % area,
        "%s社会保险历年参保缴费明细表（个人）" % area,
        "社会保险个人权益记录单",
        "%s社会保险个人参保缴费证明" % area,
        "养老保险参保人员缴费证明",
        "%s参保人员缴费情况证明" % area,
        "城镇职工社会保险缴费情况表",
        "社会保险个人缴费记录",
        "参保人员基本信息及缴费信息",
        "%s城镇企业职工基本养老保险个人缴费清单" % area,
    ]

    def top(g, k, m):
        y = 20
        if k.chance(0.35):
            kv(g, k, 128, 13, L_["v"], m["v"], 3.4, 0, 68, 1)
            m["v"] = None
        T(g, 105, y + 3, k(*titles), 6.6, "mm", k("sansb", "serifb", "sansb"), INK, k(0, 0.4), w=176)
        return y + 14

    def fin(g, k, m, y, left=()):
        """Notes, code, office and date."""
        s = 3.5
        notes = [
            "本证明由社会保险经办机构网上服务平台打印，查验部门可通过上述网址凭验证码核验真伪。",
            "备注：1.本《参保证明》可由参保人在我局的互联网公共服务网页上自行打印，作为参保人在本市参加社会保险的证明。",
            "2.以上信息为打印之日前的缴费情况，如有疑义请到参保地社保经办机构查询。",
            "说明：带“*”为补缴，空行为断缴。本证明涂改、复印无效。",
            "此证明仅反映参保人在本地区的缴费记录，有效期为六个月。",
        ]
        for t in list(left) + k.R.sample(notes, k(1, 1, 2)):
            y = para(g, k, 18, y + 1, 174, t, 3.2, 1.5, 0)
        if m.get("v") is not None:
            kv(g, k, 18, y + 5, L_["v"], m["v"], s, 0, 90, 1)
        if k.chance(0.5):
            g.qr(18, y + 10, 22, "https://si.example/" + c.si_code)
        if k.chance(0.7):
            yy = y + 14
            kv(g, k, 110, yy, L_["a"], m["a"], s, 0, 84, 1)
            kv(g, k, 110, yy + 8, L_["d"], m["d"], s, 0, 84, 1)
        else:
            yy = y + 14
            val(g, k, 110, yy, 80, m["a"], 4, 1, "r")
            val(g, k, 110, yy + 8, 80, V(k.date(c.today, "cn"), "issue_date", iso(c.today)), 4, 1, "r")
        g.seal(158, yy + 3, org + k("业务专用章", "", "参保证明专用章"), 16, 0.55)

    def person(g, k, m, y, keys, s=3.7):
        """Lines about the person: two columns, a table or a row of headings."""
        form = k("kv", "kv", "tab", "row" if len(keys) < 5 else "kv")
        v = [(k.L(L_[q]), m[q]) for q in keys]
        if form == "row":
            w = [174 * f / sum(len(b.txt) + 4 for _, b in v) for f in [len(b.txt) + 4 for _, b in v]]
            return tab(g, k, 18, y, w, [[a for a, _ in v], [b for _, b in v]], s * 0.92, 7.5) + 4
        if form == "tab":
            v += [("", V(""))] * (len(v) % 2)
            r = [[*v[i], *v[i + 1]] for i in range(0, len(v), 2)]
            return tab(g, k, 18, y, [32, 55, 32, 55], r, s, 8, al=k("c", "l")) + 4
        for i, (a, b) in enumerate(v):
            kv(g, k, 18 + 90 * (i % 2), y + 4 + 7.5 * (i // 2), a, b, s, 0, 87, 1)
        return y + 7.5 * ((len(v) + 1) // 2) + 5

    def months(g, k):
        """One row a month."""
        m = bits(k)
        y = top(g, k, m)
        y = person(g, k, m, y, ["n", "i", "s", "e"] if k.chance(0.8) else ["n", "s", "i", "e", "m"])
        ds = k("%d%02d", "%d-%02d", "%d年%02d月", "%d.%02d")
        form = k("all", "all", "one", "unit")
        rows = []
        if form == "all":
            head = [
                [k("缴费年月", "年 月", "费款所属期"), "养老保险", None, "医疗保险", None, "失业", "工伤"],
                ["^", "基数", "个人交", "基数", "个人交", "基数", "基数"],
            ]
            w = [26, 26, 24, 26, 24, 24, 24]
            for i in range(n):
                rows.append(
                    [
                        V(ym(i, ds)),
                        V(money(base_), "base", str(base_)),
                        V("%.2f" % (base_ * 0.08)),
                        V(money(base_)),
                        V("%.2f" % (base_ * 0.02)),
                        V(money(base_)),
                        V(money(base_)),
                    ]
                )
        elif form == "one":
            head = [
                [
                    "序号",
                    k("缴费起止", "缴费月份", "所属年月"),
                    k("缴费基数", "月缴费基数(元)", "缴费工资"),
                    "单位缴费",
                    "个人缴费",
                    k("险种", "缴费险种"),
                    k("备注", "缴费状态"),
                ]
            ]
            w = [14, 28, 30, 28, 28, 26, 20]
            kd, st = k("养老", "企业养老", "工伤", "失业"), k("", "正常", "已到账", "足额")
            for i in range(n):
                rows.append(
                    [
                        str(i + 1),
                        V(ym(i, ds)),
                        V(money(base_), "base", str(base_)),
                        V("%.2f" % (base_ * 0.16)),
                        V("%.2f" % (base_ * 0.08)),
                        V(kd),
                        V(st),
                    ]
                )
        else:
            head = [[k("年月", "缴费月份"), k("缴费单位", "单位简称"), "缴费基数", "养老", "医疗", "工伤", "失业", "生育"]]
            w, mk = [24, 62, 26, 13, 13, 12, 12, 12], k("√", "是", "缴", "已缴")
            for i in range(n):
                rows.append([V(ym(i, ds)), V(c.company), V(money(base_), "base", str(base_))] + [V(mk)] * 5)
        z_ = 3.1 if n < 16 else 2.8
        y = tab(g, k, 18, y, w, head + rows, z_, (7 if n < 12 else 5.6) if n < 20 else 5.2, 0.18)
        if k.chance(0.5):
            y = tab(g, k, 18, y, [46, 128], [[k("合计", "累计月数", "缴费月数合计"), m["m"]]], z_, 6.5, 0.18)
        else:
            kv(g, k, 18, y + 6, L_["m"], m["m"], 3.6, 0, 120, 1)
            y += 8
        fin(g, k, m, y)

    def kinds_(g, k):
        """One row a kind of insurance."""
        m = bits(k)
        y = top(g, k, m)
        y = person(g, k, m, y + 2, ["n", "i", "s", "e", "b"] if k.chance(0.7) else ["n", "i", "s", "e"])
        hd = [
            [
                k("险种", "参保险种", "保险种类"),
                k("参保时间", "首次参保年月", "起始年月"),
                k("截止年月", "缴费截止"),
                k("累计缴费月数", "实际缴费月数", "缴费月数"),
                k("缴费状态", "参保状态", "状态"),
            ]
        ]
        for t in ("基本养老保险", "失业保险", "工伤保险", "基本医疗保险", "生育保险")[: k(3, 4, 5)]:
            hd.append([V(t), V(ym(0, k.fm)), V(ym(n - 1, k.fm)), V(str(n), "months", str(n)), V(k("参保缴费", "正常", "参保"))])
        y = tab(g, k, 18, y + 3, [44, 34, 34, 32, 30], hd, 3.7, 10)
        if "base" not in g.fields:
            kv(g, k, 18, y + 7, L_["b"], m["b"], 3.7, 0, 100, 1)
            y += 9
        fin(g, k, m, y + 4)

    def years(g, k):
        """One row a year, the months across, as older lists have it."""
        m = bits(k)
        y = top(g, k, m)
        y = person(g, k, m, y, ["n", "i", "s", "e"])
        hd = [[k("年度", "年份")] + [str(i) + k.mm for i in range(1, 13)] + ["月数"]]
        for yr in range(z // 12, (z + n - 1) // 12 + 1):
            got = [z <= yr * 12 + i < z + n for i in range(12)]
            hd.append([V(str(yr))] + [V(k.tk if q else "") for q in got] + [V(str(sum(got)))])
        y = tab(g, k, 18, y + 2, [18] + [11.6] * 12 + [17], hd, 3.3, 9)
        y += 4
        for q in ("b", "m"):
            y = kv(g, k, 18, y + 5, L_[q], m[q], 3.9, 0, 120, 1) + 3
        fin(g, k, m, y + 4, ["缴费标志：“%s”表示该月已足额缴费。" % k.tk])

    def letter(g, k):
        """A letter in sentences."""
        m = bits(k)
        T(g, 105, 40, k("社会保险参保缴费证明", "参保证明", "社会保险缴费证明", "参保缴费证明", "证 明"), 9, "mm", k.tf, INK, 1)
        y = 62
        if k.chance(0.4):
            T(g, 28, y, k(p.city + "公安局：", "有关单位：", "各有关部门："), 4.8, "lm", k.bf)
            y += 12
        per = "自%s起至%s" % (ym(0, "%d年%d月"), ym(n - 1, "%d年%d月"))
        tpl = k(
            "兹证明{n}（身份证号：{i}，社会保障个人编号：{s}），系{e}职工，%s在我市参加城镇职工社会保险，月缴费基数{b}元，累计缴费{m}个月。特此证明。"
            % per,
            "{n}同志，公民身份号码{i}，现在{e}参保，个人编号{s}。%s期间，该同志按月缴费基数{b}元缴纳养老、失业、工伤保险费，缴费共计{m}个月，无欠费。"
            % per,
            "经查，参保人{n}，身份证号码{i}，社保号{s}，参保单位{e}，缴费基数每月{b}元，截至开具之日累计缴纳社会保险费{m}个月，情况属实。",
        )
        m2 = dict(m, b=V(str(base_) + k("", ".00"), "base", str(base_)), m=V(str(n), "months"))
        y = say(g, k, 28, y, 156, 4.8, tpl, m2, lead=2.3) + 6
        if k.chance(0.6):
            y = para(
                g,
                k,
                28,
                y,
                156,
                k("本证明仅用于办理居住证、入户等事宜。", "本证明自开具之日起三个月内有效。", "（本证明一式一份，复印无效）"),
                4.2,
            )
        y = max(y + 16, 170)
        if k.chance(0.6):
            kv(g, k, 28, y, L_["v"], m["v"], 3.8, 0, 74, 1)
        X = 104
        kv(g, k, X, y, "经办机构（盖章）|证明单位（章）|经办机构", m["a"], 4.2, 0, 88, 1) if k.chance(0.5) else val(
            g, k, X, y, 80, m["a"], 4.8, 1, "r"
        )
        val(g, k, X, y + 11, 78, V(k.date(c.today, k("cn", "cn", "zh")), "issue_date", iso(c.today)), 4.6, 1, "r")
        if k.chance(0.4):
            kv(g, k, 28, y + 11, "经办人|经办人签字", V(c.boss.name, hand=True), 4, 0, 60, 1)
        g.seal(152, y + 6, org, 19, 0.6)

    def record(g, k):
        """Personal record with sections."""
        m = bits(k)
        y = top(g, k, m)
        T(g, 105, y - 3, "（%s）" % k("参保人员缴费信息", "参保缴费凭证", "%d年度" % c.today[0]), 4, "mm", k.lf)
        T(g, 18, y + 4, k("一、个人基本信息", "基本信息", "1.参保人员信息"), 4, "lm", "sansb")
        L = k.L
        r = [
            [L(L_["n"]), m["n"], L("性别"), V(p.sex)],
            [L(L_["i"]), m["i"], L(L_["s"]), m["s"]],
            [L(L_["e"]), m["e"], L("参保状态|人员状态"), V(k("参保缴费", "在职", "正常缴费"))],
        ]
        y = tab(g, k, 18, y + 8, [32, 58, 34, 50], r, 3.6, 9, al=k("c", "l"))
        T(g, 18, y + 7, k("二、缴费情况", "缴费信息", "2.社会保险缴费信息"), 4, "lm", "sansb")
        r = [
            [L("缴费起始年月|起始时间"), V(ym(0, "%d年%d月")), L("缴费截止年月|截止时间"), V(ym(n - 1, "%d年%d月"))],
            [L(L_["b"]), m["b"], L(L_["m"]), m["m"]],
            [L("个人账户储存额（元）|个人账户累计"), V("%.2f" % (base_ * 0.08 * n)), L("欠费月数|中断月数"), V("0")],
        ]
        y = tab(g, k, 18, y + 11, [38, 49, 38, 49], r, 3.6, 9, al=k("c", "l"))
        fin(g, k, m, y + 6)

    fn = dict(months=months, kinds=kinds_, years=years, letter=letter, record=record)[way]
    o = dict(lf=K(*HEI, *SONG), vf=K("sans", "song", "serif", "micro", "ming"), bf=K("serif", "song", "sans"), vz=1, just=False)
    return [
        (
            "front",
            a4(
                K,
                dpi,
                fn,
                bg="#ffffff",
                colon=K("：", "：", ":"),
                tk=K("√", "★", "1", "缴"),
                mm=K("", "月"),
                fm=K("%d-%02d", "%d%02d", "%d年%d月"),
                **o,
            ),
        )
    ]


# ---------- business licence ----------
SCOPE = [
    "一般项目：软件开发；信息技术咨询服务；计算机软硬件及辅助设备零售；办公用品销售。（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）",
    "许可项目：道路货物运输（不含危险货物）。一般项目：装卸搬运；普通货物仓储服务；国内货物运输代理。",
    "化工原料及产品（不含危险化学品）、五金交电、建筑材料、劳保用品的批发、零售。",
    "旅馆住宿；餐饮服务；会议服务；停车场管理。（依法须经批准的项目，经相关部门批准后方可开展经营活动）",
    "生产、销售：电子元器件、塑胶制品；货物及技术进出口业务。（以上范围涉及许可经营的凭许可证经营）",
]


def business_license(c, dpi, R):
    K = Ctx(R)
    p = c.p
    way = K("new", "new", "mid", "mid", "shop", "old", "e")
    org = K(p.city, p.city + p.dist) + K("市场监督管理局", "市场监督管理局", "行政审批局", "行政审批服务局")
    if way == "old":
        org = K(p.city + "工商行政管理局", p.city + "工商行政管理局" + p.dist + "分局")
    name = c.company
    tcol, fcol = K(INK, INK, RED), K("#a8742a", "#8f2a2a", "#b98d3c", RED, "#c8a04a")
    cap = K("%d万元人民币", "%d万人民币元", "人民币%d万元", "%d万元整", "人民币%d万元整", "%d.000000万人民币") % c.capital
    scope = K(*SCOPE)

    def bits(k):
        long = k(
            "长期",
            k.date(c.co_date, "cn") + "至长期",
            k.date(c.co_date, "cn") + "至%d年%02d月%02d日" % (c.co_date[0] + 20, c.co_date[1], c.co_date[2]),
        )
        return dict(
            us=V(c.uscc, "uscc"),
            n=V(name, "company"),
            t=V(
                k("有限责任公司（自然人投资或控股）", "有限责任公司(自然人独资)", "其他有限责任公司", "股份有限公司（非上市）")
                if way != "shop"
                else "个体工商户"
            ),
            b=V(c.boss.name, "legal_rep"),
            s=V(scope),
            c=V(cap, "capital", str(c.capital)),
            d=k.D("found_date", c.co_date, k("cn", "cn2", "cn2", "spaced")),
            y=V(long),
            a=V(c.co_addr, "address"),
            o=V(org, "authority"),
            i=V(k.date(k.iss, k("cn", "cn2", "spaced"))),
        )

    L_ = dict(
        n="名称|名 称|名　　称|企业名称|名称",
        t="类型|类 型|类　　型|公司类型|主体类型",
        b="法定代表人|法定代表人|法定代表人|负责人|法定代表人姓名" if way != "shop" else "经营者|经营者|经营者姓名|负责人",
        s="经营范围|经营范围|经营范围|主营项目类别",
        c="注册资本|注册资本|注册资本|注册资金|成员出资总额" if way != "shop" else "资金数额|出资额|资金数额",
        d="成立日期|成立日期|注册日期|成立时间" if way != "shop" else "注册日期|成立日期|注册日期",
        y="营业期限|营业期限|经营期限",
        a="住所|住 所|住　　所|营业场所|主要经营场所|住所（经营场所）" if way != "shop" else "经营场所|经营场所|经营地址",
    )
    sub = K(
        "（副  本）", "（副本）", "（正本）", "(副本)(%d-1)" % R.randint(1, 3), "副  本", "（副本号：%d/%d）" % (R.randint(1, 2), 2), ""
    )
    iss = (min(2026, c.co_date[0] + R.randint(0, 5)), R.randint(1, 12), R.randint(1, 28))

    def issue(g, k, m, x, y, w, s):
        """Office and date, the seal over both."""
        f = k("lab", "lab", "bare", "date")
        if f != "date":
            if f == "lab":
                kv(g, k, x, y, "登记机关|登记机关|登 记 机 关|发照机关|登记机关（章）", m["o"], s, 0, w, 1)
            else:
                val(g, k, x, y, w, m["o"], s, 1)
            T(g, x + k(0, 14), y + s * 2.3, m["i"].txt, s, "lm", k.vf)
        else:
            T(g, x, y, k("登记机关", "登 记 机 关"), s, "lm", k.lf)
            T(g, x + 24, y + s * 2.6, m["i"].txt, s, "lm", k.vf)
        g.seal(x + w * 0.45, y + s * 1.1, org, 19, 0.7)

    def note(g, k, y):
        if k.chance(0.8):
            g.line(20, y - 4, g.w - 20, y - 4, 0.2, fcol)
            t = k("国家企业信用信息公示系统网址：http://www.gsxt.example", "企业信用信息公示系统网址：www.gsxt.example/")
            T(g, 20, y, t, 2.8, "lm", k.lf)
            T(
                g,
                g.w - 20,
                y,
                k("国家市场监督管理总局监制", "中华人民共和国国家工商行政管理总局监制", "市场主体应当于每年1月1日至6月30日报送年度报告"),
                2.8,
                "rm",
                k.lf,
                w=g.w / 2 - 34,
            )

    def new(g, k):
        """Landscape sheet of 2019: code at the top left, two columns of labels spread to one width."""
        k.vz, m = 1, bits(k)
        emblem(g, g.w / 2, 24, 9, "#c0392b")
        T(g, g.w / 2, 46, "营业执照" if k.chance(0.8) else "营 业 执 照", 15, "mm", k.tf, tcol, 5)
        T(g, g.w / 2, 59, sub, 4.6, "mm", k.lf) if sub else None
        x0 = 22
        if k.chance(0.7):
            T(g, x0, 30, k("统一社会信用代码", "统一社会信用代码"), 3.8, "lm", k.lf)
            val(g, k, x0, 37, 70, m["us"], 4.6, 1, fo="sansb")
        else:
            kv(g, k, x0, 62, "统一社会信用代码|统一社会信用代码|社会信用代码", m["us"], 4.2, 0, 90, 1)
        g.qr(g.w - 52, 20, 26, "https://gsxt.example/" + c.uscc)
        T(g, g.w - 39, 50, k("扫描二维码登录“国家企业信用信息公示系统”", "扫描市场主体身份码了解更多登记信息"), 2.0, "mm", k.lf, w=44)
        k.just, s, st = k.chance(0.8), k(4.2, 4.5), k(12.5, 13.5)
        lw = k(24, 26)
        y = 78
        k.colon = k("", "", "：")
        for q, n in (("n", 2), ("t", 1), ("b", 1), ("s", 5)):
            y = kv(g, k, x0, y, L_[q], m[q], s, lw, 130, n, lh=1.5) + st
        y2 = 78
        for q in ("c", "d", "y", "a") if k.chance(0.4) else ("c", "d", "a"):
            y2 = kv(g, k, 164, y2, L_[q], m[q], s, lw, 112, 3, lh=1.5) + st
        issue(g, k, m, 176, max(y2 + 8, 148), 90, 4.8)
        note(g, k, 196)

    def mid(g, k):
        """Portrait sheet of 2014 to 2018: one column."""
        k.vz, m = 1, bits(k)
        emblem(g, 105, 32, 11, "#c0392b")
        T(g, 105, 60, k("营业执照", "营 业 执 照", "营业执照"), 15, "mm", k.tf, tcol, k(2, 5))
        T(g, 105, 73, sub, 4.8, "mm", k.lf) if sub else None
        kv(g, k, k(24, 70), 83, k("统一社会信用代码", "统一社会信用代码", "注册号/统一社会信用代码"), m["us"], 4.4, 0, 118, 1)
        k.just, s = k.chance(0.7), k(4.6, 5.0)
        k.colon = k("", "", "：")
        y, x, lw = 98, 32, k(30, 34)
        order = ["n", "t", "a", "b", "c", "d", "y", "s"]
        if k.chance(0.3):
            order = ["n", "t", "b", "a", "s", "c", "d"]
        for q in order:
            y = kv(g, k, x, y, L_[q], m[q], s, lw, 146, 5, lh=1.45) + k(12, 13.5)
        if k.chance(0.4) and y < 222:
            g.qr(30, 232, 24, "https://gsxt.example/" + c.uscc)
        issue(g, k, m, 112, max(y + 4, 232), 80, 4.8)
        note(g, k, 280)

    def shop(g, k):
        """Licence of a person in trade."""
        k.vz, m = 1, bits(k)
        emblem(g, g.w / 2, 24, 9, "#c0392b")
        T(g, g.w / 2, 46, k("个体工商户营业执照", "营业执照", "营业执照"), 12, "mm", k.tf, tcol, 2)
        T(g, g.w / 2, 58, sub, 4.6, "mm", k.lf) if sub else None
        kv(g, k, 24, 68, k("统一社会信用代码", "注册号", "统一社会信用代码（注册号）"), m["us"], 4.4, 0, 130, 1)
        s, y, land = 4.7, 82, g.w > g.h
        st = 12 if land else 18
        if k.chance(0.5):
            r = [[k.L(L_["n"]), m["n"], k.L("组成形式|经营形式"), V("个人经营")], [k.L(L_["b"]), m["b"], k.L(L_["c"]), m["c"]]]
            r += [[k.L(L_["a"]), m["a"], None, None], [k.L(L_["d"]), m["d"], "类型", m["t"]], [k.L(L_["s"]), m["s"], None, None]]
            W = g.w - 48
            y = tab(g, k, 24, 76, [W * 0.14, W * 0.42, W * 0.16, W * 0.28], r, 4.3, st, al="l")
        else:
            for q, v in (("n", m["n"]), ("x", V("个人经营")), ("b", m["b"]), ("a", m["a"]), ("c", m["c"]), ("d", m["d"]), ("s", m["s"])):
                y = kv(g, k, 32, y, L_.get(q, "组成形式|类型"), v, s, 30, g.w - 64, 3) + st * 0.86
        issue(g, k, m, g.w - 110, min(g.h - 32, y + 6), 86, 4.6)
        note(g, k, g.h - 13)

    def old(g, k):
        """Before the one code: number of registration, labels with colons in one column."""
        k.vz, m = 1, bits(k)
        emblem(g, g.w / 2, 26, 10, "#c0392b")
        T(g, g.w / 2, 50, k("企业法人营业执照", "营业执照", "企业法人营业执照"), 12, "mm", k.tf, tcol, 2)
        T(g, g.w / 2, 62, sub, 4.6, "mm", k.lf) if sub else None
        s, st = 4.6, k(11, 12)
        land = g.w > g.h
        y = 76
        r = [
            (k("注册号|注册号", "注册号/信用代码|注册号（统一社会信用代码）"), m["us"]),
            ("名称|企业名称|名 称", m["n"]),
            ("住所|住 所", m["a"]),
            ("法定代表人姓名|法定代表人|法定代表人姓名", m["b"]),
            ("注册资本|注册资金|注册资本", m["c"]),
            ("实收资本", V(cap)),
            ("公司类型|企业类型|经济性质", m["t"]),
            ("经营范围|经营范围", m["s"]),
            ("成立日期|成立日期", m["d"]),
            ("营业期限|经营期限", m["y"]),
        ]
        if land:
            far = []
            for i, h in enumerate((r[:5], r[5:])):
                yy = y
                for a, v in h:
                    yy = kv(g, k, 24 + 128 * i, yy, a, v, 4.3, 34, 120, 4) + st
                far.append(yy)
            y = max(far)
        else:
            for a, v in r:
                y = kv(g, k, 30, y, a, v, s, 36, 150, 4) + st
        issue(g, k, m, g.w - 104, min(g.h - 34, y + 8), 80, 4.6)
        if k.chance(0.5):
            T(g, 24, g.h - 14, k("年检情况：", "须知：《企业法人营业执照》是企业法人资格和合法经营的凭证。"), 3.2, "lm", k.lf)

    def e_cert(g, k):
        """Printout of the electronic licence."""
        k.vz, m = 1, bits(k)
        T(g, 105, 30, k("电子营业执照", "营业执照（电子）", "营业执照"), 11, "mm", "sansb", tcol, 1)
        T(g, 105, 42, k("（电子营业执照打印件）", "仅供办理公安业务使用", "（副本）"), 4, "mm", k.lf, GREY)
        k.just = False
        rows = [("统一社会信用代码|信用代码", m["us"])] + [(L_[q], m[q]) for q in ("n", "t", "b", "c", "d", "a", "y", "s")]
        rows += [("登记机关|登记机关", m["o"]), ("核准日期|登记日期|发照日期", m["i"])]
        if k.chance(0.5):
            y = tab(g, k, 22, 52, [42, 124], [[k.L(a), v] for a, v in rows], 4.1, 13, al="l")
        else:
            y = 58
            for a, v in rows:
                y = kv(g, k, 26, y, a, v, 4.2, 40, 156, 4) + 13
        y = min(y, 246)
        g.qr(26, y + 4, 28, "https://elic.example/" + c.uscc)
        T(g, 60, y + 14, k("下载打印时间：", "打印时间：") + iso(c.today) + " 15:20:31", 3.4, "lm", "sans", GREY)
        T(g, 60, y + 21, k("请使用电子营业执照小程序扫码验证", "电子营业执照与纸质营业执照具有同等法律效力"), 3.4, "lm", "sans", GREY)
        g.seal(168, y + 10, org, 17, 0.6)

    fn = dict(new=new, mid=mid, shop=shop, old=old, e=e_cert)[way]
    land = way == "new" or (way in ("shop", "old") and K.chance(0.5))
    o = dict(lf=K(*SONG, *HEI), vf=K("kai", "song", "serif", "sans", "ming", "wenkai"), sh=None, iss=iss)
    fr = None if way == "e" else K(fcol, fcol, None)
    return [
        ("front", a4(K, dpi, fn, land, fr, K(None, ("#f3e6c8", None), ("#f0e4d8", "#e8ecd8")), bg=K("#fefcf5", "#fffdf4", "#ffffff"), **o))
    ]


WORK = dict(social_insurance=social_insurance, business_license=business_license)
