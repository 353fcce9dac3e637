"""A learner's work without the names in it: what is shown to members who are not to know whose it is.

More is taken out than blind marking covers, for it leaves the centre: members' names too, e-mail addresses, unique
learner numbers, pictures within a text, and of the learner's own name also the parts that are ordinary words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from markterm.domain.assessed.learner import Learner, is_uln
from markterm.domain.assessed.member import Member
from markterm.domain.remarks.remark_places import EMAIL_ADDRESS
from markterm.domain.views.blind import Disguise
from markterm.domain.views.covering import Covered
from markterm.domain.words.learner_names import PARTICLES, How, LearnerNames, Mention
from markterm.domain.words.letters import plain
from markterm.domain.words.ordinary_words import ORDINARY_WORDS

OWN = "[learner]"
_CENTRE, _EMAIL, _NUMBER, _PICTURE = "[centre]", "[e-mail]", "[number]", "[picture]"
_DATA = re.compile(r"data:[\w.+/-]{0,100}(?:;[\w=.+-]{1,100}){0,5},[A-Za-z0-9+/=%_-]*")
_TEN_DIGITS = re.compile(r"(?<![\w])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w])")
_WORD = re.compile(r"[^\W_]+")
_NOT_WORDS = re.compile(r"[\W_]+")
_FIRST_SIGN = 0xE000
"""From here on stand signs that are neither letters nor figures, so that no text names a member by one of them."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")
_OTHER_SCRIPT = re.compile(r"(?<=[a-z])(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])(?=[a-z])")
_LETTERS = re.compile(r"(?<![^\W_])(?:[^\W\d_][\W_]{1,8}){3,}[^\W\d_](?![^\W_])")
"""Letters one by one, as they stand in the boxes of a form or below each other."""
_SHORT, _SHORT_NUMBER, _LONG = 4, 5, 9
_MOST_DOUBTS = 12


def everybody(
    learners: Iterable[tuple[str, str]], earlier: Iterable[tuple[str, str]], members: Iterable[Member]
) -> LearnerNames:
    """The names of all of these: learners as registration and name, one of whom may be there under several names;
    `earlier` as registration and one before it."""
    own_signs = ((chr(_FIRST_SIGN + place), member.name) for place, member in enumerate(members))
    return LearnerNames((*learners, *own_signs), earlier=earlier)


class Anonymous:
    """Takes the names out of one learner's texts; somebody who is named twice is called the same twice.

    `names` are those of `everybody`, `earlier` the learner's registrations before this one, `files` the names of their
    files. `centre` are words of the centre that are taken out too.
    """

    def __init__(
        self,
        names: LearnerNames,
        learner: Learner,
        *,
        earlier: Iterable[str] = (),
        files: Sequence[str] = (),
        centre: Iterable[str] = (),
    ) -> None:
        self._names = names
        self._learner = learner
        called = dict.fromkeys(filter(None, (learner.name, learner.legal_name)))
        registered = (learner.registration, *earlier)
        self._registered = registered
        self._disguises = [Disguise(each, name, OWN, tuple(files)) for name in called for each in registered]
        self._centre = [re.compile(re.escape(each), re.IGNORECASE) for each in centre if each.strip()]
        self._others: dict[tuple[str, ...], str] = {}

    def without_names(self, text: str) -> str:
        """`text` with `[learner]`, `[name 2]` and the like in the place of what tells who somebody is."""
        pieces, end = [], 0
        for start, after, label in self.names_in(text):
            pieces += [text[end:start], label]
            end = after
        return "".join((*pieces, text[end:]))

    def file_without_names(self, name: str) -> str:
        """The name of a file in the same way: a part of the learner's name is one there however it is written."""
        for disguise in self._disguises:
            name = disguise.covered_file(name)
        return self.without_names(name)

    def still_names(self, text: str) -> bool:
        """Whether somebody is named in `text`: looked for once more, and in another, blunter way, the learner."""
        if any(True for _ in self._patterns(text)) or any(self._tells(each) for each in self._names.mentions(text)):
            return True
        if self._has(text, self._alone) or any(True for _ in self._within_words(text)):
            return True
        spelt = (_NOT_WORDS.sub("", plain(each.group())) for each in _LETTERS.finditer(text))
        if any(part in each for each in spelt for part in self._parts):
            return True
        closed_up = _NOT_WORDS.sub("", plain(text))
        numbers = (_NOT_WORDS.sub("", plain(each)) for each in (*self._registered, self._learner.uln))
        numbers = (each for each in numbers if len(each) >= _SHORT_NUMBER)
        return any(each in closed_up for each in (*numbers, *self._in_one_word))

    def names_the_learner(self, text: str) -> bool:
        """Whether the learner is named in what is no running text, by a part of the name that is no ordinary word, by
        the whole name or by a number: a quick look that finds nobody else."""
        folded = plain(text)
        return any(each.search(folded) for each in self._by_themselves)

    def term_names_the_learner(self, term: str) -> bool:
        """The same of a term, such as what a style is called, which may hold a name between other words or letters:
        `JonesHeading`, `rjones41`."""
        return self.names_the_learner(term) or self._has(_apart(term), self._within)

    def is_registration(self, number: str) -> bool:
        """Whether a value, such as a number or the place of a cell, is one of the learner's own numbers as a whole."""
        return _NOT_WORDS.sub("", plain(number)) in self._own_numbers

    def doubts(self, text: str) -> tuple[str, ...]:
        """Words in `text` that are names of others of the centre, or words: a few of them, for a person to look at."""
        words = (text[each.start : each.end] for each in self._names.mentions(text) if not self._tells(each))
        return tuple(dict.fromkeys(words))[:_MOST_DOUBTS]

    def names_in(self, text: str) -> list[Covered]:
        """What is covered, in order; no two of them meet. What tells most goes first: an address is not cut up."""
        mentions = [each for each in self._names.mentions(text) if self._tells(each)]
        named = [(Covered(each.start, each.end, self._label(each)), each.how is How.PART) for each in mentions]
        wholes, parts = ([each for each, is_part in named if is_part is wanted] for wanted in (False, True))
        own = [Covered(*span, OWN) for disguise in self._disguises for span in disguise.spans(text)]
        found: list[Covered] = []
        taken = bytearray(len(text))
        for layer in (self._patterns(text), self._within_words(text), wholes, own, parts):
            for start, end, label in layer:
                while (free := taken.find(0, start, end)) >= 0:
                    start = taken.find(1, free, end) if 1 in taken[free:end] else end
                    taken[free:start] = b"\1" * (start - free)
                    found.append(Covered(free, start, label))
        return _joined(sorted(found))

    def _tells(self, mention: Mention) -> bool:
        """Whether it is covered: a word that may be a name where it may be the learner's own."""
        return mention.how is not How.WORD or self._learner.registration in mention.learners

    def _label(self, mention: Mention) -> str:
        if self._learner.registration in mention.learners:
            return OWN
        return self._others.setdefault(mention.learners, f"[name {len(self._others) + 2}]")

    def _patterns(self, text: str) -> Iterator[Covered]:
        for pattern, label in ((_DATA, _PICTURE), (EMAIL_ADDRESS, _EMAIL)):
            for match in pattern.finditer(text):
                yield Covered(*match.span(), label)
        for match in _TEN_DIGITS.finditer(text):
            digits = "".join(filter(str.isdigit, match.group()))
            if is_uln(digits) or digits == self._learner.uln:
                yield Covered(*match.span(), _NUMBER)
        for words in self._centre:
            for match in words.finditer(text):
                yield Covered(*match.span(), _CENTRE)

    def _within_words(self, text: str) -> Iterator[Covered]:
        """Names within a longer word: `rjones41`, `JonesDiary`, `rosalindjonesdiary`, or one of another script."""
        folded = plain(text)
        whole = tuple(each for each in self._in_one_word if each in folded)
        for match in _WORD.finditer(text):
            word = match.group()
            if any(each in plain(word) for each in whole) or plain(word) in self._accounts:
                yield Covered(*match.span(), OWN)
            elif (apart := _apart(word)) != word:
                if self._has(apart, self._within):
                    yield Covered(*match.span(), OWN)
                    continue
                named = next((each for each in self._names.mentions(apart) if self._tells(each)), None)
                if named is not None:
                    yield Covered(*match.span(), self._label(named))

    @staticmethod
    def _has(text: str, parts: Iterable[re.Pattern[str]]) -> bool:
        folded = plain(text)
        return any(part.search(folded) for part in parts)

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """The parts of the learner's name that are no words."""
        words = {plain(word) for disguise in self._disguises for word in _WORD.findall(disguise.name)}
        return tuple(sorted(word for word in words if len(word) >= _SHORT and word not in PARTICLES | ORDINARY_WORDS))

    @cached_property
    def _in_one_word(self) -> tuple[str, ...]:
        """The learner's whole name without anything between its parts, where it is long enough to be nothing else."""
        words = (_WORD.findall(plain(disguise.name)) for disguise in self._disguises)
        written = {"".join(each) for parts in words for each in (parts, (*parts[-1:], *parts[:-1]))}
        return tuple(sorted(each for each in written if len(each) >= _LONG))

    @cached_property
    def _accounts(self) -> frozenset[str]:
        """What accounts are often called: the first name with the first letter of the last, `rosalindj`."""
        words = (_WORD.findall(plain(disguise.name)) for disguise in self._disguises)
        called = {f"{parts[0]}{parts[-1][:1]}" for parts in words if len(parts) > 1 and len(parts[0]) >= _SHORT}
        return frozenset(called - ORDINARY_WORDS)

    @cached_property
    def _alone(self) -> tuple[re.Pattern[str], ...]:
        return tuple(_part(each, "") for each in self._parts)

    @cached_property
    def _own_numbers(self) -> frozenset[str]:
        own = (_NOT_WORDS.sub("", plain(each)) for each in (*self._registered, self._learner.uln))
        return frozenset(filter(None, own))

    @cached_property
    def _by_themselves(self) -> tuple[re.Pattern[str], ...]:
        numbers = (_WORD.findall(plain(each)) for each in (*self._registered, self._learner.uln))
        names = (_WORD.findall(plain(disguise.name)) for disguise in self._disguises)
        written = [each for parts in names if len(parts) > 1 for each in (parts, parts[::-1])]
        whole = {r"[\W_]{0,3}".join(map(re.escape, parts)) for parts in (*numbers, *written) if parts}
        return (*self._alone, *(re.compile(rf"(?<![^\W_]){each}(?![^\W_])") for each in sorted(whole)))

    @cached_property
    def _within(self) -> tuple[re.Pattern[str], ...]:
        return tuple(_part(each, "[a-z]?") for each in self._parts)


def _joined(covered: Iterable[Covered]) -> list[Covered]:
    """What stands for the same without anything between is one."""
    joined: list[Covered] = []
    for each in covered:
        if joined and joined[-1].end == each.start and joined[-1].label == each.label:
            joined[-1] = joined[-1]._replace(end=each.end)
        else:
            joined.append(each)
    return joined


def _apart(word: str) -> str:
    """A word with spaces where figures, a capital or another script begins in it."""
    if word.isdecimal():
        return word
    apart = _HUMP.sub(" ", word)
    return apart if word.isascii() else _OTHER_SCRIPT.sub(" ", plain(apart))


def _part(part: str, beside: str) -> re.Pattern[str]:
    """A part of a name beside no other letter of its script: `Jones입니다` names Jones."""
    letter = "[a-z]" if part.isascii() else r"[^\W\d_]"
    return re.compile(rf"(?<!{letter}){beside}{re.escape(part)}{beside}(?!{letter})")
