"""How a pack is checked without MarkTerm, as a browser shows it and somebody copies it."""

from __future__ import annotations

import html
import re

from markterm.exports.pack.checking import how_to_check
from markterm.exports.pack.page import Fixed, Page, Section, render

_LINE = f"{'0a' * 32}  centre/matrix by criterion.html"


def test_what_is_to_be_typed_is_shown_as_it_is_meant() -> None:
    """A browser shows several spaces as one: a command that needs them is another one on the page."""
    meant = [each.text for section in how_to_check().sections for each in section.said if isinstance(each, Fixed)]
    shown = [html.unescape(each) for each in re.findall("<code>(.*?)</code>", render(how_to_check()))]
    assert shown == meant
    assert not any("  " in each for each in shown)


def test_on_windows_a_line_of_the_sums_is_parted_into_sum_and_name() -> None:
    (parting,) = re.findall(r"-split '(.+?)', 2", html.unescape(render(how_to_check())))
    assert re.split(parting, _LINE, maxsplit=1) == _LINE.split("  ")


def test_on_a_telephone_every_cell_of_a_table_says_under_what_it_stands() -> None:
    rows = ((("AAA1",), (Fixed("asha.1 3 0a0a"),)),)
    page = render(Page("Checked", sections=(Section("Heads", (), ("Record", 'Lines "so far"'), rows),)))
    assert [html.unescape(each) for each in re.findall('data-under="(.*?)"', page)] == ["Record", 'Lines "so far"']
    assert "td:not(:only-child)::before { content: attr(data-under)" in page[page.index("(max-width: 36rem)") :]
