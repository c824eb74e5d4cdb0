"""Checking a library for damage, and repairing it."""
