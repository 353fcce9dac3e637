"""Closing a unit with its outcome, and reopening it: what is asked of the evidence comes first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from markterm.centre.drafts import DraftKind
from markterm.domain.claims.told import told_of_unit
from markterm.domain.feedback.feedback import feedback_on_unit
from markterm.domain.feedback.summary import summary_from_notes
from markterm.domain.record.disagreement import disagreements
from markterm.domain.record.outcome import so_far_word
from markterm.domain.record.states import CriterionState
from markterm.domain.rules.closing_evidence import Basis, ClosingEvidence, Terms
from markterm.domain.rules.marking import close, closing_outcome, reopen
from markterm.domain.views.graded import higher_left
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.hashing import Hashing
from markterm.tui.command import keyed
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.desk import ANY_TEXT
from markterm.tui.evidence.commands import ShowWhatChanged
from markterm.tui.evidence.hashing import hash_first
from markterm.tui.marking.assessors_act import AssessorsAct
from markterm.tui.marking.unseen_files import after_unseen
from markterm.tui.marking.workplace import Workplace
from markterm.tui.marking.writing import write
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.writing import Question, WritingScreen

Then = Callable[[Terms, str], Awaitable[None]]
"""Takes on which evidence a unit is closed, and what is to be said of it."""


class Close(AssessorsAct):
    """Close the unit under the cursor with its outcome, or reopen it."""

    id, key, label, words = "unit.close", "F", "close", "Close or reopen this unit"
    records = True

    async def run(self, on: Workplace) -> None:
        """Ask what has to be known, then for the summary; or for the reason."""
        place, shown = on.place, on.desk.shown
        if place is None or shown is None:
            return
        registration, unit = on.desk.registration, place.unit
        if shown.portfolio.unit(unit.key).closing is not None:
            await _reopen(on, place)
            return
        if not on.allows(lambda act, _: close(act, unit, shown.when_complete("closed").portfolio, ANY_TEXT)):
            return
        reached = closing_outcome(registration, unit, shown.portfolio)
        own = shown.portfolio.unit(unit.key)
        word = so_far_word(unit, own).upper()
        higher = f"For a higher grade: {left}. " if (left := one_line(higher_left(unit, own))) else ""
        drawn = summary_from_notes(feedback_on_unit(unit, shown.portfolio).units[0])

        async def write_summary(terms: Terms, said: str) -> None:
            async def close_it(feedback: str) -> None:
                await on.desk.record(lambda: on.centre.closings.close(registration, unit.code, feedback, terms))
                on.evidence.look_anew()
                then = keyed("{unit.feedback} is the feedback, {learner.next-waiting} the next learner.")
                on.notify(f"{one_line(unit.code)} is closed as {word}: {then}")

            # With what is said of the evidence it is read whole in 80 columns, of which two lines are shown.
            whole = "on the whole unit, drawn from your notes: typing replaces it" if drawn else "on the whole unit"
            await write(
                on,
                f"Close {one_line(unit.code)} as {word}",
                f"{higher}{said}Summary feedback {whole}.",
                place,
                DraftKind.SUMMARY,
                close_it,
                drawn,
                proposed=True,
                question=lambda feedback: _without_summary(unit.code, reached, word) if not feedback.strip() else None,
            )

        await _ask_evidence(on, unit.code, write_summary)


async def _reopen(at: Workplace, place: CriterionPlace) -> None:
    assert at.desk.shown is not None
    registration, unit = at.desk.registration, place.unit
    closing = at.desk.shown.portfolio.unit(unit.key).closing
    if closing is None or not at.allows(lambda act, now: reopen(act, unit, now, ANY_TEXT)):
        return

    async def reopen_it(reason: str) -> None:
        await at.desk.record(lambda: at.centre.closings.reopen(registration, unit.code, reason))

    title = f"Reopen {one_line(unit.code)}, closed as {closing.word}"
    claims = [told for told, _ in told_of_unit(unit.key, at.desk.shown.portfolio)]
    detail = one_line(" ".join(("Why does it have to be decided again?", *claims)))
    await write(at, title, detail, place, DraftKind.REOPENING, reopen_it, _not_agreed(at, place))


def _not_agreed(at: Workplace, place: CriterionPlace) -> str:
    """What a verifier did not agree with, as a reason to begin with; empty where there is nothing."""
    assert at.desk.shown is not None
    found = disagreements(at.desk.shown.portfolio.unit(place.unit.key))
    numbers = ", ".join(dict.fromkeys(each.criterion for each in found if each.criterion)) or "The unit"
    return f"{numbers} not agreed by {found[-1].verification.actor}." if found else ""


async def _ask_evidence(at: Workplace, unit_code: str, then: Then) -> None:
    """Ask on which evidence a unit is closed where that has to be asked, because it was never submitted, changed since,
    or is not there."""
    registration, centre, files = at.desk.registration, at.centre, at.evidence.fingerprints
    files.stop()

    def look(hashing: Hashing) -> ClosingEvidence:
        with centre.fixing.hashed_by(hashing):
            return centre.closings.evidence(registration, unit_code)

    async def ask(evidence: ClosingEvidence) -> None:
        if files.known is None:
            files.look()
        await _ask_of(at, unit_code, evidence, then)

    await hash_first(at.screen, at.blindfold.file, look, ask)


async def _ask_of(at: Workplace, unit_code: str, evidence: ClosingEvidence, then: Then) -> None:
    async def go_on() -> None:
        if evidence.asks_basis:
            await _ask_basis(at, unit_code, evidence, then)
        elif evidence.needs_reason:
            await _ask_reason(at, unit_code, evidence, None, then)
        else:
            await then(Terms(seen=evidence.files), _fixed_with_it(at, evidence))

    # What was changed since it was submitted is named in any case.
    if evidence.submission is None and evidence.files:
        await after_unseen(at, f"Close {one_line(unit_code)}", "Close it with them", go_on)
    else:
        await go_on()


async def _ask_basis(at: Workplace, unit_code: str, evidence: ClosingEvidence, then: Then) -> None:
    async def chosen(choice: int | None) -> None:
        if choice == 0:
            at.reader.list_again()
            await ShowWhatChanged().run(at)
        elif choice == 1 and not evidence.files:
            await _ask_reason(at, unit_code, evidence, Basis.NOW, then)
        elif choice in (1, 2):
            basis = Basis.NOW if choice == 1 else Basis.SUBMITTED
            said = "On the evidence as it is now, which is fixed anew. " if choice == 1 else "On what was submitted. "
            await then(Terms(basis, seen=evidence.files), said)

    named = at.blindfold.file(evidence.changes.named())
    title = f"Since {one_line(unit_code)} was submitted: {one_line(named)}. Close it on which?"
    words = [
        "Neither yet: look at what changed",
        "The evidence as it is now: it is fixed anew",
        "The evidence as it was submitted: what changed since stays named",
    ]
    await at.screen.app.push_screen(ChoiceScreen(title, words), chosen)


async def _ask_reason(
    at: Workplace, unit_code: str, evidence: ClosingEvidence, basis: Basis | None, then: Then
) -> None:
    why = ""

    async def take(text: str) -> None:
        nonlocal why
        if not text.strip():
            raise Refused(
                "There is no evidence",
                f"{unit_code} stays open: there is no file that the decisions could rest on.",
                "Say what it was decided on, or leave it and put the files into the learner's evidence folder.",
            )
        why = text

    async def saved(done: bool | None) -> None:
        if done:
            await then(Terms(basis, why, evidence.files), "Without evidence, for the reason that you gave. ")

    title = f"There is no evidence for {one_line(unit_code)}. What was it decided on?"
    detail = "Seen in person, for example: it is recorded, and stands on the mark sheet."
    await at.screen.app.push_screen(WritingScreen(title, detail, "", take), saved)


def _fixed_with_it(at: Workplace, evidence: ClosingEvidence) -> str:
    """What is said where nobody submitted the evidence, with every file by its name that cannot be fixed, and where
    accounts came since."""
    if evidence.submission is not None:
        return "The accounts that were kept since it was submitted are fixed with it. " if evidence.changes else ""
    count = len(evidence.files)
    files = "1 file, as it is now, is" if count == 1 else f"{count} files, as they are now, are"
    named = at.blindfold.file(one_line("; ".join(evidence.unread)))
    unread = f"{len(evidence.unread)} cannot be read, and not be fixed: {named}. " if evidence.unread else ""
    return f"Nobody submitted it: its {files} fixed with it. {unread}"


def _without_summary(unit: str, reached: CriterionState, word: str) -> Question:
    """What is asked before a unit is closed without a word to the learner on the whole of it."""
    referred = reached is CriterionState.REFER
    # The key that saved the empty summary answers no: held, or pressed twice, it closes nothing.
    told = "what is missing, each note by itself" if referred else "what the notes say"
    return Question(
        f"Close {one_line(unit)} as {word} without a summary? The learner is told only {told}.",
        ("No, write one", "Yes, close it without"),
        is_yes_by_key=not referred,
    )
