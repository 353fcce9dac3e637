"""What came of a standardisation as a text in Markdown, to be drawn: who said what, how far they agree, and the minutes
as they were written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from markterm.domain.record.centre_actions import CentreAction
from markterm.domain.record.standardisation import Minutes, Standardisation
from markterm.domain.sampling.agreement import CriterionAgreement, agreement, beyond_chance
from markterm.domain.views.standardised import beyond_chance_in_words, sign_of, viewed_in_words
from markterm.domain.words.foreign_text import beginning, one_line
from markterm.exports.markdown.markdown_text import inline
from markterm.tui.local_time import date_told

_LONGEST = 20_000

Named = Callable[[str], str]
"""What is shown for a member's id."""


def results_text(told: Standardisation, actions: Sequence[CentreAction], name: Named, today: date) -> str:
    """Everything that may be seen of it once it is answered: criterion by criterion, κ, and the minutes."""
    parts: list[str] = []
    if told.why.strip():
        parts.append(beginning(told.why, _LONGEST))
    for each in agreement(told):
        parts += _criterion(told, each, name)
    parts += [_said(beyond_chance_in_words(each)) for each in beyond_chance(told)]
    for minutes in told.minutes:
        parts += _minutes(told, minutes, actions, name, today)
    return "\n\n".join(parts)


def _said(text: str) -> str:
    """What somebody wrote in a line: whatever it holds, nothing of it is taken for a mark."""
    return inline(one_line(text))


def _listed(lines: Iterator[str]) -> Iterator[str]:
    if listed := "\n".join(f"- {_said(each)}" for each in lines):
        yield listed


def _criterion(told: Standardisation, each: CriterionAgreement, name: Named) -> Iterator[str]:
    percent = f"{each.percent} % said the same" if each.percent is not None else "fewer than two have answered"
    unit = told.exhibits[each.exhibit - 1].unit
    yield f"### {_said(f'{each.exhibit}  {unit} {each.criterion}  {percent}')}"
    yield from _listed(_views(told, each, name))
    for agreed in each.agreed:
        yield f"**{_said(f'agreed at the meeting: {told.word(agreed)}: {agreed.note}')}**"


def _views(told: Standardisation, each: CriterionAgreement, name: Named) -> Iterator[str]:
    for who in each.said.values():
        for member in who:
            viewed = told.views[member][each.exhibit, each.criterion]
            note = viewed.note
            differed = " (differed)" if member in each.differed else ""
            line = f"{sign_of(told, viewed)}  {name(member)}{differed}"
            yield f"{line}: {note}" if note.strip() else line


def _minutes(
    told: Standardisation, minutes: Minutes, actions: Sequence[CentreAction], name: Named, today: date
) -> Iterator[str]:
    yield f"## Minutes of {date_told(minutes.on)}"
    yield from _listed(_who(minutes, name))
    yield beginning(minutes.said.text, _LONGEST)
    yield from _listed(_settled(told, minutes, actions, name, today))


def _who(minutes: Minutes, name: Named) -> Iterator[str]:
    said = minutes.said
    yield f"present: {', '.join(map(name, said.present))}"
    if said.apologies:
        yield f"apologies: {', '.join(map(name, said.apologies))}"
    if said.last_time.strip():
        yield f"last time: {said.last_time}"


def _settled(
    told: Standardisation, minutes: Minutes, actions: Sequence[CentreAction], name: Named, today: date
) -> Iterator[str]:
    for viewed in minutes.agreed:
        yield f"agreed: {viewed_in_words(told, viewed)}"
    for each in actions:
        if each.set_by == minutes.uid:
            action = each.action
            until = f", until {date_told(action.due)}" if action.due is not None else ""
            yield f"action {action.short}, {action.in_words(today)}: {action.text} ({name(action.owner)}{until})"
