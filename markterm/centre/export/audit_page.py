"""What an audit found, as a page to keep: how far each record goes, the hashes of its ends, and its signatures."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from markterm.centre.audits import RecordAudit
from markterm.centre.centre import Centre
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import NotSaved
from markterm.domain.words.finding import Finding
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.exports.export import Export, Made, Piece
from markterm.exports.pack.page import Fixed, Item, Page, Section, State, render
from markterm.records.finding_codes import troubling
from markterm.system.platform import replace_file

_OF_CENTRE = "The centre's own record"
_TITLE = "Records, checked"
_FILE = PurePosixPath("records-checked.html")


def _at_once(steps: Iterable[object]) -> None:
    deque(steps, maxlen=0)


def page_to_keep(centre: Centre, go_through: Callable[[Iterable[object]], object] = _at_once) -> Export:
    """The page of an audit of every record, which is made now: `go_through` is given its steps, a record each, and goes
    to their end."""
    audited: list[RecordAudit] = []
    whose: list[Finding] = []

    def steps() -> Iterator[None]:
        whose.extend((*centre.registrations.findings(), *centre.retention.findings()))
        yield
        for each in centre.audits.every():
            audited.append(each)
            yield

    go_through(steps())
    page = render(_page(centre, audited, (*centre.audits.across(audited), *whose)))

    def write(path: Path) -> Made:
        path.write_text(page, "utf-8")
        return Made()

    piece = Piece(_FILE, "heads, signatures and findings of every record", write)
    return Export(_TITLE, str(_FILE), (piece,), one_file=True, for_visit=True)


def keep_page(
    centre: Centre, target: Path, audited: Sequence[RecordAudit], more: Sequence[Finding], *, force: bool = False
) -> None:
    """Write the page of what was `audited` to that file; `more` is what was found of all of them together. Raises
    `WrongUse` when it is there and `force` does not say that it may go, or where the centre keeps its own; and
    `NotSaved`."""
    centre.exports.check_target(target, force=force)
    try:
        replace_file(target, render(_page(centre, audited, more)).encode("utf-8"))
    except OSError as error:
        raise NotSaved(
            "The page was not written", f"{target}: {error.strerror or error}.", "Give a place that may be written to."
        ) from error


def _page(centre: Centre, audited: Sequence[RecordAudit], more: Sequence[Finding]) -> Page:
    details, member = centre.details, centre.member
    events = sum(each.events for each in audited)
    signed = sum(each.signatures for each in audited)
    found = [*troubling(finding for each in audited for finding in each.findings), *more]
    facts = (
        ("Centre", f"{details.number} {details.name}"),
        ("Checked by", f"{member.name} ({member.id})" if member is not None else "nobody who was named"),
        ("Checked at", local(centre.recorder.now()).isoformat(" ", "minutes")),
        ("Read", f"{counted(len(audited), 'record')} with {counted(events, 'entry', 'entries')}"),
        ("Signatures", f"{signed} checked" if signed else "none"),
        ("Found", counted(len(found), "finding") if found else "all is well"),
        ("Of whom", centre.audits.covers or "Of everybody."),
    )
    heads = Section(
        "How far each record goes",
        (
            "Each record was read from its first byte. Who keeps these hashes can tell later whether an end was "
            "cut off, or anything written anew: the same file of a record goes at least so far then, and has "
            "that line there.",
        ),
        ("Record", "Entries", "Signatures", "File of the record, lines, SHA-256 of the last"),
        tuple(_row(each) for each in audited),
    )
    told: tuple[Item, ...] = tuple(State(one_line(_in_words(each)), "warn") for each in found)
    return Page(f"Records of {details.name}, checked", facts, (), (heads, Section("Findings", told or ("None.",))))


def _row(audit: RecordAudit) -> tuple[tuple[Item, ...], ...]:
    return (
        (one_line(audit.record) or _OF_CENTRE,),
        (str(audit.events),),
        (str(audit.signatures),),
        tuple(_heads(audit)),
    )


def _heads(audit: RecordAudit) -> Iterator[Item]:
    for name, head in sorted(audit.heads.items()):
        yield Fixed(f"{name} {head.lines} {head.digest}")


def _in_words(finding: Finding) -> str:
    return f"{finding.code} {finding.severity}: {finding.message}"
