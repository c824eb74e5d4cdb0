"""Bring in: files become clippings, clippings become articles."""
