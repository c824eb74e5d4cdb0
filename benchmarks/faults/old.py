"""A library as the first Reader made it, for the faults of a migration."""

import zlib
from hashlib import sha256
from pathlib import Path

import apsw

from benchmarks.faults.example import COUNT
from reader.library.store import migrate

_ARTICLE = """
INSERT INTO article (id, uid, url, title, title_key, byline, site, site_key, language, excerpt,
    words, published_at, added_at, downloaded_at, state, place)
VALUES (?1, ?2, 'https://old.example/' || ?1, 'Old ' || ?1, 'old', '', '', '', '', '', 3, '',
    '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'queue', 'n')
"""
_CONTENT = "INSERT INTO content (article, html, sha256, source, source_type) VALUES (?,?,?,?,'')"


def make_old(folder: Path) -> None:
    """Make a library of the first schema, with as many articles as the other one has."""
    folder.mkdir(parents=True)
    connection = apsw.Connection(str(folder / "library.db"))
    try:
        connection.pragma("application_id", migrate.APPLICATION_ID)
        migrate.make(connection, 1)
        connection.pragma("journal_mode", "wal")
        with connection:
            for number in range(1, COUNT + 1):
                text = f"<p>{f'Word {number} and more. ' * 400}</p>"
                digest = sha256(text.encode()).digest()
                connection.execute(_ARTICLE, (number, f"{number:032x}"))
                connection.execute(_CONTENT, (number, text, digest, zlib.compress(b"")))
    finally:
        connection.close()
