"""Two stores beside each other, in lines, and the bar that is drawn meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markterm.cli.exported import ExportBar
from markterm.domain.words.counted import counted, first_of
from markterm.exports.writing import Progress as BarProgress

if TYPE_CHECKING:
    from markterm.records.copying import Compared, Progress

_MOST_NAMED = 5


class RecordBar:
    """Drawn where somebody sees it: one while records are brought, and one while they are compared."""

    def __init__(self) -> None:
        self._bars = {False: ExportBar("copying"), True: ExportBar("comparing")}

    def tell(self, progress: Progress) -> None:
        """Show how far it is."""
        if progress.proving:
            self._bars[False].close()
        self._bars[progress.proving].tell(BarProgress(progress.done, progress.of, progress.record))

    def close(self) -> None:
        """Leave the line as it is."""
        for bar in self._bars.values():
            bar.close()


def compared_in_lines(compared: Compared) -> Iterator[str]:
    """What is the same, and what is not, the worst first."""
    for what, records in (
        ("Two different things in both", compared.unlike),
        ("In the other store alone", compared.only_there),
        ("Not in the other store", compared.only_here),
        ("Further in the other store", compared.further),
        ("Behind in the other store", compared.behind),
    ):
        if records:
            yield f"{what}: {counted(len(records), 'record')} ({_names(records)})"
    same = f"{counted(len(compared.heads), 'record')} with {counted(compared.events, 'event')}"
    yield f"The same in both, to the last byte: {same}."


def _names(records: Sequence[str]) -> str:
    return first_of([record or "the centre's own" for record in records], _MOST_NAMED)
