"""Where things lie in a data folder. The layout is pinned by docs/decisions/0001-formats.md."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The parts of one data folder."""

    data: Path

    @property
    def inbox(self) -> Path:
        """The watched windows."""
        return self.data / "inbox"

    @property
    def store(self) -> Path:
        """The shelf."""
        return self.data / "store"

    @property
    def derived(self) -> Path:
        """What may be deleted at any time while casefile is stopped."""
        return self.data / "derived"

    @property
    def feed(self) -> Path:
        """What just happened, a line each."""
        return self.derived / "feed.jsonl"

    @property
    def index(self) -> Path:
        """The embedded index."""
        return self.derived / "index.db"

    @property
    def outbox(self) -> Path:
        """How far search has followed the ledger."""
        return self.derived / "outbox.json"

    @property
    def ledger(self) -> Path:
        """The journal and its checkpoints."""
        return self.data / "ledger"

    @property
    def witness(self) -> Path:
        """How it stands with the witness."""
        return self.derived / "witness.json"

    @property
    def steps(self) -> Path:
        """Results of steps."""
        return self.derived / "steps"

    @property
    def work(self) -> Path:
        """The durable engine's database and pages being written."""
        return self.derived / "work"

    @property
    def fixity(self) -> Path:
        """How far reading again has got, and what it found that is not whole."""
        return self.derived / "fixity.json"

    @property
    def damaged(self) -> Path:
        """Damaged objects that a good copy took the place of."""
        return self.derived / "damaged"

    @property
    def children(self) -> Path:
        """Trays of child processes; below `work` so that what they make is renamed into place."""
        return self.work / "children"

    @property
    def lock(self) -> Path:
        """Held by the one process that works on this folder."""
        return self.derived / "serve.lock"
