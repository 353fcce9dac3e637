"""Events as JSON and back: nothing is lost on the way, whatever was typed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.event import Event, Json, Kind, Subject
from markterm.records.canonical import canonical
from markterm.records.codec import NotAnEvent, from_json, to_json
from markterm.records.folder.line import decode, encode
from tests.samples import decision


def paired(text: str) -> str:
    """`text` with two halves of a surrogate pair that stand side by side as the character they make."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


# Every character there is: control characters and lone halves of surrogate pairs as well.
TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=30).map(paired)
NUMBERS = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
# A day from either end of time, so that every zone has a UTC time for it.
ZONES = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=ZONES)
SUBJECTS = st.builds(Subject, st.none() | st.builds(UnitKey, TEXTS, TEXTS), st.none() | TEXTS)
EVENTS = st.builds(
    Event,
    uid=TEXTS,
    kind=st.sampled_from([kind.value for kind in Kind]) | TEXTS,
    learner=TEXTS,
    at=TIMES,
    actor=TEXTS,
    role=TEXTS,
    subject=SUBJECTS,
    body=st.dictionaries(TEXTS, JSON, max_size=4),
    supersedes=st.lists(TEXTS, max_size=3).map(tuple),
)


@given(EVENTS)
def test_every_event_comes_back_from_its_json(event: Event) -> None:
    read = from_json(json.loads(canonical(to_json(event))))
    assert read == replace(event, at=event.at.astimezone(UTC))
    assert canonical(to_json(read)) == canonical(to_json(event))
    assert read.at.tzinfo is UTC


@given(EVENTS)
def test_every_event_comes_back_from_a_line(event: Event) -> None:
    digest, raw = encode(to_json(event))
    assert raw.endswith(b"\n")
    assert raw.count(b"\n") == 1
    (line,) = decode([raw[:-1]])
    assert line.digest == digest == sha256(raw[65:-1]).hexdigest()
    assert line.body is not None
    assert from_json(line.body) == replace(event, at=event.at.astimezone(UTC))


@given(st.lists(EVENTS, max_size=5), st.data())
def test_a_damaged_line_takes_no_other_with_it(events: list[Event], data: st.DataObject) -> None:
    raws = [encode(to_json(event))[1][:-1] for event in events]
    damaged = data.draw(st.sets(st.integers(0, len(raws) - 1)) if raws else st.just(set[int]()))
    for number in damaged:
        raws[number] = raws[number][:66] + b"?" + raws[number][67:]
    lines = decode(raws)
    assert [number for number, line in enumerate(lines) if line.body is None] == sorted(damaged)


@given(st.lists(st.binary(max_size=150), max_size=5))
def test_any_bytes_are_read_as_lines_that_do_not_verify(raws: list[bytes]) -> None:
    assert [line.body for line in decode(raws)] == [None] * len(raws)


NO_OBJECTS = {
    "a list": b"[1,2]",
    "a number": b"3",
    "nothing said": b"null",
    "nothing": b"",
    "half an object": b"{",
    "a deep list": b"[" * 5000,
    "two objects": b'{"a":1},{"b":2}',
    "what closes a list and opens one": b'{"a":1}],[{"b":2}',
    "an object and more": b'{"a":1} ',
    "bytes beyond ASCII": '{"a":"é"}'.encode(),
    "bytes that are no text": b"\xff",
    "text of two bytes a sign": '{"a":1}'.encode("utf-16-le"),
    "a byte order mark": b'\xef\xbb\xbf{"a":1}',
    "no number": b'{"a":NaN}',
    "infinity": b'{"a":-Infinity}',
    "a number beyond every float": b'{"a":1e999}',
    "a number of 41 digits": b'{"a":' + b"1" * 41 + b"}",
    "a number of 5,000 digits": b'{"lc":' + b"1" * 5000 + b"}",
    "a fraction of 5,000 digits": b'{"a":0.' + b"1" * 5000 + b"}",
    "a key twice": b'{"result":"refer","result":"pass"}',
    "a key twice within": b'{"body":{"result":"refer","result":"pass"}}',
    "65 levels": b'{"a":' * 65 + b"1" + b"}" * 65,
    "a line end in a text": b'{"a":"\x0b"}',
}


@pytest.mark.parametrize("text", NO_OBJECTS.values(), ids=NO_OBJECTS.keys())
def test_a_line_with_a_true_hash_that_holds_no_object_says_so_and_changes_no_other(text: bytes) -> None:
    good = encode({"a": 1})[1][:-1]
    odd = sha256(text).hexdigest().encode() + b" " + text
    first, between, last = decode([good, odd, good])
    assert (first.body, first.fault) == (last.body, last.fault) == ({"a": 1}, "")
    assert between.body == {}
    assert between.fault


def test_64_levels_are_read_and_brackets_within_texts_are_no_levels() -> None:
    deep: dict[str, Json] = {"[{" * 200: "[" * 200 + '\\"' + "{" * 200}
    for _ in range(63):
        deep = {"in": deep}
    (line,) = decode([encode(deep)[1][:-1]])
    assert line.body == deep


FRAGMENTS = st.lists(
    st.sampled_from([b'{"a":1}', b"{", b"}", b"[", b"]", b",", b"1", b'"', b'"k":', b"\\", b"NaN", b" "]), max_size=8
).map(b"".join)


@given(st.lists(FRAGMENTS | st.binary(max_size=20), max_size=6))
def test_lines_are_read_alike_together_and_alone(texts: list[bytes]) -> None:
    raws = [sha256(text).hexdigest().encode() + b" " + text for text in texts if b"\n" not in text]
    assert list(decode(raws)) == [line for raw in raws for line in decode([raw])]


@given(st.lists(FRAGMENTS, max_size=6))
def test_what_is_read_of_a_line_is_what_strict_json_says(texts: list[bytes]) -> None:
    for text in texts:
        (line,) = decode([sha256(text).hexdigest().encode() + b" " + text])
        try:
            said = json.loads(text)
        except ValueError:
            said = None
        if line.body:
            assert line.body == said
        else:
            assert line.fault or said == {}


@given(st.dictionaries(TEXTS, JSON, max_size=5), st.randoms(use_true_random=False))
def test_canonical_json_does_not_depend_on_the_order_of_keys(value: dict[str, Json], random: Any) -> None:
    shuffled = list(value.items())
    random.shuffle(shuffled)
    assert canonical(dict(shuffled)) == canonical(value)


@given(JSON)
def test_canonical_json_read_and_written_again_is_the_same(value: Json) -> None:
    text = canonical(value)
    assert canonical(json.loads(text)) == text
    assert text.isascii()
    assert text.decode("ascii").isprintable()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_canonical_json_has_no_numbers_that_json_lacks(value: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical([value])


def test_the_canonical_form_is_the_one_that_was_written_before() -> None:
    # A hash that is kept outside the record must be the same for ever.
    digest, line = encode(to_json(decision("a", note="é")))
    assert line[65:].decode() == (
        '{"actor":"jm","at":"2025-03-04T09:30:00+00:00","body":{"attempt":1,"note":"\\u00e9","result":"pass",'
        '"wording":"Define coaching"},"criterion":"1.1","kind":"decided","learner":"ENR1234567","role":"assessor",'
        '"uid":"a","unit":"8580-501","version":"1"}\n'
    )
    assert digest == "b36d00844bd8175a438694f98b664a30342b61115ac59f2a6e9acf05530cc4c8"


FIELDS = ["uid", "kind", "learner", "at", "actor", "role", "unit", "version", "criterion", "body", "supersedes"]
MAYBE_TIMES = st.sampled_from(
    ["2025-03-04T09:30:00+00:00", "2025-03-04", "2025-03-04T09:30", "0001-01-01T00:00:00+23:59", "9999-12-31T23-23:59"]
)
ANY_OBJECT = st.dictionaries(TEXTS, JSON, max_size=3) | st.fixed_dictionaries(
    {}, optional=dict.fromkeys(FIELDS, JSON | TEXTS | MAYBE_TIMES)
)
NEARLY_AN_EVENT = st.builds(
    lambda event, changes: {**to_json(event), **changes},
    EVENTS,
    st.dictionaries(st.sampled_from(FIELDS), JSON | MAYBE_TIMES, max_size=2),
)


@given(ANY_OBJECT | NEARLY_AN_EVENT)
@example({**to_json(decision("a")), "at": "0001-01-01T00:00:00+23:59"})
@example({**to_json(decision("a")), "at": "9999-12-31T23:59:59-23:59"})
@example({**to_json(decision("a")), "unit": ["no", "text"]})
@example({**to_json(decision("a")), "criterion": {}})
def test_any_object_is_an_event_or_says_that_it_is_none(document: dict[str, Json]) -> None:
    try:
        event = from_json(document)
    except NotAnEvent:
        return
    assert from_json(to_json(event)) == event


@pytest.mark.parametrize("field", ["uid", "kind", "learner", "at", "actor", "role"])
def test_an_object_without_what_every_event_has_names_what_is_missing(field: str) -> None:
    document = to_json(decision("a"))
    del document[field]
    with pytest.raises(NotAnEvent, match=field):
        from_json(document)


@pytest.mark.parametrize(
    "at",
    [
        "2025-03-04T24:00:00+00:00",  # read by some versions of Python and not by others
        "2025-03-04 09:30:00+00:00",
        "2025-W10-2T09:30:00+00:00",
        "20250304T093000+0000",
        "2025-03-04T09:30:00,5+00:00",
        "2025-03-04T09:30:00.1234567+00:00",
        "2025-03-04T09:30:00Z",
        "٢٠٢٥-03-04T09:30:00+00:00",
        "2025-03-04T09:30:00+00:00\n",
    ],
)
def test_a_time_that_is_written_otherwise_than_here_is_none(at: str) -> None:
    with pytest.raises(NotAnEvent, match="time"):
        from_json({**to_json(decision("a")), "at": at})


def test_a_time_without_a_zone_is_none() -> None:
    with pytest.raises(NotAnEvent, match="zone"):
        from_json({**to_json(decision("a")), "at": "2025-03-04T09:30:00"})


def test_what_a_newer_version_adds_to_an_event_does_not_stop_it_from_being_read() -> None:
    assert from_json({**to_json(decision("a")), "panel": [1, 2]}) == decision("a")
