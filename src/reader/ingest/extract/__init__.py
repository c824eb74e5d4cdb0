"""Find the article in a page, and what the page says about it."""
