"""What is to leave the centre, before anything is written: a preview can show it, and `write_export` writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from markterm.exports.placing import HEADS, MANIFEST, SIGNATURE
from markterm.records.kept_heads import Heads


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was written: the heads of the records it was made from, by record, whether the file itself carries
    them, and what is to be told of it now that it is there.

    `sha256` is of its bytes, where they were hashed while they were written. `left_out` says why no file was written
    after all, for what is read at that moment alone.
    """

    heads: Heads = field(default_factory=dict)
    carries_heads: bool = False
    caveats: tuple[str, ...] = ()
    sha256: str = ""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of an export.

    `path` is where in the export, in names that every system takes; `what` says in a few words what it is. `write`
    writes it to the path that it is given, which nobody else uses; it reads the record then and not before, is called
    in a thread of its own beside others, and raises a `MarkTermError` or `OSError`. `size` is how many bytes it will
    have where that is known, for the bar. One that `is_last` tells of the others: it is written when they are.
    """

    path: PurePosixPath
    what: str
    write: Callable[[Path], Made]
    size: int = 0
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was asked for and is not written, and why, in a sentence."""

    what: str
    why: str


def _nothing_apart(_: Path) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True)
class Export:
    """What will be written.

    `title` says what it is; `name` is what it is called where nobody names it: a file's with its ending, a folder's
    without. `one_file` says that its only piece is written as the target itself, and not into a folder. `left_out` and
    `caveats` are told before and after. A `manifest` is written where somebody without MarkTerm is to check it. What is
    `nameless` is to name nobody, and so is signed by nobody. `found` is what was found out for it, a line each: who was
    taken for whom, where a form is filled. `apart` is entered with the target while it is written: what belongs to it
    and lies elsewhere is there before, and is gone again when it could not be written. What is `for_visit` an external
    quality assurer takes along too.
    """

    title: str
    name: str
    pieces: Sequence[Piece]
    left_out: tuple[LeftOut, ...] = ()
    caveats: tuple[str, ...] = ()
    one_file: bool = False
    manifest: bool = False
    nameless: bool = False
    for_visit: bool = False
    found: tuple[str, ...] = ()
    apart: Callable[[Path], AbstractContextManager[None]] = _nothing_apart

    def files(self, *, signed: bool) -> tuple[tuple[str, str], ...]:
        """What is written, each file with what it is in a few words: the pieces, and what tells of them later whether
        they are what they were, as far as it is known before. `signed` says that somebody signs it."""
        pieces = tuple((str(piece.path), piece.what) for piece in self.pieces)
        if self.one_file:
            return pieces
        # Whether there are heads without a manifest is known when it is written: of whom nothing is recorded has none.
        heads = ((HEADS, "how far each record went that it was made from"),) if self.manifest else ()
        sums = ((MANIFEST, "the SHA-256 sum of each file"),) if self.manifest or signed else ()
        signature = ((SIGNATURE, "the signature over the sums"),) if signed else ()
        return (*pieces, *heads, *sums, *signature)
