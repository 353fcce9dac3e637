"""Settings for every test."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A slow disk or a busy machine is no failure of what is tested.
settings.register_profile("markterm", deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("markterm")
