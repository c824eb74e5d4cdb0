"""Shelves: the queue, tags and saved searches, with their counts."""
