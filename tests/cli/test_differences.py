"""differences: what changed in the evidence since an earlier attempt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.evidence.made import docx, paragraph

EVIDENCE = Path("learners", "AAA1", "evidence")


@pytest.fixture
def submitted(centre: Path, ask: Ask) -> Path:
    """A diary, a plan and a log, handed in for T-101."""
    (EVIDENCE / "plan.md").write_text("# Plan\n\nI will boil the water and warm the pot.\n", "utf-8")
    (EVIDENCE / "log.docx").write_bytes(docx(paragraph("I warmed the pot for an hour.")))
    assert ask("submit", "AAA1", "T-101", "--opened", "--as", "asha").code == 0
    return centre / EVIDENCE


@pytest.mark.usefixtures("centre")
def test_before_a_submission_there_is_nothing_to_compare_with(ask: Ask) -> None:
    answer = ask("differences", "AAA1", "101")
    assert answer.code == 2
    assert "T-101 was not submitted yet" in answer.err


@pytest.mark.usefixtures("submitted")
def test_nothing_changed_is_said_and_no_fault(ask: Ask) -> None:
    answer = ask("differences", "AAA1", "101")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.startswith("T-101, attempt 1 (submitted ")
    assert answer.err.endswith(") to now: nothing changed.\n")


def test_files_that_came_went_and_changed_are_told_with_their_words(submitted: Path, ask: Ask) -> None:
    assert ask("read", "AAA1", "log.docx").code == 0, "what was read once is kept, whatever becomes of the file"
    (submitted / "log.docx").write_bytes(docx(paragraph("I warmed the big pot for two hours.")))
    (submitted / "plan.md").rename(submitted / "my-plan.md")
    (submitted / "diary.md").unlink()
    (submitted / "photo.md").write_text("A photograph.\n", "utf-8")
    answer = ask("differences", "AAA1", "101")
    assert answer.out.splitlines() == [
        "removed: diary.md: 5 words removed",
        "",
        "changed: log.docx: 3 words added, 2 words removed",
        "  paragraph 1: I warmed the {+big+} pot for [-an hour.-] {+two hours.+}",
        "",
        "renamed: my-plan.md (before: plan.md): The same file, byte for byte, as plan.md was.",
        "",
        "added: photo.md: 2 words added",
    ]
    assert answer.err.endswith("1 changed, 1 added, 1 removed, 1 renamed.\n")
    assert "{+A photograph.+}" in ask("differences", "AAA1", "101", "photo").out


def test_the_next_attempt_is_compared_with_the_one_before_although_both_are_there(submitted: Path, ask: Ask) -> None:
    (submitted / "plan(2).md").write_text("# Plan\n\nI will boil the water and rinse the pot.\n", "utf-8")
    answer = ask("differences", "AAA1", "101")
    assert answer.out.splitlines() == [
        "changed: plan(2).md (before: plan.md): 1 word added, 1 word removed",
        "  line 1: # Plan",
        "  line 3: I will boil the water and [-warm-] {+rinse+} the pot.",
    ]


def test_unchanged_paragraphs_are_counted_or_printed_whole(submitted: Path, ask: Ask) -> None:
    words = [f"This is paragraph number {number} of the plan." for number in range(5)]
    (submitted / "plan.md").write_text("\n\n".join(words), "utf-8")
    assert ask("submit", "AAA1", "T-101", "--opened", "--as", "asha").code == 0
    words.insert(1, words.pop())
    (submitted / "plan(2).md").write_text("\n\n".join([*words, "New."]), "utf-8")
    folded = ask("differences", "AAA1", "101").out.splitlines()
    assert folded == [
        "changed: plan(2).md (before: plan.md): 1 word added, 8 words moved",
        "  … 1 paragraph unchanged, 8 words",
        "  line 3: moved here: This is paragraph number 4 of the plan.",
        "  … 3 paragraphs unchanged, 24 words",
        "  line 9: moved away: This is paragraph number 4 of the plan.",
        "  line 11: {+New.+}",
    ]
    whole = ask("differences", "AAA1", "101", "--whole").out.splitlines()
    assert len(whole) == 1 + 7
    assert "  line 5: This is paragraph number 1 of the plan." in whole


def test_two_files_are_compared_whatever_was_submitted(centre: Path, ask: Ask) -> None:
    for number, words in ((1, "I made tea."), (2, "I made green tea.")):
        (centre / EVIDENCE / f"R Jones-AAA1-012345-101({number}).docx").write_bytes(docx(paragraph(words)))
    answer = ask("differences", "AAA1", "101", "101(1)", "101(2)")
    assert answer.out.splitlines()[1:] == ["  paragraph 1: I made {+green+} tea."]
    by_name = ask("differences", "AAA1", "101")
    assert by_name.out == answer.out
    assert by_name.err == "T-101, the attempts in the names of the files: 1 changed.\n"


def test_json_tells_both_sides_and_every_run(submitted: Path, ask: Ask) -> None:
    (submitted / "plan(2).md").write_text("# Plan\n\nI will boil the water and rinse the pot.\n", "utf-8")
    told = ask("differences", "AAA1", "101", "--json").json
    assert (told["unit"], told["from"]["attempt"], told["from"]["actor"], told["to"]) == ("T-101", 1, "asha", None)
    assert told["files"] == [
        {
            "fate": "changed",
            "old": "plan.md",
            "new": "plan(2).md",
            "added": 1,
            "removed": 1,
            "moved": 0,
            "paragraphs": [
                {
                    "fate": "changed",
                    "line": 3,
                    "place": "line 3",
                    "runs": [
                        {"fate": "same", "text": "I will boil the water and"},
                        {"fate": "removed", "text": "warm"},
                        {"fate": "added", "text": "rinse"},
                        {"fate": "same", "text": "the pot."},
                    ],
                }
            ],
        }
    ]


def test_two_submissions_are_compared_with_each_other(submitted: Path, ask: Ask) -> None:
    for words in (
        ("mark", "AAA1", "T-101", "1.1", "refer", "--note", "Which pot?"),
        ("mark", "AAA1", "T-101", "1.2", "pass"),
        ("mark", "AAA1", "T-101", "2.1", "pass"),
        ("declare", "AAA1", "--form", "signed sheet"),
        ("close", "AAA1", "T-101", "--feedback", "Which pot?"),
    ):
        assert ask(*words, "--as", "asha").code == 0
    (submitted / "plan(2).md").write_text("# Plan\n\nI will boil the water and rinse the pot.\n", "utf-8")
    assert ask("submit", "AAA1", "T-101", "--opened", "--as", "asha", "--authorised-by", "ines").code == 0
    (submitted / "later.md").write_text("Handed in too late.\n", "utf-8")
    answer = ask("differences", "AAA1", "101")
    assert answer.err.startswith("T-101, attempt 1 (submitted ")
    assert answer.err.endswith(" to now: 1 changed, 1 added.\n")
    answer = ask("differences", "AAA1", "101", "--from", "1", "--to", "2")
    assert answer.err.endswith("): 1 changed.\n")
    answer = ask("differences", "AAA1", "101", "--from", "2")
    assert answer.err.endswith(" to now: 1 added.\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "2"), "It was submitted at attempt 1."),
        (("--to", "3"), "It was submitted at attempt 1."),
        (("nothing.md",), "Those that changed are"),
        (("a", "b", "c"), "Too many files"),
        (("plan", "diary", "--from", "1"), "Two files, and an attempt"),
        (("plan", "nothing"), "No such file"),
    ],
)
@pytest.mark.usefixtures("submitted")
def test_what_cannot_be_compared_is_refused_with_what_can(words: tuple[str, ...], said: str, ask: Ask) -> None:
    answer = ask("differences", "AAA1", "101", *words)
    assert answer.code == 2
    assert said in answer.err


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_compared(submitted: Path, ask: Ask) -> None:
    (submitted / "log.docx").write_bytes(b"no archive")
    (submitted / "plan(2).md").write_text("# Plan\n\nI will boil the water.\n", "utf-8")
    lines = ask("differences", "AAA1", "101").out.splitlines()
    assert lines[0].startswith("changed: log.docx: Cannot be read. ")
    assert any(line.startswith("changed: plan(2).md") for line in lines)


def test_nothing_in_the_evidence_is_obeyed(submitted: Path, ask: Ask) -> None:
    (submitted / "plan(2).md").write_text("# Plan\n\nI will boil the water \x1b]0;mine\x07 [red]tea[/]\n", "utf-8")
    out = ask("differences", "AAA1", "101").out
    assert "\x1b" not in out
    assert "[red]tea[/]" in out
