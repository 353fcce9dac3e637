"""What is recorded of a role profile: the functions, standards and statements that somebody in that role needs.

It holds every statement by its full name: a sheet that is changed, or a new version, changes no profile.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from markterm.domain.record.bodies.body import Fields, NotSaid, needed_text, objects, others, text, texts
from markterm.domain.record.event import Json


@dataclass(frozen=True, slots=True)
class ProfileFunction:
    """A function of a suite's map that a profile has, as the map of that version had it: its title, and the codes of
    the standards that meet it."""

    suite: str
    version: str
    code: str
    title: str = ""
    standards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfilePart:
    """The statements of a standard, in one version, that a profile has."""

    standard: str
    version: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileKept:
    """A role profile, as it stands from now on under its code."""

    code: str
    title: str
    functions: tuple[ProfileFunction, ...] = ()
    parts: tuple[ProfilePart, ...] = ()
    why: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What is kept. Raises `NotSaid` without a code, or when a part of it is not understood."""
        functions = tuple(
            ProfileFunction(
                needed_text(each, "suite"),
                text(each, "version"),
                needed_text(each, "function"),
                text(each, "title"),
                texts(each.get("standards")),
            )
            for each in objects(body, "functions")
        )
        parts = tuple(
            ProfilePart(needed_text(each, "standard"), text(each, "version"), texts(each.get("statements")))
            for each in objects(body, "parts")
        )
        return cls(_code(body), text(body, "title"), functions, parts, text(body, "why"), others(body, _KEPT))

    def write(self) -> dict[str, Json]:
        """The body that keeps it."""
        functions: list[Json] = [
            {
                "suite": each.suite,
                "version": each.version,
                "function": each.code,
                "title": each.title,
                "standards": list(each.standards),
            }
            for each in self.functions
        ]
        parts: list[Json] = [
            {"standard": each.standard, "version": each.version, "statements": list(each.statements)}
            for each in self.parts
        ]
        said: dict[str, Json] = {**self.more, "code": self.code, "title": self.title, "parts": parts}
        return said | ({"functions": functions} if functions else {}) | ({"why": self.why} if self.why else {})

    @property
    def words(self) -> str:
        """Why it is kept so."""
        return self.why


@dataclass(frozen=True, slots=True)
class ProfileEnded:
    """That nobody is measured by the profile of that code any more, and why."""

    code: str
    why: str
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What ended. Raises `NotSaid` without a code."""
        return cls(_code(body), text(body, "why"), others(body, frozenset({"code", "why"})))

    def write(self) -> dict[str, Json]:
        """The body that ends it."""
        return {**self.more, "code": self.code, "why": self.why}

    @property
    def words(self) -> str:
        """Why it ended."""
        return self.why


def _code(body: Fields) -> str:
    code = needed_text(body, "code")
    if not code:
        raise NotSaid("no profile is named")
    return code


_KEPT = frozenset({"code", "title", "functions", "parts", "why"})
