"""A name whose accents are letters with marks (macOS) or letters of their own (elsewhere) is one name everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markterm.centre.evidence import Evidence
from markterm.centre.fixing import Fixing
from markterm.centre.folder import CentreFolder
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.criterion import read_passage, write_passage
from markterm.domain.record.citation import CitedFile, Passage, cited_file
from markterm.domain.record.event import Event, Json, Kind, Subject
from markterm.domain.record.portfolio import fold
from markterm.domain.record.submission import changes
from tests.evidence.made_more import zip_of
from tests.examples import examples

_Form = Literal["NFC", "NFD"]
_FORMS: st.SearchStrategy[_Form] = st.sampled_from(["NFC", "NFD"])
_NAMES = st.lists(st.text(st.sampled_from("aeoué̈ñÅçö한 -1"), min_size=1, max_size=9), min_size=1, max_size=3).map(
    lambda parts: "/".join(" ".join(part.split()) or "x" for part in parts) + ".md"
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(50))
@given(name=_NAMES, there=_FORMS, recorded=_FORMS)
def test_what_one_machine_recorded_is_found_on_another(
    tmp_path_factory: pytest.TempPathFactory, name: str, there: _Form, recorded: _Form
) -> None:
    folder = tmp_path_factory.mktemp("centre")
    path = folder / "learners" / "A1" / "evidence" / normalize(there, name)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"I made tea.")
    files = Evidence(CentreFolder(folder), folder / "cache")
    now = Fixing(files).fingerprints("A1")
    (sha256,) = now.values()
    body = write_passage(Passage(normalize(recorded, name), sha256, 1, 1, "I made tea."))
    passage = read_passage(body)
    assert passage is not None
    assert cited_file(passage, now)[0] is CitedFile.THERE
    assert cited_file(replace(passage, sha256="other"), now)[0] is CitedFile.CHANGED
    assert files.named("A1", normalize(recorded, name)).path == path
    assert files.named("A1", normalize(recorded, name)[:-1]).path == path


def test_nothing_changed_when_a_submission_names_its_files_in_another_form() -> None:
    unit = UnitKey("T-101", "1")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    body: dict[str, Json] = {
        "attempt": 1,
        "files": {normalize("NFD", "Zoë.md"): "1"},
        "unread": [normalize("NFD", "é.mov")],
    }
    event = Event("uid", Kind.SUBMITTED, "A1", at, "asha", "assessor", Subject(unit), body)
    submission = fold([event]).unit(unit).submission
    assert submission is not None
    assert not changes(submission.files, {"Zoë.md": "1"})
    assert submission.unread == ("é.mov",)


def test_names_within_an_archive_are_written_as_names_outside(tmp_path: Path) -> None:
    evidence = tmp_path / "learners" / "A1" / "evidence"
    evidence.mkdir(parents=True)
    (evidence / "a.zip").write_bytes(zip_of([(normalize("NFD", "Zoë/é.txt"), b"x"), ("Zoë/é.txt", b"y")]))
    names = list(Fixing(Evidence(CentreFolder(tmp_path), tmp_path / "cache")).fingerprints("A1"))
    assert names == ["a.zip", "a.zip/Zoë/é.txt", "a.zip/Zoë/é (2).txt"]
