"""How words are compared where nobody minds capitals, accents and signs."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.words.letters import as_typed, plain


def test_what_stands_for_the_same_is_folded_to_the_same() -> None:
    assert plain("Zoë Łukasz’s ﬁle – “ok”…") == 'zoe lukasz\'s file - "ok"...'
    assert plain("İ ς ß ＡＢ１ co\u00adop") == "i σ ss ab1 coop"
    assert plain("❤\ufe0f ☑\ufe0e") == plain("❤ ☑")


@given(st.text())
def test_a_folded_text_is_folded_once_for_all_however_it_was_composed(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert plain(unicodedata.normalize("NFD", text)) == plain(unicodedata.normalize("NFC", text))


@given(st.text())
def test_a_text_as_it_is_typed_keeps_its_length_and_its_letters(text: str) -> None:
    typed = as_typed(text)
    assert len(typed) == len(text)
    assert all(now == then or now.isascii() for now, then in zip(typed, text, strict=True))


def test_signs_are_as_a_keyboard_writes_them() -> None:
    assert as_typed("ＡＣ\u00a01.2–1.4 ‘é’") == "AC 1.2-1.4 'é'"
