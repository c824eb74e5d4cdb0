"""Exports from the window: to files, to an e-reader, and by dragging articles out."""
