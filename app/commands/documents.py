"""`search`, `show`, `list`: what is on the shelf."""

from typing import Annotated, Any

import typer

from app import show
from app.i18n import _, language
from domain.errors import Unavailable
from domain.remarks import VALUE

FLAGS = {
    "active-content": _("原件带有会自动运行或联网的内容（脚本、链接、附件等）；归档件里没有，原件照原样保存"),
    "signed": _("原件带有电子签名；归档件是另外制作的，签名以照原样保存的原件为准"),
    "encrypted": _("原件已加密，无需密码即可打开；归档件未加密"),
    "other-data": _("原件前后附有其他数据，换一种程序打开可能是另一个文件；以归档件的画面为准"),
}
"""What `show` says of what was noticed in a file (ingest/triage.py)."""
UNASSIGNED = _("未归入")
AsJson = Annotated[bool, typer.Option("--json", help=_("以 JSON 输出，一行一条"))]


def add(app: typer.Typer) -> None:
    """Put the commands of this module on the command line."""
    app.command(
        "search", help=_("全文检索；命中给出办件、页码和字的位置。"), epilog=_("示例：casefile --data ./data search '李伟杰 驾驶证'")
    )(search)
    app.command("show", help=_("显示一份材料：文件、来源、字段、依据。"), epilog=_("示例：casefile --data ./data show 01J…"))(show_document)
    app.command("list", help=_("列出所有材料。"), epilog=_("示例：casefile --data ./data list --json"))(list_documents)


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help=_('要找的字词；多个词都要出现；"…" 为连续的词，-词 为不含'))],
    limit: Annotated[int, typer.Option(min=1, max=10000, help=_("最多几页"))] = 20,
    as_json: AsJson = False,
) -> None:
    """Pages that hold every term."""
    from app.wiring import open_house

    with open_house(context.obj) as house:
        try:
            answer = house.counter.search(query, limit)
        except Unavailable:
            show.err.print(_("现在不能检索；收件和归档不受影响，检索恢复后会自动补上。"), markup=False)
            raise
        behind = house.search_state()["behind"]
        for hit in answer.hits:
            if as_json:
                show.line({"case": hit.case, "document": hit.document, "page": hit.page, "boxes": hit.boxes, "snippet": hit.snippet})
            else:
                _print_hit(hit)
    if not as_json:
        show.err.print(_("{documents} 份材料，{pages} 页。").format(documents=answer.documents, pages=answer.pages))
        if behind:
            show.err.print(_("检索：还有 {behind} 条待编入。").format(behind=behind))


def _print_hit(hit: Any) -> None:
    from rich.text import Text

    text = Text(hit.snippet.replace("\n", " "))
    for start, end in hit.lit:
        text.stylize("bold reverse", start, end)
    place = _("第 {page} 页").format(page=hit.page)
    head = f"{hit.case or UNASSIGNED}  {hit.document}  {place}  "
    show.out.print(Text.assemble((head, "dim"), text))


def show_document(context: typer.Context, document: Annotated[str, typer.Argument(help=_("材料的 id"))], as_json: AsJson = False) -> None:
    """One document with its fields and evidence. Showing it is an event, because it holds personal data."""
    from app.wiring import open_house

    with open_house(context.obj) as house:
        facts = house.counter.show(document)
    if as_json:
        show.line(facts)
        return
    for name in ("id", "kind", "case", "window", "office", "pages", "pdf", "sha256", "seal"):
        show.out.print(f"{name:<8} {facts[name] if facts[name] is not None else '-'}", markup=False)
    for flag in facts["flags"]:
        show.out.print(FLAGS.get(flag, flag), markup=False)
    for remark in facts["remarks"]:
        place = _("第 {page} 页").format(page=remark["page"])
        show.out.print(f"{place}  {remark['sentence'][language()]}", markup=False)
    rows = [[f["name"], f["value"], ", ".join(map(_doubt, f["doubtful"]))] for f in facts["fields"]]
    show.table([_("字段"), _("值"), _("存疑")], rows)
    show.table([_("依据"), _("分量"), _("页")], [[e["phrase"], f"{e['weight']:+.2f}", str(e["page"])] for e in facts["evidence"]])


def _doubt(code: str) -> str:
    said = VALUE.get(code)
    return getattr(said, language()) if said else code


def list_documents(context: typer.Context, as_json: AsJson = False) -> None:
    """A line per document."""
    from app.wiring import open_house

    with open_house(context.obj) as house:
        lines = list(house.counter.documents())
    if as_json:
        for facts in lines:
            show.line(facts)
        return
    show.table(
        ["id", _("办件"), _("种类"), _("页"), _("窗口"), _("来源")],
        [
            [f["id"], f["case"] or "-", house.counter.kind_name(f["kind"]), str(f["pages"]), f["window"], ", ".join(f["source"])]
            for f in lines
        ],
    )
