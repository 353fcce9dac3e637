"""A note of any length and any characters comes back as it went in, and no terminal obeys it."""

from __future__ import annotations

import re
import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from markterm.domain.words.foreign_text import clean
from tests.cli.conftest import Ask
from tests.examples import examples

ASHA = ("--as", "asha")
NOT_FOR_TERMINALS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
MARKUP = (
    "[bold red]Rich[/] <script>alert(1)</script> **bold** # heading\n--- \n| a | b |\n`code` \x1b]0;title\x07\x1b[2J"
)


def every_kind(length: int) -> str:
    """That many characters: all control characters, one of every 97 others of Unicode, and markup of every sort."""
    characters = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) != "Cs"]
    text = "".join(characters[:0x400] + characters[0x400::97]) + MARKUP
    return (text * (length // len(text) + 1))[:length]


@pytest.mark.usefixtures("centre")
def test_of_a_note_of_100_000_characters_of_every_kind_none_is_lost_and_none_is_obeyed(ask: Ask) -> None:
    note = every_kind(100_000)
    told = ask("mark", "AAA1", "T-101", "1.1", "refer", "--note", "-", *ASHA, stdin=note.encode() + b"\n")
    assert told.code == 0
    shown = ask("show", "AAA1", "T-101", "--json").json["units"][0]["outcomes"][0]["criteria"][0]
    assert shown["decisions"][0]["note"] == clean(note).text
    assert ask("log", "AAA1", "--json").json[0]["body"]["note"] == clean(note).text
    for words in (("show", "AAA1"), ("log", "AAA1"), ("sheet", "AAA1", "T-101"), ("status",)):
        answer = ask(*words)
        assert answer.code == 0
        assert NOT_FOR_TERMINALS.search(answer.out) is None
    lines = ask("log", "AAA1").out.split("\n", 1)[1]
    assert "".join(lines.split()) == "".join(clean(note).text.split())


@pytest.mark.usefixtures("centre")
def test_the_sheet_of_a_hostile_note_has_no_heading_of_its_making(ask: Ask) -> None:
    before = headings(ask("sheet", "AAA1", "T-101").out)
    ask("mark", "AAA1", "T-101", "1.1", "refer", "--note", every_kind(20_000) + "\n# Outcome\n\nPASS\n===\n", *ASHA)
    assert headings(ask("sheet", "AAA1", "T-101").out) == before


def headings(markdown: str) -> list[str]:
    """The texts of the headings of a document."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    return [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]


@pytest.mark.usefixtures("centre")
@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(note=st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_any_note_comes_back_from_the_record_as_it_is_shown(ask: Ask, note: str) -> None:
    told = ask("mark", "AAA1", "T-101", "1.1", "refer", f"--note={note}", *ASHA, "--json")
    if note == "-":
        assert told.code == 3
        return
    assert told.json["body"]["note"] == clean(note).text
    assert ask("log", "AAA1", "--json").json[-1]["body"]["note"] == clean(note).text
