"""The texts, sources and pictures of Reader's own export, checked before they are taken in."""

import zlib
from collections.abc import Callable
from hashlib import sha256

from reader.body.caveats import caveats_of
from reader.body.from_html import from_html, stored_pictures
from reader.body.to_html import to_html
from reader.body.to_text import count_words
from reader.entries import Entry
from reader.errors import IngestError
from reader.ingest.images import Keep, keep_image
from reader.own_export import IMAGES, SOURCES, TEXTS, Own, OwnText


def prepared(entry: Entry, keep: Keep) -> Entry:
    """Return an article of Reader's own export with its texts and source, and keep its pictures.

    Each text is read and written again, so that nothing comes in that Reader could not have
    written. Missing or damaged files are left out; an article without a text waits for it.
    """
    own = entry.own
    assert own is not None
    texts, renamed = list[OwnText](), dict[str, str]()
    for each in own.texts:
        if text := _text(each, own):
            texts.append(text)
            renamed[each.sha256] = text.sha256
    for name in dict.fromkeys(name for text in texts for name in (text.lead, *text.pictures)):
        _keep_picture(own, name, keep)
    current = next((text for text in texts if text.sha256 == renamed.get(own.text)), None)
    source = _file(own, f"{SOURCES}{own.source}") if own.source else b""
    if own.source and sha256(source).hexdigest() != own.source:
        source = b""
    clipping = entry.clipping._replace(source=source)
    if current is not None:
        clipping = clipping._replace(
            html=zlib.decompress(current.packed).decode(),
            words=current.words,
            lead=current.lead,
            pictures=current.pictures,
            made_by=current.made_by,
        )
    digest = current.sha256 if current else ""
    own = own._replace(texts=tuple(texts), text=digest, files={})
    return entry._replace(clipping=clipping, own=own, text=None)


def _text(text: OwnText, own: Own) -> OwnText | None:
    """Return a text with its contents as canonical HTML, None if they are missing."""
    data = _file(own, f"{TEXTS}{text.sha256}.html")
    html = data.decode(errors="replace")
    if not html.strip():
        return None
    body = from_html(html)._replace(caveats=caveats_of(html))
    written = to_html(body)
    if written != html:
        pictures = dict.fromkeys(each.name for each in stored_pictures(written))
        text = text._replace(words=count_words(body), pictures=tuple(pictures))
    packed = zlib.compress(written.encode())
    return text._replace(sha256=sha256(written.encode()).hexdigest(), packed=packed)


def _keep_picture(own: Own, name: str, keep: Keep) -> None:
    """Keep a picture if it is one, and has the hash in its name."""
    data = _file(own, f"{IMAGES}{name}") if name else b""
    if data and sha256(data).hexdigest() == name.partition(".")[0]:
        keep_image(data, "", _only(name, keep))


def _only(name: str, keep: Keep) -> Callable[[bytes, str], str]:
    """Keep a picture that is stored as it is; one that had to be converted is not the one meant."""

    def kept(data: bytes, ending: str) -> str:
        is_it = name == f"{sha256(data).hexdigest()}.{ending}"
        return keep(data, ending) if is_it else name

    return kept


def _file(own: Own, name: str) -> bytes:
    load = own.files.get(name)
    try:
        return load() if load else b""
    except IngestError:
        return b""
