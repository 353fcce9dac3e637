"""A standardisation in words, as far as whoever asks may see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markterm.cli.output import indented, moment
from markterm.domain.record.bodies.standardising import Exhibit
from markterm.domain.record.centre_actions import CentreAction, Source
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.standardisation import Minutes, Standardisation, StandardisationState
from markterm.domain.sampling.agreement import agreement, beyond_chance
from markterm.domain.views.standardised import agreement_in_words, beyond_chance_in_words, viewed_in_words
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.uid import short


def heading(told: Standardisation) -> str:
    """Its id, its qualification and where it stands, on one line."""
    when = f"opened {moment(told.at)} by {told.actor}"
    if told.state is StandardisationState.CLOSED:
        when = f"on {told.minutes[-1].on}"
    if told.state is StandardisationState.DROPPED:
        when = f"{told.dropped}"
    return one_line(f"{short(told.uid)} {told.qualification}: {told.state}, {when}")


def lines(
    told: Standardisation, member: str, details: CentreDetails, actions: Sequence[CentreAction], today: date
) -> Iterator[str]:
    """All of it that the member of that id may see, with where the `actions` of its minutes stand on that day; of one
    that is open those of earlier minutes that are not finished: the meeting asks for them."""
    yield heading(told)
    if told.why:
        yield indented(told.why, 2)
    for place, exhibit in enumerate(told.exhibits, 1):
        yield _line(2, f"{place} {_exhibit(exhibit)}")
    answered = [_name(details, each) for each in told.views if told.is_answered_by(each)]
    yield _line(2, f"All answers given by {', '.join(answered) or 'nobody yet'}")
    if told.may_see(member):
        yield from _compared(told)
    else:
        yield from _own(told, member)
    for minutes in told.minutes:
        yield from _minutes(told, minutes, details)
        for each in actions:
            if each.set_by == minutes.uid:
                yield _line(4, _action(each, details, today))
    if told.state is StandardisationState.OPEN:
        for each in actions:
            if each.source is Source.MINUTES and each.about == told.qualification and not each.action.is_finished:
                yield _line(2, f"of last time, {each.on.isoformat()}: {_action(each, details, today)}")


def _exhibit(exhibit: Exhibit) -> str:
    what = f"{exhibit.of}: {exhibit.learner} {exhibit.unit} {', '.join(exhibit.criteria)}"
    where = ", ".join(filter(None, (exhibit.file, exhibit.place)))
    refused = "; the learner refuses that it is used, and the centre's policy lets it be" if exhibit.refused else ""
    return f"{what} in {where}{refused}" if where else f"{what}{refused}"


def _own(told: Standardisation, member: str) -> Iterator[str]:
    own = told.views.get(member, {})
    for viewed in own.values():
        yield _line(2, f"yours: {viewed_in_words(told, viewed)}")
    left = [f"{place} {number}" for place, number in told.asked if (place, number) not in own]
    yield _line(2, f"What others said is shown once you have answered {', '.join(left)}.")


def _compared(told: Standardisation) -> Iterator[str]:
    for each in agreement(told):
        yield _line(2, agreement_in_words(told, each))
        for member, own in told.views.items():
            viewed = own.get((each.exhibit, each.criterion))
            if viewed is not None and viewed.note:
                yield indented(f"{member}: {one_line(viewed.note)}", 6)
    for beyond in beyond_chance(told):
        yield _line(2, beyond_chance_in_words(beyond))


def _minutes(told: Standardisation, minutes: Minutes, details: CentreDetails) -> Iterator[str]:
    said = minutes.said
    yield _line(2, f"Minutes of {minutes.on}, by {_name(details, minutes.actor)}")
    yield _line(4, f"present: {', '.join(_name(details, each) for each in said.present)}")
    if said.apologies:
        yield _line(4, f"apologies: {', '.join(_name(details, each) for each in said.apologies)}")
    if said.last_time:
        yield indented(f"last time: {said.last_time}", 4)
    yield indented(said.text, 4)
    for viewed in minutes.agreed:
        yield _line(4, f"agreed: {viewed_in_words(told, viewed)}")


def _action(each: CentreAction, details: CentreDetails, today: date) -> str:
    action = each.action
    until = f", until {action.due}" if action.due is not None else ""
    state = action.in_words(today)
    return f"action {action.short}, {state}: {action.text} ({_name(details, action.owner)}{until})"


def _name(details: CentreDetails, member: str) -> str:
    name = details.name_of(member)
    return f"{name} ({member})" if name != member else member


def _line(by: int, text: str) -> str:
    return " " * by + one_line(text)
