"""The heads of panels of code: the language, and where the panel and its parts stand."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextBlockFormat

from reader.document.formats import Mark

HIGH = 36.0
"""The height of the head of a panel of code on screen, in pixels at 96 dpi."""

PAD = 0.7
"""The space between the edge of a panel and the lines of its code, in em."""

_NAMES = {
    "js": "JavaScript", "javascript": "JavaScript", "ts": "TypeScript", "typescript": "TypeScript",
    "py": "Python", "python3": "Python", "pycon": "Python", "rb": "Ruby", "rs": "Rust",
    "cpp": "C++", "c++": "C++", "cxx": "C++", "csharp": "C#", "cs": "C#", "c#": "C#", "go": "Go",
    "golang": "Go", "sh": "Shell", "shell": "Shell", "bash": "Bash", "zsh": "Shell",
    "console": "Console", "shell-session": "Console", "html": "HTML", "css": "CSS", "scss": "SCSS",
    "json": "JSON", "yaml": "YAML", "yml": "YAML", "toml": "TOML", "xml": "XML", "sql": "SQL",
    "php": "PHP", "md": "Markdown", "ini": "INI", "diff": "Diff", "java": "Java",
    "objective-c": "Objective-C", "latex": "LaTeX", "tex": "TeX", "powershell": "PowerShell",
    "text": "", "plain": "", "plaintext": "", "txt": "", "none": "",
}  # fmt: skip


class CodeHead(NamedTuple):
    """The head of a panel whose first line is a block: its area, and the language of the code."""

    group: int
    block: QTextBlock
    area: QRectF
    language: str


def named(language: str) -> str:
    """Return the name of a language for people, ``""`` if the code has none."""
    word = language.strip()
    return _NAMES.get(word.casefold(), word[:1].upper() + word[1:])


def is_first_line(form: QTextBlockFormat) -> bool:
    """Return whether a format is that of the first line of a panel of code."""
    return form.hasProperty(Mark.LANGUAGE)


def heads_among(
    blocks: Iterable[tuple[QTextBlock, QRectF]], area: QRectF, em: float, scale: float
) -> Iterator[CodeHead]:
    """Yield the heads above some blocks; ``area`` is that of the column."""
    for block, rect in blocks:
        form = block.blockFormat()
        if is_first_line(form):
            left = area.left() + form.doubleProperty(Mark.LEAD) * scale
            top = rect.top() - PAD * em - HIGH * scale
            place = QRectF(left, top, area.right() - left, HIGH * scale)
            language = named(form.stringProperty(Mark.LANGUAGE))
            yield CodeHead(form.intProperty(Mark.GROUP), block, place, language)
