"""A note on one learner becomes a remark for any, and is the same note again for that learner."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.remarks.remark_places import Person, Pronouns, fill, has_pronouns, name_too, place, without_places
from markterm.domain.words.letters import plain
from tests.pace import grows_evenly

ROSALIND = Person("Rosalind Jones", "JON2041")
NNEKA = Person("Okafor, Nneka", "OKA1", Pronouns.SHE)
ZOE = Person("Zoé van der Berg", "BER7")


@pytest.mark.parametrize(
    ("note", "placed"),
    [
        ("You did well, Rosalind. The log is complete.", "You did well, {given}. The log is complete."),
        ("Rosalind Jones, JON2041: complete.", "{name}, {registration}: complete."),
        ("Ms Jones's log", "Ms {family}'s log"),
        ("Rosalind writes well; her log is hers.", "{given} writes well; {their} log is {theirs}."),
        ("Rosalind: I told her so, I asked her about it, and HER!", None),
        ("Rosalind, He saw himself in it. Give him time.", "{given}, {They} saw {themself} in it. Give {them} time."),
        ("ROSALIND JONES'S LOG, and rosalind's", "{NAME}'S LOG, and {given}'s"),
        ("Jones, Rosalind: R. Jones", "{family}, {given}: {name}"),
        ("Mr Jones, jon2041", "Mr {family}, {registration}"),
    ],
)
def test_names_and_pronouns_become_places(note: str, placed: str | None) -> None:
    wanted = placed or "{given}: I told {them} so, I asked {them} about it, and {THEM}!"
    assert place(note, ROSALIND).text == wanted


def test_her_is_a_person_or_something_of_hers() -> None:
    note = "Rosalind knows. Ask her. Ask her to add her plan."
    assert place(note, ROSALIND).text == "{given} knows. Ask {them}. Ask {them} to add {their} plan."


def test_his_alone_is_what_belongs_to_him() -> None:
    note = "Rosalind: The plan is his. His plan holds."
    assert place(note, ROSALIND).text == "{given}: The plan is {theirs}. {Their} plan holds."


@pytest.mark.parametrize(
    "note",
    [
        "You let her finish, and your client said she was heard.",
        "He asked, and she answered.",
        "The clients say that they were heard, and it shows in their goals.",
        "The theme, the shed, this and the other sheet.",
        "Each client (s/he, he/she, him-or-her) signs.",
        "Rosalinda and Jones-Smith and BJON2041 are others.",
        "As Rosalind Franklin did, and Indiana Jones, and Jones Ltd.",
        "He says that the plan holds.",
        "She writes well; her log is hers.",
        "Write to rosalind.jones@example.org.",
    ],
)
def test_what_speaks_of_somebody_else_stays(note: str) -> None:
    assert place(note, ROSALIND).text == note


@pytest.mark.parametrize(
    ("note", "placed"),
    [
        ("Will you say more? May be.", "Will you say more? May be."),
        ("Good work. Will, say more.", "Good work. Will, say more."),
        ("In May the Will was found; as Will says, WILL.", "In May the Will was found; as Will says, WILL."),
        ("As Will May did it, May Will's log, Mr May", "As {name} did it, {family} {given}'s log, Mr {family}"),
        ("WILL MAY", "{NAME}"),
    ],
)
def test_a_name_that_is_a_word_is_a_name_beside_its_other_part_alone(note: str, placed: str) -> None:
    assert place(note, Person("Will May", "W1")).text == placed


@pytest.mark.parametrize("note", ["Marks on the plan", "The Marks, MARKS and Hope", "he says so", "Hope so; he says"])
def test_words_that_only_look_like_a_name_are_no_places(note: str) -> None:
    placed = place(note, Person("Hope Marks", "H1"))
    assert (placed.text, placed.pronouns) == (note, None)


def test_what_may_be_a_name_becomes_a_place_when_a_person_said_so() -> None:
    hope = Person("Hope Marks", "H1")
    assert name_too("{given} and Marks on Hope's plan", hope) == "{given} and {family} on {given}'s plan"


@pytest.mark.parametrize(
    "note",
    [
        "Rosalind told her client that she was heard.",
        "Rosalind met Priya; she was glad.",
        "She is good, says Rosalind.",
        "Rosalind says he asked and she answered.",
        "Rosalind, you let her finish.",
    ],
)
def test_pronouns_stay_where_nobody_can_tell_whose_they_are(note: str) -> None:
    placed = place(note, ROSALIND)
    assert (placed.text, placed.pronouns) == (note.replace("Rosalind", "{given}"), None)


def test_a_surname_of_several_words_is_one_place_in_every_form() -> None:
    for written in ("van der Berg", "VAN DER BERG", "Vanderberg", "Van der Berg", "Berg"):
        assert place(f"so {written} did it", ZOE).text.lower() == "so {family} did it"
    oneill = Person("Pat O'Neill Smith", "P1")
    for written in ("O'Neill Smith", "O’Neill Smith", "ONEILL SMITH", "O'Neill", "Oneill"):
        assert place(f"so {written} did it", oneill).text.lower() == "so {family} did it"
    anne = Person("Anne-Marie Byrne", "A1")
    for written in ("Anne-Marie", "Annemarie", "ANNE MARIE", "Anne Marie"):
        assert place(f"so {written} did it", anne).text.lower() == "so {given} did it"


def test_the_learners_own_e_mail_address_is_a_place_and_no_other() -> None:
    rosalind = Person("Rosalind Jones", "JON2041", email="rosalind@example.org")
    text = place("Write to Rosalind@example.org or okafor@example.org.", rosalind).text
    assert text == "Write to {email} or okafor@example.org."
    assert fill("Write to {email}.", NNEKA) == "Write to her e-mail address."
    assert fill("Write to {email}.", rosalind) == "Write to rosalind@example.org."


def test_a_long_note_is_placed_with_no_more_work_for_each_word() -> None:
    note = "she said it again, says Jones. "
    assert grows_evenly(lambda times: place("Rosalind " + note * times, ROSALIND), 100)


def test_a_name_is_known_without_its_accents_and_with_either_apostrophe() -> None:
    assert place("Zoe did it, van der Berg said.", ZOE).text == "{given} did it, {family} said."
    assert place("O’Neil did it.", Person("Pat O'Neil", "P1")).text == "{family} did it."


def test_the_places_are_filled_for_another_learner() -> None:
    text = place("Rosalind Jones knows her limits. She’s fair, and I told her.", ROSALIND).text
    assert fill(text, NNEKA) == "Okafor, Nneka knows her limits. She’s fair, and I told her."
    assert fill(text, ZOE) == "Zoé van der Berg knows their limits. Zoé’s fair, and I told them."
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


@pytest.mark.parametrize(
    ("note", "placed"),
    [
        ("Rosalind, I enjoyed this.", "{given}, I enjoyed this."),
        ("I, Rosalind, did it.", "I, {given}, did it."),
        ("Rosalind A+ work", "{given} A+ work"),
        ("Rosalind B is another.", "{given} B is another."),
        ("Rosalind Jones B+ work", "{name} B+ work"),
        ("A.Rosalind; R. Jones B; Rosalind Jones K.", "A.{given}; {name} B; {name} K."),
        ("R. Jones; Rosalind J. and Rosalind K. Jones", "{name}; {name}. and {name}"),
    ],
)
def test_a_letter_that_is_no_initial_of_the_learner_stays_in_the_remark(note: str, placed: str) -> None:
    assert place(note, ROSALIND).text == placed


@given(st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=25), st.sampled_from(["", " "]))
def test_filled_for_the_same_learner_a_remark_is_the_note(pieces: list[str], between: str) -> None:
    note = between.join(pieces)
    placed = place(note, ROSALIND)
    filled = fill(placed.text, Person(ROSALIND.name, ROSALIND.registration, placed.pronouns))
    assert _but_for_names(filled) == _but_for_names(note)


def _but_for_names(text: str) -> str:
    """Each name as one sign, with its initials and what stands between; without what has no width behind a letter."""
    pairs = zip(" " + text, text, strict=False)
    return _WHOLE_NAME.sub("…", "".join(now for before, now in pairs if plain(now) or not before.isalnum()))


# However it is written, it is filled as the learner is called: RosalindJones, R. Jones and Rosalind-Jones as well.
_WHOLE_NAME = re.compile(r"(?:(?:Rosalind|Jones|(?<![^\W_])\w(?![^\W_]))[\W_]*)+")


@pytest.mark.parametrize("written", ["RosalindJones", "JonesRosalind", "Rosalind\nJones", "rosalind_jones"])
def test_a_whole_name_that_is_written_as_one_word_is_one_place(written: str) -> None:
    assert place(f"See {written}.docx", ROSALIND).text == "See {name}.docx"


@given(st.text(max_size=30), st.from_regex(r"[A-Z]{0,3}[0-9]{4}", fullmatch=True), st.text(max_size=60))
def test_any_name_and_any_note_come_back(name: str, registration: str, note: str) -> None:
    placed = place(f"{note} she is her own", Person("", registration))
    again = fill(placed.text, Person("", registration, placed.pronouns))
    assert again == f"{note} she is her own"
    assert isinstance(fill(place(note, Person(name, registration)).text, Person(name, registration)), str)
