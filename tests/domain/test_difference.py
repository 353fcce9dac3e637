"""Differences of two texts: every word is accounted for, and what changed can be read."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.texts.difference import BEFORE, Difference, Fate, Paragraph, Unchanged, difference, folded

# Few words, so that they meet; and all that begins a paragraph.
PIECES = ("tea", "pot", "the", "warm", "Zoë", "[-x-]", "\n", "\n\n", "\n- ", "\n# ", "\n| ", "\n1. ", "\t")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)


def told(found: Difference, *, whole: bool = True) -> list[str]:
    """The paragraphs in the notation of the command line."""
    marks = {Fate.SAME: "{}", Fate.REMOVED: "[-{}-]", Fate.ADDED: "{{+{}+}}"}
    lines = []
    paragraphs: Iterable[Paragraph | Unchanged] = found.paragraphs if whole else folded(found.paragraphs)
    for each in paragraphs:
        if isinstance(each, Unchanged):
            lines.append(f"… {each}")
        elif each.fate in (Fate.MOVED_AWAY, Fate.MOVED_HERE):
            lines.append(f"{each.fate}: {each}")
        else:
            lines.append(" ".join(marks[run.fate].format(run) for run in each.runs))
    return lines


def words(found: Difference, *fates: Fate) -> list[str]:
    return [word for each in found.paragraphs for run in each.runs if run.fate in fates for word in run.words]


@given(TEXTS, TEXTS)
def test_every_word_of_both_texts_is_told_once_and_the_counts_are_right(old: str, new: str) -> None:
    found = difference(old, new)
    assert words(found, Fate.SAME, Fate.ADDED) == new.split()
    # Paragraphs that were removed stand between those of the new text, in their own order.
    assert words(found, Fate.SAME, Fate.REMOVED) == old.split()
    assert found.removed + found.moved == len(words(found, Fate.REMOVED))
    assert found.added + found.moved == len(words(found, Fate.ADDED))
    assert found or old.split() == new.split()


@given(TEXTS)
def test_a_text_is_the_same_as_itself_however_it_is_spaced(text: str) -> None:
    found = difference(text, text.replace(" ", "  "))
    assert not found
    assert str(found) == "no word changed"
    assert all(each.fate is Fate.SAME for each in found.paragraphs)


@given(TEXTS, TEXTS)
def test_a_paragraph_knows_its_line(old: str, new: str) -> None:
    for each in difference(old, new).paragraphs:
        text = old if each.fate in BEFORE else new
        first = next(run for run in each.runs if each.fate in BEFORE or run.fate is not Fate.REMOVED)
        assert first.words[0] in text.split("\n")[each.line].split()


def test_changed_words_are_told_where_they_stand() -> None:
    found = difference("I warmed the pot and poured.", "I warmed the big pot and drank.")
    assert told(found) == ["I warmed the {+big+} pot and [-poured.-] {+drank.+}"]
    assert (found.added, found.removed, found.moved) == (2, 1, 0)
    assert str(found) == "2 words added, 1 word removed"


def test_a_word_that_is_the_same_by_chance_does_not_break_up_what_changed() -> None:
    found = difference(
        "I would say that we went to the shop on the corner and bought what there was to be had",
        "I would say that he ran to a shop near the river and bought what there was to be had",
    )
    assert told(found) == [
        "I would say that [-we went to the shop on the corner-] {+he ran to a shop near the river+} "
        "and bought what there was to be had"
    ]


def test_a_paragraph_that_was_written_anew_is_told_as_a_whole() -> None:
    old = "# Plan\n\nThe client and I agreed on three goals in the first session."
    new = "# Plan\n\nHere is the log that you asked for, with the dates and the signature."
    assert told(difference(old, new)) == [
        "# Plan",
        "[-The client and I agreed on three goals in the first session.-]",
        "{+Here is the log that you asked for, with the dates and the signature.+}",
    ]


def test_a_paragraph_that_moved_is_no_change_of_words() -> None:
    one, two, three = "The first of three paragraphs.", "Another one, the second.", "And this one is last."
    found = difference(f"{one}\n\n{two}\n\n{three}", f"{three}\n\n{one}\n\n{two}")
    assert (found.added, found.removed, found.moved) == (0, 0, 5)
    assert told(found) == [f"moved here: {three}", one, two, f"moved away: {three}"]


def test_paragraphs_that_were_parted_or_joined_are_the_same_words() -> None:
    one, two = "I met Sam in the canteen.", "We spoke for an hour about the rota."
    assert not difference(f"{one} {two}", f"{one}\n\n{two}")
    assert not difference(f"{one}\n\n{two}", f"{one} {two}")


def test_joining_two_paragraphs_over_one_that_moved_tells_it_apart() -> None:
    one, two = "I met Sam in the canteen at ten", "and we spoke for an hour about the rota."
    moved, rest = "A paragraph that stood between them.", "It went well for all.\n\nWe met again in May."
    found = difference(f"{one}\n\n{moved}\n\n{two}\n\n{rest}", f"{one} {two}\n\n{rest}\n\n{moved}")
    assert (found.added, found.removed, found.moved) == (0, 0, 6)
    assert told(found)[:2] == [f"moved away: {moved}", f"{one} {two}"]
    assert told(found)[-1] == f"moved here: {moved}"


def test_rows_items_and_headings_are_paragraphs_and_wrapped_lines_are_not() -> None:
    old = "# Log\n| a | b |\n|---|---|\n| 1 March | 2 hours |\n- plan\n- do\n1. one\nA line that\nis wrapped."
    new = "# Log\n| a | b |\n|---|---|\n| 1 March | 3 hours |\n- plan\n- do\n1. one\nA line\nthat is wrapped."
    found = difference(old, new)
    assert [each.line for each in found.paragraphs] == [0, 1, 2, 3, 4, 5, 6]
    assert told(found, whole=False) == [
        "… 3 paragraphs unchanged, 8 words",
        "| 1 March | [-2-] {+3+} hours |",
        "… 3 paragraphs unchanged, 11 words",
    ]


def test_a_heading_stays_above_what_changed_below_it() -> None:
    found = difference("# One\n\nThe same.\n\n# Two\n\nIt was cold.", "# One\n\nThe same.\n\n# Two\n\nIt was hot.")
    assert told(found, whole=False) == ["… 2 paragraphs unchanged, 4 words", "# Two", "It was [-cold.-] {+hot.+}"]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [("", "", []), ("", "tea", ["{+tea+}"]), ("tea", " \n", ["[-tea-]"]), ("\n\ntea", "tea\n", ["tea"])],
)
def test_an_empty_text_is_a_text_too(old: str, new: str, shown: list[str]) -> None:
    assert told(difference(old, new)) == shown


def test_a_paragraph_that_stands_a_thousand_times_is_compared_with_its_likes() -> None:
    line = "I poured the tea and it was good and hot."
    old = "\n\n".join([line] * 1_000)
    found = difference(old, old.replace("hot", "warm", 500))
    assert (found.added, found.removed, found.moved) == (500, 500, 0)
    assert told(found).count("I poured the tea and it was good and [-hot.-] {+warm.+}") == 500


def test_a_long_text_is_compared_word_by_word() -> None:
    old = [f"word{number % 997}" for number in range(6_000)]
    new = [*old[:100], "one", *old[100:3_000], *old[3_001:], "two"]
    found = difference(" ".join(old), " ".join(new))
    assert (found.added, found.removed) == (2, 1)
