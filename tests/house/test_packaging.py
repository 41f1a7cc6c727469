"""The rooms are installed as top-level packages with plain names, so it must be certain that nobody else brings one of them."""

import ast
import importlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def test_the_rooms_of_the_wheel_are_the_rooms_that_are_checked():
    assert PROJECT["tool"]["mypy"]["packages"] == ROOMS == PROJECT["tool"]["importlinter"]["root_packages"]
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders == set(ROOMS), "a folder with __init__.py beside the rooms is neither shipped nor checked"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_belongs_to_our_distribution_alone(room):
    owners = importlib.metadata.packages_distributions().get(room, ["casefile"])  # an editable install lists no packages
    assert set(owners) == {"casefile"}
    others = [
        found.metadata["Name"]
        for found in importlib.metadata.distributions()
        if found.metadata["Name"] != "casefile"
        for file in found.files or ()
        if file.parts[0] in (room, f"{room}.py")
    ]
    assert others == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_imported_from_our_tree(room):
    module = importlib.import_module(room)
    assert module.__file__ is not None
    assert Path(module.__file__).resolve() == ROOT / room / "__init__.py"


def test_the_distribution_can_never_be_uploaded_by_mistake():
    assert "Private :: Do Not Upload" in PROJECT["project"]["classifiers"]
    assert importlib.metadata.version("casefile") == PROJECT["project"]["version"]


def test_the_command_is_called_casefile():
    (command,) = [e for e in importlib.metadata.distribution("casefile").entry_points if e.group == "console_scripts"]
    assert (command.name, command.value) == ("casefile", "app.main:main")


def test_no_module_is_named_like_a_room():
    named = [str(path.relative_to(ROOT)) for path in MODULES if path.stem in ROOMS]
    named += [str(path.parent.relative_to(ROOT)) for path in MODULES if path.name == "__init__.py" and path.parent.name in ROOMS]
    assert [name for name in named if name not in ROOMS] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is(path):
    sentence = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert sentence, f"{path.relative_to(ROOT)} has no docstring"
    assert len(re.findall(r"\w", sentence)) >= 15, f"{path.relative_to(ROOT)}: {sentence!r} says nothing"


def test_the_version_is_the_same_wherever_it_stands():
    version = PROJECT["project"]["version"]
    for path in MODULES:
        for found in re.findall(r'^VERSION = "(\d+\.\d+\.\d+)"$', path.read_text(encoding="utf-8"), re.M):
            assert found == version, path
    assert f"## {version} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_wheel_holds_every_file_of_the_rooms(tmp_path):
    """Data files too: lists, translations, colour profile. Built as the Dockerfile builds it, without the network."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    here = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert here - inside == set()
    assert {name for name in inside if ".dist-info/" not in name} - here == set()
