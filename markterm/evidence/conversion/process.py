"""What is started beside MarkTerm: it converts one file, or serves those who ask for that."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from markterm.evidence.conversion.child import SERVE, limit, tell


def main() -> None:
    """Convert the file that the command line names, or serve those who ask for it."""
    if sys.argv[1] == SERVE:
        from markterm.evidence.conversion.reader_server import serve  # Whoever converts one file does without.

        serve()
        return
    limit()
    # Whatever a library prints must not get into the answer.
    out = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    tell(Path(sys.argv[1]), sys.argv[2], out)


if __name__ == "__main__":
    main()
