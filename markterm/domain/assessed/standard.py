"""A published standard: what somebody who does that work should be able to do and to know, statement by statement.

A National Occupational Standard (NOS) has performance criteria P1… and knowledge K1…; the framework of an
apprenticeship has duties, knowledge, skills and behaviours (KSB). The code is the identity: titles vary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class StatementKind(StrEnum):
    """What a statement is about. The value is the heading that it stands under in a sheet."""

    DUTY = "Duties"
    PERFORMANCE = "Performance criteria"
    KNOWLEDGE = "Knowledge"
    SKILL = "Skills"
    BEHAVIOUR = "Behaviours"
    OTHER = "Statements"

    @property
    def letter(self) -> str:
        """The letter that codes of this kind begin with; empty where a framework numbers as it likes."""
        return _LETTERS.get(self, "")

    def counted(self, number: int) -> str:
        """So many of them, in words: `1 behaviour`, `2 behaviours`."""
        return f"{number} {_ONE.get(self, self.value.lower()) if number == 1 else self.value.lower()}"

    @property
    def is_asked(self) -> bool:
        """Whether somebody is asked to show it: a duty says what the work is, and is met by what it asks for."""
        return self is not StatementKind.DUTY


_ONE = {
    StatementKind.DUTY: "duty",
    StatementKind.PERFORMANCE: "performance criterion",
    StatementKind.SKILL: "skill",
    StatementKind.BEHAVIOUR: "behaviour",
    StatementKind.OTHER: "statement",
}
_LETTERS = {
    StatementKind.DUTY: "D",
    StatementKind.PERFORMANCE: "P",
    StatementKind.KNOWLEDGE: "K",
    StatementKind.SKILL: "S",
    StatementKind.BEHAVIOUR: "B",
}


@dataclass(frozen=True, slots=True, order=True)
class StandardKey:
    """What identifies a standard: a new version may number its statements anew."""

    code: str
    version: str

    def __str__(self) -> str:
        return f"{self.code} ({self.version})" if self.version else self.code


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a standard.

    `under` is the heading that it is published under within its kind, and `parent` the code of the statement that it is
    a part of; either may be empty.
    """

    code: str
    kind: StatementKind
    text: str
    under: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a glossary and what is meant by it."""

    word: str
    meaning: str


@dataclass(frozen=True)
class Standard:
    """A standard as its sheet gives it.

    `suite` is the code of the suite that it belongs to, `published_as` its reference as published where that is written
    otherwise than its code, and `approved` and `review` are days or months as published. `withdrawn` says since when it
    is no longer in force, and `replaced_by` which version took its place; both are empty for one that is in force.
    `overview` is what it says of itself in free text, and `to_check` what an importer read with a choice and nobody has
    looked at yet. `faulty` says that the sheet has errors: a statement may have
    been lost or altered in it.
    """

    code: str
    title: str
    version: str = ""
    suite: str = ""
    published_as: str = ""
    origin: str = ""
    approved: str = ""
    review: str = ""
    withdrawn: str = ""
    replaced_by: str = ""
    overview: str = ""
    statements: tuple[Statement, ...] = ()
    glossary: tuple[Term, ...] = ()
    to_check: tuple[str, ...] = ()
    faulty: bool = False

    @cached_property
    def key(self) -> StandardKey:
        """Code and version."""
        return StandardKey(self.code, self.version)

    @property
    def in_force(self) -> bool:
        """Whether nothing says that it was withdrawn or replaced."""
        return not self.withdrawn and not self.replaced_by

    @cached_property
    def _by_code(self) -> dict[str, Statement]:
        return {statement.code: statement for statement in self.statements}

    def statement(self, code: str) -> Statement | None:
        """The statement of that code, or None."""
        return self._by_code.get(code)

    def of_kind(self, kind: StatementKind) -> tuple[Statement, ...]:
        """Its statements of that kind, in the order of the sheet."""
        return tuple(statement for statement in self.statements if statement.kind is kind)

    @cached_property
    def counts(self) -> dict[StatementKind, int]:
        """How many statements of each kind it has, without the kinds that it has none of."""
        counted = {kind: len(self.of_kind(kind)) for kind in StatementKind}
        return {kind: number for kind, number in counted.items() if number}


@dataclass(frozen=True, slots=True, order=True)
class StatementLink:
    """A statement as a mapping names it: `LSICM01 K14`, or `LSICM01 (3.0) K14` where it says the version."""

    standard: str
    statement: str
    version: str = ""

    def __str__(self) -> str:
        return f"{StandardKey(self.standard, self.version)} {self.statement}"


_LINK = re.compile(r"(\S(?:[^()]*\S)?)(?: *\(([^()]+)\))? +([A-Za-z0-9][A-Za-z0-9./_-]{0,39})")


def statement_link(text: str) -> StatementLink | None:
    """The statement that `text` names, or None. Spaces in the standard's code make no difference: LSI CM01 is LSICM01,
    as the two are published for one standard."""
    match = _LINK.fullmatch(" ".join(text.split()))
    return StatementLink(match[1].replace(" ", ""), match[3], (match[2] or "").strip()) if match else None
