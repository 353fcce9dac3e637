"""Who signs in, by which of the ways, and until when they are signed in."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest

from markterm.web.passwords import Passwords
from tests.pace import PATIENCE
from tests.web.serving import (
    GOOD,
    PAGE,
    TAB,
    Serving,
    serving,
    sign_in,
    text_of,
)

pytestmark = pytest.mark.usefixtures("quick")


@pytest.mark.parametrize(
    ("member", "password"),
    [("asha", "wrong wrong wrong"), ("carol", GOOD), ("nobody", GOOD), ("", ""), ("asha", ""), ("\x00' or 1=1", GOOD)],
)
async def test_nobody_else_signs_in(at: Serving, member: str, password: str) -> None:
    browser = at.browser()
    answer = await sign_in(browser, member, password)
    assert answer.status == 401
    assert "id or the password is wrong" in await answer.text()
    assert (await browser.get("/session")).status == 401
    assert (await browser.get("/", allow_redirects=False)).headers["Location"] == "/sign-in"


async def test_whoever_cannot_sign_in_for_a_fault_of_the_server_is_told_of_no_file_of_it(at: Serving) -> None:
    file = at.server.served.passwords
    browser = at.browser()
    for text, mode in ((file.read_text("utf-8"), 0o644), ("{", 0o600)):
        file.write_text(text, "utf-8")
        file.chmod(mode)
        answer = await sign_in(browser, "asha", GOOD)
        assert answer.status == 403
        told = await answer.text()
        assert "Nobody can sign in now" in told
        assert file.parent.name not in told
    assert "passwords_not_read" in at.said.getvalue()


async def test_after_five_wrong_ones_even_the_right_one_waits_and_others_do_not(at: Serving) -> None:
    for _ in range(5):
        assert (await sign_in(at.browser(), "asha", "wrong wrong wrong")).status == 401
    answer = await sign_in(at.browser(), "asha", GOOD)
    assert answer.status == 429
    assert "Too many wrong tries. Wait" in await answer.text()
    assert (await sign_in(at.browser(), "ben", GOOD)).status == 200


async def test_whoever_signed_in_there_before_does_not_wait_for_others_behind_the_same_address(at: Serving) -> None:
    known = await at.signed_in("asha")
    await known.post("/sign-out", data={"token": await at.token(known)})
    others = [f"somebody{number}" for number in range(40)] + ["asha"] * 6
    statuses = [(await sign_in(at.browser(), member, "wrong wrong wrong")).status for member in others]
    assert statuses[:30] == [401] * 30
    assert set(statuses[30:]) == {429}
    assert (await sign_in(at.browser(), "ben", GOOD)).status == 429
    # Their own wrong tries count there as anywhere, and a browser of theirs is nobody else's.
    assert (await sign_in(known, "ben", GOOD)).status == 429
    for _ in range(4):
        assert (await sign_in(known, "asha", "wrong wrong wrong")).status == 401
    assert (await sign_in(known, "asha", GOOD)).status == 200
    await known.post("/sign-out", data={"token": await at.token(known)})
    tried = [(await sign_in(known, "asha", "wrong wrong wrong")).status for _ in range(6)]
    assert tried == [401] * 5 + [429]
    assert (await sign_in(known, "asha", GOOD)).status == 429
    assert at.said.getvalue().count("sign_in_locked") == 1


async def test_many_who_come_at_once_behind_one_address_and_are_right_are_all_let_in(at: Serving) -> None:
    members = ("asha", "ben") * 20
    came = await asyncio.gather(*(sign_in(at.browser(), member, GOOD) for member in members))
    assert {each.status for each in came} == {200}


async def test_many_tries_at_once_are_not_free(at: Serving) -> None:
    tried = await asyncio.gather(*(sign_in(at.browser(), "asha", "wrong wrong wrong") for _ in range(20)))
    assert sum(each.status == 401 for each in tried) <= 5


async def test_a_changed_password_and_a_member_who_is_none_any_more_sign_out(at: Serving) -> None:
    asha, ben = await at.signed_in("asha"), await at.signed_in("ben")
    shown, ashas = await at.shown(ben), await at.shown(asha)
    await text_of(shown, "ben")
    await text_of(ashas, "asha")
    Passwords(at.server.served.passwords).set("asha", "another good password")
    await at.server.served.apps.look()
    assert (await asyncio.wait_for(ashas.receive(), PATIENCE)).type is aiohttp.WSMsgType.CLOSE
    assert (await asha.get("/session")).status == 401
    file = at.server.served.folder / "centre.toml"
    file.write_text(file.read_text("utf-8").replace('id = "ben"', 'id = "benjamin"'), "utf-8")
    # Also of whoever asks for nothing.
    await at.server.served.apps.look()
    assert (await asyncio.wait_for(shown.receive(), PATIENCE)).type is aiohttp.WSMsgType.CLOSE
    assert (await ben.get("/session")).status == 401
    assert (await sign_in(ben, "ben", GOOD)).status == 401


@pytest.mark.parametrize("of_the_sign_in", ["since", "seen"])
async def test_a_session_ends_with_the_time_of_whoever_is_signed_in(at: Serving, of_the_sign_in: str) -> None:
    shown = await at.shown(await at.signed_in())
    await text_of(shown, "asha")
    (app,) = at.server.served.apps
    setattr(app.sign_in, of_the_sign_in, getattr(app.sign_in, of_the_sign_in) - 25 * 3600)
    await at.server.served.apps.look()
    assert (await asyncio.wait_for(shown.receive(), PATIENCE)).type is aiohttp.WSMsgType.CLOSE


async def test_whoever_is_signed_in_is_not_asked_again_and_by_an_account_nobody_is_where_passwords_are(
    at: Serving,
) -> None:
    answer = await (await at.signed_in()).get("/sign-in", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    for path in ("/sign-in/account", "/sign-in/openid?code=x&state=y"):
        assert (await at.browser().get(path)).status == 404


async def test_a_proxy_that_is_trusted_says_who_it_is_and_nobody_else_does(tmp_path: Path) -> None:
    async with serving(tmp_path, 'sign_in = "proxy"\nproxies = ["127.0.0.1"]\n') as at:
        browser = at.browser()
        assert "Asha" in await (await browser.get("/", headers={"X-Remote-User": "asha"})).text()
        assert (await browser.get("/session", headers={"X-Remote-User": "asha"})).status == 200
        # The proxy has somebody else by now: the cookie of the one before is theirs no more.
        shown = await browser.ws_connect(f"/ws/{TAB}/{PAGE}", headers={"X-Remote-User": "asha"})
        await text_of(shown, "asha")
        await at.server.served.apps.look()
        await shown.send_json(["stdin", "goes on"])
        await text_of(shown, "goes on")
        for said in ("ben", "asha"):
            assert (await browser.get("/session", headers={"X-Remote-User": said})).status == 401
        file = at.server.served.folder / "centre.toml"
        whole = file.read_text("utf-8")
        file.write_text("[centre", "utf-8")
        assert (await at.browser().get("/", headers={"X-Remote-User": "asha"})).status == 403
        file.write_text(whole, "utf-8")
        for lines in ([], [("X-Remote-User", "nobody")], [("X-Remote-User", "asha"), ("X-Remote-User", "ben")]):
            assert (await at.browser().get("/", headers=lines)).status == 403
        assert (await at.browser().post("/sign-in", data={"member": "asha", "password": GOOD})).status == 404
    async with serving(tmp_path / "other", 'sign_in = "proxy"\nproxies = ["192.0.2.1"]\n') as at:
        assert (await at.browser().get("/", headers={"X-Remote-User": "asha"})).status == 403
