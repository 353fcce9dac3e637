"""What comes in: whose a file of a download is, by what its name says, and what it is called at its place."""
