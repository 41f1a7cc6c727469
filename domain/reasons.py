"""Why an input was refused or set apart: one closed list, each with a sentence and what to do.

The Chinese sentences are the source; the English ones stand beside them because `quarantine --json` gives both.
"""

from enum import Enum


class Reason(Enum):
    """Codes are stable: they stand in the ledger and in the contract for programs."""

    INCOMPLETE = "incomplete"
    UNKNOWN_FORMAT = "unknown-format"
    EMPTY_FILE = "empty-file"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too-large"
    TOO_MANY_PAGES = "too-many-pages"
    PAGE_TOO_LARGE = "page-too-large"
    EXPANDS_TOO_MUCH = "expands-too-much"
    NESTED_TOO_DEEPLY = "nested-too-deeply"
    NO_PAGES = "no-pages"
    NOT_A_FILE = "not-a-file"
    TOOK_TOO_LONG = "took-too-long"
    TOOK_TOO_MUCH_MEMORY = "took-too-much-memory"
    READER_FAILED = "reader-failed"
    INTERNAL = "internal"

    @property
    def code(self) -> str:
        """The stable code."""
        return self.value

    @property
    def zh(self) -> str:
        """What happened and what to do, in Chinese."""
        return SENTENCES[self][0]

    @property
    def en(self) -> str:
        """The same in English."""
        return SENTENCES[self][1]


SENTENCES: dict[Reason, tuple[str, str]] = {
    Reason.INCOMPLETE: (
        "文件没有写完，已超过等待时间。请重新扫描；扫描仪恢复后也可用 requeue 重新取件。",
        "The file was never finished within the waiting time. Scan it again, or requeue it once the scanner has written the rest.",
    ),
    Reason.UNKNOWN_FORMAT: (
        "不是可识别的扫描文件（PDF、TIFF、JPEG、PNG、JPEG 2000、WebP、BMP）。请改用其中一种格式重新扫描。",
        "Not a scan we can read (PDF, TIFF, JPEG, PNG, JPEG 2000, WebP, BMP). Scan again in one of these formats.",
    ),
    Reason.EMPTY_FILE: ("文件是空的（0 字节）。请重新扫描。", "The file is empty (0 bytes). Scan again."),
    Reason.DAMAGED: ("文件已损坏，无法打开。请重新扫描。", "The file is damaged and cannot be opened. Scan again."),
    Reason.ENCRYPTED: (
        "文件已加密（有密码保护，或限制打印、复制）。请提供未加密的文件，或打印后扫描。",
        "The file is encrypted: protected by a password, or against printing or copying. Provide it unencrypted, or print and scan it.",
    ),
    Reason.TOO_LARGE: (
        "文件超过大小上限。请分批扫描，或由管理员调高 limits.file_bytes。",
        "The file is over the size limit. Scan it in parts, or have limits.file_bytes raised.",
    ),
    Reason.TOO_MANY_PAGES: (
        "页数超过上限。请分批扫描，或由管理员调高 limits.pages。",
        "Too many pages. Scan in parts, or have limits.pages raised.",
    ),
    Reason.PAGE_TOO_LARGE: (
        "单页尺寸超过上限。请降低分辨率，或由管理员调高 limits.page_pixels。",
        "A page is over the size limit. Lower the resolution, or have limits.page_pixels raised.",
    ),
    Reason.EXPANDS_TOO_MUCH: (
        "文件解压后异常膨胀，可能是恶意文件。请重新扫描原件。",
        "The file grows far beyond its size when unpacked and may be hostile. Scan the paper again.",
    ),
    Reason.NESTED_TOO_DEEPLY: (
        "文件内部嵌套层数异常，可能是恶意文件。请重新扫描原件。",
        "The file is nested within itself far too deeply and may be hostile. Scan the paper again.",
    ),
    Reason.NO_PAGES: ("文件里没有任何页面。请重新扫描。", "The file holds no page. Scan again."),
    Reason.NOT_A_FILE: (
        "不是普通文件（链接、管道或设备）。请放入真正的文件。",
        "Not an ordinary file (a link, pipe or device). Put the file itself there.",
    ),
    Reason.TOOK_TOO_LONG: (
        "处理超时。请重新扫描；若重复出现请联系管理员。",
        "Handling it took too long. Scan again; tell the administrator if it happens again.",
    ),
    Reason.TOOK_TOO_MUCH_MEMORY: (
        "处理所需内存超过上限。请降低分辨率重新扫描。",
        "Handling it needed more memory than allowed. Scan again at a lower resolution.",
    ),
    Reason.READER_FAILED: (
        "读取该文件的程序中断。文件已保留，请联系管理员。",
        "The program reading the file broke off. The file is kept; tell the administrator.",
    ),
    Reason.INTERNAL: (
        "程序内部错误。文件已保留，请把编号告知管理员，修复后可用 requeue 重新处理。",
        "An error of our own. The file is kept: give the number to the administrator; requeue it once mended.",
    ),
}
