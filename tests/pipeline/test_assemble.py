import random
from dataclasses import replace

from domain.model import Document, Page, PageRef
from pipeline.assemble import Assembly, assemble, case_of
from pipeline.classify import RuleClassifier
from tests.fakes.drawn_page import Line, page, separator
from tests.pipeline.test_classify_and_fields import BACK, FRONT, MENU

OTHER_FRONT = [(t.replace("999999199003070012", "999999198512123026").replace("1990年3月7日", "1985年12月12日"), *r) for t, *r in FRONT]
COVER: list[Line] = [("劳动合同书", 500, 300, 90), ("甲方（用人单位）：示例公司", 200, 700, 40), ("乙方（劳动者）：王小明", 200, 800, 40)]
INSIDE: list[Line] = [
    ("一、劳动合同期限", 200, 200, 44),
    ("四、劳动报酬", 200, 300, 44),
    ("五、社会保险和福利待遇", 200, 400, 44),
    ("— 2 —", 800, 2200, 36),
]
TAIL: list[Line] = [("本页无其他内容，以下为签署", 200, 200, 40), ("— 3 —", 800, 2200, 36)]


def assembled(*pages: Page) -> Assembly:
    return assemble(pages, RuleClassifier())


def numbers(documents: tuple[Document, ...]) -> list[list[int]]:
    return [[p.ref.number for p in d.pages] for d in documents]


def test_front_and_back_of_a_card_are_one_document() -> None:
    found = assembled(page(FRONT, 1), page(BACK, 2))
    assert numbers(found.documents) == [[1, 2]] and found.documents[0].kind == "id_card"
    assert {f.name: f.page for f in found.documents[0].fields}["authority"] == 2


def test_cards_of_two_people_are_two_documents() -> None:
    assert numbers(assembled(page(FRONT, 1), page(BACK, 2), page(OTHER_FRONT, 3), page(BACK, 4)).documents) == [[1, 2], [3, 4]]
    assert numbers(assembled(page(FRONT, 1), page(OTHER_FRONT, 2)).documents) == [[1], [2]]
    assert numbers(assembled(page(BACK, 1), page(FRONT, 2), page(BACK, 3), page(OTHER_FRONT, 4)).documents) == [[1, 2], [3, 4]]


def test_a_contract_goes_on_over_its_pages_and_a_new_cover_begins_another() -> None:
    found = assembled(page(COVER, 1), page(INSIDE, 2), page(TAIL, 3), page(COVER, 4), page(INSIDE, 5))
    assert numbers(found.documents) == [[1, 2, 3], [4, 5]]
    assert {d.kind for d in found.documents} == {"labour_contract"}


FORM: list[Line] = [
    ("机动车驾驶证换证申请表", 300, 100, 70),
    ("姓名", 200, 300, 40),
    ("王小明", 400, 300, 40),
    ("申请人签名：", 200, 900, 40),
]
BEHIND: list[Line] = [("填表须知", 600, 100, 70), ("所提交的材料应当真实、有效，复印件与原件一致。", 200, 300, 40)]
CLAUSES: list[Line] = [("七、争议处理及其他", 200, 200, 40), ("本合同未尽事宜按国家和地方有关规定执行。", 200, 300, 40)]


def test_what_only_a_further_page_says_goes_with_what_it_follows() -> None:
    assert numbers(assembled(page(FORM, 1), page(BEHIND, 2), page(FRONT, 3)).documents) == [[1, 2], [3]]
    assert numbers(assembled(page(COVER, 1), page(CLAUSES, 2)).documents) == [[1, 2]]


def test_a_further_page_after_something_else_stands_alone() -> None:
    found = assembled(page(FRONT, 1), page(BEHIND, 2), page(MENU, 3), page(CLAUSES, 4))
    assert [(d.kind, len(d.pages)) for d in found.documents] == [("id_card", 1), ("other", 1), ("other", 1), ("other", 1)]


def test_blanks_are_in_no_document_and_part_nothing() -> None:
    found = assembled(page(FRONT, 1), page([], 2), page(BACK, 3))
    assert numbers(found.documents) == [[1, 3]] and [p.ref.number for p in found.blanks] == [2]


def test_a_separator_names_the_case_of_what_follows() -> None:
    pages = [page(MENU, 1), separator("CASEFILE:1:2026-0001", 2), page(FRONT, 3), separator("CASEFILE:1:2026-0002", 4), page(BACK, 5)]
    found = assembled(*pages)
    assert [(d.kind, d.code) for d in found.documents] == [("other", None), ("id_card", "2026-0001"), ("id_card", "2026-0002")]
    assert len(found.separators) == 2


def test_a_patch_sheet_begins_a_document_and_keeps_the_case() -> None:
    pages = [separator("CASEFILE:1:2026-0001", 1), page(FRONT, 2), separator("PATCHT", 3), page(BACK, 4)]
    assert [(d.code, len(d.pages)) for d in assembled(*pages).documents] == [("2026-0001", 1), ("2026-0001", 1)]


def test_only_our_own_form_of_code_names_a_case() -> None:
    assert case_of(separator("CASEFILE:1:2026-0001")) == "2026-0001"
    for text in ("CASEFILE:1:ab", "CASEFILE:2:2026-0001", "xCASEFILE:1:2026-0001", "CASEFILE:1:2026-0001 ", "CASEFILE:1:" + "A" * 33):
        assert case_of(separator(text)) is None


def test_a_page_that_could_not_be_read_is_a_document_of_its_own() -> None:
    broken = page(FRONT, 2, words=(), blank=False, failure="damaged")
    found = assembled(page(FRONT, 1), broken, page(BACK, 3))
    assert numbers(found.documents) == [[1], [2], [3]] and found.documents[1].kind == "other"


def test_a_second_scan_of_a_page_stays_with_the_first_where_they_lie_together() -> None:
    twin = replace(page(MENU, 2), duplicate_of=PageRef("R", 1))
    assert numbers(assembled(page(MENU, 1), twin).documents) == [[1, 2]]
    assert numbers(assembled(page(MENU, 1), page(FRONT, 2), replace(page(MENU, 3), duplicate_of=PageRef("R", 1))).documents) == [
        [1],
        [2],
        [3],
    ]


def test_every_page_is_in_exactly_one_place_and_order_is_kept() -> None:
    for seed in range(60):
        chance = random.Random(seed)
        pages: list[Page] = []
        for n in range(1, chance.randint(2, 14)):
            lines = chance.choice([FRONT, BACK, OTHER_FRONT, MENU, COVER, INSIDE, TAIL, []])
            made = separator(chance.choice(["CASEFILE:1:2026-0001", "PATCHT"]), n) if chance.random() < 0.15 else page(lines, n)
            if chance.random() < 0.1:
                made = replace(made, failure="damaged", blank=False, separator=False, words=())
            if chance.random() < 0.1 and n > 1:
                made = replace(made, duplicate_of=PageRef("R", chance.randrange(1, n)))
            pages.append(made)
        found = assembled(*pages)
        inside = [p for d in found.documents for p in d.pages]
        everywhere = [p.ref for p in (*inside, *found.blanks, *found.separators)]
        assert sorted(everywhere) == [p.ref for p in pages]
        assert [p.ref for p in inside] == sorted(p.ref for p in inside)
        assert all(d.pages and d.kind for d in found.documents)
        assert all(1 <= f.page <= len(d.pages) for d in found.documents for f in d.fields)


LICENCE: list[Line] = [
    ("中华人民共和国机动车驾驶证", 300, 1300, 40),
    ("证号", 200, 1380, 36), ("999999198512123026", 320, 1380, 36),
    ("姓名", 200, 1450, 36), ("李大海", 320, 1450, 36), ("性别", 520, 1450, 36), ("男", 640, 1450, 36),
    ("初次领证日期", 200, 1520, 36), ("2010-05-06", 500, 1520, 36),
    ("准驾车型", 200, 1590, 36), ("C1", 420, 1590, 36),
]  # fmt: skip


def lower(lines: list[Line], by: int) -> list[Line]:
    return [(text, x, y + by, size) for text, x, y, size in lines]


def test_cards_of_different_kinds_on_one_page_are_materials_of_their_own() -> None:
    found = assembled(page(FRONT + LICENCE, 1), page(BACK, 2))
    assert [(d.kind, [p.ref.number for p in d.pages]) for d in found.documents] == [
        ("id_card", [1]),
        ("driving_licence", [1]),
        ("id_card", [2]),
    ]
    one, two = ({f.name: f.value for f in d.fields} for d in found.documents[:2])
    assert (one["name"], one["id_no"]) == ("王小明", "999999199003070012")
    assert (two["name"], two["id_no"]) == ("李大海", "999999198512123026")
    assert all(d.pages[0].words == page(FRONT + LICENCE, 1).words for d in found.documents[:2]), "the page is archived with all its words"


def test_two_peoples_cards_of_one_kind_on_a_page_are_two_documents_and_two_sides_of_one_are_one() -> None:
    both = assembled(page(FRONT + lower(OTHER_FRONT, 900), 1))
    assert [d.kind for d in both.documents] == ["id_card", "id_card"]
    assert [next(f.value for f in d.fields if f.name == "id_no") for d in both.documents] == ["999999199003070012", "999999198512123026"]
    (one,) = assembled(page(FRONT + BACK, 1)).documents
    assert {f.name for f in one.fields} >= {"id_no", "authority"}


def test_a_page_that_holds_more_than_cards_is_one_document() -> None:
    form: list[Line] = [("常住人口登记卡", 200, 1700, 60), ("本页为户口簿内页并附说明文字若干行以占满整个页面的宽度", 100, 1900, 50)]
    assert numbers(assembled(page(FRONT + LICENCE + form, 1)).documents) == [[1]]


def test_evidence_and_boxes_of_a_card_are_places_on_the_whole_page() -> None:
    second = assembled(page(FRONT + LICENCE, 1)).documents[1]
    assert all(e.box[1] > 0.5 for e in second.evidence) and all(f.box[1] > 0.5 for f in second.fields)
