"""Books in EPUB 2 and 3 as articles: the chapters in their order, one after the other."""
