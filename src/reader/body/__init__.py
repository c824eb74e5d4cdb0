"""What an article says: one typed tree of blocks and runs, made from strings, written as strings."""
