"""Hostile files through one real `serve`, recognition faked: what is kept, what is flagged, what is refused, and that nobody is called."""

import contextlib
import hashlib
import io
import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.fakes.scans import scan

ROOT = Path(__file__).resolve().parents[2]
BAD = ROOT.parents[0] / "shared" / "bad"
HOSTILE = (
    *("-rf.png", "--help.png", " leading.png", "trailing .png", "dot.", "a\nb.png", "a\tb.png", "%2e%2e%2fetc%2fpasswd.png", "C:\\x.png"),
    *("CON.png", "nul", "a*b?.png", "<script>alert(1)</script>.png".replace("/", "_"), "{{7*7}}.png", "'; DROP TABLE receipts;--.png"),
    *(
        "$(id).png",
        "`id`.png",
        "\u202egnp.exe",
        "cafe\u0301.png",
        "caf\u00e9.png",
        "零宽\u200b字.png",
        "😀.png",
        "scan.PNG",
        "0",
        "汉" * 80 + ".png",
    ),
)
FORBIDDEN = {
    *(
        "/JS",
        "/JavaScript",
        "/AA",
        "/OpenAction",
        "/A",
        "/Annots",
        "/AcroForm",
        "/EmbeddedFiles",
        "/EF",
        "/AF",
        "/Names",
        "/Launch",
        "/URI",
    ),
    *("/XFA", "/RichMedia", "/RichMediaContent", "/F", "/FFilter", "/Encrypt", "/Perms"),
}


class Canary:
    """Listens on loopback, TCP and UDP, and counts whoever calls."""

    def __init__(self):
        self.tcp, self.udp, self.calls = socket.socket(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM), 0
        self.tcp.bind(("127.0.0.1", 0))
        self.port = self.tcp.getsockname()[1]
        self.udp.bind(("127.0.0.1", self.port))
        self.tcp.listen()
        self.stop = False
        self.threads = [threading.Thread(target=self._accept), threading.Thread(target=self._receive)]
        for one, thread in zip((self.tcp, self.udp), self.threads, strict=True):
            one.settimeout(0.2)
            thread.start()

    def _accept(self):
        while not self.stop:
            with contextlib.suppress(TimeoutError):
                self.tcp.accept()[0].close()
                self.calls += 1

    def _receive(self):
        while not self.stop:
            with contextlib.suppress(TimeoutError):
                self.udp.recvfrom(512)
                self.calls += 1

    def end(self):
        self.stop = True
        for thread in self.threads:
            thread.join()
        self.tcp.close()
        self.udp.close()


def changed(text, change):
    with pikepdf.open(io.BytesIO(scan(text, "pdf"))) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, fix_metadata_version=False)
        return out.getvalue()


def active_files(url):
    """Small PDFs, each with one thing that runs, sends, fetches or carries something along."""

    def action(**entries):
        return lambda pdf: pdf.Root.__setattr__("OpenAction", Dictionary(**entries))

    def annotation(pdf):
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 50, 50]), A=Dictionary(S=Name.URI, URI=String(url)))
        pdf.pages[0].Annots = Array([pdf.make_indirect(link)])

    def additional(pdf):
        pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String(f"this.submitForm('{url}')")))

    def attached(pdf):
        pdf.attachments["../../evil.exe"] = b"MZ"

    makers = {
        "javascript": action(S=Name.JavaScript, JS=String(f"app.launchURL('{url}')")),
        "launch": action(S=Name.Launch, F=String("/bin/sh")),
        "submit": action(S=Name.SubmitForm, F=String(url)),
        "import": action(S=Name.ImportData, F=String(url)),
        "elsewhere": action(S=Name.GoToR, F=String(url), D=Array([0, Name.Fit])),
        "link": annotation,
        "additional": additional,
        "attached": attached,
    }
    return {f"{name}.pdf": changed(f"active {name}", make) for name, make in makers.items()}


def reaching(url):
    """PDFs that make a careless reader fetch something; refused."""

    def outside(pdf):
        stream = pdf.make_stream(b"")
        stream.F = Dictionary(FS=Name.URL, F=String(url))
        pdf.pages[0].Contents = stream

    def entity(pdf):
        packet = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{url}">]><x>&e;</x>'.encode()
        pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)

    def passwords(pdf):
        stream = pdf.make_stream(b"")
        stream.F = String("/etc/passwd")
        pdf.pages[0].Contents = stream

    return {f"{m.__name__}.pdf": changed(f"reaching {m.__name__}", m) for m in (outside, entity, passwords)}


def signed():
    def sign(pdf):
        sig = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=Array([0, 1, 2, 3]), Contents=String(b"\0" * 64))
        field = Dictionary(FT=Name.Sig, T=String("s"), V=pdf.make_indirect(sig))
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]), SigFlags=3)

    return changed("signed by somebody", sign)


def put(folder, name, data):
    part = folder / ".put.part"
    part.write_bytes(data)
    part.rename(folder / name)


class Served:
    """A data folder after `serve` has dealt with all of it, and what lay in it that is no file."""

    def __init__(self, data):
        self.data = data

    def ask(self, *arguments):
        command = [sys.executable, "-m", "app.main", "--data", str(self.data), *arguments, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode in (0, 1), done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def original(self, receipt):
        events = [line.split("\t")[0] for path in (self.data / "ledger").glob("0*.jsonl") for line in path.read_text().splitlines()]
        (issued,) = [e for e in map(json.loads, events) if e["subject"] == receipt and e["kind"] == "receipt.issued"]
        (path,) = (self.data / "store").rglob(f"{issued['objects'][0]['digest'].split(':')[1]}.*")
        return path.read_bytes()


def not_files(window, secret):
    """Things in a window that are no files of their own; how many."""
    (window / "symlink.png").symlink_to(secret)
    (window / "dangling.png").symlink_to("/nowhere")
    os.link(secret, window / "hardlink.png")
    os.mkfifo(window / "pipe.png")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(window / "socket.png"))
    try:
        os.mknod(window / "device.png", 0o20600, os.makedev(1, 5))
    except PermissionError:
        return 5
    return 6


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    place = tmp_path_factory.mktemp("served")
    served, canary = Served(place / "data"), Canary()
    windows = {name: served.data / "inbox" / name for name in ("W01", "W02", "W03", "W04", "W05")}
    for window in windows.values():
        window.mkdir(parents=True)
    settings = "[intake]\nquiet = 0.3\npoll = 0.2\ngive_up = 2\nbatch_quiet = 1\n[reading]\nworkers = 2\n"
    (served.data / "casefile.toml").write_text(settings)
    url = f"http://127.0.0.1:{canary.port}/x"
    served.active, served.refused, served.signed = active_files(url), reaching(url), signed()
    for name, data in {**served.active, **served.refused, "signed.pdf": served.signed}.items():
        put(windows["W01"], name, data)
    served.hostile = [name for name in HOSTILE if name]
    for number, name in enumerate(served.hostile):
        put(windows["W02"], name, scan(f"hostile {number}", "png"))
    served.secret = place / "secret.png"
    served.secret.write_bytes(scan("secret", "png"))
    served.things = not_files(windows["W03"], served.secret)
    stack = place / "stack"
    stack.mkdir()
    for number in range(1, 5):
        page = scan(f"stack {number}", "png")
        (stack / f"{number}.png").write_bytes(page if number != 2 else page[:200] + bytes(40) + page[240:])
    (stack / ".done").touch()
    stack.rename(windows["W04"] / "stack")
    server = subprocess.Popen([sys.executable, "-m", "tests.fakes.quick", "--data", str(served.data), "serve", "--no-web"], cwd=ROOT)
    wanted = len(served.active) + len(served.refused) + 1 + len(served.hostile) + served.things + 4
    until = time.monotonic() + 240
    try:
        while time.monotonic() < until:
            counts = served.ask("status")[0]
            if counts["received"] >= wanted and not counts["pending"]:
                break
            assert server.poll() is None, "serve ended"
            time.sleep(0.5)
        served.counts, served.alive = counts, server.poll() is None
    finally:
        server.terminate()
        server.wait(timeout=60)
        canary.end()
    served.wanted, served.calls = wanted, canary.calls
    served.lines, served.apart = served.ask("list"), served.ask("quarantine")
    return served


def of(lines, name):
    (line,) = [line for line in lines if line["source"] == [name]]
    return line


@pytest.mark.slow
def test_every_hostile_file_ends_in_a_state_and_serve_lives(served):
    assert served.alive
    assert (served.counts["received"], served.counts["pending"]) == (served.wanted, 0)
    assert not [line for line in served.apart if line["reason"] in ("internal", "reader-failed")]


@pytest.mark.slow
def test_active_content_is_flagged_kept_and_absent_from_the_archived_pdf(served):
    for name, data in served.active.items():
        line = of(served.lines, name)
        assert line["flags"] == ["active-content"], name
        assert served.original(line["receipts"][0]) == data, "the original is kept byte for byte"
        with pikepdf.open(line["pdf"]) as pdf:
            assert not every_key(pdf) & FORBIDDEN, name


def every_key(pdf):
    """The keys of every dictionary of every object, however deep."""
    keys, waiting = set(), [*pdf.objects, pdf.trailer]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, Dictionary | pikepdf.Stream):
            keys |= set(thing.keys())
            waiting += [
                value
                for value in (thing.get(key) for key in set(thing.keys()))
                if isinstance(value, Dictionary | Array) and not value.is_indirect
            ]
        elif isinstance(thing, Array):
            waiting += [value for value in thing if isinstance(value, Dictionary | Array) and not value.is_indirect]
    return keys


@pytest.mark.slow
def test_a_signed_file_is_kept_byte_for_byte_beside_our_rendering(served):
    line = of(served.lines, "signed.pdf")
    assert line["flags"] == ["signed"]
    kept = served.original(line["receipts"][0])
    assert kept == served.signed
    assert hashlib.sha256(kept).hexdigest() != line["sha256"]
    shown = subprocess.run(
        [sys.executable, "-m", "app.main", "--data", str(served.data), "show", line["id"]],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert "签名" in shown.stdout or "signed" in shown.stdout


@pytest.mark.slow
def test_files_that_reach_elsewhere_are_refused_and_nobody_is_called(served):
    assert {line["name"] for line in served.apart if line["name"] in served.refused} == set(served.refused)
    assert served.calls == 0


@pytest.mark.slow
def test_names_never_refuse_and_never_become_paths(served):
    taken = {name for line in served.lines if line["window"] == "W02" for name in line["source"]}
    assert taken == set(served.hostile)
    for path in (served.data / "store").rglob("*"):
        assert path.is_dir() or path.stem.isalnum(), path
    derived = [p.name for p in (served.data / "derived").rglob("*")]
    assert not [name for name in served.hostile if len(name) > 3 and name in derived]


@pytest.mark.slow
def test_links_pipes_sockets_and_devices_are_refused_unopened(served):
    apart = [line for line in served.apart if line["window"] == "W03"]
    assert [line["reason"] for line in apart] == ["not-a-file"] * served.things
    assert served.secret.read_bytes() == scan("secret", "png")
    digest = hashlib.sha256(served.secret.read_bytes()).hexdigest()
    assert not list((served.data / "store").rglob(f"{digest}.*")), "what a link pointed to was never taken"


@pytest.mark.slow
def test_one_bad_page_never_sinks_its_stack(served):
    taken = sorted(name for line in served.lines if line["window"] == "W04" for name in line["source"])
    assert {"stack/1.png", "stack/3.png", "stack/4.png"} <= set(taken)
    assert [line["name"] for line in served.apart if line["window"] == "W04"] in (["stack/2.png"], [])


@pytest.mark.slow
def test_the_archive_is_whole_afterwards(served):
    verdict = served.ask("verify")[0]
    assert verdict["good"], verdict["findings"]
