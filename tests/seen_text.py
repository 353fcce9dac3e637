"""Texts for property tests as they are once they were read: every character in them is seen as what it is."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from markterm.domain.words.foreign_text import clean


def seen_text(*arguments: Any, **options: Any) -> st.SearchStrategy[str]:
    """What `st.text` gives, made safe to show."""
    return st.text(*arguments, **options).map(lambda text: clean(text).text)
