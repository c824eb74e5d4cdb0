"""Giving the gains from an entry to a known article, within an undo step."""

from reader.entries import Entry
from reader.library.articles import add, downloads, fields, subjects, versions
from reader.library.highlights import store
from reader.library.history import changes, identity
from reader.library.imports import own_articles
from reader.library.imports.ledger import Gains
from reader.library.shelves import tag_store, tags
from reader.library.store import clock

_FILLED = ("title", "byline", "published_at", "site", "language", "excerpt")
"""What an article that waited for its text gets with it, if it is empty."""


def give(step: changes.Making, id: int, entry: Entry, gains: Gains) -> None:
    """Give a known article its gains from an entry; its title, state and text stay."""
    if gains.text:
        _use_text(step, id, entry)
    if gains.other_text:
        versions.keep(step.connection, id)
        versions.add(step.connection, id, entry.clipping, clock.now())
    for name in gains.tags.values():
        tags.give(step, [id], tag_store.clean(name))
    if gains.added_at:
        step.write([id], "added_at", gains.added_at)
    if gains.favourite:
        step.write([id], "favourite", 1)
    if entry.highlights:
        store.add(step, id, entry.highlights)
    if gains.own:
        own_articles.complete(step, id, entry)


def _use_text(step: changes.Making, id: int, entry: Entry) -> None:
    """Give an article that waits for its text that of the export, with its facts."""
    connection, clipping = step.connection, entry.clipping
    versions.add(connection, id, clipping, clock.now())
    if clipping.source:
        versions.set_source(connection, id, versions.sent(clipping))
        add.log_source(connection, identity.of(connection, id), id)
    step.write([id], "text", versions.digest_of(clipping.html).hex())
    downloads.forget_failure(connection, id)
    its = {name: getattr(clipping, name) for name in _FILLED}
    its["subjects"] = subjects.text_of(clipping.subjects)
    for name, value in its.items():
        if value and not fields.FIELDS[name].read(connection, id, ""):
            field = f"found/{name}" if name in fields.FOUND else name
            step.write([id], field, value)
