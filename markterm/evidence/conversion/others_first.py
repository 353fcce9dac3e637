"""How far work for which nobody waits lets everything else on the machine go first, as `nice` counts."""

from __future__ import annotations

NICE = 10
