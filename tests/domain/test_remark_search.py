"""Remarks are found by the beginnings of their words, the best for a criterion first."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit, UnitKey
from markterm.domain.record.event import Result
from markterm.domain.remarks.remark import CriterionKey, Remark, RemarkState, Use
from markterm.domain.remarks.remark_places import Pronouns
from markterm.domain.remarks.remark_search import Remarks, near, words_of
from tests.samples import AT, KEY, UNIT

OTHER = Unit(
    "8580-502",
    "Coaching many",
    version="1",
    outcomes=(
        LearningOutcome(
            1,
            "Plan",
            (Criterion("1.1", "Sign a petition"), Criterion("1.2", "Plan a long programme"), Criterion("1.3", "Sing")),
        ),
    ),
)


def use(
    text: str,
    criterion: str = "1.1",
    result: Result = Result.PASS,
    *,
    minutes: int = 0,
    unit: UnitKey = KEY,
    learner: str = "AAA1",
    pronouns: Pronouns | None = None,
) -> Use:
    return Use(learner, "jm", CriterionKey(unit, criterion), result, AT + timedelta(minutes=minutes), text, pronouns)


def remarks(*uses: Use) -> Remarks:
    """Each use in a record of its own."""
    made = Remarks()
    for number, each in enumerate(uses):
        made.put(f"R{number}", [each])
    return made


def texts(of: Remarks, query: str = "", **how: object) -> list[str]:
    return [remark.text for remark in of.find(query, **how).remarks]  # type: ignore[arg-type]  # as find takes them


def test_every_word_begins_a_word_in_any_order() -> None:
    made = remarks(use("Sessions are signed, and dated."), use("Signed only."), use("The assigned plan"))
    assert texts(made, "dat sig") == ["Sessions are signed, and dated."]
    assert set(texts(made, "SIGN")) == {"Sessions are signed, and dated.", "Signed only."}
    assert texts(made, "signed undated") == []
    assert len(texts(made, " ,. ")) == 3


def test_accents_and_capitals_do_not_matter() -> None:
    made = remarks(use("Zoé's CAFÉ, O’Neil"), use("Straße"))
    assert texts(made, "zoe cafe") == ["Zoé's CAFÉ, O’Neil"]
    assert texts(made, "ZOÉ o neil") == ["Zoé's CAFÉ, O’Neil"]
    assert texts(made, "strasse") == ["Straße"]


def test_a_place_is_no_word_that_is_found() -> None:
    assert texts(remarks(use("{given} did it")), "given") == []
    assert texts(remarks(use("{given} did it")), "did") == ["{given} did it"]


def test_equal_notes_are_one_remark_with_all_its_uses() -> None:
    made = remarks(
        use("Complete.", learner="AAA1"),
        use("  complete. ", "1.2", Result.REFER, minutes=5, learner="BBB2"),
        use("complete.", learner="AAA1", minutes=9),
    )
    (remark,) = made.find("").remarks
    assert (len(remark.uses), remark.learners, remark.text) == (3, ("AAA1", "BBB2"), "complete.")
    assert remark.results == {Result.PASS: 2, Result.REFER: 1}
    assert [each.number for each in remark.criteria] == ["1.1", "1.2"]


def test_the_same_criterion_comes_first_then_its_outcome_then_criteria_like_it() -> None:
    made = remarks(
        use("often", "1.3", unit=OTHER.key),
        use("often", "1.3", unit=OTHER.key),
        use("elsewhere", "1.1", unit=OTHER.key),
        use("alike", "1.2", unit=OTHER.key),
        use("same outcome", "1.2"),
        use("same", "1.1"),
    )
    assert texts(made, near=near(UNIT, "1.1", [UNIT, OTHER]))[:2] == ["same", "same outcome"]
    wanted = near(UNIT, "2.1", [UNIT, OTHER])
    assert texts(made, near=wanted)[:2] == ["alike", "often"]


def test_a_unit_of_another_version_is_another_unit() -> None:
    made = remarks(use("new", unit=UnitKey(KEY.code, "2"), minutes=5), use("mine"))
    assert texts(made, near=near(UNIT, "1.1", [UNIT])) == ["mine", "new"]


def test_what_stood_with_the_same_result_comes_before_what_is_used_more_and_later() -> None:
    made = remarks(
        use("passed", minutes=3), use("passed"), use("late", minutes=9), use("early"), use("lacks", result=Result.REFER)
    )
    assert texts(made) == ["passed", "late", "early", "lacks"]
    assert texts(made, result=Result.REFER)[:2] == ["lacks", "passed"]
    assert texts(made, near=near(UNIT, "1.1", []), result=Result.REFER)[0] == "lacks"


def test_pinned_remarks_come_first_and_retired_ones_only_when_asked_for() -> None:
    made = remarks(use("same"), use("pinned", "2.1"), use("retired"))
    chosen = [
        Remark("PINNED", (), RemarkState.PINNED),
        Remark("kept", (), RemarkState.PINNED),
        Remark("Retired", (), RemarkState.RETIRED),
    ]
    found = made.find("", near(UNIT, "1.1", []), chosen=chosen)
    assert [(each.text, each.state.value) for each in found.remarks] == [
        ("kept", "pinned"),
        ("pinned", "pinned"),
        ("same", "usual"),
    ]
    assert found.count == 3
    assert texts(made, "ret", chosen=chosen) == []
    assert texts(made, "ret", chosen=chosen, with_retired=True) == ["retired"]
    assert texts(made, "kept") == []


def test_only_the_best_are_given_and_all_are_counted() -> None:
    made = remarks(*(use(f"remark {number}", minutes=number) for number in range(100)))
    found = made.find("rem", most=3)
    assert ([each.text for each in found.remarks], found.count) == (["remark 99", "remark 98", "remark 97"], 100)


def test_a_record_is_put_as_it_is_now() -> None:
    made = remarks(use("old"), use("both"))
    made.put("R0", [use("both"), use("new", "1.2", Result.REFER)])
    assert sorted(texts(made)) == ["both", "new"]
    assert len(made.find("both").remarks[0].uses) == 2
    made.put("R0", [])
    assert texts(made) == ["both"]
    assert texts(made, near=near(UNIT, "1.2", [UNIT]), result=Result.REFER) == ["both"]


def test_the_pronouns_of_a_record_are_known_when_its_notes_agree() -> None:
    made = Remarks()
    made.put("A", [use("x", pronouns=Pronouns.SHE), use("y"), use("z", pronouns=Pronouns.SHE)])
    made.put("B", [use("x", pronouns=Pronouns.SHE), use("z", pronouns=Pronouns.HE)])
    assert [made.pronouns_of(record) for record in "ABC"] == [Pronouns.SHE, None, None]


NOTES = st.lists(
    st.builds(use, st.sampled_from(["one", "One", "two words", "éa", "x" * 9]), st.sampled_from(["1.1", "1.2"])),
    max_size=4,
)


@given(st.lists(st.tuples(st.sampled_from("ABC"), NOTES), max_size=8), st.sampled_from(["", "o", "one", "tw wor", "e"]))
def test_changed_again_and_again_it_finds_what_one_that_begins_anew_finds(
    puts: list[tuple[str, list[Use]]], query: str
) -> None:
    changed, anew = Remarks(), Remarks()
    for record, notes in puts:
        changed.put(record, notes)
    for record, notes in dict(puts).items():
        anew.put(record, notes)
    before, after = changed.find(query), anew.find(query)
    assert before.count == after.count
    assert {(each.id, frozenset(each.uses)) for each in before.remarks} == {
        (each.id, frozenset(each.uses)) for each in after.remarks
    }


def test_a_long_note_is_found_like_any_other() -> None:
    made = remarks(use("word " * 200_000 + "end"), use("short"))
    assert len(texts(made, "word end")[0]) == 1_000_003


def test_words_are_what_stands_between_signs() -> None:
    assert words_of("It's (very) good: 13.5 hours_each — Łódź") == [
        *("it", "s", "very", "good", "13", "5", "hours", "each", "lodz"),
    ]
