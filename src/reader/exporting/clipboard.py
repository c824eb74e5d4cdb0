"""An article as Markdown for the clipboard: its title and text, with pictures by their address."""

from reader.body.blocks import Body, Heading, Text
from reader.body.to_markdown import to_markdown
from reader.body.to_text import runs_text
from reader.errors import ExportError
from reader.exporting.kinds import Kind, Wanted
from reader.exporting.pieces import Piece, Work
from reader.library.library import Library


def markdown_of(library: Library, id: int) -> str:
    """Return an article as Markdown, with its highlights. Raises ExportError."""
    piece = Work(library, Wanted(Kind.MARKDOWN, (id,))).piece(id)
    if not isinstance(piece, Piece):
        raise ExportError(f"The article “{piece.name}” cannot be read.")
    return to_markdown(_titled(piece.marked, piece.article.title))


def _titled(body: Body, title: str) -> Body:
    """Return a body under its title, once."""
    first = next(iter(body.blocks), None)
    if isinstance(first, Heading) and runs_text(first.runs) == title:
        return body
    return body._replace(blocks=(Heading(1, (Text(title),)), *body.blocks))
