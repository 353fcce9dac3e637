"""What stands in the cells of a register: names in either order, days as the British write them and as spreadsheets
count them, numbers. What can be read in two ways is not guessed at."""

from __future__ import annotations

import re
from datetime import date, timedelta

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_BRITISH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_IN_WORDS = re.compile(r"(?:\w+,? )?(\d{1,2})(?:st|nd|rd|th)?[- ]?([A-Za-z]{3,9})\.?,?[- ]?(\d{4}|\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(?::00(?:\.0+)?)?(?: ?AM)?Z?\Z")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905  # reads better
_SUFFIXES = frozenset({"jr", "jnr", "sr", "snr", "ii", "iii", "iv"})
_CHANGED = re.compile(r"[0-9.]+E\+?[0-9]+|[0-9]+\.0+", re.IGNORECASE)
_YES_OR_NO = {
    **dict.fromkeys(("yes", "y", "true", "1", "funded", "x"), True),
    **dict.fromkeys(("no", "n", "false", "0", "not funded", "self-funded", "self funded", "private"), False),
}
_DAY_BEFORE_ALL = date(1899, 12, 30)


def name_of(said: str) -> str:
    """A name in the order in which it is spoken: `Jones, Rosalind` is Rosalind Jones."""
    last, comma, first = said.partition(",")
    if not comma or not first.strip() or first.strip().strip(".").casefold() in _SUFFIXES:
        return said
    return f"{first.strip()} {last.strip()}".strip()


def day_of(said: str, today: date, *, is_past: bool) -> date | None:
    """The day that stands there: year-month-day, or day, month and year as the British write them, or a number of days
    as spreadsheets count them; None for what is none. Of a year in two digits it is the one of a hundred years that
    `is_past`, or else of this century."""
    text = _MIDNIGHT.sub("", said.strip())
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _BRITISH.fullmatch(text):
            return date(_year(found[3], today, is_past=is_past), int(found[2]), int(found[1]))
        if (found := _IN_WORDS.fullmatch(text)) and found[2][:3].casefold() in _MONTHS:
            month = _MONTHS.index(found[2][:3].casefold()) + 1
            return date(_year(found[3], today, is_past=is_past), month, int(found[1]))
        if _SERIAL.fullmatch(text):
            return _DAY_BEFORE_ALL + timedelta(int(text[:5]))
    except ValueError:
        return None
    return None


def yes_or_no(said: str) -> bool | None:
    """Whether it says so; None for what is neither."""
    return _YES_OR_NO.get(said.casefold())


def is_changed_number(said: str) -> bool:
    """Whether a spreadsheet has made another number of it: `1.23E+09`, `204100.0`."""
    return bool(_CHANGED.fullmatch(said))


def _year(said: str, today: date, *, is_past: bool) -> int:
    year = int(said)
    if len(said) > 2:
        return year
    return 1900 + year if is_past and 2000 + year > today.year else 2000 + year
