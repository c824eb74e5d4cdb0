"""The plain text of a body, its number of words, and an excerpt."""

import re
from collections.abc import Iterator

from reader.body.blocks import (
    Block,
    Body,
    Callout,
    Code,
    Definitions,
    Figure,
    Heading,
    List,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Runs,
    Table,
    Text,
    title_of,
)
from reader.body.numbering import signs

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_ASCII_WORD = re.compile("[a-zA-Z0-9]+(?:['.-][a-zA-Z0-9]+)*")  # quicker
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_CJK_A_WORD = 2


def to_text(body: Body) -> str:
    """Return the text of a body, with empty lines between blocks and the notes at the end."""
    numbers = {note.name: str(number) for number, note in enumerate(body.notes, 1)}
    blocks = [_block(block, numbers) for block in body.blocks]
    notes = [f"[{numbers[note.name]}] {_blocks(note.blocks, numbers)}" for note in body.notes]
    return "\n\n".join(paragraph for paragraph in (*blocks, *notes) if paragraph)


def count_words(body: Body) -> int:
    """Return the number of words; two Chinese or Japanese characters count as one word."""
    text = to_text(body)
    if text.isascii():
        return len(_ASCII_WORD.findall(text))
    if not (signs := len(_CJK.findall(text))):
        return len(_WORD.findall(text))
    return len(_WORD.findall(_CJK.sub(" ", text))) + -(-signs // _CJK_A_WORD)


def excerpt(body: Body, length: int = 200) -> str:
    """Return the first words of the running text, at most ``length`` characters."""
    texts: list[str] = []
    for block in body.blocks:
        if isinstance(block, Paragraph):
            texts.append(runs_text(block.runs).replace("\n", " ").strip())
        if sum(map(len, texts)) > length:
            break
    text = " ".join(piece for piece in texts if piece)
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


def pictures(body: Body) -> Iterator[Picture]:
    """Yield the pictures of a body in order, those of the notes last."""
    for block in (*body.blocks, *(inner for note in body.notes for inner in note.blocks)):
        for runs in all_runs(block):
            yield from (run for run in runs if isinstance(run, Picture))


def bare_text(block: Block) -> str:
    """Return only the text of a block, without bullets, item numbers and references."""
    runs = (run for runs in all_runs(block) for run in runs)
    return "".join(run.text for run in runs if isinstance(run, Text))


def runs_text(runs: Runs, numbers: dict[str, str] | None = None) -> str:
    """Return the text of runs, with the alternative text of pictures and the numbers of notes."""
    return "".join(_run_text(run, numbers or {}) for run in runs)


def _run_text(run: Text | Picture | NoteMark, numbers: dict[str, str]) -> str:
    if isinstance(run, Text):
        return run.text
    if isinstance(run, Picture):
        return f"[{run.alt}]" if run.alt else ""
    return f"[{numbers[run.note]}]" if run.note in numbers else ""


def _blocks(blocks: tuple[Block, ...], numbers: dict[str, str]) -> str:
    return "\n\n".join(text for text in (_block(block, numbers) for block in blocks) if text)


def _block(block: Block, numbers: dict[str, str]) -> str:
    match block:
        case Paragraph() | Heading():
            return runs_text(block.runs, numbers)
        case Code():
            return block.text
        case Quote():
            return _indented(_blocks(block.blocks, numbers), "> ")
        case Callout():
            title = runs_text(title_of(block), numbers)
            return "\n\n".join(filter(None, (title, _blocks(block.blocks, numbers))))
        case List():
            return _list(block, numbers)
        case Definitions() | Table():
            return "\n".join(_lines(block, numbers))
        case Figure():
            return "\n".join(
                filter(None, (_blocks(block.blocks, numbers), runs_text(block.caption, numbers)))
            )
        case Rule():
            return "* * *"


def _list(block: List, numbers: dict[str, str]) -> str:
    lines: list[str] = []
    for number, item in zip(signs(block), block.items, strict=True):
        sign = f"{number} " if block.ordered else "• "
        if item.checked is not None:
            sign = "[x] " if item.checked else "[ ] "
        lines.append(sign + _indented(_blocks(item.blocks, numbers), "   ").lstrip())
    return "\n".join(lines)


def _lines(block: Definitions | Table, numbers: dict[str, str]) -> Iterator[str]:
    if isinstance(block, Table):
        if block.caption:
            yield runs_text(block.caption, numbers)
        for row in block.rows:
            yield "\t".join(runs_text(cell.runs, numbers).replace("\n", " ") for cell in row)
        return
    for item in block.items:
        yield from (runs_text(term, numbers) for term in item.terms)
        yield _indented(_blocks(item.blocks, numbers), "   ")


def _indented(text: str, sign: str) -> str:
    return "\n".join(f"{sign}{line}".rstrip() for line in text.split("\n"))


def all_runs(block: Block) -> Iterator[Runs]:
    """Yield the runs of a block and of the blocks inside it, in the order of reading."""
    match block:
        case Paragraph() | Heading():
            yield block.runs
        case Code():
            yield (Text(block.text),)
        case Quote() | Callout():
            yield block.title if isinstance(block, Callout) else ()
            yield from _runs_of(block.blocks)
        case Figure():
            yield from _runs_of(block.blocks)
            yield block.caption
        case List():
            for item in block.items:
                yield from _runs_of(item.blocks)
        case Definitions():
            for definition in block.items:
                yield from definition.terms
                yield from _runs_of(definition.blocks)
        case Table():
            yield block.caption
            yield from (cell.runs for row in block.rows for cell in row)


def _runs_of(blocks: tuple[Block, ...]) -> Iterator[Runs]:
    for block in blocks:
        yield from all_runs(block)
