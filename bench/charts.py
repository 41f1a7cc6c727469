"""Draws what bench.quality found as a chart: each figure with its 95 % interval against its bar.

    python -m bench.charts QUALITY.json OUT.svg [--title TEXT]

QUALITY.json is what `bench.quality --json` wrote. Every figure is drawn as its share of errors on a scale of square roots, so that a tenth of a
per cent and forty can stand side by side; a line marks the bar. Colours are those of the product's pages, and every mark has its words.
"""

import argparse
import json
import sys
from html import escape
from math import sqrt
from pathlib import Path
from typing import Any

INK, QUIET, LINE, GOOD, WRONG, PAPER = "#1B1F23", "#56606A", "#D9DCD6", "#1E7A46", "#B3261E", "#FFFFFF"
LEFT, RIGHT, ROW, TOP, WIDTH = 290, 150, 26, 64, 960
SCALE = (0.0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6)


def place(share: float) -> float:
    """Where a share of errors, 0..0.6, stands across the chart, in pixels."""
    return LEFT + (WIDTH - LEFT - RIGHT) * sqrt(min(max(share, 0.0), SCALE[-1]) / SCALE[-1])


def errors(row: dict[str, Any]) -> tuple[float, float, float, float]:
    """The figure, its interval (low, high) and its bar, all as shares of errors."""
    way, bar = row["bar"].split()
    if way == ">=":
        return 1 - row["value"], 1 - row["high"], 1 - row["low"], 1 - float(bar)
    return row["value"], row["low"], row["high"], float(bar)


def drawn(rows: list[dict[str, Any]], title: str) -> str:
    """The chart as SVG."""
    height = TOP + ROW * len(rows) + 34
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="{escape(title)}">',
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
        f'<text x="16" y="26" font-size="16" font-weight="600" fill="{INK}">{escape(title)}</text>',
        f'<text x="16" y="46" fill="{QUIET}">errors in per cent, with 95 % intervals; the short line is the bar</text>',
    ]
    for share in SCALE:
        x = place(share)
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{height - 26}" stroke="{LINE}"/>')
        out.append(f'<text x="{x:.1f}" y="{height - 10}" text-anchor="middle" fill="{QUIET}">{100 * share:g}</text>')
    for n, row in enumerate(rows):
        y = TOP + ROW * n + ROW / 2
        value, low, high, bar = errors(row)
        colour = GOOD if row["reached"] else WRONG
        out.append(f'<text x="{LEFT - 14}" y="{y + 4.5:.1f}" text-anchor="end" fill="{INK}">{escape(row["figure"])}</text>')
        out.append(f'<line x1="{place(low):.1f}" x2="{place(high):.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colour}" stroke-width="3"/>')
        out.append(f'<circle cx="{place(value):.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>')
        x = place(bar)
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y - 10:.1f}" y2="{y + 10:.1f}" stroke="{INK}" stroke-width="2"/>')
        said = f"{100 * value:.2f}, {'reached' if row['reached'] else 'short'}"
        out.append(f'<text x="{WIDTH - 16}" y="{y + 4.5:.1f}" text-anchor="end" fill="{colour}">{said}</text>')
    return "\n".join([*out, "</svg>", ""])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quality", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--title", default="casefile on layouts nobody tuned for")
    args = parser.parse_args()
    rows = json.loads(args.quality.read_text(encoding="utf-8"))["rows"]
    args.out.write_text(drawn(rows, args.title), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
