"""Requests as they come from all sorts of machines: old ones, proxies, browsers of two windows, and none of ours."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from markterm.domain.words.errors import WrongUse
from markterm.web.attachment import attached
from markterm.web.certificate import Certificate
from markterm.web.log import Log
from markterm.web.running_apps import How
from tests.web.certified import certified
from tests.web.serving import GOOD, PAGE, TAB, Serving, raw, serving, sign_in, text_of

pytestmark = pytest.mark.usefixtures("quick")


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PROPFIND", "CONNECT"])
async def test_a_method_of_no_page_of_ours_does_nothing(at: Serving, method: str) -> None:
    path = "localhost:1" if method == "CONNECT" else "/sign-in"
    answer = await raw(at, f"{method} {path} HTTP/1.1\r\nHost: localhost:{at.port}\r\nConnection: close\r\n\r\n")
    status, body = answer.split(b" ")[1], answer.partition(b"\r\n\r\n")[2]
    if method == "HEAD":
        assert (status, body) == (b"200", b"")
    else:
        assert status in (b"400", b"403", b"405", b"421"), answer[:100]
        assert b"Access-Control-Allow" not in answer
        assert b"password" not in body


async def test_an_old_client_that_names_no_host_learns_that_it_is_well_and_no_more(at: Serving) -> None:
    assert b'{"status": "ok"}' in await raw(at, "GET /healthz HTTP/1.0\r\n\r\n")
    assert (await raw(at, "GET /sign-in HTTP/1.0\r\n\r\n")).split(b" ")[1] == b"421"
    named = await raw(at, f"GET /sign-in HTTP/1.0\r\nHost: localhost:{at.port}\r\n\r\n")
    assert named.split(b" ")[1] == b"200"


async def test_a_secret_that_somebody_else_put_into_a_browser_signs_nobody_in(at: Serving) -> None:
    victim = at.browser()
    planted = "planted-by-somebody-else"
    victim.cookie_jar.update_cookies({"markterm": planted}, URL(at.at))
    assert (await sign_in(victim, "asha", GOOD)).status == 200
    (own,) = [each.value for each in victim.cookie_jar if each.key == "markterm"]
    assert own != planted
    thief = at.browser()
    thief.cookie_jar.update_cookies({"markterm": planted})
    assert (await thief.get("/session")).status == 401
    # Whoever signs in again has another secret.
    token = await at.token(victim)
    await victim.post("/sign-out", data={"token": token})
    await sign_in(victim, "asha", GOOD)
    assert [each.value for each in victim.cookie_jar if each.key == "markterm"] != [own]


@pytest.mark.parametrize("name", ["X_Remote_User", "x-remote_user", "X-Remote-User ", "X.Remote.User"])
async def test_a_header_that_some_proxies_pass_on_as_another_names_nobody(tmp_path: Path, name: str) -> None:
    async with serving(tmp_path, 'sign_in = "proxy"\nproxies = ["127.0.0.1"]\n') as at:
        request = f"GET /sign-in HTTP/1.1\r\nHost: localhost:{at.port}\r\n{name}: asha\r\nConnection: close\r\n\r\n"
        assert (await raw(at, request)).split(b" ")[1] in (b"400", b"403")


async def test_two_windows_of_one_session_take_it_from_each_other_and_both_are_told(at: Serving) -> None:
    browser = await at.signed_in()
    first = await at.shown(browser)
    await text_of(first, "asha")
    second = await at.shown(browser, page="d" * 24)
    await text_of(second, "redraw")
    assert at.server.served.apps.how(next(iter(at.server.served.apps)).sign_in, TAB, PAGE) is How.ELSEWHERE
    third = await at.shown(browser)
    await text_of(third, "redraw")
    assert at.echoes.members == ["asha"]


@pytest.mark.parametrize(("seconds", "sessions"), [(119, 1), (121, 2)])
async def test_a_session_waits_for_two_minutes(at: Serving, seconds: float, sessions: int) -> None:
    browser = await at.signed_in()
    shown = await at.shown(browser)
    await text_of(shown, "asha")
    await shown.close()
    (app,) = at.server.served.apps
    while app.alone_since is None:
        await asyncio.sleep(0)
    app.alone_since -= seconds
    await at.server.served.apps.look()
    while sessions == 2 and len(at.server.served.apps):
        await asyncio.sleep(0)
    again = await at.shown(browser)
    await text_of(again, "asha" if sessions == 2 else "redraw")
    assert len(at.echoes.members) == sessions


async def test_a_window_that_is_pulled_about_costs_the_session_nothing(at: Serving) -> None:
    shown = await at.shown(await at.signed_in())
    await text_of(shown, "asha")
    for width in range(40, 240):
        await shown.send_json(["resize", {"width": width, "height": 30}])
    await shown.send_json(["stdin", "still here"])
    await text_of(shown, "still here")


async def test_of_a_file_with_two_names_one_is_taken_and_leads_nowhere(at: Serving) -> None:
    browser = await at.signed_in()
    token = await at.token(browser)
    for says in (
        "filename=\"a.csv\"; filename*=UTF-8''..%2F..%2Fcentre.toml",
        'filename="../../centre.toml"; filename="b.csv"',
        "filename*=UTF-8''%2e%2e%5c%2e%2e%5c%d8%a7%e2%80%aetxt.exe",
        'filename="\u0000x/..//c.csv"',
    ):
        body = (
            f'--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n'
            f'--b\r\nContent-Disposition: form-data; name="file"; {says}\r\n\r\nx\r\n--b--\r\n'
        )
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        answer = await browser.post("/files", data=body.encode(), headers=headers)
        assert answer.status in (200, 400), says + at.said.getvalue()
    own = at.server.served.files_of("asha")
    every = [each for each in at.server.served.places.state.rglob("*") if each.is_file()]
    assert [each for each in every if each.read_bytes() == b"x" and each.parent != own] == []
    assert not any(set(each.name) & set("/\\\u202e\x00") for each in own.iterdir())


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--b\r\n\r\nx\r\n--b--\r\n"),
        ("multipart/form-data; boundary=", b"--\r\n\r\nx\r\n----\r\n"),
        ("multipart/form-data; boundary=b", b"no boundary at all"),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="token"\r\n\r\nTOKEN'),
        ("multipart/form-data; boundary=b", b"--b\r\nno header\r\n\r\nx\r\n--b--\r\n"),
        ("multipart/form-data; boundary=b", b"--b\r\n" + b"X: y\r\n" * 10_000 + b"\r\nx\r\n--b--\r\n"),
        ("multipart/form-data; boundary=" + "b" * 200, b"--b\r\n\r\nx\r\n--b--\r\n"),
        ("multipart/mixed; boundary=b", b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n--b--\r\n"),
        ("application/x-www-form-urlencoded", b"token=TOKEN&file=x"),
        ("application/x-www-form-urlencoded; charset=none", b"token=TOKEN"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"\xd8\xd8\xd8"),
        ("text/plain", b"x"),
        ("\u00e9/\u00e9", b"x"),
    ],
)
@pytest.mark.parametrize("path", ["/files", "/sign-in", "/files/remove"])
async def test_a_form_that_is_none_is_refused_and_is_no_fault(at: Serving, path: str, kind: str, body: bytes) -> None:
    browser = await at.signed_in()
    body = body.replace(b"TOKEN", (await at.token(browser)).encode())
    answer = await browser.post(path, data=body, headers={"Content-Type": kind})
    assert 400 <= answer.status < 500, at.said.getvalue()
    assert "fault" not in at.said.getvalue()


@pytest.mark.parametrize("name", ['a"; filename="b.exe', "a\r\nSet-Cookie: x=1", "ä\u202e.pdf", "a\\b%0d%0a;=.pdf"])
def test_no_name_of_a_download_says_more_than_a_name(name: str) -> None:
    said = attached(name)
    assert said.isascii()
    assert said.isprintable()
    plain = said.partition('filename="')[2].partition('"; filename*=')[0]
    assert not set(plain) & set('"\\')


async def test_a_certificate_that_is_renewed_is_taken_and_nobody_is_cut_off(tmp_path: Path) -> None:
    certificate, key = certified(tmp_path)
    async with serving(tmp_path, certificate=certificate, key=key) as at:
        trusted = ssl.create_default_context(cafile=certificate)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusted)) as before:
            address = f"https://localhost:{at.port}/healthz"
            assert (await before.get(address)).status == 200
            certified(tmp_path)
            assert at.server.certificate is not None
            at.server.certificate.look()
            assert (await before.get(address)).status == 200  # On the connection that it has.
        renewed = ssl.create_default_context(cafile=certificate)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=renewed)) as after:
            assert (await after.get(address)).status == 200
            certificate.write_text("half of o")
            at.server.certificate.look()
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=renewed)) as after:
            assert (await after.get(address)).status == 200
        said = at.said.getvalue()
        assert [said.count(each) for each in ("certificate_renewed", "certificate_not_taken")] == [1, 1]


def test_what_is_no_certificate_is_told_in_words(tmp_path: Path) -> None:
    certificate, _ = certified(tmp_path)
    with pytest.raises(WrongUse, match="no certificate with its key"):
        Certificate(certificate, None, Log())
    with pytest.raises(WrongUse, match="No such file"):
        Certificate(tmp_path / "none.pem", None, Log())
