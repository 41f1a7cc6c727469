"""The command line with everything logged that anybody logs, to the file named by LOUD; pages say what tests/fakes/telling_child.py says.

Every fourth batch meets a fault of the program whose text quotes a planted value, as a bug in our own code might.
"""

import json
import logging
import os
from pathlib import Path

from app import limited, main, sandbox

sandbox.CHILD = "tests.fakes.telling_child"
limited.ENVIRONMENT = (*limited.ENVIRONMENT, "PLANTED")
logging.basicConfig(level=1, filename=os.environ["LOUD"], format="%(name)s %(levelname)s %(message)s")
LINES = json.loads(Path(os.environ["PLANTED"]).read_text())


def stumble() -> None:
    from app.desk import LineDesk

    read, met = LineDesk.read, dict[str, int]()

    def reading(desk, scans):
        if scans and met.setdefault(scans[0].receipt, len(met)) % 4 == 3:
            said = " ".join(LINES[0])
            raise ValueError(f"could not convert {said!r} of {said}.pdf")
        return read(desk, scans)

    LineDesk.read = reading


if __name__ == "__main__":
    stumble()
    main.main()
