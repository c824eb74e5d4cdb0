"""The b-trees of a damaged file: which page belongs to which table or index, as far as known."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from reader.library.repair import records
from reader.library.repair.pages import (
    INDEX_INNER,
    INDEX_LEAF,
    INNER,
    LEAF,
    TABLE_INNER,
    TABLE_LEAF,
    Pages,
)
from reader.library.repair.records import RecordError, Row


class Tree(NamedTuple):
    """The pages of a table or an index. ``torn`` are those of another kind, or out of the file.

    ``inner`` pages of an index hold rows, too.
    """

    kind: int
    leaves: list[int]
    inner: list[int]
    torn: list[int]

    def pages(self) -> Iterator[tuple[int, int]]:
        """Yield the pages that may hold rows, in the order of the file, and how to read each."""
        rows = [(number, self.kind) for number in (*self.leaves, *self.torn)]
        if self.kind == INDEX_LEAF:
            rows += [(number, INDEX_INNER) for number in self.inner]
        return iter(sorted(rows))


class Forest:
    """All trees of a file, and the pages that no tree leads to."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._owned = bytearray(pages.count + 1)
        self.free = _free_pages(pages)
        told = int.from_bytes(pages.header[36:40]) if pages.has_header else -1
        self.knows_free = len(self.free) == told
        """Whether all free pages are known; else the orphans may be free pages, too."""

    def grow(self, root: int, kind: int) -> Tree:
        """Return the tree of a root page, whose leaves are of a kind; its pages are its own now."""
        tree = Tree(kind, [], [], [])
        inner = TABLE_INNER if kind == TABLE_LEAF else INDEX_INNER
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if not 0 < number <= self._pages.count or self._owned[number]:
                tree.torn.append(0)
                continue
            self._owned[number] = 1
            found = self._pages.kinds[number]
            children = self._pages.children(number) if found == inner else []
            if found == kind:
                tree.leaves.append(number)
            elif children and self._are_pages(children, (kind, inner)):
                tree.inner.append(number)
                waiting += reversed(children)
            else:
                tree.torn.append(number)
        return tree

    def claim(self, number: int) -> None:
        """Take a page from the orphans."""
        self._owned[number] = 1

    def orphans(self) -> Iterator[Tree]:
        """Yield the trees that no known root leads to, and single leaves, without free pages."""
        for inner, leaf in ((TABLE_INNER, TABLE_LEAF), (INDEX_INNER, INDEX_LEAF)):
            tops = [*self._lost((inner,))]
            below = {child for number in tops for child in self._pages.children(number)}
            for number in tops:
                if number not in below and not self._owned[number]:
                    yield self.grow(number, leaf)
        for number in self._lost(LEAF):
            if not self._owned[number]:
                yield self.grow(number, self._pages.kinds[number])

    def again(self) -> Iterator[Tree]:
        """Yield the leaves on free pages."""
        for number in sorted(self.free):
            kind = self._pages.kinds[number]
            if kind in LEAF and not self._owned[number]:
                yield Tree(kind, [number], [], [])

    def _lost(self, kinds: Collection[int]) -> Iterator[int]:
        for number, kind in enumerate(self._pages.kinds):
            if kind in kinds and number and not self._owned[number] and number not in self.free:
                yield number

    def _are_pages(self, children: list[int], kinds: Collection[int]) -> bool:
        """Return whether any child of an inner page is of the right kind."""
        count = self._pages.count
        return any(0 < each <= count and self._pages.kinds[each] in kinds for each in children)


def rows(pages: Pages, number: int, kind: int, codec: str) -> Iterator[tuple[int, Row | None]]:
    """Yield row id and values of each cell of a page; None for values that are no record."""
    page = pages.page(number)
    for cell in pages.cells(number, kind):
        id, size, at = cell
        try:
            found, begin = records.types(page[at : at + min(size, pages.usable)], size)
        except RecordError:
            yield id, None
            continue
        data = pages.payload(page, cell, TABLE_LEAF if kind == TABLE_LEAF else INDEX_LEAF)
        yield id, records.values(data, found, begin, codec)


def _free_pages(pages: Pages) -> set[int]:
    """Return the pages of the free list, as far as it can be followed."""
    if not pages.has_header:
        return set()
    trunk, found = int.from_bytes(pages.header[32:36]), set[int]()
    while 0 < trunk <= pages.count and trunk not in found:
        page = pages.page(trunk)
        count = int.from_bytes(page[4:8])
        if count > pages.usable // 4 - 2 or pages.kinds[trunk] in (*LEAF, *INNER):
            break
        found.add(trunk)
        listed = [int.from_bytes(page[at : at + 4]) for at in range(8, 8 + 4 * count, 4)]
        found.update(each for each in listed if 0 < each <= pages.count)
        trunk = int.from_bytes(page[:4])
    return found
