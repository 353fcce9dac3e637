"""A server with sessions that say again what they are told: who signs in, whose each session is, and when it ends."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
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
