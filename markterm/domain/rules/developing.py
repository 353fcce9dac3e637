"""What is recorded of how somebody develops: self-assessments, and their CPD plan. Any member records it.

Nothing that was recorded is changed: what puts it right is an entry of its own, which names it and says why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.standard import StatementLink
from markterm.domain.record.bodies.developing import CpdDone, CpdPlanned, CpdStep, SkillsRated
from markterm.domain.record.cpd import CpdItem, CpdState, Did
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.self_ratings import SelfRatings
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom it is about: their name, and the day on which they left where they have. `member` is the id of a member of
    staff, empty for a learner; `is_gone` says that they are no member of the centre any more."""

    name: str
    member: str = ""
    left: date | None = None
    is_gone: bool = False


def rate(
    act: Act, whose: Whose, said: SkillsRated, before: SelfRatings, standards: KnownStandards, today: date
) -> Event:
    """The entry of a self-assessment, or, where `said` names what it corrects, of its correction; `before` is what
    stands of them.

    Raises `Refused` when they left, when it is not said who said it, how and on which day, for a day to come and for a
    correction without a reason; `WrongUse` for a statement that the centre does not have, a word outside the scale, and
    what was never said.
    """
    member = known(act)
    _require_here(whose, said.on)
    if not said.ratings:
        raise WrongUse("Nothing is rated", "Nothing was recorded.", "Rate one statement at least.")
    if not said.said_by.strip() or not said.how.strip():
        raise Refused(
            "Who said it, and how?",
            f"What {whose.name} says of themselves is recorded with who said it and how. Nothing was recorded.",
            "Say both: in talk, on paper, by e-mail.",
        )
    _require_come(said.on, today)
    times = Counter(each.link for each in said.ratings)
    twice = sorted(str(link) for link, number in times.items() if number > 1)
    if twice:
        raise WrongUse(
            "Rated twice at once", f"{', '.join(map(one_line, twice))}. Nothing was recorded.", "Rate each once."
        )
    for each in said.ratings:
        if said.corrects:
            stands = next((told for told in before.get(each.link, ()) if said.corrects in (told.uid, told.first)), None)
            if stands is None:
                raise WrongUse(
                    "That was not said",
                    f"The self-assessment that is corrected says nothing of {one_line(str(each.link))}.",
                    "Look up in the record which one it is. Nothing was recorded.",
                )
            if not said.why.strip():
                raise Refused(
                    "A correction needs a reason",
                    "What was said stands as it was. Nothing was recorded.",
                    "Say why it is put right.",
                )
        elif standards.named(each.link) is None:
            raise WrongUse(
                "No such statement",
                f"The centre has no statement {one_line(str(each.link))}. Nothing was recorded.",
                did_you_mean(
                    each.link.statement,
                    _codes(each.link, standards),
                    "Look at the standard for the statements that it has.",
                ),
            )
        if each.rating not in said.scale and not (said.corrects and not each.rating):
            raise WrongUse(
                "That is not on the scale",
                f"{one_line(each.rating) or 'Nothing'} is no word of this centre's scale. Nothing was recorded.",
                f"The scale is {', '.join(map(one_line, said.scale))}.",
            )
    return entry(act, member, Kind.SKILLS_RATED, Subject(), replace(said, member=whose.member))


def plan_cpd(act: Act, whose: Whose, said: CpdPlanned, standards: KnownStandards, today: date) -> Event:
    """The entry of a new item of a CPD plan. Raises `Refused` when they left, when it is not said what, how, by when
    and what will show it, and for a day that is over; `WrongUse` for a statement that the centre does not have."""
    member = known(act)
    _require_here(whose, today)
    _require_whole(said, today)
    _require_statements(said.statements, standards)
    return entry(
        act, member, Kind.CPD_PLANNED, Subject(), replace(said, step=CpdStep.PLANNED, member=whose.member, item="")
    )


def change_cpd(
    act: Act, whose: Whose, item: CpdItem, said: CpdPlanned, standards: KnownStandards, today: date
) -> Event:
    """The entry that changes an item; what `said` leaves empty stays. Raises as `plan_cpd` does, and `Refused` for what
    is not planned any more, without a reason, and when nothing is new."""
    member = known(act)
    _require_here(whose, today)
    _require_planned(item)
    _require_why(said.why)
    was = item.said
    now = replace(
        said,
        step=CpdStep.CHANGED,
        what=said.what or was.what,
        how=said.how or was.how,
        by=said.by or was.by,
        evidence=said.evidence or was.evidence,
        statements=said.statements or was.statements,
        item=item.uid,
        member=whose.member,
    )
    if replace(now, step=was.step, item=was.item, why=was.why, more=was.more) == was and len(item.heads) == 1:
        raise Refused("It says so already", f"{one_line(was.what)} is planned so.", "Say what is new of it.")
    # A day that was set before may be over: that is no reason to leave the rest of it as it is.
    _require_whole(now, today if said.by is not None else date.min)
    _require_statements(said.statements, standards)
    return entry(act, member, Kind.CPD_PLANNED, Subject(), now, item.heads)


def drop_cpd(act: Act, whose: Whose, item: CpdItem, why: str) -> Event:
    """The entry that drops an item. Raises `Refused` for what is not planned any more, and without a reason. Also of
    somebody who left."""
    member = known(act)
    _require_planned(item)
    _require_why(why)
    said = replace(item.said, step=CpdStep.DROPPED, item=item.uid, why=why.strip(), member=whose.member)
    return entry(act, member, Kind.CPD_PLANNED, Subject(), said, item.heads)


def do_cpd(
    act: Act, whose: Whose, said: CpdDone, asked: Collection[str], standards: KnownStandards, today: date
) -> Event:
    """The entry that something was done; `asked` are the codes of what is asked of them as a member of staff.

    Raises `Refused` when they had left, when it is not said what it was and what shows it, and for a day to come;
    `WrongUse` for a requirement that is not asked of them, and a statement that the centre does not have.
    """
    member = known(act)
    _check_done(whose, said, asked, today)
    _require_statements(said.statements, standards)
    return entry(act, member, Kind.CPD_DONE, Subject(), replace(said, member=whose.member))


def correct_cpd(
    act: Act,
    whose: Whose,
    did: Did,
    said: CpdDone,
    asked: Collection[str],
    standards: KnownStandards,
    today: date,
) -> Event:
    """The entry that stands in the place of what was recorded as done, or takes it back. Raises as `do_cpd` does, and
    `Refused` without a reason."""
    member = known(act)
    _require_why(said.why)
    if not said.taken_back:
        _check_done(whose, said, asked, today)
        _require_statements(said.statements, standards)
    return entry(act, member, Kind.CPD_DONE, Subject(), replace(said, member=whose.member), (did.uid,))


def _check_done(whose: Whose, said: CpdDone, asked: Collection[str], today: date) -> None:
    _require_here(whose, said.on)
    if not said.what.strip() or not said.evidence.strip():
        raise Refused(
            "What was it, and what shows it?",
            "What was done is recorded with what it was, the day and what shows it. Nothing was recorded.",
            "Say all three.",
        )
    _require_come(said.on, today)
    if unknown := [each for each in said.requirements if each not in asked]:
        raise WrongUse(
            "That is not asked of them",
            f"{', '.join(map(one_line, unknown))} is none of what is asked of {whose.name}. Nothing was recorded.",
            f"It is {', '.join(map(one_line, asked)) or 'nothing'}.",
        )


def _require_here(whose: Whose, on: date) -> None:
    if whose.is_gone:
        raise Refused(
            "They are no member any more",
            f"{whose.name} left the centre. What was recorded of them stands, and nothing is added.",
            "Have the coordinator enter them in centre.toml if they are back.",
        )
    if whose.left is not None and on > whose.left:
        raise Refused(
            "They had left",
            f"{whose.name} left on {whose.left.isoformat()}, before {on.isoformat()}. Nothing was recorded.",
            "Give a day on which they were here, or record that they are back.",
        )


def _require_come(on: date, today: date) -> None:
    if on > today:
        raise Refused(
            "That day is to come",
            f"{on.isoformat()} has not been yet. Nothing was recorded.",
            "Give the day on which it was.",
        )


def _require_whole(said: CpdPlanned, today: date) -> None:
    if not said.what.strip() or not said.how.strip() or not said.evidence.strip() or said.by is None:
        raise Refused(
            "What, how, by when, and what will show it?",
            "An item of a CPD plan says all four. Nothing was recorded.",
            "Say what is missing.",
        )
    if said.by < today:
        raise Refused(
            "That day is over",
            f"Something is planned until today, {today.isoformat()}, or a later day. Nothing was recorded.",
            "Give the day by which it is to be done.",
        )


def _require_planned(item: CpdItem) -> None:
    if item.state is not CpdState.PLANNED:
        raise Refused(
            f"It is {item.state} already",
            f"{one_line(item.said.what)} does not wait any more. Nothing was recorded.",
            "Plan another item, or correct what was recorded as done.",
        )


def _require_why(why: str) -> None:
    if not why.strip():
        raise Refused(
            "It needs a reason", "What was recorded stands as it was. Nothing was recorded.", "Say why it is changed."
        )


def _require_statements(links: Sequence[StatementLink], standards: KnownStandards) -> None:
    for link in links:
        if standards.named(link) is None:
            raise WrongUse(
                "No such statement",
                f"The centre has no statement {one_line(str(link))}. Nothing was recorded.",
                did_you_mean(link.statement, _codes(link, standards), "Look at the standard for those that it has."),
            )


def _codes(link: StatementLink, standards: KnownStandards) -> Iterable[str]:
    standard = standards.standard(link.standard, link.version)
    return [each.code for each in standard.statements] if standard is not None else ()
