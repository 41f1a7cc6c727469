"""Where on a page a query's terms stand: boxes that are lit, and the text around the first of them.

Works on a page's stored words alone, without any engine, and is the only place where boxes and snippets are made: so both engines return
the same ones. It is also what "found" means: `matches` is the definition the engines are held to.

Promises: every occurrence of every term is lit, character by character, one box for each run of adjacent characters on a line; what lies
between the atoms of an occurrence (a dot in a plate) is lit with it. Box convention: fractions of the upright page (domain.geometry).
Does not promise: boxes for a page whose words carry none; a word with fewer character boxes than characters is lit whole.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.geometry import Box, bound
from domain.model import Word
from search.analysis import Analysed, Span, analyse
from search.query import Term

BEFORE, AFTER = 24, 56
"""Characters of the snippet before the first match and from its start on."""

GAP = 4.0
"""A blank wider than this many characters ends a run: the next cell of a table has a box of its own."""


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text with the place of every character: its line and box, None for blanks and line ends."""

    text: str
    places: tuple[tuple[int, Box] | None, ...]
    analysed: Analysed


@dataclass(frozen=True, slots=True)
class Located:
    """Boxes in reading order, the snippet, and the lit ranges (start, end) of the snippet."""

    boxes: tuple[Box, ...]
    snippet: str
    lit: tuple[Span, ...]


def page_text(words: Sequence[Word]) -> PageText:
    """The text of `words`, as domain.model.text_of gives it, with the place of every character."""
    text: list[str] = []
    places: list[tuple[int, Box] | None] = []
    for i, word in enumerate(words):
        if i and (word.line != words[i - 1].line or word.spaced):
            text.append("\n" if word.line != words[i - 1].line else " ")
            places.append(None)
        text.append(word.text)
        boxes = word.chars if len(word.chars) == len(word.text) else (word.box,) * len(word.text)
        places += ((word.line, box) for box in boxes)
    joined = "".join(text)
    return PageText(joined, tuple(places), analyse(joined))


def matches(term: Term, analysed: Analysed) -> Iterator[Span]:
    """The ranges of the analysed text where `term` stands, in order."""
    atoms, wanted, n = analysed.atoms, term.atoms, len(term.atoms)
    for i in range(len(atoms) - n + 1):
        last = atoms[i + n - 1]
        if any(atoms[i + k].text != wanted[k] for k in range(n - 1)):
            continue
        if term.prefix and last.text.startswith(wanted[-1]):
            yield atoms[i].start, last.spans[len(wanted[-1]) - 1][1]
        elif last.text == wanted[-1]:
            yield atoms[i].start, last.end


def locate(words: Sequence[Word], terms: Sequence[Term]) -> Located:
    """What to light on the page of `words` for `terms`; without terms, or where none stands, the page's first characters as snippet."""
    page = page_text(words)
    ranges = _merged(sorted(_with_signs(page.text, span, term) for term in terms for span in matches(term, page.analysed)))
    boxes = tuple(box for span in ranges for box in _boxes(page, span))
    start = max(0, ranges[0][0] - BEFORE) if ranges else 0
    end = min(len(page.text), max(start + BEFORE + AFTER, ranges[0][1] if ranges else 0))
    before, after = "…" if start else "", "…" if end < len(page.text) else ""
    shift = len(before) - start
    snippet = before + page.text[start:end].replace("\n", " ") + after
    lit = tuple((max(s, start) + shift, min(e, end) + shift) for s, e in ranges if s < end)
    return Located(boxes, snippet, lit)


def _with_signs(text: str, span: Span, term: Term) -> Span:
    """`span` and the signs around it that were typed with the term: `姓名：` lights its colon where the page has one."""
    start, end = span
    for sign in reversed(term.lead):
        if start == 0 or unicodedata.normalize("NFKC", text[start - 1]) != sign:
            break
        start -= 1
    for sign in term.tail:
        if end == len(text) or unicodedata.normalize("NFKC", text[end]) != sign:
            break
        end += 1
    return start, end


def _merged(spans: Sequence[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in spans:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _boxes(page: PageText, span: Span) -> Iterator[Box]:
    """One box for each run of characters of `span` that stand side by side on one line."""
    run: list[Box] = []
    line = -1
    for place in page.places[span[0] : span[1]]:
        if place is None:
            continue
        if run and (place[0] != line or _apart(run[-1], place[1])):
            yield bound(run)
            run = []
        line = place[0]
        run.append(place[1])
    if run:
        yield bound(run)


def _apart(one: Box, two: Box) -> bool:
    return two[0] - one[2] > GAP * max(one[2] - one[0], two[2] - two[0])
