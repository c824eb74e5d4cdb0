"""The source of the program: its files, and each as a tree that is parsed once."""

import ast
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "reader"


def files() -> list[Path]:
    """Return all files of the program, in order."""
    return sorted(SOURCE.rglob("*.py"))


@cache
def tree(file: Path) -> ast.Module:
    """Return the syntax tree of a file; it must not be changed."""
    return ast.parse(file.read_text("utf-8"))
