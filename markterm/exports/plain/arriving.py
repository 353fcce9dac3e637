"""The plain form of what comes in: each file of a download, whose it is, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from markterm.domain.incoming.arriving_file import ArrivingFile
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.values import Json


def arriving_as_json(file: ArrivingFile, kept: Mapping[int, str], failed: Mapping[int, str]) -> Json:
    """A file of a preview as a JSON object; `kept` are the names at their places, `failed` why one is not there."""
    return {
        "source": one_line(file.source),
        "name": one_line(file.name),
        "size": file.size,
        "sha256": file.sha256 or None,
        "sure": file.sureness.value,
        "learner": file.learner or None,
        "could_be": list(file.whose.learners) if not file.learner else [],
        "why": one_line(file.why),
        "would_be": list(file.would_be),
        "names": list(file.whose.names),
        "there": file.there or None,
        "twice": one_line(file.twice) or None,
        "same_bytes_as": list(file.elsewhere),
        "left": one_line(file.left) or None,
        "learner_left": file.departed or None,
        "notes": list(file.notes),
        "kept_as": kept.get(file.number),
        "failed": failed.get(file.number),
    }
