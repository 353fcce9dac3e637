"""Destroying what a centre has of a learner: meant once, begun by another person or a day later, done when it is gone.

A coordinator or a verifier acts. What the rules keep, and what is open, nobody destroys; a hold keeps everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.retaining import (
    Destroyed,
    DestructionStep,
    EvidenceDestroyed,
    Heads,
    Hold,
    HoldStep,
    What,
)
from markterm.domain.record.destructions import Destruction, name_hash
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.rules.retention import Kept
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local

APART = timedelta(days=1)
"""How long one person waits between meaning it and doing it."""


_CLOCKS_DIFFER = timedelta(minutes=5)


class Meant(NamedTuple):
    """What somebody wants destroyed, and the reason."""

    what: What
    text: str

    @property
    def words(self) -> str:
        """What it is."""
        return "the evidence" if self.what is What.EVIDENCE else "everything"


def hold(act: Act, text: str) -> Event:
    """A hold on everything of a learner. Anybody sets one. Raises `Refused` without a reason."""
    member = known(act)
    if not text.strip():
        raise Refused("A hold needs a reason", f"Nothing of {act.learner} is held by it.", "Say why nothing may go.")
    return entry(act, member, Kind.HOLD, Subject(), Hold(HoldStep.SET, text.strip()))


def lift(act: Act, portfolio: Portfolio, text: str) -> Event:
    """That every hold of a learner is lifted. Raises `Refused` when there is none, without a reason, and when the
    member may not."""
    member, role = in_charge(act)
    held = tuple(each.uid for each in portfolio.holds if not each.lifted)
    if not held:
        raise Refused("Nothing is held", f"There is no hold on what is kept of {act.learner}.", "Leave it as it is.")
    if not text.strip():
        raise Refused("Lifting a hold needs a reason", f"{act.learner} stays held.", "Say why it holds no more.")
    event = entry(act, member, Kind.HOLD, Subject(), Hold(HoldStep.LIFTED, text.strip()), held)
    return replace(event, role=role.value)


def intend(act: Act, learner: str, meant: Meant, now: Kept, salt: str, latest: datetime | None = None) -> Event:
    """That somebody means to destroy it; a second person, or they themselves a day later, begin. Raises `Refused` when
    it is kept or held, without a reason, when the member may not, and where the `latest` entry is from later than the
    act: by a clock that was put back a day would be over at once."""
    member, role = in_charge(act)
    _check(act, learner, meant, now)
    if latest is not None and latest - act.at > _CLOCKS_DIFFER:
        raise Refused(
            "A clock is wrong",
            f"The last entry is from {local(latest):%Y-%m-%d %H:%M}, and now it is {local(act.at):%Y-%m-%d %H:%M}.",
            "Set the clock of this machine, or wait until that time has come.",
        )
    said = Destroyed(DestructionStep.INTENDED, meant.what, salt, name_hash(salt, learner), "", now.rule, meant.text)
    return replace(entry(act, member, Kind.DESTROYED, Subject(), said), role=role.value)


def begin(
    act: Act,
    learner: str,
    meant: Meant,
    now: Kept,
    before: Destruction,
    records: Mapping[str, Heads],
    first: str = "",
) -> Event:
    """That it begins, `records` being how far each record went, by name. Raises `Refused` as `intend` does, and when
    whoever meant it, whose name is `first` as far as it is known, does it less than a day later: under another id, too.
    """
    member, role = in_charge(act)
    _check(act, learner, meant, now)
    is_same = member.id == before.first.actor or _plain(first) == _plain(member.name)
    if is_same and act.at - before.first.at < APART:
        since, again = (f"{local(each):%Y-%m-%d %H:%M}" for each in (before.first.at, before.first.at + APART))
        raise Refused(
            "A second person destroys it",
            f"{member.name} ({before.first.actor}) meant it at {since}. Nothing was destroyed.",
            f"Have another coordinator or verifier do the same, or do it again after {again}.",
        )
    by_hash = {name_hash(before.salt, name): heads for name, heads in records.items()}
    return _step(act, member, role, before, Destroyed(*_of(before, DestructionStep.BEGUN), meant.text, by_hash))


def take_back(act: Act, before: Destruction) -> Event:
    """That it is not meant any more. Raises `Refused` when it began, and when the member may not."""
    member, role = in_charge(act)
    if not before.is_pending:
        raise Refused("It began", "What began to be destroyed cannot be taken back.", "Complete it.")
    return _step(act, member, role, before, Destroyed(*_of(before, DestructionStep.TAKEN_BACK)))


def give_up(act: Act, before: Destruction, why: str, own: str = "") -> Event:
    """That what began is given up, for what keeps it after all: what is still there stays. Where two people began at
    once each gives up their `own` beginning, for the other may be removing things; without it, every one. Raises
    `Refused` when the member may not."""
    member, role = in_charge(act)
    begun = tuple(each.uid for each in before.steps if each.step is DestructionStep.BEGUN and own in ("", each.uid))
    event = _step(act, member, role, before, Destroyed(*_of(before, DestructionStep.GIVEN_UP), why))
    return replace(event, supersedes=begun or event.supersedes)


def done(act: Act, before: Destruction) -> Event:
    """That everything is gone that there was. Whoever completes it says so."""
    member, role = in_charge(act)
    return _step(act, member, role, before, Destroyed(*_of(before, DestructionStep.DONE)))


def evidence_gone(act: Act, portfolio: Portfolio, before: Destruction) -> Event:
    """The entry of the learner's record that says so of all evidence that was fixed until now."""
    member, role = in_charge(act)
    records = portfolio.units.values()
    submissions = [each for record in records for each in record.submissions]
    closings = [each.uid for record in records for each in record.closings]
    rests_on = (*(each.uid for each in submissions), *closings)
    files = {(name, digest) for each in submissions for name, digest in each.files.items()}
    said = EvidenceDestroyed(before.uid, before.rule, len(files), before.first.text, rests_on)
    return replace(entry(act, member, Kind.EVIDENCE_DESTROYED, Subject(), said), role=role.value)


def in_charge(act: Act) -> tuple[Member, Role]:
    """The member who acts, and in which role. Raises `Refused` when they neither coordinate nor verify."""
    member = known(act)
    for role in (Role.COORDINATOR, Role.VERIFIER):
        if role in member.roles:
            return member, role
    raise Refused(
        "Not yours to destroy",
        f"{member.name} ({member.id}) neither coordinates nor verifies at this centre.",
        "Ask the coordinator.",
    )


def the_one_meant(learner: str, what: What, every: Iterable[Destruction], now: datetime) -> Destruction | None:
    """The destruction of that learner that is meant or begun and not done; None where there is none, and where what was
    meant has lapsed."""
    own = [each for each in every if each.what is what and each.is_of(learner) and each.is_coming(now)]
    return next((each for each in own if each.is_begun), None) or (own[-1] if own else None)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _check(act: Act, learner: str, meant: Meant, now: Kept) -> None:
    if why := now.why_not(meant.what, local(act.at).date()):
        raise Refused(
            "It is kept",
            one_line(f"Nothing of {learner} is destroyed: {'; '.join(why)}."),
            "Wait, or see to what holds it.",
        )
    if not meant.text.strip():
        raise Refused(
            "Destroying needs a reason", f"Nothing of {learner} is destroyed.", "Say why, for whoever asks later."
        )


def _of(before: Destruction, step: DestructionStep) -> tuple[DestructionStep, What, str, str, str, str]:
    return step, before.what, before.salt, before.name, before.uid, before.rule


def _step(act: Act, member: Member, role: Role, before: Destruction, said: Destroyed) -> Event:
    return replace(entry(act, member, Kind.DESTROYED, Subject(), said, (before.last.uid,)), role=role.value)
