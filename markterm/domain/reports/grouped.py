"""By what the rows of a report are: which row a thing belongs to, and which columns say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markterm.domain.reports.asked import Axis
from markterm.domain.reports.report import Cell, Column
from markterm.domain.words.criterion_number import sort_key

Group = tuple[str, ...]
"""What a row is of, a word for each column."""

_OF: dict[Axis, Callable[..., Group]] = {
    Axis.ASSESSOR: lambda each: (each.assessor,),
    Axis.VERIFIER: lambda each: (each.verifier,),
    Axis.UNIT: lambda each: (each.unit.code, each.unit.version),
    Axis.CRITERION: lambda each: (each.unit.code, each.unit.version, each.criterion),
    Axis.TASK: lambda each: (each.task,),
    Axis.MONTH: lambda each: (f"{each.on.year:04}-{each.on.month:02}",),
    Axis.PERIOD: lambda each: (each.period,),
    Axis.OWNER: lambda each: (each.owner,),
    Axis.AGE: lambda each: (each.age,),
    Axis.MEMBER: lambda each: (each.member, each.acts_as),
    Axis.QUALIFICATION: lambda each: (each.qualification,),
    Axis.STEP: lambda each: (each.step,),
}
_COLUMNS = {
    Axis.ASSESSOR: ("assessor",),
    Axis.VERIFIER: ("verifier",),
    Axis.UNIT: ("unit", "version"),
    Axis.CRITERION: ("unit", "version", "criterion"),
    Axis.TASK: ("task",),
    Axis.MONTH: ("month",),
    Axis.PERIOD: ("period",),
    Axis.OWNER: ("owner",),
    Axis.AGE: ("age",),
    Axis.MEMBER: ("member", "as"),
    Axis.QUALIFICATION: ("qualification",),
    Axis.STEP: ("step",),
}
_PEOPLE = ("assessor", "verifier", "owner", "member")
_BY_NUMBER = ("criterion", "age")
_ABSENT = {
    "task": "in no task",
    "unit": "the centre",
    "verifier": "nobody",
    "owner": "nobody",
    "member": "nobody named",
    "qualification": "none",
}


class By:
    """The rows of a report by these axes: `of` gives the row of a thing that is counted."""

    def __init__(self, axes: Sequence[Axis], name_of: Callable[[str], str]) -> None:
        axes = tuple(dict.fromkeys(axes))
        if Axis.CRITERION in axes:
            axes = tuple(axis for axis in axes if axis is not Axis.UNIT)  # A criterion is one of a unit.
        self._axes = axes
        self._names = [name for axis in axes for name in _COLUMNS[axis]]
        self._name_of = name_of
        parts = [_OF[axis] for axis in axes]
        if len(parts) == 1:
            self.of: Callable[..., Group] = parts[0]
        else:
            self.of = lambda each: tuple(word for part in parts for word in part(each))

    def sorted(self, groups: Iterable[Group]) -> list[Group]:
        """The rows in their order: criteria as on a sheet, all else by their words, and what has none last."""
        return sorted(groups, key=self._order)

    def columns(self, groups: Iterable[Group], *, names_shown: bool = True) -> tuple[Column, ...]:
        """The columns that say what a row is of. Versions are shown where a unit has several, and the names of people
        where there is room for them."""
        several = self._has_versions(groups)
        found: list[Column] = []
        for name in self._names:
            absent = _ABSENT.get(name, "")
            found.append(Column(name, name, absent=absent, shown=name != "version" or several))
            if name in _PEOPLE:
                found.append(Column(f"{name}_name", "name", absent="", shown=names_shown))
        return tuple(found)

    def cells(self, group: Group) -> tuple[Cell, ...]:
        """What stands under these columns."""
        found: list[Cell] = []
        for name, word in zip(self._names, group, strict=True):
            found.append(word or None)
            if name in _PEOPLE:
                found.append(self._name_of(word) if word else None)
        return tuple(found)

    @property
    def over(self) -> str:
        """The column over which a plot stands: the month, or that of the last of the axes."""
        return (Axis.MONTH if Axis.MONTH in self._axes else self._axes[-1]).value

    def _order(self, group: Group) -> tuple[object, ...]:
        return tuple(
            (not word, sort_key(word) if name in _BY_NUMBER else (), word)
            for name, word in zip(self._names, group, strict=True)
        )

    def _has_versions(self, groups: Iterable[Group]) -> bool:
        if "version" not in self._names:
            return False
        place = self._names.index("version")
        found: dict[str, str] = {}
        return any(found.setdefault(group[place - 1], group[place]) != group[place] for group in groups)
