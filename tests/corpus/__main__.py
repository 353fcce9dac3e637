"""Reads every file of a folder as evidence, and prints what became of them: `python -m tests.corpus FOLDER`.

Each file is read in a process of its own, with the limits that a conversion has, and compared with an independent
reading of the same file (`peers`). Printed are, for each kind: how many were read, refused, read without a word and
without a note about it; recall against the peer; seconds and memory. After that the refusals with their reasons, the
poorest recalls and the slowest files. Nothing is kept, and nothing is written beside what `--json` names.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from markterm.evidence.folder import EvidenceKind, kind_of
from tests.corpus.outcome import Outcome, read_file
from tests.corpus.table import printed

_CONVERTED = (EvidenceKind.CONVERTED,)


def main(arguments: list[str]) -> int:
    """The exit code: 1 where a file was lost without a word, or the process that read it broke."""
    options = _options(arguments)
    files = list(_files(options.folders, frozenset(options.only)))
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(options.workers) as pool:
        for outcome in pool.map(read_file, files):
            outcomes.append(outcome)
            if sys.stderr.isatty():
                print(f"\r{len(outcomes):,} of {len(files):,}", end="", file=sys.stderr)  # noqa: T201 - a program
    print(printed(outcomes, options.worst))  # noqa: T201 - its answer
    if options.json:
        options.json.write_text(json.dumps([asdict(outcome) for outcome in outcomes], indent=1), "utf-8")
    return int(any(outcome.is_fault for outcome in outcomes))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--only", action="append", default=[], metavar="ENDING", help="such as docx; more than once")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--worst", type=int, default=10, help="how many of the poorest and slowest are listed")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what became of each file")
    return parser.parse_args(arguments)


def _files(folders: list[Path], only: frozenset[str]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            suffix = path.suffix.lower()
            wanted = suffix[1:] in only if only else kind_of(suffix) in _CONVERTED
            if wanted and path.is_file():
                yield path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
