"""Verifications in training, as a record tells them: countersigned by themselves, or made as if they were not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.verifying import Looked, Verified
from markterm.domain.record.event import Event
from markterm.domain.record.member_history import MemberHistory
from markterm.domain.record.who_did_what import TOLERANCE


def signed_wrongly(event: Event, by_uid: Mapping[str, Event], history: MemberHistory) -> Iterator[str]:
    """What is wrong with who verified or countersigned it, by what the centre's record says of that day: in words."""
    said = said_in(event, Verified) or said_in(event, Looked)
    if said is None:
        return
    if said.countersigns:
        replaced = {by_uid[uid].actor for uid in event.supersedes if uid in by_uid}
        if event.actor in replaced or event.actor in said.countersigns.split(", "):
            yield "countersigned what they had verified themselves"
    if not said.in_training and _learned_to_verify(event, history):
        yield "verified in training, and it is recorded as if they were not"


def _learned_to_verify(event: Event, history: MemberHistory) -> bool:
    """Whether whoever made it was a verifier in training then, whatever the clocks."""
    if history.begins is None or event.at < history.begins:
        return False
    then = [history.at(event.actor, at) for at in (event.at, event.at + TOLERANCE, event.at - TOLERANCE)]
    return all(each is not None and each.learning_to_verify for each in then)
