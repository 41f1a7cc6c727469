"""Names say what a thing is, and nothing is left for later."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "common", "misc", "core"}
LATER = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b")
TEXT = {".py", ".sh", ".md", ".toml", ".yml", ".yaml", ".in", ".txt", ".java", ".xml", ""}


def ours():
    """Files that git knows or would take; without git, files outside hidden and made folders."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    made = {"demo-data", "__pycache__", "build", "dist"}
    return [p for p in ROOT.rglob("*") if p.is_file() and not any(s.startswith(".") or s in made for s in p.relative_to(ROOT).parts)]


def test_no_file_or_folder_has_a_name_that_says_nothing():
    named = {
        str(path.relative_to(ROOT)) for path in ours() for part in path.relative_to(ROOT).parts if Path(part).stem.lower() in SAY_NOTHING
    }
    assert named == set()


def test_nothing_is_left_for_later():
    left = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in ours()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if LATER.search(line)
    ]
    assert left == []


def test_test_modules_have_names_of_their_own():
    """Test folders are no packages, so two modules of one name would shadow each other."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_no_error_is_swallowed():
    silent = re.compile(r"except[^\n]*:\s*\n\s+pass\b|suppress\((?:Base)?Exception\)")
    found = [str(p.relative_to(ROOT)) for p in ours() if p.suffix == ".py" and silent.search(p.read_text(encoding="utf-8"))]
    assert found == []
