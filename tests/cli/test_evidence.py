"""evidence, read, find."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.evidence.made import docx, paragraph
from tests.evidence.made_more import eml, pdf

pytestmark = pytest.mark.usefixtures("centre")
EVIDENCE = Path("learners", "AAA1", "evidence")


@pytest.fixture(autouse=True)
def files(centre: Path) -> None:
    """A Word file, a PDF of two pages, and an e-mail with a Word file in it."""
    word = docx(paragraph("The kettle was descaled in March."))
    (centre / EVIDENCE / "log.docx").write_bytes(word)
    (centre / EVIDENCE / "witness.pdf").write_bytes(pdf((["First page."], ["She warmed", "the pot."])))
    (centre / EVIDENCE / "mail.eml").write_bytes(eml("See the plan.", files=[("plan.docx", word)]))


def test_every_file_is_listed_with_words_pages_and_hash(ask: Ask) -> None:
    answer = ask("evidence", "AAA1", "--json")
    listed = {file["name"]: file for file in answer.json}
    assert set(listed) == {"diary.md", "log.docx", "witness.pdf", "mail.eml", "mail.eml/plan.docx"}
    assert listed["witness.pdf"]["pages"] == 2
    assert listed["log.docx"]["sha256"] == sha256((EVIDENCE / "log.docx").read_bytes()).hexdigest()
    assert listed["mail.eml/plan.docx"]["words"] == listed["log.docx"]["words"]
    assert answer.code == 0


def test_a_file_that_cannot_be_read_is_listed_with_the_reason(ask: Ask) -> None:
    (EVIDENCE / "log.docx").write_bytes(b"no archive")
    (EVIDENCE / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    answer = ask("evidence", "AAA1")
    assert answer.code == 1
    assert "2 not read" in answer.err
    assert len([line for line in answer.out.splitlines() if line.startswith(("log.docx", "old.doc"))]) == 2


def test_a_file_of_any_kind_is_printed_as_text(ask: Ask) -> None:
    assert "The kettle was descaled in March." in ask("read", "AAA1", "log.docx").out
    assert "The kettle was descaled in March." in ask("read", "AAA1", "plan").out


def test_one_page_is_printed_alone(ask: Ask) -> None:
    answer = ask("read", "AAA1", "witness.pdf", "--page", "2")
    assert "the pot." in answer.out
    assert "First page" not in answer.out
    refused = ask("read", "AAA1", "witness.pdf", "--page", "3")
    assert (refused.code, refused.out) == (2, "")
    assert "2 pages" in refused.err
    assert ask("read", "AAA1", "diary.md", "--page", "1").code == 2


def test_a_name_that_is_no_file_or_several_is_refused_with_the_names(ask: Ask) -> None:
    for name, listed in (("nothing", "witness.pdf"), ("a", "diary.md, mail.eml")):
        answer = ask("read", "AAA1", name)
        assert (answer.code, answer.out) == (2, "")
        assert listed in answer.err


def test_words_are_found_in_files_of_every_kind_across_the_ends_of_lines(ask: Ask) -> None:
    found = ask("find", "AAA1", "descaled in", "--json").json
    assert [each["file"] for each in found] == ["log.docx", "mail.eml/plan.docx"]
    (warmed,) = ask("find", "AAA1", "WARMED THE POT", "--json").json
    assert (warmed["file"], warmed["place"]) == ("witness.pdf", "page 2")
    assert ask("find", "AAA1", "no such words").code == 1


def test_what_is_no_evidence_is_left_out_and_said_wherever_files_are_listed(ask: Ask) -> None:
    for name in ("~$log.docx", "film.mp4.crdownload"):
        (EVIDENCE / name).write_bytes(b"x")
    (EVIDENCE / "plan.gdoc").write_bytes(b'{"url": "https://docs.google.com/open?id=1x"}')
    said = "left out: 2 files that programs leave behind: film.mp4.crdownload, ~$log.docx"
    listed = ask("evidence", "AAA1")
    assert said in listed.err
    assert "6 files, 1 only leads to a document." in listed.err
    assert "plan.gdoc" in listed.out
    assert "~$log.docx" not in listed.out
    as_json = {file["name"]: file for file in ask("evidence", "AAA1", "--json").json}
    assert as_json["~$log.docx"] == {"name": "~$log.docx", "kind": "left behind by a program", "left_out": True}
    assert said in ask("show", "AAA1").out
    assert ask("show", "AAA1", "--json").json["evidence_left_out"] == ["film.mp4.crdownload", "~$log.docx"]
    assert "https://docs.google.com/open?id=1x" in ask("read", "AAA1", "plan.gdoc").out
    submitted = ask("submit", "AAA1", "T-101", "--opened", "--declared", "e-mail", "--as", "asha", "--json")
    assert said in submitted.err
    assert set(submitted.json["body"]["files"]) == {
        "diary.md",
        "log.docx",
        "witness.pdf",
        "mail.eml",
        "mail.eml/plan.docx",
    }
    assert submitted.json["body"]["unread"] == ["plan.gdoc"]


def test_a_file_within_files_is_read_found_cited_and_submitted(ask: Ask) -> None:
    inner = eml("See below.", files=[("statement.txt", b"I saw her descale it.")])
    (EVIDENCE / "sent.eml").write_bytes(eml("Forwarded.", files=[("inner.eml", inner)]))
    name = "sent.eml/inner.eml/statement.txt"
    assert ask("read", "AAA1", name).out == "I saw her descale it.\n"
    assert name in ask("find", "AAA1", "descale it").out
    cited = ask("cite", "AAA1", "T-101", "1.1", name, "--lines", "1", "--as", "asha")
    assert cited.code == 0
    listed = {file["name"]: file for file in ask("evidence", "AAA1", "--json").json}
    assert listed[name]["cited_by"] == ["101 1.1"]
    ask("submit", "AAA1", "T-101", "--opened", "--declared", "e-mail", "--as", "asha")
    assert "since" not in ask("evidence", "AAA1").err


def test_a_file_whose_name_says_nothing_is_read_as_what_it_is(ask: Ask) -> None:
    (EVIDENCE / "diary of June").write_bytes(docx(paragraph("I made tea.")))
    listed = {file["name"]: file for file in ask("evidence", "AAA1", "--json").json}
    assert listed["diary of June"]["kind"] == "as its bytes say"
    assert listed["diary of June"]["words"] == 3
    assert "I made tea." in ask("read", "AAA1", "diary of June").out
