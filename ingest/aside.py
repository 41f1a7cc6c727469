"""Taking a file out of its folder by rename, giving it back, letting it go.

    W01/a.tif -> W01/.taken/<ulid>/a.tif (taken: may be given back) -> W01/.taken/<ulid>.due/a.tif (its receipt is being written)

Promises: the rename is the lock between processes, and on disk before anything is recorded; what is to be recorded and what is given back
leave the same place, so one of two processes finds nothing there; giving back never replaces a file (Linux renameat2). Does not promise
that against somebody who may write to `.taken/` itself.
Risk accepted: where renameat2 is missing, giving back looks first and renames then; a file that appears between the two is replaced.
"""

import ctypes
import errno
import os
from pathlib import Path

from domain.errors import DiskFull, Misconfigured, Unavailable
from domain.ids import is_ulid
from ingest.folders import REFUSED, TAKEN, Found, clear, folder_of, make_folder, walk_below
from ingest.names import Parts

DUE = ".due"
"""Ends the name of a claim whose receipt is being written or stands: it is never given back before the ledger has it."""

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EXDEV)


def receipt_of(claim: str) -> str | None:
    """The receipt a claim's folder is named for; None for what is no claim."""
    ulid = claim.removesuffix(DUE)
    return ulid if is_ulid(ulid) else None


def reserve(window: Path, claim: str) -> None:
    """Make `.taken/<claim>`.

    Raises:
        Misconfigured: no right to, or `.taken` is no folder. DiskFull. OSError.
    """
    try:
        with folder_of(window, (TAKEN, claim, ""), make=True):
            return
    except OSError as error:
        raise _said(error, window) from error


def seize(window: Path, parts: Parts, ulid: str) -> bool:
    """Rename `parts` to `.taken/<ulid>/<parts>`, on disk when this returns; False when somebody else was first.

    Raises:
        Misconfigured: no right to rename here. DiskFull: no room for the folder. OSError: anything else.
    """
    aside = (TAKEN, ulid, *parts)
    try:
        with folder_of(window, parts) as source, folder_of(window, aside, make=True) as target:
            os.rename(parts[-1], parts[-1], src_dir_fd=source, dst_dir_fd=target)
            _sync(target)
            _sync(source)
    except OSError as error:
        clear(window, aside)
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):  # the file, or the folder above it, is not there any more
            return False
        raise _said(error, window) from error
    return True


def make_due(window: Path, ulid: str, parts: Parts) -> bool:
    """Rename `.taken/<ulid>/<parts>` to `.taken/<ulid>.due/<parts>`; False when another process took the file from there.

    Not forced to disk: after a crash nobody is left who could record or give back at the same time.

    Raises:
        DiskFull: no room for the folder. Misconfigured, OSError.
    """
    before, after = (TAKEN, ulid, *parts), (TAKEN, ulid + DUE, *parts)
    try:
        with folder_of(window, before) as source, folder_of(window, after, make=True) as target:
            os.rename(parts[-1], parts[-1], src_dir_fd=source, dst_dir_fd=target)
    except OSError as error:
        clear(window, after)
        if error.errno == errno.ENOENT:
            return False
        raise _said(error, window) from error
    clear(window, before)
    return True


def _said(error: OSError, window: Path) -> Exception:
    if error.errno in _FULL:
        return DiskFull(f"no room in {window} to take files", folder=str(window))
    if error.errno in (errno.ENOTDIR, errno.ELOOP):
        return Misconfigured(f"{window / TAKEN} must be a folder of casefile's own; remove what is there", folder=str(window))
    if error.errno in (errno.EIO, errno.EROFS):  # a failing disk, or one the kernel made read-only because it fails: mended, it goes on
        return Unavailable(f"{window} cannot be written ({errno.errorcode[error.errno]})", folder=str(window), errno=error.errno)
    if error.errno not in _FORBIDDEN:
        return error
    return Misconfigured(
        f"files cannot be taken from {window}: {os.strerror(error.errno or 0)}. Let the user who runs casefile (id {os.geteuid()}) create "
        f"and rename in this folder and the folders below it (owner, group or ACL; no sticky bit; {TAKEN} on the same file system)",
        folder=str(window),
        errno=error.errno,
    )


def check_rights(window: Path) -> None:
    """Try in this window's folder what taking a file needs: make a folder, rename into `.taken`.

    Raises:
        Misconfigured: no right to. DiskFull. OSError.
    """
    name = f".probe-{os.getpid()}"
    reserve(window, name)
    try:
        with folder_of(window, (name,)) as here, folder_of(window, (TAKEN, name, name)) as there:
            make_folder(name, here)
            os.rename(name, name, src_dir_fd=here, dst_dir_fd=there)
    except OSError as error:
        raise _said(error, window) from error
    clear(window, (TAKEN, name, name, name))


def _sync(folder: int) -> None:
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP):  # some network mounts cannot sync a folder
            raise


def give_back(window: Path, claim: str, parts: Parts) -> None:
    """Put a taken file back where it lay; as `<name>.<end of its ULID><suffix>` when another has its name by now. Gone already: no matter.

    Raises:
        OSError
    """
    last = Path(parts[-1])
    names = (parts[-1], f"{last.stem[:40]}.{claim.removesuffix(DUE)[-12:]}{last.suffix[:8]}")
    try:
        with folder_of(window, (TAKEN, claim, *parts)) as source, folder_of(window, parts, make=True) as target:
            if not any(_rename_new(parts[-1], source, name, target) for name in names):
                raise FileExistsError(errno.EEXIST, "a taken file cannot be given back: both its names are in use")
    except FileNotFoundError:
        return
    clear(window, (TAKEN, claim, *parts))


def _rename_new(old: str, source: int, new: str, target: int) -> bool:
    """Rename without replacing (renameat2 with RENAME_NOREPLACE); False when `new` is there."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is not None:
        if call(source, os.fsencode(old), target, os.fsencode(new), 1) == 0:
            return True
        number = ctypes.get_errno()
        if number == errno.EEXIST:
            return False
        if number not in (errno.ENOSYS, errno.EINVAL):
            raise OSError(number, os.strerror(number))
    if new in os.listdir(target):
        return False
    os.rename(old, new, src_dir_fd=source, dst_dir_fd=target)
    return True


def set_aside(window: Path, claim: str, parts: Parts) -> None:
    """Move a taken thing that is no file to `.refused/<ulid>/<parts>`, unopened."""
    try:
        with (
            folder_of(window, (TAKEN, claim, *parts)) as source,
            folder_of(window, (REFUSED, claim.removesuffix(DUE), *parts), make=True) as target,
        ):
            os.rename(parts[-1], parts[-1], src_dir_fd=source, dst_dir_fd=target)
    except FileNotFoundError:
        return
    clear(window, (TAKEN, claim, *parts))


def let_go(window: Path, claim: str, parts: Parts) -> None:
    """Remove a taken file and the folders made for it. Gone already: nothing happens."""
    try:
        with folder_of(window, (TAKEN, claim, *parts)) as folder:
            os.unlink(parts[-1], dir_fd=folder)
    except FileNotFoundError:
        return
    clear(window, (TAKEN, claim, *parts))


def taken(window: Path) -> list[str]:
    """Names below `.taken`, oldest first.

    Raises:
        Misconfigured: it may not be read, or is no folder. OSError.
    """
    try:
        with folder_of(window, (TAKEN, "")) as folder:
            return sorted(os.listdir(folder))  # noqa: PTH208 of a descriptor
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _said(error, window) from error


def content(window: Path, claim: str) -> Found | None:
    """What lies in `.taken/<claim>`, its parts counted from there as they were counted from the window; None if nothing does."""
    return next(walk_below(window / TAKEN / claim, ()), None)
