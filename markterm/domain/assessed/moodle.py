"""How a Moodle site words what goes back to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MoodleSite:
    """A site's words for the two outcomes, and the headings of its grading worksheet, which are in its language.

    Without both words nothing is written for it. `locked` is what stands under `changeable` where a grade is locked.
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
