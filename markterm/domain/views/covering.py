"""Blind marking covers everybody whom a text names, not only the learner who is open: a note on one may name another.

Registrations and whole names are covered always, a part of a name alone where it is no ordinary word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from markterm.domain.views.blind import Disguise, Span
from markterm.domain.words.learner_names import How, LearnerNames, Mention

_WHOLE = (How.NAME, How.REGISTRATION)
SOMEBODY = "a learner"
"""What stands for a name that several learners have."""


class Covered(NamedTuple):
    """From where to where in a text something is covered, and the label that stands for it."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Covering:
    """What covers the names of all learners in what others wrote.

    `disguise` is that of the learner who is open while they are hidden. `shown` are the registrations of those who may
    be named, for their names are shown; `label_of` gives the label of any other.
    """

    names: LearnerNames
    label_of: Callable[[str], str]
    disguise: Disguise | None = None
    shown: frozenset[str] = frozenset()

    def covered(self, text: str) -> str:
        """`text` with labels in the place of what tells who somebody is."""
        pieces, end = [], 0
        for start, after, label in self.pieces(text):
            pieces += [text[end:start], label]
            end = after
        return "".join((*pieces, text[end:]))

    def pieces(self, text: str) -> list[Covered]:
        """What is covered in `text`, in order; no two of them meet."""
        own = self.disguise
        spans = own.spans(text) if own is not None else []
        mentions = [each for each in self.names.mentions(text) if self._hides(each)]
        if not mentions:
            return [Covered(start, end, own.label) for start, end in spans] if own is not None else []
        # Tom Jones is another one than the Jones who is open.
        found = [Covered(m.start, m.end, self._label(m)) for m in mentions if m.how in _WHOLE]
        if own is not None:
            found += [Covered(*left, own.label) for span in spans for left in _left(span, found)]
        for mention in mentions:
            if mention.how not in _WHOLE:
                span = mention.start, mention.end
                found += [Covered(*left, self._label(mention)) for left in _left(span, found)]
        return sorted(found)

    def _hides(self, mention: Mention) -> bool:
        return mention.how is not How.WORD and not self.shown.issuperset(mention.learners)

    def _label(self, mention: Mention) -> str:
        if self.disguise is not None and self.disguise.registration in mention.learners:
            return self.disguise.label
        hidden = [each for each in mention.learners if each not in self.shown]
        return self.label_of(hidden[0]) if len(hidden) == 1 else SOMEBODY


def _left(span: Span, covered: list[Covered]) -> list[Span]:
    """What of a span is not covered yet."""
    left: list[Span] = []
    start, after = span
    for each in sorted(covered):
        if each.end <= start or each.start >= after:
            continue
        if start < each.start:
            left.append((start, each.start))
        start = each.end
    return [*left, (start, after)] if start < after else left
