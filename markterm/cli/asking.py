"""Whether somebody can be asked: questions go to stderr, and only where a person sits at stdin."""

from __future__ import annotations

import sys


def at_a_terminal() -> bool:
    """Whether a question would reach a person. Without one, the option that answers it has to be given."""
    return sys.stdin.isatty()
