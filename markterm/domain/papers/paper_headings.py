"""What the lines and cells of a unit's paper say of themselves: headings, feet of pages, and boxes of the form."""

from __future__ import annotations

import re

from markterm.domain.assessed.unit import Marks, Standing
from markterm.domain.papers.numbered import outcome_at
from markterm.domain.papers.paper_rows import Row

_BEGINS = re.compile(
    r"(?i)(?:learning outcomes? and )?assessment (?:and grading )?criteria(?: \(.{1,30}\)|:)?"
    r"(?: (?:the )?(?:learner|candidate|student) can\b.{0,20})?"
    r"|(?:(?:unit )?learning outcomes?|learning outcome \(lo\))?(?::| [-–—])?\s?"
    r"(?:the )?(?:learner|candidate|student) (?:will|can)\b(?::.{0,60}|.{0,20})"
    r"|(?:unit )?learning outcomes?(?: and (?:assessment )?criteria| \(LOs?\))?:?|performance criteria:?"
)
_ENDS = re.compile(
    r"(?i)(?:unit |indicative |essential |learning )?(?:content|amplification)\b.{0,30}"
    r"|indicative content.*|range\b.{0,20}"
    r"|(?:delivery|assessment|evidence|teaching|tutor|centre|additional|essential|unit|guidance|further|supporting)"
    r"(?: and \w+)? (?:guidance|information|requirements|notes|methods?|strateg(?:y|ies)|resources|for \w+)\b.{0,60}"
    r"|(?:suggested|recommended) (?:reading|resources|texts)\b.*|resources|links to .*|glossary\b.*|unit aims?\b.{0,20}"
    r"|section comments\b.*|verification comments\b.*|outcome \(delete.*|learner (?:signature|declaration)\b.*"
    r"|assessor(?:'s|’s)? (?:name|signature|comments)\b.*|quality assurance\b.*|mapping to .*|equivalences?\b.*"
)
_STANDINGS = (
    (Standing.GOOD, re.compile(r"(?i)good pass\b.*")),
    (Standing.REFER, re.compile(r"(?i)refer(?:ral|red)?\b.*|fail\b.*")),
    (Standing.PASS, re.compile(r"(?i)pass\b(?!.{0,3}(?:/|or)).*")),
)
_OUTCOMES_HEAD = re.compile(
    r"(?i)(?:unit )?learning outcomes?\b.*|outcomes?|(?:the )?learner will\b.*|learning aims?\b.*"
)
_MARKS = re.compile(
    r"(?i)/?\s*(?P<most>[0-9]{1,3})\s*(?:marks)?\s*[\[(]\s*min(?:imum|\.)?\s*(?:of)?\s*(?P<least>[0-9]{1,3})\s*[\])]"
)
_FOOT = re.compile(
    r"(?i)©|page [0-9]|[0-9]{1,4}$|.{0,60}\bpage [0-9]{1,3}\b|.{0,40}\bversion [0-9]|www\.|.{0,60}\s[0-9]{1,3}$"
)
_OF_THE_FORM = re.compile(r"(?i)sufficiency descriptors|\[typical standard|assessor feedback|\[comments not necessary")
_CHOICE = re.compile(r"(?i)(?:pass|refer(?:ral|red)?|met|achieved|yes)\s*(?:/|\||or\b)\s*\w+.{0,20}")
_LONG_HEAD = 60


def begins_criteria(text: str) -> bool:
    """Whether a text is the heading of outcomes or criteria."""
    return _BEGINS.fullmatch(text) is not None


def ends_criteria(text: str) -> bool:
    """Whether a text is the heading of what follows criteria: content, guidance, comments."""
    return _ENDS.fullmatch(text) is not None


def heads_outcomes(text: str) -> bool:
    """Whether a text is the heading of a column of outcomes."""
    return _OUTCOMES_HEAD.fullmatch(text) is not None


def standing_headed(text: str) -> Standing | None:
    """The standing whose descriptors stand below a heading; None for any other text."""
    if len(text) > _LONG_HEAD:
        return None
    return next((standing for standing, shape in _STANDINGS if shape.fullmatch(text)), None)


def is_mark(row: Row) -> bool:
    """Whether a row is the heading of outcomes or criteria, or names an outcome."""
    return any(begins_criteria(row.text(column)) or outcome_at(row.text(column)) for column in row.filled)


def is_of_form(text: str) -> bool:
    """Whether a text is one of a mark sheet's own, which no criterion goes on with."""
    return _OF_THE_FORM.match(text) is not None


def is_foot(text: str) -> bool:
    """Whether a text looks like the foot of a page."""
    return _FOOT.match(text) is not None


def is_choice(text: str) -> bool:
    """Whether a text is the choice of a decision: Pass/Referral."""
    return _CHOICE.fullmatch(text) is not None


def marks_in(text: str) -> Marks | None:
    """The marks that a box gives, and the least that passes: `/ 20 (min. of 10)`."""
    match = _MARKS.search(text)
    return Marks(int(match["most"]), int(match["least"])) if match is not None else None
