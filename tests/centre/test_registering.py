"""Learners come whole: whoever is stopped half-way goes on by doing it again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from markterm.centre import register_file
from markterm.centre.centre import Centre
from markterm.centre.register import Taken
from markterm.domain.record.bodies.leaving import LeftStep
from markterm.domain.register.beside import Verdict
from markterm.domain.register.headings import Fact
from markterm.domain.words.errors import NotSaved, Unreadable
from markterm.own.places import Places
from markterm.sheets.register_table import with_register_columns

NAMES = [f"NEW{number}" for number in range(6)]


@pytest.fixture
def centre(path: Path, places: Places) -> Centre:
    """The centre, with a register beside it."""
    lines = "".join(f"{each},Ann Lee {each}\n" for each in NAMES)
    (path / "register.csv").write_text(f"ENR,Name\n{lines}", "utf-8")
    return Centre.open(path, places=places)


def take(centre: Centre) -> list[Taken]:
    registering = centre.registering
    read = registering.read(centre.folder.path / "register.csv")
    return list(registering.take(list(registering.look(read.entries)), accept_changes=True))


def there(centre: Centre) -> list[str]:
    return [each for each in centre.folder.learner_folders() if each.startswith("NEW")]


@pytest.mark.on_files
def test_a_disk_that_fails_half_way_leaves_whole_learners_and_the_second_time_goes_on(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed: list[str] = []
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if len(renamed) == 3:
            raise OSError(28, "No space left on device")
        renamed.append(self.name)
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", fails)
        with pytest.raises(NotSaved):
            take(centre)
    assert there(centre) == NAMES[:3]
    for each in there(centre):
        assert centre.learners.named(each).name == f"Ann Lee {each}"
    assert not list(centre.folder.learners.glob(".registering*"))
    assert [each.beside.learner.registration for each in take(centre) if each.is_taken] == NAMES[3:]
    assert not any(each.is_taken for each in take(centre))


@pytest.mark.on_files
def test_what_somebody_who_was_stopped_left_behind_is_no_learner(centre: Centre) -> None:
    left = centre.folder.learners / ".registering" / "1" / "NEW9"
    left.mkdir(parents=True)
    (left / "learner.md").write_text("---\nkind: lea", "utf-8")
    assert all(each.is_taken for each in take(centre))
    assert there(centre) == NAMES
    assert {row.registration for row in centre.caseload.now()} >= set(NAMES)
    assert "NEW9" not in {row.registration for row in centre.caseload.rows}


def test_who_is_there_but_for_zeros_that_a_spreadsheet_took_is_not_registered_again(centre: Centre) -> None:
    file = centre.folder.path / "zeros.csv"
    for said, verdict in (("0012", Verdict.NEW), ("12", Verdict.BAD), ("012", Verdict.BAD), ("112", Verdict.NEW)):
        file.write_text(f"ENR,Name\n{said},Ann Lee {said}\n", "utf-8")
        (found,) = centre.registering.look(centre.registering.read(file).entries)
        assert (said, found.verdict) == (said, verdict)
        if said == "0012":
            assert [each.is_taken for each in centre.registering.take([found], accept_changes=False)] == [True]
    assert centre.registering.by_hand({Fact.REGISTRATION: "12", Fact.NAME: "Bo Li"}).verdict is Verdict.NEW


def test_of_who_left_and_is_in_a_register_it_is_said(centre: Centre, asha: Centre) -> None:
    asha.registrations.leave("AAA1", LeftStep.LEFT, date(2026, 3, 2), "Moved away.")
    (centre.folder.path / "register.csv").write_text("ENR,Name\nAAA1,Rosalind Jones\n", "utf-8")
    (taken,) = take(centre)
    assert (taken.beside.verdict, taken.beside.told) == (
        Verdict.SAME,
        ("left on 2026-03-02, and stays so until somebody says they are back",),
    )
    assert centre.learners.portfolio("AAA1").portfolio.is_away


@pytest.mark.on_files
def test_a_file_in_the_place_of_a_folder_is_told_and_keeps_no_other_line_from_being_taken(centre: Centre) -> None:
    (centre.folder.learners / NAMES[1]).write_text("a note", "utf-8")
    (centre.folder.learners / NAMES[2]).symlink_to("nowhere")
    taken = take(centre)
    in_the_way = {each.beside.learner.registration: each.beside.told for each in taken if not each.is_taken}
    assert list(in_the_way) == NAMES[1:3]
    assert "move it elsewhere" in in_the_way[NAMES[1]][0]
    assert (centre.folder.learners / NAMES[1]).read_text("utf-8") == "a note"


def test_a_registration_that_was_corrected_does_not_come_again(centre: Centre, asha: Centre) -> None:
    asha.registrations.leave("AAA1", LeftStep.LEFT, date(2026, 3, 2), "Moved away.")
    asha.registrations.rename("AAA1", "AAA9")
    (centre.folder.path / "register.csv").write_text("ENR,Name\nAAA1,Somebody Else\n", "utf-8")
    (taken,) = take(centre)
    assert taken.beside.told == ("that registration was corrected to AAA9",)


def test_a_table_that_is_larger_than_any_register_is_not_taken(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register_file, "MOST_ROWS", 4)
    with pytest.raises(Unreadable, match="More lines"):
        take(centre)
    monkeypatch.setattr(register_file, "MOST_BYTES", 20)
    with pytest.raises(Unreadable, match="Larger than any"):
        take(centre)
    assert not there(centre)


def test_who_was_registered_and_whose_file_was_changed_in_the_meantime_stays_as_it_is(centre: Centre) -> None:
    registering = centre.registering
    (centre.folder.path / "other.csv").write_text("ENR,Name\nAAA1,Rose Jones\nNEW0,Bo Li\n", "utf-8")
    found = list(registering.look(registering.read(centre.folder.path / "other.csv").entries))
    take(centre)
    file = centre.folder.learner_file("AAA1")
    file.write_text(file.read_text("utf-8").replace("Rosalind", "Rosa"), "utf-8")
    told = [(each.is_taken, each.why_not) for each in registering.take(found, accept_changes=True)]
    assert sorted(told) == [
        (False, "somebody registered them in the meantime"),
        (False, "their file was changed in the meantime"),
    ]
    assert centre.learners.named("NEW0").name == "Ann Lee NEW0"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n", '\n[register.columns]\nname = ["Trainee", "Pupil"]\n'),
        (
            '\n[register.columns] # ours\nregistration = "Nr"\nname = "Trainee"\n\n[sharing]\n',
            '\n[register.columns] # ours\nname = ["Trainee", "Pupil"]\nregistration = "Nr"\n\n[sharing]\n',
        ),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_headings_that_were_given_are_kept_in_the_centres_file_and_nothing_else_of_it_changes(
    tmp_path: Path, before: str, after: str, end: str
) -> None:
    file = tmp_path / "centre.toml"
    top = "# What we are\nformat = 2\n"
    file.write_bytes((top + before).replace("\n", end).encode())
    assert with_register_columns(file, {"name": ("Trainee", "Pupil")}) == (top + after).replace("\n", end).encode()


def test_headings_that_only_a_person_can_change_are_left(tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    file.write_text('register = { columns = { name = "Trainee" } }\n', "utf-8")
    with pytest.raises(Unreadable) as raised:
        with_register_columns(file, {"name": ("Pupil",)})
    assert 'name = "Pupil"' in raised.value.next_step


@pytest.mark.on_files
def test_the_next_register_needs_no_headings_once_they_are_kept(centre: Centre, path: Path, places: Places) -> None:
    (path / "next.csv").write_text("Nr;Pupil\nNEW8;Ann Lee\n", "utf-8")
    (path / "elsewhere.csv").write_text("Nr;Trainee\nNEW9;Bo Li\n", "utf-8")
    for heading in ("Pupil", "Trainee"):
        given = {"registration": "Nr", "name": heading}
        assert "name" in centre.registering.new_headings(given)
        centre.registering.keep_headings(given)
        assert centre.registering.new_headings(given) == {}
    for each in (centre, Centre.open(path, places=places)):
        for file, name in (("next.csv", "Ann Lee"), ("elsewhere.csv", "Bo Li")):
            assert [e.learner.name for e in each.registering.read(path / file).entries] == [name]
