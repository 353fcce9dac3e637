"""A zip of submissions as a site gives it out, of which only the names are read."""

from __future__ import annotations

import zipfile
from pathlib import Path

from markterm.domain.words.errors import Unreadable

_MOST = 200_000


def names_in(file: Path, site: str) -> list[str]:
    """The names in the zip that was downloaded from the `site`. Raises `Unreadable`."""
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()[:_MOST]
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        ValueError,
    ) as error:  # A name that is no UTF-8, a method of later.
        reason = f"It is no zip that is whole: {error}."
    except OSError as error:
        reason = f"The system said: {error.strerror or error}."
    raise Unreadable("The zip of submissions cannot be read", reason, f"Download it from {site} again.", file=file)
