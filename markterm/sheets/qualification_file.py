"""A qualification's sheet: groups of units as tables, rules of combination and routes of progression as lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from markterm.domain.assessed.qualification import Barred, Group, GroupUnit, Qualification, Rule, TotalCredits
from markterm.domain.assessed.unit import Unit
from markterm.domain.words.finding import Severity
from markterm.sheets.codes import in_order, short
from markterm.sheets.front_matter import FrontMatter, Part, Span
from markterm.sheets.kinds import QUALIFICATION
from markterm.sheets.qualification_checks import check_by_itself, check_with_units
from markterm.sheets.reading import SheetReading
from markterm.sheets.rule_text import FORMS, parse_rule
from markterm.sheets.sheet_body import SheetBody, content_of, lines_of, title_heading
from markterm.sheets.sheet_reading import OpenedSheet, open_sheet

COLUMNS = ("Unit", "Title", "Level", "Credit", "GLH")
RULES = "Rules"
PROGRESSION = "Progression"
_KEYS = ("title", "qan", "credit", "years", "induction", "tutorial", "starts")
_NEEDED = ("unit", "credit")

_GROUP = re.compile(r"Group ([0-9]{1,3})(?: +(\S.*))?")
_MEANT_AS_GROUP = re.compile(r"(?i)group\s*([0-9]{1,3})\b[\s.:)–-]*(.*)")
_NUMBER = re.compile(r"[0-9]{1,6}")
_MARKUP_BEFORE = re.compile(r"[\s>|]*(?:[-*+]\s+|[0-9]+[.)]\s+)?")


@dataclass(frozen=True, slots=True)
class QualificationReading(SheetReading[Qualification]):
    """What a sheet says, and the file that it is in."""

    file: Path | None = field(default=None, repr=False, compare=False)


def read_qualification(text: str, file: Path | None = None) -> QualificationReading:
    """The qualification in `text`, as far as it can be read, and what is wrong with the sheet. Never raises."""
    opened = open_sheet(QUALIFICATION, text, file, _KEYS)
    if not isinstance(opened, OpenedSheet):
        return QualificationReading(None, opened, text)
    title = opened.fields.text("title", needed=True)
    if opened.is_other:
        return QualificationReading(None, opened.findings(), text)
    sheet = _Sheet(opened.front, title_heading(opened.name, title), file)
    sheet.read()
    fields = opened.fields
    qualification = Qualification(
        code=opened.name,
        title=title,
        qan=fields.text("qan"),
        credit=fields.whole_number("credit"),
        years=fields.whole_number("years"),
        groups=tuple(sheet.groups),
        rules=tuple(sheet.rules),
        guidance=sheet.guidance(),
        induction=fields.whole_number("induction"),
        tutorial=fields.whole_number("tutorial"),
        starts=fields.day("starts"),
        progression=tuple(sheet.progression),
    )
    findings = opened.findings(sheet.findings, check_by_itself(qualification, sheet.places, file))
    return QualificationReading(qualification if opened.says_which else None, findings, text, sheet.places, file)


def fit_qualification(reading: QualificationReading, units: Mapping[str, Unit]) -> QualificationReading:
    """The same reading, with what does not fit the sheets of its units, by code, among its findings."""
    if reading.sheet is None:
        return reading
    misfits = check_with_units(reading.sheet, units, reading.places, reading.file)
    return replace(reading, findings=in_order([*reading.findings, *misfits]))


class _Sheet(SheetBody):
    """The body of a qualification's sheet."""

    def __init__(self, front: FrontMatter, title: str, file: Path | None) -> None:
        super().__init__(front, title, file)
        self.groups: list[Group] = []
        self.rules: list[Rule] = []
        self.progression: list[str] = []
        self._section: Part = ()
        self._units: list[GroupUnit] = []
        self._listed: dict[str, int] = {}
        self._has_rules = False
        self._rule_lines: dict[object, int] = {}

    def read(self) -> None:
        for node in self._blocks():
            if node.type == "heading":
                self._heading(node)
            elif node.type == "table" and self._section[:1] == ("group",):
                self._table(node)
            elif node.type in ("bullet_list", "ordered_list") and self._section[:1] == ("section",):
                self._list(node)
            elif node.type == "paragraph" and content_of(node).startswith("|"):
                message = f"`{short(content_of(node))}` is in no table: delete an empty line above, or mend its head."
                self._report("MS080", message, lines_of(node)[0])
        self._end_section()
        self._report_comments()
        self._miss_no_rule()
        if not self._has_rules:
            message = f"The sheet has no rules of combination: add `## {RULES}` and a list such as `- {FORMS[0]}`."
            self._report("MS080", message, None)

    def _heading(self, node: SyntaxTreeNode) -> None:
        text, line, level = content_of(node), lines_of(node)[0], int(node.tag[1:])
        group = _GROUP.fullmatch(text)
        meant = group or _MEANT_AS_GROUP.fullmatch(text)
        section = next((name for name in (RULES, PROGRESSION) if text.lower() == name.lower()), None)
        if meant is None and section is None and (level != 2 or node.markup != "##"):
            if not self._section:
                self._take_title(node)
            return
        self._end_section()
        self._section = ("other",)
        if level != 2 or (group is None and text not in (RULES, PROGRESSION)):
            known = f"`## Group 1 …`, `## {RULES}` or `## {PROGRESSION}`"
            self._report("MS021", f"`{short(text)}` is no heading of this sheet: write {known}.", line)
        if meant is not None:
            number = int(meant.group(1))
            self._section = ("group", str(number))
            if (first := self.places.get(self._section)) is not None:
                self._report("MS032", f"Group {number} is already on line {first[0]}: join the two.", line)
            elif self.groups and number < self.groups[-1].number:
                message = f"Group {number} comes after group {self.groups[-1].number}: put them in their order."
                self._report("MS061", message, line)
            self.groups.append(Group(number, (meant.group(2) or "").strip()))
        elif section is not None:
            self._section = ("section", section)
        if self._section != ("other",):
            self._is_not_free(lines_of(node))
            self.places.setdefault(self._section, lines_of(node))

    def _end_section(self) -> None:
        if self._section[:1] != ("group",):
            return
        group = self.groups[-1]
        self.groups[-1] = replace(group, units=tuple(self._units))
        if not self._units:
            message = f"Group {group.number} lists no units: add a table with the columns {', '.join(COLUMNS)}."
            self._report("MS080", message, self.places["group", str(group.number)][0])
        self._units = []

    def _table(self, node: SyntaxTreeNode) -> None:
        head = [content_of(cell) for cell in node.children[0].children[0].children]
        line = lines_of(node)[0]
        names = [name.strip().lower() for name in head]
        known = [column.lower() for column in COLUMNS]
        for name in head:
            if name.strip().lower() not in known:
                message = f"`{short(name)}` is no column: the columns are {', '.join(COLUMNS)}."
                self._report("MS080", message, line, Severity.WARNING)
        lacking = [name for name in _NEEDED if name not in names]
        if lacking:
            self._report("MS080", f"The table has no column {' and no '.join(lacking)}: add it.", line)
            return
        self._is_not_free(lines_of(node))
        self.places.setdefault(("columns", self._section[1]), (line, line + 1))
        for row in node.children[1].children if len(node.children) > 1 else ():
            cells = dict(zip(names, (content_of(cell) for cell in row.children), strict=True))
            self._row(cells, lines_of(row))

    def _row(self, cells: Mapping[str, str], span: Span) -> None:
        code, line = cells["unit"], span[0]
        numbers: dict[str, int | None] = {}
        for name in ("level", "credit", "glh"):
            text = cells.get(name, "")
            numbers[name] = int(text) if _NUMBER.fullmatch(text) else None
            if numbers[name] is None and (text or name in _NEEDED):
                message = f"`{short(text)}` is no {name}: write a whole number in digits."
                self._report("MS080", message, line)
        if not code:
            self._report("MS080", "This line names no unit: write its code in the first column.", line)
        credit = numbers["credit"]
        if not code or credit is None:
            return
        if code in self._listed:
            message = f"{short(code)} is already on line {self._listed[code]}: list a unit in one group, once."
            self._report("MS083", message, line)
        self._listed.setdefault(code, line)
        self.places.setdefault(("row", self._section[1], code), span)
        self._units.append(GroupUnit(code, cells.get("title", ""), numbers["level"], credit, numbers["glh"]))

    def _list(self, node: SyntaxTreeNode) -> None:
        self._is_not_free(lines_of(node))
        if node.type == "ordered_list":
            self._report("MS051", "An ordered list: start its items with `-`.", lines_of(node)[0])
        for item in node.children:
            is_text = [child.type for child in item.children] == ["paragraph"]
            text = " ".join(content_of(item.children[0]).split("\n")) if is_text else ""
            if self._section == ("section", RULES):
                self._rule(text, lines_of(item))
            elif text:
                self.places["route", str(len(self.progression))] = lines_of(item)
                self.progression.append(text)
            else:
                self._report("MS080", "A route of progression is one text: write it as `- Title`.", lines_of(item)[0])

    def _rule(self, text: str, span: Span) -> None:
        self._has_rules = True
        rule = parse_rule(text)
        if rule is None:
            forms = ", ".join(f"`{form}`" for form in FORMS)
            self._report("MS080", f"`{short(text)}` is no rule of combination: write one of {forms}.", span[0])
            return
        key = _subject_of(rule)
        if key in self._rule_lines:
            message = f"`{short(text)}` says again what line {self._rule_lines[key]} says: delete one of the two."
            # Of two totals nobody knows which is meant; anything else that is said twice does no harm.
            self._report("MS080", message, span[0], None if isinstance(rule, TotalCredits) else Severity.WARNING)
        self._rule_lines.setdefault(key, span[0])
        self.places["rule", str(len(self.rules))] = span
        self.rules.append(rule)

    def _miss_no_rule(self) -> None:
        """Report every line that was meant as a rule and is free text, or inside something else."""
        for line, text in enumerate(self._lines, 1):
            if self._free[line - 1] and parse_rule(_MARKUP_BEFORE.sub("", text, count=1)) is not None:
                message = f"`{short(text)}` is not read as a rule: write it as an item under `## {RULES}`."
                self._report("MS080", message, line)


def _subject_of(rule: Rule) -> object:
    """What only one rule can speak of."""
    if isinstance(rule, TotalCredits):
        return TotalCredits
    return frozenset((rule.first, rule.second)) if isinstance(rule, Barred) else rule
