"""Evidence as it goes into a pack: byte for byte, hashed on the way, and compared with what was fixed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from markterm.centre.evidence import Evidence
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.fingerprint import fingerprint
from markterm.evidence.folder import EvidenceFile, EvidenceKind
from markterm.exports.export import Made, Piece
from markterm.exports.file_names import FileNames

_LONGEST_ENDING = 10
Fixed = Mapping[str, Mapping[str, str]]
"""By the name of a file and by each hash with which it was fixed: for what."""


@dataclass
class PackedEvidence:
    """The evidence of one learner in a pack: where each file is, by its name; what is known of it once it is written;
    and what could not be taken, in sentences."""

    paths: dict[str, PurePosixPath] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def evidence_pieces(
    evidence: Evidence, registration: str, within: PurePosixPath, into: PackedEvidence
) -> Iterator[Piece]:
    """A piece for each file that the learner handed in; what becomes of it is noted in `into`."""
    listed = evidence.listed(registration)
    into.problems += listed.problems
    if listed.truncated:
        into.problems.append("There are more files than are listed: those beyond them are not in this pack.")
    into.problems += [f"{name}: left behind by a program, and no evidence" for name in listed.left_out]
    names = FileNames()
    for file in listed.files:
        if file.kind is EvidenceKind.LINK:
            into.problems.append(f"{file.name}: a link to another place, which is not followed")
            continue
        stem, ending = file.name, ""
        suffix = PurePosixPath(file.name).suffix
        if 1 < len(suffix) <= _LONGEST_ENDING and suffix[1:].isascii() and suffix[1:].isalnum():
            stem, ending = file.name.removesuffix(suffix), suffix
        path = names.take(stem, ending, within=within)
        into.paths[file.name] = path
        into.sizes[file.name] = file.size
        what = f"evidence of {registration}: {file.name}"
        yield Piece(path, what, partial(_copy, file, into), file.size)


def _copy(file: EvidenceFile, into: PackedEvidence, path: Path) -> Made:
    try:
        # No longer than it was listed as: a file that grows for ever would never be done.
        into.sums[file.name] = digest = fingerprint(file, copy=path, largest=file.size)
    except Unreadable as error:
        path.unlink(missing_ok=True)
        into.unread[file.name] = why = f"{error.title}: {error.what}"
        return Made(left_out=one_line(why))
    return Made(sha256=digest)


def fixed_in(portfolio: Portfolio) -> Fixed:
    """What was fixed of the learner's files."""
    fixed: dict[str, dict[str, str]] = {}
    for key, unit in portfolio.units.items():
        for submission in unit.submissions:
            for name, digest in submission.files.items():
                fixed.setdefault(name, {})[digest] = f"for {key.code}, attempt {submission.attempt}"
    return fixed


def compared(fixed: Fixed, packed: PackedEvidence) -> tuple[dict[str, str], tuple[str, ...]]:
    """What each file is beside what was fixed of it, by its name; and what was fixed and is not there as a file."""
    told: dict[str, str] = {}
    for name, digest in packed.sums.items():
        if name not in fixed:
            told[name] = "fixed for no unit"
        elif digest in fixed[name]:
            told[name] = f"as it was fixed {fixed[name][digest]}"
        else:
            told[name] = f"CHANGED since it was fixed {list(fixed[name].values())[-1]}"
    by_sum = {digest: name for name, digest in packed.sums.items()}
    gone = []
    for name, digests in sorted(fixed.items()):
        holder = any(name.startswith(f"{each}/") for each in packed.paths)
        for digest, where in digests.items():
            if packed.sums.get(name) == digest or name in packed.unread or holder:
                continue
            now = f"it is {by_sum[digest]} now" if digest in by_sum else f"it is not there any more (SHA-256 {digest})"
            gone.append(f"{name}, as it was fixed {where}: {now}")
    return told, tuple(gone)
