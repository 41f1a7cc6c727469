"""The contract for programs: what the commands answer as JSON, held against golden forms (tests/golden/cli/README.md)."""

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import pikepdf
import pytest

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "cli"
FORMS = (
    (re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}"), "<ulid>"),
    (re.compile(r"[0-9a-f]{64}"), "<sha256>"),
    (re.compile(r"/.*\.pdf"), "<absolute path>.pdf"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"), "<utc>"),
)
KEPT = {"window", "office", "case", "state", "event", "reason", "good", "seal", "name", "source", "why", "separator", "blank"}


def form(value, key=""):
    """`value` with what differs from run to run replaced by what it is; lists of like things once."""
    if isinstance(value, dict):
        return {k: form(v, k) for k, v in value.items()}
    if isinstance(value, list):
        forms = [form(v, key) for v in value]
        return [f for i, f in enumerate(forms) if f not in forms[:i]]
    if isinstance(value, bool) or value is None:
        return value if key in KEPT else ("<null>" if value is None else "<bool>")
    if isinstance(value, int | float):
        return "<number>"
    for pattern, name in FORMS:
        if pattern.fullmatch(value):
            return name
    return value if key in KEPT else "<text>"


def journal(shelf):
    """Every event of the ledger, from its plain-text segments."""
    for path in sorted((shelf.data / "ledger").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line.split("\t")[0])


def hold(name, lines):
    path = GOLDEN / f"{name}.json"
    found = form(lines)
    if os.environ.get("CASEFILE_WRITE_GOLDEN"):
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(path.read_text(encoding="utf-8")), (
        f"{path} no longer holds:\n{json.dumps(found, ensure_ascii=False, indent=1)}"
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ["status", "quarantine"])
def test_answers_keep_their_form(shelf, name):
    hold(name, shelf.ask(name))


@pytest.mark.slow
def test_a_line_per_document_keeps_its_form_and_its_pdf_is_what_it_says(shelf):
    lines = shelf.ask("list")
    hold("list", lines)
    for line in lines:
        data = Path(line["pdf"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == line["sha256"]
        with pikepdf.open(line["pdf"]) as pdf:
            assert len(pdf.pages) == line["pages"]


@pytest.mark.slow
def test_hits_keep_their_form_and_lie_on_the_page(shelf):
    hits = shelf.ask("search", "申请")
    hold("search", hits)
    for hit in hits:
        assert hit["boxes"]
        for x0, y0, x1, y1 in hit["boxes"]:
            assert 0 <= x0 < x1 <= 1
            assert 0 <= y0 < y1 <= 1


@pytest.mark.slow
def test_every_received_file_is_in_exactly_one_state(shelf):
    counts = shelf.ask("status")[0]
    assert (counts["received"], counts["shelved"], counts["duplicates"], counts["quarantined"], counts["empty"]) == (4, 1, 1, 1, 1)
    assert [(w["name"], w["why"]) for w in counts["waiting_files"]] == [("~unfinished.tif", "named-unfinished")]


@pytest.mark.slow
def test_documents_of_a_separator_belong_to_its_case(shelf):
    assert {line["case"] for line in shelf.ask("list")} == {"2026-0003"}


@pytest.mark.slow
def test_every_page_of_the_scan_is_in_the_documents_once(shelf):
    truth = json.loads((Path(__file__).resolve().parents[2] / "samples" / "S001" / "truth.json").read_text())
    content = sum(1 for page in truth["pages"] if page["kind"] != "separator" and not page["blank"])
    assert sum(line["pages"] for line in shelf.ask("list")) == content


@pytest.mark.slow
def test_the_feed_tells_what_happened_without_names(shelf):
    lines = shelf.ask("events")
    assert {"received", "page", "shelved", "indexed", "refused"} <= {line["event"] for line in lines}
    hold(
        "events", [next(line for line in lines if line["event"] == name) for name in ("received", "page", "shelved", "indexed", "refused")]
    )
    text = json.dumps(lines, ensure_ascii=False)
    assert "李四" not in text
    assert "again.tif" not in text


@pytest.mark.slow
def test_names_of_files_stand_in_no_event_and_no_file_name(shelf):
    for path in [p for p in shelf.data.rglob("*") if p.is_file() and "inbox" not in p.parts]:
        assert "李四" not in path.name
        if path.parent.name == "ledger":
            assert "李四" not in path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_showing_a_document_keeps_its_form_and_is_an_event(shelf):
    document = shelf.ask("list")[0]["id"]
    before = sum(1 for _ in journal(shelf))
    shown = shelf.ask("show", document)
    assert set(shown[0]) == {*shelf.ask("list")[0], "seal", "remarks", "fields", "evidence"}
    events = list(journal(shelf))
    assert len(events) == before + 1
    assert (events[-1]["kind"], events[-1]["subject"]) == ("document.viewed", document)


@pytest.mark.slow
def test_assigning_later_is_an_event_and_touches_no_file(shelf):
    document = shelf.ask("list")[-1]["id"]
    shelf.ask("case", "open", "2026-7777")
    files = {p: p.stat().st_mtime_ns for p in (shelf.data / "store").rglob("*.pdf")}
    shelf.ask("case", "assign", "2026-7777", document)
    assert [e["kind"] for e in journal(shelf)][-1] == "document.assigned"
    assert files == {p: p.stat().st_mtime_ns for p in (shelf.data / "store").rglob("*.pdf")}
    shelf.ask("case", "assign", "2026-7777", document, "--remove")
    assert {line["case"] for line in shelf.ask("list")} == {"2026-0003"}


@pytest.mark.slow
def test_a_requeued_file_goes_through_the_line_again(shelf):
    receipt = shelf.ask("quarantine")[0]["receipt"]
    assert shelf.run("requeue", receipt).returncode == 0
    assert shelf.ask("status")[0]["pending"] == 1
    assert shelf.run("requeue", receipt).returncode == 3


@pytest.mark.slow
def test_the_shelf_is_whole_and_verify_says_so(shelf):
    verdict = shelf.ask("verify")
    assert verdict[0]["good"], verdict[0]["findings"]
    hold("verify", [{**verdict[0], "looked_at": {}}])


@pytest.mark.slow
def test_the_index_is_made_again_from_ledger_and_store(shelf):
    before = shelf.ask("search", "申请")
    for path in (shelf.data / "derived").glob("index*"):
        path.unlink()
    assert shelf.run("reindex").returncode == 0
    assert shelf.ask("search", "申请") == before


@pytest.mark.slow
@pytest.mark.elastic
def test_elasticsearch_gives_the_same_hits(shelf, elasticsearch_url, monkeypatch):
    before = {query: shelf.ask("search", query) for query in ("申请", "2026", "出生 -申请")}
    outbox = shelf.data / "derived" / "outbox.json"
    position = outbox.read_bytes()
    with monkeypatch.context() as patch:
        patch.setenv("CASEFILE_SEARCH_URL", elasticsearch_url)
        patch.setenv("CASEFILE_SEARCH_ALIAS", "contract-pages")
        done = shelf.run("reindex")
        assert done.returncode == 0, done.stderr
        assert {query: shelf.ask("search", query) for query in before} == before
    outbox.write_bytes(position)


@pytest.mark.slow
def test_everything_derived_can_be_deleted_and_comes_out_the_same(shelf):
    def everything():
        counts = {name: count for name, count in shelf.ask("status")[0].items() if name != "search"}
        return shelf.ask("list"), counts, shelf.ask("quarantine"), shelf.ask("search", "申请")

    before = everything()
    shutil.rmtree(shelf.data / "derived")
    assert shelf.run("reindex").returncode == 0
    assert everything() == before
    assert shelf.ask("status")[0]["search"] == {"behind": 0, "rebuilding": None, "trouble": None}
    assert shelf.ask("verify")[0]["good"]
