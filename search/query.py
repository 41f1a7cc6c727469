"""The query language: small, forgiving, and read by the same analysis as the pages.

    李                       a page with this character
    居住证 东莞               both, anywhere on the page; each as a phrase
    居 住 证 明               three or more single characters in a row are one phrase, as copied from a badly read page
    "John Smith" “李 明”      an exact phrase, with its blanks
    44190019900101*          begins with (letters and digits only; a Chinese term is found inside longer ones anyway)
    -注销  -"John Smith"      pages without it
    kind:passport window:W01 case:2026-0001 document:01J...   exactly this value, upper and lower case alike;
                             the same filter twice means either; -kind:other means not this one; case:"" means none

Terms are AND-ed. A query of filters or exclusions alone gives every page they leave; a query that says nothing gives nothing.
Full-width signs (：＊－＂　) are read as the half-width ones, so that nobody has to leave the Chinese input method.

Promises: no text is an error; what cannot be read as syntax is searched for. Does not promise: OR, brackets, wildcards inside a term; more
than the first 4,000 characters and 100 terms of a query.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from search.analysis import Atom, Script, analyse, pairs

FILTERS = ("kind", "case", "window", "document")
LONGEST_QUERY = 4000
MOST_TERMS = 100
QUOTES = '"“”„‟'
TOKEN = re.compile(
    rf"(?P<not>-?)(?:(?P<key>{'|'.join(FILTERS)}):)?(?:[{QUOTES}](?P<quoted>[^{QUOTES}]*)(?:[{QUOTES}]|$)|(?P<plain>[^\s{QUOTES}]+))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """Atoms that stand in a row on a page. With `prefix` the last one may go on.

    `lead` and `tail` are the signs typed before and after the atoms: they are lit where the page has them too, but never needed.
    """

    atoms: tuple[str, ...]
    scripts: tuple[Script, ...]
    prefix: bool = False
    lead: str = field(default="", compare=False)
    tail: str = field(default="", compare=False)

    @property
    def grams(self) -> tuple[str, ...] | None:
        """The same as a phrase of pairs, or None where pairs cannot tell: a lone ideograph, or a prefix."""
        if self.prefix:
            return None
        out: list[str] = []
        run = ""
        for atom, script in (*zip(self.atoms, self.scripts, strict=True), ("", None)):
            if script is Script.IDEOGRAPH:
                run += atom
                continue
            if len(run) == 1:
                return None
            out += pairs(run)
            run = ""
            if script is not None:
                out.append(atom)
        return tuple(out)


@dataclass(frozen=True, slots=True)
class Filter:
    """The field `name` has one of `values`; with `excluded` it has none of them."""

    name: str
    values: tuple[str, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Every one of `terms`, none of `excluded`, and all of `filters`."""

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it says nothing: nothing is found then."""
        return not (self.terms or self.excluded or self.filters)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    negated: bool
    key: str | None
    quoted: bool


def parse(text: str) -> Query:
    """What `text` asks for. Any text is a query."""
    text = unicodedata.normalize("NFKC", text[:LONGEST_QUERY].encode("utf-8", "replace").decode("utf-8"))
    tokens = [_token(match) for match in TOKEN.finditer(text)]
    wanted: dict[tuple[str, bool], list[str]] = {}
    terms: list[Term] = []
    excluded: list[Term] = []
    for token in _joined(tokens):
        if token.key is not None:
            wanted.setdefault((token.key, token.negated), []).append(token.text)
            continue
        term = _term(token)
        if term is not None:
            (excluded if token.negated else terms).append(term)
    filters = tuple(Filter(name, tuple(dict.fromkeys(values)), negated) for (name, negated), values in wanted.items())
    return Query(tuple(dict.fromkeys(terms))[:MOST_TERMS], tuple(dict.fromkeys(excluded))[:MOST_TERMS], filters)


def _token(match: re.Match[str]) -> _Token:
    quoted = match["quoted"]
    return _Token(
        quoted if quoted is not None else match["plain"], match["not"] == "-", match["key"] and match["key"].lower(), quoted is not None
    )


def _joined(tokens: list[_Token]) -> list[_Token]:
    """Three or more single ideographs in a row become one token."""
    out: list[_Token] = []
    row: list[_Token] = []
    for token in [*tokens, None]:
        if token is not None and _single(token):
            row.append(token)
            continue
        out += [_Token("".join(t.text for t in row), False, None, True)] if len(row) > 2 else row
        row = []
        if token is not None:
            out.append(token)
    return out


def _single(token: _Token) -> bool:
    if token.negated or token.quoted or token.key is not None:
        return False
    atoms = analyse(token.text).atoms
    return len(atoms) == 1 and atoms[0].script is Script.IDEOGRAPH


def _term(token: _Token) -> Term | None:
    atoms: tuple[Atom, ...] = analyse(token.text).atoms
    if not atoms:
        return None
    prefix = not token.quoted and token.text.endswith("*") and atoms[-1].script is not Script.IDEOGRAPH
    lead, tail = token.text[: atoms[0].start], "" if prefix else token.text[atoms[-1].end :]
    return Term(tuple(a.text for a in atoms), tuple(a.script for a in atoms), prefix, lead.strip(), tail.strip())
