"""Write a body as Markdown: CommonMark with tables, notes, tasks, strikethrough and definitions,
and callouts as GitHub and Obsidian write them (``> [!note] Title``).

``from_markdown`` reads the same body again, except for what Markdown cannot express: the sizes of
pictures, the names of places other than headings and links to them, captions, heads beside the
rows of a table, and letters, Roman numerals and gaps in the numbers of a list.
A table with cells over several rows or columns is written as HTML, which Markdown allows.
"""

import re
from collections.abc import Iterator

from reader.body.blocks import (
    Block,
    Body,
    Callout,
    Code,
    Definition,
    Definitions,
    Figure,
    Heading,
    Item,
    List,
    Note,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Runs,
    Style,
    Table,
    Text,
)
from reader.body.markdown_runs import Labels, PictureSource, RunWriter
from reader.body.numbering import numbers
from reader.body.rewrite import rewrite
from reader.body.slugs import slugs_of
from reader.body.to_html import to_html

_NOTHING = "<!-- -->"
"""Separates blocks that would be read as one, and begins items that do not begin with text."""

_FENCE = re.compile("`{3,}")
_RULERS = {"left": ":--", "center": ":-:", "right": "--:", "": "---"}
_MERGED = (List, Quote, Callout, Definitions)
_KIND = "note"  # of a callout whose kind is unknown


def address_of(picture: Picture) -> str:
    """Return the URL of a picture, else its name in the library."""
    return picture.address or picture.name


def to_markdown(body: Body, source: PictureSource = address_of) -> str:
    """Return the body as Markdown that ends in a line end; ``source`` gives pictures an address."""
    numbers = {note.name: str(number) for number, note in enumerate(body.notes, 1)}
    labels = Labels(numbers, slugs_of(body))
    writer = _Writer(RunWriter(labels, source), RunWriter(labels, source, in_cells=True))
    text = writer.blocks(body.blocks)
    notes = [writer.note(note, numbers[note.name]) for note in body.notes]
    whole = "\n\n".join(part for part in (text, *notes) if part)
    return f"{whole}\n" if whole else ""


def quoted(markdown: str) -> str:
    """Return Markdown as a quote."""
    return "\n".join(f"> {line}" if line else ">" for line in markdown.split("\n"))


class _Writer:
    def __init__(self, runs: RunWriter, cells: RunWriter) -> None:
        self._runs = runs
        self._cells = cells
        self._quotes = 0

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        written: list[str] = []
        before: Block | None = None
        for block in blocks:
            if not (text := self._block(block)):
                continue
            if isinstance(block, _MERGED) and _is_merged(block, before):
                written.append(_NOTHING)
            written.append(text)
            before = block
        return "\n\n".join(written)

    def note(self, note: Note, number: str) -> str:
        return f"[^{number}]: {_indented(self._begun(note.blocks), 4)}"

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self._runs.lines(block.runs)
            case Heading():
                return self._heading(block)
            case Quote() | Callout():
                return self._quote(block)
            case Code():
                return _code(block)
            case List():
                return self._list(block)
            case Definitions():
                return "\n\n".join(self._definition(item) for item in block.items)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Rule():
                return "***"

    def _heading(self, block: Heading) -> str:
        text = self._runs.line(block.runs)
        ends = len(text) - len(text.rstrip("#"))
        return f"{'#' * block.level} {text[: len(text) - ends]}" + r"\#" * ends

    def _quote(self, block: Quote | Callout) -> str:
        head = self._head(block) if isinstance(block, Callout) else ""
        self._quotes += 1
        text = self.blocks(block.blocks)
        self._quotes -= 1
        return quoted("\n".join(filter(None, (head, text))))

    def _head(self, block: Callout) -> str:
        """Return the line above a callout; a title that is the name of its kind is left out."""
        kind = block.kind or _KIND
        title = self._runs.line(block.title)
        return f"[!{kind}]" if title.casefold() in ("", kind) else f"[!{kind}] {title}"

    def _figure(self, block: Figure) -> str:
        caption = tuple(_emphasized(run) if isinstance(run, Text) else run for run in block.caption)
        return "\n\n".join(filter(None, (self.blocks(block.blocks), self._runs.lines(caption))))

    # ---- lists

    def _list(self, block: List) -> str:
        apart = "\n" if all(map(_is_tight, block.items)) else "\n\n"
        return apart.join(
            self._item(item, f"{max(0, number)}." if block.ordered else "-")
            for number, item in zip(numbers(block), block.items, strict=True)
        )

    def _item(self, item: Item, sign: str) -> str:
        box = "" if item.checked is None else "[x] " if item.checked else "[ ] "
        if self._quotes:
            sign = sign.ljust(3)  # Python-Markdown wants four columns, here unlike elsewhere
        text = self._begun(item.blocks, tight=_is_tight(item))
        return f"{sign} {box}{_indented(text, len(sign) + 1)}"

    def _begun(self, blocks: tuple[Block, ...], *, tight: bool = False) -> str:
        """Return blocks after the sign of an item, which must be followed by text."""
        if not blocks or not isinstance(blocks[0], Paragraph):
            return "\n\n".join(filter(None, (_NOTHING, self.blocks(blocks))))
        if not tight or len(blocks) < 2:
            return self.blocks(blocks)
        return f"{self._block(blocks[0])}\n{self.blocks(blocks[1:])}"

    def _definition(self, item: Definition) -> str:
        terms = [self._runs.term(term) for term in item.terms]
        text = f":   {_indented(self._begun(item.blocks), 4)}" if item.blocks else ""
        return "\n".join(filter(None, (*terms, text)))

    # ---- tables

    def _table(self, table: Table) -> str:
        if any(cell.columns > 1 or cell.rows > 1 for row in table.rows for cell in row):
            return to_html(Body((rewrite(table, _outside),)))
        caption = self._runs.lines(table.caption)
        if not any(table.rows):
            return caption
        rows = "\n".join(f"| {' | '.join(cells)} |" for cells in self._rows(table))
        return f"{caption}\n\n{rows}" if caption else rows

    def _rows(self, table: Table) -> Iterator[list[str]]:
        wide = max(map(len, table.rows))
        rows = table.rows if table.head else ((), *table.rows)
        for number, row in enumerate(rows):
            yield [self._cells.line(cell.runs) for cell in row] + [""] * (wide - len(row))
            if number == 0:
                yield [_RULERS[side] for side in _sides(table, wide)]


def _is_merged(block: Block, before: Block | None) -> bool:
    """Return whether a reader would take a block for the end of the one before it."""
    quotes = (Quote, Callout)
    return type(block) is type(before) or (isinstance(block, quotes) and isinstance(before, quotes))


def _sides(table: Table, wide: int) -> list[str]:
    full = next(row for row in reversed(table.rows) if len(row) == wide)
    return [cell.align for cell in full]


def _outside(runs: Runs) -> Runs:
    """Return runs without those that have a meaning only inside of their article."""
    return tuple(
        run._replace(link="") if isinstance(run, Text) and run.link.startswith("#") else run
        for run in runs
        if isinstance(run, Text)
    )


def _emphasized(run: Text) -> Text:
    return run._replace(style=run.style | Style.EMPHASIS)


def _is_tight(item: Item) -> bool:
    """Return whether an item is a paragraph, which lists may follow."""
    first, *rest = item.blocks or (None,)
    lists = all(
        isinstance(block, List) and (not block.ordered or block.start == 1) for block in rest
    )
    return isinstance(first, Paragraph) and lists  # other numbers cannot follow a line


def _indented(text: str, by: int) -> str:
    """Indent all lines but the first; empty ones stay empty."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(" " * by + line if line else "" for line in rest)])


def _code(block: Code) -> str:
    fence = "`" * max(3, *(len(ticks) + 1 for ticks in _FENCE.findall(block.text)), 3)
    return f"{fence}{block.language}\n{block.text}\n{fence}"
