"""What speaks for and against a page being of a kind, beside the words that belong to that kind: signs that hold for any kind.

A notice that lists which certificates to bring names them all, and is none of them; a bank's form asks for name and number too. Signs: a
title of the kind that stands on a row of its own, set large or high; fields of the kind whose values have the form they must have; how
many other kinds are named in running text; words of notices, guides, offers. `SIGNS` names them in the order of `signs`.
Method: the signs of the likeliest kinds go into a logistic model of a few weights (pipeline/confidence.py), the same for every kind, so
that kinds of which no page was ever drawn are judged by it too.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from domain.kinds import OTHER, Kind, kinds
from domain.model import Field
from pipeline.names import LATIN_PAPERS, PAPERS
from pipeline.phrases import places
from pipeline.sheet import CELL, Sheet

SIGNS = ("phrases", "lead", "title", "title words", "other title", "fields", "named", "notice", "short", "long", "large")
LARGE, HIGH = 1.25, 3
"""Times the page's middling height; rows from the top of the text."""
PREFIX, LONGEST = 14, 24
"""Characters that may stand before a title on its row; characters of a headline."""
PARTS = re.compile("副页|正页|主页|副本|正本|存根|首页|内页|正面|背面")
VERBS = re.compile(
    "^(?:办理|申领|申请|携带|提交|提供|领取|补领|换领|换发|遗失|关于|核对|凭|持有?)|请|须|把|将|的|及|与|或|(?<!共)和|复印|原件"
)
NOTICE = re.compile(
    "办事指南|办理指南|服务指南|温馨提示|申请材料|所需材料|材料清单|办理流程|办理条件|收费标准|办理时限|注意事项|须携带|请携带|请带好|通知如下|招租|出租|转让|优惠|会员|菜单|订单|"
    "快递|运单|发票|小票|收据|排队|叫号|等候|请假|报销|简历|会议|目录|名单|公告|启事|新闻|记者|报名|入学|就诊|挂号|住院|缴费通知|续签通知|特此通知|报价|询价|供货|含税|课堂|来源:|一般应写明|写作|账单|罚款|停车|保单|投保|开户|银行|信用卡|ToWhomItMay|[Cc]ertify|Sincerely|Invoice|Booking|Itinerary|Menu|Receipt"
)
ABOUT = re.compile("(?:业务)?(?:申请|申报|申领|登记|办理|审批|复印|原件|核发|换发|换领|补发|补领|换证|补证|变更|领取|受理|样本|样式|专用)")
"""What follows the name of a kind where a paper is about that kind, and not of it."""
COPY = re.compile(r"[)》]?\(?(?:需|须|验|收|交|核|及|查验|提供)*(?:原件|复印)")
"""What follows the name of a paper in a list of what is handed in."""
LITTLE, MUCH, CARD = 60, 500, 240
"""Characters of a page with little and with much text, and of a card with both its sides."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A kind with what its own phrases weigh on the pages, and by how much they lead the next kind outside its family."""

    kind: Kind
    total: float
    lead: float


def signs(candidate: Candidate, sheets: Sequence[Sheet], fields: Iterable[Field]) -> tuple[float, ...]:
    """The signs for `candidate` on `sheets`, each about -1..3. `fields`: what is read there by the rules of its kind."""
    kind = candidate.kind
    letters = sum(len(sheet.glyphs) for sheet in sheets)
    shown = max((title(kind, sheet) for sheet in sheets), default=0.0)
    found = {field.name for field in fields if _telling(kind, field.name) and "not-of-its-form" not in field.doubtful}
    named = max((_named(kind, sheet) for sheet in sheets), default=0)
    notices = max((len(set(NOTICE.findall(sheet.running))) for sheet in sheets), default=0)
    return (
        min(candidate.total, 3.0),
        min(max(candidate.lead, -1.0), 2.0),
        1.0 if shown >= 1 else 0.0,
        min(shown, 1.0),
        1.0 if shown < 1 and any(headed(sheet) for sheet in sheets) else 0.0,
        min(len(found), 6) / 3,
        min(named, 6) / 3,
        min(notices, 4) / 2,
        max(0.0, log(LITTLE / max(letters, 1))),
        max(0.0, log(max(letters, 1) / MUCH)),
        max(0.0, log(max(letters, 1) / CARD)) if kind.form == "card" else 0.0,
    )


def _telling(kind: Kind, name: str) -> bool:
    """Whether a field's value has a form that other text has not."""
    return next(rule.type.pattern != ".+" for rule in kind.fields if rule.name == name)


def title(kind: Kind, sheet: Sheet) -> float:
    """1 where a title of `kind` is a headline of the page; less where it is a part of a row; 0 for none.

    Chinese names end in their noun: a row that ends in a title is one (示例市居住证), a row that goes on is about it (居住证申请须知).
    """
    best = 0.0
    spans = [span for phrase in kind.titles or (kind.zh,) for span in places(sheet, phrase)]
    for start, stop in (
        *(span for span in spans if not ABOUT.match(sheet.running, span[1])),
        *(span for span, own in _headings(kind, sheet) if own),
    ):
        row = _row(sheet, start)
        before, after = _han(sheet, row[0], start), _han(sheet, stop, row[1])
        share = (stop - start) / max(1, stop - start + len(before) + len(after))
        prominent = _prominent(sheet, row, (start, stop))
        best = max(best, 1.0 if _whole(sheet, start, stop) and prominent else 0.5 * share + (0.2 if prominent else 0.0))
    return best


def headline(kind: Kind, sheet: Sheet) -> tuple[tuple[int, int], bool] | None:
    """The glyphs of a headline that reads like a title of `kind` or of its family, and whether it names this kind's subject.

    One that does goes before one that does not: 加班申请表 is an application, but of no kind of ours.
    """
    found = [(s, own) for s, own in _headings(kind, sheet) if _whole(sheet, *s) and _prominent(sheet, _row(sheet, s[0]), s)]
    return next((one for one in found if one[1]), found[0] if found else None)


def _headings(kind: Kind, sheet: Sheet) -> list[tuple[tuple[int, int], bool]]:
    """Where a row says what titles of the kind or its family say, and whether with the kind's subject in it, or in general."""
    found = []
    for start, stop in _short(sheet) if kind.heading else ():
        if match := re.search(kind.heading, sheet.running[start:stop]):
            own = re.search(kind.subject, match[0]) or (kind.general and re.fullmatch(kind.general, match[0]))
            found.append(((start + match.start(), start + match.end()), bool(own)))
    return found


def _short(sheet: Sheet) -> list[tuple[int, int]]:
    """Rows short enough to be a headline: expressions are tried on these alone, a hostile page may have a row of thousands."""
    return [(start, stop) for start, stop in sheet.rows if stop - start <= 3 * LONGEST]


def _row(sheet: Sheet, start: int) -> tuple[int, int]:
    return next(r for r in sheet.rows if r[0] <= start < r[1])


def _whole(sheet: Sheet, start: int, stop: int) -> bool:
    """Whether the row is these glyphs, with what may stand before a name (whose, of where) and after it (which part of it)."""
    row = _row(sheet, start)
    before, after = _han(sheet, row[0], start), _han(sheet, stop, row[1])
    parted = start > row[0] and (sheet.glyphs[start].gap > CELL or any(c in sheet.running[row[0] : start] for c in ":,;"))
    return not parted and (not after or bool(PARTS.fullmatch(after))) and len(before) <= PREFIX and not VERBS.search(before)


def headed(sheet: Sheet) -> bool:
    """Whether the page has a headline that names a sort of paper."""
    for row in sheet.rows:
        text = _han(sheet, *row)
        named = 3 <= len(text) <= LONGEST and PAPERS.search(text) and not VERBS.search(text)
        if (named or (not text and _latin(sheet, *row))) and _prominent(sheet, row, row):
            return True
    return False


def _latin(sheet: Sheet, start: int, stop: int) -> bool:
    """Whether a row is an English name of a paper."""
    text = sheet.running[start:stop]
    return len(text) <= 2 * LONGEST and text.isascii() and LATIN_PAPERS.search(re.sub("[^A-Z]", "", text.upper())) is not None


def _han(sheet: Sheet, start: int, stop: int) -> str:
    """The Chinese characters among glyphs, what stands in brackets left out."""
    return re.sub(r"\([^)]*\)|[^\u3400-\u9fff]", "", sheet.running[start:stop])


def _prominent(sheet: Sheet, row: tuple[int, int], span: tuple[int, int]) -> bool:
    """Whether a row is set large or stands at the top."""
    box = sheet.box(*span)
    return box[3] - box[1] >= LARGE * sheet.middling or sheet.rows.index(row) < HIGH


def _named(kind: Kind, sheet: Sheet) -> int:
    """How many kinds of other families the page names, outside of rows that are a title."""
    count = 0
    for other in kinds().values():
        if other.name in (kind.name, OTHER) or (kind.family and other.family == kind.family):
            continue
        if any(_mentioned(name, sheet) for name in _names(other)):
            count += 1
    return count


def _mentioned(name: str, sheet: Sheet) -> bool:
    """Whether a name stands on the page and not only in a list of what is handed in."""
    return any(not COPY.match(sheet.running, found.end()) for found in re.finditer(re.escape(name), sheet.running))


def _names(kind: Kind) -> tuple[str, ...]:
    return tuple(name for name in (*kind.titles, kind.zh) if len(name) >= 3 and name != "居住证")
