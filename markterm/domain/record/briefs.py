"""Briefs of assignments as verifiers left them: whether one may be given to learners, and whether it is as it was then.

A brief is what the sheet of its assignment says. Whoever edits the sheet makes it a brief that nobody has verified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.record.actions import ActionRecord
from markterm.domain.record.bodies.briefs import BriefVerified
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.centre_actions import action_of_brief
from markterm.domain.record.event import Event, Kind
from markterm.domain.words.local_time import local


class BriefState(StrEnum):
    """Where the brief of an assignment stands."""

    NOT_VERIFIED = "not verified"
    CHANGED = "changed since it was verified"
    NOT_FIT = "not fit to be issued"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class BriefVerification:
    """One verification of a brief, by the member of the id `actor`; `action` is what it asks for, None for nothing."""

    uid: str
    said: BriefVerified
    actor: str
    at: datetime
    action: ActionRecord | None = None

    @property
    def on(self) -> date:
        """The day of it: that on which it was recorded, where none was said."""
        return self.said.on or local(self.at).date()


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief of an assignment: `standing` are the verifications that no later one replaced, several only where two
    verifiers had not seen each other's."""

    assignment: str
    state: BriefState
    standing: tuple[BriefVerification, ...] = ()

    @property
    def may_be_issued(self) -> bool:
        """Whether every verifier found it fit, and it is as it was then."""
        return self.state is BriefState.VERIFIED

    @property
    def words(self) -> str:
        """How it stands, and by whom: `verified on 2026-08-20 by ines`, with what is to be done."""
        return self.in_words(str)

    def in_words(self, name_of: Callable[[str], str]) -> str:
        """The same, with members as `name_of` calls them."""
        told = f"brief {self.state}"
        if self.standing:
            last = self.standing[-1]
            told += f", {last.on.isoformat()} by {', '.join(name_of(each.actor) for each in self.standing)}"
        for action in (each.action for each in self.standing):
            if action is not None and action.is_open:
                until = f", until {action.due.isoformat()}" if action.due is not None else ""
                told += f"; to do: {action.text} ({name_of(action.owner)}{until})"
            elif action is not None:
                told += f"; done, as {name_of(action.last.actor)} says, and to be verified: {action.text}"
        return told


def brief_of(events: Iterable[Event], assignment: Assignment) -> Brief:
    """How the brief of that assignment stands, by the centre's record."""
    every, found = tuple(events), dict[str, BriefVerification]()
    for event in every:
        said = said_in(event, BriefVerified) if event.kind == Kind.BRIEF_VERIFIED else None
        if said is not None and said.assignment == assignment.code:
            for replaced in event.supersedes:
                found.pop(replaced, None)
            found[event.uid] = BriefVerification(event.uid, said, event.actor, event.at)
    standing = tuple(
        replace(each, action=action_of_brief(each.uid, every)) if each.said.action else each for each in found.values()
    )
    return Brief(assignment.code, _state(standing, assignment.sha256), standing)


def _state(standing: tuple[BriefVerification, ...], sha256: str) -> BriefState:
    if not standing:
        return BriefState.NOT_VERIFIED
    if any(each.said.sha256 != sha256 for each in standing):
        return BriefState.CHANGED
    return BriefState.VERIFIED if all(each.said.fit for each in standing) else BriefState.NOT_FIT
