"""The members in the centre's own record: read for what was, and brought up to date by whoever acts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from threading import RLock
from time import monotonic

from markterm.centre.appending import Appending
from markterm.domain.assessed.member import Member
from markterm.domain.record.bodies.centre import MemberChanged
from markterm.domain.record.event import Event
from markterm.domain.record.member_history import MemberHistory, change_of, history_of
from markterm.domain.rules.act import Act
from markterm.domain.rules.member_changes import changes, check_same_person, check_still_member, say
from markterm.domain.words.errors import MarkTermError, Unreadable
from markterm.system.platform import CENTRE_RECORD

_LOOKED_EVERY = 1.0


class MembersOnRecord:
    """What the centre's own record says of the members of the centre whose `centre.toml` is `file`."""

    def __init__(self, file: Path, appending: Appending) -> None:
        self._file = file
        self._appending = appending
        self._lock = RLock()
        self._read: tuple[tuple[Event, ...], MemberHistory] = ((), MemberHistory())
        self._checked: set[Member] = set()
        self._is_told = False
        self._looked = -_LOOKED_EVERY

    @property
    def history(self) -> MemberHistory:
        """Who the members were; empty as long as nobody acted, or when the centre's record cannot be read.

        It is asked for every name of a sheet, and looked at anew once a second.
        """
        with self._lock:
            if monotonic() - self._looked > _LOOKED_EVERY:
                self._look()
            return self._read[1]

    def _look(self) -> MemberHistory:
        with suppress(MarkTermError):
            events = self._appending.load(CENTRE_RECORD)
            if self._read[0] != events:
                self._read = (events, history_of(events))
        self._looked = monotonic()
        return self._read[1]

    def before(self, act: Act, coming: Event) -> None:
        """Have the record say who the members are, before what is done in `act` is recorded: the event `coming`, which
        may itself say that whoever acts is the same person under another name.

        Looked at once while the centre is open. That the members cannot be recorded stops nobody's marking: it is tried
        again with the next act. Raises `Refused` when the id of whoever acts was somebody else's, and when they are no
        member any more.
        """
        with self._lock:
            if act.member is None or (self._is_told and act.member in self._checked):
                return
            history = self._look()
            said = change_of(coming)
            check_same_person(MemberHistory((*history.changes, said)) if said is not None else history, act.member)
            self._checked.add(act.member)
            members: tuple[Member, ...] | None = None
            with suppress(Unreadable):
                members = self._members()
            if members is None:
                return
            check_still_member(act.member, members)
            with suppress(MarkTermError):
                self._say(act, history, changes(history, members))
                self._is_told = True

    def _say(self, act: Act, known: MemberHistory, to_say: Sequence[MemberChanged]) -> None:
        """Record these changes beside what was `known`, of whoever acts before all others.

        On its first morning a college has two hundred members to say who they are of, and fifty of them begin at the
        same time: each says only what nobody said since, in an order of its own, so that together they say it once.
        """
        assert act.member is not None
        own = [each for each in to_say if each.member == act.member.id]
        others = [each for each in to_say if each.member != act.member.id]
        Random(act.member.id).shuffle(others)
        for change in (*own, *others):
            if self._look().said(change.member) == known.said(change.member):
                self._appending.append(CENTRE_RECORD, say(replace(act, uid=uuid.uuid4().hex), change))
        self._look()

    def _members(self) -> tuple[Member, ...]:
        """The members as `centre.toml` names them now, which may have changed since the centre was opened."""
        from markterm.sheets.centre_file import read_centre

        return read_centre(self._file).members
