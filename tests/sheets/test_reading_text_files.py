from __future__ import annotations

import os
from pathlib import Path

import pytest

from markterm.domain.words.errors import Unreadable
from markterm.sheets.text_file import normalised, read_text_file


def refusal_of(path: Path, limit_bytes: int = 1000) -> Unreadable:
    with pytest.raises(Unreadable) as refusal:
        read_text_file(path, limit_bytes)
    assert refusal.value.file == path
    assert refusal.value.next_step
    return refusal.value


def test_a_text_is_read_exactly_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes("\ufeffZoë\r\nb\rc\n".encode())
    assert read_text_file(file) == "\ufeffZoë\r\nb\rc\n"


def test_a_normalised_text_has_no_byte_order_mark_and_one_kind_of_line_end() -> None:
    assert normalised("\ufeffa\r\nb\rc\n\r") == "a\nb\nc\n\n"
    assert normalised("a\n\ufeffb\u2028") == "a\n\ufeffb\u2028"


@pytest.mark.parametrize("name", ["missing.md", "missing/a.md", "nul\0.md"])
def test_a_file_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal_of(tmp_path / name).title == "No such file"


def test_a_folder_and_a_pipe_are_not_files(tmp_path: Path) -> None:
    assert refusal_of(tmp_path).title == "Not a file"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.md")
        assert refusal_of(tmp_path / "pipe.md").title == "Not a file"


def test_a_file_at_the_limit_is_read_and_one_above_it_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("x" * 1000, encoding="utf-8")
    assert len(read_text_file(file, 1000)) == 1000
    assert refusal_of(file, 999).title == "Too big"


def test_a_file_that_the_system_refuses_says_what_the_system_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.md"
    file.write_text("x", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "Permission denied" in refusal_of(file).what


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"one\ntw\xe9 three\n", 2, "0xE9 as byte 3 of line 2"),
        (b"\xc3", 1, "0xC3 as byte 1 of line 1"),
        (b"a\n\nb\x00c", 3, "NUL byte at byte 5"),
        (b"\xff\xfea\x00", 1, "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line_and_byte(tmp_path: Path, data: bytes, line: int, what: str) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(data)
    refusal = refusal_of(file)
    assert refusal.line == line
    assert what in refusal.what
