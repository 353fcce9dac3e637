"""Whose pack is asked for: learners who are named, whoever something was recorded of in a time, or both."""

from __future__ import annotations

from collections.abc import Iterable

from markterm.centre.centre import Centre
from markterm.centre.export.pack import GoThrough
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import time_given
from markterm.exports.export import Export, LeftOut
from markterm.exports.page_form import PageForm


def pack_asked(
    centre: Centre,
    named: Iterable[str],
    since: str,
    until: str,
    form: PageForm,
    go_through: GoThrough,
    *,
    evidence: bool,
    visit: str = "",
) -> Export:
    """The pack of the learners `named`, each by a registration or words of a name, and of everybody of whom anything
    was recorded from the day `since` to the day `until`; whoever is nobody of the centre is left out, with why. For the
    `visit` of an external quality assurer it holds what they read and nothing else; for them, and for whoever acts as
    one, the learners are those whom they picked, where neither learners nor days are named. The steps of finding out
    what is in it are given to `go_through`.

    Raises `WrongUse` when nobody is meant, as `Centre.for_visit` does, and as `PackExports.of` does.
    """
    acting = centre.member
    if visit and not (acting is not None and acting.id == visit):
        centre = centre.for_visit(visit)
    visitor = centre.seeing.visitor
    wanted = list(dict.fromkeys(named))
    if visitor is not None and not (wanted or since or until):
        wanted = list(centre.visit_lists.picked_by(visitor))
        asked = [f"{counted(len(wanted), 'learner')} picked by {visitor.name} for the visit"]
    else:
        asked = [f"{counted(len(wanted), 'learner')} named"] if wanted else []
    found, left_out = _found(centre, wanted)
    if since or until:
        between = centre.packs.registrations_between(time_given(since), time_given(until, is_end=True))
        found = [*dict.fromkeys((*found, *between))]
        asked.append(f"recorded {f'since {since}' if since else ''}{f' until {until}' if until else ''}".strip())
    elif not asked:
        raise WrongUse(
            "Whose pack?", "Neither learners nor a period were named.", "Name learners, a list of them, or days."
        )
    told = one_line(" and ".join(asked))
    return centre.packs.of(found, asked=told, left_out=left_out, form=form, evidence=evidence, go_through=go_through)


def _found(centre: Centre, wanted: Iterable[str]) -> tuple[list[str], list[LeftOut]]:
    """Who is meant, each once; and whom nobody is, with why not."""
    found: dict[str, None] = {}
    left_out: list[LeftOut] = []
    for each in wanted:
        try:
            found[centre.learners.find(each)] = None
        except MarkTermError as error:
            left_out.append(LeftOut(one_line(each), one_line(f"{error.title}: {error.what}")))
    return list(found), left_out
