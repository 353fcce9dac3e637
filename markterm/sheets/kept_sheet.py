"""Keeping a sheet in a folder of mark sheets: durable when it returns, and never over what somebody else wrote."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from markterm.domain.words.errors import NotSaved, Refused
from markterm.system.platform import alone_in, make_folders, sync_file, sync_folder


def keep_sheet(path: Path, text: str, before: bytes | None) -> None:
    """Have the file hold `text`, durably. `before` are the bytes that it was read as, None for one that was not there.

    Raises `Refused` when it holds something else by now, and leaves it as it is; `NotSaved` when the system does not
    let it be written, and nothing is left then either.
    """
    data = text.encode("utf-8")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        make_folders(path.parent)
        try:
            with beside.open("xb") as file:
                file.write(data)
                file.flush()
                sync_file(file.fileno())
            with alone_in(path.parent):  # of two who read the same, the second finds what the first wrote
                _put(beside, path, before)
        finally:
            with suppress(OSError):
                beside.unlink()
        sync_folder(path.parent)
    except OSError as error:
        raise NotSaved(
            "The sheet could not be written",
            f"{path.name}: {error.strerror or error}.",
            "Check that mark_sheets may be written to, and that the disk has room.",
            file=path,
        ) from error


def _put(beside: Path, path: Path, before: bytes | None) -> None:
    if before is None:
        try:
            path.hardlink_to(beside)  # in one step, and only where nothing has the name
        except FileExistsError:
            raise _changed(path, "is there by now") from None
        except OSError:
            _put_without_links(beside, path)
        return
    try:
        now = path.read_bytes()
    except FileNotFoundError:
        raise _changed(path, "is not there any more") from None
    if now != before:
        raise _changed(path, "was changed since it was read")
    beside.replace(path)


def _put_without_links(beside: Path, path: Path) -> None:
    """As on a share that knows no links: the name is taken before it is given, so that of two one is refused."""
    try:
        with path.open("xb"):
            pass
    except FileExistsError:
        raise _changed(path, "is there by now") from None
    try:
        beside.replace(path)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _changed(path: Path, how: str) -> Refused:
    return Refused("The sheet was left as it is", f"{path.name} {how}.", "Look at it, and do it again.", file=path)
