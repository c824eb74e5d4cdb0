"""Subjects: what an article is about according to its page, while tags are given by people.

Older programs made tags of them. Those are turned into subjects once, as an undo step.
"""

from collections.abc import Iterable, Iterator

import apsw

from reader.library.history import changes, stamps
from reader.library.shelves import tag_store
from reader.library.store.collation import storable
from reader.library.store.database import Database, rows
from reader.progress import Report, silent
from reader.steps import Label, Verb

_LONGEST = 200
_DUE = "tags_of_pages"

# Markdown and plain text are a person's own files. A tag that a person touched in any way stays
# one: in a step, with a colour, under another name, or in a saved search. So does one that another
# device may have given: steps are never received.
_BY_PAGES = """
SELECT article.id, tag.id, tag.name FROM article_tag
JOIN article ON article.id = article_tag.article
JOIN content ON content.article = article.id
JOIN tag ON tag.id = article_tag.tag
WHERE source_type NOT IN ('', 'text/markdown', 'text/plain') AND tag.colour = ''
AND NOT EXISTS (SELECT 1 FROM change WHERE entity = 'tag/' || tag.uid AND step IS NOT NULL)
AND NOT EXISTS (
    SELECT 1 FROM change
    WHERE entity = article.uid AND field = 'tag/' || tag.uid AND step IS NOT NULL
)
AND EXISTS (
    SELECT 1 FROM change
    WHERE entity = article.uid AND field = 'tag/' || tag.uid AND new = '1' AND device IN (
        SELECT ? UNION SELECT device FROM change WHERE step IS NOT NULL
        UNION SELECT number FROM device WHERE instr(id, '.')
    )
)
AND NOT EXISTS (
    SELECT 1 FROM saved WHERE instr(lower(question), 'tag:') AND instr(lower(question), name_key)
)
AND NOT EXISTS (SELECT 1 FROM tag_twin WHERE tag_twin.tag = tag.id)
ORDER BY article.id, tag.name_key
"""


def text_of(names: Iterable[str]) -> str:
    """Return subjects as they are stored: each once, a line each."""
    lines = (" ".join(storable(name).split())[:_LONGEST] for name in names)
    return "\n".join({line.casefold(): line for line in lines if line}.values())


def names_in(text: str) -> tuple[str, ...]:
    """Return the subjects in a stored text."""
    return tuple(text.splitlines())


def take_from_tags(database: Database, report: Report = silent) -> int:
    """Turn the tags that only pages gave into subjects; return the number of articles changed.

    This is one undo step, and done once in each library.
    """
    with database.writing() as connection:
        label = Label(Verb.SUBJECTS)
        with changes.step(connection, label) as step:
            count = sum(_take(step, id, tags) for id, tags in _by_article(connection, report))
            step.name(Label(Verb.SUBJECTS, {"count": count}))
        connection.execute("DELETE FROM setting WHERE name = ?", (_DUE,))
    return count


def _by_article(
    connection: apsw.Connection, report: Report
) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Yield articles with those of their tags that only their pages gave."""
    given: dict[int, list[tuple[int, str]]] = {}
    for id, tag, name in rows(connection, _BY_PAGES, (stamps.pen(connection).device,)):
        given.setdefault(id, []).append((tag, name))
    yield from changes.counted(given.items(), report)


def _take(step: changes.Making, id: int, tags: list[tuple[int, str]]) -> bool:
    sql = "SELECT subjects FROM article WHERE id = ?"
    had = names_in(str(step.connection.execute(sql, (id,)).get))
    step.write([id], "subjects", text_of([*had, *(name for _, name in tags)]))
    for tag, _ in tags:
        step.write([id], tag_store.field_of(step.connection, tag), 0)
    return True
