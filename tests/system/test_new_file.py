"""A new file takes its name in one step: whole, durable, and in nobody's place."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from markterm.system.new_file import put_new, sha256_of


@pytest.fixture(params=["links", "no links"])
def disk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a disk that knows links, and on one that does not."""
    if request.param == "no links":

        def refused(*_: object) -> None:
            raise OSError(errno.EPERM, "no links here")

        monkeypatch.setattr(Path, "hardlink_to", refused)
    return tmp_path / "a" / "b"


def test_it_is_there_whole_and_nothing_is_left_beside_it(disk: Path) -> None:
    put_new(disk / "new.md", [b"one", b"two"])
    assert [each.name for each in disk.iterdir()] == ["new.md"]
    assert sha256_of(disk / "new.md") == sha256(b"onetwo").hexdigest()


def test_what_has_the_name_stays_as_it_is(disk: Path) -> None:
    put_new(disk / "new.md", [b"one"])
    with pytest.raises(FileExistsError):
        put_new(disk / "new.md", [b"two"])
    assert (disk / "new.md").read_bytes() == b"one"
    assert [each.name for each in disk.iterdir()] == ["new.md"]


def test_what_cannot_be_read_to_its_end_leaves_nothing(disk: Path) -> None:
    def torn() -> Iterator[bytes]:
        yield b"one"
        raise OSError(errno.EIO, "gone")

    with pytest.raises(OSError, match="gone"):
        put_new(disk / "new.md", torn())
    assert list(disk.iterdir()) == []
