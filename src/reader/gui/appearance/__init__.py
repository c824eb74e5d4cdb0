"""The look of the page and the colours of the window."""
