"""Errors as they may stand in a log: never with the name of a scanner's file."""

import traceback
from pathlib import Path


def where(error: BaseException) -> str:
    """An error for a log: its type and the place in our code; its text only if it is ours, for a library's may hold a file's name."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    number = f" errno {error.errno}" if isinstance(error, OSError) and error.errno else ""
    said = f": {error}" if type(error).__module__ == "domain.errors" else ""
    return f"{type(error).__name__}{number} at {place}{said}"
