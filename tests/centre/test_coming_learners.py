"""What is left of learners who were being registered goes, and never what somebody works on."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import time

import pytest

from markterm.centre.centre import Centre
from markterm.centre.coming_learners import clear_left_behind, coming_learners
from markterm.system.platform import machine


def left(learners: Path, name: str, age: float) -> Path:
    """A folder with half a learner, as old as that."""
    place = learners / ".registering" / name
    (place / "NEW9").mkdir(parents=True)
    os.utime(place, (time() - age, time() - age))
    return place


@pytest.mark.on_files
@pytest.mark.skipif(sys.platform == "win32", reason="nothing tells there who holds a folder")
def test_what_was_left_here_goes_when_the_next_member_acts_and_of_another_machine_once_it_is_old(asha: Centre) -> None:
    learners = asha.folder.learners
    here, begun = left(learners, f"{machine()}-1", 60), left(learners, f"{machine()}-2", 1)
    there, long_ago = left(learners, "another1-1", 60), left(learners, "another1-2", 7200)
    asha.act_as("asha")
    assert [each.exists() for each in (here, begun, there, long_ago)] == [False, True, True, False]


@pytest.mark.skipif(sys.platform == "win32", reason="nothing tells there who holds a folder")
def test_what_somebody_works_on_stays_however_long_it_takes(tmp_path: Path) -> None:
    with coming_learners(tmp_path) as place:
        os.utime(place, (time() - 60, time() - 60))
        clear_left_behind(tmp_path)
        assert place.exists()
    assert not list(tmp_path.iterdir())


def test_two_who_register_at_once_do_not_take_each_others_folder_away(tmp_path: Path) -> None:
    with coming_learners(tmp_path) as one:
        with coming_learners(tmp_path) as other:
            assert one.parent == other.parent
        assert one.exists()
        assert not other.exists()
    assert not list(tmp_path.iterdir())
