"""Search from the window."""
