"""Destroying knows people by more than an id: one person under two of them is one, and who left had drafts, too."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from markterm.centre.drafts import DraftKind
from markterm.domain.record.bodies.retaining import What
from markterm.domain.words.errors import Refused
from markterm.own.places import Places
from tests.centre.test_destroying import LATER, Desk, desk, destroy

__all__ = ["desk"]


@pytest.mark.parametrize("leaves", [False, True])
def test_one_person_under_two_ids_is_no_second_person(desk: Desk, path: Path, leaves: bool) -> None:
    desk("cora").retention.destroy("AAA1", What.RECORD, "It is time.")
    file = path / "centre.toml"
    again = '[[member]]\nid = "cora2"\nname = "cora  Cole"\nroles = ["verifier"]\n'
    if leaves:
        file.write_text(
            file.read_text("utf-8").replace('id = "cora"', 'id = "kim"').replace("Cora Cole", "Kim"), "utf-8"
        )
    with file.open("a", encoding="utf-8") as opened:
        opened.write(again)
    with pytest.raises(Refused, match=r"\(cora\) meant it at"):
        desk("cora2").retention.destroy("AAA1", What.RECORD, "It is.")
    later = desk("cora2", at=LATER + timedelta(days=1))
    assert later.retention.destroy("AAA1", What.RECORD, "It is.").destruction.is_done


def test_drafts_of_a_member_who_left_go_too(desk: Desk, path: Path, places: Places) -> None:
    asha = desk("asha")
    asha.drafts.keep("begun", DraftKind.NOTE, "AAA1", asha.learners.portfolio("AAA1").unit("T-102").key, "1.1")
    asha.close_down()
    drafts = places.of_centre(path).drafts
    assert list(drafts.iterdir())
    file = path / "centre.toml"
    file.write_text(file.read_text("utf-8").replace('id = "asha"', 'id = "anna"').replace("Asha P", "Anna P"), "utf-8")
    destroy(desk)
    assert list(drafts.iterdir()) == []


def test_a_clock_that_was_put_back_makes_no_day_pass(desk: Desk) -> None:
    desk("asha").retention.hold("AAA1", "Wait.")
    desk("cora").retention.lift("AAA1", "Over.")
    with pytest.raises(Refused, match="now it is 2031-05-02"):
        desk("ines", at=LATER - timedelta(days=2)).retention.destroy("AAA1", What.RECORD, "It is time.")
    assert desk("ines").retention.destroy("AAA1", What.RECORD, "It is time.").destruction.is_pending
