"""Cut a piece out of a body, with the structure around its words.

Items of lists keep their numbers and cells of tables their columns. Within a single paragraph,
heading or cell only the words are cut out: a word of an item is a word, not a list.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from reader.body.anchors import Point, counted
from reader.body.blocks import (
    Block,
    Body,
    Callout,
    Cell,
    Code,
    Definition,
    Definitions,
    Figure,
    Heading,
    Item,
    List,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Runs,
    Style,
    Table,
    Text,
)
from reader.body.numbering import numbers
from reader.body.rewrite import rewrite
from reader.body.tables import placed

_ENDLESS = 1 << 60


class _Words(NamedTuple):
    """The selected part of a paragraph, a cell or code, and whether it keeps its structure."""

    block: Block
    is_whole: bool


def cut(
    parts: Iterable[Block | Note], start: Point, end: Point, columns: range | None = None
) -> Body:
    """Return the blocks between two points; ``parts`` are all blocks of a body, then its notes.

    A start with a negative offset stands before the text: in the head of the article.
    ``columns`` limits it to some columns of the table in which both points lie.
    """
    blocks: list[Block] = []
    notes: list[Note] = []
    words: list[_Words] = []
    for number, part in enumerate(islice(parts, start.block, end.block + 1), start.block):
        first = (start.offset or -1) if number == start.block else -1
        last = end.offset if number == end.block else _ENDLESS
        inside = part.blocks if isinstance(part, Note) else (part,)
        if (first, last) == (-1, _ENDLESS):
            words += [_Words(block, is_whole=True) for block in inside]
        else:
            knife = _Knife(first, last, columns)
            inside = knife.blocks(inside)
            words += knife.words
        if isinstance(part, Note) and inside:
            notes.append(part._replace(blocks=inside))
        elif not isinstance(part, Note):
            blocks += inside
    if len(words) == 1 and not words[0].is_whole and start.offset >= 0:
        return Body((words[0].block,))
    if notes and not blocks:
        blocks, notes = [block for note in notes for block in note.blocks], []
    return Body(tuple(blocks), tuple(notes))


class _Knife:
    """Walks over the blocks of one part and keeps the content between two offsets of its text."""

    def __init__(self, start: int, end: int, columns: range | None) -> None:
        self._start = start
        self._end = end
        self._columns = columns
        self._at = 0
        self.words: list[_Words] = []

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(kept for block in blocks if (kept := self._block(block)) is not None)

    def _block(self, block: Block) -> Block | None:
        match block:
            case Paragraph() | Heading():
                runs = self._runs(block.runs)
                return block._replace(runs=runs) if runs else None
            case Code():
                return self._code(block)
            case Quote():
                inside = self.blocks(block.blocks)
                return Quote(inside) if inside else None
            case Callout():
                title, inside = self._runs(block.title), self.blocks(block.blocks)
                return Callout(title, inside, block.kind) if inside else _paragraph(title)
            case Figure():
                inside, caption = self.blocks(block.blocks), self._runs(block.caption)
                return Figure(inside, caption) if inside else _paragraph(caption)
            case List():
                return self._list(block)
            case Definitions():
                return self._definitions(block)
            case Table():
                return self._table(block)
            case Rule():
                return block if self._is_inside() else None

    def _is_inside(self) -> bool:
        """Return whether something without text is selected here."""
        return self._start < self._at < self._end

    def _list(self, block: List) -> List | None:
        kept: list[Item] = []
        start = block.start
        for number, item in zip(numbers(block), block.items, strict=True):
            blocks = self.blocks(item.blocks)
            if blocks or (not item.blocks and self._is_inside()):
                start = start if kept else number
                kept.append(item._replace(blocks=blocks))
        start = start if block.ordered else 1
        return block._replace(items=tuple(kept), start=start) if kept else None

    def _definitions(self, block: Definitions) -> Definitions | None:
        made: list[Definition] = []
        for item in block.items:
            terms = tuple(runs for term in item.terms if (runs := self._runs(term)))
            blocks = self.blocks(item.blocks)
            if terms or blocks:
                made.append(Definition(terms, blocks))
        return Definitions(tuple(made)) if made else None

    # ---- tables

    def _table(self, table: Table) -> Table | Paragraph | None:
        caption = self._runs(table.caption)
        rows: list[tuple[Cell, ...]] = []
        wanted: list[int] = []
        for number, row in enumerate(table.rows):
            before, known = self._at, len(self.words)
            rows.append(tuple(self._cell(cell) for cell in row))
            between = self._start < before and self._at < self._end
            if between or len(self.words) > known:
                wanted.append(number)
        if not wanted:
            return _paragraph(caption)
        columns = self._columns or range(_ENDLESS)
        kept = _portion(rows, wanted, columns)
        head = sum(number < table.head for number in wanted)
        return Table(kept, head, caption)

    def _cell(self, cell: Cell) -> Cell:
        return cell._replace(runs=self._runs(cell.runs, keeps=False))

    # ---- words

    def _runs(self, runs: Runs, *, keeps: bool = True) -> Runs:
        before = self._at
        kept = tuple(piece for run in runs for piece in self._run(run))
        if kept:
            is_whole = self._start <= before and self._at <= self._end
            self.words.append(_Words(Paragraph(kept), keeps and is_whole))
        return kept

    def _run(self, run: Run) -> Iterator[Run]:
        if isinstance(run, NoteMark):
            if self._start < self._at <= self._end:
                yield run
        elif isinstance(run, Picture):
            if self._taken(1) is not None:
                yield run
        elif not run.added and (text := self._text(run.text)):
            yield run._replace(text=text)

    def _code(self, block: Code) -> Code | None:
        text = self._text(block.text)
        if not text:
            return None
        words = Code(text, block.language)
        lone = words if "\n" in text else Paragraph((Text(text, Style.CODE),))
        self.words.append(_Words(lone, text == block.text))
        return words

    def _text(self, text: str) -> str:
        letters = counted(text)
        taken = self._taken(len(letters))
        if taken is None:
            return ""
        return text if taken == (0, len(letters)) else letters[slice(*taken)]

    def _taken(self, size: int) -> tuple[int, int] | None:
        """Go on by some characters, and return which of them are selected."""
        first, last = max(0, self._start - self._at), min(size, self._end - self._at)
        self._at += size
        return (first, last) if first < last else None


def _portion(
    rows: Sequence[tuple[Cell, ...]], wanted: Sequence[int], columns: range
) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells of some rows and columns; the rest of a larger cell stays a cell."""
    made: list[list[tuple[int, Cell]]] = [[] for _ in range(wanted[0], wanted[-1] + 1)]
    for row, column, cell in placed(rows):
        within = range(max(row, wanted[0]), min(row + cell.rows, wanted[-1] + 1))
        across = range(max(column, columns.start), min(column + cell.columns, columns.stop))
        if within and across:
            part = cell._replace(columns=len(across), rows=len(within))
            made[within.start - wanted[0]].append((column, part))
    return tuple(tuple(cell for _, cell in sorted(row, key=itemgetter(0))) for row in made)


def _paragraph(runs: Runs) -> Paragraph | None:
    return Paragraph(runs) if runs else None


# ---- for other programs


def portable(body: Body) -> Body:
    """Return a body that needs nothing of its article or of the library.

    Its links lead out, pictures are their alternative texts, and its notes are paragraphs.
    """
    numbers = {note.name: f"[{number}]" for number, note in enumerate(body.notes, 1)}

    def change(runs: Runs) -> Runs:
        return tuple(piece for run in runs for piece in _portable(run, numbers))

    blocks = [rewrite(block, change, None) for block in body.blocks]
    for note in body.notes:
        first, *rest = (rewrite(block, change, None) for block in note.blocks)
        sign = (Text(f"{numbers[note.name]} "),)
        if isinstance(first, Paragraph):
            blocks += [Paragraph((*sign, *first.runs)), *rest]
        else:
            blocks += [Paragraph(sign), first, *rest]
    return body._replace(blocks=tuple(blocks), notes=(), caveats=())


def _portable(run: Run, numbers: dict[str, str]) -> Iterator[Run]:
    if isinstance(run, NoteMark):
        if run.note in numbers:
            yield Text(numbers[run.note], Style.SUP)
        return
    link = "" if run.link.startswith("#") else run.link
    if isinstance(run, Text):
        yield run._replace(link=link)
    elif run.alt:
        yield Text(f"[{run.alt}]", link=link)
