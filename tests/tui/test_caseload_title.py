"""The first line of the caseload, in terminals of any width."""

from __future__ import annotations

import pytest

from markterm.domain.record.centre_details import CentreDetails
from markterm.tui.caseload.title import title_line

_CENTRE = CentreDetails("012345", "Northgate Training")


@pytest.mark.parametrize("yours", [(), ("1 report to read",), ("2 actions overdue", "1 report to read")], ids=len)
def test_whoever_marks_blind_reads_so_in_a_line_that_is_never_longer_than_the_terminal(yours: tuple[str, ...]) -> None:
    roles = ("assessor", "coordinator", "tutor", "verifier")
    for width in range(18, 160):
        line = title_line(_CENTRE, width, who="as asha", roles=roles, yours=yours, is_blind=True)
        assert line.cell_length <= width
        assert "as asha (" in line.plain
        assert line.plain.endswith("), blind")


def test_of_the_roles_as_many_are_named_as_there_is_room_for_beside_what_is_to_be_done() -> None:
    def told(width: int) -> str:
        yours = ("1 report to read",)
        line = title_line(_CENTRE, width, who="as asha", roles=("assessor", "tutor"), yours=yours, is_blind=True)
        return line.plain

    assert told(78) == "MarkTerm  Northgate Train…  1 report to read  as asha (assessor, tutor), blind"
    assert told(58) == "MarkTerm …  1 report to read  as asha (assessor, …), blind"
    assert told(40) == "1 report to read  as asha (…), blind".rjust(40)
    assert told(30) == "1 report …  as asha (…), blind"
