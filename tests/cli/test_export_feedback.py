"""`markterm export feedback`: what went to learners, as it went, and drafts of messages that are not sent."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from docx import Document as Opened
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]  # it has no types

from tests.cli.conftest import Ask
from tests.cli.test_feedback import EDITED, close_tea

AS_ASHA = ("--as", "asha")


def pdf_text(data: bytes) -> str:
    document = PdfDocument(data)
    return " ".join(page.get_textpage().get_text_range() for page in document)


@pytest.fixture
def released(centre: Path, ask: Ask) -> Path:
    """Tea of AAA1, closed as a referral, with a text that was edited before it went."""
    close_tea(centre, "Which pot do you mean?")
    (centre / "edited.md").write_text(EDITED, "utf-8")
    assert ask("release", "AAA1", "101", "--text", "edited.md", "--anyway", *AS_ASHA).code == 0
    return centre


def give_address(centre: Path, registration: str, address: str) -> None:
    file = centre / "learners" / registration / "learner.md"
    file.write_text(file.read_text("utf-8").replace("assessor:", f'email: "{address}"\nassessor:'), "utf-8")


@pytest.mark.usefixtures("released")
def test_what_was_released_is_written_as_it_went_in_every_form(ask: Ask, tmp_path: Path) -> None:
    for form in ("md", "html", "docx", "pdf"):
        file = tmp_path / f"out.{form}"
        assert ask("export", "feedback", "AAA1", "101", "-o", str(file)).code == 0
        assert ask("audit", "--against", str(file)).code == 0
    assert (tmp_path / "out.md").read_text("utf-8") == EDITED
    assert "Nearly there." in (tmp_path / "out.html").read_text("utf-8")
    assert Opened(str(tmp_path / "out.docx")).paragraphs[0].text == "Dear Rosalind"
    assert "Nearly there." in pdf_text((tmp_path / "out.pdf").read_bytes())
    assert "DRAFT" not in pdf_text((tmp_path / "out.pdf").read_bytes())


def test_what_was_not_released_is_refused_and_a_draft_says_so_on_every_page(
    centre: Path, ask: Ask, tmp_path: Path
) -> None:
    close_tea(centre, "Which pot do you mean?")
    refused = ask("export", "feedback", "AAA1", "101", "-o", str(tmp_path / "a.pdf"))
    assert refused.code == 3
    assert "not released yet" in refused.err
    assert "a draft is wanted: --draft." in refused.err
    assert ask("export", "feedback", "AAA1", "101", "--draft", "-o", str(tmp_path / "a.docx")).code == 0
    opened = Opened(str(tmp_path / "a.docx"))
    assert "DRAFT, not released." in [each.text for each in opened.sections[0].header.paragraphs]
    assert ask("export", "feedback", "AAA1", "101", "--draft", "-o", str(tmp_path / "a.md")).code == 0
    assert (tmp_path / "a.md").read_text("utf-8").startswith("**DRAFT, not released.**")


def test_what_does_not_stand_any_more_is_left_out_and_told(released: Path, ask: Ask) -> None:
    assert ask("export", "feedback", "--released-since", "2020-01-01", "--format", "md").code == 0
    assert [each.name for each in (released / "exports").iterdir() if each.suffix == ".md"] == [
        "AAA1 T-101 feedback.md"
    ]
    assert ask("export", "feedback", "--released-since", "2999-01-01").code == 2
    ask("reopen", "AAA1", "101", "--reason", "The wrong pot.", *AS_ASHA)
    gone = ask("export", "feedback", "--released-since", "2020-01-01")
    assert gone.code == 2
    assert "opened or closed anew since" in gone.err
    assert ask("export", "feedback", "AAA1", "101").code == 3


def test_of_an_incomplete_record_every_page_says_so_and_the_text_is_as_it_went(released: Path, ask: Ask) -> None:
    (segment,) = (released / "records/AAA1").glob("*.log")
    lines = segment.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b"It boils", b"It boilt") if b"It boils" in lines[2] else lines[2][:-3] + b'x"}'
    segment.write_bytes(b"\n".join(lines))
    assert ask("export", "feedback", "AAA1", "101", "-o", "a.docx").code == 0
    opened = Opened(str(released / "a.docx"))
    assert any("is incomplete" in each.text for each in opened.sections[0].header.paragraphs)
    assert ask("export", "feedback", "AAA1", "101", "-o", "a.md").code == 0
    said, _, text = (released / "a.md").read_text("utf-8").partition("\n\n")
    assert "is incomplete" in said
    assert text == EDITED


def test_a_message_has_the_pdf_and_the_learners_address_and_is_not_sent(released: Path, ask: Ask) -> None:
    give_address(released, "AAA1", "r.jones@example.org")
    assert ask("export", "feedback", "AAA1", "--format", "eml", "-o", "a.eml").code == 0
    data = (released / "a.eml").read_bytes()
    message = message_from_bytes(data, policy=default)
    assert (message["To"].addresses[0].addr_spec, message["X-Unsent"]) == ("r.jones@example.org", "1")
    (pdf,) = message.iter_attachments()
    assert pdf.get_filename() == "AAA1 T-101 feedback.pdf"
    content = pdf.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert "Nearly there." in pdf_text(content)
    assert ask("audit", "--against", "a.eml").code == 0


@pytest.mark.parametrize(
    ("own", "others", "why"),
    [("", "", "no e-mail address"), ("r.jones", "", "no e-mail address"), ("a@b.cd", "A@B.cd", "of BBB2 too")],
)
def test_a_learner_without_an_address_of_their_own_gets_no_message(
    released: Path, ask: Ask, own: str, others: str, why: str
) -> None:
    give_address(released, "AAA1", own)
    give_address(released, "BBB2", others)
    refused = ask("export", "feedback", "--released-since", "2020-01-01", "--format", "eml")
    assert refused.code == 2
    assert why in refused.err
    assert not (released / "exports").exists()


@pytest.mark.usefixtures("released")
def test_what_would_be_written_is_shown_before(ask: Ask) -> None:
    shown = json.loads(ask("export", "feedback", "AAA1", "--preview", "--json").out)
    assert [each["path"] for each in shown["files"]] == ["AAA1 T-101 feedback.pdf"]


@pytest.mark.usefixtures("released")
@pytest.mark.parametrize(
    "words",
    [
        (),
        ("AAA1", "101", "--format", "eml"),
        ("AAA1", "--draft"),
        ("--released-since", "May"),
        ("AAA1", "999"),
        ("AAA1", "101", "--released-since", "2026-01-01"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(ask: Ask, words: tuple[str, ...]) -> None:
    refused = ask("export", "feedback", *words)
    assert refused.code == 2
    assert refused.err


@pytest.mark.usefixtures("released")
def test_why_nothing_can_be_written_is_one_sentence(ask: Ask) -> None:
    told = ask("export", "feedback", "AAA1", "--format", "eml")
    assert told.code == 2
    assert "can be written: the message to AAA1: their file has no e-mail address.\n" in told.err
