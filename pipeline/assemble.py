"""Puts the pages of a batch together as documents.

Input: every page of the batch, in the order they were scanned. Output: documents, blanks and separators.
Promises: every page is in exactly one of the three, in order, and in one document, or in as many as there are cards on it; a separator ends
what was before it, a separator with a case's code names the case of what follows; a page that could not be read, or that no rule knows,
is a document of kind `other`, never lost; a second scan of a page stays with the first where they lie together. A document takes the next
page when that is of the same kind and does not begin another: kinds.yaml says what begins one (`titles`), what tells one from the next
(`identity`), and how many pages it may have (`form`). A page without a title that goes on counting (第 3 页, — 3 —) goes with what it
follows; so does one that says what further pages of that kind say (`next`).
What documents say of the same person or company is held against one another (pipeline/agreement.py).
Risk accepted: two people's sheets of one kind that carry neither title nor identity are taken for one document.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.kinds import OTHER, Kind, kinds
from domain.model import Document, Page
from domain.ports import Classifier
from pipeline.agreement import agreed
from pipeline.cards import cards
from pipeline.codes import CaseCode, parse_code
from pipeline.phrases import places
from pipeline.sheet import Sheet
from pipeline.signs import headed

COUNTED = re.compile(r"(?:^|\n)[-—一]*(?:第)?(\d{1,3})(?:页)?(?:[,/]?共\d+页?)?[-—一]*$")
SIDES = 2
LEANS = 0.2  # how sure a page without a headline must be of the kind it follows
FIRST = 2  # rows in which a further page with a headline says what it is
HEAD = 0.4  # a title stands in the upper part of its page
TALL = 1.15  # and is set larger than the page's text


@dataclass(frozen=True, slots=True)
class Assembly:
    """What a batch holds. Documents in the order of their first pages."""

    documents: tuple[Document, ...]
    blanks: tuple[Page, ...]
    separators: tuple[Page, ...]


@dataclass(slots=True)
class Draft:
    """A document being put together: its pages, each alone as classified, and the case its separator named."""

    code: str | None
    singles: list[Document] = field(default_factory=list)

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages, in order."""
        return tuple(page for single in self.singles for page in single.pages)

    @property
    def kind(self) -> Kind:
        """The kind of its first page, which decides."""
        return kinds()[self.singles[0].kind]


def assemble(pages: Sequence[Page], classifier: Classifier) -> Assembly:
    """The documents of a batch; see the module."""
    drafts: list[Draft] = []
    blanks: list[Page] = []
    separators: list[Page] = []
    code: str | None = None
    fresh = True
    for page in pages:
        if page.separator:
            separators.append(page)
            code = case_of(page) or code
            fresh = True
        elif page.blank:
            blanks.append(page)
        else:
            several = _several(page, classifier)
            drafts += [Draft(code, [one]) for one in several]
            fresh = fresh or bool(several)
            if several:
                continue
            single = Document(OTHER, 0.0, (page,)) if page.failure else classifier.classify([page])
            if fresh or not drafts or not _goes_on(drafts[-1], single, classifier):
                drafts.append(Draft(code))
            drafts[-1].singles.append(single)
            fresh = False
    return Assembly(agreed([_document(draft, classifier) for draft in drafts]), tuple(blanks), tuple(separators))


def _several(page: Page, classifier: Classifier) -> list[Document]:
    """The materials of a page that holds several cards, each with the whole page; [] for any other page. Two sides of one are one."""
    found: list[Document] = []
    for card in cards(page):
        alone = classifier.classify([card])
        if kinds()[alone.kind].form != "card":
            return []
        same = next((n for n, one in enumerate(found) if _one_card(one, alone)), None)
        if same is None:
            found.append(alone)
        else:
            found[same] = classifier.classify([replace(card, words=(*found[same].pages[0].words, *card.words))])
    return [replace(one, pages=(page,)) for one in found] if len(found) > 1 else []


def _one_card(one: Document, other: Document) -> bool:
    """Whether what was read of two pieces of plastic may be of one: its kind, its number, and not the same side twice."""
    if one.kind != other.kind:
        return False
    had, has = _values([one]), _values([other])
    identity = [name for name in kinds()[one.kind].identity if name in had and name in has]
    if identity:
        return all(had[name] == has[name] for name in identity)
    return len(set(had) & set(has)) <= 1


def case_of(page: Page) -> str | None:
    """The case number that a code on the page names, or None."""
    return next((said.case for c in page.codes if isinstance(said := parse_code(c.text), CaseCode)), None)


def _document(draft: Draft, classifier: Classifier) -> Document:
    """The draft as one document; the kind its pages were put together under stands even if all of them together say less."""
    if len(draft.singles) == 1:
        return replace(draft.singles[0], code=draft.code)
    whole = classifier.classify(draft.pages)
    if whole.kind != draft.kind.name:
        best = max(draft.singles, key=lambda s: (s.kind == draft.kind.name, s.confidence))
        evidence = tuple(replace(e, page=n) for n, s in enumerate(draft.singles, 1) if s.kind == best.kind for e in s.evidence)
        fields = tuple(replace(f, page=n) for n, s in enumerate(draft.singles, 1) if s.kind == best.kind for f in s.fields)
        whole = Document(best.kind, best.confidence, draft.pages, fields, evidence)
    return replace(whole, code=draft.code)


def _goes_on(draft: Draft, single: Document, classifier: Classifier) -> bool:
    """Whether `single` is the next page of `draft`."""
    page = single.pages[0]
    if page.duplicate_of is not None and page.duplicate_of in {p.ref for p in draft.pages}:
        return True
    if page.failure or draft.pages[-1].failure:
        return False
    if single.kind == OTHER or draft.kind.name == OTHER:
        return single.kind == OTHER and (_counts_on(draft.pages[-1], page) or _says_next(draft.kind, page, classifier))
    if single.kind != draft.kind.name or _another(draft, single):
        return False
    return draft.kind.form != "card" or len(draft.pages) < SIDES


def _counts_on(before: Page, page: Page) -> bool:
    one, two = COUNTED.search(_last(before)), COUNTED.search(_last(page))
    return two is not None and int(two[1]) > 1 and int(two[1]) == (int(one[1]) if one else 1) + 1


def _says_next(kind: Kind, page: Page, classifier: Classifier) -> bool:
    """Whether a page that tells no kind may be a further page of `kind`.

    It says so in its first rows, or anywhere if it has no headline; or it has none and leans towards that kind.
    """
    if kind.name == OTHER:
        return False
    sheet = Sheet.of(page)
    rows, titled = sheet.table.replace("\t", "").split("\n"), headed(sheet)
    if kind.next and re.search(kind.next, "\n".join(rows[:FIRST] if titled else rows), re.MULTILINE):
        return True
    if titled:
        return False
    leaning, sure = classifier.leaning(page)
    return leaning == kind.name and sure >= LEANS


def _last(page: Page) -> str:
    """The page's last line."""
    return page.text.rsplit("\n", 1)[-1].replace(" ", "")


def _another(draft: Draft, single: Document) -> bool:
    """Whether `single` begins another of its kind: a title where there was one, another identity, the same side again."""
    kind = draft.kind
    had, has = _values(draft.singles), _values([single])
    if any(name in had and name in has and had[name] != has[name] for name in kind.identity):
        return True
    if kind.form == "card":
        return len(set(had) & set(has) - set(kind.identity)) > 1
    return _titled(single, kind) and any(_titled(s, kind) for s in draft.singles)


def _values(documents: Sequence[Document]) -> dict[str, str]:
    """What was read of these, without what has not the form it should have."""
    return {f.name: f.value for document in documents for f in document.fields if "not-of-its-form" not in f.doubtful}


def _titled(single: Document, kind: Kind) -> bool:
    """Whether the page bears a title of its kind, large or high on the page."""
    sheet = Sheet.of(single.pages[0])
    if not sheet.glyphs:
        return False
    heights = sorted(g.box[3] - g.box[1] for g in sheet.glyphs)
    middling = heights[len(heights) // 2]
    boxes = [sheet.box(*place) for title in kind.titles for place in places(sheet, title)]
    return any(box[3] - box[1] >= TALL * middling and box[1] < HEAD for box in boxes)
