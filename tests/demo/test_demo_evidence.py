"""The demo's full portfolio: evidence of every kind that reads well, and covers a whole unit without the text files."""

from __future__ import annotations

import io
import json
import re
import tomllib
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

import markterm.demo
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.criterion import read_passage
from markterm.domain.texts.evidence_reference import Strength, find_references
from markterm.domain.words.file_label import file_label
from markterm.domain.words.foreign_text import clean
from markterm.evidence.conversion.child import answer
from markterm.evidence.conversion.wire import from_bytes
from markterm.evidence.converted import Converted
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.readers import READERS
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.passages import find_again
from markterm.evidence.text_file import EvidenceText
from markterm.sheets.shipped import shipped_mark_sheets
from markterm.sheets.unit_library import UnitLibrary
from tests.demo_evidence.portfolio import files as made_files
from tests.demo_evidence.texts import FOLDER

PORTFOLIO = Path(markterm.demo.__file__).parent / "portfolio"
CITED_BEFORE = Path(__file__).parents[1] / "data" / "cited_by_0_1_0.json"
"""Passages of this portfolio as 0.1.0 cited them, every fourth of the files that are not text."""
COVERED = "8580-501"
LOG = "03-coaching-log.docx"
MAIL = "05-client-feedback.eml"
FORWARDED = "11-thanks-from-helen.eml"
PHOTOGRAPH = "images/breaks-line-2.heic"
"""Its reader is an extra."""

Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def shipped() -> Files:
    """The files of the portfolio by their names."""
    paths = sorted(path for path in PORTFOLIO.rglob("*") if path.is_file())
    return {path.relative_to(PORTFOLIO).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def converted(shipped: Files, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Converted]:
    """Those that are not text as they are read, with what is attached to them."""
    return read(shipped, tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="module")
def units() -> Mapping[str, Unit]:
    """The units of the mark sheets that ship, by their codes."""
    return UnitLibrary.load(shipped_mark_sheets()).units


def read(files: Files, folder: Path) -> dict[str, Converted]:
    """What the readers make of those files that are not text, as in their own process; they raise what is wrong."""
    found: dict[str, Converted] = {}
    for number, (name, content) in enumerate(files.items()):
        suffix = PurePosixPath(name).suffix
        if suffix not in READERS or name == PHOTOGRAPH:
            continue
        path = folder / f"{number}{suffix}"
        path.write_bytes(content)
        found[name] = from_bytes(answer(path, READERS[suffix]))
        (folder / str(number)).mkdir()
        inner = {f"{name}/{attachment.name}": attachment.content for attachment in found[name].attachments}
        found |= read(inner, folder / str(number))
    return found


def sources(shipped: Files, converted: Mapping[str, Converted]) -> dict[str, str]:
    """The text of every file, and of what is attached."""
    texts = {name: content.decode() for name, content in shipped.items() if name.endswith((".md", ".txt"))}
    attached = {
        f"{name}/{each.name}": each.content.decode()
        for name, file in converted.items()
        for each in file.attachments
        if each.name.endswith(".txt")
    }
    return texts | attached | {name: file.markdown for name, file in converted.items()}


def test_there_is_evidence_of_every_kind(shipped: Files, converted: Mapping[str, Converted]) -> None:
    kinds = {PurePosixPath(name).suffix for name in shipped}
    assert kinds == {
        *(".md", ".txt", ".docx", ".pdf", ".xlsx", ".pptx", ".eml", ".jpg", ".png"),
        *(".odt", ".rtf", ".heic"),
    }
    assert {PurePosixPath(each.name).suffix for each in converted[MAIL].attachments} == {".txt", ".docx"}
    assert sum(map(len, shipped.values())) < 500_000


def test_it_is_as_long_as_a_real_one(shipped: Files, converted: Mapping[str, Converted]) -> None:
    assert sum(len(text.split()) for text in sources(shipped, converted).values()) > 12_000


def test_every_file_is_read_and_what_is_to_be_known_about_it_is_said(converted: Mapping[str, Converted]) -> None:
    assert all(file.markdown.strip() for file in converted.values())
    assert {name: file.notes for name, file in converted.items() if file.notes} == {
        LOG: (
            "Passages that were deleted or moved away with changes tracked, and are not shown: 1.",
            "Passages that were inserted with changes tracked, and are shown: 2.",
        ),
        "09-report-to-senior-team.pptx": ("Slide 8 is hidden in the presentation, and shown here.",),
        "scans/observation-mo.pdf": ("Page 1 has no text: it is a scan, a picture or empty.",),
    }
    assert {name: file.pages for name, file in converted.items() if file.pages} == {
        "02-models-and-ethics.pdf": 6,
        "03-hours-and-progress.xlsx": 3,
        "08-agreements.pdf": 5,
        "09-report-to-senior-team.pptx": 8,
        "forms/check-in-mo.xlsx": 1,
        "forms/check-in-zoe.pdf": 1,
        "scans/observation-mo.pdf": 1,
    }


def test_headings_lists_tables_notes_and_comments_arrive(converted: Mapping[str, Converted]) -> None:
    log = converted[LOG].markdown
    assert log.startswith("Rosalind Jones, JON2041 · unit 8580-501\n\n# Coaching and mentoring log\n")
    assert log.rstrip().endswith("Coaching and mentoring log, page 1")
    assert "\n1. ringing the hauliers when they are late\n   - because" in log
    assert "was **not** met." in log
    assert "more or less met" not in log
    assert "you say this to his face too" in log
    assert "\n> If I'd told him off in January" in log
    assert "\n| Total |  | 15 | 14 | 13.5 |" in converted["03-hours-and-progress.xlsx"].markdown
    assert "\n**Notes:**\n\nFifty-eight down to thirty-one." in converted["09-report-to-senior-team.pptx"].markdown
    assert "\n## Part four: tools\n" in converted["02-models-and-ethics.pdf"].markdown
    assert "\n   Helen: fewer decisions coming upstairs from goods-in.\n" in converted["08-agreements.pdf"].markdown


FORMS = tomllib.loads((FOLDER / "check-ins.toml").read_text("utf-8"))


@pytest.mark.parametrize("form", FORMS["forms"], ids=lambda form: form["file"])
def test_what_was_filled_in_is_read_whatever_the_program_was(
    converted: Mapping[str, Converted], form: Mapping[str, Any]
) -> None:
    read = " ".join(unescaped(converted[f"forms/{form['file']}"].markdown).split())
    assert [answer for answer in (form["name"], form["day"], *form["answers"]) if answer not in read] == []
    assert form["often"] in read
    assert not any(entry in read for entry in FORMS["often"] if entry != form["often"])
    ticks = re.findall(r"☑|☒|☐|(?<!not )ticked|not ticked|TRUE|FALSE", read)
    assert [tick in ("☑", "☒", "ticked", "TRUE") for tick in ticks] == [form["agreed"], form["again"]]


def unescaped(markdown: str) -> str:
    return re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", markdown)


def test_the_mail_in_the_mail_has_its_table(converted: Mapping[str, Converted]) -> None:
    (forwarded,) = converted[FORWARDED].attachments
    (table,) = converted[f"{FORWARDED}/{forwarded.name}"].attachments
    assert "Goods-in" in converted[f"{FORWARDED}/{forwarded.name}/{table.name}"].markdown


def test_the_scan_is_a_page_without_text(converted: Mapping[str, Converted]) -> None:
    assert any("scan" in note for note in converted["scans/observation-mo.pdf"].notes)


def test_every_criterion_of_a_unit_is_referenced_in_files_that_are_not_text(
    converted: Mapping[str, Converted], units: Mapping[str, Unit]
) -> None:
    unit = units[COVERED]
    found = find_references(((name, file.markdown) for name, file in converted.items()), tuple(units.values()))
    references = {
        criterion.number: [
            reference
            for reference in found.for_criterion(unit.key, criterion.number)
            if reference.strength is Strength.PLACED and not reference.ambiguous
        ]
        for criterion in unit.criteria
    }
    assert [number for number, placed in references.items() if not placed] == []
    kinds = {PurePosixPath(reference.file).suffix for placed in references.values() for reference in placed}
    assert kinds == {".docx", ".pdf", ".xlsx", ".pptx", ".eml"}


def test_no_reference_leads_nowhere(
    shipped: Files, converted: Mapping[str, Converted], units: Mapping[str, Unit]
) -> None:
    taken = [units[code] for code in ("8580-500", "8580-501", "8580-503")]
    assert find_references(sources(shipped, converted).items(), taken).unresolved == ()


def test_a_written_assignment_is_named_as_centres_ask_for_it(shipped: Files) -> None:
    (label,) = filter(None, map(file_label, shipped))
    assert (label.unit, label.attempt, label.registration) == ("501", 1, "JON2041")


def test_files_that_the_texts_name_are_there(shipped: Files, converted: Mapping[str, Converted]) -> None:
    named = re.compile(r"[`( ]((?:images/)?[\w-]+\.(?:md|txt|docx|pdf|xlsx|pptx|eml|jpg))\b")
    texts = sources(shipped, converted)
    found = {name for text in texts.values() for name in named.findall(text)}
    assert len(found) > 4
    assert found <= {part for name in texts for part in (name, name.rpartition("/")[2])}


def test_they_are_what_the_texts_beside_the_tests_make(
    shipped: Files, converted: Mapping[str, Converted], tmp_path: Path
) -> None:
    made = made_files()
    assert set(made) == {name for name in shipped if PurePosixPath(name).suffix in READERS} - {PHOTOGRAPH}
    again = read(made, tmp_path)
    assert {name: said(file) for name, file in again.items()} == {name: said(file) for name, file in converted.items()}
    for name, content in made.items():
        if name.endswith((".docx", ".xlsx", ".pptx")):
            entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
            assert {entry.date_time[:3] for entry in entries} == {(1980, 1, 1)}, name


def said(file: Converted) -> tuple[object, ...]:
    """What is told of a file but for sizes: libraries pack better or worse from one version to the next."""
    return re.sub(r"[\d.,]+ (bytes|KB)", "", file.markdown), file.places, file.notes, file.pages


def test_what_0_1_0_cited_is_found_again_by_the_readers_there_are_now(
    shipped: Files, converted: Mapping[str, Converted]
) -> None:
    cited = [read_passage(body) for body in json.loads(CITED_BEFORE.read_text("utf-8"))]
    documents = {
        name: EvidenceDocument.of(
            EvidenceText(clean(file.markdown).text, 0, sha256(shipped[name]).hexdigest()), EvidenceKind.CONVERTED, file
        )
        for name, file in converted.items()
        if name in shipped
    }
    assert len(cited) > 90
    for passage in filter(None, cited):
        found = find_again(documents[passage.file], passage)
        assert found is not None, passage
        # Also where it stands elsewhere than it did.
        assert find_again(documents[passage.file], replace(passage, first=1, last=1)) is not None, passage
