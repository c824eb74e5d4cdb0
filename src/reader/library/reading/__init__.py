"""The reading log, and statistics made from it."""
