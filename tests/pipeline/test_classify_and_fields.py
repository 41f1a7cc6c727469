import pytest

from domain.kinds import kinds
from domain.model import Document, Page
from pipeline.classify import RuleClassifier
from tests.fakes.drawn_page import Line, page

ID = "999999199003070012"
FRONT: list[Line] = [
    ("姓名", 200, 200, 40), ("王小明", 320, 200, 40),
    ("性别", 200, 280, 40), ("男", 320, 280, 40), ("民族", 420, 280, 40), ("汉", 540, 280, 40),
    ("出生", 200, 360, 40), ("1990年3月7日", 320, 360, 40),
    ("住址", 200, 440, 40), ("示例市东湖区人民路12", 320, 440, 40), ("号3栋", 320, 500, 40),
    ("公民身份号码", 200, 600, 40), (ID, 500, 600, 40),
]  # fmt: skip
BACK: list[Line] = [
    ("中华人民共和国", 500, 1000, 50),
    ("居民身份证", 500, 1080, 90),
    ("签发机关", 300, 1300, 40), ("示例市公安局", 520, 1300, 40),
    ("有效期限", 300, 1380, 40), ("2015.10.26-长期", 520, 1380, 40),
]  # fmt: skip
MENU: list[Line] = [("老湖边小馆", 500, 200, 90), ("凉菜", 200, 400, 50), ("拍黄瓜9元", 200, 500, 40), ("户号", 200, 600, 40)]


def classified(*lines: list[Line]) -> Document:
    return RuleClassifier().classify([page(each, n) for n, each in enumerate(lines, 1)])


def values(document: Document) -> dict[str, str]:
    return {f.name: f.value for f in document.fields}


def test_an_identity_card_is_known_from_either_side_and_from_both() -> None:
    for lines in ([FRONT], [BACK], [FRONT + BACK], [FRONT, BACK]):
        document = classified(*lines)
        assert document.kind == "id_card" and 0 < document.confidence <= 1


def test_evidence_says_what_where_and_how_much() -> None:
    document = classified(FRONT, BACK)
    title = next(e for e in document.evidence if e.phrase == "居民身份证")
    assert title.page == 2 and title.weight > 0.9 and title.box is not None and title.box[1] == pytest.approx(1080 / 2339)


def test_fields_are_read_with_their_boxes() -> None:
    document = classified(FRONT + BACK)
    assert values(document) == {
        "name": "王小明", "sex": "男", "nation": "汉", "birth_date": "1990-03-07", "address": "示例市东湖区人民路12号3栋",
        "id_no": ID, "authority": "示例市公安局", "valid_from": "2015-10-26", "valid_to": "长期",
    }  # fmt: skip
    name = next(f for f in document.fields if f.name == "name")
    assert name.box is not None and name.box[0] == pytest.approx(320 / 1654) and not name.doubtful


def test_a_number_that_fails_its_rule_is_given_as_read_and_doubted() -> None:
    wrong = [(t.replace(ID, "999999199003070011"), *rest) for t, *rest in FRONT]
    field = next(f for f in classified(wrong).fields if f.name == "id_no")
    assert field.value == "999999199003070011" and "check-wrong" in field.doubtful


def test_a_birth_date_that_is_not_the_number_s_is_doubted_on_both() -> None:
    wrong = [(t.replace("3月7日", "3月8日"), *rest) for t, *rest in FRONT]
    doubted = {f.name: f.doubtful for f in classified(wrong).fields if f.doubtful}
    assert doubted == {"birth_date": ("birth-differs-from-number",), "id_no": ("birth-differs-from-number",)}


def test_what_is_no_kind_is_other_without_fields() -> None:
    document = classified(MENU)
    assert document.kind == "other" and document.fields == () and document.confidence > 0.5
    assert RuleClassifier().classify([page([("无", 1, 1, 20)])]).kind == "other"


def test_a_letter_spaced_title_and_a_misread_character_are_forgiven() -> None:
    assert classified([("居 住 证", 500, 300, 90), ("每年签注一次", 300, 600, 40)]).kind == "residence_permit"
    assert classified([("易制毒化学品购买备案证朋", 300, 300, 80), ("购买单位", 200, 500, 40)]).kind == "precursor_purchase_proof"


@pytest.mark.parametrize("kind", [k.name for k in kinds().values() if k.titles and not k.family])
def test_a_page_with_its_title_and_its_phrases_is_of_its_kind(kind: str) -> None:
    known = kinds()[kind]
    phrases = [p for p, weight in known.phrases.items() if weight > 0]
    lines: list[Line] = [(known.titles[0], 300, 100, 80), *((p, 200, 250 + 50 * n, 36) for n, p in enumerate(phrases[:24]))]
    assert RuleClassifier().classify([page(lines)]).kind == kind


def test_an_application_names_its_item_and_is_not_taken_for_the_certificate() -> None:
    lines: list[Line] = [
        ("往来港澳通行证换发申请表", 300, 100, 80),
        ("姓名", 200, 300, 40),
        ("王小明", 400, 300, 40),
        ("申请人签名：", 200, 900, 40),
    ]
    document = classified(lines)
    assert document.kind == "app_exit" and values(document)["item"] == "往来港澳通行证换发" and values(document)["name"] == "王小明"


def test_a_permit_s_machine_readable_line_is_checked_against_what_is_printed() -> None:
    lines: list[Line] = [
        ("往来港澳通行证", 200, 100, 60), ("C88607477", 1000, 100, 50), ("王小明", 500, 300, 40), ("WANG,XIAOMING", 500, 360, 40),
        ("出生日期", 500, 430, 30), ("1982.01.01", 700, 430, 40), ("有效期限", 500, 500, 30), ("2018.06.11-2028.06.10", 700, 500, 40),
        ("CSC886084772<2806103<8201010<4", 200, 700, 40),
    ]  # fmt: skip
    document = classified(lines)
    fields = {f.name: f for f in document.fields}
    assert document.kind == "hk_macao_taiwan_permit" and fields["mrz"].doubtful == () and fields["name"].value == "王小明"
    assert "differs-from-machine-readable-line" in fields["permit_no"].doubtful and not fields["birth_date"].doubtful


def test_classifying_leaves_the_pages_as_they_were() -> None:
    given: list[Page] = [page(FRONT), page(BACK, 2)]
    assert RuleClassifier().classify(given).pages == tuple(given)
