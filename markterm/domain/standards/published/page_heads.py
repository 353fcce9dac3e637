"""What stands at the heads and feet of the pages of a published suite: the reference of a standard, and its title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markterm.domain.standards.published.sections import REFERENCE, Section, heading_at, particulars
from markterm.domain.texts.printed_lines import Line

_PAGE = re.compile(r"\s[0-9]{1,4}$")
_LONGEST_HEAD = 4
"""Over how many lines the head of a page runs at most."""


@dataclass(frozen=True)
class PageHeads:
    """The references and titles at the heads and feet of pages. `titled` says which titles stand with a reference."""

    references: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    titled: dict[str, Counter[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Sequence[Line], listed: Iterable[str]) -> PageHeads:
        """Those of a document; `listed` are the titles that its functional map gives.

        A reference is one if a standard says that it is its own, or if it begins more than one line.
        """
        begun = Counter(match[0] for line in lines if (match := REFERENCE.match(line.text)) is not None)
        times = Counter(line.text.lower() for line in lines)
        own = {
            said[name]
            for place, line in enumerate(lines)
            if re.match(r"(?i)(?:original )?urn\b|urn gwreiddiol", line.text)
            for said in (particulars(lines[place : place + 3]),)
            for name in ("urn", "original urn")
            if name in said
        }
        own |= {
            line.text for place, line in enumerate(lines) if REFERENCE.fullmatch(line.text) and _title(lines, place)
        }
        known = {each for each in begun if begun[each] > 1 or each in own or each.replace(" ", "") in own}
        titles = {title.lower() for title in listed}
        titled: dict[str, Counter[str]] = {}
        for place, line in enumerate(lines):
            match = REFERENCE.match(line.text)
            if match is None or (match[0] not in known and not line.is_heading):
                continue
            known.add(match[0])
            rest = _PAGE.sub("", line.text[match.end() :]).strip(" :–—-")
            if not rest:
                rest = " ".join(_title(lines, place))
                titles |= {each.lower() for each in _title(lines, place)}
            below = lines[place + 1] if place + 1 < len(lines) else None
            if not rest and below is not None and heading_at(lines, place + 1) is None:
                again = below.is_heading or times[below.text.lower()] > 1 or below.text.lower() in titles
                rest = below.text if again else ""
            if rest and rest[0].isupper():
                titles.add(rest.lower())
                titled.setdefault(match[0], Counter())[rest] += 1
        return cls(frozenset(known), frozenset(titles), titled)

    def reference_in(self, line: Line) -> str:
        """The reference that a head or foot begins with, which has nothing besides but a title and the number of the
        page; empty for another line."""
        match = REFERENCE.match(line.text)
        if match is None or match[0] not in self.references:
            return ""
        rest = line.text[match.end() :].strip(" :–—-")
        return match[0] if not rest or _PAGE.search(line.text) or rest.lower() in self.titles else ""

    def at_the_end(self, lines: Sequence[Line]) -> tuple[str, int]:
        """The reference of the head of a page that the lines end with, and how many lines of them it is; empty and 0
        where they end with none."""
        for length in range(1, min(_LONGEST_HEAD, len(lines)) + 1):
            line = lines[-length]
            reference = self.reference_in(line)
            if reference and all(each.text.lower() in self.titles for each in lines[len(lines) - length + 1 :]):
                return reference, length
        return "", 0


def _title(lines: Sequence[Line], place: int) -> list[str]:
    """The lines between that one and the overview of a standard that begins below it: its title. None where no
    standard begins there."""
    for below in range(place + 2, min(place + 1 + _LONGEST_HEAD, len(lines))):
        heading = heading_at(lines, below)
        if heading is not None:
            return [line.text for line in lines[place + 1 : below]] if heading.section is Section.OVERVIEW else []
    return []
