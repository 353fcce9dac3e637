"""A document as one file for a browser: no script, nothing from elsewhere."""
