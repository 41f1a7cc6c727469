"""Setting a receipt apart with its reason, and its way back.

Quarantine is a state of the receipt, not a place: the bytes stay where they are in the store. Nothing in it is ever tried again by itself.
"""

from sqlalchemy import Engine

from domain.errors import Conflict, NotFound
from domain.events import RECEIPT_REFUSED, RECEIPT_REQUEUED, Draft
from domain.model import ReceiptState
from domain.ports import Registrar
from domain.reasons import Reason
from ingest import desk
from ingest.batch import COMMAND, closing


def refuse(registrar: Registrar, engine: Engine, receipt: str, reason: Reason, step: str, detail: str = "", actor: str = "system") -> None:
    """Put `receipt` into quarantine. `detail` is for technicians: facts about the file's structure, never names or content.

    Refusing it twice in one generation of its batch records it once.

    Raises:
        NotFound: no such receipt. Conflict, Unavailable: not recorded.
    """
    with engine.connect() as connection:
        row = desk.receipt_row(connection, receipt)
        batch = desk.batch_row(connection, row.batch) if row else None
    if row is None or batch is None:
        raise NotFound(f"no receipt {receipt}", receipt=receipt)
    body = {"reason": reason.code, "step": step, "detail": detail}
    registrar.record([Draft(RECEIPT_REFUSED, receipt, f"refused:{receipt}:{batch.closed_generation}", body, actor=actor)])


def requeue(registrar: Registrar, engine: Engine, receipt: str, actor: str = "system") -> tuple[str, int]:
    """Take `receipt` out of quarantine: it is pending again and its batch closes as the next generation; (batch, generation).

    Raises:
        NotFound: no such receipt.
        Conflict: it is not in quarantine, has no bytes to read, or the same bytes are pending or archived under another receipt.
        Unavailable: not recorded.
    """
    with engine.connect() as connection:
        row = desk.receipt_row(connection, receipt)
        if row is None:
            raise NotFound(f"no receipt {receipt}", receipt=receipt)
        if row.state is not ReceiptState.QUARANTINED:
            raise Conflict(f"receipt {receipt} is {row.state.value}, not in quarantine", receipt=receipt, state=row.state.value)
        if row.digest is None:
            raise Conflict(f"receipt {receipt} has no bytes: what was there was no file. Scan again", receipt=receipt)
        if (twin := desk.twin_of(connection, row.digest, other_than=receipt)) is not None:
            raise Conflict(f"receipt {twin} has the same bytes and is not in quarantine", receipt=receipt, twin=twin)
        close, generation = closing(connection, row.batch, COMMAND, also=(receipt,), actor=actor)
    back = Draft(RECEIPT_REQUEUED, receipt, f"requeued:{receipt}:{generation}", {"batch": row.batch}, actor=actor)
    registrar.record([back, close])
    return row.batch, generation
