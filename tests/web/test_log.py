"""What a server says of itself: what anybody can have happen at will fills no disk, and names nobody."""

from __future__ import annotations

import errno
import io
import json
import logging
import os

import pytest

from markterm.web.log import Log


def lines(file: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(each) for each in file.getvalue().splitlines()]


def test_what_anybody_can_have_happen_is_a_line_a_minute_with_how_often_it_was() -> None:
    file, clock = io.StringIO(), [0.0]
    log = Log(file, lambda: clock[0])
    for second in range(120):
        clock[0] = float(second)
        for _ in range(50):
            log.say_seldom("sign_in_locked")
        log.say_seldom("sign_in_wrong")
    assert [(each["event"], each["times"]) for each in lines(file)] == [
        ("sign_in_locked", 1),
        ("sign_in_wrong", 1),
        ("sign_in_locked", 50 * 60),
        ("sign_in_wrong", 60),
    ]
    assert log.counted["sign_in_locked"] == 6_000


def test_a_log_for_which_there_is_no_room_stops_nothing_and_is_counted() -> None:
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    log = Log(Full())
    log.say("signed_in")
    assert log.counted == {"signed_in": 1, "log_not_written": 1}


def test_what_libraries_tell_is_a_line_of_json_without_their_words(capfd: pytest.CaptureFixture[str]) -> None:
    file = io.StringIO()
    log = Log(file)
    with log.of_libraries():
        logging.getLogger("textual-serve").error("Application failed to start: %s", "Rosalind Jones")
        logging.getLogger("asyncio").error("Task exception was never retrieved")
        logging.getLogger("aiohttp.server").exception("Error handling request from 192.0.2.1")
    assert [(each["event"], each["of"]) for each in lines(file)] == [
        ("library", "textual-serve"),
        ("not_answered", "aiohttp.server"),
    ]
    assert log.counted["library"] == 2
    assert "Rosalind" not in file.getvalue() + "".join(capfd.readouterr())
