"""What an article says: one typed tree of blocks and runs; strings in, strings out."""
