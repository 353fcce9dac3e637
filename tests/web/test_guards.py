"""What goes wrong while a request is answered, as whoever asked is told of it."""

from __future__ import annotations

import io

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from markterm.domain.assessed.serving import Serving
from markterm.domain.words.errors import NotSaved, Refused, Unreadable, WrongUse
from markterm.web.address import Address
from markterm.web.doorkeeper import Doors
from markterm.web.guards import add_headers, guards, headers_for
from markterm.web.log import Log

_WORDS = ("A title", "What happened.", "What to do next.")


async def _answer(raised: BaseException, said: io.StringIO) -> web.StreamResponse:
    address = Address.of(Serving(), "localhost", 8000, with_certificate=False)
    _, in_words, _ = guards(address, Doors(address.is_proxy, 3), Log(said))

    async def fails(_: web.Request) -> web.StreamResponse:
        raise raised

    return await in_words(make_mocked_request("GET", "/"), fails)


@pytest.mark.parametrize(
    ("kind", "status"), [(Refused, 403), (WrongUse, 400), (NotSaved, 507), (Unreadable, 500)], ids=str
)
async def test_an_error_of_ours_is_told_with_what_to_do_next(kind: type[Refused], status: int) -> None:
    answer = await _answer(kind(*_WORDS), io.StringIO())
    assert isinstance(answer, web.Response)
    assert answer.status == status
    assert all(each in (answer.text or "") for each in _WORDS)


@pytest.mark.parametrize(
    ("raised", "status", "told"),
    [
        (TimeoutError(), 408, "That took too long"),
        (web.HTTPNotFound(), 404, "Not Found"),
        (web.HTTPBadRequest(), 400, "Bad Request"),
        (RuntimeError("a note of Rosalind Jones"), 500, "What was recorded is safe"),
    ],
)
async def test_what_else_goes_wrong_is_told_in_words_and_its_own_go_nowhere(
    raised: Exception, status: int, told: str
) -> None:
    said = io.StringIO()
    answer = await _answer(raised, said)
    assert isinstance(answer, web.Response)
    assert (answer.status, told in (answer.text or "")) == (status, True)
    assert "Rosalind" not in (answer.text or "") + said.getvalue()
    assert ('"kind": "RuntimeError"' in said.getvalue()) == (status == 500)


@pytest.mark.parametrize("raised", [ConnectionResetError(), web.HTTPSeeOther("/sign-in")], ids=str)
async def test_who_is_gone_or_goes_elsewhere_is_told_nothing(raised: Exception) -> None:
    with pytest.raises(type(raised)):
        await _answer(raised, io.StringIO())


@pytest.mark.parametrize("rule", ["form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"])
def test_what_no_other_rule_stands_in_for_is_among_those_of_a_page(rule: str) -> None:
    address = Address.of(Serving(), "localhost", 8000, with_certificate=False)
    rules = headers_for(address)["Content-Security-Policy"].split("; ")
    assert rule in rules
    (connects,) = [each for each in rules if each.startswith("connect-src")]
    hosts = {each.removeprefix("ws://") for each in connects.split()[2:]}
    assert (connects.split()[1], hosts) == ("'self'", set(address.hosts))


async def test_a_page_that_says_less_of_itself_keeps_to_that_and_none_says_what_serves_it() -> None:
    app = web.Application()
    add_headers(app, Address.of(Serving(), "localhost", 8000, with_certificate=False))
    (add,) = app.on_response_prepare
    response = web.Response(headers={"Referrer-Policy": "no-referrer", "Server": "Python/3 aiohttp/3"})
    await add(make_mocked_request("GET", "/"), response)
    told = [response.headers[each] for each in ("Referrer-Policy", "Server", "Cache-Control")]
    assert told == ["no-referrer", "MarkTerm", "no-store"]


@pytest.mark.parametrize(("host", "status"), [("LocalHost:8000", 200), ("evil.example", 421)])
async def test_a_name_of_this_server_is_its_name_however_it_is_written(host: str, status: int) -> None:
    address = Address.of(Serving(), "localhost", 8000, with_certificate=False)
    _, _, ours = guards(address, Doors(address.is_proxy, 3), Log(io.StringIO()))

    async def answers(_: web.Request) -> web.StreamResponse:
        return web.Response()

    assert (await ours(make_mocked_request("GET", "/", headers={"Host": host}), answers)).status == status
