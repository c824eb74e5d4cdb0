"""The pages of a book that are not its articles: the package, the contents and the cover."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from reader import phrases
from reader.document.direction import RTL, direction_of_article
from reader.exporting.about import address_of
from reader.exporting.html import TYPES
from reader.exporting.xhtml import Section, attribute, language, text
from reader.model import Article

MEDIA_TYPE = "application/epub+zip"
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>\
</rootfiles>
</container>
"""

_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body{more}>
{body}
</body>
</html>
"""
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_SUMMARY = (
    "Articles of the web with their headings, lists, tables and notes; pictures have the "
    "alternative texts that their authors gave them."
)
_DEEPEST = 3
_MOST_AUTHORS = 12
_MOST_SUBJECTS = 24


class Chapter(NamedTuple):
    """An article of a book, its file, its headings, and whether it has pictures."""

    article: Article
    file: str
    sections: tuple[Section, ...]
    has_pictures: bool


class Contents(NamedTuple):
    """A book: whether it is one of several articles, and the name of the picture of its cover."""

    title: str
    is_collection: bool
    cover: str
    chapters: tuple[Chapter, ...]

    @property
    def language(self) -> str:
        """Return the language of most articles, ``und`` if it is unknown."""
        tags = Counter(language(each.article.language) for each in self.chapters)
        return tags.most_common(1)[0][0] or "und"

    @property
    def direction(self) -> str:
        """Return the direction of most articles."""
        directions = Counter(direction_of_article(each.article) for each in self.chapters)
        return directions.most_common(1)[0][0]


def line(words: str) -> str:
    """Return a title as one line for XHTML, never empty."""
    return text(" ".join(words.split())) or "Article"


def page(title: str, body: str, more: str = "") -> str:
    """Return a page of a book."""
    return _PAGE.format(title=line(title), body=body, more=more)


def cover_page(book: Contents) -> str:
    """Return the page with the cover."""
    alt = attribute("alt", f"Cover: {' '.join(book.title.split())}")
    image = f'<p class="cover"><img src="{book.cover}"{alt}/></p>'
    return page(book.title, image, ' epub:type="cover"')


# ---- contents


def navigation(book: Contents) -> str:
    """Return the page of contents, with the articles and their headings."""
    entries = "".join(_entry(each, single=not book.is_collection) for each in book.chapters)
    marks = "".join(
        f'<li><a epub:type="{kind}" href="{href}">{name}</a></li>'
        for kind, href, name in (
            ("cover", "cover.xhtml", "Cover"),
            ("toc", "nav.xhtml", "Contents"),
            ("bodymatter", book.chapters[0].file, "Text"),
        )
    )
    title = f"<h1>{line(book.title)}</h1>"
    tongue = attribute("dir", book.direction)
    return page(
        book.title,
        f'<nav epub:type="toc" role="doc-toc" id="toc"{tongue}>{title}<ol>{entries}</ol></nav>\n'
        f'<nav epub:type="landmarks" hidden="hidden"><ol>{marks}</ol></nav>',
    )


def _entry(chapter: Chapter, *, single: bool) -> str:
    article = chapter.article
    deepest = _DEEPEST if single else 1
    told = (article.byline, article.site if article.site != article.byline else "")
    words = [text(" ".join(each.split())) for each in told]
    details = "" if single else " · ".join(filter(None, words))
    after = f' <span class="details">{details}</span>' if details else ""
    shown = [each for each in chapter.sections if each.level <= deepest and each.words]
    label = f'<a href="{chapter.file}">{line(article.title)}</a>'
    if after:
        label = f'<a href="{chapter.file}">{line(article.title)}{after}</a>'
    return f"<li>{label}{_nested(chapter.file, shown)}</li>"


def _nested(file: str, sections: Sequence[Section]) -> str:
    """Return headings as nested lists; a deeper one belongs to the one before it."""
    if not sections:
        return ""
    top = min(each.level for each in sections)
    starts = [at for at, each in enumerate(sections) if each.level == top]
    before = [
        f'<li><a href="{file}#{each.id}">{line(each.words)}</a></li>'
        for each in sections[: starts[0]]
    ]
    items = []
    for start, end in zip(starts, [*starts[1:], len(sections)], strict=True):
        each = sections[start]
        inner = _nested(file, sections[start + 1 : end])
        items.append(f'<li><a href="{file}#{each.id}">{line(each.words)}</a>{inner}</li>')
    return f"<ol>{''.join((*before, *items))}</ol>"


# ---- package


def package(book: Contents, pictures: Iterable[str]) -> str:
    """Return the package document: metadata, the files, and their order."""
    files = [*_files(book, [*pictures])]
    manifest = "\n".join(
        f'<item id="{id}" href="{href}" media-type="{kind}"{more}/>'
        for id, href, kind, more in files
    )
    order = ["cover-page", *(["nav"] if book.is_collection else []), *_ids(book)]
    spine = "".join(f'<itemref idref="{id}"/>' for id in order)
    turned = ' page-progression-direction="rtl"' if book.direction == RTL else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"'
        f"{attribute('xml:lang', book.language)}{attribute('dir', book.direction)}>\n"
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"{chr(10).join(_metadata(book))}\n</metadata>\n"
        f"<manifest>\n{manifest}\n</manifest>\n<spine{turned}>{spine}</spine>\n</package>\n"
    )


def _ids(book: Contents) -> list[str]:
    return [f"article-{number}" for number, _ in enumerate(book.chapters, 1)]


def _files(book: Contents, pictures: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    pages = "application/xhtml+xml"
    kind = "image/svg+xml" if book.cover.endswith(".svg") else TYPES[book.cover.rpartition(".")[2]]
    yield "cover-image", book.cover, kind, ' properties="cover-image"'
    yield "cover-page", "cover.xhtml", pages, ""
    yield "nav", "nav.xhtml", pages, ' properties="nav"'
    yield "style", "style.css", "text/css", ""
    for id, chapter in zip(_ids(book), book.chapters, strict=True):
        yield id, chapter.file, pages, ""
    for number, name in enumerate(pictures, 1):
        yield f"picture-{number}", f"images/{name}", TYPES[name.rpartition(".")[2]], ""


def _metadata(book: Contents) -> Iterator[str]:
    articles = [each.article for each in book.chapters]
    yield f'<dc:identifier id="id">urn:uuid:{_identifier(book)}</dc:identifier>'
    yield f"<dc:title>{line(book.title)}</dc:title>"
    tags = dict.fromkeys((book.language, *(language(each.language) for each in articles)))
    yield from (f"<dc:language>{tag}</dc:language>" for tag in tags if tag)
    authors = dict.fromkeys(line(each.byline) for each in articles if text(each.byline).strip())
    yield from (f"<dc:creator>{name}</dc:creator>" for name in [*authors][:_MOST_AUTHORS])
    sites = {line(each.site) for each in articles if text(each.site).strip()}
    yield from (f"<dc:publisher>{name}</dc:publisher>" for name in sites if len(sites) == 1)
    if not book.is_collection:
        yield from _about(articles[0])
    subjects = dict.fromkeys(tag for each in articles for tag in each.tags if text(tag).strip())
    yield from (f"<dc:subject>{line(tag)}</dc:subject>" for tag in [*subjects][:_MOST_SUBJECTS])
    times = [time for each in articles for time in (each.downloaded_at, each.added_at)]
    latest = max((time for time in times if _TIME.fullmatch(time)), default="2026-01-01T00:00:00Z")
    yield f'<meta property="dcterms:modified">{latest}</meta>'
    yield '<meta name="cover" content="cover-image"/>'
    yield from _accessibility(book)


def _about(article: Article) -> Iterator[str]:
    date = article.published_at[:10]
    if _DATE.fullmatch(date) and phrases.day(date):
        yield f"<dc:date>{date}</dc:date>"
    if address := text(address_of(article)):
        yield f"<dc:source>{address}</dc:source>"
    if words := " ".join(text(article.excerpt).split()):
        yield f"<dc:description>{words}</dc:description>"


def _accessibility(book: Contents) -> Iterator[str]:
    pictures = any(each.has_pictures for each in book.chapters)
    modes = ("textual", "visual") if pictures else ("textual",)
    features = [
        "tableOfContents",
        "readingOrder",
        "structuralNavigation",
        "displayTransformability",
    ]
    features += ["alternativeText"] * pictures
    told = [
        *(("accessMode", each) for each in modes),
        ("accessModeSufficient", ",".join(modes)),
        *(("accessibilityFeature", each) for each in features),
        ("accessibilityHazard", "unknown" if pictures else "none"),
        ("accessibilitySummary", _SUMMARY),
    ]
    yield from (f'<meta property="schema:{name}">{value}</meta>' for name, value in told)


def _identifier(book: Contents) -> UUID:
    """Return an identifier that is the same each time for the same articles."""
    uids = " ".join(each.article.uid for each in book.chapters)
    return uuid5(NAMESPACE_URL, f"reader:{uids} {book.title if book.is_collection else ''}")
