"""What every request passes: that it means this server, that a form of it is one of ours, and what a browser is told
about the page that it gets.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from markterm.domain.words.errors import MarkTermError, NotSaved, Refused, WrongUse
from markterm.web.address import Address
from markterm.web.doorkeeper import Doors
from markterm.web.frame import told
from markterm.web.log import Log

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Guard = Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]

_SAFE = ("GET", "HEAD")
_CODES: tuple[tuple[type[MarkTermError], int], ...] = ((Refused, 403), (WrongUse, 400), (NotSaved, 507))


def refused(status: int, title: str, words: str) -> web.Response:
    """An answer that says why not."""
    return web.Response(status=status, text=told(title, words), content_type="text/html")


def add_headers(app: web.Application, address: Address) -> None:
    """Have every answer say what a browser may do with it, where it does not say less itself."""
    headers = headers_for(address)

    async def add(_: web.Request, response: web.StreamResponse) -> None:
        for name, value in headers.items():
            if name == "Server" or name not in response.headers:
                response.headers[name] = value

    app.on_response_prepare.append(add)


def headers_for(address: Address) -> dict[str, str]:
    """What a browser may do with a page of ours."""
    websockets = " ".join(each.replace("http", "ws", 1) for each in sorted(address.origins))
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        f"font-src 'self' data:; connect-src 'self' {websockets}; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'"
    )
    headers = {
        # The terminal writes the style of its rows itself: that alone is why styles may stand in the page.
        "Content-Security-Policy": policy,
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=(self), clipboard-write=(self)",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        # Of the same origin it is told, or a browser would say of its own forms that they come from nowhere.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
        "Server": "MarkTerm",
    }
    if address.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


def guards(address: Address, doors: Doors, log: Log) -> list[Guard]:
    """What a request passes, the outermost first."""

    @web.middleware
    async def counted(request: web.Request, handler: Handler) -> web.StreamResponse:
        keeper = doors.of(request.transport)
        if keeper is not None:
            keeper.request_began()
        log.counted["requests"] += 1
        try:
            return await handler(request)
        finally:
            if keeper is not None:
                keeper.request_ended()

    @web.middleware
    async def in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except MarkTermError as error:
            code = next((code for kind, code in _CODES if isinstance(error, kind)), 500)
            return refused(code, error.title, f"{error.what} {error.next_step}")
        except web.HTTPException as error:
            if error.status < 400:
                raise
            return refused(error.status, error.reason, "The server does not answer that.")
        except TimeoutError:
            return refused(408, "That took too long", "Try again.")
        except (ConnectionError, web.GracefulExit):
            raise
        except Exception as error:
            # What it says may be anything: the kind of it alone is told.
            log.say_seldom("fault", kind=type(error).__name__)
            return refused(500, "A fault of MarkTerm's own", "What was recorded is safe. Try again.")

    @web.middleware
    async def ours(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path != "/healthz" and request.host.lower() not in address.hosts:
            log.counted["other_host"] += 1
            return refused(421, "Not this server", "It was asked for by a name that is not its own.")
        origin = request.headers.get("Origin")
        is_form = request.method not in _SAFE
        if (is_form and origin is None) or (origin is not None and not address.is_own(origin)):
            log.counted["other_origin"] += 1
            return refused(403, "Not from a page of this server", "Open MarkTerm itself, and try again there.")
        return await handler(request)

    return [counted, in_words, ours]
