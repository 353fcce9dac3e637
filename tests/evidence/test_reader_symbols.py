"""Letters of symbol fonts as the signs that they look like."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.evidence.readers.symbols import is_symbol_font, shown, text_shown

_FONTS = ("Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "Zapf Dingbats")


@pytest.mark.parametrize(
    ("font", "letters", "signs"),
    [
        ("Wingdings", "\xfb\xfc\xfd\xfeo\xa8", "✗✓☒☑☐☐"),
        ("Wingdings", "l\xa7\xd8v\xe0CDJLF", "●▪➢❖→👍👎☺☹☞"),
        ("Wingdings", "\x81\x8a\x8c\x95", "①⑩❶❿"),
        ("Wingdings 2", "OPQRST\xa3j", "✗✓☒☑☒☒☐①"),
        ("Wingdings 3", '!"#$p}\xc8', "←→↑↓▲▶↓"),
        ("Webdings", "acr", "✓☐✗"),
        ("Symbol", "abcWSD\xb7\xa3\xb3\xae\xb9", "αβχΩΣΔ•≤≥→≠"),
        ("Zapf Dingbats", "348lnHu\xac", "✓✔✘●■★◆①"),
    ],
)
def test_ticks_crosses_boxes_bullets_and_letters_are_said(font: str, letters: str, signs: str) -> None:
    assert text_shown(font, letters) == signs


def test_letters_of_the_private_area_are_the_same_signs() -> None:
    assert [shown("Wingdings", 0xF000 + code) for code in (0xFC, 0xA8)] == ["✓", "☐"]
    assert text_shown("Symbol", "\uf061\uf0b7") == "α•"


@pytest.mark.parametrize(
    "font", ["wingdings", "Wingdings-Regular", "ABCDEF+Wingdings-Regular", "'Wingdings'", " WINGDINGS "]
)
def test_a_font_is_known_however_its_name_is_written(font: str) -> None:
    assert is_symbol_font(font)
    assert shown(font, 0xFC) == "✓"


@pytest.mark.parametrize(
    ("font", "sign"), [("Wingdings2", "✓"), ("QRSTUV+Wingdings2", "✓"), ("Wingdings3", "↻"), ("SymbolMT", "Π")]
)
def test_fonts_of_like_names_are_kept_apart(font: str, sign: str) -> None:
    assert shown(font, ord("P")) == sign


@pytest.mark.parametrize("font", ["Arial", "", "Segoe UI Symbol", "Cambria Math", "Wingdings 9"])
def test_other_fonts_keep_their_letters(font: str) -> None:
    assert not is_symbol_font(font)
    assert text_shown(font, "a\xfc\uf0fc") == "a\xfc\uf0fc"


@given(st.sampled_from(_FONTS), st.integers(0, 0x10FFFF))
def test_any_code_is_one_sign_and_what_is_not_known_stays(font: str, code: int) -> None:
    sign = shown(font, code)
    assert len(sign) == 1
    if code > 0xFF and code not in range(0xF020, 0xF100):
        assert sign == chr(code)


@pytest.mark.parametrize("font", _FONTS)
def test_no_known_sign_is_unassigned_private_or_wide_white_space(font: str) -> None:
    signs = {shown(font, code) for code in range(0xF021, 0xF100)} - {chr(code) for code in range(0xF000, 0xF100)}
    assert len(signs) > 60
    assert all(unicodedata.category(sign)[0] in "LNPSM" for sign in signs)
