"""What the materials of a batch say of one person, company or vehicle, held against one another.

The number tells that they speak of the same (an identity number or a credit code that keeps its rule). A name, a birth date, a sex that
most of them say the same is surer for it, and one that says otherwise is doubtful. An office's place that another of them names is surer
too. Nothing is corrected; people change their names.
Promises: the documents come back as they were but for their doubts.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.checks import RULES, Check
from domain.model import Document, Field
from pipeline.values import PLACE

SAME = {
    "id_no": ("name", "birth_date", "sex", "nation"),
    "id_no2": ("name2",),
    "principal_id": ("principal",),
    "agent_id": ("agent",),
    "mother_id": ("mother",),
    "father_id": ("father",),
    "uscc": ("company", "employer", "legal_rep"),
}
"""The number that says of whom the other fields of its document are."""
MEANS = {"name2": "name", "principal": "name", "agent": "name", "mother": "name", "father": "name", "employer": "company"}
"""Fields that say the same thing of whom they are of."""
RULE = {"uscc": "gb32100"}
UNPLACED = "place-said-nowhere-else"
SOFT = frozenset({"read-unsurely", "no-such-surname", "read-from-a-signature"})
"""Doubts that go where another material says the same."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A value said of somebody: in which document, as which of its fields."""

    document: int
    field: int
    value: str


def agreed(documents: Sequence[Document]) -> tuple[Document, ...]:
    """`documents` with the doubts of values that others of them confirm or contradict."""
    said: dict[tuple[str, str], list[Saying]] = defaultdict(list)
    for n, document in enumerate(documents):
        for number, names in SAME.items():
            of = next((f.value for f in document.fields if f.name == number and _keeps(number, f)), None)
            for m, field in enumerate(document.fields):
                if of and field.name in names and "not-of-its-form" not in field.doubtful:
                    value = field.value.removesuffix("族") if field.name == "nation" and len(field.value) > 1 else field.value
                    said[of, MEANS.get(field.name, field.name)].append(Saying(n, m, value))
    fields = [list(document.fields) for document in documents]
    for sayings in said.values():
        for saying, agrees in _judged(sayings):
            was = fields[saying.document][saying.field]
            doubts = tuple(code for code in was.doubtful if code not in SOFT) if agrees else (*was.doubtful, "differs-from-the-others")
            fields[saying.document][saying.field] = replace(was, doubtful=doubts)
    texts = [page.text.replace(" ", "") for document in documents for page in document.pages]
    fields = [[_placed(field, texts) for field in each] for each in fields]
    return tuple(replace(d, fields=tuple(f)) if tuple(f) != d.fields else d for d, f in zip(documents, fields, strict=True))


def _placed(field: Field, texts: Sequence[str]) -> Field:
    """`field` without the doubt about an office's place where two pages of the batch name it, not as the end of a longer name."""
    place = PLACE.match(field.value) if UNPLACED in field.doubtful else None
    if place is None or sum(re.search(rf"(?<![\u3400-\u9fff]){place[0]}", text) is not None for text in texts) < 2:
        return field
    return replace(field, doubtful=tuple(code for code in field.doubtful if code != UNPLACED))


def _keeps(number: str, field: Field) -> bool:
    return RULES[RULE.get(number, "gb11643")](field.value) is Check.OK


def _judged(sayings: Sequence[Saying]) -> list[tuple[Saying, bool]]:
    """The sayings that others confirm (True), and those that are fewer than others or as many (False); none that stand alone."""
    voices = Counter(value for value, _ in {(s.value, s.document) for s in sayings})
    most = max(voices.values())
    settled = list(voices.values()).count(most) == 1
    judged = []
    for saying in sayings:
        if len(voices) > 1 and not (settled and voices[saying.value] == most):
            judged.append((saying, False))
        elif voices[saying.value] > 1:
            judged.append((saying, True))
    return judged
