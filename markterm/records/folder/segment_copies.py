"""A segment and its copies: what sync clients and people leave beside it, and what stands in them alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markterm.domain.words.finding import Finding, Severity
from markterm.records.finding_codes import COPY
from markterm.records.folder.segment import SUFFIX, Segment
from markterm.records.store import Head


def chiefs(files: Iterable[Segment]) -> dict[str, Segment]:
    """For each segment's name the file that tells how far it goes.

    That is the one in its place, unless another one goes on from all that it holds; then the longest of those.
    """
    chief: dict[str, Segment] = {}
    others: list[Segment] = []
    for each in files:
        if each.is_in_its_place:
            chief[each.name] = each
        else:
            others.append(each)
    for each in sorted(others, key=lambda other: (len(other.digests), other.path.name)):
        known = chief.get(each.name)
        if known is None or (len(each.digests) > len(known.digests) and goes_on_from(each, known)):
            chief[each.name] = each
    return chief


def goes_on_from(longer: Segment, shorter: Segment) -> bool:
    """Whether every line of `shorter` stands in `longer`, at the same place."""
    return longer.digests[: len(shorter.digests)] == shorter.digests


def holds(files: Iterable[Segment], head: Head) -> bool:
    """Whether one of these files of a segment has that line there."""
    return any(
        len(each.digests) >= head.lines and each.digests[head.lines - 1] == head.digest for each in files if head.lines
    )


def told_of_copies(files: Mapping[str, Segment], chief: Mapping[str, Segment]) -> dict[str, Finding]:
    """By file what is to be said of those that are not in their place."""
    told: dict[str, Finding] = {}
    for file, segment in files.items():
        if not segment.is_in_its_place:
            severity, message = _told(segment, files.get(segment.name + SUFFIX), chief[segment.name])
            told[file] = Finding(COPY, severity, message, segment.path)
    return told


def _told(copy: Segment, original: Segment | None, chief: Segment) -> tuple[Severity, str]:
    place = copy.name + SUFFIX
    if chief is not copy and _adds_nothing(copy, chief):
        return Severity.INFORMATION, f"a copy of {chief.path.name}, in which all of it stands: it may be deleted"
    if len(copy.digests) < 2 and not copy.unfinished:
        return Severity.INFORMATION, "the beginning of a segment in which nothing was recorded: it may be deleted"
    if original is None and chief is copy:
        return Severity.ERROR, f"this is {place} under another name; it is read: call it {place} again"
    if original is not None and chief is copy:
        more = len(copy.digests) - len(original.digests)
        lines = "1 line" if more == 1 else f"{more} lines"
        return Severity.ERROR, (
            f"{place} has lost {lines} that stand in this file; they are read: put this file in the place of {place}"
        )
    return Severity.ERROR, (
        f"another version of {chief.path.name}, and each holds what the other lacks; both are read: keep both, "
        "look what both say, and put the one that the latest copy of the folder confirms in its place"
    )


def _adds_nothing(copy: Segment, chief: Segment) -> bool:
    """Whether every line of the copy stands in the chief, and what was begun after them too."""
    if not goes_on_from(chief, copy):
        return False
    lines = len(copy.digests)
    following = chief.digests[lines].encode("ascii", "replace") if len(chief.digests) > lines else chief.tail
    return following.startswith(copy.tail)
