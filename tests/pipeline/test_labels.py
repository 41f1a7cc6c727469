"""Values beside, under and tight behind labels, in the ways that papers print them."""

from dataclasses import replace

import pytest

from domain.errors import Misconfigured
from domain.kinds import kinds, parse, words
from pipeline.fields import page_fields
from pipeline.names import surnamed
from pipeline.sheet import Sheet
from tests.fakes.drawn_page import SIZE, Line
from tests.fakes.drawn_page import words as drawn

ID = "999999199003070012"


def fields(kind: str, *lines: Line) -> dict:
    sheet = Sheet(drawn(lines), SIZE[0] / SIZE[1])
    return {f.name: f for f in page_fields(kinds()[kind], sheet, 1)}


def values(kind: str, *lines: Line) -> dict[str, str]:
    return {name: f.value for name, f in fields(kind, *lines).items()}


def test_a_value_may_follow_its_label_without_a_gap():
    found = values(
        "residence_permit", ("姓名王小明", 200, 200, 40), (f"公民身份号码{ID}", 200, 280, 40), ("签发日期2020年5月6日", 200, 360, 40)
    )
    assert found == {"name": "王小明", "id_no": ID, "issue_date": "2020-05-06"}


def test_a_word_that_begins_like_a_label_is_no_label():
    assert values("commitment_letter", ("姓名应当真实", 200, 200, 40), ("地址栏请勿空白", 200, 280, 40)) == {}


def test_what_is_added_to_a_label_in_brackets_or_behind_it_belongs_to_it():
    assert values("app_exit", ("申请人（姓名）", 200, 200, 40), ("王小明", 600, 200, 40))["name"] == "王小明"
    assert values("diploma", ("校长（签章）", 200, 200, 40), ("李大海", 600, 200, 40))["rector"] == "李大海"
    assert values("power_of_attorney", ("委托人姓名：王小明", 200, 200, 40))["principal"] == "王小明"


@pytest.mark.parametrize("written", ["姓名/Name王小明", "姓名Name：王小明", "姓名 Name 王小明", "姓名（Name）王小明"])
def test_a_translation_behind_a_label_is_part_of_it(written):
    assert values("driving_licence", (written, 200, 200, 40))["name"] == "王小明"


def test_a_label_may_fill_two_lines_of_its_cell():
    found = values(
        "app_exit",
        *[("申请人姓", 200, 200, 40), ("名", 260, 250, 40), ("王小明", 500, 225, 40)],
        *[("公民身份号", 200, 400, 40), ("码", 270, 450, 40), (ID, 500, 425, 40)],
        *[("现居住地", 200, 600, 40), ("址", 260, 650, 40), ("示例市东湖区人民路12号", 500, 625, 40)],
    )
    assert found == {"name": "王小明", "id_no": ID, "address": "示例市东湖区人民路12号"}


def test_words_that_only_happen_to_stand_under_one_another_are_no_label():
    assert "name" not in values("app_exit", ("申请人姓", 200, 200, 40), ("名", 900, 250, 40), ("王小明", 500, 225, 40))


def test_the_end_of_a_term_may_stand_beside_its_own_label():
    found = values(
        "driving_licence",
        ("有效期始", 200, 200, 40),
        ("2020-05-06", 400, 200, 40),
        ("有效期至", 200, 280, 40),
        ("2030-05-06", 400, 280, 40),
    )
    assert (found["valid_from"], found["valid_to"]) == ("2020-05-06", "2030-05-06")


def test_an_expression_is_tried_at_every_place_until_the_value_fits():
    lines: list[Line] = [
        ("业务办理委托书", 500, 100, 60),
        ("委托人王小明，身份证号", 200, 300, 40),
        (ID, 200, 360, 40),
        ("代为办理机动车登记手续。", 200, 420, 40),
    ]
    assert values("power_of_attorney", *lines)["item"] == "机动车登记"


def test_a_code_behind_a_translation_is_a_value():
    found = values("driving_licence", ("准驾车型Class C1E", 200, 200, 40), ("档案编号/File No.440100000001", 200, 300, 40))
    assert found == {"class": "C1E", "file_no": "440100000001"}


def test_a_label_of_another_kind_ends_a_value():
    found = values(
        "special_trade_licence",
        ("企业名称", 200, 200, 40),
        ("示例市远航有限公司", 420, 200, 40),
        ("民族", 860, 200, 40),
        ("汉", 980, 200, 40),
    )
    assert found["company"] == "示例市远航有限公司"


def test_a_date_that_is_broken_at_the_end_of_its_line_is_read_whole():
    found = values("id_card", ("有效期限", 200, 200, 40), ("2020年5月6日-2040年5", 400, 200, 40), ("月6日", 400, 250, 40))
    assert (found["valid_from"], found["valid_to"]) == ("2020-05-06", "2040-05-06")


def test_a_date_that_may_be_cut_off_is_not_believed():
    found = fields("id_card", ("有效期限", 200, 200, 40), ("2020年5月1", 420, 200, 40))
    assert all(f.doubtful for f in found.values())


def test_the_date_of_another_label_is_not_taken_for_the_last_on_the_page():
    found = values("transport_permit", ("有效期至", 200, 200, 40), ("2026年8月10日", 420, 200, 40))
    assert found["valid_to"] == "2026-08-10" and "issue_date" not in found


def test_numbers_without_labels_stand_in_the_order_of_the_fields():
    other = "999999198512123026"
    lines: list[Line] = [(f"我王小明身份证{ID}授权", 200, 200, 36), (f"李大海（{other}）办理机动车登记的一切手续", 200, 280, 36)]
    found = values("power_of_attorney", *lines)
    assert (found["principal_id"], found["agent_id"]) == (ID, other) and found["item"] == "机动车登记"
    assert "agent_id" not in values("power_of_attorney", lines[0]), "one number of two is nobody's"


def test_words_without_a_digit_are_no_number_misread():
    assert "id_no" not in values("id_card", ("公民身份号码", 200, 200, 40), ("公安局", 600, 200, 40))
    assert fields("id_card", ("公民身份号码", 200, 200, 40), ("99999919900", 600, 200, 40))["id_no"].doubtful == ("not-of-its-form",)


def test_a_name_is_cut_at_the_next_label_and_a_paper_is_no_name():
    assert values("app_exit", ("姓名", 200, 200, 40), ("王小明性别", 400, 200, 40))["name"] == "王小明"
    assert fields("driving_licence", ("姓名", 200, 200, 40), ("承诺书", 400, 200, 40))["name"].doubtful


def test_what_looks_like_its_sort_is_not_doubtful():
    found = fields(
        "id_card",
        ("姓名", 200, 200, 40),
        ("欧阳小明", 400, 200, 40),
        ("住址", 200, 280, 40),
        ("示例省示例市东湖区人民路12号", 400, 280, 40),
    )
    assert not found["name"].doubtful and not found["address"].doubtful
    assert surnamed("买买提·艾力") and not surnamed("王") and not surnamed("王小明大人")


def test_labels_of_all_kinds_are_known_and_none_is_latin_or_a_single_character():
    assert {"姓名", "公民身份号码", "许可次数"} <= words()
    assert all(len(w) > 1 and not any(c.isascii() and c.isalpha() for c in w) for w in words())


def test_families_and_macros_are_put_in_where_they_are_named():
    text = r"""
types: {text: {pattern: '.+'}}
macros: {day: '\d\d日'}
families:
  form: {heading: '表$', phrases: {申请表: 0.6}, stops: [照片], fields: {a: {type: text, labels: [甲], find: '({day})'}}}
kinds:
- {name: one, zh: 一, en: One, family: form, subject: 车, phrases: {车: 1}, stops: [备注], fields: {b: {type: text, labels: [乙]}}}
- {name: other, zh: 其他, en: Other}
"""
    one = parse(text)["one"]
    assert [rule.name for rule in one.fields] == ["a", "b"] and one.fields[0].find == (r"(\d\d日)",)
    assert one.phrases == {"申请表": 0.6, "车": 1} and one.stops == ("照片", "备注") and (one.heading, one.subject) == ("表$", "车")
    for broken in (text.replace("{day}", "{night}"), text.replace("family: form", "family: none")):
        with pytest.raises(Misconfigured):
            parse(broken)


def test_a_value_in_two_lines_round_its_label_is_read_whole():
    found = values("app_exit", ("工作单位", 200, 225, 40), ("示例市东湖百川科", 500, 195, 40), ("技有限公司", 500, 250, 40))
    assert found["company"] == "示例市东湖百川科技有限公司"


def test_a_value_nearer_to_its_label_than_the_next_cell_is_the_value():
    lines = [("参保单位", 150, 225, 40), ("示例市东湖百川科技有限责任公", 400, 195, 40), ("司", 660, 255, 40), ("缴费状态", 1250, 225, 40)]
    assert values("social_insurance_proof", *lines)["employer"] == "示例市东湖百川科技有限责任公司"


def test_a_value_centred_under_its_label_may_be_wider_than_it():
    head = [("姓名", 200, 200, 40), ("参保单位", 1000, 200, 40)]
    assert (
        values("social_insurance_proof", *head, ("王小明", 180, 300, 40), ("示例市东湖百川有限公司", 850, 300, 40))["employer"]
        == "示例市东湖百川有限公司"
    )


def test_a_label_nearly_read_in_a_longer_word_is_none():
    assert values("app_id_card", ("申请事项", 200, 200, 40), ("居民身份证换领", 200, 280, 40))["item"] == "居民身份证换领"


def test_of_several_places_the_one_that_looks_like_its_sort_is_taken():
    found = values("app_exit", ("申请人", 200, 200, 40), ("基本信息", 500, 200, 40), ("申请人姓名", 200, 300, 40), ("王小明", 500, 300, 40))
    assert found["name"] == "王小明"


def test_a_number_of_which_pieces_stand_apart_is_one_where_its_rule_says_so():
    assert values("app_exit", (ID[:6], 200, 400, 40), (ID[6:14], 500, 400, 40), (ID[14:], 800, 400, 40))["id_no"] == ID


@pytest.mark.parametrize(
    ("kind", "lines", "name", "reason"),
    [
        ("residence_permit", [("民族", 200, 200, 40), ("阳族", 400, 200, 40)], "nation", "not-of-its-form"),
        ("diploma", [("毕业证书编号：1234561990050001", 200, 200, 40)], "cert_no", "check-unsure"),
        ("degree_certificate", [("学位证书编号：12345619900500", 200, 200, 40)], "cert_no", "check-unsure"),
        ("driving_licence", [("档案编号：44190012345", 200, 200, 40)], "file_no", "check-unsure"),
        ("id_card", [("住址", 200, 200, 40), ("示例市东湖区人民路12号院3号楼5", 400, 200, 40)], "address", "no-such-address"),
        ("business_licence", [("名称", 200, 200, 40), ("准予示例市百川有限公司", 400, 200, 40)], "company", "not-like-its-sort"),
        ("diploma", [("日期：2014-07-3", 200, 200, 40)], "graduation_date", "cut-off"),
        ("id_card", [("姓名", 200, 200, 40), ("业生", 400, 200, 40)], "name", "no-such-surname"),
        ("id_card", [("住址", 200, 200, 40), ("示例市东湖区人民路号", 400, 200, 40)], "address", "no-such-address"),
        ("power_of_attorney", [("委托人（签名）：王小明", 200, 200, 40)], "principal", "read-from-a-signature"),
        ("business_licence", [("营业执照", 600, 100, 90), ("示例市市场监督管理局", 900, 1800, 40)], "authority", "place-said-nowhere-else"),
    ],
)
def test_what_does_not_look_like_its_sort_is_doubtful(kind, lines, name, reason):
    assert reason in fields(kind, *lines)[name].doubtful


@pytest.mark.parametrize(
    ("kind", "line", "name"),
    [
        ("app_exit", ("民族：土家族", 200, 200, 40), "nation"),
        ("diploma", ("毕业证书编号：123456199005000123", 200, 200, 40), "cert_no"),
        ("degree_certificate", ("学位证书编号：1234561990050001", 200, 200, 40), "cert_no"),
        ("degree_certificate", ("学位证书编号：学学2013第00713号", 200, 200, 40), "cert_no"),
        ("driving_licence", ("档案编号：441900123456", 200, 200, 40), "file_no"),
        ("household_register", ("与户主关系：长女", 200, 200, 40), "relation"),
    ],
)
def test_what_keeps_its_form_is_not_doubtful(kind, line, name):
    assert fields(kind, line)[name].doubtful == ()


def test_a_place_that_is_the_end_of_a_longer_one_is_none():
    cut = fields(
        "id_card",
        ("住址", 200, 200, 40),
        ("云江市东湖区人民路12号", 400, 200, 40),
        ("签发机关", 200, 300, 40),
        ("江市公安局", 500, 300, 40),
    )
    whole = fields(
        "id_card",
        ("住址", 200, 200, 40),
        ("云江市东湖区人民路12号", 400, 200, 40),
        ("签发机关", 200, 300, 40),
        ("云江市公安局", 500, 300, 40),
    )
    assert cut["authority"].doubtful == ("place-said-nowhere-else",) and whole["authority"].doubtful == ()


def test_one_unsure_character_makes_its_value_doubtful_and_no_other():
    lines = [("姓名", 200, 200, 40), ("王小明", 400, 200, 40), ("性别", 200, 300, 40), ("男", 400, 300, 40)]
    read = [replace(w, scores=(1.0, 0.5, 1.0)) if w.text == "王小明" else w for w in drawn(lines)]
    found = {f.name: f.doubtful for f in page_fields(kinds()["id_card"], Sheet(read, SIZE[0] / SIZE[1]), 1)}
    assert found == {"name": ("read-unsurely",), "sex": ()}


def test_a_letter_says_who_asks_for_what():
    found = values(
        "app_settle_talent",
        ("申请人：王小明，男，土家族，身份证号码：", 200, 200, 40),
        (f"{ID}，在示例市百川科技有限公司工作，", 200, 260, 40),
        ("住示例市东湖区人民路12号，联系电话：13900001111。", 200, 320, 40),
        ("现申请办理人才引进入户，请予以办理。", 200, 380, 40),
    )
    assert found["sex"] == "男" and found["nation"] == "土家" and found["company"] == "示例市百川科技有限公司"
    assert found["address"] == "示例市东湖区人民路12号" and found["item"] == "人才引进入户"


def test_a_value_goes_on_where_its_label_begins_as_in_a_paragraph():
    found = values("app_exit", ("现住址：示例市东湖区人民路147", 200, 200, 40), ("号5幢1202室", 205, 260, 40), ("邮编", 900, 260, 40))
    assert found["address"] == "示例市东湖区人民路147号5幢1202室"


def test_a_permit_in_sentences_is_read_like_one_with_labels():
    found = values(
        "transport_permit",
        ("许可示例市恒达科技有限公司委托云江市众合运输有限公司以粤S12345", 200, 200, 40),
        ("号车辆（驾驶人王小明）由东湖区—平安县运输第二类易制毒化学品，许可次数为一次使用，", 200, 260, 40),
        ("本证于2026年6月23日前有效。", 200, 320, 40),
    )
    assert found["owner"] == "示例市恒达科技有限公司" and found["carrier"] == "云江市众合运输有限公司"
    assert found["driver"] == "王小明" and found["route"] == "东湖区—平安县" and found["times"] == "一次使用"
    assert found["valid_to"] == "2026-06-23"


def test_what_does_not_end_like_a_firm_is_doubtful_and_a_sentence_goes_before_it():
    found = values("precursor_purchase_proof", ("销售单位应当查验本证明，", 200, 200, 40), ("向示例市百川化工有限公司购买", 200, 300, 40))
    assert found["seller"] == "示例市百川化工有限公司"
