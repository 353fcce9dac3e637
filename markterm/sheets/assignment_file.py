"""An integrated assignment's sheet: tasks as headings with a brief, and the criteria that each carries as a list.

What a range such as 1.1-1.3 means, and whether a criterion is left out, only the units' own sheets can tell: a sheet
is read alone first, and then fitted to them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from markterm.domain.assessed.assignment import Assignment, Task
from markterm.domain.assessed.unit import Unit
from markterm.domain.words.finding import Finding, Severity
from markterm.sheets.assignment_cells import AssignmentDraft, Entry, Range, fit, spell_out
from markterm.sheets.codes import found, in_order, short
from markterm.sheets.front_matter import FrontMatter, Span
from markterm.sheets.kinds import ASSIGNMENT
from markterm.sheets.lookalikes import criterion_in, undressed
from markterm.sheets.reading import SheetReading
from markterm.sheets.sheet_body import SheetBody, content_of, lines_of, title_heading
from markterm.sheets.sheet_reading import OpenedSheet, open_sheet
from markterm.sheets.text_file import normalised

EVIDENCE = "evidence"
MIXED = "mixed"
_KEYS = ("title", "units", "approval", "suites", "due")

_TASK = re.compile(r"Task ([0-9]{1,3}) +(\S.*)")
_MEANT_AS_TASK = re.compile(r"(?i)task\s*([0-9]{1,3})\b[\s.:)–-]*(.*)")
_ITEM = re.compile(r"([^:]*[^:\s])\s*:\s*(.*)")
_BOLD = "**"
# A line that was meant to name criteria, without what stands before it: a unit's code, and what follows.
_MEANT_AS_ENTRY = re.compile(r"([^\s:|*_`]+)[\s:|*_`=\u2013\u2014-]+(\S.*)")
_TELLS_CRITERIA = re.compile(r"\D*[0-9][^:]*:\s*(\S.*)")
_MOST_CELLS = 50
_DAY = re.compile(r"[0-9]{4}|[0-9]:[0-9]")
_APPROVAL = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?\s*(?:\bref +(\S.*))?")


@dataclass(frozen=True, slots=True)
class AssignmentReading(SheetReading[Assignment]):
    """What a sheet says; `draft` is what `fit_assignment` starts from."""

    draft: AssignmentDraft | None = field(default=None, repr=False, compare=False)


def read_assignment(text: str, file: Path | None = None) -> AssignmentReading:
    """The assignment in `text`, as far as it can be read, and what is wrong with the sheet. Never raises.

    Without the units' sheets a range is counted out: 1.1-1.3 is 1.1, 1.2 and 1.3. `fit_assignment` takes it from them.
    """
    opened = open_sheet(ASSIGNMENT, text, file, _KEYS)
    if not isinstance(opened, OpenedSheet):
        return AssignmentReading(None, opened, text)
    title = opened.fields.text("title", needed=True)
    head, due = _Head(opened), opened.fields.day("due")
    if opened.is_other:
        return AssignmentReading(None, opened.findings(head.findings), text)
    sheet = _Sheet(opened.front, title_heading(opened.name, title), head.units, file)
    sheet.read()
    findings = opened.findings(head.findings, sheet.findings)
    if not opened.says_which:
        return AssignmentReading(None, findings, text, sheet.places)
    draft = AssignmentDraft(
        assignment=Assignment(
            code=opened.name,
            title=title,
            units=head.units,
            tasks=tuple(sheet.tasks),
            approved=head.approved,
            approval=head.approval,
            guidance=sheet.introduction,
            mixed_suites=head.mixed,
            due=due,
            sha256=sha256(normalised(text).encode("utf-8", "surrogatepass")).hexdigest(),
        ),
        entries=tuple(sheet.entries),
        findings=findings,
        task_lines=tuple(sheet.task_lines),
        units_line=opened.line_of("units"),
        file=file,
    )
    assignment, misfits = spell_out(draft, {})
    return AssignmentReading(assignment, in_order([*findings, *misfits]), text, sheet.places, draft)


def fit_assignment(reading: AssignmentReading, units: Mapping[str, Unit]) -> AssignmentReading:
    """The same sheet beside those of its units, by code: its ranges as they order them, and what does not fit."""
    if reading.draft is None:
        return reading
    assignment, misfits = fit(reading.draft, units)
    return replace(reading, sheet=assignment, findings=in_order([*reading.draft.findings, *misfits]))


class _Head:
    """What the front matter says of the units that are combined, and of the approval."""

    def __init__(self, opened: OpenedSheet) -> None:
        self._opened = opened
        fields = opened.fields
        counted = Counter(fields.codes("units"))
        self.units = tuple(counted)
        self.findings: list[Finding] = []
        if not counted:
            self._report("units", "`units` is missing: add a line `units: [CODE, CODE]` with those that are combined.")
        for unit in (unit for unit, count in counted.items() if count > 1):
            self._report("units", f"{short(unit)} is in `units` twice: delete one of the two.", Severity.WARNING)
        self.approved, self.approval = self._approval(fields.text("approval"))
        suites = fields.text("suites")
        self.mixed = suites == MIXED
        if suites and not self.mixed:
            message = f"`suites` is `{short(suites)}`: write `suites: {MIXED}` if units of several suites are meant."
            self._report("suites", message)

    def _approval(self, text: str) -> tuple[date | None, str]:
        """The day and the reference. What cannot be told apart is kept as a reference."""
        match = _APPROVAL.fullmatch(text)
        try:
            if match is not None:
                return date.fromisoformat(match[1]) if match[1] else None, match[2] or ""
        except ValueError:
            pass
        message = f"`approval` is a date and a reference, and `{short(text)}` is none: write 2026-01-31 ref QM-118."
        self._report("approval", message, Severity.WARNING)
        return None, text

    def _report(self, key: str, message: str, severity: Severity | None = None) -> None:
        self.findings.append(found("MS011", message, self._opened.file, self._opened.line_of(key), severity))


class _Sheet(SheetBody):
    """The body of an assignment's sheet."""

    def __init__(self, front: FrontMatter, title: str, units: tuple[str, ...], file: Path | None) -> None:
        super().__init__(front, title, file)
        self.tasks: list[Task] = []
        self.task_lines: list[int] = []
        self.entries: list[Entry] = []
        self.introduction = ""
        self._units = frozenset(units)
        self._items: set[int] = set()
        self._begins = 1
        self._evidence = ""
        self._entries_of_task = 0

    def read(self) -> None:
        for node in self._blocks():
            if node.type == "heading":
                self._heading(node)
            elif node.type in ("bullet_list", "ordered_list"):
                self._list(node)
        self._end_section(len(self._lines))
        self._miss_no_entry()
        if not self.tasks:
            self._report("MS076", "The sheet has no task: add `## Task 1 …` with its brief and its criteria.", None)

    def _heading(self, node: SyntaxTreeNode) -> None:
        text, (line, last), level = content_of(node), lines_of(node), int(node.tag[1:])
        task = _TASK.fullmatch(text)
        meant = task or _MEANT_AS_TASK.fullmatch(text)
        if meant is None and not self.tasks:
            self._take_title(node)
        if (meant is not None and (task is None or level != 2)) or (meant is None and node.markup == "##"):
            message = f"`{short(text)}` is not the heading of a task: write `## Task 1 ` and its title."
            self._report("MS021", message, line)
        if meant is None:
            return
        self._end_section(line - 1)
        self._begins = last + 1
        number, title = int(meant.group(1)), meant.group(2).strip()
        first = self.places.get(("task", str(number)))
        if first is not None:
            self._report("MS032", f"Task {number} is already on line {first[0]}: correct one of the two numbers.", line)
        elif self.tasks and number < self.tasks[-1].number:
            message = f"Task {number} comes after task {self.tasks[-1].number}: put the tasks in their order."
            self._report("MS061", message, line)
        self.tasks.append(Task(number, title))
        self.task_lines.append(line)
        self._take(("task", str(number)), first or lines_of(node))
        self._is_not_free(lines_of(node))

    def _end_section(self, last: int) -> None:
        if not self.tasks:
            self.introduction = self.free_text(("guidance",), self._begins, last)
            return
        task = self.tasks[-1]
        brief = self.free_text(("brief", str(task.number)), self._begins, last)
        self.tasks[-1] = replace(task, brief=brief, evidence=self._evidence)
        self._evidence, self._entries_of_task = "", 0

    def _list(self, node: SyntaxTreeNode) -> None:
        """Take a list from its first item that names criteria or evidence; what stands before is part of the brief."""
        texts = [self._text(item) for item in node.children]
        start = next((place for place, text in enumerate(texts) if self._is_entry(text)), None)
        if start is None:
            return
        items = node.children[start:]
        line = lines_of(items[0])[0]
        self._items.update(lines_of(item)[0] for item in items)
        if not self.tasks:
            self._report("MS031", f"`{short(texts[start])}` stands before any task: move it under its heading.", line)
            return
        self._is_not_free((line, lines_of(node)[1]))
        if node.type == "ordered_list":
            self._report("MS051", "An ordered list: start its items with `-`.", line)
        for item, text in zip(items, texts[start:], strict=True):
            self._entry(text, lines_of(item))

    def _text(self, item: SyntaxTreeNode) -> str:
        """The item as one line; empty if it is more than one text."""
        if [child.type for child in item.children] != ["paragraph"]:
            return ""
        return " ".join(content_of(item.children[0]).split("\n"))

    def _is_entry(self, text: str) -> bool:
        """Whether an item names criteria or evidence, even if with a slip in the unit's code or without its colon."""
        match = _ITEM.fullmatch(text)
        if match is None:
            return text.split(" ", 1)[0] in self._units
        head, tail = match.groups()
        if head in self._units or head.lower() == EVIDENCE:
            return True
        return " " not in head and any(character.isdigit() for character in head) and _names_criteria(tail)

    def _entry(self, text: str, span: Span) -> None:
        match = _ITEM.fullmatch(text)
        if match is None:
            message = f"`{short(text) or 'This item'}` cannot be read: write `- CODE: 1.1, 1.2` or `- evidence: …`."
            self._report("MS070", message, span[0])
            return
        head, tail = match.groups()
        number = str(self.tasks[-1].number)
        if head.lower() == EVIDENCE and head not in self._units:
            if self._evidence:
                self._report("MS072", f"Task {number} has `{EVIDENCE}:` twice: join the two.", span[0])
            self._evidence = f"{self._evidence}, {tail}" if self._evidence else tail
            self.places["evidence", number] = span
            return
        self.places["criteria", number, str(self._entries_of_task)] = span
        self._entries_of_task += 1
        self.entries.append(Entry(len(self.tasks) - 1, head, self._ranges(head, tail, span[0]), span[0]))

    def _ranges(self, unit: str, text: str, line: int) -> tuple[Range, ...]:
        if text.count(_BOLD) % 2:
            self._report("MS070", f"A {_BOLD} after {short(unit)} has no second one: put both around a number.", line)
        ranges = []
        for place, run in enumerate(text.split(_BOLD)):
            for part in filter(None, map(str.strip, run.split(","))):
                span = Range.of(part, decided=place % 2 == 1)
                if span is not None:
                    ranges.append(span)
                else:
                    message = f"`{short(part)}` is no criterion: write numbers with commas between, or 1.1-1.3."
                    self._report("MS070", message, line)
        if not text.strip():
            self._report("MS070", f"`{short(unit)}:` names no criteria: write their numbers after it.", line)
        return tuple(ranges)

    def _miss_no_entry(self) -> None:
        """Report every line that was meant to name criteria and is inside something else, such as a quotation or a
        table, and every line of a brief or of the introduction that only looks like it."""
        self._report_comments()
        told = {finding.line for finding in self.findings}
        start = self.task_lines[0] if self.task_lines else len(self._lines)
        for line, text in self._body_lines():
            if line in self._items or line in told or line in self.task_lines:
                continue
            unit = self._unit_meant(text) if line > start else None
            if unit is not None:
                message = f"`{short(text)}` is not read: write `- {short(unit)}: 1.1` at the left margin."
                self._report("MS070", message, line)
            elif criterion_in(text) is not None or _tells_criteria(text):
                message = f"`{short(text)}` is text for the learner, read by nobody as criteria: if it names some,"
                self._report("MS121", f"{message} write `- CODE: 1.1` in a list of its own below.", line)

    def _unit_meant(self, text: str) -> str | None:
        """The unit whose criteria a line names, however it is indented, quoted, boxed or listed; None if none."""
        cells = text.split("|", _MOST_CELLS)
        for place in range(len(cells)):
            meant = _MEANT_AS_ENTRY.match(undressed("|".join(cells[place:])))
            if meant is not None and meant.group(1) in self._units:
                named = meant.group(2).replace("|", ",").strip(" ,`_")
                if named and _names_criteria(named):
                    return meant.group(1)
        return None


def _tells_criteria(text: str) -> bool:
    """Whether a line is nothing but numbers of criteria, or names them after something with a figure and a colon."""
    plain = undressed(text).replace("|", ",").strip(" ,*_`")
    told = _TELLS_CRITERIA.fullmatch(plain)
    named = told.group(1) if told else plain
    return ("." in named or "," in named) and named[:1].isalnum() and _names_criteria(named) and not _DAY.search(named)


def _names_criteria(text: str) -> bool:
    return all(Range.of(part.strip()) for part in text.replace(_BOLD, "").split(","))
