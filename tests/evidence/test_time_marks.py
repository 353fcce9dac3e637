"""Time marks: `12:40` in an account whose head names a recording is a place in it, and in a diary a time of the day."""

from __future__ import annotations

import pytest

from markterm.evidence.converted import Converted
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import EvidenceText

_HEAD = "# Professional discussion, 2026-03-02\n\n- Day: 2026-03-02\n- Recording: talk\\_1.m4a\n\n## What was said\n\n"


def _places(text: str, kind: EvidenceKind = EvidenceKind.MARKDOWN) -> list[str]:
    document = EvidenceDocument.of(EvidenceText(text, 0, "aa" * 32), kind)
    return [document.place_at(line) for line in range(text.count("\n") + 1)]


def test_a_mark_is_a_place_in_the_recording_until_the_next_one_or_a_heading() -> None:
    text = "Before.\n\n12:40 Why.\n\nMore.\n\n[1:02:05] How.\n\n## Afterwards\n\nNothing."
    told = dict(zip(text.split("\n"), _places(_HEAD + text)[_HEAD.count("\n") :], strict=True))
    assert told["Before."] == ""
    assert told["12:40 Why."] == told["More."] == "12:40 of talk_1.m4a"
    assert told["[1:02:05] How."] == "1:02:05 of talk_1.m4a"
    assert told["Nothing."] == ""


def test_a_mark_is_of_the_recording_that_its_line_names_and_else_of_one_of_several() -> None:
    several = _HEAD.replace("- Recording: talk", "- Recording: form.pdf\n- Recording: walk.mp4\n- Recording: talk")
    *_, named, unnamed = _places(f"{several}12:40 talk_1.m4a: Why.\n13:00 How.")
    assert (named, unnamed) == ("12:40 of talk_1.m4a", "13:00 of walk.mp4 or talk_1.m4a")


@pytest.mark.parametrize(
    "text",
    [
        "# Diary\n\n12:40 lunch with Mo\n",
        "12:40 lunch\n- Recording: talk.m4a\n",
        f"{_HEAD}12:99 no time, 2026-03-02 no mark, at 12:40 no beginning\n",
        f"{_HEAD.replace('- Recording', 'Recording')}12:40 Why.\n",
        f"{_HEAD.replace('m4a', 'pdf')}12:40 Why.\n",
    ],
)
def test_what_is_no_mark_or_no_account_has_no_places(text: str) -> None:
    assert set(_places(text)) == {""}


def test_a_file_that_was_converted_has_its_own_places_alone() -> None:
    text = f"{_HEAD}12:40 Why.\n"
    document = EvidenceDocument.of(EvidenceText(text, 0, "aa" * 32), EvidenceKind.CONVERTED, Converted(text))
    assert document.place_at(text.count("\n") - 1) == ""
