"""The command line with reading faked in its child processes (tests/fakes/quick_child.py): `python -m tests.fakes.quick --data DIR serve`."""

from app import main, sandbox

sandbox.CHILD = "tests.fakes.quick_child"

if __name__ == "__main__":
    main.main()
