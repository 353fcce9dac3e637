"""What is cited in a learner's file, and where its words stand now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markterm.domain.record.citation import Passage
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.passages import Extent, find_again


@dataclass(frozen=True, slots=True)
class CitedHere:
    """A passage of the file called `file` now, with the criterion that cites it; `label` is that as it is shown."""

    file: str
    passage: Passage
    unit: str
    criterion: str
    label: str


def found_again(document: EvidenceDocument, cited: Sequence[CitedHere]) -> tuple[tuple[Extent, CitedHere], ...]:
    """Those whose words are still in the document, with where they stand now."""
    found = ((find_again(document, each.passage), each) for each in cited)
    return tuple((place, each) for place, each in found if place is not None)
