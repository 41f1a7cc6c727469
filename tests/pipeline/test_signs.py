"""What speaks for and against a kind whatever its layout: headlines, families with a subject, notices, other kinds named."""

import json
import time
from importlib.resources import files
from math import isclose

import pytest

from domain.kinds import OTHER, kinds
from pipeline.classify import RuleClassifier, candidates, scored
from pipeline.confidence import confidence, enough
from pipeline.fields import fields_of
from pipeline.sheet import Sheet
from pipeline.signs import SIGNS, headed, headline, signs, title
from tests.fakes.drawn_page import Line, page

FORM: list[Line] = [("姓名", 200, 400, 40), ("王小明", 400, 400, 40), ("性别", 700, 400, 40), ("男", 900, 400, 40)]
NUMBER: list[Line] = [("公民身份号码", 200, 480, 40), ("999999199003070012", 500, 480, 40)]
SIGNED: list[Line] = [("申请人签名：", 200, 900, 40)]


def sheet(*lines: Line) -> Sheet:
    return Sheet.of(page(list(lines)))


@pytest.mark.parametrize("row", ["居住证", "示例市居住证", "居住证 RESIDENCE PERMIT", "中华人民共和国居住证"])
def test_a_row_that_ends_in_the_name_of_a_kind_is_its_title(row):
    assert title(kinds()["residence_permit"], sheet((row, 300, 100, 70), *FORM)) == 1.0


@pytest.mark.parametrize("row", ["居住证申请须知", "办理居住证", "请携带身份证、居住证", "证件类型：居住证", "关于换发居住证"])
def test_a_row_about_a_kind_is_not_its_title(row):
    assert title(kinds()["residence_permit"], sheet((row, 300, 100, 70), *FORM)) < 1.0


def test_a_title_in_the_midst_of_the_text_and_as_small_as_it_is_none():
    rows = [("敬启者", 200, 100 + 60 * n, 40) for n in range(6)]
    assert title(kinds()["residence_permit"], sheet(*rows, ("居住证", 200, 900, 40))) < 1.0


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("机动车驾驶证换证申请表", "app_driving"),
        ("中国公民因私出国（境）申请审批表", "app_exit"),
        ("示例市易制毒化学品购买备案登记表", "app_precursor"),
        ("居民身份证换领申请登记表", "app_id_card"),
        ("特种行业开业申请登记表", "app_special"),
    ],
)
def test_an_application_is_known_by_its_subject(row, kind):
    document = RuleClassifier().classify([page([(row, 300, 100, 70), *FORM, *NUMBER, *SIGNED])])
    assert document.kind == kind and (headline(kinds()[kind], sheet((row, 300, 100, 70), *FORM)) or (None, False))[1]


@pytest.mark.parametrize("row", ["加班申请表", "图书馆读者登记表", "贷款申请表"])
def test_an_application_for_something_else_is_other(row):
    found = sheet((row, 300, 100, 70), *FORM)
    assert not any((headline(kind, found) or (None, False))[1] for kind in kinds().values() if kind.family == "application")
    assert RuleClassifier().classify([page([(row, 300, 100, 70), *FORM, ("部门", 200, 480, 40), ("后勤部", 400, 480, 40)])]).kind == OTHER


def test_a_title_that_is_nearly_another_kind_s_is_that_kind_s():
    back = sheet(("中华人民共和国机动车驾驶证副页", 300, 100, 60), ("证号", 200, 300, 40), ("999999199003070012", 400, 300, 40))
    assert title(kinds()["driving_licence"], back) == 1.0 and title(kinds()["vehicle_licence"], back) == 0.0


def test_an_english_form_that_asks_for_a_passport_is_none():
    form = [
        ("VISA APPLICATION FORM", 400, 100, 70),
        ("Passport No", 200, 300, 40),
        ("E12345678", 600, 300, 40),
        ("Date of birth", 200, 400, 40),
    ]
    assert headed(sheet(*form)) and RuleClassifier().classify([page(form)]).kind == OTHER


def test_a_phrase_that_a_line_breaks_is_still_said():
    lines: list[Line] = [("兹证明王小明在我市参加社会保险，缴费基", 200, 300, 40), ("数5000元，累计缴费12个月。", 200, 360, 40)]
    assert any(e.phrase == "缴费基数" for e in next(s for s in scored([sheet(*lines)]) if s.kind.name == "social_insurance_proof").evidence)


def test_a_notice_that_names_what_to_bring_is_none_of_it():
    notice = [
        ("办理流程及所需材料", 300, 100, 70),
        ("请携带居民身份证、居民户口簿、结婚证、营业执照原件及复印件", 200, 300, 36),
        ("温馨提示：办理时限为五个工作日，收费标准见公告栏", 200, 400, 36),
    ]
    assert RuleClassifier().classify([page(notice)]).kind == OTHER


def test_headlines_of_papers_are_seen_and_those_of_nothing_are_not():
    assert headed(sheet(("购房协议书", 300, 100, 80), *FORM))
    rows = [("甲方应当支付的劳动报酬见合同", 200, 100 + 60 * n, 40) for n in range(8)]
    assert not headed(sheet(*rows))
    assert not headed(sheet(("老湖边小馆", 300, 100, 80), ("拍黄瓜", 200, 400, 40)))


def test_weights_are_there_for_every_sign_and_confidence_is_their_logistic_sum():
    model = json.loads(files("pipeline").joinpath("confidence.json").read_text(encoding="utf-8"))
    assert set(model["weights"]) == set(SIGNS) and 0.3 <= enough() <= 0.9
    assert isclose(confidence([0.0] * len(SIGNS)), 1 / (1 + 2.718281828459045 ** -model["intercept"]), rel_tol=1e-6)
    assert confidence([9.0] * len(SIGNS)) <= 1.0


def test_of_a_family_one_candidate_is_looked_at_and_signs_are_small_numbers():
    found = [sheet(("公安业务综合申请表", 300, 100, 70), *FORM, *NUMBER, *SIGNED)]
    families = [c.kind.family for c in candidates(found) if c.kind.family]
    assert families == ["application"]
    for candidate in candidates(found):
        made = signs(candidate, found, fields_of(candidate.kind, found))
        assert len(made) == len(SIGNS) and all(-1 <= s <= 9 for s in made)


LABELS = ("姓名", "#%", "性别", "#%", "出生日期", "#%", "住址", "##", "公民身份号码", "#%")


@pytest.mark.parametrize(
    "lines",
    [
        [("居民身份证申领登记表", 500, 5, 60), *((x, 40 + 160 * k, 80 + 14 * n, 9) for n in range(150) for k, x in enumerate(LABELS))],
        [("申请" * 3000, 0, 100, 1)],
        [("社会保险参保证明", 300, 5, 60), *(("在我向因承诺人" * 14, 20, 80 + 14 * n, 9) for n in range(80))],
        [("易制毒化学品购买备案证明", 300, 5, 60), *(("丙酮 " * 30, 20, 80 + 14 * n, 9) for n in range(150))],
    ],
)
def test_a_page_that_is_full_of_labels_costs_seconds_not_minutes(lines):
    dense = page(lines)
    start = time.process_time()
    RuleClassifier().classify([dense])
    assert time.process_time() - start < 10


def test_what_a_page_leans_to_is_said_even_where_it_is_too_little():
    weak = page([("本合同一式两份", 200, 200, 40), ("甲方", 200, 300, 40), ("乙方", 700, 300, 40)])
    kind, sure = RuleClassifier().leaning(weak)
    assert kind == "labour_contract" and 0 < sure < enough() and RuleClassifier().classify([weak]).kind == OTHER
    assert RuleClassifier().leaning(page([("老湖边小馆", 500, 200, 90)])) == (OTHER, 0.0)


def test_a_list_of_what_is_handed_in_does_not_make_an_application_another_paper():
    rows = [("“一窗受理”综合申请表", 300, 100, 70), *FORM, *NUMBER, *SIGNED]
    listed = [
        (f"{n}.{name}（验原件）", 200, 1000 + 60 * n, 40)
        for n, name in enumerate(("劳动合同", "结婚证", "毕业证书", "居住证", "居民户口簿"), 1)
    ]
    document = RuleClassifier().classify([page([*rows, ("业务名称", 200, 700, 40), ("特种行业许可证变更", 600, 700, 40), *listed])])
    assert document.kind == "app_special"


@pytest.mark.parametrize(
    "lines",
    [
        [
            "产品报价单",
            "供应商：示例市百川有限公司",
            "1 甲苯 分析纯 桶 242.00 现货",
            "2 乙醚 分析纯 瓶 95.00 现货",
            "易制毒化学品须凭购买备案证明供货。",
            "2026年8月13日",
        ],
        [
            "法律小课堂：委托书",
            "来源：法律服务网 2026年2月28日",
            "委托书一般应写明委托人、受托人的姓名和身份证号码，委托事项，委托权限以及委托期限。",
            "委托书常见的问题：委托事项写得过于笼统。",
        ],
    ],
)
def test_offers_and_lessons_about_a_paper_are_other(lines):
    assert (
        RuleClassifier().classify([page([(text, 200, 100 + 90 * n, 60 if n == 0 else 40) for n, text in enumerate(lines)])]).kind == OTHER
    )
