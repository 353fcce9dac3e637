"""The centre's own record as somebody is told it who may not see every learner."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache

from markterm.domain.record.bodies.body import NotSaid
from markterm.domain.record.bodies.planning import Planned
from markterm.domain.record.event import Event, Json, Kind
from markterm.domain.rules.seeing import ANOTHER
from markterm.domain.words.learner_names import How, Mention

_TOKEN = re.compile(r"[\w-]+")
_TOKENS_OF_ONE = 5
"""That many with one sign or space between them are a registration at most: `24/1042`."""

_Piece = tuple[int, int, bool]
"""From where to where in a text a learner is named, and whether they are hidden."""

_NAMES_ONE = "learner"
_NAMES_SEVERAL = "learners"
_OF_THEIRS = frozenset({"file", "place", "sha256"})
"""What is said of a learner's files beside who it is."""


def told_to(
    events: Iterable[Event],
    hides: Callable[[str], bool],
    is_there: Callable[[str], bool],
    mentions: Callable[[str], Sequence[Mention]] = lambda _: (),
) -> Iterator[Event]:
    """The events, each without the registrations that it `hides`, and without the names of those learners in what
    somebody wrote, where `mentions` says who is named: "another learner of the centre" stands for them.

    Of what is planned their samples are left out with their changes, and what is about them alone. Where a body names a
    learner, whoever is hidden or is no learner here any more is covered; in texts those of the centre's learners,
    `is_there`, who are hidden. A name that may be somebody's who is not hidden stays, and so does a part of one that is
    an ordinary word, unless the same text says whose it is.
    """

    there = cache(is_there)

    def words(text: str) -> str:
        return words_told_to(text, hides, there, mentions)

    def said(value: Json) -> Json:
        if isinstance(value, str):
            return words(value)
        if isinstance(value, list):
            return [said(each) for each in value]
        if isinstance(value, dict):
            return _body(value)
        return value

    def _body(body: dict[str, Json]) -> dict[str, Json]:
        named = body.get(_NAMES_ONE)
        covers = isinstance(named, str) and bool(named) and hides(named)
        told = {key: "" if covers and key in _OF_THEIRS else said(value) for key, value in body.items()}
        if covers:
            told[_NAMES_ONE] = ANOTHER
        several = body.get(_NAMES_SEVERAL)
        if isinstance(several, list):
            told[_NAMES_SEVERAL] = [ANOTHER if isinstance(each, str) and hides(each) else each for each in several]
        return told

    for event in events:
        body = dict(event.body)
        if event.kind == Kind.PLAN_CHANGED and hides(str(body.get(_NAMES_ONE, ""))):
            continue
        if event.kind == Kind.PLANNED:
            with suppress(NotSaid):  # What is not understood is told to nobody as a plan.
                body = Planned.read(body).of_those(lambda learner, _: hides(learner)).write()
        yield replace(event, body=_body(body))


def words_told_to(
    text: str,
    hides: Callable[[str], bool],
    is_there: Callable[[str], bool],
    mentions: Callable[[str], Sequence[Mention]],
) -> str:
    """What somebody wrote, with "another learner of the centre" for whoever `told_to` covers."""
    told, at = "", 0
    registrations = [(start, end, hides(text[start:end])) for start, end in _registrations(text, is_there)]
    for start, end, hidden in sorted([*registrations, *_names(text, registrations, hides, mentions)]):
        told += text[at:start] + (ANOTHER if hidden else text[start:end])
        at = end
    return told + text[at:]


def _names(
    text: str,
    known: Sequence[_Piece],
    hides: Callable[[str], bool],
    mentions: Callable[[str], Sequence[Mention]],
) -> Iterator[_Piece]:
    """Where in a text that somebody wrote a hidden learner is named; an id is one word, and names a member."""
    found = [each for each in mentions(text) if all(map(hides, each.learners))] if " " in text else []
    sure = {each.learners for each in found if each.how is not How.WORD}
    sure |= {(text[start:end],) for start, end, hidden in known if hidden}
    for each in found:
        meets = any(each.start < end and start < each.end for start, end, _ in known)
        if not meets and (each.how is not How.WORD or each.learners in sure):
            yield each.start, each.end, True


def _registrations(text: str, is_there: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """From where to where one stands in the text, as long as it can be."""
    tokens = [each.span() for each in _TOKEN.finditer(text)]
    at = 0
    while at < len(tokens):
        start, ends = tokens[at][0], [tokens[at][1]]
        for begins, end in tokens[at + 1 : at + _TOKENS_OF_ONE]:
            if begins != ends[-1] + 1:
                break
            ends.append(end)
        while ends and not is_there(text[start : ends[-1]]):
            ends.pop()
        if ends:
            yield start, ends[-1]
        at += len(ends) or 1
