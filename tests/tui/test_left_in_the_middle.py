"""Whoever leaves a screen while it records is told what was recorded, and what was not and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.screen import Screen

from markterm.centre.plan import SamplingPlan
from markterm.centre.signing_keys import SigningKeys
from markterm.domain.words.errors import Refused
from markterm.tui.samples.proposal import ProposalScreen
from tests.pace import PATIENCE
from tests.tui.sitting import NARROW, Sitting, sitting
from tests.tui.test_plan import assessed_centre


class Leaving:
    """Leaves the screen of that kind from within what it does in a thread."""

    def __init__(self, at: Sitting, kind: type[Screen[Any]]) -> None:
        self._at = at
        self._screen = next(each for each in at.app.screen_stack if isinstance(each, kind))

    def __call__(self) -> None:
        """Return once it is gone."""
        for _ in range(int(PATIENCE * 100)):
            if not self._screen.is_attached:
                return
            # The question may not have gone yet: nobody leaves what lies under it.
            self._at.app.call_from_thread(lambda: self._screen.is_active and bool(self._screen.dismiss()))
            Event().wait(0.01)


async def _at_the_proposal(at: Sitting) -> None:
    await at.press("3", "tab", "P")
    await at.shows("Would be added: 2 samples")


async def test_that_a_plan_was_not_adopted_is_told_to_who_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(tmp_path, member="ines", size=NARROW, make=assessed_centre) as at:
        await _at_the_proposal(at)
        leave = Leaving(at, ProposalScreen)

        def refused(*_: object) -> None:
            leave()
            raise Refused("The plan changed meanwhile", "Somebody was quicker.", "Look again.")

        monkeypatch.setattr(SamplingPlan, "adopt", refused)
        await at.press("a", "j", "enter")
        await at.until(lambda: any("The plan changed meanwhile" in told for told in at.told))


async def test_of_a_plan_that_was_adopted_by_who_left_it_is_told_how_far_the_records_say_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sampling = SamplingPlan.sampling

    async with sitting(tmp_path, member="ines", size=NARROW, make=assessed_centre) as at:
        await _at_the_proposal(at)
        leave = Leaving(at, ProposalScreen)

        def left_after_the_first(*given: Any) -> Iterator[Any]:
            for step in sampling(*given):
                leave()
                yield step

        monkeypatch.setattr(SamplingPlan, "sampling", left_after_the_first)
        await at.press("a", "j", "enter")
        await at.until(lambda: any("Recorded as sampled in 1 unit." in told for told in at.told))


async def test_what_was_signed_until_somebody_left_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(tmp_path, size=NARROW) as at:
        await at.app.action_do("app.signing-keys")
        await at.shows("Nobody has a key to sign with.")
        leave = Leaving(at, type(at.app.screen))

        def left_after_the_first(_: SigningKeys) -> Iterator[None]:
            yield
            leave()
            yield

        monkeypatch.setattr(SigningKeys, "sign_missing", left_after_the_first)
        await at.press("s")
        await at.until(lambda: any("2 entries signed." in told for told in at.told))
