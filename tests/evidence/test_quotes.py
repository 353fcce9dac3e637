"""A quote is found by its words, whatever stands between them, and by its signs when it has no words."""

from __future__ import annotations

import pytest

from markterm.evidence.text.quotes import Quoted, find_quote

PIECES = ("I planned it.", "---", "Then we met.", "▯", "☑", "I planned more.")


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("I planned it. Then we met.", Quoted(0, 2)),
        ("I planned it. --- Then we met.", Quoted(0, 2)),
        ("Then we met. ▯ ☑ I planned more.", Quoted(2, 5)),
        ("▯", Quoted(3, 3)),
        ("▯ ☑", Quoted(3, 4)),
        ("---", Quoted(1, 1)),
        ("☐", None),
        ("I plan", None),
        (" ", None),
    ],
)
def test_a_quote_is_found_whatever_its_signs_have_become(quote: str, found: Quoted | None) -> None:
    assert find_quote(PIECES, quote, 0) == found
