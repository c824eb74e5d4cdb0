"""EPUB 3: books of articles for e-readers."""
