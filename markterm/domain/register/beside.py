"""A register beside the learners that are there: who is new, what it says otherwise, and what cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from markterm.domain.assessed.learner import Learner, RegisteredFor
from markterm.domain.register.entry import Entry, days_of

_ON_NOTHING = "on no qualification and no unit: nothing is marked until they are on one"


class Verdict(StrEnum):
    """What becomes of an entry: a new learner, nothing, a change that a person accepts, or that it is not taken."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that the learner's file has otherwise; empty where there was nothing."""

    fact: str
    was: str
    becomes: str

    @property
    def in_words(self) -> str:
        """That in a clause: `name: Rosalind Jones becomes Rosalind Smith`."""
        return f"{self.fact}: {self.was} becomes {self.becomes}" if self.was else f"{self.fact}: {self.becomes}"


@dataclass(frozen=True, slots=True)
class Beside:
    """An entry with what becomes of it: `learner` as the file would say it, `was` as it does now, None where there is
    none; `entry` has what it says and why it is not taken."""

    entry: Entry
    verdict: Verdict
    learner: Learner
    was: Learner | None = None
    changes: tuple[Change, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """What is to be said of it, each a clause: why it is bad, what changes, what is to be known."""
        return (*self.entry.faults, *(each.in_words for each in self.changes), *self.entry.notes)


def beside(entry: Entry, was: Learner | None) -> Beside:
    """What becomes of an entry whose learner is there as `was`, or is not there."""
    if entry.is_bad:
        return Beside(entry, Verdict.BAD, entry.learner, was)
    becomes = with_facts(was, entry.learner) if was is not None else entry.learner
    if not (becomes.qualifications or becomes.units or becomes.standards or becomes.assignments):
        entry = replace(entry, notes=(*entry.notes, _ON_NOTHING))
    if was is None:
        return Beside(entry, Verdict.NEW, becomes)
    changes = tuple(_changes(was, becomes))
    return Beside(entry, Verdict.CHANGED if changes else Verdict.SAME, becomes, was, changes)


def bad(entry: Entry, *why: str) -> Beside:
    """An entry that is not taken, and why."""
    return Beside(replace(entry, faults=(*entry.faults, *why)), Verdict.BAD, entry.learner)


def with_facts(was: Learner, said: Learner) -> Learner:
    """The learner with what a register says: what it leaves out stays, and nobody is taken off a qualification or a
    unit by it."""
    becomes = replace(
        was,
        name=said.name,
        uln=said.uln or was.uln,
        email=said.email or was.email,
        legal_name=said.legal_name or was.legal_name,
        born=said.born or was.born,
        funded=said.funded if said.funded is not None else was.funded,
        assessor=said.assessor or was.assessor,
        site=said.site or was.site,
        qualifications=tuple(dict.fromkeys((*was.qualifications, *said.qualifications))),
        units=tuple(dict.fromkeys((*was.units, *said.units))),
        standards=tuple(dict.fromkeys((*was.standards, *said.standards))),
        assignments=tuple(dict.fromkeys((*was.assignments, *said.assignments))),
    )
    days = days_of(said)
    if set(becomes.qualifications) <= set(said.qualifications) and len({(e.registered, e.expires) for e in days}) == 1:
        registered, expires = days[0].registered or becomes.registered, days[0].expires or becomes.expires
        if not becomes.registered_for:
            return replace(becomes, registered=registered, expires=expires)
    for own in days:
        becomes = _with_days(becomes, own)
    return becomes


def _with_days(learner: Learner, said: RegisteredFor) -> Learner:
    code = (said.qualification,) if said.qualification else ()
    was = RegisteredFor(said.qualification, learner.registered_on(code), learner.expires_on(code))
    now = replace(was, registered=said.registered or was.registered, expires=said.expires or was.expires)
    if now == was:
        return learner
    apart = [each for each in learner.registered_for if each.qualification == said.qualification]
    if not apart and (not code or learner.qualifications == code):
        return replace(learner, registered=now.registered, expires=now.expires)
    others = tuple(each for each in learner.registered_for if each not in apart)
    return replace(learner, registered_for=(*others, now) if now.registered is not None else others)


def _changes(was: Learner, becomes: Learner) -> Iterator[Change]:
    for fact in (
        *("name", "legal_name", "born", "uln", "email", "funded", "qualifications", "registered", "expires"),
        *("registered_for", "units", "standards", "assignments", "assessor", "site"),
    ):
        before, after = getattr(was, fact), getattr(becomes, fact)
        if before != after:
            yield Change(fact.replace("_", " "), _said(before), _said(after))


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_said, value))
    if isinstance(value, RegisteredFor):
        return value.in_words
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value or "")
