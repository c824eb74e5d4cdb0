"""Widgets independent of articles, and the theme."""
