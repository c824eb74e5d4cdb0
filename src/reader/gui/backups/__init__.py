"""Backups: the state of the copies, what differs from the library, and restoring."""
