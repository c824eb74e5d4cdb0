"""Tags: all of them, as ``library.tags``; each change is a step that can be undone."""

import json
from collections.abc import Sequence

import apsw

from reader import phrases
from reader.errors import LibraryError
from reader.library.history import changes, labels
from reader.library.shelves import counts
from reader.library.store.database import Database, rows
from reader.progress import Report, silent

COLOURS = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "grey")
"""What a tag can be coloured with; a window knows how each looks in its theme."""


class Tags:
    """Tags of articles; every method may raise LibraryError.

    A tag whose name has slashes lies within those that its name begins with.
    """

    def __init__(self, database: Database) -> None:
        """Use ``Library.tags``."""
        self._database = database

    def all(self) -> list[tuple[str, int]]:
        """Return every tag in use and how many articles its shelf shows, in order."""
        with self._database.reading() as connection:
            return counts.in_use(connection)

    def of(self, ids: Sequence[int]) -> dict[str, int]:
        """Return the tags of articles, and how many of them have each."""
        sql = (
            "SELECT name, count(*) FROM json_each(?) JOIN article_tag ON article = value "
            "JOIN tag ON tag.id = tag GROUP BY tag.id ORDER BY name_key"
        )
        with self._database.reading() as connection:
            return dict(rows(connection, sql, (json.dumps(list(ids)),)))

    def change(
        self,
        ids: Sequence[int],
        added: Sequence[str],
        removed: Sequence[str],
        report: Report = silent,
    ) -> int:
        """Tag articles and take tags from them as one step; return how many are others now."""
        fields = [(f"tag:{labels.named(each)}", 1) for each in added]
        fields += [(f"tag:{labels.named(each)}", 0) for each in removed]

        def work(connection: apsw.Connection, step: int) -> int:
            done = [changes.write(connection, step, ids, *field, report) for field in fields]
            return max(done, default=0)

        if not ids or not fields:
            return 0
        return changes.one_step(self._database, _said(len(ids), added, removed), work)

    def rename(self, old: str, new: str) -> int:
        """Give a tag another name, and with it those within; return whether it has it now.

        Where there is a tag of that name already, the two become one.
        """
        wanted = labels.named(new)

        def work(connection: apsw.Connection, step: int) -> int:
            tag = _known(connection, old)
            if wanted.casefold().startswith(f"{old.casefold()}/"):
                raise LibraryError(
                    f"A tag cannot lie within itself: “{wanted}” begins with “{old}”. "
                    "Nothing was changed."
                )
            other = labels.find_tag(connection, wanted)
            if other in (None, tag) or not labels.is_used(connection, other or 0):
                entity = labels.entity_of_tag(tag)
                return changes.write_label(connection, step, entity, "name", wanted)
            return _merge(connection, step, tag, wanted)

        return changes.one_step(self._database, f"Renamed the tag “{old}” to “{wanted}”", work)

    def colour(self, name: str, colour: str) -> int:
        """Give a tag one of the colours, ``""`` for none; return whether it is another one."""
        if colour and colour not in COLOURS:
            raise LibraryError(f"There is no colour “{colour}”; there are {', '.join(COLOURS)}.")

        def work(connection: apsw.Connection, step: int) -> int:
            entity = labels.entity_of_tag(_known(connection, name))
            return changes.write_label(connection, step, entity, "colour", colour)

        return changes.one_step(self._database, f"Coloured the tag “{name}”", work)

    def delete(self, name: str, report: Report = silent) -> int:
        """Take a tag and those within it from all articles; return from how many."""

        def work(connection: apsw.Connection, step: int) -> int:
            branch = labels.branch(connection, _known(connection, name))
            return sum(
                changes.write(connection, step, _articles(connection, id), f"tag:{each}", 0, report)
                for id, each in branch
            )

        return changes.one_step(self._database, f"Deleted the tag “{name}”", work)


def _known(connection: apsw.Connection, name: str) -> int:
    found = labels.find_tag(connection, name)
    if found is None:
        raise LibraryError(f"There is no tag “{name}”. “reader tags” shows which there are.")
    return found


def _articles(connection: apsw.Connection, tag: int) -> list[int]:
    sql = "SELECT article FROM article_tag WHERE tag = ?"
    return [int(id) for (id,) in rows(connection, sql, (tag,))]


def _merge(connection: apsw.Connection, step: int, tag: int, wanted: str) -> int:
    """Give the articles of a tag and of those within it the tags of another name."""
    changed = 0
    branch = labels.branch(connection, tag)
    old = next(name for id, name in branch if id == tag)
    for id, name in branch:
        articles = _articles(connection, id)
        changes.write(connection, step, articles, f"tag:{wanted}{name[len(old) :]}", 1)
        changed += changes.write(connection, step, articles, f"tag:{name}", 0)
    return changed


def _said(count: int, added: Sequence[str], removed: Sequence[str]) -> str:
    """Return the label of a step: ``Tagged “art”, removed “code”: 3 articles``."""
    parts = []
    if added:
        parts.append("Tagged " + ", ".join(f"“{each}”" for each in added))
    if removed:
        parts.append("Removed the tag " + ", ".join(f"“{each}”" for each in removed))
    return f"{'; '.join(parts)}: {phrases.plural(count, 'article')}"
