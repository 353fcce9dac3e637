"""Which files there are, and which texts they are made of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from tests.demo_evidence import mail, pages, pictures, slides, word, workbook
from tests.demo_evidence.forms import filled_in
from tests.demo_evidence.texts import blocks, text

_LEARNER = "Rosalind Jones, JON2041"


def files() -> Mapping[str, bytes]:
    """The files by their names in the evidence folder, but for the photograph: what writes `.heic` is no library."""
    answers = "answers-lukasz-zoe-helen.txt"
    form = word.document(blocks("feedback-form-tobi.md"), title="Feedback form", author="Tobi", day="2026-04-23")
    return {
        "02-models-and-ethics.pdf": pages.document(
            blocks("02-models-and-ethics.md"), title="Models, skills and ethics", head=_LEARNER
        ),
        "03-coaching-log.docx": word.document(
            blocks("03-coaching-log.md"),
            title="Coaching and mentoring log",
            day="2026-04-28",
            header=f"{_LEARNER} · unit 8580-501",
            footer="Coaching and mentoring log, page ",
        ),
        "03-hours-and-progress.xlsx": workbook.workbook(
            blocks("03-hours-and-progress.md"),
            title="Hours and progress",
            day="2026-04-23",
            comments={("Sessions", "E9"): "From sitting down until the radio went."},
        ),
        "05-client-feedback.eml": mail.message(
            text("05-client-feedback.txt"), {answers: text(answers).encode(), "feedback-form-tobi.docx": form}
        ),
        "08-agreements.pdf": pages.document(blocks("08-agreements.md"), title="Agreements", head=_LEARNER),
        "09-report-to-senior-team.pptx": slides.presentation(
            blocks("09-report-to-senior-team.md"),
            title="What the trial has shown",
            day="2026-05-28",
            hidden="Questions that I expect (not to be shown)",
        ),
        "11-thanks-from-helen.eml": mail.message(
            text("11-thanks-from-helen.txt"),
            {
                "helen-to-rosalind.eml": mail.message(
                    text("helen-to-rosalind.txt"), {"upstairs.csv": text("upstairs.csv").encode()}, "upstairs"
                )
            },
            "as-it-came",
        ),
        "R Jones-JON2041-012345-501(1).docx": word.document(
            blocks("R Jones-JON2041-012345-501(1).md"),
            title="Unit 8580-501",
            day="2026-05-04",
            header=f"{_LEARNER}, centre 012345",
            footer="Unit 8580-501, first submission, page ",
        ),
        "images/readiness-whiteboard.jpg": pictures.whiteboard(
            blocks("readiness-whiteboard.md"), taken="2025:12:03 14:25:00"
        ),
        "scans/initials-zoe.png": pictures.scan(blocks("initials.md")),
        "scans/observation-mo.pdf": pictures.scanned_page(text("observation-mo.txt")),
        **{f"forms/{name}": form for name, form in filled_in(tomllib.loads(text("check-ins.toml"))).items()},
    }
