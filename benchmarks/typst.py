"""Typst beside Reader: the same text as its source, and the command that sets it.

Typst is looked up on PATH, or as the Python package of that name in this environment.
"""

import importlib.util
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from reader.body.blocks import Block, Heading, List, Paragraph, Quote, Runs, Style, Text
from reader.printing.sheets import area_mm
from reader.resources import resource
from reader.sheet import Sheet

_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\#$*_`<>@[]~=-+/'\""})
_IN_PACKAGE = (
    "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"
)


class Setting(NamedTuple):
    """The setting of a text: columns, type in points, leading, and margins in millimetres."""

    columns: int
    size_pt: float
    leading: float
    side_mm: float
    margin_mm: float
    justified: bool

    @classmethod
    def of(cls, sheet: Sheet) -> "Setting":
        """Return the setting of a sheet."""
        return cls(
            sheet.columns, sheet.size_pt, sheet.leading, area_mm(sheet).left, sheet.margin_mm,
            sheet.justified,
        )  # fmt: skip


def command(source: Path, target: Path) -> list[object]:
    """Return the command that makes a PDF of a source, nothing if Typst is not installed."""
    fonts = resource("fonts", "Literata-Regular.ttf").parent
    if found := shutil.which("typst"):
        return [found, "compile", "--font-path", fonts, source, target]
    if importlib.util.find_spec("typst"):
        return [sys.executable, "-c", _IN_PACKAGE, source, target, fonts]
    return []


def source_of(blocks: Iterable[Block], setting: Setting) -> str:
    """Return headings, paragraphs, quotes and lists as a source for Typst."""
    justified = "true" if setting.justified else "false"
    head = (
        f'#set page("a4", columns: {setting.columns}, '
        f"margin: (x: {setting.side_mm:.2f}mm, y: {setting.margin_mm}mm))\n"
        f'#set text(font: "Literata", size: {setting.size_pt}pt, lang: "en", '
        f"hyphenate: {justified})\n"
        f"#set par(justify: {justified}, leading: {setting.leading - 0.7:.2f}em, "
        f"spacing: {setting.leading:.2f}em)\n"
    )
    return head + "\n\n".join(map(_block, blocks))


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _runs(block.runs)
        case Heading():
            return f"#heading(level: {block.level})[{_runs(block.runs)}]"
        case Quote():
            return f"#quote(block: true)[{_all(block.blocks)}]"
        case List():
            kind = "enum" if block.ordered else "list"
            return f"#{kind}({', '.join(f'[{_all(item.blocks)}]' for item in block.items)})"
    return ""


def _all(blocks: Iterable[Block]) -> str:
    return "\n\n".join(map(_block, blocks))


def _runs(runs: Runs) -> str:
    return "".join(_run(run) for run in runs if isinstance(run, Text))


def _run(run: Text) -> str:
    text = run.text.translate(_SIGNS).replace("\n", " \\ ")
    for style, name in ((Style.STRONG, "strong"), (Style.EMPHASIS, "emph")):
        if style in run.style and run.text.strip():
            text = f"#{name}[{text}]"
    return text
