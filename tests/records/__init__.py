"""The durable record: what every store must do, and what is done to this one to make it lose something."""

import pytest

pytest.register_assert_rewrite("tests.records.contract")
