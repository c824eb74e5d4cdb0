"""Articles: adding, reading as records, merging and deleting them; their versions and images."""
