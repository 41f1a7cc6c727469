"""Takes away from a child process what reading a page does not need.

The rule: a process that opens untrusted bytes has no network, no way into other processes, bounded memory and files, and dies with the
process that started it, which also bounds its time (app/sandbox.py). Works without privileges on Linux (x86-64 and ARM 64).
The risk accepted here: the child still reads and writes files as its user, because it must read the store and write its results.
"""

import ctypes
import os
import platform
import resource
import signal
import struct

from domain.errors import Misconfigured

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP = 1, 38, 22
SECCOMP_MODE_FILTER = 2
ALLOW, ERRNO_EPERM = 0x7FFF0000, 0x00050000 | 1
LD, JEQ, JGE, RET = 0x20, 0x15, 0x35, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_RET|K
AF_UNIX = 1

ARCHITECTURES: dict[str, tuple[int, int, tuple[int, ...]]] = {
    # machine: (AUDIT_ARCH, socket, others: ptrace, process_vm_readv, process_vm_writev, io_uring_setup, bpf, mount, unshare, setns)
    "x86_64": (0xC000003E, 41, (101, 310, 311, 425, 321, 165, 272, 308)),
    "aarch64": (0xC00000B7, 198, (117, 270, 271, 425, 280, 40, 97, 268)),
}


def die_with_parent(parent: int) -> None:
    """Ask the kernel to kill this process when the thread that started it ends; leave at once if it has ended already."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def limit(address_space: int, file_size: int) -> None:
    """Bound memory and file size in bytes, open files to 256; no core dumps, which would hold people's data."""
    resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def no_network() -> None:
    """Install a seccomp filter: sockets of any family but AF_UNIX, io_uring, ptrace and namespaces fail with EPERM, for children too.

    Raises:
        Misconfigured: this machine has no filter to install.
    """
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        raise Misconfigured(f"no sandbox for processor {machine}: casefile runs on x86_64 and aarch64 Linux", machine=machine)
    program = _filter(*ARCHITECTURES[machine])
    buffer = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer)))
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(header))


def _filter(arch: int, socket: int, others: tuple[int, ...]) -> bytes:
    """Classic BPF over struct seccomp_data: number at 0, architecture at 4, first argument's low word at 16."""
    code: list[tuple[int, int, int, int]] = [
        (LD, 0, 0, 4),
        (JEQ, 1, 0, arch),
        (RET, 0, 0, ERRNO_EPERM),
        (LD, 0, 0, 0),
        (JGE, 0, 1, 0x40000000),  # the x32 interface has the same calls under other numbers
        (RET, 0, 0, ERRNO_EPERM),
    ]
    for number in others:
        code += [(JEQ, 0, 1, number), (RET, 0, 0, ERRNO_EPERM)]
    code += [(JEQ, 1, 0, socket), (RET, 0, 0, ALLOW), (LD, 0, 0, 16), (JEQ, 1, 0, AF_UNIX), (RET, 0, 0, ERRNO_EPERM), (RET, 0, 0, ALLOW)]
    return b"".join(struct.pack("HBBI", *line) for line in code)


def _prctl(option: int, *arguments: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    padded = [ctypes.c_ulong(a) for a in (*arguments, 0, 0, 0, 0)][:4]
    if libc.prctl(option, *padded) != 0:
        number = ctypes.get_errno()
        raise Misconfigured(f"prctl({option}) failed: {os.strerror(number)}; the sandbox needs Linux 3.17 or newer", errno=number)
