"""How the command line words what a refusal or a finding points to."""

from __future__ import annotations

import re
from dataclasses import asdict

import click
import pytest

from markterm.cli.group import markterm
from markterm.cli.hints import WORDS, line_of, next_step_of
from markterm.domain.words.errors import Refused
from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.hint import Hint, Way

COMMAND = re.compile(r"\bmarkterm ([\w-]+)")
OPTION = re.compile(r"(?<![\w-])(--?[A-Za-z][\w-]*)")


def commands() -> dict[str, click.Command]:
    context = click.Context(markterm)
    found = {name: markterm.get_command(context, name) for name in markterm.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def options_of(*of: click.Command) -> set[str]:
    """The options of commands, and of those that stand below them."""
    own = {option for command in of for each in command.params for option in (*each.opts, *each.secondary_opts)}
    below = [
        each
        for command in of
        if isinstance(command, click.Group) and command is not markterm
        for name in command.list_commands(click.Context(command))
        if (each := command.get_command(click.Context(command), name)) is not None
    ]
    return own | options_of(*below) if below else own


def test_every_way_has_words_at_the_command_line() -> None:
    assert set(WORDS) == set(Way)


@pytest.mark.parametrize("way", Way)
def test_what_is_said_of_a_way_is_there_to_be_typed(way: Way) -> None:
    words, there = WORDS[way], commands()
    named = COMMAND.findall(words)
    assert set(named) <= set(there)
    of = [there[name] for name in named] or list(there.values())
    assert set(OPTION.findall(words)) <= options_of(markterm, *of)
    assert words.format(**asdict(Hint(way)))


def test_a_command_stands_behind_a_colon_and_a_sentence_by_itself() -> None:
    declare = Refused("a", "b", "Record it.", hint=Hint(Way.DECLARE, learner="AAA1", unit="U-101"))
    cite = Refused("a", "b", "Cite it first.", hint=Hint(Way.LIST_CITED))
    assert next_step_of(declare) == 'Record it: markterm declare AAA1 U-101 --form "signed sheet".'
    assert next_step_of(cite) == "Cite it first. markterm show lists what is cited."
    assert next_step_of(Refused("a", "b", "Do it.")) == "Do it."


def test_what_a_hint_does_not_know_is_left_out_of_its_command() -> None:
    assert (
        next_step_of(Refused("a", "b", "Give it a name.", hint=Hint(Way.RENAME))) == "Give it a name: markterm rename."
    )


def test_the_line_of_a_finding_ends_with_what_mends_it() -> None:
    finding = Finding("MS1", Severity.ERROR, "finish it", hint=Hint(Way.RENAME, learner="A1", to="B2"))
    assert line_of(finding) == "MS1 error finish it: markterm rename A1 B2"
