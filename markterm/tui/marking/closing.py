"""Closing: what is asked of the evidence first, where it was never submitted, changed since, or is not there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from markterm.domain.closing_evidence import Basis, ClosingEvidence, Terms
from markterm.domain.errors import Refused
from markterm.domain.foreign_text import one_line
from markterm.evidence.hashing import Hashing
from markterm.tui.evidence.hashing import hash_first
from markterm.tui.marking.handing_in import HandingInScreen
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.writing import WritingScreen

Then = Callable[[Terms, str], Awaitable[None]]


class ClosingScreen(HandingInScreen):
    """Adds the questions about the evidence of a unit that is to be closed."""

    def evidence_was_fixed(self, registration: str) -> None:
        """Show the files as they are now, and no change from what was submitted before."""
        self.list_files_again()
        self.look_at_files(registration)

    async def ask_evidence(self, registration: str, unit_code: str, then: Then) -> None:
        """Ask on which evidence a unit is closed where that has to be asked; `then` takes the answer, and what is to be
        said of it."""

        self.stop_looking()

        def look(hashing: Hashing) -> ClosingEvidence:
            with self._centre.evidence.hashed_by(hashing):
                return self._centre.closings.evidence(registration, unit_code)

        async def ask(evidence: ClosingEvidence) -> None:
            if self.files is None:
                self.look_at_files(registration)
            await self._ask_of(registration, unit_code, evidence, then)

        await hash_first(self, self.app.blindfold.file, look, ask)

    async def _ask_of(self, registration: str, unit_code: str, evidence: ClosingEvidence, then: Then) -> None:
        async def go_on() -> None:
            if evidence.changes:
                await self._ask_basis(unit_code, evidence, then)
            elif evidence.needs_reason:
                await self._ask_reason(unit_code, evidence, None, then)
            else:
                await then(Terms(seen=evidence.files), _fixed_with_it(evidence))

        # What was changed since it was submitted is named in any case.
        if evidence.submission is None and evidence.files:
            await self.after_unseen(registration, f"Close {one_line(unit_code)}", "Close it with them", go_on)
        else:
            await go_on()

    async def _ask_basis(self, unit_code: str, evidence: ClosingEvidence, then: Then) -> None:
        async def chosen(choice: int | None) -> None:
            if choice == 0:
                self.list_files_again()
                await self.action_differences()
            elif choice == 1 and not evidence.files:
                await self._ask_reason(unit_code, evidence, Basis.NOW, then)
            elif choice in (1, 2):
                basis = Basis.NOW if choice == 1 else Basis.SUBMITTED
                said = (
                    "On the evidence as it is now, which is fixed anew. " if choice == 1 else "On what was submitted. "
                )
                await then(Terms(basis, seen=evidence.files), said)

        named = self.app.blindfold.file(evidence.changes.named())
        title = f"Since {one_line(unit_code)} was submitted: {one_line(named)}. Close it on which?"
        words = [
            "Neither yet: look at what changed",
            "The evidence as it is now: it is fixed anew",
            "The evidence as it was submitted: what changed since stays named",
        ]
        await self.app.push_screen(ChoiceScreen(title, words), chosen)

    async def _ask_reason(self, unit_code: str, evidence: ClosingEvidence, basis: Basis | None, then: Then) -> None:
        why = ""

        async def take(text: str) -> None:
            nonlocal why
            if not text.strip():
                raise Refused(
                    "There is no evidence",
                    f"{unit_code} stays open: there is no file that the decisions could rest on.",
                    "Say what it was decided on, or Esc and put the files into the learner's evidence folder.",
                )
            why = text

        async def saved(done: bool | None) -> None:
            if done:
                await then(Terms(basis, why, evidence.files), "Without evidence, for the reason that you gave. ")

        title = f"There is no evidence for {one_line(unit_code)}. What was it decided on?"
        detail = "Seen in person, for example: it is recorded, and stands on the mark sheet."
        await self.app.push_screen(WritingScreen(title, detail, "", take), saved)


def _fixed_with_it(evidence: ClosingEvidence) -> str:
    """What is said where nobody submitted the evidence."""
    if evidence.submission is not None:
        return ""
    count = len(evidence.files)
    files = "1 file, as it is now, is" if count == 1 else f"{count} files, as they are now, are"
    unread = f"{len(evidence.unread)} cannot be read, and not be fixed. " if evidence.unread else ""
    return f"Nobody submitted it: its {files} fixed with it. {unread}"
