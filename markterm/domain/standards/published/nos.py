"""A suite of National Occupational Standards as it is published, read from the lines of its text.

The layout is that of the UK's National Occupational Standards: for each standard an overview, the performance criteria,
the knowledge and understanding, and a foot with version, dates and reference. Extraction loses the titles at the heads
of the pages, puts heads and feet between statements, and breaks lines in the middle of words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from markterm.domain.assessed.standard import Standard, Statement, StatementKind
from markterm.domain.assessed.suite import ListedStandard, Suite
from markterm.domain.standards.published.functional_map import functional_map
from markterm.domain.standards.published.result import Published
from markterm.domain.standards.published.sections import Section, heading_at, is_lead, particulars
from markterm.domain.texts.printed_lines import Doubt, Line, Vocabulary, without_page_numbers

_KINDS = {
    Section.PERFORMANCE: StatementKind.PERFORMANCE,
    Section.KNOWLEDGE: StatementKind.KNOWLEDGE,
    Section.SKILLS: StatementKind.SKILL,
    Section.BEHAVIOURS: StatementKind.BEHAVIOUR,
}
_STATEMENT = re.compile(r"([PKSB])?([0-9]{1,3})[.):]?\s+(\S.*)")
_REFERENCE = re.compile(r"[A-Z]{2,}(?: ?[A-Z]+)* ?[0-9]{1,4}(?:\.[0-9]+)?")


@dataclass
class _Body:
    """A standard while it is being read."""

    line: int
    overview: list[Line]
    statements: dict[StatementKind, list[list[Line]]] = field(default_factory=dict)
    foot: dict[str, str] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)
    """The references that stand at the heads of its pages."""
    titles: list[str] = field(default_factory=list)


def read_nos(lines: Sequence[Line]) -> Published:
    """The standards in those lines, and the suite's own overview where they have one; none where it is no such text."""
    kept, left_out = without_page_numbers(lines)
    return _Reading(kept, left_out).published()


class _Reading:
    """The reading of one document."""

    def __init__(self, lines: Sequence[Line], left_out: Sequence[Line]) -> None:
        self._lines = lines
        self._left_out = list(left_out)
        self._times = Counter(line.text.lower() for line in lines)
        self._words = Vocabulary(lines)
        self._doubts: list[Doubt] = []
        self._bodies: list[_Body] = []
        self._before: dict[Section, list[Line]] = {}
        """What stands in each section before the first standard begins."""
        self._suite_foot: dict[str, str] = {}
        self._map = functional_map(lines)

    def published(self) -> Published:
        self._walk()
        standards = tuple(self._standards())
        suite = self._suite(standards)
        if suite is not None:
            standards = tuple(replace(each, suite=suite.code) for each in standards)
        doubts = (*self._doubts, *(self._map.doubts if suite is not None else ()))
        return Published(
            standards,
            suite,
            tuple(sorted(doubts, key=lambda each: each.line)),
            tuple(sorted(self._left_out, key=lambda line: line.number)),
        )

    def _walk(self) -> None:
        """Go through the sections; a standard begins with its first performance criterion, and its overview is the one
        before it. An overview of the whole suite has the same headings, and no statement under them."""
        section: Section | None = None
        overview: list[Line] = []
        held: list[Line] = []
        place = 0
        while place < len(self._lines):
            found = heading_at(self._lines, place)
            if found is None or found == (section, 0):
                held.append(self._lines[place])
                place += 1
                continue
            overview = self._take(section, held, overview)
            section, length = found
            held = []
            place += length
            if length == 0:
                held.append(self._lines[place])
                place += 1
        self._take(section, held, overview)

    def _take(self, section: Section | None, held: list[Line], overview: list[Line]) -> list[Line]:
        """Take what stands in a section; returns the overview that the next standard has."""
        if section is Section.OVERVIEW:
            if not self._bodies:
                self._before[section] = overview
            return held
        kind = _KINDS.get(section) if section is not None else None
        if kind is not None and any(self._is_first(line, kind) for line in held):
            body = self._bodies[-1] if self._bodies else None
            if kind is StatementKind.PERFORMANCE or body is None or kind in body.statements:
                body = _Body(held[0].number, overview)
                self._bodies.append(body)
                overview = []
            body.statements[kind] = self._statements(held, kind, body)
        elif section is Section.PARTICULARS:
            said = particulars(held)
            if self._bodies and not self._bodies[-1].foot:
                self._bodies[-1].foot = said
            elif not self._bodies:
                self._suite_foot = said
        elif section is not None and not self._bodies:
            self._before.setdefault(section, []).extend(held)
        return overview

    def _is_first(self, line: Line, kind: StatementKind) -> bool:
        match = _STATEMENT.fullmatch(line.text)
        return match is not None and match[1] in (None, kind.letter) and int(match[2]) == 1

    def _statements(self, held: Sequence[Line], kind: StatementKind, body: _Body) -> list[list[Line]]:
        """The lines of each statement. One begins where the next number stands; what stands between the head of a page
        and the next statement belongs to none, and is told."""
        found: list[list[Line]] = []
        outside = False
        for line in held:
            match = _STATEMENT.fullmatch(line.text)
            number = int(match[2]) if match is not None and match[1] in (None, kind.letter) else None
            if match is not None and number == len(found) + 1:
                found.append([replace(line, text=match[3])])
                outside = False
            elif not found or is_lead(line):
                continue
            elif self._is_furniture(line, body):
                outside = True
                self._left_out.append(line)
            elif outside and self._is_title(line):
                body.titles.append(line.text)
                self._left_out.append(line)
            else:
                if outside:
                    message = f"`{line.text[:40]}` was taken for the end of {kind.letter}{len(found)}, over a page."
                    self._doubts.append(Doubt(line.number, message))
                    outside = False
                if number is not None and match is not None and match[1] and number > len(found) + 1:
                    expected = f"{kind.letter}{len(found) + 1}"
                    self._doubts.append(Doubt(line.number, f"`{line.text[:40]}` stands where {expected} is expected."))
                found[-1].append(line)
        return found

    def _is_title(self, line: Line) -> bool:
        """Whether the line is a title at the head of a page: the functional map has it, or other pages do."""
        bare = line.text.lower()
        known = any(bare == title.lower() for titles in self._map.titles.values() for title in titles)
        heads = (each for each in self._lines if each is not line and _REFERENCE.match(each.text) is not None)
        return known or self._times[bare] > 1 or any(bare in each.text.lower() for each in heads)

    def _is_furniture(self, line: Line, body: _Body) -> bool:
        """Whether the line is the head or the foot of a page: a reference, alone or with a title and a page number."""
        reference = _REFERENCE.match(line.text)
        if reference is None:
            return False
        rest = line.text[reference.end() :].strip()
        if rest and not re.search(r"\s[0-9]{1,4}$", line.text):
            return False
        body.references.append(reference[0])
        return True

    def _standards(self) -> Iterable[Standard]:
        references = [self._reference_of(body) for body in self._bodies]
        codes = self._codes(references)
        titles = self._map.titles
        for body, reference, code in zip(self._bodies, references, codes, strict=True):
            told = [doubt for doubt in self._doubts if doubt.line == body.line]
            begun = len(self._doubts)
            statements: list[Statement] = []
            for kind, every in body.statements.items():
                for number, lines in enumerate(every, 1):
                    statements.append(
                        Statement(f"{kind.letter}{number}", kind, self._words.joined(lines, self._doubts))
                    )
            title = self._title(code, body, titles)
            for kind in (StatementKind.PERFORMANCE, StatementKind.KNOWLEDGE):
                if kind not in body.statements:
                    self._doubts.append(Doubt(body.line, f"{code or 'A standard'} has no {kind.value.lower()}."))
            overview = self._words.joined(body.overview, self._doubts)
            yield Standard(
                code,
                title,
                body.foot.get("version number", self._suite_foot.get("version number", "")),
                published_as=reference if reference and reference != code else "",
                origin=body.foot.get("developed by", self._suite_foot.get("developed by", "")),
                approved=body.foot.get("date approved", self._suite_foot.get("date approved", "")),
                review=body.foot.get("indicative review date", self._suite_foot.get("indicative review date", "")),
                overview=overview,
                statements=tuple(statements),
                to_check=tuple(dict.fromkeys(doubt.message for doubt in (*told, *self._doubts[begun:]))),
            )

    def _reference_of(self, body: _Body) -> str:
        """The reference that the foot of the standard gives, or the heads of its pages; empty where neither does."""
        if said := body.foot.get("original urn", ""):
            return said
        return Counter(body.references).most_common(1)[0][0] if body.references else ""

    def _codes(self, references: Sequence[str]) -> list[str]:
        """The code of each standard, by its reference; where it has none, by its place among those of the map."""
        given = [reference.replace(" ", "") for reference in references]
        listed = list(self._map.titles)
        prefix = self._prefix(given, listed)
        by_place = [f"{prefix}{code}" for code in listed]
        fits = len(listed) == len(given) and all(
            not own or own == code for own, code in zip(given, by_place, strict=True)
        )
        codes = []
        for place, own in enumerate(given):
            code = own or (by_place[place] if fits else f"{prefix or 'NOS'}{place + 1:02}")
            if not own:
                line = self._bodies[place].line
                why = "from its place among those of the functional map" if fits else "from its place in the document"
                self._doubts.append(Doubt(line, f"{code} has no reference of its own: the code was taken {why}."))
            codes.append(code)
        return codes

    def _prefix(self, given: Sequence[str], listed: Sequence[str]) -> str:
        """What the references have before the codes that the map uses: LSI of LSICM01, where the map says CM01."""
        for own in given:
            for code in listed:
                if own.endswith(code):
                    return own.removesuffix(code)
        return ""

    def _title(self, code: str, body: _Body, titles: dict[str, Counter[str]]) -> str:
        """The title that most places give; where they differ, that is told with the others."""
        said: Counter[str] = Counter(body.titles)
        for listed, variants in titles.items():
            if code.endswith(listed):
                said.update(variants)
        if not said:
            self._doubts.append(Doubt(body.line, f"{code} has no title in the text: give it one."))
            return code
        title, *others = [each for each, _ in said.most_common()]
        if others:
            names = " and ".join(f"`{each}`" for each in others)
            self._doubts.append(Doubt(body.line, f"{code} is called `{title}`, and also {names}."))
        return title

    def _suite(self, standards: Sequence[Standard]) -> Suite | None:
        """The suite that the document gives an overview of; None where it gives none."""
        if not self._map.areas and not self._suite_foot:
            return None
        foot = self._suite_foot
        code = re.sub(r"0+$", "", foot.get("original urn", "").replace(" ", "")) or self._common(standards)
        prefix = self._prefix([each.code for each in standards], list(self._map.titles))
        return Suite(
            code,
            foot.get("suite", "") or code,
            foot.get("version number", ""),
            foot.get("developed by", ""),
            foot.get("date approved", ""),
            foot.get("indicative review date", ""),
            overview=self._words.joined(self._before.get(Section.OVERVIEW, []), self._doubts),
            standards=tuple(ListedStandard(each.code, each.title) for each in standards),
            areas=self._map.with_prefix(prefix),
            to_check=tuple(dict.fromkeys(doubt.message for doubt in self._map.doubts)),
        )

    def _common(self, standards: Sequence[Standard]) -> str:
        """What the codes of the standards begin with, without figures; `SUITE` where they have nothing in common."""
        heads = {re.sub(r"[0-9.]+$", "", each.code) for each in standards}
        return heads.pop() if len(heads) == 1 else "SUITE"
