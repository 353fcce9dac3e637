"""What a whole cohort has in common: told in a line of its own, unless the centre gave it to them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from pathlib import Path

import pytest

from markterm.centre import alike_of_many
from markterm.centre.alike_texts import Worded
from markterm.centre.centre import Centre
from markterm.exports.plain.alike import alike_as_json
from markterm.own.places import Places
from tests.centre.test_alike import looked
from tests.centre.test_alike_seen import is_assessed_by
from tests.centres import add_learner
from tests.domain.test_shared_passages import TAKEN
from tests.planted_pairs import Made, answered, planted

COHORT = [f"E{number:02}" for number in range(14)]


@pytest.fixture
def cohort(path: Path) -> Path:
    """The centre, with a template, on which fourteen learners wrote each what is their own."""
    (path / "templates").mkdir()
    (path / "templates" / "form.md").write_text(answered(["", "", "", ""]), "utf-8")
    own = [each.one for each in planted() if each.made is Made.TEMPLATE]
    for registration, text in zip(COHORT, own, strict=False):
        add_learner(path, registration, f"Learner {registration}", evidence=text)
    return path


def take_over(cohort: Path, registrations: list[str]) -> None:
    """Have these learners put the same passage into their work."""
    for registration in registrations:
        (file,) = (cohort / "learners" / registration / "evidence").iterdir()
        file.write_text(f"{file.read_text('utf-8')}\n\n{TAKEN}\n", "utf-8")


def test_a_template_and_turns_of_phrase_of_a_cohort_are_told_of_nobody(cohort: Path, places: Places) -> None:
    assert looked(Centre.open(cohort, member="ines", places=places)).many == ()


def test_a_passage_that_a_whole_cohort_has_is_told_in_a_line_with_who_and_where(cohort: Path, places: Places) -> None:
    take_over(cohort, COHORT)
    seen = looked(Centre.open(cohort, member="ines", places=places))
    assert not [each for each in seen.pairs if each.one in COHORT]
    (told,) = seen.many
    assert [each.registration for each in told.holders] == COHORT
    line, first, *others = told.in_lines(lambda each: each.registration)
    assert line.startswith("14 learners share this passage of ")
    assert line.endswith("probably a source, or a handout that the task gave. Add it to the templates, or look.")
    assert first.startswith(f"E00 {told.passage.file}:{told.passage.first}: “")
    assert "awkward question about overtime" in first
    assert others[0].startswith("E01 ")
    assert '"registration": "E13"' in json.dumps(alike_as_json(seen)["shared_by_many"])
    assert looked(Centre.open(cohort, member="ines", places=places)).many == seen.many, "also by what was kept"
    (cohort / "templates" / "source.md").write_text(TAKEN, "utf-8")
    assert looked(Centre.open(cohort, member="ines", places=places)).many == ()


def test_each_of_several_passages_is_told_however_many_texts_have_one_of_them(
    cohort: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alike_of_many, "_MOST_READ", 2)
    take_over(cohort, COHORT)
    handout = next(each.taken for each in planted() if each.made is Made.COPIED)
    for number, registration in enumerate(COHORT):
        text = f"Note {number} of my own.\n\n{handout}\n"
        (cohort / "learners" / registration / "evidence" / "notes.md").write_text(text, "utf-8")
    told = looked(Centre.open(cohort, member="ines", places=places)).many
    assert {each.holders[0].file for each in told} == {"diary.md", "notes.md"}


def test_turns_of_phrase_that_many_have_use_up_no_reading_for_what_a_cohort_shares(
    cohort: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Worded] = []

    def counted(worded: Worded, prints: Set[int]) -> Iterator[tuple[tuple[int, int], frozenset[int]]]:
        read.append(worded)
        return in_rows(worded, prints)

    in_rows = alike_of_many._in_rows
    monkeypatch.setattr(alike_of_many, "_in_rows", counted)
    words = TAKEN.split()
    for number, registration in enumerate(COHORT):
        # Words of one source, but never as many of them in a row as a passage has.
        rows = (" ".join(words[at : at + 14]) for at in range(0, len(words), 14))
        text = "".join(f"{row} teapot{number} kettle{number} saucer{number} spoon{number}. " for row in rows)
        (cohort / "learners" / registration / "evidence" / "phrases.md").write_text(text, "utf-8")
    assert looked(Centre.open(cohort, member="ines", places=places)).many == ()
    assert len(read) == alike_of_many._TRIES


def test_the_same_file_of_a_whole_cohort_is_told_like_a_passage(cohort: Path, places: Places) -> None:
    for registration in COHORT:
        (cohort / "learners" / registration / "evidence" / "notes.md").write_text(TAKEN, "utf-8")
    (told,) = looked(Centre.open(cohort, member="ines", places=places)).many
    assert {each.file for each in told.holders} == {"notes.md"}


def test_of_a_learner_it_is_told_where_they_have_it_and_of_whom_somebody_assesses(cohort: Path, places: Places) -> None:
    take_over(cohort, COHORT[1:])
    ines = Centre.open(cohort, member="ines", places=places)
    assert looked(ines, learner="E00").many == ()
    assert len(looked(ines, learner="E01").many) == 1
    assert looked(Centre.open(cohort, member="ben", places=places)).many == ()


def test_who_assesses_some_of_a_cohort_is_told_of_those_alone_and_of_one_alone_nothing(
    cohort: Path, places: Places
) -> None:
    take_over(cohort, COHORT)
    for count, passages in ((1, 0), (2, 1)):
        for registration in COHORT[:count]:
            is_assessed_by(cohort, registration, "ben")
        many = looked(Centre.open(cohort, member="ben", places=places)).many
        assert [[each.registration for each in told.holders] for told in many] == [COHORT[:2]] * passages


def test_what_only_two_have_by_now_is_of_these_two_and_of_no_cohort(cohort: Path, places: Places) -> None:
    before = {each: next((cohort / "learners" / each / "evidence").iterdir()) for each in COHORT}
    own = {each: file.read_text("utf-8") for each, file in before.items()}
    take_over(cohort, COHORT)
    assert len(looked(Centre.open(cohort, member="ines", places=places)).many) == 1
    for registration in COHORT[2:]:
        before[registration].write_text(own[registration], "utf-8")
    seen = looked(Centre.open(cohort, member="ines", places=places))
    assert seen.many == ()
    assert ("E00", "E01") in {(each.one, each.other) for each in seen.pairs}
