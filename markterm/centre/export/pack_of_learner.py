"""What is in a visit pack of one learner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from markterm.centre.export.pack_evidence import evidence_pieces
from markterm.centre.export.sheets import Sheet, SheetKind
from markterm.domain.record.disagreement import last_report
from markterm.domain.words.errors import WrongUse
from markterm.exports.export import Piece
from markterm.exports.file_names import FileNames

if TYPE_CHECKING:
    from markterm.centre.export.pack_sources import PackedLearner, PackSources
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.exports.page_form import PageForm

_WORK = "evidence"
"""What a learner handed in, in their folder of the pack."""


class OfLearner(NamedTuple):
    """Of whom something is listed, while their record is at hand; `shown` is None where it cannot be read."""

    sources: PackSources
    learner: PackedLearner
    shown: LearnerPortfolio | None
    form: PageForm


def _sheets(of: OfLearner) -> Iterator[Piece]:
    """Mark sheets, combined sheets and reports of verifications."""
    learner, shown = of.learner, of.shown
    if shown is None:
        learner.said.append("The learner's file or record cannot be read: there are no sheets, and the record is raw.")
        return
    asked = [Sheet(learner.registration, unit.code) for unit in shown.units]
    asked += [Sheet(learner.registration, each.code, SheetKind.ASSIGNMENT) for each in shown.assignments]
    asked += [
        Sheet(learner.registration, unit.code, SheetKind.VERIFICATION)
        for unit in shown.units
        if last_report(shown.portfolio.unit(unit.key)) is not None
    ]
    for piece in of.sources.exports.sheets.of(asked, of.form).pieces if asked else ():
        yield replace(piece, path=learner.folder / "sheets" / piece.path)
    learner.said += [f"There is no mark sheet of {code} in this centre." for code in shown.missing]


def _feedback(of: OfLearner) -> Iterator[Piece]:
    """Feedback as it went to the learner, word for word; also what was replaced since."""
    if of.shown is None:
        return
    released = of.sources.exports.feedback.released
    with suppress(WrongUse):  # Nothing went to the learner.
        for piece in released([of.learner.registration], None, of.form, replaced=True).pieces:
            yield replace(piece, path=of.learner.folder / "feedback" / piece.path)


def _evidence(of: OfLearner) -> Iterator[Piece]:
    """What was handed in, byte for byte."""
    learner = of.learner
    if learner.with_evidence:
        yield from evidence_pieces(of.sources.evidence, learner.registration, learner.folder / _WORK, learner.evidence)
        if of.sources.seeing.units_of(learner.registration) is not None:
            learner.said.append("The evidence is all that was handed in, also for units that are not of the visit.")
    else:
        learner.said.append("The evidence was not asked for, and is not in this pack.")


def _record(of: OfLearner) -> Iterator[Piece]:
    """Every line of the record."""
    learner = of.learner
    if why := of.sources.exports.records.why_not(learner.registration):
        learner.said.append(f"{why[:1].upper()}{why[1:]}.")
    else:
        yield of.sources.exports.records.piece(learner.registration, FileNames(), within=learner.folder)


OF_LEARNER: tuple[Callable[[OfLearner], Iterator[Piece]], ...] = (_sheets, _feedback, _evidence, _record)
"""What is in the pack of each learner, in the order in which their page lists it."""
