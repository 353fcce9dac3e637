"""The heads that a file carries come out of it as they went in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from markterm.exports.anchor import found_in, furthest, in_a_word
from markterm.records.store import Head

_HEAD = st.builds(Head, st.integers(1, 10**6), st.binary(min_size=32, max_size=32).map(bytes.hex))
_HEADS = st.dictionaries(
    st.text(max_size=9), st.dictionaries(st.text(max_size=9), _HEAD, min_size=1, max_size=3), max_size=4
)


@given(_HEADS)
def test_heads_are_found_again_in_the_midst_of_a_text(heads: dict[str, dict[str, Head]]) -> None:
    assert found_in(f'<meta content="{in_a_word(heads)}">') == heads


def test_heads_of_too_many_records_are_not_put_into_a_file() -> None:
    heads = {f"R{number}": {"asha": Head(3, f"{number:064x}")} for number in range(2_000)}
    assert in_a_word(heads) == ""


def test_of_one_segment_the_head_that_goes_further_is_kept() -> None:
    early, late = {"A": {"s": Head(2, "a" * 64)}}, {"A": {"s": Head(5, "b" * 64), "t": Head(1, "c" * 64)}}
    assert furthest((late, early)) == late


def test_a_word_that_is_none_is_read_past() -> None:
    assert found_in("markterm-heads:AAAA markterm-heads:====") == {}
