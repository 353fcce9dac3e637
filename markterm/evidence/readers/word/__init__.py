"""Word files: their parts, styles, numbering, fields and objects, and the Markdown that they become."""
