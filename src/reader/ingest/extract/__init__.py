"""Find the article in a page, and its metadata."""
