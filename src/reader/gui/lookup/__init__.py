"""Look up words of the page, and the words that were looked up."""
