"""An account that somebody has begun to put down: what they filled in, word for word, and what they wrote so far.

As one text it is a draft: kept while it is written, and begun again where it was left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from markterm.domain.assessed.method import BY_THE_ASSESSOR, Method
from markterm.domain.record.bodies.accounts import Account, AccountStep, Covered, Witness
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

_METHODS = (*BY_THE_ASSESSOR, Method.TESTIMONY)
_WITNESS = 4
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class BegunAccount:
    """What was filled in, as it was typed, and the text; `together` are others who did it too, and `replaces` is the
    uid of the account that it corrects."""

    method: str = ""
    day: str = ""
    place: str = ""
    minutes: str = ""
    criteria: str = ""
    present: str = ""
    witness: str = ""
    attach: str = ""
    together: str = ""
    replaces: str = ""
    text: str = ""

    @classmethod
    def read(cls, draft: str) -> Self:
        """What a draft says; what is no line of a head is text."""
        head, _, text = draft.partition("\n\n")
        begun = cls(text=text)
        for line in head.split("\n"):
            name, _, said = line.partition(": ")
            if name.lower() not in _HEAD:
                return cls(text=draft)
            begun = replace(begun, **{name.lower(): said})
        return begun

    def with_text(self, text: str) -> BegunAccount:
        """The same with that text."""
        return replace(self, text=text)

    @property
    def as_draft(self) -> str:
        """The draft that says it; nothing is a draft of nothing."""
        head = [f"{name.capitalize()}: {said}" for name in _HEAD if (said := getattr(self, name))]
        return "\n".join((*(head or ["Method: "]), "", self.text)) if head or self.text else ""

    def said(self, covers: tuple[Covered, ...]) -> Account:
        """The account that it is to be. Raises `WrongUse` for what is no method, day, number or witness."""
        return Account(
            AccountStep.KEPT,
            self._method,
            on=self._day,
            place=one_line(self.place),
            present=tuple(filter(None, map(one_line, self.present.split(";")))),
            minutes=self._minutes,
            covers=covers,
            witness=self._witness,
        )

    @property
    def others(self) -> tuple[str, ...]:
        """Who did it too, each as they were named. Raises `WrongUse` for an account that corrects another one."""
        if self.together.strip() and self.replaces:
            raise WrongUse("Whose is it?", "A new account alone is of several.", "Correct it with each of them.")
        return tuple(filter(None, map(one_line, self.together.split(";"))))

    @property
    def _method(self) -> Method:
        word = one_line(self.method).casefold()
        found = [each for each in _METHODS if word and (each.startswith(word) or each.words.startswith(word))]
        if len(found) != 1:
            raise WrongUse(
                "By which method?", f"{word or 'Nothing'} is none.", f"Write {', '.join(_METHODS)}, or how one begins."
            )
        return found[0]

    @property
    def _day(self) -> date | None:
        try:
            return date.fromisoformat(self.day.strip()) if self.day.strip() else None
        except ValueError:
            raise WrongUse("Which day?", f"{one_line(self.day)} is no day.", "Write it as 2026-01-31.") from None

    @property
    def _minutes(self) -> int | None:
        text = self.minutes.strip()
        if text and not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
            raise WrongUse("How long?", f"{one_line(text)} is no number of minutes.", "Write the minutes alone.")
        return int(text) if text else None

    @property
    def _witness(self) -> Witness | None:
        if not self.witness.strip():
            return None
        parts = [one_line(part) for part in self.witness.split(";")]
        if len(parts) != _WITNESS:
            raise WrongUse(
                "Who is the witness?",
                f"Four things are asked of a witness, and {len(parts)} {'is' if len(parts) == 1 else 'are'} there.",
                "Write name; what they do; what they are to the learner; how they are reached.",
            )
        return Witness(*parts)


_HEAD = ("method", "day", "place", "minutes", "criteria", "present", "witness", "attach", "together", "replaces")
