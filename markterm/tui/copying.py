"""What is selected on a screen, copied: as plain text that no terminal obeys, with everybody covered who is covered on
the screen."""

from __future__ import annotations

from textual.app import App

from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import clean
from markterm.tui.blindfold import Cover
from markterm.tui.command import Command, keyed


class Copy(Command["App[None]"]):
    """Copy what is selected; where nothing is, what the screen has under its cursor to copy, if it has anything."""

    id, key, words = "app.copy", "ctrl+c", "Copy what the mouse selected, or the passage with the bar"

    # Before Textual's own, which says nothing where nothing is selected and stands in no help.
    priority = True

    async def run(self, on: App[None]) -> None:
        # Asked for by its name: whatever fields are made of is not loaded before one is there.
        in_field: str = getattr(on.focused, "selected_text", "")
        if text := in_field or on.screen.get_selected_text() or getattr(on.screen, "to_copy", ""):
            on.copy_to_clipboard(text)
        else:
            on.notify(keyed("Nothing is selected: drag over a text with the mouse first. {app.quit} leaves MarkTerm."))


class CopyingApp(App[None]):
    """Whatever is copied on any screen, in a field too, goes out here."""

    _copied = ""

    @property
    def clipboard(self) -> str:
        """What was copied last, for our own fields: what is cut and put in again is the same, whoever is covered."""
        return self._copied

    def copy_to_clipboard(self, text: str) -> None:
        """Put `text` on the clipboard by the terminal (OSC 52), and say so. A terminal that does not allow it says
        nothing: then its own way of selecting is left, mostly with shift held."""
        self._copied = clean(text).text
        for each in self.get_line_filters():
            if isinstance(each, Cover):
                text = each.covering.covered(text)
        safe = clean(text).text
        super().copy_to_clipboard(safe)
        self.notify(f"Copied {counted(len(safe), 'character')}.")
