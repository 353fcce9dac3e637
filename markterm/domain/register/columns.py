"""The columns of a register: which fact of a learner each holds, told by the names that people use for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line, pasted
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


_CALLED: Mapping[Fact, str] = {
    Fact.REGISTRATION: "registration, registration number, registration no, reg number, reg no, enr, enrolment number, "
    "enrolment no, enrollment number, learner registration number, learner number, learner no, learner id, "
    "learner ref, learner reference, candidate number, candidate no, candidate id, student number, student no, "
    "student id",
    Fact.NAME: "name, full name, fullname, learner, learner name, learners name, candidate, candidate name, student, "
    "student name, name of learner, name in full",
    Fact.FIRST: "first name, firstname, first names, first, forename, forenames, given name, given names",
    Fact.LAST: "last name, lastname, last, surname, family name",
    Fact.QUALIFICATION: "qualification, qualification code, qualification number, qualification title, qual, "
    "qual code, qan, course, course code, programme, programme code, learning aim, award",
    Fact.REGISTERED: "registered, registered on, registration date, date registered, date of registration, reg date, "
    "start date, registered from",
    Fact.EXPIRES: "expires, expiry, expiry date, registration expiry, registration expiry date, registration end date, "
    "expires on, valid until, valid to, registered until",
    Fact.LEGAL_NAME: "legal name, name on certificate, certificate name, name for certificate",
    Fact.BORN: "date of birth, dob, birth date, birthdate, born, birthday",
    Fact.ULN: "uln, unique learner number",
    Fact.EMAIL: "e mail, email, e mail address, email address, mail, learner email",
    Fact.FUNDED: "funded, funding, public funding, publicly funded",
    Fact.ASSESSOR: "assessor, assessor id, assessor name",
    Fact.UNITS: "units, unit, unit codes, unit code",
    Fact.ASSIGNMENT: "assignment, assignments, assignment code",
    Fact.SITE: "site, location, assessment location, assessment site, campus",
}
_BY_NAME = {name.strip(): fact for fact, names in _CALLED.items() for name in names.split(",")}
_NO_WORD = re.compile(r"[\W_]+")
_WITHIN = re.compile(r"(?<=\w)['’.](?=\w|\s|$)")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column, counted from 0, holds which fact; `ignored` are the headings of all others."""

    places: Mapping[Fact, int]
    ignored: tuple[str, ...] = ()

    def cell(self, cells: Sequence[str], fact: Fact) -> str:
        """What a line says of that fact; empty where it says nothing."""
        return unicodedata.normalize("NFC", one_line(pasted(self._raw(cells, fact))))

    def broken(self, cells: Sequence[str]) -> bool:
        """Whether one of the cells that are read goes over several lines, as behind a quotation mark that nobody
        closed."""
        return any("\n" in self._raw(cells, fact).strip() for fact in self.places)

    def _raw(self, cells: Sequence[str], fact: Fact) -> str:
        place = self.places.get(fact)
        return cells[place] if place is not None and place < len(cells) else ""


def is_heading(cells: Sequence[str], given: Mapping[Fact, str]) -> bool:
    """Whether that line names the columns: one holds the registration, and one a name."""
    facts = {fact for cell in cells if (fact := _fact(cell, given)) is not None}
    return Fact.REGISTRATION in facts and not facts.isdisjoint((Fact.NAME, Fact.LAST))


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
    for place, heading in enumerate(headings):
        if (fact := _fact(heading, given)) is None:
            ignored += [one_line(heading)] if heading.strip() else []
        elif fact in places:
            raise WrongUse(
                "Two columns of one kind",
                f"{one_line(headings[places[fact]])} and {one_line(heading)} could both be the {fact} of a learner.",
                "Say which of them it is.",
            )
        else:
            places[fact] = place
    return Columns(places, tuple(ignored))


def no_heading(rows: Iterable[Sequence[str]]) -> WrongUse:
    """That no line of a register names its columns, with what stands in the first lines."""
    first = next((_listed(row) for row in rows if any(cell.strip() for cell in row)), "")
    return WrongUse(
        "No line names the columns",
        f"A register has a line with headings, among them one for the registration and one for the name. The first "
        f"line says: {first or 'nothing'}.",
        "Give the columns the names of what they hold, or say which heading holds what.",
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


def _fact(heading: str, given: Mapping[Fact, str]) -> Fact | None:
    folded = _folded(heading)
    for fact, said in given.items():
        if _folded(said) == folded:
            return fact
    usual = _BY_NAME.get(folded)
    return usual if usual not in given else None


def _folded(heading: str) -> str:
    words = _NO_WORD.sub(" ", _WITHIN.sub("", plain(heading))).strip()
    return words.removesuffix(" optional").removesuffix(" required").strip()


def _listed(cells: Sequence[str]) -> str:
    told = [one_line(cell)[:40] for cell in cells if cell.strip()]
    return ", ".join(told[:12]) + (" …" if len(told) > 12 else "")
