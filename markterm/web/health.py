"""How a server is: whether sessions can begin, and whether anybody can sign in. It is looked at again and again, and
what changes is told in its log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from markterm.centre.centre import Centre
from markterm.domain.assessed.serving import SignInBy
from markterm.domain.words.errors import MarkTermError, Refused
from markterm.domain.words.hint import Hint, Way
from markterm.own.places import Places
from markterm.web.log import Log
from markterm.web.members import Members
from markterm.web.passwords import Passwords

_LOOKS_EVERY = 10.0
"""Seconds."""


class Health:
    """Of the server of the centre in `folder`."""

    def __init__(self, folder: Path, places: Places, members: Members, log: Log) -> None:
        self._folder, self._places, self._members, self._log = folder, places, members, log
        self._passwords = Passwords(places.of_centre(folder).passwords)
        self.away: MarkTermError | None = None
        """Why the records cannot be reached; None as long as they can."""
        self.lets_nobody_in: MarkTermError | None = None
        """Why nobody can sign in; None where somebody can."""

    async def look(self) -> None:
        """See how it is now, and tell of what changed."""
        were = self.away is not None, self.lets_nobody_in is not None
        self.away, self.lets_nobody_in = await asyncio.to_thread(lambda: (_raised(self._reach), _raised(self._enter)))
        for was, why, gone, there in (
            (were[0], self.away, "records_away", "records_back"),
            (were[1], self.lets_nobody_in, "nobody_can_sign_in", "somebody_can_sign_in"),
        ):
            if why is not None and not was:
                self._log.say(gone, why=why.title)
            elif why is None and was:
                self._log.say(there)

    @property
    def told(self) -> list[MarkTermError]:
        """What stands in the way of whoever comes."""
        return [each for each in (self.away, self.lets_nobody_in) if each is not None]

    async def watch(self) -> None:
        """Look again and again."""
        while True:
            await asyncio.sleep(_LOOKS_EVERY)
            await self.look()

    def _reach(self) -> None:
        Centre.open(self._folder, places=self._places).custody.reach()

    def _enter(self) -> None:
        details = self._members.details
        if details.server.sign_in is not SignInBy.PASSWORD:
            return
        having = self._passwords.read()
        if not any(each.id in having for each in details.members):
            raise Refused(
                "Nobody can sign in",
                "Members sign in by passwords, and none of them has one on this server.",
                "Set one for each of them: from then on they sign in, and the server goes on.",
                hint=Hint(Way.SET_PASSWORD),
            )


def _raised(do: Callable[[], None]) -> MarkTermError | None:
    try:
        do()
    except MarkTermError as error:
        return error
    return None
