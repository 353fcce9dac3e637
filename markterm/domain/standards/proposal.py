"""Proposals for what a criterion covers: statements that are worded alike, each with the words that say why.

It proposes and a person decides: words in common are a reason to look, and no proof that one covers the other. Words
are compared by their stems and weighted by how rare they are among the statements, as BM25 does (Robertson and Walker,
1994); what is asked for, knowing or doing, counts by the criterion's command verb.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import log

from markterm.domain.assessed.known_standards import KnownStatement
from markterm.domain.assessed.standard import StatementKind
from markterm.domain.assessed.unit import Criterion
from markterm.domain.words.command_verb import RUNGS, command_verb

Stem = Callable[[str], str]
"""What different forms of a word have in common: `plan` for plans, planned and planning."""

_COINCIDENCE = 1.0
"""One word in common is a coincidence, unless it is a rare one."""
_MOST_NAMED = 5
_SATURATION, _BY_LENGTH = 1.2, 0.4
_AS_VERB = 0.5
_OF_STANDARD = 0.2
_FITTING_KIND = 1.25
_KNOWING = (StatementKind.KNOWLEDGE,)
_DOING = (StatementKind.PERFORMANCE, StatementKind.SKILL)
_SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+")
_STOP_WORDS = (
    "about after against all also although and another any are around because been before being between both but can "
    "cannot could did does done down during each either else ever every few for from get given good had has have her "
    "here him his hold how into its itself just least less like made main make may more most much must near not "
    "off one only other others out over part rather same she should some such than that the their them then there "
    "these they thing things this those through too two under until upon use very was way ways were what when "
    "where whether which while who whom whose why will with within without work would you your own relevant "
    "appropriate range important importance least learner learners different impact effective need"
)
_ONE_THING = (
    "agreement contract",
    "barrier obstacle",
    "client coachee mentee",
    "complete conclude conclusion end",
    "duty responsibility",
    "goal aim objective target",
    "guidance supervision",
    "law legal legislation legislative statutory",
    "log record diary",
    "sponsor stakeholder",
    "technique tool",
    "issue problem difficulty",
    "measure benchmark indicator",
    "recommend propose",
    "rapport relationship",
    "session conversation",
    "communicate listen talk question",
    "result outcome",
    "apply use",
    "worker employee staff colleague",
)
"""Words that units and standards use for one thing."""


@dataclass(frozen=True, slots=True)
class ProposedStatement:
    """A statement that a criterion might cover. `score` is from 1 to 100, how much of what the criterion says it says
    too; `shared` are the words that both have, the rarest first, in the form of the statement, and with the
    criterion's own in brackets where it has another word for the same; `verb` is the
    criterion's command verb where it asks for what the statement is about, knowing or doing."""

    known: KnownStatement
    score: int
    shared: tuple[str, ...]
    verb: str = ""

    @property
    def reason(self) -> str:
        """Why it is proposed, in words."""
        words = "both say " + ", ".join(self.shared)
        kind = "known" if self.known.statement.kind in _KNOWING else "done"
        return f"{words}; “{self.verb}” asks for what is {kind}" if self.verb else words


class StatementIndex:
    """The words of many statements. Duties are not among what is proposed: one is met by what it asks for.

    A statement is read in its standard: what the other statements of it say counts a little, as the document does for
    a passage.
    """

    def __init__(self, statements: Sequence[KnownStatement], stem: Stem) -> None:
        self._stem = stem
        self._stops = {stem(word) for word in _STOP_WORDS.split()}
        self._verbs = {stem(word) for word in RUNGS}
        self._same = {stem(word): stem(group.split()[0]) for group in _ONE_THING for word in group.split()}
        self.statements = tuple(each for each in statements if each.statement.kind.is_asked)
        self._forms = tuple(self._forms_of(each.statement.text) for each in self.statements)
        self._places, self._rarity = _weighed([dict.fromkeys(forms, 1.0) for forms in self._forms])
        keys = [each.standard.key for each in self.statements]
        of_standards = {
            each.standard.key: Counter(self._forms_of(each.standard.title).keys()) for each in self.statements
        }
        for key, forms in zip(keys, self._forms, strict=True):
            of_standards[key].update(forms.keys())
        numbers = {key: number for number, key in enumerate(of_standards)}
        self._standard_of = tuple(numbers[key] for key in keys)
        self._in_standards, self._rarity_of_standards = _weighed(list(of_standards.values()))

    def like(self, criterion: Criterion, most: int = 3) -> tuple[ProposedStatement, ...]:
        """The statements that are worded most like a criterion, the likest first, at most so many; empty where
        nothing is alike. The words of its learning outcome count for nothing: with them fewer right ones were found."""
        verb = command_verb(criterion.text)
        fitting = () if verb is None else _DOING if verb.rung is None else _KNOWING
        asked, words = self._asked(criterion.text), self._forms_of(criterion.text)
        around = _scores(asked, self._in_standards, self._rarity_of_standards)
        best: list[tuple[float, int]] = []
        for place, score in _scores(asked, self._places, self._rarity).items():
            both = [self._rarity[term] for term in asked if term in self._forms[place]]
            if len(both) > 1 or (both and both[0] >= _COINCIDENCE):
                score += _OF_STANDARD * around.get(self._standard_of[place], 0.0)
                kind = self.statements[place].statement.kind
                best.append((-score * (_FITTING_KIND if kind in fitting else 1.0), place))
        full = (
            _FITTING_KIND
            * (
                sum(weight * self._rarity.get(term, 0.0) for term, weight in asked.items())
                + _OF_STANDARD
                * sum(weight * self._rarity_of_standards.get(term, 0.0) for term, weight in asked.items())
            )
            * (_SATURATION + 1)
        )
        return tuple(
            ProposedStatement(
                self.statements[place],
                max(1, min(100, round(-100 * score / full))),
                self._shared(asked, words, place),
                verb.word if verb is not None and self.statements[place].statement.kind in fitting else "",
            )
            for score, place in nsmallest(most, best)
        )

    def _asked(self, text: str) -> dict[str, float]:
        """The words of a criterion with their weights; its command verb counts less, and where that tells how much is
        asked for, nothing."""
        first = next(iter(_WORD.findall(text.lower())), "")
        words = ((word, term) for word, term in self._terms(text) if term not in self._verbs)
        return {term: _AS_VERB if word == first else 1.0 for word, term in words}

    def _shared(self, asked: Mapping[str, float], words: Mapping[str, str], place: int) -> tuple[str, ...]:
        forms = self._forms[place]
        both = [term for term in asked if term in forms]
        both.sort(key=lambda term: (-self._rarity[term], term))
        return tuple(self._told(forms[term], words[term]) for term in both[:_MOST_NAMED])

    def _told(self, word: str, other: str) -> str:
        """A word of a statement; where the criterion has another one for the same thing, with that."""
        return word if self._stem(word) == self._stem(other) else f"{word} ({other})"

    def _forms_of(self, text: str) -> dict[str, str]:
        """What stands for each word that counts, with the first form of it in the text."""
        forms: dict[str, str] = {}
        for word, term in self._terms(text):
            forms.setdefault(term, word)
        return forms

    def _terms(self, text: str) -> Iterator[tuple[str, str]]:
        """Each word that counts, and what stands for it."""
        for word in _WORD.findall(text.lower()):
            if len(word) >= _SHORTEST:
                term = self._stem(word)
                if term not in self._stops:
                    yield word, self._same.get(term, term)


def _weighed(texts: Sequence[Mapping[str, float]]) -> tuple[dict[str, list[tuple[int, float]]], dict[str, float]]:
    """By word the places of the texts that have it, each with its weight there, and how rare the word is."""
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    usual = sum(map(len, texts)) / len(texts) if texts else 1.0
    for place, words in enumerate(texts):
        longer = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * len(words) / usual)
        for word, times in words.items():
            places[word].append((place, times * (_SATURATION + 1) / (times + longer)))
    number = len(texts)
    return places, {word: log(1 + (number - len(at) + 0.5) / (len(at) + 0.5)) for word, at in places.items()}


def _scores(
    asked: Mapping[str, float], places: Mapping[str, Sequence[tuple[int, float]]], rarity: Mapping[str, float]
) -> dict[int, float]:
    scores: dict[int, float] = defaultdict(float)
    for term, weight in asked.items():
        for place, counted in places.get(term, ()):
            scores[place] += weight * rarity[term] * counted
    return scores
