"""Pages nobody asked for in the tuning profile `varied`: guides, notices, slips, bills and other look-alikes of kind `other`.

Most of them tempt a classifier: they name certificates or ask for a name and an identity number. For TUNING only. It needs the session
generator's folder on the path (module `base`). None carries fields; no truth but the text.
"""

# ruff: noqa: UP031 - percent forms stay short and readable in tables of wordings

from varied_core import Ctx, F, f, sheet, style

CERTS = [
    "居民身份证",
    "居民户口簿",
    "结婚证",
    "毕业证书",
    "学位证书",
    "机动车驾驶证",
    "机动车行驶证",
    "居住证",
    "护照",
    "往来港澳通行证",
    "营业执照",
    "劳动合同",
    "社会保险参保缴费证明",
    "出生医学证明",
    "授权委托书",
    "承诺书",
    "申请表",
    "特种行业许可证",
    "检验合格标志",
    "易制毒化学品购买备案证明",
]
BUSI = [
    "户口迁移",
    "新生儿入户",
    "机动车驾驶证期满换证",
    "往来港澳通行证换发",
    "普通护照首次申请",
    "居住证签注",
    "特种行业许可证核发",
    "易制毒化学品购买备案",
    "易制毒化学品运输许可证核发",
    "居民身份证补领",
    "机动车检验合格标志核发",
    "结婚登记",
    "营业执照变更登记",
    "劳动合同备案",
]


def n(*fs, K):
    return K.keep([f(None, a, b, **kw) for a, b, kw in [(*x, {})[:3] for x in fs]])


def guide(c, K):
    b = K(*BUSI)
    m = K.R.sample(CERTS, K(4, 5, 6, 7))
    t = ("title", K("%s办事指南", "%s须知", "办理%s所需材料", "%s办理流程", "%s服务指南") % b, {"size": 7})
    how = K("list", "grid", "sections")
    if how == "grid":
        return [
            t,
            ("gap", 3),
            (
                "grid",
                ["序号", "材料名称", "份数", "要求"],
                [[str(i + 1), x, K("1", "1", "2"), K("原件及复印件", "原件", "复印件加盖公章", "电子件")] for i, x in enumerate(m)],
                [2, 7, 2, 5],
            ),
            ("gap", 2),
            ("para", "办理时限：%d个工作日。收费标准：%s。" % (K(5, 7, 10, 20), K("不收费", "工本费10元", "按物价部门规定收取"))),
            ("para", "咨询电话：%s  投诉电话：12345" % c.p.phone),
        ]
    if how == "list":
        return [
            t,
            ("gap", 2),
            ("head", "一、办理条件"),
            ("para", "年满十八周岁，具有完全民事行为能力，提交的材料真实有效。"),
            ("head", "二、所需材料"),
            ("list", [x + K("原件及复印件；", "（验原件，收复印件）；", "1份；") for x in m]),
            ("head", "三、办理地点"),
            ("para", c.p.addr + "（%s窗口）" % K("综合", "出入境", "户政", "车管")),
            ("head", "四、办理时间"),
            ("para", "周一至周五 上午9:00—12:00，下午13:30—17:00"),
        ]
    return [
        ("banner", b + "办事指南", K("#1f6fb5", "#b01c22", "#2c7a3a")),
        (
            "fields",
            n(
                ("事项名称", b),
                ("实施主体", c.p.org),
                ("承诺期限", "%d个工作日" % K(3, 5, 10)),
                ("申请材料", "、".join(m)),
                ("办理形式", "窗口办理、网上办理"),
                ("办理地点", c.p.addr),
                ("咨询电话", c.p.phone),
                ("结果名称", K(*CERTS)),
                K=K,
            ),
            K("table2", "table2", "kv1"),
        ),
    ]


def catalogue(c, K):
    rows = [[str(i + 1), b, K("行政许可", "行政确认", "公共服务"), c.p.org] for i, b in enumerate(K.R.sample(BUSI, K(7, 9, 11)))]
    return [
        ("title", K("窗口可办理事项目录", "“最多跑一次”事项清单", "证照目录", "政务服务事项清单", "公安窗口业务一览表"), {"size": 7}),
        ("gap", 2),
        ("grid", ["序号", "事项名称", "类型", "实施部门"], rows, [2, 8, 4, 6]),
    ]


def notice(c, K):
    m = K.R.sample(CERTS[:8], K(2, 3, 4))
    t = K(
        "关于办理人口信息核对的通知",
        "温馨提示",
        "通  知",
        "取证通知",
        "关于集中换领居民身份证的公告",
        "新生入学报名通知",
        "致业主的一封信",
        "预约办理提醒",
    )
    return [
        ("title", t, {"size": K(7, 8.5)}),
        ("gap", 4),
        ("para", K("各位居民：", "尊敬的用户：", "各位家长：", c.company + "："), {"indent": 0}),
        (
            "para",
            K(
                "请于%s前携带%s到%s办理相关手续。",
                "自即日起至%s，请您带上%s原件及复印件，前往%s办理登记。",
                "请在%s之前，备齐%s，到%s核对信息，逾期不再受理。",
            )
            % (K.date(c.today, "cn"), "、".join(m), c.p.addr),
        ),
        (
            "para",
            K(
                "来时请提前取号，佩戴口罩，遵守秩序。",
                "如由他人代办，须提交授权委托书及代办人身份证。",
                "夫妻双方应同时到场，并携带结婚证、户口簿。",
            ),
        ),
        ("para", "特此通知。"),
        (
            "org",
            *K.keep(
                [
                    f(None, "x", K(c.p.city + "社区居民委员会", c.p.org, c.p.city + "第一小学", "物业服务中心"), hand=False),
                    K.d(None, "日期", c.today, "cn", hand=False),
                ]
            ),
            K(None, c.p.city + "社区居民委员会"),
            {"mode": "bare"},
        ),
    ]


def queue(c, K):
    no = K("A", "B", "C", "H") + "%03d" % K.R.randint(1, 299)
    return [
        ("title", K(c.p.city + "政务服务中心", c.p.org, "出入境接待大厅", "示例银行"), {"size": 5, "al": "c"}),
        ("gap", 2),
        ("title", no, {"size": 16, "al": "c", "sp": 0}),
        ("sub", "您前面还有 %d 人等候" % K.R.randint(0, 40)),
        ("sub", K("业务：", "办理：") + K(*BUSI)),
        ("sub", "%s %02d:%02d" % ("%d-%02d-%02d" % c.today, K.R.randint(9, 16), K.R.randint(0, 59))),
        ("sub", K("请注意叫号，过号作废", "请携带身份证、户口簿原件到窗口", "请在等候区休息")),
    ], {"w": 80, "h": K(90, 110), "paper": "card", "margin": 6, "s0": 3.6}


def person_form(c, K, title, extra, sign=True, org=None):
    p = c.p
    base = n(
        ("姓名|客户姓名|申请人", p.name),
        ("性别", p.sex),
        ("出生日期", K.date(p.dob), {"p": 0.5}),
        ("身份证号|证件号码|身份证号码", p.idno, {"p": 0.9}),
        ("民族", p.nation, {"p": 0.3}),
        ("联系电话|手机号", p.phone),
        ("家庭住址|联系地址|住址", p.addr, {"p": 0.8}),
        *extra,
        K=K,
    )
    bl = [
        ("title", title, {"size": K(6.5, 7.5)}),
        ("sub", org) if org and K.chance(0.5) else None,
        ("row", None, f(None, "编号", "%08d" % K.R.randint(0, 10**8 - 1), label=K("编号", "No", "流水号"))) if K.chance(0.4) else None,
        ("fields", base, K("table4", "table4", "table2", "kv2", "under2", "above3", "kv1")),
    ]
    if sign:
        bl += [
            ("gap", 4),
            ("para", K("本人确认以上信息真实有效。", "以上内容由本人填写，如有不实责任自负。", "我已阅读并同意相关条款。")),
            ("sign", [(K("签名", "客户签名", "本人签字", "填表人"), p.name, "name"), ("日期", K.date(c.today, "cn"), "date")]),
        ]
    return bl


def bank(c, K):
    return person_form(
        c,
        K,
        K("个人开户申请书", "个人客户信息登记表", "银行卡业务申请书", "个人贷款客户信息采集表", "电子银行业务回执"),
        [
            ("职业", K(c.job, "教师", "个体")),
            ("证件类型", "居民身份证"),
            ("卡号|账号", "6222%015d" % K.R.randint(0, 10**15 - 1)),
            ("币种", "人民币", {"p": 0.5}),
            ("开户网点", c.p.city + "支行"),
            ("月收入", "%d元" % c.wage, {"p": 0.4}),
        ],
        org="示例银行股份有限公司",
    )


def hospital(c, K):
    return person_form(
        c,
        K,
        K("门诊病历首页", "住院病人登记表", "体检登记表", "预防接种登记卡", "核酸检测登记表", "出院记录", "孕产妇保健手册登记页"),
        [
            ("科室", K("内科", "外科", "妇产科", "儿科")),
            ("就诊卡号|门诊号|住院号", "%09d" % K.R.randint(0, 10**9 - 1)),
            ("过敏史", "无"),
            ("血型", c.p.blood, {"p": 0.5}),
            ("初步诊断", K("上呼吸道感染", "慢性胃炎", "高血压病", "健康体检")),
            ("医保类型", K("城镇职工", "居民医保"), {"p": 0.6}),
            ("主治医生", c.boss.name),
        ],
        org=c.p.city + "人民医院",
        sign=K.chance(0.4),
    )


def school(c, K):
    ch = c.child
    return [
        ("title", K("学生基本信息登记表", "小学一年级新生报名表", "幼儿园入园登记表", "转学联系单", "学生健康状况调查表"), {"size": 7}),
        (
            "fields",
            n(
                ("学生姓名|姓名", ch.name),
                ("性别", ch.sex),
                ("出生日期|出生年月", K.date(ch.dob)),
                ("民族", ch.nation),
                ("公民身份号码|身份证号", ch.idno),
                ("户籍地址|户口所在地", c.p.addr),
                ("父亲姓名", c.p.name),
                ("母亲姓名", c.q.name),
                ("联系电话", c.p.phone),
                ("血型", ch.blood, {"p": 0.4}),
                ("班级", "%d年级（%d）班" % (K(1, 2, 3), K(1, 2, 3))),
                ("是否住校", "否"),
                K=K,
            ),
            K("table4", "table4", "table2", "under2", "kv2"),
        ),
        ("gap", 3),
        ("para", "报名时请携带户口簿、出生医学证明、预防接种证、房产证原件及复印件。"),
        ("sign", [("家长签名", c.p.name, "name"), ("日期", K.date(c.today, "cn"), "date")]),
    ]


def leave(c, K):
    if K.chance(0.5):
        return [
            ("title", K("请假条", "请 假 条", "休假申请单", "请假申请表"), {"size": 8}),
            ("gap", 3),
            ("para", K("尊敬的领导：", "人事部："), {"indent": 0}),
            (
                "para",
                "本人%s，因%s，需请假%d天（%s起），请予批准。"
                % (
                    c.p.name,
                    K("前往公安局办理身份证", "回原籍办理户口迁移", "结婚登记", "身体不适就医"),
                    K(1, 2, 3),
                    K.date(c.today, "cn"),
                ),
                {"hand": K.chance(0.5)},
            ),
            ("sign", [(K("请假人", "申请人"), c.p.name, "name"), ("日期", K.date(c.today, "cn"), "date")]),
        ]
    return [
        ("title", K("员工请假申请表", "年休假审批表", "加班申请表", "离职申请表", "外出登记表"), {"size": 7}),
        (
            "fields",
            n(
                ("姓名", c.p.name),
                ("部门", K("生产部", "行政部", "财务部")),
                ("岗位", c.job),
                ("工号", "%05d" % K.R.randint(1, 99999)),
                ("请假类型", "事假", {"opts": ("事假", "病假", "婚假", "年假")}),
                ("请假时间", K.date(c.today) + "起共%d天" % K(1, 2, 3)),
                ("事由", K("办理居住证签注", "家中有事", "办理护照")),
                ("联系电话", c.p.phone),
                K=K,
            ),
            K("table4", "table2"),
        ),
        ("box", "部门意见", ["同意。"], [("签名", c.boss.name, "name")], {"h": 20, "mode": "top"}),
        ("box", "人事意见", [], None, {"h": 20, "mode": "top"}),
    ]


def rent(c, K):
    if K.chance(0.5):
        return [
            ("title", K("房屋出租", "好房出租", "招租启事", "合租信息"), {"size": 14}),
            ("gap", 4),
            (
                "para",
                "%s，%d室%d厅，%d平方米，%s，家电齐全，拎包入住。月租%d元，押一付三。"
                % (c.p.addr, K(1, 2, 3), K(1, 2), K.R.randint(40, 130), K("朝南", "近地铁", "学区房"), K.R.randint(8, 60) * 100),
                {"k": 1.4},
            ),
            ("para", K("可办理居住证、落户。", "需提供身份证复印件。", "中介勿扰。"), {"k": 1.3}),
            ("title", "电话：" + c.q.phone, {"size": 9, "sp": 0}),
        ]
    return [
        ("title", K("收  据", "收款收据", "租金收据", "押金收条", "收条"), {"size": 9}),
        ("row", K.date(c.today, "cn"), "No.%07d" % K.R.randint(1, 9999999)),
        (
            "fields",
            n(
                ("今收到|交款人", c.p.name),
                ("交来|收款事由", K("房屋租金", "租房押金", "物业费", "水电费")),
                ("金额（大写）", K("人民币贰仟元整", "人民币壹仟伍佰元整")),
                ("金额（小写）|￥", "%d.00" % K(2000, 1500)),
                ("房屋地址", c.p.addr, {"p": 0.6}),
                ("收款人", c.q.name),
                K=K,
            ),
            K("under1", "kv1", "table2", "table4"),
        ),
        ("seal", c.company + "财务专用章", {"r": 15, "dx": 0.75, "up": 10}),
    ], {"w": 190, "h": 100, "paper": "card", "margin": 12, "s0": 4.2}


def agreement(c, K):
    what = K("家具订购", "二手电动车转让", "装修施工", "办公用品采购", "宠物领养", "车位租用", "设备购销", "房屋买卖定金")
    return [
        ("title", what + K("协议书", "合同", "协议"), {"size": 8}),
        ("row", None, f(None, "合同编号", "XS2026%05d" % K.R.randint(1, 99999), label="合同编号")) if K.chance(0.6) else None,
        (
            "fields",
            n(
                ("甲方|甲方（出让方）|卖方", c.p.name),
                ("身份证号码|公民身份号码", c.p.idno),
                ("乙方|乙方（受让方）|买方", c.q.name),
                ("身份证号码|公民身份号码", c.q.idno),
                ("联系电话", c.q.phone),
                K=K,
            ),
            K("under1", "kv1", "table2"),
        ),
        ("gap", 2),
        ("para", "甲乙双方经平等自愿、协商一致，就%s事宜订立本合同，共同遵守。" % what),
        (
            "list",
            K.R.sample(
                [
                    "总价款为人民币%d元，乙方于签订之日支付定金。" % (K.R.randint(5, 300) * 100),
                    "甲方保证标的物权属清晰，无抵押、无纠纷。",
                    "乙方应在交付时验收，验收合格后付清余款。",
                    "任何一方违约，应向对方支付违约金。",
                    "因履行本合同发生争议，由双方协商解决。",
                    "本协议一式两份，双方各执一份，签字后生效。",
                    "自%s起至%s止为质保期。" % (K.date(c.lc_from, "cn"), K.date(c.lc_to, "cn")),
                ],
                5,
            ),
        ),
        (
            "cols",
            [
                [("sign", [("甲方（签字）", c.p.name, "name"), ("日期", K.date(c.today, "cn"), "date")], {"mode": "left"})],
                [("sign", [("乙方（签字）", c.q.name, "name"), ("日期", K.date(c.today, "cn"), "date")], {"mode": "left"})],
            ],
        ),
    ]


def letter(c, K):
    x = K.R.sample(CERTS, 3)
    return [
        ("title", K("情况说明", "说  明", "函", "回复函", "感谢信", "遗失声明", "道歉信", "举报信"), {"size": 8}),
        ("gap", 4),
        ("para", K(c.p.org, c.p.city + "政务服务中心", "有关部门") + "：", {"indent": 0}),
        (
            "para",
            K(
                "本人%s于%s不慎将%s遗失，登报声明作废，由此产生的一切后果由本人承担。",
                "我叫%s，%s到窗口办理业务，因%s信息与系统不符未能办理，现说明有关情况。",
                "本人%s在%s办理%s过程中得到工作人员热情帮助，特此感谢。",
            )
            % (c.p.name, K.date(c.today, "cn"), x[0]),
        ),
        (
            "para",
            K("随函附上%s和%s的复印件，请查收。", "有关%s、%s的核对工作已经完成。", "%s与%s上的姓名不一致，系登记时笔误所致。")
            % (x[1], x[2]),
        ),
        ("para", K("特此说明。", "此致  敬礼！", "望予以谅解。")),
        ("sign", [(K("说明人", "署名", "写信人"), c.p.name, "name"), ("日期", K.date(c.today, "cn"), "date")]),
    ]


def fine(c, K):
    return [
        (
            "title",
            K(
                "道路交通安全违法行为处理通知书",
                "违法停车告知单",
                "公安交通管理简易程序处罚决定书",
                "机动车违停提示单",
                "电动自行车违法处罚单",
            ),
            {"size": 6},
        ),
        ("row", None, f(None, "编号", "%s%08d" % (c.p.region, K.R.randint(0, 10**8 - 1)), label="编号")),
        (
            "fields",
            n(
                ("被处罚人|当事人|驾驶人", c.p.name),
                ("机动车驾驶证号|证号", c.p.idno, {"p": 0.7}),
                ("准驾车型", c.dl_class, {"p": 0.4}),
                ("车辆牌号|号牌号码|车牌", c.plate),
                ("车辆类型", c.vtype),
                ("违法时间", K.date(c.today) + " %02d:%02d" % (K.R.randint(7, 22), K.R.randint(0, 59))),
                ("违法地点", c.co_addr),
                ("违法行为", K("机动车违反规定停放", "驾驶机动车不按导向车道行驶", "未随车携带行驶证")),
                ("罚款金额", "%d元" % K(50, 100, 200)),
                K=K,
            ),
            K("kv1", "under1", "table2", "kv2"),
        ),
        ("para", "请于十五日内持本决定书、驾驶证和行驶证到指定银行缴纳罚款，逾期每日按罚款数额的3%加处罚款。"),
        (
            "org",
            *K.keep([f(None, "x", c.p.org + "交通警察大队", hand=False), K.d(None, "日期", c.today, "cn", hand=False)]),
            c.p.org + "交通警察大队",
            {"r": 13, "mode": "bare"},
        ),
    ], {"w": K(120, 148), "h": K(180, 210), "paper": "card", "margin": 10, "s0": 3.8}


def ticket(c, K):
    a, b = K.R.sample(["示例南", "云江东", "临溪", "海棠北", "青岚西"], 2)
    return [
        ("row", "%s%06d" % (K("A", "E", "Z"), K.R.randint(1, 999999)), K("检票：A%d" % K(1, 2, 3), "二楼候车")),
        (
            "cols",
            [
                [("title", a + "站", {"size": 6, "sp": 0, "al": "c"})],
                [("title", K("G", "D", "K") + str(K.R.randint(10, 9999)), {"size": 5, "sp": 0, "al": "c"})],
                [("title", b + "站", {"size": 6, "sp": 0, "al": "c"})],
            ],
        ),
        (
            "row",
            K.date(c.today, "cn") + " %02d:%02d开" % (K.R.randint(6, 22), K.R.randint(0, 59)),
            "%02d车%02d%s号" % (K.R.randint(1, 16), K.R.randint(1, 20), K("A", "B", "C", "F")),
        ),
        ("row", "￥%d.5元" % K.R.randint(20, 900), K("二等座", "一等座", "软卧")),
        ("row", "限乘当日当次车", None),
        ("row", "%s****%s %s" % (c.p.idno[:10], c.p.idno[14:], c.p.name), None),
        ("cols", [[("foot", "买票请到12306 发货请到95306")], [("qr", "ticket:%d" % K.R.randint(1, 10**9), {"size": 12, "side": "r"})]]),
    ], {"w": 87, "h": 56, "paper": "card", "margin": 5, "s0": 3.4}


def invoice(c, K):
    q = [K.R.randint(1, 9) for _ in range(3)]
    pr = [K.R.randint(5, 400) for _ in range(3)]
    g = K.R.sample(["办公用品", "服务费", "盐酸（分析纯）", "机动车检测费", "证件照相费", "餐饮服务", "复印费"], 3)
    return [
        (
            "title",
            K("增值税普通发票", "电子发票（普通发票）", "增值税电子普通发票", "通用机打发票", "销售清单", "送货单"),
            {"size": 7, "col": K("#7a3a1a", "#161618", "#12326e")},
        ),
        ("row", "发票代码：%012d" % K.R.randint(10**9, 10**12 - 1), "开票日期：" + K.date(c.today, "cn")),
        (
            "fields",
            n(
                ("购买方名称|购买方", c.company),
                ("纳税人识别号|统一社会信用代码", c.uscc),
                ("地址、电话", c.co_addr + " " + c.p.phone, {"p": 0.5}),
                K=K,
            ),
            K("kv1", "table2"),
        ),
        (
            "grid",
            ["货物或应税劳务名称", "单位", "数量", "单价", "金额"],
            [[a, "件", str(x), "%d.00" % y, "%d.00" % (x * y)] for a, x, y in zip(g, q, pr, strict=True)]
            + [["合计", "", "", "", "￥%d.00" % sum(x * y for x, y in zip(q, pr, strict=True))]],
            [7, 2, 2, 3, 3],
        ),
        (
            "fields",
            n(("销售方名称|销售方", c.company2), ("开户行及账号", "示例银行%s支行 %012d" % (c.p.city, K.R.randint(0, 10**12 - 1))), K=K),
            K("kv1", "table2"),
        ),
        ("row", "收款人：%s   复核：%s" % (c.q.name, c.boss.name), "开票人：" + c.driver.name),
        ("seal", c.company2 + "发票专用章", {"r": 15, "dx": 0.8, "up": 6, "shape": "oval"}),
    ], {"w": 210, "h": 140, "paper": "card", "margin": 12, "s0": 3.9} if K.chance(0.6) else {}


def delivery(c, K):
    return [
        ("banner", K("顺丰速递", "通达快递", "证件速递 EMS", "邮政特快专递 详情单"), K("#222222", "#1f6fb5", "#c25a1a"), 6),
        ("bar", "%s%011d" % (K("SF", "YT", "EMS"), K.R.randint(0, 10**11 - 1)), {"width": 80, "h": 12}),
        (
            "fields",
            n(
                ("收件人|收方", c.p.name + " " + c.p.phone),
                ("地址|收件地址", c.p.addr),
                ("寄件人|寄方", K(c.p.city + "公安局出入境管理支队", c.boss.name)),
                ("寄件地址", c.co_addr),
                ("物品|内件品名", K("证件", "居民身份证", "往来港澳通行证", "文件", "护照")),
                ("重量", "0.%dkg" % K.R.randint(1, 9)),
                ("签收人", "    ", {"p": 0}),
                K=K,
            ),
            K("table2", "kv1", "above1"),
        ),
        ("foot", "请当面核对证件信息，签收后如有问题请于三日内联系。"),
    ], {"w": 100, "h": 150, "paper": "card", "margin": 6, "s0": 3.6}


def insurance(c, K):
    return [
        ("banner", K("示例财产保险", "平顺人寿保险", "安心车险"), K("#c25a1a", "#1f6fb5", "#b01c22")),
        ("title", K("机动车保险报价单", "家庭财产保险建议书", "意外伤害保险投保单", "车险续保提醒"), {"size": 7}),
        (
            "fields",
            n(
                ("投保人|被保险人|车主", c.p.name),
                ("证件号码", c.p.idno, {"p": 0.7}),
                ("号牌号码|车牌号", c.plate),
                ("厂牌型号", c.car),
                ("车辆识别代号|车架号", c.vin),
                ("发动机号", c.engine, {"p": 0.7}),
                ("初登日期|注册日期", K.date(c.v_reg)),
                ("保险期间", K.date(c.today) + "起一年"),
                K=K,
            ),
            K("table4", "table2", "kv2"),
        ),
        (
            "grid",
            ["险别", "保险金额", "保费（元）"],
            [
                ["交强险", "200000", "%d.00" % K(665, 855, 950)],
                ["第三者责任险", "%d万" % K(100, 200), "%d.%02d" % (K.R.randint(600, 1900), K.R.randint(0, 99))],
                ["车辆损失险", "%d" % (K.R.randint(50, 300) * 1000), "%d.00" % K.R.randint(800, 3000)],
            ],
            [5, 4, 4],
        ),
        ("para", "投保时请提供行驶证、驾驶证、身份证复印件。本报价三日内有效。"),
        ("row", "客户经理：" + c.boss.name, "电话：" + c.boss.phone),
    ]


NEWS = [
    (
        "易制毒化学品管理再加强",
        [
            "记者从公安机关获悉，今年以来全市共办理易制毒化学品购买备案证明%d份、运输许可证%d份。",
            "盐酸、硫酸、丙酮、甲苯、高锰酸钾等第三类易制毒化学品的购买单位，应当将品种、数量向所在地公安机关备案。",
            "民警提醒，未取得许可证擅自运输易制毒化学品的，将依法处罚。",
        ],
    ),
    (
        "驾驶证电子化全面推行",
        [
            "自下月起，全国推行机动车驾驶证电子化，已有%d万人申领，较去年增长%d%%。",
            "电子驾驶证与纸质驾驶证具有同等法律效力，驾驶人可通过手机出示。",
            "六年内免检车辆可网上申领检验合格标志，无需粘贴。",
        ],
    ),
    (
        "居住证积分入户政策解读",
        [
            "符合条件的居住证持有人可申请积分入户，今年拟安排指标%d个，分%d批受理。",
            "申请人须提供学历证书、学位证书、劳动合同和社会保险缴费证明。",
            "有关负责人表示，将持续优化落户流程。",
        ],
    ),
    (
        "出入境证件“全国通办”两周年",
        [
            "两年来，全国移民管理机构签发普通护照%d万本、往来港澳通行证%d万张。",
            "市民凭居民身份证即可在就近窗口办理。",
            "据介绍，智能签注设备可立等可取。",
        ],
    ),
    (
        "特种行业场所安全检查",
        [
            "近日，民警对辖区旅馆业、典当业等特种行业开展检查，共检查%d家，整改隐患%d处。",
            "对未取得特种行业许可证擅自经营的，依法予以取缔。",
            "请经营者悬挂营业执照和特种行业许可证。",
        ],
    ),
]


def news(c, K):
    h, ps = K(*NEWS)
    r = K.R.randint
    body = [
        ps[0] % (r(10, 900), r(2, 90)),
        *ps[1:],
        "本报讯（记者%s）" % c.boss.name + K("下一步，有关部门将加强宣传。", "市民如有疑问可拨打12345咨询。"),
    ]
    K.R.shuffle(body)
    paras = [("para", t) for t in body * K(1, 2)]
    t = ("title", h, {"size": K(8, 10)})
    if K.chance(0.5):
        k = len(paras) // 2
        return [
            ("row", K("示例日报", "平安周刊", "政策解读"), K.date(c.today, "cn")),
            ("rule", {}),
            t,
            ("gap", 2),
            ("cols", [paras[:k], paras[k:]], {"rule": True}),
        ]
    return [t, ("sub", K("来源：示例日报", "发布时间：") + K.date(c.today)), ("rule", {"lw": 0.2}), *paras]


def property_(c, K):
    return [
        ("title", K("物业管理通知", "停水停电通知", "关于车辆进出登记的通知", "业主入住须知", "消防演练通知", "装修管理规定"), {"size": 8}),
        ("gap", 3),
        ("para", "尊敬的业主、住户：", {"indent": 0}),
        (
            "list",
            K.R.sample(
                [
                    "办理车辆月卡请携带行驶证、驾驶证、身份证复印件到服务中心登记。",
                    "租户请于入住三日内凭租赁合同和居住证办理登记。",
                    "%s上午9时至12时停水检修，请提前储水。" % K.date(c.today, "cn"),
                    "请勿高空抛物，请文明养犬。",
                    "物业费可扫码缴纳，逾期将收取滞纳金。",
                    "电动自行车严禁进楼充电。",
                    "装修须提交申请表、施工人员身份证复印件和承诺书。",
                ],
                K(3, 4, 5),
            ),
        ),
        (
            "org",
            *K.keep(
                [f(None, "x", K("示例花园物业服务中心", "万和物业服务有限公司"), hand=False), K.d(None, "日期", c.today, "cn", hand=False)]
            ),
            "万和物业服务有限公司",
            {"mode": "bare"},
        ),
    ]


def idcardish(c, K):
    """Cards of every kind that carry a portrait or a number but are no public document."""
    p = c.p
    k = K("member", "badge", "student", "medical", "library", "bus")
    ti = {
        "member": K("会员卡", "贵宾卡 VIP", "健身会员卡"),
        "badge": K("工作证", "员工工牌", "出入证", "临时通行证", "上岗证"),
        "student": K("学生证", "校园卡", "借书证"),
        "medical": K("就诊卡", "医疗保险卡", "健康卡"),
        "library": "图书馆读者证",
        "bus": K("老年优待证", "公交月票卡", "志愿者证"),
    }[k]
    fs = n(
        ("姓名|姓 名", p.name),
        ("性别", p.sex, {"p": 0.5}),
        ("部门|单位|院系", K(c.company, "行政部", "信息学院")),
        ("职务|岗位|类别", c.job, {"p": 0.6}),
        ("编号|卡号|工号|学号|证号", "%08d" % K.R.randint(0, 10**8 - 1)),
        ("有效期|有效期至", "%d-12" % K.R.randint(2026, 2030), {"p": 0.7}),
        ("身份证号", p.idno, {"p": 0.15}),
        K=K,
    )
    ph = {"side": K("l", "r"), "w": 20, "h": 26, "bg": "#e8f0f8"} if K.chance(0.7) else None
    w, h = K((85.6, 54), (85.6, 54), (90, 60), (70, 100))
    return [
        (
            "title",
            ti,
            {"size": 5, "en": K("", "", "MEMBERSHIP CARD" if k == "member" else "STAFF CARD"), "col": K("#161618", "#b01c22", "#12326e")},
        ),
        ("fields", fs, K("kv1", "kv1", "above1", "table2"), {"ph": ph}),
        ("foot", K("遗失请与本单位联系", "凭卡消费，请妥善保管", "最终解释权归本店所有")) if K.chance(0.6) else None,
    ], {"w": w, "h": h, "paper": "card", "margin": 5, "s0": 3.2, "dec": "wave", "bg": K("#f4efe2", "#e9f2f6", "#ffffff", "#f6ecc8")}


def training(c, K):
    p = c.p
    return [
        (
            "title",
            K("培训合格证书", "结业证书", "荣誉证书", "聘书", "获奖证书", "继续教育证书", "上岗培训证明", "普通话水平测试成绩单"),
            {"size": K(11, 13), "col": K("#8f1f1f", "#161618")},
        ),
        ("gap", 6),
        (
            "para",
            K(
                "%s同志于%s参加%s培训班，学习期满，考核合格，特发此证。",
                "%s 同志：在%s至今的工作中表现突出，被评为%s先进个人，特发此证，以资鼓励。",
                "兹聘请%s同志自%s起担任本单位%s顾问。",
            )
            % (p.name, K.date(c.lc_from, "cn"), K("易制毒化学品管理", "保安员", "特种作业", "安全生产", "消防安全")),
            {"k": 1.5},
        ),
        ("gap", 6),
        (
            "cols",
            [
                [
                    (
                        "fields",
                        n(("证书编号|编号", "PX%d%05d" % (c.lc_from[0], K.R.randint(1, 99999))), ("身份证号", p.idno, {"p": 0.5}), K=K),
                        "kv1",
                    )
                ],
                [
                    (
                        "org",
                        *K.keep(
                            [
                                f(None, "发证单位|颁发单位", K(c.p.city + "职业培训学校", c.univ + "继续教育学院", c.company), hand=False),
                                K.d(None, "日期", c.today, K("zh", "cn"), hand=False),
                            ]
                        ),
                        K(c.p.city + "职业培训学校", c.univ),
                    )
                ],
            ],
        ),
    ], {"dec": "cert", "s0": 5, **({"w": 297, "h": 210} if K.chance(0.6) else {})}


def english(c, K):
    nm = c.p.giv_py.title() + " " + c.p.sur_py.title()
    k = K("offer", "ref", "hotel", "invite")
    t = {
        "offer": "OFFER OF EMPLOYMENT",
        "ref": "To Whom It May Concern",
        "hotel": "Hotel Booking Confirmation",
        "invite": "INVITATION LETTER",
    }[k]
    b = {
        "offer": [
            "Dear %s," % nm,
            "We are pleased to offer you the position of engineer at our company. Your monthly salary will be %d yuan, starting on %d May 2026."
            % (c.wage, c.today[2]),
            "Please bring your passport, identity card, graduation certificate and degree certificate on your first day.",
        ],
        "ref": [
            "This is to certify that %s has been working in our company since %d." % (nm, c.lc_from[0]),
            "Passport No. %s. Date of birth: %s." % (c.pass_no, "%d-%02d-%02d" % c.p.dob),
            "This letter is issued at the request of the employee for visa purposes.",
        ],
        "hotel": [
            "Guest name: %s" % nm,
            "Check-in: %d/%02d/2026   Nights: %d   Room type: Twin" % (c.today[1], c.today[2], K(1, 2, 3)),
            "Please present your passport or exit-entry permit at the reception desk.",
        ],
        "invite": [
            "Dear %s," % nm,
            "We have the honour to invite you to visit Hong Kong and Macao in order to attend our annual meeting.",
            "All expenses including accommodation will be covered by us.",
        ],
    }[k]
    return [
        ("row", "Sunrise Trading Ltd.", "%d-%02d-%02d" % c.today),
        ("rule", {}),
        ("title", t, {"size": 6.5, "sp": 0}),
        ("gap", 4),
        *[("para", x, {"indent": 0}) for x in b],
        ("gap", 4),
        ("para", "Yours sincerely,", {"indent": 0}),
        ("para", "Peter Wong, Manager", {"indent": 0}),
    ]


def menu(c, K):
    L = K.R.sample(
        [
            "拍黄瓜",
            "口水鸡",
            "凉拌木耳",
            "皮蛋豆腐",
            "鱼香肉丝",
            "宫保鸡丁",
            "红烧茄子",
            "清蒸鲈鱼",
            "回锅肉",
            "扬州炒饭",
            "担担面",
            "葱油饼",
            "酸梅汤",
            "柠檬茶",
            "豆浆",
            "干煸豆角",
        ],
        10,
    )
    if K.chance(0.5):
        return [
            ("title", K("菜  单", "今日菜谱", "外卖菜单 MENU"), {"size": 11, "col": "#a03018"}),
            ("gap", 3),
            ("grid", ["菜名", "价格（元）", "备注"], [[x, str(K.R.randint(6, 98)), K("", "微辣", "招牌")] for x in L], [6, 3, 3]),
        ]
    return [
        ("title", K("菜单 MENU", "湖畔小馆", "家常菜"), {"size": 11, "col": "#a03018"}),
        (
            "cols",
            [
                [("fields", [F(x, "%d元" % K.R.randint(6, 98), {}, label=x) for x in L[:5]], "kv1")],
                [("fields", [F(x, "%d元" % K.R.randint(6, 98), {}, label=x) for x in L[5:]], "kv1")],
            ],
        ),
    ]


def bill(c, K):
    a, b, pr = K.R.randint(100, 900), K.R.randint(5, 240), K("0.59", "3.45", "2.98")
    return [
        (
            "banner",
            K("示例市水务集团 缴费通知单", "供电公司 电费账单", "燃气缴费通知单", "通信费用账单"),
            K("#1f6fb5", "#2c7a3a", "#c25a1a"),
        ),
        (
            "fields",
            n(
                ("户名|用户名|客户名称", c.p.name),
                ("户号|客户编号", "%010d" % K.R.randint(0, 10**10 - 1)),
                ("地址|用水地址|用电地址", c.p.addr),
                ("账期|抄表日期", K.date(c.today)),
                K=K,
            ),
            K("kv2", "kv1", "table4", "above2"),
        ),
        (
            "grid",
            ["上期读数", "本期读数", "用量", "单价", "金额"],
            [[str(a), str(a + b), str(b), pr, "%.2f" % (b * float(pr))]],
            [3, 3, 3, 3, 3],
        ),
        ("para", "请于每月25日前缴费，逾期将收取滞纳金。"),
        ("cols", [[("bar", None, {"width": 70, "h": 12})], [("qr", "https://pay.example/%d" % b, {"size": 24})]]),
    ]


def minutes(c, K):
    return [
        ("title", K("会议纪要", "例会记录", "工作周报", "值班日志", "会议签到表"), {"size": 8}),
        (
            "fields",
            n(
                ("时间|会议时间", K.date(c.today) + K(" 上午9:00", " 14:30")),
                ("地点", K("三楼会议室", "302室")),
                ("主持人", c.boss.name),
                ("记录人", c.q.name),
                ("参加人员", "、".join(x.name for x in (c.p, c.q, c.boss, c.driver, c.pm))),
                K=K,
            ),
            K("kv1", "table2", "under1"),
        ),
        ("gap", 2),
        (
            "list",
            K.R.sample(
                [
                    "学习《易制毒化学品管理条例》，部署购买备案检查工作。",
                    "通报窗口居住证、身份证办理数量和群众满意度。",
                    "讨论劳动合同续签和社会保险缴费基数调整事项。",
                    "研究营业执照到期变更和特种行业许可证年审准备。",
                    "安排车辆年检，收集行驶证复印件。",
                    "布置节日值班和安全生产承诺书签订工作。",
                ],
                4,
            ),
        ),
        ("row", None, "以上纪要请各部门遵照执行。"),
    ]


def resume(c, K):
    p = c.p
    fs = n(
        ("姓名", p.name),
        ("性别", p.sex),
        ("出生年月", "%d.%02d" % p.dob[:2]),
        ("民族", p.nation),
        ("学历", p.edu),
        ("毕业院校", c.univ),
        ("专业", c.major),
        ("联系电话", p.phone),
        ("现居地|住址", p.addr),
        ("求职意向", c.job),
        ("身份证号", p.idno, {"p": 0.2}),
        K=K,
    )
    return [
        ("title", K("个人简历", "求职简历", "应聘登记表", "入职登记表"), {"size": 9}),
        (
            "fields",
            fs,
            K("table4", "kv2", "kv1", "above2"),
            {"ph": {"side": "r", "w": 28, "h": 38, "bg": "#e8f0f8"} if K.chance(0.7) else None},
        ),
        ("gap", 2),
        ("head", "教育经历"),
        ("para", "%d.09—%d.06  %s  %s专业  %s学位" % (c.grad[0] - 4, c.grad[0], c.univ, c.major, c.deg)),
        ("head", "工作经历"),
        ("para", "%s至今  %s  %s，负责日常业务。" % (K.date(c.lc_from, "dot"), c.company, c.job)),
        ("head", K("技能证书", "自我评价")),
        ("para", K("持有C1机动车驾驶证、英语四级证书、计算机二级证书。", "工作认真负责，有团队精神，能吃苦耐劳。")),
    ]


def prices(c, K):
    L = K.R.sample(
        [
            ("证件照（一寸8张）", 20),
            ("身份证复印", 1),
            ("驾驶证换证拍照", 35),
            ("护照相片", 40),
            ("出入境数码照片回执", 30),
            ("文件打印", 1),
            ("证件快递", 15),
            ("公章刻制", 180),
            ("营业执照代办", 500),
            ("机动车检测", 260),
            ("毕业证翻译", 80),
            ("资料装订", 5),
        ],
        8,
    )
    return [
        ("title", K("价目表", "收费标准", "收费公示", "服务价格表", "照相馆价目表"), {"size": 9}),
        ("gap", 2),
        ("grid", ["项目", "单位", "价格（元）"], [[a, K("次", "份", "张"), str(b)] for a, b in L], [7, 3, 3]),
        ("foot", "监督电话：12315"),
    ]


def guestbook(c, K):
    ppl = [c.p, c.q, c.boss, c.driver, c.pm]
    return [
        ("title", K("来访人员登记表", "身份证复印登记簿", "证件领取登记表", "培训签到表", "车辆进出登记表", "员工花名册"), {"size": 7}),
        ("gap", 2),
        (
            "grid",
            ["序号", "姓名", "性别", "身份证号", "联系电话", "签名"],
            [[str(i + 1), F("", x.name), x.sex, F("", x.idno), F("", x.phone), ""] for i, x in enumerate(ppl)]
            + [[str(i + 6), "", "", "", "", ""] for i in range(5)],
            [2, 4, 2, 8, 5, 4],
            {"k": 0.85, "rh": 1.6},
        ),
    ]


def receiptslip(c, K):
    return [
        ("title", K("取件凭条", "寄存单", "缴费凭证", "银行回单", "POS签购单", "业务回执"), {"size": 5, "al": "c"}),
        (
            "fields",
            n(
                ("商户名称", c.company),
                ("日期时间", K.date(c.today) + " 10:%02d" % K.R.randint(0, 59)),
                ("流水号", "%012d" % K.R.randint(0, 10**12 - 1)),
                ("业务|项目", K(*BUSI, "证件照相")),
                ("姓名", c.p.name, {"p": 0.6}),
                ("金额", "%d.00元" % K.R.randint(5, 300)),
                K=K,
            ),
            K("kv1", "kv1", "under1"),
        ),
        ("bar", None, {"width": 50, "h": 8}),
        ("foot", K("请妥善保管，凭此单领取证件", "谢谢惠顾")),
    ], {"w": 80, "h": K(110, 130), "paper": "card", "margin": 6, "s0": 3.4}


def envelope(c, K):
    return [
        ("title", K("档案袋", "卷 宗 封 面", "资料袋", "业务档案", "文件袋"), {"size": K(12, 16), "al": "c"}),
        ("gap", 14),
        (
            "fields",
            n(
                ("姓名|户主", c.p.name),
                ("案卷号|编号", "%d-%05d" % (c.today[0], K.R.randint(1, 99999))),
                ("类别|内容", K(*BUSI)),
                ("材料清单", "、".join(K.R.sample(CERTS, 4))),
                ("归档日期", K.date(c.today)),
                ("保管期限", K("永久", "30年")),
                K=K,
            ),
            K("under1", "table2", "kv1"),
        ),
        ("gap", 10),
        ("sub", c.p.org),
    ]


def checklist(c, K):
    m = K.R.sample(CERTS, 8)
    return [
        ("title", K("材料清单", "提交材料目录", "材料核对表", "收件材料登记表", "申请材料自查表"), {"size": 7}),
        ("fields", n(("申请人", c.p.name), ("事项", c.item), ("日期", K.date(c.today)), K=K), K("kv2", "under1", "table4")),
        ("gap", 2),
        (
            "grid",
            ["序号", "材料名称", "原件", "复印件", "备注"],
            [[str(i + 1), x, K("√", "", "√"), K("√", "", "1"), ""] for i, x in enumerate(m)],
            [2, 7, 2, 2, 3],
        ),
        ("sign", [("收件人", c.boss.name, "name"), ("提交人", c.p.name, "name")]),
    ]


def faq(c, K):
    m = K.R.sample(CERTS, 5)
    bl = [("title", K("常见问题解答", "政策问答", "窗口咨询一百问", "你问我答"), {"size": 8}), ("gap", 2)]
    for i, x in enumerate(m):
        bl += [
            (
                "head",
                "%s%d：%s%s" % (K("问", "Q"), i + 1, x, K("遗失了怎么办？", "有效期是多久？", "可以委托他人代领吗？", "需要原件吗？")),
            ),
            (
                "para",
                "答："
                + K(
                    "请携带居民身份证到窗口申请补领，填写申请表即可。",
                    "可以。代办人须提交授权委托书和双方身份证。",
                    "以证件上载明的有效期限为准，期满前九十日内换领。",
                    "需要，窗口核验后退还，复印件留存。",
                ),
            ),
        ]
    return bl


def law(c, K):
    t, a = K(
        (
            "易制毒化学品管理条例（节选）",
            "购买第二类、第三类易制毒化学品的，应当在购买前将所需购买的品种、数量，向所在地的县级人民政府公安机关备案。",
        ),
        (
            "中华人民共和国居民身份证法（节选）",
            "居民身份证登记的项目包括：姓名、性别、民族、出生日期、常住户口所在地住址、公民身份号码、本人相片、证件的有效期和签发机关。",
        ),
        (
            "居住证暂行条例（节选）",
            "居住证登载的内容包括：姓名、性别、民族、出生日期、公民身份号码、本人相片、常住户口所在地住址、居住地住址、证件的签发机关和签发日期。",
        ),
        (
            "机动车驾驶证申领和使用规定（节选）",
            "机动车驾驶证记载和签注以下内容：姓名、性别、国籍、出生日期、住址、身份证明号码、照片、准驾车型代号、初次领证日期、有效期起始日期。",
        ),
    )
    return [
        ("title", t, {"size": 7}),
        ("gap", 3),
        *[
            ("para", "第%s条 %s" % ("一二三四五六七八九"[i], x))
            for i, x in enumerate(
                [
                    a,
                    "为了规范管理，保护公民合法权益，制定本规定。",
                    "有关部门应当按照各自职责做好相关工作。",
                    "违反本规定的，由公安机关责令改正，可以处警告或者罚款。",
                    a,
                    "本规定自公布之日起施行。",
                ]
            )
        ],
    ]


def warranty(c, K):
    return [
        ("title", K("产品合格证", "保修卡", "质量保证书", "三包凭证", "检测合格证"), {"size": 7}),
        (
            "fields",
            n(
                ("产品名称", K("电动自行车", "热水器", "打印机")),
                ("型号", "XK-%03d" % K.R.randint(1, 999)),
                ("出厂编号", "%010d" % K.R.randint(0, 10**10 - 1)),
                ("生产日期", K.date(c.v_reg)),
                ("检验员", "%02d" % K.R.randint(1, 30)),
                ("用户姓名", c.p.name),
                ("电话", c.p.phone),
                ("购买日期", K.date(c.today)),
                K=K,
            ),
            K("table2", "table4", "kv1", "under1"),
        ),
        ("para", "本产品经检验合格，准予出厂。保修期自购买之日起一年。"),
    ], {"w": 148, "h": 105, "paper": "card", "margin": 9, "s0": 3.6}


def poster(c, K):
    return [
        ("gap", 10),
        (
            "title",
            K("招  聘", "防范电信诈骗", "扫黑除恶 人人有责", "禁毒宣传", "诚聘英才", "文明城市"),
            {"size": 16, "col": K("#b01c22", "#12326e"), "al": "c"},
        ),
        ("gap", 6),
        *[
            ("para", t, {"k": 1.5, "indent": 0})
            for t in K.R.sample(
                [
                    "不轻信、不透露、不转账，谨防冒充公检法诈骗。",
                    "招聘%s若干名，月薪%d元，签劳动合同，缴纳社会保险。" % (c.job, c.wage),
                    "远离毒品，珍爱生命。严禁非法买卖易制毒化学品。",
                    "应聘者请带身份证、毕业证书、学位证书复印件。",
                    "咨询电话：" + c.boss.phone,
                    "不得出租、出借、买卖身份证和银行卡。",
                ],
                4,
            )
        ],
    ]


def dossier_table(c, K):
    rows = [
        [
            K.R.choice(["%d年" % y]),
            str(K.R.randint(100, 9999)),
            str(K.R.randint(100, 9999)),
            "%d.%d%%" % (K.R.randint(1, 30), K.R.randint(0, 9)),
        ]
        for y in range(2019, 2026)
    ]
    return [
        ("title", K("户籍业务统计表", "身份证制证数量统计", "驾驶证业务量报表", "工资表", "库存盘点表"), {"size": 7}),
        ("grid", [K("年度", "月份"), K("办理数", "新增"), K("办结数", "减少"), "同比"], rows, [3, 3, 3, 3]),
        ("row", "填报单位：" + c.company, "填报人：" + c.q.name),
    ]


LAYOUTS = [
    guide,
    guide,
    catalogue,
    notice,
    notice,
    queue,
    bank,
    bank,
    hospital,
    hospital,
    school,
    leave,
    rent,
    agreement,
    agreement,
    letter,
    letter,
    fine,
    ticket,
    invoice,
    delivery,
    insurance,
    news,
    news,
    property_,
    idcardish,
    idcardish,
    training,
    english,
    menu,
    bill,
    minutes,
    resume,
    prices,
    guestbook,
    receiptslip,
    envelope,
    checklist,
    faq,
    law,
    warranty,
    poster,
    dossier_table,
]


def draw(fn, c, dpi, R):
    K = Ctx(R)
    r = fn(c, K)
    bl, kw = r if isinstance(r, tuple) else (r, {})
    printed = fn in (guide, catalogue, invoice, ticket, insurance, news, property_, english, bill, law, faq, prices, queue, receiptslip)
    st = style(R, 0.0 if printed else 0.3, kw.get("w", 210) < 100)
    g = sheet(
        dpi,
        R,
        [b for b in bl if b],
        st=st,
        dec=kw.pop("dec", "plain"),
        bg=kw.pop("bg", K("#ffffff", "#ffffff", "#fff6e6", "#fdfcf6")),
        **kw,
    )
    g.fields.clear()
    return [(fn.__name__.strip("_"), g)]


def other(c, dpi, R):
    return draw(R.choice(LAYOUTS), c, dpi, R)
