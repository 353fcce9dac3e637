"""What is asked before something is exported: files by their paths, and who is who where the site names people its own
way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from textual.app import App

from markterm.centre.centre import Centre
from markterm.centre.export.asked_first import Question
from markterm.centre.export.offered import Offer
from markterm.centre.export.released import WhoIsWho, participant_in_words
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.path_field import PathField, where_paths_begin
from markterm.tui.widgets.text_field import LineField

_NOBODY = "nobody of this centre"

TakeAnswers = Callable[[Mapping[str, str]], None]


def asking(
    centre: Centre, offer: Offer, answers: Mapping[str, str], take: TakeAnswers, error: MarkTermError | None = None
) -> FormScreen:
    """A field for each question, with what is proposed or was answered before, when `error` came of it."""

    def field(each: Question) -> LineField:
        value = answers.get(each.name, each.usual)
        if each.endings:
            return PathField(centre, each.endings, value, told=each.told)
        return LineField(value, placeholder=each.told, select_on_focus=False)

    fields = [(each, field(each)) for each in offer.asks]

    async def took() -> None:
        take({each.name: line.value.strip() for each, line in fields})

    return FormScreen(
        offer.what,
        where_paths_begin(centre) if any(each.endings for each in offer.asks) else "",
        [(each.called, line) for each, line in fields],
        took,
        does="looks at what would be written",
        error=error,
    )


async def ask_who_is_who(
    app: App[None],
    centre: Centre,
    blindfold: Blindfold,
    asked: WhoIsWho,
    then: Callable[[Mapping[str, str]], Awaitable[None]],
    known: Mapping[str, str],
) -> None:
    """Ask of one participant after the other which learner they are; `then` is told of all of them, after those that
    are `known`. Who leaves a question says nothing of anybody."""
    rest = [each for each in asked.doubtful if each[0].identifier not in known]
    if not rest:
        await then(known)
        return
    participant, registrations = rest[0]
    names = {row.registration: f"{row.registration}  {blindfold.who(row)}" for row in centre.caseload.rows}
    choices = [*(blindfold.alias(each) or one_line(names.get(each, each)) for each in registrations), _NOBODY]

    async def answered(choice: int | None) -> None:
        if choice is not None:
            said = registrations[choice] if choice < len(registrations) else ""
            await ask_who_is_who(app, centre, blindfold, asked, then, {**known, participant.identifier: said})

    await app.push_screen(ChoiceScreen(f"Which learner is {participant_in_words(participant)}?", choices), answered)
