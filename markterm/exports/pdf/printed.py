"""What is printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and the signs that no font of this machine has: they are printed as `U+XXXX`, and the PDF says so."""

    pdf: bytes
    without_font: tuple[str, ...] = ()
