"""Widgets that know nothing of articles, and the theme of them all."""
