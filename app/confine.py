"""Takes away from a child process what reading a page does not need.

The rule: a process that opens untrusted bytes sees only the programs it runs on and its own tray (app/tray.py), has no network and no
sockets at all, no way into other processes, bounded memory and files, and dies with the process that started it, which also bounds its
time (app/sandbox.py). Works without privileges on Linux (x86-64 and ARM 64).
What may be read was measured (strace, both engines, both renderers; docs/decisions/0006-what-a-child-may-touch.md); what a library asks
for beyond that, it does without. The risk accepted here: before Linux 5.13 there is no Landlock, and a child reads and writes what its user
may; before 6.12 it may send signals to its user's processes. `doctor` says so.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from app.landlock import only_files
from domain.errors import Misconfigured

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER = 1, 38, 22, 36
SECCOMP_MODE_FILTER = 2
ALLOW, ERRNO_EPERM = 0x7FFF0000, 0x00050000 | 1
LD, JEQ, JGE, RET = 0x20, 0x15, 0x35, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_RET|K

COMPUTES = 4 * 3600
"""Seconds. A child is replaced long before (app/sandbox.py)."""
ARCHITECTURES: dict[str, tuple[int, int]] = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""Machine: its AUDIT_ARCH, and which of the numbers below are its own."""
PRLIMIT = (302, 261)
DENIED: dict[str, tuple[int, ...]] = {
    # into other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    # out of the group that is killed with it, or memory that is counted to no process
    "setpgid": (109, 154),
    "setsid": (112, 157),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "kcmp": (312, 272),
    "perf_event_open": (298, 241),
    # out of what this file forbids, or into parts of the kernel that reading a page never asks
    "io_uring_setup": (425, 425),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "mount": (165, 40),
    "unshare": (272, 97),
    "setns": (308, 268),
    "chroot": (161, 51),
    # sockets of any family
    "socket": (41, 198),
    "socketpair": (53, 199),
    # what Landlock does not ask about: modes, owners, times and attributes of any file, emptying by path, being told of new names
    "chmod": (90,),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92,),
    "fchown": (93, 55),
    "lchown": (94,),
    "fchownat": (260, 54),
    "utime": (132,),
    "utimes": (235,),
    "futimesat": (261,),
    "utimensat": (280, 88),
    "truncate": (76, 45),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "setxattrat": (463, 463),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
    "inotify_init": (253,),
    "inotify_init1": (294, 26),
    "fanotify_init": (300, 262),
    "open_by_handle_at": (304, 265),
}
"""Calls that fail with EPERM: number on x86-64, number on ARM 64 (one number: x86-64 alone has it)."""

PROGRAMS = ("/usr", "/lib", "/lib64", "/bin")
ASKED = (
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/ssl/openssl.cnf", "/dev/urandom", "/dev/zero"),
    *("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu"),
)


def die_with_parent(parent: int) -> None:
    """Ask the kernel to kill this process when the thread that started it ends; leave at once if it has ended already.

    What this process starts, and what that starts, stays this one's to answer for, also when who started it has ended.
    """
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    _prctl(PR_SET_CHILD_SUBREAPER, 1)
    if os.getppid() != parent:
        os._exit(0)


def limit(address_space: int, memory: int, file_size: int) -> None:
    """Bound address space, memory and file size in bytes, open files to 256; no core dumps, which would hold people's data.

    Computing is bounded to `COMPUTES`, so that a program it started comes to an end though everybody who watched it was killed.
    `memory` is what the process may ask for as its own, filled or not. Programs it starts have the same bounds each.
    """
    resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (COMPUTES, COMPUTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def only_tray(tray: Path, packages: Iterable[str]) -> int:
    """Open nothing but Python and its `packages`, the programs of this machine and the two folders of `tray`; the level of Landlock."""
    code = [Path(place) for name in packages for place in getattr(sys.modules.get(name), "__path__", ())]
    python = [Path(prefix) for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}]
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    readable = (*map(Path, PROGRAMS), *map(Path, ASKED), *python, *code, tray / "given")
    return only_files(readable, (tray / "made", Path(os.devnull)))


def no_calls() -> None:
    """Install a seccomp filter: the calls of `DENIED`, and prlimit of another process, fail with EPERM, for children too.

    Raises:
        Misconfigured: this machine has no filter to install.
    """
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        raise Misconfigured(f"no sandbox for processor {machine}: casefile runs on x86_64 and aarch64 Linux", machine=machine)
    arch, column = ARCHITECTURES[machine]
    numbers = [both[column] for both in DENIED.values() if column < len(both)]
    program = _filter(arch, PRLIMIT[column], numbers)
    buffer = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer)))
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(header))


def _filter(arch: int, prlimit: int, numbers: list[int]) -> bytes:
    """Classic BPF over struct seccomp_data: number at 0, architecture at 4, first argument's low word at 16."""
    code: list[tuple[int, int, int, int]] = [
        (LD, 0, 0, 4),
        (JEQ, 1, 0, arch),
        (RET, 0, 0, ERRNO_EPERM),
        (LD, 0, 0, 0),
        (JGE, 0, 1, 0x40000000),  # the x32 interface has the same calls under other numbers
        (RET, 0, 0, ERRNO_EPERM),
    ]
    for number in numbers:
        code += [(JEQ, 0, 1, number), (RET, 0, 0, ERRNO_EPERM)]
    code += [(JEQ, 1, 0, prlimit), (RET, 0, 0, ALLOW), (LD, 0, 0, 16), (JEQ, 1, 0, 0), (RET, 0, 0, ERRNO_EPERM), (RET, 0, 0, ALLOW)]
    return b"".join(struct.pack("HBBI", *line) for line in code)


def _prctl(option: int, *arguments: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    padded = [ctypes.c_ulong(a) for a in (*arguments, 0, 0, 0, 0)][:4]
    if libc.prctl(option, *padded) != 0:
        number = ctypes.get_errno()
        raise Misconfigured(f"prctl({option}) failed: {os.strerror(number)}; the sandbox needs Linux 3.17 or newer", errno=number)
