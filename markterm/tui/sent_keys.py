"""What a terminal or a browser sends, as keys. What is no key of any keyboard is none, and ends nothing."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual._xterm_parser import XTermParser
from textual.keys import Keys


class SentKeys(XTermParser):
    """Reads as Textual's own does, which raises at a key that has another one beside it, as terminals may send it, or a
    number that is no character: there whoever sent it was left with a screen that takes no key any more."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        try:
            yield from super()._sequence_to_key_events(sequence, alt)
        except (ValueError, OverflowError):
            yield events.Key(Keys.Ignore, sequence)
