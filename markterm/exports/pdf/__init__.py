"""A document as PDF, set by typst in this process: nothing else runs, and nothing is fetched."""
