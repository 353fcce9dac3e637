"""Whose a file of a download is: of a learner for sure, of one likely, or nobody's, and what says so.

What a site or the awarding organisation wrote is taken for what it is: a name that stands there is somebody's whole
name, and one that nobody here has is nobody's. What people write is looked through for registrations, addresses and
names. Where two things say different learners nothing is sure, and where a name is that of two, a person decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from markterm.domain.incoming.download_name import DownloadName, Form, download_name, parts_of
from markterm.domain.incoming.learner_key import Wording, is_ordinary, key_of, keys_of, names_of, words_of
from markterm.domain.words.letters import plain
from markterm.domain.words.ordinary_words import ORDINARY_WORDS

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:[\u0300-\u036f][^\W\d_]*)*")
_HUMPS = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])")
_EMAIL = re.compile(r"[\w.+'-]+@[^\W_](?:[^\W_]|-)*(?:\.(?:[^\W_]|-)+)+")
_NUMBER_BESIDE = re.compile(r"\A\(?[A-Za-z]{0,3}[0-9]{4,}\)?[-@\s_]+|[-\s_(]+[A-Za-z]{0,3}[0-9]{4,}\)?\Z")
_USER = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_MOST_TOKENS = 8
_SHORTEST_NUMBER = 6
_SHORTEST_IN_ONE = 6
_SHORTEST_USER = 3
"""Letters before the figures of a name with which somebody signs in."""
_SHORTEST_ALONE = 4
"""Letters of a name of one word, in a script of letters, that is sure by itself."""
_LAST_SMALL = "\u2e7f"
_WORDS_OF_FILES = """
    a account action activity amended and assessment assignment attempt by case certificate claim coaching completed
    copy corrected cpd criteria diary doc docx draft edited essay evidence feedback file files final for form from ia
    improved learner learning log logs lo mark marked mentoring new notes observation of original part pdf personal
    photo plan portfolio pptx professional discussion project questions re reading record redo reflection reflective
    report resub resubmission resubmitted review revised scan session sheet signed statement submission submit
    submitted task template test the tutor unit update updated v version week witness work workbook xlsx zip
    """
_OF_FILES = frozenset(_WORDS_OF_FILES.split())
"""Words that stand in the names of files and are no part of anybody's name."""


NAMES_NOBODY = "it names nobody"


class Sureness(StrEnum):
    """How far a name tells whose a file is."""

    SURE = "sure"
    LIKELY = "likely"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class OnRoll:
    """A learner of the centre as the name of a download could name them; `numbers` are participants' numbers of sites
    that stand in the names of files which they have already, `earlier` registrations that were corrected since."""

    registration: str
    name: str
    email: str = ""
    numbers: frozenset[str] = frozenset()
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a file is: `learners` are registrations, one when it is sure, more when a person has to say which; `why`
    is what says so, in words. `names` are others of the centre whom the path names too. `part` is the part of the path
    that says it, from 0, and `kept` the path under which the file is kept: without what came before the part that a
    site gave its form, and without a folder that only says whose it is."""

    sureness: Sureness
    learners: tuple[str, ...] = ()
    why: str = ""
    names: tuple[str, ...] = ()
    part: int | None = None
    kept: str = ""

    @property
    def learner(self) -> str:
        """The one whose it is, or likely is; empty when that is nobody or several."""
        return self.learners[0] if len(self.learners) == 1 else ""


@dataclass(frozen=True, slots=True)
class _Hit:
    """One place of a path that names somebody; `strong` when it says who it is, and no hint alone."""

    learners: tuple[str, ...]
    why: str
    strong: bool
    part: int


class Roll:
    """The learners of a centre, to be found in the names of what comes in. `patterns` are the centre's own."""

    def __init__(self, learners: Iterable[OnRoll], patterns: Iterable[re.Pattern[str]] = ()) -> None:
        self._patterns = tuple(patterns)
        self._learners: dict[str, OnRoll] = {}
        self._numbers: dict[str, set[str]] = defaultdict(set)
        self._emails: dict[str, set[str]] = defaultdict(set)
        self._users: dict[str, set[str]] = defaultdict(set)
        """By what stands before the @ of an address, with which people sign in to most sites."""
        self._registrations: dict[str, str] = {}
        self._names: dict[str, dict[str, Wording]] = defaultdict(dict)
        self._words: dict[str, frozenset[str]] = {}
        self._ordinary: set[str] = set()
        for each in learners:
            self._learners[each.registration] = each
            for registration in (*each.earlier, each.registration):
                if key := key_of(registration):  # Signs alone would be found in every name.
                    self._registrations[key] = each.registration
            if each.email:
                self._emails[plain(each.email)].add(each.registration)
                self._users[plain(each.email).partition("@")[0]].add(each.registration)
            for number in each.numbers:
                self._numbers[number].add(each.registration)
            for key, wording in keys_of(each.name):
                known = self._names[key]
                known[each.registration] = max(wording, known.get(each.registration, wording))
            self._words[each.registration] = words_of(each.name)
            if is_ordinary(each.name):
                self._ordinary.add(each.registration)

    def whose(self, path: str) -> Whose:
        """Whose the file of that path is; folders are parted by `/`."""
        parts = parts_of(path)
        said = download_name(parts, self._patterns)
        hits = tuple(self._hits(parts))
        found = self._by_form(said, hits) if said.form is not Form.FREE else _by_hits(hits)
        named = (each for hit in hits if hit.strong for each in hit.learners)
        others = tuple(dict.fromkeys(each for each in named if each not in found.learners))
        return replace(found, names=others, kept="/".join(_kept(parts, said, found)))

    def sent_by(self, address: str, name: str) -> Whose:
        """Whose a message is, by the address and the name of who sent it."""
        if own := self._emails.get(plain(address.strip())):
            return _told(own, "by the sender's address", 0)
        learners, _ = self._called(name)
        if learners:
            return Whose(Sureness.LIKELY, learners, "by the sender's name; the address is none that is known")
        return Whose(Sureness.NOBODY, why="the sender is nobody of the centre")

    def _by_form(self, said: DownloadName, hits: Sequence[_Hit]) -> Whose:
        """What a name of a known form says, in which the name of nobody is nobody's."""
        by_number = tuple(sorted(self._numbers.get(said.number, ())))
        by_name, why = self._called(said.who, turned=said.form is Form.CANVAS)
        by_registration = self._registrations.get(key_of(said.registration), "")
        by_email = tuple(sorted(self._emails.get(plain(said.email), ())))
        if not by_registration and said.form is not Form.CANVAS:
            in_name = [hit for hit in self._hits((said.who,)) if hit.strong and hit.why == _BY_REGISTRATION]
            by_registration = in_name[0].learners[0] if len(in_name) == 1 else ""
        if by_registration or by_email:
            one = (by_registration,) if by_registration else by_email
            why = _BY_REGISTRATION if by_registration else _BY_EMAIL
            return self._unless_another(one, said, by_name, why)
        if said.registration:
            told = filter(None, (why, "the registration is nobody's here"))
            return _doubt(by_name, "; ".join(told), said.part)
        if by_number:
            if not said.who:
                return _told(by_number, "by the number at the site, which is in the names of the evidence", said.part)
            both = tuple(each for each in by_number if each in by_name)
            if both:
                return _told(both, f"{why}, and by the number at the site", said.part)
            return _doubt((*by_number, *by_name), "the number at the site is of one, the name is not", said.part)
        if by_name:
            return _told(by_name, why, said.part)
        if said.form is Form.BLACKBOARD:
            return self._by_user(said, hits)
        if said.who:
            return Whose(Sureness.NOBODY, why=f"{said.form} says {said.who}, who is nobody of the centre")
        hinted = _by_hits(hits)
        return replace(hinted, sureness=Sureness.LIKELY) if hinted.learners else hinted

    def _by_user(self, said: DownloadName, hits: Sequence[_Hit]) -> Whose:
        """Whose it is by the name with which somebody signs in, which only likely begins their address."""
        if (registration := self._registrations.get(key_of(said.number))) is not None:
            return _told((registration,), _BY_REGISTRATION, said.part)
        named, hinted = self._names.get(key_of(said.number), {}), _by_hits(hits)
        whole = [each for each, how in named.items() if how >= Wording.TURNED]
        users = {*self._users.get(plain(said.number), ()), *named}
        if len(users) == 1 and whole:
            return _told(users, f"by the name with which they sign in to {said.form}", said.part)
        if users:
            why = f"by what may be the name with which they sign in to {said.form}"
            return _doubt((*sorted(users), *hinted.learners), why, said.part)
        return replace(hinted, sureness=Sureness.LIKELY) if hinted.learners else hinted

    def _unless_another(self, one: tuple[str, ...], said: DownloadName, by_name: tuple[str, ...], why: str) -> Whose:
        """That it is that learner's, unless the name beside says that it is another's."""
        if len(one) != 1:
            return _told(one, why, said.part)
        own = self._words[one[0]]
        words = {key_of(each) for each in said.who.split()} | {plain(each) for each in _TOKEN.findall(said.who)}
        telling = {each for each in words if len(each) > 1 and not each.isdigit()} - {key_of(one[0])}
        foreign = all(ord(each[0]) > _LAST_LATIN for each in own)
        if not telling or foreign or one[0] in by_name or (telling & own and not by_name):
            return _told(one, why, said.part)
        return _doubt((*one, *by_name), f"{why}, but the name beside it is another's", said.part)

    def _called(self, who: str, *, turned: bool = False) -> tuple[tuple[str, ...], str]:
        """Who is called exactly so, and how that is told: the whole of it, or what stands behind a group's name."""
        alone = dict.fromkeys(_without_more(who))
        for written in (*alone, *_behind_groups(who)):
            known = self._names.get(key_of(written))
            if not known:
                continue
            if written not in alone and Wording.WHOLE in known.values() and len(_TOKEN.findall(written)) < 2:
                continue
            wanted = [Wording.TURNED, Wording.WHOLE] if turned else [Wording.WHOLE, Wording.TURNED]
            for wording in (*wanted, Wording.SHORTENED, Wording.INITIALS):
                so = tuple(sorted(each for each, how in known.items() if how is wording))
                if turned and wording is Wording.WHOLE:
                    so = tuple(each for each in so if len(self._learners[each].name.split()) == 1)
                if so:
                    # A site that writes the family name first writes whole names.
                    return ((), "") if turned and wording is Wording.INITIALS else (so, _WHY[wording])
        return (), ""

    def _hits(self, parts: Sequence[str]) -> Iterator[_Hit]:
        for place, part in enumerate(parts):
            stem = part.rpartition(".")[0] if place == len(parts) - 1 and "." in part else part
            for found in _EMAIL.finditer(part):
                if address := self._address(plain(found.group())):
                    yield _Hit(tuple(sorted(self._emails[address])), _BY_EMAIL, strong=True, part=place)
            words = _EMAIL.sub(" ", stem)
            for user in dict.fromkeys(_USER.findall(words)):
                if so := self._signs_in(plain(user)):
                    yield _Hit(so, "by what begins the e-mail address", strong=True, part=place)
                    words = words.replace(user, " ")
            yield from self._in_words(words, place)

    def _signs_in(self, word: str) -> tuple[str, ...]:
        """Who signs in to most sites with that word, where it is one that nobody else would write: `jsmith972`."""
        letters = word.rstrip("0123456789")
        is_telling = letters != word and len(letters) >= _SHORTEST_USER and not word[0].isdigit()
        if not is_telling or letters in _OF_FILES or letters in ORDINARY_WORDS:
            return ()
        return tuple(sorted(self._users.get(word, ())))

    def _address(self, text: str) -> str:
        """The address that is known here and stands in what looks like one: behind it goes the name of a file on with
        a full stop, before it another word with an underscore. Empty where there is none."""
        while text:
            shorter = text
            while shorter not in self._emails and "_" in shorter:
                shorter = shorter.partition("_")[2]
            if shorter in self._emails:
                return shorter
            text = text.rpartition(".")[0]
        return ""

    def _in_words(self, text: str, part: int) -> Iterator[_Hit]:
        tokens = [hump for each in _TOKEN.findall(text) for hump in _HUMPS.split(each) if hump]
        folded = [key_of(each) for each in tokens]
        at = 0
        while at < len(tokens):
            for length in range(min(_MOST_TOKENS, len(tokens) - at), 0, -1):
                key = "".join(folded[at : at + length])
                if (hit := self._hit(key, tokens, at, length, part)) is not None:
                    yield hit
                    yield from self._of_one_family(folded, at, length, part)
                    at += length - 1
                    break
            at += 1

    def _of_one_family(self, folded: Sequence[str], at: int, length: int, part: int) -> Iterator[_Hit]:
        """Who shares the family name of whom the name there is: `Noah and Isla Frost` names Noah Frost too."""
        before = [each for each in folded[max(at - 2, 0) : at] if each != "and"][-1:]
        known = self._names.get("".join((*before, folded[at + length - 1])), {}) if before and length > 1 else {}
        so = tuple(sorted(each for each, how in known.items() if how is Wording.WHOLE))
        if so:
            yield _Hit(so, _WHY[Wording.WHOLE], strong=True, part=part)

    def _is_half(self, key: str, so: Sequence[str], how: Wording, *, length: int, alone: bool) -> bool:
        """Whether it may be half of another name: Suharto Wijaya is not Suharto, Mary Ann Jones not Mary Ann Smith."""
        one_word = all(len(self._learners[each].name.split()) == 1 for each in so)
        if length == 1 and one_word and key[0] <= _LAST_SMALL:
            return not alone or len(key) < _SHORTEST_ALONE
        return how is Wording.SHORTENED and not alone

    def _hit(self, key: str, tokens: Sequence[str], at: int, length: int, part: int) -> _Hit | None:
        if (registration := self._registrations.get(key)) is not None:
            telling = not key.isdigit() or len(key) >= _SHORTEST_NUMBER
            return _Hit((registration,), _BY_REGISTRATION, strong=telling, part=part)
        known = self._names.get(key)
        if not known:
            return None
        best = max(known.values())
        so = tuple(sorted(each for each, how in known.items() if how is best))
        written = tokens[at : at + length]
        beside = [*tokens[max(at - 1, 0) : at], *tokens[at + length : at + length + 1]]
        alone = all(each.isdigit() or len(each) == 1 or plain(each) in _OF_FILES for each in beside)
        if best >= Wording.SHORTENED:
            # James Martin is Martin James to who writes the family name first.
            others = {each for each, how in known.items() if Wording.SHORTENED <= how < best}
            capitals = not any(each[0].islower() for each in written)
            is_half = self._is_half(key, so, best, length=length, alone=alone)
            strong = not others and not is_half and (capitals or not self._ordinary.issuperset(so))
            return _Hit((*so, *sorted(others)) if len(so) > 1 else so, _WHY[best], strong=strong, part=part)
        if best is Wording.INITIALS:
            family = any(each in ORDINARY_WORDS for each in (key[1:], key[:-1]))
            strong = len(so) == 1 and not family and (length > 1 or len(key) >= _SHORTEST_IN_ONE)
            return _Hit(so, _WHY[best], strong=strong, part=part)
        return _Hit(so, _WHY[best], strong=False, part=part) if alone and key not in ORDINARY_WORDS else None


_BY_REGISTRATION = "by the registration"
_BY_EMAIL = "by the e-mail address"
_LAST_LATIN = 0x24F
_WHY = {
    Wording.WHOLE: "by the name",
    Wording.TURNED: "by the name, the family name first",
    Wording.SHORTENED: "by two words of the name",
    Wording.INITIALS: "by initials and family name",
    Wording.FAMILY: "by the family name alone",
}


def _by_hits(hits: Sequence[_Hit]) -> Whose:
    """What the places say that name somebody: the strong ones before the others, and of these the outermost."""
    strong = [hit for hit in hits if hit.strong] or [hit for hit in hits if len(hit.learners) == 1]
    if not strong:
        several = tuple(dict.fromkeys(each for hit in hits for each in hit.learners))
        return _doubt(several, hits[0].why, hits[0].part) if hits else Whose(Sureness.NOBODY, why=NAMES_NOBODY)
    narrowed = set(strong[0].learners).intersection(*(hit.learners for hit in strong))
    if not narrowed:
        every = tuple(dict.fromkeys(each for hit in strong for each in hit.learners))
        outermost = [hit for hit in strong if hit.part == strong[0].part]
        own = set(outermost[0].learners).intersection(*(hit.learners for hit in outermost))
        if len(own) == 1 and len(outermost) < len(strong):
            return Whose(Sureness.LIKELY, tuple(own), f"{strong[0].why} of the folder", part=strong[0].part)
        return _doubt(every, "it names more than one", strong[0].part)
    best = min(strong, key=lambda hit: len(hit.learners))
    if not best.strong:
        return _doubt(tuple(sorted(narrowed)), best.why, best.part)
    return _told(narrowed, best.why, best.part)


def _kept(parts: Sequence[str], said: DownloadName, found: Whose) -> Sequence[str]:
    if said.form is not Form.FREE:
        return parts[said.part :]
    if found.sureness is Sureness.SURE and found.part is not None and found.part < len(parts) - 1:
        return (*parts[: found.part], *parts[found.part + 1 :])
    return parts


def _told(learners: Iterable[str], why: str, part: int) -> Whose:
    """That it is theirs: sure when that is one."""
    every = tuple(sorted(learners))
    if len(every) == 1:
        return Whose(Sureness.SURE, every, why, part=part)
    return _doubt(every, f"{why}, which {len(every)} have", part)


def _doubt(learners: Iterable[str], why: str, part: int) -> Whose:
    every = tuple(dict.fromkeys(learners))
    return Whose(Sureness.LIKELY if every else Sureness.NOBODY, every, why, part=part)


def _without_more(who: str) -> Iterator[str]:
    """The whole of it, and it without a number of the site's beside it, and without another name in brackets."""
    yield who
    without = _NUMBER_BESIDE.sub("", who)
    yield without
    if "(" in without:
        yield from names_of(without)


def _behind_groups(who: str) -> Iterator[str]:
    """What stands behind each hyphen: Moodle puts the group before that."""
    rest = who
    while "-" in rest:
        rest = rest.partition("-")[2].strip()
        yield rest
