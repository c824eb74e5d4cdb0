"""Reader: an offline home for the articles a person means to read."""

__version__ = "0.1.0"
