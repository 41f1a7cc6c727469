"""Greedy decoding of what a CTC recogniser gives for a line, keeping where each character was seen.

Method: Graves et al., Connectionist Temporal Classification, ICML 2006, best path decoding: the best symbol of every
column, runs merged, blanks dropped. A character's span is its run of columns; the recogniser peaks near the middle of a
glyph, so the span says where the glyph is, not how wide it is.
"""

from typing import Any

import numpy as np

Span = tuple[float, float]
BLANK = 0
NEARLY = 0.1  # of a rare symbol's probability: a common symbol above that is taken instead


def decode(columns: Any, alphabet: list[str], share: float, rare: Any = None) -> tuple[str, tuple[float, ...], tuple[Span, ...]]:
    """Text, scores and spans of one line.

    Args:
        columns: T x S array of probabilities, one row for each column of the line, one entry for each symbol.
        alphabet: S symbols; the first is the blank of CTC and never appears in the text.
        share: how much of the T columns the line fills, 0..1; the rest is padding. Spans are fractions of the line itself.
        rare: S booleans, symbols that give way to a common one nearly as likely; None for none.
    """
    best = columns.argmax(axis=1)
    if rare is not None:
        best = _common(columns, best, rare)
    peak = columns[np.arange(len(best)), best]
    starts = np.flatnonzero(np.r_[True, best[1:] != best[:-1]])
    stops = np.r_[starts[1:], len(best)]
    text: list[str] = []
    scores: list[float] = []
    spans: list[Span] = []
    scale = 1.0 / (len(best) * share)
    for start, stop in zip(starts, stops, strict=True):
        if best[start] == BLANK or start * scale >= 1:
            continue
        text.append(alphabet[best[start]])
        scores.append(float(peak[start:stop].max()))
        spans.append((float(start * scale), min(1.0, float(stop * scale))))
    return "".join(text), tuple(scores), tuple(spans)


def _common(columns: Any, best: Any, rare: Any) -> Any:
    """`best` with rare symbols replaced by the likeliest common one where that is nearly as likely."""
    doubted = np.flatnonzero(rare[best])
    if not len(doubted):
        return best
    chosen = best.copy()
    common = np.where(rare, 0.0, columns[doubted])
    common[:, BLANK] = 0.0
    other = common.argmax(axis=1)
    swap = common[np.arange(len(doubted)), other] >= NEARLY * columns[doubted, best[doubted]]
    chosen[doubted[swap]] = other[swap]
    return chosen
