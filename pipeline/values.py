"""Writes values down the one way the archive keeps them, and says what is doubtful about each.

Nothing is corrected: what was read stays what it was.

Dates become ISO (2019-03-05; a month 2019-03), 长期 stays; a fixed-length machine-readable line whose fillers were
miscounted gets its length back.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from domain.checks import RULES, Check, calendar
from domain.kinds import ValueType
from pipeline.glosses import WORD
from pipeline.names import surnamed
from pipeline.sheet import Sheet, ideograph

NUMERALS = {c: str(n) for n, group in enumerate(("〇零○Oo0", "一1", "二2", "三3", "四4", "五5", "六6", "七7", "八8", "九9")) for c in group}
MONTHS = {name: n for n, name in enumerate(["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], 1)}
LONG = "长期"
WRITTEN = re.compile(
    r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日?"
    r"|(?P<y2>\d{4})(?P<sep>[-./·])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?!\d)"
    r"|(?P<d3>\d{1,2})(?P<m3>[A-Z]{3})(?:/\d{1,2}月)?(?P<y3>\d{4})"
    r"|(?P<y4>[〇零○Oo0一二三四五六七八九]{4})年(?P<m4>[一二三四五六七八九十]{1,2})月(?P<d4>[一二三四五六七八九十]{1,3})日?"
    r"|(?<!\d)(?P<y5>(?:19|20)\d\d)(?P<m5>[01]\d)(?P<d5>[0-3]\d)(?!\d)"
    rf"|(?P<long>{LONG})"
)
LETTERS = str.maketrans("0158", "OISB")
"""A passport's first line holds letters only (ICAO Doc 9303 part 4, 4.2.2): digits read there stand for these, and the value is
marked as doubtful."""

PLACE = re.compile("(?:[\u3400-\u9fff]{2,3}(?:省|自治区))?[\u3400-\u9fff]{1,4}[市县州盟区](?:[\u3400-\u9fff]{1,4}市)?|公安部|国家|教育部")
"""The place that an address or the name of an office begins with."""
ODD = re.compile(r"[()]$|^[()]|^[a-zA-Z]\d|类型|个体|本人|书$|[\u3400-\u9fff]本委托|^(?:准予|准许|同意|兹|经|特此|由)")
"""Pieces of labels and sentences, which stand in no value of free text."""
BEFORE_NAMES = frozenset("址住在于地籍到向致由是为省区县市关位局从")
"""What the name of a place follows without a gap."""
CUT = re.compile(r"\d{4}[-./](?:0\d[-./]\d|\d[-./]0\d)$")
"""A date that has its noughts in one place and not in the other."""
FIRM = re.compile(
    r"(?:公司|厂|店|行|部|室|社|所|酒店|宾馆|旅馆|馆|院|校|学|中心|会|政府|处|局|队|集团|站|场|坊|铺|屋|吧|园|超市|户|楼|厅|堂|庄)(?:\([^)]*\))?$"
)
"""What names of companies, shops and institutions end in."""
UNSURE = 0.92
"""How sure a character of a value must be: on drawn pages 2.4 % of the right values have one below it, a third of the wrong."""
MRZ_TD3 = 44


def matches(kind: ValueType, text: str) -> Iterator[tuple[int, int]]:
    """Where values of this type stand in `text` (half width, no blanks)."""
    pattern = WRITTEN if kind.form == "date" else re.compile(kind.pattern)
    for match in pattern.finditer(text):
        group = 1 if kind.form not in ("date", "month") and match.re.groups else 0
        if match.end(group) > match.start(group):
            yield match.span(group)


def written(kind: ValueType, text: str) -> str:
    """`text`, which matched the type, as it is kept."""
    if kind.form == "date":
        return iso(text) or text
    if kind.form == "month":
        match = re.search(r"(\d{4})\D*?(\d{1,2})月?", text)
        return f"{match[1]}-{int(match[2]):02d}" if match else text
    if kind.form == "latin_name":
        return re.sub(r",\s*", ", ", text)
    if kind.form == "mrz_line1":
        return text.translate(LETTERS).rstrip("<").ljust(MRZ_TD3, "<")[:MRZ_TD3]
    if kind.form == "mrz_line2" and len(text) != MRZ_TD3 and not text[28:-1].strip("<"):
        return text[:28] + "<" * 15 + text[-1]
    if kind.form == "route":
        return re.sub(r"(?<=[区县市镇乡省港站路])[一~-](?=.)", "—", text)
    if kind.check == "gb11643":
        return text.upper()
    if kind.check == "plate":
        return re.sub(r"[·.]", "", text)
    return text.strip(":;,.、。")


def iso(text: str) -> str | None:
    """The first date in `text` as YYYY-MM-DD, 长期 as it is, or None. A date that no calendar has is written down all the same."""
    match = WRITTEN.search(text)
    if match is None:
        return None
    got = match.groupdict()
    if got["long"]:
        return LONG
    if got["y4"]:
        return f"{''.join(NUMERALS[c] for c in got['y4'])}-{_counted(got['m4']):02d}-{_counted(got['d4']):02d}"
    if got["m3"]:
        return f"{got['y3']}-{MONTHS.get(got['m3'], 0):02d}-{int(got['d3']):02d}"
    year, month, day = (got["y"] or got["y2"] or got["y5"], got["m"] or got["m2"] or got["m5"], got["d"] or got["d2"] or got["d5"])
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _counted(numerals: str) -> int:
    """三十一 as 31."""
    tens, ten, units = numerals.rpartition("十")
    if not ten:
        return int("".join(NUMERALS[c] for c in numerals))
    return 10 * (int(NUMERALS[tens]) if tens in NUMERALS else 1) + (int(NUMERALS[units]) if units in NUMERALS else 0)


def doubts(kind: ValueType, value: str, sheet: Sheet, start: int, stop: int) -> tuple[str, ...]:
    """Why a value might be wrong, judged by itself: its rule, its calendar, how sure the engine was."""
    reasons: list[str] = []
    if kind.form == "mrz_line1" and any(g.text.isdigit() for g in sheet.glyphs[start:stop]):
        reasons.append("digits-taken-for-letters")
    if kind.form == "date" and value != LONG and calendar(value.replace("-", "")) is None:
        reasons.append("no-such-date")
    elif kind.check and kind.form != "date":
        verdict = RULES[kind.check](value)
        if verdict is not Check.OK:
            reasons.append("check-wrong" if verdict is Check.WRONG else "check-unsure")
    if kind.form == "date" and CUT.search("".join(g.text for g in sheet.glyphs[start:stop])):
        reasons.append("cut-off")
    if min((g.confidence for g in sheet.glyphs[start:stop]), default=0.0) < UNSURE:
        reasons.append("read-unsurely")
    return tuple(reasons)


def unlikely(kind: ValueType, value: str, way: str, sheet: Sheet) -> tuple[str, ...]:
    """Why a value of this type does not look like one: `way` says how it was found (pipeline/fields.py)."""
    if kind.name == "name":
        return ("no-such-surname",) if not surnamed(value) else ("read-from-a-signature",) if way == "signed" else ()
    if kind.name == "address":
        return () if _addressed(value) else ("no-such-address",)
    if kind.name == "office":
        return () if _placed(value, way, sheet) else ("place-said-nowhere-else",)
    if kind.name == "latin_name":
        return () if re.fullmatch(r"[A-Z' -]{2,}, ?[A-Z' -]{2,}", value) else ("not-like-its-sort",)
    odd = kind.name in ("text", "org") and ODD.search(value)
    return ("not-like-its-sort",) if odd or (kind.name == "org" and not FIRM.search(value)) else ()


def _placed(value: str, way: str, sheet: Sheet) -> bool:
    """Whether an office's name begins with a place that the page says elsewhere too; behind a label also if it is read nowhere else."""
    place = PLACE.match(value)
    if place is None:
        return False
    places = [m.start() for m in re.finditer(re.escape(place[0]), sheet.running)]
    whole = [at for at in places if _begins(sheet, at)]
    return len(whole) >= (2 if way == "said" or len(whole) < len(places) else 1)


def _begins(sheet: Sheet, at: int) -> bool:
    """Whether a name may begin with glyph `at`, and it is not the end of a longer one."""
    before = sheet.running[at - 1 : at]
    return sheet.glyphs[at].gap > WORD or not ideograph(before) or before in BEFORE_NAMES


def _addressed(value: str) -> bool:
    """Whether an address begins with a place, names one city and has a number before 号."""
    place = PLACE.match(value)
    return place is not None and "市" not in value[place.end() :] and re.search(r"\D号$|(?:号楼|院)\d{1,2}$", value) is None


def disagreements(values: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """What the fields of one page say against one another: number and birth date, number and sex, term, machine-readable line."""
    against: dict[str, tuple[str, ...]] = {}

    def mark(reason: str, *names: str) -> None:
        for name in names:
            if name in values:
                against[name] = (*against.get(name, ()), reason)

    number = values.get("id_no", "")
    if len(number) == 18 and number[:17].isdigit():
        born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        if values.get("birth_date", born) != born:
            mark("birth-differs-from-number", "id_no", "birth_date")
        if values.get("sex", "") in "男女" and values.get("sex") and (int(number[16]) % 2 == 1) != (values["sex"] == "男"):
            mark("sex-differs-from-number", "id_no", "sex")
    begin, end = values.get("valid_from", ""), values.get("valid_to", "")
    if begin and end and end != LONG and end <= begin:
        mark("term-ends-before-it-begins", "valid_from", "valid_to")
    _against_mrz(values, mark)
    return against


def _against_mrz(values: Mapping[str, str], mark: Callable[..., None]) -> None:
    line = values.get("mrz2", "")
    if len(line) == MRZ_TD3:
        pairs = (("passport_no", line[:9].rstrip("<")), ("birth_date", line[13:19]), ("valid_to", line[21:27]))
    elif len(line := values.get("mrz", "")) == 30:
        pairs = (("permit_no", line[2:11].rstrip("<")), ("birth_date", line[21:27]), ("valid_to", line[13:19]))
    else:
        return
    for name, coded in pairs:
        value = values.get(name, "")
        plain = value.replace("-", "")[2:] if name.endswith(("date", "_to")) else value
        if value and value != LONG and plain != coded:
            mark("differs-from-machine-readable-line", name)
