"""What can be done in the caseload."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol

from markterm.tui.command import Command, reads_alone
from markterm.tui.widgets.line_list import up_and_down

if TYPE_CHECKING:
    from textual.screen import Screen

    from markterm.centre.centre import Centre
    from markterm.domain.views.caseload import CaseloadRow

OfLearner = Callable[["Screen[Any]", "Centre", "CaseloadRow"], Awaitable[None]]
"""What is done with a learner of the list, on that screen."""


class ListOfLearners(Protocol):
    """A screen that lists learners, as its commands know it."""

    @property
    def is_writing(self) -> bool:
        """Whether the filter has the keys."""

    @property
    def marks(self) -> bool:
        """Whether whoever acts marks, or nobody has said yet who they are."""

    async def open_selected(self) -> None:
        """Open the learner under the cursor."""

    async def open_next(self) -> None:
        """Open the next criterion that waits."""

    async def ask_across(self) -> None:
        """Ask for a unit and a criterion, and show it across all learners."""

    async def ask_saved(self) -> None:
        """Ask what is to be done with the saved filters."""

    async def ask_download(self) -> None:
        """Ask which download came in, and show it."""

    async def ask_due(self) -> None:
        """Ask until when the learner's work is due, or that of all who are shown."""

    async def ask_who(self, *, comes: bool) -> None:
        """Ask who comes to the centre, or whether the learner under the cursor leaves it."""

    async def with_selected(self, do: OfLearner) -> None:
        """Do that with the learner under the cursor, if any."""

    def write_filter(self) -> None:
        """Give the filter the keys."""

    async def keep_filter(self) -> None:
        """Keep the filter and go to the rows."""

    def clear(self) -> None:
        """Clear the filter, or stop looking."""

    def sort_next(self) -> None:
        """Sort by the next order."""

    def look(self, *, new_sheets: bool = False) -> object:
        """Look at every learner's folder in the background, with `new_sheets` after the mark sheets."""

    async def leave(self) -> None:
        """Leave MarkTerm."""


class Open(Command[ListOfLearners]):
    """Open the learner under the cursor."""

    id, key, label, words = "caseload.open", "enter", "open", "Open the learner at what waits for you"

    def works(self, on: ListOfLearners) -> bool:
        return not on.is_writing

    async def run(self, on: ListOfLearners) -> None:
        await on.open_selected()


class KeepFilter(Command[ListOfLearners]):
    """Keep the filter and go to the rows."""

    id, key, label, words = "filter.keep", "enter", "keep", "Keep the filter"
    priority = True

    def works(self, on: ListOfLearners) -> bool:
        return on.is_writing

    async def run(self, on: ListOfLearners) -> None:
        await on.keep_filter()


class Filter(Command[ListOfLearners]):
    """Write a filter."""

    id, key, label, words = "caseload.filter", "slash", "filter", "Narrow the caseload"

    def works(self, on: ListOfLearners) -> bool:
        return not on.is_writing

    async def run(self, on: ListOfLearners) -> None:
        on.write_filter()


class Saved(Command[ListOfLearners]):
    """Choose a saved filter, or save the one that is shown."""

    id, key, words = "caseload.saved-filters", "S", "Saved filters: choose, save under a name, delete, open with"

    def works(self, on: ListOfLearners) -> bool:
        return not on.is_writing

    async def run(self, on: ListOfLearners) -> None:
        await on.ask_saved()


class Sort(Command[ListOfLearners]):
    """Sort by the next order."""

    id, key, label, words = (
        "caseload.sort",
        "s",
        "sort",
        "Sort by name, registration, waiting, due day or open criteria",
    )

    async def run(self, on: ListOfLearners) -> None:
        on.sort_next()


class NextOpen(Command[ListOfLearners]):
    """Open the next criterion that waits."""

    id, key, label, words = "caseload.next-open", "space", "next open", "Next open criterion, of any learner"

    def is_offered(self, on: ListOfLearners) -> bool:
        return on.marks

    async def run(self, on: ListOfLearners) -> None:
        await on.open_next()


class Across(Command[ListOfLearners]):
    """Choose a unit and a criterion, and see it across all learners."""

    id, key, label, words = "caseload.across", "h", "across", "One criterion across all learners"

    async def run(self, on: ListOfLearners) -> None:
        await on.ask_across()


class Due(Command[ListOfLearners]):
    """Say until when work is due."""

    id, key, words = "caseload.due", "d", "Say when work is due, of this learner or of all who are shown"
    records = True

    def works(self, on: ListOfLearners) -> bool:
        return not on.is_writing

    async def run(self, on: ListOfLearners) -> None:
        await on.ask_due()


class Receive(Command[ListOfLearners]):
    """Receive what came in."""

    id, key, words = "caseload.receive", "R", "Receive a download: sort its files into the learners' evidence"
    records = True

    def works(self, on: ListOfLearners) -> bool:
        return not on.is_writing

    async def run(self, on: ListOfLearners) -> None:
        await on.ask_download()


class WhoComes(Command[ListOfLearners]):
    """Register learners."""

    id, key, words = "caseload.register", "N", "Register a learner, or all that a table names"
    records = True

    def works(self, on: ListOfLearners) -> bool:
        return not on.is_writing

    async def run(self, on: ListOfLearners) -> None:
        await on.ask_who(comes=True)


class WhoLeaves(Command[ListOfLearners]):
    """Say that the learner left, transferred or is back."""

    id, key, words = "caseload.leaves", "L", "Record that this learner left, transferred, or is back"
    records = True

    def works(self, on: ListOfLearners) -> bool:
        return not on.is_writing

    async def run(self, on: ListOfLearners) -> None:
        await on.ask_who(comes=False)


class Pick(Command[ListOfLearners]):
    """Pick the learner for the visit."""

    id, key, label = "caseload.pick", "plus", "pick"
    words = "Pick this learner for the visit, or put them back: the external quality assurer does"

    def works(self, on: ListOfLearners) -> bool:
        return not on.is_writing

    def is_offered(self, on: ListOfLearners) -> bool:  # noqa: ARG002  # whoever acts is the same everywhere
        return reads_alone()

    async def run(self, on: ListOfLearners) -> None:
        from markterm.tui.caseload.picking import pick  # One visitor in a year picks.

        await on.with_selected(pick)


class OwnPage(Command[ListOfLearners]):
    """The learner's own page, and links to it."""

    id, label, words = "caseload.own-page", "Their own page", "What this learner sees of themselves, and a link to it"

    async def run(self, on: ListOfLearners) -> None:
        from markterm.tui.caseload.own_page import ask_own_page

        await on.with_selected(ask_own_page)


class LookAgain(Command[ListOfLearners]):
    """Look at the folders again, and at the mark sheets."""

    id, key, words = "caseload.refresh", "ctrl+r", "Read folders and sheets again"

    async def run(self, on: ListOfLearners) -> None:
        on.look(new_sheets=True)


class Clear(Command[ListOfLearners]):
    """Clear the filter, or stop looking."""

    id, key, words = "caseload.clear", "escape", "Clear the filter; stop looking"

    async def run(self, on: ListOfLearners) -> None:
        on.clear()


class Quit(Command[ListOfLearners]):
    """Leave MarkTerm."""

    id, key, label, words = "caseload.quit", "q", "quit", "Leave MarkTerm; everything is saved"

    async def run(self, on: ListOfLearners) -> None:
        await on.leave()


COMMANDS: tuple[type[Command[Any]], ...] = (
    Open,
    KeepFilter,
    Filter,
    Saved,
    Sort,
    NextOpen,
    Across,
    Due,
    Receive,
    WhoComes,
    WhoLeaves,
    OwnPage,
    Pick,
    *up_and_down("caseload", "learner"),
    LookAgain,
    Clear,
    Quit,
)
"""In the order in which key bar and help tell of them."""
