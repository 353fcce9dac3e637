"""Somebody records while somebody else destroys: a hold that was saved is never destroyed, whichever came first."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from markterm.centre.appending import Appending
from markterm.centre.destructions_on_record import DestructionsOnRecord
from markterm.centre.removal import Removal
from markterm.centre.retention import Retention
from markterm.domain.record.bodies.retaining import What
from markterm.domain.record.destructions import LAPSES
from markterm.domain.views.kept_of import KeptOf, Outcome
from markterm.domain.words.errors import MarkTermError, NotSaved, Refused
from markterm.records.folder.store import FolderStore
from tests.at_length import at_length
from tests.centre.test_destroying import LATER, Desk, Killed, codes, desk

__all__ = ["desk"]

pytestmark = pytest.mark.on_files
_DESTROYING = (
    (Retention, "of"),
    (FolderStore, "heads"),
    (FolderStore, "remove"),
    (Appending, "append"),
    (Removal, "learner"),
    (Removal, "evidence"),
)
_HOLDING = (
    (DestructionsOnRecord, "readable"),
    (DestructionsOnRecord, "before"),
    (DestructionsOnRecord, "after"),
    (Appending, "append"),
)


@pytest.mark.parametrize("what", at_length(What))
@pytest.mark.parametrize("first", at_length(["destruction", "hold"]))
def test_a_hold_that_is_saved_at_any_step_of_a_destruction_is_kept_to(
    desk: Desk, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: What, first: str
) -> None:
    desk("ines").retention.destroy("AAA1", what, "It is time.")
    kept = {each: shutil.copytree(each, tmp_path / f"kept {each.name}") for each in (path, tmp_path / "user")}
    kept_to = destroyed = 0
    for step in count():
        for each, whole in kept.items():
            shutil.rmtree(each)
            shutil.copytree(whole, each)
        saved: list[str] = []
        cora, asha = desk("cora"), desk("asha")
        destroying = _told(saved, "done", partial(cora.retention.destroy, "AAA1", what, "It is."))
        holding = _told(saved, "held", partial(asha.retention.hold, "AAA1", "A solicitor wrote."))
        with monkeypatch.context() as patched:
            if first == "hold":
                left = _between(step, holding, patched, _DESTROYING)
                destroying()
            else:
                left = _between(step, destroying, patched, _HOLDING)
                holding()
        now = desk("ines")
        evidence = (path / "learners" / "AAA1" / "evidence" / "diary.md").exists()
        if saved == ["done", "held"]:
            assert step == 0, "the evidence was gone before the hold began"
        elif "held" in saved:
            assert evidence
            assert [each.text for each in now.retention.of("AAA1").holds] == ["A solicitor wrote."]
        if "done" in saved:
            assert not evidence
        if "held" in saved:  # Who was refused may have begun a record anew: that is told.
            assert codes(now) == []
        assert now.retention.unfinished() == ()
        kept_to += "held" in saved
        destroyed += "done" in saved
        if left():
            break
    assert kept_to
    assert destroyed


def test_evidence_of_which_some_is_gone_is_put_back_for_a_hold_that_was_set_since(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk("ines").retention.destroy("AAA1", What.EVIDENCE, "It is time.")
    with monkeypatch.context() as patched:
        patched.setattr("markterm.centre.removal.sync_folder", _killed)
        with pytest.raises(Killed):
            desk("cora").retention.destroy("AAA1", What.EVIDENCE, "It is.")
    diary = path / "learners" / "AAA1" / "evidence" / "diary.md"
    assert not diary.exists()
    with pytest.raises(Refused, match="The hold is recorded, and the evidence of AAA1 is being destroyed"):
        desk("asha").retention.hold("AAA1", "A solicitor wrote.")
    cora = desk("cora")
    ((_, became),) = cora.retention.complete_all()
    assert isinstance(became, Refused)
    assert "asha holds it: A solicitor wrote." in became.what
    assert diary.read_text("utf-8") == "My own tea."
    assert cora.retention.unfinished() == ()
    assert codes(cora) == []
    # It is meant anew, by two people again.
    cora.retention.lift("AAA1", "It is over.")
    assert cora.retention.destroy("AAA1", What.EVIDENCE, "It is time.").destruction.is_pending
    assert desk("ines").retention.destroy("AAA1", What.EVIDENCE, "It is.").destruction.is_done


def test_whatever_is_recorded_after_the_records_were_counted_keeps_all_of_it(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk("ines").retention.destroy("AAA1", What.RECORD, "It is time.")
    cora, asha, looks = desk("cora"), desk("asha"), Retention.of
    recorded: list[str] = []

    def declared(retention: Retention, registration: str) -> KeptOf:
        found = looks(retention, registration)
        if not recorded:
            recorded.append(asha.attempts.declare("AAA1", "Signed again.").event.uid)
        return found

    monkeypatch.setattr(Retention, "of", declared)
    with pytest.raises(Refused, match="something was recorded of it while it began"):
        cora.retention.destroy("AAA1", What.RECORD, "It is.")
    assert recorded[0] in {each.uid for each in desk("ines").recorder.learners.portfolio("AAA1").portfolio.events}
    assert (path / "learners" / "AAA1" / "evidence" / "diary.md").exists()
    assert cora.retention.unfinished() == ()


def _killed(*_: object) -> None:
    raise Killed


def test_what_cannot_be_completed_keeps_nothing_else_from_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for what in What:
        desk("ines").retention.destroy("AAA1", what, "It is time.")
        with monkeypatch.context() as patched:
            patched.setattr(Removal, "caches", _killed)
            with pytest.raises(Killed):
                desk("cora").retention.destroy("AAA1", what, "It is.")
    cora = desk("cora")

    def refuse(_: Removal) -> None:
        raise NotSaved("Not everything was destroyed", "It is open.", "Close it.")

    with monkeypatch.context() as patched:
        patched.setattr(Removal, "evidence", refuse)
        completed = list(cora.retention.complete_all())
    assert [isinstance(became, Outcome) for _, became in completed] == [False, True]
    assert [each.what for each in cora.retention.unfinished()] == [What.EVIDENCE]


def test_what_is_only_meant_lapses_after_four_weeks(desk: Desk) -> None:
    desk("ines").retention.destroy("AAA1", What.RECORD, "It is time.")
    late = LATER + LAPSES + timedelta(minutes=1)
    cora = desk("cora", at=late)
    assert cora.retention.of("AAA1").coming == ()
    assert cora.retention.destroy("AAA1", What.RECORD, "Now.").destruction.is_pending
    assert [each.first.actor for each in cora.retention.of("AAA1").coming] == ["cora"]
    assert desk("ines", at=late).retention.destroy("AAA1", What.RECORD, "It is.").destruction.is_done


def test_on_its_last_day_what_is_meant_may_begin(desk: Desk) -> None:
    desk("ines").retention.destroy("AAA1", What.RECORD, "It is time.")
    assert desk("cora", at=LATER + LAPSES).retention.destroy("AAA1", What.RECORD, "It is.").destruction.is_done


def _told(saved: list[str], word: str, act: Callable[[], object]) -> Callable[[], None]:
    def tried() -> None:
        with suppress(MarkTermError):
            act()
            saved.append(word)

    return tried


def _between(
    step: int, other: Callable[[], None], patched: pytest.MonkeyPatch, steps: tuple[tuple[type, str], ...]
) -> Callable[[], bool]:
    """Have the other one act before the step of that number; what is returned tells that there were not so many."""
    left = [step]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def done(*args: object) -> object:
            left[0] -= 1
            if left[0] == -1:
                other()
            return real(*args)

        return done

    for owner, name in steps:
        patched.setattr(owner, name, counted(getattr(owner, name)))
    return lambda: left[0] >= 0
