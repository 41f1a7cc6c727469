"""A clock that stands still until it is told otherwise."""

from datetime import UTC, datetime, timedelta


class StillClock:
    """Implements `domain.ports.Clock`."""

    def __init__(self, at: datetime | None = None) -> None:
        self.at = at or datetime(2026, 11, 23, 8, 0, 0, 123456, UTC)
        self.seconds = 0.0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    def move(self, seconds: float) -> None:
        """Both clocks forward; the wall clock back too, if negative."""
        self.at += timedelta(seconds=seconds)
        self.seconds += max(0.0, seconds)
