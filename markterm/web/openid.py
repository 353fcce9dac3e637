"""Sign-in by OpenID Connect: whoever runs the college's accounts says who somebody is. Authorization code with PKCE."""

from __future__ import annotations

import hmac
import secrets
import time
import warnings
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from markterm.domain.assessed.serving import Serving
from markterm.domain.words.errors import Refused

with warnings.catch_warnings(record=True):  # What it warns developers of stood among the lines of the server's log.
    from authlib.integrations.httpx_client import AsyncOAuth2Client

_ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Of signatures by a key that only the issuer has: none of them is made with the client's secret, or is nothing."""
_IN_TIME = 10.0
_KNOWN_FOR = 3_600.0
_WAITS = 600.0
_CLOCKS_APART = 60


class OpenId:
    """Of the issuer that `serving` names, with the client's `secret`; it sends browsers back to `path`."""

    def __init__(self, serving: Serving, secret: str, path: str) -> None:
        self._serving = serving
        self._secret = secret
        self._back = f"{serving.address}{path}"
        self._key = secrets.token_bytes(32)
        self._known: tuple[float, Mapping[str, Any], KeySet] | None = None

    async def begin(self) -> tuple[str, str]:
        """Where a browser signs in, and what it keeps until it comes back: the server keeps nothing of it, so that many
        who begin push nobody out. Raises `Refused` where no issuer is there."""
        try:
            said, _ = await self._issuer()
            state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
            async with self._client() as client:
                address, _ = client.create_authorization_url(
                    said["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
                )
        except (httpx.HTTPError, AuthlibBaseError, JoseError, ValueError, KeyError, TypeError) as error:
            raise _failed(error) from error
        begun = f"{state}.{nonce}.{verifier}.{time.monotonic():.0f}"
        return str(address), f"{begun}.{self._signed(begun)}"

    async def finish(self, kept: str, state: str, code: str) -> str:
        """The id of whoever came back to the browser that kept that. Raises `Refused` for what was not begun there, and
        for an answer that is not the issuer's, or names nobody."""
        nonce, verifier = self._begun(kept, state)
        try:
            said, keys = await self._issuer()
            async with self._client() as client:
                answer = await client.fetch_token(
                    said["token_endpoint"], code=code, grant_type="authorization_code", code_verifier=verifier
                )
            claims = jwt.decode(answer["id_token"], keys, algorithms=_ALGORITHMS).claims
            jwt.JWTClaimsRegistry(
                leeway=_CLOCKS_APART,
                iss={"essential": True, "value": self._serving.issuer},
                aud={"essential": True, "value": self._serving.client},
                nonce={"essential": True, "value": nonce},
                exp={"essential": True},
                sub={"essential": True},
            ).validate(claims)
        except (httpx.HTTPError, AuthlibBaseError, JoseError, ValueError, KeyError, TypeError) as error:
            raise _failed(error) from error
        return self._member(claims)

    def _begun(self, kept: str, state: str) -> tuple[str, str]:
        begun, _, signature = kept.rpartition(".")
        if kept.isascii() and hmac.compare_digest(self._signed(begun), signature):
            its_state, nonce, verifier, at = begun.split(".")
            if state == its_state and time.monotonic() - float(at) <= _WAITS:
                return nonce, verifier
        raise Refused("This was not begun here", "The page was open for too long, or is another's.", "Try again.")

    def _signed(self, begun: str) -> str:
        return hmac.new(self._key, begun.encode(), sha256).hexdigest()

    def _member(self, claims: Mapping[str, Any]) -> str:
        """The id that these claims name; of an e-mail address only one of the college's own names anybody."""
        said = claims.get(self._serving.claim)
        name = said.strip().lower() if isinstance(said, str) else ""
        if "@" not in name:
            return name
        part, _, domain = name.rpartition("@")
        is_theirs = self._serving.claim != "email" or claims.get("email_verified") is True
        return part if is_theirs and self._serving.domain and domain == self._serving.domain.lower() else ""

    async def _issuer(self) -> tuple[Mapping[str, Any], KeySet]:
        """What the issuer says of itself, and its keys."""
        now = time.monotonic()
        if self._known is None or now - self._known[0] > _KNOWN_FOR:
            issuer = self._serving.issuer
            async with httpx.AsyncClient(timeout=_IN_TIME) as client:
                said = (await client.get(f"{issuer}/.well-known/openid-configuration")).raise_for_status().json()
                if said["issuer"].rstrip("/") != issuer:
                    raise ValueError("another issuer")
                keys = (await client.get(said["jwks_uri"])).raise_for_status().json()
            self._known = now, said, KeySet.import_key_set(keys)
        return self._known[1], self._known[2]

    def _client(self) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self._serving.client,
            self._secret,
            scope="openid profile email",
            redirect_uri=self._back,
            code_challenge_method="S256",
            timeout=_IN_TIME,
        )


def _failed(error: Exception) -> Refused:
    return Refused(
        "You are not signed in",
        f"The site that knows your account did not answer as it should ({type(error).__name__}).",
        "Try again in a while, or ask whoever runs this server.",
    )
