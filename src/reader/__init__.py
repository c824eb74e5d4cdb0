"""Reader: an offline home for articles to read."""

__version__ = "0.1.0"
