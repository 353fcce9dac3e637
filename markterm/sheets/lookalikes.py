"""What looks like a criterion, marks or a comment to a person, however it is dressed.

A sheet is typed, pasted and exported by many programs. Whatever in it looks like one of these and is not read as one
has to be told: a criterion that nobody decides, or marks that became wording, are seen by nobody until it is too late.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from markterm.domain.words.criterion_number import is_criterion_number

# Signs, bullets, quotation marks, table bars, tags and entities before a text; not the sign of a currency: £1.20.
# All of them at once and for good, so that a line of 10,000 stars takes no time.
_DRESS = r"(?:\[[xX]\]|</?[A-Za-z][^<>]*>|&#?\w{1,8};|[^\w£$€¥]|_)*+"
_LISTED = r"(?:(?:[0-9]{1,3}|[A-Za-z])[.)]\s+)?"
_NAMED = r"(?:(?i:A\.?C\.?|assessment criterion|criterion|criteria|requirement)\s*)?"
_COUNTED = r"[0-9]{1,3}(?:\.[0-9]{1,3}[a-z]?)+"
_LETTERED = r"[PMDKSB][0-9]{1,2}[a-z]?|[A-Z]\.[PMDA]?C?[0-9]{1,2}[a-z]?"
# Between the number and the text; a comma, a slash or a percent sign makes it part of a sentence.
_BEHIND = r"(?:[\s.:;)\]>|*_`\-\u2013\u2014]|</?[A-Za-z][^<>]*>|&nbsp;)"
_CRITERION = re.compile(
    rf"{_DRESS}{_LISTED}{_DRESS}{_NAMED}{_DRESS}(?P<number>{_COUNTED}|{_LETTERED})(?P<behind>{_BEHIND}+|$)(?P<rest>.*)"
)
_BOLD = re.compile(rf"{_DRESS}{_LISTED}{_DRESS}(?:\*\*|__)\s*(?P<number>[^\s*_]+?)[.:]?(?:\*\*|__|\s)")
_BOLD_WITHIN = re.compile(r"(?:\*\*|__)\s*([^\s*_]+?)[.:]?\s*(?:\*\*|__)")
_UNDRESSED = re.compile(rf"{_DRESS}{_LISTED}{_DRESS}")
_MOST_CELLS = 50
_LONGEST_MARKS = 80
_FIRST_WORD = re.compile(r"[\W_]*([^\W\d_]+|[0-9])")
# What follows a number that is part of a sentence or a measure: "1.5 hours", "1.1 and 1.2".
_GOES_ON = frozenset(
    re.findall(
        r"\w+",
        """a also and are as at but by can does for from has have in is it may must of on or per so than that then they
        to until up was were when which who will with hour hours hrs minute minutes min mins day days week weeks month
        months year years credit credits page pages word words point points mark marks percent km m kg g cm mm mb gb
        gbp am pm thousand million times""",
    )
)
_PERHAPS = re.compile(
    rf"{_DRESS}(?:[0-9]{{1,2}}(?:[.):]|\s*\||\s)|(?:[a-h]|[ivx]{{1,4}})\))[\s|]*+[^\w\s]{{0,3}}([A-Z][^\W\d_]*)"
)
# A number with another sign between its parts than a point, or with a space beside it: `1,2 Plan`, `LO1.2 Plan`.
_PERHAPS_COUNTED = re.compile(
    rf"{_DRESS}(?:LO ?)?[0-9]{{1,2}} ?[.,:·/\-\u2010-\u2015] ?[0-9]{{1,2}}{_BEHIND}+[^\w\s]{{0,3}}([A-Z][^\W\d_]*)"
)
_OUTCOME = re.compile(rf"{_DRESS}(?:LO|(?i:learning outcome)) ?[0-9]{{1,2}}[\W_]+([A-Z][^\W\d_]*)")
_COUNTED_WITHIN = re.compile(r"(?<=\s)[0-9]{1,3}(?:\.[0-9]{1,3})+(?=[.:)]?\s+[A-Z])")
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_BRACED_MARKS = re.compile(r"[{\uff5b\u2774][^{}\uff5b\uff5d]*[0-9][^{}\uff5b\uff5d]*[}\uff5d\u2775]?")
_AMOUNT = r"[0-9]{1,3}(?:[.,][0-9]+)?"
_GIVEN = rf"{_AMOUNT}\s*(?:(?:/|of|out of)\s*{_AMOUNT}\s*)?(?:marks?|points?|pts?)?"
_BRACKETED_MARKS = re.compile(
    rf"[\[(<]\s*(?:(?:max|min)(?:imum)?\b[^\])>0-9]*)?{_GIVEN}(?:[,;/]\s*(?:max|min)[^\])>]*)?\s*[\])>][\W_]*$"
    r"|[\[(]\s*[0-9]+(?:[.,][0-9]+)?\s*(?:marks?|points?|pts?)\b[^\])]*[\])][\W_]*$"
    rf"|[\[(]\s*{_AMOUNT} ?%\s*[\])][\W_]*$"
    r"|\b[0-9]+ ?(?:marks?|pts)[\W_]*$|(?<!\S)/ ?[0-9]+[\W_]*$|\|\s*[0-9]+ ?/ ?[0-9]+[\W_]*$|\b[0-9]0 ?/ ?[0-9]+[\W_]*$"
    r"|\{\s*\}[\W_]*$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
# Digits and points of other widths.
_DIGITS = re.compile(r"[\uff10-\uff19\uff0e\u2024]")
# Of HTML, notes, templates and tracked changes.
_COMMENT = re.compile(
    r"(?m)<!--|(?:^|\s)%%|^\s*\[(?://|#|comment)\]\s*:|(?:^|\s)//\s|(?:^|\s)/\*\s|\{#(?!\w)|\{%\s*comment"
    r"|\{>>|\{--|\{\+\+|\{~~"
)


def criterion_in(line: str) -> str | None:
    """The number of the criterion that `line` looks like; None if it looks like none.

    It may be quoted, boxed in a table, listed, tagged, named AC or unbolded, and lower case.
    """
    if _DIGIT.search(line) is None:
        return None
    line = _plainly(line)
    bold = _BOLD.match(line)
    if bold is not None and is_criterion_number(bold["number"]) and not bold["number"].isdigit():
        return bold["number"]
    cells = line.split("|", _MOST_CELLS)
    for place in range(len(cells)):
        match = _CRITERION.match("|".join(cells[place:]))
        if match is None:
            continue
        word = _FIRST_WORD.match(match["rest"])
        counted = match["number"][0].isdigit()
        if word is None:
            # A number that stands alone in a line is one; alone in the last cell of a table it is any number.
            if counted and place == 0 and not match["rest"].strip():
                return match["number"]
        elif not word[1].isdigit() and word[1].lower() not in _GOES_ON and (counted or word[1][0].isupper()):
            return match["number"]
    return None


def may_be_a_criterion(line: str) -> bool:
    """Whether `line` is numbered or lettered as criteria are on some sheets: `1 Plan it`, `a) Plan it`, `| 2 | So |`.

    It may as well be a text with a list in it.
    """
    line = _plainly(line)
    match = _PERHAPS.match(line) or _PERHAPS_COUNTED.match(line)
    return match is not None and match[1].lower() not in _GOES_ON


def may_be_an_outcome(line: str) -> bool:
    """Whether `line` begins as the heading of a learning outcome does: `LO2 Serve it`, `**Learning outcome 2: Serve**`.

    It may as well be a sentence on an outcome.
    """
    match = _OUTCOME.match(line)
    return match is not None and match[1].lower() not in _GOES_ON


def _plainly(line: str) -> str:
    """`line` without the escapes and numbered entities that exports write, its digits and points as they are typed."""
    if "\\" in line:
        line = _ESCAPED.sub("", line)
    if "&#" in line:
        line = unescape(line)
    if not line.isascii():
        line = _DIGITS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), line)
    return line


def undressed(line: str) -> str:
    """`line` without the signs, bullets, bars and tags before its text."""
    return _UNDRESSED.sub("", line, count=1)


def criterion_within(wording: str) -> str | None:
    """The number in bold that stands in the middle of a criterion's wording; None if there is none."""
    return next((number for number in _BOLD_WITHIN.findall(wording) if is_criterion_number(number)), None)


def following_within(number: str, wording: str) -> str | None:
    """The number that follows `number`, where it stands in the middle of that criterion's wording and a new sentence
    begins behind it; None otherwise."""
    before, _, last = number.rpartition(".")
    if not (before and last.isdigit()):
        return None
    following = f"{before}.{int(last) + 1}"
    return following if following in _COUNTED_WITHIN.findall(wording) else None


def marks_in_braces(text: str) -> str | None:
    """What in `text` looks like `{20/10}`; None if nothing does."""
    plain = _plainly(text)
    if plain.isascii() and "{" not in plain:
        return None
    match = _BRACED_MARKS.search(plain)
    return match[0] if match else None


def marks_otherwise(wording: str) -> str | None:
    """What at the end of a criterion's wording looks like marks of another form, such as `(10 marks)` or `[10/5]`."""
    match = _BRACKETED_MARKS.search(" ".join(_plainly(wording).split())[-_LONGEST_MARKS:])
    return match[0] if match else None


def is_comment(line: str) -> bool:
    """Whether a comment begins in `line`, or in one of several: in HTML, or as programs for notes and templates write
    them."""
    return _COMMENT.search(line) is not None
