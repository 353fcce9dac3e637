"""Files as a person names them: whoever is signed in to a server names their own, and no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from markterm.centre.centre import Centre
from markterm.centre.folder import CentreFolder
from markterm.centre.named_files import NamedFiles
from markterm.domain.words.errors import Refused, WrongUse
from markterm.exports.export import Export, Made, Piece
from tests.centres import make_centre_in, places_in

ROOM = 1_000


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    (folder / "work").mkdir(parents=True)
    (folder / "register.csv").write_text("a", "utf-8")
    (tmp_path / "secret.csv").write_text("b", "utf-8")
    return folder


def test_their_own_files_have_names(own: Path) -> None:
    files = NamedFiles.of_signed_in(own, ROOM)
    assert files.named("register.csv") == own / "register.csv"
    assert files.told(own / "register.csv") == "register.csv"
    assert files.completed("re", (".csv",)) == "register.csv"
    assert files.completed("w", (".csv",)) == "work/"


@pytest.mark.parametrize("text", ["../secret.csv", "/etc/passwd", "work/../../secret.csv", "\x00", "link", "link/x"])
def test_nothing_outside_has_a_name(own: Path, text: str) -> None:
    (own / "link").symlink_to(own.parent)
    files = NamedFiles.of_signed_in(own, ROOM)
    with pytest.raises(Refused, match="not among the files"):
        files.named(text)
    assert files.completed(f"{text}/", ("",)) == ""


@pytest.mark.parametrize(
    "begun", ["", "../", "../sec", "..", "/", "/et", "~/", "~", "work/../../sec", "link/", "link/sec"]
)
def test_of_a_path_that_was_begun_none_of_the_servers_own_is_proposed(own: Path, begun: str) -> None:
    (own / "link").symlink_to(own.parent)
    assert NamedFiles.of_signed_in(own, ROOM).completed(begun, ("",)) in {"", "link/"}


def test_a_home_folder_is_no_name_of_theirs(own: Path) -> None:
    assert NamedFiles.of_signed_in(own, ROOM).named("~root") == own / "~root"


@pytest.mark.parametrize("text", ["work/claims.xlsx", "new/claims.xlsx", ".claims.xlsx", "work/../.x", ""])
def test_nothing_is_written_where_they_could_not_fetch_it(own: Path, text: str) -> None:
    files = NamedFiles.of_signed_in(own, ROOM)
    with pytest.raises(WrongUse, match="could not fetch it there"):
        files.check_reached(files.named(text))
    files.check_reached(files.named("work/../claims.xlsx"))


def test_what_is_exported_for_whoever_is_signed_in_is_one_file_that_they_can_fetch(tmp_path: Path) -> None:
    places = places_in(tmp_path).of_member("asha")
    centre = Centre.open(make_centre_in(tmp_path / "centre"), places=places)

    def write(place: Path) -> Made:
        place.write_text("x", "utf-8")
        return Made()

    pieces = [Piece(PurePosixPath(f"{name}.txt"), "a text", write) for name in "ab"]
    files = centre.named_files
    with pytest.raises(WrongUse, match="would be a folder"):
        centre.exports.write(Export("two", "two", pieces), files.named("two"))
    with pytest.raises(WrongUse, match="could not fetch it there"):
        centre.exports.write(Export("two", "two", pieces), files.named("away/two.zip"))
    made = centre.exports.write(Export("two", "two", pieces), files.named("two.zip"))
    assert [each.name for each in files.exports.iterdir()] == [made.target.name] == ["two.zip"]
    centre.close_down()


def test_what_was_sent_last_is_proposed(own: Path) -> None:
    import os

    os.utime(own / "register.csv", (2e9, 2e9))
    assert NamedFiles.of_signed_in(own, ROOM).newest() == "register.csv"
    assert NamedFiles.of_signed_in(own / "nothing", ROOM).newest() == ""


def test_on_a_machine_of_ones_own_names_begin_at_the_centre(tmp_path: Path) -> None:
    files = NamedFiles.of_centre(CentreFolder(tmp_path))
    assert files.named("a/b.csv") == tmp_path / "a" / "b.csv"
    assert files.named("~").is_absolute()
    assert files.newest() == ""


def test_no_screen_makes_a_path_of_what_somebody_typed() -> None:
    """What is typed is named by `NamedFiles`: a screen that did it itself would open the server's files."""
    import markterm.tui

    screens = Path(next(iter(markterm.tui.__path__)))
    assert [str(each) for each in screens.rglob("*.py") if "expanduser" in each.read_text("utf-8")] == []


def test_what_is_exported_counts_among_the_files_of_whoever_is_signed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = places_in(tmp_path).of_member("asha")
    folder = make_centre_in(tmp_path / "centre")
    file = folder / "centre.toml"
    file.write_text(file.read_text("utf-8") + "\n[server]\nupload = 1\n", "utf-8")
    monkeypatch.setenv("MARKTERM_SIGNED_IN", "asha")
    centre = Centre.open(folder, places=places)

    def export(*sizes: int) -> Export:
        pieces = [Piece(PurePosixPath(f"{number}.jpg"), "", _writes(size)) for number, size in enumerate(sizes)]
        return Export("x", "things", pieces, one_file=len(sizes) == 1)

    own = centre.named_files.exports
    centre.exports.write(export(3_000_000), own / "large.jpg")
    for made, name in ((export(1_500_000), "a.jpg"), (export(400_000, 400_000, 400_000), "a.zip")):
        with pytest.raises(Refused, match="no room among your files"):
            centre.exports.write(made, own / name)
    assert [each.name for each in own.iterdir()] == ["large.jpg"]
    centre.exports.write(export(3_500_000), own / "large.jpg", force=True)
    monkeypatch.setattr("markterm.centre.named_files.MOST_FILES", 1)
    with pytest.raises(Refused, match="more than 1"):
        centre.exports.check_target(own / "small.jpg")


@pytest.mark.on_files
def test_a_backup_counts_among_the_files_of_whoever_signed_in(tmp_path: Path) -> None:
    folder = make_centre_in(tmp_path / "centre")
    file = folder / "centre.toml"
    file.write_text(file.read_text("utf-8") + "\n[server]\nupload = 1\n", "utf-8")
    places = places_in(tmp_path / "user").of_member("asha")
    centre = Centre.open(folder, places=places)
    own = centre.named_files.exports
    own.mkdir(parents=True, exist_ok=True)
    (own / "large.zip").write_bytes(b"x" * 3_999_000)
    with pytest.raises(Refused, match="no room among your files"):
        centre.backups.write(own / "backup.zip")
    assert [each.name for each in own.iterdir()] == ["large.zip"]
    (own / "large.zip").unlink()
    centre.backups.write(own / "backup.zip")


def _writes(size: int) -> Callable[[Path], Made]:
    def write(place: Path) -> Made:
        place.write_bytes(b"x" * size)
        return Made()

    return write
