"""Badges for the centre's own courses: agreed to, issued with the coordinator's key, listed, revoked, checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from markterm.centre.issued_badges import fault_of
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorded, Recorder
from markterm.centre.signing import Signing
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.claims import badging
from markterm.domain.claims.badges import BadgeStanding, BadgeState, badge_of_unit, passed_in, standing_of
from markterm.domain.record.badges import BadgeIssued
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event
from markterm.domain.record.portfolio import Closing
from markterm.domain.rules.act import Act
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.errors import Refused
from markterm.exports.badge.credential import Achieved, BadgeChecked, checked, identifier_of, signed_credential
from markterm.exports.export import Export, Made, Piece
from markterm.exports.file_names import file_name
from markterm.own.key_files import KeyFiles
from markterm.records import ed25519
from markterm.sheets.text_file import read_text_file


@dataclass(frozen=True, slots=True)
class ListedBadge:
    """The badge of a unit of a learner, as it stands: `fault` says why what the record holds is none that the centre
    issued, and is empty where it is one."""

    learner: str
    unit: UnitKey
    standing: BadgeStanding
    fault: str = ""

    @property
    def why(self) -> str:
        """What is to be said of it beside its state."""
        return f"not what the centre issued: {self.fault}" if self.fault else self.standing.why

    @property
    def asks(self) -> bool:
        """Whether somebody has to do something about it."""
        return bool(self.fault) or self.standing.asks

    @property
    def in_words(self) -> str:
        """`to be revoked: it was reopened since the badge was issued`, `not what the centre issued: …`, `offered`."""
        if self.fault:
            return self.why
        return f"{self.standing.state}: {self.why}" if self.why else self.standing.state


def with_badges(rows: Iterable[CaseloadRow]) -> list[str]:
    """The registrations of those in the caseload who have a badge, or are offered one."""
    return [row.registration for row in rows if any(unit.badge for unit in row.units)]


class BadgesOfLearners:
    """The badges of a centre's learners. Verbs raise as `Recorder.record` does."""

    def __init__(self, recorder: Recorder, signing: Signing, details: CentreDetails) -> None:
        self._recorder, self._signing, self._details = recorder, signing, details

    def of(self, registration: str) -> tuple[ListedBadge, ...]:
        """Every badge of the learner: as they were issued, then what is offered or agreed to. Raises `Unreadable`."""
        return self.of_shown(self._recorder.learners.portfolio(registration))

    def of_shown(self, shown: LearnerPortfolio) -> tuple[ListedBadge, ...]:
        """The same of a learner as they were read just now."""
        registration, portfolio = shown.learner.registration, shown.portfolio
        listed = [
            ListedBadge(registration, each.unit, standing_of(each, portfolio), self._fault(each))
            for each in portfolio.badges.issued
        ]
        for unit in shown.units:
            standing = badge_of_unit(unit, portfolio)
            if standing is not None and standing.badge is None:
                listed.append(ListedBadge(registration, unit.key, standing))
        return tuple(listed)

    def known(self, badge: BadgeChecked, learners: Iterable[str]) -> ListedBadge | None:
        """What the records of these learners say of a badge that was checked; None where none of them holds it. Raises
        `Unreadable`."""
        for registration in learners:
            portfolio = self._recorder.learners.portfolio(registration).portfolio
            for each in portfolio.badges.issued:
                if identifier_of(each.uid) == badge.identifier:
                    fault = self._fault(each) or _unlike(badge, each)
                    return ListedBadge(registration, each.unit, standing_of(each, portfolio), fault)
        return None

    def _fault(self, badge: BadgeIssued) -> str:
        return fault_of(badge, self._signing.keys()) if ed25519.is_installed() else ""

    def agree(self, registration: str, unit: str, said_by: str, how: str, on: date | None = None) -> Recorded:
        """Record that the learner agrees to a badge of that unit, as they, or somebody for them, said it."""
        return self._recorder.record(
            registration, lambda act, now: badging.agree(act, now.unit(unit), said_by, how, on)
        )

    def issue(self, registration: str, unit: str) -> Recorded:
        """Issue the badge of that unit, signed with the key of whoever acts; the entry holds the whole of it."""
        ed25519.require_installed()
        self._recorder.learners.require_whole(registration, "issued as a badge")

        def verb(act: Act, now: LearnerPortfolio) -> Event:
            own = now.unit(unit)
            policy, portfolio = self._details.policy_for(now.learner), now.when_complete("issued as a badge").portfolio
            return badging.issue(act, own, portfolio, policy, lambda closing: self._credential(act, now, own, closing))

        return self._recorder.record(registration, verb)

    def revoke(self, registration: str, unit: str, why: str) -> Recorded:
        """Revoke the badge of that unit that stands."""

        def verb(act: Act, now: LearnerPortfolio) -> Event:
            own = now.unit(unit)
            return badging.revoke(act, own, now.portfolio.badges.standing(own.key), why)

        return self._recorder.record(registration, verb)

    def standing(self, registration: str, unit: str) -> BadgeIssued | None:
        """The badge of that unit that nobody revoked; None where there is none. Raises `Refused` for one that is to be
        revoked, and for what the centre did not issue: it does not leave the centre."""
        now = self._recorder.learners.portfolio(registration)
        own = now.unit(unit)
        badge = now.portfolio.badges.standing(own.key)
        if badge is None:
            return None
        stands = standing_of(badge, now.portfolio)
        if stands.state is BadgeState.TO_REVOKE:
            raise Refused(
                "The badge is to be revoked",
                f"{own.code} of {registration}: {stands.why}.",
                "Revoke it; once the unit is passed again, issue another one.",
            )
        if fault := self._fault(badge):
            raise Refused(
                "It is not what the centre issued",
                f"The record has a badge of {own.code} for {registration} of which this is so: {fault}.",
                "Have the records audited, revoke it, and issue another one.",
            )
        return badge

    def export(self, registration: str, badge: BadgeIssued) -> Export:
        """That badge as the file that the learner gets."""

        def write(path: Path) -> Made:
            path.write_text(badge.credential, encoding="utf-8", newline="\n")
            return Made()

        name = file_name(f"{registration} {badge.unit.code} badge", ".json")
        piece = Piece(PurePosixPath(name), "the badge", write, len(badge.credential.encode("utf-8")))
        return Export(f"Badge of {badge.unit.code} for {registration}", name, [piece], one_file=True)

    def _credential(self, act: Act, now: LearnerPortfolio, unit: Unit, closing: Closing) -> str:
        keys = self._signing.own(act)
        if not keys:
            raise Refused(
                "No key to sign with",
                "A badge is signed with a key of the coordinator's that is confirmed and has not ended.",
                "Make one, and have it confirmed.",
            )
        pem = KeyFiles(self._signing.files).read(keys[-1].public)
        achieved = Achieved(
            uid=act.uid,
            centre=self._details.name,
            learner=now.learner.name,
            unit=unit.code,
            title=unit.title,
            version=unit.version,
            description=f"A course of {self._details.name}, assessed against each of its criteria. It is no regulated "
            "qualification.",
            criteria=tuple(f"{each.number} {each.text}" for each in passed_in(unit, now.portfolio)),
            outcome=closing.word,
            closed=closing.at,
            at=act.at,
        )
        return signed_credential(
            achieved, keys[-1].public, lambda message: bytes.fromhex(ed25519.sign_bytes(pem, message))
        )


def _unlike(badge: BadgeChecked, own: BadgeIssued) -> str:
    """Why a badge is not the one in the record that is called so."""
    kept = checked(own.credential, ed25519.proves_bytes)
    return "" if kept == badge else "the badge that the centre issued under this identifier says something else"


def check_badge(file: Path) -> BadgeChecked:
    """What the badge in that file is by itself, which needs no centre and no network. Raises `Unreadable`, and
    `WrongUse` where signatures cannot be checked."""
    ed25519.require_installed()
    return checked(read_text_file(file), ed25519.proves_bytes)
