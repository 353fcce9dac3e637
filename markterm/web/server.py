"""The screens of a centre in browsers, by textual-serve, with all that stands before and around them."""

from __future__ import annotations

import asyncio
import json
import signal
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from aiohttp import WSMsgType, web
from textual_serve.server import Server

from markterm.centre.folder import CentreFolder
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.own.places import Places
from markterm.system.limits import allow_open_files, leave_no_core
from markterm.system.platform import make_folders
from markterm.web.address import Address
from markterm.web.attachment import attached
from markterm.web.background import Background
from markterm.web.certificate import Certificate
from markterm.web.doorkeeper import Doorkeeper, Doors
from markterm.web.downloads import Downloads, cut_off
from markterm.web.frame import OWN, screen_page
from markterm.web.guards import add_headers, guards, refused
from markterm.web.health import Health
from markterm.web.listening import cannot_listen
from markterm.web.log import Log
from markterm.web.members import Members
from markterm.web.metrics import figures
from markterm.web.own_files import COMES_WITHIN
from markterm.web.own_pages import OwnPages
from markterm.web.pages.learner import LearnerPages
from markterm.web.running_app import RunningApp
from markterm.web.running_apps import How, RunningApps
from markterm.web.served import Served
from markterm.web.sign_ins import SignIn, SignIns
from markterm.web.signing_in import SigningIn
from markterm.web.warmed import Warmed

_STATIC = Path(__file__).with_name("static")
_LARGEST_FORM = 16_384
_LARGEST_MESSAGE = 1 << 20
"""Bytes that a browser may send at once: what somebody pastes."""
_SENT_AT_ONCE, _SENT_A_SECOND = 2_000, 400
"""Messages of a browser; what comes faster waits."""
_OTHER_FILES = 100
_HEARTBEAT = 15.0
_LOOKS_AFTER_SESSIONS, _LOOKS_AT_HEALTH, _LOOKS_AT_CERTIFICATE = 5.0, 10.0, 60.0
"""Seconds from one look to the next."""
_WIDEST, _HIGHEST = 500, 300
_SAID = {
    How.ELSEWHERE: ("This session goes on in another window.", "Bring it here"),
    How.LEFT: ("You left MarkTerm. All that you recorded is saved.", "Open MarkTerm again"),
    How.IDLE: ("The session ended, for no key was pressed in it for long. Nothing is lost.", "Open MarkTerm again"),
    How.FULL: ("There is no room for one more session on this server. Leave one of yours, or try again later.",
               "Try again"),
    How.FAILED: ("MarkTerm could not go on: the centre's file may have a mistake, or its folder or database be away. "
                 "What was said to be saved is. Whoever runs the server sees why when they open the centre there.",
                 "Try again"),
    How.AWAY: ("The records of the centre cannot be reached just now. Nothing is lost: what was said to be saved is. "
               "Whoever runs the server sees why.", "Try again"),
    How.NOT_CONNECTED: ("The screens cannot be shown: something between this browser and the server passes no "
                        "websockets on. Whoever runs the server has the proxy in front of it pass them on.",
                        "Try again"),
    How.ENDED: ("The session has ended. What you recorded is saved, and what you were writing is kept.",
                "Open MarkTerm again"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """Where a server listens, with which certificate, and on which port of this machine it tells figures."""

    host: str = "127.0.0.1"
    port: int = 8000
    certificate: Path | None = None
    key: Path | None = None
    metrics: int | None = None


class WebServer(Server):
    """The server of the centre in `folder`. Raises `Unreadable` and `WrongUse` where it cannot be served so."""

    def __init__(self, folder: Path, where: Where, places: Places, log: Log | None = None) -> None:
        members, folder = Members(CentreFolder(folder).file), folder.resolve()
        details = members.details
        serving = details.server
        address = Address.of(serving, where.host, where.port, with_certificate=where.certificate is not None)
        if not (_is_this_machine(where.host) or address.is_secure):
            raise WrongUse(
                "Passwords would cross the network readable",
                f"Others reach {where.host}, and nothing says that they do so by TLS.",
                "Name a certificate and its key; or say in centre.toml the https address of the proxy in front.",
            )
        if not (_is_this_machine(where.host) or serving.address):
            raise WrongUse(
                "Nobody else would reach it",
                f"Others are to reach {where.host}, and requests by a name that is not its own are refused: nothing "
                "says by which name browsers reach it.",
                'Write it into centre.toml, in [server]: address = "https://marking.college.example", for example.',
            )
        super().__init__("", host=where.host, port=where.port, title=details.name)
        self.where, self.log = where, log or Log()
        self.download_manager = Downloads()
        self.doors = Doors(address.is_proxy, serving.sessions)
        self.warmed = Warmed(folder, ["open"])
        sign_ins = SignIns(time.monotonic, serving.hours * 3600, (serving.idle + 5) * 60)
        apps = RunningApps(serving, self.warmed, sign_ins, self.download_manager, self.log)
        self.served = Served(folder, places, members, serving, address, sign_ins, apps, self.log)
        self.signing_in = SigningIn(self.served)
        apps.holds, apps.tells = self.signing_in.holds, lambda: members.told
        self.own_pages = OwnPages(self.served, self.signing_in)
        self.learner_pages = LearnerPages(folder, places)
        self.certificate = _certificate(where, address, self.log)
        self.health = Health(folder, places, members, self.log, self.certificate)
        self.background = Background(self.log)

    async def _make_app(self) -> web.Application:
        address = self.served.address
        app = web.Application(middlewares=guards(address, self.doors, self.log), client_max_size=_LARGEST_FORM)
        app.add_routes(
            [
                web.get("/", self.handle_index),
                web.get("/ws/{tab}/{page}", self.handle_websocket),
                web.get("/session", self.handle_session),
                # Asked about and not for, it would be read to its end for nobody.
                web.get("/download/{key}", self.handle_download, allow_head=False),
                web.get("/healthz", self.handle_health),
                web.static("/static", self.statics_path),
                web.static(OWN, _STATIC),
                *self.signing_in.routes(),
                *self.own_pages.routes(),
                *self.learner_pages.routes(),
            ]
        )
        add_headers(app, address)
        app.on_startup.append(self.on_startup)
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002 - as it is called
        """Have it loaded what sessions are made of, and look after them."""
        await asyncio.to_thread(self.learner_pages.begin)
        make_folders(self.served.places.of_members)
        # What members have here, learners' work among it, is nobody else's.
        self.served.places.of_members.chmod(0o700)
        await asyncio.to_thread(self.warmed.load)
        await self.health.look()
        self.background.keep("sessions_looked_after", self.served.apps.look, _LOOKS_AFTER_SESSIONS)
        self.background.keep("health_looked_at", self.health.look, _LOOKS_AT_HEALTH)
        if self.certificate is not None:
            look = partial(asyncio.to_thread, self.certificate.look)
            self.background.keep("certificate_looked_at", look, _LOOKS_AT_CERTIFICATE)
        self.background.keep("files_swept", partial(asyncio.to_thread, self.own_pages.sweep), COMES_WITHIN)

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002 - as it is called
        """End every session as a key does."""
        await self.background.end()
        await self.served.apps.close()
        await asyncio.to_thread(self.warmed.close)

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """The page that the screens are drawn in."""
        sign_in = self.signing_in.of(request)
        if sign_in is None:
            raise web.HTTPSeeOther("/sign-in")
        member = self.served.members.named(sign_in.member)
        scheme = "wss" if self.served.address.is_secure else "ws"
        size = _number(request, "fontsize", 16, 8, 40)
        page = screen_page(
            self.title,
            member.name if member is not None else sign_in.member,
            sign_in.token,
            f"{scheme}://{request.host}/ws",
            size,
        )
        return web.Response(text=page, content_type="text/html")

    async def handle_session(self, request: web.Request) -> web.StreamResponse:
        """How the session of a tab stands, for a page that lost it."""
        sign_in = self.signing_in.required(request)
        how = self.served.apps.how(sign_in, request.query.get("tab", ""), request.query.get("page", ""))
        if how is How.FAILED and self.health.away is not None:
            how = How.AWAY
        words, button = _SAID.get(how, ("", ""))
        if how is How.FAILED and (told := self.served.members.told):
            words = told
        return web.json_response({"how": how, "words": words, "button": button})

    async def handle_health(self, _: web.Request) -> web.StreamResponse:
        """That it answers, whether it can begin sessions, and what stands in the way of whoever comes."""
        failing = [
            *["sessions"] * (self.warmed.number is None),
            *["centre_file"] * (self.health.unreadable is not None),
            *["records"] * (self.health.away is not None),
            *self.background.failing,
        ]
        told: dict[str, object] = {"status": "failing", "failing": failing} if failing else {"status": "ok"}
        if self.health.lets_nobody_in is not None:
            told["nobody_can_sign_in"] = True
        if self.health.not_trusted is not None:
            told["certificate_not_trusted"] = True
        return web.json_response(told, status=503 if failing else 200)

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """A file that a session delivers, to whoever works in it alone."""
        sign_in = self.signing_in.required(request)
        try:
            download = await self.download_manager.get_download_metadata(request.match_info["key"])
        except KeyError:
            raise web.HTTPNotFound from None
        if download.app_service.sign_in.member != sign_in.member:
            raise web.HTTPNotFound
        response = web.StreamResponse()
        response.content_type = "application/octet-stream"
        response.headers["Content-Disposition"] = attached(download.file_name)
        with self.own_pages.fetching.one_more(sign_in.member):
            await self._deliver(request, response, sign_in)
        return response

    async def _deliver(self, request: web.Request, response: web.StreamResponse, sign_in: SignIn) -> None:
        await response.prepare(request)
        try:
            async for chunk in self.download_manager.download(request.match_info["key"]):
                await response.write(chunk)
        except BaseException:
            # Whatever it is: a part of it is there, and nothing else may be said behind that.
            self.log.say_seldom("download_cut_off", sign_in=sign_in.name)
            if request.transport is not None:
                cut_off(request.transport)
            raise
        await response.write_eof()

    async def handle_websocket(self, request: web.Request) -> web.StreamResponse:
        """The connection by which a session is shown, and keys come."""
        sign_in = self.signing_in.required(request)
        # A page of ours says where it comes from; what does not say it is no browser.
        if request.headers.get("Origin") is None:
            return refused(403, "Not from a page of this server", "Open MarkTerm in a browser.")
        tab, page = request.match_info["tab"], request.match_info["page"]
        if not (_is_random(tab) and _is_random(page)):
            raise web.HTTPBadRequest
        width = _number(request, "width", 80, 1, _WIDEST)
        height = _number(request, "height", 24, 1, _HIGHEST)
        browser = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=_LARGEST_MESSAGE, compress=False)
        if not browser.can_prepare(request):
            self.served.apps.not_connected(sign_in, tab)
            return refused(400, "Not a websocket", "Something on the way here passes no websockets on.")
        await browser.prepare(request)
        try:
            app, begun = await self.served.apps.shown_in(sign_in, tab, width, height)
            app.sign_in, app.tab = sign_in, tab
            await app.attach(browser, page, None if begun else (width, height))
        except MarkTermError as error:
            self.log.say_seldom("session_refused", why=type(error).__name__)
            await browser.close()
            return browser
        try:
            await self._process_messages(browser, app)
        finally:
            app.detach(browser)
        return browser

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: RunningApp) -> None:
        left, since = float(_SENT_AT_ONCE), time.monotonic()
        async for message in websocket:
            now = time.monotonic()
            left, since = min(left + (now - since) * _SENT_A_SECOND, _SENT_AT_ONCE) - 1, now
            if left < 0:
                await asyncio.sleep(-left / _SENT_A_SECOND)
            if message.type != WSMsgType.TEXT or not self.served.sign_ins.still_holds(app_service.sign_in):
                break
            if not await self._obey(message.data, websocket, app_service):
                self.log.say_seldom("not_understood", sign_in=app_service.sign_in.name)
                break
        await websocket.close()

    async def _obey(self, data: str, browser: web.WebSocketResponse, app: RunningApp) -> bool:
        """Do what a browser asks for; False for what none of ours does."""
        try:
            match json.loads(data):
                case ["stdin", str(text)]:
                    app.last_key = app.sign_in.seen = time.monotonic()
                    # Half of a character is sent as it came: the screen says that it could not be read.
                    await app.send_bytes(text.encode("utf-8", "surrogatepass"))
                case ["resize", {"width": int(width), "height": int(height)}]:
                    if not (0 < width <= _WIDEST and 0 < height <= _HIGHEST):
                        return False
                    await app.set_terminal_size(width, height)
                case ["ping", (str() | int() | float()) as sent]:
                    await browser.send_json(["pong", sent])
                case ["focus", *_]:
                    await app.focus()
                case ["blur", *_]:
                    await app.blur()
                case _:
                    return False
        except (ValueError, RecursionError):
            return False
        except ConnectionError:
            pass  # The one at either end is gone, which is told where it is waited for.
        return True

    async def run(self, began: Callable[[], object] = lambda: None) -> None:
        """Serve until this is cancelled, or a signal ends it; `began` is called once it is reached. Raises `WrongUse`
        where it cannot listen."""
        leave_no_core()
        # A connection each, and for each session the pipe to it.
        allow_open_files(self.doors.most + self.served.serving.sessions + _OTHER_FILES)
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError, RuntimeError, ValueError):  # Not the main thread, or not this system.
            for each in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(each, stopped.set)
        runner = web.AppRunner(await self._make_app(), access_log=None, keepalive_timeout=30)
        with self.log.of_libraries():
            await runner.setup()
            await self._serve(runner, stopped, began)

    async def _serve(self, runner: web.AppRunner, stopped: asyncio.Event, began: Callable[[], object]) -> None:
        try:
            with closing(await self._listen(runner)) as listening:
                port = listening.sockets[0].getsockname()[1]
                self.log.say("serving", port=port, pid_of_sessions=self.warmed.number or 0)
                began()
                await stopped.wait()
        finally:
            await runner.cleanup()
            self.log.say("stopped")

    async def _listen(self, runner: web.AppRunner) -> asyncio.Server:
        loop, inner = asyncio.get_running_loop(), runner.server
        context = self.certificate.context if self.certificate is not None else None
        if self.where.metrics is not None:
            await self._tell_figures(self.where.metrics)
        try:
            return await loop.create_server(
                lambda: Doorkeeper(self.doors, inner()), self.where.host, self.where.port, ssl=context
            )
        except OSError as error:
            raise cannot_listen(self.where.host, self.where.port, error) from error

    async def _tell_figures(self, port: int) -> None:
        app = web.Application()

        async def told(_: web.Request) -> web.Response:
            text = figures(self.log, self.served.apps, len(self.served.sign_ins))
            return web.Response(text=text, content_type="text/plain")

        app.add_routes([web.get("/metrics", told)])
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
        except OSError as error:
            raise cannot_listen("127.0.0.1", port, error) from error


def _number(request: web.Request, name: str, usual: int, least: int, most: int) -> int:
    text = request.query.get(name, "")
    return min(max(int(text), least), most) if text.isascii() and text.isdigit() and len(text) < 6 else usual


def _certificate(where: Where, address: Address, log: Log) -> Certificate | None:
    if where.certificate is None:
        if where.key is not None:
            raise WrongUse(
                "A key without its certificate",
                f"{where.key} is the key of a certificate, and none is named: nothing would be served by TLS.",
                "Name the certificate too; where both are in one file, that one alone.",
            )
        return None
    # By which name a proxy reaches it is between the two.
    names = [] if address.proxies else sorted(address.host_names)
    return Certificate(where.certificate, where.key, log, names)


def _is_random(text: str) -> bool:
    return 16 <= len(text) <= 64 and text.isascii() and text.isalnum()


def _is_this_machine(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")
