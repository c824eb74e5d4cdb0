"""Printing from the window: the preview, the choices, a PDF."""
