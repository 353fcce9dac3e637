"""A unit mapped to standards: its criteria on the left, statements on the right, and what is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from textual import on, work
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from markterm.centre.centre import Centre
from markterm.centre.mappings import Written
from markterm.domain.assessed.known_standards import KnownStatement
from markterm.domain.assessed.mapping import Strength
from markterm.domain.assessed.standard import Standard
from markterm.domain.assessed.unit import Unit
from markterm.domain.standards.proposal import ProposedStatement
from markterm.domain.standards.unit_mapped import MappedCriterion, MappedPair, PairOrder, UnitMapped, proposals
from markterm.domain.words.errors import MarkTermError, Refused
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import bindings, keyed
from markterm.tui.requests import Failed, tell
from markterm.tui.standards.mapping_commands import COMMANDS
from markterm.tui.standards.mapping_lists import CriterionList, StatementList, known_of
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.line_list import LineList
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.text_field import LineField, settled
from markterm.tui.widgets.totals_line import TotalsLine
from markterm.tui.widgets.writing import WritingScreen

_PROPOSED = 5


class MappingScreen(Modal[None]):
    """The criteria of a unit beside the statements of standards, and a letter for each answer."""

    TITLE = "Mapping"
    HELP = (
        "What each criterion of the unit covers. On the right stands what was put down for the criterion under the "
        "cursor, then what is worded alike, with the words that both have, then every statement. A proposal counts for "
        "nothing before somebody has looked: {mapping.fully} puts down that the criterion covers it, {mapping.partly} "
        "that it covers a part, {mapping.not} that it does not, and then it is not proposed again. {mapping.note} "
        "writes a note, {mapping.take-out} takes a pair out, {mapping.undo} takes back what was done here last.\n"
        "{mapping.down} and {mapping.up} go through the criteria, {mapping.statement-down} and {mapping.statement-up} "
        "through the statements, {mapping.next-open} to the next criterion that covers nothing. {mapping.filter} shows "
        "only statements with some words.\n"
        "It is written to mark_sheets/mappings, and on the disk when it is shown."
    )
    DOES = COMMANDS
    BINDINGS = bindings(*DOES)
    SHAPE = Shape.WHOLE
    DEFAULT_CSS = """
    MappingScreen Horizontal { height: 1fr; }
    MappingScreen CriterionList { width: 2fr; border-right: vkey $panel; }
    MappingScreen StatementList { width: 3fr; }
    MappingScreen .about { height: 6; padding: 0 1; background: $surface; }
    MappingScreen #words, MappingScreen #words:focus { height: 1; border: none; padding: 0 1; background: $surface; }
    MappingScreen.-low .about { height: 4; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (10, "-low"), (30, "-high")]  # noqa: RUF012  # as Textual declares it

    def __init__(self, centre: Centre, unit: Unit, standards: Sequence[Standard]) -> None:
        super().__init__()
        self._centre = centre
        self._unit, self._standards = unit, tuple(standards)
        self._mapped: UnitMapped | None = None
        self._every = [
            KnownStatement(standard, each)
            for standard in self._standards
            for each in standard.statements
            if each.kind.is_asked
        ]
        # Lower case once, and not at every letter of the filter.
        self._folded = [f"{each.link} {each.statement.text}".casefold() for each in self._every]
        self._shown: Sequence[KnownStatement] = self._every
        self._done: list[tuple[Written, ...]] = []
        self.criteria, self.statements = CriterionList(), StatementList()

    def compose(self) -> ComposeResult:
        """A title, the two lists, what is under their cursors, the filter, and what to press."""
        words = LineField(id="words", placeholder="words of a statement, or its code")
        words.display = False
        yield from self.framed(
            "Mapping",
            Horizontal(self.criteria, self.statements),
            Fitted(classes="about"),
            TotalsLine(),
            words,
            keys="{mapping.fully} fully · {mapping.partly} partly · {mapping.not} not · "
            "{mapping.next-open} next open · {mapping.leave} leaves · {mapping.undo} undo · {mapping.note} note · "
            "{mapping.filter} filter",
        )

    def on_mount(self) -> None:
        """Read in the background."""
        self.criteria.focus()
        self.query_one(".about", Static).update("The sheets are being read.")
        self.watch(self.query_one("#words", Input), "value", self._narrow, init=False)
        self.look()

    @work(exclusive=True, group="mapping")
    async def look(self, *, anew: bool = False) -> None:
        """Read what is mapped and show it; the words of all statements are looked at once."""
        if anew:
            self._centre.sheets.forget_mappings()
        try:
            await asyncio.to_thread(self._read)
        except MarkTermError as error:
            self.say_title(Content.styled(one_line(f"{error.title}. {error.what}"), "$error"))
            tell(self, Failed(error))
            return
        self._show()

    def _read(self) -> None:
        mappings = self._centre.mappings
        mappings.index(self._standards)
        self._mapped = mappings.beside(self._unit, self._standards, 0)

    # Showing

    def _show(self, *, stay: bool = False) -> None:
        mapped = self._mapped
        if mapped is None or not self.is_mounted:
            return
        codes = ", ".join(str(each.key) for each in self._standards)
        self.say_title(
            Content.assemble(
                Content(f"{one_line(str(self._unit.key))}: "),
                Content.styled(mapped.told, "bold"),
                Content.styled(f"   beside {one_line(codes)}", "$quiet"),
            )
        )
        self.criteria.show(mapped.criteria)
        self._show_statements(stay=stay)

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        event.stop()
        if event.list is self.criteria:
            self._show_statements()
        else:
            self._say_about()

    def _show_statements(self, *, stay: bool = False) -> None:
        self.statements.show(self._chosen, self._shown, stay=stay)
        part = f"{len(self._shown):,} of {len(self._every):,} statements" if self._shown is not self._every else ""
        self.query_one(TotalsLine).say((part, f"{len(self._done)} put down here" if self._done else ""))
        self._say_about()

    @property
    def _chosen(self) -> MappedCriterion | None:
        """The criterion under the cursor, with what is worded alike."""
        each = self.criteria.chosen
        if each is None:
            return None
        return replace(each, proposed=proposals(each, self._centre.mappings.index(self._standards), _PROPOSED))

    def _say_about(self) -> None:
        each, line = self.criteria.chosen, self.statements.chosen
        told: list[Content] = []
        if each is not None:
            told.append(Content.styled(one_line(f"{each.criterion.number} {each.criterion.text}"), "bold"))
        if isinstance(line, MappedPair):
            note = f" ({line.mapped.note})" if line.mapped.note else ""
            told.append(Content(one_line(f"{line.name} {line.told}")))
            told.append(Content.styled(one_line(f"{line.mapped.strength}{note}"), "$quiet"))
        elif line is not None and not isinstance(line, str):
            known = known_of(line)
            told.append(Content(one_line(f"{known.link} {known.statement.text}")))
            if isinstance(line, ProposedStatement):
                told.append(Content.styled(one_line(f"Proposed, {line.score} of 100. {line.reason}"), "$primary"))
        elif each is not None:
            told.append(Content.styled(keyed("No statement is like that. {mapping.filter} shows others."), "$quiet"))
        self.query_one(".about", Static).update(Content("\n").join(told), layout=False)

    def go_to_open(self) -> None:
        """Go to the next criterion that covers nothing, from the top again after the last."""
        if self._mapped is None:
            return
        criteria, here = self._mapped.criteria, self.criteria.cursor
        after = [*range(here + 1, len(criteria)), *range(here + 1)]
        place = next((at for at in after if not criteria[at].is_mapped), None)
        if place is None:
            self.notify("Every criterion covers something.", markup=False)
        else:
            self.criteria.cursor = place

    # Writing

    async def put_down(self, strength: Strength | None, note: str | None = None) -> None:
        """Write how far the criterion covers the statement under the cursor, None to take the pair out."""
        each, line = self.criteria.chosen, self.statements.chosen
        if each is None or line is None or isinstance(line, str):
            return
        link = line.mapped.link if isinstance(line, MappedPair) else known_of(line).link
        order = PairOrder(each.criterion.number, link, strength, note)
        try:
            written = await asyncio.to_thread(self._centre.mappings.order, self._unit, [order], self._mapped)
            if written:
                self._done.append(written)
            await asyncio.to_thread(self._read)
        except MarkTermError as error:
            tell(self, Failed(error))
            if isinstance(error, Refused):  # somebody else wrote: what stands now is shown, to be answered anew
                self.look()
            return
        self._show(stay=True)

    async def undo(self) -> None:
        """Have the mapping as it was before the last thing that was put down here."""
        if not self._done:
            self.notify("Nothing was put down here that could be taken back.", markup=False)
            return
        try:
            await asyncio.to_thread(self._centre.mappings.take_back, self._done[-1])
            self._done.pop()
            await asyncio.to_thread(self._read)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        self._show(stay=True)

    async def write_note(self) -> None:
        """Ask for a note on the pair under the cursor."""
        line = self.statements.chosen
        if not isinstance(line, MappedPair):
            self.notify(
                keyed("A note stands beside a pair: {mapping.fully}, {mapping.partly} or {mapping.not} makes one."),
                markup=False,
            )
            return
        each = self.criteria.chosen
        if each is None:
            return
        order = each.criterion.number, line.mapped.link, line.mapped.strength
        seen = self._mapped

        async def save(text: str) -> None:
            written = await asyncio.to_thread(
                self._centre.mappings.order, self._unit, [PairOrder(*order, one_line(text))], seen
            )
            if written:
                self._done.append(written)
            await asyncio.to_thread(self._read)

        def left(saved: bool | None) -> None:
            if saved:
                self._show(stay=True)

        title = one_line(f"{order[0]} and {order[1]}, {order[2]}")
        await self.app.push_screen(WritingScreen(title, "A note, in one line.", line.mapped.note, save), left)

    # The filter

    @property
    def is_writing(self) -> bool:
        """Whether the filter has the keys."""
        return self.focused is not None and self.focused.id == "words"

    def write_filter(self) -> None:
        """Give the filter the keys."""
        field = self.query_one("#words", Input)
        field.display = True
        field.focus()

    async def keep_filter(self) -> None:
        """Keep the filter and go to the lists."""
        field = self.query_one("#words", Input)
        await settled(field)
        field.display = bool(field.value.strip())
        self.criteria.focus()

    def clear_filter(self) -> bool:
        """Clear the filter and give the lists the keys; whether there was one."""
        field = self.query_one("#words", Input)
        if not field.display:
            return False
        field.value = ""
        field.display = False
        self.criteria.focus()
        return True

    def _narrow(self, value: str) -> None:
        words = value.casefold().split()
        self._shown = (
            [each for each, text in zip(self._every, self._folded, strict=True) if all(word in text for word in words)]
            if words
            else self._every
        )
        self._show_statements()


async def choose_mapping(app: App[Any], centre: Centre, standard: str = "") -> None:
    """Have a unit and what it is mapped to chosen, and show it; what there is to choose is the standard or suite of
    that code, or else every one. Raises `MarkTermError`."""
    every = await asyncio.to_thread(centre.mappings.overview, standard)
    if not every:
        app.notify("There is nothing to map: the centre has no sheet of a unit, or none of a standard.", markup=False)
        return
    lines = [one_line(f"{each.unit.code} beside {each.target}: {each.told}   {each.unit.title}") for each in every]

    async def take(choice: int | None) -> None:
        if choice is not None:
            await app.push_screen(MappingScreen(centre, every[choice].unit, every[choice].standards))

    await app.push_screen(ChoiceScreen("Which unit is mapped to what?", lines), take)
