"""The profile `second` with cases that are mostly material nobody asked for: counts how much of it is taken for a kind. For acceptance only."""

from second import *  # noqa: F403 - a profile is a module with the names of its first one

ITEMS = [("其他材料甄别", ["id_card", *["other"] * 8]), ("无关材料甄别", ["application_form", *["other"] * 7])]
