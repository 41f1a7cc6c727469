"""A process that records events one by one and tries again when the database does not answer: `python -m tests.postgres.appender DATA URL NAME COUNT`.

Prints how often it had to try again. Each third draft is one that every appender records too.
"""

import sys
import time
from pathlib import Path

from sqlalchemy import make_url

from domain.errors import Unavailable
from domain.events import CASE_OPENED, Draft
from tests.fakes.datafolder import opened


def main() -> None:
    data, url, name, count = Path(sys.argv[1]), make_url(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    books = opened(data, database=url, resume=False)
    print("ready", flush=True)
    sys.stdin.readline()
    again = 0
    for number in range(count):
        drafts = [Draft(CASE_OPENED, f"{name}-{number}", f"own:{name}:{number}", {"number": number}, private={"name": f"{name} {number}"})]
        if number % 3 == 0:
            drafts.append(Draft(CASE_OPENED, f"shared-{number}", f"shared:{number}", {"number": number}))
        while True:
            try:
                books.registrar.record(drafts)
                break
            except Unavailable:
                again += 1
                time.sleep(0.05)
    while True:
        try:
            books.close()
            break
        except Unavailable:
            time.sleep(0.05)
    print(again, flush=True)


if __name__ == "__main__":
    main()
