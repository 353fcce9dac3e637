"""A process that was given room for few open files has more, up to what the system lets it have."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")

_ASKS = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 128))
from markterm.system.limits import allow_open_files
for count in map(int, sys.argv[1:]):
    allow_open_files(count)
    print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.long
def test_there_is_room_for_as_many_as_are_asked_for_never_for_fewer_and_never_past_the_limit() -> None:
    asked = [sys.executable, "-c", _ASKS, "32", "100", "80", "5000"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told == ["64 128", "100 128", "100 128", "128 128"]
