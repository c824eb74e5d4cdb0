"""The texts of articles, as ``library.texts``: their sources and versions."""

import json
import re
import zlib
from collections.abc import Sequence
from html import unescape

from reader.library.articles import records, versions
from reader.library.history import changes
from reader.library.store.collation import decoded
from reader.library.store.database import Database
from reader.model import Source, Version
from reader.steps import Verb

_EXCERPT = 300  # letters
_TAG = re.compile(r"<[^>]*>?")


class Texts:
    """Sources and versions; every method may raise LibraryError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def source(self, id: int) -> Source:
        """Return the original source of an article. Raises NoSuchArticle."""
        sql = "SELECT source, source_type, base, validators FROM content WHERE article = ?"
        with self._database.reading() as connection:
            found = connection.execute(sql, (id,)).fetchone()
        if found is None:
            raise records.no_such(id)
        return Source(zlib.decompress(found[0]), *found[1:])

    def addresses(self, ids: Sequence[int]) -> list[tuple[str, str]]:
        """Return title and address of articles, in the order of ``ids`` without those deleted."""
        sql = (
            "SELECT id, CAST(title AS BLOB), CAST(url AS BLOB) FROM article "
            "WHERE id IN (SELECT value FROM json_each(?))"
        )
        with self._database.reading() as connection:
            rows = connection.execute(sql, (json.dumps([*ids]),)).fetchall()
        found = {id: (_decoded(title), _decoded(url)) for id, title, url in rows}
        return [found[id] for id in ids if id in found]

    def excerpt(self, id: int) -> str:
        """Return a page's own summary, or else its first words; ``""`` if it has none."""
        sql = (
            "SELECT CAST(substr(excerpt, 1, ?) AS BLOB), "
            "(SELECT CAST(substr(html, 1, ?) AS BLOB) FROM content WHERE article = id) "
            "FROM article WHERE id = ?"
        )
        with self._database.reading() as connection:
            found = connection.execute(sql, (_EXCERPT, 5 * _EXCERPT, id)).fetchone()
        if found is None:
            return ""
        excerpt, text = map(_decoded, found)
        text = excerpt.strip() or unescape(_TAG.sub(" ", text))
        return " ".join(text.split())[:_EXCERPT]

    def validators(self, id: int) -> str:
        """Return the validators of a source, without the source. Raises NoSuchArticle."""
        sql = "SELECT validators FROM content WHERE article = ?"
        with self._database.reading() as connection:
            found = connection.execute(sql, (id,)).fetchone()
        if found is None:
            raise records.no_such(id)
        return str(found[0])

    def versions(self, id: int) -> list[Version]:
        """Return the versions of an article, newest first; none if it has only one."""
        with self._database.reading() as connection:
            return versions.of(connection, id)

    def html(self, id: int, version: int) -> str:
        """Return the canonical HTML of a version of an article."""
        with self._database.reading() as connection:
            return versions.text_of(connection, id, version)

    def with_pictures(self, id: int) -> list[str]:
        """Return the canonical HTML in use, then that of other versions that have pictures.

        Raises NoSuchArticle.
        """
        with self._database.reading() as connection:
            found = versions.with_pictures(connection, id)
        if not found:
            raise records.no_such(id)
        return found

    def use(self, id: int, version: int) -> int:
        """Use a version as the text of its article, as an undo step; return whether it changed."""
        with changes.step_about(self._database, Verb.USE_VERSION, [id]) as step:
            digest = versions.digest_of_version(step.connection, id, version)
            return step.write([id], "text", digest.hex()) if digest else 0


def _decoded(stored: object) -> str:
    return decoded(stored) if isinstance(stored, bytes) else ""
