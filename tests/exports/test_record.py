"""A record that was exported as JSON Lines comes back to the same bytes, and one that was changed since does not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.record.event import Kind
from markterm.domain.words.errors import MarkTermError, Refused, Unreadable, WrongUse
from markterm.exports.record.flat import events_as_csv
from markterm.exports.record.json_lines import SCHEMA, write_json_lines
from markterm.exports.record.reading import Unpacked, unpack
from markterm.records.canonical import canonical
from markterm.records.codec import to_json
from markterm.records.folder.line import encode
from markterm.records.folder.store import FolderStore
from markterm.records.store import RawFile
from tests.examples import examples
from tests.exports.json_schema import faults
from tests.records.test_codec import EVENTS
from tests.records.test_frozen_events import FROZEN
from tests.samples import LEARNER, decision

_CENTRE = {"number": "012345", "name": "Northgate"}
_SCHEMA = json.loads(files("markterm.exports.record").joinpath(SCHEMA).read_text("utf-8"))


def _record(place: Path) -> FolderStore:
    store = FolderStore(place / "records", place / "states")
    for number in range(6):
        store.append(LEARNER, decision(f"e{number}", actor="jm" if number % 2 else "ak", note="“ä” 👩‍🏫"))
    store.close()
    return store


def _exported(place: Path, store: FolderStore) -> Path:
    write_json_lines(place / "out.jsonl", _CENTRE, {LEARNER: store.raw(LEARNER)})
    return place / "out.jsonl"


def _unpacked(file: Path) -> Unpacked:
    into = file.with_name("into")
    into.mkdir()
    return unpack(file, into)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _changed(file: Path, change: Callable[[list[dict[str, Any]]], None]) -> Path:
    """The export with something changed in it, by somebody who leaves its own hashes as they are."""
    said = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    change(said)
    file.write_text("".join(json.dumps(each) + "\n" for each in said), "utf-8")
    return file


def test_a_record_comes_back_to_the_same_bytes_and_heads(tmp_path: Path) -> None:
    store = _record(tmp_path)
    back = _unpacked(_exported(tmp_path, store))
    assert _bytes(back.folders[LEARNER]) == _bytes(store.place(LEARNER))
    assert back.heads == {LEARNER: store.heads(LEARNER)}
    assert (back.events, back.faults, back.centre) == (6, [], _CENTRE)


def test_torn_ends_altered_lines_copies_and_bytes_that_are_no_text_come_back_as_they_are(tmp_path: Path) -> None:
    store = _record(tmp_path)
    folder = store.place(LEARNER)
    first, second = sorted(folder.iterdir())
    (folder / "copy of it.log").write_bytes(first.read_bytes())
    lines = second.read_bytes().splitlines(keepends=True)
    second.write_bytes(b"".join((lines[0], lines[1].replace(b"pass", b"fail"), b"\xff\x00\r\n", *lines[2:])) + b"torn")
    found = store.verify(LEARNER)
    back = _unpacked(_exported(tmp_path, store))
    assert _bytes(back.folders[LEARNER]) == _bytes(folder)
    assert back.faults
    (tmp_path / "other").mkdir()
    again = FolderStore(tmp_path / "other/records", tmp_path / "none")
    again.take_in(back.folders[LEARNER].parent)
    assert {each.code for each in again.verify(LEARNER)} == {each.code for each in found}


def test_an_export_that_another_program_wrote_out_anew_is_the_same_record(tmp_path: Path) -> None:
    store = _record(tmp_path)
    back = _unpacked(_changed(_exported(tmp_path, store), lambda _: None))
    assert _bytes(back.folders[LEARNER]) == _bytes(store.place(LEARNER))


def _another_result(said: list[dict[str, Any]]) -> None:
    said[2]["body"]["body"]["result"] = "refer"


def _another_result_and_hash(said: list[dict[str, Any]]) -> None:
    _another_result(said)
    said[2]["sha256"] = encode(said[2]["body"])[0]


def _without_a_line(said: list[dict[str, Any]]) -> None:
    del said[2]


def _without_its_end(said: list[dict[str, Any]]) -> None:
    del said[-1]


def _without_a_file(said: list[dict[str, Any]]) -> None:
    name = said[1]["file"]
    said[:] = [each for each in said if each.get("file") != name]


def _of_a_path(said: list[dict[str, Any]]) -> None:
    for each in said[1:-1]:
        each["file"] = "../../away.log"


def _of_somebody_else(said: list[dict[str, Any]]) -> None:
    for each in said[1:-1]:
        each["record"] = "BBB2"


@pytest.mark.parametrize(
    "change",
    [
        _another_result,
        _another_result_and_hash,
        _without_a_line,
        _without_its_end,
        _without_a_file,
        _of_a_path,
        _of_somebody_else,
    ],
)
def test_what_was_changed_since_is_refused(tmp_path: Path, change: Callable[[list[dict[str, Any]]], None]) -> None:
    file = _changed(_exported(tmp_path, _record(tmp_path)), change)
    with pytest.raises(Unreadable):
        _unpacked(file)


def test_whoever_writes_all_its_hashes_anew_breaks_the_chain(tmp_path: Path) -> None:
    store = _record(tmp_path)
    path = sorted(store.place(LEARNER).iterdir())[0]
    header, event, *rest = path.read_bytes().splitlines(keepends=True)
    _, forged = encode(json.loads(event[65:].replace(b"pass", b"refer")))
    path.write_bytes(b"".join((header, forged, *rest)))
    assert "does not follow" in _unpacked(_exported(tmp_path, store)).faults[0]


def test_a_file_that_others_saw_and_that_was_taken_away_is_missed(tmp_path: Path) -> None:
    store = _record(tmp_path)
    gone = sorted(store.place(LEARNER).iterdir())[0]
    gone.unlink()
    assert any("others saw" in fault for fault in _unpacked(_exported(tmp_path, store)).faults)


def test_a_newer_form_and_a_newer_format_ask_for_a_newer_markterm(tmp_path: Path) -> None:
    file = _exported(tmp_path, _record(tmp_path))
    newer = file.read_text("utf-8").replace('{"markterm_record":1', '{"markterm_record":2')
    (tmp_path / "newer.jsonl").write_text(newer, "utf-8")
    with pytest.raises(Refused, match="newer MarkTerm"):
        unpack(tmp_path / "newer.jsonl", tmp_path)

    def of_format_9(said: list[dict[str, Any]]) -> None:
        said[1]["body"]["format"] = 9
        said[1]["sha256"] = encode(said[1]["body"])[0]

    with pytest.raises(Refused, match="newer MarkTerm"):
        _unpacked(_changed(file, of_format_9))


@given(st.binary(max_size=400))
@settings(max_examples=examples(50))
def test_any_bytes_as_a_file_of_a_record_come_back(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    place = tmp_path_factory.mktemp("raw")
    write_json_lines(place / "out.jsonl", _CENTRE, {LEARNER: [RawFile("any.log", len(data), lambda: BytesIO(data))]})
    assert (_unpacked(place / "out.jsonl").folders[LEARNER] / "any.log").read_bytes() == data
    for line in (place / "out.jsonl").read_bytes().splitlines():
        assert list(faults(_SCHEMA, json.loads(line))) == []


@given(
    st.lists(st.sampled_from([b"{}", b"[", b"\xff", b'{"end":{"files":0}}', b'{"record":"","file":"a"}']), max_size=4)
)
@settings(max_examples=examples(50))
def test_any_lines_are_refused_in_words(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    place = tmp_path_factory.mktemp("lines")
    first = b'{"markterm_record":1,"centre":{},"records":[""],"heads":""}'
    (place / "out.jsonl").write_bytes(b"\n".join((first, *lines)))
    if lines != [b'{"end":{"files":0}}']:
        with pytest.raises(MarkTermError):
            _unpacked(place / "out.jsonl")


def test_what_is_no_export_of_a_record_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_bytes(b"%PDF\xff")
    with pytest.raises(WrongUse):
        _unpacked(tmp_path / "notes.jsonl")


def test_every_line_of_an_export_is_as_the_schema_says(tmp_path: Path) -> None:
    for line in _exported(tmp_path, _record(tmp_path)).read_text("utf-8").splitlines():
        assert list(faults(_SCHEMA, json.loads(line))) == []
    assert list(faults(_SCHEMA, {"record": "A", "file": "a.log", "line": 0, "raw": ""}))


_EVENT = _SCHEMA["$defs"]["event"]


@pytest.mark.parametrize("kind", Kind)
def test_every_frozen_event_is_as_the_schema_says(kind: Kind) -> None:
    for line in (FROZEN / f"{kind}.log").read_bytes().splitlines():
        assert list(faults(_EVENT, json.loads(line[65:]), _SCHEMA)) == []


@given(EVENTS)
def test_any_event_is_as_the_schema_says(event: Any) -> None:
    body = json.loads(canonical({**to_json(event), "prev": "0" * 64, "lc": 1}))
    assert list(faults(_EVENT, body, _SCHEMA)) == []
    del body["uid"]
    assert list(faults(_EVENT, body, _SCHEMA)) == ["uid is missing"]


def test_in_csv_no_cell_is_a_formula() -> None:
    event = replace(decision("e1", note="=HYPERLINK()"), actor="=cmd", learner="+1")
    (_, line) = events_as_csv([event])
    assert line.startswith("'+1,")
    assert ",'=cmd," in line


def test_what_is_said_of_the_events_stands_beside_each_and_also_where_there_is_none() -> None:
    said = "The record of A1 is incomplete: Tea."
    head, *lines = events_as_csv([decision("e1"), decision("e2")], said)
    assert head.rstrip().endswith(",to_be_known")
    assert [line.rstrip().rpartition(",")[2] for line in lines] == [said, said]
    _, only = events_as_csv([], said)
    assert only.rstrip().strip(",") == said
    assert only.count(",") == head.count(",")
    assert len(list(events_as_csv([]))) == 1


def test_whoever_changes_a_line_and_the_sum_of_its_file_is_told_by_the_hash_of_the_line(tmp_path: Path) -> None:
    def forged(said: list[dict[str, Any]]) -> None:
        name, whole = said[1]["file"], b""
        _another_result(said)
        for each in said[1:]:
            if each["file"] != name:
                return
            if "lines" in each:
                each["bytes"], each["sha256"] = len(whole), hashlib.sha256(whole).hexdigest()
            else:
                whole += b"%b %b\n" % (each["sha256"].encode(), canonical(each["body"]))

    with pytest.raises(Unreadable, match="does not match its hash"):
        _unpacked(_changed(_exported(tmp_path, _record(tmp_path)), forged))


def test_cut_at_any_line_with_any_line_twice_or_away_and_with_any_hash_off_by_one_it_is_refused(tmp_path: Path) -> None:
    lines = _exported(tmp_path, _record(tmp_path)).read_bytes().splitlines(keepends=True)
    attacks: dict[str, list[bytes]] = {}
    for number, line in enumerate(lines):
        before, after = lines[:number], lines[number + 1 :]
        attacks[f"cut before {number}"] = before
        attacks[f"cut within {number}"] = [*before, line[: len(line) // 2]]
        attacks[f"without {number}"] = [*before, *after]
        attacks[f"{number} twice"] = [*before, line, line, *after]
        attacks[f"{number} last"] = [*before, *after, line] if after else before
        said = json.loads(line)
        if "sha256" in said:
            said["sha256"] = f"{(int(said['sha256'], 16) ^ 1):064x}"
            attacks[f"hash of {number}"] = [*before, json.dumps(said).encode() + b"\n", *after]
    for name, attack in attacks.items():
        place = tmp_path / name
        place.mkdir()
        (place / "out.jsonl").write_bytes(b"".join(attack))
        with pytest.raises(MarkTermError):
            _unpacked(place / "out.jsonl")
