"""Statistics of reading."""
