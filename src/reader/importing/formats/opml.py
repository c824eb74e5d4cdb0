"""Lists of feeds in OPML: a feed is no article, but its site may be wanted as one."""

from collections.abc import Iterator

from reader.entries import Entry, Unread
from reader.importing import values
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.lines import text_of
from reader.importing.shapes import Member, Shape, members
from reader.importing.tags import tags, value
from reader.importing.times import time_of
from reader.model import Clipping
from reader.outcomes import Outcome, Where
from reader.reasons import Reason, Remark

_DEEPEST = 40
_Path = tuple[str, ...]


def _is_opml(member: Member) -> bool:
    return member.shape is Shape.MARKUP and "<opml" in member.head.lower()


def _fits(bundle: Bundle) -> float:
    return 0.95 if any(map(_is_opml, members(bundle))) else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    """Yield the outlines that are feeds or links; the others are folders."""
    for member in members(bundle):
        if not _is_opml(member):
            continue
        text = text_of(bundle, member.name)
        if isinstance(text, Unread):
            yield text
        else:
            yield from _outlines(text, bundle.where(member.name).file)


def _outlines(text: str, file: str) -> Iterator[Entry | Unread]:
    path: _Path = ()
    around: list[_Path] = []
    for tag in tags(text):
        if tag.name == "/outline" and around:
            path = around.pop()
        if tag.name != "outline":
            continue
        attributes = {name: value(raw) for name, raw in tag.attributes.items()}
        found = _outline(attributes, path, Where(file, tag.line))
        if found is not None:
            yield found
        if not tag.is_empty:
            around.append(path)
            name = values.line(attributes.get("title") or attributes.get("text"))
            if found is None and name and len(path) < _DEEPEST:
                path = (*path, name)


def _outline(attributes: dict[str, str], path: _Path, where: Where) -> Entry | Unread | None:
    """Return the site of a feed or a link, None for a folder."""
    title = values.line(attributes.get("title") or attributes.get("text"))
    is_feed = "xmlurl" in attributes
    url = attributes.get("htmlurl") or ("" if is_feed else attributes.get("url", ""))
    if not url:
        feed = Remark(Reason.FROM_FEED)
        return Unread(where, Outcome.SKIPPED, feed, title) if is_feed else None
    remarks: list[Remark] = []
    return Entry(
        Clipping(url.strip(), title, excerpt=values.text(attributes.get("description"))),
        where,
        added_at=time_of(attributes.get("created"), remarks),
        folders=(path,) if path else (),
        from_feed=is_feed,
        remarks=tuple(remarks),
    )


OPML = Format("opml", _fits, _read)
