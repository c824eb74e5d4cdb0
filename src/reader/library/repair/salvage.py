"""Reading the rows of a damaged file into an empty library, page by page.

The rows of a table are taken from the pages of its tree first, then from pages that no tree leads
to, then from indexes that repeat them. Rows on free pages are old: they are used only
for articles that are missing from everything else (see ``remaking``).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import apsw

from reader.library.articles import versions
from reader.library.repair import schema, shapes, trees
from reader.library.repair.pages import INDEX_LEAF, TABLE_LEAF, Pages
from reader.library.repair.records import MISSING, Row, clean
from reader.library.repair.shapes import Column, Shape
from reader.library.repair.trees import Forest, Tree
from reader.library.store import damaged_pages
from reader.library.store.collation import decoded
from reader.library.store.database import rows
from reader.model import State
from reader.progress import Report

_SAYS = "Reading what is whole"
_BATCH = 200  # pages between two reports
_SAMPLE = 40  # rows of a tree that are looked at to find its table
_MADE_AGAIN = damaged_pages.DERIVED - {"day", "loose_picture", "seal", "unsealed"}
_SEQUENCE = "sqlite_sequence"
_PASSING = ("arrived", "download_failure", "site_icon", "site_rest")
"""Tables of a passing state: nobody misses rows of theirs."""


class Again(NamedTuple):
    """A row on a free page."""

    table: str
    id: int
    row: Row


class Tally:
    """The number of rows of a table, by how they were read."""

    def __init__(self) -> None:
        self.read = self.half = self.lost = self.again = self.remade = 0
        self.half_ids = set[int]()
        self.is_torn = False
        """Whether rows may be missing."""
        self.holes = 0
        """How many of its pages and rows are unreadable."""


class Salvage:
    """A damaged file while it is read into ``connection``, a library of the same schema."""

    def __init__(self, pages: Pages, report: Report) -> None:
        self.pages = pages
        self._report = report
        self._forest = Forest(pages)
        self.schema = schema.read(pages, self._forest)
        self.shapes = shapes.of_version(self.schema.version)
        self.wanted = {
            name: shape for name, shape in self.shapes.items()
            if not shape.is_index and name not in _MADE_AGAIN and not name.startswith("search_")
        }  # fmt: skip
        self.tallies = {name: Tally() for name in self.wanted}
        self.again: list[Again] = []
        self.uids: dict[str, int] = {}
        """The ids of lost articles and tags, from indexes."""
        self.loose = set[int]()
        """The ids of texts on pages that no tree leads to, some of which were deleted."""
        self.older = set[int]()
        """The articles whose lost text was replaced by an older one, as far as is known."""
        self._done = 0
        self._indexes: dict[str, Tree] = {}
        self._misplaced: list[Tree] = []

    def read(self, connection: apsw.Connection) -> None:
        """Read all rows."""
        grown = self._grow()
        for name in self.wanted:
            if name in grown:
                self._read_tree(connection, self.wanted[name], grown[name])
            else:
                self.tallies[name].is_torn = True
        for tree in [*self._misplaced, *self._forest.orphans()]:
            self._read_orphan(connection, tree)
        for tree in self._forest.again():
            self._note_again(tree)
        for name, tally in self.tallies.items():
            if tally.is_torn:
                self._read_indexes(connection, name)
        if _SEQUENCE in grown:
            self._keep_ids_unused(connection, grown[_SEQUENCE])

    def knows_all(self, index: str) -> bool:
        """Return whether an index is whole."""
        return index in self._indexes and not self._indexes[index].torn

    def is_torn(self, table: str) -> bool:
        """Return whether rows of a table may be missing."""
        return table in self.tallies and self.tallies[table].is_torn

    @property
    def knows_free(self) -> bool:
        """Whether all free pages are known, so that all other pages are in use."""
        return self._forest.knows_free

    @property
    def may_be_older(self) -> set[int]:
        """The articles whose texts may be older ones that nothing in the file tells from the last.

        They are on pages that may be free, and the log, which would tell, is damaged as well.
        """
        is_told = self.knows_free or not self.is_torn("change")
        return set() if is_told else self.loose | self.older

    @property
    def is_damaged(self) -> bool:
        """Whether anything is lost, or was not in its place."""
        return any(
            tally.is_torn or tally.half
            for name, tally in self.tallies.items()
            if name not in damaged_pages.DERIVED
        )

    def _grow(self) -> dict[str, Tree]:
        grown: dict[str, Tree] = {}
        for name, root in self.schema.roots.items():
            shape = self.shapes.get(name)
            is_table = name == _SEQUENCE or (shape is not None and shape.has_row_ids)
            tree = self._forest.grow(root, TABLE_LEAF if is_table else INDEX_LEAF)
            grown[name] = tree
            if shape is not None and shape.is_index:
                self._indexes[name] = tree
        return grown

    # ---- rows of a tree

    def _read_tree(self, connection: apsw.Connection, shape: Shape, tree: Tree) -> None:
        tally = self.tallies[shape.name]
        tally.holes += len(tree.torn)
        tally.is_torn |= bool(tree.torn)
        numbers = [each for each in tree.pages() if each[0]]
        for start in range(0, len(numbers), _BATCH):
            self._tell()
            found = [
                each for number, kind in numbers[start : start + _BATCH]
                for each in self._of_page(shape, number, kind)
            ]  # fmt: skip
            tally.read += self._insert(connection, shape, found)

    def _of_page(self, shape: Shape, number: int, kind: int) -> list[tuple[int, Row]]:
        """Return the rows of a page of a table, none if they are those of another table."""
        tally, found = self.tallies[shape.name], list[tuple[int, Row]]()
        for id, row in self._rows(number, kind):
            if row is None or not shape.least <= len(row) <= len(shape.columns):
                tally.is_torn = True
                tally.holes += 1
            else:
                found.append((id, row))
        if found and shape.is_typed and not any(shape.fits(row) for _, row in found):
            tree = Tree(kind, [number], [], [])
            if self._shape_of(tree, found) is not None:
                self._misplaced.append(tree)
                tally.is_torn = True
                return []
        return found

    def _rows(self, number: int, kind: int) -> Iterator[tuple[int, Row | None]]:
        self._done += 1
        return trees.rows(self.pages, number, kind, self.schema.codec)

    def _tell(self) -> None:
        self._report(min(self._done, self.pages.count), self.pages.count, _SAYS)

    def _insert(
        self, connection: apsw.Connection, shape: Shape, found: Iterable[tuple[int, Row]]
    ) -> int:
        """Add rows that are not there yet; return how many were added whole."""
        tally = self.tallies[shape.name]
        whole, half = [], []
        for id, row in found:
            values, is_whole = prepared(shape, id, row)
            if is_whole:
                whole.append(values)
            elif shape.has_row_ids or MISSING not in row[: shape.keys]:
                half.append((id, values))
            else:
                tally.is_torn = True
                tally.holes += 1
        names = ", ".join(each.name for each in shape.columns)
        marks = ", ".join("?" * len(shape.columns))
        sql = f"INSERT OR IGNORE INTO main.{shape.name} ({names}) VALUES ({marks})"
        before = connection.total_changes()
        with connection:
            connection.executemany(sql, whole)
            added = connection.total_changes() - before
            for id, values in half:
                before = connection.total_changes()
                connection.execute(sql, values)
                if connection.total_changes() > before:
                    tally.half += 1
                    tally.half_ids.add(id)
        return added

    # ---- rows that no tree leads to

    def _read_orphan(self, connection: apsw.Connection, tree: Tree) -> None:
        """Read an orphaned tree if its table may miss it; else it is a free page."""
        sample = self._sample(tree)
        shape = self._shape_of(tree, sample, connection)
        if shape is None or shape.name not in self.wanted:
            return
        if not self.tallies[shape.name].is_torn:
            self._note_again(tree)
            return
        for number, kind in tree.pages():
            found = [(id, row) for id, row in self._rows(number, kind)
                     if row is not None and shape.fits(row)]  # fmt: skip
            self.tallies[shape.name].remade += self._insert(connection, shape, found)
            if shape.name == "content":
                self.loose.update(id for id, _ in found)

    def _sample(self, tree: Tree) -> list[tuple[int, Row]]:
        found: list[tuple[int, Row]] = []
        for number, kind in tree.pages():
            found += [(id, row) for id, row in self._rows(number, kind) if row is not None]
            if len(found) >= _SAMPLE:
                break
        return found[:_SAMPLE]

    def _shape_of(
        self,
        tree: Tree,
        sample: list[tuple[int, Row]],
        connection: apsw.Connection | None = None,
    ) -> Shape | None:
        """Return the table or index whose rows a tree has, None if there is none."""
        counts = Counter[str]()
        for _, row in sample:
            for name, shape in self.shapes.items():
                if shape.has_row_ids == (tree.kind == TABLE_LEAF) and shape.fits(row):
                    counts[name] += 1
        most = max(counts.values(), default=0)
        best = [self.shapes[name] for name, count in counts.items() if count == most]
        if len(best) > 1 and connection is not None:
            for shape in best:
                if _is_known(connection, shape, sample):
                    return shape
        lacking = [each for each in best if each.name not in self.schema.roots]
        return next(iter([*lacking, *best]), None)

    def _note_again(self, tree: Tree) -> None:
        """Keep the rows of a free page that may be needed: articles and texts."""
        for number, kind in tree.pages():
            found = [(id, row) for id, row in self._rows(number, kind) if row is not None]
            shape = self._shape_of(tree, found[:_SAMPLE])
            if shape is None or shape.name not in self.wanted:
                continue
            fitting = [(id, row) for id, row in found if shape.fits(row) and MISSING not in row]
            self.tallies[shape.name].again += len(fitting)
            if shape.name in ("article", "content"):
                self.again += [Again(shape.name, id, row) for id, row in fitting]

    # ---- indexes as a second source

    def _read_indexes(self, connection: apsw.Connection, table: str) -> None:
        """Take rows, or at least the number of lost rows, from the indexes of a table."""
        shape, tally = self.wanted[table], self.tallies[table]
        lost, is_told = 0, False
        for index in self.shapes.values():
            tree = self._indexes.get(index.name)
            if index.table != table or tree is None or index.is_partial:
                continue
            found = [row for number, kind in tree.pages() for _, row in self._rows(number, kind)
                     if row is not None and len(row) == len(index.columns)]  # fmt: skip
            is_told |= not tree.torn
            if shape.has_row_ids:
                lost = max(lost, self._missing(connection, shape, index, found))
            else:
                lost = max(lost, self._from_index(connection, shape, index, found))
        if not is_told and table not in _PASSING:
            lost = max(lost, min(1, tally.holes))
        tally.lost += lost

    def _missing(
        self, connection: apsw.Connection, shape: Shape, index: Shape, found: list[Row]
    ) -> int:
        """Return how many rows of an index are not in the table; note the uids among them."""
        known = {id for (id,) in rows(connection, f"SELECT rowid FROM main.{shape.name}")}
        missing = [row for row in found if isinstance(row[-1], int) and row[-1] not in known]
        if index.columns[0].name == "uid":
            self.uids.update((str(row[0]), int(str(row[-1]))) for row in missing)
        return len(missing)

    def _from_index(
        self, connection: apsw.Connection, shape: Shape, index: Shape, found: list[Row]
    ) -> int:
        """Add rows from an index that has all columns of its table.

        Returns how many rows are missing, by their keys, from a table whose other columns it lacks.
        """
        places = [each.name for each in index.columns]
        wanted = [each.name for each in shape.columns]
        if {*wanted} <= {*places}:
            whole = [(0, [row[places.index(name)] for name in wanted]) for row in found]
            fitting = [each for each in whole if shape.fits(each[1])]
            self.tallies[shape.name].remade += self._insert(connection, shape, fitting)
            return 0
        keys = wanted[: shape.keys]
        if not {*keys} <= {*places}:
            return 0
        known = {*rows(connection, f"SELECT {', '.join(keys)} FROM main.{shape.name}")}
        return len({tuple(row[places.index(name)] for name in keys) for row in found} - known)

    def _keep_ids_unused(self, connection: apsw.Connection, tree: Tree) -> None:
        """Keep the ids of deleted rows from being reused."""
        for number, kind in tree.pages():
            for _, row in self._rows(number, kind):
                if row is None or len(row) != 2 or row[0] not in self.wanted:
                    continue
                sql = "UPDATE main.sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1"
                if isinstance(row[1], int) and 0 < row[1] < 1 << 53:
                    connection.execute(sql, (row[0], row[1]))


def _is_lost(column: Column, value: object) -> bool:
    if value is None or value is MISSING:
        return value is MISSING or not column.may_be_null
    is_text = column.name == "html" and isinstance(value, str | bytes)
    return is_text and len(value) > versions.LARGEST_BYTES  # type: ignore[arg-type]


def prepared(shape: Shape, id: int, row: Row) -> tuple[list[object], bool]:
    """Return the values of all columns, and whether none of them was lost.

    A text that is not UTF-8 any more is given as bytes: only so it may still be put right.
    """
    values, is_whole = list[object](), True
    for number, column in enumerate(shape.columns):
        value = row[number] if number < len(row) else column.default
        if number == shape.row_id:
            value = id
        elif _is_lost(column, value):
            value, is_whole = column.empty, False
        elif column.name == "state" and value not in (*State,):
            value = State.QUEUE
        elif isinstance(value, str) and not value.isascii():
            value = clean(value)
            if isinstance(value, bytes) and column.name != "html":
                value = decoded(value)
        values.append(value)
    return values, is_whole


_IS_GIVEN = (
    "change JOIN tag ON field = 'tag/' || tag.uid JOIN article ON article.uid = entity WHERE tag.id"
)
_TRUTHS = {
    "alias": "change WHERE entity = 'alias/' || ?1",
    "alias_by_article": "article WHERE id = ?1",
    "sqlite_autoindex_article_1": "article WHERE id = ?2 AND uid = ?1",
    "sqlite_autoindex_article_2": "article WHERE id = ?2 AND url = ?1",
    "tag_by_uid": "tag WHERE id = ?2 AND uid = ?1",
    "article_tag": f"{_IS_GIVEN} = ?1 AND article.id = ?2",
    "article_tag_by_article": f"{_IS_GIVEN} = ?2 AND article.id = ?1",
}
"""The facts that decide between tables of the same shape."""


def _is_known(connection: apsw.Connection, shape: Shape, sample: list[tuple[int, Row]]) -> bool:
    """Return whether most rows of a sample are true as rows of a shape."""
    if shape.name not in _TRUTHS:
        return False
    sql = f"SELECT EXISTS (SELECT 1 FROM {_TRUTHS[shape.name]})"
    try:
        true = sum(bool(connection.execute(sql, tuple(row[:2])).get) for _, row in sample)
    except (apsw.SQLError, apsw.BindingsError, TypeError):  # an older schema, or half a row
        return False
    return 2 * true > len(sample)
