"""What an event of a learner's record came to, in a line."""

from __future__ import annotations

from collections.abc import Mapping

from markterm.domain.record import carrying
from markterm.domain.record.after_closing import AFTER_CLOSING, in_words
from markterm.domain.record.bodies.closing import Closed
from markterm.domain.record.bodies.criterion import Cited
from markterm.domain.record.bodies.kinds import said_by
from markterm.domain.record.decision import Decision, at_attempt, decision_of
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import closing_of
from markterm.domain.record.renaming import in_words as renamed_in_words
from markterm.domain.record.submission import HANDING_IN, handed_in
from markterm.domain.record.understanding import is_understood
from markterm.domain.views.signs import decision_sign, outcome_sign
from markterm.domain.words.foreign_text import one_line

_BATCH = 8


def event_told(event: Event, kinds: Mapping[str, str] | None = None) -> str:
    """The kind of the event, with what it came to; of one that is not understood, the kind alone.

    `kinds` are those of the events of its record, by uid: with them a withdrawal says that it was a citation which was
    taken back, and no decision.
    """
    if not is_understood(event):
        return one_line(event.kind)
    if event.kind == Kind.DECIDED:  # As most are: nothing else is asked of them.
        made = decision_of(event)
        return one_line(", ".join(filter(None, (f"{event.kind} {decision_sign(made)}", circumstances(made)))))
    if event.kind in HANDING_IN:
        return one_line(handed_in(event))
    said = said_by(event)
    if isinstance(said, Cited):
        return one_line(f"cited {said.passage.file}, {said.passage.locator}{at_attempt(event)}")
    if event.kind == Kind.WITHDRAWN:
        if kinds and event.supersedes and all(kinds.get(uid) == Kind.CITED for uid in event.supersedes):
            return f"citation taken back{at_attempt(event)}"
        return f"{event.kind}{at_attempt(event)}"
    if event.kind == Kind.RENAMED:
        return one_line(renamed_in_words(event))
    if event.kind in AFTER_CLOSING:
        return one_line(in_words(event))
    if event.kind == Kind.CARRIED:
        return one_line(carrying.in_words(event))
    if event.kind == Kind.CASE:
        from markterm.domain.record.cases import in_words as case_in_words  # Few learners have one.

        return one_line(case_in_words(event))
    if event.kind == Kind.COMMENTED:
        from markterm.domain.record.comments import in_words as comment_in_words  # Few learners have one.

        return one_line(comment_in_words(event))
    if event.kind == Kind.OPENED:
        from markterm.domain.record.opened_evidence import in_words as opened_in_words

        return one_line(opened_in_words(event))
    if event.kind == Kind.DUE_SET:
        from markterm.domain.record.due_days import in_words as due_in_words  # Few learners have one.

        return one_line(due_in_words(event))
    if event.kind == Kind.RECEIVED:
        from markterm.domain.record.arrivals import in_words as received_in_words  # Where work comes in by MarkTerm.

        return one_line(received_in_words(event))
    if event.kind == Kind.SIGNED:
        from markterm.domain.record.signatures import in_words as signed_in_words  # Few members sign.

        return one_line(signed_in_words(event))
    if event.kind == Kind.CLAIMED:
        from markterm.domain.record.claims import in_words as claim_in_words  # Only who is done has one.

        return one_line(claim_in_words(event))
    if event.kind == Kind.BADGE:
        from markterm.domain.record.badges import in_words as badge_in_words  # As few.

        return one_line(badge_in_words(event))
    if event.kind in (Kind.ACCOUNT, Kind.METHOD_SET):
        from markterm.domain.record.accounts import in_words as account_in_words  # As few.

        return one_line(account_in_words(event))
    if event.kind in (Kind.HOLD, Kind.EVIDENCE_DESTROYED):
        from markterm.domain.record.holds import in_words as kept_in_words  # As few.

        return one_line(kept_in_words(event))
    if event.kind == Kind.LEFT:
        from markterm.domain.record.leaving import in_words as left_in_words  # Few learners leave.

        return one_line(left_in_words(event))
    if event.kind == Kind.SKILLS_RATED:
        from markterm.domain.record.self_ratings import in_words as rated_in_words  # Few learners have one.

        return one_line(rated_in_words(event))
    if event.kind in (Kind.CPD_PLANNED, Kind.CPD_DONE):
        from markterm.domain.record.cpd import in_words as cpd_in_words  # As few.

        return one_line(cpd_in_words(event))
    if isinstance(said, Closed):
        return one_line(f"{event.kind} {outcome_sign(closing_of(event))}")
    return one_line(event.kind)


def circumstances(decision: Decision, where: str = "") -> str:
    """What a decision was converted from, the task it was made in, and what tells those made at once with it.

    `where` is that task in other words than those of the decision.
    """
    occasion = decision.occasion
    return one_line(
        ", ".join(
            filter(
                None,
                (
                    f"from {decision.in_marks}" if decision.in_marks else "",
                    f"in {where or occasion}" if occasion.assignment else "",
                    f"batch {occasion.batch[:_BATCH]}" if occasion.batch else "",
                    f"settled a conflict: {decision.reason}" if decision.reason else "",
                    f"note by {', '.join(decision.note_by)}" if decision.note_by else "",
                    "in training" if decision.in_training else "",
                    "amended by the assessor after it was not agreed" if decision.amended else "",
                ),
            )
        )
    )
