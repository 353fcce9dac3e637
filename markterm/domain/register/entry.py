"""The lines of a register as learners: each is read whole or not at all, and lines of one learner are told together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from markterm.domain.assessed.learner import Learner, RegisteredFor, is_uln
from markterm.domain.record.bodies.moving import can_be_registration
from markterm.domain.register.columns import Columns
from markterm.domain.register.headings import Fact
from markterm.domain.register.values import (
    day_of,
    has_numbers_alone,
    is_changed_number,
    months_first,
    name_of,
    yes_or_no,
)
from markterm.domain.words.letters import plain
from markterm.domain.words.nearly import nearest

_LONGEST = 200
_MOST_CODES = 6
_NOT_KNOWN_YET = "9999999999"
"""A ULN that stands for none."""
_TOTALS = re.compile(
    r"(?:grand |sub)?totals?\b.*|count|sum|number of (?:learners|students|candidates)\b.*", re.IGNORECASE
)
_STAFF = frozenset(
    {
        *("teacher", "non-editing teacher", "instructor", "tutor", "trainer", "trainer/in", "lecturer", "athro"),
        *("assessor", "verifier", "observer", "manager", "administrator", "admin", "staff", "owner", "course creator"),
        *("ta", "teaching assistant", "designer"),
    }
)
"""Roles at a site of those who are no learners."""
_NOT_IN_ADDRESS = frozenset(" ,;<>")
_NOTHING = dict.fromkeys(Fact, "")
_DAYS = (Fact.BORN, Fact.REGISTERED, Fact.EXPIRES)


@dataclass(frozen=True)
class Known:
    """What codes a register can name: each by all that it may be called, folded by `plain`, with the code that is
    meant. A standard is named among the units: learners are marked on it like on one. Where the centre has no
    qualification at all, any is taken."""

    qualifications: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    assignments: Mapping[str, str] = field(default_factory=dict)
    assessors: Mapping[str, str] = field(default_factory=dict)
    standards: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a register says of one learner, in the lines of these numbers; `faults` are why it is not taken, `notes`
    what is to be known of it, each a clause."""

    lines: tuple[int, ...]
    learner: Learner
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_bad(self) -> bool:
        """Whether it is not taken."""
        return bool(self.faults)

    @property
    def where(self) -> str:
        """Its lines in words: `line 3`, `lines 3 and 7`."""
        if len(self.lines) == 1:
            return f"line {self.lines[0]}"
        return f"lines {', '.join(map(str, self.lines[:-1]))} and {self.lines[-1]}"


def same_registration(registration: str) -> str:
    """What two registrations have in common that some systems could not tell apart."""
    return unicodedata.normalize("NFC", registration).casefold()


def with_months(columns: Columns, lines: Iterable[Sequence[str]]) -> Columns:
    """The columns, with what the lines below them say of the order in which days are written."""
    every = list(lines)
    told = (fact for fact in _DAYS if fact in columns.places)
    facts = (fact for fact in told if months_first(columns.cell(cells, fact) for cells in every))
    return replace(columns, months_first=frozenset(facts))


def entry_of(
    number: int, cells: Sequence[str], columns: Columns, usual: Learner, known: Known, today: date
) -> Entry | None:
    """What the line of that number says; `usual` is what holds where it says nothing. None for an empty line."""
    if not any(cell.strip() for cell in cells):
        return None
    said = {**_NOTHING, **{fact: columns.cell(cells, fact) for fact in columns.places}}
    faults: list[str] = []
    if columns.broken(cells):
        faults.append("a cell of it goes over several lines: look whether a quotation mark is not closed")
    if any(each.startswith("=") for each in said.values()):
        faults.append("a formula stands in it: write what it comes to")
    registration, name = said[Fact.REGISTRATION], _name(said)
    if not registration:
        faults.append("it has no registration")
    elif _TOTALS.fullmatch(registration):
        faults.append("that is a line of totals, and no learner")
    elif is_changed_number(registration):
        faults.append(f"a spreadsheet has changed the registration into {registration}: write it as a text")
    elif not can_be_registration(registration) or len(registration) > _LONGEST or _has_signs(registration):
        faults.append("that cannot be a registration")
    elif not any(map(str.isalnum, registration)):
        faults.append(f"`{_short(registration)}` is no registration: it has no letter or figure")
    if not name:
        faults.append("it has no name")
    elif not any(map(str.isalpha, name)):
        faults.append(f"`{_short(name)}` is no name: it has no letter")
    elif len(name) > _LONGEST:
        faults.append(f"the name has more than {_LONGEST} letters")
    days: dict[Fact, date | None] = {}
    for fact in _DAYS:
        days[fact] = day_of(said[fact], today, is_past=fact is Fact.BORN) if said[fact] else None
        if fact in columns.months_first and has_numbers_alone(said[fact]):
            faults.append(f"`{_short(said[fact])}` ({fact}) may have its month first, as others have: write 2026-01-31")
        elif said[fact] and days[fact] is None:
            faults.append(f"`{_short(said[fact])}` ({fact}) is no day: write day/month/year, or 2026-01-31")
    faults += _out_of_order(days, today)
    uln = said[Fact.ULN].replace(" ", "")
    if uln == _NOT_KNOWN_YET:
        uln = ""
    elif uln and not is_uln(uln):
        faults.append(f"`{_short(uln)}` is no ULN: it has ten digits, of which the last checks the others")
    email = said[Fact.EMAIL].removeprefix("mailto:")
    if email and (not _NOT_IN_ADDRESS.isdisjoint(email) or email[1:-1].count("@") != 1):
        faults.append(f"`{_short(email)}` is no e-mail address")
    funded = yes_or_no(said[Fact.FUNDED]) if said[Fact.FUNDED] else None
    if said[Fact.FUNDED] and funded is None:
        faults.append(f"`{_short(said[Fact.FUNDED])}` (funded) is neither yes nor no")
    codes = {
        fact: tuple(_codes(said[fact], fact, names, faults))
        for fact, names in (
            (Fact.QUALIFICATION, known.qualifications),
            (Fact.UNITS, {**known.standards, **known.units}),
            (Fact.ASSIGNMENT, known.assignments),
        )
    }
    units, standards = usual.units, usual.standards
    if named := codes[Fact.UNITS]:
        of_units = frozenset(known.units.values())
        units = tuple(code for code in named if code in of_units)
        standards = tuple(code for code in named if code not in of_units)
    assessor = known.assessors.get(plain(said[Fact.ASSESSOR]), "")
    if said[Fact.ASSESSOR] and not assessor:
        faults.append(f"no assessor of the centre is `{_short(said[Fact.ASSESSOR])}`")
    learner = Learner(
        registration,
        name,
        uln,
        email,
        codes[Fact.QUALIFICATION] or usual.qualifications,
        codes[Fact.ASSIGNMENT] or usual.assignments,
        units,
        assessor or usual.assessor,
        days[Fact.REGISTERED] or usual.registered,
        said[Fact.SITE] or usual.site,
        legal_name=said[Fact.LEGAL_NAME],
        born=days[Fact.BORN],
        expires=days[Fact.EXPIRES] or usual.expires,
        funded=funded,
        standards=standards,
    )
    return Entry((number,), learner, tuple(faults), tuple(_notes(said, days[Fact.REGISTERED], today)))


def _notes(said: Mapping[Fact, str], registered: date | None, today: date) -> Iterator[str]:
    if registered is not None and registered > today:
        yield f"registered on {registered}, which has not come yet"
    role = said[Fact.ROLE]
    # Who learns may well teach elsewhere: it is no fault.
    if role and _STAFF.issuperset(plain(each).strip() for each in role.replace(";", ",").split(",")):
        yield f"the role is {_short(role)}: is that a learner?"


def together(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The same, those of one learner as one: a line for each qualification. Lines that contradict each other, or whose
    registrations differ by case alone, are bad, for nobody can tell which of them is right."""
    every = list(entries)
    groups: dict[str, list[Entry]] = {}
    for entry in every:
        if entry.learner.registration and not entry.is_bad:
            groups.setdefault(same_registration(entry.learner.registration), []).append(entry)
    told: set[str] = set()
    for entry in every:
        key = same_registration(entry.learner.registration)
        group = groups.get(key, []) if not entry.is_bad else []
        if len(group) < 2:
            yield entry
            continue
        lines = tuple(number for each in group for number in each.lines)
        why = _contradiction([each.learner for each in group])
        if why:
            others = Entry(tuple(number for number in lines if number not in entry.lines), entry.learner).where
            yield replace(entry, faults=(f"{others} {why}",))
        elif key not in told:
            told.add(key)
            notes = dict.fromkeys(note for each in group for note in each.notes)
            yield Entry(lines, _joined([each.learner for each in group]), (), tuple(notes))


def days_of(learner: Learner) -> tuple[RegisteredFor, ...]:
    """The days of the registration, qualification by qualification; of one that is on none under an empty code."""
    codes = learner.qualifications or ("",)
    return tuple(RegisteredFor(code, learner.registered_on((code,)), learner.expires_on((code,))) for code in codes)


def _has_signs(registration: str) -> bool:
    """Whether there is in it what nobody types: what stands for a sign that is not seen, or a picture."""
    return not registration.isascii() and any(unicodedata.category(each)[0] in "CS" for each in registration)


def _name(said: Mapping[Fact, str]) -> str:
    if said[Fact.NAME]:
        return name_of(said[Fact.NAME])
    return f"{said[Fact.FIRST]} {said[Fact.LAST]}".strip()


def _out_of_order(days: Mapping[Fact, date | None], today: date) -> Iterator[str]:
    born, registered, expires = (days[fact] for fact in _DAYS)
    if born is not None and born >= today:
        yield f"born on {born}, which has not come yet"
    if born is not None and registered is not None and registered <= born:
        yield f"registered on {registered}, and born on {born}"
    if registered is not None and expires is not None and expires <= registered:
        yield f"expires on {expires}, and is registered on {registered}"


def _codes(said: str, fact: Fact, names: Mapping[str, str], faults: list[str]) -> Iterator[str]:
    if not said:
        return
    whole = names.get(plain(said))
    # A title has commas in it.
    parts = [said] if whole is not None else [part.strip() for part in said.replace(";", ",").split(",")]
    parts = list(filter(None, parts))
    first, *title = said.split()
    names_others = any(plain(word.strip(",;:/+&()")) in names for word in title)
    if plain(first) in names and len(parts[0].split()) > 1 and not names_others and whole is None:
        yield names[plain(first)]  # As `8580-CERT Level 5 Certificate, …`.
        return
    for part in parts:
        code = names.get(plain(part))
        if code is None and not names and fact is Fact.QUALIFICATION:
            code = part
        if code is None:
            what = {Fact.QUALIFICATION: "qualification", Fact.UNITS: "unit"}.get(fact, "assignment")
            faults.append(f"the centre has no {what} `{_short(part)}`, or several{_it_has(part, names)}")
        else:
            yield code


def _it_has(said: str, names: Mapping[str, str]) -> str:
    """Which codes there are, or of many the one that is nearly what was said."""
    codes = tuple(dict.fromkeys(names.values()))
    if len(codes) > _MOST_CODES:
        near = nearest(said, codes)
        return f": did you mean {near}?" if near else ""
    return f": it has {', '.join(codes)}" if codes else ""


def _contradiction(learners: Sequence[Learner]) -> str:
    """In what lines of one registration contradict each other; empty where they do in nothing."""
    first = learners[0]
    if any(each.registration != first.registration for each in learners):
        others = ", ".join(dict.fromkeys(each.registration for each in learners))
        return f"has the same registration but for its capitals or accents ({others})"
    alike = ("name", "uln", "email", "assessor", "site", "legal_name", "born", "funded")
    differ = [fact for fact in alike if len({getattr(each, fact) for each in learners}) > 1]
    if differ:
        return f"is of the same registration and says another {', '.join(each.replace('_', ' ') for each in differ)}"
    days: dict[str, RegisteredFor] = {}
    for own in (own for each in learners for own in days_of(each)):
        if days.setdefault(own.qualification, own) != own:
            return f"says other days for {own.qualification or 'the registration'}"
    return ""


def _joined(learners: Sequence[Learner]) -> Learner:
    first = learners[0]
    days = tuple({own.qualification: own for each in learners for own in days_of(each)}.values())
    differ = len({(each.registered, each.expires) for each in days}) > 1
    known = [each.registered for each in days if each.registered is not None]
    return replace(
        first,
        qualifications=tuple(dict.fromkeys(code for each in learners for code in each.qualifications)),
        units=tuple(dict.fromkeys(code for each in learners for code in each.units)),
        standards=tuple(dict.fromkeys(code for each in learners for code in each.standards)),
        assignments=tuple(dict.fromkeys(code for each in learners for code in each.assignments)),
        registered=min(known, default=None),
        expires=first.expires if not differ else None,
        registered_for=tuple(each for each in days if each.registered is not None) if differ else (),
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
