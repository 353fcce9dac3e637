"""What leaves the centre: one format a module."""
