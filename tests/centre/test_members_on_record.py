"""The centre's record follows centre.toml, by whoever acts and never by looking."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.cli.wording import who
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.event import Event, Result
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way
from markterm.exports.markdown.render import render
from markterm.system.platform import CENTRE_RECORD
from tests.centres import make_centre_in, places_in, store_in
from tests.samples import AT

PASS = Result.PASS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_centre_in(tmp_path / "centre")


def opened(folder: Path, member: str = "asha", own: str = "own") -> Centre:
    return Centre.open(folder, member=member, places=places_in(folder.parent / own))


def on_record(folder: Path) -> list[Event]:
    return list(store_in(folder).load(CENTRE_RECORD))


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "centre.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


BEN = '[[member]]\nid = "ben"\nname = "Ben Whitlock"\nroles = ["assessor"]\nunits = ["T-101"]\n\n'


def test_the_first_act_says_who_the_members_are_and_looking_says_nothing(folder: Path) -> None:
    centre = opened(folder)
    centre.caseload.now()
    centre.learners.portfolio("AAA1")
    centre.check.findings()
    with pytest.raises(Refused):
        centre.marking.mark("AAA1", "T-101", "1.1", Result.REFER, "")
    assert not (folder / "records").exists()
    centre.marking.mark("AAA1", "T-101", "1.1", PASS)
    centre.marking.mark("AAA1", "T-101", "1.2", PASS)
    assert [event.body["member"] for event in on_record(folder)] == ["asha", "ben", "ines"]
    opened(folder, "ben", "other").marking.mark("AAA1", "T-101", "2.1", PASS)
    assert len(on_record(folder)) == 3


def test_a_centre_of_format_1_keeps_its_members_too(folder: Path) -> None:
    edit(folder, "format = 2", "format = 1")
    opened(folder).marking.mark("AAA1", "T-101", "1.1", PASS)
    assert len(on_record(folder)) == 3


def test_what_changed_is_written_by_the_next_act_also_by_one_that_was_open_before(folder: Path) -> None:
    before = opened(folder, "ines", "third")
    opened(folder).marking.mark("AAA1", "T-101", "1.1", PASS)
    edit(folder, BEN, "")
    edit(folder, 'roles = ["verifier"]', 'roles = ["verifier", "coordinator"]')
    before.attempts.declare("AAA1", "e-mail")
    (left, ines) = sorted(on_record(folder)[3:], key=lambda event: str(event.body["member"]))
    assert left.body == {"member": "ben", "left": True}
    assert ines.body["roles"] == ["verifier", "coordinator"]
    opened(folder).marking.mark("AAA1", "T-101", "1.2", PASS)
    assert len(on_record(folder)) == 5


def test_names_of_those_who_left_stay_on_sheets_and_in_lists(folder: Path) -> None:
    centre = opened(folder, "ben")
    centre.marking.mark("AAA1", "T-101", "1.1", PASS, "Boils.")
    edit(folder, BEN, "")
    now = opened(folder)
    assert "Ben Whitlock" in render(now.printed.mark_sheet("AAA1", "T-101"))
    (event,) = now.history.of("AAA1")
    assert who(now.details, event) == "Ben Whitlock (ben), assessor"


def test_an_id_that_was_somebody_elses_cannot_act(folder: Path) -> None:
    opened(folder).marking.mark("AAA1", "T-101", "1.1", PASS)
    edit(folder, "Asha Patel", "Zed Quux")
    zed = opened(folder)
    for act in (
        lambda: zed.marking.mark("AAA1", "T-101", "1.2", PASS),
        lambda: zed.attempts.declare("AAA1", "e-mail"),
        lambda: zed.registrations.rename("AAA1", "NEW9"),
    ):
        with pytest.raises(Refused, match="knows asha as Asha Patel") as refused:
            act()
        assert refused.value.hint == Hint(Way.SAME_PERSON, member="asha")
    assert len(on_record(folder)) == 3
    assert (folder / "learners" / "AAA1").is_dir()
    (told,) = (each for each in zed.check.findings() if each.code == "MC13")
    assert "asha was the id of Asha Patel and is that of Zed Quux now" in told.message
    # Another member's act does not settle whose it is.
    opened(folder, "ben").marking.mark("AAA1", "T-101", "1.2", PASS)
    assert len(on_record(folder)) == 3
    assert "Asha Patel" in render(zed.printed.mark_sheet("AAA1", "T-101"))
    zed.staff.same_person("asha")
    zed.marking.mark("AAA1", "T-101", "2.1", PASS)
    assert len(on_record(folder)) == 4


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [(BEN, "", "no member of the centre any more"), ('id = "ben"', 'id = "benno"', "no member of the centre any more")],
)
def test_whoever_left_while_their_screen_was_open_cannot_act(folder: Path, old: str, new: str, said: str) -> None:
    ben, asha = opened(folder, "ben"), opened(folder, own="other")
    edit(folder, old, new)
    with pytest.raises(Refused, match=said):
        ben.marking.mark("AAA1", "T-101", "1.1", PASS)
    assert not (folder / "records").exists()
    edit(folder, 'roles = ["assessor"]\nunits = ["T-101", "T-102"]', 'roles = ["tutor"]')
    with pytest.raises(Refused, match="has other roles"):
        asha.marking.mark("AAA1", "T-101", "1.1", PASS)


def test_a_centre_file_that_is_being_edited_stops_nobodys_marking(folder: Path) -> None:
    centre = opened(folder)
    edit(folder, "[centre]", "[centre")
    centre.marking.mark("AAA1", "T-101", "1.1", PASS)
    assert on_record(folder) == []
    edit(folder, "[centre", "[centre]")
    centre.marking.mark("AAA1", "T-101", "1.2", PASS)
    assert len(on_record(folder)) == 3


@pytest.mark.on_files
def test_a_centres_record_that_cannot_be_written_stops_nobodys_marking(folder: Path) -> None:
    (folder / "records").mkdir()
    place = folder / "records" / "~centre"
    place.write_text("a file where the folder should be", "utf-8")
    centre = opened(folder)
    centre.marking.mark("AAA1", "T-101", "1.1", PASS)
    place.unlink()
    centre.marking.mark("AAA1", "T-101", "1.2", PASS)
    assert len(on_record(folder)) == 3


@pytest.mark.on_files
def test_without_the_centres_record_the_ids_are_shown(folder: Path) -> None:
    opened(folder, "ben").marking.mark("AAA1", "T-101", "1.1", PASS, "Boils.")
    edit(folder, BEN, "")
    shutil.rmtree(folder / "records" / "~centre")
    assert "(ben, " in render(opened(folder, own="other").printed.mark_sheet("AAA1", "T-101"))


def test_a_declaration_in_the_future_is_refused_before_anything_is_recorded(folder: Path) -> None:
    centre = Centre.open(folder, member="asha", places=places_in(folder.parent / "own"), clock=lambda: AT)
    late = AT.date().replace(year=AT.year + 1)
    with pytest.raises(Refused, match="not come yet"):
        centre.attempts.declare("AAA1", "e-mail", on=late)
    with pytest.raises(Refused, match="not come yet"):
        centre.attempts.submit("AAA1", "T-101", declared=Declared("e-mail", late))
    assert not (folder / "records").exists()
