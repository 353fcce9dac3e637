"""The store in memory does what every store does."""

from __future__ import annotations

import pytest

from markterm.domain.record.record_format import OLDEST, UpgradeNeeded
from markterm.domain.rules.act import Act
from markterm.domain.rules.going_on import going_on_as
from markterm.records.memory import Memory, MemoryStore
from tests.records.contract import EventStoreContract, OpenStore
from tests.samples import ASSESSOR, AT, LEARNER


class TestMemoryStore(EventStoreContract):
    @pytest.fixture
    def open_store(self) -> OpenStore:
        memory = Memory()
        return lambda: MemoryStore(memory)

    def test_what_an_older_format_does_not_know_is_refused(self) -> None:
        store = MemoryStore(Memory(), OLDEST)
        with pytest.raises(UpgradeNeeded):
            store.append(LEARNER, going_on_as(Act(ASSESSOR, LEARNER, AT, "u"), "B"))
        assert store.load(LEARNER) == ()
