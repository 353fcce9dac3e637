"""The core knows neither commands nor keys, and on the screen nobody can type a command: no text there names one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

import pytest

import markterm
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way, with_hint
from markterm.tui import hints
from markterm.tui.command import keys_together

PACKAGE = Path(markterm.__file__).parent
COMMAND = re.compile(r"\bmarkterm [a-z]|(?<![\w-])--[a-z]|\bMARKTERM_")
VARIABLE = re.compile(r"MARKTERM_[A-Z_]*")
"""What a module asks the environment for, and says to nobody."""
KEY = re.compile(r"\bctrl\+|\bEsc\b|(?<![A-Z] )\b(?:[Pp]ress|[Ww]ith|[Bb]y) [A-Z](?=[.,;]|$)|^[B-Z] [a-z]+s\b")
# What starts another program, or a process of MarkTerm's own, has its options, and so has the page of a pack that tells
# somebody at another machine what to type there.
PROGRAMS = {"checking.py", "child.py", "libreoffice.py", "tesseract.py"}


def says(path: Path, wanted: re.Pattern[str]) -> list[tuple[int, str]]:
    """The texts of a module in which that is found. Of most there is none in what it is compiled to, which is at hand;
    that has its documentation too, and of the others their texts are told apart."""
    compiled = SourceFileLoader(path.stem, str(path)).get_code(path.stem)
    if not any(wanted.search(text) for text in constants(compiled)):
        return []
    return [(line, text) for line, text in texts(path) if wanted.search(text)]


def constants(value: object) -> Iterator[str]:
    """The texts of what is compiled, in whatever it holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, CodeType | tuple | frozenset):
        for each in value.co_consts if isinstance(value, CodeType) else value:
            yield from constants(each)


@cache
def texts(path: Path) -> list[tuple[int, str]]:
    """The texts of a module that are no documentation, with their lines."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    documented = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
    ]


def modules(*without: str) -> list[Path]:
    return [p for p in sorted(PACKAGE.rglob("*.py")) if p.relative_to(PACKAGE).parts[0] not in without]


def test_no_text_but_the_command_lines_names_a_command() -> None:
    assert [
        f"{path}:{line}: {text}"
        for path in modules("cli")
        if path.name not in PROGRAMS
        for line, text in says(path, COMMAND)
        if not VARIABLE.fullmatch(text)
    ] == []


def test_no_text_of_the_core_names_a_key() -> None:
    found = [f"{path}:{line}: {text}" for path in modules("cli", "tui", "demo") for line, text in says(path, KEY)]
    assert found == []


def test_what_is_told_from_a_word_is_a_key() -> None:
    for named in (
        "Record it with D.",
        "F reopens it.",
        "Say so by W",
        "Esc leaves.",
        "Press S.",
        "ctrl+r reads it again.",
    ):
        assert KEY.search(named), named
    for plain in ("Begin with a heading.", "A unit stays open.", "Ask for it by a name.", "criterion A"):
        assert not KEY.search(plain), plain


def test_every_way_has_words_on_the_screen_or_is_said_to_need_none() -> None:
    assert set(hints.WORDS) == set(Way)


@pytest.mark.parametrize("way", Way)
def test_the_keys_that_a_hint_names_are_keys_of_commands(way: Way) -> None:
    known = {binding.id for screen in keys_together() for binding in screen}
    named = set(re.findall(r"\{(.*?)\}", hints.WORDS[way]))
    assert named <= known
    assert not KEY.search(hints.WORDS[way])


def test_a_refusal_names_the_key_on_the_screen() -> None:
    declare = Refused("a", "b", "Record it.", hint=Hint(Way.DECLARE, learner="AAA1", unit="U-101"))
    assert hints.next_step_of(declare) == "Record it: D."
    assert hints.next_step_of(Refused("a", "b", "Do it.")) == "Do it."
    assert hints.next_step_of(Refused("a", "b", "Write it.", hint=Hint(Way.WRITE_OVER))) == "Write it."


def test_words_of_a_hint_stand_behind_a_colon_unless_they_are_a_sentence() -> None:
    assert with_hint("Record it.", "D") == "Record it: D."
    assert with_hint("finish it", "D") == "finish it: D"
    assert with_hint("Mend it.", "D reads it again.") == "Mend it. D reads it again."
    assert with_hint("Mend it.", "") == "Mend it."
