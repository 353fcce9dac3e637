"""What a server withstands: other sites, other names, endless and slow requests, floods. On this machine alone."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from markterm.web.guards import headers_for
from tests.pace import PATIENCE
from tests.web.serving import GOOD, PAGE, TAB, Serving, raw, serving, text_of, token_in

pytestmark = pytest.mark.usefixtures("quick")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost", "http://localhost:1", None])
async def test_a_page_of_another_site_opens_no_session(at: Serving, origin: str | None) -> None:
    browser = await at.signed_in()
    other = aiohttp.ClientSession(base_url=at.at, cookie_jar=browser.cookie_jar)
    at.sessions.append(other)
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await other.ws_connect(f"/ws/{TAB}/{PAGE}", headers={"Origin": origin} if origin else {})
    assert refused.value.status == 403
    assert at.echoes.members == []


@pytest.mark.parametrize(
    ("path", "data"),
    [("/sign-in", {"member": "asha", "password": GOOD}), ("/sign-out", {}), ("/files/remove", {"name": "a"})],
)
async def test_a_form_of_another_site_does_nothing(at: Serving, path: str, data: dict[str, str]) -> None:
    browser = await at.signed_in()
    for origin in ("https://evil.example", "null", ""):
        assert (await browser.post(path, data=data, headers={"Origin": origin})).status == 403
    # From a page of ours, without the token of the form, or with another one's.
    other = await at.token(await at.signed_in("ben"))
    for token in ("", "x" * 64, other):
        assert (await browser.post(path, data={**data, "token": token})).status == 403
    assert (await browser.get("/session")).status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", None])
async def test_a_form_of_another_site_does_nothing_whatever_it_knows(at: Serving, origin: str | None) -> None:
    browser = await at.signed_in()
    other = aiohttp.ClientSession(base_url=at.at, cookie_jar=browser.cookie_jar)
    at.sessions.append(other)
    headers = {} if origin is None else {"Origin": origin}
    answer = await other.post("/sign-out", data={"token": await at.token(browser)}, headers=headers)
    assert answer.status == 403
    assert (await browser.get("/session")).status == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost", "localhost:1", "127.0.0.1.evil.example"])
async def test_a_request_by_another_name_is_not_answered(at: Serving, host: str) -> None:
    answer = await at.browser().get("/sign-in", headers={"Host": host})
    assert answer.status == 421
    assert "sign-in" not in await answer.text()


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/static/../../../../etc/passwd",
            "/static/..%2f..%2f..%2fetc/passwd",
            "/own/../server.py",
            "/own/%2e%2e/warm.py",
        ),
        *(
            "/files/..%2f..%2fdrafts",
            "/files/%2e%2e",
            "/files/..%5c..",
            "/static/js/..%00",
            "/download/..%2f..",
            "/static",
        ),
    ],
)
async def test_no_path_leads_out(at: Serving, path: str) -> None:
    browser = await at.signed_in()
    (cookie,) = [f"{each.key}={each.value}" for each in browser.cookie_jar if each.key == "markterm"]
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost:{at.port}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    answer = await raw(at, asked.encode())
    assert answer.split(b" ")[1] in (b"400", b"403", b"404"), answer[:200]
    assert b"root:" not in answer
    assert b"import" not in answer


@pytest.mark.parametrize(
    "smuggled",
    [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding : chunked\r\n",
        "X: a\rX-Remote-User: asha\r\n",
        "X-Remote-User: asha\x00\r\n",
        "Content-Length: +5\r\n",
        "Host: evil.example\r\n",
    ],
)
async def test_what_two_servers_would_read_differently_is_not_read(at: Serving, smuggled: str) -> None:
    asked = (
        f"POST /sign-in HTTP/1.1\r\nHost: localhost:{at.port}\r\nOrigin: {at.at}\r\n{smuggled}\r\n"
        f"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost:{at.port}\r\nConnection: close\r\n\r\n"
    )
    answer = await raw(at, asked.encode("latin-1"))
    assert answer.split(b" ")[1] in (b"400", b"403", b"421"), answer[:200]
    assert b'{"status": "ok"}' not in answer


async def test_endless_headers_and_bodies_are_refused(at: Serving) -> None:
    long = f"GET / HTTP/1.1\r\nHost: localhost:{at.port}\r\nX: {'x' * 100_000}\r\n\r\n"
    assert (await raw(at, long.encode())).split(b" ")[1] in (b"400", b"431")
    browser = at.browser()
    token = token_in(await (await browser.get("/sign-in")).text())
    answer = await browser.post("/sign-in", data={"token": token, "member": "asha", "password": "x" * 100_000})
    assert answer.status == 413


async def test_whoever_takes_too_long_to_ask_is_let_go(at: Serving) -> None:
    at.server.doors.within = 0.05
    waiting = [await asyncio.open_connection("127.0.0.1", at.port) for _ in range(100)]
    for _, writer in waiting[:50]:
        writer.write(f"GET / HTTP/1.1\r\nHost: localhost:{at.port}\r\nX-a: ".encode())
    for reader, writer in waiting:
        with suppress(ConnectionResetError):
            assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
        writer.close()
    # A second request on a connection has no more time than the first.
    reader, writer = await asyncio.open_connection("127.0.0.1", at.port)
    writer.write(f"GET /healthz HTTP/1.1\r\nHost: localhost:{at.port}\r\n\r\nGET /hea".encode())
    with suppress(ConnectionResetError):
        assert (await asyncio.wait_for(reader.read(), PATIENCE)).count(b"HTTP/1.1") == 1
    writer.close()
    # Whoever is shown a session is not.
    shown = await at.shown(await at.signed_in())
    await text_of(shown, "asha")
    await asyncio.sleep(at.server.doors.within * 4)
    await shown.send_json(["stdin", "still here"])
    await text_of(shown, "still here")


async def test_one_machine_holds_only_so_many_connections(at: Serving) -> None:
    at.server.doors.most_of_one = 5
    held = [await asyncio.open_connection("127.0.0.1", at.port) for _ in range(5)]
    assert await _raw_or_reset(at) == b""
    for _, writer in held:
        writer.close()
    while await _raw_or_reset(at) == b"":
        await asyncio.sleep(0)


async def _raw_or_reset(at: Serving) -> bytes:
    try:
        asked = f"GET /healthz HTTP/1.1\r\nHost: localhost:{at.port}\r\nConnection: close\r\n\r\n"
        return await raw(at, asked.encode())
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize(
    "sent",
    [
        *("x" * 1_100_000, "{", "[]", "[1]", '["stdin"]', '["stdin", 1]', '["resize", {"width": 1e9, "height": 1}]'),
        *('["resize", {"width": 100000, "height": 1}]', '["resize", {"width": true}]', '["ping", {}]', "[" * 100_000),
        *('["deliver", "x"]', b"binary"),
    ],
    ids=lambda each: str(each[:20]),
)
async def test_what_no_page_sends_ends_the_connection_and_not_the_session(at: Serving, sent: str | bytes) -> None:
    browser = await at.signed_in()
    shown = await at.shown(browser)
    await text_of(shown, "asha")
    await (shown.send_str(sent) if isinstance(sent, str) else shown.send_bytes(sent))
    assert (await asyncio.wait_for(shown.receive(), PATIENCE)).type is aiohttp.WSMsgType.CLOSE
    again = await at.shown(browser)
    await text_of(again, "redraw")
    assert at.echoes.members == ["asha"]


async def test_half_of_a_character_is_passed_on_as_it_came(at: Serving) -> None:
    shown = await at.shown(await at.signed_in())
    await shown.send_str('["stdin", "a\\ud800b"]')
    await text_of(shown, "a\ufffd\ufffd\ufffdb")


async def test_a_flood_waits_and_loses_nothing(at: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("markterm.web.server._SENT_AT_ONCE", 10)
    monkeypatch.setattr("markterm.web.server._SENT_A_SECOND", 20)
    browser = await at.signed_in()
    shown = await at.shown(browser)
    waited, sleep = [], asyncio.sleep

    async def wait(seconds: float) -> None:
        waited.append(seconds)
        await sleep(0)  # What it waits counts, and not how fast this machine is.

    monkeypatch.setattr(asyncio, "sleep", wait)
    for number in range(100):
        await shown.send_str(json.dumps(["stdin", f"<{number}>"]))
    drawn = await text_of(shown, "<99>")
    assert [f"<{number}>" in drawn for number in range(100)] == [True] * 100
    assert sum(waited) > 0.1
    assert (await browser.get("/healthz")).status == 200


async def test_every_answer_says_what_a_browser_may_do_with_it(at: Serving) -> None:
    browser = await at.signed_in()
    expected = headers_for(at.server.served.address)
    for path in ("/", "/sign-in", "/files", "/nowhere", "/static/js/textual.js", "/own/session.js", "/healthz"):
        answer = await browser.get(path, allow_redirects=False)
        assert {name: answer.headers.get(name) for name in expected} == expected, path
    said = {
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=(self), clipboard-write=(self)",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
        "Server": "MarkTerm",
    }
    assert expected.keys() - said == {"Content-Security-Policy"}
    assert {name: expected[name] for name in said} == said
    policy = expected["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    page = await (await browser.get("/")).text()
    assert "<script>" not in page
    assert " onclick" not in page.lower()


async def test_the_cookie_is_for_this_server_alone(tmp_path: Path) -> None:
    async with serving(tmp_path) as at:
        browser = at.browser()
        token = token_in(await (await browser.get("/sign-in")).text())
        answer = await browser.post(
            "/sign-in", data={"token": token, "member": "asha", "password": GOOD}, allow_redirects=False
        )
        (cookie,) = [each for each in answer.headers.getall("Set-Cookie") if each.startswith("markterm=")]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Domain" not in cookie
    async with serving(tmp_path / "proxied", 'address = "https://marking.example"\nproxies = ["127.0.0.1"]\n') as at:
        answer = await at.browser().get(
            "/sign-in", headers={"Host": "marking.example", "Origin": "https://marking.example"}
        )
        (cookie,) = answer.headers.getall("Set-Cookie")
        assert cookie.startswith("__Host-markterm-form=")
        assert "Secure" in cookie
        assert "max-age" in answer.headers["Strict-Transport-Security"]


async def test_a_download_belongs_to_whoever_works_in_its_session(at: Serving) -> None:
    asha, ben = await at.signed_in("asha"), await at.signed_in("ben")
    shown = await at.shown(asha)
    await text_of(shown, "asha")
    (app,) = at.server.served.apps
    await app.on_meta(
        json.dumps({"type": "deliver_file_start", "key": "k1", "path": "/x/p.pdf", "open_method": "browser",
                    "mime_type": "text/html", "encoding": ""}).encode()
    )  # fmt: skip
    assert (await ben.get("/download/k1")).status == 404
    assert (await at.browser().get("/download/k1")).status == 401
    asked = asyncio.create_task(_fetched(asha))
    await at.server.download_manager.chunk_received("k1", b"%PDF")
    await at.server.download_manager.chunk_received("k1", b"")
    data, headers = await asyncio.wait_for(asked, PATIENCE)
    assert data == b"%PDF"
    assert headers["Content-Disposition"].startswith('attachment; filename="p.pdf"')
    assert headers["Content-Type"] == "application/octet-stream"


async def _fetched(browser: aiohttp.ClientSession) -> tuple[bytes, dict[str, str]]:
    answer = await browser.get("/download/k1")
    return await answer.read(), dict(answer.headers)


async def test_a_form_whose_token_is_no_plain_text_is_not_ours(at: Serving) -> None:
    browser = at.browser()
    await browser.get("/sign-in")
    answer = await browser.post("/sign-in", data={"token": "é", "member": "asha", "password": GOOD})
    assert answer.status == 403
    assert "fault" not in at.said.getvalue()


async def test_of_a_request_that_is_none_nothing_is_said(at: Serving, capfd: pytest.CaptureFixture[str]) -> None:
    await raw(at, b"GET /learner/secret\xff HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert at.server.log.counted["not_answered"] == 1
    assert "secret" not in at.said.getvalue() + "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "first", [("token", "x" * 64), ("token", ""), ("file", "the token"), ("token", "another's"), ()]
)
async def test_files_that_no_form_of_theirs_sent_are_not_taken(at: Serving, first: tuple[str, str] | tuple[()]) -> None:
    browser = await at.signed_in()
    sent = aiohttp.FormData()
    if first:
        name, value = first
        tokens = {"the token": browser, "another's": await at.signed_in("ben")}
        sent.add_field(name, await at.token(tokens[value]) if value in tokens else value)
    sent.add_field("file", b"x", filename="a.md")
    assert (await browser.post("/files", data=sent)).status in (400, 403)
    assert list(at.server.served.files_of("asha").glob("*")) == []


async def test_of_a_form_of_theirs_files_alone_are_taken_and_why_one_is_not_is_told(
    at: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = await at.signed_in()

    async def send(*fields: tuple[str, bytes | str, str | None]) -> tuple[int, str]:
        sent = aiohttp.FormData({"token": await at.token(browser)})
        for name, data, called in fields:
            sent.add_field(name, data, filename=called)
        answer = await browser.post("/files", data=sent)
        return answer.status, await answer.text()

    assert (await send(("file", b"a", "a.md"), ("other", b"b", "b.md"), ("file", "c", None)))[0] == 200
    own = at.server.served.files_of("asha")
    assert [each.name for each in own.iterdir()] == ["a.md"]
    monkeypatch.setattr("markterm.web.own_files.MOST_FILES", 2)
    status, told = await send(("file", b"d", "d.md"), ("file", b"e", "e.md"))
    assert (status, "Saved: d.md" in told, "too many files" in told) == (400, True, True)
    dead = own / ".coming-dead"
    dead.write_bytes(b"x")
    os.utime(dead, (0, 0))
    at.server.own_pages.sweep()
    assert sorted(each.name for each in own.iterdir()) == ["a.md", "d.md"]


async def test_whoever_sends_many_forms_of_files_at_once_is_told_to_wait(
    at: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at.server.own_pages.sending, "many", 0)
    browser = await at.signed_in()
    sent = aiohttp.FormData({"token": await at.token(browser)})
    sent.add_field("file", b"x", filename="a.md")
    answer = await browser.post("/files", data=sent)
    assert answer.status == 403
    assert "Your files are still coming" in await answer.text()


async def test_whoever_fetches_many_files_at_once_is_told_to_wait_and_has_room_again_after_each(at: Serving) -> None:
    browser, fetching = await at.signed_in(), at.server.own_pages.fetching
    sent = aiohttp.FormData({"token": await at.token(browser)})
    sent.add_field("file", b"x" * 100, filename="a.md")
    await browser.post("/files", data=sent)
    for _ in range(2 * fetching.many):
        assert await (await browser.get("/files/a.md")).read() == b"x" * 100
    with fetching.one_more("asha"):
        fetching.many = 1
        answer = await browser.get("/files/a.md")
        assert answer.status == 403
        assert "still being fetched" in await answer.text()
