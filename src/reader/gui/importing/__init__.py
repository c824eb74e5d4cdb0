"""Imports from other programs: the dry run, the mapping of columns, progress, and reports."""
