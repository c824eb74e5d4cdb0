"""Duplicates: found, compared, merged or kept apart."""
