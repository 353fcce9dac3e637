"""mark --interactive: criterion by criterion in plain lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind
from markterm.cli import marking_in_lines
from tests.assignments import add_assignment, register
from tests.cli.conftest import Answer, Ask, put_in_conflict

ASHA = ("--as", "asha")
IN_LINES = ("mark", "AAA1", "T-101", "--interactive", *ASHA)

pytestmark = pytest.mark.usefixtures("centre")


def states(ask: Ask, unit: str = "T-101") -> list[tuple[str, str, str]]:
    """Number, state and note of every criterion of the unit."""
    return [
        (each["number"], each["state"], " / ".join(decision["note"] for decision in each["decisions"]))
        for outcome in ask("show", "AAA1", unit, "--json").json["units"][0]["outcomes"]
        for each in outcome["criteria"]
    ]


def answered(ask: Ask, *lines: str, words: tuple[str, ...] = IN_LINES) -> Answer:
    """What is said when these lines are answered, and then nobody answers any more."""
    return ask(*words, stdin="".join(f"{line}\n" for line in lines))


def drafts_of(centre: Path) -> dict[tuple[str, DraftKind], str]:
    """What Asha began of the unit and has in no record, by criterion."""
    opened = Centre.open(centre, member="asha")
    unit, drafts = opened.learners.portfolio("AAA1").unit("T-101"), opened.drafts
    begun = {
        (each.number, kind): drafts.get(kind, "AAA1", unit.key, each.number)
        for each in unit.criteria
        for kind in drafts.begun("AAA1", unit.key, each.number)
    }
    opened.close_down()
    return begun


def test_a_unit_is_marked_by_one_letter_each(ask: Ask) -> None:
    answer = answered(ask, "p", "r", "Warm it.", "And dry it.", "", "pass", "q")
    assert answer.code == 0
    assert states(ask) == [("1.1", "pass", ""), ("1.2", "refer", "Warm it.\nAnd dry it."), ("2.1", "pass", "")]
    assert "No criterion is left to decide." in answer.err


def test_a_criterion_is_told_with_its_descriptors_what_refers_to_it_and_what_is_cited(ask: Ask, centre: Path) -> None:
    (centre / "learners" / "AAA1" / "evidence" / "tea.md").write_text("# Tea\n\nAC 101 1.1: It boiled.\n", "utf-8")
    answer = answered(ask, "c", "1", "b", "s", "b", "q")
    first, _, told_again = answer.out.partition("cited tea.md")
    assert "refer: the water is lukewarm" in first
    assert "1. tea.md:3: AC 101 1.1: It boiled." in first
    assert "cites tea.md, line 3" in told_again


def test_each_decision_is_in_the_record_before_the_next_question_and_ctrl_c_leaves_with_nothing_lost(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    then: list[list[str]] = []

    def interrupted(question: str) -> str:  # noqa: ARG001 - it is answered whatever it says
        then.append([state for _, state, _ in states(ask)])
        if len(then) == 3:
            raise KeyboardInterrupt
        return "p"

    monkeypatch.setattr(marking_in_lines, "asked_line", interrupted)
    answer = ask(*IN_LINES)
    assert then == [["open", "open", "open"], ["pass", "open", "open"], ["pass", "pass", "open"]]
    assert (answer.code, "1 criterion left to decide: T-101 2.1." in answer.err) == (130, True)


def test_what_was_being_written_when_nobody_answers_any_more_is_a_draft_that_the_next_time_begins_with(
    ask: Ask, centre: Path
) -> None:
    left = answered(ask, "r", "Which water?")
    assert (left.code, "What you wrote on T-101 1.1 is a draft of yours" in left.err) == (0, True)
    assert states(ask)[0] == ("1.1", "open", "")
    assert drafts_of(centre) == {("1.1", DraftKind.REFERRAL): "Which water?"}
    again = answered(ask, "r", "")
    assert "draft of yours, in no record yet (referral)" in again.out
    assert states(ask)[0] == ("1.1", "refer", "Which water?")
    assert drafts_of(centre) == {}


def test_a_referral_without_a_note_is_none_and_a_full_stop_leaves_it(ask: Ask) -> None:
    answered(ask, "r", "", "r", "Something.", ".", "q")
    assert states(ask)[0] == ("1.1", "open", "")


def test_a_note_is_kept_for_the_decision_and_replaces_the_one_that_stands(ask: Ask) -> None:
    answered(ask, "n", "Well boiled.", "", "p", "b", "n", "Very well boiled.", "", "q")
    assert states(ask)[0] == ("1.1", "pass", "Very well boiled.")
    assert "Well boiled." in ask("log", "AAA1").out


def test_what_was_done_last_is_taken_back_as_a_slip_and_one_goes_there(ask: Ask) -> None:
    answer = answered(ask, "p", "s", "u", "r", "Cold.", "", "q")
    assert states(ask) == [("1.1", "refer", "Cold."), ("1.2", "open", ""), ("2.1", "open", "")]
    assert "withdrawn" in answer.out
    assert "slip" in ask("log", "AAA1").out


def test_where_nothing_was_done_the_last_decision_here_is_withdrawn_with_a_reason(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", *ASHA)
    answered(ask, "b", "u", "", "q")
    assert states(ask)[0] == ("1.1", "pass", "")
    answered(ask, "b", "u", "wrong learner", "q")
    assert states(ask)[0] == ("1.1", "open", "")
    assert "wrong learner" in ask("log", "AAA1").out


def test_a_colleagues_note_is_asked_about(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", "--note", "Ben saw it.", "--as", "ben")
    left = answered(ask, "b", "p", "", "q")
    assert "Ben saw it." in left.err
    answered(ask, "b", "p", "keep", "q")
    standing = ask("show", "AAA1", "T-101", "--json").json["units"][0]["outcomes"][0]["criteria"][0]["decisions"]
    assert [(each["actor"], each["note"]) for each in standing] == [("asha", "Ben saw it.")]


def test_a_conflict_is_settled_with_a_reason_after_both_were_read(ask: Ask, centre: Path) -> None:
    put_in_conflict(centre)
    answer = answered(ask, "s", "p", "", "p", "Both warm.", "q")
    assert "ben's note" in answer.out
    assert "asha's note" in answer.out
    assert states(ask)[1][:2] == ("1.2", "pass")


def test_undoing_a_conflict_says_how_it_is_settled(ask: Ask, centre: Path) -> None:
    put_in_conflict(centre)
    answer = answered(ask, "s", "u", "q")
    assert "This criterion is in conflict" in answer.err
    assert "markterm settle" in answer.err
    assert "nothing to take back" not in answer.err


def test_a_referral_that_settles_a_conflict_begins_with_the_note_that_was_kept(ask: Ask, centre: Path) -> None:
    put_in_conflict(centre)
    answered(ask, "s", "n", "Cold, says the thermometer.", "", "r", "", "Measured.", "q")
    assert states(ask)[1] == ("1.2", "refer", "Cold, says the thermometer.")
    assert drafts_of(centre) == {}


def test_a_referral_that_was_begun_leaves_the_note_that_is_kept(ask: Ask, centre: Path) -> None:
    answered(ask, "n", "Well poured.", "", "r", "Which water?", ".", "r", "", "q")
    assert states(ask)[0] == ("1.1", "refer", "Which water?")
    assert drafts_of(centre) == {("1.1", DraftKind.KEPT): "Well poured."}


def test_a_note_that_was_left_is_the_beginning_of_a_referral_and_recorded_with_it(ask: Ask, centre: Path) -> None:
    answered(ask, "n", "Warm at best.", ".", "r", "", "q")
    assert states(ask)[0] == ("1.1", "refer", "Warm at best.")
    assert drafts_of(centre) == {}


def test_what_is_left_of_the_note_of_a_referral_is_a_referral_and_no_note_of_a_pass(ask: Ask, centre: Path) -> None:
    answered(ask, "r", "Cold.", "", "b", "n", "Cold pot.", ".", "q")
    assert drafts_of(centre) == {("1.1", DraftKind.REFERRAL): "Cold pot."}


def test_a_note_that_stands_already_is_no_draft_any_more(ask: Ask, centre: Path) -> None:
    answer = answered(ask, "r", "Cold.", "", "b", "n", "Cold.", "", "q")
    assert "T-101 1.1 is a referral of yours already" in answer.err
    assert drafts_of(centre) == {}
    assert states(ask)[0] == ("1.1", "refer", "Cold.")


def test_what_cannot_be_taken_back_any_more_keeps_nobody_from_what_was_done_before(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("declare", "AAA1", "--form", "sheet", *ASHA)

    def closed_meanwhile() -> Iterator[str]:
        yield from ("p", "p", "p")
        assert ask("close", "AAA1", "T-101", "--no-feedback", *ASHA).code == 0
        yield "u"
        assert ask("reopen", "AAA1", "T-101", "--reason", "wrong unit", *ASHA).code == 0
        yield from ("u", "q")

    answers = closed_meanwhile()
    monkeypatch.setattr(marking_in_lines, "asked_line", lambda _: next(answers))
    assert "What to do:" in ask(*IN_LINES).err
    assert [state for _, state, _ in states(ask)] == ["pass", "open", "pass"]


def test_without_a_unit_it_goes_through_all_that_whoever_acts_may_mark(ask: Ask) -> None:
    answer = answered(ask, words=("mark", "AAA1", "--interactive", "--as", "ben"))
    assert "T-101" in answer.err
    assert "T-102" not in answer.err
    assert answered(ask, words=("mark", "AAA1", "T-102", "--interactive", "--as", "ben")).code == 3
    assert answered(ask, words=("mark", "AAA1", "--interactive", "--as", "ines")).code == 3
    assert answered(ask, words=("mark", "AAA1", "--interactive")).code == 3


def test_behind_the_last_criterion_one_may_go_back(ask: Ask) -> None:
    answer = answered(ask, "s", "s", "s", "p", "s", "u", "b", "p", "q")
    assert states(ask)[2] == ("2.1", "pass", "")
    assert "You recorded nothing yet" in answer.err
    assert "2 criteria left to decide: T-101 1.1, T-101 1.2." in answer.err


def test_slips_are_said_in_words_and_asked_again(ask: Ask) -> None:
    answer = answered(ask, "x", "c", "9", "c", "nothing.md 1", "c", "diary.md 900", "c", "diary.md x", "b", "p", "q")
    assert "x is none of the letters" in answer.err
    assert answer.err.count("What to do:") == 4
    assert "This is the first criterion." in answer.err
    assert states(ask)[0][1] == "pass"
    bytes_of_another_encoding = ask(*IN_LINES, stdin=b"n\nCaf\xe9\nCafe\n\nq\n")
    assert "not UTF-8" in bytes_of_another_encoding.err
    assert "kept" in bytes_of_another_encoding.out


def test_a_rule_that_refuses_is_told_and_one_goes_on(ask: Ask) -> None:
    for number in ("1.1", "1.2", "2.1"):
        ask("mark", "AAA1", "T-101", number, "pass", *ASHA)
    ask("declare", "AAA1", "--form", "sheet", *ASHA)
    assert ask("close", "AAA1", "T-101", "--no-feedback", *ASHA).code == 0
    answer = answered(ask, "b", "r", "No.", "", "q")
    assert "What to do:" in answer.err
    assert "markterm reopen" in answer.err
    assert states(ask)[2][1] == "pass"


def test_nothing_is_drawn_or_coloured(ask: Ask) -> None:
    answer = answered(ask, "p", "?", "c", "", "q")
    assert not re.search(r"[\x1b\r\b]", answer.out + answer.err)


@pytest.mark.parametrize("more", [["--json"], ["1.1"], ["1.1", "pass"], ["--note", "x"], ["--marks", "3"]])
def test_json_and_what_it_asks_for_itself_are_refused_in_words(ask: Ask, more: list[str]) -> None:
    answer = ask("mark", "AAA1", "T-101", *more, "--interactive", *ASHA)
    assert answer.code == 2
    assert "--interactive asks" in answer.err


@pytest.mark.parametrize("given", [[], ["T-101"]])
def test_without_it_unit_and_criterion_are_needed(ask: Ask, given: list[str]) -> None:
    answer = ask("mark", "AAA1", *given, *ASHA)
    assert (answer.code, "Missing argument" in answer.err) == (2, True)


# What stands, and what was begun


def test_a_note_that_was_left_is_opened_by_p_and_recorded_with_the_pass(ask: Ask, centre: Path) -> None:
    answer = answered(ask, "n", "Well boiled.", ".", "p", "", "q")
    assert "Begun before:" in answer.err
    assert states(ask)[0] == ("1.1", "pass", "Well boiled.")
    assert drafts_of(centre) == {}


def test_a_pass_whose_note_is_left_again_is_none(ask: Ask, centre: Path) -> None:
    answered(ask, "n", "Well boiled.", ".", "p", ".", "q")
    assert states(ask)[0] == ("1.1", "open", "")
    assert drafts_of(centre) == {("1.1", DraftKind.NOTE): "Well boiled."}


def test_a_referral_that_was_begun_is_no_note_of_a_pass_and_stays_a_draft(ask: Ask, centre: Path) -> None:
    answer = answered(ask, "r", "Cold.", ".", "p", "", "q")
    assert "no note of a pass" in answer.err
    assert states(ask)[0] == ("1.1", "pass", "")
    assert drafts_of(centre) == {("1.1", DraftKind.REFERRAL): "Cold."}


def test_a_minus_throws_away_what_was_begun_and_one_writes_anew(ask: Ask, centre: Path) -> None:
    answered(ask, "n", "Well boiled.", ".", "p", "-", "Boiled.", "", "q")
    assert states(ask)[0] == ("1.1", "pass", "Boiled.")
    answered(ask, "r", "Cold.", ".", "r", "-", "", "q")
    assert drafts_of(centre) == {}
    assert states(ask)[1][1] == "open"


def test_a_colleagues_pass_without_a_note_is_made_ones_own_only_after_a_question(ask: Ask) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "ben")
    left = answered(ask, "b", "p", "", "q")
    assert "ben decided T-101 1.1 already: pass." in left.err

    def standing() -> list[str]:
        unit = ask("show", "AAA1", "T-101", "--json").json["units"][0]
        return [each["actor"] for each in unit["outcomes"][0]["criteria"][0]["decisions"]]

    assert standing() == ["ben"]
    answered(ask, "b", "p", "y", "q")
    assert standing() == ["asha"]


def test_the_words_of_what_is_taken_back_begin_the_next_decision(ask: Ask, centre: Path) -> None:
    answered(ask, "r", "Cold.", "", "u", "q")
    assert drafts_of(centre) == {("1.1", DraftKind.REFERRAL): "Cold."}
    answered(ask, "r", "", "s", "n", "Dry.", "", "p", "u", "q")
    assert states(ask) == [("1.1", "refer", "Cold."), ("1.2", "open", ""), ("2.1", "open", "")]
    assert drafts_of(centre) == {("2.1", DraftKind.KEPT): "Dry."}


def test_a_note_that_was_kept_is_taken_back_to_a_draft(ask: Ask, centre: Path) -> None:
    answer = answered(ask, "n", "Well boiled.", "", "u", "q")
    assert "kept no more" in answer.err
    assert drafts_of(centre) == {("1.1", DraftKind.NOTE): "Well boiled."}


def test_what_was_begun_behind_a_kept_note_is_not_lost_when_the_note_is_taken_back(ask: Ask, centre: Path) -> None:
    answered(ask, "n", "Well boiled.", "", "n", "And hot.", ".", "u", "q")
    assert drafts_of(centre) == {("1.1", DraftKind.NOTE): "Well boiled.\nAnd hot."}


def test_a_citation_that_is_taken_back_is_told_as_that_and_not_as_a_decision(ask: Ask) -> None:
    answer = answered(ask, "c", "diary.md 1", "u", "q")
    assert "T-101 1.1 citation taken back, recorded" in answer.out
    assert "withdrawn" not in answer.out
    assert "T-101 1.1 citation taken back" in ask("log", "AAA1").out


def test_a_unit_is_told_as_it_stands_before_its_criteria_also_where_none_of_them_waits(ask: Ask) -> None:
    assert "attempt 1" in answered(ask, "q").out
    for number in ("1.1", "1.2", "2.1"):
        ask("mark", "AAA1", "T-101", number, "pass", *ASHA)
    decided = answered(ask, "q")
    assert "= decided, 3 of 3 criteria passed" in decided.out
    assert "markterm close AAA1 T-101" in decided.err
    ask("declare", "AAA1", "--form", "sheet", *ASHA)
    assert ask("close", "AAA1", "T-101", "--no-feedback", *ASHA).code == 0
    closed = answered(ask, "q")
    assert "closed as pass, 3 of 3 criteria passed" in closed.out
    assert "markterm close" not in closed.err


def test_a_case_that_holds_the_unit_is_told_before_it_is_marked(ask: Ask) -> None:
    ask("case", "AAA1", "T-101", "--open", "malpractice", "--text", "Two flasks are alike.", "--as", "ines")
    assert "held by case" in answered(ask, "q").out


def test_a_number_goes_to_its_criterion_and_a_tells_it_again(ask: Ask) -> None:
    answer = answered(ask, "2.1", "p", "101 1.2", "r", "Cold.", "", "9.9", "q")
    assert states(ask) == [("1.1", "open", ""), ("1.2", "refer", "Cold."), ("2.1", "pass", "")]
    assert "9.9 is none of the letters, and no criterion here." in answer.err
    assert answered(ask, "a", "q").out.count("    1.1 ") == 2


def test_a_passage_is_read_in_full_and_so_is_a_file(ask: Ask, centre: Path) -> None:
    (centre / "learners" / "AAA1" / "evidence" / "two words.md").write_text(
        "# Tea\n\nAC 101 1.1: It boiled.\n", "utf-8"
    )
    answer = answered(ask, "e", "1", "e", "two words.md", "e", "two words.md 1", "e", "two words.md 9", "e", "", "q")
    assert answer.out.count("3  AC 101 1.1: It boiled.") == 2
    assert answer.out.count("1  # Tea") == 2
    assert "No such line" in answer.err
    assert states(ask)[0][1] == "open"


def test_what_cannot_be_read_is_named_before_one_marks_and_so_is_that_nothing_was_handed_in(
    ask: Ask, centre: Path
) -> None:
    (centre / "learners/AAA1/evidence/log.docx").write_bytes(b"PK no more of it")
    told = answered(ask, "q")
    assert "Not read, so its references are not known: log.docx: " in told.err
    assert "Evidence: none yet" not in told.out
    assert "Not read, so its references are not known: log.docx: " in ask("references", "AAA1").err
    for file in (centre / "learners/AAA1/evidence").iterdir():
        file.unlink()
    assert "Evidence: none yet" in answered(ask, "e", "log.docx", "q").out
    assert "No file was handed in yet." in answered(ask, "e", "log.docx", "q").err


def test_each_answer_of_a_file_of_answers_has_a_line_of_its_own(ask: Ask) -> None:
    assert all("?" not in line.removesuffix("? ") for line in answered(ask, "p", "q").err.splitlines()[2:-1])


# By task


@pytest.fixture
def on_an_assignment(centre: Path) -> Path:
    add_assignment(centre)
    register(centre, "AAA1", units="[]", assignments="[T-IA]")
    return centre


@pytest.mark.usefixtures("on_an_assignment")
def test_by_task_the_brief_is_told_and_each_decision_is_in_its_task(ask: Ask) -> None:
    by_task = ("mark", "AAA1", "--assignment", "T-IA", "--interactive", *ASHA)
    answer = answered(ask, "p", "q", words=by_task)
    assert "Task 1 of T-IA: " in answer.out
    assert ", in T-IA, task 1, recorded" in answer.out
    one = answered(ask, "q", words=(*by_task, "--task", "2"))
    assert "Task 2 of T-IA: " in one.out
    assert "Task 1 of T-IA" not in one.out
    assert answered(ask, words=(*by_task, "--task", "9")).code == 2
    assert answered(ask, words=("mark", "AAA1", "--task", "1", "--interactive", *ASHA)).code == 2


def test_where_the_disk_is_full_no_note_is_said_to_be_kept(
    ask: Ask, centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _pieces: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("markterm.own.drafts.write_beside", full)
    answer = answered(ask, "n", "boils", "", "r", "cold", ".", "q")
    assert answer.err.count("What you write cannot be written to the disk") == 2
    assert "This cannot be written to the disk: note kept for the decision." in answer.err
    assert "What you wrote on T-101 1.1 is lost: it could not be written." in answer.err
    assert "Note on T-101 1.1 kept" not in answer.out
    assert not drafts_of(centre)
