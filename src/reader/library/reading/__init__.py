"""The reading log, and statistics made of it."""
