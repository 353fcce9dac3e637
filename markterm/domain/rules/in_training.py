"""Verifiers in training: what they answer waits for the countersignature of one who is not."""

from __future__ import annotations

from collections.abc import Sequence

from markterm.domain.assessed.member import Member
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.verifying import Answer
from markterm.domain.record.verifying import Verification, contradict
from markterm.domain.words.errors import Refused


def is_in_training(member: Member, before: Sequence[Verification], answers: Sequence[Answer]) -> bool:
    """Whether answers of that member wait for a countersignature: they are in training, or answers of `before` that do
    are among theirs."""
    waiting = {each.actor for each in before if each.in_training}
    waiting |= {answer.by for each in before if each.in_training for answer in each.answers if answer.by}
    return member.learning_to_verify or any(each.by in waiting for each in answers if each.by)


def check_in_training(member: Member, unit: Unit, answers: Sequence[Answer]) -> None:
    """Raises `Refused` when a verifier in training answers to a unit as a whole."""
    if member.learning_to_verify and not answers:
        raise Refused(
            "In training, criterion by criterion",
            f"{member.name} ({member.id}) verifies in training, and answered to {unit.code} as a whole.",
            "Answer to the criteria that were looked at: whoever countersigns has to see which.",
        )


def to_countersign(member: Member, unit: Unit, learner: str, before: Sequence[Verification]) -> tuple[str, ...]:
    """Whose answers that member countersigns, by their ids: those that were given in training; a Lead IV any.

    Raises `Refused` when nothing waits for a countersignature, it is not finished or contradicts another answer, or the
    member is in training or made it.
    """
    by_lead = [each for each in before if member.lead and not each.countersigns]
    waiting = [each for each in before if each.in_training] or by_lead
    told = f"{unit.code} of {learner}"
    if not waiting:
        raise Refused(
            "Nothing to countersign",
            f"No verification of {told} waits for a countersignature.",
            "What a verifier in training answers does; what others answer a Lead IV looks at.",
        )
    if member.learning_to_verify:
        raise Refused(
            "In training themselves",
            f"{member.name} ({member.id}) is a verifier in training.",
            "Ask a verifier who is not.",
        )
    whose = dict.fromkeys(each.actor for each in waiting)
    if member.id in whose:
        raise Refused(
            "Nobody countersigns their own verification",
            f"{member.name} ({member.id}) answered to {told} themselves.",
            "Ask another verifier.",
        )
    if any(each.unfinished for each in waiting):
        raise Refused("Not finished", f"The verification of {told} goes on.", "Countersign it once it is finished.")
    if about := contradict(before):
        raise Refused(
            "Two verifiers answered differently",
            f"{told}: neither had seen the other's answer to {', '.join(about)}.",
            "Read both and answer to it yourself: your answer takes the place of both.",
        )
    return tuple(whose)
