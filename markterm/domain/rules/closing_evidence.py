"""The evidence that a closing rests on: what was submitted, or what is fixed by hash when the unit is closed.

A unit is never closed on evidence that nobody fixed: what is swapped afterwards would show nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.closing import Closed
from markterm.domain.record.bodies.handed_in import Submitted
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.submission import NO_CHANGES, Changes, Submission, changes
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.words.errors import Refused


class Basis(StrEnum):
    """On which evidence a unit is closed that was changed since it was submitted: as it is `now`, which is fixed then,
    or as it was `submitted`."""

    NOW = "now"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class ClosingEvidence:
    """The evidence of a unit that is to be closed: `files` are those handed in for it now, SHA-256 by name,
    `submission` that of the attempt, `changes` what became of it since, and `unread` what cannot be read, and so not be
    fixed. `kept` are the SHA-256 of accounts that assessors keep, and of what is attached to them."""

    files: Mapping[str, str]
    submission: Submission | None
    changes: Changes
    unread: tuple[str, ...] = ()
    kept: frozenset[str] = frozenset()

    @property
    def is_fixed(self) -> bool:
        """Whether it was submitted, and is as it was then."""
        return self.submission is not None and not self.changes

    @property
    def asks_basis(self) -> bool:
        """Whether a person has to say on which it is closed: more became of it since it was submitted than that
        accounts came, of which the record has the bytes already."""
        came = {self.files[name] for name in self.changes.added}
        return bool(self.changes.of_what_was_fixed) or not came <= self.kept

    @property
    def needs_reason(self) -> bool:
        """Whether there is nothing to fix, so that somebody has to say what the decisions were made on."""
        return self.submission is None and not self.files


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person said before closing: on which evidence, where it was changed, and why there is none, where there is
    none. `seen` are the files that they were told of, None if they were told of none."""

    basis: Basis | None = None
    no_evidence: str = ""
    seen: Mapping[str, str] | None = None


PLAIN = Terms()


def closing_evidence(
    record: UnitRecord, files: Mapping[str, str], unread: Iterable[str] = (), kept: Iterable[str] = ()
) -> ClosingEvidence:
    """The evidence on which the present attempt at a unit would be closed, `files` being those handed in for it now,
    `unread` what cannot be read and `kept` the SHA-256 of accounts and what is attached to them."""
    submission = record.submission
    if submission is not None and submission.attempt < record.attempt:
        submission = None  # It was of an earlier attempt.
    since = changes(submission.files, files) if submission is not None else NO_CHANGES
    return ClosingEvidence(files, submission, since, tuple(unread), frozenset(kept))


def fixed_at_closing(act: Act, unit: Unit, record: UnitRecord, evidence: ClosingEvidence, terms: Terms) -> Event | None:
    """The submission to record before a unit is closed: its evidence as it is now. None when what was submitted stands.

    Raises `Refused` when the files are not those that the person was told of, when they were changed since they were
    submitted and nobody said on which the unit is closed, and when there are none and nobody said why.
    """
    member = known(act)
    if terms.seen is not None and dict(terms.seen) != dict(evidence.files):
        raise Refused(
            "The evidence changed meanwhile",
            f"{unit.code} of {act.learner} stays open: its files are others than a moment ago.",
            "Look at them, and close it again.",
        )
    if evidence.is_fixed or (evidence.submission is not None and terms.basis is Basis.SUBMITTED):
        return None
    if evidence.submission is not None and terms.basis is None and evidence.asks_basis:
        raise Refused(
            "The evidence changed since it was submitted",
            f"{unit.code} of {act.learner} stays open: {evidence.changes} since it was submitted "
            f"({evidence.changes.named()}).",
            "Look at what changed, then say on which it is closed: as it is now, or as it was submitted.",
        )
    if not evidence.files:
        if not terms.no_evidence.strip():
            unread = f" What lies there cannot be read: {'; '.join(evidence.unread)}." if evidence.unread else ""
            raise Refused(
                "There is no evidence",
                f"{unit.code} of {act.learner} stays open: there is no file that the decisions could rest on.{unread}",
                "Put the files into the learner's evidence folder, or say why there is none: seen in person.",
            )
    elif terms.no_evidence.strip():
        raise Refused(
            "There is evidence",
            f"{unit.code} of {act.learner} stays open: {len(evidence.files)} "
            f"{'file is' if len(evidence.files) == 1 else 'files are'} handed in for it.",
            "Close it without the reason why there is none.",
        )
    before = evidence.submission
    said = Submitted(
        record.attempt,
        evidence.files,
        evidence.unread,
        before.authorised_by if before is not None else "",
        at_closing=True,
        no_evidence=terms.no_evidence.strip(),
    )
    replaced = (before.uid,) if before is not None else ()
    return entry(act, member, Kind.SUBMITTED, Subject(unit.key), said, replaced)


def closed_on(closing: Event, record: UnitRecord, terms: Terms, evidence: ClosingEvidence) -> Event:
    """The closing, with the uid of the submission that it rests on, and with what had become of the evidence since when
    it is closed on that all the same."""
    said = Closed.read(closing.body)
    if record.submission is not None:
        said = replace(said, submission=record.submission.uid)
    if terms.basis is Basis.SUBMITTED and evidence.changes:
        said = replace(said, evidence_changed=tuple(evidence.changes.lines()))
    return replace(closing, body=said.write())
