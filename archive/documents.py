"""Questions about documents on the shelf, answered from the tables within the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, Select, select

from archive.tables import documents
from domain.model import Digest, Stored


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as the tables show it. `seq` is the event that shelved it, `superseded` the one that superseded it, or None.

    `code` is the case number its separator sheet named.
    """

    id: str
    seq: int
    batch: str
    generation: int
    kind: str
    pages: int
    pdf: Stored
    window: str
    office: str
    code: str | None
    superseded: int | None
    shelved_at: str


def document_row(connection: Connection, document: str) -> DocumentRow | None:
    """The document with this id, or None."""
    row = connection.execute(select(documents).where(documents.c.id == document)).first()
    return _row(row) if row else None


def documents_of(connection: Connection, batch: str) -> list[DocumentRow]:
    """Every document ever made of a batch, superseded ones too, oldest first."""
    return _rows(connection, select(documents).where(documents.c.batch == batch))


def _rows(connection: Connection, query: Select[tuple[object, ...]]) -> list[DocumentRow]:
    found: Sequence[Row[tuple[object, ...]]] = connection.execute(query.order_by(documents.c.seq)).all()
    return [_row(row) for row in found]


def _row(row: Row[tuple[object, ...]]) -> DocumentRow:
    found = dict(row._mapping)
    pdf = Stored(Digest.parse(found.pop("pdf")), found.pop("pdf_size"), "application/pdf")
    return DocumentRow(pdf=pdf, **found)
