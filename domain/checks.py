"""Check rules of numbers printed on certificates: whether a number can be what it says it is.

Promises: each rule follows the standard named with it and answers OK, WARN or WRONG. WARN is for what lawful issuers are
known to have given out against the rule (early organisation codes, imported cars): a person looks, nothing is refused.
WRONG means that the number was misread or is not one.
Does not promise that a number was ever issued. Nothing is corrected here.
"""

import re
from collections.abc import Callable
from datetime import date
from enum import Enum

DIGITS36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS31 = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VIN_VALUES = {
    **{str(n): n for n in range(10)},
    **dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", [*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)], strict=True)),
}
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
PLATE = re.compile(rf"[{PROVINCES}][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳]|[A-HJK][A-HJ-NP-Z0-9]\d{{4}}|\d{{5}}[A-HJK])")
OID = re.compile(r"1\.2\.156\.3005\.2\.([0-9A-Z]{21})\.([0-9A-Z]{1,18})\.([0-9A-Z]{1,32})\.(\d{3})\.([0-9A-Z])")
DATE = re.compile(r"(\d{4})([-./年])(\d{1,2})([-./月])(\d{1,2})日?")


class Check(Enum):
    """What a rule says of a value, best first."""

    OK = "ok"
    WARN = "warn"
    WRONG = "wrong"


def gb11643(number: str) -> Check:
    """Citizen's identity number, GB 11643-1999: 6 digits of area, birth date, 3 of sequence, check character by ISO 7064 MOD 11-2."""
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number) or calendar(number[6:14]) is None:
        return Check.WRONG
    total = sum(int(c) * (2 ** (17 - place) % 11) for place, c in enumerate(number[:17]))
    return Check.OK if "10X98765432"[total % 11] == number[17] else Check.WRONG


CASE_NUMBER = r"[A-Z0-9][A-Z0-9-]{3,31}"
_IDENTITY = re.compile(r"(?=([1-9]\d{16}[\dX]))")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def case_number(text: str) -> bool:
    """Whether `text` may number a case: capitals, digits and hyphens, and no citizen's identity number or mobile number in it.

    Case numbers stand in the ledger in clear and for ever, so a person's number must not become one, whatever sheet or hand it comes from.
    """
    return re.fullmatch(CASE_NUMBER, text) is not None and not personal(text)


def personal(text: str) -> bool:
    """Whether a citizen's identity number (its check character right) or a mobile number stands in `text`."""
    return _MOBILE.search(text) is not None or any(gb11643(found) is Check.OK for found in _IDENTITY.findall(text))


def gb32100(code: str) -> Check:
    """Unified social credit code, GB 32100-2015: 18 of 31 characters, weights 3^i mod 31, check 31 - sum mod 31.

    WARN where only the check character is off: some early codes break the rule and are lawful.
    """
    if not re.fullmatch(rf"[{DIGITS31}]{{2}}\d{{6}}[{DIGITS31}]{{10}}", code):
        return Check.WRONG
    total = sum(DIGITS31.index(c) * pow(3, place, 31) for place, c in enumerate(code[:17]))
    return Check.OK if DIGITS31[-total % 31] == code[17] else Check.WARN


def mod37_36(text: str) -> str:
    """The check character of ISO 7064 MOD 37,36 over digits and capital letters.

    Raises:
        ValueError: another character.
    """
    product = 36
    for character in text:
        product = (((product + DIGITS36.index(character)) % 36) or 36) * 2 % 37
    return DIGITS36[(37 - product) % 36]


def gbt36904(identifier: str) -> Check:
    """Identifier of an electronic licence, GB/T 36904-2018: root, type, issuer, serial, version, check character.

    The check is MOD 37,36 over all but the root. WARN where only the check character is off: issuers are known to err.
    """
    match = OID.fullmatch(identifier)
    if match is None:
        return Check.WRONG
    return Check.OK if mod37_36("".join(match.groups()[:4])) == match[5] else Check.WARN


def mrz_digit(text: str) -> str:
    """Check digit of ICAO Doc 9303 part 3, 4.9: weights 7 3 1, digits as they are, A-Z as 10-35, < as 0.

    Raises:
        ValueError: another character.
    """
    return str(sum((0 if c == "<" else DIGITS36.index(c)) * (7, 3, 1)[n % 3] for n, c in enumerate(text)) % 10)


def mrz_td3(lines: str) -> Check:
    """Two lines of 44 of a passport, parted by a newline, ICAO Doc 9303 part 4, 4.2. The first carries no check digit."""
    first, _, second = lines.partition("\n")
    return mrz_line2(second) if re.fullmatch(r"P[A-Z<][A-Z<]{42}", first) else Check.WRONG


def mrz_line2(line: str) -> Check:
    """A passport's second line, ICAO Doc 9303 part 4, 4.2.2: number, birth, expiry, optional data and composite check digits."""
    if not re.fullmatch(r"[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MF<]\d{7}[A-Z0-9<]{14}[\d<]\d", line):
        return Check.WRONG
    optional = line[28:42]
    right = (
        mrz_digit(line[:9]) == line[9]
        and mrz_digit(line[13:19]) == line[19]
        and mrz_digit(line[21:27]) == line[27]
        and (mrz_digit(optional) == line[42] or (line[42] == "<" and not optional.strip("<")))
        and mrz_digit(line[:10] + line[13:20] + line[21:43]) == line[43]
    )
    return Check.OK if right else Check.WRONG


def mrz_card1(line: str) -> Check:
    """The one line of 30 of a card permit: letters, number, expiry, birth; check digits as in ICAO Doc 9303 part 3, 4.9.

    The rule of the last digit is not published, so it is not judged.
    """
    if not re.fullmatch(r"C[SD][A-Z0-9]{9}\d<\d{7}<\d{7}<\d", line):
        return Check.WRONG
    right = mrz_digit(line[2:11]) == line[11] and mrz_digit(line[13:19]) == line[19] and mrz_digit(line[21:27]) == line[27]
    return Check.OK if right else Check.WRONG


def vin(number: str) -> Check:
    """Vehicle identification number, GB 16735-2019 (ISO 3779): 17 characters without I O Q, weighted sum mod 11 at place 9.

    WARN where only the check character is off: some imported cars carry none.
    """
    if not re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", number):
        return Check.WRONG
    total = sum(VIN_VALUES[c] * weight for c, weight in zip(number, VIN_WEIGHTS, strict=True))
    return Check.OK if "0123456789X"[total % 11] == number[8] else Check.WARN


def plate(number: str) -> Check:
    """Number plate, GA 36-2018: province, letter, five characters (the last may be 挂 学 警 港 澳), or six for new energy."""
    return Check.OK if PLATE.fullmatch(number) else Check.WRONG


def diploma(number: str) -> Check:
    """Number of a graduation certificate, Ministry of Education: 18 digits since 2001 (school, sort, year, level, sequence); else WARN."""
    if not number.isdigit():
        return Check.OK
    return Check.OK if len(number) == 18 and 1950 <= int(number[6:10]) <= 2100 else Check.WARN


def degree(number: str) -> Check:
    """Number of a degree certificate, Ministry of Education: 16 digits since 2008 (school, level, year, sequence); else WARN."""
    if not number.isdigit():
        return Check.OK
    return Check.OK if len(number) == 16 and 1950 <= int(number[6:10]) <= 2100 else Check.WARN


def driver_file(number: str) -> Check:
    """File number of a driving or vehicle licence, GA 482: 12 digits; WARN for others."""
    return Check.OK if re.fullmatch(r"\d{12}", number) else Check.WARN


def on_calendar(text: str) -> Check:
    """A calendar date written 2020-01-02, 2020.01.02 or 2020年1月2日, between 1850 and 2150."""
    match = DATE.fullmatch(text)
    if match is None or (match[2], match[4]) not in {("-", "-"), (".", "."), ("/", "/"), ("年", "月")}:
        return Check.WRONG
    return Check.OK if calendar(f"{match[1]}{int(match[3]):02d}{int(match[5]):02d}") else Check.WRONG


def calendar(digits: str) -> date | None:
    """The date YYYYMMDD, or None if there is no such day or it is out of all reason."""
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return day if 1850 <= day.year <= 2150 else None


RULES: dict[str, Callable[[str], Check]] = {
    "gb11643": gb11643,
    "gb32100": gb32100,
    "gbt36904": gbt36904,
    "mrz_td3": mrz_td3,
    "mrz_line2": mrz_line2,
    "mrz_card1": mrz_card1,
    "vin": vin,
    "plate": plate,
    "date": on_calendar,
    "diploma": diploma,
    "degree": degree,
    "file_no": driver_file,
}
"""Rules by the names used in kinds.yaml."""
