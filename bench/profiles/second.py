"""The profile `second` of the session generator: other layouts, names, wording and faults than `dev`, for acceptance only, never for tuning.

`make_sessions.py --profile second` imports it; the generator's folder (base.py) and this one must be on the import path. See README.md here.
"""

import numpy as np
from second_cards import LAYOUTS as CARDS
from second_certs import LAYOUTS as CERTS
from second_forms import LAYOUTS as FORMS
from second_forms import application_form
from second_others import LAYOUTS as OTHERS
from second_tools import page

LAYOUTS = CARDS | CERTS | FORMS | OTHERS


# ---------- names of persons, places and firms ----------
def _pairs(s):
    return [tuple(t.split(":")) for t in s.split()]


class Office(str):
    """Name of the police: of a county by its own name, of a district as a branch of the city's."""

    def format(self, city, dist):
        return dist + "公安局" if dist.endswith("县") else f"{city}公安局{dist}分局"


P = {
    "sur": _pairs(
        "沈:shen 韩:han 唐:tang 冯:feng 曹:cao 彭:peng 曾:zeng 田:tian 董:dong 袁:yuan 潘:pan 蒋:jiang 蔡:cai 余:yu 杜:du 叶:ye 程:cheng "
        "魏:wei 丁:ding 任:ren 姚:yao 卢:lu 傅:fu 钟:zhong 崔:cui 谭:tan 廖:liao 范:fan 汪:wang 陆:lu 金:jin 石:shi 邱:qiu 欧阳:ouyang 上官:shangguan"
    ),
    "givm": _pairs(
        "子:zi 俊:jun 辉:hui 鹏:peng 斌:bin 峰:feng 海:hai 晨:chen 旭:xu 凯:kai 松:song 亮:liang 立:li 振:zhen 荣:rong 庆:qing 泽:ze 成:cheng 东:dong 平:ping"
    ),
    "givf": _pairs(
        "婷:ting 雪:xue 倩:qian 琳:lin 慧:hui 琪:qi 燕:yan 凤:feng 珍:zhen 萍:ping 莉:li 思:si 佳:jia 诗:shi 春:chun 红:hong 云:yun 月:yue 洁:jie 清:qing"
    ),
    "nation": ["土家", "侗", "蒙古", "朝鲜", "彝", "畲"],
    "region": ["330297", "330298", "330299", "330697"],
    "city": ["样例市"],
    "district": ["云泽区", "石塘区", "望湖区", "青杨区", "模范县", "松岭县"],
    "road": ["中山西路", "环城南路", "体育场路", "滨河大道", "城关镇文昌街", "白塔巷", "工业五路", "梅园新村", "枫林街道建新路"],
    "addr": ["{a}弄{b}号{d}室", "{a}号{b}幢{d}室", "{a}号附{b}号", "{b}幢{c}单元{d}", "{a}号"],
    "phone": ["135", "137", "151", "158", "177", "189", "199"],
    "psb": Office(),
    "rp": "3302",
    "plate": ["浙"],
    "car": ["丰田牌TV7166", "吉利美日牌MR7132", "长安牌SC6399", "别克牌SGM7150", "江淮牌HFC5045"],
    "word": ["宏盛", "永昌", "泰和", "新纪元", "天目", "海纳", "中科", "同兴", "绿源"],
    "ind": ["实业有限公司", "化学试剂有限公司", "机电设备有限公司", "供应链管理有限公司", "新材料股份有限公司"],
    "univ": ["样例工业大学", "样例科技学院", "云泽医科大学", "江南财经大学样例学院"],
    "major": [
        ("机械设计制造及其自动化", "工学"),
        ("护理学", "医学"),
        ("国际经济与贸易", "经济学"),
        ("法学", "法学"),
        ("应用化学", "理学"),
        ("英语", "文学"),
    ],
    "job": ["质量检验员", "人事专员", "装配钳工", "货车驾驶员", "行政助理", "平面设计师"],
    "chem": ["三氯甲烷", "乙醚", "甲基乙基酮", "盐酸", "硫酸", "丙酮", "哌啶"],
}
HANDFONT = "wenkail"
CASEPREFIX = "YL2026-"

_HUKOU = ["application_form", "id_card", "hukou"]
ITEMS = [
    ("大中专毕业生落户", [*_HUKOU, "graduation_cert", "degree_cert", "commitment", "other"]),
    ("就业人员市外迁入", [*_HUKOU, "labor_contract", "social_insurance", "residence_permit", "commitment"]),
    ("配偶投靠迁入", [*_HUKOU, "marriage_cert", "residence_permit", "commitment"]),
    ("出生登记", ["birth_cert", "hukou", "marriage_cert", "application_form", "power_of_attorney"]),
    ("机动车驾驶证期满换领", ["driver_license", "id_card", "application_form", "other"]),
    ("机动车检验标志申领", ["vehicle_license", "inspection_mark", "driver_license", "power_of_attorney"]),
    ("普通护照换发", ["passport", "id_card", "hukou", "application_form", "hkmo_permit"]),
    ("往来港澳通行证签注", ["hkmo_permit", "id_card", "application_form", "social_insurance", "other"]),
    ("易制毒化学品购买备案", ["precursor_purchase", "business_license", "id_card", "power_of_attorney", "commitment"]),
    (
        "易制毒化学品运输许可",
        ["precursor_transport_permit", "precursor_transport_record", "business_license", "driver_license", "vehicle_license"],
    ),
    ("旅馆业特种行业许可", ["special_trade_license", "business_license", "id_card", "application_form", "commitment"]),
    ("居住证补领换领", ["residence_permit", "id_card", "labor_contract", "power_of_attorney", "other"]),
    (
        "危险货物运输备案",
        ["precursor_transport_record", "precursor_purchase", "driver_license", "vehicle_license", "business_license", "power_of_attorney"],
    ),
    ("学历信息变更登记", ["graduation_cert", "degree_cert", "hukou", "application_form", "power_of_attorney"]),
]


# ---------- layouts ----------
def _pick(kind):
    def draw(c, dpi, R):
        return R.choice(LAYOUTS[kind])(c, dpi, R)

    return draw


def _other(c, dpi, R):
    """Now and then two sheets in a row that have nothing to do with the case."""
    docs = R.choice(LAYOUTS["other"])(c, dpi, R)
    if docs[0][1].paper == "sheet" and R.random() < 0.12:
        more = R.choice(LAYOUTS["other"])(c, dpi, R)
        docs += more if more[0][1].paper == "sheet" else []
    return docs


LAY = {kind: _pick(kind) for kind in LAYOUTS} | {"other": _other, "application_form": application_form}


def G(w, h, dpi, R, body="micro", bg="#ffffff", paper="card"):
    """A page, as the generator asks for one for its separator sheets."""
    return page(w, h, dpi, R, "micro", bg, paper)


def SEP(g, payload, case):
    """Separator sheet: the code small and to the right, text in a table on the left."""
    g.rect(12, 12, 198, 90, 1.2)
    g.put(22, 32, "案卷分隔页", 11, "zenhei")
    g.item(22, 52, "案件编号", case["no"], size=6)
    g.item(22, 66, "业务事项", case["item"], size=4.6)
    g.item(22, 80, "提示", "本页不归档，扫描后收回循环使用", size=4)
    g.qr(146, 24, 44, payload)
    g.text(20, 118, "放置方法：正面朝上，置于每宗材料第一页之前；不得折叠、涂写。", 160, 5, 2.0, 0)
    for y in (150, 200, 250):
        g.line(12, y, 198, y, 0.4)


# ---------- devices and faults ----------
DEVICES = [
    ("DS-770II", "EPSON Scan 2 DS-770II"),
    ("ADS-4700W", "Brother iPrint&Scan ADS-4700W"),
    ("S2060w", "KODAK S2060w Capture Pro"),
    ("WorkCentre 7845", "Xerox WorkCentre 7845"),
    ("M-6290", "HanWang Doc Scanner M-6290"),
]
MODES = ["pdf-color", "tif-g4", "jpg-dir", "pdf-g4", "tif-jpeg", "pdf-gray", "tif-g4", "jpg-dir", "tif-gray", "pdf-color"]
WHITE, GREY, BLACK = (250, 250, 249), (168, 170, 172), (16, 17, 20)


def distort(R):
    """The faults of one page; lid, tone, gamma and overscan are taken from the session's device."""
    r = R.random()
    skew = R.gauss(0, 0.3) if r < 0.5 else R.uniform(-2.2, 2.2) if r < 0.88 else R.choice([-1, 1]) * R.uniform(2.2, 7.5)
    lid = R.choices([WHITE, GREY, BLACK], [50, 20, 30])[0]
    low = R.random() < 0.06
    return {
        "skew": round(skew, 2),
        "orient": R.choices([0, 90, 180, 270], [70, 9, 13, 8])[0],
        "lid": lid,
        "light": not low and R.random() < 0.16,
        "noise": R.choice([0, 0.6, 1.2, 2.0]) if R.random() < 0.92 else R.uniform(4, 6),
        "low": low,
        "fold": R.random() < 0.05,
        "holes": R.random() < 0.12,
        "blur": R.random() < 0.05,
        "over": R.choice([0, 0, 0, R.uniform(2, 6)]),
        "streak": R.choice([1, 1, 2]) if R.random() < 0.1 else 0,
        "specks": R.randint(5, 60) if R.random() < 0.15 else 0,
        "gamma": R.choice([1.0, 1.0, 1.12, 0.88]),
        "tone": R.choice([None, None, (1.0, 0.97, 0.88), (0.95, 0.98, 1.0)]),
    }


def THRESH(R, d):
    """Fixed thresholds, halftones or adaptive ones; none that would swallow a readable page."""
    dark = d["lid"][0] < 100
    if d["blur"]:
        return 180 if d["low"] else "adaptive" if d["light"] else 195
    if d["low"]:
        return 172
    if d["light"]:
        return 120 if dark else "adaptive"
    return R.choice([160, 165, 175, 175, 180, 185, "halftone"])


def TIFFOPT(R):
    return {"fillorder": R.choice([1, 1, 2]), "bigendian": R.random() < 0.3}


JPGNAME = "Image_%d.jpg"


def JPGSTART(R):
    return R.choice([1, 1, 8, 97])


def JPGMETA(R, img, t, make):
    """The device turns some pages by the EXIF tag only: what is stored is the page turned back."""
    o = R.choices([1, 3, 6, 8], [60, 12, 16, 12])[0]
    stored = np.ascontiguousarray(np.rot90(img, {1: 0, 3: 2, 6: 1, 8: -1}[o]))
    if o != 1:
        t["exif_orientation"] = o
    return {"make": make.split()[0], "model": make, "orientation": o}, R.random() < 0.8, stored, t


def PDFPAGE(R, img, t, e, sess, fx):
    """Some pages are turned by /Rotate, some come in bands of several images."""
    rot = R.choices([0, 90, 180, 270], [70, 10, 10, 10])[0]
    a = np.ascontiguousarray(np.rot90(img, rot // 90))
    if rot:
        t["pdf_rotate"] = rot
    n = R.choices([1, 3, 6], [65, 20, 15])[0]
    h = -(-a.shape[0] // n)
    h += -h % 16
    g4 = e["kind"] == "g4"
    parts = []
    for y in range(0, a.shape[0], h):
        band = np.ascontiguousarray(a[y : y + h])
        data = fx.enc_g4(band) if g4 else fx.enc_jpeg(band, sess["quality"], sess["dpi"])
        parts.append((e["kind"], data, band.shape[1], band.shape[0], g4 or band.ndim == 2))
    return parts, rot


def NAMES(sess, n):
    k = sess["index"] * 40 + n
    day = sess["start"][:8]
    return {
        "norm": [f"DOC{day}{k:04d}", f"{day[:4]}-{day[4:6]}-{day[6:]}_{n:02d}_{sess['window']}", f"img{k:05d}", f"Epson_{day[4:]}_{k}"],
        "hostile": [
            f"户籍窗口（{k}）扫描件",
            f"  副本 - 扫描{k}",
            f"Scan.{day}.v{n}.final",
            f"100% 完成 #{k} & 待归档",
            f"ｆｕｌｌｗｉｄｔｈ＿{k}",
            f"沈某—购买备案[{k}]~1",
            "补充材料" * 15 + str(k),
        ],
    }
