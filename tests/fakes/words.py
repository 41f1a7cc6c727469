"""Words as a reader would give them for a text: on a grid, so that every character's place can be told from its box."""

from domain.geometry import Box
from domain.model import Word

WIDE, HIGH = 0.005, 0.02


def grid(column: int, line: int) -> Box:
    """The box of the character in `column` of `line`, both from 0."""
    return (round(column * WIDE, 5), round(line * HIGH, 5), round((column + 1) * WIDE, 5), round((line + 1) * HIGH, 5))


def words_of(text: str) -> tuple[Word, ...]:
    """`text` with a line for each line and a word between blanks; a blank takes a column."""
    words: list[Word] = []
    for line, row in enumerate(text.split("\n")):
        column = 0
        for part in row.split(" "):
            if part:
                boxes = tuple(grid(column + i, line) for i in range(len(part)))
                whole = (boxes[0][0], boxes[0][1], boxes[-1][2], boxes[0][3])
                words.append(Word(part, whole, boxes, 0.9, line, spaced=column > 0))
            column += len(part) + 1
    return tuple(words)


def text_in(text: str, box: Box) -> str:
    """The characters of `text` that `box` lights."""
    line, first, last = round(box[1] / HIGH), round(box[0] / WIDE), round(box[2] / WIDE)
    assert box == (grid(first, line)[0], grid(first, line)[1], grid(last - 1, line)[2], grid(last - 1, line)[3])
    return text.split("\n")[line][first:last]
