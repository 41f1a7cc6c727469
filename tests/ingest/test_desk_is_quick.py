"""What is asked again and again stays quick however long the archive grows: no whole table is read for it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from archive.sqlite import open_sqlite
from domain.model import Digest
from ingest import desk
from ingest.tables import metadata

QUESTIONS = {
    "is anything to be worked on": lambda c: desk.unfinished(c),
    "is a folder to be closed": lambda c: desk.open_folders(c),
    "does the folder have a batch": lambda c: desk.newest_batch(c, "W01", "folder"),
    "is the batch open": lambda c: desk.is_open(c, "0" * 26),
    "are the bytes here already": lambda c: desk.twin_of(c, Digest("0" * 64)),
    "what lies in quarantine": lambda c: desk.quarantined(c),
    "what is in the batch": lambda c: desk.receipts_of(c, "0" * 26),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_asked_all_day_reads_no_whole_table(tmp_path, question):
    engine = open_sqlite(tmp_path / "casefile.db")
    metadata.create_all(engine)
    asked = []
    event.listen(engine, "before_cursor_execute", lambda conn, cursor, text, values, *_: asked.append((text, values)))
    with engine.connect() as connection:
        QUESTIONS[question](connection)
        assert asked
        for text, values in list(asked):
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)]
            whole = [step for step in plan if step.startswith("SCAN") and "USING INDEX batches_unfinished" not in step]
            assert not whole, (question, plan)
    engine.dispose()


def test_a_thousand_batches_do_not_slow_the_question_what_is_open(tmp_path):
    """The same by what it must find: an open folder among closed ones."""
    from sqlalchemy import insert

    from domain.clock import stamp
    from ingest.tables import batches, receipts

    engine, at = open_sqlite(tmp_path / "casefile.db"), stamp(datetime(2026, 11, 25, tzinfo=UTC))
    metadata.create_all(engine)
    with engine.execution_options(writes=True).begin() as connection:
        for number in range(1000):
            name, waits = f"{number:026d}", number == 500
            batch = {"id": name, "window": "W01", "office": "main", "is_folder": True, "folder": f"f{number}", "opened_seq": number}
            connection.execute(
                insert(batches).values(
                    **batch, opened_at=at, last_seq=number, last_seen=at, closed_generation=1, done_generation=number % 2
                )
            )
            receipt = {"id": name, "seq": number, "batch": name, "window": "W01", "office": "main", "size": 1, "seen_at": at}
            connection.execute(insert(receipts).values(**receipt, state="pending" if waits else "shelved", fresh=waits))
    with engine.connect() as connection:
        assert [row.folder for row in desk.open_folders(connection)] == ["f500"]
        assert len(desk.unfinished(connection)) == 500
        assert desk.is_open(connection, f"{500:026d}")
        assert not desk.is_open(connection, f"{501:026d}")
    engine.dispose()
