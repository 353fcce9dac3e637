"""The front desk: opens a centre's folder, knows who acts, and gives out what can be done. Front ends speak only to it.

Each capability is a noun (`centre/capabilities.py`, `centre/quality_assurance.py`): `centre.marking.mark(…)`,
`centre.closings.close(…)`. Their verbs return when their event is durable.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.centre.coming_learners import clear_left_behind
from markterm.centre.folder import CentreFolder
from markterm.centre.incoming_work import IncomingWork
from markterm.domain.assessed.member import Role
from markterm.domain.words.errors import Refused, Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.own.places import Places
from markterm.sheets.centre_file import read_centre
from markterm.system.made_once import made_once

if TYPE_CHECKING:
    from markterm.centre.answering import Answering
    from markterm.centre.custody import Custody
    from markterm.centre.news import News
    from markterm.domain.assessed.member import Member
    from markterm.evidence.hashing import Hashing
    from markterm.own.remembered_member import RememberedMember


class Centre(IncomingWork):
    """A centre's folder, opened: who acts in it, and what can be done. Safe to call from several threads."""

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        member: str | None = None,
        places: Places | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        watch: Callable[[], Hashing] | None = None,
    ) -> Centre:
        """The centre in `path`, with `member` acting; `watch` is asked, before anything is hashed, for what is told of
        it. Raises `Unreadable` and `WrongUse`, and `Refused` for another `member` than who is signed in."""
        folder = CentreFolder(path)
        if not folder.file.exists():
            raise Unreadable(
                "No centre in this folder",
                f"{path} holds no {folder.file.name}.",
                "Go to a centre's folder, name it, or make one.",
                hint=Hint(Way.NAME_CENTRE),
            )
        details = read_centre(folder.file)
        own = (places or Places.of_user()).of_centre(path)
        if details.evidence:
            from markterm.evidence.object_store import ObjectStore  # Few centres have one.

            folder = CentreFolder(path, ObjectStore(details.evidence, own.handed_in))
        centre = cls(folder, details, own, clock, watch)
        for each in (own.signed_in or None, member):
            if each is not None:
                centre.act_as(each)
        return centre

    def act_as(self, member_id: str) -> Member:
        """Let that member act from now on. Raises `WrongUse` when the centre has no such member, and `Refused` when
        somebody else is signed in."""
        self.check_may_be_another(member_id)
        member = self.details.named(member_id)
        self.member = member
        clear_left_behind(self.folder.learners)
        return member

    def for_visit(self, member_id: str) -> Centre:
        """The same centre as that external quality assurer reads it on their visit, for what is made ready for them:
        whoever acts here acts there, and it is no look of theirs. It is closed down with this one. Raises `WrongUse`
        for a member who is not there or is no external quality assurer, and `Refused` for whoever does not see all that
        is made ready."""
        self.seeing.require_everybody("What a visit is about is made ready")
        member = self.details.named(member_id)
        if Role.EXTERNAL not in member.roles:
            raise WrongUse(
                "No external quality assurer",
                f"{one_line(member.name)} ({one_line(member.id)}) does not come for a visit.",
                "Name a member who is external quality assurer.",
            )
        if member_id not in self._for_visits:
            centre = type(self)(self.folder, self.details, self._own, self._clock, self._watch)
            centre.member, centre.reads_for = self.member, member
            self._for_visits[member_id] = centre
        return self._for_visits[member_id]

    def check_may_be_another(self, member_id: str = "") -> None:
        """Raises `Refused` where a server signed somebody in: who signed in is who acts."""
        signed_in = self._own.signed_in
        if signed_in and signed_in != member_id:
            raise Refused(
                "You are signed in",
                f"You signed in as {signed_in}, and whatever is recorded here is recorded as yours.",
                "Sign out first; whoever else works here signs in themselves.",
            )

    def act_as_remembered(self) -> str:
        """Let the member act from now on who was remembered on this machine; returns the id of one who was remembered
        and is no member any more, whom it forgets, else an empty text."""
        member_id = self._remembered.get()
        if not member_id:
            return ""
        if self.details.member(member_id) is None:
            self._remembered.keep("")
            return member_id
        self.act_as(member_id)
        return ""

    def remember_member(self) -> None:
        """Have whoever acts now act the next time as well, on this machine and in this centre."""
        if self.member is not None:
            self._remembered.keep(self.member.id)

    def close_down(self) -> None:
        """Let go of the records, so that a later session goes on in the same segments, and keep the index."""
        for each in self._for_visits.values():
            each.close_down()
        made = self.__dict__
        if "presence" in made:
            self.presence.leave()
        for name in ("_store", "_survey", "alike"):
            if name in made:
                made[name].close()
        for name in ("caseload", "remarks", "assessed", "tracked", "reports", "work"):
            if name in made:
                made[name].save()

    @made_once
    def _for_visits(self) -> dict[str, Centre]:
        return {}

    @made_once
    def news(self) -> News:
        """What others recorded just now."""
        from markterm.centre.news import News

        return News(self._store)

    @made_once
    def answering(self) -> Answering:
        """Whether what keeps the records answers."""
        from markterm.centre.answering import Answering

        return Answering()

    @made_once
    def custody(self) -> Custody:
        """What keeps the records, for whoever administers it."""
        from markterm.centre.custody import Custody

        return Custody(self.folder, self.details, self._own, self.seeing)

    @made_once
    def _remembered(self) -> RememberedMember:
        from markterm.own.remembered_member import RememberedMember  # For the screens alone.

        return RememberedMember(self._own.member)
