"""The pictures in README, made from the running product: `make pictures`.

Runs the demo in a pseudo-terminal, keeps what it prints, and draws it as docs/screens/demo.svg (English) and demo.zh.svg (Chinese).
"""

import os
import pty
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "screens"
WIDTH = 110
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-ln-z]")


def run_in_terminal(language: str) -> str:
    """Everything the demo prints in a terminal of `WIDTH` columns."""
    parts: list[bytes] = []

    def keep(descriptor: int) -> bytes:
        data = os.read(descriptor, 65536)
        parts.append(data)
        return data

    os.environ.update(CASEFILE_LANG=language, COLUMNS=str(WIDTH), LINES="60", TERM="xterm-256color", FORCE_COLOR="1")
    status = pty.spawn([sys.executable, "-m", "app.demo"], keep)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit("the demo failed: no picture made")
    return b"".join(parts).decode("utf-8", "replace")


def last_states(printed: str) -> list[str]:
    """The lines as they stand at the end: a line drawn again and again by a progress bar counts once, as it was last."""
    lines: list[str] = []
    for line in printed.replace("\r\n", "\n").split("\n"):
        redrawn = "\r" in line or "\x1b[2K" in line
        text = CONTROL.sub("", line.split("\r")[-1])
        if redrawn and not text.strip():
            continue
        lines.append(text)
    return lines


def draw(language: str) -> Path:
    """Run the demo and draw what it printed."""
    console = Console(record=True, width=WIDTH, file=Path(os.devnull).open("w"), force_terminal=True)  # noqa: SIM115
    console.print(Text("$ make demo", style="bold"))
    for line in last_states(run_in_terminal(language)):
        console.print(Text.from_ansi(line))
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / ("demo.zh.svg" if language == "zh" else "demo.svg")
    console.save_svg(str(path), title="casefile")
    return path


if __name__ == "__main__":
    for name in ("en", "zh"):
        print(draw(name))
