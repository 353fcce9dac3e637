"""A server with sessions that say again what they are told: who signs in, whose each session is, and when it ends."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from markterm.domain.words.errors import WrongUse
from markterm.web.passwords import Passwords
from markterm.web.running_apps import How
from markterm.web.server import WebServer, Where
from markterm.web.warmed import Process
from tests.centres import make_centre_in, places_in
from tests.pace import PATIENCE
from tests.web.certified import certified
from tests.web.serving import (
    GOOD,
    PAGE,
    TAB,
    Echoes,
    Serving,
    free_port,
    serving,
    sign_in,
    text_of,
    token_in,
)

pytestmark = pytest.mark.usefixtures("quick")


async def test_whoever_signs_in_has_a_session_as_themselves(at: Serving) -> None:
    browser = await at.signed_in("ben")
    page = await (await browser.get("/")).text()
    assert "Ben" in page
    shown = await at.shown(browser)
    await text_of(shown, "ben 90x30 1000000000")
    await shown.send_json(["stdin", "pq\x1b[A"])
    await text_of(shown, "pq\x1b[A")
    assert at.echoes.members == ["ben"]


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


async def test_whoever_signed_out_is_nobody_with_the_same_cookie_and_their_session_ends(at: Serving) -> None:
    browser = await at.signed_in()
    shown = await at.shown(browser)
    await text_of(shown, "asha")
    (cookie,) = [each for each in browser.cookie_jar if each.key == "markterm"]
    answer = await browser.post("/sign-out", data={"token": await at.token(browser)}, allow_redirects=False)
    assert answer.status == 303
    assert len(at.server.served.apps) == 0
    assert [each.value for each in browser.cookie_jar if each.key == "markterm"] == []
    assert (await asyncio.wait_for(shown.receive(), PATIENCE)).type is aiohttp.WSMsgType.CLOSE
    await asyncio.wait_for(at.echoes.sessions[1], PATIENCE)
    thief = at.browser()
    thief.cookie_jar.update_cookies({"markterm": cookie.value})
    assert (await thief.get("/files", allow_redirects=False)).headers["Location"] == "/sign-in"
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await at.shown(thief)
    assert refused.value.status == 401


async def test_a_lost_connection_comes_back_to_the_session_and_it_is_drawn_anew(at: Serving) -> None:
    browser = await at.signed_in()
    first = await at.shown(browser)
    await text_of(first, "asha")
    await first.close()
    await first.close()
    again = await at.shown(browser, page="c" * 24)
    drawn = await text_of(again, "redraw")
    assert '"width": 90' in drawn
    assert at.echoes.members == ["asha"]


async def test_a_connection_that_is_gone_and_nobody_noticed_is_taken_over(at: Serving) -> None:
    browser = await at.signed_in()
    first = await at.shown(browser)
    await text_of(first, "asha")
    again = await at.shown(browser, page="c" * 24)
    await text_of(again, "redraw")
    assert (await asyncio.wait_for(first.receive(), PATIENCE)).type is aiohttp.WSMsgType.CLOSE
    how = await (await browser.get(f"/session?tab={TAB}&page={PAGE}")).json()
    assert how["how"] == "elsewhere"
    assert how["words"] == "This session goes on in another window."


async def test_a_page_that_is_loaded_again_while_its_session_opens_comes_to_that_one(
    at: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens, start = asyncio.Event(), at.echoes.start

    async def slowly(member: str, size: tuple[int, int], memory: int) -> Process:
        await opens.wait()
        return await start(member, size, memory)

    monkeypatch.setattr(at.echoes, "start", slowly)
    browser = await at.signed_in()
    pages = [await at.shown(browser, page=each * 24) for each in "cdefg"]
    gone = [asyncio.create_task(each.close()) for each in pages[:-1]]
    opens.set()
    await text_of(pages[-1], "redraw")
    await asyncio.gather(*gone)
    assert at.echoes.members == ["asha"]
    assert len(at.server.served.apps) == 1


async def test_nobody_comes_back_to_the_session_of_somebody_else(at: Serving) -> None:
    first = await at.shown(await at.signed_in("asha"))
    await text_of(first, "asha")
    await first.close()
    other = await at.shown(await at.signed_in("ben"))
    await text_of(other, "ben 90x30")
    assert at.echoes.members == ["asha", "ben"]


async def test_a_session_that_no_browser_shows_ends_and_so_does_one_without_a_key(at: Serving) -> None:
    browser, apps = await at.signed_in(), at.server.served.apps
    shown = await at.shown(browser)
    await text_of(shown, "asha")
    await shown.close()
    apps.comes_back = 0.0
    while len(apps):
        await apps.look()
        await asyncio.sleep(0)
    # They did not leave: a network was lost for longer.
    how = await (await browser.get(f"/session?tab={TAB}&page={PAGE}")).json()
    assert how["how"] == "ended"
    assert "what you were writing is kept" in how["words"]
    apps.comes_back = 120.0
    shown = await at.shown(browser)
    await text_of(shown, "asha")
    (app,) = apps
    app.last_key -= 31 * 60
    await apps.look()
    while len(apps):
        await asyncio.sleep(0)
    how = await (await browser.get(f"/session?tab={TAB}&page={PAGE}")).json()
    assert how["how"] == "idle"
    assert "no key was pressed" in how["words"]


async def test_a_session_that_cannot_be_opened_says_so_and_takes_no_place(
    at: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ends(member: str, size: tuple[int, int], memory: int) -> Process:  # noqa: ARG001
        ours, theirs = socket.socketpair()
        theirs.close()
        return Process(1, *await asyncio.open_connection(sock=ours))

    monkeypatch.setattr(at.echoes, "start", ends)
    browser = await at.signed_in()
    shown = await at.shown(browser)
    while (await shown.receive()).type is not aiohttp.WSMsgType.CLOSE:
        pass
    how = await (await browser.get(f"/session?tab={TAB}&page={PAGE}")).json()
    assert (how["how"], "could not go on" in how["words"]) == ("failed", True)
    assert len(at.server.served.apps) == 0
    assert '"session_not_opened"' in at.said.getvalue()


async def test_sessions_beyond_the_limit_are_refused_in_words(tmp_path: Path) -> None:
    async with serving(tmp_path, "sessions = 3\nsessions_of_member = 2\n") as at:
        asha, ben = await at.signed_in("asha"), await at.signed_in("ben")
        kept = [await at.shown(asha, tab=each * 24) for each in "cd"]
        for each in kept:
            await text_of(each, "asha")
        assert (await (await at.shown(asha, tab="e" * 24)).receive()).type is aiohttp.WSMsgType.CLOSE
        how = await (await asha.get(f"/session?tab={'e' * 24}&page={PAGE}")).json()
        assert how["how"] == "full"
        assert "no room for one more session" in how["words"]
        third = await at.shown(ben)
        await text_of(third, "ben")
        assert (await (await at.shown(ben, tab="f" * 24)).receive()).type is aiohttp.WSMsgType.CLOSE
        assert len(at.server.served.apps) == 3


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
    setattr(app.sign_in, of_the_sign_in, time.monotonic() - 25 * 3600)
    await at.server.served.apps.look()
    assert (await asyncio.wait_for(shown.receive(), PATIENCE)).type is aiohttp.WSMsgType.CLOSE


async def test_whoever_is_signed_in_is_not_asked_again_and_by_an_account_nobody_is_where_passwords_are(
    at: Serving,
) -> None:
    answer = await (await at.signed_in()).get("/sign-in", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    for path in ("/sign-in/account", "/sign-in/openid?code=x&state=y"):
        assert (await at.browser().get(path)).status == 404


async def test_a_proxy_that_passes_no_websockets_on_is_told_as_that_and_not_as_a_session_that_ended(
    at: Serving,
) -> None:
    browser = await at.signed_in()
    lost_on_the_way = await browser.get(f"/ws/{TAB}/{PAGE}", headers={"Origin": at.at})
    assert lost_on_the_way.status == 400
    how = await (await browser.get(f"/session?tab={TAB}&page={PAGE}")).json()
    assert (how["how"], "passes no websockets on" in how["words"]) == ("not-connected", True)
    assert '"websocket_not_passed_on"' in at.said.getvalue()
    await text_of(await at.shown(browser), "asha")


async def test_what_members_have_on_the_server_is_nobody_elses(at: Serving) -> None:
    assert at.server.served.places.of_members.stat().st_mode & 0o777 == 0o700


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


async def test_files_are_sent_fetched_and_removed(at: Serving) -> None:
    browser = await at.signed_in()
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("token", await at.token(browser))
    form.add_field("file", b"name\n" * 100_000, filename="r-é.csv")
    form.add_field("file", b"two", filename="../two.txt")
    page = await (await browser.post("/files", data=form)).text()
    assert "Saved: r-é.csv, two.txt." in page
    fetched = await browser.get("/files/r-%C3%A9.csv")
    assert await fetched.read() == b"name\n" * 100_000
    assert fetched.headers["Content-Disposition"] == "attachment; filename=\"r-_.csv\"; filename*=UTF-8''r-%C3%A9.csv"
    assert fetched.headers["X-Content-Type-Options"] == "nosniff"
    ben = await at.signed_in("ben")
    assert (await ben.get("/files/two.txt")).status == 400
    await browser.post("/files/remove", data={"token": token_in(page), "name": "two.txt"})
    assert "two.txt" not in await (await browser.get("/files")).text()


async def test_what_it_says_of_itself_names_nobody_and_no_password_is_anywhere(at: Serving) -> None:
    browser = await at.signed_in()
    await sign_in(at.browser(), "asha", "wrong secret words")
    shown = await at.shown(browser)
    await text_of(shown, "asha")
    await shown.send_json(["stdin", "a note of Rosalind Jones"])
    await text_of(shown, "Rosalind")
    await browser.post("/sign-out", data={"token": await at.token(browser)})
    said = at.said.getvalue()
    events = {json.loads(line)["event"] for line in said.splitlines()}
    assert {"serving", "signed_in", "sign_in_wrong", "session_began", "signed_out"} <= events
    for word in ("asha", "Asha", "ben", "Rosalind", "127.0.0.1", GOOD, "wrong secret", "AAA1"):
        assert word not in said


async def test_figures_are_told_on_a_port_of_their_own(tmp_path: Path) -> None:
    from tests.web.serving import free_port

    port = free_port()
    async with serving(tmp_path, metrics=port) as at:
        await text_of(await at.shown(await at.signed_in()), "asha")
        async with aiohttp.ClientSession() as session:
            told = await (await session.get(f"http://127.0.0.1:{port}/metrics")).text()
        assert "markterm_sessions 1\n" in told
        assert 'markterm_events_total{event="signed_in"} 1\n' in told
        assert "asha" not in told
        assert (await at.browser().get("/metrics")).status == 404
        assert await (await at.browser().get("/healthz")).json() == {"status": "ok"}


def test_passwords_do_not_cross_a_network_readable(tmp_path: Path) -> None:
    centre = make_centre_in(tmp_path / "centre")
    with pytest.raises(WrongUse, match="nothing says that they do so by TLS"):
        WebServer(centre, Where(host="0.0.0.0"), places_in(tmp_path))


def test_where_no_name_is_known_by_which_others_reach_it_nobody_waits_in_vain(tmp_path: Path) -> None:
    centre, (certificate, key) = make_centre_in(tmp_path / "centre"), certified(tmp_path)
    where = Where(host="0.0.0.0", certificate=certificate, key=key)
    with pytest.raises(WrongUse, match="by which name browsers reach it"):
        WebServer(centre, where, places_in(tmp_path))
    file = centre / "centre.toml"
    file.write_text(file.read_text("utf-8") + '\n[server]\naddress = "https://marking.college.example"\n', "utf-8")
    assert WebServer(centre, where, places_in(tmp_path)).served.address.hosts == {"marking.college.example"}


async def test_it_is_said_that_it_serves_once_it_is_reached_and_why_not_otherwise(tmp_path: Path) -> None:
    certificate, _ = certified(tmp_path)
    began: list[str] = []

    async def runs(at: Serving, where: Where) -> None:
        server = WebServer(at.server.served.folder, where, places_in(tmp_path))
        server.warmed = server.served.apps._warmed = Echoes()
        await server.run(lambda: began.append("serving"))

    async with serving(tmp_path) as at:
        with pytest.raises(WrongUse, match="no certificate with its key"):
            await runs(at, Where(port=free_port(), certificate=certificate))
        with pytest.raises(WrongUse, match="something listens there already"):
            await runs(at, Where(port=at.port))
    assert began == []


async def test_with_a_certificate_browsers_reach_it_by_tls_alone(tmp_path: Path) -> None:
    certificate, key = certified(tmp_path)
    async with serving(tmp_path, certificate=certificate, key=key) as at:
        trusts = ssl.create_default_context(cafile=certificate)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusts)) as session:
            answer = await session.get(f"https://localhost:{at.port}/sign-in")
            assert answer.status == 200
            assert "max-age" in answer.headers["Strict-Transport-Security"]
            with pytest.raises(aiohttp.ClientError):
                await session.get(f"http://localhost:{at.port}/sign-in")
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        with pytest.raises((ssl.SSLError, OSError)):
            await asyncio.open_connection("localhost", at.port, ssl=old)


async def _health(at: Serving) -> tuple[int, dict[str, Any]]:
    await at.server.health.look()
    answer = await at.browser().get("/healthz")
    return answer.status, await answer.json()


async def test_a_server_says_that_nobody_can_sign_in_and_when_somebody_can(at: Serving) -> None:
    assert await _health(at) == (200, {"status": "ok"})
    passwords = Passwords(at.server.served.passwords)
    for each in ("asha", "ben"):
        passwords.remove(each)
    assert await _health(at) == (200, {"status": "ok", "nobody_can_sign_in": True})
    await at.server.health.look()
    (told,) = at.server.health.told
    assert "none of them has one" in told.what
    passwords.set("ben", GOOD)
    assert await _health(at) == (200, {"status": "ok"})
    said = [json.loads(each)["event"] for each in at.said.getvalue().splitlines()]
    assert [each for each in said if "sign_in" in each] == ["nobody_can_sign_in", "somebody_can_sign_in"]


async def test_a_server_says_that_the_records_are_away_and_a_session_says_so_too(
    at: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = await at.signed_in()
    file = at.server.served.folder / "centre.toml"
    before = file.read_text("utf-8")
    file.write_text(before + '[record]\nstore = "postgresql://markterm@127.0.0.1:1/markterm"\n', "utf-8")
    assert await _health(at) == (503, {"status": "failing", "failing": ["records"]})
    monkeypatch.setitem(at.server.served.apps._how, ("asha", TAB), How.FAILED)
    how = await (await browser.get(f"/session?tab={TAB}&page={PAGE}")).json()
    assert "records of the centre cannot be reached" in how["words"]
    file.write_text(before, "utf-8")
    assert await _health(at) == (200, {"status": "ok"})
    said = [json.loads(each)["event"] for each in at.said.getvalue().splitlines()]
    assert [each for each in said if "records" in each] == ["records_away", "records_back"]
    assert "127.0.0.1" not in at.said.getvalue()


@pytest.mark.parametrize(("sent", "how"), [("ends with 4", "failed"), ("ends with 3", "ended"), ("quit", "left")])
async def test_nobody_is_told_that_they_left_where_the_session_could_not_go_on_or_nobody_let_it(
    at: Serving, sent: str, how: str
) -> None:
    browser = await at.signed_in()
    shown = await at.shown(browser)
    await text_of(shown, "asha")
    if sent == "quit":
        await next(iter(at.server.served.apps)).send_meta({"type": "quit"})
    else:
        await shown.send_json(["stdin", sent])
    while len(at.server.served.apps):
        await asyncio.sleep(0)
    told = await (await browser.get(f"/session?tab={TAB}&page={PAGE}")).json()
    assert told["how"] == how
    assert ("You left" in told["words"]) == (how == "left")
