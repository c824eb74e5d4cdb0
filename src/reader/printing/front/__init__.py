"""The front of a book: what stands before its articles."""
