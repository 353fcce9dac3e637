"""Which exports are of one learner alone: nothing of anybody else goes with them, and nothing is passed over."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from markterm.centre.exports_of import Whose, exports_of
from markterm.exports.csv.report import cells_as_csv
from markterm.exports.csv.script_key import COLUMNS
from markterm.exports.placing import HEADS, MANIFEST, SIGNATURE, work_folder


def heads(*records: str) -> str:
    line = {"segment": "asha.1", "lines": 3, "digest": "ab" * 32}
    return "".join(json.dumps({"record": record, **line}) + "\n" for record in records)


def folder(place: Path, *files: str, sums: bool = False) -> Path:
    for name in files:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("Tea.", "utf-8")
    (place / HEADS).write_text(heads("A1", ""), "utf-8")
    if sums:
        (place / MANIFEST).write_text("".join(f"{'ab' * 32}  {name}\n" for name in files), "utf-8")
    return place


def whose(exports: Path, *everybody: str) -> dict[str, Whose]:
    found = exports_of(exports, ("A1",), ("A1", *everybody))
    return {each.place.relative_to(exports).as_posix(): each.whose for each in found}


def test_what_holds_a_learner_of_whom_nothing_is_recorded_is_not_one_learners_alone(tmp_path: Path) -> None:
    pack = ("index.html", "centre/matrix.html", "learners/A1/index.html")
    folder(tmp_path / "of one", *pack, sums=True)
    folder(tmp_path / "of two", *pack, "learners/C3/evidence/diary.md", sums=True)
    folder(tmp_path / "matrix", "matrix by unit.csv")
    folder(tmp_path / "sheets", "A1 T-101 mark sheet.pdf")
    with zipfile.ZipFile(tmp_path / "of two.zip", "w") as archive:
        archive.writestr("learners/C3/index.html", "Tea.")
        archive.writestr(HEADS, heads("A1"))
    assert whose(tmp_path) == {
        "of one": Whose.THEIRS,
        "of two": Whose.OTHERS_TOO,
        "of two.zip": Whose.OTHERS_TOO,
        "matrix": Whose.OTHERS_TOO,
        "sheets": Whose.THEIRS,
    }


def test_what_is_signed_has_sums_and_is_no_pack(tmp_path: Path) -> None:
    own = folder(tmp_path / "own", "A1 T-101 mark sheet.pdf", sums=True)
    both = folder(tmp_path / "both", "A1 T-101 mark sheet.pdf", "C3 T-101 mark sheet.pdf", sums=True)
    for place in (own, both):
        (place / SIGNATURE).write_text("{}", "utf-8")
    assert whose(tmp_path) == {"own": Whose.THEIRS, "both": Whose.OTHERS_TOO}


def test_what_a_person_put_into_the_folder_of_an_export_does_not_go_with_it(tmp_path: Path) -> None:
    sheets = folder(tmp_path / "sheets", "A1 T-101 mark sheet.pdf")
    pack = folder(tmp_path / "pack", "index.html", "learners/A1/index.html", sums=True)
    assert set(whose(tmp_path).values()) == {Whose.THEIRS}
    for place in (sheets, pack):
        (place / "minutes.docx").write_text("Ours.", "utf-8")
    assert whose(tmp_path) == {"sheets": Whose.OTHERS_TOO, "pack": Whose.OTHERS_TOO}


def test_what_an_export_left_that_was_killed_is_told(tmp_path: Path) -> None:
    left = work_folder(tmp_path)
    (left / "made").mkdir(parents=True)
    (left / "made" / "A1 T-101 mark sheet.pdf").write_text("Tea.", "utf-8")
    assert whose(tmp_path) == {left.name: Whose.OTHERS_TOO}


def test_a_registration_that_goes_on_is_another_learners(tmp_path: Path) -> None:
    folder(tmp_path / "sheets", "A1 2 T-101 mark sheet.pdf")
    folder(tmp_path / "more", "A12 T-101 mark sheet.pdf")
    assert whose(tmp_path, "A1 2") == {"sheets": Whose.OTHERS_TOO, "more": Whose.OTHERS_TOO}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_what_cannot_be_looked_into_is_told_and_hides_nothing_behind_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "A pipe")
    with zipfile.ZipFile(tmp_path / "Bad.zip", "w") as archive:
        archive.writestr("x", "Tea.")
    data = (tmp_path / "Bad.zip").read_bytes()
    (tmp_path / "Bad.zip").write_bytes(data.replace(b"PK\x01\x02", b"PK\x01\x09"))
    folder(tmp_path / "sheets", "A1 T-101 mark sheet.pdf")
    assert whose(tmp_path) == {
        "A pipe": Whose.UNREADABLE,
        "Bad.zip": Whose.UNREADABLE,
        "sheets": Whose.THEIRS,
    }


def test_a_key_to_scripts_is_of_the_learner_alone_where_it_names_nobody_else(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()

    def key(name: str, *registrations: str, beside: str = "") -> None:
        rows = [("script-01", each, "T-101", "1", "01.md", "ab", "log.md", "cd", "given") for each in registrations]
        (keys / name).write_text("".join(cells_as_csv(COLUMNS, rows)), "utf-8", newline="")
        if beside:
            (keys / f"{name}.heads").write_text(beside, "utf-8")

    key("own.csv", "A1", "A1", beside=heads("A1", ""))
    key("its heads are gone.csv", "A1")
    key("both.csv", "A1", "B2", beside=heads("A1", "B2", ""))
    key("both, its heads are gone.csv", "A1", "B2")
    key("its row was taken out.csv", "B2", beside=heads("A1", "B2", ""))
    key("a note was put in.csv", "A1", "")
    key("of another.csv", "B2", beside=heads("B2", ""))
    (keys / "table.csv").write_text("registration\r\nA1\r\n", "utf-8")
    (keys / "damaged.csv").write_bytes((keys / "own.csv").read_bytes() + b"\xff\r\n")
    assert whose(tmp_path) == {
        "keys/own.csv": Whose.THEIRS,
        "keys/its heads are gone.csv": Whose.THEIRS,
        "keys/both.csv": Whose.OTHERS_TOO,
        "keys/both, its heads are gone.csv": Whose.OTHERS_TOO,
        "keys/its row was taken out.csv": Whose.OTHERS_TOO,
        "keys/a note was put in.csv": Whose.OTHERS_TOO,
        "keys/damaged.csv": Whose.UNREADABLE,
    }
