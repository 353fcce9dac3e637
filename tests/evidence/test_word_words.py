"""The words of a Word paragraph as Markdown: every letter is read again as it was, whatever marks stand around it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from markterm.evidence.readers.raised import in_place
from markterm.evidence.readers.word.words import BREAK, PLAIN, Look, Piece, line, lines
from markterm.evidence.text import markdown

_BOLD, _ITALIC, _STRUCK = Look(is_bold=True), Look(is_italic=True), Look(is_struck=True)
_BOTH = Look(is_bold=True, is_italic=True)


def _link(address: str) -> Look:
    return PLAIN._replace(address=address)


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        ([Piece("a "), Piece("b ", _BOLD), Piece("c")], "a **b** c"),
        ([Piece("a ", _BOLD), Piece("b", _BOTH)], "**a *b***"),
        ([Piece("a"), Piece("(b)", _BOLD)], "a(b)"),
        ([Piece("a "), Piece("(b)", _BOLD)], "a **(b)**"),
        ([Piece("~", _STRUCK)], "~"),
        ([Piece("~"), Piece("1", _STRUCK)], "~1"),
        ([Piece("a\\ ", _BOLD)], "**a\\\\**"),
        ([Piece("c:\\ ", _link("http://a.b")), Piece("x")], "[c:\\\\](<http://a.b>) x"),
        ([Piece("a", _ITALIC), Piece(":", _BOTH), Piece("b")], "*a*:b"),
        ([Piece("a"), Piece(" ", _BOLD), Piece("b")], "a b"),
        ([Piece("Note:", _BOLD), Piece("now")], "Note:now"),
        ([Piece("Note:", _BOLD), Piece(" now")], "**Note:** now"),
        ([Piece("a", _BOLD), Piece(BREAK, _BOLD), Piece("1. b", _BOLD)], "**a**  \n**1\\. b**"),
        ([Piece("gone", _STRUCK), Piece("\u00a0", _BOLD), Piece("x\u00a0", _BOLD)], "~~gone~~\u00a0**x**\u00a0"),
        ([Piece("my work ", _link("http://a b/c>|")), Piece("x")], "[my work](<http://a b/c\\>\\|>) x"),
        ([Piece("http://a.b", _link("http://a.b"))], "http://a.b"),
        ([Piece("z@a.b", _link("mailto:z@a.b"))], "z@a.b"),
        ([Piece("", _link("http://a.b"))], "http://a.b"),
        ([Piece("- "), Piece("x", _BOLD)], "\\- **x**"),
    ],
)
def test_letters_keep_how_they_look_and_where_they_lead(pieces: list[Piece], shown: str) -> None:
    assert lines(pieces) == shown


def test_in_one_line_a_break_is_a_space_and_only_a_start_is_escaped() -> None:
    assert line([Piece(f"1. a{BREAK}- b")], starts=False) == "1. a - b"
    assert line([Piece(f" 1. a{BREAK}b ")]) == "1\\. a b"


@pytest.mark.parametrize(
    ("text", "place", "shown"),
    [
        ("3", "superscript", "³"),
        ("-12", "superscript", "⁻¹²"),
        ("2", "subscript", "₂"),
        ("st", "superscript", "st"),
        ("1,2", "superscript", "1,2"),
        ("3", "baseline", "3"),
        ("3", "", "3"),
    ],
)
def test_figures_above_and_below_the_line_are_told_from_those_in_it(text: str, place: str, shown: str) -> None:
    assert in_place(text, place) == shown


_TEXTS = st.text(st.sampled_from("ab1 .*_~`-#>|[](){}<&;!\\:\u00a0é\t"), max_size=6)
_LOOKS = st.builds(Look, st.just(""), st.booleans(), st.booleans(), st.booleans())


@given(pieces=st.lists(st.builds(Piece, _TEXTS, _LOOKS), max_size=5))
@example(pieces=[Piece("„", _BOLD), Piece("x", _BOTH), Piece(".“", _BOLD), Piece("y")])
def test_markdown_reads_the_letters_that_were_written(pieces: list[Piece]) -> None:
    written = "".join("".join(piece.text for piece in pieces).split())
    inline = (token for token in markdown.tokens(lines(pieces), {}) if token.type == "inline")
    read = "".join(child.content for token in inline for child in token.children or ())
    # A mark may stay one where three kinds of them meet within a word.
    marks = str.maketrans("", "", "*~")
    assert "".join(read.split()).translate(marks) == written.translate(marks)
