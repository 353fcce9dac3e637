"""A note on one learner becomes a remark for any, and is the same note again for that learner."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.remark_places import Person, Pronouns, fill, has_pronouns, place, without_places

ROSALIND = Person("Rosalind Jones", "JON2041")
NNEKA = Person("Okafor, Nneka", "OKA1", Pronouns.SHE)
ZOE = Person("Zoé van der Berg", "BER7")


@pytest.mark.parametrize(
    ("note", "placed"),
    [
        ("You did well, Rosalind. The log is complete.", "You did well, {given}. The log is complete."),
        ("Rosalind Jones, JON2041: complete.", "{name}, {registration}: complete."),
        ("Ms Jones's log", "Ms {family}'s log"),
        ("She writes well; her log is hers.", "{They} writes well; {their} log is {theirs}."),
        ("I told her so. I asked her about it, and HER!", "I told {them} so. I asked {them} about it, and {THEM}!"),
        ("He saw himself in it. Give him time.", "{They} saw {themself} in it. Give {them} time."),
    ],
)
def test_names_and_pronouns_become_places(note: str, placed: str) -> None:
    assert place(note, ROSALIND).text == placed


def test_her_is_a_person_or_something_of_hers() -> None:
    assert place("Ask her. Ask her to add her plan.", ROSALIND).text == "Ask {them}. Ask {them} to add {their} plan."


def test_his_alone_is_what_belongs_to_him() -> None:
    assert place("The plan is his. His plan holds.", ROSALIND).text == "The plan is {theirs}. {Their} plan holds."


@pytest.mark.parametrize(
    "note",
    [
        "You let her finish, and your client said she was heard.",
        "He asked, and she answered.",
        "The clients say that they were heard, and it shows in their goals.",
        "The theme, the shed, this and the other sheet.",
        "Each client (s/he, he/she, him-or-her) signs.",
        "Rosalinda and Jones-Smith and BJON2041 are others.",
    ],
)
def test_what_speaks_of_somebody_else_stays(note: str) -> None:
    assert place(note, ROSALIND).text == note


@pytest.mark.parametrize(
    ("note", "placed"),
    [
        ("Will you say more? May be.", "Will you say more? May be."),
        ("Good work. Will, say more.", "Good work. {given}, say more."),
        ("Young Will's log", "Young {given}'s log"),
        ("As Will says, Will May did it.", "As {given} says, {name} did it."),
    ],
)
def test_a_name_that_is_a_word_is_no_name_where_it_begins_a_sentence(note: str, placed: str) -> None:
    assert place(note, Person("Will May", "W1")).text == placed


def test_a_name_is_known_without_its_accents_and_with_either_apostrophe() -> None:
    assert place("Zoe did it, van der Berg said.", ZOE).text == "{given} did it, {family} said."
    assert place("O’Neil did it.", Person("Pat O'Neil", "P1")).text == "{family} did it."


def test_the_places_are_filled_for_another_learner() -> None:
    text = place("Rosalind Jones knows her limits. She’s fair, and I told her.", ROSALIND).text
    assert fill(text, NNEKA) == "Okafor, Nneka knows her limits. She’s fair, and I told her."
    assert fill(text, ZOE) == "Zoé van der Berg knows their limits. They’re fair, and I told them."
    him = Person("Sam", "S", Pronouns.HE)
    assert fill("{given} {family} {theirs} {THEM} {Themself}", him) == "Sam Sam his HIM Himself"


def test_a_learner_who_has_no_name_yet_takes_nothing_away() -> None:
    assert place("Complete, AAA1.", Person("", "AAA1")).text == "Complete, {registration}."
    assert place("Complete.", Person("", "")).text == "Complete."


def test_what_looks_like_a_place_stays_what_it_was() -> None:
    placed = place("Write {name} and {Rosalind}.", ROSALIND).text
    assert placed == "Write {{name}} and {{{given}}}."
    assert fill(placed, NNEKA) == "Write {name} and {Nneka}."


def test_places_are_no_words_to_look_for() -> None:
    assert without_places("{given}, complete").split() == [",", "complete"]
    assert has_pronouns("{Their} log")
    assert not has_pronouns("{given} {{their}}")


WORDS = st.sampled_from(
    [
        *("Rosalind", "Jones", "Rosalind Jones", "JON2041", "she", "She", "her", "HER", "hers", "herself", "he", "his"),
        *("him", "you", "{name}", "{", "}", "{{they}}", "they", "'s", "’s", "/", "-", "(", ")", ".", "\n", " ", "  "),
        *("Will", "log", "it's", "{their}", "éa", "\u202e", "\ud800", "them"),
    ]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=25), st.sampled_from(["", " "]))
def test_filled_for_the_same_learner_a_remark_is_the_note(pieces: list[str], between: str) -> None:
    note = between.join(pieces)
    placed = place(note, ROSALIND)
    assert fill(placed.text, Person(ROSALIND.name, ROSALIND.registration, placed.pronouns)) == note


@given(st.text(max_size=30), st.text(max_size=10), st.text(max_size=60))
def test_any_name_and_any_note_come_back(name: str, registration: str, note: str) -> None:
    placed = place(f"{note} she is her own", Person("", registration))
    again = fill(placed.text, Person("", registration, placed.pronouns))
    assert again == f"{note} she is her own"
    assert isinstance(fill(place(note, Person(name, registration)).text, Person(name, registration)), str)
