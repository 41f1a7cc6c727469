"""Opening and closing a case.

Promises: a window has at most one open case; repeating an act that has taken effect changes nothing and is no error; an act that
somebody else's case stands in the way of is a Conflict that names what to do. Case numbers hold nothing personal.
"""

from dataclasses import dataclass

from sqlalchemy import Engine, select

from casework.tables import cases
from domain.checks import case_number
from domain.errors import Conflict, Misconfigured, NotFound
from domain.events import CASE_CLOSED, CASE_OPENED, Draft
from domain.ids import new_ulid
from domain.ports import Clock, Registrar

WRONG = (
    "that is not a case number: 4 to 32 capital letters, digits and hyphens, not beginning with a hyphen, "
    "and no person's identity or telephone number"
)


def no_case(number: str) -> NotFound:
    """The error for a number that no case has; it repeats the number only if it may be one, for what else was given may be anything."""
    return NotFound(f"there is no case {number}", number=number) if case_number(number) else NotFound(f"there is no such case; {WRONG}")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as its table shows it. `window` is where it is open, or None."""

    id: str
    number: str
    office: str
    window: str | None
    open: bool
    opened_at: str
    closed_at: str | None
    openings: int


class Cases:
    """The cases of one data folder."""

    def __init__(self, engine: Engine, registrar: Registrar, clock: Clock) -> None:
        self._engine = engine
        self._registrar = registrar
        self._clock = clock

    def find(self, number: str) -> CaseRow | None:
        """The case with this number, or None."""
        return self._one(cases.c.number == number)

    def at(self, window: str) -> CaseRow | None:
        """The case open at `window`, or None."""
        return self._one(cases.c.window == window)

    def all(self) -> list[CaseRow]:
        """Every case, by number."""
        with self._engine.connect() as connection:
            return [CaseRow(**row._mapping) for row in connection.execute(select(cases).order_by(cases.c.number))]

    def open(self, number: str, office: str, window: str | None = None, actor: str = "clerk") -> CaseRow:
        """Open case `number`, at `window` if one is given; a closed case is opened again.

        Raises:
            Misconfigured: not a case number. Conflict: the window has another open case, or the case is open at another window.
        """
        if not case_number(number):
            raise Misconfigured(WRONG)
        found = self.find(number)
        if found and found.open and window in (None, found.window):
            return found
        if found and found.open and found.window is not None:
            raise Conflict(f"case {number} is open at window {found.window}: close it there first", number=number, window=found.window)
        other = self.at(window) if window else None
        if other:
            raise Conflict(f"window {window} has case {other.number} open: close it first", number=other.number, window=window)
        case = found.id if found else new_ulid(self._clock.now())
        opening = found.openings + 1 if found else 1
        key = f"case:{number}:open:{opening}"
        body = {"number": number, "window": window, "office": found.office if found else office}
        self._registrar.record([Draft(CASE_OPENED, case, key, body, actor=actor)])
        return self._known(number)

    def close(self, number: str, actor: str = "clerk") -> CaseRow:
        """Close case `number`; its documents stay its documents.

        Raises:
            NotFound: there is no such case.
        """
        found = self._known(number)
        if found.open:
            key = f"case:{number}:close:{found.openings}"
            self._registrar.record([Draft(CASE_CLOSED, found.id, key, {"number": number}, actor=actor)])
        return self._known(number)

    def _known(self, number: str) -> CaseRow:
        found = self.find(number)
        if found is None:
            raise no_case(number)
        return found

    def _one(self, condition: object) -> CaseRow | None:
        with self._engine.connect() as connection:
            row = connection.execute(select(cases).where(condition)).first()  # type: ignore[arg-type]
        return CaseRow(**row._mapping) if row else None
