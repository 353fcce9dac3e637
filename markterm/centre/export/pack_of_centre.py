"""What is in a visit pack of the learners together, and of the centre as a whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from markterm.centre.export.claims import ClaimsAsked
from markterm.centre.export.matrix import MatrixBy
from markterm.centre.export.pack_centre_pages import qualifications_page, report_page, signatures_page, why_page
from markterm.centre.export.pack_pages import write_pack_page
from markterm.centre.export.table_facts import tables_of
from markterm.domain.reports.asked import Asked
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.local_time import local
from markterm.exports.anchor import furthest
from markterm.exports.export import Made, Piece
from markterm.exports.file_names import FileNames, file_name
from markterm.exports.page_form import PageForm
from markterm.exports.table.keeping import retention_table
from markterm.exports.table.table_form import TableForm, table_export
from markterm.system.platform import CENTRE_RECORD

if TYPE_CHECKING:
    from markterm.centre.export.pack_reading import PackRead
    from markterm.centre.export.pack_sources import PackedLearner, PackSources
    from markterm.exports.pack.page import Page

_CENTRE = PurePosixPath("centre")
_THESE = "the learners of this visit pack"


class Packing(NamedTuple):
    """A pack that is put together: of whom, and what was read for it."""

    sources: PackSources
    learners: Sequence[PackedLearner]
    read: PackRead


def _matrix(of: Packing) -> Iterator[Piece]:
    """The tracking matrix, to look at and to filter."""
    with suppress(WrongUse):  # Nobody is on a unit yet.
        for by in MatrixBy:
            for form in (TableForm.HTML, TableForm.XLSX):
                for piece in of.sources.matrix.of_these(by, form, of.read.tracked, _THESE).pieces:
                    yield _tables(piece, f"tracking matrix by {by.value}", form)


def _cohort(of: Packing) -> Iterator[Piece]:
    """These learners on one page."""

    def write(path: Path) -> Made:
        with of.sources.turn:
            for _ in of.sources.reports.looking("referrals"):
                pass
            (piece,) = of.sources.cohort.of_these(PageForm.HTML, of.read.tracked, _THESE).pieces
        return piece.write(path)

    if any(own is not None for _, own in of.read.tracked):
        yield Piece(_CENTRE / "cohort.html", "the cohort on one page", write)


def _claims(of: Packing) -> Iterator[Piece]:
    """What is claimed, ready to claim, or blocked, and by what."""
    for units, what in ((False, "claims"), (True, "claims of units")):
        with suppress(WrongUse, Refused):  # Nobody is on a qualification, or on a unit.
            asked = ClaimsAsked(units, everything=True)
            for piece in of.sources.exports.claims.of(of.read.claims, asked, TableForm.XLSX, _THESE).pieces:
                named = replace(piece, path=piece.path.with_name(f"{what}{piece.path.suffix}"))
                yield _tables(named, what, TableForm.XLSX)


def _why(of: Packing) -> Iterator[Piece]:
    """Why each unit was sampled, or was not."""
    making = partial(why_page, of.learners)
    yield _page("why sampled", "why each unit was sampled, or was not", making)


def _retention(of: Packing) -> Iterator[Piece]:
    """Until when evidence and record of the learners in the pack are kept, and why."""
    now = of.sources.now()
    table = retention_table([each.kept for each in of.learners], local(now).date())
    tables = tables_of(of.sources.details, now, table.title, (table,), more=(("Only", _THESE),))
    heads = furthest(each.heads for each in of.learners)
    for form in (TableForm.HTML, TableForm.XLSX):
        for piece in table_export(tables, form, "retention", heads, now=of.sources.now).pieces:
            yield _tables(piece, "how long evidence and records are kept, and why", form)


def _decisions(of: Packing) -> Iterator[Piece]:
    """The figures of what was decided of these learners, and answered."""
    from markterm.centre.reports import OF_DECISIONS

    names = frozenset(each.registration for each in of.learners)
    for name in OF_DECISIONS:
        yield _report(of.sources, name, names)


def _signatures(of: Packing) -> Iterator[Piece]:
    """What an audit says of the signatures in these learners' records, and in the centre's."""
    making = partial(signatures_page, of.sources, of.learners, of.read.of_centre)
    yield _page("signatures", "signatures, and what is not signed", making)


def _verification(of: Packing) -> Iterator[Piece]:
    """The plan, the log, actions, cases, observations, standardisation, briefs, members and conflicts of interest."""
    for form in (TableForm.HTML, TableForm.XLSX):
        for piece in of.sources.verification.of((), form, of.read.verification).pieces:
            yield _tables(piece, "internal verification: plan, log, actions and all else", form)


def _qualifications(of: Packing) -> Iterator[Piece]:
    """How the centre stands in each qualification."""
    if of.sources.qualifications() or of.sources.details.claiming.standings:
        making = partial(qualifications_page, of.sources)
        yield _page("qualifications", "how the centre stands in each qualification", making)


def _work(of: Packing) -> Iterator[Piece]:
    """The figures of plan, actions, work and assignments."""
    from markterm.centre.reports import AXES, OF_DECISIONS

    for name in AXES:
        if name not in OF_DECISIONS:
            yield _report(of.sources, name, None)


def _centre_record(of: Packing) -> Iterator[Piece]:
    """What the centre's own record says: members, plans, minutes, actions. It names everybody: whoever sees some of the
    learners has it in the pages above."""
    if of.sources.store.stamp(CENTRE_RECORD) and of.sources.exports.records.may_leave(CENTRE_RECORD):
        yield of.sources.exports.records.piece(CENTRE_RECORD, FileNames(), within=_CENTRE)


def _tables(piece: Piece, name: str, form: TableForm) -> Piece:
    """Tables of the centre, called by what they are together and by their form: an index has both forms of them."""
    as_what = "a workbook" if form is TableForm.XLSX else "a page"
    return replace(piece, path=_CENTRE / piece.path, what=f"{name} ({as_what})")


def _page(name: str, what: str, making: Callable[[], Page]) -> Piece:
    return Piece(_CENTRE / f"{file_name(name)}.html", what, partial(write_pack_page, making))


def _report(sources: PackSources, name: str, learners: Collection[str] | None) -> Piece:
    """The report of that name, on these learners or on everybody."""

    def making() -> Page:
        with sources.turn:
            for _ in sources.reports.looking(name):
                pass
            if learners is None:
                return report_page(sources.reports.made(name, Asked()), sources.in_sight)
            return report_page(sources.reports.of_learners(name, learners, Asked()), "Of the learners of this pack.")

    return _page(name, f"figures: {_FIGURES.get(name, name)}", making)


_FIGURES = {
    "agreement": "what verifiers answered, by assessor",
    "referrals": "how much each assessor referred",
    "unlike": "each assessor's referrals beside the others'",
    "plan": "what came of the sampling plans",
    "actions": "actions of each owner",
    "workload": "what waits for each member",
    "matrix": "assignments by task",
}
"""What whoever does not know MarkTerm is to read of each report."""


OF_THESE: tuple[Callable[[Packing], Iterator[Piece]], ...] = (
    _matrix,
    _cohort,
    _claims,
    _why,
    _retention,
    _decisions,
    _signatures,
)
"""What is in it of the learners who were asked for together."""
OF_CENTRE: tuple[Callable[[Packing], Iterator[Piece]], ...] = (
    _verification,
    _qualifications,
    _work,
    _centre_record,
)
"""What is in it of the centre as a whole, whoever was asked for."""
