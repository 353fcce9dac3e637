"""Which standard, suite or statement is meant by what somebody typed: the same for every command and screen.

A name is taken as it is told, or however it is printed: `LSI CM01`, `lsicm01`, or `01` where that means one alone; with
a version, `MTC01 (1.0)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.standard import Standard, StandardKey, StatementLink
from markterm.domain.assessed.suite import Suite
from markterm.domain.standards.wanted import NONE_BEGUN
from markterm.domain.words.code import is_code
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean

_WITH_VERSION = re.compile(r"(.+?)\s*\(([^()]+)\)")


@dataclass(frozen=True)
class WhichStandard:
    """Tells what is meant, of the standards and the suites that a centre has."""

    known: KnownStandards
    suites: Mapping[str, Suite]

    def target(
        self, text: str, version: str = "", begun: Mapping[str, str] = NONE_BEGUN, profiles: Sequence[str] | None = None
    ) -> Standard | Suite:
        """The standard or the suite of that name. A standard without a version is meant in the one that somebody has
        `begun`, or else in the newest in force. Raises `WrongUse` for none, for several, and for a version that the
        centre does not have; `profiles` are what could have been named besides."""
        noun = "standard or suite" if profiles is None else "profile, standard or suite"
        code, said = self._named(text, [*self._codes, *self.suites], noun, profiles or ())
        version = version or said
        if code in self._codes:
            return self._in_version(code, version, begun)
        suite = self.suites[code]
        if version not in ("", suite.version):
            raise _no_version(code, version, [suite.version])
        return suite

    def standard(self, text: str, version: str = "", begun: Mapping[str, str] = NONE_BEGUN) -> Standard:
        """The same of standards alone."""
        code, said = self._named(text, self._codes, "standard")
        return self._in_version(code, version or said, begun)

    def exactly(self, text: str, version: str) -> Standard:
        """The standard of that name in that version and no other; empty for a sheet that says none. Raises
        `WrongUse`."""
        code, _ = self._named(text, self._codes, "standard")
        found = self.known.by_key.get(StandardKey(code, version))
        if found is None:
            raise _no_version(code, version, [each.version for each in self.known.versions(code)])
        return found

    def suite(self, text: str) -> Suite:
        """The suite of that name. Raises `WrongUse`."""
        return self.suites[self._named(text, list(self.suites), "suite")[0]]

    def link(self, link: StatementLink) -> StatementLink:
        """The name of a statement with the codes as the sheets write them, where they mean one; as it is otherwise."""
        codes = _meant(link.standard, self._codes)
        if len(codes) != 1:
            return link
        link = replace(link, standard=codes[0])
        standards = [each for each in self.known.versions(codes[0]) if link.version in ("", each.version)]
        statements = dict.fromkeys(each.code for standard in standards for each in standard.statements)
        if link.statement not in statements:
            same = [code for code in statements if code.casefold() == link.statement.casefold()]
            link = replace(link, statement=same[0]) if len(same) == 1 else link
        return link

    @property
    def _codes(self) -> list[str]:
        return list(dict.fromkeys(each.code for each in self.known.standards))

    def _named(self, text: str, codes: Sequence[str], noun: str, others: Sequence[str] = ()) -> tuple[str, str]:
        """The code that is meant, and the version that the name says; empty where it says none."""
        told = " ".join(text.split())
        versioned = (each for each in self.known.standards if each.version)
        full = next((each for each in versioned if " ".join(str(each.key).split()) == told), None)
        if full is not None and full.code in codes:
            return full.code, full.version
        found, version = _meant(text, codes), ""
        if not found and (match := _WITH_VERSION.fullmatch(text.strip())) is not None:
            found, version = _meant(match[1], codes), match[2].strip()
        if len(found) == 1:
            return found[0], version
        if found:
            names = ", ".join(map(one_line, found))
            raise WrongUse(f"Which {noun}?", f"{one_line(text)} could be {names}.", "Give the whole code.")
        every = (*others, *codes)
        has = one_line(", ".join(every)) or "none, in mark_sheets/standards"
        raise WrongUse(
            f"No such {noun}",
            f"The centre has no {noun} {one_line(text) or 'without a name'}.",
            did_you_mean(text, every, f"It has {has}."),
        )

    def _in_version(self, code: str, version: str, begun: Mapping[str, str]) -> Standard:
        found = self.known.standard(code, version) if version else self.known.usual(code, begun)
        if found is None:
            raise _no_version(code, version, [each.version for each in self.known.versions(code)])
        return found


def _meant(text: str, codes: Iterable[str]) -> list[str]:
    """The codes that a text may mean: the one that it is, or else those that are printed so, or else those that end
    so."""
    every = list(codes)
    if text.strip() in every:
        return [text.strip()]
    same = [code for code in every if spelt_alike(code, text)]
    return same or [code for code in every if is_code("".join(text.split()), code)]


def spelt_alike(one: str, other: str) -> bool:
    """Whether two names are one code, as it is printed: spaces and capitals make no difference."""
    return "".join(one.split()).casefold() == "".join(other.split()).casefold() != ""


def _no_version(code: str, version: str, has: Iterable[str]) -> WrongUse:
    told = ", ".join(one_line(each) or "one that says none" for each in has)
    asked = one_line(version) or "one that says none"
    return WrongUse(
        "No such version", f"The centre does not have {one_line(code)} in version {asked}.", f"It has {told}."
    )
