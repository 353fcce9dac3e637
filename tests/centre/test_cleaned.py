"""A file is given as text without names, or left out with why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from markterm.centre.export.cleaned import Cleaned, NotCleaned, cleaned
from markterm.domain.assessed.learner import Learner
from markterm.domain.views.anonymous import Anonymous, everybody
from markterm.domain.words.errors import Unreadable
from markterm.evidence.converted import Converted
from markterm.evidence.folder import EvidenceFile, EvidenceKind
from markterm.evidence.machine.machine_reading import MachineReading, MachineText
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import EvidenceText
from markterm.exports.nameless.not_own_kind import NotOwnKind
from markterm.exports.nameless.own_kind import OwnKind


def _not_own(_: EvidenceFile) -> OwnKind:
    raise NotOwnKind("it has pictures")


def _not_again(_: OwnKind) -> EvidenceDocument | Unreadable:
    raise AssertionError


def _cleaned(
    name: str, text: str, *, pages: int | None = None, scans: tuple[int, ...] = (), notes: tuple[str, ...] = ()
) -> Cleaned | NotCleaned:
    anonymous = Anonymous(everybody([("JON2041", "Rosalind Jones")], (), ()), Learner("JON2041", "Rosalind Jones"))
    file = EvidenceFile(name, Path(name), len(text), 0, EvidenceKind.CONVERTED)
    converted = Converted(text, notes=notes, pages=pages, scans=scans)
    kind = EvidenceKind.TEXT if name.endswith(".txt") else EvidenceKind.CONVERTED
    read = EvidenceDocument.of(EvidenceText(text, 0, ""), kind, converted)
    return cleaned(file, read, anonymous, _not_own, _not_again)


@pytest.mark.parametrize(("name", "ending"), [("a.docx", ".md"), ("a.txt", ".txt"), ("a.md", ".md"), ("a.eml", ".md")])
def test_what_is_text_keeps_its_ending_and_all_else_is_markdown(name: str, ending: str) -> None:
    given = _cleaned(name, "By Rosalind.\n")
    assert isinstance(given, Cleaned)
    assert (given.name, given.ending, given.data) == ("a", ending, b"By [learner].\n")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("photo of Rosalind.JPG", "a picture may show who the learner is"),
        ("talk.mp3", "a recording may let the learner be seen or heard"),
        ("all.zip", "what lies in it is given or left out by itself"),
    ],
)
def test_what_shows_a_person_or_only_holds_files_is_left_out(name: str, why: str) -> None:
    left = _cleaned(name, "Tea.")
    assert isinstance(left, NotCleaned)
    assert left.why == why
    assert "osalind" not in left.name


def test_scans_are_left_out_alone_and_told_of_beside_text() -> None:
    assert isinstance(_cleaned("a.pdf", "Page 1", pages=1, scans=(1,)), NotCleaned)
    given = _cleaned("a.pdf", "Tea", pages=3, scans=(2,), notes=("Made by Rosalind Jones.",))
    assert isinstance(given, Cleaned)
    assert given.notes == (
        "It is given as text, for it has pictures.",
        "Made by [learner].",
        "Left out as pictures: 1 page.",
    )
    assert given.what == "given as text: it has pictures"


def test_what_still_names_somebody_is_left_out() -> None:
    left = _cleaned("J-O-N-2-0-4-1.txt", "J-O-N-2-0-4-1")
    assert isinstance(left, NotCleaned)
    assert (left.name, left.why) == ("", "a name is found in it in spite of all")


def _read(name: str, text: str, scans: tuple[int, ...] = ()) -> EvidenceDocument:
    kind = EvidenceKind.TEXT if name.endswith(".txt") else EvidenceKind.CONVERTED
    return EvidenceDocument.of(EvidenceText(text, 0, ""), kind, Converted(text, pages=1, scans=scans))


def _given(name: str, text: str, again: EvidenceDocument | Unreadable) -> str:
    """As what a file is given that is made in its own kind, and then read so again."""
    anonymous = Anonymous(everybody([("JON2041", "Rosalind Jones")], (), ()), Learner("JON2041", "Rosalind Jones"))
    file = EvidenceFile(name, Path(name), len(text), 0, EvidenceKind.CONVERTED)
    made = OwnKind(b"made", Path(name).suffix, "given as itself")
    given = cleaned(file, _read(name, text), anonymous, lambda _: made, lambda _: again)
    assert isinstance(given, Cleaned)
    assert given.data == (b"made" if given.what == "given as itself" else b"Tea.")
    return given.what.removeprefix("given as text: ")


@pytest.mark.parametrize(
    ("name", "again", "what"),
    [
        ("a.pdf", _read("a.pdf", "Tea."), "given as itself"),
        ("a.pdf", _read("a.pdf", "Coffee."), "its pages did not come out as they were"),
        ("a.pdf", _read("a.pdf", "Tea.", scans=(1,)), "its pages did not come out as they were"),
        ("a.docx", _read("a.docx", "Coffee."), "given as itself"),
        ("a.docx", _read("a.docx", "Tea by Rosalind."), "a name is found in it in spite of all"),
        ("a.docx", Unreadable("It is damaged", "Look.", ""), "what was made of it cannot be read"),
    ],
)
def test_what_is_made_of_a_file_is_read_again_and_given_as_text_where_it_is_not_as_it_should_be(
    name: str, again: EvidenceDocument | Unreadable, what: str
) -> None:
    assert _given(name, "Tea.", again) == what


def test_a_file_that_cannot_be_read_is_left_out() -> None:
    anonymous = Anonymous(everybody([("JON2041", "Rosalind Jones")], (), ()), Learner("JON2041", "Rosalind Jones"))
    file = EvidenceFile("a.docx", Path("a.docx"), 1, 0, EvidenceKind.CONVERTED)
    left = cleaned(file, Unreadable("It is locked", "By Jones.", ""), anonymous, _not_own, _not_again)
    assert left == NotCleaned("a.docx", "a", "it cannot be read: It is locked")


def test_a_picture_in_which_a_machine_read_a_name_is_left_out_whoever_says_that_it_shows_nobody() -> None:
    anonymous = Anonymous(everybody([("JON2041", "Rosalind Jones")], (), ()), Learner("JON2041", "Rosalind Jones"))
    file = EvidenceFile("a.png", Path("a.png"), 1, 0, EvidenceKind.CONVERTED)
    picture = OwnKind(b"pixels", ".png", "given as a picture")
    read = EvidenceDocument.of(EvidenceText("Badge: Rosalind Jones", 0, ""), file.kind, Converted("", scans=(1,)))
    by_machine = replace(read, machine=MachineText(MachineReading("an engine", "1", ()), {}))
    own = [
        cleaned(file, each, anonymous, lambda _: picture, _not_again, shows_nobody=True) for each in (read, by_machine)
    ]
    assert isinstance(own[0], Cleaned)
    assert own[0].shows_nobody
    assert isinstance(own[1], NotCleaned)
    assert own[1].why == "a machine read a name in it"
