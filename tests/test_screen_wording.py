"""On the screen nobody can type a command: no refusal there names one, or an option of one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import markterm
from markterm.domain.errors import MarkTermError, Refused, without_commands

PACKAGE = Path(markterm.__file__).parent
COMMAND = re.compile(r"\bmarkterm [a-z]|(?<![\w-])--[a-z]|\bMARKTERM_")
ERRORS = {"Refused", "WrongUse", "Unreadable", "NotNow", "NotSaved", "MarkTermError", "JoinNeeded"}
# What is only said at the command line: opening a centre, designing an assignment, naming a remark by its id.
ONLY_AT_THE_COMMAND_LINE = {"centre.py: open", "design.py: _unit", "remarks.py: by_id", "audit.py: read_kept"}


def text_of(node: ast.AST) -> str:
    """The literal text of a string, with a stop for what is filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) for part in node.values)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.IfExp):
        return text_of(node.body) + " " + text_of(node.orelse)
    if isinstance(node, ast.BinOp):
        return text_of(node.left) + text_of(node.right)
    return "…" if isinstance(node, ast.FormattedValue) else ""


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """The errors that a module makes, each with the function that makes it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                    yield function.name, node


def modules(*without: str) -> list[Path]:
    return [p for p in sorted(PACKAGE.rglob("*.py")) if p.relative_to(PACKAGE).parts[0] not in without]


@pytest.mark.parametrize("path", modules("cli", "demo"), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_error_that_the_screen_can_show_names_a_command(path: Path) -> None:
    for function, call in calls(path):
        title, what, *following = [text_of(argument) for argument in call.args[:3]] + [""] * (3 - len(call.args))
        assert not COMMAND.search(title + what), f"{path.name}:{call.lineno}"
        on_screen = next((text_of(each.value) for each in call.keywords if each.arg == "on_screen"), None)
        if on_screen is not None:
            assert not COMMAND.search(on_screen), f"{path.name}:{call.lineno}"
        elif COMMAND.search("".join(following)) and f"{path.name}: {function}" not in ONLY_AT_THE_COMMAND_LINE:
            assert without_commands("".join(following)), f"{path.name}:{call.lineno} says nothing on the screen"


def test_no_text_of_the_screen_itself_names_a_command() -> None:
    for path in modules("cli", "demo"):
        if path.relative_to(PACKAGE).parts[0] != "tui":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
                assert not COMMAND.search(node.value), f"{path.name}:{node.lineno}"


def test_a_next_step_without_commands_keeps_what_else_it_says() -> None:
    assert without_commands("Cite it first; markterm show lists what is cited.") == "Cite it first."
    assert without_commands("The files are a, b. markterm evidence lists them all.") == "The files are a, b."
    assert without_commands("Mend learner.md. Then open it.") == "Mend learner.md. Then open it."
    assert without_commands("Start with --as, or set MARKTERM_AS.") == ""
    assert without_commands("A dash -- like this -- stays.") == "A dash -- like this -- stays."


def test_an_error_says_its_own_step_on_the_screen() -> None:
    assert Refused("a", "b", "markterm x.", on_screen="Press S.").screen_step == "Press S."
    assert Refused("a", "b", "Do it.").screen_step == "Do it."
    assert MarkTermError("a", "b", "Do it. markterm x does it.").screen_step == "Do it."
