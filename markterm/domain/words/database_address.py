"""The address of a database, as centre.toml and the command line may have it: never with a password."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

_SCHEMES = ("postgresql", "postgres")
_SECRET = frozenset({"password", "sslpassword"})


def wrong_with(address: str) -> tuple[str, str] | None:
    """What is wrong with the address, and what to write instead; None where nothing is. Repeats no part of it: that may
    be the password."""
    try:
        parts = urlsplit(address)
        known = {key for key, _ in parse_qsl(parts.query, keep_blank_values=True)}
        has_password = parts.password is not None or bool(known & _SECRET)
    except ValueError:
        parts = None
    if parts is None or not is_address(address) or not address.isprintable() or not address.isascii():
        return "is no address of a PostgreSQL database", "Write it as postgresql://role@host/database."
    if has_password:
        return (
            "has a password in it, which everybody could read",
            "Take it out. It comes from the environment (PGPASSWORD), from a password file or from a service file.",
        )
    return None


def is_address(place: str) -> bool:
    """Whether that place is meant as the address of a database, right or wrong, and not as a folder."""
    return place.partition("://")[0] in _SCHEMES


def role_in(address: str) -> str:
    """The role that the address names; empty where it names none."""
    parts = urlsplit(address)
    return parts.username or dict(parse_qsl(parts.query)).get("user", "")
