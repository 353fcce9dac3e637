"""What an evidence reference is about: the passage that is read, not the label that names a criterion."""

from __future__ import annotations

import pytest

from markterm.domain.assessed.unit import Criterion, Descriptor, LearningOutcome, Standing, Unit
from markterm.domain.texts.evidence_reference import find_references
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.referenced import ReferencedPassages
from markterm.evidence.text_file import EvidenceText

WORDING = {
    "1.1": "Explain when coaching suits a need",
    "1.2": "Plan a programme of coaching",
    "2.1": "Review progress with the sponsor",
}
UNIT = Unit(
    "8580-500",
    "Coaching",
    outcomes=(
        LearningOutcome(1, "Know", (Criterion("1.1", WORDING["1.1"]), Criterion("1.2", WORDING["1.2"]))),
        LearningOutcome(
            2,
            "Review",
            (Criterion("2.1", WORDING["2.1"], (Descriptor(Standing.PASS, "dates and figures are looked at"),)),),
        ),
    ),
)


def found(text: str, kind: EvidenceKind = EvidenceKind.MARKDOWN, other: str = "") -> ReferencedPassages:
    sources = {"log.md": text, "other.md": other}
    documents = {name: EvidenceDocument.of(EvidenceText(source, 0, ""), kind) for name, source in sources.items()}
    return ReferencedPassages(find_references(sources.items(), (UNIT,)), documents, (UNIT,))


def about(text: str, number: str = "1.1", kind: EvidenceKind = EvidenceKind.MARKDOWN) -> list[str]:
    return [each.words for each in found(text, kind).for_criterion(UNIT.key, number)]


@pytest.mark.parametrize(
    "text",
    [
        "I asked what she needed (AC 1.1).",
        "AC 1.1: I asked what she needed.",
        "- I asked what she needed (AC 1.1).\n- And more.",
        "| AC | What |\n|---|---|\n| 1.1 | I asked what she needed. |",
    ],
)
def test_a_reference_within_a_text_is_about_that_text(text: str) -> None:
    (words,) = about(f"# Log\n\nIt began like this, and went on.\n\n{text}\n\nAfter that.")
    assert "I asked what she needed" in words


@pytest.mark.parametrize(
    "label",
    [
        "(AC 1.1)",
        "**AC 1.1**",
        "## AC 1.1",
        "## 1.1 Explain when coaching suits a need",
        "**1.1 Explain when coaching suits a need**",
        "(500: 1.1. The figures are in the annex.)",
        "Evidence for AC 1.1",
        "Covers 8580-500 AC 1.1:",
        "WHAT I MADE OF IT (AC 1.1)",
        "(AC 1.1)\n\n(AC 1.2)",
        "## AC 1.1\n\n### What happened",
        "| AC 1.1 |  |\n|---|---|",
    ],
)
def test_a_label_is_about_the_text_below_it(label: str) -> None:
    row = "| She asked me | a question. |\n\n" if label.endswith("|") else ""
    before = "# Log\n\n## Before\n\nIt began like this, and went on.\n\n## Then\n\n"
    text = f"{before}{label}\n{row or chr(10)}I asked what she needed.\n"
    (words,) = about(text)
    assert words == ("She asked me | a question." if row else "I asked what she needed.")


def test_labels_that_stand_below_their_texts_are_about_those() -> None:
    text = (
        "# Log\n\n## Then\n\nI asked what she needed.\n\n(AC 1.1)\n\nWe planned six sessions.\n\n(AC 1.2)\n\n## After"
    )
    assert about(text, "1.1") == ["I asked what she needed."]
    assert about(text, "1.2") == ["We planned six sessions."]


def test_a_label_at_the_end_is_about_what_stands_above() -> None:
    assert about("# Log\n\n## Then\n\nI asked what she needed.\n\n(AC 1.1)\n") == ["I asked what she needed."]


def test_a_footnote_is_about_the_text_that_has_its_number() -> None:
    text = "# Log\n\nOther words.\n\nI asked what she needed.[^1]\n\nMore words.\n\n[^1]: Linked to AC 1.1."
    assert about(text) == ["I asked what she needed.[^1]"]


def test_a_line_of_contents_is_about_the_section_and_each_passage_is_told_once() -> None:
    contents = "AC 1.1 Needs ........ 3\n\nAC 1.2 Plan ........ 4"
    text = f"# Log\n\n{contents}\n\n## AC 1.1 Needs\n\nI asked.\n\n## AC 1.2 Plan\n\nWe planned it."
    assert about(text) == ["I asked."]
    assert about(text, "1.2") == ["We planned it."]


def test_a_table_is_about_its_first_row_and_not_its_head() -> None:
    text = "# Log\n\n## Scores (AC 1.1)\n\n| Area | Me |\n|---|---|\n| **Self** | 3 |\n| Others | 4 |"
    assert about(text) == ["Self | 3"]


def test_an_outcome_leads_to_where_the_words_of_the_criterion_stand() -> None:
    text = (
        "# Log\n\nR. Jones, 4 May. Unit 500 LO2\n\n## First\n\nWe met in a room.\n\n## Looking back\n\n"
        "The sponsor saw the figures with me and we reviewed how far it went.\n\n## Last\n\nWe had cake."
    )
    (passage,) = found(text).for_criterion(UNIT.key, "2.1")
    assert passage.words.startswith("The sponsor saw the figures")
    assert passage.whole_file


def test_the_specific_comes_first_and_whole_files_last() -> None:
    named = "Unit 500 LO1\n\n## First\n\nThere was one need that coaching suited.\n"
    text = "## LO1\n\nI learnt of coaching.\n\n## Then\n\nI asked (AC 1.1)."
    passages = found(text, other=named).for_criterion(UNIT.key, "1.1")
    assert [(each.file, each.whole_file) for each in passages] == [
        ("log.md", False),
        ("log.md", False),
        ("other.md", True),
    ]
    assert passages[0].words == "I asked (AC 1.1)."


def test_words_are_as_they_are_drawn_and_no_longer_than_a_list_takes() -> None:
    text = (
        f"**Bold** and [linked](http://x.uk) {'word ' * 60}. I asked \\*her\\* what she needed (AC 1.1). {'word ' * 60}"
    )
    (words,) = about(text)
    assert len(words) <= 200
    assert "I asked *her* what she needed (AC 1.1)." in words
    assert not any(mark in words for mark in ("**", "](", "\\"))


def test_plain_text_is_read_by_its_paragraphs() -> None:
    text = "MY LOG\n\nAC 1.1\n\nI asked what\nshe needed.\n\nAC 1.2\n\nWe planned\nsix sessions.\n"
    assert about(text, "1.1", EvidenceKind.TEXT) == ["I asked what she needed."]
    assert about(text, "1.2", EvidenceKind.TEXT) == ["We planned six sessions."]


def test_what_no_unit_of_the_learner_has_is_told_with_what_it_is_about() -> None:
    (passage,) = found("# Log\n\n(AC 9.9)\n\nI made it up.").unresolved()
    assert (passage.reference.number, passage.words) == ("9.9", "I made it up.")


def test_where_a_picture_is_all_there_is_the_label_is_about_the_picture() -> None:
    text = "# Log\n\n## AC 1.1\n\n![me coaching](a.png)\n\n## AC 1.2\n\n![plan](b.png)\n\nWe planned six sessions."
    assert about(text) == ["[image: me coaching → a.png]"]
    assert about(text, "1.2") == ["We planned six sessions."]


def test_a_file_of_labels_alone_is_shown_as_it_stands() -> None:
    assert about("(AC 1.1)") == ["(AC 1.1)"]


def test_what_somebody_did_is_evidence_whether_or_not_a_full_stop_ends_it() -> None:
    text = "# Log\n\nAC 1.1 I planned the session with Tom\n\n**AC 1.2**\nTom told us his goal\n\nThe end."
    assert about(text) == ["AC 1.1 I planned the session with Tom"]
    assert about(text, "1.2") == ["AC 1.2 Tom told us his goal"]


def test_a_title_is_about_what_stands_below_it_wherever_labels_stand() -> None:
    text = "What I did (AC 1.1)\n\nI planned it.\n\nHow we agreed goals (AC 1.2)\n\nWe used the GROW model.\n"
    assert about(text) == ["I planned it."]
    assert about(text, "1.2") == ["We used the GROW model."]


def test_labels_of_short_paragraphs_at_the_head_of_a_file_are_not_for_all_of_it() -> None:
    text = "My log\n\nI planned it.\n\n(AC 1.1)\n\nI did it.\n\n(AC 1.2)\n"
    (passage,) = found(text).for_criterion(UNIT.key, "1.1")
    assert (passage.words, passage.whole_file) == ("I planned it.", False)
    assert about(text, "1.2") == ["I did it."]
    listed = "Contents\n\nAC 1.1 Planning ........ 2\n\nAC 1.2 Doing ........ 3\n\n# AC 1.1 Planning\n\nI planned.\n"
    assert about(listed + "\n# AC 1.2 Doing\n\nI did.\n", "1.2") == ["I did."]


def test_a_table_of_criteria_and_evidence_is_about_the_first_row_with_something_in_the_column() -> None:
    text = "# Evidence\n\n| | AC 1.1 | AC 1.2 |\n|---|---|---|\n| Diary, page 3 | x | – |\n| Log \\| page 4 | | ✓ |\n"
    assert about(text) == ["Diary, page 3 | x | –"]
    assert about(text, "1.2") == ["Log | page 4 | | ✓"]


def test_a_question_of_a_form_leads_to_its_answer() -> None:
    text = "Q1 (AC 1.1) What is coaching?\n\nCoaching is asking.\n\nQ2 (AC 1.2) How was it?\n\nIt was hard. Was it?\n"
    assert about(text) == ["Coaching is asking."]
    assert about(text, "1.2") == ["It was hard. Was it?"]
    assert about("# Form\n\nCriterion: 1.1 ☑\n\nWhat did you do?\n\nI held the meeting.") == ["I held the meeting."]
