"""The functional map of a suite, read from the lines of its text: which standards meet which function.

It is published as a table whose cells are centred, so that extraction gives the standards of a function partly above
its title and partly below it. Which belong together is a reading of the layout: the most even one is taken, and all of
it is told as a doubt, for a person to look at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from markterm.domain.assessed.suite import Function, FunctionalArea
from markterm.domain.standards.published.sections import Section, heading_at
from markterm.domain.texts.printed_lines import Doubt, Line, Vocabulary

_FUNCTION = re.compile(r"(?<![A-Za-z0-9])([A-Z])([0-9]{1,2})\.?\s+(?=[A-Z])")
_AREA = re.compile(r"(?:(?<=^)|(?<=[a-z] ))([A-Z])\.?\s+(?=[A-Z][a-z]+\b)")
_STANDARD = re.compile(r"(?<![A-Za-z0-9])([A-Z]{2,}[A-Z ]*?[0-9]{2,4})\s+(?=[A-Z])")
_HEAD = re.compile(
    r"(?i)functional area\b.*|function|ref|(?:nos ref\s+)?relevant nos title|this shows which\b.*"
    r"|maes swyddogaethol\b.*|swyddogaeth|cyf|(?:cyf\.? nos\s+)?teitl (?:yr )?nos(?: perthnasol)?"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A function, an area or a standard where the text names it. `row` is the number of its line, and `block` counts
    the gaps above it."""

    kind: str
    code: str
    row: int
    block: int
    words: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MapRead:
    """A functional map as it was read; `titles` are those that it gives each standard, and how often."""

    areas: tuple[FunctionalArea, ...] = ()
    titles: dict[str, Counter[str]] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    lines: frozenset[int] = frozenset()
    """The numbers of the lines that it was read from."""

    def with_prefix(self, prefix: str) -> tuple[FunctionalArea, ...]:
        """The areas, with the codes of standards as the standards themselves have them."""
        return tuple(
            FunctionalArea(
                area.code,
                area.title,
                tuple(
                    Function(each.code, each.title, tuple(f"{prefix}{code}" for code in each.standards))
                    for each in area.functions
                ),
            )
            for area in self.areas
        )


def functional_map(lines: Sequence[Line]) -> MapRead:
    """The map in those lines; an empty one where there is none."""
    words = Vocabulary(lines)
    # Some print no map of titles alone before the one that names the standards.
    titled = _lines_of_map(lines, Section.MAP)
    linked = _lines_of_map(lines, Section.MAP_LINKS)
    own = linked or titled
    marks = list(_marks(own, with_standards=True))
    if not any(mark.kind == "standard" for mark in marks):
        return MapRead()
    doubts: list[Doubt] = []
    drawn = list(_marks(titled, with_standards=False)) if linked else []
    titles = _titles([*drawn, *marks], words, doubts)
    standards: dict[str, Counter[str]] = {}
    for mark in marks:
        if mark.kind == "standard":
            standards.setdefault(mark.code, Counter())[words.joined(mark.words, doubts)] += 1
    is_table = all(line.cell for line in own)
    marks = marks if is_table else _each_function_once(marks, doubts)
    met = _met_in_rows(marks) if is_table else _met_by([mark for mark in marks if mark.kind != "area"], doubts)
    functions = dict.fromkeys(mark.code for mark in marks if mark.kind == "function")
    areas = tuple(
        FunctionalArea(
            letter,
            titles.get(letter, letter),
            tuple(Function(code, titles[code], met[code]) for code in functions if code[0] == letter),
        )
        for letter in sorted({code[0] for code in functions})
    )
    links = sum(len(codes) for codes in met.values())
    read_from = "the rows" if is_table else "the layout"
    told = (
        f"Which standards meet which function was read from {read_from} of a table: compare the {links} links of the "
        f"{len(functions)} functions with the document."
    )
    first = marks[0].row if marks else 0
    numbers = frozenset(line.number for line in own)
    return MapRead(areas, dict(sorted(standards.items())), (Doubt(first, told), *doubts), numbers)


def _lines_of_map(lines: Sequence[Line], section: Section) -> list[Line]:
    """The lines below that heading, up to the next one of another section."""
    found: list[Line] = []
    inside = False
    place = 0
    while place < len(lines):
        heading = heading_at(lines, place)
        if heading is None:
            if inside:
                found.append(lines[place])
            place += 1
            continue
        inside = heading.section is section
        place += max(1, heading.length)
    return list(_without_heads(found))


def _without_heads(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without the heads of tables, the title above each, and the capitals that cut up a drawing."""
    for line, following in zip_longest(lines, lines[1:]):
        is_above_head = following is not None and _HEAD.fullmatch(following.text) is not None
        if not is_above_head and not _HEAD.fullmatch(line.text) and not line.text.isupper():
            yield line


def _marks(lines: Sequence[Line], *, with_standards: bool) -> Iterator[_Mark]:
    """What the lines name, in their order, each with its words; the next lines belong to what was named last."""
    last: _Mark | None = None
    before, block = 0, 0
    for line in lines:
        block += line.number > before + 1
        before = line.number
        cuts = sorted(_cuts(line.text, with_standards=with_standards))
        head = line.text[: cuts[0][0]] if cuts else line.text
        if last is not None and head.strip():
            last.words.append(Line(line.number, head.strip()))
        for place, (_, kind, code, begin) in enumerate(cuts):
            end = cuts[place + 1][0] if place + 1 < len(cuts) else len(line.text)
            last = _Mark(kind, code, line.number, block, [Line(line.number, line.text[begin:end].strip())])
            yield last


def _cuts(text: str, *, with_standards: bool) -> Iterator[tuple[int, str, str, int]]:
    """Where something is named in a line: where that begins, what it is, its code, and where its words begin."""
    taken: set[int] = set()
    for kind, pattern in (("standard", _STANDARD), ("function", _FUNCTION), ("area", _AREA)):
        if kind == "standard" and not with_standards:
            continue
        for match in pattern.finditer(text):
            if match.start() not in taken:
                taken.update(range(match.start(), match.end()))
                yield match.start(), kind, "".join(each for each in match.groups()).replace(" ", ""), match.end()


def _titles(marks: Sequence[_Mark], words: Vocabulary, doubts: list[Doubt]) -> dict[str, str]:
    """The title of each area and function: that which is given first, in the drawing before the table. Where the two
    differ, that is told."""
    said: dict[str, str] = {}
    for mark in marks:
        if mark.kind == "standard":
            continue
        title = words.joined(mark.words, doubts)
        first = said.setdefault(mark.code, title)
        if _bare(first) != _bare(title):
            doubts.append(Doubt(mark.row, f"{mark.code} is called `{first}`, and also `{title}`."))
    return said


def _bare(title: str) -> str:
    return " ".join(title.lower().split())


def _each_function_once(marks: Sequence[_Mark], doubts: list[Doubt]) -> list[_Mark]:
    """The marks without functions that are named again, as over a page; told."""
    seen: dict[str, _Mark] = {}
    for mark in marks:
        if mark.kind == "function" and seen.setdefault(mark.code, mark) is not mark:
            doubts.append(Doubt(mark.row, f"{mark.code} stands in the functional map twice: look what meets it."))
    return [mark for mark in marks if mark.kind != "function" or seen[mark.code] is mark]


def _met_in_rows(marks: Sequence[_Mark]) -> dict[str, tuple[str, ...]]:
    """The standards of each function where the rows of a table are known: those in its row, and in the rows below it up
    to the next function."""
    met: dict[str, dict[str, None]] = {mark.code: {} for mark in marks if mark.kind == "function"}
    in_row = {mark.row: mark.code for mark in marks if mark.kind == "function"}
    function = ""
    for mark in marks:
        function = in_row.get(mark.row, function)
        if mark.kind == "standard" and function:
            met[function][mark.code] = None
    return {code: tuple(standards) for code, standards in met.items()}


def _met_by(marks: Sequence[_Mark], doubts: list[Doubt]) -> dict[str, tuple[str, ...]]:
    """The standards of each function: runs of neighbours, in the order of the functions, that lie as evenly around the
    titles as can be. A standard that could as well belong to the next function is told."""
    functions = [place for place, mark in enumerate(marks) if mark.kind == "function"]
    standards = [place for place, mark in enumerate(marks) if mark.kind == "standard"]
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for count, function in enumerate(functions, 1):
        for end in range(count, len(standards) + 1):
            choices = [
                (cost + _unevenness(marks, function, standards[begin:end]), (*cuts, end))
                for begin in range(max(0, end - _MOST_STANDARDS), end)
                if (known := best.get((count - 1, begin))) is not None
                for cost, cuts in (known,)
            ]
            if choices:
                best[count, end] = min(choices)
    _, cuts = best.get((len(functions), len(standards)), (0.0, ()))
    met: dict[str, tuple[str, ...]] = {marks[function].code: () for function in functions}
    runs = [standards[begin:end] for begin, end in zip([0, *cuts], cuts, strict=False)]
    for function, run in zip(functions, runs, strict=False):
        met[marks[function].code] = tuple(marks[place].code for place in run)
    doubts += _either_way(marks, functions, runs)
    return met


def _either_way(marks: Sequence[_Mark], functions: Sequence[int], runs: Sequence[Sequence[int]]) -> Iterator[Doubt]:
    """The standards between two functions that lie nearly as evenly around the one as around the other."""
    for one, other, here, there in zip(functions, functions[1:], runs, runs[1:], strict=False):
        cost = _unevenness(marks, one, here) + _unevenness(marks, other, there)
        for moved, fewer, more in (
            (here[-1:], here[:-1], [*here[-1:], *there]),
            (there[:1], [*here, *there[:1]], there[1:]),
        ):
            if not fewer or not more:
                continue
            if _unevenness(marks, one, fewer) + _unevenness(marks, other, more) <= cost + _NEARLY:
                code, names = marks[moved[0]].code, f"{marks[one].code} or {marks[other].code}"
                yield Doubt(marks[moved[0]].row, f"{code} may meet {names}: look at the functional map.")


_MOST_STANDARDS = 12
"""How many standards meet one function at most, which keeps the reading of a long map short."""
_NEARLY = 1.0
"""How much less even another reading may be to be told as one."""
_TWICE, _APART, _ALONE_ABOVE, _ABOVE, _TORN = 50.0, 8.0, 3.0, 0.1, 0.5


def _unevenness(marks: Sequence[_Mark], function: int, own: Sequence[int]) -> float:
    """How uneven those standards lie around the title of a function: none does where there are as many above as below,
    or one stands on the line of the title. A standard twice, or one on the line of another function, is no reading."""
    title = marks[function]
    beside = {title.row, *(line.number for line in title.words)}
    above = sum(marks[place].row not in beside and place < function for place in own)
    below = sum(marks[place].row not in beside and place > function for place in own)
    # The words of a row are read from left to right: a standard alone stands beside its title or below it.
    cost = _ALONE_ABOVE * above if len(own) == 1 else abs(above - below) + _ABOVE * above
    codes = [marks[place].code for place in own]
    cost += _TWICE * (len(codes) - len(set(codes)))
    rows_of_others = {
        line.number
        for place, mark in enumerate(marks)
        if mark.kind == "function" and place != function and abs(place - function) <= 2 * _MOST_STANDARDS
        for line in (Line(mark.row, ""), *mark.words)
    } - beside
    cost += _APART * sum(marks[place].row in rows_of_others for place in own)
    # Lines without a gap between them are one cell as a rule.
    torn = (
        own and own[0] > 0 and marks[own[0] - 1].kind == "standard" and marks[own[0] - 1].block == marks[own[0]].block
    )
    return cost + (_TORN if torn else 0.0)
