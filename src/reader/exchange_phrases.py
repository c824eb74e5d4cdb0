"""Sentences about imports and exports."""

from collections.abc import Mapping
from types import MappingProxyType

from reader.outcomes import Outcome, Where
from reader.reasons import Reason

REMARKS = {
    Reason.NO_ADDRESS: "no address",
    Reason.NOT_AN_ADDRESS: "not an address of the web",
    Reason.SAME_AS: "same as line {0}",
    Reason.SAME_IN: "same as line {0} of {text}",
    Reason.FROM_FEED: "from a feed",
    Reason.NOT_TEXT: "bytes that are no text",
    Reason.NOT_READABLE: "not readable: {text}",
    Reason.TEXT_NOT_READABLE: "its text is not readable: {text}",
    Reason.REFUSED_MEMBER: "left out: {text}",
    Reason.BAD_DATE: "the date is not readable: {text}",
    Reason.OPEN_QUOTE: "a quotation mark is not closed",
    Reason.MORE_TAGS: "{0} more tags",
    Reason.MORE_HIGHLIGHTS: "{0} more highlights",
    Reason.OLDER_DATE: "an older date",
    Reason.MADE_FAVOURITE: "favourite",
    Reason.TEXT_ADDED: "its text",
    Reason.TEXT_KEPT: "another text, kept as a version",
    Reason.BROUGHT_BACK: "back from the trash",
    Reason.UNPLACED: "{0} highlights have no place in the text",
    Reason.OTHER_NAME: "written as “{text}”, because its name was taken",
}
"""The sentences of remarks on imported and exported items."""

_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "pocket": "Pocket",
        "pocket-html": "Pocket (HTML)",
        "omnivore": "Omnivore",
        "omnivore-csv": "Omnivore (list)",
        "instapaper": "Instapaper",
        "bookmarks": "Bookmarks of a browser",
        "browser": "Bookmarks of a browser (JSON)",
        "wallabag": "wallabag",
        "wallabag-v1": "wallabag 1",
        "wallabag-csv": "wallabag (CSV)",
        "readwise": "Readwise Reader",
        "raindrop": "Raindrop.io",
        "karakeep": "Karakeep",
        "matter": "Matter",
        "readeck": "Readeck",
        "readeck-markdown": "Readeck (Markdown)",
        "readeck-full": "Readeck (everything)",
        "opml": "OPML",
        "urls": "List of addresses",
        "csv": "Table (CSV)",
        "json": "Addresses in a JSON file",
        "goodlinks": "GoodLinks",
        "linkwarden": "Linkwarden",
        "pinboard": "Pinboard",
        "mymind": "mymind",
        "markdown": "Folder of Markdown",
        "epub": "EPUB",
        "reader": "Reader",
        "reader-pages": "Web pages of Reader",
    }
)

PROGRAMS = (
    "It imports files of Pocket, Omnivore, Instapaper, wallabag, Readwise Reader, Raindrop.io, "
    "Karakeep, Matter, Readeck, GoodLinks, Linkwarden, Pinboard and mymind, bookmarks of browsers, "
    "OPML, lists of addresses, CSV tables with addresses, folders of Markdown, EPUB, and its own "
    "exports."
)
"""What can be imported."""

NOTHING_FITS = f"this is no export that Reader can import. {PROGRAMS}"
"""What follows the names of files that cannot be imported."""

IS_ARTICLE = "Pages, notes and texts are added: “reader add FILE”, or File › Add."
"""Follows if the files are articles by themselves."""

OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.ADDED: "added",
        Outcome.UPDATED: "merged",
        Outcome.UNCHANGED: "the same",
        Outcome.SKIPPED: "left out",
        Outcome.FAILED: "not readable",
    }
)
"""The outcome of one row of an import."""

_BEFORE = {
    Outcome.ADDED: ("will be added", "will be added"),
    Outcome.UPDATED: ("merges", "merge"),
    Outcome.UNCHANGED: ("is the same", "are the same"),
    Outcome.SKIPPED: ("is left out", "are left out"),
    Outcome.FAILED: ("cannot be read", "cannot be read"),
}
_AFTER = {
    Outcome.ADDED: ("was added", "were added"),
    Outcome.UPDATED: ("was merged", "were merged"),
    Outcome.UNCHANGED: ("was the same", "were the same"),
    Outcome.SKIPPED: ("was left out", "were left out"),
    Outcome.FAILED: ("could not be read", "could not be read"),
}


def format_title(key: str) -> str:
    """Return the name of a format for display."""
    return _FORMATS.get(key, key)


def not_an_article(key: str) -> str:
    """Return that a file is an export and no article, and the remedy."""
    return (
        f"This is an export ({format_title(key)}), not an article. “reader import FILE” or "
        "File › Import… takes in all that is in it."
    )


def foreseen(counts: Mapping[Outcome, int]) -> str:
    """Return the sums of a plan: ``4,517 will be added, 241 merge, 1 cannot be read.``"""
    return _sums(counts, _BEFORE, "Nothing is to be changed")


def imported(counts: Mapping[Outcome, int]) -> str:
    """Return the sums of an import: ``4,517 were added, 241 were merged.``"""
    return _sums(counts, _AFTER, "Nothing was changed")


def facts(items: int, known: Mapping[str, int], first: str = "", last: str = "") -> str:
    """Return the contents of an export: ``4,812 items, 912 highlights, 64 tags, 2012 to 2025``."""
    nouns = {"texts": "text", "highlights": "highlight", "tags": "tag", "folders": "folder"}
    counted = [_count(known[name], noun) for name, noun in nouns.items() if known.get(name)]
    years = dict.fromkeys((first[:4], last[:4]))
    span = [" to ".join(years)] if first else []
    return ", ".join([_count(items, "item"), *counted, *span])


def place(where: Where) -> str:
    """Return a place in an import: ``line 3``, ``part.csv, line 3``; ``""`` if unknown."""
    line = f"line {where.line:,}" if where.line else ""
    return ", ".join(filter(None, (where.file, line)))


def _sums(
    counts: Mapping[Outcome, int], words: Mapping[Outcome, tuple[str, str]], nothing: str
) -> str:
    parts = [
        f"{count:,} {words[outcome][count > 1]}"
        for outcome in Outcome
        if (count := counts.get(outcome, 0))
    ]
    changes = counts.get(Outcome.ADDED, 0) + counts.get(Outcome.UPDATED, 0)
    if changes:
        return f"{', '.join(parts)}."
    return f"{nothing}: {', '.join(parts)}." if parts else f"{nothing}: there is nothing in it."


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"
