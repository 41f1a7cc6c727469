"""Pages nobody asked for of the tuning profile `hand`: most of them share titles, labels, numbers or words with papers that are asked for.

For TUNING only. It needs the generator's folder and this folder on the path. None carries fields; no truth but the text. `LAYOUTS`
lists the layouts, `draw(layout, c, dpi, R)` draws one of them, `other(c, dpi, R)` any.
"""

# ruff: noqa: UP031 - percent forms stay short and readable in tables of wordings

from base import cn
from hand_forms import C, Doc, ticks, up


def code(R, head, n):
    return head + "".join(str(R.randint(0, 9)) for _ in range(n))


def money(v):
    return "%.2f" % v


# ---------- forms of other offices and firms ----------
def member(D, c):
    K, L = D.K, D.lab
    D.put(card=code(D.R, K("VIP", "No.", "M"), 8), mail="u%d@example.com" % D.R.randint(100, 9999))
    rows = [
        [L("会员姓名|姓名|客户姓名"), "{name}", L("性别"), D.sexm(), D.photo(3)],
        [L("出生日期|生日"), "{birth}", L("会员卡号|卡号"), "{card}"],
        [L("身份证号|证件号码|身份证号码"), C("{id}", 3)],
        [L("联系电话|手机号码"), "{phone}", L("电子邮箱"), C("{mail}", 2)],
        [L("家庭住址|联系地址|住址"), C("{addr}", 4)],
        [L("会员类别|会员级别"), C(ticks(["普通会员", "银卡会员", "金卡会员", "钻石会员"], K("银卡会员", "金卡会员")), 4)],
        [L("兴趣爱好"), C(ticks(["游泳", "瑜伽", "羽毛球", "器械", "舞蹈"], [K("游泳", "瑜伽"), "器械"]), 4)],
        [
            L("会员承诺|会员须知"),
            C(
                K("本人自愿加入，遵守会员章程，会员卡仅限本人使用。", "会费一经缴纳不予退还，转让须办理手续。")
                + "\n　　会员签名：{sign~}　　日期：{date}",
                4,
            ),
        ],
    ]
    t = K("会员登记表", "会员入会申请表", "健身俱乐部会员登记表", "图书馆读者登记表", "商会会员登记表", "会员资料卡")
    return [
        D.title(t),
        ("sub", K("", c.city_ + "健身中心", c.city_ + "图书馆")) if K.chance(0.5) else None,
        D.tab([3.2, 4, 3, 3.4, 3.6], rows),
    ]


def onboard(D, c):
    K, L = D.K, D.lab
    D.put(
        dep=K("生产部", "行政部", "销售部", "财务部"),
        sch=c.univ,
        maj=c.major,
        bank=code(D.R, "6217", 15),
        native=c.prov,
        rel="配偶",
        q=c.q.name,
        qp=c.q.phone,
    )
    rows = [
        [L("姓名|员工姓名"), "{name}", L("性别"), D.sexm(), L("民族"), "{nation}", D.photo(4)],
        [L("出生年月|出生日期"), "{birth}", L("籍贯"), "{native}", L("学历|文化程度"), "{edu}"],
        [L("身份证号码|身份证号"), C("{id}", 3), L("手机|联系电话"), "{phone}"],
        [L("现住址|家庭住址"), C("{addr}", 5)],
        [L("入职部门|部门"), C("{dep}", 2), L("岗位|职位"), C("{job}", 3)],
        [L("毕业院校|毕业学校"), C("{sch}", 2), L("专业|所学专业"), C("{maj}", 3)],
        [L("工资卡号|银行账号"), C("{bank}", 3), L("紧急联系人"), C("{q}　{qp}", 2)],
        [up("工作经历", 3), C(L("起止时间"), 2, kind="l"), C(L("工作单位|单位名称"), 2, kind="l"), C(L("职务|离职原因"), 2, kind="l")],
        [C("{t1}", 2), C("{c2}", 2), C("{job}", 2)],
        [C("", 2), C("", 2), C("", 2)],
        [L("提交资料|入职资料"), C(ticks(["身份证复印件", "学历证书", "体检表", "离职证明", "照片"], ["身份证复印件", "学历证书"]), 6)],
        [L("员工声明|本人声明"), C("以上内容属实，如有隐瞒，公司可解除劳动合同。\n　　员工签名：{sign~}　　日期：{date}", 6)],
        [L("部门意见"), C("同意录用。", 3), L("人事意见"), C("\n", 2)],
    ]
    D.put(t1="2019.03—2023.06", c2=c.company2)
    return [
        D.title(K("入职登记表", "新员工入职登记表", "员工信息登记表", "应聘人员登记表", "员工履历表", "职工档案信息表")),
        D.txt(K("公司名称", "单位") + "：" + c.company, k=0.95),
        D.tab([3, 3, 2.2, 3, 2.6, 3, 3.6], rows),
    ]


def checkup(D, c):
    K, L = D.K, D.lab
    D.put(
        bk=code(D.R, "TJ", 10),
        pk=K("入职体检套餐", "驾驶员体检套餐", "常规体检A", "婚前检查"),
        tm="%d:%02d—%d:%02d" % (8, 0, 10, 30),
        fee=money(D.R.randint(80, 900)),
    )
    t = K("体检预约单", "健康体检预约单", "体检引导单", "体检预约凭证", "健康检查预约登记单")
    body = "\n".join(
        [
            L("预约号|预约编号|体检编号") + "：{bk}",
            L("姓名|受检人|体检人姓名") + "：{name_8}　" + L("性别") + "：{sex}",
            L("身份证号|证件号码") + "：{id_15}",
            L("联系电话|手机") + "：{phone_10}",
            L("体检套餐|套餐名称") + "：{pk}",
            L("预约日期|体检日期") + "：{date}　" + L("时间段") + "：{tm}",
            L("体检费用|应付金额") + "：{fee}元",
        ]
    )
    items = D.R.sample(
        ["身高体重", "血压", "视力、辨色力", "听力", "血常规", "尿常规", "胸部X光", "心电图", "腹部彩超", "躯干、四肢检查"], K(5, 6, 7)
    )
    g = (
        "grid",
        ["项目", "科室", "地点", "医师签字"],
        [[x, K("内科", "外科", "检验科", "放射科"), "%d楼%d室" % (K(1, 2, 3), D.R.randint(101, 130)), ""] for x in items],
        [4, 3, 3, 3],
    )
    tips = ["体检前一天清淡饮食，晚上10点后禁食。", "请携带本人身份证原件，穿着宽松衣物。", "孕期女性请提前告知医务人员。"]
    return [
        D.title(t, en=K("", c.city_ + " Health Center")),
        D.txt(body, lead=2.1),
        ("gap", 2),
        g,
        ("gap", 2),
        D.txt("温馨提示：" + "".join(tips), k=0.9),
    ]


def flyer(D, c):
    K = D.K
    y = c.today[0]
    bl = [
        (
            "banner",
            K("%d年城乡居民医疗保险开始缴费啦" % y, "灵活就业人员参保政策问答", "社会保险 惠及你我", "参保缴费 全民健康"),
            K("#1f6fb5", "#2c7a3a", "#b01c22"),
            {"size": 9},
        )
    ]
    bl += [D.txt(K("各位居民朋友：", "尊敬的参保人："), k=1.15)]
    qs = [
        ("谁可以参保？", "未参加城镇职工基本医疗保险的城乡居民、在校学生、新生儿均可参保。"),
        ("缴费标准是多少？", "个人缴费每人每年%d元，财政补助每人每年%d元。" % (D.R.randint(32, 45) * 10, D.R.randint(64, 72) * 10)),
        ("怎样缴费？", "可通过手机银行、微信、支付宝或者到社区服务站凭身份证、户口簿缴费。"),
        ("需要什么材料？", "首次参保携带居民身份证或户口簿、居住证原件；新生儿携带出生医学证明。"),
        ("怎样查询参保缴费记录？", "登录社会保险网上服务平台，可打印参保缴费证明、个人权益记录。"),
        ("断缴有什么影响？", "未连续参保的，设置固定待遇等待期三个月。"),
    ]
    for q, a in D.R.sample(qs, K(4, 5, 6)):
        bl += [("head", "◆ " + q if K.chance(0.2) else K("问：", "Q：", "") + q), D.txt(K("答：", "", "") + a, indent=2)]
    bl += [
        ("gap", 3),
        D.txt("咨询电话：12333　　" + c.city_ + "医疗保障局　宣", al="c"),
        ("qr", "https://example.com/yb", {"size": 24, "side": "r", "note": "扫码缴费"}) if K.chance(0.6) else None,
    ]
    return bl, {"bg": K("#ffffff", "#fff8ec", "#eef7ee")}


def driving_school(D, c):
    K, L = D.K, D.lab
    D.put(stu=code(D.R, "", 10), cls=c.dl_class[:2], coach=c.boss.name, plate=c.plate[:-1] + "学")
    rows = []
    for _i in range(K(8, 10, 12)):
        rows.append(
            [
                "%d.%02d" % (D.R.randint(1, 12), D.R.randint(1, 28)),
                K("科目一", "科目二", "科目三"),
                K("倒车入库", "侧方停车", "坡道起步", "曲线行驶", "夜间灯光", "理论学习"),
                "%d" % D.R.randint(1, 4),
                "%d" % D.R.randint(2, 30),
                "",
            ]
        )
    top = [
        [L("学员姓名|姓名"), "{name}", L("性别"), "{sex}", D.photo(3)],
        [L("学员编号|档案编号"), "{stu}", L("培训车型|准驾车型"), "{cls}"],
        [L("身份证号|证件号码"), C("{id}", 2), "{phone}"],
    ]
    return [
        D.title(K("机动车驾驶员培训记录", "驾驶培训教学日志", "学员培训记录卡", "驾校学员学时登记表", "机动车驾驶培训记录表")),
        ("sub", c.city_ + K("安达", "顺达", "平安", "畅通") + "驾驶培训学校"),
        D.tab([3, 4.4, 3, 4.4, 3], top),
        ("grid", ["日期", "阶段", "培训内容", "学时", "里程(km)", "教练签字"], rows, [2, 2, 4, 2, 2, 3]),
        D.txt("教练员：{coach~}　　教练车：{plate}　　结业日期：______", lead=2.2),
        D.txt(K("结业意见：培训学时已满，成绩合格，准予结业考核。", "注：本记录须由学员和教练员共同签字。"), k=0.95),
    ]


def car_service(D, c):
    K, L = D.K, D.lab
    D.put(plate=c.plate, vin=c.vin, car=c.car, eng=c.engine, km="%d" % D.R.randint(3000, 120000), no_=code(D.R, K("WX", "BY", "GD"), 9))
    rows, tot = [], 0
    for x in D.R.sample(
        ["机油（4L）", "机油滤清器", "空气滤清器", "空调滤清器", "刹车油", "四轮定位", "工时费", "火花塞", "轮胎换位", "防冻液"], K(4, 5, 6)
    ):
        v, q = D.R.randint(3, 60) * 10, K(1, 1, 2, 4)
        tot += v * q
        rows.append([x, "%d" % q, money(v), money(v * q)])
    top = [
        [L("车主姓名|客户名称|车主"), "{name}", L("联系电话|手机"), "{phone}"],
        [L("车牌号码|车牌号|号牌号码"), "{plate}", L("车型|品牌型号"), "{car}"],
        [L("车架号|VIN码|车辆识别代号"), "{vin}", L("发动机号"), "{eng}"],
        [L("行驶里程"), "{km}公里", L("进厂日期|送修日期"), "{date}"],
    ]
    return [
        D.title(K("车辆保养单", "汽车维修结算单", "保养工单", "车辆维护保养记录单", "机动车维修结算清单", "售后服务工单")),
        D.txt("工单号：{no_}", al="r", k=0.9),
        D.tab([3, 5, 3, 5], top),
        ("grid", ["项目名称", "数量", "单价(元)", "金额(元)"], rows, [6, 2, 3, 3]),
        D.txt("合计：人民币%s元　　下次保养里程：%d公里" % (money(tot), D.R.randint(10, 150) * 1000), lead=2.2),
        D.txt("客户签字：{sign~}　　服务顾问：{boss~}", lead=2.2),
        ("foot", K("温馨提示：请按时年检，及时更换检验合格标志。", "质量保证期：二级维护出厂之日起5000公里或30日。")),
    ]


def passport_ad(D, c):
    K = D.K
    docs = D.R.sample(
        [
            "护照翻译",
            "驾驶证翻译",
            "户口簿翻译",
            "结婚证翻译",
            "毕业证、学位证翻译",
            "出生医学证明翻译",
            "营业执照翻译",
            "无犯罪记录公证翻译",
        ],
        K(4, 5, 6),
    )
    return [
        ("title", K("专业证件翻译", "出国翻译 盖章有效", "护照翻译 签证代办", "驾照翻译 立等可取"), {"size": 13, "al": "c"}),
        ("sub", K("PASSPORT · VISA · TRANSLATION", "Certified Translation Services"), {"k": 1.3}),
        ("gap", 4),
        *[D.txt(x + "　" + "%d元/份" % (D.R.randint(5, 20) * 10), k=1.5, al="c") for x in docs],
        ("gap", 4),
        D.txt("政府认可翻译资质，加盖中英文翻译专用章，附译者宣誓词。普通护照、往来港澳通行证、台湾通行证均可加急。", indent=2, k=1.2),
        D.txt("电话：" + c.q.phone + "（微信同号）\n地址：" + c.p.addr, k=1.2, lead=2),
        ("qr", "https://example.com/fy", {"size": 30, "side": "r"}) if K.chance(0.6) else None,
    ], {"bg": K("#ffffff", "#fffbe0", "#eaf3fb")}


def bank_open(D, c):
    K, L = D.K, D.lab
    firm = K.chance(0.4)
    D.put(acct=code(D.R, "4400", 15), card=code(D.R, "6222", 15), br=c.city_ + K("支行", "中山路支行", "高新支行"))
    if firm:
        rows = [
            [L("存款人名称|存款人"), C("{company}", 3)],
            [L("地址|注册地址"), C("{coaddr}", 3)],
            [L("统一社会信用代码|证明文件编号"), "{uscc}", L("法定代表人|单位负责人"), "{boss}"],
            [L("经办人|授权经办人"), "{name}", L("证件号码"), "{id}"],
            [L("账户性质"), C(ticks(["基本", "一般", "专用", "临时"], "基本"), 3)],
            [L("开户银行"), "{br}", L("账号"), "{acct}"],
            [L("申请人声明"), C("本存款人申请开立单位银行结算账户，并承诺所提供的开户资料真实、有效。\n　（公章）　　　年　月　日", 3)],
            [L("开户银行审核意见"), C("同意开立。经办人：{boss~}", 3, h=4)],
        ]
    else:
        rows = [
            [L("客户姓名|姓名|户名"), "{name}", L("性别"), D.sexm()],
            [L("证件类型"), "居民身份证", L("国籍"), "中国"],
            [L("证件号码|身份证号码"), C("{id#}", 3)],
            [L("联系电话|手机号码"), "{phone}", L("职业"), "{job}"],
            [L("联系地址|通讯地址"), C("{addr}", 3)],
            [
                L("申请业务|业务种类"),
                C(ticks(["开立账户", "网上银行", "手机银行", "短信通知", "换卡", "挂失"], ["开立账户", "手机银行"]), 3),
            ],
            [L("卡号|账号"), C("{card}", 3)],
            [L("税收居民身份"), C(ticks(["仅为中国税收居民", "仅为非居民", "既是中国又是其他国家税收居民"], "仅为中国税收居民"), 3)],
            [L("客户声明|客户确认"), C("本人已阅读并同意《个人结算账户管理协议》，所填内容真实。\n　客户签名：{sign~}　　日期：{date}", 3)],
        ]
    t = (
        K("开立单位银行结算账户申请书", "单位银行账户开户申请书")
        if firm
        else K("个人银行结算账户开户申请书", "银行开户申请书", "个人业务开户申请表", "个人客户业务申请书")
    )
    return [D.title(t), D.tab([3.4, 5, 3.2, 5], rows), ("foot", "第一联：银行留存　第二联：客户留存")]


def school_card(D, c):
    K, L = D.K, D.lab
    k = c.child
    D.put(
        kn=k.name,
        ks=k.sex,
        kb=D.dt(None, k.dob),
        kid=k.idno,
        kno=code(D.R, "G" + c.p.region, 10),
        f=c.p.name,
        m=c.q.name,
        fp=c.p.phone,
        mp=c.q.phone,
        nat=k.nation + "族",
    )
    rows = [
        [L("学生姓名|姓名"), "{kn}", L("性别"), "{ks}", L("民族"), "{nat}", D.photo(4)],
        [L("出生日期|出生年月"), C("{kb}", 2), C(L("学籍号"), 1), C("{kno}", 2)],
        [L("身份证号|公民身份号码"), C("{kid}", 5)],
        [L("家庭住址|户籍地址"), C("{addr}", 5)],
        [L("家长姓名|监护人"), C("{f}", 2), L("联系电话"), C("{fp}", 3)],
        [L("家长姓名|监护人"), C("{m}", 2), L("联系电话"), C("{mp}", 3)],
        [L("健康状况"), C(K("良好", "健康"), 2, kind="v"), L("入学方式"), C("就近入学", 3, kind="v")],
    ]
    g = (
        "grid",
        ["学年", "年级班", "语文", "数学", "英语", "操行"],
        [
            [
                "%d—%d" % (2023 + i, 2024 + i),
                "%s年级（%d）班" % ("一二三"[i], K(1, 2, 3)),
                str(D.R.randint(70, 100)),
                str(D.R.randint(70, 100)),
                str(D.R.randint(70, 100)),
                K("优", "良"),
            ]
            for i in range(K(2, 3))
        ],
        [3, 4, 2, 2, 2, 2],
    )
    return [
        D.title(K("学籍卡", "小学生学籍卡片", "学生学籍登记卡", "义务教育学籍卡", "学生成长档案卡")),
        D.tab([3, 3, 2, 2.4, 2.4, 3, 4], rows),
        g,
        D.txt("班主任：{boss~}　　填卡日期：{date}", lead=2.2),
    ]


def volunteer(D, c):
    K, L = D.K, D.lab
    D.put(vn=code(D.R, c.p.region, 10), org=c.city_ + K("志愿服务联合会", "青年志愿者协会", "红十字会"))
    t = "\n".join(
        [
            L("姓名") + "：{name}",
            L("性别") + "：{sex}",
            L("编号|证号|志愿者编号") + "：{vn}",
            K("服务队", "所属组织") + "：" + K("社区平安志愿队", "交通文明劝导队", "图书馆服务队"),
            L("发证日期|有效期") + "：{date}",
        ]
    )
    ph = {"side": K("l", "r"), "w": 24, "h": 32}
    left = [D.txt(t, lead=2.0)]
    pic = [("hf_tab", [1], [[C("", 1, 1, kind="photo", h=9)]], D.fm, {"minh": 8})]
    parts = [pic, left] if ph["side"] == "l" else [left, pic]
    sh = [0.3, 0.7] if ph["side"] == "l" else [0.7, 0.3]
    return [
        ("title", K("志愿者证", "志愿服务证", "注册志愿者证", "平安志愿者证"), {"size": 8, "col": "#b01c22", "al": "c"}),
        ("cols", parts, {"share": sh, "gap": 3}),
        ("sub", D.fm["org"].text),
    ], {"w": 105, "h": 74, "paper": "card", "margin": 6, "s0": 3.6, "bg": K("#ffffff", "#fdeeee", "#eaf6ea")}


def work_card(D, c):
    K, L = D.K, D.lab
    D.put(wn=code(D.R, K("", "A", "GH"), 5), dep=K("行政部", "工程部", "安保部", "综合科"))
    t = "\n".join([L("姓名") + "：{name}", L("部门") + "：{dep}", L("职务|岗位") + "：{job}", L("工号|编号") + "：{wn}"])
    return [
        ("title", c.company, {"size": 5, "al": "c"}),
        ("title", K("工作证", "工 作 证", "员工证", "出入证", "上岗证"), {"size": 9, "col": K("#1f6fb5", "#161618", "#b01c22"), "al": "c"}),
        ("hf_tab", [2, 3, 2], [["　", C("", 1, 1, kind="photo", h=10), "　"]], D.fm, {"minh": 9}) if K.chance(0.7) else ("gap", 2),
        D.txt(t, lead=2.0, al=K("l", "c")),
        ("sub", K("凭此证出入", "请妥善保管，不得转借", "有效期至%d年12月" % (c.today[0] + 1)), {"k": 0.8}),
    ], {"w": 74, "h": 105, "paper": "card", "margin": 6, "s0": 3.8, "bg": K("#ffffff", "#eaf3fb")}


def loss_ads(D, c):
    """A column of small advertisements in a newspaper."""
    K, R = D.K, D.R

    def one():
        return K(
            c.company + "遗失营业执照正、副本，统一社会信用代码" + c.uscc + "，现登报作废。",
            c.p.name + "遗失机动车驾驶证，档案编号" + c.dl_file + "，特此公告。",
            c.q.name + "不慎遗失居民身份证，号码" + c.q.idno[:6] + "********" + c.q.idno[-4:] + "，声明原证作废。",
            c.company2 + "遗失公章一枚，编号" + code(R, "", 13) + "，声明作废。",
            "车牌号" + c.plate + "遗失道路运输证，证号" + code(R, "", 12) + "，现予公告。",
            c.child.name + "遗失出生医学证明，编号" + c.bc_no + "，登报作废。",
            c.company2 + "经股东会决议拟注销，请债权人自公告之日起45日内申报债权。",
            c.company + "经研究决定将注册资本由%d万元减至%d万元，特此公告。" % (c.capital * 2, c.capital),
            "招聘：" + c.company2 + "招聘" + c.job + "数名，月薪%d元起，电话" % c.wage + c.boss.phone + "。",
        )

    def col(n):
        out = []
        for t in dict.fromkeys(one() for _ in range(n)):
            out += [("head", K("公告", "遗失公告", "注销公告", "启事", "减资公告"))] if K.chance(0.5) else []
            out += [D.txt(t, k=0.85, lead=1.55), ("rule", {"lw": 0.15})]
        return out

    n = K(2, 3)
    return [
        ("row", c.city_ + K("日报", "晚报", "商报"), cn(c.today) + "　第%02d版" % R.randint(2, 16)),
        ("rule", {"lw": 0.8}),
        ("title", K("分类广告", "公告·启事", "便民信息", "广告专栏"), {"size": 9, "al": "c"}),
        ("cols", [col(K(6, 8, 9)) for _ in range(n)], {"gap": 5, "rule": True}),
    ], {"bg": K("#f4f1e8", "#ffffff", "#efede6")}


def wedding(D, c):
    K = D.K
    a, b = (c.p, c.q) if c.p.sex == "男" else (c.q, c.p)
    return [
        ("gap", 10),
        ("title", K("请　柬", "结婚请柬", "囍", "喜　帖"), {"size": 16, "col": "#b01c22", "al": "c"}),
        ("gap", 8),
        D.txt(K("送呈________先生/女士 台启", "敬邀________光临"), k=1.2, al="c"),
        D.txt(
            K("谨定于公历", "兹订于")
            + cn(c.today)
            + K("（星期%s）" % K("六", "日"), "")
            + "为"
            + K("新郎 ", "小儿 ")
            + a.name
            + " "
            + K("新娘 ", "小女 ")
            + b.name
            + " "
            + K("举行结婚典礼，敬备喜筵，恭请光临。", "喜结良缘，敬备喜宴，恭请阖家光临。"),
            indent=2,
            k=1.35,
            lead=2.3,
        ),
        D.txt(
            "席设："
            + c.city_
            + K("湖畔", "锦绣", "凤凰")
            + "大酒店"
            + K("二楼宴会厅", "三楼百合厅")
            + "\n时间："
            + K("中午十二时", "下午六时零八分"),
            k=1.2,
            lead=2.2,
        ),
        D.txt(a.name + "　" + b.name + "　" + K("敬邀", "谨订", "鞠躬"), k=1.3, al="r"),
    ], {"bg": K("#fdecec", "#fff6e6", "#ffffff"), "w": K(210, 150), "h": K(210, 220), "fill": 1}


def house_intent(D, c):
    K = D.K
    idw = K("身份证号", "身份证号码", "公民身份号码")
    D.put(area="%.2f" % (D.R.randint(4500, 15000) / 100), price="%d" % (D.R.randint(60, 500)), ea="%d" % K(1, 2, 5), hn=code(D.R, "", 8))
    tx = [
        "出售方（甲方）：{name}　" + idw + "：{id}",
        "意向买受方（乙方）：{q}　" + idw + "：{qid}",
        "甲乙双方就不动产买卖事宜达成以下意向：",
        "一、甲方有意将坐落于{addr}的房屋出售给乙方，建筑面积{area}平方米，不动产权证号{hn}。",
        "二、意向成交价为人民币{price}万元整，最终以正式合同为准。",
        "三、乙方于本意向书签订当日向甲方支付意向金人民币{ea}万元。",
        "四、甲方承诺该房屋产权清晰，户口于过户前迁出。",
        "五、双方应于三十日内签订正式的房屋转让文件，逾期本意向书自动失效。",
        "六、本意向书一式两份，双方签字后生效。",
    ]
    return [
        D.title(K("不动产买卖意向书", "房屋买卖意向书", "购房意向书", "房屋认购意向书"), 9),
        ("gap", 4),
        *[D.txt(t, indent=2 if i > 1 else 0, lead=2.1) for i, t in enumerate(tx)],
        ("gap", 6),
        (
            "cols",
            [
                [D.txt("甲方（签字）：{sign~}\n电话：{phone}\n{date}", lead=2.2)],
                [D.txt("乙方（签字）：{q~}\n电话：{qphone}\n{date}", lead=2.2)],
            ],
        ),
    ]


def exam_ticket(D, c):
    K, L = D.K, D.lab
    D.put(
        en=code(D.R, c.p.region, 8),
        room="%02d" % D.R.randint(1, 40),
        seat="%02d" % D.R.randint(1, 30),
        site=c.city_ + K("第一中学", "实验学校", "职业技术学院"),
        lvl=K("英语四级", "会计初级", "教师资格", "计算机二级", "专业技术资格"),
    )
    rows = [
        [L("姓名|考生姓名"), "{name}", L("性别"), "{sex}", D.photo(4)],
        [L("准考证号|考号"), C("{en}", 3)],
        [L("证件号码|身份证号"), C("{id}", 3)],
        [L("考场号"), "{room}", L("座位号"), "{seat}"],
        [L("考点名称|考试地点"), C("{site}", 4)],
        [L("考试科目|报考级别"), C("{lvl}", 4)],
        [L("考试时间"), C("%s 9:00—11:30" % cn(c.today), 4, kind="v")],
    ]
    tips = [
        "考生须凭准考证和有效居民身份证原件入场，缺一不可。",
        "开考15分钟后不得入场。",
        "严禁携带手机等通信工具进入考场。",
        "考试结束前30分钟方可交卷。",
        "本人承诺遵守考试规则，如有违纪，接受处理。",
    ]
    return [
        D.title(K("准考证", "准 考 证", "考试准考证", "全国统一考试准考证", "职业资格考试准考证")),
        D.tab([3, 4, 2.6, 3.4, 4.4], rows),
        ("gap", 3),
        ("head", "考生须知"),
        *[D.txt("%d.%s" % (i + 1, t)) for i, t in enumerate(tips[: K(3, 4, 5)])],
    ]


def payment(D, c):
    K, L = D.K, D.lab
    v = D.R.randint(1, 40) * 50
    D.put(pn=code(D.R, c.p.region[:4], 12), v=money(v), org=c.p.org, acc=code(D.R, "", 19), ex=code(D.R, "", 8))
    rows = [
        [up("付款人", 3), L("全称|名称"), "{name}", up("收款人", 3), L("全称|名称"), c.city_ + "财政局"],
        [L("账号"), "", L("账号"), "{acc}"],
        [L("开户银行"), "", L("开户银行"), K("示例银行", "商业银行")],
        [C("币种：人民币　金额（大写）：" + K("伍佰元整", "贰佰元整", "壹仟元整"), 3, kind="v"), C("（小写）{v}", 3)],
        [C(L("项目编码"), 2), L("收入项目名称"), C(L("数量"), 2), L("金额")],
        [C("{ex}", 2), K("居民身份证工本费", "机动车号牌工本费", "交通违法罚款", "出入境证件费", "驾驶考试费"), C("1", 2, kind="v"), "{v}"],
    ]
    return [
        D.title(K("非税收入一般缴款书", "政府非税收入缴款通知书", "一般缴款书（收据）", "非税收入缴款书"), 8),
        ("cols", [[D.txt("执收单位：{org}", k=0.9)], [D.txt("缴款码：{pn}", k=0.9, al="r")]], {"gap": 2}),
        D.tab([1.4, 2.8, 5, 1.4, 2.8, 5], rows),
        D.txt("填制日期：{date}　　经办人：{boss~}　　备注：逾期缴纳按日加收3%滞纳金", k=0.9, lead=2.1),
    ], {"w": 210, "h": K(120, 148), "margin": 12, "s0": 3.6}


def station_notice(D, c):
    K = D.K
    st = c.p.dist + K("城关", "新港", "南门", "湖滨") + "派出所"
    body = [
        "为方便辖区群众办事，我所自%s起推出便民措施，现通知如下：" % cn(c.today),
        "一、户籍窗口实行延时服务，每周六上午9:00—12:00办理居民身份证、户口迁移业务。",
        "二、开通“绿色通道”，为老年人、残疾人上门办理身份证。",
        "三、居住证签注可通过手机自助办理，无需到场。",
        "四、办理业务请携带居民身份证、户口簿原件；委托他人办理的，请提交授权委托书。",
        "五、辖区民警%s，联系电话%s，欢迎群众监督。" % (c.boss.name, c.boss.phone),
        "六、提醒广大居民：不出租、出借银行卡，谨防电信网络诈骗。",
    ]
    n = K(4, 5, 6)
    return [
        (
            "title",
            K("便民通知", "派出所便民服务公告", "温馨告知", "致辖区居民的一封信", "关于户籍窗口延时服务的通知"),
            {"size": 9, "al": "c"},
        ),
        ("gap", 5),
        D.txt("辖区居民：", k=1.1),
        *[D.txt(t, indent=2, k=1.1, lead=2.1) for t in body[:n]],
        ("gap", 5),
        D.txt(st + "\n" + cn(c.today), al="r", k=1.1, lead=2),
        ("seal", c.p.city + st, {"dx": 0.8, "r": 17, "up": 12}) if K.chance(0.5) else None,
    ]


def onetime(D, c):
    K, L = D.K, D.lab
    b = K(
        "户口迁移",
        "居民身份证换领",
        "机动车驾驶证期满换证",
        "居住证首次申领",
        "往来港澳通行证换发",
        "特种行业许可证核发",
        "易制毒化学品购买备案",
        "新生儿入户",
    )
    mats = D.R.sample(
        [
            "申请表（窗口领取或网上下载）",
            "居民身份证原件及复印件",
            "居民户口簿原件及复印件",
            "近期免冠照片2张",
            "营业执照复印件",
            "劳动合同或者参保缴费证明",
            "授权委托书（代办时）",
            "结婚证",
            "承诺书",
            "体检表",
            "房屋权属证明",
        ],
        K(4, 5, 6),
    )
    how = K.chance(0.5)
    if how:
        mid = [
            D.tab(
                [1.4, 8, 3, 3],
                [[L("序号"), L("材料名称"), L("份数"), L("备注")]]
                + [
                    [C(str(i + 1), kind="v"), C(x, kind="v"), C("1", kind="v"), C(K("原件", "复印件", "验原件"), kind="v")]
                    for i, x in enumerate(mats)
                ],
            )
        ]
    else:
        mid = [D.txt("☐%d.%s" % (i + 1, x), lead=2) for i, x in enumerate(mats)]
    return [
        D.title(K("一次性告知单", "办事指南一次性告知单", b + "一次性告知单", "业务办理一次告知书", "补正材料一次性告知单")),
        D.txt("事项名称：" + b + "　　办理部门：" + c.p.org, k=0.95),
        D.txt(K("您咨询的事项需要准备以下材料：", "经审查，您提交的材料不齐全，请补齐下列材料："), indent=2),
        *mid,
        ("gap", 2),
        D.txt("法定时限：%d个工作日　承诺时限：%d个工作日　收费：%s" % (20, K(3, 5, 7), K("不收费", "工本费20元")), lead=2),
        D.txt("咨询电话：%s　网址：zwfw.example.com" % c.boss.phone),
        D.txt("告知人：________　　被告知人签字：________　　{date}", lead=2.4),
    ]


def roster(D, c):
    K = D.K
    names = [c.p.name, c.q.name, c.boss.name, c.pm.name, c.driver.name]
    days = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    rows = [
        [K("户政窗口", "出入境窗口", "车管窗口", "综合窗口", "引导台", "咨询台"), *[K(*names) for _ in days]] for _ in range(K(5, 6, 8))
    ]
    return [
        D.title(K("窗口值班排班表", "%d月份排班表" % c.today[1], "工作人员值班安排表", "民警值班表", "节假日值班表")),
        ("grid", ["岗位", *days], rows, [3] + [2] * 7),
        ("gap", 3),
        D.txt("值班时间：上午8:30—12:00　下午14:00—17:30", k=0.95),
        D.txt("注：因故不能值班的，请提前一天填写调班申请，报科室负责人批准。", k=0.95),
    ], {"land": K.chance(0.6)}


def hotel(D, c):
    K, L = D.K, D.lab
    D.put(
        room="%d" % D.R.randint(201, 1820),
        rate="%d" % (D.R.randint(12, 88) * 10),
        dep="%d" % K(200, 300, 500),
        d2=D.dt(None, (c.today[0], c.today[1], min(28, c.today[2] + 2))),
    )
    rows = [
        [L("姓名\n^Name|宾客姓名\n^Guest Name"), "{name}", L("性别\n^Sex"), "{sex}", "民族\n^Nation", "{nation}"],
        [L("证件号码\n^ID No.|身份证号\n^ID Card No."), C("{id}", 3), "证件种类\n^ID Type", C("身份证", kind="v")],
        [L("住址\n^Address"), C("{addr}", 5)],
        [L("联系电话\n^Tel"), C("{phone}", 2), "房号\n^Room No.", C("{room}", 2)],
        ["入住日期\n^Arrival", C("{date}", 2), "离店日期\n^Departure", C("{d2}", 2)],
        ["房价\n^Rate", C("{rate}元/晚", 2), "押金\n^Deposit", C("{dep}元", 2)],
        ["付款方式\n^Payment", C(ticks(["现金", "银行卡", "微信", "支付宝"], K("现金", "微信", "支付宝")), 5)],
    ]
    return [
        D.title(
            K("旅客入住登记单", "酒店入住登记表", "宾客住宿登记单", "临时住宿登记单", "旅馆住宿登记表"),
            en="REGISTRATION FORM OF TEMPORARY RESIDENCE",
        ),
        D.tab([3, 3.4, 2.4, 2.8, 2.8, 3], rows),
        D.txt("请留意：贵重物品请寄存前台，退房时间为中午12:00。访客须登记并于23:00前离开。", k=0.9),
        D.txt("宾客签名：{sign~}　　接待员：{boss~}", lead=2.3),
    ], {"w": 210, "h": K(148, 297), "margin": 12, "s0": 3.8}


def express(D, c):
    K = D.K
    no = code(D.R, K("SF", "YT", "EM", "JD"), 13)
    D.put(no_=no)
    return [
        ("title", K("示例速运", "东湖快递", "邮政速递物流"), {"size": 6, "al": "l"}),
        ("bar", no, {"width": 70, "h": 12}),
        ("rule", {"lw": 0.5}),
        D.txt("收件：{name}　{phone}\n{addr}", k=1.2, lead=1.7),
        ("rule", {"lw": 0.3}),
        D.txt("寄件：{q}　{qphone}\n" + c.city_ + K("政务服务中心寄递窗口", "公安局出入境接待厅", c.p.dist + "人民路1号"), lead=1.6),
        ("rule", {"lw": 0.3}),
        D.txt(
            "品名："
            + K("证件", "身份证", "护照", "行驶证", "文件")
            + "　件数：1　重量：0.%d kg" % D.R.randint(1, 9)
            + "\n代收货款：0　付款方式："
            + K("到付", "寄付月结"),
            k=0.9,
        ),
        D.txt("签收人：________　签收时间：____________", k=0.9),
    ], {"w": 100, "h": K(130, 150), "paper": "card", "margin": 6, "s0": 3.4}


def vaccine(D, c):
    K, L = D.K, D.lab
    k = c.child
    D.put(kn=k.name, ks=k.sex, kb=D.dt(None, k.dob), f=c.p.name, m=c.q.name, vn=code(D.R, c.p.region, 8))
    vac = ["乙肝疫苗", "卡介苗", "脊灰疫苗", "百白破疫苗", "麻腮风疫苗", "乙脑疫苗", "A群流脑疫苗", "甲肝疫苗", "水痘疫苗"]
    rows = [
        [
            v,
            str(K(1, 2, 3)),
            "%d-%02d-%02d" % (k.dob[0] + K(0, 0, 1), D.R.randint(1, 12), D.R.randint(1, 28)),
            code(D.R, "", 8),
            K("左上臂", "右上臂", "口服"),
            c.boss.name,
        ]
        for v in vac[: K(6, 8, 9)]
    ]
    return [
        D.title(K("预防接种记录", "疫苗接种记录单", "儿童预防接种卡", "预防接种证查验记录", "接种信息登记表")),
        D.txt(
            L("儿童姓名|受种者姓名|姓名")
            + "：{kn}　"
            + L("性别")
            + "：{ks}　"
            + L("出生日期")
            + "：{kb}\n"
            + "接种证编号：{vn}　母亲姓名：{m}　父亲姓名：{f}\n"
            + L("现住址|家庭住址")
            + "：{addr}　"
            + L("联系电话")
            + "：{phone}",
            lead=2,
        ),
        ("grid", ["疫苗名称", "剂次", "接种日期", "批号", "接种部位", "接种医生"], rows, [4, 1.5, 3.4, 3, 2.6, 3]),
        D.txt("接种单位：" + c.city_ + c.p.dist + "社区卫生服务中心", lead=2.2),
    ]


def utility(D, c):
    K, L = D.K, D.lab
    D.put(hn="%d-%d-%d" % (D.R.randint(1, 20), D.R.randint(1, 4), D.R.randint(101, 2502)), area="%.2f" % (D.R.randint(5000, 16000) / 100))
    items = D.R.sample(["物业服务费", "公共水电分摊", "停车费", "生活垃圾清运费", "电梯维护费", "自来水费", "电费", "装修押金"], K(3, 4, 5))
    tot, rows = 0, []
    for x in items:
        v = D.R.randint(20, 900)
        tot += v
        rows.append([x, "%d年%d月" % (c.today[0], c.today[1]), "%.2f" % (v / 100), "100", money(v)])
    return [
        D.title(K("物业管理费缴费单", "物业缴费通知单", "催缴通知单", "水电费缴费单", "业主缴费明细单")),
        D.txt(
            L("业主姓名|户主|业主")
            + "：{name}　　房号：{hn}　　建筑面积：{area}㎡\n"
            + L("地址|住址")
            + "：{addr}　　"
            + L("电话|联系电话")
            + "：{phone}",
            lead=2,
        ),
        ("grid", ["收费项目", "计费期间", "单价", "数量", "金额（元）"], rows, [4, 3, 2, 2, 3]),
        D.txt("合计：%s元　　请于%s前缴清，逾期按日加收违约金。" % (money(tot), cn((c.today[0], c.today[1], 28))), lead=2.2),
        D.txt("%s物业服务有限公司　　收款人：{boss~}" % K("安居", "翠湖", "锦绣"), al="r", lead=2.2),
    ], {"w": 210, "h": K(148, 297), "margin": 13, "s0": 3.8}


def award(D, c):
    K = D.K
    return [
        D.txt(c.company + K("文件", "委员会文件"), k=2.0, al="c", fill="#b01c22"),
        D.txt("%s发〔%d〕%d号" % (c.company[3:5], c.today[0], D.R.randint(1, 99)), al="c"),
        ("rule", {"lw": 0.8, "col": "#b01c22"}),
        (
            "title",
            K("关于表彰先进个人的决定", "关于表彰%d年度优秀员工的决定" % c.today[0], "关于授予%s同志荣誉称号的决定" % c.p.name, "表彰决定"),
            {"size": 8, "al": "c"},
        ),
        D.txt("各部门、各单位：", k=1.1),
        D.txt(
            "%d年以来，全体干部职工爱岗敬业、勇于拼搏，涌现出一批先进典型。为树立榜样，经研究，决定授予%s、%s等同志“先进工作者”称号，予以通报表彰。"
            % (c.today[0] - 1, c.p.name, c.q.name),
            indent=2,
            k=1.1,
            lead=2.1,
        ),
        D.txt("希望受到表彰的同志珍惜荣誉，再接再厉。号召广大职工向他们学习，遵守规章制度，履行岗位承诺。", indent=2, k=1.1, lead=2.1),
        ("gap", 8),
        D.txt(c.company + "\n" + cn(c.today), al="r", k=1.1, lead=2.1),
        ("seal", c.company, {"dx": 0.75, "r": 19, "up": 14}) if K.chance(0.6) else None,
    ]


def contract_approval(D, c):
    K, L = D.K, D.lab
    D.put(hn=code(D.R, "HT", 9), v=money(c.capital * 1000), c2=c.company2, dep=K("采购部", "法务部", "工程部"))
    rows = [
        [L("合同名称"), C(K("办公用品采购合同", "劳动合同（续签）", "车辆维修服务合同", "保洁服务合同"), kind="v"), L("合同编号"), "{hn}"],
        [L("甲方"), C("{company}", 3)],
        [L("乙方"), C("{c2}", 3)],
        [L("合同金额"), "{v}元", L("合同期限"), C("一年", kind="v")],
        [L("经办部门"), "{dep}", L("经办人"), "{sign~}"],
        [L("申请日期|送审日期"), "{date}", L("联系电话"), "{phone}"],
        [L("部门负责人意见"), C("同意。　　签字：{boss~}", 3, h=3)],
        [L("法务意见"), C("条款已审核，建议明确违约责任。", 3, kind="v", h=3)],
        [L("财务意见"), C("\n签字：______　　年　月　日", 3, h=3)],
        [L("总经理审批"), C("\n签字：______　　年　月　日", 3, h=3)],
    ]
    return [D.title(K("合同审批单", "合同会签单", "合同评审表", "用印申请审批单", "合同签订审批表")), D.tab([3.2, 5, 3, 5], rows)]


def purchase(D, c):
    K = D.K
    pool = ["A4复印纸", "中性笔", "文件袋", "硒鼓", "档案盒", "订书机", "笔记本电脑", "打印机", "办公桌", "饮水机", "扫描仪", "碎纸机"]
    rows = [
        [str(i + 1), x, K("个", "箱", "台", "盒"), str(D.R.randint(1, 50)), money(D.R.randint(5, 900)), K("", "急用", "已到货")]
        for i, x in enumerate(D.R.sample(pool, K(6, 8, 10)))
    ]
    return [
        D.title(K("采购清单", "办公用品采购清单", "物资采购计划表", "采购申请单", "领用物品清单")),
        D.txt("申请部门：" + K("综合窗口", "办公室", "户政科") + "　　申请人：{name}　　日期：{date}", lead=2),
        ("grid", ["序号", "名称", "单位", "数量", "单价", "备注"], rows, [1.4, 5, 1.6, 1.8, 2.4, 3]),
        D.txt("审批人：{boss~}　　库管：________", lead=2.4),
    ]


def reagent_quote(D, c):
    K = D.K
    rows = [
        [
            str(i + 1),
            x,
            K("AR 500ml", "分析纯 500g", "工业级 25kg", "CP 2.5L"),
            K("瓶", "桶"),
            money(D.R.randint(12, 480)),
            K("现货", "3—5天", "需备案"),
        ]
        for i, x in enumerate(
            D.R.sample(
                ["盐酸", "硫酸", "丙酮", "甲苯", "乙醚", "高锰酸钾", "无水乙醇", "氢氧化钠", "氯化钠", "三氯甲烷", "冰乙酸"], K(5, 7, 8)
            )
        )
    ]
    return [
        D.title(K("化学试剂报价单", "产品报价单", "试剂价格表", "询价回复单")),
        D.txt("供应商：" + c.company2 + "\n致：" + c.company + "　联系人：{name}　电话：{phone}", lead=1.9),
        ("grid", ["序号", "品名", "规格", "单位", "单价(元)", "货期"], rows, [1.4, 4, 4, 2, 3, 3]),
        D.txt("说明：以上报价含税含运费，有效期30天。易制毒化学品须凭公安机关购买备案证明供货，剧毒品凭购买许可供货。", indent=2, k=0.95),
        D.txt("报价人：{boss~}　　{date}", al="r", lead=2.2),
    ]


def english_letter(D, c):
    K = D.K
    D.st.body = D.st.lab = K("serif", "sans")
    p = c.p
    me = p.giv_py.title() + " " + p.sur_py.title()
    d = "%s %d, %d" % (
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"][
            c.today[1] - 1
        ],
        c.today[2],
        c.today[0],
    )
    body = K(
        [
            "I am writing to confirm that your application for the summer school has been received.",
            "Please bring your passport, two photographs and the signed form when you register at the front desk.",
            "We look forward to welcoming you. Should you have any questions, please do not hesitate to contact us.",
        ],
        [
            "Thank you for your order of the fifth of this month. We regret that the goods are delayed by a fortnight.",
            "A copy of our business licence and the bill of lading is enclosed for your records.",
            "We apologise for the inconvenience and remain at your service.",
        ],
        [
            "This is to inform you that your membership expires at the end of the month.",
            "To renew it, return the enclosed form with a copy of your identity card and the annual fee.",
            "If you have already renewed, please disregard this letter.",
        ],
    )
    return [
        D.txt("%s International Ltd.\n18 Harbour Road, Example City" % K("Lakeside", "Northgate", "Sunrise"), al="r"),
        ("gap", 4),
        D.txt(d),
        D.txt("Dear " + K("Mr. ", "Ms. ") + me + ","),
        *[D.txt(t, lead=1.9) for t in body],
        D.txt("Yours sincerely,"),
        ("gap", 6),
        D.txt(c.boss.giv_py.title() + " " + c.boss.sur_py.title() + "\n" + K("Manager", "Director of Admissions", "Secretary")),
    ], {"margin": 26}


def english_form(D, c):
    K = D.K
    p = c.p
    D.put(
        sur=p.sur_py,
        giv=p.giv_py,
        sexe="M" if p.sex == "男" else "F",
        nat="CHN",
        pno=c.pass_no,
        dob="%02d/%02d/%d" % (p.dob[2], p.dob[1], p.dob[0]),
        exp="%02d/%02d/%d" % (c.pass_to[2], c.pass_to[1], c.pass_to[0]),
        tel="+86 " + p.phone,
        mail="%s%d@example.com" % (p.sur_py.lower(), D.R.randint(1, 99)),
        fl=K("CZ", "MU", "CA") + "%d" % D.R.randint(100, 999),
    )
    rows = [
        [C("Surname", kind="l"), "{sur}", C("Given names", kind="l"), "{giv}"],
        [C("Sex", kind="l"), "{sexe}", C("Nationality", kind="l"), "{nat}"],
        [C("Date of birth", kind="l"), "{dob}", C("Passport No.", kind="l"), "{pno}"],
        [C("Date of expiry", kind="l"), "{exp}", C("Flight No.", kind="l"), "{fl}"],
        [C("Telephone", kind="l"), "{tel}", C("E-mail", kind="l"), "{mail}"],
        [C("Purpose of visit", kind="l"), C(ticks(["Tourism", "Business", "Study", "Visit"], K("Tourism", "Business")), 3)],
        [C("Address during stay", kind="l"), C("25 Example Street, Harbour Town", 3, kind="v")],
        [C("Declaration", kind="l"), C("I declare that the information given above is true and correct.\nSignature: {sign~}", 3)],
    ]
    return [
        D.title(K("ARRIVAL CARD", "VISA APPLICATION FORM", "REGISTRATION FORM", "ENROLMENT FORM", "CUSTOMS DECLARATION"), 8, sp=0),
        D.tab([4, 5, 4, 5], rows),
        ("foot", "Please write in block letters with a black pen. For official use only below this line."),
    ]


def poa_howto(D, c):
    K = D.K
    return [
        D.title(K("委托书怎么写", "授权委托书写作要点", "如何填写委托书", "法律小课堂：委托书"), 8),
        ("row", "来源：法律服务网", cn(c.today)),
        D.txt("委托书是委托他人代表自己行使合法权益的书面凭据。被委托人在行使权利时需出具委托人的法律文书。", indent=2, lead=2),
        D.txt(
            "一份完整的委托书，一般应写明委托人、受托人的姓名和身份证号码，委托事项，委托权限以及委托期限，最后由委托人签名并注明日期。",
            indent=2,
            lead=2,
        ),
        ("head", "写作中常见的问题"),
        *[
            D.txt("%d.%s" % (i + 1, t), indent=2, lead=2)
            for i, t in enumerate(
                [
                    "委托事项写得过于笼统，例如只写“代办一切事宜”。",
                    "没有写明委托期限，容易引起争议。",
                    "委托人没有亲笔签名，仅加盖私章。",
                    "需要公证的委托书没有办理公证。",
                ][: K(2, 3, 4)]
            )
        ],
        D.txt("提醒：代理人超越代理权限的行为，未经委托人追认的，对委托人不发生效力。", indent=2, lead=2),
    ]


def service_promise(D, c):
    K = D.K
    its = [
        "实行首问负责制，接待群众热情、耐心。",
        "严格执行一次性告知制度。",
        "公开办事程序、收费标准和办理时限。",
        "居民身份证业务即时受理，按时发放。",
        "不推诿、不拖延，不吃拿卡要。",
        "自觉接受社会监督，投诉电话：12389。",
        "窗口工作人员着装整齐、持证上岗。",
    ]
    return [
        (
            "title",
            K("服务承诺", "窗口服务承诺公示", "优质服务公约", "文明服务十不准", "首问负责制度"),
            {"size": 11, "al": "c", "col": K("#b01c22", "#12326e", "#161618")},
        ),
        ("gap", 5),
        *[D.txt("%s、%s" % ("一二三四五六七"[i], t), k=1.35, lead=2.3) for i, t in enumerate(D.R.sample(its, K(5, 6, 7)))],
        ("gap", 6),
        D.txt(c.p.org + K("办证大厅", "户政窗口", ""), al="r", k=1.2),
    ]


def renew_notice(D, c):
    K = D.K
    return [
        D.title(K("劳动合同续签通知书", "劳动合同到期通知", "续签劳动合同意向征询表", "岗位调整通知"), 8.5),
        ("gap", 4),
        D.txt(c.p.name + K("先生/女士：", "同志："), k=1.1),
        D.txt(
            "您与公司签订的劳动合同将于%s期满。公司拟与您续签劳动合同，岗位为%s，请于收到本通知之日起七日内，到人力资源部办理续签手续；逾期未办理的，视为您不同意续签。"
            % (cn(c.lc_to), c.job),
            indent=2,
            k=1.1,
            lead=2.2,
        ),
        D.txt("特此通知。", indent=2, k=1.1),
        ("gap", 6),
        D.txt(c.company + "\n" + cn(c.today), al="r", k=1.1, lead=2.2),
        ("gap", 4),
        ("rule",),
        D.txt(
            K("回　　执", "员工意见")
            + "\n本人已收到上述通知，"
            + ticks(["同意续签", "不同意续签"], "同意续签")
            + "。\n员工签名：{sign~}　　日期：{date}",
            lead=2.3,
        ),
    ]


def parking(D, c):
    K, L = D.K, D.lab
    D.put(plate=c.plate, pn="%04d" % D.R.randint(1, 9999), bl="%d栋%d" % (D.R.randint(1, 30), D.R.randint(101, 2500)))
    return [
        ("title", K("停车证", "小区停车证", "月租停车卡", "地下车位使用证"), {"size": 9, "al": "c"}),
        D.txt(
            L("车牌号|号牌号码|车号") + "：{plate}\n" + L("车主|业主") + "：{name}\n" + L("楼号|房号") + "：{bl}\n" + "编号：{pn}",
            k=1.15,
            lead=2,
        ),
        ("sub", "有效期至%d年12月31日" % c.today[0]),
        ("sub", K("请置于前挡风玻璃左侧", "凭证出入 车位固定"), {"k": 0.8}),
    ], {"w": 110, "h": 78, "paper": "card", "margin": 7, "s0": 3.8, "bg": K("#ffffff", "#e6eef6", "#fff6cc")}


def itinerary(D, c):
    K = D.K
    rows = [
        ["第%s天" % "一二三四五"[i], x, K("早", "早、中", "早、中、晚"), K("三星酒店", "商务酒店", "—")]
        for i, x in enumerate(
            D.R.sample(
                [
                    "深圳集合，经口岸过关，游览维多利亚港",
                    "港珠澳大桥、大三巴牌坊",
                    "海洋公园全天游览",
                    "太平山顶、星光大道",
                    "自由活动，返程",
                ],
                K(3, 4, 5),
            )
        )
    ]
    return [
        D.title(K("港澳五日游行程单", "港澳旅游团行程安排", "旅游出团通知书", "香港澳门双飞行程表"), 8),
        D.txt(
            "团号：GA%s　出发日期：%s　游客：{name}等%d人\n联系电话：{phone}　领队：{q}"
            % (code(D.R, "", 6), cn(c.today), D.R.randint(2, 30)),
            lead=2,
        ),
        ("grid", ["日期", "行程", "用餐", "住宿"], rows, [2, 8, 3, 3]),
        D.txt(
            "出行须知：请携带有效的往来港澳通行证（含签注）和居民身份证原件，通行证有效期须在三个月以上；未成年人须携带户口簿或出生医学证明。",
            indent=2,
            lead=1.9,
        ),
    ]


def thesis(D, c):
    K = D.K
    return [
        D.txt(
            "分类号：%s　　学校代码：%s\nUDC：%s　　学号：%s"
            % (K("TP3", "F27", "D92"), code(D.R, "9", 4), code(D.R, "", 3), code(D.R, "20", 8)),
            lead=1.9,
        ),
        ("gap", 18),
        ("title", c.univ, {"size": 14, "al": "c"}),
        ("title", K("学士学位论文", "硕士学位论文", "本科毕业论文（设计）", "毕业设计任务书"), {"size": 11, "al": "c"}),
        ("gap", 14),
        (
            "title",
            K("基层政务服务流程优化研究", "城市居住证制度的实践与思考", "易制毒化学品管理信息系统的设计", "机动车保有量预测模型研究"),
            {"size": 7.5, "al": "c", "sp": 0},
        ),
        ("gap", 14),
        D.txt(
            "学生姓名：{name_12}\n学科专业：" + c.major + "\n指导教师：" + c.rector + " 教授\n学位类别：" + c.deg + K("学士", "硕士"),
            k=1.15,
            lead=2.4,
            indent=6,
        ),
        ("gap", 8),
        ("sub", "%d年6月" % c.grad[0], {"k": 1.2}),
    ], {"margin": 28}


# ---------- papers that have nothing to do with the windows ----------
def recipe(D, c):
    K = D.K
    return [
        ("title", K("红烧排骨", "番茄炒蛋", "清蒸鲈鱼", "糖醋里脊", "麻婆豆腐"), {"size": 11}),
        ("head", "用料"),
        D.txt(
            "　".join(
                D.R.sample(
                    ["排骨500克", "生抽两勺", "老抽一勺", "冰糖20克", "姜片适量", "料酒一勺", "八角2个", "食盐少许", "小葱一把"], K(5, 6, 7)
                )
            ),
            lead=2,
        ),
        ("head", "做法"),
        *[
            D.txt("%d. %s" % (i + 1, t), lead=2)
            for i, t in enumerate(
                [
                    "食材洗净切块，冷水下锅焯水，撇去浮沫。",
                    "锅中放少许油，加入冰糖小火炒至琥珀色。",
                    "放入主料翻炒上色，加料酒、生抽、老抽。",
                    "加热水没过食材，大火烧开转小火炖40分钟。",
                    "大火收汁，撒上葱花，出锅装盘。",
                ]
            )
        ],
        D.txt("小贴士：收汁时要不停翻动，以免粘锅。", k=0.9),
    ]


def leaflet(D, c):
    K = D.K
    n = K("维生素C片", "阿莫西林胶囊", "布洛芬缓释胶囊", "板蓝根颗粒", "碘伏消毒液")
    return [
        ("title", n + "说明书", {"size": 8}),
        ("sub", "请仔细阅读说明书并在医师指导下使用"),
        D.txt(
            "【药品名称】" + n + "\n【成份】本品每片含主要成份%d毫克。\n【性状】本品为%s。\n【适应症】%s\n"
            "【用法用量】口服。成人一次%d片，一日%d次。\n【不良反应】偶见恶心、皮疹，停药后可消失。\n【禁忌】对本品过敏者禁用。\n【贮藏】密封，置阴凉干燥处。\n【有效期】24个月\n【批准文号】国药准字H%s\n【生产企业】%s制药有限公司"
            % (
                K(50, 100, 250),
                K("白色片", "胶囊剂"),
                K("用于预防和治疗维生素缺乏症。", "用于缓解轻至中度疼痛。"),
                K(1, 2),
                K(2, 3),
                code(D.R, "", 8),
                c.company[3:5],
            ),
            lead=1.9,
        ),
    ]


def homework(D, c):
    K, R = D.K, D.R
    rows = ["%d%s%d=____" % (R.randint(10, 99), K("+", "-", "×"), R.randint(2, 60)) for _ in range(24)]
    grid = [D.txt("　　".join(rows[i : i + 4]), lead=2.6) for i in range(0, 24, 4)]
    return [
        D.title(K("三年级数学口算练习", "小学数学单元测试卷", "周末作业", "计算小能手")),
        D.txt("班级：______　姓名：{kn~}　得分：______", lead=2.2),
        ("head", "一、口算。"),
        *grid,
        ("head", "二、应用题。"),
        D.txt(
            "1. 学校买来%d盒粉笔，每盒%d支，用去%d支，还剩多少支？\n\n2. 小明从家到学校要走%d米，每分钟走%d米，需要几分钟？"
            % (R.randint(3, 20), 20, R.randint(10, 50), R.randint(5, 15) * 60, 60),
            lead=2.2,
        ),
    ]


def manual(D, c):
    K = D.K
    return [
        D.title(K("电热水壶使用说明", "扫描仪快速安装指南", "电子秤操作手册", "打印机保养说明")),
        ("head", "1 安全注意事项"),
        D.txt("使用前请仔细阅读本说明书并妥善保存。请勿将产品浸入水中，请勿让儿童单独使用。", indent=2),
        ("head", "2 技术参数"),
        (
            "grid",
            ["项目", "参数"],
            [
                ["额定电压", "220V～ 50Hz"],
                ["额定功率", "%dW" % K(800, 1500, 1800)],
                ["净重", "%.1fkg" % (D.R.randint(8, 80) / 10)],
                ["执行标准", "GB 4706.1"],
            ],
            [3, 5],
        ),
        ("head", "3 操作步骤"),
        *[
            D.txt("（%d）%s" % (i + 1, t), indent=2)
            for i, t in enumerate(
                ["取出产品，检查配件是否齐全。", "接通电源，指示灯亮。", "按下启动键，等待提示音。", "使用完毕，拔下电源插头。"]
            )
        ],
        ("head", "4 故障排除"),
        D.txt("如不能启动，请检查电源；仍有故障，请联系售后服务：%s。" % c.boss.phone, indent=2),
    ]


def lost_pet(D, c):
    K = D.K
    return [
        ("title", K("寻狗启事", "寻猫启事", "寻物启事", "招领启事"), {"size": 16, "al": "c"}),
        ("gap", 6),
        D.txt(
            cn(c.today)
            + "下午，本人在"
            + c.p.addr[:12]
            + "附近"
            + K("走失一只棕色泰迪犬，脖戴红色项圈", "丢失黑色钱包一个，内有身份证、驾驶证和银行卡", "拾到钥匙一串")
            + "，"
            + K("有知情者请与我联系，必有重谢！", "请失主前来认领。"),
            indent=2,
            k=1.7,
            lead=2.1,
        ),
        D.txt("联系人：" + c.p.name + "　电话：" + c.p.phone, k=1.6, lead=2.4),
    ]


def ticket_show(D, c):
    K = D.K
    return [
        ("title", K("新年音乐会", "话剧《茶馆》", "科技馆参观券", "动物园门票"), {"size": 9}),
        D.txt(
            "时间：%s %s\n地点：%s\n座位：%d区%d排%d号　票价：%d元"
            % (
                cn(c.today),
                K("19:30", "14:00"),
                c.city_ + K("大剧院", "体育馆", "科技馆"),
                K(1, 2, 3),
                D.R.randint(1, 30),
                D.R.randint(1, 40),
                K(50, 80, 180, 380),
            ),
            lead=2,
        ),
        ("bar", code(D.R, "", 14), {"width": 50, "h": 9}),
        D.txt("副券撕下无效　谢绝1.2米以下儿童入场", k=0.8),
    ], {"w": 160, "h": 75, "paper": "card", "margin": 7, "s0": 3.8, "bg": K("#fff3e0", "#e9f0fb", "#ffffff")}


def poem(D, c):
    K = D.K
    p = K(
        ("静夜思", "李白", "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。"),
        ("登鹳雀楼", "王之涣", "白日依山尽，\n黄河入海流。\n欲穷千里目，\n更上一层楼。"),
        ("春晓", "孟浩然", "春眠不觉晓，\n处处闻啼鸟。\n夜来风雨声，\n花落知多少。"),
    )
    return [
        ("gap", 20),
        ("title", p[0], {"size": 12, "al": "c"}),
        ("sub", p[1]),
        ("gap", 6),
        D.txt(p[2], k=2, al="c", lead=2),
        ("gap", 10),
        D.txt(K("书法练习　", "朗读作业　") + "{kn~}", al="r"),
    ]


LAYOUTS = [
    member,
    onboard,
    checkup,
    flyer,
    driving_school,
    car_service,
    passport_ad,
    bank_open,
    school_card,
    volunteer,
    work_card,
    loss_ads,
    wedding,
    house_intent,
    exam_ticket,
    payment,
    station_notice,
    onetime,
    roster,
    hotel,
    express,
    vaccine,
    utility,
    award,
    contract_approval,
    purchase,
    reagent_quote,
    english_letter,
    english_form,
    poa_howto,
    service_promise,
    renew_notice,
    parking,
    itinerary,
    thesis,
    recipe,
    leaflet,
    homework,
    manual,
    lost_pet,
    ticket_show,
    poem,
]
PRINTED = {
    flyer,
    passport_ad,
    loss_ads,
    exam_ticket,
    payment,
    roster,
    express,
    award,
    leaflet,
    manual,
    itinerary,
    recipe,
    poa_howto,
    service_promise,
}


def draw(layout, c, dpi, R):
    D = Doc(c, dpi, R, 0.0 if layout in PRINTED else 0.4)
    D.top = False
    c.city_ = c.p.city
    D.put(kn=c.child.name, q=c.q.name, qphone=c.q.phone)
    r = layout(D, c)
    bl, kw = r if isinstance(r, tuple) else (r, {})
    kw = dict(kw)
    kw.pop("fill", None)
    bg = kw.pop("bg", D.K("#ffffff", "#ffffff", "#ffffff", "#fdfcf6", "#fff9ee"))
    [(side, g)] = D.done(bl, layout.__name__.strip("_"), bg=bg, **kw)
    g.fields.clear()
    return [(side, g)]


def other(c, dpi, R):
    return draw(R.choice(LAYOUTS), c, dpi, R)
