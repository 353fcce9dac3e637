"""With the demo's longest portfolio open, the keys c and p on each criterion of a unit cite what it is about.

The passages were listed by hand, by what the criterion asks for, before there was a rule that finds them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from markterm.demo.centre import make_demo
from markterm.domain.record.event import Kind
from tests.centres import places_in
from tests.tui.sitting import Sitting, sitting

REVIEW, PLAN, CASE, MAIL = (
    "06-self-review.md",
    "07-development-plan.md",
    "01-business-case.md",
    "05-client-feedback.eml",
)
ACCEPTABLE: dict[str, list[tuple[str, str]]] = {
    "1.1": [
        (REVIEW, "I used the eight areas of the EMCC competence framework"),
        *((REVIEW, area) for area in ("Understanding self |", "Commitment to self-development |", "Evaluation |")),
        (REVIEW, "Where Mo and I differ."),
        (REVIEW, "He put me higher on self-understanding."),
    ],
    "1.2": [
        (REVIEW, "In short: the clients and the sponsor agree"),
        (REVIEW, "My first reaction, for the record:"),
        (REVIEW, "It took from Friday to Monday"),
        (MAIL, "The same from more than one:"),
        (MAIL, "Where they differ:"),
        (MAIL, "What stung: Tobi 3."),
    ],
    "1.3": [
        (CASE, "Writing this I noticed that I'd put the sums first"),
        (REVIEW, "Helps: I came up from the floor."),
        (REVIEW, "Doesn't help: I came up from the floor."),
        (REVIEW, "The assumption that I followed through:"),
        (REVIEW, "So it went from noticing months later"),
    ],
    "2.1": [(REVIEW, need) for need in ("Evaluation. First,", "Silence and not rescuing", "A third way of working")],
    "2.2": [(REVIEW, "There's a Diploma that follows on from this Certificate")],
    "3.1": [(PLAN, f"{number} | ") for number in (1, 2, 3)],
    "3.2": [
        (PLAN, "The programme isn't agreed yet."),
        (PLAN, "1 | Every client has a start"),
        (PLAN, "3 | Have a way"),
    ],
}


def _rosalind(folder: Path) -> Path:
    """The demo with her evidence that is text: what refers to this unit is in it."""
    make_demo(folder, places_in(folder.parent), datetime(2026, 6, 7, 21, 30, tzinfo=UTC))
    for file in (folder / "learners" / "JON2041" / "evidence").rglob("*"):
        if file.suffix in (".pdf", ".docx", ".xlsx", ".pptx", ".jpg", ".png"):
            file.unlink()
    return folder


async def _to_the_first_of_503(at: Sitting) -> None:
    at.app.marking.work.go_to("8580-503", "1.1")
    await at.until(lambda: "reference 1 of" in at.text)


@pytest.mark.long
async def test_c_and_p_on_each_criterion_cite_what_it_is_about(tmp_path: Path) -> None:
    async with sitting(tmp_path, make=_rosalind, learner="JON2041") as at:
        await _to_the_first_of_503(at)
        for number in ACCEPTABLE:
            assert f"8580-503 {number}" in at.text
            await at.press("c", "p")
        cited = {
            event.subject.criterion: (str(event.body["file"]), str(event.body["quote"]))
            for event in at.events("JON2041")
            if event.kind == Kind.CITED and event.subject.unit is not None and event.subject.unit.code == "8580-503"
        }
    assert cited.keys() == ACCEPTABLE.keys()
    for number, passages in ACCEPTABLE.items():
        file, quote = cited[number]
        assert any(file == name and quote.startswith(words) for name, words in passages), (number, file, quote)
