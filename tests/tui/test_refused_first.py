"""What a rule refuses is refused before anything is asked, and in words for the screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.screen import ModalScreen

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.event import Result
from tests.at_length import at_length
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import Sitting, sitting

COMMAND = re.compile(r"markterm [a-z]|--[a-z]")
DIARY = Path("learners") / "AAA1" / "evidence" / "diary.md"


def as_it_is(centre: Centre) -> None:
    """Nothing is recorded yet."""


def decided(centre: Centre) -> None:
    """Everything is passed, and nothing declared."""
    for number in ("1.1", "1.2", "2.1"):
        centre.marking.mark("AAA1", "T-101", number, Result.PASS, "")


def without_evidence(centre: Centre) -> None:
    """The learner handed in nothing."""
    (centre.folder.path / DIARY).unlink()


def referred(centre: Centre) -> None:
    """Closed as a referral, with nothing new handed in."""
    centre.attempts.submit("AAA1", "T-101", declared=Declared("e-mail"))
    centre.marking.mark("AAA1", "T-101", "1.1", Result.REFER, "Boil it.")
    centre.marking.mark("AAA1", "T-101", "1.2", Result.PASS, "")
    centre.marking.mark("AAA1", "T-101", "2.1", Result.PASS, "")
    centre.closings.close("AAA1", "T-101", "Nearly.")


def without_an_attempt_left(centre: Centre) -> None:
    """Closed as a referral where the centre allows one attempt."""
    referred(centre)
    (centre.folder.path / DIARY).write_text("# Diary\n\nAnother one.\n", "utf-8")
    with (centre.folder.path / "centre.toml").open("a", encoding="utf-8") as file:
        file.write("\n[policy]\nattempts = 1\n")


def with_nobody_to_authorise(centre: Centre) -> None:
    """Closed as a referral where nobody has the role that authorises another attempt."""
    referred(centre)
    (centre.folder.path / DIARY).write_text("# Diary\n\nAnother one.\n", "utf-8")
    with (centre.folder.path / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[policy]\nresubmission_authorised_by = "tutor"\n')


def marked_by_training(centre: Centre) -> None:
    """A decision made in training, at which its maker looks."""
    with (centre.folder.path / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[member]]\nid = "tia"\nname = "Tia Lund"\nroles = ["assessor"]\ntraining = ["T-101"]\n')
    tia = Centre.open(centre.folder.path, member="tia", places=places_in(centre.folder.path.parent / "tia"))
    tia.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "")
    tia.close_down()


CASES = [
    (as_it_is, "ines", "r", "Only an assessor marks"),
    (as_it_is, "ines", "n", "Only an assessor marks"),
    (decided, "ines", "u", "Only an assessor marks"),
    (decided, "asha", "F", "The learner's declaration is missing"),
    (as_it_is, "asha", "F", "The unit cannot be closed yet"),
    (referred, "asha", "r", "The unit is closed"),
    (referred, "asha", "n", "The unit is closed"),
    (referred, "ines", "F", "Only an assessor marks"),
    (without_evidence, "asha", "S", "Nothing to submit"),
    (referred, "asha", "S", "Nothing was changed"),
    (without_an_attempt_left, "asha", "S", "No attempt is left"),
    (with_nobody_to_authorise, "asha", "S", "A resubmission has to be authorised"),
    (marked_by_training, "tia", "C", "Not while in training"),
]


@pytest.mark.parametrize(
    ("prepare", "member", "key", "title"),
    at_length(CASES, at_once=2, names=4),
    ids=[f"{each[0].__name__}-{each[1]}-{each[2]}" for each in CASES],
)
async def test_what_is_refused_is_refused_before_a_question(
    tmp_path: Path, prepare: Callable[[Centre], None], member: str, key: str, title: str
) -> None:
    def make(path: Path) -> Path:
        make_centre_in(path)
        centre = Centre.open(path, member="asha", places=places_in(path.parent / "before"))
        prepare(centre)
        centre.close_down()
        return path

    async with sitting(tmp_path, member=member, make=make, learner="AAA1") as at:
        await _to(at, "T-101 1.1")
        before = at.events()
        await at.press(key)
        assert not isinstance(at.app.screen, ModalScreen), at.text
        told = at.told[-1]
        assert told.startswith(title)
        assert not COMMAND.search(told)
        assert at.events() == before


@pytest.mark.long
async def test_a_decision_that_cannot_be_withdrawn_is_refused_before_it_is_asked_why(tmp_path: Path) -> None:
    def make(path: Path) -> Path:
        make_centre_in(path)
        centre = Centre.open(path, member="asha", places=places_in(path.parent / "before"))
        decided(centre)
        centre.close_down()
        return path

    async with sitting(tmp_path, member="ines", make=make) as at:
        await at.app.action_do("app.recent")
        await at.settled()
        await at.press("u")
        assert at.told[-1].startswith("Only an assessor marks")
        assert "Why?" not in at.text


async def _to(at: Sitting, place: str) -> None:
    unit, _, number = place.partition(" ")
    at.app.marking.work.go_to(unit, number)
    await at.settled()
