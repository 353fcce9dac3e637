"""What leaves the centre, a package for each form."""
