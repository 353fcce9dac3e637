"""Files that programs leave behind in a folder: locks, halves of downloads, what a system keeps for itself.

They are no evidence, and to read one would show an assessor a damaged file that nobody handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markterm.domain.words.foreign_text import one_line

_MOST_NAMED = 6
_LEFT = re.compile(
    r"""
      \..+                                            # hidden: .DS_Store, ._plan.docx, .~lock.plan.odt#, .git
    | ~\$.+                                           # Office has it open
    | ~wr[a-z]\d+\.tmp                                # Word is saving it
    | .+\.(?:crdownload|opdownload|part|partial|download|!ut|filepart|aria2|tmp|temp|gstmp|swp|swo|swpx)
    | .+\.(?:laccdb|wbk|xlk|asd|sb-[0-9a-f]{8}-[a-z0-9]{6})
    | backup\ of\ .+\.(?:wbk|xlk)
    | autorecovery\ save\ of\ .+
    | .+\.tmp~ | ~syncthing~.+ | .+[^~]~ | \#.+\#      # of programs that synchronise, and of editors
    | thumbs\.db(?::encryptable)? | ehthumbs(?:_vista)?\.db | desktop\.ini | icon\r | \$recycle\.bin
    | __macosx | @eadir | \#recycle | system\ volume\ information | lost\+found
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_ICLOUD = re.compile(r"\.(.+)\.icloud", re.DOTALL)


def is_left_behind(name: str) -> bool:
    """Whether a file or folder of that name, without the folders that it is in, is what a program leaves behind."""
    return _LEFT.fullmatch(name) is not None


def lies_left_behind(path: str) -> bool:
    """Whether a path with `/` or `\\` leads to or through what a program leaves behind."""
    return any(is_left_behind(part) for part in re.split(r"[/\\]", path) if part not in ("", ".", ".."))


def kept_in_cloud(name: str) -> str:
    """The name of the file that a name stands for, which lies in iCloud and not on this machine; empty for others."""
    found = _ICLOUD.fullmatch(name)
    return found[1] if found is not None else ""


def left_out_words(names: Sequence[str]) -> str:
    """How many were left out and which, in one line: `left out: 2 files that programs leave behind: ~$plan.docx, …`."""
    if not names:
        return ""
    files = "1 file that a program left" if len(names) == 1 else f"{len(names):,} files that programs leave"
    return f"left out: {files} behind: {_named(names)}"


def _named(names: Iterable[str]) -> str:
    every = [one_line(name) for name in names]
    more = len(every) - _MOST_NAMED
    return ", ".join((*every[:_MOST_NAMED], *((f"and {more:,} more",) if more > 0 else ())))
