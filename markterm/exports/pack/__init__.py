"""The pages of a visit pack: where to start from, a page for each learner, and how to check it."""
