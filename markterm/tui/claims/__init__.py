"""What is ready to claim, what blocks the rest, and what became of each claim."""
