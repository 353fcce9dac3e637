"""How a Moodle site words what goes back to it."""

from __future__ import annotations

from dataclasses import dataclass

from markterm.domain.assessed.level import Level


@dataclass(frozen=True, slots=True)
class MoodleSite:
    """A site's words for the two outcomes, for the higher grades of a graded unit where it has them, and the headings
    of its grading worksheet, which are in its language.

    Without the two words nothing is written for it, and without one for a merit nothing of who has one. `locked` is
    what stands under `changeable` where a grade is locked.
    """

    passed: str = ""
    referred: str = ""
    identifier: str = "Identifier"
    name: str = "Full name"
    email: str = "Email address"
    grade: str = "Grade"
    changeable: str = "Grade can be changed"
    modified: str = "Last modified (grade)"
    feedback: str = "Feedback comments"
    locked: str = "No"
    merit: str = ""
    distinction: str = ""

    def word_of(self, grade: Level | None) -> str:
        """The site's word for a unit that is passed, of a graded one with that grade; empty where it has none."""
        return {Level.MERIT: self.merit, Level.DISTINCTION: self.distinction}.get(grade or Level.PASS, self.passed)
