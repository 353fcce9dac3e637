"""What an assessor alone does: whoever is none is not offered it, and is told who may when they press its key."""

from __future__ import annotations

from markterm.domain.assessed.member import Role
from markterm.domain.rules.act import in_role
from markterm.tui.command import Command
from markterm.tui.marking.workplace import Workplace


class AssessorsAct(Command[Workplace]):
    """Something that decides, or is part of deciding."""

    records = True

    def is_offered(self, on: Workplace) -> bool:
        """To assessors, and to whoever has not said yet who they are."""
        member = on.centre.member
        return member is None or Role.ASSESSOR in member.roles


class StaffsAct(Command[Workplace]):
    """Something that is done by whoever runs the centre's side as well, and is no part of verifying."""

    records = True

    def is_offered(self, on: Workplace) -> bool:
        """Not to those who only verify."""
        member = on.centre.member
        return member is None or member.roles != {Role.VERIFIER}


def tell_who_may(on: Workplace) -> None:
    """Say that only an assessor does that."""
    on.allows(lambda act, _: in_role(act, Role.ASSESSOR, "Only an assessor marks", "Ask an assessor"))
