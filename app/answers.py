"""What a child process may answer: a result as plain JSON, or an error from a short list.

A child that a hostile file has taken over may say anything. What it says can make its own task fail and nothing else: it names no error of
ours that stops serve, and no text of its own gets further than its own length and alphabet allow.
"""

import json
import re
import typing
from collections.abc import Callable
from typing import Any, TypeVar

from domain.codec import build
from domain.errors import CasefileError, Corrupt, DiskFull, Misconfigured, Refused, Unavailable
from domain.reasons import Reason

R = TypeVar("R")
ERRORS: dict[str, type[CasefileError]] = {kind.__name__: kind for kind in (Unavailable, DiskFull, Misconfigured, Corrupt)}
LONGEST, MOST = 300, 20
NOT_TEXT = re.compile(r"[^ -~]+")
NAME = re.compile(r"[a-z][a-z_]{0,30}")
TAKEN = ("what", "reason")


class Nonsense(Exception):
    """The answer is none: whoever gave it is not what was started."""


def parse(data: bytes) -> dict[str, Any]:
    """An answer as it came.

    Raises:
        Nonsense
    """
    try:
        reply = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Nonsense from error
    if not isinstance(reply, dict) or ("ok" in reply) == ("error" in reply):
        raise Nonsense
    return reply


def result_of(function: Callable[..., R], reply: dict[str, Any]) -> R:
    """The result, in the type that `function` says it returns.

    Raises:
        Nonsense
    """
    try:
        return typing.cast(R, build(typing.get_type_hints(function)["return"], reply["ok"]))
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise Nonsense from error


def error_of(reply: dict[str, Any]) -> CasefileError:
    """The error that an answer tells of.

    Raises:
        Nonsense
    """
    reason, what, facts = reply.get("reason"), _text(reply.get("what")), _facts(reply.get("facts"))
    if reply["error"] == "Refused":
        try:
            return Refused(Reason(reason), what, **facts)
        except ValueError as error:
            raise Nonsense from error
    kind = ERRORS.get(reply["error"]) if isinstance(reply["error"], str) else None
    if kind is None:
        raise Nonsense
    return kind(what, **facts)


def _text(value: Any) -> str:
    return NOT_TEXT.sub("?", value)[:LONGEST] if isinstance(value, str) else ""


def _facts(value: Any) -> dict[str, Any]:
    told = dict[str, Any]()
    for name, fact in list(value.items())[:MOST] if isinstance(value, dict) else ():
        if NAME.fullmatch(name) and name not in TAKEN:
            told[name] = [_fact(one) for one in fact[:MOST]] if isinstance(fact, list) else _fact(fact)
    return told


def _fact(value: Any) -> str | int | float | None:
    return _text(value) if isinstance(value, str) else value if isinstance(value, int | float) else None
