"""The reasons why a PDF does not follow a standard, as data."""

from enum import StrEnum


class Flaw(StrEnum):
    """A point of PDF/UA-1 (ISO 14289-1) or PDF/A-3b (ISO 19005-3) that does not hold.

    The value names the obstacle to users.
    """

    TITLE = "no title"
    LANGUAGE = "its language is not known"
    FONT = "a typeface cannot be embedded"
    SIGN = "a letter has no typeface or no text"
    UNTAGGED = "something is not tagged"
    ORDER = "the structure is not a known one"
    HEADING = "a heading skips a level"
    PICTURE = "a picture is not described"
    LIST = "a list is not tagged as one"
    TABLE = "a table is not regular"
    NOTE = "a note has no name of its own"
    LINK = "a link has no text"
    COLOUR = "its colours are not defined"
    ACTION = "something in it acts by itself"
    ATTACHMENT = "an attached file is not described"
    LENGTH = "an address or a side is too long"
