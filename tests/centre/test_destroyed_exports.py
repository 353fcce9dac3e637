"""What was exported of a learner within the centre: it goes where it is theirs alone, and else a person is told."""

from __future__ import annotations

import json
from pathlib import Path

from markterm.domain.record.bodies.retaining import What
from tests.centre.test_destroying import Desk, desk

__all__ = ["desk"]


def _head(record: str) -> str:
    return json.dumps({"record": record, "segment": "asha.1", "lines": 3, "digest": "ab" * 32}) + "\n"


def test_exports_of_this_learner_alone_go_and_others_are_named(desk: Desk, path: Path) -> None:
    exports = path / "exports"
    (exports / "of both").mkdir(parents=True)
    (exports / "of both" / "record-heads.txt").write_text(_head("AAA1") + _head("BBB2"), "utf-8")
    (exports / "sheets").mkdir()
    for name, record in (("sheets/AAA1 own.md", "AAA1"), ("other.md", "BBB2")):
        (exports / name).write_text("# A sheet", "utf-8")
        (exports / f"{name}.heads").write_text(_head(record) + _head(""), "utf-8")
        (exports / f"{name}.sig").write_text("{}", "utf-8")
    desk("ines").retention.destroy("AAA1", What.RECORD, "It is time.")
    outcome = desk("cora").retention.destroy("AAA1", What.RECORD, "It is.")
    assert sorted(each.name for each in exports.rglob("*") if each.is_file()) == [
        "other.md",
        "other.md.heads",
        "other.md.sig",
        "record-heads.txt",
    ]
    assert outcome.left[0] == f"{exports / 'of both'} holds it, and perhaps others"


def test_a_pack_beside_the_folder_of_exports_is_found_too_and_evidence_in_it_is_told(desk: Desk, path: Path) -> None:
    for pack, other in (("visit", "BBB2"), ("exports/of one", "")):
        evidence = path / pack / "learners" / "AAA1" / "evidence"
        evidence.mkdir(parents=True)
        (evidence / "diary.md").write_text("Tea.", "utf-8")
        (path / pack / "record-heads.txt").write_text(_head("AAA1") + _head(other), "utf-8")
        (path / pack / "SHA256SUMS").write_text(f"{'ab' * 32}  learners/AAA1/evidence/diary.md\n", "utf-8")
    (path / "exports" / "matrix.csv").write_text("learner\nAAA1\n", "utf-8")
    (path / "exports" / "matrix.csv.heads").write_text(_head("AAA1") + _head("BBB2"), "utf-8")
    (path / "AAA1 sheet.md").write_text("# A sheet", "utf-8")
    (path / "AAA1 sheet.md.heads").write_text(_head("AAA1"), "utf-8")
    desk("ines").retention.destroy("AAA1", What.EVIDENCE, "It is time.")
    outcome = desk("cora").retention.destroy("AAA1", What.EVIDENCE, "It is.")
    assert [each for each in outcome.left if "holds it" in each] == [
        f"{path / 'exports' / 'of one'} holds it",
        f"{path / 'visit'} holds it, and perhaps others",
    ]
    desk("ines").retention.destroy("AAA1", What.RECORD, "It is time.")
    outcome = desk("cora").retention.destroy("AAA1", What.RECORD, "It is.")
    assert [each for each in outcome.left if "holds it" in each] == [
        f"{path / 'exports' / 'matrix.csv'} holds it, and perhaps others",
        f"{path / 'visit'} holds it, and perhaps others",
    ]
    assert not (path / "exports" / "of one").exists()
    assert not (path / "AAA1 sheet.md").exists()
