"""The table of all entity kinds in the history. Import it before using the history."""

from reader.library.articles import aliases, arrival, distinct, fields
from reader.library.highlights import store as highlights
from reader.library.history import entities, identity
from reader.library.history.entities import Kind
from reader.library.reading import log
from reader.library.shelves import saved, tag_arrival, tag_store
from reader.library.vocabulary import vocabulary

ARTICLE = Kind(
    entities.ARTICLE,
    identity.find,
    {**fields.FIELDS, "tag": tag_store.GIVEN, "read": log.READ},
    arrival.refresh,
    arrival.data,
)

entities.register(
    tag_arrival.TAG, ARTICLE, aliases.ALIAS, highlights.HIGHLIGHT, distinct.PAIR, saved.SAVED,
    log.DIARY, vocabulary.WORD,
)  # fmt: skip
