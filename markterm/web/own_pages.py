"""The page of a member's own files on the server: to send some, and to fetch what was exported for them."""

from __future__ import annotations

import asyncio

from aiohttp import web

from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.web.at_once import AtOnce
from markterm.web.attachment import attached
from markterm.web.forms import fields_of, parts_of, pieces_of
from markterm.web.frame import files_page
from markterm.web.own_files import OwnFiles
from markterm.web.served import Served
from markterm.web.sign_ins import SignIn
from markterm.web.signing_in import SigningIn

_UPLOAD = 1_800.0
"""Seconds for files to come whole."""
_AT_ONCE = 4
"""Forms with files that one member sends at the same time, and files that they fetch."""
_LONGEST_TOKEN = 200


class OwnPages:
    """Of one server."""

    def __init__(self, served: Served, signing_in: SigningIn) -> None:
        self._served, self._signing_in = served, signing_in
        self.sending = AtOnce(
            _AT_ONCE, "Your files are still coming", "You send several at once already.", "Wait, and send it then."
        )
        self.fetching = AtOnce(
            _AT_ONCE,
            "Your files are still being fetched",
            "You fetch several at once already.",
            "Wait, and fetch it then.",
        )

    def routes(self) -> list[web.RouteDef]:
        """Where the files are."""
        return [
            web.get("/files", self.show),
            web.post("/files", self.take),
            web.post("/files/remove", self.remove),
            web.get("/files/{name}", self.fetch),
        ]

    def sweep(self) -> None:
        """Have nothing left of what was coming when a server was killed."""
        for folder in self._served.every_folder_of_files():
            OwnFiles(folder, 0).sweep()

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Every file, and a form to send some."""
        sign_in = self._signing_in.of(request)
        if sign_in is None:
            raise web.HTTPSeeOther("/sign-in")
        return await self._page(sign_in)

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Take in what was sent; said when the disk has it."""
        sign_in = self._signing_in.required(request)
        with self.sending.one_more(sign_in.member):
            return await self._take(request, sign_in)

    async def _take(self, request: web.Request, sign_in: SignIn) -> web.StreamResponse:
        files, taken = self._files(sign_in), []
        async with asyncio.timeout(_UPLOAD):
            parts = parts_of(request)
            token = await anext(parts, None)
            if token is None or token.name != "token":
                raise web.HTTPBadRequest
            sign_in.require_theirs((await token.read_chunk(_LONGEST_TOKEN)).decode("utf-8", "replace"))
            async for part in parts:
                if part.name != "file" or not part.filename:
                    continue
                try:
                    taken.append(await files.take(part.filename, pieces_of(part)))
                except MarkTermError as error:
                    self._served.log.say_seldom("upload_refused", sign_in=sign_in.name)
                    return await self._page(sign_in, taken, problem=f"{error.title}: {error.what} {error.next_step}")
        self._served.log.say("uploaded", sign_in=sign_in.name, files=len(taken))
        return await self._page(sign_in, taken)

    async def remove(self, request: web.Request) -> web.StreamResponse:
        """Remove one."""
        sign_in = self._signing_in.required(request)
        form = await fields_of(request)
        sign_in.require_theirs(form.get("token", ""))
        await asyncio.to_thread(self._files(sign_in).remove, form.get("name", ""))
        raise web.HTTPSeeOther("/files")

    async def fetch(self, request: web.Request) -> web.StreamResponse:
        """One of them, to be saved."""
        name = request.match_info["name"]
        sign_in = self._signing_in.required(request)
        file = await asyncio.to_thread(self._files(sign_in).named, name)
        headers = {"Content-Disposition": attached(name), "Content-Type": "application/octet-stream"}
        response = web.FileResponse(file, headers=headers)
        with self.fetching.one_more(sign_in.member):
            await response.prepare(request)  # All of it is sent by that.
        return response

    async def _page(self, sign_in: SignIn, taken: list[str] | None = None, *, problem: str = "") -> web.Response:
        files = await asyncio.to_thread(self._files(sign_in).list)
        said = f"Saved: {one_line(', '.join(taken))}." if taken else ""
        listed = [(each.name, each.size, f"{each.came:%Y-%m-%d %H:%M} UTC") for each in files]
        page = files_page(sign_in.token, listed, said=said, problem=problem)
        return web.Response(status=400 if problem else 200, text=page, content_type="text/html")

    def _files(self, sign_in: SignIn) -> OwnFiles:
        return OwnFiles(self._served.files_of(sign_in.member), self._served.serving.largest_file)
