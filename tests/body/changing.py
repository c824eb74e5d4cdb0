"""Bodies of many kinds, and what another extraction makes of them, with one letter marked."""

from collections.abc import Callable
from random import Random

from reader.body.anchors import PICTURE, text_of
from reader.body.blocks import (
    Block,
    Body,
    Cell,
    Code,
    Figure,
    Heading,
    Item,
    List,
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
from reader.body.from_html import body_of
from reader.body.rewrite import rewrite
from reader.body.to_html import to_html
from reader.body.to_text import all_runs

MARK = "\ue000"
"""Put before the letter that is to be found again; in no other text."""

NAME = "cd" * 32 + ".png"
_SYLLABLES = "ba den fi gor hul jet kam lin mos nur pel quo ras sti tor ulm vex wan yor zil".split()
_HAN = "".join(chr(0x4E00 + 7 * n) for n in range(400))
_HEBREW = "".join(chr(0x5D0 + n) for n in range(27))
_ASTRAL = "".join(chr(0x1F300 + n) for n in range(60))


def _word(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4)))


def _sentence(chance: Random) -> str:
    words = (_word(chance) for _ in range(chance.randint(4, 18)))
    return " ".join(words).capitalize() + ". "


def prose(chance: Random, least: int = 200) -> str:
    said = ""
    while len(said) < least:
        said += _sentence(chance)
    return said.strip()


def _han(chance: Random) -> str:
    return "".join(chance.choices(_HAN, k=chance.randint(60, 300))) + "。"


def _hebrew(chance: Random) -> str:
    words = ("".join(chance.choices(_HEBREW, k=chance.randint(2, 9))) for _ in range(50))
    return " ".join(words)


def _astral(chance: Random) -> str:
    return " ".join("".join(chance.choices(_ASTRAL, k=3)) + _word(chance) for _ in range(30))


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def _mixed(chance: Random) -> Paragraph:
    runs: list[Run] = [Text(prose(chance, 60) + " ")]
    runs += [Text(_word(chance), Style.STRONG), NoteMark("x"), Text(" " + _word(chance) + " ")]
    runs += [Text(_word(chance), link="https://example.org/a"), Picture(NAME, 16, 16)]
    return Paragraph((*runs, Text(" " + prose(chance, 100))))


def _picture(chance: Random) -> Paragraph:
    return Paragraph((Picture(NAME, 300, chance.randint(50, 400)),))


def _table(chance: Random) -> Table:
    rows = [
        tuple(Cell((Text(_word(chance) + " " + _word(chance)),)) for _ in range(3))
        for _ in range(chance.randint(2, 12))
    ]
    return Table(tuple(rows), 1)


def _list(chance: Random) -> List:
    items = [Item((paragraph(prose(chance, 40)),)) for _ in range(chance.randint(2, 6))]
    return List((*items, Item((paragraph("deep"), List((Item((_mixed(chance),)),))))))


def _code(chance: Random) -> Code:
    lines = (f"    {_word(chance)} = {_word(chance)}({n})" for n in range(chance.randint(1, 15)))
    return Code("\n".join(lines), chance.choice(["python", ""]))


def _formula(chance: Random) -> Paragraph:
    powers = (Text(f"{n}", Style.SUP) for n in range(9))
    runs = [run for power in powers for run in (Text(_word(chance), Style.EMPHASIS), power)]
    return Paragraph(tuple(runs))


def _gallery(chance: Random) -> Figure:
    pictures = tuple(Picture(NAME, 300, 200) for _ in range(chance.randint(1, 4)))
    return Figure((Paragraph(pictures),), (Text(_sentence(chance).strip()),))


_KINDS: tuple[Callable[[Random], Block], ...] = (
    *[lambda chance: paragraph(prose(chance))] * 6,
    lambda chance: Heading(2, (Text(_sentence(chance).strip()),)),
    lambda chance: Quote((paragraph(prose(chance)), Quote((_mixed(chance),)))),
    lambda chance: paragraph(_han(chance)),
    lambda chance: paragraph(_hebrew(chance)),
    lambda chance: paragraph(_astral(chance)),
    lambda chance: paragraph(prose(chance, 20_000) if chance.random() < 0.1 else prose(chance)),
    lambda _: Rule(),
    _mixed, _picture, _table, _list, _code, _formula, _gallery,
)  # fmt: skip


def sample(chance: Random, blocks: int = 40) -> Body:
    return Body(tuple(chance.choice(_KINDS)(chance) for _ in range(blocks)))


def pick(body: Body, chance: Random) -> tuple[int, int]:
    """Return a random letter of a body: its block and offset."""
    texts = [text_of(block) for block in body.blocks]
    block = chance.choice([n for n, text in enumerate(texts) if text.strip(PICTURE)])
    offsets = [n for n, sign in enumerate(texts[block]) if sign != PICTURE and not sign.isspace()]
    return block, chance.choice(offsets)


# ---- the mark


def marked(body: Body, block: int, offset: int) -> Body:
    blocks = [*body.blocks]
    blocks[block] = _with_mark(blocks[block], offset)
    return body._replace(blocks=tuple(blocks))


def unmarked(body: Body) -> tuple[Body, tuple[int, int]]:
    """Return a body without the mark, and where it was."""
    block = next(n for n, each in enumerate(body.blocks) if MARK in text_of(each))
    offset = text_of(body.blocks[block]).index(MARK)
    blocks = tuple(_without_mark(each) for each in body.blocks)
    return body._replace(blocks=blocks), (block, offset)


def _with_mark(block: Block, offset: int) -> Block:
    if isinstance(block, Code):
        return block._replace(text=block.text[:offset] + MARK + block.text[offset:])
    before = 0
    for runs in all_runs(block):
        size = len(text_of(Paragraph(runs)))
        if offset < before + size:
            return rewrite(block, _once(runs, _inserted(runs, offset - before)))
        before += size
    raise AssertionError("there is no such letter")


def _once(old: Runs, new: Runs) -> Callable[[Runs], Runs]:
    left = [new]
    return lambda runs: left.pop() if runs is old and left else runs


def _inserted(runs: Runs, offset: int) -> Runs:
    made: list[Run] = []
    for run in runs:
        size = len(text_of(Paragraph((run,))))
        if 0 <= offset < size:
            if isinstance(run, Text):
                made.append(run._replace(text=run.text[:offset] + MARK + run.text[offset:]))
            else:
                made += [Text(MARK), run]
        else:
            made.append(run)
        offset -= size
    return tuple(made)


def _without_mark(block: Block) -> Block:
    if isinstance(block, Code):
        return block._replace(text=block.text.replace(MARK, ""))

    def change(runs: Runs) -> Runs:
        cleaned = (
            run._replace(text=run.text.replace(MARK, "")) if isinstance(run, Text) else run
            for run in runs
        )
        return tuple(run for run in cleaned if not isinstance(run, Text) or run.text)

    return rewrite(block, change) if MARK in text_of(block) else block


# ---- another extraction


Blocks = list[Block]


def insert(blocks: Blocks, chance: Random) -> None:
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(blocks))
        blocks.insert(at, chance.choice(_KINDS)(chance))


def remove(blocks: Blocks, chance: Random) -> None:
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(blocks))
        if MARK not in text_of(blocks[at]) and len(blocks) > 1:
            del blocks[at]


def split(blocks: Blocks, chance: Random) -> None:
    for at in sorted(chance.sample(range(len(blocks)), len(blocks) // 3), reverse=True):
        block = blocks[at]
        text = text_of(block)
        space = text.find(" ", len(text) // 2)
        if isinstance(block, Paragraph) and space > 0 and PICTURE not in text:
            blocks[at : at + 1] = [paragraph(text[:space]), paragraph(text[space + 1 :])]


def merge(blocks: Blocks, chance: Random) -> None:
    for at in sorted(chance.sample(range(len(blocks)), len(blocks) // 3), reverse=True):
        pair = blocks[at : at + 2]
        one, *other = pair
        if isinstance(one, Paragraph) and other and isinstance(other[0], Paragraph):
            blocks[at : at + 2] = [Paragraph((*one.runs, Text(" "), *other[0].runs))]


def correct(blocks: Blocks, chance: Random) -> None:
    for at, block in enumerate(blocks):
        if not isinstance(block, Code):
            blocks[at] = rewrite(block, lambda runs: _corrected(runs, chance))


def _corrected(runs: Runs, chance: Random) -> Runs:
    return tuple(
        run._replace(text=_typo(run.text, chance)) if isinstance(run, Text) else run for run in runs
    )


def _typo(text: str, chance: Random) -> str:
    for _ in range(int(len(text) / 60 + chance.random())):
        at = chance.randrange(len(text))
        if chance.random() < 0.8 and MARK not in text[at : at + 2]:
            text = text[:at] + chance.choice(["", "x", "xy"]) + text[at + 1 :]
    return text or "x"


def restyle(blocks: Blocks, chance: Random) -> None:
    """Lose pictures and style, put what there is into quotes: the words stay."""
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and MARK + PICTURE not in text_of(block):
            kept = tuple(run for run in block.runs if not isinstance(run, Picture))
            blocks[at] = Quote((Paragraph(kept),)) if chance.random() < 0.3 else Paragraph(kept)
    blocks[:] = [each for each in blocks if text_of(each) or isinstance(each, Rule)]


CHANGES: dict[str, Callable[[Blocks, Random], None]] = {
    each.__name__: each for each in (insert, remove, split, merge, correct, restyle)
}


def changed(body: Body, block: int, offset: int, kinds: list[str], chance: Random) -> tuple[
    Body, tuple[int, int]
]:  # fmt: skip
    """Return another extraction of a body, and where a letter of the old one is in it."""
    blocks = [*marked(body, block, offset).blocks]
    for kind in kinds:
        CHANGES[kind](blocks, chance)
    # As it is stored: what is read back has no white space at the ends of blocks.
    return unmarked(body_of(to_html(body._replace(blocks=tuple(blocks)))))
