"""Pages for people who are no members: each shows what is theirs, and runs nothing."""
