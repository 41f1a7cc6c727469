"""The command line as programs meet it: a wrong call is one sentence and code 2, what a check finds is code 1."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def casefile(*arguments, **more):
    return subprocess.run([sys.executable, "-m", "app.main", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, **more)


@pytest.mark.parametrize("arguments", [("--nonsense",), ("nonsense",), ("search",), ("intake", "/no/such/file", "--window", "W01")])
def test_a_wrong_call_exits_2_without_a_traceback(arguments, tmp_path):
    done = casefile("--data", str(tmp_path), *arguments) if not arguments[0].startswith("-") else casefile(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    assert done.stdout == ""


def test_what_a_check_finds_is_the_exit_code(tmp_path):
    (tmp_path / "casefile.toml").write_text("nonsense = 1\n")
    done = casefile("--data", str(tmp_path), "doctor", "--json")
    assert done.returncode == 1
    assert '"bad"' in done.stdout


def test_help_exits_0():
    done = casefile("--help")
    assert done.returncode == 0
    assert "serve" in done.stdout
    assert done.stderr == ""


def test_a_wrong_setting_exits_2_and_names_it(tmp_path):
    (tmp_path / "casefile.toml").write_text("[intake]\nquite = 1\n")
    done = casefile("--data", str(tmp_path), "status", "--json")
    assert done.returncode == 2
    assert "intake.quite" in done.stderr
    assert "Traceback" not in done.stderr
