"""The table of all formats."""

from reader.importing.formats.format import Format

FORMATS: tuple[Format, ...] = ()
"""All formats; of those that fit as well, the first counts."""
