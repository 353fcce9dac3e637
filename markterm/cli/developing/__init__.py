"""The acts of `markterm cpd`, a module each."""
