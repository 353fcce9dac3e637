"""What MarkTerm 0.1.0 would have cited in the demo's files is found again, whatever the readers have learnt since.

`demo_citations_0_1_0.json` is every passage of the files that are not text, as 0.1.0 cited it: first and last line,
quote, place.
"""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest

import markterm.demo
from markterm.domain.record.citation import Passage
from markterm.evidence.conversion.child import answer
from markterm.evidence.conversion.wire import from_bytes
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.readers import READERS
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.passages import find_again
from markterm.evidence.text_file import EvidenceText

_PORTFOLIO = Path(markterm.demo.__file__).parent / "portfolio"
_CITED = json.loads((Path(__file__).parents[1] / "data" / "demo_citations_0_1_0.json").read_text("utf-8"))


@pytest.mark.parametrize("name", _CITED)
def test_every_citation_of_the_first_version_is_found_again(name: str) -> None:
    path = _PORTFOLIO / name
    converted = from_bytes(answer(path, READERS[PurePosixPath(name).suffix]))
    document = EvidenceDocument.of(EvidenceText(converted.markdown, 0, "aa" * 32), EvidenceKind.CONVERTED, converted)
    cited = [Passage(name, "aa" * 32, first, last, quote, place, ()) for first, last, quote, place in _CITED[name]]
    assert [passage.quote for passage in cited if find_again(document, passage) is None] == []


@pytest.mark.parametrize("name", [name for name in _CITED if name.endswith((".xlsx", ".pptx"))])
def test_places_of_sheets_and_slides_are_called_as_they_were(name: str) -> None:
    converted = from_bytes(answer(_PORTFOLIO / name, READERS[PurePosixPath(name).suffix]))
    labels = {place.label for place in converted.places}
    assert {place for *_, place in _CITED[name]} <= labels
