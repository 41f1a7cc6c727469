"""Reads the fields of a kind from its pages, by the rules of kinds.yaml: beside or under a label, or by an expression.

Promises: a value comes with the box it was read from and with every reason to doubt it; a value that fails its rule is given as
read, never mended.
Does not promise a value for every field: what is not found is left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.geometry import Box, bound
from domain.kinds import FieldRule, Kind, words
from domain.model import Field
from pipeline.choices import BOXES, TICKS, before, choices
from pipeline.coded import alone, keeps, numbered_parts, parts
from pipeline.labels import Mark, beside, marks, tight, under
from pipeline.names import PAPERS, surnamed
from pipeline.sheet import Sheet
from pipeline.values import disagreements, doubts, matches, unlikely, written

OPEN_END = re.compile(r"(?:[年月至到.~/-]|月\d{1,2}|长|年\d|\d{4})$")
"""How the first line of a broken date, or term, ends."""
CUT_DATE = re.compile(r"年\d{1,2}月\d$")
"""A date of which the end of its line may have cut off a digit."""
ENDS = ("至", "止", "截止")
"""How labels end beside which the end of a term stands alone."""
TRIED = 12  # places of a field's labels that are looked at
BROKEN = 3  # lines that a value which may be broken fills at most
MISFIT = 40  # a value longer than this that has not its field's form is no value


@dataclass(frozen=True, slots=True)
class Found:
    """A value, the glyphs it was read from, whether it has its type's form, and how it was found.

    Ways: "label", "tight" (behind a label without a gap), "signed" (by a label for a signature), "said" (by an expression), "alone".
    """

    value: str
    glyphs: tuple[int, ...]
    fits: bool = True
    way: str = "label"


def fields_of(kind: Kind, sheets: Sequence[Sheet]) -> tuple[Field, ...]:
    """The fields of a document of `kind`, page by page.

    A name may come once for every page it stands on; where pages differ, all say so.
    """
    found = [field for number, sheet in enumerate(sheets, 1) for field in page_fields(kind, sheet, number)]
    said: dict[str, set[str]] = {}
    for field in found:
        said.setdefault(field.name, set()).add(field.value)
    return tuple(
        replace(f, doubtful=(*f.doubtful, "pages-differ")) if len(said[f.name]) > 1 and f.name in kind.identity else f for f in found
    )


def page_fields(kind: Kind, sheet: Sheet, number: int) -> list[Field]:
    """The fields of one page, in the order of kinds.yaml."""
    labels = marks(sheet, [*kind.stops, *(label for rule in kind.fields for label in rule.labels)], words())
    fields: dict[str, Field] = {}
    labelled = {rule.name: _labelled(rule, sheet, labels) for rule in kind.fields}
    dates = {g for rule in kind.fields if rule.type.form == "date" and (had := labelled[rule.name]) and had.fits for g in had.glyphs}
    for rule in kind.fields:
        found = labelled[rule.name]
        good = found is not None and found.fits and not _breaks_rule(rule, found)
        if found is None or not good or _unlikely(rule, found, sheet):
            closed = dates if rule.type.form == "date" else set()
            other = _said(rule, sheet, closed) or _unlabelled(rule, kind, sheet)
            if other and (not good or (other.fits and not _unlikely(rule, other, sheet))):
                found = other
        if found is None:
            continue
        reasons = (*_reasons(rule, found, sheet), *unlikely(rule.type, found.value, found.way, sheet))
        confidence = min(sheet.glyphs[g].confidence for g in found.glyphs)
        fields[rule.name] = Field(rule.name, found.value, number, _box(sheet, found.glyphs), round(confidence, 3), reasons)
    asked = {rule.name for rule in kind.fields if any(mark.label in rule.labels for mark in labels)}
    fields = _with_coded(kind, fields, asked)
    against = disagreements({f.name: f.value for f in fields.values()})
    return [replace(f, doubtful=(*f.doubtful, *against.get(f.name, ()))) for f in fields.values()]


def _breaks_rule(rule: FieldRule, found: Found) -> bool:
    """Whether the value is one that would be believed without a label, but breaks its rule."""
    return rule.type.alone and bool(rule.type.check) and not keeps(rule.type.check, found.value)


def _unlabelled(rule: FieldRule, kind: Kind, sheet: Sheet) -> Found | None:
    span = alone(rule, kind, sheet)
    if span is None:
        return None
    glyphs = tuple(range(*span))
    return Found(written(rule.type, "".join(sheet.glyphs[g].text for g in glyphs)), glyphs, way="alone")


def _with_coded(kind: Kind, fields: dict[str, Field], asked: set[str]) -> dict[str, Field]:
    """`fields`, in the order of kinds.yaml, with what only a machine-readable line says, or an identity number of fields that are `asked`.

    Those have the box of that line or number.
    """
    values = {name: field.value for name, field in fields.items()}
    said = parts(values)
    numbered = numbered_parts(values)
    whole: dict[str, Field] = {}
    for rule in kind.fields:
        had = fields.get(rule.name)
        known = said.get(rule.coded) or (numbered.get(rule.coded) if rule.name in asked else None)
        if known and (had is None or "not-of-its-form" in had.doubtful):
            value, source = known
            whole[rule.name] = replace(fields[source], name=rule.name, value=value)
        elif had:
            whole[rule.name] = had
    return whole


def _reasons(rule: FieldRule, found: Found, sheet: Sheet) -> tuple[str, ...]:
    first, last = min(found.glyphs), max(found.glyphs)
    if not found.fits:
        return ("not-of-its-form",)
    return doubts(rule.type, found.value, sheet, first, last + 1)


def _box(sheet: Sheet, glyphs: Iterable[int]) -> Box:
    return bound([sheet.glyphs[g].box for g in glyphs])


def _labelled(rule: FieldRule, sheet: Sheet, labels: list[Mark]) -> Found | None:
    """The value by its labels; one that has not its form only if nothing else could say it."""
    misfit: Found | None = None
    doubted: Found | None = None
    for glyphs, way, label in _regions(rule, sheet, labels):
        strict = way == "tight"
        found = _fitting(rule, sheet, glyphs, 1 if label.endswith(ENDS) and rule.nth == 2 else rule.nth)
        if found and (not strict or _whole(rule, glyphs, found)):
            found = replace(found, way=way)
            if not _unlikely(rule, found, sheet):
                return found
            doubted = doubted or found
        text = "".join(sheet.glyphs[g].text for g in glyphs)
        if misfit is None and not strict and 0 < len(text) <= MISFIT and not (rule.find or rule.rows) and _could_be(rule, text):
            misfit = Found(text, glyphs, fits=False)
    return doubted or misfit


def _unlikely(rule: FieldRule, found: Found, sheet: Sheet) -> bool:
    return bool(unlikely(rule.type, found.value, found.way, sheet))


def _could_be(rule: FieldRule, text: str) -> bool:
    """Whether text that has not the value's form may be the value, misread: where numbers are wanted it has one."""
    return "\\d" not in rule.type.pattern or any(c.isdigit() for c in text)


def _said(rule: FieldRule, sheet: Sheet, closed: set[int]) -> Found | None:
    """The value by the rule's expressions, at places that do not touch the glyphs `closed`."""
    for expression, table in (*((each, False) for each in rule.find), *((each, True) for each in rule.rows)):
        if found := _expressed(rule, sheet, expression, table, closed):
            return replace(found, way="said")
    return None


def _whole(rule: FieldRule, glyphs: tuple[int, ...], found: Found) -> bool:
    """Whether what follows a label without a gap is the value and nothing else; of free text that is not known."""
    if rule.type.name == "name" and not surnamed(found.value):
        return False
    return rule.type.pattern != ".+" and (len(found.glyphs) == len(glyphs) or (rule.type.form == "date" and rule.nth > 1))


def _regions(rule: FieldRule, sheet: Sheet, labels: list[Mark]) -> Iterator[tuple[tuple[int, ...], str, str]]:
    """Glyphs that may hold the value, the way they were found and their label, the likeliest first.

    Down the page; then behind a label without a gap, where they must be the value and nothing else; then what is signed.
    """
    own = [mark for mark in labels if mark.label in rule.labels]
    if rule.occurrence:
        own = sorted(own, key=lambda m: m.box[1])[rule.occurrence - 1 : rule.occurrence]
    for mark in sorted(own, key=lambda m: (m.signed(sheet), m.tight))[:TRIED]:
        way = "tight" if mark.tight else "signed" if mark.signed(sheet) else "label"
        yield from ((region, way, mark.label) for region in _near(rule, sheet, mark, labels) if region)


def _near(rule: FieldRule, sheet: Sheet, mark: Mark, labels: list[Mark]) -> list[tuple[int, ...]]:
    """Glyphs beside, under or tight behind one label; where a value may be broken, with the line under them too."""
    if mark.tight:
        first, more = (tight(sheet, mark, labels, n) for n in (rule.type.lines, BROKEN))
        return [*_broken(rule, sheet, first, more), *([tight(sheet, mark, labels, 1)] if rule.type.lines > 1 else [])]
    ways = (under, beside) if rule.below else (beside, under)
    first, more = (ways[0](sheet, mark, labels, n) for n in (rule.type.lines, BROKEN))
    second = () if first and not rule.below else ways[1](sheet, mark, labels, rule.type.lines)
    return [*_broken(rule, sheet, first, more), second, () if first or second else _latin(sheet, mark)]


def _broken(rule: FieldRule, sheet: Sheet, first: tuple[int, ...], more: tuple[int, ...]) -> list[tuple[int, ...]]:
    """`first`, and `more` where a value may be broken: before it if its end looks broken off, else after it."""
    if not rule.type.wraps or not first:
        return [first]
    return [more, first] if OPEN_END.search("".join(sheet.glyphs[n].text for n in first)) else [first, more]


def _latin(sheet: Sheet, mark: Mark) -> tuple[int, ...]:
    """What was taken for a translation, if it may as well be a value: plain letters."""
    glyphs = tuple(n for n in sorted(mark.gloss) if sheet.glyphs[n].text != ":")
    return glyphs if all(sheet.glyphs[n].text.isascii() and sheet.glyphs[n].text not in "()/" for n in glyphs) else ()


def _fitting(rule: FieldRule, sheet: Sheet, glyphs: tuple[int, ...], nth: int) -> Found | None:
    """The value of the rule's type among `glyphs`, the `nth` of several, or None."""
    text = "".join(sheet.glyphs[g].text for g in glyphs)
    if rule.type.name == "name":
        text = _name(text)
    spans = list(matches(rule.type, text))
    wanted = nth - 1 if nth > 0 else nth
    if not spans or not -len(spans) <= wanted < len(spans):
        return None
    start, stop = spans[wanted]
    if rule.type.name == "sex":
        return _ticked(sheet, glyphs[start])
    if rule.type.wraps and stop == len(text) and CUT_DATE.search(text):
        return None
    value = written(rule.type, text[start:stop])
    return Found(value, glyphs[start:stop]) if value else None


def _ticked(sheet: Sheet, glyph: int) -> Found | None:
    """Which of 男 and 女 a page says at `glyph`: what stands there, or of two beside each other the one that is ticked, if one is."""
    options = [glyph, *choices(sheet, glyph)]
    ticked = [n for n in options if before(sheet, n) in TICKS] or [n for n in options if before(sheet, n) not in BOXES]
    return Found(sheet.glyphs[ticked[0]].text, (ticked[0],)) if len(ticked) == 1 else None


def _name(text: str) -> str:
    """`text` up to the first label in it: 王小明性别 is a name and the next field's label."""
    if PAPERS.search(text) and not surnamed(text):
        return ""
    ends = [at for at in range(len(text)) for length in (4, 3, 2) if text[at : at + length] in words()]
    return text[: min(ends)] if ends else text


def _expressed(rule: FieldRule, sheet: Sheet, expression: str, table: bool, closed: set[int]) -> Found | None:
    """The value by an expression over the running text or the table; the last place if the rule counts from the end."""
    places = []
    for place in re.finditer(expression, sheet.table if table else sheet.running, re.MULTILINE):
        start, stop = place.span(0 if rule.type.form == "month" else 1)
        if stop > start:
            span = (sheet.glyph_at(start), sheet.glyph_at(stop - 1) + 1) if table else (start, stop)
            if closed.isdisjoint(range(*span)):
                places.append(span)
    wanted = rule.nth - 1 if rule.nth > 0 and not rule.labels else min(rule.nth, 0)
    if not -len(places) <= wanted < len(places):
        return None
    found = [_at(rule, sheet, *place) for place in (places if wanted == 0 else [places[wanted]])]
    return next((one for one in found if one.fits), found[0])


def _at(rule: FieldRule, sheet: Sheet, start: int, stop: int) -> Found:
    """The value among glyphs that an expression found."""
    text = sheet.running[start:stop]
    spans = list(matches(rule.type, text))
    if not spans:
        return Found(text, tuple(range(start, stop)), fits=False)
    first, last = spans[-1] if rule.nth < 0 else spans[0]
    return Found(written(rule.type, text[first:last]), tuple(range(start + first, start + last)))
