"""What commands print for people is text: the terminal obeys nothing in it."""

from __future__ import annotations

import pytest

from markterm.cli.output import as_json_text, columns, say, say_each, say_json, say_json_list

# Beside what click takes out by itself where nobody looks: colours, when the output is no terminal.
COMMANDING = {
    "a colour": "\x1b[31mred\x1b[0m",
    "a title": "\x1b]0;owned\x07",
    "the clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "an older command": "\x9b31mred",
    "a bell": "ding\x07",
    "back over what was written": "pass\b\b\b\bfail",
    "back to the line's beginning": "refer\rpass ",
    "text turned round": "\u202essap\u202c",
    "text that cannot be seen": "pa\u200bss",
}


@pytest.mark.parametrize("text", COMMANDING.values(), ids=COMMANDING.keys())
def test_say_prints_nothing_that_a_terminal_obeys(capsys: pytest.CaptureFixture[str], text: str) -> None:
    say(f"before\n{text}\nafter")
    said = capsys.readouterr().out
    lines = said.removesuffix("\n").split("\n")
    assert (lines[0], lines[-1]) == ("before", "after")
    # A sign that is no text is replaced by one that can be seen, so nothing goes in silence either.
    assert all(line.isprintable() for line in lines), lines
    assert "".join(lines[1:-1]) != ""
    assert not any(sign in said for sign in "\x1b\x9b\x07\b\r\u202e\u200b")


def test_say_keeps_every_word_of_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    say("Zoë Núñez: 1.1 ✓ pass\n\tand a tab")
    assert capsys.readouterr().out == "Zoë Núñez: 1.1 ✓ pass\n\tand a tab\n"


def test_one_name_that_is_far_longer_than_the_others_moves_nobody_elses_row() -> None:
    rows = [("AAA1", "Rosalind Jones", "open"), ("BBB2", "X" * 300, "open"), ("CCC3", "李文", "open")]
    assert columns(rows) == [
        "AAA1  Rosalind Jones  open",
        f"BBB2  {'X' * 300}  open",
        "CCC3  李文            open",
    ]
    long = [("A", "x" * 70, "open"), ("B", "x" * 90, "open")]
    assert [line.index("open") for line in columns(long)] == [95, 95]


def test_many_texts_are_said_as_each_would_be(capsys: pytest.CaptureFixture[str]) -> None:
    texts = [f"{number} \x1b[31mred\r" for number in range(600)]
    for text in texts:
        say(text)
    by_one = capsys.readouterr().out
    say_each(texts)
    assert capsys.readouterr().out == by_one


@pytest.mark.parametrize("count", [0, 1, 251])
def test_a_list_of_json_texts_is_printed_as_the_list_would_be(capsys: pytest.CaptureFixture[str], count: int) -> None:
    values = [{"note": "two\nlines", "of": [number]} for number in range(count)]
    say_json(values)
    whole = capsys.readouterr().out
    say_json_list(map(as_json_text, values))
    assert capsys.readouterr().out == whole
