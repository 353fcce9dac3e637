"""The comparison with other readers can itself be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.conversion.wire import refusal_to_bytes, to_bytes
from markterm.evidence.converted import Converted
from tests.corpus.__main__ import main
from tests.corpus.outcome import Outcome, read_file
from tests.corpus.table import printed
from tests.corpus.words import recall, words


def test_a_word_counts_as_often_as_it_stands_there() -> None:
    share, lost = recall(words("one two two three"), words("**two** o\\*ne"))
    assert (share, lost) == (0.5, ("two", "three"))


def test_a_word_broken_at_the_end_of_a_line_is_one_word() -> None:
    assert words("brief-\ning") == words("briefing")


@pytest.mark.parametrize(
    ("code", "answer", "how"),
    [
        (0, to_bytes(Converted("a,b")), "read"),
        (0, to_bytes(Converted("", notes=("Nothing in it.",))), "read"),
        (0, to_bytes(Converted(" \n")), "empty"),
        (0, refusal_to_bytes("It is damaged."), "refused"),
        (-11, b"", "broke"),
        (0, b"nonsense", "broke"),
    ],
)
def test_what_became_of_a_file_is_told_from_its_process(tmp_path: Path, code: int, answer: bytes, how: str) -> None:
    path = tmp_path / "hours.csv"
    path.write_text("a,b\n", "utf-8")
    outcome = read_file(path, lambda _path, _reader: (code, answer, 1.0))
    assert outcome.how == how
    assert outcome.is_fault == (how in ("empty", "broke"))


def test_the_table_names_kinds_refusals_and_the_poorest() -> None:
    outcomes = [
        Outcome("a/good.docx", "docx", "read", recall=1.0),
        Outcome("a/poor.docx", "docx", "read", recall=0.5, lost=("evidence",)),
        Outcome("a/locked.pdf", "pdf", "refused", "It is protected by a password."),
    ]
    text = printed(outcomes, 10)
    assert "docx         2      2       0     0     0 |        2  1.000 0.500  0.500" in text
    assert "1 pdf: It is protected by a password. (locked.pdf)" in text
    assert "0.500 a/poor.docx: evidence" in text


def test_a_folder_is_read_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hours.csv").write_text("session,minutes\n1,60\n", "utf-8")
    (tmp_path / "notes.md").write_text("Not converted.\n", "utf-8")
    assert main([str(tmp_path)]) == 0
    assert "csv          1      1       0     0     0 |        1  1.000" in capsys.readouterr().out
