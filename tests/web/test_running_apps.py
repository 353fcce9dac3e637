"""Whose sessions run, what keeps one going and what ends it, and that no part of a file is taken for the whole."""

from __future__ import annotations

import asyncio
import json
import ssl
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from markterm.domain.assessed.serving import Serving as HowItServes
from markterm.domain.words.errors import MarkTermError
from markterm.web import running_apps
from markterm.web.downloads import Downloads
from markterm.web.log import Log
from markterm.web.running_apps import How, RunningApps
from markterm.web.server import Where, _number
from markterm.web.sign_ins import SignIn, SignIns
from tests.pace import PATIENCE
from tests.web.certified import certified
from tests.web.serving import PAGE, TAB, Echoes, Serving, free_port, serving, text_of

pytestmark = pytest.mark.usefixtures("quick")

_MINUTE = 60


def _apps() -> tuple[RunningApps, SignIns]:
    sign_ins = SignIns(lambda: 0.0, 12 * 3600.0, 35 * 60.0)
    return RunningApps(HowItServes(), Echoes(), sign_ins, Downloads(), Log()), sign_ins


async def _until(is_so: Any) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():
            await asyncio.sleep(0)


async def test_keys_keep_a_session_and_its_sign_in_and_what_a_page_sends_of_itself_does_not(at: Serving) -> None:
    shown = await at.shown(await at.signed_in())
    await text_of(shown, "asha")
    (app,) = at.server.served.apps
    before = app.last_key = app.sign_in.seen = app.last_key - 29 * _MINUTE
    for sent in (["ping", 1], ["resize", {"width": 80, "height": 24}], ["focus"], ["blur"]):
        await shown.send_json(sent)
    assert await asyncio.wait_for(shown.receive_json(), PATIENCE) == ["pong", 1]
    await text_of(shown, "blur")
    assert (app.last_key, app.sign_in.seen) == (before, before)
    await at.server.served.apps.look()
    assert at.server.served.apps.how(app.sign_in, TAB, PAGE) is How.RUNS
    await shown.send_json(["stdin", "a key"])
    await text_of(shown, "a key")
    assert min(app.last_key, app.sign_in.seen) > before + 28 * _MINUTE


@pytest.mark.parametrize(("of", "minutes"), [("seen", 15), ("since", 120)])
async def test_a_sign_in_holds_as_long_as_centre_toml_says_and_nothing_of_its_browser_is_taken_after(
    tmp_path: Path, of: str, minutes: int
) -> None:
    async with serving(tmp_path, "idle = 10\nhours = 2\n") as at:
        browser = await at.signed_in()
        shown = await at.shown(browser)
        await text_of(shown, "asha")
        (app,) = at.server.served.apps
        setattr(app.sign_in, of, getattr(app.sign_in, of) - (minutes - 1) * _MINUTE)
        await shown.send_json(["focus"])
        await text_of(shown, "focus")
        setattr(app.sign_in, of, getattr(app.sign_in, of) - 2 * _MINUTE)
        await shown.send_json(["stdin", "a key"])
        assert (await asyncio.wait_for(shown.receive(), PATIENCE)).type is aiohttp.WSMsgType.CLOSE
        assert (await browser.get("/files", allow_redirects=False)).headers["Location"] == "/sign-in"


async def test_signing_out_of_one_browser_ends_no_session_of_another_and_of_a_window_that_moved_the_one_it_is_in(
    at: Serving,
) -> None:
    first, second, ben = await at.signed_in(), await at.signed_in(), await at.signed_in("ben")
    others = await at.shown(ben)
    await text_of(others, "ben")
    began = await at.shown(first)
    await text_of(began, "asha")
    moved = await at.shown(second, page="c" * 24)
    await text_of(moved, "redraw")
    await first.post("/sign-out", data={"token": await at.token(first)})
    assert len(at.server.served.apps) == 2
    await moved.send_json(["stdin", "goes on"])
    await text_of(moved, "goes on")
    await second.post("/sign-out", data={"token": await at.token(second)})
    (left,) = at.server.served.apps
    assert left.sign_in.member == "ben"


async def test_a_session_that_came_back_waits_for_nobody_and_one_of_another_tab_is_that_tabs_from_then_on(
    at: Serving,
) -> None:
    browser, apps = await at.signed_in(), at.server.served.apps
    shown = await at.shown(browser)
    await text_of(shown, "asha")
    (app,) = apps
    await shown.close()
    await _until(lambda: app.alone_since is not None)
    app.alone_since -= 119
    assert apps.how(app.sign_in, TAB, "d" * 24) is How.RUNS
    again = await at.shown(browser, tab="e" * 24)
    await text_of(again, "redraw")
    assert app.alone_since is None
    assert (apps.how(app.sign_in, "e" * 24, PAGE), apps.how(app.sign_in, TAB, PAGE)) == (How.RUNS, How.ENDED)


async def test_how_a_session_stands_and_how_it_ended_is_told_to_whose_it_is_alone() -> None:
    apps, sign_ins = _apps()
    (_, asha), (_, ben) = sign_ins.begin("asha", ""), sign_ins.begin("ben", "")
    app, begun = await apps.shown_in(asha, TAB, 80, 24)
    assert begun
    assert (apps.how(asha, TAB, ""), apps.how(ben, TAB, "")) == (How.RUNS, How.ENDED)
    app.last_key -= 31 * _MINUTE
    await apps.look()
    await _until(lambda: not len(apps))
    assert (apps.how(asha, TAB, ""), apps.how(ben, TAB, "")) == (How.IDLE, How.ENDED)
    # What is told of one that was there before is not told of the next one in its tab.
    await apps.shown_in(asha, TAB, 80, 24)
    await apps.close()
    await _until(lambda: not len(apps))
    assert apps.how(asha, TAB, "") is How.LEFT


async def test_one_that_stands_still_is_ended_once_and_keeps_no_other_from_being_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apps, sign_ins = _apps()
    held = {}
    for member in ("asha", "ben"):
        _, sign_in = sign_ins.begin(member, "")
        held[member], _ = await apps.shown_in(sign_in, TAB, 80, 24)
        held[member].last_key -= 31 * _MINUTE
    asked, ends = [], asyncio.Event()

    async def stands_still() -> None:
        asked.append("asha")
        await ends.wait()

    monkeypatch.setattr(held["asha"], "end", stands_still)
    for _ in range(3):
        await asyncio.wait_for(apps.look(), PATIENCE)
        await asyncio.sleep(0)
    await _until(lambda: list(apps) == [held["asha"]])
    assert asked == ["asha"]
    ends.set()
    monkeypatch.undo()
    await apps.close()


async def test_of_tabs_that_are_gone_no_more_is_remembered_than_the_last_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running_apps, "_REMEMBERED", 2)
    apps, sign_ins = _apps()
    _, asha = sign_ins.begin("asha", "")
    for tab in "abac":
        apps.not_connected(asha, tab)
    assert [apps.how(asha, tab, "") for tab in "abc"] == [How.NOT_CONNECTED, How.ENDED, How.NOT_CONNECTED]


async def test_a_server_that_stops_ends_every_session_as_a_key_does(tmp_path: Path) -> None:
    async with serving(tmp_path) as at:
        for member in ("asha", "ben"):
            await text_of(await at.shown(await at.signed_in(member)), member)
    assert [each.done() for each in at.echoes.sessions.values()] == [True, True]
    assert at.said.getvalue().count('"session_ended"') == 2
    assert at.server.background._going_on == []


@pytest.mark.parametrize(("tab", "page"), [("a", PAGE), (TAB, "b"), ("a" * 65, PAGE), (TAB, "%C3%A9" * 24)])
async def test_a_tab_whose_name_could_be_guessed_is_shown_nothing(at: Serving, tab: str, page: str) -> None:
    browser = await at.signed_in()
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await browser.ws_connect(f"/ws/{tab}/{page}")
    assert (refused.value.status, at.echoes.members) == (400, [])


async def _delivers(at: Serving, browser: aiohttp.ClientSession) -> Any:
    await text_of(await at.shown(browser), "asha")
    (app,) = at.server.served.apps
    told = {"type": "deliver_file_start", "key": "k1", "path": "/x/p.pdf", "open_method": "browser", "mime_type": "",
            "encoding": ""}  # fmt: skip
    await app.on_meta(json.dumps(told).encode())
    return app


async def test_a_browser_never_takes_the_part_of_a_file_that_came_before_its_session_ended_for_the_whole(
    at: Serving,
) -> None:
    browser = await at.signed_in()
    app = await _delivers(at, browser)
    await at.server.download_manager.chunk_received("k1", b"%PDF")
    answer = await browser.get("/download/k1")
    assert await answer.content.readexactly(4) == b"%PDF"
    await app.send_meta({"type": "quit"})
    with pytest.raises(aiohttp.ClientPayloadError):
        await asyncio.wait_for(answer.read(), PATIENCE)
    assert len(at.server.download_manager) == 0
    assert '"download_cut_off"' in at.said.getvalue()


@pytest.mark.parametrize("version", ["1.0", "1.1"])
async def test_no_proxy_takes_the_end_of_a_connection_for_that_of_a_file_that_was_cut_off(
    at: Serving, version: str
) -> None:
    browser = await at.signed_in()
    app = await _delivers(at, browser)
    await at.server.download_manager.chunk_received("k1", b"%PDF")
    (cookie,) = [each for each in browser.cookie_jar if each.key == "markterm"]
    reader, writer = await asyncio.open_connection("127.0.0.1", at.port)
    asked = f"GET /download/k1 HTTP/{version}\r\nHost: localhost:{at.port}\r\nCookie: markterm={cookie.value}\r\n\r\n"
    writer.write(asked.encode())
    await asyncio.wait_for(reader.readuntil(b"%PDF"), PATIENCE)
    await app.send_meta({"type": "quit"})
    with pytest.raises(ConnectionResetError):
        await asyncio.wait_for(reader.read(), PATIENCE)
    writer.close()


async def test_of_two_who_fetch_one_file_at_once_one_has_all_of_it_and_the_other_nothing(at: Serving) -> None:
    browser, downloads = await at.signed_in(), at.server.download_manager
    await _delivers(at, browser)
    await downloads.chunk_received("k1", b"%P")
    first = await browser.get("/download/k1")
    assert await first.content.readexactly(2) == b"%P"
    assert (await browser.get("/download/k1")).status == 404
    with pytest.raises(KeyError):
        await anext(downloads.download("k1"))
    for piece in (b"DF", b""):
        await downloads.chunk_received("k1", piece)
    assert await asyncio.wait_for(first.read(), PATIENCE) == b"DF"
    assert len(downloads) == 0


async def test_what_sessions_deliver_counts_among_the_files_that_somebody_fetches_at_once(at: Serving) -> None:
    browser, fetching = await at.signed_in(), at.server.own_pages.fetching
    await _delivers(at, browser)
    fetching.many = 1
    with fetching.one_more("asha"):
        answer = await browser.get("/download/k1")
        assert (answer.status, "still being fetched" in await answer.text()) == (403, True)
    await at.server.download_manager.chunk_received("k1", b"")
    assert (await browser.get("/download/k1")).status == 200


async def test_whoever_left_is_not_told_that_the_records_are_away(at: Serving) -> None:
    browser = await at.signed_in()
    at.server.served.apps._how["asha", TAB] = How.LEFT
    at.server.health.away = MarkTermError("Away", "It is.", "Wait.")
    assert (await (await browser.get(f"/session?tab={TAB}&page={PAGE}")).json())["how"] == "left"


async def test_a_server_that_can_begin_no_session_or_cannot_read_the_centres_file_says_so(
    at: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Echoes, "number", None)
    at.server.health.unreadable = MarkTermError("A mistake", "It is.", "Mend it.")
    answer = await at.browser().get("/healthz")
    assert (answer.status, (await answer.json())["failing"]) == (503, ["sessions", "centre_file"])


async def test_figures_are_told_on_this_machine_alone_and_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    port = free_port()
    async with serving(tmp_path, metrics=port) as at:
        with pytest.raises(OSError, match=r".+"):
            await asyncio.open_connection("127.0.0.2", port)
        with pytest.raises(MarkTermError, match="something listens there already"):
            await at.server._tell_figures(port)
    assert Where().metrics is None


@pytest.mark.parametrize(("text", "number"), [("0", 1), ("999", 500), ("99999999", 80), ("²", 80), ("", 80), ("7", 7)])
def test_no_browser_has_a_screen_that_costs_the_server_more_than_the_widest(text: str, number: int) -> None:
    request: Any = SimpleNamespace(query={"width": text})
    assert _number(request, "width", 80, 1, 500) == number


async def test_a_session_that_is_ended_by_force_is_told_as_ended_and_is_no_failure(at: Serving) -> None:
    browser = await at.signed_in()
    shown = await at.shown(browser)
    await text_of(shown, "asha")
    await shown.send_json(["stdin", "ends with 137"])
    await _until(lambda: not len(at.server.served.apps))
    sign_in = SignIn("asha", "", 0.0, 0.0)
    assert at.server.served.apps.how(sign_in, TAB, PAGE) is How.ENDED


async def test_what_is_wrong_in_centre_toml_is_told_to_whose_session_could_not_go_on_and_not_to_whoever_left(
    at: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = await at.signed_in()
    monkeypatch.setattr(type(at.server.served.members), "told", "A mistake in line 3.")
    told = {}
    for how in (How.FAILED, How.LEFT):
        at.server.served.apps._how["asha", TAB] = how
        told[how] = (await (await browser.get(f"/session?tab={TAB}&page={PAGE}")).json())["words"]
    assert told[How.FAILED] == "A mistake in line 3."
    assert "You left" in told[How.LEFT]


async def test_of_sessions_that_no_browser_shows_the_one_that_was_left_last_comes_back() -> None:
    apps, sign_ins = _apps()
    _, asha = sign_ins.begin("asha", "")
    alone = [(await apps.shown_in(asha, tab, 80, 24))[0] for tab in "ab"]
    for app, since in zip(alone, (2.0, 1.0), strict=True):
        app.alone_since = since
    shown, begun = await apps.shown_in(asha, "c", 80, 24)
    assert (shown, begun) == (alone[0], False)
    await apps.close()


async def test_a_server_with_a_certificate_looks_at_it_and_tells_when_it_is_for_another_name(tmp_path: Path) -> None:
    certificate, key = certified(tmp_path)
    table = 'address = "https://marking.college.example:PORT"\n'
    async with serving(tmp_path, table, certificate=certificate, key=key) as at:
        assert len(at.server.background._going_on) == 4
        trusts = ssl.create_default_context(cafile=certificate)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusts)) as session:
            answer = await session.get(f"https://localhost:{at.port}/healthz")
            assert await answer.json() == {"status": "ok", "certificate_not_trusted": True}


async def test_a_server_that_stops_lets_go_of_what_makes_its_sessions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go: list[int] = []
    async with serving(tmp_path) as at:
        monkeypatch.setattr(at.echoes, "close", lambda: let_go.append(len(at.server.served.apps)))
        await text_of(await at.shown(await at.signed_in()), "asha")
    assert let_go == [0]


async def test_whoever_only_asks_about_a_file_leaves_all_of_it_to_whoever_fetches_it(at: Serving) -> None:
    browser = await at.signed_in()
    await _delivers(at, browser)
    for piece in (b"%PDF", b""):
        await at.server.download_manager.chunk_received("k1", piece)
    assert (await browser.head("/download/k1")).status == 405
    assert await (await browser.get("/download/k1")).read() == b"%PDF"


async def test_a_session_of_whoever_is_not_signed_in_any_more_ends_by_itself_and_nothing_of_it_stays_open() -> None:
    apps, sign_ins = _apps()
    (_, asha), (_, ben) = sign_ins.begin("asha", ""), sign_ins.begin("ben", "")
    (hers, _), (his, _) = await apps.shown_in(asha, TAB, 80, 24), await apps.shown_in(ben, TAB, 80, 24)
    apps.holds = lambda sign_in: sign_in is ben
    await apps.look()
    await _until(lambda: list(apps) == [his])
    assert hers.stdin.is_closing()
    await apps.close()
