"""Syntax colours by Pygments; code in an unknown language stays plain."""

from collections.abc import Iterator
from typing import Any

_KINDS = (
    ("Comment", "comment"),
    ("Keyword", "keyword"),
    ("String", "string"),
    ("Number", "number"),
    ("Name.Function", "name"),
    ("Name.Class", "name"),
    ("Name.Tag", "name"),
    ("Name.Decorator", "name"),
    ("Name.Builtin", "name"),
    ("Operator", "operator"),
)
_MOST = 100_000

Line = list[tuple[str, str]]
"""The pieces of a line: the name of a colour (``""`` for none) and the text."""


def coloured(text: str, language: str) -> Iterator[Line]:
    """Yield the lines of code in coloured pieces; very long code is not coloured."""
    lexer = _lexer(language) if language and len(text) <= _MOST else None
    if lexer is None:
        for line in text.split("\n"):
            yield [("", line)]
        return
    pieces: Line = []
    for kind, piece in lexer.get_tokens(text):
        name = _kind(kind)
        first, *rest = piece.split("\n")
        pieces.append((name, first))
        for more in rest:
            yield pieces
            pieces = [(name, more)]
    if any(piece for _, piece in pieces):
        yield pieces


def _lexer(language: str) -> Any:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=True)
    except ClassNotFound:
        return None


def _kind(token: Any) -> str:
    name = str(token).removeprefix("Token.").removeprefix("Literal.")
    return next((kind for start, kind in _KINDS if name.startswith(start)), "")
