"""The acts of `markterm profile`, a module each."""
