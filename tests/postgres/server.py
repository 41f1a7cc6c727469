"""A real PostgreSQL for tests: a cluster of its own, on a Unix socket nobody else reaches and on loopback with a password.

Promises: it ends with the process that started it, even when that one is killed; its data lies in a folder of its own and is removed; each
`fresh` database is a new one. Its order of text is Chinese (ICU), as an office's server may have it, so that nothing relies on byte order
unseen. Does not promise durability over a power cut (fsync is off); a crash of its processes loses nothing all the same.

Needs apt's postgresql (15 or newer). PostgreSQL refuses to run as root: root runs it as the user `postgres`.

    python -m tests.postgres.server        # starts it, prints the address of a fresh database, runs until Ctrl-C
"""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from sqlalchemy import URL

UP_WITHIN = 60.0
OWNER = "casefile"
CONFIG = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{home}'
fsync = off
full_page_writes = off
max_wal_senders = 0
wal_level = minimal
shared_buffers = 32MB
max_connections = 120
autovacuum_naptime = 10s
log_min_messages = warning
log_error_verbosity = terse
timezone = 'Asia/Shanghai'
synchronous_commit = off
"""
ACCESS = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


class NotHere(Exception):
    """This machine cannot run the server; the message says what is missing and how to get it."""


def programs() -> Path:
    """The folder with initdb and postgres, the newest there is.

    Raises:
        NotHere
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parents[1].name))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise NotHere("PostgreSQL is not installed (apt-get install -y postgresql)")


def _as_whom() -> dict[str, object]:
    """Arguments of subprocess: root gives up its rights, anybody else runs it as himself."""
    if os.getuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        raise NotHere("root cannot run PostgreSQL, and there is no user postgres (apt-get install -y postgresql)") from None
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG, prctl(2); SIGQUIT is an immediate shutdown


class Server:
    """One cluster. Its addresses stay the same over `crash` and `start`, and so does its data, until `remove`."""

    def __init__(self) -> None:
        self._bin, self._whom = programs(), _as_whom()
        self.home = Path(tempfile.mkdtemp(prefix="casefile-pg-"))
        if self._whom:
            os.chown(self.home, self._whom["user"], self._whom["group"])
        self._process: subprocess.Popen[bytes] | None = None
        self.password = secrets.token_hex(12)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        try:
            self._init()
        except BaseException:
            shutil.rmtree(self.home, ignore_errors=True)
            raise

    def _init(self) -> None:
        secret = self.home / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)
        command = [str(self._bin / "initdb"), "-D", str(self.home / "data"), "--no-sync", "-U", OWNER, "-E", "UTF8", "--no-locale"]
        command += ["--locale-provider=icu", "--icu-locale=zh-CN", f"--pwfile={secret}", "-A", "trust"]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, timeout=120, **self._whom)
        if done.returncode:
            raise NotHere("initdb failed: " + done.stderr.strip()[-600:])
        with (self.home / "data" / "postgresql.conf").open("a") as config:
            config.write(CONFIG.format(port=self.port, home=self.home))
        (self.home / "data" / "pg_hba.conf").write_text(ACCESS)

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises:
            NotHere: it ended, or did not answer in time; the message carries the end of its log.
        """
        with (self.home / "log.txt").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._bin / "postgres"), "-D", str(self.home / "data")],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                preexec_fn=_end_with_parent,
                **self._whom,
            )
        until = time.monotonic() + UP_WITHIN
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                self.crash()
                raise NotHere("PostgreSQL did not come up:\n" + (self.home / "log.txt").read_text(errors="replace")[-2000:])
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            self.tell("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def tell(self, *statements: str, database: str = "postgres") -> list[tuple]:
        """Run statements as the cluster's owner, each committed by itself; the rows of the last."""
        rows: list[tuple] = []
        with psycopg.connect(
            host=str(self.home), port=self.port, user=OWNER, dbname=database, autocommit=True, connect_timeout=5
        ) as session:
            for statement in statements:
                cursor = session.execute(statement)
                rows = cursor.fetchall() if cursor.description else []
        return rows

    def fresh(self, locale: str | None = None) -> URL:
        """The address, by socket, of a new empty database; `locale`: whose order of text it has, instead of the cluster's."""
        name = f"t_{secrets.token_hex(6)}"
        order = f" TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE '{locale}'" if locale else ""
        self.tell(f"CREATE DATABASE {name}{order}")
        return URL.create("postgresql+psycopg", OWNER, database=name, query={"host": str(self.home), "port": str(self.port)})

    def by_tcp(self, url: URL, *, password: bool = True) -> URL:
        """The same database by loopback, where a password is asked for."""
        return URL.create("postgresql+psycopg", OWNER, self.password if password else None, "127.0.0.1", self.port, url.database)

    def drop(self, url: URL) -> None:
        """Remove a database, and end who is in it."""
        self.tell(f"DROP DATABASE IF EXISTS {url.database} WITH (FORCE)")

    def crash(self) -> None:
        """End every process of the server at once, as `pg_ctl stop -m immediate` does: the next start recovers."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=30)
            self._process = None

    def remove(self) -> None:
        """End the server and delete its data."""
        self.crash()
        shutil.rmtree(self.home, ignore_errors=True)


def main() -> int:
    """Run a server until Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = Server()
    try:
        server.start()
        print(server.fresh().render_as_string(hide_password=False), flush=True)
        signal.pause()
    except KeyboardInterrupt:
        return 0
    finally:
        server.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
