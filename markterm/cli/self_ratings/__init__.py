"""The acts of `markterm skills`, a module each."""
