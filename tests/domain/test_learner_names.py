"""Who is named in a text, and who is not."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.remarks.remark_search import words_of
from markterm.domain.words.learner_names import How, LearnerNames, Mention
from markterm.domain.words.ordinary_words import is_ordinary
from tests.pace import steps

PEOPLE = {
    "AAA1": "Rosalind Jones",
    "BBB2": "May Hope",
    "BER3": "Zoé van der Berg",
    "ENR/12": "Pat O'Neill Smith",
    "DDD4": "Byrne, Anne-Marie",
    "EEE5": "Will Marks",
    "FFF6": "李 小龙",
    "LIW5": "李文 (Li Wen)",
    "GGG7": "Sam",
    "HHH8": "Tom Jones",
}
NAMES = LearnerNames(PEOPLE.items(), ["Asha Patel"])


def found(text: str) -> list[tuple[str, str, str]]:
    """What is found: the words, how, and whom they name."""
    return [(text[m.start : m.end], m.how.value, " ".join(m.learners)) for m in NAMES.mentions(text)]


@pytest.mark.parametrize(
    "text",
    [
        *("Rosalind Jones", "ROSALIND JONES", "jones, rosalind", "Rosalind-Jones", "rosalind_jones", "RosalindJones"),
        *("AAA1", "aaa1"),
    ],
)
def test_a_name_is_known_however_it_is_written(text: str) -> None:
    ((words, how, whose),) = found(f"with {text}'s plan")
    assert (words, whose) == (text, "AAA1")
    assert how in (How.NAME, How.REGISTRATION)


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        *(
            (text, "BER3")
            for text in ("Zoe van der Berg", "VAN DER BERG", "Vanderberg", "Berg", "berg", "Zoé", "zoe berg")
        ),
        *((text, "ENR/12") for text in ("O'Neill", "O’Neill Smith", "ONEILL", "Oneill Smith", "ENR-12", "enr12")),
        *((text, "DDD4") for text in ("Anne Marie", "Annemarie", "ANNE-MARIE BYRNE", "A. Byrne", "Byrne")),
        *((text, "FFF6") for text in ("李小龙", "李 小龙")),
        ("Sam", "GGG7"),
        ("Mr Marks", "EEE5"),
    ],
)
def test_surnames_of_several_words_hyphens_and_accents_are_known_in_every_form(text: str, whose: str) -> None:
    ((words, how, learners),) = found(f"so said {text}.")
    assert (words.removeprefix("Mr "), learners) == (text.removeprefix("Mr "), whose)
    assert how != How.WORD
    decomposed = unicodedata.normalize("NFD", text)
    assert [whose] == [each for _, _, each in found(decomposed)]


@pytest.mark.parametrize("text", ["Marks on the plan", "In May", "WILL", "Hope", "said Hope. May we"])
def test_an_ordinary_word_alone_names_nobody_for_certain(text: str) -> None:
    assert {how for _, how, _ in found(text)} == {How.WORD}
    assert NAMES.named(text) == ()


@pytest.mark.parametrize("text", ["it may be", "he will", "two marks", "May hope", "AAA12", "XAAA1"])
def test_what_is_not_written_as_a_name_is_none(text: str) -> None:
    assert NAMES.named(text) == ()


def test_an_ordinary_word_beside_the_other_part_of_the_name_is_the_name() -> None:
    assert found("as May Hope said, and Marks, Will") == [
        ("May Hope", "name", "BBB2"),
        ("Marks, Will", "name", "EEE5"),
    ]


def test_a_part_that_several_have_names_all_of_them_and_nobody_is_taken_for_a_member() -> None:
    assert found("Jones wrote to Asha Patel") == [("Jones", "part", "AAA1 HHH8")]


def test_namesakes_of_the_learner_are_not_told_from_them() -> None:
    assert NAMES.named("Jones and Tom Jones and Rosalind", but="AAA1") == NAMES.named("Jones and Tom Jones")[1:]


def test_names_stand_in_running_text_of_a_script_without_spaces() -> None:
    assert found("我和李小龙说，李文 也说") == [("李小龙", "name", "FFF6"), ("李文", "part", "LIW5")]


def test_the_words_of_the_issue_are_ordinary() -> None:
    assert all(map(is_ordinary, ["May", "Will", "Hope", "Grace", "Mark", "Marks", "Rose", "April", "young", "HOPE"]))
    assert not any(map(is_ordinary, ["Rosalind", "Jones", "Smith", "Okafor", "Thomas", "David", "Parker"]))


_PIECES = st.sampled_from(
    [*PEOPLE, *PEOPLE.values(), "May", "van", "der", "R.", "'s", ", ", ". ", " ", "-", "é", "小", "s"]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=4)), max_size=20))
def test_what_is_found_is_in_order_and_apart_in_any_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    ends = [place for each in NAMES.mentions(text) for place in (each.start, each.end)]
    assert ends == sorted(ends)
    assert all(each.start < each.end <= len(text) and each.learners for each in NAMES.mentions(text))


@given(st.sampled_from(sorted(PEOPLE)), st.text(max_size=20), st.text(max_size=20))
def test_a_name_and_a_registration_that_stand_alone_are_always_found(who: str, before: str, after: str) -> None:
    for written in (who, PEOPLE[who]):
        everybody = {each for mention in NAMES.mentions(f"{before} ; {written} ; {after}") for each in mention.learners}
        assert who in everybody


@given(st.lists(st.tuples(st.text(max_size=6), st.text(max_size=10)), max_size=5), st.text(max_size=40))
def test_any_names_make_an_index(people: list[tuple[str, str]], text: str) -> None:
    assert isinstance(LearnerNames(people, [text]).mentions(text), list)


def many_learners(count: int) -> tuple[LearnerNames, list[str], tuple[str, str]]:
    """So many learners, a screen of words, and one of the learners who is named in its last line."""
    rolled = random.Random(7)
    syllables = ["ka", "lo", "mi", "ren", "tas", "vo", "dri", "el", "an", "ob", "sha", "nu", "ki", "pro"]
    given_names = ["Oliver", "Amelia", "Isla", "Ava", "Noah", "Grace", "May", "Will", "Hope", "Mark", "Rose", "Zoé"]
    people = [
        (f"REG{number:05}", f"{rolled.choice(given_names)} {''.join(rolled.choices(syllables, k=3)).capitalize()}")
        for number in range(count)
    ]
    names = LearnerNames(people)
    words = [
        "the",
        "learner",
        "May",
        "said",
        "that",
        "plan",
        "goals",
        "Oliver",
        "Smith",
        "and",
        "é",
        "evidence",
        "of",
        "│",
    ]
    lines = [" ".join(rolled.choices(words, k=30))[:160] for _ in range(44)] + [f"with {people[77][1]}"]
    return names, lines, people[77]


def test_a_screen_is_looked_through_with_no_more_steps_for_more_learners() -> None:
    def look(count: int) -> int:
        names, lines, named = many_learners(count)
        found = [mention for line in lines for mention in names.mentions(line)]
        assert any(named[0] in mention.learners for mention in found)
        return steps(lambda: [names.mentions(line) for line in lines])

    assert look(10_000) <= 1.5 * look(100)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=4)), max_size=12))
def test_the_quick_look_overlooks_nobody(pieces: list[str]) -> None:
    text = "".join(pieces)
    if NAMES.named(text):
        assert NAMES.may_name(set(words_of(text)))


def test_a_registration_that_was_corrected_since_is_still_the_learners() -> None:
    names = LearnerNames({"JON2041": "Rosalind Jones", "OKA1": "Nneka Okafor"}.items(), (), [("JON2041", "JNO2041")])
    assert [mention.learners for mention in names.mentions("R-JNO2041-501(1).docx, OKA1")] == [("JON2041",), ("OKA1",)]


@pytest.mark.parametrize("written", ["BRA 0952", "bra-0952", "BRA\u00a00952", "Bra/0952", "BRA\u20110952"])
def test_a_registration_whose_letters_and_figures_stand_apart_names_its_learner(written: str) -> None:
    names = LearnerNames([("BRA0952", "Aoife Brannigan"), ("BRA0953", "Bo Li")])
    assert [(text_of(f"see {written}.", each), each.learners) for each in names.named(f"see {written}.")] == [
        (written, ("BRA0952",))
    ]
    assert names.may_name({"see", "bra", "0952"})
    assert names.named("A bra, 0952 of them; BRA 0954") == ()


@pytest.mark.parametrize("written", ["Bran\u00adnigan", "Bran\u200bnigan", "BRA\u00ad0952"])
def test_signs_without_width_in_a_name_hide_nobody(written: str) -> None:
    names = LearnerNames([("BRA0952", "Aoife Brannigan")])
    assert [text_of(f"see {written}.", each) for each in names.named(f"see {written}.")] == [written]
    assert names.may_name(set(words_of(f"see {written}.")))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ahmed al-Rashid", "al-Rashid"),
        ("Ahmed al-Rashid", "Al Rashid"),
        ("Ahmed al-Rashid", "AL-RASHID"),
        ("Ahmed al-Rashid", "Alrashid"),
        ("Gabriele d'Annunzio", "D’Annunzio"),
        ("Gabriele d'Annunzio", "Annunzio"),
    ],
)
def test_a_surname_that_begins_with_a_small_particle_and_a_hyphen_names_its_learner(name: str, written: str) -> None:
    (found,) = LearnerNames([("AAA1", name)]).named(f"as {written} said")
    assert text_of(f"as {written} said", found) == written


def text_of(text: str, mention: Mention) -> str:
    return text[mention.start : mention.end]
