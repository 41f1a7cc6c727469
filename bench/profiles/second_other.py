"""The profile `second` with many pages that are nobody's kind: counts how much of it is taken for one. For acceptance only."""

from second import *  # noqa: F403 - a profile is a module with the names of its first one
from second import LAY as SECOND
from second import LAYOUTS

ITEMS = [("其他材料甄别", ["id_card", "hukou", "other"]), ("无关材料甄别", ["application_form", "id_card", "other"])]
SHEETS = 6


def others(c, dpi, R):
    """Several sheets in a row that have nothing to do with the case."""
    docs = []
    while len(docs) < SHEETS:
        more = R.choice(LAYOUTS["other"])(c, dpi, R)
        docs += more if more[0][1].paper == "sheet" else []
    return docs


LAY = SECOND | {"other": others}
