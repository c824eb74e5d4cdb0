"""The front of a book: the pages before its articles."""
