"""Signing in and out: by password, by what a trusted proxy says, or by OpenID Connect."""

from __future__ import annotations

import asyncio
import hmac
import os
import secrets
import time
from hashlib import sha256
from typing import TYPE_CHECKING

from aiohttp import web

from markterm.domain.assessed.serving import Serving, SignInBy
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from markterm.web.forms import fields_of
from markterm.web.frame import account_page, sign_in_page, told
from markterm.web.known_browsers import KEPT_FOR, KnownBrowsers
from markterm.web.lockout import Lockout
from markterm.web.passwords import Passwords
from markterm.web.served import Served
from markterm.web.sign_ins import SignIn

if TYPE_CHECKING:
    from markterm.web.openid import OpenId

_SECRET = "MARKTERM_OPENID_SECRET"
_AT_ONCE = 2
"""Passwords that are checked at once: each takes 64 MB, and a core for a while."""
_FREE_OF_MACHINE = 30
"""Wrong tries of one machine before it has to wait: many may sit behind one."""
_BEGINS, _COMES_BACK = "/sign-in/account", "/sign-in/openid"
_WRONG = "The id or the password is wrong."


class SigningIn:
    """Of one server: its routes, and who is signed in in the browser that asks."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._passwords = Passwords(served.passwords)
        self._known = KnownBrowsers(self._mark)
        self._of_known, self._of_both, self._of_machine = Lockout(), Lockout(), Lockout(_FREE_OF_MACHINE)
        self._checking = asyncio.Semaphore(_AT_ONCE)
        self._openid = _openid(served.serving) if served.serving.sign_in is SignInBy.OPENID else None
        self._key = secrets.token_bytes(32)
        prefix = "__Host-" if served.address.is_secure else ""
        self._cookie, self._before = f"{prefix}markterm", f"{prefix}markterm-form"
        self._browser = f"{prefix}markterm-browser"

    def routes(self) -> list[web.RouteDef]:
        """Where somebody signs in and out."""
        return [
            web.get("/sign-in", self.show),
            web.post("/sign-in", self.take),
            web.get(_BEGINS, self.begin),
            web.get(_COMES_BACK, self.come_back),
            web.post("/sign-out", self.sign_out),
        ]

    def of(self, request: web.Request) -> SignIn | None:
        """Who is signed in: as long as they are a member who may what they might, and what they signed in by stands."""
        found = self._served.sign_ins.of(request.cookies.get(self._cookie, ""))
        if found is None:
            return None
        if self._served.members.may(found.member) != found.may or self._mark(found.member, request) != found.mark:
            self._served.sign_ins.end(found)
            return None
        found.seen = time.monotonic()
        return found

    def holds(self, sign_in: SignIn) -> bool:
        """Whether they are signed in still, as far as it can be told without a request of theirs."""
        is_by_proxy = self._served.serving.sign_in is SignInBy.PROXY
        return (
            self._served.sign_ins.still_holds(sign_in)
            and self._served.members.may(sign_in.member) == sign_in.may
            and (is_by_proxy or self._mark(sign_in.member) == sign_in.mark)
        )

    def required(self, request: web.Request) -> SignIn:
        """The same; raises `HTTPUnauthorized` where nobody is."""
        sign_in = self.of(request)
        if sign_in is None:
            raise web.HTTPUnauthorized
        return sign_in

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The page to sign in on; whom a trusted proxy names is signed in at once."""
        if self.of(request) is not None:
            raise web.HTTPSeeOther("/")
        match self._served.serving.sign_in:
            case SignInBy.PROXY:
                return self._named_by_proxy(request)
            case SignInBy.PASSWORD:
                return self._page()
            case SignInBy.OPENID:
                page = account_page(self._served.members.details.name, _BEGINS)
                return web.Response(text=page, content_type="text/html")

    async def begin(self, _: web.Request) -> web.StreamResponse:
        """Send somebody to where their account is."""
        address, begun = await self._account().begin()
        response = web.HTTPSeeOther(address)
        self._set(response, self._before, begun)
        raise response

    async def come_back(self, request: web.Request) -> web.StreamResponse:
        """Sign in whoever comes back from there."""
        self._served.members.require_readable()
        account, asked = self._account(), request.query
        before = request.cookies.get(self._before, "")
        member = await account.finish(before, asked.get("state", ""), asked.get("code", ""))
        if self._served.members.named(member) is None:
            self._served.log.say_seldom("sign_in_wrong")
            raise Refused(
                "You are not signed in", "Your account names nobody who is a member of this centre.", "Ask your centre."
            )
        return self._signed_in(member, member)

    def _account(self) -> OpenId:
        if self._openid is None:
            raise web.HTTPNotFound
        return self._openid

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Sign somebody in by their password."""
        if self._served.serving.sign_in is not SignInBy.PASSWORD:
            raise web.HTTPNotFound
        self._served.members.require_readable()
        form = await fields_of(request)
        member, password = form.get("member", "").strip().lower(), form.get("password", "")
        before = request.cookies.get(self._before, "")
        token = form.get("token", "").encode("utf-8", "replace")
        if not before or not hmac.compare_digest(self._form_token(before).encode(), token):
            return self._page("The page was open for too long. Try again.", member, status=403)
        machine = self._served.address.asks(request)
        known = self._known.name_in(request.cookies.get(self._browser, ""), member)
        # Where they signed in before they wait for their own wrong tries alone, and elsewhere for those of all who are
        # behind their address.
        counts = (
            [(self._of_known, known)]
            if known
            else [(self._of_both, f"{member[:32]} {machine}"), (self._of_machine, machine)]
        )
        async with self._checking:
            # In its turn: of many who come at once, behind one address, those before it were wrong or were not.
            now = time.monotonic()
            if wait := max(each.wait(of, now) for each, of in counts):
                self._served.log.say_seldom("sign_in_locked")
                return self._page(f"Too many wrong tries. Wait {_in_words(wait)}, and try again.", member, status=429)
            # Counted as wrong before it is checked: of those that are checked at once none is free.
            for each, of in counts:
                each.was_wrong(of, now)
            fits = await self._fits(member, password)
        if not fits or self._served.members.named(member) is None:
            self._served.log.say_seldom("sign_in_wrong")
            return self._page(_WRONG, member, status=401)
        for each, of in counts:
            each.was_right(of)
        kept = self._known.with_one_more(request.cookies.get(self._browser, ""), member)
        return self._signed_in(member, self._passwords.mark_of(member), kept)

    async def _fits(self, member: str, password: str) -> bool:
        try:
            return await asyncio.to_thread(self._passwords.fits, member, password)
        except MarkTermError as error:
            # It names a file of the server, and whoever asks is anybody.
            self._served.log.say_seldom("passwords_not_read", why=error.title)
            raise Refused(
                "Nobody can sign in now", "The server cannot go by its passwords.", "Whoever runs it sees why there."
            ) from error

    async def sign_out(self, request: web.Request) -> web.StreamResponse:
        """End whatever runs for them in this browser, and forget who they are."""
        sign_in = self.required(request)
        sign_in.require_theirs((await fields_of(request)).get("token", ""))
        self._served.sign_ins.end(sign_in)
        self._served.log.say("signed_out", sign_in=sign_in.name)
        await self._served.apps.end_of(sign_in)
        response = web.HTTPSeeOther("/sign-in")
        response.del_cookie(self._cookie, path="/", secure=self._served.address.is_secure)
        response.headers["Clear-Site-Data"] = '"storage"'
        raise response

    def _named_by_proxy(self, request: web.Request) -> web.StreamResponse:
        self._served.members.require_readable()
        member = self._said_by_proxy(request)
        if self._served.members.named(member) is None:
            self._served.log.say_seldom("sign_in_wrong")
            words = "The proxy in front of this server names nobody who is a member of this centre."
            return web.Response(status=403, text=told("You are not signed in", words), content_type="text/html")
        return self._signed_in(member, member)

    def _said_by_proxy(self, request: web.Request) -> str:
        """The id that a trusted proxy says; empty where it says none or several, or nobody trusts whoever asks."""
        said = request.headers.getall(self._served.serving.header, [])
        is_trusted = self._served.address.is_proxy(request.remote or "")
        return said[0].strip().lower() if len(said) == 1 and is_trusted else ""

    def _mark(self, member: str, request: web.Request | None = None) -> str:
        """What that member signs in by now; by a proxy as the `request` says."""
        match self._served.serving.sign_in:
            case SignInBy.PASSWORD:
                try:
                    return self._passwords.mark_of(member)
                except MarkTermError:
                    return ""
            case SignInBy.PROXY:
                return self._said_by_proxy(request) if request is not None else ""
            case SignInBy.OPENID:
                return member

    def _signed_in(self, member: str, mark: str, browser: str = "") -> web.StreamResponse:
        secret, sign_in = self._served.sign_ins.begin(member, mark, self._served.members.may(member) or "")
        self._served.log.say("signed_in", sign_in=sign_in.name)
        response = web.HTTPSeeOther("/")
        self._set(response, self._cookie, secret)
        response.del_cookie(self._before, path="/", secure=self._served.address.is_secure)
        if browser:
            self._set(response, self._browser, browser, KEPT_FOR)
        raise response

    def _page(self, problem: str = "", member: str = "", *, status: int = 200) -> web.StreamResponse:
        before = secrets.token_urlsafe(16)
        centre, token = self._served.members.details.name, self._form_token(before)
        page = sign_in_page(centre, token, problem=problem, member=member[:32])
        response = web.Response(status=status, text=page, content_type="text/html")
        self._set(response, self._before, before)
        return response

    def _set(self, response: web.StreamResponse, name: str, value: str, kept_for: int | None = None) -> None:
        secure = self._served.address.is_secure
        response.set_cookie(name, value, max_age=kept_for, httponly=True, secure=secure, samesite="Lax", path="/")

    def _form_token(self, before: str) -> str:
        return hmac.new(self._key, before.encode("utf-8", "replace"), sha256).hexdigest()


def _openid(serving: Serving) -> OpenId:
    from markterm.web.openid import OpenId  # Few centres sign in so.

    secret = os.environ.get(_SECRET, "")
    if not secret:
        raise WrongUse("No secret for OpenID Connect", f"{_SECRET} is not set.", "Set it where the server is started.")
    return OpenId(serving, secret, _COMES_BACK)


def _in_words(seconds: float) -> str:
    return f"{round(seconds) + 1} seconds" if seconds < 90 else f"{round(seconds / 60) + 1} minutes"
