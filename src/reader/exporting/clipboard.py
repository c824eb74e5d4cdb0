"""An article as Markdown to be pasted elsewhere: pictures by their addresses, no front matter."""

from urllib.parse import urlsplit, urlunsplit

from reader.body.blocks import Body, Heading, Picture
from reader.body.markdown_runs import escaped, linked
from reader.body.to_markdown import to_markdown
from reader.body.to_text import runs_text
from reader.errors import ExportError
from reader.exporting.about import address_of
from reader.exporting.kinds import Kind, Wanted
from reader.exporting.pieces import Piece, Work
from reader.library.library import Library


def markdown_of(library: Library, id: int) -> str:
    """Return an article below its title, which links to it. Raises ExportError, NoSuchArticle."""
    article = library.article(id)
    marked = frozenset(library.highlights.of_many([id]))
    piece = Work(library, Wanted(Kind.MARKDOWN, (id,)), marked).piece(id)
    if not isinstance(piece, Piece):
        raise ExportError(f"“{article.title}” could not be copied, because its text is damaged.")
    text = to_markdown(_untitled(piece.marked, article.title), _address)
    return "\n\n".join(filter(None, (f"# {_title(piece)}", text)))


def _untitled(body: Body, title: str) -> Body:
    """Return a body without a first heading that repeats the title."""
    first = next(iter(body.blocks), None)
    if isinstance(first, Heading) and runs_text(first.runs) == title:
        return body._replace(blocks=body.blocks[1:])
    return body


def _title(piece: Piece) -> str:
    title = escaped(" ".join(piece.article.title.split()))
    address = _public(address_of(piece.article))
    return linked(title, address) if address else title


def _public(address: str) -> str:
    """Return an address without user name and password, ``""`` if it is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _address(picture: Picture) -> str:
    return picture.address
