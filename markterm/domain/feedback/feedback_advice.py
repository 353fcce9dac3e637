"""Advice on feedback before it goes to the learner. It never stops anybody: each says why, and the assessor decides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from textwrap import shorten
from types import MappingProxyType

from markterm.domain.assessed.unit import Standing
from markterm.domain.feedback.feedback import Feedback, Remark, UnitFeedback
from markterm.domain.feedback.given_answer import gives_away
from markterm.domain.record.event import Result
from markterm.domain.words.command_verb import RUNGS, command_verb


class Concern(StrEnum):
    """What a piece of advice is about."""

    VERB = "verb"
    EMPTY = "empty"
    SAME = "same"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to look at again: the criteria of a unit that it is about, and why in a sentence."""

    concern: Concern
    unit: str
    numbers: tuple[str, ...]
    sentence: str


_MANY = 3
"""So many criteria referred with one note: it can hardly say of each what is missing."""
_RUN, _SHORTEST_RUN = 8, 5
"""So many words in a row are no coincidence, or a whole descriptor that is shorter."""
_SENTENCE = 6
_LONGEST_SAID = 120
_LONGEST = 20_000
"""Characters of a note that are looked through."""
_ANALYSE, _EVALUATE = RUNGS["analyse"], RUNGS["evaluate"]
_LEADS_ON = frozenset({"conclude", "recommend", "propose"})
"""They ask for as much as evaluate does, but a note on them speaks of what came of it."""
# What a note speaks of when it speaks of judgement or of analysis, by the beginnings of words. Long lists keep false
# alarms rare; praise (good, clear, strong) is in neither: it is the assessor's judgement and not the learner's.
_JUDGEMENT = (
    "advantage against apprais argu assess balanc because benefit best better chose choice compar conclu convinc cost "
    "critic critiq decid disadvantage downside drawback effective evaluat fail follow how impact judg justif limit "
    "merit outweigh persua prefer priorit pros rating reason recommend reject reliab rest result risk sides strength "
    "suit think trade-off turned useful valid value verdict weak weigh why worse worth"
)
_ANALYSIS = (
    "analy apart awkward between break broke caus cluster common connect contrast contribut depend differ distinguish "
    "drive effect examin explain factor how implication influence interact interpret lay laid lead led link "
    "part pattern relat root separat share side significan structur tension theme trace trend underl why"
)
_ASKED: Mapping[int | None, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        _ANALYSE: (tuple(f"{_ANALYSIS} {_JUDGEMENT}".split()), "how things hang together or differ"),
        _EVALUATE: (tuple(_JUDGEMENT.split()), "the learner's judgement or what it rests on"),
    }
)
"""By the verb's rung: the words to look for, and what a note without any of them says nothing of."""
_STOCK = (
    "a an and again are as be been below criteria criterion did do done does evidence fail failed for further has have "
    "improve improvement in incomplete inadequate insufficient is it lacking lacks met missing more must need needed "
    "needs no none not of ok on please poor redo refer referral referred resubmit rework see sheet sorry standard "
    "still sufficient that the this to too unclear unsatisfactory weak work yes you your above enough"
)
"""Words that say of nothing in particular that something is missing."""
_AROUND = " .,:;!?\n"
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# An order to write, but not `you write …`, which tells of what the learner wrote.
_INSERT = (
    r"(?:^|[.!?:;,]\s+|\n\s*|\b(?:please|should|must|to|could|and|then|just|simply)\s+)"
    r"(?:write|insert|add|put|paste|copy|include|say|state|replace|change)\b"
)
_QUOTED = re.compile(rf"{_INSERT}[^.!?\n“”\"]{{0,60}}[“\"]([^”\"\n]{{1,300}})[”\"]", re.IGNORECASE)
_TOLD = re.compile(
    rf"{_INSERT}\s+(?:(?:down\s+)?(?:this|the following|these words|these sentences)\s*:|that the\b)"
    r"|\b(?:right|correct|model|expected) answer (?:is|was|would be)\b"
    r"|\byou should have (?:written|said|put)\b",
    re.IGNORECASE,
)


def advice(feedback: Feedback) -> tuple[Advice, ...]:
    """What to look at again before this feedback goes, unit by unit in the order of the sheet; often nothing."""
    return tuple(each for told in feedback.units for each in _on_unit(told))


def _on_unit(told: UnitFeedback) -> Iterator[Advice]:
    remarks = [replace(remark, note=remark.note[:_LONGEST]) for remark in told.remarks]
    referred = [remark for remark in remarks if remark.refers]
    for remark in remarks:
        found = [_verb(remark)]
        if remark.refers:
            found = [_empty(remark) or _answer(remark), *found]
        elif remark.result is Result.REFER:
            found = [_answer(remark), *found]
        for concern, sentence in filter(None, found):
            yield Advice(concern, told.unit.code, (remark.criterion.number,), sentence)
    for numbers in _the_same(referred):
        listed = ", ".join(numbers)
        yield Advice(
            Concern.SAME,
            told.unit.code,
            numbers,
            f"{listed} are referred with the same note: say of each what is missing there.",
        )


_Found = tuple[Concern, str] | None


def _verb(remark: Remark) -> _Found:
    """A reminder of what the criterion's verb asks for, when the note speaks of nothing like it."""
    verb = command_verb(remark.wording)
    words = _words(remark.note)
    if verb is None or verb.rung not in _ASKED or verb.word in _LEADS_ON or not words:
        return None
    if remark.result is Result.REFER and "?" in remark.note:
        return None  # A question hands the thinking back to the learner.
    spoken_of, what = _ASKED[verb.rung]
    if any(word.startswith(spoken_of) for word in words):
        return None
    return Concern.VERB, f"{remark.criterion.number} says {verb.word}: the note says nothing of {what}."


def _empty(remark: Remark) -> _Found:
    number, words = remark.criterion.number, _words(remark.note)
    if not words:
        return Concern.EMPTY, f"{number} is referred without a note: the learner is not told what is missing."
    if len(words) == 1 or set(words) <= set(_STOCK.split()):
        said = remark.note.strip()
        return Concern.EMPTY, f"{number} is referred with “{said}”, which fits any criterion: say what is missing here."
    return None


def _answer(remark: Remark) -> _Found:
    """Signs that a referral hands the learner the answer instead of saying what is missing."""
    number, note = remark.criterion.number, remark.note
    words, wording = _words(note), _words(remark.wording)
    for descriptor in remark.criterion.descriptors:
        described = _words(descriptor.text)
        length = min(_RUN, len(described))
        if descriptor.standing is Standing.REFER or length < _SHORTEST_RUN:
            continue
        # The criterion's own words are no secret.
        if _runs(words, length) & _runs(described, length) - _runs(wording, length):
            return (
                Concern.ANSWER,
                f"{number} repeats what the sheet says of a {descriptor.standing}, word for word: "
                "that may be the answer rather than what is missing.",
            )
    known = [wording, *(_words(passage.quote) for passage in remark.passages)]
    for quoted in _QUOTED.findall(note):
        said = _words(quoted)
        if len(said) >= _SENTENCE and not any(_runs(said, len(said)) & _runs(each, len(said)) for each in known):
            return Concern.ANSWER, f"{number} gives the learner a sentence to put in: “{quoted.strip()}”"
    told = _TOLD.search(note)
    sentence = told.group().strip(_AROUND) if told is not None else gives_away(note, remark.wording)
    if sentence:
        shown = shorten(sentence, _LONGEST_SAID, placeholder=" …")
        return Concern.ANSWER, f"{number} says “{shown}”: that may give the answer away."
    return None


def _the_same(referred: Iterable[Remark]) -> Iterator[tuple[str, ...]]:
    by_note: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for remark in referred:
        if words := tuple(_words(remark.note)):
            by_note[words].append(remark.criterion.number)
    return (tuple(numbers) for numbers in by_note.values() if len(numbers) >= _MANY)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _runs(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    """Every run of so many words."""
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}
