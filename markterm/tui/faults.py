"""An app that goes on where a part of it fails, and tells of what ends it without showing what learners wrote."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.driver import Driver
from textual.worker import WorkerFailed

from markterm.domain.words.errors import MarkTermError
from markterm.tui.pasting.app import PastingApp
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets.drawn_rows import NotDrawn

if TYPE_CHECKING:
    from rich.console import RenderableType


class FaultTellingApp(PastingApp):
    """Keeps reports of faults in that folder of the user's."""

    def __init__(self, reports: Path) -> None:
        super().__init__()
        self._reports = reports
        self.fault: BaseException | None = None
        """What ended the screen, when it was neither a key nor a signal."""
        self._noted: set[str] = set()

    def get_driver_class(self) -> type[Driver]:
        """What reads the terminal and draws in it: ours, where Textual would take its own for such a system."""
        of_textual = super().get_driver_class()
        if sys.platform == "win32":
            return of_textual
        from textual.drivers.linux_driver import LinuxDriver

        from markterm.tui.terminal import Terminal

        if of_textual is LinuxDriver:
            return Terminal
        if of_textual.__name__ != "WebDriver":
            return of_textual
        from markterm.tui.browser import Browser

        return Browser

    def _handle_exception(self, error: Exception) -> None:
        """Remember what ends the screen. It is told on the command line's stderr, when the terminal is itself again."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(error, WorkerFailed) and isinstance(cause, MarkTermError):
            # What looks on by itself, behind a screen, was refused: that is told as anywhere, and ends nothing.
            tell(self, Failed(cause))
            return
        from markterm.own.fault_report import is_of_others  # A fault costs loading it; a start must not.

        if isinstance(error, WorkerFailed) and isinstance(cause, Exception) and is_of_others(cause):
            # Work of Textual's own beside the screen, such as the palette's looking for commands: nothing waits for it.
            self.post_message(NotDrawn(cause))
            return
        if self.fault is None:
            self.fault = cause
        super()._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:  # noqa: ARG002 - what it would print is told elsewhere
        """End without printing anything."""
        self.fault = self.fault or RuntimeError()
        self._fatal_error()

    def _fatal_error(self) -> None:
        """End without Textual's traceback, which shows the values of variables: what learners wrote, and names."""
        self._close_messages_no_wait()

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key or a click stands for. Where a list or field of Textual's own fails at it, nothing is done.

        (The list of the palette does, when a page is turned before it was laid out, or where there is no room for it.)
        """
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Exception as error:
            from markterm.own.fault_report import is_of_others

            if not is_of_others(error):
                raise
            self.post_message(NotDrawn(error))
            return True

    @on(NotDrawn)
    def note_fault(self, event: NotDrawn) -> None:
        """Tell of a part that could not be drawn: once, for it is drawn again and again."""
        from markterm.own.fault_report import place_of_fault

        module, _, _ = place_of_fault(event.error).partition(" line ")
        place = f"{type(event.error).__name__} {module}"
        if place not in self._noted:
            self._noted.add(place)
            self._report(event.error)

    @work(thread=True, group="report")
    def _report(self, error: Exception) -> None:
        from markterm.own.fault_report import keep_report

        path = keep_report(error, self._reports, datetime.now(UTC))
        told = f" A report of it, sent to nobody, is {path}." if path is not None else ""
        self.notify(
            f"A part of this does not work as it should; everything else does.{told}",
            title="A fault of MarkTerm's own",
            severity="warning",
            markup=False,
        )
