"""Imported articles: many at once as one undo step, the original files and the reports."""
