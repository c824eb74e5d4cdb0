"""Tables of the page in windows of their own."""
