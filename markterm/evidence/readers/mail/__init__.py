"""E-mails of every kind of file, and what mail programs pack with them."""
