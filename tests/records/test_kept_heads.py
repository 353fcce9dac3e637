"""Heads that were kept outside: written, and read from whatever they were written to."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.records.kept_heads import files_beside, parse, render
from markterm.records.store import Head
from tests.samples import AT

DIGEST = "ab" * 32
HEADS = {"": {"asha.0123abcd": Head(4, DIGEST)}, "AAA 1": {"ben.0123abcd": Head(12, DIGEST[::-1])}}

_heads = st.dictionaries(
    st.text(max_size=8),
    st.dictionaries(
        st.text(min_size=1, max_size=8),
        st.builds(Head, st.integers(1, 10**8), st.text("0123456789abcdef", min_size=64, max_size=64)),
        min_size=1,
        max_size=3,
    ),
    min_size=2,
    max_size=4,
)


@given(_heads)
def test_what_is_written_is_read(heads: dict[str, dict[str, Head]]) -> None:
    assert parse(render(heads, "A\n{}", AT).encode("utf-8")) == heads


PRINTED = f"centre asha.0123abcd 4 lines {DIGEST}\nAAA 1  ben.0123abcd  12 lines  {DIGEST[::-1]}\n"
AUDIT = {
    "records": [
        {"record": record, "heads": {name: {"lines": head.lines, "digest": head.digest} for name, head in own.items()}}
        for record, own in HEADS.items()
    ]
}
EXPORT = {
    "visit": [{"record": r, "heads": {n: [h.lines, h.digest] for n, h in own.items()}} for r, own in HEADS.items()]
}


@pytest.mark.parametrize(
    "data",
    [
        PRINTED.encode(),
        PRINTED.replace("\n", "\r\n").encode(),
        PRINTED.encode("utf-8-sig"),
        PRINTED.encode("utf-16"),
        ("Verified 2 records\n\n" + PRINTED).encode(),
        json.dumps(AUDIT).encode(),
        json.dumps(AUDIT, indent=2).encode("utf-16"),
        json.dumps(EXPORT).encode(),
    ],
)
def test_heads_are_read_from_what_ever_version_and_shell_wrote(data: bytes) -> None:
    assert parse(data) == HEADS


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"# nothing",
        b"[" * 100_000,
        b'{"record": "A", "segment": "s", "lines": 0, "digest": "' + DIGEST.encode() + b'"}',
        b'{"record": "A", "segment": "s", "lines": true, "digest": "' + DIGEST.encode() + b'"}',
        b'{"record": "A", "segment": "s", "lines": 3, "digest": "xyz"}',
        b'{"record": "A", "heads": {"s": [3]}}',
        f"A s 99999999999 lines {DIGEST}".encode(),
    ],
)
def test_what_holds_no_heads_gives_none(data: bytes) -> None:
    assert parse(data) == {}


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_give_nothing(data: bytes) -> None:
    parse(data)


def test_of_a_segment_that_is_named_twice_the_longer_one_counts() -> None:
    text = f"A s.1 4 lines {DIGEST}\nA s.1 9 lines {DIGEST}\nA s.1 5 lines {DIGEST}\n"
    assert parse(text.encode()) == {"A": {"s.1": Head(9, DIGEST)}}


@pytest.mark.parametrize("record", [5, None, ["AAA1"], {}])
def test_heads_of_what_is_no_name_of_a_record_are_none(record: object) -> None:
    assert parse(json.dumps([{"record": record, "heads": {"asha.0123abcd": [4, DIGEST]}}]).encode()) == {}


def test_the_names_of_files_that_were_written_beside_are_read_and_nothing_else() -> None:
    text = render(HEADS, "A", AT, ["pack.zip", "a\nb.html"]) + "# With it was written: 5\n# With it was written: {\n"
    assert files_beside(text.encode("utf-8")) == {"pack.zip", "a\nb.html"}
