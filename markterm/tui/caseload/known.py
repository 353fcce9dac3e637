"""What is known of the learners at a moment, worked out in a thread: no key waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markterm.centre.centre import Centre
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.caseload_filter import words_among
from markterm.domain.views.filter_words import FilterWords
from markterm.domain.views.totals import WaitsForYou
from markterm.domain.views.yours import yours
from markterm.tui.blindfold import Blindfold


class Known(NamedTuple):
    """What was read of the learners: their rows, the words by which these are filtered, and what waits for whoever
    acts, in words and by learner."""

    rows: Sequence[CaseloadRow]
    words: FilterWords
    yours: tuple[str, ...] = ()
    waits: WaitsForYou = WaitsForYou()


def known_now(centre: Centre, blindfold: Blindfold) -> Known:
    """What is known now, with all that sorting and filtering look at."""
    blindfold.learn_names()
    rows = blindfold.rows(centre.caseload.rows)
    for row in rows:
        _ = row.place, row.words, row.due
    member, words = centre.member, words_among(rows)
    if member is None:
        return Known(rows, words)
    own = yours(rows, member.id, centre.caseload.today).parts
    return Known(rows, words, own, centre.caseload.waits_for(member))
