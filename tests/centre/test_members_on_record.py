"""Who the members are is said in the centre's own record once, however many begin at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from markterm.centre.appending import Appending
from markterm.centre.centre import Centre
from markterm.domain.record.bodies.centre import MemberChanged
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event, Result
from markterm.system.platform import CENTRE_RECORD
from tests.centres import make_centre_in, places_in
from tests.tui.sitting import on_disk

pytestmark = pytest.mark.on_files
_MORE = 30


@pytest.fixture
def college(tmp_path: Path) -> Path:
    folder = make_centre_in(tmp_path / "college", {f"LEA{number}": "A Learner" for number in range(3)})
    members = (
        f'[[member]]\nid = "m{each}"\nname = "Member {each}"\nroles = ["assessor"]\nunits = ["T-101"]\n'
        for each in range(_MORE)
    )
    file = folder / "centre.toml"
    file.write_text(file.read_text("utf-8") + "\n" + "\n".join(members), "utf-8")
    return folder


@contextmanager
def _opened(college: Path, member: str) -> Iterator[Centre]:
    centre = Centre.open(college, member=member, places=places_in(college.parent / member))
    try:
        yield centre
    finally:
        centre.close_down()


def _said(college: Path) -> list[str]:
    return [said.member for event in on_disk(college, CENTRE_RECORD) if (said := said_in(event, MemberChanged))]


def test_members_who_begin_at_the_same_time_say_together_once_who_all_are(
    college: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as opened:
        one, two, three = (opened.enter_context(_opened(college, each)) for each in ("m1", "m2", "m3"))
        # One is in the middle of it when the second begins, and the second when the third does.
        waiting = {one.recorder._appending: (two, "LEA1"), two.recorder._appending: (three, "LEA2")}
        append = Appending.append

        def others_begin(appending: Appending, record: str, event: Event) -> Event:
            added = append(appending, record, event)
            if appending in waiting:
                centre, learner = waiting.pop(appending)
                centre.marking.mark(learner, "T-101", "1.1", Result.PASS, "hot")
            return added

        monkeypatch.setattr(Appending, "append", others_begin)
        one.marking.mark("LEA0", "T-101", "1.1", Result.PASS, "hot")
        assert not waiting
    said = _said(college)
    assert len(said) == len(set(said)) > _MORE
    assert said[:3] == ["m1", "m2", "m3"]


def test_who_acts_is_on_record_before_all_others_who_are_new(college: Path) -> None:
    with _opened(college, "m7") as centre:
        centre.marking.mark("LEA0", "T-101", "1.1", Result.PASS, "hot")
    assert _said(college)[0] == "m7"


def test_what_somebody_else_said_of_members_meanwhile_is_not_said_back(
    college: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = college / "centre.toml"

    def rename(before: str, name: str) -> None:
        text = file.read_text("utf-8").replace(f'"Member {before}"', f'"Member {name}"')
        file.write_text(text, "utf-8")

    with _opened(college, "m1") as one:
        one.marking.mark("LEA0", "T-101", "1.1", Result.PASS, "hot")
    rename("8", "Eight")
    rename("9", "Nine")
    with _opened(college, "m2") as two, _opened(college, "m3") as three:
        append = Appending.append

        def somebody_renames(appending: Appending, record: str, event: Event) -> Event:
            added = append(appending, record, event)
            monkeypatch.setattr(Appending, "append", append)
            rename("Eight", "Ate")
            rename("Nine", "Noyes")
            three.marking.mark("LEA2", "T-101", "1.1", Result.PASS, "hot")
            return added

        monkeypatch.setattr(Appending, "append", somebody_renames)
        two.marking.mark("LEA1", "T-101", "1.1", Result.PASS, "hot")
    with _opened(college, "m1") as after:
        assert [after.members.history.name_of(each) for each in ("m8", "m9")] == ["Member Ate", "Member Noyes"]
