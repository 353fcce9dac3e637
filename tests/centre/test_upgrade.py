"""A centre that MarkTerm 0.1.0 made, as this version reads it; and how it is brought to the newest format."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from markterm.centre.centre import Centre
from markterm.cli.group import markterm
from markterm.cli.upgrading import bring_to_newest_format
from markterm.demo.centre import make_demo
from markterm.domain.record.citation import cited_file
from markterm.domain.record.event import Result
from markterm.domain.record.record_format import NEWEST
from markterm.domain.words.errors import NotSaved, Refused, Unreadable
from markterm.evidence.text.passages import find_again
from markterm.own.places import Places
from markterm.sheets.centre_file import read_centre, with_format
from tests.centres import environment_in, places_in
from tests.samples import AT

pytestmark = pytest.mark.on_files

MADE_BY_0_1_0 = Path(__file__).parents[1] / "data" / "centre_0_1_0"
SAID_SINCE = {
    " (cited at attempt 1)": "",
    "- verified, attempt 1: agrees, by Inês Carvalho, on 2026-03-02\n": "\\_" * 24 + "\n",
}
"""What later versions add to what 0.1.0 printed, so that nobody takes it for something else: that a unit was verified
as a whole, too. In its place stands what 0.1.0 printed there."""
PRINTED = sorted(path.name for path in (MADE_BY_0_1_0 / "printed").iterdir())


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the centre that 0.1.0 made, in the current folder, on a machine in Greenwich."""
    folder = tmp_path / "centre"
    shutil.copytree(MADE_BY_0_1_0 / "centre", folder)
    for key, value in environment_in(tmp_path / "user", TZ="UTC").items():
        monkeypatch.setenv(key, value)
    monkeypatch.chdir(folder)
    time.tzset()
    yield folder
    monkeypatch.undo()
    time.tzset()


def places(tmp_path: Path) -> Places:
    return places_in(tmp_path / "user")


def ask(*words: str) -> tuple[int, str, str]:
    answer = CliRunner().invoke(markterm, list(words), prog_name="markterm")
    return answer.exit_code, answer.stdout, answer.stderr


def words_of(printed: str) -> list[str]:
    command, *about = printed.rpartition(".")[0].split("-", 2)
    if command == "audit":
        return ["audit", "--heads"]
    if command == "sheet" and about[1] == "T-IA":
        return ["sheet", about[0], "--assignment", about[1]]
    return [command, *about]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone of a process cannot be set on Windows")
@pytest.mark.parametrize("printed", PRINTED)
@pytest.mark.usefixtures("centre")
def test_what_0_1_0_recorded_is_printed_as_0_1_0_printed_it(printed: str) -> None:
    code, out, err = ask(*words_of(printed))
    for more, before in SAID_SINCE.items():
        out = out.replace(more, before)
    assert (code, out) == (0, (MADE_BY_0_1_0 / "printed" / printed).read_text("utf-8")), err


def test_a_centre_of_format_1_is_marked_as_before(centre: Path, tmp_path: Path) -> None:
    opened = Centre.open(centre, member="asha", places=places(tmp_path))
    assert opened.format.needs_upgrade
    opened.marking.mark("AAA1", "T-102", "1.2", Result.PASS)
    opened.close_down()
    assert [audited.findings for audited in opened.audits.every()] == [()] * 4
    assert {header_of(path)["format"] for path in centre.glob("records/*/*.log")} == {1}


def test_what_0_1_0_cited_is_found_again(centre: Path, tmp_path: Path) -> None:
    opened = Centre.open(centre, places=places(tmp_path))
    found = []
    for registration in ("AAA1", "BBB2", "CCC3"):
        files = opened.fixing.fingerprints(registration)
        for record in opened.learners.portfolio(registration).portfolio.units.values():
            for citation in (each for criterion in record.criteria.values() for each in criterion.citations):
                # The file was changed after it was cited, and the words stand in it still.
                _, name = cited_file(citation.passage, files)
                read = opened.evidence.read(opened.evidence.named(registration, name))
                found.append(find_again(read, citation.passage))
    opened.close_down()
    assert found
    assert None not in found


@pytest.mark.long
def test_a_new_centre_has_the_newest_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in environment_in(tmp_path / "user").items():
        monkeypatch.setenv(key, value)
    assert ask("init", str(tmp_path / "made"), "--number", "1", "--name", "A")[0] == 0
    assert read_centre(tmp_path / "made" / "centre.toml").record_format == NEWEST == 2
    make_demo(tmp_path / "demo", places(tmp_path), AT)
    assert read_centre(tmp_path / "demo" / "centre.toml").record_format == 2
    assert {header_of(path)["format"] for path in (tmp_path / "demo").glob("records/*/*.log")} == {2}


def test_upgrading_changes_one_line_of_the_centres_file_and_nothing_that_was_recorded(
    centre: Path, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in centre.rglob("*") if path.is_file()}
    opened = Centre.open(centre, member="asha", places=places(tmp_path))
    opened.format.upgrade()
    opened.format.upgrade()
    assert not opened.format.needs_upgrade
    file = centre / "centre.toml"
    after = {path: path.read_bytes() for path in centre.rglob("*") if path.is_file()}
    assert after == {**before, file: before[file].replace(b"format = 1", b"format = 2")}
    opened.marking.mark("AAA1", "T-102", "1.2", Result.PASS)
    made = set(centre.glob("records/*/*.log")) - before.keys()
    assert {path.parent.name: header_of(path)["format"] for path in made} == {"~centre": 2, "AAA1": 2}
    assert [audited.findings for audited in opened.audits.every()] == [()] * 4


def test_comments_line_ends_and_the_mark_of_utf_8_stay_as_they_stand(tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    text = b'\xef\xbb\xbf# ours\r\n  format=1 # do not touch\r\n[centre]\r\nnumber = "format = 1"\r\nname = "A"\r\n'
    file.write_bytes(text)
    assert with_format(file, 2) == text.replace(b"format=1", b"format=2")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="links need rights on Windows")
def test_a_centre_file_that_is_a_link_stays_one(centre: Path, tmp_path: Path) -> None:
    real = (centre / "centre.toml").rename(tmp_path / "real.toml")
    (centre / "centre.toml").symlink_to(real)
    Centre.open(centre, places=places(tmp_path)).format.upgrade()
    assert (centre / "centre.toml").is_symlink()
    assert read_centre(real).record_format == 2


@pytest.mark.parametrize("first", ["format = +1", '"format" = 1', "format = 0x1"])
def test_a_format_that_only_a_person_can_change_is_left_to_a_person(tmp_path: Path, first: str) -> None:
    file = tmp_path / "centre.toml"
    file.write_text(f'{first}\n[centre]\nnumber = "1"\nname = "A"\n', "utf-8")
    with pytest.raises(Unreadable, match="only a person"):
        with_format(file, 2)


def test_a_centre_whose_file_cannot_be_written_stays_as_it_is(
    centre: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (centre / "centre.toml").read_bytes()
    opened = Centre.open(centre, member="asha", places=places(tmp_path))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("markterm.system.platform.sync_file", full)
    with pytest.raises(NotSaved, match="No space left"):
        opened.format.upgrade()
    assert opened.format.needs_upgrade
    assert (centre / "centre.toml").read_bytes() == before
    assert {path.name for path in centre.iterdir()} == {"centre.toml", "learners", "mark_sheets", "records"}


def test_without_a_terminal_the_option_that_is_missing_is_named(centre: Path, tmp_path: Path) -> None:
    opened = Centre.open(centre, member="asha", places=places(tmp_path))
    with pytest.raises(Refused) as refused:
        bring_to_newest_format(opened, upgrade=False)
    assert refused.value.exit_code == 3
    assert "--upgrade" in refused.value.next_step
    assert opened.format.needs_upgrade
    bring_to_newest_format(opened, upgrade=True)
    assert read_centre(centre / "centre.toml").record_format == 2
    bring_to_newest_format(opened, upgrade=False)


def header_of(path: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads(path.read_bytes().split(b"\n")[0][65:])
    return told
