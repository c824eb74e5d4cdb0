"""Names of PDF files, from a template such as ``{date} {site} - {title}``."""

import string
from pathlib import Path

from reader.errors import PrintError
from reader.file_names import plain
from reader.model import Article

FIELDS = ("title", "site", "author", "date", "added", "number")
"""The fields of a template: ``date`` is that of publication, ``number`` the place in a series."""


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
