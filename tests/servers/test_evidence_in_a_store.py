"""A centre whose evidence lies in a store: the same work as with a folder, and what it does while the store is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

pytest.importorskip("moto", reason="the extra servertest is not installed: no store on loopback")
pytest.importorskip("s3fs", reason="the extra server is not installed: nothing speaks S3")

from markterm.centre.centre import Centre
from markterm.centre.check import STORE_AWAY
from markterm.centre.learner_rows import UNLISTED
from markterm.domain.assessed.method import Method
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.accounts import Account, AccountStep
from markterm.domain.record.citation import CitedFile
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Result
from markterm.domain.words.errors import NotNow
from markterm.evidence import object_store, store_asked
from markterm.evidence.progress import Progress
from markterm.evidence.text.passages import Extent, cite_lines
from tests.centre.test_receiving import download, received
from tests.centres import make_centre_in, places_in
from tests.cli.conftest import Ask
from tests.cli.conftest import alone as alone
from tests.cli.conftest import ask as ask
from tests.cli.test_retention import certify
from tests.servers.s3 import BUCKET, Door, store
from tests.standards import add_mapping, add_standard

pytestmark = pytest.mark.server

ESSAY = b"# Tea\n\nI boil the water (1.1).\n"


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The store, empty."""
    monkeypatch.setattr(store_asked, "READ_SECONDS", 0.4)
    monkeypatch.setattr(object_store, "LISTED_FOR", 0)
    monkeypatch.setattr(object_store, "SURVEYED_FOR", 0)
    monkeypatch.setattr(object_store, "AWAY_FOR", 0)
    with store() as door:
        yield door


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A centre whose evidence is in that store; what lies in the learners' folders is none."""
    path = make_centre_in(tmp_path / "centre")
    file = path / "centre.toml"
    file.write_text(f'{file.read_text("utf-8")}\n[evidence]\nstore = "s3://{BUCKET}/evidence"\n', "utf-8")
    return path


@pytest.fixture
def asha(door: Door, path: Path, tmp_path: Path) -> Iterator[Centre]:
    """An assessor."""
    door.put("evidence/AAA1/essay.md", ESSAY)
    centre = Centre.open(path, member="asha", places=places_in(tmp_path / "asha"))
    yield centre
    centre.close_down()


def test_what_is_submitted_is_what_lies_in_the_store(asha: Centre, door: Door) -> None:
    names = [file.name for file in asha.evidence.listed("AAA1").files]
    assert names == ["essay.md"]  # and not the diary in the learner's folder
    assert "boil the water" in asha.evidence.read(asha.evidence.named("AAA1", "essay.md")).source
    asha.attempts.submit("AAA1", "T-101")
    door.put("evidence/AAA1/essay.md", b"# Tea\n\nI warm the water (1.1).\n")
    (submission,) = asha.learners.portfolio("AAA1").portfolio.units[UnitKey("T-101", "2026-01")].submissions
    assert submission.files["essay.md"] == sha256(ESSAY).hexdigest() != asha.fixing.fingerprints("AAA1")["essay.md"]
    rows = {row.registration: row for row in asha.caseload.now()}
    assert rows["AAA1"].new == 1
    assert rows["BBB2"].new == 0


def test_while_the_store_is_away_nothing_is_told_as_gone_or_recorded_as_handed_in(asha: Centre, door: Door) -> None:
    known = {row.registration: row for row in asha.caseload.now()}
    listed = asha.evidence.listed("AAA1").files
    door.fault = "gone"
    assert {row.registration: row for row in asha.caseload.now()} == known
    assert not any(each.startswith("gone") for each in asha.evidence.unseen("AAA1", listed))
    with pytest.raises(NotNow, match="Nothing was recorded"):
        asha.attempts.submit("AAA1", "T-101")
    assert not asha.learners.portfolio("AAA1").portfolio.units
    door.fault = ""
    asha.attempts.submit("AAA1", "T-101")
    for fault in ("gone", "denied"):
        door.fault = fault
        with pytest.raises(NotNow):
            asha.attempts.since_submitted("AAA1")
    door.fault = ""
    assert not asha.attempts.since_submitted("AAA1")


def test_a_file_that_the_store_does_not_give_now_is_not_told_as_removed(
    asha: Centre, door: Door, path: Path, tmp_path: Path
) -> None:
    asha.attempts.submit("AAA1", "T-101")
    elsewhere = Centre.open(path, member="ben", places=places_in(tmp_path / "ben"))
    door.fault = "half"
    with pytest.raises(NotNow):
        elsewhere.attempts.since_submitted("AAA1")
    elsewhere.close_down()


@pytest.mark.parametrize("fault", ["gone", "half"])
def test_a_record_is_shown_while_the_store_is_away_and_says_that_what_is_cited_cannot_be_looked_at(
    asha: Centre, path: Path, ask: Ask, door: Door, fault: str
) -> None:
    add_standard(path)
    add_mapping(path)
    covers, day = asha.accounts.covered("AAA1", "T-101 1.1"), date(2026, 3, 2)
    said = Account(AccountStep.KEPT, Method.DISCUSSION, on=day, place="Room 4", minutes=40, covers=covers)
    asha.accounts.keep("AAA1", said, "We spoke of tea.", [])
    cited = asha.evidence.read(asha.evidence.named("AAA1", "essay.md"))
    asha.marking.cite("AAA1", "T-101", "1.1", cite_lines(cited, "essay.md", Extent(2, 2)))
    asha.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "Well said.", shown=OPEN_CRITERION)
    door.fault = fault
    shown = ask("-C", str(path), "show", "AAA1")
    assert shown.code == 0
    assert "Well said." in shown.out
    assert f"essay.md, line 3, Tea ! {CitedFile.NOT_NOW}" in shown.out
    assert "not there any more" not in shown.out
    (unit,) = (each for each in ask("-C", str(path), "show", "AAA1", "--json").json["units"] if each["code"] == "T-101")
    (citation,) = unit["outcomes"][0]["criteria"][0]["citations"]
    assert (citation["presence"], citation["file_now"]) == (CitedFile.NOT_NOW.value, None)
    for words in (("observe", "AAA1"), ("portfolio-index", "AAA1", "TEA01")):
        told = ask("-C", str(path), *words)
        assert told.code == 0
        assert CitedFile.NOT_NOW in told.out
        assert "not there any more" not in told.out


def test_no_account_is_told_as_gone_where_the_store_does_not_answer(asha: Centre, door: Door) -> None:
    covers, day = asha.accounts.covered("AAA1", "T-101 1.1"), date(2026, 3, 2)
    said = Account(AccountStep.KEPT, Method.DISCUSSION, on=day, place="Room 4", minutes=40, covers=covers)
    asha.accounts.keep("AAA1", said, "We spoke of tea.", [])
    portfolio = asha.learners.portfolio("AAA1").portfolio
    assert not asha.fixing.accounts("AAA1", portfolio).kept[0].became
    door.fault = "gone"
    with pytest.raises(NotNow):
        asha.fixing.accounts("AAA1", portfolio)


def test_nothing_is_told_of_alike_work_while_the_store_does_not_say_what_there_is(asha: Centre, door: Door) -> None:
    asha.caseload.now()
    *_, seen = asha.alike.look(Progress())
    assert seen.of
    door.fault = "gone"
    with pytest.raises(NotNow, match="not known now"):
        list(asha.alike.look(Progress()))


def test_a_caseload_that_was_never_read_says_that_the_evidence_is_not_known(asha: Centre, door: Door) -> None:
    door.fault = "gone"
    rows = {row.registration: row for row in asha.caseload.now()}
    assert rows["AAA1"].problem == UNLISTED
    door.fault = ""
    assert not {row.registration: row for row in asha.caseload.now()}["AAA1"].problem


def test_a_download_is_put_into_the_store_beside_what_is_there(asha: Centre, door: Door, tmp_path: Path) -> None:
    coming = download(tmp_path, {"AAA1/essay.md": "another essay", "BBB2/plan.md": "plan"})
    _, taken = received(asha, coming)
    assert door.get("evidence/AAA1/essay.md").startswith(b"# Tea")
    kept = {name.name for each in taken for name in each.kept}
    assert len(kept) == 2
    assert door.get("evidence/BBB2/plan.md") == b"plan"
    (version,) = kept - {"plan.md"}
    assert door.get(f"evidence/AAA1/{version}") == b"another essay"
    _, again = received(asha, coming)
    assert not any(each.kept for each in again)


_DESTROY = ("retention", "AAA1", "--destroy", "--evidence", "--reason", "Twelve weeks.")


def test_evidence_in_a_store_is_destroyed_with_every_earlier_version_and_nobody_elses_is(
    ask: Ask, door: Door, path: Path
) -> None:
    door.client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    for text in (b"first", b"second", ESSAY):
        door.put("evidence/AAA1/essay.md", text)
    door.put("evidence/AAA1/gone.md", b"was taken away")
    door.client.delete_object(Bucket=BUCKET, Key="evidence/AAA1/gone.md")
    door.client.create_multipart_upload(Bucket=BUCKET, Key="evidence/AAA1/film.mp4")
    door.put("evidence/AAA12/essay.md", b"of another learner")
    certify(path)
    assert "nothing was destroyed yet" in ask("-C", str(path), *_DESTROY, "--as", "cora").out
    assert door.get("evidence/AAA1/essay.md") == ESSAY
    done = ask("-C", str(path), *_DESTROY, "--as", "ines")
    assert "is destroyed on" in done.out
    assert f"copies that s3://{BUCKET}/evidence has elsewhere" in done.err
    kept = door.client.list_object_versions(Bucket=BUCKET, Prefix="evidence/AAA1/")
    assert not kept.get("Versions")
    assert not kept.get("DeleteMarkers")
    assert not door.client.list_multipart_uploads(Bucket=BUCKET).get("Uploads")
    assert door.get("evidence/AAA12/essay.md") == b"of another learner"
    assert "The evidence of AAA1 was destroyed on" in ask("-C", str(path), "evidence", "AAA1").err


def test_what_a_store_does_not_let_go_is_not_told_as_destroyed_and_done_again_it_is(
    ask: Ask, door: Door, path: Path
) -> None:
    door.put("evidence/AAA1/essay.md", ESSAY)
    certify(path)
    door.fault = "secretive"
    refused = ask("-C", str(path), *_DESTROY, "--as", "cora")
    assert (refused.code, "in earlier versions too, it does not tell" in refused.err) == (3, True)
    door.fault = ""
    assert ask("-C", str(path), *_DESTROY, "--as", "cora").code == 0
    for fault in ("keeping", "deaf"):  # it refuses to delete; or says that it did, and did not
        door.fault = fault
        kept = ask("-C", str(path), *_DESTROY, "--as", "ines")
        assert (kept.code, "Not everything was destroyed" in kept.err) == (4, True)
        assert ask("-C", str(path), "show", "AAA1", "--json").json["evidence_destroyed"] is None
    door.fault = ""
    assert door.get("evidence/AAA1/essay.md") == ESSAY
    assert "is done" in ask("-C", str(path), "retention", "--complete", "--as", "ines").out
    assert "Contents" not in door.client.list_objects_v2(Bucket=BUCKET, Prefix="evidence/AAA1/")


def test_the_evidence_goes_with_a_learner_whose_registration_is_corrected(ask: Ask, door: Door, path: Path) -> None:
    for name, text in {"essay.md": ESSAY, "a+b 100%.md": b"plan", "photos/one.txt": b"one"}.items():
        door.put(f"evidence/AAA1/{name}", text)
    door.put("evidence/AAA9/essay.md", b"something else")
    rename = ("-C", str(path), "rename", "AAA1", "AAA9", "--as", "asha", "--upgrade")
    door.fault = "gone"
    away = ask(*rename)
    assert (away.code, "Nothing was changed" in away.err) == (4, True)
    door.fault = ""
    stopped = ask(*rename)
    assert (stopped.code, "there is another essay.md" in stopped.err) == (4, True)
    assert door.get("evidence/AAA1/essay.md") == ESSAY
    assert door.get("evidence/AAA9/essay.md") == b"something else"
    door.client.delete_object(Bucket=BUCKET, Key="evidence/AAA9/essay.md")
    assert ask(*rename).code == 0
    listed = ask("-C", str(path), "evidence", "AAA9", "--json").json
    assert {each["name"] for each in listed} == {"essay.md", "a+b 100%.md", "photos/one.txt"}
    assert "Contents" not in door.client.list_objects_v2(Bucket=BUCKET, Prefix="evidence/AAA1/")


def test_a_check_says_that_the_store_is_away(asha: Centre, door: Door) -> None:
    assert not any(each.code == STORE_AWAY for each in asha.check.findings())
    door.fault = "denied"
    (found,) = (each for each in asha.check.findings() if each.code == STORE_AWAY)
    assert "does not let you in" in found.message


def test_an_account_and_what_is_attached_lie_in_the_store_beside_what_is_called_so(
    asha: Centre, door: Door, tmp_path: Path
) -> None:
    talk = tmp_path / "talk.mp3"
    talk.write_bytes(b"what was said")
    covers, day = asha.accounts.covered("AAA1", "T-101 1.1"), date(2026, 3, 2)
    said = Account(AccountStep.KEPT, Method.DISCUSSION, on=day, place="Room 4", minutes=40, covers=covers)
    asha.accounts.keep("AAA1", said, "We spoke of tea.", [talk])
    first = {file.name: door.get(f"evidence/AAA1/{file.name}") for file in asha.evidence.listed("AAA1").files}
    assert b"what was said" in first.values()
    talk.write_bytes(b"and what else was said")
    asha.accounts.keep("AAA1", said, "We spoke of cups.", [talk])
    second = {file.name: door.get(f"evidence/AAA1/{file.name}") for file in asha.evidence.listed("AAA1").files}
    assert second.items() > first.items()
    assert b"and what else was said" in second.values()
    assert b"" not in second.values()
