"""An article as one HTML file: its pictures are in it, it runs nothing and loads nothing."""

import json
from base64 import b64encode
from functools import cache
from html import escape

from reader import themes
from reader.body.blocks import Picture
from reader.exporting.about import about, address_of
from reader.exporting.article import article_of, tongue
from reader.exporting.links import valid
from reader.exporting.pieces import Beside, Piece
from reader.exporting.xhtml import Addresses, attribute, text
from reader.model import Article
from reader.resources import resource

TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
"""The media types of pictures in the library, by the endings of their names."""

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'"
_COLOURS = ("page", "text", "muted", "link", "rule", "panel", "stripe", "mark", "quote")


def write(piece: Piece, _beside: Beside) -> bytes:
    """Return the page of an article."""
    known: dict[str, str] = {}

    def picture(picture: Picture) -> str:
        if picture.name not in known:
            known[picture.name] = _data(piece, picture.name) if picture.name else ""
        return known[picture.name]

    article, _ = article_of(piece, Addresses(picture, valid))
    page = (
        f"<!DOCTYPE html>\n<html{tongue(piece.article)}>\n<head>\n{_head(piece)}\n</head>\n"
        f"<body>\n{article}\n</body>\n</html>\n"
    )
    return page.encode(errors="replace")


def _data(piece: Piece, name: str) -> str:
    file = piece.picture(name)
    if file is None:
        return ""
    return f"data:{TYPES[name.rpartition('.')[2]]};base64,{b64encode(file.read_bytes()).decode()}"


def _head(piece: Piece) -> str:
    article = piece.article
    address = valid(address_of(article))
    lines = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{text(article.title)}</title>",
        *(f'<meta name="{name}"{attribute("content", value)}>' for name, value in _told(article)),
        f'<link rel="canonical" href="{escape(address)}">' if address else "",
        f'<meta name="reader-article"{attribute("content", json.dumps(about(piece)))}>',
        f"<style>\n{style()}</style>",
    ]
    return "\n".join(filter(None, lines))


def _told(article: Article) -> list[tuple[str, str]]:
    told = (
        ("author", article.byline),
        ("description", article.excerpt),
        ("keywords", ", ".join(article.tags)),
        ("date", article.published_at),
        ("application-name", article.site),
        ("generator", "Reader"),
    )
    return [(name, value) for name, value in told if value]


@cache
def style() -> str:
    """Return the style of a page, with the colours of the light and the dark theme."""
    written = resource("style", "article.css").read_text("utf-8")
    return written.replace("$light", _colours("light")).replace("$dark", _colours("dark"))


def _colours(name: str) -> str:
    theme = themes.bundled(name)._asdict()
    return " ".join(f"--{each}: {theme[each]};" for each in _COLOURS)
