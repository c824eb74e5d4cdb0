"""Web pages that Reader itself has exported."""

from collections.abc import Iterator
from functools import partial

from reader.entries import Entry, Text, TextKind, Unread
from reader.errors import ReaderError
from reader.importing import values
from reader.importing.amounts import fraction
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.formats.markdown_folder import STATES, highlight_of
from reader.importing.times import time_of
from reader.ingest.decode import decode
from reader.ingest.front_matter import about_front_matter
from reader.ingest.own_page import OwnPage, own_page
from reader.model import Clipping, State
from reader.outcomes import Outcome
from reader.reasons import Reason, Remark

_ENDINGS = (".html", ".htm")
_MARK = b'name="reader-article"'


def _fits(bundle: Bundle) -> float:
    return 0.9 if any(_is_own(bundle, name) for name in bundle.names) else 0.0


def _is_own(bundle: Bundle, name: str) -> bool:
    return name.lower().endswith(_ENDINGS) and _MARK in bundle.head(name)


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    for name in filter(partial(_is_own, bundle), bundle.names):
        try:
            page = own_page(decode(bundle.read(name)))
        except ReaderError as error:
            remark = Remark(Reason.ERROR, text=str(error))
            yield Unread(bundle.where(name), Outcome.FAILED, remark, name)
            continue
        if page is None:
            remark = Remark(Reason.NOT_READABLE, text="it is damaged")
            yield Unread(bundle.where(name), Outcome.FAILED, remark, name)
        else:
            yield _entry(bundle, name, page)


def _entry(bundle: Bundle, name: str, page: OwnPage) -> Entry:
    told, about = page.about, about_front_matter(page.about)
    remarks: list[Remark] = []
    added, opened, read = (
        time_of(told.get(each) or "", remarks) for each in ("created", "opened", "read")
    )
    listed = told.get("highlights")
    return Entry(
        Clipping(
            about.canonical,
            values.line(told.get("title")) or about.title,
            about.byline,
            about.site,
            about.language,
            values.text(told.get("description")),
            values.line(told.get("published")),
            values.names(told.get("tags")),
        ),
        bundle.where(name),
        STATES.get(values.line(told.get("state")), State.QUEUE),
        told.get("favourite") is True,
        added,
        opened,
        read,
        fraction(told.get("progress")),
        highlights=tuple(
            highlight_of(each)
            for each in (listed if isinstance(listed, list) else ())
            if isinstance(each, dict)
        ),
        text=Text(TextKind.HTML, partial(_load, bundle, name)) if page.html else None,
        remarks=tuple(remarks),
    )


def _load(bundle: Bundle, name: str) -> bytes:
    page = own_page(decode(bundle.read(name)))
    return page.html.encode() if page else b""


OWN_PAGES = Format("reader-pages", _fits, _read)
