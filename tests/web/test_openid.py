"""Sign-in by OpenID Connect, with an issuer of the test's own on this machine."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from markterm.domain.assessed.serving import Serving as Serving_
from markterm.domain.words.errors import Refused, WrongUse
from markterm.web.openid import OpenId
from tests.web.serving import Serving, free_port, quick_passwords, serving


class Issuer:
    """Says of whoever asks that they are who the test says."""

    def __init__(self, port: int) -> None:
        self.at = f"http://127.0.0.1:{port}"
        self.key = RSAKey.generate_key(2048, {"kid": "k"}, private=True)
        self.signs_with: Any = self.key
        self.header: dict[str, str] = {"alg": "RS256", "kid": "k"}
        self.claims: dict[str, Any] = {"preferred_username": "asha"}
        self.without = ""
        """The claim that it does not make."""
        self.called = self.at
        """The issuer that it says it is."""
        self.nonce = ""

    @asynccontextmanager
    async def runs(self, port: int) -> AsyncIterator[None]:
        app = web.Application()
        app.add_routes([
            web.get("/.well-known/openid-configuration", self._says),
            web.get("/keys", self._keys),
            web.post("/token", self._token),
        ])  # fmt: skip
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield
        finally:
            await runner.cleanup()

    async def _says(self, _: web.Request) -> web.Response:
        return web.json_response({
            "issuer": self.called, "authorization_endpoint": f"{self.at}/authorize",
            "token_endpoint": f"{self.at}/token", "jwks_uri": f"{self.at}/keys",
        })  # fmt: skip

    async def _keys(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [self.key.as_dict(private=False)]})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        assert form["code"] == "the-code"
        assert len(str(form["code_verifier"])) >= 43
        claims = {
            "iss": self.at, "aud": "markterm", "sub": "1", "exp": int(time.time()) + 60, "nonce": self.nonce,
            **self.claims,
        }  # fmt: skip
        claims.pop(self.without, None)
        token = jwt.encode(self.header, claims, self.signs_with, algorithms=["RS256", "HS256"])
        return web.json_response({"access_token": "a", "token_type": "Bearer", "id_token": token})


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    port = free_port()
    made = Issuer(port)
    async with made.runs(port):
        yield made


@asynccontextmanager
async def _served(tmp_path: Path, issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Serving]:
    quick_passwords(monkeypatch)
    monkeypatch.setenv("MARKTERM_OPENID_SECRET", "a secret of the client")
    table = (
        f'sign_in = "openid"\nissuer = "{issuer.at}"\nclient = "markterm"\ndomain = "college.example"\n'
        'address = "http://localhost:PORT"\n'
    )
    async with serving(tmp_path, table) as made:
        yield made


async def _signs_in(at: Serving, issuer: Issuer, *, browser: Any = None, state: str = "") -> tuple[Any, Any]:
    begins = browser or at.browser()
    assert "Sign in with your account" in await (await begins.get("/sign-in")).text()
    sent = await begins.get("/sign-in/account", allow_redirects=False)
    asked = parse_qs(urlsplit(sent.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{at.at}/sign-in/openid"]
    issuer.nonce = issuer.nonce or asked["nonce"][0]
    answer = await begins.get(f"/sign-in/openid?code=the-code&state={state or asked['state'][0]}")
    return begins, answer


@pytest.mark.parametrize(
    "claims", [{}, {"preferred_username": "Asha@College.example"}], ids=["an id", "an address of the college"]
)
async def test_whom_the_issuer_names_is_signed_in(
    tmp_path: Path, issuer: Issuer, monkeypatch: pytest.MonkeyPatch, claims: dict[str, str]
) -> None:
    issuer.claims |= claims
    async with _served(tmp_path, issuer, monkeypatch) as at:
        browser, answer = await _signs_in(at, issuer)
        assert "Asha Patel" in await answer.text()
        assert (await browser.get("/session")).status == 200
        assert (await at.browser().post("/sign-in", data={"member": "asha", "password": "x"})).status == 404


@pytest.mark.parametrize(
    "claims",
    [
        *(
            {"preferred_username": "nobody"},
            {"preferred_username": "asha@elsewhere.example"},
            {"preferred_username": 1},
        ),
        *({"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1}, {"nonce": "another"}, {"sub": None}),
    ],
    ids=str,
)
async def test_nobody_else_is(
    tmp_path: Path, issuer: Issuer, monkeypatch: pytest.MonkeyPatch, claims: dict[str, Any]
) -> None:
    issuer.claims |= claims
    async with _served(tmp_path, issuer, monkeypatch) as at:
        browser, answer = await _signs_in(at, issuer)
        assert answer.status == 403
        assert (await browser.get("/session")).status == 401


@pytest.mark.parametrize("without", ["iss", "aud", "nonce", "exp", "sub", "preferred_username"])
async def test_a_token_that_leaves_out_whose_and_for_whom_it_is_signs_nobody_in(
    tmp_path: Path, issuer: Issuer, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    issuer.without = without
    async with _served(tmp_path, issuer, monkeypatch) as at:
        browser, answer = await _signs_in(at, issuer)
        assert answer.status == 403
        assert (await browser.get("/session")).status == 401


async def test_what_says_that_it_is_another_issuer_signs_nobody_in(
    tmp_path: Path, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer.called = "https://evil.example"
    async with _served(tmp_path, issuer, monkeypatch) as at:
        assert (await _begun(at.browser())).status == 403


@pytest.mark.parametrize(("seconds", "is_asked_again"), [(3_000, False), (3_700, True)])
async def test_what_an_issuer_says_of_itself_and_its_keys_is_believed_for_an_hour(
    issuer: Issuer, monkeypatch: pytest.MonkeyPatch, seconds: float, *, is_asked_again: bool
) -> None:
    openid = OpenId(Serving_(issuer=issuer.at, client="markterm"), "a secret", "/back")
    await openid.begin()
    issuer.called, before = "https://evil.example", time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: before() + seconds)
    if is_asked_again:
        with pytest.raises(Refused, match="not signed in"):
            await openid.begin()
    else:
        await openid.begin()


@pytest.mark.parametrize(
    ("domain", "claims", "member"),
    [
        ("college.example", {"email": "Asha@college.example", "email_verified": True}, "asha"),
        ("college.example", {"email": "asha@college.example"}, ""),
        ("college.example", {"email": "asha@college.example", "email_verified": False}, ""),
        ("college.example", {"email": "asha@college.example", "email_verified": "true"}, ""),
        ("college.example", {"email": "asha@elsewhere.example", "email_verified": True}, ""),
        ("college.example", {"email": "a@b@college.example", "email_verified": True}, "a@b"),
        ("", {"email": "asha@", "email_verified": True}, ""),
        ("", {"email": "asha@college.example", "email_verified": True}, ""),
    ],
)
def test_an_address_names_somebody_where_it_is_the_colleges_own_and_verified(
    domain: str, claims: dict[str, Any], member: str
) -> None:
    openid = OpenId(Serving_(claim="email", domain=domain), "a secret", "/back")
    assert openid._member(claims) == member


@pytest.mark.parametrize(("seconds", "is_known"), [(599, True), (602, False)])
def test_what_was_begun_holds_for_ten_minutes(
    monkeypatch: pytest.MonkeyPatch, seconds: float, *, is_known: bool
) -> None:
    openid = OpenId(Serving_(), "a secret", "/back")
    begun = f"state.nonce.verifier.{time.monotonic():.0f}"
    kept, before = f"{begun}.{openid._signed(begun)}", time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: before() + seconds)
    if is_known:
        assert openid._begun(kept, "state") == ("nonce", "verifier")
    else:
        with pytest.raises(Refused, match="not begun here"):
            openid._begun(kept, "state")


def test_what_was_altered_by_who_keeps_it_was_begun_by_nobody() -> None:
    openid = OpenId(Serving_(), "a secret", "/back")
    begun = f"state.nonce.verifier.{time.monotonic():.0f}"
    kept = f"{begun}.{openid._signed(begun)}"
    assert openid._begun(kept, "state") == ("nonce", "verifier")
    for altered in (
        kept.replace("state", "x"),
        kept.replace("nonce", "x"),
        kept[:-1],
        f"{kept}0",
        begun,
        "",
        "....",
        "é",
    ):
        with pytest.raises(Refused, match="not begun here"):
            openid._begun(altered, "x" if altered.startswith("x") else "state")


async def test_while_the_centres_file_cannot_be_read_an_account_signs_nobody_in(
    tmp_path: Path, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _served(tmp_path, issuer, monkeypatch) as at:
        (at.server.served.folder / "centre.toml").write_text("[centre", "utf-8")
        browser, answer = await _signs_in(at, issuer)
        assert "Nobody can sign in just now" in await answer.text()
        assert (await browser.get("/session")).status == 401


async def test_a_token_that_the_issuer_did_not_sign_signs_nobody_in(
    tmp_path: Path, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _served(tmp_path, issuer, monkeypatch) as at:
        issuer.signs_with = RSAKey.generate_key(2048, {"kid": "k"}, private=True)
        assert (await _signs_in(at, issuer))[1].status == 403
        # By what the client knows too: whoever has that secret is not the issuer.
        issuer.signs_with = OctKey.import_key("a secret of the client")
        issuer.header, issuer.nonce = {"alg": "HS256", "kid": "k"}, ""
        assert (await _signs_in(at, issuer))[1].status == 403


async def test_what_was_begun_in_another_browser_or_never_signs_nobody_in(
    tmp_path: Path, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _served(tmp_path, issuer, monkeypatch) as at:
        assert (await _signs_in(at, issuer, state="never-begun"))[1].status == 403
        sent = await at.browser().get("/sign-in/account", allow_redirects=False)
        state = parse_qs(urlsplit(sent.headers["Location"]).query)["state"][0]
        assert (await _signs_in(at, issuer, state=state))[1].status == 403


async def test_without_an_issuer_it_is_said_so_and_without_a_secret_nothing_is_served(
    tmp_path: Path, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _served(tmp_path, issuer, monkeypatch) as at:
        monkeypatch.setattr(issuer, "at", "http://127.0.0.1:1")
        answer = await at.browser().get("/sign-in/account", allow_redirects=False)
        assert answer.status == 403
        assert "did not answer as it should" in await answer.text()
    monkeypatch.setenv("MARKTERM_OPENID_SECRET", "")
    with pytest.raises(WrongUse, match="MARKTERM_OPENID_SECRET is not set"):
        async with serving(
            tmp_path / "other",
            'sign_in = "openid"\nissuer = "http://127.0.0.1:1"\nclient = "markterm"\naddress = "http://localhost:PORT"\n',
        ):
            pass


async def test_many_who_begin_push_nobody_out_and_what_a_browser_kept_is_its_own_alone(
    tmp_path: Path, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _served(tmp_path, issuer, monkeypatch) as at:
        first, flood = at.browser(), at.browser()
        asked = parse_qs(urlsplit((await _begun(first)).headers["Location"]).query)
        before = {kept.key: kept.value for kept in first.cookie_jar}
        for _ in range(30):
            await _begun(flood)
        # Altered by who keeps it, it is nobody's.
        kept = before["markterm-form"]
        first.cookie_jar.update_cookies({"markterm-form": f"{kept}0"})
        assert (await first.get(f"/sign-in/openid?code=the-code&state={asked['state'][0]}")).status == 403
        first.cookie_jar.update_cookies({"markterm-form": kept})
        issuer.nonce = asked["nonce"][0]
        answer = await first.get(f"/sign-in/openid?code=the-code&state={asked['state'][0]}")
        assert "Asha Patel" in await answer.text()


async def _begun(browser: Any) -> Any:
    return await browser.get("/sign-in/account", allow_redirects=False)


def test_what_a_library_warns_its_developers_of_is_not_among_the_lines_of_the_log() -> None:
    loads = [sys.executable, "-W", "always", "-c", "import markterm.web.openid"]
    assert "authlib" not in subprocess.run(loads, capture_output=True, text=True, check=True).stderr
