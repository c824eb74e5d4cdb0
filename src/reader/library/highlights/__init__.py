"""Highlights: marked words of articles, with notes."""
