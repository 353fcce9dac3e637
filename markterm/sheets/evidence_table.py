"""`[evidence]` of `centre.toml`: where what learners hand in lies, when it is not in their folders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markterm.sheets.centre_table import Table, quoted

_NAME = "evidence"
_KEY = "store"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"(?:/[A-Za-z0-9!_.*'() -]+)*/?")
_WRITE = (
    'Write store = "s3://bucket/prefix", or leave [evidence] out where the evidence lies in the learners\' folders.'
)


def read_evidence_store(values: dict[str, object], path: Path, text: str) -> str:
    """The address of the store in that table of the file `path`, whose text is `text`. Raises `Unreadable`, with the
    line, and tells nothing of what may be a secret."""
    table = Table(values, (_KEY,), _NAME, 0, path, text)
    store = table.needed_text(_KEY)
    scheme, there, rest = store.partition("://")
    bucket, slash, prefix = rest.partition("/")
    if "@" in rest or "?" in rest:
        raise table.refusal(
            _KEY,
            "the address of the store holds keys, or what belongs to them",
            "Take them out, and have new ones made: whoever may read this file has seen these. Keys come from the "
            "environment, or from the files of the store's own tools.",
        )
    if scheme != "s3" or not there or not _BUCKET.fullmatch(bucket):
        raise table.refusal(_KEY, "the address of the store is none", _WRITE)
    parts = prefix.rstrip("/").split("/")
    if not _PREFIX.fullmatch(slash + prefix) or any(part in {"", ".", ".."} for part in parts if prefix):
        raise table.refusal(_KEY, "the address of the store has a prefix that cannot be used", _WRITE)
    if not prefix.strip("/"):
        raise table.refusal(
            _KEY,
            "the address of the store names a bucket and nothing in it",
            "Add a folder of the centre's own, so that nothing else in the bucket is taken for a learner's: "
            'store = "s3://bucket/evidence".',
        )
    return f"s3://{bucket}/{prefix.strip('/')}"


def evidence_lines(store: str) -> Iterator[str]:
    """The table as it is written, and without a store how it would be."""
    if not store:
        yield "# Where the evidence lies in a store that speaks S3, a folder for each learner in it. Keys to it come"
        yield "# from the environment, or the files of its own tools, and never stand here."
        yield f"# [{_NAME}]"
        yield f'# {_KEY} = "s3://bucket/evidence"'
        return
    yield f"[{_NAME}]"
    yield f"{_KEY} = {quoted(store)}"
