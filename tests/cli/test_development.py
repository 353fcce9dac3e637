"""Role profiles, self-assessments, gaps and CPD at the command line."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.cli.test_members import SHEET, write

TODAY = date.today()
LATER = TODAY + timedelta(days=30)

STANDARD = """---
kind: standard
code: TEA01
title: Make tea
version: {version}
suite: TEA
---

# TEA01 Make tea

## Performance criteria

- **P1** boil the water
- **P2** warm the pot{more}

## Knowledge

- **K1** leaves of the world
"""
SUITE = """---
kind: suite
code: TEA
title: Tea at work
---

# TEA Tea at work

## Standards

- **TEA01** Make tea

## Area A Make it

- **A1** Boil and pour
  - standards: TEA01
"""
MAPPING = """---
kind: mapping
unit: T-101
title: Making Tea
---

# T-101 Making Tea

| Criterion | Statement | Covers | Note |
|---|---|---|---|
| 1.1 | TEA01 P1 | fully | |
"""


@pytest.fixture
def tea(centre: Path) -> Path:
    """The tiny centre with a standard, its suite, a mapping, and what is asked of staff."""
    write(centre, "mark_sheets/standards/TEA01.md", STANDARD.format(version="1", more=""))
    write(centre, "mark_sheets/suites/TEA.md", SUITE)
    write(centre, "mark_sheets/mappings/T-101.md", MAPPING)
    write(centre, "mark_sheets/competence/staff.md", SHEET)
    return centre


def states(ask: Ask, *words: str) -> dict[str, str]:
    told = ask("gap", *words, "--json")
    assert told.code == 0, told.err
    return {each["statement"]: each["state"] for each in told.json["statements"]}


@pytest.mark.usefixtures("tea")
def test_from_a_profile_to_a_gap_that_a_passed_criterion_closes(ask: Ask) -> None:
    kept = ask("profile", "keep", "WAITER", "Who serves", "--function", "A1", "--without", "TEA01 K1", "--as", "ines")
    assert "2 statements" in kept.out
    assert "TEA01 (1): P1 P2" in kept.out
    assert states(ask, "AAA1", "WAITER") == {"TEA01 (1) P1": "gap", "TEA01 (1) P2": "gap"}
    ask("skills", "rate", "AAA1", "TEA01 P1", "shows others", "--how", "in talk", "--as", "asha")
    assert states(ask, "AAA1", "WAITER")["TEA01 (1) P1"] == "gap", "what a learner says closes none"
    assert "rated enough by the learner, and not evidenced" in ask("gap", "AAA1", "WAITER").out
    ask("mark", "AAA1", "T-101", "1.1", "pass", "--note", "It boils.", "--as", "asha")
    assert states(ask, "AAA1", "WAITER") == {"TEA01 (1) P1": "no gap", "TEA01 (1) P2": "gap"}
    told = ask("gap", "AAA1", "WAITER").out
    assert "evidenced by T-101 1.1" in told
    assert "A1  1 of 2 missing" in told
    assert "In no CPD plan: 1 gap. TEA01 (1) P2" in told
    ask(
        *("cpd", "plan", "AAA1", "Pots", "--statement", "TEA01 P2", "--how", "a book", "--by", LATER.isoformat()),
        *("--evidence", "notes", "--as", "asha"),
    )
    assert "In no CPD plan" not in ask("gap", "AAA1", "WAITER").out
    assert "CPD: 1 item planned" in ask("show", "AAA1").out
    assert "CPD" not in ask("show", "BBB2").out


def test_a_new_version_changes_no_profile_and_is_told(tea: Path, ask: Ask) -> None:
    ask("profile", "keep", "WAITER", "Who serves", "--standard", "TEA01", "--as", "ines")
    write(tea, "mark_sheets/standards/TEA01-2.md", STANDARD.format(version="2", more="\n- **P3** pour"))
    assert "newer version" in ask("profile").out
    assert set(states(ask, "AAA1", "WAITER")) == {"TEA01 (1) P1", "TEA01 (1) P2", "TEA01 (1) K1"}
    assert "TEA01 (2) is in force, and this is by TEA01 (1)." in ask("gap", "AAA1", "WAITER").out
    unclear = ask("skills", "rate", "AAA1", "TEA01 P1", "1", "--how", "in talk", "--as", "asha")
    assert (unclear.code, "Which version?" in unclear.err) == (2, True)
    refused = ask("profile", "keep", "WAITER", "Who serves", "--standard", "TEA01", "--as", "ines")
    assert (refused.code, "needs a reason" in refused.err) == (3, True)
    ask("profile", "keep", "WAITER", "Who serves", "--standard", "TEA01", "--why", "New.", "--as", "ines")
    assert "TEA01 (2) P3" in states(ask, "AAA1", "WAITER")
    (tea / "mark_sheets/standards/TEA01-2.md").unlink()
    assert set(states(ask, "AAA1", "WAITER").values()) == {"statement is gone"}
    assert ask("profile", "end", "WAITER", "--why", "Gone.", "--as", "ines").code == 0
    assert ask("gap", "AAA1", "WAITER").code == 2


@pytest.mark.usefixtures("tea")
def test_a_form_is_filled_in_and_taken_in_whole_or_not_at_all(ask: Ask, tmp_path: Path) -> None:
    form = tmp_path / "form.csv"
    assert ask("skills", "form", "ben", "TEA01", "-o", str(form)).code == 0
    assert ask("skills", "form", "ben", "TEA01", "-o", str(form)).code == 2, "it is there already"
    empty = form.read_text("utf-8-sig")
    form.write_text(empty.replace("boil the water,,", "boil the water,superb,").replace("pot,,", "pot,alone,"), "utf-8")
    wrong = ask("skills", "take", "ben", str(form), "--how", "on paper", "--as", "ines")
    assert wrong.code == 2
    assert "line 2: TEA01 (1) P1 superb" in wrong.err
    assert ask("skills", "ben", "--json").json["said"] == []
    form.write_text(
        empty.replace("boil the water,,", "boil the water,2,Each day").replace("pot,,", "pot,Alone,"), "utf-8"
    )
    taken = ask("skills", "take", "ben", str(form), "--how", "on paper", "--on", "2026-01-31", "--as", "ines")
    assert "self-assessment of ben in 2 statements, said on 2026-01-31, on paper" in taken.out
    said = {each["statement"]: each for each in ask("skills", "ben", "--json").json["said"]}
    assert (said["TEA01 (1) P1"]["rating"], said["TEA01 (1) P1"]["example"]) == ("with help", "Each day")
    assert states(ask, "ben", "TEA01") == {
        "TEA01 (1) P1": "gap",
        "TEA01 (1) P2": "no gap",
        "TEA01 (1) K1": "not rated",
    }
    assert "ines" in ask("log", "--of-centre", "--kind", "skills_rated").out


@pytest.mark.usefixtures("tea")
def test_what_was_recorded_wrongly_is_put_right_by_an_entry_that_names_it(ask: Ask) -> None:
    first = ask("skills", "rate", "AAA1", "TEA01 P1", "alone", "--how", "in talk", "--as", "asha", "--json").json["uid"]
    assert ask("skills", "rate", "AAA1", "TEA01 P1", "2", "--correct", first[:8], "--as", "asha").code == 3
    ask("skills", "rate", "AAA1", "TEA01 P1", "2", "--correct", first[:8], "--why", "A slip.", "--as", "asha")
    shown = ask("skills", "AAA1").out
    assert "with help" in shown
    assert "corrected: A slip." in shown
    assert " alone" not in shown
    log = ask("log", "AAA1").out
    assert f"self-assessment {first[:8]} corrected in 1 statement" in log
    ask(
        "skills",
        "rate",
        "AAA1",
        "TEA01 P1",
        "--correct",
        first[:8],
        "--take-back",
        "--why",
        "It was Ben.",
        "--as",
        "asha",
    )
    assert ask("skills", "AAA1", "--json").json["said"] == []


@pytest.mark.usefixtures("tea")
def test_what_staff_did_counts_for_what_is_asked_of_them_and_no_file_of_theirs_is_written(ask: Ask, tea: Path) -> None:
    plan = ("cpd", "plan", "ben", "Leaves", "--how", "a course", "--by", LATER.isoformat(), "--evidence", "paper")
    item = ask(*plan, "--as", "ines", "--json").json["uid"]
    assert ask("cpd", "done", "ben", item[:8], "--evidence", "x", "--for", "Z9", "--as", "ines").code == 2
    assert f"CPD planned, by {LATER.isoformat()}: Leaves" in ask("members", "ben").out
    assert [ask("members", "ben", "--json").json[0][each] for each in ("cpd_planned", "cpd_overdue")] == [1, 0]
    assert "missing" in ask("members", "ben").out
    done = ask("cpd", "done", "ben", item[:8], "--evidence", "the paper", "--for", "A1,A2", "--as", "ines")
    assert "Leaves; evidence: the paper" in done.out
    assert "2 met" in ask("members", "ben").out
    assert ask("cpd", "ben", "--json").json["plan"][0]["state"] == "done"
    (did,) = ask("cpd", "ben", "--json").json["done"]
    old = (TODAY - timedelta(days=3 * 366)).isoformat()
    ask("cpd", "done", "ben", "--correct", did["uid"][:8], "--on", old, "--why", "Years ago.", "--as", "ines")
    assert "1 met, 1 lapsed" in ask("members", "ben").out
    ask(
        "cpd",
        "done",
        "ben",
        "--correct",
        ask("cpd", "ben", "--json").json["done"][0]["uid"][:8],
        "--take-back",
        "--why",
        "It was Asha.",
        "--as",
        "ines",
    )
    assert "2 missing" in ask("members", "ben").out
    assert not (tea / "members").exists()


@pytest.mark.usefixtures("tea")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("skills", "rate", "AAA1", "TEA01 P1", "5", "--how", "in talk"), 2, "not on the scale"),
        (("skills", "rate", "AAA1", "TEA01 P9", "1", "--how", "in talk"), 2, "No such statement"),
        (("skills", "rate", "AAA1", "nothing", "1", "--how", "in talk"), 2, "Which statement?"),
        (("skills", "rate", "AAA1", "TEA01 P1", "1"), 3, "Who said it, and how?"),
        (("skills", "rate", "AAA1", "TEA01 P1", "1", "--how", "x", "--on", LATER.isoformat()), 3, "is to come"),
        (("skills", "rate", "nobody", "TEA01 P1", "1", "--how", "x"), 2, "Who is meant?"),
        (("gap", "AAA1", "TEA99"), 2, "No such profile, standard or suite"),
        (("profile", "keep", "TEA", "Tea", "--standard", "TEA01"), 2, "is a standard or a suite"),
        (("profile", "keep", "W", "Tea", "--function", "Z1"), 2, "No such function"),
        (("profile", "keep", "W", "Tea", "--standard", "TEA01", "--without", "TEA01 P9"), 2, "Nothing to leave out"),
        (("profile", "keep", "W", "Tea"), 2, "Nothing is in it"),
        (("profile", "nothing"), 2, "No such profile"),
        (("cpd", "plan", "AAA1", "x", "--how", "x", "--evidence", "x"), 3, "by when"),
        (("cpd", "plan", "AAA1", "x", "--how", "x", "--evidence", "x", "--by", "2020-01-31"), 3, "That day is over"),
        (("cpd", "drop", "AAA1", "ffff", "--why", "x"), 2, "No such item"),
        (("cpd", "done", "AAA1", "--what", "x", "--evidence", "x", "--on", LATER.isoformat()), 3, "is to come"),
        (("cpd", "done", "AAA1", "--what", "x", "--evidence", "x", "--for", "A1"), 2, "not asked of them"),
    ],
)
def test_bad_input_is_told_and_nothing_is_recorded(ask: Ask, words: tuple[str, ...], code: int, told: str) -> None:
    answer = ask(*words, "--as", "asha")
    assert (answer.code, told in answer.err) == (code, True), answer.err
    assert "self-assessment" not in ask("log", "AAA1").out


def test_of_whoever_left_all_is_shown_and_nothing_later_is_recorded(tea: Path, ask: Ask) -> None:
    rate = ("skills", "rate", "ben", "TEA01 P1", "1", "--how", "in talk", "--as", "ines")
    assert ask(*rate).code == 0
    toml = (tea / "centre.toml").read_text("utf-8")
    begins = toml.index('[[member]]\nid = "ben"')
    write(tea, "centre.toml", toml[:begins] + toml[toml.index("[[member]]", begins + 1) :])
    assert "not yet" in ask("skills", "ben").out
    assert states(ask, "ben", "TEA01")["TEA01 (1) P1"] == "gap"
    refused = ask(*rate)
    assert (refused.code, "no member any more" in refused.err) == (3, True)
    learner = tea / "learners/AAA1/learner.md"
    text = learner.read_text("utf-8")
    write(tea, "learners/AAA1/learner.md", text.replace("---\n", "---\nleft: 2026-01-31\n", 1))
    of_learner = ("skills", "rate", "AAA1", "TEA01 P1", "1", "--how", "in talk", "--as", "ines")
    assert ask(*of_learner, "--on", "2026-01-31").code == 0
    assert "They had left" in ask(*of_learner, "--on", "2026-02-01").err


def test_a_scale_of_the_centre_is_taken_and_what_was_said_stays_on_its_own(tea: Path, ask: Ask) -> None:
    rate = ("skills", "rate", "AAA1", "TEA01 P1", "--how", "in talk", "--as", "ines")
    ask(*rate, "alone", "--on", "2026-01-31")
    toml = (tea / "centre.toml").read_text("utf-8")
    write(tea, "centre.toml", toml + '\n[skills]\nscale = ["no", "yes"]\n')
    assert ask(*rate, "alone").code == 2
    assert ask(*rate, "no").code == 0
    said = ask("skills", "AAA1", "--json").json["said"]
    assert [(each["rating"], each["scale"][-1], each["enough"]) for each in said] == [
        ("alone", "shows others", True),
        ("no", "yes", False),
    ]
    assert "on another scale" in ask("skills", "AAA1").out
    for wrong in (
        "[skills]\nscale = []",
        '[skills]\nscale = ["a", "A"]',
        '[skills]\nenough = "x"',
        "[skills]\nx = 1",
        '[skills]\nscale = ["1", "2"]',
    ):
        write(tea, "centre.toml", f"{toml}\n{wrong}\n")
        assert ask("skills", "AAA1").code == 4, wrong


def test_no_profile_is_kept_by_a_sheet_that_may_have_lost_a_statement(tea: Path, ask: Ask) -> None:
    write(tea, "mark_sheets/standards/TEA01.md", STANDARD.format(version="1", more="\n- **P2** warm it again"))
    refused = ask("profile", "keep", "WAITER", "Who serves", "--standard", "TEA01", "--as", "ines")
    assert (refused.code, "The sheet of a standard has errors" in refused.err) == (3, True), refused.err
    assert "No profile is kept" in ask("profile").out


def test_a_standard_of_a_strange_code_is_meant_by_the_name_that_is_told(tea: Path, ask: Ask) -> None:
    strange = STANDARD.format(version="v (2)", more="").replace("TEA01", "TEA (odd) 1")
    write(tea, "mark_sheets/standards/odd.md", strange)
    names = [each["statement"] for each in ask("gap", "ben", "TEA (odd) 1", "--json").json["statements"]]
    for name in names:
        assert ask("skills", "rate", "ben", name, "1", "--how", "in talk", "--as", "ines").code == 0, name
    assert set(states(ask, "ben", "TEA (odd) 1").values()) == {"gap"}
    assert ask("profile", "keep", "ODD", "Odd", "--standard", "TEA (odd) 1 (v (2))", "--as", "ines").code == 0


@pytest.mark.usefixtures("tea")
def test_all_of_it_is_written_as_a_document_that_an_audit_finds_again(ask: Ask, tmp_path: Path) -> None:
    ask("profile", "keep", "WAITER", "Who serves", "--function", "A1", "--as", "ines")
    for person in ("AAA1", "ben"):
        ask(
            "skills",
            "rate",
            person,
            "TEA01 P1",
            "with help",
            "--how",
            "in talk",
            "--example",
            "A fair.",
            "--as",
            "ines",
        )
        ask(
            *("cpd", "plan", person, "Pots", "--statement", "TEA01 P2", "--how", "a book", "--by", LATER.isoformat()),
            *("--evidence", "notes", "--as", "ines"),
        )
        ask("cpd", "done", person, "--what", "A day", "--evidence", "a letter", "--as", "ines")
        file = tmp_path / f"{person}.md"
        assert ask("export", "development", person, "WAITER", "--format", "md", "-o", str(file)).code == 0
        text = file.read_text("utf-8")
        for words in (f"with help, {TODAY}: A fair.", "| Pots | a book |", "| A day | a letter |", "A1 Boil and pour"):
            assert words in text
        assert ("What assessors decided" in text) == (person == "AAA1")
        assert "Gaps that nothing of the plan is for\n\n- TEA01 (1) P1" in text
    html = tmp_path / "ben.html"
    assert ask("export", "development", "ben", "WAITER", "--format", "html", "-o", str(html)).code == 0
    assert ask("audit", "--against", str(html)).code == 0
    assert ask("export", "development", "ben", "NOTHING").code == 2
