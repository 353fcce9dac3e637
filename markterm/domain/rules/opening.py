"""That an assessor opened a learner's evidence: recorded once for each state of it, and only of an assessor."""

from __future__ import annotations

from collections.abc import Mapping

from markterm.domain.assessed.member import Role
from markterm.domain.record.bodies.opening import Opened, OpenedFile
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.act import Act, entry, in_role
from markterm.domain.words.errors import Refused


def opens(act: Act, portfolio: Portfolio, files: Mapping[str, OpenedFile]) -> Event:
    """The entry that these files were opened as they are. Raises `Refused` where nobody who marks opens them, and where
    all of them were opened so before."""
    member = in_role(act, Role.ASSESSOR, "Only an assessor opens work to mark it", "Ask an assessor")
    before = portfolio.opened_evidence
    new = {name: each for name, each in files.items() if each.sha256 not in before.bytes_known}
    if not new:
        raise Refused("It was opened before", "No file is new. Nothing was recorded.", "There is nothing to do.")
    return entry(act, member, Kind.OPENED, Subject(), Opened(new))
