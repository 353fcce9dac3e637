"""The demo: an invented training centre whose learners are in every state, made of events like any other centre."""
