"""Rules of combination as a specification words them, turned into those that a sheet can hold.

What is left of the words when every rule that was understood is taken out of them is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markterm.domain.assessed.qualification import (
    AllOfGroup,
    Barred,
    CreditsAtLevel,
    CreditsOfGroup,
    GroupUnit,
    Rule,
    TotalCredits,
    UnitsOfGroup,
)

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FIGURES = {word: number for number, word in enumerate(_WORDS, start=1)}
_AMOUNT = rf"(?P<amount>[0-9]{{1,3}}|{'|'.join(_FIGURES)})"
_LEAST = r"(?:(?:at least|a minimum of|minimum of|minimum|not fewer than)\s+)?"
_IN_GROUP = (
    r"(?:the\s+)?(?:mandatory\s+|optional\s+)?(?:units?\s+)?(?:(?:in|from|of)\s+)?group\s+(?P<group>[0-9]{1,2}|[a-h])\b"
)
_COMES = r"(?:(?:must|should|have to|are to|to)\s+(?:be|come)\s+(?:achieved\s+|taken\s+)?)?"
_CODE = r"(?:[a-z]{1,6}[-/]?)?[0-9]{2,6}(?:[-/][0-9]{1,4})?"
_NAMED = re.compile(
    rf"\bunits?\s+(?P<units>{_CODE}(?:(?:\s*,\s*(?:and\s+)?|\s*&\s*|\s+and\s+)(?:units?\s+)?{_CODE})*)"
    rf"\s+(?:in|from|of)\s+{_IN_GROUP}",
    re.IGNORECASE,
)
_ALL = re.compile(rf"\ball\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+)?units\s+(?:in|from|of)\s+{_IN_GROUP}", re.IGNORECASE)
_UNITS = re.compile(
    rf"\b{_LEAST}{_AMOUNT}\s+(?:optional\s+|mandatory\s+)?units?\s+{_COMES}(?:in|from|of)\s+{_IN_GROUP}", re.IGNORECASE
)
_CREDITS = re.compile(rf"\b{_LEAST}{_AMOUNT}\s+credits?\s+{_COMES}(?:in|from|of)\s+{_IN_GROUP}", re.IGNORECASE)
_AT_LEVEL = re.compile(
    rf"\b{_LEAST}{_AMOUNT}\s+credits?\s+{_COMES}(?:from\s+units\s+)?at\s+level\s+(?P<level>[0-9])(?:\s+or\s+(?:above|higher))?",
    re.IGNORECASE,
)
_UNIT = r"[\w/-]*[0-9]"
_NOT = r"(?:cannot be|may not be|must not be)"
_BARRED = re.compile(
    rf"\bunits?\s+(?P<first>{_UNIT})\s+(?:and\s+(?:unit\s+)?(?P<both>{_UNIT})\s+(?:are barred|{_NOT}"
    rf"[\w\s]*?(?:together|combined|combination|both))"
    rf"|(?:is barred|{_NOT})[\w\s]*?(?:with|and|against)\s+(?:unit\s+)?(?P<second>{_UNIT}))",
    re.IGNORECASE,
)
_TOTAL = re.compile(rf"\b{_LEAST}{_AMOUNT}\s+credits?\b(?:\s+in\s+total)?", re.IGNORECASE)
_UNIT_ENDS = re.compile(r"\b([0-9]{3}|[A-Za-z]{0,6}[0-9]{3,6}[-/][0-9]{2,4}|[A-Za-z]{1,6}-[0-9]{2,4})\b")
_NOT_UNDERSTOOD = re.compile(
    r"(?i)[0-9]|\b(?:optional|either|minimum|maximum|at least|no more than|barred|cannot|exempt|pathway)\b"
)


@dataclass
class RulesRead:
    """The rules that were understood, the codes of the units that they are about, and what was not understood, a
    sentence each. `words` is what is left of the wording."""

    words: str
    rules: list[Rule] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    doubts: list[str] = field(default_factory=list)

    def taken(self, shape: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Each match of that shape, which is taken out of the words."""
        found = tuple(shape.finditer(self.words))
        self.words = shape.sub(" ", self.words)
        return iter(found)


def rules_in_words(words: str, listed: Sequence[tuple[int, GroupUnit]]) -> RulesRead:
    """What those words come to, for the units that the table lists, each with the number of its group."""
    read = RulesRead(words)
    for match in read.taken(_BARRED):
        _bar(read, listed, match["first"], match["both"] or match["second"])
    for match in read.taken(_NAMED):
        _name(read, listed, match)
    for match in read.taken(_ALL):
        _of_group(read, listed, AllOfGroup(group := _group(match)), group)
    for match in read.taken(_UNITS):
        _of_group(read, listed, UnitsOfGroup(group := _group(match), _amount(match)), group)
    for match in read.taken(_CREDITS):
        _of_group(read, listed, CreditsOfGroup(group := _group(match), _amount(match)), group)
    read.rules += [CreditsAtLevel(int(match["level"]), _amount(match)) for match in read.taken(_AT_LEVEL)]
    totals = [_amount(match) for match in read.taken(_TOTAL)]
    read.rules[:0] = [TotalCredits(totals[0])] if totals else []
    if len({*totals}) > 1 or _NOT_UNDERSTOOD.search(read.words) is not None:
        read.doubts.append(f"not all of the rules was understood: `{words}`")
    read.rules = list(dict.fromkeys(read.rules))
    return read


def group_number(said: str) -> int:
    """The number of a group that is called by a number or a letter: A is 1."""
    return int(said) if said.isdigit() else ord(said.upper()) - ord("A") + 1


def _group(match: re.Match[str]) -> int:
    return group_number(match["group"])


def _amount(match: re.Match[str]) -> int:
    return _FIGURES.get(match["amount"].lower()) or int(match["amount"])


def _of_group(read: RulesRead, listed: Sequence[tuple[int, GroupUnit]], rule: Rule, group: int) -> None:
    own = {unit.code for number, unit in listed if number == group}
    if own:
        read.rules.append(rule)
        read.named |= own
    else:
        read.doubts.append(f"no unit of group {group} is in the table, of which the rules speak.")


def _name(read: RulesRead, listed: Sequence[tuple[int, GroupUnit]], match: re.Match[str]) -> None:
    group = _group(match)
    own = [unit.code for number, unit in listed if number == group]
    for end in _UNIT_ENDS.findall(match["units"]):
        codes = _codes(own, end)
        if len(codes) == 1:
            read.named.add(codes[0])
        else:
            read.doubts.append(f"no unit {end} of group {group} is in the table.")
    read.rules.append(AllOfGroup(group))


def _bar(read: RulesRead, listed: Sequence[tuple[int, GroupUnit]], first: str, second: str) -> None:
    every = [unit.code for _, unit in listed]
    pair = [_codes(every, end) for end in (first, second)]
    if all(len(codes) == 1 for codes in pair):
        read.rules.append(Barred(pair[0][0], pair[1][0]))
    else:
        read.doubts.append(f"units {first} and {second} are barred, and not both are in the table.")


def _codes(every: Sequence[str], end: str) -> list[str]:
    """The codes that are that word, or end in it."""
    return [code for code in every if code == end or code.endswith(f"-{end}")]
