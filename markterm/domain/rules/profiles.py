"""Keeping a role profile, and ending one: entries of the centre's own record. Any member keeps one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.standard import Standard, StandardKey, StatementLink
from markterm.domain.assessed.suite import Function, Suite
from markterm.domain.record.bodies.profiles import ProfileEnded, ProfileFunction, ProfileKept, ProfilePart
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.profiles import Profile
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line


def keep_profile(act: Act, said: ProfileKept, before: Profile | None, taken: Collection[str]) -> Event:
    """The entry that keeps a profile, in the place of the one that stands under its code. `taken` are the codes of
    standards and suites, which mean those.

    Raises `WrongUse` for a code that is taken, or that has spaces, without a title or a statement, and `Refused` when
    it stands so already, or without a reason where another one stood under that code.
    """
    member = known(act)
    if not said.code or said.code != "".join(said.code.split()):
        raise WrongUse("What is it called?", "A profile has a code without spaces.", "Give one, such as ASSESSOR.")
    if said.code in taken:
        raise WrongUse(
            "That is something else", f"{one_line(said.code)} is a standard or a suite.", "Give another code."
        )
    if not said.title.strip() or not any(part.statements for part in said.parts):
        raise WrongUse(
            "Nothing is in it",
            "A profile has a title, and a statement at least. Nothing was recorded.",
            "Name a standard, a function or statements.",
        )
    if before is not None and before.ended is None:
        if replace(said, why=before.said.why, more=before.said.more) == before.said:
            raise Refused("It stands so already", f"{one_line(said.code)} has just that.", "Say what is new in it.")
        if not said.why.strip():
            raise Refused(
                "A profile that is kept anew needs a reason",
                f"{one_line(said.code)} stands as {one_line(before.said.title)}. Nothing was recorded.",
                "Say why it changes, or give the new one another code.",
            )
    replaced = (before.uid,) if before is not None else ()
    return entry(act, member, Kind.PROFILE_KEPT, Subject(), said, replaced)


def end_profile(act: Act, profile: Profile, why: str) -> Event:
    """The entry that ends a profile. Raises `Refused` when it has ended already, and without a reason."""
    member = known(act)
    if profile.ended is not None:
        raise Refused("It has ended already", one_line(profile.ended or "No reason is told."), "Keep it anew.")
    if not why.strip():
        raise Refused(
            "Ending a profile needs a reason", "It stands as before. Nothing was recorded.", "Say why it ends."
        )
    said = ProfileEnded(profile.code, why.strip())
    return entry(act, member, Kind.PROFILE_ENDED, Subject(), said, (profile.uid,))


def parts_of(
    standards: Iterable[Standard], statements: Iterable[StatementLink], without: Iterable[StatementLink]
) -> tuple[ProfilePart, ...]:
    """All that these standards ask for and those statements, but for what is `without`; each with its version.

    A statement of `without` that names no version is left out of every version. Raises `WrongUse` for one that leaves
    out nothing.
    """
    found: dict[StandardKey, list[str]] = {}
    for standard in standards:
        own = found.setdefault(standard.key, [])
        own += [each.code for each in standard.statements if each.kind.is_asked and each.code not in own]
    for link in statements:
        own = found.setdefault(StandardKey(link.standard, link.version), [])
        if link.statement not in own:
            own.append(link.statement)
    for link in without:
        holding = [
            key
            for key, own in found.items()
            if key.code == link.standard and link.version in ("", key.version) and link.statement in own
        ]
        if not holding:
            raise WrongUse(
                "Nothing to leave out",
                f"{one_line(str(link))} is not in it. Nothing was recorded.",
                "Name a statement that the profile would have.",
            )
        for key in holding:
            found[key].remove(link.statement)
    return tuple(ProfilePart(key.code, key.version, tuple(own)) for key, own in found.items() if own)


def functions_named(codes: Iterable[str], suites: Sequence[Suite]) -> tuple[tuple[Suite, Function], ...]:
    """The functions of those codes in the maps of these suites; the code of an area means all of its functions. Raises
    `WrongUse` for a code that is in none, or in several."""
    found: list[tuple[Suite, Function]] = []
    for code in codes:
        meant = [
            (suite, tuple(each for area in suite.areas for each in area.functions if code in (area.code, each.code)))
            for suite in suites
        ]
        having = [(suite, functions) for suite, functions in meant if functions]
        if len(having) != 1:
            told = ", ".join(one_line(suite.code) for suite, _ in having)
            raise WrongUse(
                "Which function?" if having else "No such function",
                f"{one_line(code)} is in the maps of {told}." if having else f"{one_line(code)} is in no map.",
                "Name the suite too." if having else _maps(suites),
            )
        suite, functions = having[0]
        found += [(suite, each) for each in functions if (suite, each) not in found]
    return tuple(found)


def _maps(suites: Sequence[Suite]) -> str:
    told = "; ".join(f"{suite.code}: {', '.join(each.code for each in suite.functions)}" for suite in suites)
    return f"There are {one_line(told) or 'no functions: the centre has no suite'}."


def as_kept(suite: Suite, function: Function) -> ProfileFunction:
    """A function as a profile keeps it."""
    return ProfileFunction(suite.code, suite.version, function.code, function.title, function.standards)


def missing_of(functions: Iterable[Function], standards: KnownStandards) -> tuple[str, ...]:
    """The codes of standards that meet one of these functions, and that the centre has no sheet of."""
    codes = dict.fromkeys(code for each in functions for code in each.standards)
    return tuple(code for code in codes if standards.newest(code) is None)
