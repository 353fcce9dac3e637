"""What happened to a criterion or a unit, and all criteria of a learner at once, as text to read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from textual.content import Content

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record import carrying
from markterm.domain.record.after_closing import AFTER_CLOSING, in_words
from markterm.domain.record.bodies.actions import Action
from markterm.domain.record.bodies.closing import Closed, Released
from markterm.domain.record.bodies.criterion import Cited, Countersigned, Decided, Withdrawn
from markterm.domain.record.bodies.kinds import said_by, said_in
from markterm.domain.record.carrying import Placing
from markterm.domain.record.decision import CriterionRecord, at_attempt, attempt_of, decision_of
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import closing_of
from markterm.domain.record.signatures import in_words as signed_in_words
from markterm.domain.record.submission import HANDING_IN, handed_in
from markterm.domain.record.verifying import verification_of
from markterm.domain.record.who_did_what import is_ahead
from markterm.domain.rules.countersignature import countersigned
from markterm.domain.words.foreign_text import beginning, one_line
from markterm.tui.local_time import moment
from markterm.tui.signs import decision_sign

_LONGEST = 20_000
"""So many characters of a note, a reason or feedback; markterm log prints every one."""


def history_content(shown: LearnerPortfolio, unit: UnitKey, number: str = "") -> Content:
    """Everything that happened to a criterion of a unit of a learner, the newest first, then to the unit; without a
    `number` to the unit alone."""
    record = shown.portfolio.unit(unit)
    unknown = [
        event
        for event in shown.portfolio.unknown
        if event.subject.unit == unit and (not number or event.subject.criterion in (None, number))
    ]
    own = record.criterion(number)
    of_unit = record.events
    # Signatures decide nothing, and stand beside what they sign.
    if signed := {each.uid for each in shown.portfolio.aside if each.kind == Kind.SIGNED and each.subject.unit == unit}:
        signed.update(each.uid for each in of_unit)
        of_unit = tuple(each for each in shown.portfolio.events if each.uid in signed)
    return _history(own, of_unit, shown.portfolio.placing, unknown, number, shown.portfolio.events)


def _history(
    record: CriterionRecord,
    of_unit: Sequence[Event],
    placing: Placing,
    unknown: Sequence[Event],
    number: str,
    every: Sequence[Event],
) -> Content:
    """Every event of a criterion, the newest first, with what stands now; then those of the whole unit.

    `placing` says where the decisions stand that were settled; `unknown` are events about them that are not understood.
    What verifiers answered to the criterion of that `number`, and the actions on it, stand among its own events, in the
    order in which `every` event of the record has them.
    """
    if not (record.events or of_unit or unknown):
        return Content("Nothing was recorded of it yet.")
    live = {decision.uid for decision in record.live}
    standing = {decision.uid for decision in record.standing}
    signed = {decision.uid: countersigned(decision) for decision in record.live}
    cited = {citation.uid for citation in record.citations}
    parts: list[Content | str] = []
    place = {event.uid: index for index, event in enumerate(every)}
    about = tuple(_about(of_unit, number)) if number else ()
    for event in sorted((*record.events, *about), key=lambda each: place.get(each.uid, 0), reverse=True):
        if event.kind in (Kind.VERIFIED, Kind.LOOKED):
            parts += [*_answered(event, number), "\n"]
        elif event.kind == Kind.ACTION:
            parts += [*_unit_event(event), "\n"]
        elif event.kind == Kind.CITED:
            parts += [*_citation(event, event.uid in cited), "\n"]
        else:
            gone = placing.fate(event.uid) if event.uid not in live else ""
            parts += [*_event(event, event.uid in live, event.uid in standing, signed.get(event.uid, ""), gone), "\n"]
    of_unit = [event for event in of_unit if event.kind != Kind.ACTION or event not in about]
    if of_unit:
        parts.append(Content.styled("The unit\n\n", "bold $primary"))
        parts += [piece for event in reversed(of_unit) for piece in (*_unit_event(event), "\n")]
    if unknown:
        parts.append(Content.styled("Not understood, and not counted\n\n", "bold $warning"))
        parts += [piece for event in reversed(unknown) for piece in (*_unknown_event(event), "\n")]
    return Content.assemble(*parts)


def _about(of_unit: Sequence[Event], number: str) -> Iterator[Event]:
    """The events of the unit that are about that criterion of it: answers to it, and the steps of actions on it."""
    actions: set[str] = set()
    for event in of_unit:
        if event.kind in (Kind.VERIFIED, Kind.LOOKED):
            if any(each.criterion == number for each in verification_of(event).answers):
                yield event
        elif (said := said_in(event, Action)) is not None and (
            said.action in actions or (not said.action and said.criterion == number)
        ):
            actions.add(event.uid)
            yield event


def _answered(event: Event, number: str) -> list[Content | str]:
    """What a verifier answered to that criterion."""
    verification = verification_of(event)
    answer = next(each for each in verification.answers if each.criterion == number)
    told = Content.styled("✓ agreed", "bold") if answer.agrees else Content.styled("✗ not agreed", "bold $warning")
    look = "".join(f", {each}" for each in ("interim look" * verification.is_interim, *verification.how_far) if each)
    reason = beginning(answer.reason or verification.reason * (not answer.agrees), _LONGEST).replace("\n", "\n  ")
    return [Content.styled(_when(event), "$quiet"), told, Content(f"{look}\n  {reason}\n" if reason else f"{look}\n")]


def _unit_event(event: Event) -> list[Content | str]:
    """What happened to the whole unit: it was handed in, closed, verified, or told of to the learner."""
    said = said_by(event)
    if event.kind in AFTER_CLOSING:
        told = in_words(event)
    elif event.kind in HANDING_IN:
        told = handed_in(event)
    elif event.kind == Kind.CARRIED:
        told = carrying.in_words(event)
    elif event.kind == Kind.SIGNED:
        told = signed_in_words(event)
    elif isinstance(said, Closed):
        told = f"closed as {closing_of(event).word}, attempt {attempt_of(event)}"
    else:
        told = event.kind
    # What went to the learner is a sheet of its own.
    words = said.words if said is not None and not isinstance(said, Released) else ""
    words = beginning(words, _LONGEST).replace("\n", "\n  ")
    return [
        Content.styled(_when(event), "$quiet"),
        Content.styled(one_line(told), "bold"),
        Content(f"\n  {words}\n" if words else "\n"),
    ]


def _unknown_event(event: Event) -> list[Content | str]:
    """What this version does not understand, as it stands."""
    body = beginning(json.dumps(dict(event.body), ensure_ascii=False), _LONGEST) if event.body else ""
    return [
        Content.styled(_when(event), "$quiet"),
        Content.styled(one_line(event.kind), "bold"),
        Content(f"\n  {body}\n" if body else "\n"),
    ]


def _citation(event: Event, stands: bool) -> list[Content | str]:
    said = said_in(event, Cited)
    if said is None:
        return []
    passage = said.passage
    return [
        Content.styled(_when(event), "$quiet"),
        Content.styled("¶ cited", "bold"),
        Content.styled("" if stands else "  taken back since", "$quiet"),
        f"\n  {one_line(passage.file)}, {one_line(passage.locator)}{at_attempt(event)}",
        f"\n  “{one_line(passage.quote)}”\n",
    ]


def _when(event: Event) -> str:
    ahead = "! a clock was wrong  " if is_ahead(event.at, datetime.now(UTC)) else ""
    return f"{moment(event.at)}  {ahead}{one_line(event.actor)} ({one_line(event.role)})  "


def _event(event: Event, live: bool, standing: bool, signed: str, gone: str) -> list[Content | str]:
    when = _when(event)
    if event.kind == Kind.WITHDRAWN:
        reason = beginning(Withdrawn.read(event.body).reason, _LONGEST)
        return [
            Content.styled(when, "$quiet"),
            Content.styled(f"withdrawn{at_attempt(event)}", "bold"),
            f"\n  {reason}\n",
        ]
    if event.kind == Kind.COUNTERSIGNED:
        note = beginning(Countersigned.read(event.body).note, _LONGEST) or "No note."
        return [Content.styled(when, "$quiet"), Content.styled("countersigned", "bold"), f"\n  {note}\n"]
    said = Decided.read(event.body)
    note = beginning(said.note, _LONGEST) or "No note."
    sign = decision_sign(decision_of(event))
    fate = "stands" if standing else "replaced" if live else gone or "withdrawn since"
    if signed:
        fate = f"{fate}, {one_line(signed)}"
    if said.attempt is not None and said.attempt > 1:
        fate = f"attempt {said.attempt}, {fate}"
    if said.note_by:
        note += f"\nIn the words of {one_line(' and '.join(said.note_by))}"
    if said.amended:
        note += "\nAmended by the assessor: a verifier did not agree with what stood before."
    if said.reason:
        note += f"\nSettled a conflict: {beginning(said.reason, _LONGEST)}"
    return [
        Content.styled(when, "$quiet"),
        sign.content(),
        Content.styled(f"  {fate}", "bold" if standing else "$quiet"),
        "\n  ",
        Content(note.replace("\n", "\n  ")),
        "\n",
    ]
