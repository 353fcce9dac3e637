"""Two people begin to destroy the same at once, and something keeps it: each gives up what they began."""

from __future__ import annotations

from datetime import UTC, datetime

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.retaining import What
from markterm.domain.record.destructions import destructions
from markterm.domain.rules.act import Act
from markterm.domain.rules.destroying import Meant, begin, give_up, intend
from markterm.domain.rules.retention import Kept
from markterm.system.platform import CENTRE_RECORD

_CORA, _INES, _DEV = (Member(each, each.title(), frozenset((Role.COORDINATOR,))) for each in ("cora", "ines", "dev"))
_MEANT = Meant(What.EVIDENCE, "It is time.")


class _Open(Kept):
    """Nothing keeps it."""

    def why_not(self, *_: object) -> tuple[str, ...]:
        return ()


def _act(member: Member, uid: str) -> Act:
    return Act(member, CENTRE_RECORD, datetime(2031, 5, 4, 9, tzinfo=UTC), uid)


def test_where_two_began_at_once_each_gives_up_their_own_and_whoever_completes_gives_up_all() -> None:
    first = intend(_act(_CORA, "1"), "AAA1", _MEANT, _Open(), "salt")
    (meant,) = destructions([first])
    both = [
        first,
        *(begin(_act(each, uid), "AAA1", _MEANT, _Open(), meant, {}) for each, uid in ((_INES, "2"), (_DEV, "3"))),
    ]
    (begun,) = destructions(both)
    ines, dev = (
        give_up(_act(each, uid), begun, "held", own) for each, uid, own in ((_INES, "4", "2"), (_DEV, "5", "3"))
    )
    assert [each.is_unfinished for each in destructions([*both, ines])] == [True]
    assert destructions([*both, ines, dev]) == ()
    assert destructions([*both, give_up(_act(_CORA, "6"), begun, "held")]) == ()
