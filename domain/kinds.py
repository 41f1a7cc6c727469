"""The one list of kinds of material, read once from kinds.yaml beside this file: pure data, checked for sense when it is loaded.

Promises: every name is unique, `other` is there, every rule and type that a field names exists, every expression
compiles.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from domain.checks import RULES
from domain.errors import Misconfigured

OTHER = "other"
FORMS = ("card", "sheet", "booklet")
LATIN = re.compile("[A-Za-z]")
MACRO = re.compile(r"\{([a-z]+)\}")
CODED = ("", "number", "names", "birth", "sex", "expiry")


@dataclass(frozen=True, slots=True)
class ValueType:
    """How a value looks: `pattern` (for dates their own), how it is written down, its check rule, lines it may fill.

    `alone`: believed without a label where the page has no other. `wraps`: may be broken at the end of a line.
    """

    name: str
    pattern: str
    form: str = ""
    check: str = ""
    lines: int = 1
    alone: bool = False
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Where a field of a kind is found; see the head of kinds.yaml."""

    name: str
    type: ValueType
    labels: tuple[str, ...] = ()
    below: bool = False
    occurrence: int = 0
    nth: int = 1
    find: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    coded: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of material.

    `form`: card (up to two sides), sheet, or booklet (any number of pages). `family`: kinds that share a printed form. `heading`: what a
    title of the kind or of its family looks like; `subject`: what must stand in it to be of this kind; `general`: titles of the family
    that name no subject; `next`: what a further page says that does not tell its kind by itself.
    """

    name: str
    zh: str
    en: str
    form: str = "sheet"
    family: str = ""
    titles: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    phrases: Mapping[str, float] = field(default_factory=dict)
    patterns: Mapping[str, float] = field(default_factory=dict)
    stops: tuple[str, ...] = ()
    heading: str = ""
    subject: str = ""
    general: str = ""
    next: str = ""
    fields: tuple[FieldRule, ...] = ()


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by name, in the order of the file.

    Raises:
        Misconfigured: kinds.yaml does not make sense; the message says where.
    """
    return parse(files("domain").joinpath("kinds.yaml").read_text(encoding="utf-8"))


@cache
def words() -> frozenset[str]:
    """Every label that any kind has: where one stands, the value before it has ended."""
    said = {label for kind in kinds().values() for rule in kind.fields for label in rule.labels}
    return frozenset(
        label for label in (said | {stop for kind in kinds().values() for stop in kind.stops}) if len(label) > 1 and not LATIN.search(label)
    )


def parse(text: str) -> Mapping[str, Kind]:
    """The kinds that a YAML text lists.

    Raises:
        Misconfigured: see `kinds`.
    """
    try:
        data = yaml.safe_load(text)
        types = {name: ValueType(name, **value) for name, value in data["types"].items()}
        groups = [[str(label) for label in group] for group in data.get("synonyms") or ()]
        families = data.get("families") or {}
        macros = {str(name): str(text) for name, text in (data.get("macros") or {}).items()}
        found = {entry["name"]: _kind(entry, types, groups, families, macros) for entry in data["kinds"]}
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, re.error) as error:
        raise Misconfigured(
            f"kinds.yaml cannot be read ({type(error).__name__}: {error}). Put back the one that came with casefile."
        ) from error
    for rule in (rule for kind in found.values() for rule in kind.fields if rule.coded not in CODED):
        raise Misconfigured(f"kinds.yaml: field {rule.name} names the unknown part {rule.coded} of a machine-readable line.")
    for value in types.values():
        if value.check and value.check not in RULES:
            raise Misconfigured(f"kinds.yaml: type {value.name} names the unknown check rule {value.check}.")
    if OTHER not in found or len(found) != len(data["kinds"]):
        raise Misconfigured("kinds.yaml: names of kinds must be unique, and `other` must be among them.")
    return found


def _kind(
    entry: dict[str, Any],
    types: dict[str, ValueType],
    synonyms: list[list[str]],
    families: Mapping[str, Any],
    macros: Mapping[str, str],
) -> Kind:
    family = families[entry["family"]] if entry.get("family") else {}
    rules = tuple(
        _rule(name, value, types, macros) for name, value in {**(family.get("fields") or {}), **(entry.get("fields") or {})}.items()
    )
    stops = (*(family.get("stops") or ()), *(entry.get("stops") or ()))
    said = Counter(label for rule in rules for label in set(rule.labels)) + Counter(stops)
    rules = tuple(replace(rule, labels=_with_synonyms(rule, said, synonyms)) for rule in rules)
    if entry.get("form", "sheet") not in FORMS:
        raise Misconfigured(f"kinds.yaml: {entry['name']} has the unknown form {entry['form']}.")
    for pattern in entry.get("patterns") or {}:
        re.compile(pattern)
    return Kind(
        name=entry["name"],
        zh=entry["zh"],
        en=entry["en"],
        form=entry.get("form", "sheet"),
        family=entry.get("family", ""),
        titles=tuple(entry.get("titles") or ()),
        identity=tuple(entry.get("identity") or ()),
        phrases={**(family.get("phrases") or {}), **(entry.get("phrases") or {})},
        patterns=dict(entry.get("patterns") or {}),
        stops=stops,
        heading=re.compile(entry.get("heading") or family.get("heading", "")).pattern,
        general=re.compile(family.get("general", "")).pattern,
        subject=re.compile(entry.get("subject", "")).pattern,
        next=re.compile(entry.get("next") or family.get("next", ""), re.MULTILINE).pattern,
        fields=rules,
    )


def _with_synonyms(rule: FieldRule, said: Mapping[str, int], synonyms: list[list[str]]) -> tuple[str, ...]:
    """The rule's labels and, after them, what says the same and is nobody else's."""
    more = [label for own in rule.labels for group in synonyms if own in group for label in group if not said[label]]
    return tuple(dict.fromkeys((*rule.labels, *more)))


def _rule(name: str, value: dict[str, Any], types: dict[str, ValueType], macros: Mapping[str, str]) -> FieldRule:
    rest = {key: given for key, given in value.items() if key not in ("type", "labels")}
    for key in ("find", "rows"):
        given = rest.get(key) or ()
        rest[key] = tuple(MACRO.sub(lambda m: macros[m[1]], each) for each in ((given,) if isinstance(given, str) else given))
        for expression in rest[key]:
            re.compile(expression, re.MULTILINE)
    return FieldRule(name, types[value["type"]], tuple(value.get("labels") or ()), **rest)
