"""The words that were looked up, with their sentences."""
