"""The schema of a damaged file: root pages and version, from wherever its rows are found."""

from collections.abc import Iterator
from typing import NamedTuple

from reader.errors import LibraryTooNew
from reader.library.repair import shapes, trees
from reader.library.repair.pages import TABLE_LEAF, Pages
from reader.library.repair.records import Row
from reader.library.repair.trees import Forest
from reader.library.store import migrate

_KINDS = ("table", "index")
_COLUMNS = 5  # of sqlite_schema: type, name, tbl_name, rootpage, sql
_SOON = 30  # versions; a greater number is a damaged one
_CODECS = {1: "utf-8", 2: "utf-16-le", 3: "utf-16-be"}


class Schema(NamedTuple):
    """The root page of each table and index, the version, and how texts are encoded."""

    roots: dict[str, int]
    version: int
    codec: str


def read(pages: Pages, forest: Forest) -> Schema:
    """Return the schema of a file. Raises LibraryTooNew if a newer Reader has written it."""
    codec = _CODECS.get(int.from_bytes(pages.header[56:60]), "utf-8")
    found = {codec: _roots(pages, forest, codec)}
    if not found[codec] and codec != "utf-8":  # the header may be damaged
        codec = "utf-8"
        found[codec] = _roots(pages, forest, codec)
    roots = found[codec]
    return Schema(roots, _version(pages, set(roots)), codec)


def _roots(pages: Pages, forest: Forest, codec: str) -> dict[str, int]:
    tree = forest.grow(1, TABLE_LEAF)
    roots = {name: root for number in tree.leaves for name, root in _in(pages, number, codec)}
    if tree.torn:
        for number in range(2, pages.count + 1):
            if pages.kinds[number] == TABLE_LEAF and number not in tree.leaves:
                for name, root in _in(pages, number, codec):
                    roots.setdefault(name, root)
                    forest.claim(number)
    return roots


def _in(pages: Pages, number: int, codec: str) -> Iterator[tuple[str, int]]:
    """Yield name and root page of the tables and indexes in a page of the schema."""
    for _, row in trees.rows(pages, number, TABLE_LEAF, codec):
        if row is None:
            continue
        if not _is_entry(row):
            return
        if row[0] in _KINDS and isinstance(row[3], int) and 0 < row[3] <= pages.count:
            yield str(row[1]), row[3]


def _is_entry(row: Row) -> bool:
    return (
        len(row) == _COLUMNS
        and row[0] in (*_KINDS, "trigger", "view")
        and isinstance(row[1], str)
        and isinstance(row[2], str)
    )


def _known_names() -> set[str]:
    """Return all names that a table or an index has had."""
    versions = range(1, migrate.newest() + 1)
    return {"sqlite_sequence"}.union(*(shapes.of_version(each) for each in versions))


def _version(pages: Pages, names: set[str]) -> int:
    told = int.from_bytes(pages.header[60:64]) if pages.has_header else 0
    ours = {name for name in names if not name.startswith("sqlite_seq")}
    if 0 < told <= migrate.newest() and (not ours or ours <= set(shapes.of_version(told))):
        return told
    likely = shapes.likely_version(ours) if ours else migrate.newest()
    if 0 < told - migrate.newest() < _SOON and not {*names} <= _known_names():
        raise LibraryTooNew(
            "The library was written by a newer Reader and was left as it is. Update Reader to "
            "repair it."
        )
    return likely
