"""The visit pack: all of the learners that are asked for, for somebody who comes and has no MarkTerm."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from markterm.centre.export.pack_of_centre import OF_CENTRE, OF_THESE, Packing
from markterm.centre.export.pack_of_learner import OF_LEARNER, OfLearner
from markterm.centre.export.pack_pages import INDEX, Listed, first_page, learner_page, write_pack_page
from markterm.centre.export.pack_reading import PackRead, reading_everybody
from markterm.centre.export.pack_sources import PackedLearner, PackSources
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.exports.export import Export, LeftOut, Piece
from markterm.exports.file_names import FileNames
from markterm.exports.pack.checking import CHECKING, how_to_check
from markterm.exports.page_form import PageForm

if TYPE_CHECKING:
    from markterm.centre.learner_portfolio import LearnerPortfolio

_LEARNERS = PurePosixPath("learners")

GoThrough = Callable[[Iterable[object]], object]


def _at_once(steps: Iterable[object]) -> None:
    deque(steps, maxlen=0)


class PackExports:
    """Visit packs of the centre."""

    def __init__(self, sources: PackSources) -> None:
        self._from = sources

    def of(
        self,
        registrations: Sequence[str],
        *,
        asked: str,
        left_out: Sequence[LeftOut] = (),
        form: PageForm = PageForm.PDF,
        evidence: bool = True,
        go_through: GoThrough = _at_once,
    ) -> Export:
        """The pack of these learners: every one of them, whatever they refused. `asked` says in words who was asked
        for, `left_out` who is not in it and why. `go_through` is given the steps of finding out what is in it, one for
        each learner of the caseload, and goes to their end.

        Raises `WrongUse` when there is nobody, or somebody whom whoever acts may not see, and `Unreadable`, also when a
        piece is written.
        """
        if not registrations:
            raise WrongUse("Nobody is in the pack", f"{asked}: no learner.", "Name learners of the centre.")
        names = FileNames()
        for each in registrations:
            self._from.seeing.require_registration(each)
        self._from.looks.opened(registrations)
        # Known before anything of it is written: other learners' folders may be called alike.
        asked_for = {
            each: PackedLearner(each, names.take(each, within=_LEARNERS), with_evidence=evidence)
            for each in dict.fromkeys(registrations)
        }
        read = PackRead()
        go_through(reading_everybody(self._from, asked_for, partial(self._section, form), read))
        learners = tuple(asked_for.values())
        packing = Packing(self._from, learners, read)
        theirs = [piece for section in OF_THESE for piece in section(packing)]
        whole = [piece for section in OF_CENTRE for piece in section(packing)]
        pages = [self._page(each) for each in learners]
        pages.append(Piece(PurePosixPath(CHECKING), "how to check the pack", partial(write_pack_page, how_to_check)))
        listed = Listed(asked, learners, theirs, whole, tuple(left_out))
        index = partial(first_page, self._from, listed)
        first = Piece(PurePosixPath(INDEX), "where to start", partial(write_pack_page, index), is_last=True)
        pieces = [first, *theirs, *whole, *(piece for each in learners for piece in each.pieces), *pages]
        return Export(
            f"Visit pack of {counted(len(learners), 'learner')}",
            "visit-pack",
            pieces,
            tuple(left_out),
            manifest=True,
            for_visit=True,
        )

    def registrations_between(self, since: datetime | None, until: datetime | None) -> tuple[str, ...]:
        """The learners of whom anything was recorded in that time. Raises `Unreadable`."""
        for _ in self._from.caseload.refresh():
            pass
        found = []
        for row in self._from.caseload.rows:
            if row.latest is None or (since is not None and row.latest < since):
                continue
            if until is None or row.latest < until:  # The latest entry is within it.
                found.append(row.registration)
                continue
            events = self._from.store.load(row.registration)
            if any((since is None or event.at >= since) and (until is None or event.at < until) for event in events):
                found.append(row.registration)
        return tuple(found)

    def _section(self, form: PageForm, learner: PackedLearner, shown: LearnerPortfolio | None) -> None:
        for section in OF_LEARNER:
            learner.pieces += section(OfLearner(self._from, learner, shown, form))

    def _page(self, learner: PackedLearner) -> Piece:
        what = f"the page of {learner.registration}"
        making = partial(learner_page, self._from, learner)
        return Piece(learner.folder / INDEX, what, partial(write_pack_page, making), is_last=True)
