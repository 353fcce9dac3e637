"""Who is signed in, and for how long."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest

from markterm.domain.words.errors import Refused
from markterm.web.sign_ins import MOST_OF_ONE, SignIns
from tests.pace import PATIENCE
from tests.web.serving import quick_passwords, serving, text_of


class _Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_secret_tells_whose_it_is_and_another_does_not() -> None:
    sign_ins = SignIns(_Clock(), 100, 10)
    secret, asha = sign_ins.begin("asha", "mark")
    assert sign_ins.of(secret) is asha
    assert sign_ins.of(secret[:-1]) is None
    assert sign_ins.of("") is None
    assert secret not in repr(vars(sign_ins))


def test_whoever_signed_out_is_nobody_with_the_same_secret() -> None:
    sign_ins = SignIns(_Clock(), 100, 10)
    secret, asha = sign_ins.begin("asha", "mark")
    other, _ = sign_ins.begin("asha", "mark")
    sign_ins.end(asha)
    assert sign_ins.of(secret) is None
    assert not sign_ins.still_holds(asha)
    assert sign_ins.of(other) is not None


def test_it_ends_without_a_word_and_after_the_longest_time_whatever_they_do() -> None:
    clock = _Clock()
    sign_ins = SignIns(clock, 100, 10)
    secret, asha = sign_ins.begin("asha", "mark")
    for _ in range(10):
        clock.now += 9
        assert sign_ins.of(secret) is asha
        asha.seen = clock.now
    clock.now += 11
    assert sign_ins.of(secret) is None
    secret, asha = sign_ins.begin("asha", "mark")
    clock.now += 11
    assert sign_ins.of(secret) is None
    sign_ins.sweep()
    assert len(sign_ins) == 0


def test_a_form_of_another_sign_in_is_not_theirs() -> None:
    sign_ins = SignIns(_Clock(), 100, 10)
    _, asha = sign_ins.begin("asha", "mark")
    _, ben = sign_ins.begin("ben", "mark")
    asha.require_theirs(asha.token)
    for other in (ben.token, "", "\ud800"):
        with pytest.raises(Refused):
            asha.require_theirs(other)


def test_whoever_signs_in_again_and_again_is_remembered_in_so_many_browsers_and_no_more() -> None:
    clock = _Clock()
    sign_ins = SignIns(clock, 1_000, 1_000)
    ben, _ = sign_ins.begin("ben", "mark")
    first, signed_in = sign_ins.begin("asha", "mark")
    clock.now += 1
    second, _ = sign_ins.begin("asha", "mark")
    signed_in.seen = clock.now + 1
    clock.now += 2
    for _ in range(MOST_OF_ONE - 1):
        sign_ins.begin("asha", "mark")
    assert len(sign_ins) == MOST_OF_ONE + 1
    assert sign_ins.of(second) is None  # Nothing came from it for longest.
    assert sign_ins.of(first) is signed_in
    assert sign_ins.of(ben) is not None


async def test_whoever_may_see_less_by_the_centres_file_is_signed_out_and_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_passwords(monkeypatch)
    async with serving(tmp_path) as at:
        asha, ben = await at.signed_in("asha"), await at.signed_in("ben")
        shown = await at.shown(ben)
        await text_of(shown, "ben")
        file = at.server.served.folder / "centre.toml"
        before = file.read_text("utf-8")
        limited = before.replace('id = "ben"', 'id = "ben"\nsites = ["Leeds"]', 1)
        file.write_text(limited, "utf-8")
        await at.server.served.apps.look()
        assert (await asyncio.wait_for(shown.receive(), PATIENCE)).type is aiohttp.WSMsgType.CLOSE
        assert (await ben.get("/session")).status == 401
        assert (await asha.get("/session")).status == 200
        file.write_text(f'{limited}\n[visibility]\nassessors = ["assigned"]\n', "utf-8")
        assert (await asha.get("/session")).status == 401
