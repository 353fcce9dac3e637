"""What is said of one learner: what is kept until when and why, what is meant or begun, and the holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from textual.content import Content

from markterm.domain.views.kept_of import KeptOf
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import keyed
from markterm.tui.local_time import moment


def kept_told(of: KeptOf, today: date, blindfold: Blindfold, most: int | None = None) -> Iterator[Content]:
    """What is kept and why, line by line; of what is in the way so many, or all of it."""
    lines = [blindfold.told_of(of.registration, line) for line in of.in_words(today)]
    ways = [line for line in lines if line.startswith("!")]
    yield from (Content(one_line(line)) for line in lines if not line.startswith("!"))
    yield from (Content.styled(one_line(line), "$warning") for line in ways[:most])
    if left := len(ways[most:]) if most is not None else 0:
        yield Content.styled(keyed(f"and {left} more: {{retention.read}}"), "$quiet")
    for each in of.coming:
        words = blindfold.told_of(of.registration, each.words)
        yield Content.styled(one_line(f"{each.of_what} {words}"), "bold $error")


def holds_told(of: KeptOf, name_of: Callable[[str, datetime], str], blindfold: Blindfold) -> Iterator[Content]:
    """Every hold that was set, by whom and why, and whether it holds still."""
    for hold in of.holds:
        word = "held no more" if hold.lifted else "held"
        text = blindfold.told_of(of.registration, hold.text)
        yield Content(one_line(f"{word}: since {moment(hold.at)} by {name_of(hold.actor, hold.at)}: {text}"))
