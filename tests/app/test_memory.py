"""A process of many threads keeps to few heaps."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import ctypes, sys, tempfile, threading
from app.memory import few_heaps
if sys.argv[1] == "few":
    assert few_heaps()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
gate = threading.Barrier(12)
def work():
    gate.wait()
    for _ in range(100):
        libc.malloc(3000)
    gate.wait()
threads = [threading.Thread(target=work) for _ in range(12)]
[t.start() for t in threads]
[t.join() for t in threads]
libc.fopen.restype, libc.fopen.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
libc.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
libc.fclose.argtypes = [ctypes.c_void_p]
name = tempfile.mktemp()
stream = libc.fopen(name.encode(), b"w")
libc.malloc_info(0, stream)
libc.fclose(stream)
print(open(name).read().count("<heap nr="))
"""


def heaps(how):
    done = subprocess.run([sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, cwd=ROOT, check=True)
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="heaps are counted as glibc tells of them")
def test_a_process_of_many_threads_keeps_to_two_heaps():
    assert heaps("as it is") > 2
    assert heaps("few") <= 2


HOLES = """
import ctypes, resource, sys
from pathlib import Path
from app.memory import Spare
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
held = lambda: int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
blocks = [libc.malloc(60_000) for _ in range(1000)]
[ctypes.memset(block, 1, 60_000) for block in blocks]
[libc.free(block) for block in blocks[:-1]]  # the last keeps the heap from shrinking by itself
full, spare = held(), Spare(every=0.0)
assert Spare(every=60.0).give_back() is False, "it is not due"
assert spare.give_back()
print(full - held())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="what was freed is given back by a call of glibc")
def test_what_was_freed_is_given_back_to_the_system():
    done = subprocess.run([sys.executable, "-c", HOLES], capture_output=True, text=True, cwd=ROOT, check=True)
    assert int(done.stdout) > 40_000_000


NAMES = """
import sys, tracemalloc
from pathlib import Path
from app.memory import forget_names
if sys.argv[1] == "forget":
    assert forget_names() >= 1
    assert forget_names() == 0, "done once"
assert Path("a") / "b" / "../c.pdf" == Path("a/b/../c.pdf") and Path("/x/y.tar.gz").suffixes == [".tar", ".gz"]
assert Path("x").resolve().exists() is False and sorted(Path(".").glob("pyproject.t*ml"))
name = "".join(["scan", "0042.pdf"])  # not a constant, which would be interned
part = Path("/inbox", name).parts[-1]
print(part is sys.intern("".join(["scan", "0042.pdf"])))
"""


@pytest.mark.parametrize(("how", "kept"), [("as it is", "True"), ("forget", "False")])
def test_a_name_that_passes_through_pathlib_is_not_kept_by_the_process(how, kept):
    done = subprocess.run([sys.executable, "-c", NAMES, how], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == kept


RINGS = """
import gc, weakref
from app.memory import Spare
class Ring: pass
def ring():
    one = Ring(); one.self = one
    return weakref.ref(one)
spare = Spare(every=0.0)
old = ring()
gc.disable()  # as between two looks of Python's own
spare.give_back()
assert old() is None
frozen = gc.get_freeze_count()
assert frozen > 1000, "what was there at the first look is laid aside"
new = ring()
spare.give_back()
assert new() is None
assert gc.get_freeze_count() <= frozen, "only once"
assert Spare(every=60.0).give_back() is False
"""


def test_rings_of_garbage_go_at_each_look_and_what_stays_is_not_looked_at_again():
    subprocess.run([sys.executable, "-c", RINGS], cwd=ROOT, check=True)
