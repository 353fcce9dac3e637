"""python -m tests.demo_evidence"""

from __future__ import annotations

from pathlib import Path

import markterm.demo
from tests.demo_evidence.portfolio import files

_PORTFOLIO = Path(markterm.demo.__file__).parent / "portfolio"

for name, content in files().items():
    path = _PORTFOLIO / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
