"""The export of Omnivore: a zip with metadata, texts and highlights.

Its service was switched off in 2024, so the zip is all that is left, and its texts need no network.
"""

import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from typing import Any, NamedTuple

from reader.entries import Entry, Highlight, Text, TextKind, Unread
from reader.errors import ReaderError
from reader.importing import json_items, shapes, values
from reader.importing.amounts import fraction
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.times import time_of
from reader.ingest.decode import decode
from reader.ingest.saved import same_name
from reader.model import Clipping, State
from reader.outcomes import Outcome
from reader.reasons import Reason, Remark

_METADATA = re.compile(r"(?:^|/)metadata_(\d+)_to_\d+[^/]*\.json$", re.IGNORECASE)
_COMPANION = re.compile(r"(?:^|/)(contents?|highlights)/([^/]+)\.(html?|pdf|md)$", re.IGNORECASE)
_KEYS = ("readingProgress", "savedAt")
_OWN = re.compile(
    r"https?://(?:(?:[\w-]+\.)*omnivore\.(?:app|work)|storage\.googleapis\.com/omnivore[\w-]*)/",
    re.I,
)
"""Addresses of newsletters and uploads, which nobody answers any more."""
_PROXY = re.compile(
    rb"https?://proxy[\w-]*\.omnivore-image-cache\.app/[^/\s\"'<>]{1,200}/(?=https?://)"
)
"""What stood before the addresses of pictures; those behind it may still be there."""
_STAMP = re.compile(r"-?[0-9a-f]{10,12}$")
_FEED, _FAVOURITES, _PINNED = "rss", "favorites", "pinned"
"""Labels that Omnivore gave by itself, in small letters."""
_MOST_OF_HIGHLIGHTS = 20_000_000


class _Companions(NamedTuple):
    """The members for each slug: texts, files and highlights; ``used`` are those with metadata."""

    texts: dict[str, str]
    files: dict[str, str]
    highlights: dict[str, str]
    used: set[str]

    def of(self, slug: str) -> tuple[str, str, str]:
        """Return the names of the text, the file and the highlights of an item."""
        self.used.add(slug)
        return self.texts.get(slug, ""), self.files.get(slug, ""), self.highlights.get(slug, "")

    def left(self) -> list[str]:
        """Return the slugs that no metadata names."""
        slugs = dict.fromkeys((*self.texts, *self.files, *self.highlights))
        return [slug for slug in slugs if slug not in self.used]


def _fits(bundle: Bundle) -> float:
    if any(_METADATA.search(name) for name in bundle.names):
        return 0.95
    return 0.9 if shapes.objects(bundle, *_KEYS) else 0.0


def _read(bundle: Bundle, choices: Choices) -> Iterator[Entry | Unread]:  # noqa: ARG001
    companions = _companions(bundle)
    named = [name for name in bundle.names if _METADATA.search(name)]
    named.sort(key=lambda name: (name.rpartition("/")[0], int(_METADATA.search(name)[1])))  # type: ignore[index]
    for name in named or shapes.objects(bundle, *_KEYS):
        for each in (*bundle.earlier(name), name):
            for item in json_items.items(bundle, each):
                yield item if isinstance(item, Unread) else _entry(bundle, item, companions)
    for slug in companions.left():
        yield _orphan(bundle, slug, companions)


def _companions(bundle: Bundle) -> _Companions:
    found = _Companions({}, {}, {}, set())
    for name in bundle.names:
        if match := _COMPANION.search(name):
            folder, slug, ending = match[1].lower(), same_name(match[2]), match[3].lower()
            if folder == "highlights":
                table = found.highlights if ending == "md" else None
            else:
                table = found.files if ending == "pdf" else found.texts
            if table is not None and (slug not in table or not bundle.size(table[slug])):
                table[slug] = name
    return found


def _entry(bundle: Bundle, item: json_items.Item, companions: _Companions) -> Entry | Unread:
    value, remarks = item.value, list[Remark]()
    names = companions.of(same_name(values.line(value.get("slug"))))
    text = _text(bundle, names)
    highlights = _highlights(bundle, names[2], text, remarks)
    url = values.line(value.get("url"))
    if text is None and _OWN.match(url):
        if not highlights:
            return _nothing_left(item)
        text = Text(TextKind.MARKDOWN, partial(bundle.read, names[2]))
    labels = values.names(value.get("labels"))
    system = {label.lower() for label in labels}
    progress = fraction(value.get("readingProgress"), 100)
    state = _state(value)
    untouched = state is State.QUEUE and not progress and not highlights
    return Entry(
        Clipping(
            url,
            title=values.line(value.get("title")),
            byline=values.line(value.get("author")),
            excerpt=values.text(value.get("description")),
            published_at=time_of(value.get("publishedAt"), remarks),
            tags=labels,
        ),
        item.where,
        state,
        favourite=_FAVOURITES in system,
        added_at=time_of(value.get("savedAt"), remarks),
        progress=progress,
        highlights=highlights,
        text=text,
        from_feed=untouched and system == {_FEED},
        pinned=_PINNED in system,
        remarks=tuple(remarks),
    )


def _state(value: dict[str, Any]) -> State:
    return State.ARCHIVE if values.line(value.get("state")).lower() == "archived" else State.QUEUE


def _text(bundle: Bundle, names: tuple[str, str, str]) -> Text | None:
    kinds = (TextKind.HTML, TextKind.FILE)
    for name, kind in zip(names, kinds, strict=False):
        if name and bundle.size(name):
            return Text(kind, partial(_load, bundle, name))
    return None


def _load(bundle: Bundle, name: str) -> bytes:
    data = bundle.read(name)
    return _PROXY.sub(b"", data) if b"omnivore-image-cache" in data else data


def _nothing_left(item: json_items.Item) -> Unread:
    """Return the row of a newsletter or upload whose text is not in the export."""
    name = values.line(item.value.get("title")) or values.line(item.value.get("url"))
    return Unread(item.where, Outcome.FAILED, Remark(Reason.NOT_AN_ADDRESS), name)


def _orphan(bundle: Bundle, slug: str, companions: _Companions) -> Entry | Unread:
    """Return the article of a text whose metadata is missing or damaged."""
    names = companions.of(slug)
    remarks: list[Remark] = []
    text = _text(bundle, names)
    highlights = _highlights(bundle, names[2], text, remarks)
    where = bundle.where(next(filter(None, names)))
    title = _STAMP.sub("", slug).replace("-", " ").strip().capitalize()
    if text is None and highlights:
        text = Text(TextKind.MARKDOWN, partial(bundle.read, names[2]))
    if text is None:
        remark = remarks[0] if remarks else Remark(Reason.NO_ADDRESS)
        return Unread(where, Outcome.FAILED, remark, title)
    return Entry(
        Clipping("", title=title), where, highlights=highlights, text=text, remarks=tuple(remarks)
    )


# ---- highlights

_GAP = re.compile(r"\n(?:[ \t]*\n)+")
_APART = 4
"""Line ends behind a note on the whole article; a note on a quotation has fewer."""
_LABEL = re.compile(r"(?:^| )#(?=\S)")
_TAG = re.compile(r"<[^<>]*>")


class _Part(NamedTuple):
    """A paragraph, and the number of line ends behind it."""

    words: str
    ends: int


def _highlights(
    bundle: Bundle, name: str, text: Text | None, remarks: list[Remark]
) -> tuple[Highlight, ...]:
    if not name:
        return ()
    try:
        written = decode(bundle.read(name, _MOST_OF_HIGHLIGHTS)).replace("\r\n", "\n")
    except ReaderError as error:
        remarks.append(Remark(Reason.NOT_READABLE, text=str(error)))
        return ()
    return tuple(each for each in _parsed(_parts(written), _Words(text)) if each.quote or each.note)


def _parts(written: str) -> list[_Part]:
    parts, at = [], 0
    for gap in _GAP.finditer(written):
        parts.append(_Part(written[at : gap.start()], gap[0].count("\n")))
        at = gap.end()
    parts.append(_Part(written[at:], 0))
    return [part for part in parts if part.words.strip()]


def _parsed(parts: list[_Part], words: "_Words") -> Iterator[Highlight]:
    at = 0
    while at < len(parts):
        is_quote = parts[at].words.startswith(">")
        quote = _unquoted(parts[at].words) if is_quote else ""
        at += is_quote
        while is_quote and at < len(parts) and words.go_on(quote, parts[at].words):
            quote, at = f"{quote}\n{parts[at].words.strip()}", at + 1
        behind, at = _behind(parts, at)
        labels = _labels(behind[0].words) if is_quote and behind else ()
        note = "\n\n".join(part.words.strip() for part in behind[bool(labels) :])
        is_apart = bool(behind) and behind[-1].ends >= _APART and not labels
        if is_quote and is_apart and note:
            yield Highlight(quote)
            yield Highlight("", note)
        else:
            yield Highlight(quote, note, labels=labels)


def _behind(parts: list[_Part], at: int) -> tuple[list[_Part], int]:
    """Return the paragraphs up to the next quotation or to the end of a note on the article."""
    behind: list[_Part] = []
    while at < len(parts) and not parts[at].words.startswith(">"):
        behind.append(parts[at])
        at += 1
        if behind[-1].ends >= _APART:
            break
    return behind, at


def _unquoted(words: str) -> str:
    """Return a quotation: a mark begins a paragraph, further lines have none."""
    lines = (line.lstrip("> ") if line.startswith(">") else line for line in words.split("\n"))
    return "\n".join(lines).strip()


def _labels(words: str) -> tuple[str, ...]:
    """Return the labels in a line that consists of them; their names may have several words."""
    if not words.startswith("#") or "\n" in words.strip() or words.startswith(("# ", "##")):
        return ()
    labels = [label.strip() for label in _LABEL.split(words)[1:]]
    is_sentence = any(len(label.split()) > 3 or label[-1:] in ".,;:!?" for label in labels)
    return () if is_sentence else tuple(dict.fromkeys(labels))


class _Words:
    """The letters of a text, read when a quotation is unclear."""

    def __init__(self, text: Text | None) -> None:
        self._text = text
        self._letters: str | None = None

    def go_on(self, quote: str, more: str) -> bool:
        """Return whether a paragraph behind a quotation belongs to it."""
        if self._text is None or more.startswith((">", "#")):
            return False
        if self._letters is None:
            self._letters = _letters_of(self._text)
        return _squashed(quote + more) in self._letters


def _letters_of(text: Text) -> str:
    try:
        return _squashed(unescape(_TAG.sub("", decode(text.load()))))
    except Exception:  # it is reported when the text is taken in
        return ""


def _squashed(text: str) -> str:
    return "".join(text.split())


OMNIVORE = Format("omnivore", _fits, _read)
