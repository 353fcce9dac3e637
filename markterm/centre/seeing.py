"""Who may see which learner, at the front desk: whatever lists learners, or is asked for one, asks here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from markterm.centre.folder import CentreFolder
from markterm.domain.assessed.member import Member, Role
from markterm.domain.words.errors import Refused
from markterm.domain.words.local_time import local

if TYPE_CHECKING:
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.centre.sheets import CentreSheets
    from markterm.domain.assessed.learner import Learner
    from markterm.domain.assessed.remit import HasUnit, Remit
    from markterm.domain.record.centre_details import CentreDetails
    from markterm.domain.record.event import Event
    from markterm.domain.views.caseload import CaseloadRow
    from markterm.domain.words.learner_names import LearnerNames


class Seeing:
    """What whoever acts now may see of the centre: `known` gives the row of a learner's folder as it was last known,
    `read` as it is now, and `earlier` by registrations that were corrected those of now; `names` are those
    of everybody. `reader` is the external
    quality assurer for whose visit something is made ready: what is seen is what they read then. On a centre that
    limits nobody it costs one comparison."""

    def __init__(
        self,
        centre: CentreFolder,
        details: CentreDetails,
        acting: Callable[[], Member | None],
        clock: Callable[[], datetime],
        known: Callable[[str], CaseloadRow | None],
        read: Callable[[str], CaseloadRow],
        earlier: Callable[[], Mapping[str, str]],
        sheets: Callable[[], CentreSheets],
        names: Callable[[], LearnerNames],
        reader: Member | None = None,
    ) -> None:
        self._centre = centre
        self._details = details
        self._acting = acting
        self._now = clock
        self._known = known
        self._read = read
        self._earlier = earlier
        self._sheets = sheets
        self._names = names
        self._reader = reader
        self._themselves = ""
        self._remit: tuple[Member, int, Remit] | None = None
        self._narrowed: dict[str, tuple[CaseloadRow, Remit, CaseloadRow]] = {}

    @property
    def everybody(self) -> bool:
        """Whether nobody is hidden from whoever acts."""
        return self._details.visibility.hides_nobody_from(self._looking())

    def show_themselves(self, registration: str) -> None:
        """Have that learner see themselves from now on, on their own page: nobody of the centre is looking then."""
        self._themselves = registration

    @property
    def is_external(self) -> bool:
        """Whether an external quality assurer looks."""
        member = self._acting()
        return member is not None and Role.EXTERNAL in member.roles

    @property
    def visitor(self) -> Member | None:
        """The external quality assurer who looks, or for whose visit something is made ready; None for nobody."""
        member = self._looking()
        return member if member is not None and Role.EXTERNAL in member.roles else None

    @property
    def in_words(self) -> str:
        """What whoever acts is shown, in a sentence; empty where it is everybody."""
        if self.everybody:
            return ""
        from markterm.domain.rules.seeing import limits_in_words

        return limits_in_words(self._looking(), self._details.visibility, self._today())

    @property
    def remit(self) -> Remit | None:
        """The qualifications that an external quality assurer reads, who reads nothing of others; None for anybody
        else."""
        member = self.visitor
        if member is None:
            return None
        from markterm.domain.assessed.remit import Remit

        sheets, known = self._sheets(), self._remit
        if known is None or known[:2] != (member, sheets.edition):
            remit = Remit.of(member, sheets.qualifications.by_code, sheets.assignments.by_code.values())
            known = self._remit = member, sheets.edition, remit
        return known[2]

    def rows(self, rows: tuple[CaseloadRow, ...]) -> tuple[CaseloadRow, ...]:
        """Those of these that whoever acts may see, with what of each they read."""
        if self.everybody:
            return rows
        from markterm.domain.rules import seeing  # Most see everybody, and wait for nothing.

        member, visibility, today = self._looking(), self._details.visibility, self._today()
        seen = (row for row in rows if seeing.sees(member, visibility, row, row.is_given_to, today))
        remit = self.remit
        return tuple(seen) if remit is None else tuple(self._within(row, remit) for row in seen)

    def within(self, row: CaseloadRow) -> CaseloadRow:
        """The row of somebody whom whoever acts may see, with what of them they read."""
        if self.everybody or (remit := self.remit) is None:
            return row
        return self._within(row, remit)

    def _within(self, row: CaseloadRow, remit: Remit) -> CaseloadRow:
        # A row that did not change is the same one: whoever watches it asks no more than that.
        kept = self._narrowed.get(row.folder)
        if kept is None or kept[0] is not row or kept[1] != remit:
            from markterm.domain.views.within_remit import row_within

            kept = self._narrowed[row.folder] = row, remit, row_within(row, remit)
        return kept[2]

    def shown(self, shown: LearnerPortfolio) -> LearnerPortfolio:
        """The portfolio of a learner with what of it is read."""
        if self.everybody or (remit := self.remit) is None:
            return shown
        has_unit = remit.units_of(shown.learner.qualifications)
        if has_unit is None:
            return shown
        from markterm.domain.views.within_remit import portfolio_within

        return replace(
            shown,
            learner=remit.learner(shown.learner),
            units=tuple(each for each in shown.units if has_unit(each.code)),
            portfolio=portfolio_within(shown.portfolio, remit, has_unit),
            missing=tuple(each for each in shown.missing if has_unit(each.split(" ")[0]) or each in remit.assignments),
            assignments=tuple(each for each in shown.assignments if all(map(has_unit, each.units))),
        )

    def entries(self, registration: str, events: tuple[Event, ...]) -> tuple[Event, ...]:
        """What of the entries of the record of that registration is read."""
        has_unit = self.units_of(registration)
        if has_unit is None or (remit := self.remit) is None:
            return events
        from markterm.domain.views.within_remit import entries_within

        return tuple(entries_within(events, remit, has_unit))

    def units_of(self, registration: str) -> HasUnit | None:
        """Which units are read of whoever has that registration; None for each."""
        if self.everybody or (remit := self.remit) is None:
            return None
        return self._units_of(registration, remit, self._earlier)

    def _units_of(self, registration: str, remit: Remit, earlier: Callable[[], Mapping[str, str]]) -> HasUnit | None:
        folder = self._folder_of(registration, earlier)
        row = (self._known(folder) or self._read(folder)) if folder else None
        return remit.units_of(row.qualifications) if row is not None else remit.units.__contains__

    def row(self, row: CaseloadRow) -> bool:
        """Whether whoever acts may see the learner of that row."""
        return self.everybody or self._sees(row, row)

    def learner(self, learner: Learner, folder: str) -> bool:
        """The same of a learner as their file in that folder is now. What the record gave out may be newer than what is
        known: it is looked at before somebody is hidden."""
        return self.everybody or self._sees(learner, self._known(folder)) or self._sees(learner, self._read(folder))

    def folder(self, folder: str) -> bool:
        """The same of whoever has that folder."""
        if self.everybody:
            return True
        known = self._known(folder)
        return (known is not None and self.row(known)) or self.row(self._read(folder))

    def registration(self, registration: str) -> bool:
        """The same of whoever has that registration, or had it before it was corrected; nobody whose folder is not
        there is seen by whoever sees some."""
        return self.everybody or self._is_seen(registration, self._earlier)

    def _is_seen(self, registration: str, earlier: Callable[[], Mapping[str, str]]) -> bool:
        folder = self._folder_of(registration, earlier)
        return bool(folder) and self.folder(folder)

    def _folder_of(self, registration: str, earlier: Callable[[], Mapping[str, str]]) -> str:
        """The folder of whoever has or had that registration; empty where there is none."""
        if not registration:
            return ""
        folder = self._centre.learner(registration)
        if not folder.is_dir():
            folder = self._centre.learner(earlier().get(registration, registration))
        return folder.name if folder.is_dir() else ""

    def told(self, events: Sequence[Event]) -> list[Event]:
        """These events of the centre's own record, without those whom whoever acts may not see; none of them for an
        external quality assurer on a day that is none of the visit's."""
        if self.everybody:
            return list(events)
        from markterm.domain.rules import seeing
        from markterm.domain.views.told_to import told_to  # Most see everybody.

        if (visitor := self.visitor) is not None and not seeing.is_visiting(visitor, self._today()):
            return []

        known = self._earlier()

        def hides(registration: str) -> bool:
            return not self._is_seen(registration, lambda: known)

        remit = self.remit
        if remit is not None:
            from markterm.domain.views.within_remit import of_centre_within

            def reads_all_of(registration: str) -> bool:
                return self._units_of(registration, remit, lambda: known) is None

            events = tuple(of_centre_within(events, remit, reads_all_of))

        def is_there(registration: str) -> bool:
            return bool(self._folder_of(registration, lambda: known))

        return list(told_to(events, hides, is_there, self._names().mentions))

    def words(self, text: str) -> str:
        """What somebody wrote in the centre's own record, without those whom whoever acts may not see."""
        if not text or self.everybody:
            return text
        from markterm.domain.views.told_to import words_told_to

        known = self._earlier()
        return words_told_to(
            text,
            lambda registration: not self._is_seen(registration, lambda: known),
            lambda registration: bool(self._folder_of(registration, lambda: known)),
            self._names().mentions,
        )

    def require_registration(self, registration: str) -> None:
        """Raises `WrongUse` for somebody whom whoever acts may not see, as for somebody who is not there."""
        if not self.registration(registration):
            from markterm.domain.views.who_is_meant import nobody

            raise nobody(registration)

    def require_each(self, registrations: Sequence[str]) -> None:
        """The same for several."""
        if not self.everybody:
            for each in registrations:
                self.require_registration(each)

    def require_looking(self) -> None:
        """Raises `Refused` when nobody was named where that decides what is shown, and for an external quality assurer
        on a day that is none of the visit's."""
        if self.everybody:
            return
        from markterm.domain.rules import seeing

        member = self._looking()
        seeing.require_somebody(member, self._details.visibility)
        if member is not None:
            seeing.require_visiting(member, self._today())

    def require_staff(self) -> None:
        """Raises `Refused` for an external quality assurer, before something is written."""
        from markterm.domain.rules.seeing import require_staff

        require_staff(self._acting())

    def require_everybody(self, what: str) -> None:
        """Raises `Refused` when somebody is hidden from whoever acts: `what` is done with everybody in sight, such as
        "The plan is kept"."""
        self.require_staff()
        if not self.everybody:
            raise Refused(
                "Not with some of the learners",
                f"{what} by somebody who sees every learner of the centre, and you see those that are yours.",
                "Ask the coordinator or the Lead IV.",
            )

    def _sees(self, learner: Learner | CaseloadRow, row: CaseloadRow | None) -> bool:
        if learner.registration == self._themselves:
            return True
        from markterm.domain.rules import seeing

        given = row.is_given_to if row is not None else frozenset[str]().__contains__
        return seeing.sees(self._looking(), self._details.visibility, learner, given, self._today())

    def _looking(self) -> Member | None:
        """For whom it is shown."""
        return self._reader or self._acting()

    def _today(self) -> date:
        if self._reader is not None and self._reader.visit is not None:
            return self._reader.visit[0]
        return local(self._now()).date()
