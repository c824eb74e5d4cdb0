"""Articles to fill a library with before a journey begins."""

from collections.abc import Mapping
from pathlib import Path

from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.library.library import Library
from reader.model import Clipping


def clipping(title: str, paragraphs: int) -> Clipping:
    """Return an article of numbered paragraphs."""
    text = "\n\n".join(f"Paragraph {n} of {title}: {'some words ' * 20}" for n in range(paragraphs))
    html = to_html(from_markdown(text))
    return Clipping(f"https://example.org/{title}", title, html=html, words=45 * paragraphs)


def fill(folder: Path, articles: Mapping[str, int], language: str = "") -> list[int]:
    """Make a library of articles, each with so many paragraphs; return their ids."""
    made = (clipping(*each)._replace(language=language) for each in articles.items())
    with Library.open(folder) as library, library.together():
        return [library.add(each).id for each in made]
