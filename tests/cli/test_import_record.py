"""`markterm import-record` makes the record of it again that was exported, only where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.centres import make_centre_in
from tests.cli.conftest import Ask


def _records(centre: Path) -> dict[str, bytes]:
    return {str(path.relative_to(centre)): path.read_bytes() for path in (centre / "records").rglob("*.log")}


@pytest.fixture
def exported(ask: Ask, centre: Path) -> dict[str, bytes]:
    """The bytes of records that were exported into the folder `out`, and are gone from the centre."""
    for learner in ("AAA1", "BBB2"):
        assert ask("mark", learner, "T-101", "1.1", "pass", "--as", "asha").code == 0
    assert ask("export", "record", "-o", "out").code == 0
    records = _records(centre)
    shutil.rmtree(centre / "records")
    return records


def test_every_record_comes_back_to_the_same_bytes_and_is_audited_as_before(
    ask: Ask, centre: Path, exported: dict[str, bytes]
) -> None:
    taken = ask("import-record", "out", "--json").json
    assert {"AAA1", "BBB2"} <= set(taken["records"])
    assert taken["without_learner"] == taken["there"] == taken["faults"] == []
    assert _records(centre) == exported
    assert ask("audit", "--against", "out").code == 0
    assert [each.name for each in centre.iterdir() if each.name.endswith(".part")] == []


def test_whoever_exports_every_record_is_told_which_are_incomplete(ask: Ask, centre: Path) -> None:
    for learner in ("AAA1", "BBB2"):
        assert ask("mark", learner, "T-101", "1.1", "pass", "--as", "asha").code == 0
    assert "incomplete" not in ask("export", "record", "-o", "whole").err
    (own,) = (path for path in (centre / "records").iterdir() if path.name not in {"AAA1", "BBB2"})
    for folder in (centre / "records/BBB2", own):
        (segment,) = folder.glob("*.log")
        data = bytearray(segment.read_bytes())
        data[-10] ^= 1
        segment.write_bytes(bytes(data))
    told = ask("export", "record", "-o", "damaged")
    assert told.code == 0
    assert "The record of the centre is incomplete: " in told.err
    assert "1 record is incomplete. markterm status state:problem names them." in told.err
    assert "BBB2" in ask("status", "state:problem").out


@pytest.mark.usefixtures("exported")
def test_a_record_that_is_given_twice_is_counted_once(ask: Ask) -> None:
    once = ask("import-record", "out", "--json").json
    assert ask("import-record", "out", "out", "--json").json["events"] == once["events"]


@pytest.mark.usefixtures("exported")
def test_what_an_import_left_that_was_killed_goes_with_the_next_one(
    ask: Ask, centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process ended there."""

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("markterm.records.folder.store.FolderStore.take_in", killed)
        patched.setattr("markterm.centre.imports.shutil.rmtree", lambda *_, **__: None)
        patched.setattr("os.getpid", lambda: 4_194_305)  # No process that runs.
        with pytest.raises(Killed):
            ask("import-record", "out")
    assert list(centre.glob(".*.part"))
    assert ask("import-record", "out").code == 0
    assert list(centre.glob(".*.part")) == []


@pytest.mark.usefixtures("exported")
def test_what_is_there_with_the_same_bytes_is_left_and_anything_else_is_refused(ask: Ask, centre: Path) -> None:
    assert ask("import-record", "out/AAA1 record.jsonl").code == 0
    assert ask("import-record", "out", "--json").json["there"] == ["AAA1"]
    assert ask("mark", "AAA1", "T-101", "1.2", "pass", "--as", "asha").code == 0
    shutil.rmtree(centre / "records/BBB2")
    refused = ask("import-record", "out")
    assert refused.code == 3
    assert "There is a record" in refused.err
    assert not (centre / "records/BBB2").exists()


@pytest.mark.usefixtures("exported")
def test_of_two_versions_of_a_record_and_of_one_that_ends_too_early_none_is_taken_in(ask: Ask, centre: Path) -> None:
    assert ask("import-record", "out").code == 0
    assert ask("mark", "AAA1", "T-101", "1.2", "pass", "--as", "asha").code == 0
    assert ask("export", "record", "AAA1", "-o", "later.jsonl").code == 0
    assert ask("export", "sheet", "AAA1", "T-101", "-o", "sheet.md").code == 0
    shutil.rmtree(centre / "records")
    both = ask("import-record", "later.jsonl", "out")
    assert (both.code, "Two versions of one record" in both.err) == (3, True)
    # Whole in itself, and not all that there was: what was noted beside it tells.
    shutil.copyfile(centre / "sheet.md.heads", centre / "out/AAA1 record.jsonl.heads")
    short = ask("import-record", "out/AAA1 record.jsonl")
    assert (short.code, "does not end as was noted of it" in " ".join(short.err.split())) == (4, True)
    assert not any((centre / "records").glob("[A-Z]*"))


def test_a_record_that_does_not_verify_comes_back_only_when_that_is_said(ask: Ask, centre: Path) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    (segment,) = (centre / "records/AAA1").iterdir()
    segment.write_bytes(segment.read_bytes().replace(b'"pass"', b'"fail"'))
    before = ask("audit", "AAA1").out
    assert ask("export", "record", "AAA1", "-o", "out.jsonl").code == 0
    kept = _records(centre)
    shutil.rmtree(centre / "records")
    refused = ask("import-record", "out.jsonl")
    assert refused.code == 3
    assert "--even-damaged" in refused.err
    assert _records(centre) == {}
    assert ask("import-record", "out.jsonl", "--even-damaged").code == 0
    assert _records(centre) == {name: data for name, data in kept.items() if "AAA1" in name}
    assert ask("audit", "AAA1").out == before


@pytest.mark.usefixtures("exported")
def test_a_file_that_was_changed_since_is_refused_with_its_line(ask: Ask, centre: Path) -> None:
    file = centre / "out/AAA1 record.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"pass"', b'"refer"'))
    refused = ask("import-record", "out")
    assert refused.code == 4
    assert "does not match its hash" in refused.err
    assert _records(centre) == {}


@pytest.mark.usefixtures("exported")
def test_another_centres_record_needs_that_to_be_said_and_a_learner_without_folder_is_told(
    ask: Ask, tmp_path: Path
) -> None:
    other = make_centre_in(tmp_path / "other")
    settings = other / "centre.toml"
    text = settings.read_text("utf-8")
    number = next(line for line in text.splitlines() if line.startswith("number"))
    settings.write_text(text.replace(number, 'number = "999999"'), "utf-8")
    shutil.rmtree(other / "learners/AAA1")
    refused = ask("-C", str(other), "import-record", "out/AAA1 record.jsonl")
    assert refused.code == 3
    assert "--from-another-centre" in refused.err
    taken = ask("-C", str(other), "import-record", "out/AAA1 record.jsonl", "--from-another-centre")
    assert taken.code == 0
    assert "AAA1" in taken.err
    assert "learner.md" in taken.err


@pytest.mark.usefixtures("exported")
def test_learners_without_a_folder_are_told_beside_the_centres_own_record_too(ask: Ask, centre: Path) -> None:
    shutil.rmtree(centre / "learners/AAA1")
    taken = ask("import-record", "out", "--json").json
    assert "" in taken["records"]
    assert taken["without_learner"] == ["AAA1"]


def test_a_record_of_the_newest_format_needs_the_centre_to_have_it(ask: Ask, centre: Path) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    assert ask("export", "record", "AAA1", "-o", "out.jsonl").code == 0
    shutil.rmtree(centre / "records")
    settings = centre / "centre.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("format = 2", "format = 1"), "utf-8")
    refused = ask("import-record", "out.jsonl")
    assert refused.code == 3
    assert "--upgrade" in refused.err
    assert ask("import-record", "out.jsonl", "--upgrade").code == 0


def test_a_renamed_learners_record_brings_the_one_that_it_goes_on_from(ask: Ask, centre: Path) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    assert ask("rename", "AAA1", "AAA9", "--as", "asha", "--upgrade").code == 0
    assert ask("export", "record", "AAA9", "-o", "out.jsonl").code == 0
    kept = _records(centre)
    shutil.rmtree(centre / "records")
    assert ask("import-record", "out.jsonl", "--json").json["without_learner"] == []
    assert {name for name in kept if "AAA" in name} == set(_records(centre))


@pytest.mark.usefixtures("centre")
def test_what_is_no_record_is_wrong_use(ask: Ask, centre: Path) -> None:
    assert ask("import-record", "centre.toml").code == 2
    assert ask("import-record", "learners").code == 2
    assert ask("import-record", "nowhere").code == 2
    assert ask("export", "record").code == 2
    assert not (centre / "records").exists()


@pytest.fixture
def zipped(ask: Ask, exported: dict[str, bytes]) -> dict[str, bytes]:
    """The same records, exported as `out.zip`, and gone again."""
    assert ask("import-record", "out").code == 0
    assert ask("export", "record", "--zip", "-o", "out.zip").code == 0
    shutil.rmtree("records")
    return exported


def test_a_zip_of_records_comes_back_as_a_folder_does(ask: Ask, centre: Path, zipped: dict[str, bytes]) -> None:
    taken = ask("import-record", "out.zip", "--json").json
    assert {"AAA1", "BBB2"} <= set(taken["records"])
    assert _records(centre) == zipped
    assert ask("import-record", "out.zip", "--json").json["records"] == []


@pytest.mark.usefixtures("zipped")
def test_a_zip_that_is_damaged_or_holds_another_record_than_it_says_is_refused(ask: Ask, centre: Path) -> None:
    whole = (centre / "out.zip").read_bytes()
    (centre / "cut.zip").write_bytes(whole[: len(whole) // 2])
    assert ask("import-record", "cut.zip").code == 2
    altered = bytearray(whole)
    altered[200] ^= 1
    (centre / "altered.zip").write_bytes(bytes(altered))
    assert ask("import-record", "altered.zip").code == 4
    with ZipFile("out.zip") as source, ZipFile("forged.zip", "w") as into, ZipFile("twice.zip", "w") as twice:
        for name in source.namelist():
            data = source.read(name)
            into.writestr(name, data.replace(b'"pass"', b'"refer"'))
            twice.writestr(name, data)
        with pytest.warns(UserWarning, match="Duplicate name"):
            twice.writestr("AAA1 record.jsonl", data)
    refused = ask("import-record", "forged.zip")
    assert refused.code == 4
    assert "forged.zip" in refused.err
    assert "record.jsonl" in refused.err
    assert ask("import-record", "twice.zip").code == 4
    with ZipFile("empty.zip", "w") as empty:
        empty.writestr("learners/AAA1/evidence/data.jsonl", "{}")
    assert ask("import-record", "empty.zip").code == 2
    assert _records(centre) == {}


@pytest.mark.parametrize("name", ["visit", "visit.zip"])
def test_the_records_of_a_visit_pack_come_back_and_what_learners_handed_in_is_none(
    ask: Ask, centre: Path, exported: dict[str, bytes], name: str
) -> None:
    assert ask("import-record", "out").code == 0
    (centre / "learners/AAA1/evidence/data.jsonl").write_text("{}", "utf-8")
    assert ask("export", "pack", "AAA1", "BBB2", "--format", "md", "-o", name).code == 0
    shutil.rmtree(centre / "records")
    assert ask("import-record", name).code == 0
    assert _records(centre) == exported


def test_a_record_without_its_learner_asks_for_them_to_be_registered(
    ask: Ask, centre: Path, exported: dict[str, bytes]
) -> None:
    assert exported
    shutil.rmtree(centre / "learners/AAA1")
    assert ask("import-record", "out").code == 0
    told = ask("check")
    assert "MC09" in told.out
    assert "register the learner, by a learner.md in learners/AAA1" in told.out
