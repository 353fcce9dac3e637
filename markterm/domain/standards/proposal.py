"""Proposals for what a criterion covers: statements that are worded alike, each with the words that say why.

It proposes and a person decides: words in common are a reason to look, and no proof that one covers the other. Words
are compared by their stems and weighted by how rare they are among the statements, as BM25 does (Robertson and Walker,
1994). Words that belong to one matter, the words of the criterion's learning outcome and those of the statement's
standard count less; what is asked for, knowing or doing, counts by the outcome, or else by the command verb.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop
from itertools import islice
from math import log

from markterm.domain.assessed.known_standards import KnownStatement
from markterm.domain.assessed.standard import StandardKey, StatementKind
from markterm.domain.assessed.unit import Criterion
from markterm.domain.standards.field_words import ONE_THING, RELATED, STOP_WORDS
from markterm.domain.words.command_verb import RUNGS, command_verb, command_words

Stem = Callable[[str], str]
"""What different forms of a word have in common: `plan` for plans, planned and planning."""

_COINCIDENCE = 1.0
"""One word in common is a coincidence, unless it is a rare one."""
_MOST_NAMED, _MOST_NEAR = 5, 2
_SATURATION, _BY_LENGTH = 1.2, 0.15
_AS_VERB, _OF_OUTCOME, _OF_MATTER, _OF_STANDARD = 0.8, 0.3, 0.5, 0.2
_FITTING_KIND = 1.3
_KNOWING = (StatementKind.KNOWLEDGE,)
_DOING = (StatementKind.PERFORMANCE, StatementKind.SKILL)
_OUTCOMES = {"be able to": _DOING, "know": _KNOWING, "understand": _KNOWING}
_TELLING = (RUNGS["describe"], RUNGS["explain"])
_SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class ProposedStatement:
    """A statement that a criterion might cover. `score` is from 1 to 100, how much of what the criterion says it says
    too; `shared` are the words that both have, the rarest first, in the form of the statement, and with the
    criterion's own in brackets where it has another word for the same. `near` are words of the statement that belong
    to the matter of a word of the criterion, each with that. `asks` is how outcome or command verb ask for what the
    statement is about, knowing or doing; empty where they do not."""

    known: KnownStatement
    score: int
    shared: tuple[str, ...]
    near: tuple[tuple[str, str], ...] = ()
    asks: str = ""

    @property
    def reason(self) -> str:
        """Why it is proposed, in sentences."""
        told = []
        if self.shared:
            told.append(f"Both say {', '.join(self.shared)}.")
        if self.near:
            told.append(f"It says {', '.join(f'{its} where the criterion says {own}' for its, own in self.near)}.")
        if self.asks:
            kind = "known" if self.known.statement.kind in _KNOWING else "done"
            told.append(f"“{self.asks.capitalize()}” asks for what is {kind}.")
        return " ".join(told)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The words of a criterion: what each counts, those of its outcome too; how the criterion itself says them; the
    matters that they belong to, each with what it counts and the word; and what kinds of statements it asks for."""

    words: Mapping[str, float]
    forms: Mapping[str, str]
    matters: Mapping[str, tuple[float, str]]
    kinds: tuple[StatementKind, ...]
    asks: str


class StatementIndex:
    """The words of many statements. Duties are not among what is proposed: one is met by what it asks for.

    A statement is read in its standard: what the other statements of it say counts a little, as the document does for
    a passage.
    """

    def __init__(self, statements: Sequence[KnownStatement], stem: Stem) -> None:
        self._stem = stem
        self._stops = {stem(word) for word in STOP_WORDS.split()}
        self._verbs = {stem(word) for word in RUNGS}
        self._same = {stem(word): stem(group.split()[0]) for group in ONE_THING for word in group.split()}
        self._matters: dict[str, dict[str, None]] = defaultdict(dict)
        for group in RELATED:
            for word in group.split():
                self._matters[self._term(word)][group] = None
        self.statements = tuple(each for each in statements if each.statement.kind.is_asked)
        self._forms = tuple(self._forms_of(each.statement.text) for each in self.statements)
        self._near = tuple({matter: term for term in forms for matter in self._of(term)} for forms in self._forms)
        of_standards: dict[StandardKey, Counter[str]] = {}
        for each, forms in zip(self.statements, self._forms, strict=True):
            if each.standard.key not in of_standards:
                of_standards[each.standard.key] = Counter(self._forms_of(each.standard.title).keys())
            of_standards[each.standard.key].update(forms.keys())
        numbers = {key: number for number, key in enumerate(of_standards)}
        self._standard_of = tuple(numbers[each.standard.key] for each in self.statements)
        self._by_word = _Weighed([dict.fromkeys(forms, 1.0) for forms in self._forms])
        self._by_matter = _Weighed([dict.fromkeys(near, 1.0) for near in self._near])
        self._by_standard = _Weighed(list(of_standards.values()))

    def like(self, criterion: Criterion, most: int = 3, outcome: str = "") -> tuple[ProposedStatement, ...]:
        """The statements that are worded most like a criterion, the likest first, at most so many; empty where
        nothing is alike. `outcome` is the title of its learning outcome, whose words count too, though less."""
        asked = self._asked(criterion.text, outcome)
        matters = {matter: counts for matter, (counts, _) in asked.matters.items()}
        words, around = self._by_word.scores(asked.words), self._by_standard.scores(asked.words)
        near = self._by_matter.scores(matters)
        likest: list[tuple[float, int]] = []
        for place in words.keys() | near.keys():
            score = words.get(place, 0.0) + _OF_MATTER * near.get(place, 0.0)
            score += _OF_STANDARD * around.get(self._standard_of[place], 0.0)
            likest.append((-score * (_FITTING_KIND if self._kind(place) in asked.kinds else 1.0), place))
        heapify(likest)
        in_order = (heappop(likest) for _ in range(len(likest)))
        full = self._by_word.full(asked.words) + _OF_STANDARD * self._by_standard.full(asked.words)
        full = _FITTING_KIND * (full + _OF_MATTER * self._by_matter.full(matters))
        return tuple(
            ProposedStatement(
                self.statements[place],
                max(1, min(100, round(-100 * score / full))),
                self._shared(asked, place),
                self._related(asked, place),
                asked.asks if self._kind(place) in asked.kinds else "",
            )
            for score, place in islice((each for each in in_order if self._is_alike(asked, each[1])), most)
        )

    def _asked(self, text: str, outcome: str) -> _Asked:
        """The words of a criterion with what they count. A command verb that tells how much is asked for is no word
        that a statement has to have, but it has its matter: who is to evaluate may be told to review."""
        commands, first = command_words(text), next(iter(_WORD.findall(text.lower())), "")
        words: dict[str, float] = {}
        matters: dict[str, tuple[float, str]] = {}
        for word, term in self._terms(text):
            counts = _AS_VERB if word == first else 1.0
            is_command = word in commands and self._stem(word) in self._verbs
            if not is_command:
                words[term] = max(counts, words.get(term, 0.0))
            for matter in self._of(term):
                matters[matter] = max((1.0 if is_command else counts, word), matters.get(matter, (0.0, "")))
        for term in self._forms_of(outcome):
            words.setdefault(term, _OF_OUTCOME)
            for matter in self._of(term):
                matters.setdefault(matter, (_OF_OUTCOME, ""))
        kinds, asks = _kinds(text, outcome)
        return _Asked(words, self._forms_of(text), matters, kinds, asks)

    def _is_alike(self, asked: _Asked, place: int) -> bool:
        """Whether a statement has more in common with a criterion than coincidence, and not with its outcome alone."""
        forms, near = self._forms[place], self._near[place]
        both = [term for term in asked.words if term in forms]
        matters = [own for matter, (_, own) in asked.matters.items() if matter in near]
        if not any(term in asked.forms for term in both) and not any(matters):
            return False
        return len(both) + len(matters) > 1 or any(self._by_word.rarity[term] >= _COINCIDENCE for term in both)

    def _kind(self, place: int) -> StatementKind:
        return self.statements[place].statement.kind

    def _shared(self, asked: _Asked, place: int) -> tuple[str, ...]:
        forms, rarity = self._forms[place], self._by_word.rarity
        both = [term for term in asked.words if term in forms and term in asked.forms]
        both.sort(key=lambda term: (-rarity[term], term))
        return tuple(self._told(forms[term], asked.forms[term]) for term in both[:_MOST_NAMED])

    def _related(self, asked: _Asked, place: int) -> tuple[tuple[str, str], ...]:
        """Words of a statement and of the criterion that belong to one matter, where neither is said by both."""
        forms, near = self._forms[place], self._near[place]
        pairs: dict[str, str] = {}
        for matter, (_, own) in asked.matters.items():
            term = near.get(matter, "")
            if own and term and term not in asked.forms and self._term(own) not in forms:
                pairs.setdefault(forms[term], own)
        return tuple(pairs.items())[:_MOST_NEAR]

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
            if len(word) >= _SHORTEST and self._stem(word) not in self._stops:
                yield word, self._term(word)

    def _term(self, word: str) -> str:
        stem = self._stem(word)
        return self._same.get(stem, stem)

    def _of(self, term: str) -> Iterable[str]:
        """The matters that a word belongs to."""
        return self._matters.get(term, ())


def _kinds(text: str, outcome: str) -> tuple[tuple[StatementKind, ...], str]:
    """What kinds of statements a criterion asks for, and the words that say so: a verb of telling, or else its
    outcome, or else whatever verb it has. Who is able to plan may have to explain, which takes knowing."""
    verb = command_verb(text)
    if verb is None or verb.rung not in _TELLING:
        for words, kinds in _OUTCOMES.items():
            if outcome.lower().startswith(words):
                return kinds, words
    return ((), "") if verb is None else (_DOING if verb.rung is None else _KNOWING, verb.word)


class _Weighed:
    """By word the places of the texts that have it, each with its weight there, and how rare the word is."""

    def __init__(self, texts: Sequence[Mapping[str, float]]) -> None:
        self._places: dict[str, list[tuple[int, float]]] = defaultdict(list)
        usual = sum(map(len, texts)) / max(len(texts), 1) or 1.0
        for place, words in enumerate(texts):
            longer = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * len(words) / usual)
            for word, times in words.items():
                self._places[word].append((place, times * (_SATURATION + 1) / (times + longer)))
        self.rarity = {
            word: log(1 + (len(texts) - len(at) + 0.5) / (len(at) + 0.5)) for word, at in self._places.items()
        }

    def scores(self, asked: Mapping[str, float]) -> dict[int, float]:
        """What is asked for, as far as each text has it, by the place of the text."""
        scores: dict[int, float] = defaultdict(float)
        for word, counts in asked.items():
            for place, there in self._places.get(word, ()):
                scores[place] += counts * self.rarity[word] * there
        return scores

    def full(self, asked: Mapping[str, float]) -> float:
        """More than any text can score: all that is asked for, said without end."""
        return (_SATURATION + 1) * sum(counts * self.rarity.get(word, 0.0) for word, counts in asked.items())
