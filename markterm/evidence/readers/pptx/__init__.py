"""PowerPoint presentations: slides, their lists, and what was said about them."""
