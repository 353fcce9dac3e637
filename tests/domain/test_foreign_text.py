"""Text of others is shown as it is: nothing in it is obeyed, hidden or dropped."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.words.foreign_text import beginning, clean, one_line, pasted, shortened

C0 = [chr(code) for code in range(0x20) if chr(code) not in "\t\n\r"]
C1 = [chr(code) for code in range(0x7F, 0xA0)]
BIDIRECTIONAL = list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
ZERO_WIDTH = list("\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u3164\uffa0\u115f\u1160")
LINES = list("\u2028\u2029\u0085\x0b\x0c")
TAGS = [chr(code) for code in range(0xE0000, 0xE0080)]
SURROGATES = [chr(code) for code in range(0xD800, 0xE000)]
UNSAFE = [*C0, *C1, *BIDIRECTIONAL, *ZERO_WIDTH, *LINES, *TAGS, *SURROGATES]

# Unsafe wherever it stands; the joiners are looked at by themselves.
NEVER = frozenset(UNSAFE) - {"\u200c", "\u200d"}


def test_every_unsafe_character_is_seen_and_counted() -> None:
    for character in UNSAFE:
        cleaned = clean(f"a{character}b")
        assert cleaned.replaced == 1, ascii(character)
        assert len(cleaned.text) == 3, ascii(character)
        assert cleaned.text[1] != character
        assert cleaned.text[1].isprintable()
        assert unicodedata.category(cleaned.text[1]).startswith("S"), ascii(character)


def test_every_character_that_unicode_calls_control_or_format_is_seen() -> None:
    """But for the signs that are written above or below Arabic, Syriac, Kaithi and Egyptian, which are seen."""
    seen = {0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD}
    seen |= set(range(0x13430, 0x13440)) | {0x09, 0x0A, 0x0D}
    for code in range(0x110000):
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp") and code not in seen:
            assert clean(f"a{chr(code)}b").replaced == 1, hex(code)


@pytest.mark.parametrize(
    "text",
    [
        "tab\tand\nline",
        "naïve — “quoted” 日本語 ελληνικά кириллица",
        "می‌خواهم",
        "क्‍ष",
        "👩‍👩‍👧‍👦",
        "👩🏽‍🏫 🏳️‍🌈 ❤️‍🔥 🧑‍⚕️",
        "e\u0301 combining",
        "",
    ],
    ids=ascii,
)
def test_honest_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == type(clean(""))(text, 0)


@pytest.mark.parametrize("text", ["pa\u200dss", "раss\u200cед", "а\u200dб", "👩\u200d a", "…\u200d…", "م\u200d\u200dم"])
def test_a_joiner_that_joins_nothing_is_a_disguise(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.replaced == sum(character in "\u200c\u200d" for character in text)
    assert not set("\u200c\u200d") & set(cleaned.text)


def test_line_ends_of_every_system_become_one_and_are_not_counted() -> None:
    assert clean("a\r\nb\rc\nd") == type(clean(""))("a\nb\nc\nd", 0)


def test_an_escape_code_is_shown_and_not_obeyed() -> None:
    assert clean("\x1b[2J\x1b]0;title\x07").text == "␛[2J␛]0;title␇"


def test_a_text_turned_round_shows_where() -> None:
    assert clean("pass\u202erefer").text == "pass⇄refer"


MIXED = st.text(st.one_of(st.sampled_from(UNSAFE), st.sampled_from("abم👩क\u094d\ufe0f\r\n\t "), st.characters()))


@given(MIXED)
def test_what_is_clean_holds_nothing_unsafe_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert not NEVER & set(cleaned.text)
    assert "\r" not in cleaned.text
    again = clean(cleaned.text)
    assert (again.text, again.replaced) == (cleaned.text, 0)


@given(MIXED)
def test_no_character_is_dropped_or_added(text: str) -> None:
    with_one_line_end = text.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = clean(text)
    assert len(cleaned.text) == len(with_one_line_end)
    changed = sum(before != after for before, after in zip(with_one_line_end, cleaned.text, strict=True))
    assert changed == cleaned.replaced


@given(MIXED)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    assert one_line(line) == line


def test_a_name_over_several_lines_becomes_one() -> None:
    assert one_line("  Jo\n\tMarsh \u202e ") == "Jo Marsh ⇄"


@pytest.mark.parametrize(
    ("most", "shown"),
    [(3, "a\u240b\u21c4"), (2, "a\u240b… and 1 characters more"), (0, "… and 3 characters more")],
)
def test_the_beginning_of_a_long_text_says_how_much_is_left(most: int, shown: str) -> None:
    assert beginning("a\x0b\u202e", most) == shown


def test_pasted_text_loses_the_signs_that_mean_nothing_in_it() -> None:
    assert pasted("confiden\u00adtial\u200bity \ufeffof\u2060 notes") == "confidentiality of notes"
    assert pasted("one\u2028two\u2029three\x0bfour\x85five\r\nsix") == "one\ntwo\nthree\nfour\nfive\nsix"
    assert pasted("a\u200db") == "ab"
    assert pasted("👩\u200d🏫 نمی\u200cخواهم") == "👩\u200d🏫 نمی\u200cخواهم"


def test_what_is_obeyed_or_turns_the_writing_round_is_still_seen_when_it_was_pasted() -> None:
    assert pasted("a\x1b[31m\u202eb") == "a␛[31m⇄b"


@given(st.text())
def test_pasted_text_holds_nothing_that_has_to_be_cleaned(text: str) -> None:
    assert clean(pasted(text)).replaced == 0


def test_a_text_is_cut_where_its_words_are_more_than_there_is_room_for() -> None:
    assert shortened("Sound \n work", 10) == "Sound work"
    assert shortened("Sound workmanship", 10) == "Sound wor…"
    assert shortened(f"Sound{' ' * 100}work", 10) == "Sound work"
    assert shortened(f"{' ' * 100}Sound workmanship", 10) == "Sound wor…"
