"""The bodies of events: for every kind a typed form of what it says, and the one place that reads and writes it."""
