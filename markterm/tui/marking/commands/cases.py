"""Cases of the learner who is open: opened, reported, decided and closed; what each is on is said in its lines."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from textual.widget import Widget

from markterm.centre.recorder import Recorded
from markterm.domain.record.bodies.cases import CaseAbout, RecognisedAs
from markterm.domain.record.cases import CaseRecord, outcome_of, words_of
from markterm.domain.rules.act import known
from markterm.domain.words.accounts_folder import ACCOUNTS_FOLDER
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command
from markterm.tui.marking.workplace import Workplace
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.note_field import NoteField
from markterm.tui.widgets.text_field import LineField, typed_day

_NOT_SHOWN = "The learner is not shown it."
Then = Callable[[], Awaitable[None]]


class CasesHere(Command[Workplace]):
    """The cases of the learner, each with what comes next of it; in the palette alone."""

    id, label = "mark.cases", "Cases of this learner"
    words = "Open a case, such as recognition of prior learning, or report, decide or close one"

    async def run(self, on: Workplace) -> None:
        """Ask which, and what is to be done."""
        if on.place is None or on.desk.shown is None or not on.allows(lambda act, _: known(act)):
            return
        going = [case for case in on.desk.shown.portfolio.cases if case.is_open]
        ways: list[tuple[str, Then]] = [(_named(case), partial(_go_on, on, case)) for case in going]
        ways += [(f"Open: {words_of(about)}", partial(_open, on, about)) for about in reversed(CaseAbout)]
        states = [one_line(case.state) for case in going]
        await _choose(on, "Cases of this learner", ways, [*states, *([_NOT_SHOWN] * (len(ways) - len(going)))])


def _named(case: CaseRecord) -> str:
    return one_line(f"{case.short}, {case.place or 'all units'}, {case.about_in_words}")


async def _choose(on: Workplace, title: str, ways: list[tuple[str, Then]], meanings: Sequence[str] = ()) -> None:
    async def chosen(choice: int | None) -> None:
        if choice is not None:
            await ways[choice][1]()

    question = ChoiceScreen(one_line(title), [told for told, _ in ways], meanings=meanings)
    await on.screen.app.push_screen(question, chosen)


async def _open(on: Workplace, about: CaseAbout) -> None:
    """Ask what a new one is on and says; of prior learning also what it is to give, and which files show it."""
    place, file = on.place, on.reader.file
    assert place is not None
    is_recognition = about is CaseAbout.RECOGNITION
    unit, criterion, day = LineField(value=place.unit.code), LineField(), _today(on)
    gives = LineField(value="exemption", placeholder="exemption, or credit transfer")
    shown_by = LineField(placeholder="files of theirs: certificate.pdf; log.md")
    if file is not None and not file.name.startswith(f"{ACCOUNTS_FOLDER}/"):
        # A name that is covered is one that the person is not to read.
        shown_by.value = file.name if on.blindfold.file(file.name) == file.name else ""
    text = _field(on, f"open {about}")

    def record() -> Recorded:
        files = [name.strip() for name in shown_by.value.split(";") if name.strip()]
        return on.centre.cases.open(
            on.desk.registration,
            about,
            text.text,
            unit.value.strip(),
            criterion.value.strip(),
            typed_day(day),
            _recognised_as(gives.value) if is_recognition else None,
            files if is_recognition else (),
        )

    more = [("Gives", gives), ("Shown by", shown_by)] if is_recognition else []
    fields = [("Unit", unit), ("Criterion", criterion), *more, ("Day", day), ("What it is", text)]
    detail = f"On all of their work without a unit. {_NOT_SHOWN}"
    await _ask(on, FormScreen(f"Open: {words_of(about)}", detail, fields, partial(on.desk.record, record)))


def _recognised_as(typed: str) -> RecognisedAs:
    word = one_line(typed).casefold().replace("-", " ")
    found = [each for each in RecognisedAs if word and each.value.startswith(word)]
    if len(found) != 1:
        raise WrongUse(
            "What is it to give?", f"{word or 'Nothing'} is neither of the two.", "Write exemption or credit transfer."
        )
    return found[0]


async def _go_on(on: Workplace, case: CaseRecord) -> None:
    """Ask which step comes next."""
    ways: list[tuple[str, Then]] = [
        ("It was reported", partial(_report, on, case)),
        (f"Decide: {outcome_of(case.about, upheld=True)}", partial(_decide, on, case, upheld=True)),
        (f"Decide: {outcome_of(case.about, upheld=False)}", partial(_decide, on, case, upheld=False)),
        ("Close it", partial(_close, on, case)),
    ]
    await _choose(on, _named(case), ways)


async def _report(on: Workplace, case: CaseRecord) -> None:
    to, day, text = LineField(value="the awarding organisation"), _today(on), _field(on, f"{case.uid} report")

    def record() -> Recorded:
        return on.centre.cases.report(on.desk.registration, case.uid, to.value, text.text, typed_day(day))

    fields = [("To", to), ("Day", day), ("What was said", text)]
    await _ask(on, _step_form("Reported", case, fields, record, on))


async def _decide(on: Workplace, case: CaseRecord, *, upheld: bool) -> None:
    day, text = _today(on), _field(on, f"{case.uid} decide")

    def record() -> Recorded:
        return on.centre.cases.decide(on.desk.registration, case.uid, upheld=upheld, text=text.text, on=typed_day(day))

    title = f"Decided: {outcome_of(case.about, upheld)}"
    await _ask(on, _step_form(title, case, [("Day", day), ("Why", text)], record, on))


async def _close(on: Workplace, case: CaseRecord) -> None:
    day, text = _today(on), _field(on, f"{case.uid} close")

    def record() -> Recorded:
        return on.centre.cases.close(on.desk.registration, case.uid, text.text, typed_day(day))

    await _ask(on, _step_form("Closed", case, [("Day", day), ("What is said", text)], record, on))


def _step_form(
    title: str,
    case: CaseRecord,
    fields: Sequence[tuple[str, Widget]],
    record: Callable[[], Recorded],
    on: Workplace,
) -> FormScreen:
    return FormScreen(f"{title}: {_named(case)}", one_line(case.state), fields, partial(on.desk.record, record))


def _field(on: Workplace, step: str) -> NoteField:
    """The text of that step of a case, as far as it was begun."""
    return NoteField.of(on.centre.form_drafts.of(f"case {step}", on.desk.registration))


def _today(on: Workplace) -> LineField:
    return LineField(value=on.centre.actions.today.isoformat())


async def _ask(on: Workplace, form: FormScreen) -> None:
    await on.screen.app.push_screen(form, lambda _: on.draw())
