"""Wordings compared: typography is folded, what a criterion asks is not."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from markterm.domain.assessed.unit import Criterion, Descriptor, Standing
from markterm.domain.assessed.wording import descriptors_digest, fits, folded, is_same_wording

WORDS = st.text(st.sampled_from("abcXYZ0129éüßłя中"), min_size=1, max_size=6).map(
    lambda word: unicodedata.normalize("NFC", word)
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=8)
TYPOGRAPHY = st.lists(
    st.sampled_from(
        [",", ";", ".", "…", "“", "”", "’", " – ", "—", "(", ")", "\u00a0", "\u2009", "\u00ad", "\ufeff", "*"]
    ),
    max_size=3,
).map("".join)


@given(SENTENCES, st.data())
def test_white_space_and_typographic_signs_between_words_are_folded(words: list[str], data: st.DataObject) -> None:
    between = ["  ".join(("", data.draw(TYPOGRAPHY), "")) for _ in words]
    dressed = "".join(sign + word for sign, word in zip(between, words, strict=True))
    assume(not re.search(r"\d[^\w]*[–—][^\w]*\d", dressed))  # From one number to another a dash belongs to them.
    assert folded(dressed) == " ".join(words)
    assert is_same_wording(dressed, " ".join(words))


@given(SENTENCES, SENTENCES)
def test_other_words_are_another_wording(one: list[str], other: list[str]) -> None:
    assert is_same_wording(" ".join(one), " ".join(other)) is (one == other)


@given(SENTENCES, st.integers(0, 7), st.sampled_from(["not", "no", "never", "3"]))
def test_a_word_more_is_another_wording(words: list[str], place: int, word: str) -> None:
    assert not is_same_wording(" ".join(words), " ".join([*words[:place], word, *words[place:]]))


@given(st.text(max_size=60))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=60))
def test_a_wording_is_the_same_as_itself_however_it_is_composed(text: str) -> None:
    assert is_same_wording(text, text)
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Define “coaching”, and compare", 'Define "coaching" and compare'),
        ("Explain the organisation’s aims…", "Explain the organisation's aims..."),
        ("Plan a 3–6 week programme", "Plan a 3-6 week programme"),
        ("Define the \ufb01nal e\ufb00ect", "Define the final effect"),
        ("Evalu\u00adate it", "Evaluate it"),
        ("Describe\u00a0two models.", "Describe two models"),
        ("Zoe\u0301's log", "Zoé’s log"),
        ("Use *one* `model`", "Use one model"),
        ("Plan it {15/7.5}", "Plan it"),
        ("Plan it {10}.", "Plan it"),
        ("Plan it {20:10}", "Plan it"),
        ("Plan it {20 marks}", "Plan it"),
        ("Plan it [20/10]", "Plan it"),
        ("Plan it (20 marks).", "Plan it"),
        ("the learner's plan", "the learner\u00b4s plan"),
        ("the learner's plan", "the learner\u02bcs plan"),
        ("Plan it", "Plan\u200e it\ufe0f"),
        ("Health & safety", "Health \\& safety"),
        ("Health & safety", "Health &amp; safety"),
        ("Use C# (or another)", "Use C\\# \\(or another\\)"),
        ("Explain how\\", "Explain how"),
        ("Explain\\ how", "Explain&nbsp;how"),
        ("Explain <u>how</u><br>it works", "Explain how it works"),
        ("Policies and/or plans", "Policies and / or plans"),
        ("At least 50% of them", "At least 50 % of them"),
        ("Plan 10-12 sessions", "Plan 10 – 12 sessions"),
    ],
)
def test_the_same_words_in_other_typography_are_the_same_wording(one: str, other: str) -> None:
    assert is_same_wording(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Explain why it is fair", "Explain why it is not fair"),
        ("Explain what it can do", "Explain what it can't do"),
        ("Give 1.5 litres", "Give 15 litres"),
        ("Give 1.5 litres", "Give 1 5 litres"),
        ("Keep it at -5 degrees", "Keep it at 5 degrees"),
        ("Keep it cold (−5 degrees)", "Keep it cold (5 degrees)"),
        ("Add .5 litres", "Add 5 litres"),
        ("Mix it 1:2", "Mix it 1 2"),
        ("Plan 10 - 12 sessions", "Plan 10 12 sessions"),
        ("Explain <del>why</del> it works", "Explain why it works"),
        ("10<sup>2</sup> cups", "102 cups"),
        ("Use C# here", "Use C here"),
        ("Use 3 models", "Use 2 models"),
        ("Explain IT", "Explain it"),
        ("A profit of 5%", "A profit of 5"),
        ("x² is the area", "x2 is the area"),
        ("more than > 5", "less than < 5"),
        ("…", "?"),
        ("learners", "learner's"),
        ("Use {two} models", "Use models"),
        ("Plan {10} weeks", "Plan weeks"),
        ("Use the standard (2015)", "Use the standard"),
    ],
)
def test_what_a_criterion_asks_is_not_folded(one: str, other: str) -> None:
    assert not is_same_wording(one, other)


def test_what_was_recorded_without_its_wording_fits_by_its_number() -> None:
    assert fits("", Criterion("1.1", "Define coaching"))
    assert not fits("", None)
    assert not fits("Define coaching", None)


def test_descriptors_that_say_something_else_are_told_apart() -> None:
    own = (Descriptor(Standing.PASS, "both defined"), Descriptor(Standing.REFER, "one defined"))
    other = (Descriptor(Standing.PASS, "all defined"), own[1])
    assert descriptors_digest(own) == descriptors_digest((Descriptor(Standing.PASS, "both defined."), own[1]))
    assert descriptors_digest(own) != descriptors_digest(other)
    assert descriptors_digest(()) == ""
