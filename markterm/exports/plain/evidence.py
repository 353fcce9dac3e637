"""The plain form of the files that a learner handed in, and of the places in them: cited, referred to or found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.domain.record.bodies.criterion import write_passage
from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from markterm.domain.record.citation import Citation
    from markterm.evidence.folder import EvidenceFile
    from markterm.evidence.text.portfolio_find import FoundInFile, FoundPlace
    from markterm.evidence.text.referenced import ReferencedPassage


def file_as_json(file: EvidenceFile, of_another: str = "") -> Json:
    """A file, as it lies in the learner's folder, as a JSON object; `of_another` says what makes it look like another
    learner's."""
    return {"name": file.name, "size": file.size, "kind": file.kind_words, "of_another": of_another or None}


def citation_as_json(citation: Citation) -> Json:
    """A citation as a JSON object."""
    return {
        "uid": citation.uid,
        **write_passage(citation.passage),
        "locator": citation.passage.locator,
        "actor": citation.actor,
        "at": iso(citation.at),
        "attempt": citation.attempt,
    }


def reference_as_json(passage: ReferencedPassage) -> Json:
    """A passage that refers to a criterion as a JSON object."""
    reference = passage.reference
    return {
        "file": passage.file,
        "line": passage.line + 1,
        "last": passage.extent.last + 1,
        "passage": passage.words,
        "written_in_line": reference.line + 1,
        "names": reference.kind.name.lower(),
        "number": reference.number,
        "strength": reference.strength.name.lower(),
        "ambiguous": reference.ambiguous,
        "whole_file": passage.whole_file,
        "units": [key.code for key in reference.units],
    }


def found_as_json(found: FoundInFile, place: FoundPlace) -> Json:
    """A place where words were found, and how many places its file has, as a JSON object."""
    return {
        "file": found.name,
        "count": found.count,
        "line": place.line + 1,
        "place": place.label,
        "text": place.text,
    }
