"""find: words in all of a learner's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask

pytestmark = pytest.mark.usefixtures("centre")
EVIDENCE = Path("learners", "AAA1", "evidence")


def test_each_place_is_printed_with_its_file_and_line_and_all_are_counted(ask: Ask) -> None:
    (EVIDENCE / "log.md").write_text("# Log\n\nMore tea,   and\ntea again.\n", "utf-8")
    answer = ask("find", "AAA1", "TEA")
    assert answer.out.splitlines() == [
        "diary.md:3: I made tea.",
        "log.md:3: More tea, and",
        "log.md:4: tea again.",
    ]
    assert answer.err.splitlines() == ["3 found in 2 files."]
    assert answer.code == 0


def test_each_place_in_json_says_how_many_its_file_has(ask: Ask) -> None:
    (EVIDENCE / "log.md").write_text("tea and tea\n", "utf-8")
    assert ask("find", "AAA1", "tea", "--json").json == [
        {"file": "diary.md", "count": 1, "line": 3, "place": "", "text": "I made tea."},
        *[{"file": "log.md", "count": 2, "line": 1, "place": "", "text": "tea and tea"}] * 2,
    ]


def test_the_lines_are_as_they_are_drawn(ask: Ask) -> None:
    (EVIDENCE / "log.md").write_text(
        "The client’s **own** [goal](http://x.uk).\n\n| Day | Tea |\n|---|---|\n| Mon | *client’s own* tea |\n", "utf-8"
    )
    answer = ask("find", "AAA1", "client's own")
    assert answer.out.splitlines() == [
        "log.md:1: The client’s own goal → http://x.uk.",
        "log.md:5: Mon | client’s own tea",
    ]
    assert [each["text"] for each in ask("find", "AAA1", "client's own", "--json").json] == [
        "The client’s own goal → http://x.uk.",
        "Mon | client’s own tea",
    ]


@pytest.mark.parametrize("words", ["", "  ", ".*", "absent"])
def test_nothing_found_is_an_empty_list_and_ends_with_1(ask: Ask, words: str) -> None:
    answer = ask("find", "AAA1", words, "--json")
    assert (answer.json, answer.err.splitlines(), answer.code) == ([], ["0 found."], 1)


def test_files_that_cannot_be_read_are_named_and_the_others_are_looked_through(ask: Ask) -> None:
    (EVIDENCE / "broken.txt").write_bytes(b"\x00\x01\x02")
    (EVIDENCE / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    answer = ask("find", "AAA1", "tea")
    assert answer.out.splitlines() == ["diary.md:3: I made tea."]
    assert answer.err.splitlines() == [
        "1 found in 1 file.",
        "Not read: broken.txt: Not a text",
        "Not read: old.doc: Not read by MarkTerm",
    ]


def test_every_place_is_printed_however_many_there_are(ask: Ask) -> None:
    (EVIDENCE / "long.txt").write_text("kettle\n" * 1_000, "utf-8")
    assert len(ask("find", "AAA1", "kettle").out.splitlines()) == 1_000
