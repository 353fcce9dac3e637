"""A suite of National Occupational Standards as it is published, read from the lines of its text.

The layout is that of the UK's National Occupational Standards: for each standard an overview, the performance criteria,
the knowledge and understanding, and a foot with version, dates and reference. Extraction loses the titles at the heads
of the pages, puts heads and feet between statements, and breaks lines in the middle of words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markterm.domain.assessed.standard import Standard, Statement, StatementKind
from markterm.domain.assessed.suite import ListedStandard, Suite
from markterm.domain.standards.published.functional_map import functional_map
from markterm.domain.standards.published.page_heads import PageHeads
from markterm.domain.standards.published.references import codes_of, prefix_of
from markterm.domain.standards.published.result import Published
from markterm.domain.standards.published.rows import codes_told, has_two_languages, in_one_language, read_along
from markterm.domain.standards.published.sections import REFERENCE, Heading, Section, heading_at, particulars
from markterm.domain.standards.published.statements import ReadList, is_list, lists_apart, read_list
from markterm.domain.standards.published.suites import glossary, key_purpose, names_of_suites, paragraphs
from markterm.domain.standards.published.whole_suite import gaps, named_alone, of_another
from markterm.domain.texts.printed_lines import Doubt, Line, Vocabulary, without_page_numbers

_KINDS = {
    Section.PERFORMANCE: StatementKind.PERFORMANCE,
    Section.KNOWLEDGE: StatementKind.KNOWLEDGE,
    Section.SKILLS: StatementKind.SKILL,
    Section.BEHAVIOURS: StatementKind.BEHAVIOUR,
}
_BEGINS = (Section.OVERVIEW, Section.PERFORMANCE)
"""The head of the page above one of these belongs to the standard that begins there."""
_OVERVIEWS = ("suite overview", "trosolwg o'r gyfres")
_TOLD = {
    Section.SCOPE: "Scope/range",
    Section.VALUES: "Values",
    Section.SKILLS: "Skills",
    Section.BEHAVIOURS: "Behaviours",
    Section.LINKS: "Links to other NOS",
    Section.EXTERNAL_LINKS: "External links",
    Section.MORE: "Additional information",
}
"""The sections of a standard that are free text, and what they are called in its sheet."""


@dataclass
class _Body:
    """A standard while it is being read."""

    line: int
    overview: list[Line]
    is_welsh: bool
    lists: dict[StatementKind, ReadList] = field(default_factory=dict)
    foot: dict[str, str] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)
    """The references that stand at the heads of its pages."""
    titles: list[str] = field(default_factory=list)
    more: dict[Section, list[Line]] = field(default_factory=dict)
    """What else is said of it, by its section."""

    @property
    def last_number(self) -> int:
        """The number of the last statement that was read of it; 0 for none."""
        last = next(reversed(self.lists.values()), None)
        return int(last.statements[-1].number.partition(".")[0]) if last is not None and last.statements else 0


def read_nos(lines: Sequence[Line], *, welsh: bool = False) -> Published:
    """The standards in those lines, and the overviews of their suites; none where it is no such text.

    A standard that stands in them in both languages is taken in one of them: in English, or in `welsh`.
    """
    along = read_along(lines)
    doubts: list[Doubt] = list(codes_told(lines))
    if has_two_languages(along):
        along = in_one_language(along, welsh=welsh)
        taken, left = ("Welsh", "English") if welsh else ("English", "Welsh")
        doubts.append(Doubt(0, f"Two languages stand beside each other: the {taken} was taken, the {left} was not."))
    kept, left_out = without_page_numbers(along, lambda line: REFERENCE.match(line.text) is not None)
    words = Vocabulary(kept)
    parts = [_Reading(part, along, words).published() for part in _suites_apart(kept)]
    standards = _in_one_language([each for part in parts for each in part.standards], welsh, doubts)
    return Published(
        tuple(standards),
        tuple(suite for part in parts for suite in part.suites),
        tuple(sorted([*doubts, *(each for part in parts for each in part.doubts)], key=lambda each: each.line)),
        tuple(sorted([*left_out, *(each for part in parts for each in part.left_out)], key=lambda each: each.number)),
    )


def _suites_apart(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines of each suite: the next one begins with its overview, behind the statements of the one before."""
    begin, has_statements = 0, False
    for place, line in enumerate(lines):
        has_statements = has_statements or line.text.startswith(("P1 ", "K1 ", "1. "))
        if has_statements and line.text.lower().replace("\u2019", "'").rstrip(" :") in _OVERVIEWS:
            yield lines[begin:place]
            begin, has_statements = place, False
    yield lines[begin:]


def _in_one_language(standards: Sequence[tuple[Standard, bool]], welsh: bool, doubts: list[Doubt]) -> list[Standard]:
    """The standards, of which each says whether it is in Welsh, without those that stand there a second time."""
    taken: dict[str, tuple[Standard, bool]] = {}
    for standard, is_welsh in standards:
        before = taken.get(standard.code)
        if before is None:
            taken[standard.code] = standard, is_welsh
        elif before[1] != is_welsh:
            taken[standard.code] = (standard, is_welsh) if is_welsh is welsh else before
            language = "Welsh" if welsh else "English"
            doubts.append(Doubt(0, f"{standard.code} stands in it in two languages: the {language} was taken."))
        else:
            differs = _difference(before[0], standard)
            message = f"{standard.code} stands in it twice, {differs}: the first was taken."
            doubts.append(Doubt(0, message))
    return [standard for standard, _ in taken.values()]


def _difference(one: Standard, other: Standard) -> str:
    codes = dict.fromkeys(each.code for each in (*one.statements, *other.statements))
    changed = [code for code in codes if one.statement(code) != other.statement(code)]
    return f"and says something else at {', '.join(changed)}" if changed else "with the same statements"


class _Reading:
    """The reading of one suite; `every` are the lines of the whole document, with the heads and feet of its pages."""

    def __init__(self, lines: Sequence[Line], every: Sequence[Line], words: Vocabulary) -> None:
        self._lines = lines
        self._words = words
        self._doubts: list[Doubt] = []
        self._left_out: list[Line] = []
        self._bodies: list[_Body] = []
        self._before: dict[Section, list[Line]] = {}
        """What stands in each section before the first standard begins."""
        self._suite_foot: dict[str, str] = {}
        self._head: dict[str, str] = {}
        """What the head of a web page says of the standard that comes next."""
        self._references: list[str] = []
        """The references at the heads of the pages with which the next standard begins."""
        self._map = functional_map(lines)
        outside = [line for line in every if line.number not in self._map.lines]
        self._heads = PageHeads.of(outside, (title for titles in self._map.titles.values() for title in titles))

    def published(self) -> _Part:
        """What was read of it."""
        self._walk()
        standards = list(self._standards())
        suites = tuple(self._suite([each for each, _ in standards]))
        own = {code: suite.code for suite in suites for code in suite.codes}
        missing = self._missing([each for each, _ in standards]) if not suites else {}
        self._doubts += (doubt for doubts in missing.values() for doubt in doubts)
        standards = [
            (
                replace(
                    each,
                    suite=own.get(each.code, ""),
                    to_check=(*each.to_check, *(doubt.message for doubt in missing.get(each.code, ()))),
                ),
                is_welsh,
            )
            for each, is_welsh in standards
        ]
        return _Part(standards, suites, self._doubts, self._left_out)

    def _missing(self, standards: Sequence[Standard]) -> dict[str, list[Doubt]]:
        """What of the suite is not in the document, where that gives no overview that could become a sheet: by the code
        of the standard whose sheet says it."""
        told = {code: [Doubt(0, message)] for code, message in gaps(standards).items()}
        if standards:
            told.setdefault(standards[0].code, []).extend(named_alone(standards, self._before_all, ()))
        return told

    @property
    def _before_all(self) -> list[Line]:
        return [line for lines in self._before.values() for line in lines]

    def _walk(self) -> None:
        """Go through the sections; a standard begins with its first list of statements, and its overview is the one
        before it. An overview of the whole suite has the same headings, and no statement under them."""
        section: Heading | None = None
        overview: list[Line] = []
        held: list[Line] = []
        place = 0
        while place < len(self._lines):
            found = heading_at(self._lines, place)
            if found is None or (found.length == 0 and section is not None and section.section is found.section):
                held.append(self._lines[place])
                place += 1
                continue
            held, reference = self._without_head(held, found)
            overview = self._take(section, held, overview)
            if reference and (found.section in _BEGINS or not self._bodies):
                self._references.append(reference)
            elif reference:
                self._bodies[-1].heads.append(reference)
            section = found
            held = list(self._lines[place : place + 1]) if found.length == 0 else []
            place += max(1, found.length)
        self._take(section, held, overview)

    def _without_head(self, held: list[Line], found: Heading) -> tuple[list[Line], str]:
        """The lines above a heading without the head of the page, and the reference in that, if there is one."""
        reference, length = self._heads.at_the_end(held)
        if reference:
            self._left_out += held[-length:]
            return held[:-length], reference
        if found.section is Section.PARTICULARS and held and self._is_title_of_page(held[-1]):
            self._head = {"title": held[-1].text}
            return held[:-1], ""
        return held, ""

    def _is_title_of_page(self, line: Line) -> bool:
        """Whether the line is the title above the particulars of a web page."""
        place = self._lines.index(line)
        return self._lines[place + 1].text.lower().startswith("urn")

    def _take(self, heading: Heading | None, held: list[Line], overview: list[Line]) -> list[Line]:
        """Take what stands in a section; returns the overview that the next standard has."""
        section = heading.section if heading is not None else None
        if section is Section.OVERVIEW:
            if not self._bodies:
                self._before[section] = overview
            return held
        kind = _KINDS.get(section) if section is not None else None
        body = self._bodies[-1] if self._bodies else None
        after = body.last_number if body is not None and kind not in (None, StatementKind.PERFORMANCE) else 0
        if kind is not None and heading is not None and is_list(held, kind, after):
            if kind is StatementKind.PERFORMANCE or body is None or kind in body.lists:
                body = _Body(held[0].number, overview, heading.is_welsh, foot=self._head, heads=self._references)
                self._bodies.append(body)
                self._head, self._references, overview = {}, [], []
            for own, lines in lists_apart(held, kind):
                body.lists[own] = read_list(lines, own, self._heads, after)
        elif section is Section.PARTICULARS:
            self._take_particulars(particulars(held))
        elif section is not None:
            into = self._bodies[-1].more if self._bodies else self._before
            into.setdefault(section, []).extend(held)
        return overview

    def _take_particulars(self, said: dict[str, str]) -> None:
        if "urn" in said:
            self._head = {**self._head, **said}
        elif self._bodies:
            self._bodies[-1].foot = {**said, **self._bodies[-1].foot}
        else:
            self._suite_foot = {**said, **self._suite_foot}

    def _standards(self) -> Iterator[tuple[Standard, bool]]:
        references = [self._reference_of(body) for body in self._bodies]
        codes = codes_of([each.replace(" ", "") for each in references], list(self._map.titles))
        for body, reference, (code, taken) in zip(self._bodies, references, codes, strict=True):
            doubts: list[Doubt] = []
            if taken:
                message = f"{code} has no reference of its own: {taken}."
                doubts.append(Doubt(body.line, message))
            statements = tuple(self._statements(body, doubts))
            title = self._title(code, reference, body, doubts)
            for kind in (StatementKind.PERFORMANCE, StatementKind.KNOWLEDGE):
                if kind not in body.lists:
                    doubts.append(Doubt(body.line, f"{code} has no {kind.value.lower()}."))
            published_as = body.foot.get("original urn", "") or reference
            if reference.replace(" ", "") != published_as.replace(" ", ""):
                message = f"{reference} stands at the heads of its pages, and {published_as} is its original reference."
                doubts.append(Doubt(body.line, message))
            if _stands_twice(body, statements):
                message = f"The statements of {code} stand twice, as in two languages beside each other: take in one."
                doubts.append(Doubt(body.line, message))
            terms = glossary(body.more.get(Section.GLOSSARY, []), self._words, doubts)
            overview = self._overview(body, doubts)
            self._doubts += doubts
            yield (
                Standard(
                    code,
                    title,
                    self._said(body, "version number"),
                    published_as=published_as if published_as != code else "",
                    origin=self._said(body, "developed by"),
                    approved=self._said(body, "date approved"),
                    review=self._said(body, "indicative review date"),
                    overview=overview,
                    statements=statements,
                    glossary=terms,
                    to_check=tuple(dict.fromkeys(doubt.message for doubt in doubts)),
                ),
                body.is_welsh,
            )

    def _said(self, body: _Body, name: str) -> str:
        return body.foot.get(name, self._suite_foot.get(name, ""))

    def _statements(self, body: _Body, doubts: list[Doubt]) -> Iterator[Statement]:
        for kind, read in body.lists.items():
            doubts += read.doubts
            self._left_out += read.left_out
            for each in read.statements:
                text = self._words.joined(each.lines, doubts)
                parent = f"{kind.letter}{each.parent}" if each.parent else ""
                yield Statement(f"{kind.letter}{each.number}", kind, text, each.under, parent)

    def _overview(self, body: _Body, doubts: list[Doubt]) -> str:
        """What the standard says of itself, as paragraphs, with its other sections of free text under their names."""
        return "\n\n".join(self._told(body.overview, body.more, doubts))

    def _told(self, overview: Sequence[Line], more: Mapping[Section, Sequence[Line]], doubts: list[Doubt]) -> list[str]:
        every = paragraphs(overview, self._words, doubts)
        for section, name in _TOLD.items():
            if more.get(section):
                every += [f"{name}:", *paragraphs(more[section], self._words, doubts)]
        return every

    def _reference_of(self, body: _Body) -> str:
        """The reference at the heads of the pages of the standard, or the one that its foot gives; empty for none."""
        heads = Counter([*body.heads, *(head for read in body.lists.values() for head in read.heads)])
        return heads.most_common(1)[0][0] if heads else body.foot.get("urn", body.foot.get("original urn", ""))

    def _title(self, code: str, reference: str, body: _Body, doubts: list[Doubt]) -> str:
        """The title that most of its own pages give, or that of the map; where they differ, that is told with the
        others."""
        said: Counter[str] = Counter(title for read in body.lists.values() for title in read.titles)
        if title := body.foot.get("title", ""):
            said[title] += 1
        said.update(self._heads.titled.get(reference, {}))
        on_the_map: Counter[str] = Counter()
        for listed, variants in self._map.titles.items():
            if code.endswith(listed):
                on_the_map.update(variants)
        if not said and not on_the_map:
            doubts.append(Doubt(body.line, f"{code} has no title in the text: give it one."))
            return code
        in_order = dict.fromkeys(each for counted in (said, on_the_map) for each, _ in counted.most_common())
        title, *others = in_order
        if others:
            names = " and ".join(f"`{each}`" for each in others)
            doubts.append(Doubt(body.line, f"{code} is called `{title}`, and also {names}."))
        return title

    def _suite(self, standards: Sequence[Standard]) -> Iterator[Suite]:
        """The suite that the document gives an overview of, if it does."""
        if not self._map.areas and Section.KEY_PURPOSE not in self._before:
            return
        foot, doubts = self._suite_foot, list(self._map.doubts)
        given = [*(each.code for each in standards), foot.get("original urn", "").replace(" ", "")]
        prefix = prefix_of(given, list(self._map.titles))
        listed = {f"{prefix}{code}": titles.most_common(1)[0][0] for code, titles in self._map.titles.items()}
        code = foot.get("original urn", "").replace(" ", "").rstrip("0") or _common(standards)
        doubts += named_alone(standards, self._before_all, listed)
        if not listed:
            doubts += (Doubt(0, message) for message in gaps(standards).values())
        if others := of_another(standards, listed, code):
            message = f"{', '.join(others)}: of another suite than {code}, by the letters. Look whether it is so."
            doubts.append(Doubt(0, message))
            standards = [each for each in standards if each.code not in others]
        if Section.KEY_PURPOSE not in self._before:
            doubts.append(Doubt(0, f"The document gives no key purpose of {code}."))
        purpose = key_purpose(self._before.get(Section.KEY_PURPOSE, []), self._words, doubts)
        terms = glossary(self._before.get(Section.GLOSSARY, []), self._words, doubts)
        scope = {Section.SCOPE: self._before.get(Section.SCOPE, [])}
        overview = self._told(self._before.get(Section.OVERVIEW, []), scope, doubts)
        links = names_of_suites(self._before.get(Section.LINKS, []), doubts)
        if external := self._before.get(Section.EXTERNAL_LINKS, []):
            doubts.append(
                Doubt(external[0].number, "The external links are in the document alone, and not in the sheet.")
            )
        self._doubts += doubts
        yield Suite(
            code,
            foot.get("suite", "") or code,
            foot.get("version number", ""),
            foot.get("developed by", ""),
            foot.get("date approved", ""),
            foot.get("indicative review date", ""),
            overview="\n\n".join(overview),
            key_purpose=purpose,
            standards=tuple(
                [ListedStandard(each.code, listed.get(each.code, each.title)) for each in standards]
                + [ListedStandard(each, listed[each]) for each in listed if all(each != one.code for one in standards)]
            ),
            areas=self._map.with_prefix(prefix),
            glossary=terms,
            links=links,
            to_check=tuple(dict.fromkeys(doubt.message for doubt in doubts)),
        )


def _stands_twice(body: _Body, statements: Sequence[Statement]) -> bool:
    """Whether most numbers stand there again, on lines of their own or within the statements."""
    again = sum(read.repeated for read in body.lists.values())
    again += sum(re.search(rf"(?<!\S){each.code}[.):]?\s", each.text) is not None for each in statements)
    return again > 1 and 2 * again >= len(statements)


def _common(standards: Iterable[Standard]) -> str:
    """What the codes of the standards begin with, without figures; `SUITE` where they have nothing in common."""
    heads = {each.code.rstrip("0123456789.") for each in standards}
    return heads.pop() if len(heads) == 1 else "SUITE"


@dataclass(frozen=True)
class _Part:
    """What was read of one suite: its standards, of which each says whether it is in Welsh."""

    standards: list[tuple[Standard, bool]]
    suites: tuple[Suite, ...]
    doubts: list[Doubt]
    left_out: list[Line]
