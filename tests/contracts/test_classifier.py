"""What every `domain.ports.Classifier` promises: one document of the pages given, of a kind that is on the list, with its evidence."""

import pytest

from domain.kinds import OTHER, kinds
from domain.model import Document
from pipeline.classify import RuleClassifier
from tests.fakes.drawn_page import page


class Fixed:
    """The fake: always the same kind."""

    def __init__(self, kind=OTHER):
        self.kind = kind

    def classify(self, pages):
        return Document(self.kind, 1.0, tuple(pages))

    def leaning(self, page):
        return self.kind, 1.0


LETTER = [("敬启者：", 200, 300, 40), ("来函收悉，谨此奉复。", 200, 380, 40)]
LICENCE = [("营业执照", 600, 200, 90), ("统一社会信用代码 91441900MA51ABCD10", 200, 400, 40), ("名称 示例市远航商贸有限公司", 200, 480, 40)]


@pytest.fixture(params=[Fixed, RuleClassifier])
def classifier(request):
    return request.param()


@pytest.mark.parametrize("lines", [LETTER, LICENCE, []])
def test_the_pages_given_come_back_as_one_document_of_a_known_kind(classifier, lines):
    pages = [page(lines)]
    document = classifier.classify(pages)
    assert document.pages == tuple(pages)
    assert document.kind in kinds()
    assert 0 <= document.confidence <= 1


def test_the_same_pages_give_the_same_answer(classifier):
    assert classifier.classify([page(LICENCE)]) == classifier.classify([page(LICENCE)])


@pytest.mark.parametrize("lines", [LETTER, LICENCE, []])
def test_a_page_leans_to_a_known_kind_and_to_the_one_it_is_given(classifier, lines):
    kind, sure = classifier.leaning(page(lines))
    assert kind in kinds() and 0 <= sure <= 1
    document = classifier.classify([page(lines)])
    assert document.kind in (kind, OTHER)


def test_every_answer_of_the_rules_but_other_shows_its_evidence():
    document = RuleClassifier().classify([page(LICENCE)])
    assert document.kind == "business_licence"
    assert document.evidence
    assert RuleClassifier().classify([page(LETTER)]).kind == OTHER
