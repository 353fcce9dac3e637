"""A learner's file in its own kind, without names: made anew from those parts of it that are known."""
