"""What a recogniser says of one line of text, before characters are given their boxes."""

from dataclasses import dataclass

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line as recognised.

    `text` may hold blanks. `scores` (0..1) and `spans` have one entry for each character of `text`, blanks too; a span is
    (first, last) where the character was seen, as fractions of the line's length from its left end. `quad` are the line's
    corners in pixels of the image read: top left, top right, bottom right, bottom left.
    """

    text: str
    scores: tuple[float, ...]
    spans: tuple[tuple[float, float], ...]
    quad: Quad
