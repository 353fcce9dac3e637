"""What came of a standardisation as text to read: who said what, how far they agree, and the minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from textual.content import Content

from markterm.domain.record.centre_actions import CentreAction
from markterm.domain.record.standardisation import Minutes, Standardisation
from markterm.domain.sampling.agreement import CriterionAgreement, agreement, beyond_chance
from markterm.domain.views.standardised import beyond_chance_in_words, sign_of, viewed_in_words
from markterm.domain.words.foreign_text import beginning, one_line

_LONGEST = 20_000

Named = Callable[[str], str]
"""What is shown for a member's id."""


def results_content(told: Standardisation, actions: Sequence[CentreAction], name: Named, today: date) -> Content:
    """Everything that may be seen of it once it is answered: criterion by criterion, κ, and the minutes."""
    parts: list[Content] = []
    if told.why.strip():
        parts += [Content(beginning(told.why, _LONGEST)), Content()]
    for each in agreement(told):
        parts += _criterion(told, each, name)
    parts += [Content.styled(one_line(beyond_chance_in_words(each)), "$quiet") for each in beyond_chance(told)]
    for minutes in told.minutes:
        parts += [Content(), *_minutes(minutes, actions, name, today)]
    return Content("\n").join(parts)


def _criterion(told: Standardisation, each: CriterionAgreement, name: Named) -> Iterator[Content]:
    percent = f"{each.percent} % said the same" if each.percent is not None else "fewer than two have answered"
    unit = told.exhibits[each.exhibit - 1].unit
    yield Content.assemble(
        Content.styled(one_line(f"{each.exhibit} {unit} {each.criterion}"), "bold $primary"), f"  {percent}"
    )
    for view, who in each.said.items():
        for member in who:
            note = told.views[member][each.exhibit, each.criterion].note
            differed = " (differed)" if member in each.differed else ""
            line = f"{sign_of(view)} {view}  {name(member)}{differed}"
            yield _under(f"{line}: {note}" if note.strip() else line)
    for agreed in each.agreed:
        yield _under(f"agreed at the meeting: {agreed.view}: {agreed.note}").stylize("bold")
    yield Content()


def _under(text: str) -> Content:
    return Content(f"  {one_line(text)}")


def _minutes(minutes: Minutes, actions: Sequence[CentreAction], name: Named, today: date) -> Iterator[Content]:
    said = minutes.said
    yield Content.styled(f"Minutes of {minutes.on}", "bold $primary")
    yield _under(f"present: {', '.join(map(name, said.present))}")
    if said.apologies:
        yield _under(f"apologies: {', '.join(map(name, said.apologies))}")
    if said.last_time.strip():
        yield _under(f"last time: {said.last_time}")
    yield Content(beginning(said.text, _LONGEST))
    for viewed in minutes.agreed:
        yield _under(f"agreed: {viewed_in_words(viewed)}")
    for each in actions:
        if each.set_by == minutes.uid:
            action = each.action
            until = f", until {action.due}" if action.due is not None else ""
            state = action.in_words(today)
            yield _under(f"action {action.short}, {state}: {action.text} ({name(action.owner)}{until})")
