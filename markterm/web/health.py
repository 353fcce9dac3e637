"""How a server is: whether sessions can begin, and whether anybody can sign in. It is looked at again and again, and
what changes is told in its log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from markterm.centre.centre import Centre
from markterm.domain.assessed.serving import SignInBy
from markterm.domain.words.errors import MarkTermError, Refused
from markterm.domain.words.hint import Hint, Way
from markterm.own.places import Places
from markterm.web.certificate import Certificate
from markterm.web.log import Log
from markterm.web.members import Members
from markterm.web.passwords import Passwords


class Health:
    """Of the server of the centre in `folder`."""

    def __init__(
        self, folder: Path, places: Places, members: Members, log: Log, certificate: Certificate | None = None
    ) -> None:
        self._certificate = certificate
        self._folder, self._places, self._members, self._log = folder, places, members, log
        self._passwords = Passwords(places.of_centre(folder).passwords)
        self.unreadable: MarkTermError | None = None
        """Why the centre's own file cannot be read; None where it can be. Nothing else is known anew while it cannot.
        """
        self.away: MarkTermError | None = None
        """Why the records cannot be reached; None as long as they can."""
        self.lets_nobody_in: MarkTermError | None = None
        """Why nobody can sign in; None where somebody can."""
        self.not_trusted: MarkTermError | None = None
        """Why browsers refuse its certificate, or warn of it; None where they have no ground."""

    async def look(self) -> None:
        """See how it is now, and tell of what changed."""
        were = [each is not None for each in self._all]
        self.not_trusted = _raised(self._trust)
        self.unreadable = self._members.problem
        if self.unreadable is None:
            self.away, self.lets_nobody_in = await asyncio.to_thread(
                lambda: (_raised(self._reach), _raised(self._enter))
            )
        for was, why, gone, there in zip(
            were,
            self._all,
            ("centre_file_unreadable", "records_away", "nobody_can_sign_in", "certificate_not_trusted"),
            ("centre_file_readable", "records_back", "somebody_can_sign_in", "certificate_trusted"),
            strict=True,
        ):
            if why is not None and not was:
                line = {} if why.line is None else {"line": why.line}
                self._log.say(gone, why=why.title, **line)
            elif why is None and was:
                self._log.say(there)

    @property
    def told(self) -> list[MarkTermError]:
        """What stands in the way of whoever comes."""
        return [each for each in self._all if each is not None]

    @property
    def _all(self) -> tuple[MarkTermError | None, ...]:
        return self.unreadable, self.away, self.lets_nobody_in, self.not_trusted

    def _trust(self) -> None:
        if self._certificate is not None:
            self._certificate.require_trusted(datetime.now(UTC))

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
