"""What an audit makes of a record whose destruction the centre's record tells of.

That its lines are missing is no finding then, wherever they were witnessed: but only of lines that there were when it
was destroyed, only when it is really gone, and only when two people did it, or one a day apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from markterm.domain.record.bodies.retaining import DestructionStep
from markterm.domain.record.destructions import Destruction
from markterm.domain.rules.destroying import APART
from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import one_line
from markterm.records.finding_codes import DESTROYED, DESTROYED_WRONGLY, MISSING, NOT_DESTROYED, USED_AGAIN
from markterm.records.store import Head


def after_destruction(
    record: str,
    told: Sequence[Destruction],
    heads: Mapping[str, Head],
    findings: Iterable[Finding],
    witnesses: Iterable[tuple[str, Mapping[str, Head]]],
    place: Path | None,
) -> tuple[Finding, ...]:
    """What an audit found of the record with these `heads` now, as it is to be told beside the destructions that are
    `told` of it; `witnesses` had seen heads of it."""
    counted = {segment: head for each in told for segment, head in (each.heads_of(record) or {}).items()}
    last, name = told[-1], one_line(record)
    found = [*_alone(name, told, place)]
    if heads.keys() & counted.keys():
        what = "began to be destroyed and is not gone" if last.is_unfinished else "was destroyed and is here again"
        message = f"the record of {name} {what} ({last.words})"
        return (*findings, *found, Finding(NOT_DESTROYED, Severity.ERROR, message, place))
    # Where nothing is left, what had been seen beyond what was counted is told below.
    others = [each for each in findings if each.code != MISSING or (heads and not _of_these(each, counted))]
    for who, seen in witnesses:
        for segment, head in seen.items():
            if segment not in heads and head.lines > counted.get(segment, (0, ""))[0]:
                message = f"{who} had seen {head.lines} lines of {segment}, which is more than was destroyed of {name}"
                found.append(Finding(DESTROYED_WRONGLY, Severity.ERROR, one_line(message), place))
    if heads:
        message = f"the record of {name} was begun anew: one of that name was {last.words}"
        return (*others, *found, Finding(USED_AGAIN, Severity.WARNING, message, place))
    severity, code = (Severity.INFORMATION, DESTROYED) if last.is_done else (Severity.ERROR, NOT_DESTROYED)
    return (*others, *found, Finding(code, severity, f"the record of {name} is {last.words}", place))


def _alone(name: str, told: Sequence[Destruction], place: Path | None) -> Iterator[Finding]:
    for each in told:
        begun = next(step for step in each.steps if step.step is not DestructionStep.INTENDED)
        if begun.actor == each.first.actor and begun.at - each.first.at < APART:
            message = f"{one_line(begun.actor)} destroyed the record of {name} alone, and not a day apart"
            yield Finding(DESTROYED_WRONGLY, Severity.ERROR, message, place)


def _of_these(finding: Finding, segments: Iterable[str]) -> bool:
    """Whether the finding is of one of these segments: where there are files, by its file."""
    if finding.file is not None:
        return finding.file.stem in set(segments)
    return any(segment in finding.message for segment in segments)
