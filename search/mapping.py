"""How a page lies in Elasticsearch, and how a query is put to it: plain dictionaries, to be read and compared without a server.

The mapping needs nothing but the server itself: the built-in `whitespace` analyzer over terms that search/analysis.py made, keywords,
and one opaque field with the page's words. It is strict: a field that is not named here is an error, not a guess.
"""

import base64
from typing import Any

from domain.model import PageEntry, Rights
from search.analysis import fingerprint
from search.locate import page_text
from search.query import Filter, Query, Term
from search.stored import pack

FORM = 1
"""Grows with every change of the mapping or of what is written under it."""

READABLE = (FORM,)
"""Forms that queries of this version can be put to: an index of one of them goes on answering while its successor is filled."""

PREFIXES = {"min_chars": 1, "max_chars": 19}
"""Beginnings of terms that are indexed as terms of their own (19 is Elasticsearch's most). Without them a prefix inside a phrase is
expanded into every term that begins so, which loses pages beyond 50 of them and is refused beyond some thousands."""

MOST_EXPANSIONS = 1_000
"""Different endings of a beginning longer than that; the server refuses beyond 1,024."""

ORDER: list[dict[str, str]] = [{"case_date": "asc"}, {"document": "asc"}, {"page": "asc"}]

_TERMS: dict[str, Any] = {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "positions"}
_KEYWORD: dict[str, Any] = {"type": "keyword"}

SETTINGS: dict[str, Any] = {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1", "refresh_interval": "1s"}}


def made_for() -> str:
    """What the mapping and the terms depend on; an index that names something else must be rebuilt."""
    return fingerprint(FORM)


def readable(found_for: str) -> bool:
    """Whether an index that was made for `found_for` may be searched."""
    return found_for.split("-")[0] in {f"form{form}" for form in READABLE}


def mappings() -> dict[str, Any]:
    """The mapping; `_meta` says which analysis it was made for.

    `dropped` stands only in tombstones: entries that say up to which version a document is gone. They are entries of their own, because
    Elasticsearch forgets the version of a deleted document after `index.gc_deletes` (60 s), and a late delivery would bring it back.
    """
    return {
        "dynamic": "strict",
        "_meta": {"casefile": made_for()},
        "_source": {"excludes": ["singles", "grams"]},
        "properties": {
            **{name: _KEYWORD for name in ("document", "case_date", "kind", "office", "window", "case", "line", "item")},
            "page": {"type": "integer"},
            "restricted": {"type": "boolean"},
            "singles": {**_TERMS, "index_prefixes": PREFIXES},
            "grams": _TERMS,
            "words": {"type": "binary"},
            "dropped": {"type": "long"},
        },
    }


def page_body(entry: PageEntry) -> dict[str, Any]:
    """`entry` as a document of Elasticsearch."""
    analysed = page_text(entry.words).analysed
    return {
        **{
            name: getattr(entry, name)
            for name in ("document", "page", "case_date", "kind", "office", "window", "line", "item", "restricted")
        },
        "case": entry.case or "",
        "singles": " ".join(analysed.singles),
        "grams": " ".join(analysed.grams),
        "words": base64.b64encode(pack(entry.words)).decode(),
    }


def tombstone_id(document: str) -> str:
    """The key of a document's tombstone; no page has it, since page keys end in a number."""
    return f"{document}-dropped"


def selection(asked: Query, rights: Rights) -> dict[str, Any]:
    """The query in Elasticsearch's words. Everything is a filter: the order is never by score."""
    wanted: list[dict[str, Any]] = [{"exists": {"field": "page"}}, *(_phrase(term) for term in asked.terms)]
    unwanted = [_phrase(term) for term in asked.excluded]
    for chosen in asked.filters:
        (unwanted if chosen.excluded else wanted).append(_choice(chosen))
    if rights.offices:
        wanted.append({"terms": {"office": list(rights.offices)}})
    if not rights.restricted:
        unwanted.append({"term": {"restricted": True}})
    return {"bool": {"filter": wanted, "must_not": unwanted}}


def _choice(chosen: Filter) -> dict[str, Any]:
    terms = [{"term": {chosen.name: {"value": value, "case_insensitive": True}}} for value in chosen.values]
    return {"bool": {"should": terms, "minimum_should_match": 1}}


def _phrase(term: Term) -> dict[str, Any]:
    grams = term.grams
    if grams is not None:
        return {"match_phrase": {"grams": {"query": " ".join(grams)}}}
    if not term.prefix:
        return {"match_phrase": {"singles": {"query": " ".join(term.atoms)}}}
    if len(term.atoms) == 1:
        return {"prefix": {"singles": {"value": term.atoms[0]}}}
    return {"match_phrase_prefix": {"singles": {"query": " ".join(term.atoms), "max_expansions": MOST_EXPANSIONS}}}
