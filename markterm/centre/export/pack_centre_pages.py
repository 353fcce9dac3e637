"""The pages of a visit pack that are of several learners, or of the centre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from markterm.centre.export.pack_pages import INDEX, told_of
from markterm.domain.reports.report import Cell, Report, Shape
from markterm.domain.words.counted import counted
from markterm.exports.pack.page import Item, Link, Page, Section, State

if TYPE_CHECKING:
    from markterm.centre.export.pack_sources import PackedLearner, PackSources, Reason
    from markterm.domain.record.who_did_what import Told

_ABOVE = Link("To the first page", f"../{INDEX}")
_CENTRES = "The centre's own record"
_FIRST_REASONS = 2


def report_page(report: Report, of: str) -> Page:
    """A report as a page: of whom it is, its figures, how they are counted, and what could not be."""
    shown = [number for number, column in enumerate(report.columns) if column.shown]
    columns = tuple(report.columns[number].heading for number in shown)
    rows = tuple(
        tuple(
            (_cell(row.cells[number], report.columns[number].shape, report.columns[number].absent),) for number in shown
        )
        for row in report.rows
    )
    said: list[Item] = [State(each, "warn") for each in report.warnings]
    said += [*report.notes, *(row.said for row in report.rows if row.said)]
    said[:0] = [of] if rows else [of, "There is nothing to count."]
    section = Section("Figures", tuple(dict.fromkeys(said)), columns, rows)
    return Page(report.title, sections=(section,), above=_ABOVE)


def _cell(cell: Cell, shape: Shape, absent: str) -> str:
    if cell is None:
        return absent
    if isinstance(cell, Fraction):
        return f"{float(cell):.0%}" if shape is Shape.SHARE else f"{float(cell):.3g}"
    return str(cell)


def why_page(learners: Sequence[PackedLearner]) -> Page:
    """Why each unit is in the sampling plan, or is not: a row for each learner, that hundreds can be gone through."""
    rows = tuple(
        (
            (Link(each.registration, f"../{each.folder}/{INDEX}"),),
            (each.kept.name,),
            tuple(_together(one for one in each.reasons if one.sampled)),
            tuple(_together(one for one in each.reasons if not one.sampled)),
        )
        for each in learners
    )
    every = [one for each in learners for one in each.reasons]
    sampled = sum(one.sampled for one in every)
    plans = sorted({one.plan for one in every if one.plan})
    said: list[Item] = [
        f"Of the learners of this pack: {counted(len(every), 'unit')}, of which {sampled} were sampled.",
        f"The plan: {', '.join(plans)}." if plans else "No sampling plan was adopted.",
        "Every reason, and what each rule asked for and got, is on the learner's own page.",
    ]
    columns = ("Registration", "Name", "Sampled, and why", "Not sampled, and why not")
    section = Section("Learner by learner", tuple(said), columns, rows)
    return Page("Why each unit was sampled, or was not", sections=(section,), above=_ABOVE)


def _together(reasons: Iterable[Reason]) -> Iterator[State]:
    """The first reasons of each unit; several units of which the same is said stand together."""
    units: dict[str, list[str]] = {}
    for each in reasons:
        more = len(each.because) - _FIRST_REASONS
        told = (*each.because[:_FIRST_REASONS], *([f"and {counted(more, 'more reason')}"] if more > 0 else []))
        units.setdefault("; ".join(told), []).append(each.unit)
    yield from (State(told, "", ", ".join(codes)) for told, codes in units.items())


def signatures_page(sources: PackSources, learners: Sequence[PackedLearner], of_centre: Sequence[Told]) -> Page:
    """What an audit says of the signatures in these learners' records and in the centre's."""
    rows: list[tuple[tuple[Item, ...], ...]] = [
        ((_CENTRES,), (told_of(each),), (State(each.message, "warn"),)) for each in of_centre
    ]
    rows += [
        ((Link(each.registration, f"../{each.folder}/{INDEX}"),), (told_of(one),), (State(one.message, "warn"),))
        for each in learners
        for one in each.signatures
    ]
    said: tuple[Item, ...]
    if not (sources.keys() or rows):
        said = ("No member has a key to sign with: nothing is signed, and every sheet has places to sign by hand.",)
    elif not rows:
        said = (
            "Every closing and verification of a member who had a key then is signed, and every signature is good.",
        )
    else:
        said = (f"{counted(len(rows), 'finding')}, as an audit tells of them.",)
    section = Section("What an audit says of them", said, ("Record", "Entry", "What is said of it"), tuple(rows))
    return Page("Signatures", sections=(section,), above=_ABOVE)


def qualifications_page(sources: PackSources) -> Page:
    """How the centre stands in each qualification that whoever gets the pack reads: by its own file, and by what visits
    signed off and ask for."""
    details, after, remit = sources.details, sources.exports.claims.visited(), sources.seeing.remit
    every = dict.fromkeys((*sources.qualifications(), *details.claiming.standings))
    codes = [code for code in every if remit is None or code in remit.qualifications]
    titles = {code: each.title for code, each in sources.qualifications().items()}
    rows = []
    for code in codes:
        own, until = details.claiming.standing(code), after.signed_off.get(code)
        holding = tuple(State(told, "warn") for of, told in after.holding if of in ("", code))
        rows.append(
            (
                (code,),
                (titles.get(code, "the centre has no sheet of it"),),
                (own.organisation or details.awarding_organisation or "not said",),
                (own.in_words or "not said",),
                (until.isoformat() if until is not None else "–",),
                holding or ("–",),
            )
        )
    said = (State(after.unknown, "warn"),) if after.unknown else ()
    columns = ("Code", "Qualification", "Awarding organisation", "Status", "Signed off up to", "Holds claims")
    section = Section("Qualifications of the centre", said, columns, tuple(rows))
    return Page("How the centre stands in each qualification", sections=(section,), above=_ABOVE)
