"""The command line as another user: `python -m tests.fakes.as_user nobody witness ...`, started by root.

What the command needs is imported first: the other user need not be able to read this Python. Then all rights of root are given up.
"""

import encodings.ascii
import encodings.idna
import encodings.latin_1  # noqa: F401
import os
import pwd
import sys

import app.commands.proof
import app.main
import app.wiring
import app.witness.serve
import archive.witness

NEEDED = (app.commands.proof, app.wiring, app.witness.serve, archive.witness)

if __name__ == "__main__":
    user = pwd.getpwnam(sys.argv.pop(1))
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    app.main.main()
