"""What the documents say is so: same in both languages, every command there, every link leads somewhere."""

import re
import shlex
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from app.settings import Settings
from tests.house.commandline import check_line, commands

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh.md")
DOCUMENTS = sorted(
    [path for path in ROOT.glob("*.md")] + [path for path in (ROOT / "docs").rglob("*.md")] + [ROOT / "samples" / "README.md"],
)
COMMANDS = commands()
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def without_figures(name):
    return re.sub(r"<!-- figures -->.*?<!-- /figures -->", "", text(name), flags=re.S)


def blocks(name):
    return FENCE.findall(without_figures(name))


def headings(name):
    prose = FENCE.sub("", without_figures(name))
    return [len(marks) for marks in re.findall(r"^(#+) ", prose, re.M)]


def test_both_readmes_show_the_same_commands():
    assert blocks("README.md") == blocks("README.zh.md")
    assert len(blocks("README.md")) >= 3


def test_both_readmes_have_the_same_parts():
    assert headings("README.md") == headings("README.zh.md")


def test_both_readmes_have_the_same_tables_and_links():
    rows = [sum(line.startswith("|") for line in text(name).splitlines()) for name in READMES]
    assert rows[0] == rows[1]
    links = [
        sorted({link.replace(".zh.", ".") for link in re.findall(r"\]\(([^)]+)\)", without_figures(name))} - {"README.md"})
        for name in READMES
    ]
    assert links[0] == links[1]


@pytest.mark.parametrize("name", READMES)
def test_a_readme_has_room_for_the_figures(name):
    assert text(name).count("<!-- figures -->") == text(name).count("<!-- /figures -->") == 1


@pytest.mark.parametrize("name", READMES)
def test_a_readme_begins_with_two_commands(name):
    shown = "\n".join(code for _, code in blocks(name)[:2])
    assert "apt-get install -y git make" in shown
    assert shown.index("make demo") < shown.index("make test")


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_stands_in_the_table(name, command):
    cells = [line.split("|")[1] for line in text(name).splitlines() if line.startswith("|")]
    words = {tuple(code.split()[: len(command.words)]) for cell in cells for code in re.findall(r"`([^`]+)`", cell)}
    assert command.words in words


@pytest.mark.parametrize("name", READMES)
def test_the_table_names_no_command_that_is_not_there(name):
    part = re.split(r"^## ", text(name), flags=re.M)
    (table,) = [p for p in part if "| `serve" in p]
    for line in table.splitlines():
        if line.startswith("| `"):
            code = re.findall(r"`([^`]+)`", line.split("|")[1])[0]
            check_line("casefile " + re.sub(r"[\[\]]|\.\.\.", "", code))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_a_document_can_be_typed(path):
    for language, code in FENCE.findall(path.read_text(encoding="utf-8")):
        if language not in ("sh", "console"):
            continue
        for line in code.replace("\\\n", " ").splitlines():
            for part in re.split(r"\s(?:&&|\|\|?|>)\s", line.split("  #")[0]):
                called = re.search(r"(?:^|\s)((?:\S*/)?casefile(?: .*)?)$", part.strip())
                if called and shlex.split(part)[0].rsplit("/", 1)[-1] == "casefile":
                    check_line(called[1])


def test_make_targets_in_documents_exist():
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.M))
    for path in DOCUMENTS:
        content = path.read_text(encoding="utf-8")
        named = re.findall(r"`make ([a-z-]+)`", content)
        named += [t for _, code in FENCE.findall(content) for t in re.findall(r"^make ([a-z-]+)", code, re.M)]
        assert set(named) <= targets, path


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files_that_are_there(path):
    content = FENCE.sub("", path.read_text(encoding="utf-8"))
    for link in re.findall(r"\]\(([^)\s]+)\)", content):
        if re.match(r"[a-z]+:", link) or link.startswith("#"):
            continue
        assert (path.parent / link.split("#")[0]).exists(), f"{path.name}: {link}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_named_as_code_in_a_document_are_there(path):
    content = FENCE.sub("", path.read_text(encoding="utf-8"))
    for name in re.findall(r"`((?:app|archive|casework|domain|ingest|pipeline|search|tests|bench|tools|docs)/[\w/.-]+)`", content):
        assert (ROOT / name).exists(), f"{path.name}: {name}"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_help_of_a_command_ends_with_an_example_that_can_be_typed(command):
    from app.main import app

    shown = CliRunner().invoke(app, [*command.words, "--help"])
    assert shown.exit_code == 0
    assert "casefile " in shown.output
    line = command.example[command.example.index("casefile ") :]
    check_line(line)
    assert f" {command.name} " in f"{line} ", f"the example of {command.name} shows another command"


def settings():
    for name, field in Settings.model_fields.items():
        inner = getattr(field.annotation, "model_fields", None)
        if inner is None:
            yield name, field.default
        else:
            yield from ((f"{name}.{part}", None if f.default_factory else f.default) for part, f in inner.items())


@pytest.mark.parametrize(("name", "default"), list(settings()))
def test_every_setting_is_documented_with_its_default(name, default):
    rows = [line.split("|") for line in text("docs/operations.md").splitlines() if line.startswith(f"| `{name}` ")]
    assert len(rows) == 1, f"docs/operations.md has no row for {name}"
    if default is None:
        return
    default = default.get_secret_value() if isinstance(default, SecretStr) else default
    said = rows[0][2].strip().strip("`").replace(" ", "")
    said = "" if said in ("empty", "-") else said
    number = isinstance(default, int | float) and not isinstance(default, bool)
    same = float(said) == float(default) if number else said == (str(default).lower() if isinstance(default, bool) else default)
    assert same, f"{name}: the document says {said}, the program {default}"


def test_the_documents_list_no_setting_that_is_not_there():
    known = {name for name, _ in settings()}
    section = re.split(r"^## ", text("docs/operations.md"), flags=re.M)
    (table,) = [part for part in section if "| `office` " in part]
    assert set(re.findall(r"^\| `([a-z_.]+)` ", table, re.M)) == known
