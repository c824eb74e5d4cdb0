"""Turning pages, scrolling by itself, the reading ruler, and reading without distraction."""
