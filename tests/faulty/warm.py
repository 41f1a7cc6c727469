"""Begins lives of `serve` by forking from a process that has imported everything (see lives.py): `python -m tests.faulty.warm MODULE`.

Reads lines `[DATA, LOG]`, prints the process id of each life begun.
"""

import importlib
import json
import os
import signal
import sys

IMPORTED = ("app.wiring", "app.desk", "app.durable", "pipeline.classify", "pipeline.reader", "search.embedded", "ingest.intake")


def live(main, data: str, log: str) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    errors = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDWR)
    for old, new in ((nothing, 0), (nothing, 1), (errors, 2)):
        os.dup2(old, new)
    os.environ["PYTHONUNBUFFERED"] = "1"
    sys.argv = ["casefile", "--data", data, "serve", "--no-web"]
    try:
        main.main()
    finally:
        os._exit(0)


def main() -> None:
    importlib.import_module(sys.argv[1])
    command = importlib.import_module("app.main")
    for name in IMPORTED:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        data, log = json.loads(line)
        life = os.fork()
        if life == 0:
            live(command, data, log)
        print(life, flush=True)


if __name__ == "__main__":
    main()
