"""Names of PDF files, from a template such as ``{date} {site} - {title}``."""

import re
import string
from pathlib import Path

from reader.errors import PrintError
from reader.model import Article

FIELDS = ("title", "site", "author", "date", "added", "number")
"""The fields of a template: ``date`` is that of publication, ``number`` the place in a series."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')
_MOST_BYTES = 180
_LOOSE = re.compile(r"^[\s\-–—_.,]+|[\s\-–—_.,]+$")
_DOUBLE = re.compile(r"(\s[-–—]){2,}")


def check_template(template: str) -> None:
    """Raise PrintError with the possible fields if a template is invalid."""
    try:
        fields = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
    except ValueError:
        fields = ["?"]
    if not fields or any(name not in FIELDS for name in fields):
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise PrintError(
            f"“{template}” is not a valid template for file names; its fields are {known}."
        )


def file_name(article: Article, template: str = "{title}", number: int = 1) -> str:
    """Return the file name of an article's PDF, valid on every system."""
    check_template(template)
    values = {
        "title": article.title,
        "site": article.site,
        "author": article.byline,
        "date": article.published_at[:10],
        "added": article.added_at[:10],
        "number": f"{number:03}",
    }
    return plain(template.format(**values))


def plain(
    title: str, suffix: str = ".pdf", *, untitled: str = "Article", most: int = _MOST_BYTES
) -> str:
    """Return a file name for a title, valid on every system; ``most`` is its length in bytes."""
    kept = _DOUBLE.sub(r"\1", " ".join(_FORBIDDEN.sub(" ", title).split()))
    short = _LOOSE.sub("", kept).encode()[:most].decode(errors="ignore")
    return (_LOOSE.sub("", short) or untitled) + suffix


def free_name(folder: Path, name: str, taken: set[str]) -> Path:
    """Return a path in a folder that is not in ``taken``, and add it.

    An existing file is overwritten: printing again creates no second copy.
    """
    stem, free, count = Path(name).stem, name, 1
    while free.casefold() in taken:
        count += 1
        free = f"{stem} {count}.pdf"
    taken.add(free.casefold())
    return folder / free
