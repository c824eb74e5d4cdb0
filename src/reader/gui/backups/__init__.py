"""Backups: the state of the copies, their differences from the library, and restoring."""
