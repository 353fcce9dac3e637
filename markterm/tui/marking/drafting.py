"""Writing about a criterion or its unit: what is begun and left is a draft, shown where it belongs until it is recorded
or thrown away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from markterm.centre.centre import Centre
from markterm.centre.drafts import OF_A_UNIT, DraftKind
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.event import Result
from markterm.domain.foreign_text import clean
from markterm.domain.unit import UnitKey
from markterm.tui.marking.recording import RecordingScreen
from markterm.tui.requests import TakeRemark, ask
from markterm.tui.widgets.criteria_list import CriterionPlace
from markterm.tui.widgets.writing import Question, WritingScreen


class DraftingScreen(RecordingScreen):
    """Adds the drafts of the learner who is shown."""

    def __init__(self, centre: Centre) -> None:
        super().__init__(centre)
        self.drafted: frozenset[tuple[UnitKey, str]] = frozenset()
        """The criteria that have drafts, and with an empty number the units that have."""

    def look_for_drafts(self, shown: LearnerPortfolio) -> None:
        """Find out what was begun of a learner who is opened."""
        self.drafted = self._centre.drafts.begun_of(shown.learner.registration, shown.units)

    def begun(self, place: CriterionPlace) -> tuple[tuple[DraftKind, str], ...]:
        """What was begun of that criterion and of its unit, each with its text."""
        return (*self.begun_of_criterion(place), *self._texts(place, ""))

    def begun_of_criterion(self, place: CriterionPlace) -> tuple[tuple[DraftKind, str], ...]:
        """What was begun of that criterion, each with its text."""
        return self._texts(place, place.criterion.number)

    def draft(self, kind: DraftKind, place: CriterionPlace) -> str:
        """The text that was begun as that; empty when none was."""
        return self._centre.drafts.get(kind, *self._about(kind, place))

    def kept_note(self, place: CriterionPlace) -> str:
        """The note that was written ahead of the decision on that criterion."""
        return self.draft(DraftKind.KEPT, place)

    def keep_draft(self, text: str, kind: DraftKind, place: CriterionPlace) -> None:
        """Keep a text, or forget an empty one; it is on the disk when this returns."""
        self._centre.drafts.keep(text, kind, *self._about(kind, place))
        self._drafts_changed(place)

    def forget_drafts(self, place: CriterionPlace, *kinds: DraftKind) -> None:
        """Forget what was recorded, or thrown away."""
        for kind in kinds:
            if self.draft(kind, place):
                self.keep_draft("", kind, place)

    async def _write(
        self,
        title: str,
        detail: str,
        place: CriterionPlace,
        kind: DraftKind,
        save: Callable[[str], Awaitable[None]],
        text: str = "",
        *,
        remark: str = "",
        clears: tuple[DraftKind, ...] = (),
        bank_for: tuple[Result | None] | None = None,
        question: Callable[[str], Question | None] | None = None,
        then: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Open something to write, with the draft of that kind or else `text`, and behind it a `remark`.

        Saved, the draft is forgotten; thrown away, so are those that it `clears`. `bank_for` offers the bank of
        remarks, for that result; `question` is asked before it is saved; `then` is done after.
        """
        assert self.shown is not None
        learner = self.shown.learner
        begun = self.draft(kind, place) or text
        if remark:
            begun = f"{begun}\n{clean(remark).text}".lstrip("\n")
            self.keep_draft(begun, kind, place)

        async def save_it(written: str) -> None:
            await save(written)
            self.forget_drafts(place, kind)

        async def left(saved: bool | None) -> None:
            self.show_portfolio()
            if saved and then is not None:
                await then()

        async def bank(take: Callable[[str | None], None]) -> None:
            assert bank_for is not None
            await ask(self, TakeRemark(learner, place.unit, place.criterion, bank_for[0], take))

        await self.app.push_screen(
            WritingScreen(
                title,
                detail,
                begun,
                save_it,
                lambda changed: self.keep_draft(changed if changed != text else "", kind, place),
                self.turn_page,
                bank if bank_for is not None else None,
                throw_away=lambda: self.forget_drafts(place, kind, *clears),
                question=question,
            ),
            left,
        )

    def _texts(self, place: CriterionPlace, number: str) -> tuple[tuple[DraftKind, str], ...]:
        key = place.unit.key
        if self.shown is None or (key, number) not in self.drafted:
            return ()
        kinds = self._centre.drafts.begun(self.shown.learner.registration, key, number)
        texts = ((kind, self.draft(kind, place)) for kind in kinds)
        return tuple(each for each in texts if each[1])

    def _drafts_changed(self, place: CriterionPlace) -> None:
        assert self.shown is not None
        registration, key = self.shown.learner.registration, place.unit.key
        for number in (place.criterion.number, ""):
            has_one = bool(self._centre.drafts.begun(registration, key, number))
            if has_one is not ((key, number) in self.drafted):
                self.drafted ^= {(key, number)}

    def _about(self, kind: DraftKind, place: CriterionPlace) -> tuple[str, UnitKey, str]:
        assert self.shown is not None
        number = "" if kind in OF_A_UNIT else place.criterion.number
        return self.shown.learner.registration, place.unit.key, number
