"""A store that speaks S3, asked through the library that does: what it raises is told in words of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line

CONNECT_SECONDS: float = 5
READ_SECONDS: float = 20
_BUSY = frozenset({"SlowDown", "ServiceUnavailable", "503", "RequestLimitExceeded"})
_NO_LONGER = frozenset({"PreconditionFailed", "412", "ConditionalRequestConflict"})


class StoreFault(Exception):
    """The store did not do what it was asked for: in words why, and the store's own `code` where it gave one. `away` is
    that it did not answer at all, not in time, or that it was too busy."""

    def __init__(self, why: str, code: str = "", *, away: bool = False) -> None:
        super().__init__(why)
        self.code = code
        self.away = away


def filesystem(attempts: int) -> Any:
    """What speaks S3, and asks so many times before it gives up. Raises `StoreFault` where it is not installed."""
    try:
        from s3fs import S3FileSystem
    except ImportError:
        raise StoreFault("what speaks with it is not installed here: it comes with markterm[server]") from None
    # Its own copies of listings would hide what came; and each centre has its own, with its own faults.
    filesystem = S3FileSystem(
        use_listings_cache=False,
        skip_instance_cache=True,
        config_kwargs={
            "connect_timeout": CONNECT_SECONDS,
            "read_timeout": READ_SECONDS,
            "retries": {"total_max_attempts": attempts, "mode": "standard"},
        },
    )
    filesystem.retries = 1  # beside those of the library below it
    # Whoever asks is told of it; its own loop would print what failed besides to the terminal.
    filesystem.loop.set_exception_handler(lambda *_: None)
    return filesystem


@contextmanager
def asked(*, missing_is_none: bool = False) -> Iterator[None]:
    """What goes wrong in here is raised as `StoreFault`, in words; FileExistsError is that the store refused for
    what is there, and FileNotFoundError that there is nothing, which with `missing_is_none` is no fault."""
    try:
        yield
    except (StoreFault, Unreadable):
        raise
    except FileNotFoundError as error:
        if _code_of(error) == "NoSuchBucket" or "bucket" in str(error).casefold():
            raise StoreFault("there is no such bucket") from None
        if not missing_is_none:
            raise
    except Exception as error:  # the store's library lets through what three others raise
        if _code_of(error) in _NO_LONGER or isinstance(error, FileExistsError) or type(error).__name__ == "FileExpired":
            raise FileExistsError("something is there") from None
        raise _fault(error) from None


def _code_of(error: BaseException) -> str:
    """The code with which the store refused, where there is one."""
    for each in (error, error.__cause__):
        said = getattr(each, "response", None)
        if isinstance(said, Mapping):
            return str(said.get("Error", {}).get("Code", ""))
    return ""


def _fault(error: Exception) -> StoreFault:
    name, code = type(error).__name__, _code_of(error)
    if code == "RequestTimeTooSkewed":
        return StoreFault("the clock of this machine and that of the store are too far apart", code)
    if isinstance(error, PermissionError) or name in {"NoCredentialsError", "PartialCredentialsError"}:
        return StoreFault("the store does not let you in, or nobody gave it the keys", code)
    if isinstance(error, TimeoutError) or "Timeout" in name:
        return StoreFault("the store takes too long to answer", code, away=True)
    if "Connection" in name or "Endpoint" in name or isinstance(error, ConnectionError):
        return StoreFault("the store does not answer", code, away=True)
    if code in _BUSY:
        return StoreFault(f"the store is too busy to answer ({one_line(code)})", code, away=True)
    return StoreFault(f"the store refused it ({one_line(code)})" if code else "the store failed", code)
