"""What `markterm learner` does, a module for each act."""
