"""The history: every change is logged, and can be undone."""
