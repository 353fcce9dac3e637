"""`[server]` of `centre.toml`: how the centre is served to browsers."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from markterm.domain.assessed.serving import Serving, SignInBy
from markterm.domain.words.foreign_text import one_line
from markterm.sheets.centre_table import Table, as_list, nearest, quoted

_NAME = "server"
_USUAL = Serving()
_KEYS = (
    *("address", "sign_in", "proxies", "header", "issuer", "client", "claim", "domain"),
    *("sessions", "sessions_of_member", "memory", "idle", "hours", "upload"),
)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_DOMAIN = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")
_MOST = {"sessions": 1_000, "sessions_of_member": 20, "memory": 16_000, "idle": 240, "hours": 24, "upload": 10_000}
_LEAST = {"memory": 300}
_WAYS = tuple(SignInBy)


def read_serving(values: dict[str, object], path: Path, text: str) -> Serving:
    """What that table of the file `path`, whose text is `text`, says. Raises `Unreadable`, with the line."""
    table = Table(values, _KEYS, _NAME, 0, path, text)
    way = table.text("sign_in") or _USUAL.sign_in
    if way not in _WAYS:
        raise table.refusal("sign_in", f"`{one_line(way)}` is no way to sign in", nearest(way, _WAYS, "They are"))
    address, issuer = (_address(table, key) for key in ("address", "issuer"))
    proxies = tuple(table.texts("proxies"))
    for each in proxies:
        try:
            ipaddress.ip_network(each)
        except ValueError:
            raise table.refusal(
                "proxies",
                f"`{one_line(each)}` is no address of a machine",
                'Write proxies = ["127.0.0.1"], for example.',
            ) from None
    header = table.text("header") or _USUAL.header
    if not _HEADER.fullmatch(header):
        raise table.refusal("header", f"`{one_line(header)}` is no name of a header", 'Write header = "X-Remote-User".')
    domain = table.text("domain")
    if domain and not _DOMAIN.fullmatch(domain):
        what = f"`{one_line(domain)}` is no domain of e-mail addresses"
        raise table.refusal("domain", what, 'Write what stands behind the @, as domain = "college.example".')
    if way == SignInBy.PROXY and not proxies:
        raise table.refusal(
            "sign_in", "no proxy is trusted to say who signed in", "Name its address in proxies, and nobody else's."
        )
    if way == SignInBy.OPENID and not (issuer and table.text("client") and address):
        raise table.refusal(
            "sign_in", "OpenID Connect needs issuer, client and address", "Add the three; the secret stands elsewhere."
        )
    numbers = {key: table.count(key, getattr(_USUAL, key), _LEAST.get(key, 1), most) for key, most in _MOST.items()}
    return Serving(
        address=address,
        sign_in=SignInBy(way),
        proxies=proxies,
        header=header,
        issuer=issuer,
        client=table.text("client"),
        claim=table.text("claim") or _USUAL.claim,
        domain=domain,
        **numbers,
    )


def serving_lines(serving: Serving) -> Iterator[str]:
    """The table as it is written."""
    yield f"[{_NAME}]"
    for key in _KEYS:
        value = getattr(serving, key)
        if value == getattr(_USUAL, key):
            continue
        written = as_list(value) if isinstance(value, tuple) else value if isinstance(value, int) else quoted(value)
        yield f"{key} = {written}"


def _address(table: Table, key: str) -> str:
    """The address of a site, without a slash at its end."""
    text = table.text(key).rstrip("/")
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
        is_one = is_one and "@" not in parts.netloc and (parts.port or 1) > 0
        is_one = is_one and (key != "address" or not parts.path)
    except ValueError:
        is_one = False
    if not is_one:
        raise table.refusal(
            key, f"`{one_line(text)}` is no address of a site", f'Write {key} = "https://marking.college.example".'
        )
    return text
