"""The acts of `markterm badge`."""
