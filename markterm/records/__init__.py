"""The durable record: events that only grow, checked on every reading.

`store` says what a store of events does, `folder` does it over a folder that several people may share, and `memory`
for a process alone.
"""
