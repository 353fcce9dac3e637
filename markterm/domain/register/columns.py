"""The columns of a register: which fact of a learner each holds, told by the names that people use for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markterm.domain.register.headings import BY_NAME, Fact, folded
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line, pasted
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.nearly import did_you_mean

_WHOSE = re.compile(
    r"(?:learner|student|candidate|trainee|apprentice|pupil|ncfe|ilm|pearson|edexcel|btec|city (?:and )?guilds|"
    r"awarding organisation|awarding body) (?=.)"
)
"""What is put before the names of a table's columns, by those who have tables of other people and numbers as well."""
_AS_TYPED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAMES = (Fact.NAME, Fact.FIRST, Fact.LAST)
_TYPED = frozenset({Fact.REGISTRATION, Fact.ULN, Fact.EMAIL, Fact.BORN, Fact.REGISTERED, Fact.EXPIRES})
"""What has no letters of full width, and no apostrophe or hash before it: so spreadsheets are told to keep zeros."""
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
"""How exports keep a spreadsheet from making a number of it."""
_SAYS_NOTHING = frozenset({"n/a", "#n/a", "-", "_", "–", "—", "tbc", "tba", "not known", "unknown"})


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
            text = unicodedata.normalize("NFKC", text).removeprefix("'").removeprefix("#")
        return "" if text.casefold() in _SAYS_NOTHING else text

    def broken(self, cells: Sequence[str]) -> bool:
        """Whether one of the cells that are read goes over several lines, as behind a quotation mark that nobody
        closed."""
        if not any("\n" in cell for cell in cells):
            return False
        return any("\n" in self._raw(cells, fact).strip() for fact in self.places)

    def _raw(self, cells: Sequence[str], fact: Fact) -> str:
        place = self.places.get(fact)
        return cells[place] if place is not None and place < len(cells) else ""


def among(kept: Mapping[Fact, Sequence[str]], cells: Iterable[str]) -> dict[Fact, str]:
    """Of the headings that a centre has `kept` of each fact the first that is among these: its tables come from more
    than one place."""
    there = set(map(folded, cells))
    found = {fact: next((each for each in headings if folded(each) in there), "") for fact, headings in kept.items()}
    return {fact: heading for fact, heading in found.items() if heading}


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
        if not any(folded(each) == folded(heading) for each in headings):
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
    if folded(one) == folded(other):
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
    called = folded(heading)
    for fact, said in given.items():
        if folded(said) == called:
            return fact, 0
    apart = folded(_AS_TYPED.sub(" ", heading))
    ways = (called, apart, _WHOSE.sub("", called, count=1), _WHOSE.sub("", apart, count=1))
    usual = next((BY_NAME[name] for name in ways if name in BY_NAME), None)
    return usual if usual is not None and usual[0] not in given else None


def _listed(cells: Sequence[str]) -> str:
    told = [one_line(cell)[:40] for cell in cells if cell.strip()]
    return ", ".join(told[:12]) + (" …" if len(told) > 12 else "")
