"""Cleaning up: an article's text is edited, completed, or replaced by another version."""
