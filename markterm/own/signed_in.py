"""How a process knows that a server started it for a member: every command asks, so it is apart from what is kept."""

SIGNED_IN = "MARKTERM_SIGNED_IN"
"""In the environment of such a process: the id of the member whom the server signed in."""
