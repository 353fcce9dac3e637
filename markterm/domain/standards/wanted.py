"""What somebody is measured by: the statements of a role profile, of a standard, or of all that a suite lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.standard import Standard, StandardKey, StatementLink
from markterm.domain.assessed.suite import Suite
from markterm.domain.record.profiles import Profile
from markterm.domain.standards.unlisted import of_suite

NONE_BEGUN: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class WantedFunction:
    """A function of a map by which statements are told: its code, its title, and those of the standards that meet it
    which are measured by, in their versions."""

    code: str
    title: str
    standards: tuple[StandardKey, ...]


@dataclass(frozen=True, slots=True)
class NewerVersion:
    """A standard that is measured by in one version, and the newer one that is in force."""

    kept: StandardKey
    newest: StandardKey

    @property
    def told(self) -> str:
        """That there is one, in a sentence."""
        return f"{self.newest} is in force, and this is by {self.kept}."


@dataclass(frozen=True, slots=True)
class Wanted:
    """The statements that somebody is measured by, by their full names, and what that is called.

    `newer` are the standards that have a newer version by now: nobody is measured by that unasked. `without_sheet` are
    codes of standards of the suite that the centre has no sheet of, `not_looked_at` tells of those that are called its
    own and are not, in whole sentences.
    """

    code: str
    title: str
    links: tuple[StatementLink, ...]
    functions: tuple[WantedFunction, ...] = ()
    newer: tuple[NewerVersion, ...] = ()
    without_sheet: tuple[str, ...] = ()
    not_looked_at: tuple[str, ...] = ()


def wanted_of_standard(standard: Standard, known: KnownStandards) -> Wanted:
    """All that a standard asks for. Duties are left out: nobody is asked to meet one."""
    links = links_of(standard)
    return Wanted(str(standard.key), standard.title, links, (), newer_of([standard.key], known))


def wanted_of_suite(suite: Suite, known: KnownStandards, begun: Mapping[str, str] = NONE_BEGUN) -> Wanted:
    """All that the standards of a suite ask for, each in its newest version, or in the one that somebody has `begun`;
    those that the centre has no sheet of are left out and named, and stand in the functions all the same."""
    found = {code: known.usual(code, begun) for code in suite.codes}
    standards = [each for each in found.values() if each is not None]
    links = tuple(link for standard in standards for link in links_of(standard))
    keys = {standard.code: standard.key for standard in standards}
    functions = tuple(
        WantedFunction(each.code, each.title, tuple(keys[code] for code in each.standards if code in keys))
        for each in suite.functions
    )
    without = tuple(code for code, each in found.items() if each is None)
    newer = newer_of(keys.values(), known)
    return Wanted(suite.code, suite.title, links, functions, newer, without, tuple(of_suite(suite, known)))


def wanted_of_profile(profile: Profile, known: KnownStandards) -> Wanted:
    """All that a profile was kept with, in the versions of then."""
    keys: dict[str, list[StandardKey]] = {}
    for part in profile.said.parts:
        keys.setdefault(part.standard, []).append(StandardKey(part.standard, part.version))
    functions = tuple(
        WantedFunction(each.code, each.title, tuple(key for code in each.standards for key in keys.get(code, ())))
        for each in profile.said.functions
    )
    every = [key for own in keys.values() for key in own]
    return Wanted(profile.code, profile.said.title, profile.links, functions, newer_of(every, known))


def links_of(standard: Standard) -> tuple[StatementLink, ...]:
    """The statements of a standard that somebody is asked to show, by their full names."""
    return tuple(
        StatementLink(standard.code, each.code, standard.version) for each in standard.statements if each.kind.is_asked
    )


def standards_of(links: Sequence[StatementLink], known: KnownStandards) -> tuple[Standard, ...]:
    """The standards of those statements that the centre has, each in its version, once."""
    keys = dict.fromkeys(StandardKey(link.standard, link.version) for link in links)
    return tuple(known.by_key[key] for key in keys if key in known.by_key)


def newer_of(keys: Iterable[StandardKey], known: KnownStandards) -> tuple[NewerVersion, ...]:
    """Of which of those standards a newer version is in force."""
    found = []
    for key in keys:
        newest, versions = known.newest(key.code), [each.key for each in known.versions(key.code)]
        if newest is None or newest.key == key or key not in versions:
            continue
        if versions.index(newest.key) > versions.index(key):
            found.append(NewerVersion(key, newest.key))
    return tuple(found)
