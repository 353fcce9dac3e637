"""An app whose keys are handled in the order in which they were pressed, and that takes no pasted text for commands."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from textual import events
from textual.message import Message
from textual.widgets import Input

from markterm.domain.words.foreign_text import pasted
from markterm.tui.changed_keys import WERE_KEYS, word_for
from markterm.tui.command import key_of
from markterm.tui.notices import TellingApp
from markterm.tui.pasting.arrivals import LINE_ENDS, STRANGE, Arrivals, is_unread, text_of
from markterm.tui.pasting.screen import PastedScreen
from markterm.tui.widgets.text_field import SeveralLines, settled

_UNREAD = re.compile("[\ud800-\udfff]")
"""What came that is no part of any character."""


class PastingApp(TellingApp):
    """Looks at each key when it is known whether it belongs to a paste; subclasses say what becomes of one."""

    def __init__(self) -> None:
        # Before Textual's own: it posts messages when it begins.
        self.arrivals = Arrivals()
        self._answered: set[str] = set()
        super().__init__()

    def note_taker(self) -> Callable[[str], Awaitable[None]] | None:
        """What takes a pasted text as a note; None where there is nothing to note on."""
        raise NotImplementedError

    @property
    def is_asking_about_paste(self) -> bool:
        """Whether the question of what becomes of a paste is on the screen."""
        return isinstance(self.screen, PastedScreen)

    async def offer_pasted(self, text: str) -> None:
        """Offer a text that was pasted outside any field as a note, or say that it was dropped."""
        screen = self.screen
        if isinstance(screen, PastedScreen):
            screen.add(text)
            return
        take = self.note_taker()
        if take is None or not text.strip():
            self.notify(
                f"{len(text):,} characters came at once: pasted text, it seems. They were dropped. "
                f"To write a note, open a learner and press {key_of('mark.note')} first.",
                severity="warning",
                markup=False,
            )
            return

        async def answered(taken: str | None) -> None:
            if taken is not None:
                await take(taken)

        await self.push_screen(PastedScreen(text), answered)

    def post_message(self, message: Message) -> bool:
        """Keep the order and the time in which keys arrive."""
        if isinstance(message, events.Key) and not message.is_forwarded:
            self.arrivals.add(message)
        return super().post_message(message)

    async def on_event(self, event: events.Event) -> None:
        """Handle keys in the order they were pressed, each one to its end before the next is looked at.

        Textual passes a key through the queues of the focused widget and its parents first. Whoever types `r` and the
        note faster than a screen opens would then find the first letters taken as commands: a `p` in them would mark.
        """
        is_key = isinstance(event, events.Key) and not event.is_forwarded
        if isinstance(event, events.Key) and is_key:
            if not self.arrivals.is_due(event):
                return
            self.read_notices()
            if await self._is_pasted(event):
                return
            if is_unread(event):
                self._tell_unread("A key was not taken")
                return
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            if _UNREAD.search(event.text):
                self._tell_unread("Some of what was pasted could not be read, and stands as \ufffd")
            # Not every field is ours: the palette's is Textual's, and would show a terminal what it obeys.
            event.text = pasted(event.text)
            if not self._is_in_field:
                await self.offer_pasted(event.text)
                return
        if isinstance(event, events.Key) and is_key and not self._is_in_field:
            self.app_focus = True
            self.arrivals.obeyed(event)
            self._answer_changed_key(event.key)
            if not await self._check_bindings(event.key, priority=True):
                await self._check_bindings(event.key)
            return
        await super().on_event(event)

    def _answer_changed_key(self, key: str) -> None:
        """Say what became of a key of the version before; once, where it does something else by now."""
        if key not in WERE_KEYS:
            return
        active = self.screen.active_bindings
        word = word_for(key, {each.binding.id for each in active.values() if each.enabled and each.binding.id})
        if word and not (key in active and word in self._answered):
            self._answered.add(word)
            self.notify(word, markup=False)

    def _tell_unread(self, title: str) -> None:
        self.notify(
            "The terminal sent what is no UTF-8. Set it to UTF-8, and type or paste it again.",
            title=title,
            severity="error",
            markup=False,
        )

    @property
    def _is_in_field(self) -> bool:
        return isinstance(self.focused, Input | SeveralLines)

    async def _is_pasted(self, key: events.Key) -> bool:
        """Whether that key is part of a paste; then what has to be done with it is done."""
        field = self.focused
        if isinstance(field, Input | SeveralLines):
            if key.key not in LINE_ENDS:
                return False
            if self.arrivals.is_pressed_twice(key):
                self.notify(
                    "That came twice at once, before this could be read: the second saved nothing.",
                    severity="warning",
                    markup=False,
                )
                return True
            await self.arrivals.window(key)
            if not self.arrivals.is_line_end_of_paste(key):
                return False
            # A field of one line is left with Enter, and nothing is recorded by that: only what follows must not be.
            if isinstance(field, Input) and self.arrivals.letters_behind(key) < STRANGE:
                return False
            await settled(field)
            if isinstance(field, SeveralLines):
                field.end_line()
            else:
                field.insert_text_at_cursor(" ")
            return True
        if text_of(key):
            # An arrow or Esc begins no text: it is obeyed at once.
            await self.arrivals.window(key)
        # Where a paste is asked about, its last piece, which may be short, is no answer.
        is_more = self.is_asking_about_paste and self.arrivals.is_right_behind(key)
        if not (is_more or self.arrivals.is_text(key, self._is_command)):
            return False
        await self.offer_pasted(await self.arrivals.take(key))
        return True

    def _is_command(self, key: events.Key) -> bool:
        active = self.screen.active_bindings
        return any(name in active for name in key.aliases)
