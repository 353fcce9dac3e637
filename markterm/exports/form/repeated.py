"""Numbers of criteria that stand in a form more than once: which of the places are those of the unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markterm.domain.assessed.unit import Unit
from markterm.exports.form.criteria_rows import Rows, is_worded_so
from markterm.exports.form.found import Found, Left

_OTHERS = "another unit's criterion has this number"
_NOT_CLEAR = "the number stands in several places, and [tables] of the mapping names none"


def settled(found: Sequence[Found], blocks: Sequence[Rows], unit: Unit) -> tuple[list[Found], list[Left]]:
    """The places that are the unit's, and those that stay empty.

    Of rows with one number those are the unit's that word the criterion as its sheet does, and beside them those that
    do not word it at all. Where none does, and several have a place for the same, nothing of it is filled.
    """
    kept, left = list(found), []
    for number in dict.fromkeys(block.criterion for block in blocks):
        own = [block for block in blocks if block.criterion == number]
        criterion = unit.criterion(number)
        if len(own) < 2 or criterion is None:
            continue
        said = [is_worded_so(block.words, criterion) for block in own]
        if True in said:
            gone, why = [block for block, same in zip(own, said, strict=True) if same is False], _OTHERS
        else:
            gone, why = own if _have_the_same(kept, own) else [], _NOT_CLEAR
        dropped = [each for each in kept if each.criterion == number and _is_in(each, gone)]
        kept = [each for each in kept if each not in dropped]
        left += [Left(each.where, each.label, why) for each in dropped]
    return kept, left


def _have_the_same(found: Iterable[Found], blocks: Sequence[Rows]) -> bool:
    """Whether two of these rows have a place for the same."""
    fields = [
        {each.field for each in found if each.criterion == block.criterion and _is_in(each, [block])}
        for block in blocks
    ]
    return sum(map(len, fields)) > len(set().union(*fields))


def _is_in(found: Found, blocks: Sequence[Rows]) -> bool:
    for block in blocks:
        table = f"{block.table.story}, " if block.table.story else ""
        table += f"table {block.table.number}, row"
        if any(found.where.startswith(f"{table} {row},") for row in range(block.first, block.last + 1)):
            return True
    return False
