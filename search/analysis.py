"""What a page's text becomes before any engine sees it: a row of atoms, each knowing the characters it came from.

An atom is one Chinese character (or kana, or Hangul syllable), one run of letters, or one run of digits. Everything else (blanks,
line ends, punctuation) only parts atoms and leaves no gap, so that `居 住 证 明`, `居住证明` and `居住、证明` read alike: what
stands between characters after a scan cannot be trusted. Letters are parted from digits for the same reason: 粤S12345,
粤S·12345 and 粤S 12345 are one plate.

Promises: the same text gives the same atoms on both engines and in both directions (pages and queries); every character of every atom maps
to a range of the text as it was given, also where NFKC makes one character of several or several of one; a run may be of any length.

Does not promise: words. Traditional forms are turned into simplified ones character by character (OpenCC's t2s on single characters),
never by phrase: 乾 is 干 also in 乾隆, so that a part of a name finds the whole. The risk accepted: a few hits too many (`证，明` is found
by 证明), never one too few.

Sources: Unicode TR15 (NFKC); OpenCC TSCharacters; pairs for Chinese: Nie, Gao, Zhang, Zhou, "On the use of words and n-grams for Chinese
information retrieval", IRAL 2000.
"""

import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

VERSION = 1
"""Grows with every change of what `analyse` returns: an index made by another version is rebuilt."""

LONGEST = 64
"""A run of letters or digits beyond this many characters goes on in a further atom (Elasticsearch cuts terms at 255 in its own way)."""

REMEMBERED = 1 << 16
"""How many characters' forms are kept: more than a language has, few enough that no text can fill the memory."""

HALF_WIDTH_VOICED = ("\uff9e", "\uff9f")
HANGUL_PARTS = range(0x1160, 0x1200)

Span = tuple[int, int]


class Script(Enum):
    """What an atom is made of. IDEOGRAPH stands for every script written without blanks whose characters are atoms by themselves."""

    IDEOGRAPH = "ideograph"
    LETTERS = "letters"
    DIGITS = "digits"


class Atom(NamedTuple):
    """`text` as it is indexed; `spans[i]` is the range (start, end) of the given text that `text[i]` came from."""

    text: str
    script: Script
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where the atom begins in the given text."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Analysed:
    """The atoms of a text, in order; an atom's position is its place in the row."""

    atoms: tuple[Atom, ...]

    @property
    def singles(self) -> tuple[str, ...]:
        """The first of the two rows of terms that are indexed: every atom."""
        return tuple(atom.text for atom in self.atoms)

    @property
    def grams(self) -> tuple[str, ...]:
        """The second row: ideographs as overlapping pairs (a lone one as itself), letters and digits as they are.

        Adjacent terms of this row are adjacent in the text, so a phrase of pairs is exact as long as none of its runs is a lone ideograph.
        """
        out: list[str] = []
        run = ""
        for atom in self.atoms:
            if atom.script is Script.IDEOGRAPH:
                run += atom.text
                continue
            out += pairs(run)
            out.append(atom.text)
            run = ""
        return (*out, *pairs(run))


def pairs(run: str) -> list[str]:
    """居住证 -> 居住, 住证. A run of one character is itself, an empty one nothing."""
    return [run[i : i + 2] for i in range(len(run) - 1)] if len(run) > 1 else list(run)


def analyse(text: str) -> Analysed:
    """The atoms of `text`; their spans are offsets into `text`, in code points."""
    atoms: list[Atom] = []
    characters: list[str] = []
    spans: list[Span] = []
    kind: Script | None = None
    i = 0
    while i < len(text):
        end = i + 1
        while end < len(text) and _joins(text[end]):
            end += 1
        for character, script in _parts(text[i:end]):
            if characters and (script is not kind or kind is Script.IDEOGRAPH or len(spans) == LONGEST):
                atoms.append(_atom(characters, kind, spans))
                characters, spans = [], []
            kind = script
            if script is not None:
                characters.append(character)
                spans.append((i, end))
        i = end
    if characters:
        atoms.append(_atom(characters, kind, spans))
    return Analysed(tuple(atoms))


def _atom(characters: list[str], script: Script | None, spans: list[Span]) -> Atom:
    assert script is not None
    return Atom("".join(characters), script, tuple(spans))


@lru_cache(REMEMBERED)
def _parts(cluster: str) -> tuple[tuple[str, Script | None], ...]:
    """What composes under NFKC is normalised together; each character of the outcome with what it is."""
    return tuple((character, _script(character)) for character in _fold(cluster))


def _joins(character: str) -> bool:
    """Whether `character` may merge with the one before it."""
    if character < "\u0300":
        return False
    return unicodedata.combining(character) != 0 or character in HALF_WIDTH_VOICED or ord(character) in HANGUL_PARTS


def _fold(cluster: str) -> str:
    """NFKC, full case folding, letters without their accents, simplified forms. May be longer or shorter than what it is given."""
    if cluster.isascii():
        return cluster.lower()
    out: list[str] = []
    for character in unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold()):
        if _is_latin(character):
            out += (part for part in unicodedata.normalize("NFD", character) if not unicodedata.combining(part))
        elif is_ideograph(character):
            out += _simplified(character)
        elif not unicodedata.combining(character):
            out.append(str(unicodedata.decimal(character, character)))
    return "".join(out)


def _is_latin(character: str) -> bool:
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN")


@lru_cache(REMEMBERED)
def _simplified(character: str) -> str:
    """The simplified form, repeated until it stays (薴 -> 苧 -> 苎): both spellings must end in the same place."""
    converter = _converter()
    for _ in range(4):
        simpler = str(converter.convert(character))
        if simpler == character:
            break
        character = simpler
    return character


@lru_cache(1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def _script(character: str) -> Script | None:
    """What `character` (already normalised) is, or None if it only parts atoms."""
    if character.isascii():
        return Script.DIGITS if character.isdigit() else Script.LETTERS if character.isalpha() else None
    if is_ideograph(character):
        return Script.IDEOGRAPH
    if character.isnumeric():
        return Script.DIGITS
    return Script.LETTERS if character.isalpha() else None


IDEOGRAPHS = (
    range(0x2E80, 0x2FE0),  # radicals
    range(0x3005, 0x3006),  # 々
    range(0x3007, 0x3008),  # 〇
    range(0x3400, 0xA000),  # Han, extension A and the first block
    range(0xAC00, 0xD7A4),  # Hangul
    range(0xE000, 0xFB00),  # private use, where older systems keep rare characters of names; compatibility forms
    range(0x16FE0, 0x18E00),  # Tangut, Khitan
    range(0x1B000, 0x1B300),  # historic kana, Nushu
    range(0x20000, 0x40000),  # Han of the supplementary planes
    range(0xF0000, 0x110000),  # private use
)
KANA = range(0x3041, 0x3200)


def is_ideograph(character: str) -> bool:
    """Whether `character` is an atom by itself: Han of every plane, 々, 〇, radicals, kana, bopomofo, Hangul, private use."""
    point = ord(character)
    return any(point in block for block in IDEOGRAPHS) or (point in KANA and character.isalnum())


def fingerprint(form: int) -> str:
    """Names everything an index of this `form` (its tables, its mapping) depends on. One made under another fingerprint must be rebuilt."""
    import opencc

    return f"form{form}-analysis{VERSION}-unicode{unicodedata.unidata_version}-opencc{opencc.__version__}"
