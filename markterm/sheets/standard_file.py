"""A standard's sheet, `mark_sheets/standards/*.md`: a heading for each kind of statement, and the statements as a list.

Whatever stands outside those lists is free text: what the standard says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from markterm.domain.assessed.standard import Standard, Statement, StatementKind
from markterm.domain.words.finding import Finding
from markterm.sheets.codes import found, short
from markterm.sheets.front_matter import FrontMatter, Part, Span, value_text
from markterm.sheets.kinds import STANDARD
from markterm.sheets.reading import SheetReading
from markterm.sheets.sheet_body import heading, lines_of, title_heading
from markterm.sheets.sheet_parts import SheetWriter
from markterm.sheets.sheet_reading import OpenedSheet, open_sheet
from markterm.sheets.standards_body import GLOSSARY, TO_CHECK, StandardsBody, glossary_parts, heading_of, to_check_parts

_KEYS = {
    "title": "title",
    "version": "version",
    "suite": "suite",
    "published_as": "published as",
    "origin": "origin",
    "approved": "approved",
    "review": "review",
    "withdrawn": "withdrawn",
    "replaced_by": "replaced by",
}
"""The fields of a standard by the keys of its front matter."""

_EXAMPLE = "**P1** and the statement"
_KINDS = {kind.value.lower(): kind for kind in StatementKind}
_NUMBERED = re.compile(r"([A-Z]+)([0-9]+)")


def read_standard(text: str, file: Path | None = None) -> SheetReading[Standard]:
    """The standard in `text`, as far as it can be read, and what is wrong with the sheet. Never raises."""
    opened = open_sheet(STANDARD, text, file, _KEYS.values())
    if not isinstance(opened, OpenedSheet):
        return SheetReading(None, opened, text)
    said = {field: opened.fields.text(key, needed=key == "title") for field, key in _KEYS.items()}
    body = _Body(opened.front, title_heading(opened.name, said["title"]), file)
    body.read()
    standard = Standard(
        code=opened.name,
        title=said["title"],
        version=said["version"],
        suite=said["suite"],
        published_as=said["published_as"],
        origin=said["origin"],
        approved=said["approved"],
        review=said["review"],
        withdrawn=said["withdrawn"],
        replaced_by=said["replaced_by"],
        overview=body.guidance(),
        statements=tuple(body.statements),
        glossary=body.glossary,
        to_check=body.to_check,
    )
    gaps = _gaps(standard.statements, body.places, file)
    findings = opened.findings(body.findings, gaps)
    return SheetReading(standard if opened.says_which else None, findings, text, body.places)


class _Body(StandardsBody):
    """The body of a standard's sheet."""

    def __init__(self, front: FrontMatter, title: str, file: Path | None) -> None:
        super().__init__(front, title, file)
        self.statements: list[Statement] = []
        self._kind: StatementKind | None = None
        self._under = ""
        self._in = ""

    def read(self) -> None:
        for node in self._blocks():
            if node.type == "heading":
                self._heading(node)
            elif node.type in ("bullet_list", "ordered_list"):
                self._list(node)
        self._miss_nothing(_EXAMPLE)
        if not self.statements and not self.findings:
            message = f"The standard has no statements: add `## {StatementKind.PERFORMANCE}` and a list under it."
            self._report("MS097", message, None)

    def _heading(self, node: SyntaxTreeNode) -> None:
        level, text, line = heading_of(node)
        if level == 1:
            self._take_title(node)
        elif level == 3 and self._kind is not None:
            self._under = text
            self._take(("under", self._kind, text), lines_of(node))
        elif level == 2:
            self._section(node, text, line)

    def _section(self, node: SyntaxTreeNode, text: str, line: int) -> None:
        self._kind, self._under = _KINDS.get(text.lower()), ""
        self._in = next((each for each in (GLOSSARY, TO_CHECK) if text.lower() == each.lower()), "")
        if self._kind is not None or self._in:
            self._take(("section", self._kind or self._in), lines_of(node))
            return
        near = get_close_matches(text.lower(), [*_KINDS, GLOSSARY.lower()], 1, 0.5)
        if near or any(word in text.lower() for word in _KINDS):
            names = ", ".join(f"`## {each}`" for each in (*StatementKind, GLOSSARY))
            self._report("MS095", f"`{short(text)}` is no heading of statements: write one of {names}.", line)

    def _list(self, node: SyntaxTreeNode) -> None:
        if self._kind is None and not self._in:
            return
        self._is_not_free(lines_of(node))
        if self._kind is not None:
            self._statements(node, self._kind, "")
        elif self._in == GLOSSARY:
            self._terms(node)
        else:
            self._uncertain(node)

    def _statements(self, node: SyntaxTreeNode, kind: StatementKind, parent: str) -> None:
        for item in self._items(node):
            coded = self._coded(item, _EXAMPLE)
            if coded is None:
                continue
            code, text = coded
            if self._is_first(("statement", code), item):
                self.statements.append(Statement(code, kind, text, self._under, parent))
            for child in item.children[1:]:
                if child.type in ("bullet_list", "ordered_list"):
                    self._statements(child, kind, code)
                else:
                    self._told_to_join(child, code)


def _gaps(statements: Iterable[Statement], places: dict[Part, Span], file: Path | None) -> Iterable[Finding]:
    """Where the numbers of a kind go on after one that is missing: a statement may have been lost."""
    last: dict[str, int] = {}
    for statement in statements:
        match = _NUMBERED.fullmatch(statement.code)
        if match is None:
            continue
        letter, number = match[1], int(match[2])
        expected = last.get(letter, 0) + 1
        if number != expected:
            line = places["statement", statement.code][0]
            message = f"{statement.code} stands where {letter}{expected} is expected: look whether one was left out."
            yield found("MS091", message, file, line)
        last[letter] = number


def _parts(standard: Standard) -> dict[Part, str]:
    """Every part of the sheet with the lines that say it, in order."""
    parts: dict[Part, str] = {("fence", "open"): "---", ("front", "kind"): "kind: standard"}
    parts["front", "code"] = f"code: {value_text(standard.code)}"
    for field, key in _KEYS.items():
        if value := getattr(standard, field):
            parts["front", key] = f"{key}: {value_text(value)}"
    parts["fence", "close"] = "---"
    parts["title",] = title_heading(standard.code, standard.title)
    if standard.overview:
        parts["guidance",] = standard.overview
    for kind, under, deep, statement in _in_their_places(standard.statements):
        if ("section", kind) not in parts:
            parts["section", kind] = heading(2, kind)
        if under and ("under", kind, under) not in parts:
            parts["under", kind, under] = heading(3, under)
        parts["statement", statement.code] = f"{'  ' * deep}- **{statement.code}** {statement.text}"
    parts.update(glossary_parts(standard.glossary))
    parts.update(to_check_parts(standard.to_check))
    return parts


def _in_their_places(statements: Iterable[Statement]) -> Iterable[tuple[StatementKind, str, int, Statement]]:
    depths: dict[str, int] = {}
    for statement in statements:
        depths[statement.code] = depths.get(statement.parent, -1) + 1
        yield statement.kind, statement.under, depths[statement.code], statement


STANDARD_WRITER = SheetWriter(
    STANDARD,
    _parts,
    "Give it a code, each statement its own code, every text one line, and keep the statements of a kind together.",
)
"""Writes standards; one in which a statement's text has a line break, for one, cannot be written."""
