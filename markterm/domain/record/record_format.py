"""The format of a centre and of its record: which ones this version reads, and what is never written in an old one.

A centre of format 1 is marked as it ever was. What an older version would read past, though it changes what stands, is
recorded in format 2 alone: an older version then refuses the centre as a whole, and decides nothing on half of it.
"""

from __future__ import annotations

from markterm.domain.words.errors import Refused

OLDEST = 1
NEWEST = 2


class UpgradeNeeded(Refused):
    """An act that is recorded in format 2, in a centre of format 1. Nothing was recorded.

    The screen asks and the command line takes `--upgrade`: both then call `CentreFormat.upgrade`, and act again.
    """

    def __init__(self) -> None:
        super().__init__(
            "This centre has the older format",
            "This is recorded in format 2, and the centre has format 1. Once it is brought to format 2, everybody who "
            "works in it needs this version of MarkTerm or a newer one; an older one says so and marks nothing.",
            "Have everybody install this version, bring the centre to format 2, then do it again. Nothing was changed.",
        )
