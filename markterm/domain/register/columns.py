"""The columns of a register: which fact of a learner each holds, told by the names that people use for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line, pasted
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.letters import plain
from markterm.domain.words.nearly import did_you_mean


class Fact(StrEnum):
    """What a column can hold; `FIRST` and `LAST` are the two halves of a name."""

    REGISTRATION = "registration"
    NAME = "name"
    FIRST = "first"
    LAST = "last"
    QUALIFICATION = "qualification"
    REGISTERED = "registered"
    EXPIRES = "expires"
    LEGAL_NAME = "legal_name"
    BORN = "born"
    ULN = "uln"
    EMAIL = "email"
    FUNDED = "funded"
    ASSESSOR = "assessor"
    UNITS = "units"
    ASSIGNMENT = "assignment"
    SITE = "site"


_CALLED: Mapping[Fact, tuple[str, ...]] = {
    Fact.REGISTRATION: (
        "registration, registration number, registration no, registration id, reg number, reg no, enr, enr number, "
        "enrolment number, enrolment no, enrollment number, learner registration number",
        "learner number, learner no, learner id, learner ref, learner reference, learner reference number, "
        "candidate number, candidate no, candidate id, student number, student no, student id",
        "id number, idnumber, learn ref number, learn ref num, ref no, ref number, student ref, student reference, "
        "person code, admission number, admission no, arbor student id",
    ),
    Fact.NAME: (
        "name, full name, fullname, learner, learner name, learners name, candidate, candidate name, student, "
        "student name, name of learner, name in full",
    ),
    Fact.FIRST: (
        "first name, firstname, first names, first, forename, forenames, first forename, given name, given names",
        "legal forename, legal first name, legal first names, legal forenames",
    ),
    Fact.LAST: (
        "last name, lastname, last names, last, surname, family name",
        "legal surname, legal last name, legal last names, legal family name",
    ),
    Fact.QUALIFICATION: (
        "qualification, qualification code, qualification number, qualification title, qual, qual code, qan, course, "
        "course code, programme, programme code, learning aim, learn aim ref, learning aim reference, award",
    ),
    # Not the start date: learning begins on another day than a registration, and a claim rests on that.
    Fact.REGISTERED: (
        "registered, registered on, registration date, date registered, date of registration, reg date, "
        "registered from",
    ),
    Fact.EXPIRES: (
        "expires, expiry, expiry date, registration expiry, registration expiry date, registration end date, "
        "expires on, valid until, valid to, registered until",
    ),
    Fact.LEGAL_NAME: ("legal name, name on certificate, certificate name, name for certificate",),
    Fact.BORN: ("date of birth, dob, birth date, birthdate, born, birthday",),
    Fact.ULN: ("uln, uln number, unique learner number, unique learner number uln, miap uln",),
    Fact.EMAIL: ("e mail, email, e mail address, email address, mail, learner email",),
    Fact.FUNDED: ("funded, funding, public funding, publicly funded",),
    Fact.ASSESSOR: ("assessor, assessor id, assessor name",),
    Fact.UNITS: ("units, unit, unit codes, unit code",),
    Fact.ASSIGNMENT: ("assignment, assignments, assignment code",),
    Fact.SITE: ("site, location, assessment location, assessment site, campus",),
}
"""What people call each: where one table has several of these, the earlier text has what says it more plainly."""
_BY_NAME = {
    name.strip(): (fact, rank)
    for fact, ranks in _CALLED.items()
    for rank, names in enumerate(ranks)
    for name in names.split(",")
}
_WHOSE = re.compile(
    r"(?:learner|student|candidate|trainee|apprentice|pupil|ncfe|ilm|pearson|edexcel|btec|city (?:and )?guilds|"
    r"awarding organisation|awarding body) (?=.)"
)
"""What is put before the names of a table's columns, by those who have tables of other people and numbers as well."""
_AS_TYPED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_IN_BRACKETS = re.compile(r"\((?!s\))[^()]*\)")
_NAMES = (Fact.NAME, Fact.FIRST, Fact.LAST)
_TYPED = frozenset({Fact.REGISTRATION, Fact.ULN, Fact.EMAIL, Fact.BORN, Fact.REGISTERED, Fact.EXPIRES})
"""What has no letters of full width, and no apostrophe before it: that is how spreadsheets are told to keep zeros."""
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
"""How exports keep a spreadsheet from making a number of it."""
_SAYS_NOTHING = frozenset({"n/a", "#n/a", "-", "–", "—", "tbc", "tba", "not known", "unknown"})
_NO_WORD = re.compile(r"[\W_]+")
_WITHIN = re.compile(r"(?<=\w)['’.](?=\w|\s|$)")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column, counted from 0, holds which fact; `ignored` are the headings of all others, and `months_first` the
    facts whose days are written with the month first."""

    places: Mapping[Fact, int]
    ignored: tuple[str, ...] = ()
    months_first: frozenset[Fact] = frozenset()

    def cell(self, cells: Sequence[str], fact: Fact) -> str:
        """What a line says of that fact; empty where it says nothing, in whatever words."""
        raw = self._raw(cells, fact)
        if not raw:
            return ""
        text = one_line(raw)  # Nearly all of it is what a keyboard has, in tables of many thousand lines.
        if not (raw.isascii() and raw.isprintable()):
            text = unicodedata.normalize("NFC", one_line(pasted(raw)))
        if text.startswith("=") and (found := _KEPT_AS_TEXT.fullmatch(text)):
            text = found[1]
        if fact in _TYPED:
            text = unicodedata.normalize("NFKC", text).removeprefix("'")
        return "" if text.casefold() in _SAYS_NOTHING else text

    def broken(self, cells: Sequence[str]) -> bool:
        """Whether one of the cells that are read goes over several lines, as behind a quotation mark that nobody
        closed."""
        return any("\n" in self._raw(cells, fact).strip() for fact in self.places)

    def _raw(self, cells: Sequence[str], fact: Fact) -> str:
        place = self.places.get(fact)
        return cells[place] if place is not None and place < len(cells) else ""


def among(kept: Mapping[Fact, str], cells: Iterable[str]) -> dict[Fact, str]:
    """Those of the headings that a centre has `kept` that are among these: its tables come from more than one place."""
    there = set(map(_folded, cells))
    return {fact: heading for fact, heading in kept.items() if _folded(heading) in there}


def is_heading(cells: Sequence[str], given: Mapping[Fact, str]) -> bool:
    """Whether that line names the columns: one holds the registration, and one a name."""
    facts = {found[0] for cell in cells if (found := _fact(cell, given)) is not None}
    return Fact.REGISTRATION in facts and not facts.isdisjoint(_NAMES)


def columns_of(headings: Sequence[str], given: Mapping[Fact, str]) -> Columns:
    """The columns under these headings, `given` saying which one holds a fact. Raises `WrongUse` where two of them hold
    the same fact, or one that was given is not there."""
    places: dict[Fact, int] = {}
    ignored: list[str] = []
    for heading in given.values():
        if not any(_folded(each) == _folded(heading) for each in headings):
            raise WrongUse(
                "No such column",
                f"The register has no column {one_line(heading)}.",
                did_you_mean(heading, headings, f"Its columns are {_listed(headings)}."),
            )
    ranks: dict[Fact, int] = {}
    for place, heading in enumerate(headings):
        if (found := _fact(heading, given)) is None or found[1] > ranks.get(found[0], found[1]):
            ignored += [one_line(heading)] if heading.strip() else []
            continue
        fact, rank = found
        if ranks.get(fact) == rank:
            raise _two_columns(headings[places[fact]], heading, fact)
        if fact in places:
            ignored.append(one_line(headings[places[fact]]))
        places[fact], ranks[fact] = place, rank
    return Columns(places, tuple(ignored))


def _two_columns(one: str, other: str, fact: Fact) -> WrongUse:
    title, what = "Two columns of one kind", f"{one_line(one)} and {one_line(other)} could both be the {fact}."
    if _folded(one) == _folded(other):
        return WrongUse(title, what, "They are called the same: give one of them another heading in the table.")
    return WrongUse(title, what, "Say which of them it is", hint=Hint(Way.NAME_COLUMN, to=f'{fact}="{one_line(one)}"'))


def no_heading(rows: Iterable[Sequence[str]], given: Mapping[Fact, str]) -> WrongUse:
    """That no line of a register names its columns, with what stands in the line that comes nearest to it and what is
    not there."""
    every = [row for row in rows if any(cell.strip() for cell in row)]
    told = [{found[0] for cell in row if (found := _fact(cell, given)) is not None} for row in every]
    nearest = max(range(len(every)), key=lambda place: (len(told[place]), -place), default=None)
    if nearest is None:
        what = "It says nothing."
    else:
        missing = " and none ".join(
            f"for the {fact}"
            for fact, is_there in (
                (Fact.REGISTRATION, Fact.REGISTRATION in told[nearest]),
                (Fact.NAME, not told[nearest].isdisjoint(_NAMES)),
            )
            if not is_there
        )
        what = f"There is no heading {missing}. The line that comes nearest says: {_listed(every[nearest])}."
    return WrongUse(
        "No line names the columns",
        what,
        "Give the columns the names of what they hold, or say which heading holds what",
        hint=Hint(Way.NAME_COLUMN, to='registration="Nr"'),
    )


def headings_in(given: Iterable[str]) -> dict[str, str]:
    """By fact the heading of its column, of texts as `name=Pupil`, empty ones left out. Raises `WrongUse`."""
    headings = {}
    for each in filter(str.strip, given):
        fact, sign, heading = each.partition("=")
        if not sign or not heading.strip():
            raise WrongUse("Which column?", f"{one_line(each)} names no fact with its heading.", "Write name=Pupil.")
        headings[fact_named(fact.strip()).value] = heading.strip().strip('"')
    return headings


def fact_named(word: str) -> Fact:
    """The fact of that name. Raises `WrongUse`."""
    names = [fact.value for fact in Fact]
    if word in names:
        return Fact(word)
    raise WrongUse(
        "No such fact",
        f"{one_line(word)} is nothing that a register says of a learner.",
        did_you_mean(word, names, f"It says {', '.join(names)}."),
    )


def _fact(heading: str, given: Mapping[Fact, str]) -> tuple[Fact, int] | None:
    """The fact that a heading names, and how plainly: the smaller the number, the more."""
    folded = _folded(heading)
    for fact, said in given.items():
        if _folded(said) == folded:
            return fact, 0
    apart = _folded(_AS_TYPED.sub(" ", heading))
    called = (folded, apart, _WHOSE.sub("", folded, count=1), _WHOSE.sub("", apart, count=1))
    usual = next((_BY_NAME[name] for name in called if name in _BY_NAME), None)
    return usual if usual is not None and usual[0] not in given else None


def _folded(heading: str) -> str:
    words = _NO_WORD.sub(" ", _WITHIN.sub("", _IN_BRACKETS.sub("", plain(heading)).replace("(s)", "s"))).strip()
    return words.removesuffix(" optional").removesuffix(" required").strip()


def _listed(cells: Sequence[str]) -> str:
    told = [one_line(cell)[:40] for cell in cells if cell.strip()]
    return ", ".join(told[:12]) + (" …" if len(told) > 12 else "")
