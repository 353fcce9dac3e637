"""Rich text files: tokens, groups, fonts and fields, and the text that they make."""
