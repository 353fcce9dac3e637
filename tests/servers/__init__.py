"""Real servers for the tests, each started by the tests themselves on this machine alone, and gone with them."""
