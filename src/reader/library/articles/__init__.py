"""Articles: added, read as records, merged, deleted; their versions and images."""
