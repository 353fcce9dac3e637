"""Lines of every kind of event as the version before wrote them: they read to what is said here, for ever.

`tests/data/frozen_events` has a file for each kind, with a line for every shape that was ever written. They are never
changed. A kind that is added, or a field, gets a line of its own, written by the version that adds it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.record.bodies.body import NotSaid
from markterm.domain.record.bodies.kinds import KINDS
from markterm.domain.record.event import Event, Json, Kind
from markterm.records.canonical import canonical
from markterm.records.codec import from_json, to_json
from markterm.records.folder.line import decode, encode
from tests.records import frozen_of_centre, frozen_of_learners, frozen_of_people

FROZEN = Path(__file__).parents[1] / "data" / "frozen_events"

SAID = {**frozen_of_learners.SAID, **frozen_of_centre.SAID, **frozen_of_people.SAID}


def lines(kind: Kind) -> list[bytes]:
    """The frozen lines of a kind."""
    return (FROZEN / f"{kind}.log").read_bytes().split(b"\n")[:-1]


def event_in(line: bytes) -> tuple[Event, dict[str, Json]]:
    """The event of a line, and the line as JSON."""
    (decoded,) = decode([line])
    assert decoded.body is not None, "the line does not match its hash"
    return from_json(decoded.body), decoded.body


EVERY = [(kind, line) for kind in Kind if (FROZEN / f"{kind}.log").exists() for line in lines(kind)]


def test_every_kind_has_a_form_and_frozen_lines_that_say_every_field_of_it() -> None:
    assert set(KINDS) == set(Kind) == set(SAID)
    assert {path.stem for path in FROZEN.iterdir()} == set(Kind)
    unsaid = [
        f"{kind}: {name}"
        for kind in Kind
        for name in KINDS[kind].body.__annotations__
        if name != "more" and not any(getattr(said, name) for said in SAID[kind])
    ]
    assert unsaid == []


@pytest.mark.parametrize("kind", Kind)
def test_a_frozen_line_reads_to_what_it_said(kind: Kind) -> None:
    events = [event_in(line)[0] for line in lines(kind)]
    assert {event.kind for event in events} == {kind}
    assert tuple(KINDS[kind].body.read(event.body) for event in events) == SAID[kind]
    assert all(type(said) is KINDS[kind].body for said in SAID[kind])


@pytest.mark.parametrize("kind", Kind)
def test_a_frozen_line_is_written_again_byte_for_byte(kind: Kind) -> None:
    for line, said in zip(lines(kind), SAID[kind], strict=True):
        event, document = event_in(line)
        place: dict[str, Json] = {key: document[key] for key in ("prev", "lc", "seen") if key in document}
        assert encode({**to_json(replace(event, body=said.write())), **place})[1] == line + b"\n"


@given(st.sampled_from(EVERY), st.dictionaries(st.text(min_size=8), st.text(), min_size=1, max_size=3))
def test_the_fields_of_a_newer_version_are_written_again(frozen: tuple[Kind, bytes], newer: dict[str, Json]) -> None:
    kind, line = frozen
    body = {**event_in(line)[0].body, **{f"newer {key}": value for key, value in newer.items()}}
    assert canonical(KINDS[kind].body.read(body).write()) == canonical(body)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.text(max_size=4),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=4), each, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from(EVERY), st.data())
def test_whatever_stands_in_a_field_the_body_is_read_or_said_to_lack_something(
    frozen: tuple[Kind, bytes], data: st.DataObject
) -> None:
    kind, line = frozen
    body = dict(event_in(line)[0].body)
    key = data.draw(st.sampled_from(sorted(body)))
    if (said := data.draw(st.just(None) | ANYTHING.map(lambda value: (value,)))) is None:
        del body[key]
    else:
        body[key] = cast(Json, said[0])
    form = KINDS[kind].body
    try:
        read = form.read(body)
    except NotSaid:
        return
    assert form.read(json.loads(canonical(read.write()))) == read
