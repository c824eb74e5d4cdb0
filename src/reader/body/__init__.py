"""The text of an article: one typed tree of blocks and runs, with its readers and writers."""
