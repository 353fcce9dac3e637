"""Role profiles: what somebody in a role needs of the published standards, as the centre's own record keeps it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from markterm.centre.recorder import Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.standard import Standard, StandardKey, StatementLink, statement_link
from markterm.domain.assessed.suite import Suite
from markterm.domain.record.bodies.profiles import ProfileKept
from markterm.domain.record.profiles import Profile, profiles
from markterm.domain.rules import profiles as rules
from markterm.domain.standards.wanted import (
    NONE_BEGUN,
    Wanted,
    links_of,
    wanted_of_profile,
    wanted_of_standard,
    wanted_of_suite,
)
from markterm.domain.standards.which_standard import spelt_alike
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.nearly import did_you_mean


@dataclass(frozen=True, slots=True)
class Named:
    """What a profile is kept of, by names, as `RoleProfiles.keep` takes them."""

    standards: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    suite: str = ""
    statements: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class RoleProfiles:
    """The profiles of a centre. Verbs raise `Refused`, `WrongUse`, `NotSaved` and `Unreadable`."""

    def __init__(self, sheets: CentreSheets, recorder: Recorder) -> None:
        self._sheets = sheets
        self._recorder = recorder
        self._by_name: tuple[KnownStandards | None, dict[str, StatementLink]] = (None, {})

    def every(self) -> tuple[Profile, ...]:
        """Every profile, also those that have ended. Raises `Unreadable`."""
        return profiles(self._recorder.of_centre())

    def named(self, code: str) -> Profile:
        """The profile of that code, ended or not. Raises `WrongUse` when there is none."""
        every = self.every()
        found = next((each for each in every if each.code == code), None)
        if found is None:
            codes = [each.code for each in every]
            told = f"There are {', '.join(map(one_line, codes)) or 'none yet'}."
            raise WrongUse("No such profile", f"{one_line(code)} is no profile.", did_you_mean(code, codes, told))
        return found

    def keep(
        self,
        code: str,
        title: str,
        *,
        standards: Collection[str] = (),
        functions: Collection[str] = (),
        suite: str = "",
        statements: Collection[str] = (),
        without: Collection[str] = (),
        why: str = "",
    ) -> Profile:
        """Keep a profile of these standards, of those that meet these functions, and of these statements; returns it.

        Each standard is in it in the version that is named, or the newest that is in force now, and stays in that.
        """
        known = self._sheets.standards
        suites = self._suites(suite)
        chosen = rules.functions_named(functions, suites)
        if missing := rules.missing_of((each for _, each in chosen), known):
            raise WrongUse(
                "Standards are missing",
                f"The centre has no sheet of {', '.join(map(one_line, missing))}, which meet these functions.",
                "Take them in first, or choose standards instead.",
            )
        met = dict.fromkeys(code for _, each in chosen for code in each.standards)
        own = [self.standard(each) for each in (*standards, *met)]
        if faulty := [str(each.key) for each in own if each.faulty]:
            raise Refused(
                "The sheet of a standard has errors",
                f"A statement may have been lost in {one_line(', '.join(faulty))}. Nothing was recorded.",
                "Have the sheet checked and mended first.",
                hint=Hint(Way.CHECK_SHEETS),
            )
        parts = rules.parts_of(own, map(self.statement, statements), map(self._link, without))
        said = ProfileKept(code, title.strip(), tuple(rules.as_kept(*each) for each in chosen), parts, why.strip())
        taken = {each.code for each in known.standards} | set(self._sheets.suites.by_code)
        self._recorder.record_of_centre(
            lambda act, events: rules.keep_profile(
                act, said, next((each for each in profiles(events) if each.code == code), None), taken
            )
        )
        return self.named(code)

    def as_named(self, profile: Profile) -> Named:
        """By which names the profile would be kept again with the very statements that it has. A function brings the
        newest versions of its standards: where the profile has others, or fewer of them, it is named by its parts."""
        known = self._sheets.standards
        standards, statements, without = [], [], []
        functions = profile.said.functions
        parts = {part.standard: part for part in profile.said.parts}
        met = dict.fromkeys(code for each in functions for code in each.standards)
        newest = {code: known.usual(code, NONE_BEGUN) for code in met}
        as_map = all(
            code in parts and own is not None and own.version == parts[code].version for code, own in newest.items()
        )
        for part in profile.said.parts:
            own = known.standard(part.standard, part.version)
            key = StandardKey(part.standard, part.version)
            whole = [link.statement for link in links_of(own)] if own is not None else []
            left_out = [each for each in whole if each not in part.statements]
            is_met = as_map and part.standard in met
            if is_met or (own is not None and len(left_out) <= len(part.statements)):
                standards += [] if is_met else [str(key)]
                without += [str(StatementLink(part.standard, each, part.version)) for each in left_out]
            else:
                statements += [str(StatementLink(part.standard, each, part.version)) for each in part.statements]
        suites = {each.suite for each in functions} if as_map else set()
        return Named(
            tuple(standards),
            tuple(each.code for each in functions) if as_map else (),
            suites.pop() if len(suites) == 1 else "",
            tuple(statements),
            tuple(without),
        )

    def newer(self, profile: Profile) -> tuple[str, ...]:
        """Of which of its standards a newer version is in force, a sentence each."""
        return tuple(each.told for each in wanted_of_profile(profile, self._sheets.standards).newer)

    def end(self, code: str, why: str) -> Profile:
        """End the profile of that code; returns it."""
        self.named(code)
        self._recorder.record_of_centre(
            lambda act, events: rules.end_profile(
                act, next(each for each in profiles(events) if each.code == code), why
            )
        )
        return self.named(code)

    def titles(self) -> dict[str, str]:
        """By what somebody can be measured, each with its title: the profiles that have not ended, suites, and
        standards in their newest version. Raises `Unreadable`."""
        kept = {each.code: each.said.title for each in self.every() if each.ended is None}
        suites = {code: suite.title for code, suite in self._sheets.suites.by_code.items()}
        standards = {each.code: each.title for each in self._sheets.standards.standards}
        return kept | {code: title for code, title in (suites | standards).items() if code not in kept}

    def wanted(self, text: str, begun: Mapping[str, str] = NONE_BEGUN) -> Wanted:
        """What is asked of somebody by the profile, standard or suite of that code, in the versions of the standards
        that they have `begun`. Raises `WrongUse` for none, and for a profile that has ended."""
        known, every = self._sheets.standards, self.every()
        kept = next((each for each in every if each.code == text), None)
        kept = kept or next((each for each in every if spelt_alike(each.code, text)), None)
        if kept is not None:
            if kept.ended is not None:
                raise WrongUse(
                    "That profile has ended",
                    f"{one_line(text)}: {one_line(kept.ended)}",
                    "Keep it anew, or name another.",
                )
            return wanted_of_profile(kept, known)
        codes = [each.code for each in every if each.ended is None]
        meant = self._sheets.which_standard.target(text, begun=begun, profiles=codes)
        if isinstance(meant, Suite):
            return wanted_of_suite(meant, known, begun)
        return wanted_of_standard(meant, known)

    def standard(self, text: str, begun: Mapping[str, str] = NONE_BEGUN) -> Standard:
        """The standard that is meant: `MTC01`, the version `begun` or the newest that is in force, or `MTC01 (1.0)`.
        Raises `WrongUse`."""
        return self._sheets.which_standard.standard(text, begun=begun)

    def statement(self, text: str, among: Collection[StatementLink] = ()) -> StatementLink:
        """The statement that is meant, by its full name: of those `among` which it may be, or of all. Raises `WrongUse`
        for one that the centre does not have, and without a version where several versions have it."""
        # However strange a code: a full name is taken as it is told.
        if (exact := self._full_names.get(" ".join(text.split()))) is not None:
            return exact
        link = self._link(text)
        if link.version:
            if link not in among and self._sheets.standards.named(link) is None:
                raise _no_statement(text)
            return link
        having = [each for each in among if (each.standard, each.statement) == (link.standard, link.statement)]
        having = having or [
            replace(link, version=each.version)
            for each in self._sheets.standards.versions(link.standard)
            if each.statement(link.statement) is not None
        ]
        if not having:
            raise _no_statement(text)
        if len(having) > 1:
            raise WrongUse(
                "Which version?",
                f"{one_line(text)} is in several versions.",
                f"Name one: {', '.join(one_line(str(each)) for each in having)}.",
            )
        return having[0]

    @property
    def _full_names(self) -> dict[str, StatementLink]:
        known = self._sheets.standards
        if self._by_name[0] is not known:
            links = (link for standard in known.standards if standard.version for link in links_of(standard))
            self._by_name = (known, {" ".join(str(link).split()): link for link in links})
        return self._by_name[1]

    def _link(self, text: str) -> StatementLink:
        link = statement_link(text)
        if link is None:
            raise WrongUse("Which statement?", f"{one_line(text) or 'Nothing'} names none.", "Write it as MTC01 P3.")
        return self._sheets.which_standard.link(link)

    def _suites(self, code: str) -> tuple[Suite, ...]:
        by_code = self._sheets.suites.by_code
        if not code:
            return tuple(by_code.values())
        return (self._sheets.which_standard.suite(code),)


def _no_statement(text: str) -> WrongUse:
    return WrongUse(
        "No such statement",
        f"The centre has no statement {one_line(text)}. Nothing was recorded.",
        "Look at the standard for the statements that it has.",
    )
