"""A record as it leaves the centre, byte for byte, and as it comes back."""
