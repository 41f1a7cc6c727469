"""What the clerk is told of a page that was scanned badly and of a value that may be wrong: closed lists of codes, each with its sentence.

The codes are stable: they stand in the results kept beside documents. The Chinese sentences are the source; the English ones stand beside
them because `show --json` gives both.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """What was noticed and what to do about it."""

    zh: str
    en: str


PAGE: Mapping[str, Remark] = {
    "blurred": Remark("画面模糊，请放平后重新扫描这一页。", "The page is blurred. Lay it flat and scan it again."),
    "dark": Remark(
        "画面太暗，请擦净玻璃、盖好盖板后重新扫描这一页。", "The page is too dark. Clean the glass, close the lid and scan it again."
    ),
    "faint": Remark("字迹太淡，请加大对比度后重新扫描这一页。", "The print hardly stands out. Scan the page again with more contrast."),
    "low-resolution": Remark(
        "分辨率低于 200 dpi，达不到档案扫描要求（DA/T 31—2017）；请调高分辨率后重新扫描。",
        "Under 200 dpi, less than archives ask for (DA/T 31-2017). Set the scanner higher and scan again.",
    ),
    "small-print": Remark(
        "字很小，按档案扫描要求（DA/T 31—2017）应不低于 300 dpi；看不清时请调高分辨率重新扫描。",
        "The print is small; archives ask for 300 dpi or more (DA/T 31-2017). Where it cannot be read, scan it again at more.",
    ),
    "unreadable": Remark("这一页打不开，请重新扫描。", "This page cannot be opened. Scan it again."),
    "over-budget": Remark(
        "文字太多，这一页没有全部识别；画面完整，只是可能检索不到其中一些文字。",
        "There is too much text; not all of the page was read. The picture is whole, but some of its words may not be found.",
    ),
}
"""Of pages: what `domain.model.Quality.flags` say."""

VALUE: Mapping[str, Remark] = {
    "not-of-its-form": Remark("与应有的格式不符", "not of the form it should have"),
    "read-unsurely": Remark("字迹识别把握不大", "read with little certainty"),
    "no-such-date": Remark("没有这一天", "no such date"),
    "check-wrong": Remark("校验位不对", "the check digit is wrong"),
    "check-unsure": Remark("号码不合一般规则，请核对", "the number does not keep the usual rule"),
    "digits-taken-for-letters": Remark("机读码中有数字按字母识别", "digits in the machine-readable line were taken for letters"),
    "pages-differ": Remark("各页所写不一致", "the pages say different things"),
    "birth-differs-from-number": Remark("出生日期与身份证号不一致", "birth date and number say different things"),
    "sex-differs-from-number": Remark("性别与身份证号不一致", "sex and number say different things"),
    "term-ends-before-it-begins": Remark("有效期止早于起", "the term ends before it begins"),
    "differs-from-machine-readable-line": Remark("与机读码不一致", "differs from the machine-readable line"),
    "no-such-surname": Remark("不像姓名", "does not look like a name"),
    "no-such-address": Remark("不像完整的地址", "does not look like a whole address"),
    "cut-off": Remark("末尾可能少了字", "its end may have been cut off"),
    "place-said-nowhere-else": Remark("机关名称只出现一次，请核对", "the office's place is said nowhere else on the page"),
    "not-like-its-sort": Remark("可能混入了其他文字", "other text may have got into it"),
    "differs-from-the-others": Remark("与同一批其他材料所写不一致", "other materials of the batch say something else"),
    "read-from-a-signature": Remark("取自签名", "read from a signature"),
}
"""Of values: what `domain.model.Field.doubtful` says."""
