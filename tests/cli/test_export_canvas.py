"""`markterm export canvas` writes feedback under the very names of the submissions that Canvas gave out."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document as Opened

from markterm.exports.canvas.submissions import as_canvas, user_of
from tests.cli.conftest import Ask
from tests.cli.test_export_feedback import pdf_text
from tests.cli.test_export_moodle import name_of, released

__all__ = ["released"]

ASKED = ("export", "canvas", "101", "--submissions", "handed-in.zip")


def handed_in(centre: Path, *names: str) -> None:
    with ZipFile(centre / "handed-in.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "x")


def context(name: str) -> list[str]:
    """What Canvas takes from a name: the first two parts by `_` that are numbers, those of the user and the file."""
    return [part for part in name.split("_") if re.fullmatch("[0-9]+", part)][:2]


@pytest.mark.parametrize(
    ("name", "user"),
    [
        ("jonesrosalind_41_77_my_diary.docx", "41"),
        ("jonesrosalind_LATE_41_77_diary.pdf", "41"),
        ("jonesrosalind_41_link.html", ""),
        ("../jonesrosalind_41_77_x.pdf", ""),
        ("diary.docx", ""),
    ],
)
def test_the_number_of_a_user_is_read_where_canvas_reads_it(name: str, user: str) -> None:
    assert user_of(name) == user
    assert not user or context(name)[0] == user


def test_a_name_is_written_as_canvas_does() -> None:
    assert as_canvas("Zoé  Guérin-Núñez") == "guerinnunezzoe"
    assert as_canvas("") == ""


def test_feedback_goes_back_under_the_name_and_in_the_form_of_what_was_handed_in(released: Path, ask: Ask) -> None:
    mine = as_canvas(name_of(released, "AAA1"))
    names = (f"{mine}_LATE_41_76_photo.jpg", f"{mine}_LATE_41_77_my_diary.docx")
    handed_in(released, *names, f"{as_canvas(name_of(released, 'BBB2'))}_42_78_a.pdf", "noone_43_79_a.pdf")
    answer = ask(*ASKED, "-o", "out.zip")
    assert answer.code == 0
    with ZipFile(released / "out.zip") as archive:
        assert archive.namelist() == [names[1]]
        assert Opened(io.BytesIO(archive.read(names[1]))).paragraphs[0].text == "Dear Rosalind"
    assert "42 (BBB2)" in answer.err
    assert "43 (noone): nobody of this centre" in answer.err
    assert ask("audit", "--against", "out.zip").code == 0


def test_who_it_is_may_be_said_and_a_number_in_the_evidence_tells(released: Path, ask: Ask) -> None:
    handed_in(released, "anon_41_77_a.pdf", "anon_42_78_a.pdf")
    assert ask(*ASKED).code == 2
    assert ask(*ASKED, "--match", "42=AAA1", "-o", "a.zip").code == 0
    (released / "learners/AAA1/evidence/anon_41_77_a.pdf").write_text("x", "utf-8")
    assert ask(*ASKED, "-o", "b.zip").code == 0
    for file, name in (("a.zip", "anon_42_78_a.pdf"), ("b.zip", "anon_41_77_a.pdf")):
        with ZipFile(released / file) as archive:
            assert archive.namelist() == [name]
            assert "Nearly there." in pdf_text(archive.read(name))


def test_another_form_or_no_zip_of_submissions_is_refused_in_words(released: Path, ask: Ask) -> None:
    assert ask(*ASKED).code == 4
    handed_in(released, "a.txt")
    assert ask(*ASKED).code == 4
    handed_in(released, f"{as_canvas(name_of(released, 'AAA1'))}_41_77_photo.jpg")
    refused = ask(*ASKED)
    assert refused.code == 2
    assert "Canvas takes no other name" in refused.err
