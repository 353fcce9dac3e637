"""What a centre shows of its internal verification, as tables: plan, log, actions, cases and all around them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from markterm.centre.assessed import AssessedLearners
from markterm.centre.briefs import Briefs
from markterm.centre.caseload import Caseload
from markterm.centre.centre_actions import CentreActions
from markterm.centre.export.standing import AsItStands
from markterm.centre.export.table_facts import tables_of
from markterm.centre.folder import CentreFolder
from markterm.centre.interests import ConflictsOfInterest
from markterm.centre.observations import Observations
from markterm.centre.plan import Period, SamplingPlan
from markterm.centre.staff import Staff
from markterm.centre.standardisation import Standardisations
from markterm.centre.visits import Visits
from markterm.domain.assessed.competence import Competence
from markterm.domain.assessed.member import Member
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.sampling.assessed_learner import Assessed
from markterm.domain.views.caseload import NOBODYS, hidden_in_words
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.local_time import local
from markterm.exports.anchor import furthest
from markterm.exports.export import Export, LeftOut
from markterm.exports.table import assuring, signing, verifying, visiting
from markterm.exports.table.model import Table
from markterm.exports.table.table_form import TableForm, table_export
from markterm.records.kept_heads import Heads
from markterm.system.platform import CENTRE_RECORD

if TYPE_CHECKING:
    from markterm.domain.record.signing_keys import SigningKey


class Shown(StrEnum):
    """What can be shown of internal verification."""

    PLAN = "plan"
    LOG = "log"
    ACTIONS = "actions"
    CASES = "cases"
    OBSERVATIONS = "observations"
    STANDARDISATION = "standardisation"
    BRIEFS = "briefs"
    MEMBERS = "members"
    INTERESTS = "interests"
    VISITS = "visits"
    KEYS = "keys"


OF_LEARNERS = frozenset((Shown.PLAN, Shown.LOG, Shown.ACTIONS, Shown.CASES))
"""What everybody's records are read for."""


@dataclass
class Read:
    """What was read of everybody's records, and the heads that it is below."""

    log: list[verifying.Logged] = field(default_factory=list)
    actions: list[verifying.ActionTold] = field(default_factory=list)
    cases: list[verifying.CaseTold] = field(default_factory=list)
    assessed: Assessed = field(default_factory=Assessed)
    heads: dict[str, Heads] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)


@dataclass(frozen=True)
class VerificationExports:
    """Internal verification, as it leaves the centre."""

    folder: CentreFolder
    details: CentreDetails
    caseload: Caseload
    standing: AsItStands
    assessed: AssessedLearners
    plan: SamplingPlan
    centre_actions: CentreActions
    observations: Observations
    standardisation: Standardisations
    briefs: Briefs
    staff: Staff
    interests: ConflictsOfInterest
    visits: Visits
    keys: Callable[[], Sequence[SigningKey]]
    clock: Callable[[], datetime]

    def reading(self, read: Read) -> Iterator[None]:
        """Read the record of everybody in the caseload, as it was looked at last, into `read`; yields after each."""
        for row, _ in zip(self.caseload.rows, self.assessed.reading(read.assessed), strict=True):
            if row.problem.startswith(NOBODYS):
                read.left_out.append(LeftOut(row.registration, row.problem))
            elif row.latest is not None or row.problem:
                try:
                    shown, heads = self.standing.of(row.registration, in_passing=True)
                except MarkTermError as error:
                    read.left_out.append(LeftOut(row.registration, error.title))
                else:
                    who, portfolio = (row.registration, row.name), shown.portfolio
                    read.heads[row.registration] = heads
                    read.log += verifying.logged(*who, portfolio, self.details.name_of)
                    read.cases += (verifying.CaseTold(*who, case) for case in portfolio.cases)
                    for key, record in portfolio.units.items():
                        told = (verifying.ActionTold(*who, key.code, each) for each in record.after.actions)
                        read.actions += told
            yield

    def of(self, what: Collection[Shown], form: TableForm, read: Read, period: Period | None = None) -> Export:
        """These things as tables, all of them where none is named; of learners what was `read`. The plan is that of the
        days of `period`, or else every plan there is. Raises `Unreadable`, and `Refused` for days that overlap those of
        a plan."""
        asked = [each for each in Shown if not what or each in what]
        tables = tuple(table for each in asked for table in self._tables(each, read, period))
        of_learners = bool(OF_LEARNERS.intersection(asked))
        hidden = hidden_in_words(self.caseload.rows) if of_learners else ""
        _, heads = self.standing.events(CENTRE_RECORD)  # After the tables: nothing in them is not below these heads.
        name = asked[0].value if len(asked) == 1 else "verification"
        return table_export(
            tables_of(
                self.details,
                self.clock(),
                tables[0].title if len(asked) == 1 else "Internal verification",
                tables,
                more=(("Of", self.caseload.limits or "the whole centre"),),
                caveats=(hidden,) if hidden else (),
            ),
            form,
            name,
            furthest((heads, *(read.heads.values() if of_learners else ()))),
            now=self.clock,
            templates=self.folder.templates,
            left_out=tuple(read.left_out) if of_learners else (),
        )

    def _tables(self, what: Shown, read: Read, period: Period | None) -> tuple[Table, ...]:
        name_of = self.details.name_of
        match what:
            case Shown.PLAN:
                plans = (self.plan.of(period),) if period is not None else self.plan.every() or (self.plan.of(),)
                told = ((each, self.plan.table(read.assessed, each)) for each in plans)
                return tuple(table for each in told for table in assuring.plan_tables(*each, self._names, name_of))
            case Shown.LOG:
                return (verifying.log_table(read.log),)
            case Shown.ACTIONS:
                own = (verifying.ActionTold("", "", each.where, each.action) for each in self.centre_actions.every())
                return (verifying.action_table((*read.actions, *own), self._today, name_of),)
            case Shown.CASES:
                return (verifying.case_table(read.cases, name_of),)
            case Shown.OBSERVATIONS:
                return (assuring.observation_table(self.observations.every(), self._today, name_of),)
            case Shown.STANDARDISATION:
                return assuring.standardisation_tables(self.standardisation.every(), name_of)
            case Shown.BRIEFS:
                return (assuring.brief_table(self.briefs.every(), name_of),)
            case Shown.MEMBERS:
                return (assuring.member_table(tuple(self._members())),)
            case Shown.INTERESTS:
                return (assuring.interest_table(self.interests.declared(), self._names, name_of),)
            case Shown.VISITS:
                return visiting.visit_tables(self.visits.every(), self.centre_actions.every(), self._today, name_of)
            case Shown.KEYS:
                return (signing.key_table(self.details.members, self.keys(), name_of),)

    def _members(self) -> Iterator[tuple[Member, str, tuple[Competence, ...]]]:
        for each in self.staff.everybody():
            for sheet, competence in each.competence:
                yield each.member, sheet.code, competence
            if not each.competence:
                yield each.member, "", ()

    @property
    def _names(self) -> Mapping[str, str]:
        return {row.registration: row.name for row in self.caseload.rows}

    @property
    def _today(self) -> date:
        return local(self.clock()).date()
