"""A room of its own for each test: an inbox, fake books, a clock that stands still."""

from pathlib import Path
from typing import Any

from ingest import desk
from ingest.desk import ReceiptRow
from ingest.intake import Intake, IntakeSettings
from ingest.tables import apply, metadata, receipts
from tests.fakes.books import FakeClock, FakeFeed, FakeRegistrar, FakeStore, fake_engine


class Room:
    def __init__(self, root: Path) -> None:
        self.root, self.inbox = root, root / "inbox"
        self.window = self.inbox / "W01"
        self.window.mkdir(parents=True)
        self.clock, self.feed, self.store = FakeClock(), FakeFeed(), FakeStore(root / "store")
        self.engine = fake_engine()
        self.registrar = FakeRegistrar(self.engine, metadata, [apply], self.store, self.clock)
        self.closed: list[tuple[str, int]] = []
        self.case: str | None = None
        self.settings = IntakeSettings()
        self.intake = self.fresh()

    def fresh(self, **ports: Any) -> Intake:
        """An Intake as after a restart: knows nothing but what is on disk."""
        parts = {"store": self.store, "registrar": self.registrar, "feed": self.feed, "open_case": lambda window: self.case}
        parts |= {"on_closed": lambda batch, generation: self.closed.append((batch, generation))} | ports
        self.intake = Intake(self.inbox, self.settings, engine=self.engine, clock=self.clock, **parts)
        return self.intake

    def put(self, name: str, data: bytes) -> Path:
        path = self.window / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def let(self, seconds: float, step: float = 1.0) -> int:
        """Let time pass, looking through the inbox every `step` seconds; how many receipts came of it."""
        count, passed = self.intake.scan_once(), 0.0
        while passed < seconds:
            self.clock.move(step)
            passed += step
            count += self.intake.scan_once()
        return count

    def rows(self) -> list[ReceiptRow]:
        with self.engine.connect() as connection:
            ids = connection.execute(receipts.select().order_by(receipts.c.seq)).all()
            return [row for r in ids if (row := desk.receipt_row(connection, r.id))]

    def why(self) -> dict[str, str]:
        return {waiting.name: waiting.why for waiting in self.intake.waiting()}

    def left(self) -> list[str]:
        return sorted(str(path.relative_to(self.inbox)) for path in self.inbox.rglob("*") if not path.is_dir() or path.is_symlink())
