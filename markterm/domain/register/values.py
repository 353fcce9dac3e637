"""What stands in the cells of a register: names in either order, days as the British write them and as spreadsheets
count them, numbers. What can be read in two ways is not guessed at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|((?:19|20)\d\d)(\d\d)(\d\d)")
_BRITISH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_IN_WORDS = re.compile(r"(?:\w+,? )?(\d{1,2})(?:st|nd|rd|th)?[- ]?([A-Za-z]{3,9})\.?,?[- ]?(\d{4}|\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_TIME = re.compile(r"[T ](?:0{1,2}:00(?::00(?:\.0+)?)?Z|\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AP]M)?)\Z", re.IGNORECASE)
"""A time of day. One of Greenwich may be of another day here, but for midnight, which programs write for none."""
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
    text = _TIME.sub("", said.strip())
    try:
        if found := _ISO.fullmatch(text):
            year, month, day = filter(None, found.groups())
            return date(int(year), int(month), int(day))
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


def months_first(said: Iterable[str]) -> bool:
    """Whether these days have the month before the day: more of them can only be read so than only as the British
    write them."""
    numbers = [(int(found[1]), int(found[2])) for each in said if (found := _numbers(each))]
    can_only = sum(first <= 12 < second <= 31 for first, second in numbers)
    return can_only > sum(second <= 12 < first <= 31 for first, second in numbers)


def has_numbers_alone(said: str) -> bool:
    """Whether a day is written in numbers of which the first could be the day or the month: not between dots."""
    return _numbers(said) is not None


def _numbers(said: str) -> re.Match[str] | None:
    text = _TIME.sub("", said.strip())
    return _BRITISH.fullmatch(text) if "." not in text else None


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
