"""Exports for which something is asked first that no screen shows: a file that the centre has, whose work is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen, Place
from markterm.domain.words.errors import WrongUse
from markterm.exports.export import Export
from markterm.exports.moodle.matching import said_of
from markterm.exports.page_form import PageForm

_YES, _NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: `name` is that of its answer, `called` stands before the field and `told` in it while it is empty.
    Of a file it names the `endings`. `usual` is what is answered where nobody says anything."""

    name: str
    called: str
    told: str
    endings: tuple[str, ...] = ()
    usual: str = ""


_UNIT = Question("unit", "Unit", "its code, or an assignment's")
_SUBMISSIONS = Question("submissions", "Submissions", "the zip of them that the site gave out", (".zip",))
_PEOPLE = Question("people", "Who is who", "if it is known: Participant 123=JON2041; 7=SOR4415")
OF_FORM: Final = (Question("form", "Form", "the Word document that the centre has", (".docx", ".docm")),)
OF_MOODLE: Final = (
    _UNIT,
    Question("worksheet", "Worksheet", "the grading worksheet that Moodle gave out", (".csv",)),
    Question("submissions", "Submissions", "the zip of them, where feedback files are to go back", (".zip",)),
    _PEOPLE,
)
OF_CANVAS: Final = (_UNIT, _SUBMISSIONS, _PEOPLE)
OF_SCRIPTS: Final = (
    Question("unit", "Unit", "its code"),
    Question("learners", "Learners", "registrations, with commas between them"),
    Question("begun", "And those of", "a standardisation, by its id"),
    Question("criteria", "Criteria", "numbers, with commas between them; otherwise all of the unit"),
    Question("without_centre", "No centre", "yes takes its name and number out too", usual=_NO),
    Question("shows_nobody", "Looked at", "a list of pictures that show nobody: learner, file", (".txt", ".csv")),
    Question("key", "Key", "where whose each is goes; otherwise among the exports, in keys"),
)
OF_INDEX: Final = (
    Question("standard", "Standard", "its code, or that of a suite"),
    Question("version", "Version", "otherwise the newest that is in force"),
)
OF_DEVELOPMENT: Final = (
    Question("person", "Whose", "a learner, or the id of a member of staff"),
    Question("what", "Beside", "a profile, a standard or a suite, by its code"),
)
OF_PACK: Final = (
    Question("learners", "Learners", "registrations, with commas; otherwise who is picked or listed"),
    Question("since", "Or since", "everybody of whom anything was recorded since that day"),
    Question("until", "Until", "the last day of that"),
    Question("added", "And", "whoever is asked for besides: registrations, with commas"),
    Question("visit", "Visit of", "a quality assurer's id: what they read, of whom they picked"),
    Question("evidence", "Evidence", "no leaves it out", usual=_YES),
)


def form(centre: Centre, shown: OnScreen, form: str) -> Export:
    """The awarding organisation's own form of the unit that is shown. Raises as `FormExports.of_unit` does."""
    file = _file(centre, shown, "form", "Which form?")
    return centre.exports.forms.of_unit(shown.learners[0], shown.unit, file, as_pdf=form == "pdf")


def moodle(centre: Centre, shown: OnScreen, _: str) -> Export:
    """What goes back into Moodle. Raises as `MoodleExports.of` does."""
    worksheet = _file(centre, shown, "worksheet", "Which worksheet?")
    named = shown.answer("submissions")
    submissions = centre.named_files.named(named) if named else None
    return centre.exports.moodle.of(_unit(shown), worksheet, submissions, _people(shown))


def canvas(centre: Centre, shown: OnScreen, _: str) -> Export:
    """What goes back into Canvas. Raises as `CanvasExports.of` does."""
    return centre.exports.canvas.of(
        _unit(shown), _file(centre, shown, "submissions", "Which submissions?"), _people(shown)
    )


def pack(centre: Centre, shown: OnScreen, form: str) -> Export:
    """The pack for a visit. Where nobody is asked for, it is of whom an external quality assurer picked, when they look
    at the caseload, and otherwise of whoever is listed. Raises as `pack_asked` does."""
    from markterm.centre.export.pack_asked import pack_asked

    since, until, named = shown.answer("since"), shown.answer("until"), tuple(_listed(shown, "learners"))
    visit = shown.answer("visit")
    if not (named or since or until or visit):
        visitor = centre.seeing.visitor if shown.place is Place.CASELOAD else None
        picked = centre.visit_lists.picked_by(visitor) if visitor is not None else ()
        named = tuple(picked) or shown.learners
    with_evidence = _is_yes(shown, "evidence", _YES, "With the evidence?")
    named = (*named, *_listed(shown, "added"))
    looking = shown.looking.go_through
    return pack_asked(centre, named, since, until, PageForm(form), looking, evidence=with_evidence, visit=visit)


def portfolio_index(centre: Centre, shown: OnScreen, form: str) -> Export:
    """The learner's portfolio by a standard. Raises as `PortfolioIndexExports.of` does."""
    if not (name := shown.answer("standard")):
        known = ", ".join(centre.by_standard.names()) or "none, in mark_sheets/standards"
        raise WrongUse("By which standard?", "No standard was named.", f"The centre has {known}.")
    return centre.portfolio_indexes.of(shown.learners[0], name, shown.answer("version"), PageForm(form))


def development(centre: Centre, shown: OnScreen, form: str) -> Export:
    """How somebody develops beside a role. Raises as `DevelopmentExports.of` does."""
    if not shown.answer("person") or not shown.answer("what"):
        raise WrongUse("Who, and beside what?", "One of the two was not named.", "Name a person, and a code.")
    return centre.development_exports.of(shown.answer("person"), shown.answer("what"), PageForm(form))


def scripts(centre: Centre, shown: OnScreen, _: str) -> Export:
    """Learners' work without names, with the key apart from it. Raises as `ScriptExports.of` and `with_key` do."""
    from markterm.centre.export.script_files import listed_in
    from markterm.centre.export.script_key import with_key

    without_centre = _is_yes(shown, "without_centre", _NO, "Without the centre's name?")
    listed = shown.answer("shows_nobody")
    looked_at = listed_in(centre.named_files.named(listed)) if listed else []
    made = centre.scripts.of(
        _unit(shown),
        tuple(map(centre.learners.find, _listed(shown, "learners"))),
        tuple(_listed(shown, "criteria")),
        begun=shown.answer("begun"),
        without_centre=without_centre,
        shows_nobody=[(centre.learners.find(learner), name) for learner, name in looked_at],
        told=shown.looking.take,
        stop=shown.looking.stop,
    )
    key = shown.answer("key")
    return with_key(
        centre.exports, made, centre.exports.usual_target(made.pack), centre.named_files.named(key) if key else None
    )


def _is_yes(shown: OnScreen, name: str, usual: str, title: str) -> bool:
    said = shown.answer(name).casefold() or usual
    if said not in (_YES, _NO):
        raise WrongUse(title, f"{said} is neither yes nor no.", "Say yes or no.")
    return said == _YES


def _unit(shown: OnScreen) -> str:
    if not shown.answer("unit"):
        raise WrongUse("Of which unit?", "No unit was named.", "Name one by its code.")
    return shown.answer("unit")


def _file(centre: Centre, shown: OnScreen, name: str, title: str) -> Path:
    if not shown.answer(name):
        raise WrongUse(title, "No file was named.", "Name it by its path, from the centre's folder on.")
    return centre.named_files.named(shown.answer(name))


def _listed(shown: OnScreen, name: str) -> Iterator[str]:
    return filter(None, map(str.strip, shown.answer(name).split(",")))


def _people(shown: OnScreen) -> dict[str, str]:
    written = filter(str.strip, shown.answer("people").split(";"))
    return {**said_of(written), **shown.people}
