"""What is installed is what was looked at: exact versions, with hashes, under licences that the product can live with."""

import importlib.metadata
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def entries(name):
    """`(requirement, hashes)` of each entry of a lock file."""
    joined = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in joined.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement, *hashes = line.split("--hash=")
            yield Requirement(requirement.strip()), [h.strip() for h in hashes]


def versions(name):
    found = {}
    for requirement, _ in entries(name):
        found.setdefault(canonicalize_name(requirement.name), set()).add(str(requirement.specifier))
    return found


def asked(name):
    """Names that a requirements*.in file asks for, those it includes too."""
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            yield from asked(line[3:].strip())
        elif line.strip() and not line.startswith("#"):
            yield canonicalize_name(Requirement(line).name)


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_pins_one_version_with_hashes(name):
    seen = 0
    for requirement, hashes in entries(name):
        seen += 1
        assert re.fullmatch(r"==[^*]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in hashes), requirement
    assert seen > 20


def test_what_is_asked_for_is_locked():
    assert set(asked("requirements.in")) | set(asked("requirements-build.in")) <= set(versions("requirements.lock"))
    assert set(asked("requirements-dev.in")) <= set(versions("requirements-dev.lock"))


def test_tests_run_on_the_versions_that_are_shipped():
    shipped, tested = versions("requirements.lock"), versions("requirements-dev.lock")
    assert {name: found for name, found in shipped.items() if tested.get(name) != found} == {}


def test_the_wheel_asks_for_what_requirements_in_names():
    wanted = {canonicalize_name(Requirement(line).name) for line in importlib.metadata.requires("casefile") or ()}
    assert wanted == set(asked("requirements.in"))


def licence(name):
    """What a distribution says of its licence, in one line."""
    about = importlib.metadata.metadata(name)
    first = (about.get("License") or "").strip().splitlines()[:1]
    classifiers = [c for c in about.get_all("Classifier") or () if c.startswith("License")]
    return " ".join([about.get("License-Expression") or "", *first, *classifiers])


def test_nothing_we_run_on_is_under_a_licence_that_would_bind_our_users():
    """Apache-2.0 goes with permissive licences and with libraries under the LGPL or MPL, which stay files of their own."""
    binding, looked_at = {}, 0
    for name in versions("requirements.lock"):
        try:
            said = licence(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # locked for another platform or another Python
        looked_at += 1
        rest = re.sub(r"LGPL|Lesser General Public|GNU Lesser|Library or Lesser", "", said)
        if re.search(r"AGPL|Affero|\bGPL|General Public License|SSPL|BUSL|Commons Clause|Non-?Commercial", rest, re.I):
            binding[name] = said
    assert binding == {}
    assert looked_at > 40


@pytest.mark.parametrize("name", LOCKS)
def test_pymupdf_is_not_used(name):
    assert {"pymupdf", "fitz", "pymupdfb"} & set(versions(name)) == set()


def test_one_opencv_only():
    with_files = [r.name for r, _ in entries("requirements.lock") if r.name.startswith("opencv") and "never" not in str(r.marker)]
    assert with_files == ["opencv-python"]
