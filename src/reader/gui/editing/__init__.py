"""Editing articles: state, tags, title, place in the queue; undo and redo."""
