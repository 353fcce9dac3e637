"""The standards that a centre has, and what a mapping means by the words it names a statement with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from markterm.domain.assessed.standard import Standard, StandardKey, Statement, StatementLink
from markterm.domain.words.version_order import version_order


@dataclass(frozen=True, slots=True)
class KnownStatement:
    """A statement and the standard, in one version, that it belongs to."""

    standard: Standard
    statement: Statement

    @property
    def link(self) -> StatementLink:
        """It by its full name, with the version."""
        return StatementLink(self.standard.code, self.statement.code, self.standard.version)


@dataclass(frozen=True)
class KnownStandards:
    """Every version of every standard that a centre has a sheet of."""

    standards: tuple[Standard, ...] = ()

    @classmethod
    def of(cls, standards: Iterable[Standard]) -> KnownStandards:
        """Those standards, by code and the oldest version first."""
        return cls(tuple(sorted(standards, key=lambda each: (each.code, version_order(each.version)))))

    @cached_property
    def by_key(self) -> dict[StandardKey, Standard]:
        """Each by its code and version."""
        return {standard.key: standard for standard in self.standards}

    @cached_property
    def _versions(self) -> dict[str, list[Standard]]:
        versions: dict[str, list[Standard]] = {}
        for standard in self.standards:
            versions.setdefault(standard.code, []).append(standard)
        return versions

    def versions(self, code: str) -> tuple[Standard, ...]:
        """Every version of the standard of that code, the oldest first."""
        return tuple(self._versions.get(code, ()))

    def newest(self, code: str) -> Standard | None:
        """The newest version of it that is in force, or the newest of all where none is; None for one not known."""
        versions = self.versions(code)
        return next((each for each in reversed(versions) if each.in_force), versions[-1] if versions else None)

    def usual(self, code: str, begun: Mapping[str, str]) -> Standard | None:
        """The version of it that somebody is looked at by: the one that they have `begun`, by the standard's code, and
        otherwise the newest that is in force."""
        own = self.by_key.get(StandardKey(code, begun[code])) if code in begun else None
        return own or self.newest(code)

    def standard(self, code: str, version: str = "") -> Standard | None:
        """The standard of that code and version, or None. Without a version it is the oldest that the centre has:
        what names none was written before there were two, and must not change its meaning when the second comes."""
        if version:
            return self.by_key.get(StandardKey(code, version))
        versions = self.versions(code)
        return versions[0] if versions else None

    def full_name(self, link: StatementLink) -> StatementLink:
        """The statement by its full name, with the version that is meant; as it is where it is not here."""
        named = self.named(link)
        return named.link if named is not None else link

    def named(self, link: StatementLink) -> KnownStatement | None:
        """The statement that a link means, or None where the centre has no such standard, version or statement."""
        standard = self.standard(link.standard, link.version)
        statement = standard.statement(link.statement) if standard is not None else None
        return KnownStatement(standard, statement) if standard is not None and statement is not None else None
