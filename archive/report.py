"""Gathers what a verification finds. Many findings of one check are cut short after `MOST`, with a last one that counts the rest.

`most=None` cuts nothing short: for lists that somebody works through.
"""

from collections import Counter
from collections.abc import Callable

from domain.model import Finding, Outcome, Verdict

MOST = 100
COPY = "put it back from a copy; if there is none, keep everything as it is and ask for help: nothing here is mended by itself"
START = "start casefile: it finishes this by itself"
REBUILD = (
    "stop casefile, delete derived/casefile.db* and derived/journal.mark (PostgreSQL: give it an empty database), start: "
    "the database is rebuilt from the ledger"
)

Progress = Callable[[int, int], None]
"""Called with bytes read and bytes in all."""


class Report:
    """Findings and counts of one verification."""

    def __init__(self, progress: Progress | None, total: int, most: int | None = MOST) -> None:
        self.looked_at: Counter[str] = Counter()
        self._progress, self._done, self._total, self._most = progress, 0, total, most
        self._findings: list[Finding] = []
        self._left_out: Counter[tuple[str, Outcome]] = Counter()
        self._seen: Counter[tuple[str, Outcome]] = Counter()

    def bad(self, check: str, subject: str, expected: str, found: str, remedy: str = COPY) -> None:
        """Something is not what was written."""
        self._add(Finding(check, Outcome.BAD, subject, expected, found, remedy))

    def noted(self, check: str, subject: str, expected: str, found: str, remedy: str = START) -> None:
        """Something a crash leaves behind, or that is under way."""
        self._add(Finding(check, Outcome.NOTED, subject, expected, found, remedy))

    def take(self, part: "Report") -> None:
        """Add what a part of the verification found and looked at."""
        for finding in part._findings:
            self._add(finding)
        self._left_out.update(part._left_out)
        self.looked_at.update({name: count for name, count in part.looked_at.items() if name != "bytes"})
        self.read(part.looked_at["bytes"])

    def read(self, count: int) -> None:
        """`count` more bytes were read."""
        self.looked_at["bytes"] += count
        self._done += count
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)

    def verdict(self) -> Verdict:
        """Everything found, worst first."""
        rest = [Finding(check, how, "more of these", "none", f"{n} more", COPY) for (check, how), n in self._left_out.items()]
        found = sorted([*self._findings, *rest], key=lambda f: -f.outcome.value)
        return Verdict(tuple(found), dict(sorted(self.looked_at.items())))

    def _add(self, finding: Finding) -> None:
        about = (finding.check, finding.outcome)
        self._seen[about] += 1
        if self._most is None or self._seen[about] <= self._most:
            self._findings.append(finding)
        else:
            self._left_out[about] += 1
