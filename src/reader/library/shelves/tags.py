"""Tags, as ``library.tags``; each change is an undo step."""

import json
from collections.abc import Sequence

import apsw

from reader.errors import LibraryError
from reader.library.history import changes
from reader.library.shelves import counts, tag_store
from reader.library.store.database import Database, rows
from reader.progress import Report, silent
from reader.steps import Label, Verb

COLOURS = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "grey")
"""The colours of tags; a theme defines how each looks."""


class Tags:
    """The tags of articles; every method may raise LibraryError.

    Slashes in a name make a tree: ``art/music`` lies within ``art``.
    """

    def __init__(self, database: Database) -> None:
        """Use ``Library.tags``."""
        self._database = database

    def all(self) -> list[tuple[str, int]]:
        """Return every tag in use and the number of articles on its shelf, in order."""
        with self._database.reading() as connection:
            return counts.in_use(connection)

    def of(self, ids: Sequence[int]) -> dict[str, int]:
        """Return the tags of articles, and how many of the articles have each."""
        sql = (
            "SELECT name, count(*) FROM json_each(?) JOIN article_tag ON article = value "
            "JOIN tag ON tag.id = tag GROUP BY tag.id ORDER BY name_key"
        )
        with self._database.reading() as connection:
            return dict(rows(connection, sql, (json.dumps(list(ids)),)))

    def add(self, ids: Sequence[int], tag: str, *, report: Report = silent) -> int:
        """Tag articles, as an undo step; return how many did not have the tag."""
        name = tag_store.named(tag)
        with changes.step_about(self._database, Verb.TAG, ids, name=name) as step:
            return give(step, ids, name, report) if ids else 0

    def remove(self, ids: Sequence[int], tag: str, *, report: Report = silent) -> int:
        """Remove a tag from articles, as an undo step; return how many had it."""
        name = tag_store.named(tag)
        with changes.step_about(self._database, Verb.UNTAG, ids, name=name) as step:
            return take(step, ids, name, report)

    def change(
        self,
        ids: Sequence[int],
        added: Sequence[str],
        removed: Sequence[str],
        report: Report = silent,
    ) -> int:
        """Add and remove tags of articles as one undo step; return how many articles changed."""
        told = {
            "added": [*map(tag_store.named, added)],
            "removed": [*map(tag_store.named, removed)],
        }
        if not ids or not any(told.values()):
            return 0
        label = Label(Verb.TAGS, {"count": len(ids), **told})
        self._database.before_many(label.verb, ids.__len__, report)
        with (
            self._database.writing() as connection,
            changes.step(connection, label) as step,
        ):
            return max(
                *(give(step, ids, name, report) for name in told["added"]),
                *(take(step, ids, name, report) for name in told["removed"]),
                0,
                0,
            )

    def rename(self, old: str, new: str) -> int:
        """Rename a tag and its descendants; return how many changes were made.

        If a tag in use has the new name already, the two are merged.
        """
        wanted = tag_store.named(new)
        label = Label(Verb.RENAME_TAG, {"old": old, "new": wanted})
        self._database.before_many(label.verb, lambda: self._count(old))
        with (
            self._database.writing() as connection,
            changes.step(connection, label) as step,
        ):
            tag = _known(connection, old)
            if wanted.casefold().startswith(f"{old.casefold()}/"):
                raise LibraryError(
                    f"A tag cannot lie within itself: “{wanted}” begins with “{old}”. "
                    "Nothing was changed."
                )
            other = tag_store.find(connection, wanted)
            if other in (None, tag) or not tag_store.is_used(connection, other or 0):
                return step.put(tag_store.entity_of(connection, tag), "name", wanted)
            return _merge(step, tag, wanted)

    def colour(self, name: str, colour: str) -> int:
        """Set the colour of a tag, ``""`` for none; return 1 if it changed, else 0."""
        if colour and colour not in COLOURS:
            raise LibraryError(f"There is no colour “{colour}”; there are {', '.join(COLOURS)}.")
        with (
            self._database.writing() as connection,
            changes.step(connection, Label(Verb.COLOUR_TAG, {"name": name})) as step,
        ):
            tag = _known(connection, name)
            uids = tag_store.uids_of(connection, tag)[1:]
            done = step.put(tag_store.entity_of(connection, tag), "colour", colour)
            for uid in uids if done else ():
                changes.record(connection, None, f"{tag_store.NAME}/{uid}", "colour", "", colour)
            return done

    def delete(self, name: str, report: Report = silent) -> int:
        """Remove a tag and its descendants from all articles; return how many tags were removed."""
        self._database.before_many(Verb.DELETE_TAG, lambda: self._count(name), report)
        with (
            self._database.writing() as connection,
            changes.step(connection, Label(Verb.DELETE_TAG, {"name": name})) as step,
        ):
            branch = tag_store.branch(connection, _known(connection, name))
            return sum(
                take(step, tag_store.articles_of(connection, id), each, report)
                for id, each in branch
            )

    def _count(self, name: str) -> int:
        """Return how many times articles have a tag or one of its descendants."""
        with self._database.reading() as connection:
            branch = tag_store.branch(connection, _known(connection, name))
            return sum(len(tag_store.articles_of(connection, id)) for id, _ in branch)


def give(step: changes.Making, ids: Sequence[int], name: str, report: Report = silent) -> int:
    """Tag articles within a step; return how many did not have the tag."""
    connection = step.connection
    field = tag_store.field_of(connection, tag_store.made(connection, name))
    return step.write(ids, field, 1, report)


def take(step: changes.Making, ids: Sequence[int], name: str, report: Report = silent) -> int:
    """Remove a tag from articles within a step; return how many had it."""
    connection = step.connection
    tag = tag_store.find(connection, name)
    if tag is None:
        return 0
    for uid in tag_store.uids_of(connection, tag)[1:]:
        _take_twin(connection, ids, uid)
    return step.write(ids, tag_store.field_of(connection, tag), 0, report)


def _take_twin(connection: apsw.Connection, ids: Sequence[int], uid: str) -> None:
    """Log the removal of a tag from articles for another of its uids."""
    field = f"{tag_store.NAME}/{uid}"
    for id in ids:
        told = rows(connection, "SELECT uid FROM article WHERE id = ?", (id,))
        for (article,) in told:
            if changes.last(connection, article, field) == "1":
                changes.record(connection, None, article, field, "1", "0")


def _known(connection: apsw.Connection, name: str) -> int:
    found = tag_store.find(connection, name)
    if found is None:
        raise LibraryError(f"There is no tag “{name}”. “reader tags” shows all tags.")
    return found


def _merge(step: changes.Making, tag: int, wanted: str) -> int:
    """Retag the articles of a tag and its descendants under another name."""
    changed = 0
    branch = tag_store.branch(step.connection, tag)
    old = next(name for id, name in branch if id == tag)
    for id, name in branch:
        articles = tag_store.articles_of(step.connection, id)
        give(step, articles, f"{wanted}{name[len(old) :]}")
        changed += take(step, articles, name)
    return changed
