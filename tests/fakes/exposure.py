"""Planted personal data through the whole line, and where it is found afterwards.

`expose` puts people (tests/fakes/people.py) into names of files and folders, into PDFs (text, properties, XMP), onto pages as they are read,
into damaged files, links, separator sheets, case numbers, queries, a URL of Elasticsearch and the text of a fault; runs a real `serve` with
every logger at its loudest; and searches every byte of what was left and said. `ALLOWED` is where personal data may stand, and why.
"""

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont

from pipeline.coversheet import _PAGE, _paste
from tests.fakes.people import people
from tests.fakes.planted import Planted
from tests.fakes.scans import page, scan

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = {
    "inbox/": "the scanner's own folder, before a file is taken",
    "store/*.pdf": "scans and archived documents are plain files on the shelf, disposed of by deletion",
    "store/*.tif": "as above",
    "store/*.jpg": "as above",
    "store/*.png": "as above",
    "store/*.bin": "as above: a file of a format we do not know",
    "derived/casefile.db": "the working database: names as found, folder names; made again from ledger and keys",
    "derived/index.db": "the index holds the text of every page",
    "derived/steps/": "results of pages: what was read on them",
}
"""Contents only: no name of a file outside the inbox may hold anything."""


@dataclass
class Exposed:
    """What was found. `leaks`: place -> how many values. `seen`: allowed place -> how many, which proves that the search finds."""

    planted: int = 0
    looked_at: int = 0
    leaks: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def expose(root: Path, count: int, seconds: float = 300) -> Exposed:
    values = people(count)
    found, planted = Exposed(len(values)), Planted(values)
    data, said = root / "data", root / "said"
    (data / "inbox" / "W01").mkdir(parents=True)
    for folder in (said, root / "tmp"):
        folder.mkdir()
    (data / "casefile.toml").write_text("[intake]\nquiet = 0.3\npoll = 0.2\ngive_up = 4\nbatch_quiet = 1\n[reading]\nworkers = 2\n")
    groups = _groups(values)
    (root / "planted.json").write_text(json.dumps(groups["read"]))
    environment = {**os.environ, "LOUD": str(said / "log"), "PLANTED": str(root / "planted.json"), "TMPDIR": str(root / "tmp")}
    _commands(data, said, environment, groups)
    expected = _drop(data / "inbox" / "W01", groups)
    command = [sys.executable, "-m", "tests.fakes.loud", "--data", str(data), "serve", "--no-web"]
    with (said / "serve.err").open("wb") as err, (said / "serve.out").open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=err)
        watching = threading.Event()
        watcher = threading.Thread(target=_watch, args=(server.pid, root / "tmp", said / "processes", watching))
        watcher.start()
        try:
            found.counts = _until_done(data, environment, expected, seconds)
            _late(data, said, environment, groups)
        finally:
            watching.set()
            watcher.join()
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)
    _search(root, data, said, planted, found)
    return found


def _groups(values: list[str]) -> dict[str, list]:
    """Who is planted where: a third of all in names, a third inside files, a third on pages; the rest a few each."""
    few, rest = values[:60], values[60:]
    third = max(1, len(rest) // 3)
    names, inside, read = rest[:third], rest[third : 2 * third], rest[2 * third :]
    lines = [read[at : at + 12] for at in range(0, len(read), 12)]
    return {"names": names, "inside": inside, "read": lines, "few": few}


def _drop(window: Path, groups: dict[str, list]) -> int:
    """Put the files; how many there are."""
    number = 0

    def put(name: str, content: bytes) -> None:
        nonlocal number
        path = window / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        number += 1

    names, inside, few = groups["names"], groups["inside"], groups["few"]
    for at in range(0, len(names), 12):
        some = names[at : at + 12]
        put("/".join(("_".join(some[:6]), "_".join(some[6:] or ["x"]) + ".png")), _drawn(at))
    for at in range(0, len(inside), 150):
        put(f"{few[0]} {at}.pdf", _pdf(inside[at : at + 150], at))
    put(f"{few[1]}.pdf", b"%PDF-1.7\n" + " ".join(few[2:6]).encode() + b"\nstartxref\n9\n%%EOF\n")
    put(f"{few[6]}.jpg", scan("half", "jpg")[:-40])
    put(f"{few[7]}.tif", b"II*\0" + " ".join(few[8:12]).encode() * 9)
    put(f"{few[12]}.docx", b"PK\x03\x04" + " ".join(few[13:16]).encode() * 9)
    put(f"{few[16]}.xmp.pdf", _pdf(few[17:20], 1, broken=True))
    (window / f"{few[20]}.pdf").symlink_to(f"/nowhere/{few[21]}")
    os.mkfifo(window / f"{few[22]}.png")
    for at, person in enumerate(value for value in few if value.isascii()):
        put(f"sheet{at}.png", _sheet(person))
    return number + 2


def _drawn(number: int) -> bytes:
    """A page with enough on it not to be blank."""
    image, out = Image.new("L", (700, 500), 250), io.BytesIO()
    pen = ImageDraw.Draw(image)
    for row in range(8):
        pen.text((40, 30 + 55 * row), f"page {number} row {row} {number * 7919}", fill=10, font=ImageFont.load_default(36))
    image.save(out, "PNG", dpi=(150, 150))
    return out.getvalue()


def _pdf(inside: list[str], number: int, broken: bool = False) -> bytes:
    """A PDF with a page image, these people in its properties, its XMP and its text; `broken`: its page is no page."""
    out = io.BytesIO()
    page(f"inside {number}").save(out, "PDF")
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        third = max(1, len(inside) // 3)
        pdf.docinfo["/Title"], pdf.docinfo["/Author"] = " ".join(inside[:third]), " ".join(inside[third : 2 * third])
        with pdf.open_metadata() as xmp:
            xmp["dc:subject"] = set(inside[:third])
            xmp["dc:description"] = " ".join(inside)
        text = "".join(f"({person}) Tj " for person in inside[2 * third :] if person.isascii())
        first = pdf.pages[0]
        first.contents_add(f"BT /F0 1 Tf 3 Tr {text} ET".encode())
        if broken:
            first.MediaBox = pikepdf.Array([pikepdf.String(inside[0])])
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


def _sheet(person: str) -> bytes:
    image = Image.new("1", _PAGE, 1)
    _paste(image, "QRCode", f"CASEFILE:1:{person}", 60, 75, 75)
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(300, 300))
    return out.getvalue()


def _run(data: Path, said: Path, environment: dict[str, str], *arguments: str, **more: str) -> None:
    """A command whose standard error is kept; what it was given and what it answers on standard output is the clerk's."""
    command = [sys.executable, "-m", "tests.fakes.loud", "--data", str(data), *arguments]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env={**environment, **more}, check=False)
    with (said / "commands.err").open("ab") as err:
        err.write(done.stderr)


def _commands(data: Path, said: Path, environment: dict[str, str], groups: dict[str, list]) -> None:
    few = groups["few"]
    url = {"CASEFILE_SEARCH_URL": f"http://{few[30]}:{few[31]}@127.0.0.1:9/"}
    _run(data, said, environment, "case", "open", few[31])
    _run(data, said, environment, "case", "close", few[32])
    _run(data, said, environment, "intake", f"/nowhere/{few[33]}.pdf", "--window", "W01")
    _run(data, said, environment, "intake", str(ROOT / "README.md"), "--window", few[34])
    _run(data, said, environment, "search", few[30], few[34])
    _run(data, said, environment, "search", few[33], **url)
    _run(data, said, environment, "doctor", **url)
    _run(data, said, environment, "search", "x", CASEFILE_SEARCH_URL=f"{few[30]}:{few[31]}@[")
    _run(data, said, environment, "show", few[30])
    _run(data, said, environment, "requeue", few[31])
    _run(data, said, environment, "coversheet", "--case", few[31], str(data / "x.pdf"))


def _late(data: Path, said: Path, environment: dict[str, str], groups: dict[str, list]) -> None:
    """What is asked of a folder that another process works on."""
    few = groups["few"]
    _run(data, said, environment, "search", f'{few[36]} {few[37]} NOT " -{few[38]}')
    _run(data, said, environment, "quarantine")
    _run(data, said, environment, "case", "assign", few[40], few[41])


def _until_done(data: Path, environment: dict[str, str], expected: int, seconds: float) -> dict[str, int]:
    until, counts = time.monotonic() + seconds, {}
    command = [sys.executable, "-m", "app.main", "--data", str(data), "status", "--json"]
    while time.monotonic() < until:
        time.sleep(2)
        answer = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, check=False).stdout
        if answer:
            told = json.loads(answer)
            counts = {name: n for name, n in told.items() if isinstance(n, int)}
            if counts["received"] >= expected and not counts["pending"] and not told["search"]["behind"]:
                return counts
    raise AssertionError(f"not done in time: {counts} of {expected}")


def _watch(server: int, temporary: Path, out: Path, stop: threading.Event) -> None:
    """What anybody on the machine may see of the processes while they work, and what they put into temporary folders."""
    seen = set[bytes]()
    while not stop.wait(0.2):
        for process in _family(server):
            for name in ("cmdline", "comm"):
                try:
                    seen.add(Path(f"/proc/{process}/{name}").read_bytes())
                except OSError:
                    continue
        seen |= {str(path).encode("utf-8", "surrogateescape") for path in temporary.rglob("*")}
    out.write_bytes(b"\n".join(sorted(seen)))


def _family(server: int) -> list[int]:
    out, new = [server], [server]
    while new:
        more = []
        for process in new:
            try:
                for task in Path(f"/proc/{process}/task").iterdir():
                    more += [int(child) for child in (task / "children").read_text().split()]
            except OSError:
                continue
        out, new = out + more, more
    return out


def _search(root: Path, data: Path, said: Path, planted: Planted, found: Exposed) -> None:
    leaks, seen = defaultdict(set), defaultdict(set)
    for path in [p for place in (data, said, root / "tmp") for p in place.rglob("*")]:
        name = path.relative_to(root).as_posix()
        inside = path.relative_to(data).as_posix() if path.is_relative_to(data) else name
        if not inside.startswith("inbox/") and (values := planted.data(os.fsencode(name))):
            leaks[f"name below {path.parent.name}"] |= values
        if not path.is_file() or path.is_symlink():
            continue
        found.looked_at += path.stat().st_size
        values = planted.data(path.read_bytes())
        place = _allowed(inside)
        if values:
            (seen[place] if place else leaks[inside]).update(values)
    found.leaks = {place: len(values) for place, values in sorted(leaks.items())}
    found.seen = {place: len(values) for place, values in sorted(seen.items())}


def _allowed(name: str) -> str | None:
    for place in ALLOWED:
        folder, star, ending = place.partition("*")
        if name.startswith(folder) and (not star or name.endswith(ending)):
            return place
    return None
