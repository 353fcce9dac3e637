"""Learners' files, read as clean text that can be cited: nothing in them is hidden, and nothing in them is obeyed."""
