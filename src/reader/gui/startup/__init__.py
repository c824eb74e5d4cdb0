"""Startup: the library opened or recovered, and what other starts hand over."""
