"""The command verb of a criterion, and how much it asks for: identify < describe < explain < analyse < evaluate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_LADDER = (
    "identify list name state define outline recognise recognize select",
    "describe summarise summarize illustrate",
    "explain discuss clarify interpret",
    "analyse analyze compare contrast examine distinguish differentiate investigate",
    "evaluate assess justify judge appraise critique argue conclude recommend propose",
)
"""What a learner tells, from what asks for least to what asks for most; verbs on one rung ask for about as much."""
_DONE = (
    "adapt agree apply carry collect communicate complete conduct contribute create deliver demonstrate design develop "
    "follow give implement keep lead maintain make manage measure monitor operate organise organize perform plan "
    "practise practice prepare present produce provide record reflect report review set show support test undertake "
    "use work write"
)
"""What a learner does or makes: it has no rung, and is seen in a product or in the work itself."""

RUNGS: Mapping[str, int] = MappingProxyType(
    {verb: rung for rung, verbs in enumerate(_LADDER) for verb in verbs.split()}
)
_KNOWN: Mapping[str, int | None] = MappingProxyType({**dict.fromkeys(_DONE.split()), **RUNGS})
_NEAR, _FAR = 1, 3
_WORD = re.compile(r"[^\W\d_]+")
# A second verb comes after `and` or a comma: "Define coaching and mentoring, and compare the two".
_LATER = re.compile(r"(?:,|\band)\s+(?:and\s+)?(?:\w+ly\s+)?([^\W\d_]+)")
_ADVERB = "ly"


@dataclass(frozen=True, slots=True)
class CommandVerb:
    """What a criterion asks a learner to do. `rung` counts from 0 for what asks for least; None for what is done."""

    word: str
    rung: int | None

    def is_near(self, other: CommandVerb) -> bool:
        """Whether the two ask for about as much, or both for something done."""
        if self.rung is None or other.rung is None:
            return self.rung == other.rung
        return abs(self.rung - other.rung) <= _NEAR

    def is_far(self, other: CommandVerb) -> bool:
        """Whether one answer is unlikely to do for both: what identifies does not evaluate."""
        return self.rung is not None and other.rung is not None and abs(self.rung - other.rung) >= _FAR


def command_verb(text: str) -> CommandVerb | None:
    """The verb of a criterion's text, the one that asks for most if it has several; None if it begins with none.

    Verbs are known by their English form: a criterion in another language has none.
    """
    words = _WORD.findall(text.lower())
    if len(words) > 1 and words[0].endswith(_ADVERB) and words[0] not in _KNOWN:
        del words[0]  # "Critically analyse".
    if not words or words[0] not in _KNOWN:
        return None
    found = [words[0], *(word for word in _LATER.findall(text.lower()) if word in RUNGS)]
    verbs = [CommandVerb(word, _KNOWN[word]) for word in found]
    return max(verbs, key=lambda verb: -1 if verb.rung is None else verb.rung)


def command_words(text: str) -> frozenset[str]:
    """The words of a criterion that stand where its command verbs do: `assess` in "Assess own skills", and not where
    it is what the assessment is of."""
    words = _WORD.findall(text.lower())
    return frozenset((*words[:1], *_LATER.findall(text.lower())))
