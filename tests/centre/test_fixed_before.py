"""What an older version fixed by hash, and would not be taken as evidence today, is compared with what is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.citation import Passage
from markterm.domain.record.submission import Changes
from markterm.evidence import contents, folder
from markterm.evidence.folder import EvidenceFile
from tests.centres import make_centre_in, places_in
from tests.evidence.made_more import zip_of

TEA = "T-101"
LEFT_OUT_TODAY = ("@eaDir/deep/notes.txt", "film.mp4.part", "links.zip/site.url", "plan.txt~", "site.url")


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """The evidence of a learner."""
    evidence = make_centre_in(tmp_path / "centre") / "learners" / "AAA1" / "evidence"
    for name in LEFT_OUT_TODAY:
        if "zip" not in name:
            (evidence / name).parent.mkdir(parents=True, exist_ok=True)
            (evidence / name).write_text(f"URL=https://example.org/{name}", "utf-8")
    (evidence / "@eaDir" / "index.db").write_text("of the machine", "utf-8")
    (evidence / "links.zip").write_bytes(zip_of([("site.url", b"URL=https://example.org")]))
    return evidence


@pytest.fixture
def asha(tmp_path: Path, evidence: Path) -> Iterator[Centre]:
    """The centre, opened by Asha; an older version submitted all that lies in the folder."""
    centre = Centre.open(evidence.parents[2], member="asha", places=places_in(tmp_path / "user"))
    with pytest.MonkeyPatch.context() as older:
        older.setattr(folder, "is_left_behind", lambda name: name == "index.db")
        older.setattr(folder, "POINTERS", {})
        recorded = centre.attempts.submit("AAA1", TEA)
    assert set(LEFT_OUT_TODAY) <= set(recorded.event.body["files"])  # type: ignore[arg-type]  # a JSON object
    yield centre
    centre.close_down()


def since(centre: Centre) -> Changes | None:
    return centre.attempts.since_submitted("AAA1").get(TEA)


def test_what_lies_there_unchanged_is_neither_removed_nor_changed(asha: Centre) -> None:
    assert since(asha) is None
    assert asha.differences.since("AAA1", TEA).files == ()
    assert asha.evidence.listed("AAA1").left_out == ("@eaDir/index.db",)
    asha.attempts.submit("AAA1", TEA)
    assert since(asha) is None


def test_what_was_changed_or_taken_away_is_said_to_be(asha: Centre, evidence: Path) -> None:
    (evidence / "site.url").write_text("URL=https://elsewhere.example", "utf-8")
    (evidence / "film.mp4.part").unlink()
    (evidence / "links.zip").write_bytes(zip_of([("new.txt", b"x"), ("site.url", b"URL=https://example.org")]))
    found = since(asha)
    assert found is not None
    assert (found.changed, found.removed) == (("links.zip", "site.url"), ("film.mp4.part",))


def test_what_is_cited_is_not_gone(asha: Centre) -> None:
    name = "site.url"
    asha.marking.cite("AAA1", TEA, "1.1", Passage(name, asha.fixing.fingerprints("AAA1")[name], 1, 1, "This is a link"))
    assert name in asha.fixing.fingerprints("AAA1")


def test_a_new_learner_hands_in_neither(tmp_path: Path) -> None:
    path = make_centre_in(tmp_path / "other")
    (path / "learners" / "AAA1" / "evidence" / "site.url").write_text("URL=https://example.org", "utf-8")
    (path / "learners" / "AAA1" / "evidence" / "plan.txt~").write_text("x", "utf-8")
    centre = Centre.open(path, member="asha", places=places_in(tmp_path / "user"))
    assert not {"site.url", "plan.txt~"} & set(centre.fixing.fingerprints("AAA1"))
    centre.close_down()


def test_nothing_is_made_by_libreoffice_to_be_hashed_but_what_a_citation_needs(
    asha: Centre, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def attached(file: EvidenceFile, *_: object) -> tuple[EvidenceFile, ...]:
        opened.append(file.name)
        return ()

    monkeypatch.setattr(contents, "needs_libreoffice", lambda file: file.path.suffix == ".doc")
    monkeypatch.setattr(contents, "attached_files", attached)
    for name in ("old.doc", "cited.doc"):
        (evidence / name).write_bytes(b"\xd0\xcf\x11\xe0")
    asha.marking.cite("AAA1", TEA, "1.1", Passage("cited.doc/plan.docx", "1" * 64, 1, 1, "I plan."))
    hashed = asha.fixing.fingerprints("AAA1")
    assert opened == ["cited.doc", "links.zip"]
    assert {"old.doc", "cited.doc"} <= set(hashed)
