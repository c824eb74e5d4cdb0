"""A specimen: every kind of block and run, in a theme whose every colour is another."""

from typing import Any

from reader.body.blocks import (
    Block,
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
    Style,
    Table,
    Text,
)
from reader.model import Look, Theme

_COLOURS = [
    name for name in Theme._fields if name not in ("name", "title", "dark", "code", "highlights")
]
_KINDS = ("comment", "keyword", "string", "number", "name", "operator")
NAMED = {f"#0000{n:02x}": name for n, name in enumerate([*_COLOURS, *_KINDS], 1)}
_BY_NAME: dict[str, Any] = {name: colour for colour, name in NAMED.items()}
THEME = Theme(
    "specimen", "Specimen", False, **{name: _BY_NAME[name] for name in _COLOURS},
    code={name: _BY_NAME[name] for name in _KINDS},
)  # fmt: skip
LOOK = Look(THEME, size_pt=12.0)
EM = 16.0
NAME = "ab" * 32 + ".png"


def paragraph(*texts: str | Text) -> Paragraph:
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in texts))


SPECIMEN: tuple[Block | Note, ...] = (
    *(Heading(n, (Text(f"h{n}"),)) for n in range(1, 7)),
    paragraph("p ", *(Text(each.name or "", each) for each in Style if each.name)),
    paragraph(
        Text("small code", Style.CODE | Style.SMALL),
        Text("out", Style.PLAIN, "https://example.org/"),
        Text("inside", Style.PLAIN, "#n-x"),
    ),
    Quote(
        (
            paragraph("quoted"),
            Quote((paragraph("twice"),)),
            List((Item((paragraph("item in it"),)),)),
        )
    ),
    List(
        (
            Item(
                (
                    paragraph("one"),
                    List((Item((paragraph("two"), List((Item((paragraph("three"),)),)))),)),
                    paragraph("on"),
                )
            ),
            Item((paragraph("done"),), True),
            Item((paragraph("open"),), False),
            Item(()),
            Item((Quote((paragraph("a quote"),)),)),
        )
    ),
    List(
        (
            Item((paragraph("first"),)),
            Item((Code("x"), paragraph("after"))),
        ),
        True,
        9,
    ),
    Definitions((Definition(((Text("term"),),), (paragraph("meaning"), paragraph("more"))),)),
    Code("def f():\n# say\n    return 1 + 'a'", "python"),
    Code("one line"),
    paragraph("two\nlines"),
    Rule(),
    Paragraph((Picture(NAME, 30, 20, "alt", "https://example.org/p"),)),
    Figure((paragraph("lead"), Paragraph((Picture(NAME, 30, 20),))), (Text("caption"),)),
    Table(
        (
            (Cell((Text("h"),)), Cell((Text("i"),), align="right")),
            (Cell((Text("j"),), header=True), Cell((Text("k", Style.CODE),), align="center")),
            (Cell((Text("l"),)), Cell((Picture(NAME, 30, 20),))),
        ),
        1,
        (Text("of a table"),),
    ),
    Heading(1, (Text("below"),)),
    List((Item((paragraph("row"), Table(((Cell((Text("m"),)),),)))),)),
    Paragraph((Text("end"), NoteMark("x"))),
    List(
        (
            Item(
                (
                    paragraph("in a list"),
                    Heading(2, (Text("deep"),)),
                    Paragraph((Picture(NAME, 30, 20),)),
                    Figure((Paragraph((Picture(NAME, 30, 20),)),), (Text("of deep"),)),
                    Definitions((Definition(((Text("idea"),),), (paragraph("is"),)),)),
                    Rule(),
                    Table(((Cell((Text("n"),)),),), 0, (Text("of rows"),)),
                )
            ),
        )
    ),
    Figure((Paragraph((Picture(NAME, 30, 20),)),), ()),
    Note("x", (paragraph("note"),)),
    Note("y", (Quote((paragraph("noted"),)), paragraph("last"))),
)
