"""The place of new articles, and their tags."""

from enum import StrEnum
from typing import NamedTuple

from reader.library.library import Library
from reader.model import ImportResult, Outcome, State


class Into(StrEnum):
    """A place for new articles."""

    END = "end"
    """At the end of the queue."""
    NEXT = "next"
    """In the queue, after the open article."""
    ARCHIVE = "archive"


class Filing(NamedTuple):
    """The place of new articles, and tags for new and known ones."""

    into: Into = Into.END
    tags: tuple[str, ...] = ()


def file(library: Library, result: ImportResult, filing: Filing, current: int | None) -> None:
    """File the articles of a result; one that was in the library keeps its place."""
    new = [row.article for row in result.rows if row.outcome is Outcome.ADDED]
    if filing.into is Into.ARCHIVE:
        library.set_state(new, State.ARCHIVE)
    elif filing.into is Into.NEXT:
        library.queue.next_up(new, current)
    every = [row.article for row in result.rows if row.article]
    for name in filing.tags if every else ():
        library.tags.add(every, name)
