"""Files that come in, beside each other."""

from __future__ import annotations

from dataclasses import replace

from markterm.domain.incoming.arriving_file import ArrivingFile
from markterm.domain.incoming.whose import OnRoll, Roll

ROLL = Roll([OnRoll("AAA1", "Rosalind Jones"), OnRoll("BBB2", "Nneka Okafor"), OnRoll("CCC3", "Rhys Jones")])


def coming(*names: str) -> list[ArrivingFile]:
    """Those files, out of one download."""
    return [
        ArrivingFile(number, "in.zip", name, 1, str(number), ROLL.whose(name)) for number, name in enumerate(names, 1)
    ]


def test_what_says_the_same_waits_for_one_answer_and_what_says_nothing_for_its_own() -> None:
    jones, also, okafor, scan, photo = coming("jones 1.md", "jones 2.md", "okafor 1.md", "scan.md", "photo.jpg")
    assert also.waits_as(jones)
    assert not any(each.waits_as(jones) for each in (jones, okafor, scan))
    assert not photo.waits_as(scan)


def test_who_is_sure_waits_for_nothing() -> None:
    first, second = coming("AAA1 a.md", "AAA1 b.md")
    assert not second.waits_as(first)


def test_whose_it_would_be_is_told_of_what_a_person_gave_somebody_else() -> None:
    (found,) = coming("Nneka Okafor plan.md")
    assert replace(found, to="BBB2").told() == ()
    given = replace(found, to="AAA1")
    assert given.told() == ("it would be BBB2's: by the name",)
    assert given.has_doubts
