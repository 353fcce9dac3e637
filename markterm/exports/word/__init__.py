"""A document as a Word file, which a person may go on writing in."""
