"""Commenting on a section of the sheet: the learning outcome that is looked at."""

from __future__ import annotations

from markterm.centre.drafts import DraftKind
from markterm.domain.record.comments import Section
from markterm.domain.rules.commenting import comment
from markterm.domain.words.foreign_text import one_line
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.desk import ANY_TEXT
from markterm.tui.marking.assessors_act import AssessorsAct
from markterm.tui.marking.workplace import Workplace
from markterm.tui.marking.writing import write


class Comment(AssessorsAct):
    """Write what is to be said of the whole section, or change what was said; in the palette alone."""

    id, label = "mark.comment", "Comment on this learning outcome"
    words = "The comment stands on the sheet, below the section"

    async def run(self, on: Workplace) -> None:
        """Open the comment that stands there, or a new one."""
        place, desk = on.place, on.desk
        if place is None or desk.shown is None:
            return
        unit, number, registration = place.unit, place.outcome.number, desk.registration
        if not on.allows(lambda act, now: comment(act, unit, now, number, ANY_TEXT)):
            return
        # One draft for the section, whichever of its criteria it was begun at.
        first = CriterionPlace(unit, place.outcome, place.outcome.criteria[0])
        standing = desk.shown.portfolio.comments_on(Section(unit.key, number))
        before = "\n\n".join(each.text for each in standing)

        async def save(text: str) -> None:
            await desk.record(lambda: on.centre.marking.comment(registration, unit.code, number, text))

        title = f"Comment on {place.outcome.heading(one_line(place.outcome.title))}"
        detail = "It stands on the sheet below this section; the learner's feedback does not have it."
        await write(on, title, detail, first, DraftKind.COMMENT, save, before)
