"""Several articles at once: tabs, a second page beside the first, windows of their own."""
