"""One set of commands: a hook before a commit, `make test` and CI do the same."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CONFIG = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))


def prerequisites(target):
    (found,) = re.findall(rf"^{target}:([^#\n]*)", MAKEFILE, re.M)
    return found.split()


def test_the_hooks_run_the_makefile_s_commands():
    hooks = [hook for repo in CONFIG["repos"] for hook in repo["hooks"]]
    checks = [target for target in prerequisites("test") if target not in ("install-dev", "tests")]
    assert [hook["entry"] for hook in hooks] == [f"make {target}" for target in checks]
    assert all(hook["language"] == "system" and hook["pass_filenames"] is False for hook in hooks)


def test_the_hooks_fetch_nothing():
    assert [repo["repo"] for repo in CONFIG["repos"]] == ["local"]


def test_make_test_is_everything_and_ci_runs_it():
    assert {"lint", "types", "contracts", "tests"} <= set(prerequisites("test"))
    lines = [line.strip() for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()]
    assert lines[-1] == "make test"
