"""Profile `varied` of the session generator: every kind of page in many layouts and wordings, drawn by procedure.

For TUNING casefile's rules of kinds and fields; never for acceptance. Names, places and numbers are fictional.
It needs the generator's folder on the path, because it draws on the generator's `base`:

    PYTHONPATH=bench/profiles python ../shared/sessions/make_sessions.py --profile varied --out DIR --seed 1 --cases 30 --jobs 1

`varied_core` holds the layout engines, `varied_kinds` the sheets, `varied_cards` the small documents, `varied_other` the pages
nobody asked for, `tuning_check` looks for text that overlaps and makes contact sheets. The pages of kind `other` keep clear of
papers that have a kind of their own in the catalogue (tenancy contracts, study proofs, receipts of acceptance and the like),
except for agreements of sale between private persons.
"""

import zlib

import varied_cards
import varied_kinds
import varied_other
from varied_core import Page


def _py(s):
    return [(t[0], t[1:]) for t in s.split()]


class _Bureau:
    """Names of public security bureaus: one form for one place, several over all."""

    FORMS = ("{city}公安局", "{city}公安局{dist}分局", "{city}公安局", "{city}{dist}公安分局")

    def format(self, city, dist):
        return self.FORMS[zlib.crc32((city + dist).encode()) % len(self.FORMS)].format(city=city, dist=dist)


PROV = {
    "云江市": "江南省",
    "临溪市": "东岭省",
    "海棠市": "南浦省",
    "青岚市": "西川省",
    "望河市": "北原省",
    "松阳湖市": "江南省",
    "白石市": "东岭省",
    "示例市": "示例省",
    "长宁州市": "南浦省",
}
P = dict(
    sur=_py(
        "王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he 郭guo 马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao 程cheng 曹cao 袁yuan 邓deng 许xu 傅fu 沈shen 曾zeng 彭peng 吕lv 苏su 卢lu 蒋jiang 蔡cai 贾jia 丁ding 魏wei 薛xue 叶ye 阎yan 余yu 潘pan 杜du 戴dai 夏xia 钟zhong 汪wang 田tian 任ren 姜jiang 范fan 方fang 石shi 姚yao 谭tan 廖liao 邹zou 熊xiong 金jin 陆lu 郝hao 孔kong 白bai 崔cui 康kang 毛mao 邱qiu 秦qin 江jiang 史shi 顾gu 侯hou 邵shao 孟meng 龙long 万wan 段duan 雷lei 钱qian 汤tang 尹yin 黎li 易yi 常chang 武wu 乔qiao 贺he 赖lai 龚gong 文wen"
    ),
    givm=_py(
        "伟wei 强qiang 磊lei 军jun 洋yang 勇yong 杰jie 涛tao 明ming 超chao 刚gang 建jian 国guo 志zhi 华hua 文wen 博bo 宇yu 浩hao 然ran 平ping 辉hui 鹏peng 飞fei 斌bin 波bo 峰feng 亮liang 俊jun 凯kai 翔xiang 旭xu 东dong 海hai 林lin 生sheng 荣rong 福fu 庆qing 春chun 永yong 世shi 家jia 德de 成cheng 健jian 龙long 嘉jia 子zi 一yi 轩xuan 昊hao 睿rui 泽ze 恒heng 毅yi 诚cheng 阳yang"
    ),
    givf=_py(
        "芳fang 娜na 秀xiu 英ying 敏min 静jing 丽li 艳yan 娟juan 霞xia 兰lan 桂gui 梅mei 玉yu 怡yi 雨yu 桐tong 欣xin 嘉jia 晓xiao 红hong 燕yan 玲ling 萍ping 琴qin 云yun 洁jie 慧hui 莉li 婷ting 雪xue 颖ying 琳lin 倩qian 莹ying 蓉rong 菊ju 凤feng 珍zhen 月yue 思si 涵han 诗shi 瑶yao 佳jia 梦meng 子zi 可ke 心xin 若ruo 宁ning 文wen 舒shu 妍yan 璐lu"
    ),
    nation=["回", "满", "壮", "苗", "土家", "彝", "蒙古", "维吾尔", "布依", "侗", "朝鲜", "瑶"],
    region=["440399", "440398", "320597", "330199", "510198", "370297", "420199", "110199", "610398", "350297", "230199", "500198"],
    city=list(PROV),
    district=["东湖区", "南山岭区", "北桥区", "西津区", "城中区", "开发区", "高新区", "临江区", "平安县", "青溪县", "新港区", "金沙湾区"],
    road=[
        "人民路",
        "解放北路",
        "学院路",
        "长江路",
        "建设街",
        "民主东路",
        "世纪大道",
        "中山中路",
        "和平里",
        "新华西街",
        "滨河南路",
        "文昌巷",
        "工业三路",
        "凤凰大街",
        "红星路",
        "创业园路",
    ],
    addr=[
        "{a}号{b}栋{c}单元{d}室",
        "{a}号",
        "{a}号{d}房",
        "{a}弄{b}号{d}室",
        "{a}号{b}幢{d}",
        "{a}号院{b}号楼{c}单元{d}号",
        "翠湖花园{b}栋{d}室",
        "{a}号锦绣苑{c}座{d}",
        "{a}号之{b}",
    ],
    phone=["138", "139", "150", "186", "133", "177", "189", "159", "198", "166"],
    psb=_Bureau(),
    rp="4403",
    plate=["粤", "浙", "苏", "川", "鲁", "鄂", "京", "陕", "闽", "渝"],
    car=[
        "大众牌SVW71811",
        "东风日产牌DFL7168",
        "比亚迪牌BYD7005",
        "五菱牌LZW6450",
        "吉利美日牌MR7152",
        "长安牌SC7159",
        "哈弗牌CC6460",
        "丰田牌GTM7200",
        "本田牌HG7154",
        "福田牌BJ1045",
    ],
    word=["恒达", "瑞丰", "启明", "华信", "金桥", "远航", "博雅", "天成", "众合", "鼎盛", "润泽", "安泰", "宏图", "新锐", "百川", "泰和"],
    ind=[
        "科技有限公司",
        "商贸有限公司",
        "物流有限公司",
        "化工有限公司",
        "实业有限公司",
        "电子科技有限公司",
        "酒店管理有限公司",
        "新材料股份有限公司",
        "运输有限责任公司",
        "生物制药有限公司",
    ],
    univ=["示例大学", "示例理工大学", "东湖师范学院", "云江大学", "临溪工业大学", "青岚农业大学", "海棠财经大学", "望河医科大学"],
    major=[
        ("计算机科学与技术", "工学"),
        ("会计学", "管理学"),
        ("汉语言文学", "文学"),
        ("土木工程", "工学"),
        ("临床医学", "医学"),
        ("法学", "法学"),
        ("英语", "文学"),
        ("机械设计制造及其自动化", "工学"),
        ("应用化学", "理学"),
        ("工商管理", "管理学"),
        ("学前教育", "教育学"),
        ("园林", "农学"),
    ],
    job=["软件工程师", "会计", "仓库管理员", "销售专员", "车间主任", "行政助理", "司机", "质检员", "厨师", "护士", "产品经理", "电工"],
    chem=["盐酸", "硫酸", "丙酮", "甲苯", "高锰酸钾", "乙醚", "三氯甲烷", "哌啶", "苯乙酸", "醋酸酐", "甲基乙基酮", "溴素"],
)
HANDFONT = "kai"
ITEMS = [
    (
        "人才引进入户",
        ["application_form", "id_card", "hukou", "graduation_cert", "degree_cert", "labor_contract", "social_insurance", "other"],
    ),
    ("夫妻投靠入户", ["application_form", "id_card", "hukou", "marriage_cert", "residence_permit", "commitment"]),
    ("新生儿入户", ["birth_cert", "hukou", "id_card", "marriage_cert", "application_form", "other"]),
    ("机动车驾驶证换证", ["driver_license", "id_card", "application_form", "power_of_attorney", "other"]),
    ("六年免检标志核发", ["vehicle_license", "inspection_mark", "id_card", "driver_license", "power_of_attorney", "other"]),
    ("往来港澳通行证换发", ["hkmo_permit", "id_card", "hukou", "application_form", "passport", "residence_permit", "other"]),
    (
        "易制毒化学品购买备案",
        ["precursor_purchase", "business_license", "id_card", "power_of_attorney", "commitment", "application_form", "other"],
    ),
    (
        "易制毒化学品运输许可",
        [
            "precursor_transport_permit",
            "precursor_transport_record",
            "precursor_purchase",
            "business_license",
            "driver_license",
            "vehicle_license",
            "other",
        ],
    ),
    (
        "特种行业许可证变更",
        ["special_trade_license", "business_license", "id_card", "application_form", "commitment", "power_of_attorney", "other"],
    ),
    ("居住证签注", ["residence_permit", "id_card", "labor_contract", "social_insurance", "other"]),
    ("积分入户", ["degree_cert", "graduation_cert", "social_insurance", "residence_permit", "commitment", "application_form", "other"]),
    ("普通护照换发", ["passport", "id_card", "application_form", "commitment", "hukou", "other"]),
    ("机动车登记", ["vehicle_license", "inspection_mark", "driver_license", "business_license", "power_of_attorney", "other"]),
    (
        "易制毒化学品运输备案",
        ["precursor_transport_record", "precursor_transport_permit", "special_trade_license", "business_license", "commitment", "other"],
    ),
    ("旅馆业特种行业许可", ["special_trade_license", "business_license", "id_card", "application_form", "labor_contract"]),
    ("出生登记项目变更", ["birth_cert", "marriage_cert", "hukou", "power_of_attorney", "application_form", "other"]),
    ("居民身份证换领", ["id_card", "hukou", "hkmo_permit", "application_form"]),
    ("居住证首次申领", ["residence_permit", "labor_contract", "social_insurance", "graduation_cert", "application_form", "other"]),
]


def G(w, h, dpi, R, body="serif", bg=(255, 255, 255), paper="card"):
    return Page(w, h, dpi, R, body, bg, paper)


def _kind(fn):
    def run(c, dpi, R, **kw):
        c.prov = PROV[c.p.city]
        return fn(c, dpi, R, **kw)

    run.__name__ = fn.__name__
    return run


LAY = {k: _kind(v) for k, v in {**varied_cards.CARDS, **varied_kinds.SHEETS, "other": varied_other.other}.items()}
MODES = ["tif-g4", "pdf-color", "jpg-dir", "tif-jpeg", "pdf-g4", "tif-g4", "jpg-dir", "pdf-gray"]
DEVICES = [
    ("bizhub C360i", "KONICA MINOLTA bizhub C360i"),
    ("fi-7160", "PaperStream Capture 2.9 / FUJITSU fi-7160"),
    ("IM C3000", "RICOH IM C3000"),
    ("iR-ADV C3530", "Canon iR-ADV C3530 III  PDF"),
]


def distort(R):
    """Free parameters of one page: the mild mix of the ready-made profile."""
    r = R.random()
    sk = R.gauss(0, 0.45) if r < 0.6 else R.uniform(-3, 3) if r < 0.93 else R.uniform(-10, 10)
    return dict(
        skew=round(sk, 2),
        orient=R.choices([0, 90, 180, 270], [78, 7, 8, 7])[0],
        lid=R.choices([(244, 245, 243), (28, 28, 30)], [70, 30])[0],
        light=R.random() < 0.25,
        noise=R.choice([0, 1, 1.5, 2.5]) if R.random() < 0.9 else 5,
        low=R.random() < 0.08,
        fold=R.random() < 0.06,
        holes=R.random() < 0.07,
        blur=R.random() < 0.05,
        over=0,
        streak=0,
        gamma=1.0,
        dots=0,
        tone=None,
    )
