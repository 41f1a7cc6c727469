"""What the command line consists of, taken from the program itself."""

import shlex
from dataclasses import dataclass

from typer.main import get_command


@dataclass(frozen=True)
class Command:
    """One command: its words after `casefile`, its options, the example under its help."""

    words: tuple[str, ...]
    options: frozenset[str]
    example: str

    @property
    def name(self):
        return " ".join(self.words)


def commands():
    """Every command, groups opened."""
    from app.main import app

    return sorted(_leaves(get_command(app), ()), key=lambda command: command.words)


def root_options():
    """Options that stand before the command."""
    from app.main import app

    return {option for parameter in get_command(app).params for option in parameter.opts} | {"-h", "--help"}


def _leaves(command, words):
    below = getattr(command, "commands", None)
    if below is None:
        options = {option for parameter in command.params for option in parameter.opts if option.startswith("-")}
        return [Command(words, frozenset(options | {"-h", "--help"}), command.epilog or "")]
    return [leaf for name, child in below.items() for leaf in _leaves(child, (*words, name))]


def check_line(line):
    """Assert that `casefile ...` names a command there is, with options it has."""
    known = {command.words: command for command in commands()}
    words = shlex.split(line)
    assert words[0].rsplit("/", 1)[-1] == "casefile", line
    rest, before = words[1:], root_options()
    while rest and rest[0].startswith("-"):
        assert rest[0] in before, f"{rest[0]} is no option of casefile: {line}"
        rest = rest[1:] if rest[0] in ("-h", "--help") else rest[2:]
    if not rest:
        return
    command = known.get(tuple(rest[:2])) or known.get(tuple(rest[:1]))
    assert command is not None, f"there is no such command: {line}"
    used = {word.split("=", 1)[0] for word in rest[len(command.words) :] if word.startswith("-") and len(word) > 1}
    assert used <= command.options, f"{used - command.options} is no option of {command.name}: {line}"
