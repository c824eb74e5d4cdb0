"""Copy a tree with other runs: one walk for every change that keeps its shape."""

from collections.abc import Callable

from reader.body.blocks import (
    Block,
    Callout,
    Code,
    Definition,
    Definitions,
    Figure,
    Heading,
    List,
    Note,
    NoteMark,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
    Table,
)

Change = Callable[[Runs], Runs]


def rewrite(block: Block, change: Change, prefix: str | None = "") -> Block:
    """Return a block with all its runs changed, in the order of ``all_runs``.

    ``prefix`` is put before the names of places; None leaves the names out. Code is not changed.
    """
    match block:
        case Paragraph() | Heading():
            anchor = prefix + block.anchor if block.anchor and prefix is not None else ""
            return block._replace(runs=change(block.runs), anchor=anchor)
        case Quote():
            return Quote(_all(block.blocks, change, prefix))
        case Callout():
            return Callout(change(block.title), _all(block.blocks, change, prefix), block.kind)
        case List():
            items = tuple(
                item._replace(blocks=_all(item.blocks, change, prefix)) for item in block.items
            )
            return block._replace(items=items)
        case Figure():
            return Figure(_all(block.blocks, change, prefix), change(block.caption))
        case Table():
            caption = change(block.caption)
            rows = tuple(
                tuple(cell._replace(runs=change(cell.runs)) for cell in row) for row in block.rows
            )
            return block._replace(rows=rows, caption=caption)
        case Definitions():
            return Definitions(
                tuple(
                    Definition(tuple(map(change, x.terms)), _all(x.blocks, change, prefix))
                    for x in block.items
                )
            )
        case Code() | Rule():
            return block


def rewrite_note(note: Note, change: Change, prefix: str = "") -> Note:
    """Return a note with all its runs changed, and its name with the prefix."""
    return Note(prefix + note.name, _all(note.blocks, change, prefix))


def prefixed(runs: Runs, prefix: str) -> Runs:
    """Return runs with ``prefix`` before the names of the places they refer to."""
    return tuple(_prefixed(run, prefix) for run in runs)


def _prefixed(run: Run, prefix: str) -> Run:
    if isinstance(run, NoteMark):
        return NoteMark(prefix + run.note)
    if run.link.startswith("#"):
        return run._replace(link=f"#{prefix}{run.link[1:]}")
    return run


def _all(blocks: tuple[Block, ...], change: Change, prefix: str | None) -> tuple[Block, ...]:
    return tuple(rewrite(block, change, prefix) for block in blocks)


def without_link(runs: Runs, link: str) -> Runs:
    """Return runs of which none has a certain link."""
    return tuple(
        run if isinstance(run, NoteMark) or run.link != link else run._replace(link="")
        for run in runs
    )
