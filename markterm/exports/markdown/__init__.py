"""What is printed or handed over, as Markdown."""
