"""A unit's mark sheet: outcomes as headings, criteria as list items, descriptors as nested items.

Whatever stands outside those is free text: it becomes the unit's guidance and is never parsed.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from markterm.domain.assessed.level import HIGHER, LETTERS, level_of
from markterm.domain.assessed.unit import Criterion, Descriptor, LearningOutcome, Marks, Standing, Unit
from markterm.domain.words.criterion_number import is_criterion_number, outcome_of, sort_key
from markterm.domain.words.finding import Severity
from markterm.sheets.codes import short
from markterm.sheets.front_matter import FrontMatter
from markterm.sheets.kinds import UNIT
from markterm.sheets.lookalikes import (
    criterion_in,
    criterion_within,
    following_within,
    marks_in_braces,
    marks_otherwise,
    may_be_a_criterion,
    may_be_an_outcome,
    undressed,
)
from markterm.sheets.reading import SheetReading
from markterm.sheets.sheet_body import SheetBody, content_of, lines_of, title_heading
from markterm.sheets.sheet_reading import OpenedSheet, open_sheet

STANDARDS = "standards"
TO_CHECK = "To check:"
"""With this begins what an import was not sure of, above the outcomes, until somebody has looked and deletes it."""
_KEYS = ("title", "level", "credit", "glh", "version", "graded", "regulated", "due")
_DESCRIPTORS = (*(standing.value for standing in Standing), STANDARDS)

_OUTCOME = re.compile(r"LO([0-9]{1,3}) +(\S.*)")
_MEANT_AS_OUTCOME = re.compile(r"(?i)(?:LO|learning outcome)\s*([0-9]{1,3})\b[\s.:)–-]*(.*)")
_CRITERION = re.compile(r"\*\*(\S+)\*\* +(\S.*)")
_PLAIN_NUMBER = re.compile(r"[0-9]+\.[0-9]+\s")
_COUNTED = re.compile(r"[0-9]+(\.[0-9]+)+")
_MARKS = re.compile(r"(.*\S)\s*\{ *([0-9]{1,4}) */ *([0-9]{1,4}) *\}")
_MARKS_FORM = "write the most and the least that passes in whole numbers, as `{20/10}`,"
_DESCRIPTOR = re.compile(r"(\w[\w -]{0,19}):\s*(.*)")
_MOST_NAMED = 4
_GRADED = {"yes": True, "no": False}
_LIST_MARKER = re.compile(r"[-*+]\s")


def read_unit(text: str, file: Path | None = None) -> SheetReading[Unit]:
    """The unit in `text`, as far as it can be read, and what is wrong with the sheet. Never raises."""
    opened = open_sheet(UNIT, text, file, _KEYS)
    if not isinstance(opened, OpenedSheet):
        return SheetReading(None, opened, text)
    title = opened.fields.text("title", needed=True)
    fields = opened.fields
    sheet = _Sheet(opened.front, title_heading(opened.name, title), file)
    graded = sheet.graded(fields.text("graded"), opened.line_of("graded"))
    sheet.read(graded)
    unit = Unit(
        code=opened.name,
        title=title,
        level=fields.whole_number("level"),
        credit=fields.whole_number("credit"),
        glh=fields.whole_number("glh"),
        version=fields.text("version"),
        guidance=sheet.guidance(),
        outcomes=tuple(sheet.outcomes),
        graded=graded,
        due=fields.day("due"),
        regulated=fields.yes_or_no("regulated") is not False,
    )
    return SheetReading(unit if opened.says_which else None, opened.findings(sheet.findings), text, sheet.places)


class _Sheet(SheetBody):
    """The body of a unit's sheet."""

    def __init__(self, front: FrontMatter, title: str, file: Path | None) -> None:
        super().__init__(front, title, file)
        self.outcomes: list[LearningOutcome] = []
        self._outcome: tuple[int, str, int] | None = None
        self._lost: int | None = None
        # What stands under a heading that was meant for an outcome: the heading is what has to be mended.
        self._lost_lines: set[int] = set()
        self._criteria: list[Criterion] = []
        self._faulty = False
        self._graded: bool | None = None
        self._first_lines: dict[str, int] = {}
        self._wordings: set[int] = set()
        # Lines of lists under an outcome: each item of them is read or told.
        self._taken: set[int] = set()

    def graded(self, said: str, line: int) -> bool | None:
        """Whether it says that its numbers name levels; None where it does not say. What it says otherwise is reported:
        levels that are not known would be marked wrongly."""
        if said and said not in _GRADED:
            message = f"`graded` is yes or no, and not `{short(said)}`: the levels that are known are {LETTERS}."
            self._report("MS128", message, line)
        return _GRADED.get(said)

    def read(self, graded: bool | None) -> None:
        self._graded = graded
        for node in self._blocks():
            if node.type == "heading":
                self._heading(node)
            elif node.type in ("bullet_list", "ordered_list"):
                self._list(node)
            elif node.type == "paragraph" and self._outcome:
                self._paragraph(node)
        self._end_outcome()
        self._end_lost(len(self._lines))
        self._miss_nothing()
        self._levels(graded)
        if not self.outcomes and self._lost is None:
            self._report("MS060", "The sheet has no learning outcome: add `## LO1 …` with its criteria.", None)

    def _heading(self, node: SyntaxTreeNode) -> None:
        text, line, level = content_of(node), lines_of(node)[0], int(node.tag[1:])
        outcome = _OUTCOME.fullmatch(text)
        meant = outcome or _MEANT_AS_OUTCOME.fullmatch(text)
        if meant is None and (level != 2 or node.markup != "##"):
            if not self.outcomes and not self._outcome:
                self._take_title(node)
            return
        self._end_outcome()
        self._end_lost(line - 1)
        self._lost = line if meant is None else None
        if outcome is None or level != 2:
            message = f"`{short(text)}` is not a learning-outcome heading: write `## LO1 ` and the outcome's text."
            self._report("MS021", message, line)
        if meant is not None:
            number = int(meant.group(1))
            if self.outcomes and number <= self.outcomes[-1].number:
                message = f"LO{number} comes after LO{self.outcomes[-1].number}: number the outcomes in their order."
                self._report("MS061", message, line)
            self._outcome = (number, meant.group(2).strip(), line)
            self._take(("outcome", str(number)), lines_of(node))

    def _end_outcome(self) -> None:
        if self._outcome is not None:
            number, title, line = self._outcome
            if not self._criteria and not self._faulty:
                self._report("MS060", f"LO{number} has no criteria: add them, or delete the heading.", line)
            self.outcomes.append(LearningOutcome(number, title, tuple(self._criteria)))
        self._outcome, self._criteria, self._faulty = None, [], False

    def _end_lost(self, last: int) -> None:
        if self._lost is not None:
            self._lost_lines.update(range(self._lost, last + 1))

    def _paragraph(self, node: SyntaxTreeNode) -> None:
        text = content_of(node)
        if _PLAIN_NUMBER.match(text):
            message = f"`{short(text)}` looks like a criterion: write `- **n.n** ` and its text."
            self._report("MS030", message, lines_of(node)[0])
            self._faulty = True

    def _list(self, node: SyntaxTreeNode) -> None:
        if self._outcome is None:
            for item in node.children:
                text = content_of(item.children[0]) if item.children else ""
                if self._lost is None and _CRITERION.match(text):
                    message = f"`{short(text)}` stands before any outcome: move it under its `## LOn` heading."
                    self._report("MS031", message, lines_of(item)[0])
            return
        self._is_not_free(lines_of(node))
        first, last = lines_of(node)
        self._taken.update(range(first, last + 1))
        if node.type == "ordered_list":
            message = "An ordered list: start its items with `-`; the bold number is the criterion's."
            self._report("MS051", message, lines_of(node)[0])
            self._faulty = True
        for item in node.children:
            self._criterion(item, self._outcome[0])

    def _criterion(self, item: SyntaxTreeNode, outcome: int) -> None:
        line = lines_of(item)[0]
        paragraph = item.children[0] if item.children and item.children[0].type == "paragraph" else None
        text = self._joined(paragraph) if paragraph else ""
        match = _CRITERION.fullmatch(text)
        if paragraph is None or match is None or not is_criterion_number(match.group(1)):
            self._faulty = True
            descriptor = _DESCRIPTOR.match(text)
            if descriptor and descriptor.group(1) in _DESCRIPTORS:
                message = f"`{short(text)}` belongs to no criterion: indent it by two spaces under one."
            else:
                message = f"`{short(text)}` is not a criterion: write `- **n.n** ` and its text."
            self._report("MS030", message, line)
            return
        number, wording = match.groups()
        if number in self._first_lines:
            first = self._first_lines[number]
            self._report("MS032", f"{number} is already on line {first}: correct one of the two numbers.", line)
            self._faulty = True
            return
        self._first_lines[number] = line
        if outcome_of(number) not in (None, outcome):
            message = f"{number} stands under LO{outcome}: correct the number, or move it to LO{outcome_of(number)}."
            self._report("MS033", message, line)
        before = self._criteria[-1].number if self._criteria else ""
        if _COUNTED.fullmatch(before) and _COUNTED.fullmatch(number) and sort_key(number) < sort_key(before):
            self._report("MS061", f"{number} comes after {before}: put the criteria in their order.", line)
        self._wordings.update(range(line, lines_of(paragraph)[1] + 1))
        marks, wording = self._marks(wording, line)
        if (within := criterion_within(wording)) is not None:
            message = f"The text of {number} holds {within} in bold: give each criterion an item of its own."
            self._report("MS030", message, line)
        elif (within := following_within(number, wording)) is not None:
            message = f"The text of {number} holds {within}: give it an item of its own, if it is a criterion."
            self._report("MS121", message, line)
        if wording[:1].islower():
            self._report("MS035", f"{number} starts in lower case: start it with a capital.", line)
        self.places["criterion", number] = (line, lines_of(paragraph)[1])
        descriptors, standards = self._descriptors(number, item.children[1:])
        level = level_of(number) if self._graded else None
        self._criteria.append(Criterion(number, wording, descriptors, standards, marks, level=level))

    def _levels(self, graded: bool | None) -> None:
        """Report what would be marked wrongly: levels that the sheet does not say it has, or that are not known."""
        every = [criterion for outcome in self.outcomes for criterion in outcome.criteria]
        if graded is None:
            higher = [each.number for each in every if level_of(each.number) in HIGHER]
            if higher:
                message = (
                    f"{', '.join(higher[:_MOST_NAMED])}: levels? Say `graded: yes` in the front matter if M and D are "
                    "merit and distinction, which refer nobody; `graded: no` if every criterion has to be met."
                )
                self._report("MS127", message, self._first_lines[higher[0]])
        elif graded:
            for each in every:
                if each.level is None:
                    message = f"The level of {each.number} is not known: on a graded sheet each number says {LETTERS}."
                    self._report("MS128", message, self._first_lines[each.number])
            if every and all(each.level in HIGHER for each in every):
                message = "No criterion is of the level pass: nothing would have to be met to pass the unit."
                self._report("MS128", message, None)

    def _marks(self, wording: str, line: int) -> tuple[Marks | None, str]:
        match = _MARKS.fullmatch(wording)
        marks = Marks(int(match.group(2)), int(match.group(3))) if match else None
        rest = match.group(1) if match else wording
        if marks and marks.minimum > marks.maximum:
            message = f"The minimum {marks.minimum} is above the maximum {marks.maximum}: write the maximum first."
            self._report("MS034", message, line)
        elif marks and not marks.maximum:
            self._report("MS122", f"0 marks cannot be given: {_MARKS_FORM}, or take them out.", line)
        if (left := marks_in_braces(rest)) is not None:
            self._report("MS122", f"`{short(left)}` is not read as marks: {_MARKS_FORM} at the end.", line)
        elif marks is None and (left := marks_otherwise(rest)) is not None:
            message = f"`{short(left)}` is read as wording: if these are marks, {_MARKS_FORM} at the end."
            self._report("MS122", message, line, Severity.WARNING)
        return marks, rest

    def _descriptors(self, number: str, nodes: list[SyntaxTreeNode]) -> tuple[tuple[Descriptor, ...], tuple[str, ...]]:
        given: dict[str, str] = {}
        for node in nodes:
            line = lines_of(node)[0]
            if node.type == "ordered_list":
                self._report("MS051", f"An ordered list under {number}: start its items with `-`.", line)
            elif node.type != "bullet_list":
                message = f"{number} has more than one text: join it, or make it a descriptor such as `- pass: …`."
                self._report("MS030", message, line)
            for item in node.children if node.type == "bullet_list" else ():
                self._descriptor(number, item, given)
        standings = tuple(Descriptor(Standing(word), text) for word, text in given.items() if word != STANDARDS)
        links = (link.strip() for link in given.get(STANDARDS, "").split(","))
        return standings, tuple(link for link in links if link)

    def _descriptor(self, number: str, item: SyntaxTreeNode, given: dict[str, str]) -> None:
        line = lines_of(item)[0]
        is_text = [child.type for child in item.children] == ["paragraph"]
        text = self._joined(item.children[0]) if is_text else ""
        match = _DESCRIPTOR.fullmatch(text)
        word = match.group(1) if match else ""
        if not is_text:
            self._report("MS040", f"A descriptor of {number} is one text: write it as `- pass: …`.", line)
        elif match is None or word not in _DESCRIPTORS:
            near = get_close_matches(word.lower(), _DESCRIPTORS, 1)
            hint = f"did you mean `{near[0]}:`?" if near else "write `refer:`, `pass:`, `good:` or `standards:`."
            self._report("MS040", f"`{short(word or text)}` is not a descriptor: {hint}", line)
        elif not match.group(2):
            self._report("MS040", f"`{word}:` of {number} has no text: write it, or delete the line.", line)
        elif word in given:
            self._report("MS041", f"{number} has `{word}:` twice: join the two, or delete one.", line)
        else:
            given[word] = match.group(2)
            self.places["descriptor", number, word] = lines_of(item)

    def _joined(self, paragraph: SyntaxTreeNode) -> str:
        """The paragraph as one line. A line that was meant as an item of its own is reported, not swallowed."""
        lines = [line.strip() for line in content_of(paragraph).split("\n")]
        for line, text in enumerate(lines[1:], lines_of(paragraph)[0] + 1):
            word = _DESCRIPTOR.match(text)
            if _LIST_MARKER.match(text):
                message = f"`{short(text)}` is indented too far to be an item: take out spaces until it lines up."
                self._report("MS050", message, line)
            elif word and word.group(1) in _DESCRIPTORS:
                self._report("MS040", f"`{short(text)}` is no item of its own: put `  - ` before it.", line)
        return " ".join(lines)

    def _miss_nothing(self) -> None:
        """Report every line that looks like a criterion, marks or a comment and was not read as one.

        Above the first outcome stands free text, in which it may be meant as it stands: there it is a warning.
        """
        start = min((first for part, (first, _) in self.places.items() if part[0] == "outcome"), default=None)
        read = set(self._first_lines.values())
        told = {finding.line for finding in self.findings if finding.severity is Severity.ERROR}
        any_told = {finding.line for finding in self.findings}
        self._report_comments(start)
        for line, text in self._body_lines():
            if line in told or line in self._lost_lines:
                continue
            is_free = start is None or line < start
            if is_free and undressed(text).startswith(TO_CHECK):
                message = f"`{short(undressed(text))}` is left from an import: look at it, and delete the line."
                self._report("MS099", message, line)
                continue
            if line not in read and (number := criterion_in(text)) is not None:
                if is_free:
                    message = f"`{short(text)}` looks like criterion {number} and is free text, read by nobody as one."
                    self._report("MS121", f"{message} Move it under its `## LOn` heading, if it is one.", line)
                else:
                    message = f"`{short(text)}` is not read as a criterion: write `- **n.n** ` at the left margin."
                    self._report("MS030", message, line)
            elif not is_free and line not in any_told and line not in self._taken and may_be_a_criterion(text):
                message = f"`{short(text)}` looks like a criterion and is free text, read by nobody as one."
                self._report("MS121", f"{message} Write `- **n.n** ` and its text, if it is one.", line)
            elif not is_free and line not in any_told and self._free[line - 1] and may_be_an_outcome(text):
                message = f"`{short(text)}` looks like a learning outcome and is free text."
                self._report("MS121", f"{message} Write `## LOn ` and its text, if it is one.", line)
            elif line not in self._wordings and (marks := marks_in_braces(text)) is not None:
                message = f"`{short(marks)}` belongs to no criterion: {_MARKS_FORM} at the end of its text."
                self._report("MS122", message, line, Severity.WARNING if is_free else None)
