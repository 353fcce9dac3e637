"""The visit pack: all of the learners that are asked for, for somebody who comes and has no MarkTerm."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from markterm.centre.export.claims import ClaimsAsked, ClaimsRead
from markterm.centre.export.matrix import MatrixBy
from markterm.centre.export.pack_evidence import evidence_pieces
from markterm.centre.export.pack_pages import first_page, learner_page, report_page
from markterm.centre.export.pack_sources import PackedLearner, PackSources
from markterm.centre.export.record import NOTHING
from markterm.centre.export.sheets import Sheet, SheetKind
from markterm.centre.export.table_facts import tables_of
from markterm.centre.export.verification import Read
from markterm.domain.record.disagreement import last_report
from markterm.domain.reports.asked import Asked
from markterm.domain.rules.retention import Kept
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from markterm.domain.words.local_time import local
from markterm.exports.anchor import furthest
from markterm.exports.export import Export, LeftOut, Made, Piece
from markterm.exports.file_names import FileNames, file_name
from markterm.exports.pack.checking import CHECKING, how_to_check
from markterm.exports.pack.page import Page, render
from markterm.exports.page_form import PageForm
from markterm.exports.table.keeping import KeptTold, retention_table
from markterm.exports.table.table_form import TableForm, table_export
from markterm.records.kept_heads import Heads
from markterm.system.platform import CENTRE_RECORD

if TYPE_CHECKING:
    from markterm.centre.learner_portfolio import LearnerPortfolio

INDEX = "index.html"
_LEARNERS = PurePosixPath("learners")
_WORK = "evidence"
"""What a learner handed in, in their folder of the pack."""
_CENTRE = PurePosixPath("centre")


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
    ) -> Export:
        """The pack of these learners: every one of them, whatever they refused. `asked` says in words who was asked
        for, `left_out` who is not in it and why.

        Raises `WrongUse` when there is nobody, and `Unreadable`, also when a piece is written.
        """
        if not registrations:
            raise WrongUse("Nobody is in the pack", f"{asked}: no learner.", "Name learners of the centre.")
        names = FileNames()
        learners: list[PackedLearner] = []
        visits = self._from.retention.held_by_visits()
        for each in dict.fromkeys(registrations):
            # Known before anything of it is written: other learners' folders may be called alike.
            folder = names.take(each, within=_LEARNERS)
            learner = PackedLearner(each, folder, *self._shown(each, visits), with_evidence=evidence)
            for section in OF_LEARNER:
                if evidence or section is not _evidence:
                    learner.pieces += section(self._from, learner, form)
            if not evidence:
                learner.said.append("The evidence was not asked for, and is not in this pack.")
            learners.append(learner)
        centre = [piece for section in OF_CENTRE for piece in section(self._from)]
        centre += _retention(self._from, learners)
        pages = [self._page(each) for each in learners]
        pages.append(Piece(PurePosixPath(CHECKING), "how to check the pack", partial(_write, how_to_check)))
        index = partial(self._index, asked, learners, centre, tuple(left_out))
        first = Piece(PurePosixPath(INDEX), "where to start", partial(_write, index), is_last=True)
        pieces = [first, *centre, *(piece for each in learners for piece in each.pieces), *pages]
        return Export(
            f"Visit pack of {counted(len(learners), 'learner')}",
            "visit-pack",
            pieces,
            tuple(left_out),
            manifest=True,
        )

    def registrations_between(self, since: datetime | None, until: datetime | None) -> tuple[str, ...]:
        """The learners of whom anything was recorded in that time. Raises `Unreadable`."""
        for _ in self._from.caseload.refresh():
            pass
        found = []
        for row in self._from.caseload.rows:
            if row.latest is None or (since is not None and row.latest < since):
                continue
            events = self._from.store.load(row.registration)
            if any((since is None or event.at >= since) and (until is None or event.at < until) for event in events):
                found.append(row.registration)
        return tuple(found)

    def _shown(
        self, registration: str, visits: Sequence[tuple[str, str]]
    ) -> tuple[LearnerPortfolio | None, Heads, KeptTold]:
        try:
            shown, heads = self._from.standing.of(registration, even_with_errors=True)
            kept = self._from.retention.of_shown(shown, visits)
        except MarkTermError as error:
            return None, {}, KeptTold(registration, "", Kept(), problem=f"{error.title}: {error.what}")
        told = KeptTold(registration, shown.learner.name, kept.kept, kept.evidence_destroyed)
        return shown, heads, told

    def _page(self, learner: PackedLearner) -> Piece:
        what = f"the page of {learner.registration}"
        making = partial(learner_page, self._from, learner)
        return Piece(learner.folder / INDEX, what, partial(_write, making), is_last=True)

    def _index(
        self, asked: str, learners: Sequence[PackedLearner], centre: Sequence[Piece], left_out: tuple[LeftOut, ...]
    ) -> Page:
        return first_page(self._from, asked, learners, centre, left_out)


def _write(making: Callable[[], Page], path: Path) -> Made:
    path.write_text(render(making()), "utf-8", newline="\n")
    return Made()


def _sheets(sources: PackSources, learner: PackedLearner, form: PageForm) -> Iterator[Piece]:
    """Mark sheets, combined sheets and reports of verifications."""
    shown = learner.shown
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
    for piece in sources.exports.sheets.of(asked, form).pieces if asked else ():
        yield replace(piece, path=learner.folder / "sheets" / piece.path)
    learner.said += [f"There is no mark sheet of {code} in this centre." for code in shown.missing]


def _feedback(sources: PackSources, learner: PackedLearner, form: PageForm) -> Iterator[Piece]:
    """Feedback as it went to the learner, word for word."""
    if learner.shown is None:
        return
    with suppress(WrongUse):  # Nothing went to the learner.
        released = sources.exports.feedback.released([learner.registration], None, form)
        learner.said += [f"{each.what}: {each.why}" for each in released.left_out]
        for piece in released.pieces:
            yield replace(piece, path=learner.folder / "feedback" / piece.path)


def _evidence(sources: PackSources, learner: PackedLearner, form: PageForm) -> Iterator[Piece]:  # noqa: ARG001  # as above
    """What was handed in, byte for byte."""
    yield from evidence_pieces(sources.evidence, learner.registration, learner.folder / _WORK, learner.evidence)


def _record(sources: PackSources, learner: PackedLearner, form: PageForm) -> Iterator[Piece]:  # noqa: ARG001  # as above
    """Every line of the record."""
    if sources.store.stamp(learner.registration):
        yield sources.exports.records.piece(learner.registration, FileNames(), within=learner.folder)
    else:
        learner.said.append(f"{NOTHING[:1].upper()}{NOTHING[1:]}.")


def _verification(sources: PackSources) -> Iterator[Piece]:
    """The plan, the log, actions, cases, observations, standardisation, briefs, members and conflicts of interest."""
    read = Read()
    for _ in sources.verification.reading(read):
        pass
    for form in (TableForm.HTML, TableForm.XLSX):
        for piece in sources.verification.of((), form, read).pieces:
            yield _tables(piece, "internal verification: plan, log, actions and all else", form)


def _claims(sources: PackSources) -> Iterator[Piece]:
    """What is claimed, ready to claim, or blocked, and by what."""
    read: list[ClaimsRead] = []
    for _ in sources.exports.claims.reading([row.registration for row in sources.caseload.rows], read):
        pass
    for units, what in ((False, "claims"), (True, "claims of units")):
        with suppress(WrongUse, Refused):  # Nobody is on a qualification, or on a unit.
            for piece in sources.exports.claims.of(read, ClaimsAsked(units, everything=True), TableForm.XLSX).pieces:
                named = replace(piece, path=piece.path.with_name(f"{what}{piece.path.suffix}"))
                yield _tables(named, what, TableForm.XLSX)


def _matrix(sources: PackSources) -> Iterator[Piece]:
    """The tracking matrix, to look at and to filter."""
    for _ in sources.caseload.refresh():
        pass
    for _ in sources.matrix.looking():
        pass
    with suppress(WrongUse):  # Nobody is on a unit yet.
        for by in MatrixBy:
            for form in (TableForm.HTML, TableForm.XLSX):
                for piece in sources.matrix.of(by, form).pieces:
                    yield _tables(piece, f"tracking matrix by {by.value}", form)


def _tables(piece: Piece, name: str, form: TableForm) -> Piece:
    """Tables of the centre, called by what they are together and by their form: an index has both forms of them."""
    as_what = "a workbook" if form is TableForm.XLSX else "a page"
    return replace(piece, path=_CENTRE / piece.path, what=f"{name} ({as_what})")


def _reports(sources: PackSources) -> Iterator[Piece]:
    """The figures of the centre: agreement, referrals, plan and work."""
    from markterm.centre.reports import AXES

    for name in AXES:
        what = f"report: {name}"
        yield Piece(_CENTRE / f"{file_name(name)}.html", what, partial(_write, partial(_report, sources, name)))


def _report(sources: PackSources, name: str) -> Page:
    with sources.turn:
        for _ in sources.reports.looking(name):
            pass
        return report_page(sources.reports.made(name, Asked()))


def _retention(sources: PackSources, learners: Sequence[PackedLearner]) -> Iterator[Piece]:
    """Until when evidence and record of the learners in the pack are kept, and why."""
    now = sources.now()
    table = retention_table([each.kept for each in learners], local(now).date())
    tables = tables_of(sources.details, now, table.title, (table,))
    heads = furthest(each.heads for each in learners)
    for form in (TableForm.HTML, TableForm.XLSX):
        for piece in table_export(tables, form, "retention", heads, now=sources.now).pieces:
            yield _tables(piece, "how long evidence and records are kept, and why", form)


def _centre_record(sources: PackSources) -> Iterator[Piece]:
    """What the centre's own record says: members, plans, minutes, actions."""
    if sources.store.stamp(CENTRE_RECORD):
        yield sources.exports.records.piece(CENTRE_RECORD, FileNames(), within=_CENTRE)


OF_LEARNER: tuple[Callable[[PackSources, PackedLearner, PageForm], Iterator[Piece]], ...] = (
    _sheets,
    _feedback,
    _evidence,
    _record,
)
"""What is in the pack of each learner, in the order in which their page lists it."""
OF_CENTRE: tuple[Callable[[PackSources], Iterator[Piece]], ...] = (
    _matrix,
    _verification,
    _claims,
    _reports,
    _centre_record,
)
"""What is in it of the centre as a whole."""
