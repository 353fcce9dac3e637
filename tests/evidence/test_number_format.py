"""Numbers, dates and times in the formats of spreadsheets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.evidence.readers.number_format import general, shown, shown_text
from markterm.evidence.readers.xlsx.styles import BUILT_IN

_MONEY = '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (0.45, "0%", "45%"),
        (0.456, "0.0%", "45.6%"),
        (42, "00000", "00042"),
        (7700900123, "00000 000000", "07700 900123"),
        (123456789, "000-00-0000", "123-45-6789"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (-1234.5, "#,##0;[Red](#,##0)", "(1,235)"),
        (-0.4, "0", "0"),
        (0.285, "0.00", "0.29"),
        (0.5, "#.##", ".5"),
        (1_500_000, '0.0,,"M"', "1.5M"),
        (7.5, '0.0" hours"', "7.5 hours"),
        (12345, "0.00E+00", "1.23E+04"),
        (123456, "##0.0E+0", "123.5E+3"),
        (2.75, "# ?/?", "2 3/4"),
        (0.125, "# ?/8", "1/8"),
        (3, "# ??/??", "3"),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50"),
        (150, '[>100]"many";0', "many"),
        (50, '[>100]"many";0', "50"),
        (0, '0;-0;"none"', "none"),
        (-7, "General;(General)", "(7)"),
        (5, "[Blue]General", "5"),
        (12, _MONEY, "£12.00"),
        (0, _MONEY, "£-"),
        (1e15, "General", "1E+15"),
        (447700900123, "General", "447700900123"),
        (3, "@", "3"),
    ],
)
def test_a_number_is_shown_as_it_was_seen(value: float, code: str, seen: str) -> None:
    assert "".join(shown(value, code).split("  ")).strip().replace("£ ", "£") == seen


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (9.5 / 24, "hh:mm", "09:30"),
        (9.5 / 24, "h:mm AM/PM", "9:30 AM"),
        (13.5 / 24, "h:mm:ss AM/PM", "1:30:00 PM"),
        (26.4 / 24, "[h]:mm", "26:24"),
        (90 / 1440, "[mm]", "90"),
        (15.25 / 86400, "mm:ss.00", "00:15.25"),
        (0.9999999, "h:mm", "0:00"),
        (45446, "dd/mm/yyyy", "2024-06-03"),
        (45446, "d-mmm-yy", "2024-06-03"),
        (45446.395833333333, "dd/mm/yyyy h:mm", "2024-06-03 09:30"),
        (45446.395833333333, "dd/mm/yyyy", "2024-06-03"),
        (45446, "dddd d mmmm yyyy", "Monday 3 June 2024"),
        (45446, "[$-809]d mmmm yyyy;@", "3 June 2024"),
        (45446, "mmm-yy", "Jun-24"),
        (45446, "ddd", "Mon"),
        (45446, "yyyy", "2024"),
        (1, "yyyy-mm-dd", "1900-01-01"),
        (60, "yyyy-mm-dd", "1900-02-29"),
        (61, "yyyy-mm-dd", "1900-03-01"),
        (-1, "yyyy-mm-dd", "-1"),
        (3e6, "yyyy-mm-dd", "3000000"),
    ],
)
def test_a_time_is_shown_as_it_was_seen_and_a_whole_date_as_iso_has_it(value: float, code: str, seen: str) -> None:
    assert shown(value, code) == seen


@pytest.mark.parametrize(
    ("code", "seen"),
    [("h:mm", "-6:00"), ("[h]:mm", "-6:00"), ("[h]:mm;[Red]-[h]:mm", "-6:00"), ("[mm]", "-360"), ("d mmm", "-0.25")],
)
def test_hours_below_nought_are_hours_and_a_day_below_it_is_none(code: str, seen: str) -> None:
    assert shown(-0.25, code) == seen


def test_dates_may_count_from_1904() -> None:
    assert shown(0, "yyyy-mm-dd", from_1904=True) == "1904-01-01"
    assert shown(43984, "dddd d mmmm yyyy", from_1904=True) == "Monday 3 June 2024"


def test_a_text_is_as_it_is_or_with_words_around_it() -> None:
    assert shown_text("Zoë", "0.00") == "Zoë"
    assert shown_text("Zoë", '0;-0;0;"by "@') == "by Zoë"
    assert shown_text("Zoë", ";;;") == shown(5, ";;;") == ""


@pytest.mark.parametrize("code", BUILT_IN.values())
def test_every_format_that_has_only_a_number_shows_something(code: str) -> None:
    assert shown(12.5, code).strip()
    assert shown_text("words", code) == "words"


@given(st.floats(allow_nan=False, allow_infinity=False), st.text('0#?.,%/@E+-;"\\_*[]hmsdy$>= Gx', max_size=20))
def test_no_number_and_no_format_break_it(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)
    assert isinstance(shown_text("x", code), str)


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_keep_all_their_digits(value: int) -> None:
    assert shown(value, "0") == general(value) == str(value)
    assert shown(value, "#,##0").replace(",", "") == str(value)
