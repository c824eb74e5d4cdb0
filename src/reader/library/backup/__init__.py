"""Backup: copies of the library by themselves, and restoring from them."""
