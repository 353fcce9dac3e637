"""Keeping a sheet in a folder of mark sheets: durable when it returns, and never over what somebody else wrote."""

from __future__ import annotations

from pathlib import Path

from markterm.domain.words.errors import NotSaved, Refused
from markterm.system.new_file import put_new
from markterm.system.platform import alone_in, replace_file


def keep_sheet(path: Path, text: str, before: bytes | None) -> None:
    """Have the file hold `text`, durably. `before` are the bytes that it was read as, None for one that was not there.

    Raises `Refused` when it holds something else by now, and leaves it as it is; `NotSaved` when the system does not
    let it be written, and nothing is left then either.
    """
    data = text.encode("utf-8")
    try:
        if before is None:
            put_new(path, [data])
            return
        with alone_in(path.parent):  # of two who read the same, the second finds what the first wrote
            if path.read_bytes() != before:
                raise _changed(path, "was changed since it was read")
            replace_file(path, data)
    except FileExistsError:
        raise _changed(path, "is there by now") from None
    except FileNotFoundError:
        raise _changed(path, "is not there any more") from None
    except OSError as error:
        raise NotSaved(
            "The sheet could not be written",
            f"{path.name}: {error.strerror or error}.",
            "Check that mark_sheets may be written to, and that the disk has room.",
            file=path,
        ) from error


def _changed(path: Path, how: str) -> Refused:
    return Refused("The sheet was left as it is", f"{path.name} {how}.", "Look at it, and do it again.", file=path)
