"""What the process that makes a PDF anew writes is read as it was meant."""

from __future__ import annotations

import pytest

from markterm.exports.nameless.not_own_kind import NotOwnKind
from markterm.exports.nameless.pdf_answer import DAMAGED, MadeAnew, answer_made, answer_refused, read_answer


@pytest.mark.parametrize("made", [MadeAnew(b"%PDF", b"Tea for two"), MadeAnew(b"M" * 300, b"R"), MadeAnew(b"", b"")])
def test_file_and_what_is_said_in_it_are_told_apart(made: MadeAnew) -> None:
    assert read_answer(answer_made(made)) == made


@pytest.mark.parametrize(("said", "told"), [("it has pictures", "it has pictures"), ("", DAMAGED)])
def test_why_there_is_none_is_told(said: str, told: str) -> None:
    with pytest.raises(NotOwnKind) as refused:
        read_answer(answer_refused(said))
    assert str(refused.value) == told


def test_a_process_that_says_nothing_made_nothing() -> None:
    with pytest.raises(NotOwnKind, match=DAMAGED):
        read_answer(b"")
