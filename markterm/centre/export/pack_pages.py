"""The pages of a visit pack, as values: who is in it and how far they are, at a glance, and where everything lies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from posixpath import relpath
from typing import TYPE_CHECKING, NamedTuple

from markterm.centre.export.pack_evidence import compared
from markterm.centre.export.pack_known import known_of
from markterm.centre.export.pack_sources import NO_PLAN
from markterm.domain.record.bodies.retaining import What
from markterm.domain.record.states import CAME_BACK, CLOSED_PASSED, UnitState, VerificationState
from markterm.domain.views.kept_of import KeptOf
from markterm.domain.words.counted import counted
from markterm.domain.words.local_time import local
from markterm.exports.export import LeftOut, Made, Piece
from markterm.exports.pack.checking import CHECKING
from markterm.exports.pack.page import Fixed, Item, Link, Page, Section, State, render
from markterm.system.platform import folder_name

if TYPE_CHECKING:
    from markterm.centre.export.pack_sources import PackedLearner, PackSources
    from markterm.domain.record.who_did_what import Told
    from markterm.domain.views.caseload import UnitProgress

_TONES = {**dict.fromkeys(CLOSED_PASSED, "pass"), UnitState.CLOSED_REFER: "refer"}
_DOUBTFUL = (*CAME_BACK, VerificationState.STALE)
INDEX = "index.html"
"""What a page is called from which one goes on."""


class Listed(NamedTuple):
    """What the first page lists: who was `asked` for in words, the learners, what there is of them together, and of the
    centre as a whole; `left_out` is who is not in it, and why."""

    asked: str
    learners: Sequence[PackedLearner]
    theirs: Sequence[Piece]
    whole: Sequence[Piece]
    left_out: Sequence[LeftOut]


def write_pack_page(making: Callable[[], Page], path: Path) -> Made:
    """Write the page when its turn comes."""
    path.write_text(render(making()), "utf-8", newline="\n")
    return Made()


def first_page(sources: PackSources, listed: Listed) -> Page:
    """Where to start: everybody in the pack with their units' states, and what there is of the centre."""
    details, now = sources.details, sources.now()
    rows = tuple(_row(sources, each) for each in listed.learners)
    warned = [each.registration for each in listed.learners if each.learner is None or each.incomplete]
    caveats = (f"The records of {', '.join(warned)} are incomplete: what is shown may not be all.",) if warned else ()
    sections = [
        Section("Learners", columns=("Registration", "Name", "Units", "To be known"), rows=rows),
        _files("These learners together", "Of the learners of this pack alone.", listed.theirs),
        _files("The centre as a whole", sources.in_sight, listed.whole),
    ]
    if listed.left_out:
        not_there = tuple(((each.what,), (each.why,)) for each in listed.left_out)
        sections.insert(0, Section("Not in this pack", columns=("Asked for", "Why not"), rows=not_there))
    sections.append(
        Section(
            "Nothing was changed since",
            (
                "Every file of this pack is listed with its SHA-256 sum, and the records are here line by line.",
                Link("How to check it, with and without MarkTerm", CHECKING),
            ),
        )
    )
    facts = (
        ("Centre", f"{details.number} {details.name}"),
        ("Awarding organisation", details.awarding_organisation or "not said"),
        ("Asked for", listed.asked),
        ("Made on", f"{now.astimezone():%Y-%m-%d %H:%M}"),
    )
    return Page(f"Visit pack of {details.name}", facts, caveats, tuple(sections))


def _files(title: str, said: str, pieces: Sequence[Piece]) -> Section:
    return Section(title, (said,), ("What",), tuple(((_to(each, _HERE),),) for each in pieces))


_HERE = PurePosixPath()


def _row(sources: PackSources, learner: PackedLearner) -> tuple[tuple[Item, ...], ...]:
    row = sources.caseload.refresh_one(folder_name(learner.registration))
    to = str(learner.folder / INDEX)
    units = tuple(_states(unit) for unit in row.units) or (State("no unit"),)
    return (Link(learner.registration, to),), (row.name,), units, tuple(known_of(learner, row))


def _states(unit: UnitProgress) -> State:
    count = "" if unit.state in _TONES else f"{unit.decided} of {unit.criteria} decided"
    return State(_in_words(unit), _tone(unit), unit.code, count)


def _tone(unit: UnitProgress) -> str:
    """Green and red are for what stands; what somebody has to look at first is neither."""
    if unit.conflicts or unit.stale or unit.changed or unit.verification in _DOUBTFUL:
        return "warn"
    return "" if unit.unfinished else _TONES.get(unit.state, "")


def _in_words(unit: UnitProgress) -> str:
    told = [unit.state.value]
    if unit.changed:
        told.append("changed since it was closed")
    if unit.stale:
        told.append(f"{unit.stale} stale")
    if unit.conflicts:
        told.append(f"{unit.conflicts} in conflict")
    if unit.uncountersigned:
        told.append(f"{unit.uncountersigned} not countersigned")
    if unit.verification is not VerificationState.NONE:
        told.append(f"verification {unit.verification.value}")
    if unit.has_case:
        told.append("a case is open")
    return ", ".join(told)


def learner_page(sources: PackSources, learner: PackedLearner) -> Page:
    """Everything of one learner: states, why each unit was sampled or not, sheets, feedback, and the evidence with its
    sums."""
    row = sources.caseload.refresh_one(folder_name(learner.registration))
    here, reasons = learner.folder, {each.unit: each.in_full for each in learner.reasons}
    units = tuple(
        (
            (unit.code,),
            (State(_in_words(unit), _tone(unit)),),
            (f"{unit.passed} met, {unit.decided} decided of {unit.criteria}",),
            reasons.get(unit.code, (NO_PLAN,)),
        )
        for unit in row.units
    )
    documents = tuple(
        ((_to(piece, here),),) for piece in learner.pieces if piece.path not in learner.evidence.paths.values()
    )
    sections = [
        Section("Units", columns=("Unit", "State", "Criteria", "Why it was sampled, or was not"), rows=units),
        Section("Sheets, feedback and record", columns=("What",), rows=documents),
        _kept(learner.kept, local(sources.now()).date()),
        *_badges(learner),
        *_signatures(learner),
        *(_evidence(learner) if learner.with_evidence else ()),
    ]
    facts = [
        ("Registration", learner.registration),
        ("Name", row.name),
        ("Assessor", sources.details.name_of(row.assessor) if row.assessor else "not said"),
    ]
    if (own := learner.learner) is not None:
        facts.append(("Qualifications", ", ".join(own.qualifications) or "not said"))
        facts += [("Left on", str(own.left))] if own.left is not None else []
    caveats = [f"The record is incomplete: {learner.incomplete}."] if learner.incomplete else []
    above = Link("All learners of this pack", relpath(INDEX, here))
    return Page(
        f"{learner.registration} {row.name}",
        tuple(facts),
        (*caveats, *([row.problem] if row.problem else ()), *learner.said),
        tuple(sections),
        above,
    )


def _evidence(learner: PackedLearner) -> Iterator[Section]:
    packed = learner.evidence
    told, gone = compared(learner.fixed, packed) if learner.learner is not None else ({}, ())
    rows: list[tuple[tuple[Item, ...], ...]] = []
    for name, path in packed.paths.items():
        if name in packed.unread:
            rows.append(((name,), (State(f"NOT in the pack: {packed.unread[name]}", "warn"),), ("",), ("",)))
            continue
        state = told.get(name, "")
        tone = "warn" if state.startswith("CHANGED") else ""
        size = f"{packed.sizes[name]:,} bytes"
        link = Link(name, relpath(path, learner.folder))
        rows.append(((link,), (State(state, tone),), (size,), (Fixed(packed.sums.get(name, "")),)))
    said = (*packed.problems, *(() if rows else ("There is no file of evidence here.",)))
    columns = ("File, as it was handed in", "Beside what was fixed", "Size", "SHA-256")
    yield Section("Evidence", said, columns, tuple(rows))
    if gone:
        yield Section(
            "Evidence that was fixed and lies there no more",
            (f"{counted(len(gone), 'version')} of files that were handed in:",),
            ("File",),
            tuple(((State(each, "warn"),),) for each in gone),
        )


def _signatures(learner: PackedLearner) -> Iterator[Section]:
    if learner.signatures:
        rows = tuple(((told_of(each),), (State(each.message, "warn"),)) for each in learner.signatures)
        yield Section("Signatures, as an audit tells of them", (), ("Entry", "What is said of it"), rows)


def _badges(learner: PackedLearner) -> Iterator[Section]:
    if learner.badges:
        rows = tuple(
            (
                (each.unit.code,),
                (State(each.in_words, "warn" if each.asks else ""),),
                (f"{issued.actor} on {local(issued.at):%Y-%m-%d}" if (issued := each.standing.badge) else "–",),
            )
            for each in learner.badges
        )
        said = ("For courses of the centre's own, which nobody claims from an awarding organisation.",)
        yield Section("Badges", said, ("Unit", "State", "Issued by"), rows)


def told_of(told: Told) -> str:
    """Which entry that is about: whose, of what kind and when."""
    event = told.line.event
    unit = f" {event.subject.unit.code}" if event.subject.unit is not None else ""
    return f"{event.kind}{unit} by {event.actor} on {local(event.at):%Y-%m-%d %H:%M}"


def _kept(told: KeptOf, today: date) -> Section:
    """How long evidence and record are kept, and why."""
    kept = told.kept
    rows: list[tuple[tuple[Item, ...], ...]] = []
    for what, word in ((What.EVIDENCE, "Evidence"), (What.RECORD, "Record")):
        until: Item = kept.in_words(what, today)
        if what is What.EVIDENCE and told.evidence_destroyed is not None:
            until = State(told.evidence_destroyed.words, "warn")
        rows.append(((word,), (until,)))
    certified = (f"{kept.counts_from[:1].upper()}{kept.counts_from[1:]}.",) if kept.counts_from else ()
    said: list[Item] = [*(f"Rule {rule.words}." for rule in kept.rules), *certified]
    said += [State(each, "warn") for each in (told.problem, *kept.unknown, *kept.open) if each]
    return Section("How long it is kept", tuple(said), ("What", "Until"), tuple(rows))


def _to(piece: Piece, here: PurePosixPath) -> Link:
    return Link(f"{piece.what[:1].upper()}{piece.what[1:]}", relpath(piece.path, here))
