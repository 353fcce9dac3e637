"""The field of a filter: what is typed is completed as it is typed."""

from __future__ import annotations

from markterm.domain.views.filter_words import FilterWords
from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.widgets.text_field import LineField

_MOST_CHOICES = 40


class Complete(Command["FilterField"]):
    """Take what is suggested."""

    id, key, label, words = "filter.complete", "tab", "complete", "Complete the field or the value that is typed"

    async def run(self, on: FilterField) -> None:
        on.complete()


class FilterField(WithCommands, LineField):
    """A line of words and `field:value`. `knows` says which there are."""

    DOES = (Complete,)
    BINDINGS = bindings(*DOES)

    def __init__(self, placeholder: str = "", *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(placeholder=placeholder, id=id)
        self.knows = FilterWords(())

    def _watch_value(self, value: str) -> None:
        """Suggest how it goes on, in the picture that shows the letter: Textual asks its suggesters in a worker."""
        super()._watch_value(value)
        completed = self.knows.completed(value)
        self._suggestion = completed if completed != value else ""

    def complete(self) -> None:
        """Take what is suggested, with the cursor behind it."""
        completed = self.knows.completed(self.value)
        if completed != self.value:
            self.value = completed
            self.cursor_position = len(completed)

    @property
    def choices(self) -> str:
        """What the part that is being typed can become, in a line; nothing where nobody types, or there is none."""
        # Asked of the screen: the field hears later that the keys went elsewhere.
        choices = self.knows.choices(self.value) if self.screen.focused is self else ()
        return "  ".join(choices[:_MOST_CHOICES]) if len(choices) > 1 else ""
