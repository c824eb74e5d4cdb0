"""A book as an article: each chapter a part of it, with its pictures, notes and metadata."""

from collections.abc import Mapping

from reader.body import clean
from reader.body.blocks import Body, Paragraph, Picture
from reader.body.from_html import from_html
from reader.body.to_html import to_html
from reader.body.to_text import count_words, excerpt, runs_text, to_text
from reader.errors import IngestError
from reader.ingest import images
from reader.ingest.epub.chapters import joined, path_of, source_of
from reader.ingest.epub.package import Package, read_package
from reader.ingest.epub.parts import Parts
from reader.ingest.picture_sizes import given_size
from reader.model import Caveat, Clipping

MEDIA_TYPE = "application/epub+zip"
_MOST_LETTERS = 60_000_000


def read_book(data: bytes, keep: images.Keep) -> Clipping:
    """Return a book as a clipping without a URL, keeping its pictures.

    Raises IngestError if it is protected against copying, or has nothing to read.
    """
    try:
        parts = Parts(data)
        package = read_package(parts)
        return _clipping(data, parts, package, keep)
    except IngestError:
        raise
    except (ValueError, TypeError, RecursionError, AssertionError) as error:  # damaged XML
        raise IngestError("This book is damaged; nothing could be read from it.") from error


def _clipping(data: bytes, parts: Parts, package: Package, keep: images.Keep) -> Clipping:
    found = _Pictures(parts, keep)
    pieces, size = list[str](), 0
    for piece in joined(parts, package.chapters):
        size += len(piece)
        if size > _MOST_LETTERS:
            parts.whole = False
            break
        pieces.append(piece)
    body = from_html(f"<div>{''.join(pieces)}</div>", picture=found, whole=True)
    if not to_text(body).strip() and not found.any:
        raise IngestError("There is no text in this book.")
    body = _with_cover(body, package, found)
    caveats = () if parts.whole else (Caveat.DAMAGED,)
    names, lead = images.picture_names(body)
    language = package.language or body.language
    return Clipping(
        "",
        title=package.title,
        byline=package.byline,
        language=language,
        excerpt=_plain(package.description) or excerpt(body),
        published_at=package.published_at,
        subjects=package.subjects,
        html=to_html(body._replace(caveats=caveats)),
        words=count_words(body),
        pictures=names,
        lead=lead,
        source=data,
        source_type=MEDIA_TYPE,
    )


class _Pictures:
    """The pictures of a book, each kept once."""

    def __init__(self, parts: Parts, keep: images.Keep) -> None:
        self._parts = parts
        self._keep = keep
        self._known: dict[str, Picture | None] = {}

    @property
    def any(self) -> bool:
        """Whether there is a picture."""
        return any(each is not None and each.name for each in self._known.values())

    def __call__(self, attributes: Mapping[str, str]) -> Picture | None:
        """Return the picture of an ``<img>`` of the joined chapters."""
        source = attributes.get("src", "")
        alt = clean.line(attributes.get("alt", ""))
        if source not in self._known:
            self._known[source] = self._bring(source)
        picture = self._known[source]
        return picture and picture._replace(alt=alt or picture.alt, given=given_size(attributes))

    def _bring(self, source: str) -> Picture | None:
        if source.startswith(("http://", "https://")):
            return Picture("", alt="A picture", address=source)
        path = path_of(source)
        data = images.data_of(source) if source.startswith("data:") else self._parts.read(path)
        if not data:
            return Picture("", alt=path.rpartition("/")[2][:80] or "A picture")
        return images.keep_image(data, "", self._keep)


def _with_cover(body: Body, package: Package, found: _Pictures) -> Body:
    """Put the cover before the text unless it begins with a picture."""
    cover = found({"src": source_of(package.cover)}) if package.cover else None
    if cover is None or not cover.name:
        return body
    for block in body.blocks[:3]:
        if cover.name in to_html(Body((block,))):
            return body
    return body._replace(blocks=(Paragraph((cover._replace(alt="Cover"),)), *body.blocks))


def _plain(description: str) -> str:
    """Return the description of a book, which may be HTML, as text."""
    if "<" not in description:
        return clean.text(description).strip()
    blocks = from_html(description).blocks
    texts = (runs_text(block.runs) for block in blocks if isinstance(block, Paragraph))
    return " ".join(" ".join(texts).split())
