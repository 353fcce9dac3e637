"""Pictures of every screen, taken of the real app: `python -m tests.gallery`."""
