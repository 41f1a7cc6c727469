"""Tells the kind of pages by the phrases and patterns that kinds.yaml lists, and reads their fields.

Method: the weights of what is found are summed for each kind; a phrase set clearly larger than the page's text (a title)
weighs more, and each phrase counts once. The few kinds with the largest sums are then judged by signs that hold for every kind
(pipeline/signs.py), which give a calibrated confidence (pipeline/confidence.py); a page on which none is sure enough is `other`.
Promises: the same pages give the same answer; every answer but `other` comes with its evidence and where it stands.
Does not promise to know a kind that kinds.yaml lacks, or a page without its printed words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.geometry import Box
from domain.kinds import OTHER, Kind, kinds
from domain.model import Document, Evidence, Field, Page
from pipeline.confidence import confidence, enough
from pipeline.fields import fields_of
from pipeline.phrases import places
from pipeline.sheet import Sheet
from pipeline.signs import COPY, Candidate, headline, signs

LEAD = 0.2  # a sibling of the same family this near leaves it open which of them it is
LEAST, MOST = 0.3, 4  # what a candidate must have, and how many are looked at
LARGE = 1.3  # a phrase this much higher than the page's middling text is set as a title
HEADING = 0.6  # a headline that reads like a title of the kind or its family; less so much where it names another subject
TITLE = 1.4  # and weighs so much more


@dataclass(frozen=True, slots=True)
class Score:
    """How strongly a page speaks for a kind, and what for it."""

    kind: Kind
    total: float
    evidence: tuple[Evidence, ...]


class RuleClassifier:
    """The port `Classifier` by rules."""

    def classify(self, pages: Sequence[Page]) -> Document:
        """`pages`, which belong together, as one document: kind, confidence, evidence, fields."""
        sheets = [Sheet.of(page) for page in pages]
        scores = scored(sheets)
        sure, best, fields = _best(scores, sheets)
        if best is None or sure < enough():
            return Document(OTHER, round(1.0 - sure, 3), tuple(pages))
        score = next(s for s in scores if s.kind is best)
        return Document(best.name, round(sure * _sibling(scores, score), 3), tuple(pages), fields, score.evidence)

    def leaning(self, page: Page) -> tuple[str, float]:
        """The likeliest kind of a page and how sure that is, even where that is too little to say so."""
        sheets = [Sheet.of(page)]
        sure, best, _ = _best(scored(sheets), sheets)
        return (best.name if best else OTHER), sure


def _best(scores: Sequence[Score], sheets: Sequence[Sheet]) -> tuple[float, Kind | None, tuple[Field, ...]]:
    """How sure the surest candidate is, which kind that is, and its fields."""
    best: tuple[float, Kind | None, tuple[Field, ...]] = (0.0, None, ())
    for candidate in likeliest(scores):
        fields = fields_of(candidate.kind, sheets)
        sure = confidence(signs(candidate, sheets, fields))
        if best[1] is None or sure > best[0]:
            best = (sure, candidate.kind, fields)
    return best


def candidates(sheets: Sequence[Sheet]) -> list[Candidate]:
    """The likeliest kinds for these pages by their phrases, best first."""
    return likeliest(scored(sheets))


def likeliest(scores: Sequence[Score]) -> list[Candidate]:
    """Of `scores`, best first, those that speak for their kind: at most `MOST`, of a family only the likeliest."""
    found: list[Candidate] = []
    for score in scores:
        if score.total < LEAST or len(found) == MOST:
            break
        if score.kind.family and any(had.kind.family == score.kind.family for had in found):
            continue
        rival = max(
            (s.total for s in scores if s is not score and not (score.kind.family and s.kind.family == score.kind.family)), default=0.0
        )
        found.append(Candidate(score.kind, score.total, score.total - rival))
    return found


def scored(sheets: Sequence[Sheet]) -> list[Score]:
    """Every kind but `other` with its score on these pages, best first."""
    found = [_score(kind, sheets) for kind in kinds().values() if kind.name != OTHER]
    return sorted(found, key=lambda s: -s.total)


def _score(kind: Kind, sheets: Sequence[Sheet]) -> Score:
    evidence: list[Evidence] = []
    total = 0.0
    for phrase, weight in kind.phrases.items():
        hit = max((h for h in (_hit(sheet, n, phrase) for n, sheet in enumerate(sheets, 1)) if h), key=lambda h: h[0], default=None)
        if hit:
            gained = weight * (TITLE if hit[0] and weight > 0 else 1.0)
            total += gained
            evidence.append(Evidence(phrase, round(gained, 3), hit[1], hit[2]))
    for pattern, weight in kind.patterns.items():
        for number, sheet in enumerate(sheets, 1):
            if match := re.search(pattern, sheet.running):
                total += weight
                evidence.append(Evidence(pattern, weight, number, sheet.box(*match.span())))
                break
    headlines = [headline(kind, sheet) for sheet in sheets]
    for number, (sheet, found) in enumerate(zip(sheets, headlines, strict=True), 1):
        if found and found[1]:
            total += HEADING
            evidence.append(Evidence(sheet.running[slice(*found[0])], HEADING, number, sheet.box(*found[0])))
            break
    if any(found and not found[1] for found in headlines):
        total -= HEADING
    return Score(kind, total, tuple(evidence))


def _hit(sheet: Sheet, number: int, phrase: str) -> tuple[bool, int, Box] | None:
    """The phrase's most prominent place on a page: whether it is a title, the page, the box."""
    boxes = [sheet.box(*place) for place in places(sheet, phrase, broken=True) if not COPY.match(sheet.running, place[1])]
    if not boxes:
        return None
    largest = max(boxes, key=lambda b: b[3] - b[1])
    return largest[3] - largest[1] >= LARGE * sheet.middling, number, largest


def _sibling(scores: list[Score], best: Score) -> float:
    """Less than 1 where another kind of the same family is close: the family is sure, the kind is not."""
    if not best.kind.family:
        return 1.0
    near = max((s.total for s in scores if s.kind.family == best.kind.family and s is not best), default=0.0)
    return 1.0 if best.total - near >= LEAD else 0.7
