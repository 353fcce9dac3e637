"""What a list of commands says of each is what the command says of itself, though none is loaded for it."""

from __future__ import annotations

import re
from pathlib import Path
from py_compile import compile as compile_file

import click
import pytest

from markterm.cli.first_words import first_words
from markterm.cli.group import COMMANDS, markterm


def test_the_list_says_of_every_command_what_its_own_help_begins_with() -> None:
    context = click.Context(markterm, info_name="markterm", terminal_width=1000)
    section = markterm.get_help(context).partition("Commands:\n")[2].partition("\n\n")[0]
    # A long name has its words in the line below it.
    listed = dict(zip(COMMANDS, re.findall(r"^  \S+\s+(.+)$", section, re.MULTILINE), strict=True))
    for name, words in listed.items():
        command = markterm.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(900) == words


def test_a_module_is_read_and_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "says_so.py").write_text('def told():\n    """Says it.\n\n    And more.\n    """\n\n1 / 0\n', "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert first_words("says_so", "told") == "Says it.\n\nAnd more."
    assert first_words("says_so", "nobody") == first_words("says_nothing", "told") == ""


def test_words_are_those_of_the_function_itself_in_source_and_where_there_is_only_what_was_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "two_of_them.py"
    first = 'def first(a: str = "x:"):\n    return a\n\n\n'
    second = '@print\ndef second(\n    b: int,\n) -> None:\n    """Says \\"it\\"."""\n'
    source.write_text(first + second, "utf-8")
    compile_file(str(source), cfile=str(tmp_path / "only_compiled.pyc"), doraise=True)
    monkeypatch.syspath_prepend(tmp_path)
    for module in ("two_of_them", "only_compiled"):
        assert first_words(module, "first") == ""
        assert first_words(module, "second") == 'Says "it".'
