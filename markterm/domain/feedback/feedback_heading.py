"""What a text that is to go to a learner says of itself in its head: whose feedback it is, on what and with which
outcome; and the mark of a draft.

The head is the table that our own feedback prints, or what is left of it when somebody edited it: without the table,
without the bold, in another order, `Learner name: Rosalind Jones`, `Attempt 2`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from markterm.domain.assessed.level import HIGHER
from markterm.domain.record.event import Result
from markterm.domain.words.code import is_code
from markterm.domain.words.letters import plain


class What(StrEnum):
    """What a line of the head states, in the words in which a person is told of it."""

    REGISTRATION = "registration"
    NAME = "learner"
    CODE = "unit or assignment"
    UNIT = "unit"
    ATTEMPT = "attempt"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing that the head states. `unit` is the code under whose heading it stands, empty at the top."""

    what: What
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a unit's feedback is about: the attempt, and in a word the outcome that it was closed with."""

    attempt: int
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Addressed:
    """To whom feedback goes and on what: `code` is that of the unit or the assignment, `units` what is told of each.

    `other_titles` are the titles of the centre's other units and assignments.
    """

    registration: str
    name: str
    code: str
    units: Mapping[str, Told]
    other_titles: tuple[str, ...] = ()


_LABELS: Mapping[What, str] = MappingProxyType(
    {
        What.REGISTRATION: r"(?:learner(?:['’]s)? |candidate |student )?(?:registration|enrol+ment)"
        r"(?: number| no\.?| id)?|(?:learner|candidate|student) (?:number|no\.?|id)|enr|reg\.? no\.?",
        What.NAME: r"(?:learner|candidate|student)(?:['’]s)?(?: name)?|name(?: of (?:the )?learner)?|for|to",
        What.UNIT: r"units?(?: code| number| no\.?| title)?|assignment",
        What.ATTEMPT: r"attempt(?: number| no\.?)?",
        What.OUTCOME: r"(?:unit |overall |final )?(?:outcome|result|grade)"
        r"(?: of (?:the )?unit(?: \S+)?)?",
    }
)
_LABEL = re.compile("|".join(f"(?P<{what.name}>{label})" for what, label in _LABELS.items()))
_LABELLED = re.compile(r"(?P<label>[A-Za-z][\w .'’-]{0,40}?)(?:\s*[:;=\t—]\s*|\s+[-–—]\s+|\s{2,})(?P<value>\S.*)")
# What prose does not begin with: here nothing need stand between the label and what it says.
_PLAINLY = re.compile(
    rf"(?P<REGISTRATION>{_LABELS[What.REGISTRATION]}) (?P<registration>\S+)|"
    r"(?P<ATTEMPT>attempt(?: number| no\.?)?) #?(?P<attempt>\w+)(?: of \w+)?|"
    r"(?P<NAME>(?:learner|candidate)(?:['’]s)? name) (?P<name>\S.{0,60})|"
    r"(?P<UNIT>unit) (?P<unit>(?=\S*\d)\S+)(?: .{0,80})?|"
    r"(?P<OUTCOME>(?:outcome|result|grade)) (?P<outcome>(?:pass|refer)\w*)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?P<attempt>first|second|third|fourth|\d(?:st|nd|rd|th)) attempt\W*", re.IGNORECASE)
_SHOUTED = re.compile(r"(?:PASS|PASSED|REFER|REFERRED|REFERRAL)\W*")
_TITLE = re.compile(r"feedback(?: (?:on|for))?(?: unit| assignment)?:?\s+(?P<code>\S+)", re.IGNORECASE)
_ENDS_THE_HEAD = re.compile(
    r"(?:summary|strengths|what is missing|what follows|lo ?\d.*|learning outcome \d.*)\W*", re.IGNORECASE
)
_UNFORMATTED = re.compile(
    r"^(?:[>#*_+\s•·-]|\d{1,2}[.)]\s|\[[ xX]\]\s|[☐☑☒]\s?)+|</?[A-Za-z][^<>]{0,40}>|\*\*|__|`|(?<!\w)[*_]|[*_](?!\w)"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CELLS = re.compile(r"(?<!\\)\|")
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_ODD_SIGNS = {ord(sign): "" for sign in "\ufeff\u00ad\u200b\u200c\u200d\u2060"} | {
    ord(sign): like
    for signs, like in (
        ("‐‑", "-"),
        ("：", ":"),
        ("；", ";"),
        ("＝", "="),
        ("｜", "|"),
        ("\u00a0\u2007\u202f\u3000", " "),
    )
    for sign in signs
}
_FAILED = re.compile(
    r"(?:did |has |have |was |is )?(?:not|no|never)\b(?: \w+){0,2}? (?:pass|achiev|met|meet|competent|satisf)|"
    r"(?:to be )?(?:refer|fail|resubmi|unsuccessful|unsatisfactory)|r$"
)
_PASSED = re.compile(r"pass|achieved|met$|competent|successful|p$")
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("first one 1st original initial", "second two 2nd ii", "third three 3rd iii", "fourth four 4th iv"), 1
    )
    for word in words.split()
}
_LONGEST_LINE = 300
_SHORTEST_CODE = 2
_MOST_WORDS = 5
"""More words than these are prose that happens to begin like a head."""
_TITLES = ("mr", "mrs", "ms", "miss", "mx", "dr")
_MARK = "DRAFT, not released"
_MARKED = re.compile(rf"^[^\w\n]*{_MARK}\b[^\n]*\n*", re.MULTILINE)
_IS_DRAFT = re.compile(r"\bdraft\b[\s,;:–—-]*not\s+(?:yet\s+)?released", re.IGNORECASE)


def marked(text: str, why: str) -> str:
    """`text` with a first line that says that it is a draft, and why it was not released."""
    return f"**{_MARK}{f': {why}' if why else ''}.**\n\n{text}"


def unmarked(text: str) -> str:
    """`text` without the lines that `marked` puts there, wherever they stand now."""
    return _MARKED.sub("", text) if "DRAFT" in text else text


def is_marked(text: str) -> bool:
    """Whether a text still says of itself that it is a draft and not released."""
    return _IS_DRAFT.search(text) is not None


def head_of(text: str, codes: Collection[str] = ()) -> tuple[Stated, ...]:
    """What the head of `text` states, line by line. `codes` are those of units and assignments that are known: a
    heading that begins with one begins the head of that unit."""
    return tuple(_stated(text, frozenset(code.casefold() for code in codes)))


def names_somebody(head: Sequence[Stated]) -> bool:
    """Whether it says whose feedback it is."""
    return any(each.what in (What.REGISTRATION, What.NAME) for each in head)


def contradictions(head: Sequence[Stated], to: Addressed) -> tuple[Stated, ...]:
    """What the head states that is not so of the feedback that is to go."""
    return tuple(each for each in head if not _agrees(each, to))


def _stated(text: str, codes: frozenset[str]) -> Iterator[Stated]:
    in_head, unit = True, ""
    for line in text.split("\n"):
        if not (written := _as_typed(line[:_LONGEST_LINE])):
            continue
        if written.startswith("|") or written.count("|") > 1:
            cells = [_bare(cell) for cell in _CELLS.split(written.strip("|"))]
            for label, value in pairwise(cells):
                if (what := _what(label)) is not None and value:
                    yield Stated(what, value, unit)
            continue
        bare = _bare(written)
        first = bare.split(maxsplit=1)[0].rstrip(":,.").casefold() if bare else ""
        if first in codes and (written[0] in "#*_" or bare.casefold() == first):
            in_head, unit = True, first
            yield Stated(What.UNIT, first, unit)
        elif _ENDS_THE_HEAD.fullmatch(bare):
            in_head = False
        elif in_head and (title := _TITLE.match(bare)) is not None and _like_a_code(title["code"], codes):
            yield Stated(What.CODE, title["code"].rstrip(":,."))
        else:
            yield from _labelled(bare, unit, in_head=in_head)


def _labelled(line: str, unit: str, *, in_head: bool) -> Iterator[Stated]:
    """What a line states that is no row of a table: below the head only what nobody writes in prose."""
    match = _LABELLED.fullmatch(line)
    what = _what(match["label"]) if match is not None else None
    if match is not None and what is not None:
        label = plain(match["label"])
        in_full = what in (What.REGISTRATION, What.NAME) and label.endswith((" name", " number"))
        if in_head or in_full:
            yield Stated(what, match["value"].strip(), unit)
        return
    if in_head and (counted := _COUNTED.fullmatch(line)) is not None:
        yield Stated(What.ATTEMPT, counted["attempt"], unit)
    elif in_head and _SHOUTED.fullmatch(line):
        yield Stated(What.OUTCOME, line, unit)
    plainly = _PLAINLY.fullmatch(line) if in_head else None
    if plainly is not None:
        for kind in (What.REGISTRATION, What.ATTEMPT, What.NAME, What.UNIT, What.OUTCOME):
            if plainly[kind.name] is not None:
                yield Stated(kind, plainly[kind.name.lower()], unit)


def _as_typed(line: str) -> str:
    """A line without what Word or an e-mail makes of it: wide and no-break signs, soft hyphens, signs without width."""
    return line.strip() if line.isascii() else line.translate(_ODD_SIGNS).strip()


def _bare(text: str) -> str:
    """A line or a cell without what Markdown makes of it."""
    return _ESCAPED.sub(r"\1", _UNFORMATTED.sub("", text.strip())).strip()


def _what(label: str) -> What | None:
    match = _LABEL.fullmatch(plain(label.strip(" :").replace("’", "'")))
    return What[match.lastgroup] if match is not None and match.lastgroup else None


def _like_a_code(text: str, codes: frozenset[str]) -> bool:
    text = text.rstrip(":,.").casefold()
    if any(is_code(text, code) for code in codes):
        return True
    return any(sign.isdigit() for sign in text) and any(sign in "-/" or sign.isalpha() for sign in text)


def _agrees(stated: Stated, to: Addressed) -> bool:
    value = stated.value
    if stated.what is What.REGISTRATION:
        words = _words(value)
        is_prose = len(words) > _MOST_WORDS and not any(sign.isdigit() for sign in value)
        return is_prose or not words or _contains(words, _words(to.registration))
    if stated.what is What.NAME:
        return _is_name(value, to)
    if stated.what is What.CODE:
        return is_code(value, to.code)
    if stated.what is What.UNIT:
        return _names_no_other_unit(value, to)
    told = [each for code, each in to.units.items() if not stated.unit or code.casefold() == stated.unit]
    if stated.what is What.ATTEMPT:
        attempt = _attempt(value)
        if attempt is None and _words(value)[:1] in (["resubmission"], ["resubmitted"]):
            return any(each.attempt > 1 for each in told)
        return attempt is None or any(each.attempt == attempt for each in told)
    outcome = _outcome(value)
    return outcome is None or any(outcome == (each.outcome or "open") for each in told)


def _words(text: str) -> list[str]:
    return [plain(word) for word in _WORD.findall(_as_typed(text))]


def _contains(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the words stand in that order beside each other, or as one."""
    length = len(wanted)
    return "".join(wanted) in words or any(
        list(words[at : at + length]) == list(wanted) for at in range(len(words) - length + 1)
    )


def _is_name(value: str, to: Addressed) -> bool:
    """Whether a name may be the learner's: all of it is there, or nothing is there but parts and initials of it."""
    own = _words(to.name)
    if _contains(_words(value), _words(to.registration)):
        return True
    words = [word for word in _words(value.partition("(")[0]) if word not in _TITLES]
    is_prose = len(words) > _MOST_WORDS or value[0].islower()
    if not own or not words or is_prose or set(own) <= set(words):
        return True
    initials = {word[0] for word in own}
    joined = {"".join(own[at : at + 2]) for at in range(len(own) - 1)}
    return all(word in own or word in initials or word in joined for word in words)


def _names_no_other_unit(value: str, to: Addressed) -> bool:
    """A unit's row may hold its facts, version and level, and no code at all."""
    first = value.split(maxsplit=1)[0].rstrip(":,.") if value.split() else ""
    like_a_code = any(sign.isdigit() for sign in first) and not first[0].isdigit()
    like_a_code = like_a_code or (len(first) > _SHORTEST_CODE and first[:1].isdigit())
    if not like_a_code:
        return not _is_a_title(_words(value), to.other_titles)
    return any(is_code(first, code) for code in (*to.units, to.code))


def _is_a_title(words: Sequence[str], titles: Iterable[str]) -> bool:
    """Whether these are a title or, two at least, the words that one begins with."""
    return len(words) > 1 and any(_words(title)[: len(words)] == list(words) for title in titles)


def _attempt(value: str) -> int | None:
    for word in _words(value):
        if word.isdecimal():
            return int(word[:9])
        if word in _NUMBERS:
            return _NUMBERS[word]
    return None


_HIGHER = tuple(level.value for level in HIGHER)


def _outcome(value: str) -> str | None:
    """The outcome that a value begins with or alone names; None when it cannot be told."""
    words = _words(value)
    if words[:2] == ["not", "closed"]:
        return "open"
    if words[:1] and words[0] in _HIGHER:
        return words[0]
    said = " ".join(words[:_MOST_WORDS])
    if _FAILED.match(said):
        return Result.REFER.value
    if _PASSED.match(said) and not any(word.startswith("refer") for word in words[:_MOST_WORDS]):
        return Result.PASS.value
    found = {
        Result.PASS.value if word.startswith("pass") else Result.REFER.value
        for word in words[:_MOST_WORDS]
        if word.startswith(("pass", "refer"))
    }
    return found.pop() if len(found) == 1 else None
