"""A folder of Markdown: a vault of Obsidian, or an export of Reader itself."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from reader.body import clean
from reader.entries import COLOURS, Entry, Highlight, Text, TextKind, Unread
from reader.errors import ReaderError
from reader.importing import marks, values, vault
from reader.importing.amounts import fraction
from reader.importing.beside import Beside, Names
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.times import time_of
from reader.ingest.decode import decode, is_binary
from reader.ingest.front_matter import about_front_matter, split_front_matter, split_tag_lines
from reader.ingest.metadata import Metadata
from reader.model import Clipping, State
from reader.outcomes import Outcome
from reader.reasons import Reason, Remark

ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mkdn")
_OTHER_TEXTS = (".html", ".htm", ".txt", ".epub", ".pdf", ".csv", ".json")
_LARGEST = 25_000_000
_ADDED = ("created", "saved", "date saved", "date_saved", "date created", "clipped", "added")
_OPENED, _READ = ("opened",), ("read", "read_at", "date read")
_TAGS = ("tags", "tag", "keywords", "categories", "labels")
STATES = {"archive": State.ARCHIVE, "archived": State.ARCHIVE, "trash": State.TRASH}
_LIST = re.compile(r"(?<=\n)highlights:[ \t]*\n((?:[ \t]+- \{.*\}[ \t]*(?:\n|\Z))+)")
_LISTED = re.compile(r"[ \t]+- (\{.*\})")
_OWN = re.compile(r"(?:^|\n)reader-uid: ", re.M)
_LOOSE = "%% reader: without a place in the text %%"
_HEADING = re.compile(r"#{1,2}[ \t]+(.+?)[ \t]*#*[ \t]*")
_EMPTY = "it is empty"
_FRONT = 1_000_000


class Note(NamedTuple):
    """A note as it is written: its front matter, its text, and its highlights."""

    front: dict[str, Any]
    text: str
    highlights: tuple[Highlight, ...]


def note_of(data: bytes) -> Note:
    """Return the parts of a note; its text has no marks left that became highlights."""
    text, listed = _split_list(decode(data).replace("\r\n", "\n").replace("\r", "\n"))
    front, text = split_front_matter(text)
    if not listed and "reader-uid" not in front:
        text, found = marks.highlights(text)
        return Note(front, text, found)
    text = text.partition(_LOOSE)[0] if listed else text
    quotes = {_squashed(each.quote) for each in listed}
    notes = {_squashed(each.note) for each in listed}
    together = "\n".join(quotes)
    text = marks.without(
        text,
        lambda words: bool(quotes) and _squashed(words) in together,
        lambda words: _squashed(words) in notes,
    )
    return Note(front, text, listed)


def entry_of(bundle: Bundle, name: str, names: Names, url: str = "") -> Entry | Unread:
    """Return the article in a note; ``url`` is its address if it names none itself."""
    try:
        data = bundle.read(name, _LARGEST)
    except ReaderError as error:
        return _unread(bundle, name, Remark(Reason.ERROR, text=str(error)), Outcome.FAILED)
    if not data.strip():
        return _unread(bundle, name, Remark(Reason.NOT_READABLE, text=_EMPTY), Outcome.SKIPPED)
    if is_binary(data):
        return _unread(bundle, name, Remark(Reason.NOT_TEXT), Outcome.FAILED)
    note = note_of(data)
    about = about_front_matter(note.front)
    remarks: list[Remark] = []
    clipping = _clipping(note, about, name)
    folder = name.rpartition("/")[0]
    return Entry(
        clipping._replace(url=clipping.url or url),
        bundle.where(name),
        STATES.get(values.line(note.front.get("state")).lower(), State.QUEUE),
        favourite=values.truth(note.front.get("favourite")),
        added_at=_time(note.front, _ADDED, remarks),
        opened_at=_time(note.front, _OPENED, remarks),
        read_at=_time(note.front, _READ, remarks),
        progress=fraction(note.front.get("progress")),
        folders=(tuple(folder.split("/")),) if folder else (),
        highlights=note.highlights,
        text=_text(bundle, name, names) if note.text.strip() else None,
        remarks=tuple(remarks),
    )


def _text(bundle: Bundle, name: str, names: Names) -> Text:
    beside = Beside(names, name.rpartition("/")[0], vault=True)
    return Text(TextKind.MARKDOWN, partial(_load, bundle, name, names), beside)


def _load(bundle: Bundle, name: str, names: Names) -> bytes:
    """Return the text of a note as Markdown without its front matter and tags."""

    def other(title: str) -> str:
        found = names.anywhere(title) or names.anywhere(f"{title}.md")
        is_note = found != name and found.lower().endswith(ENDINGS)
        return _text_of(bundle, found) if is_note and bundle.size(found) <= _LARGEST else ""

    return vault.shown(_text_of(bundle, name), other).encode()


def _text_of(bundle: Bundle, name: str) -> str:
    return split_tag_lines(note_of(bundle.read(name, _LARGEST)).text)[1]


def _clipping(note: Note, about: Metadata, name: str) -> Clipping:
    tags = values.names(next((note.front[key] for key in _TAGS if note.front.get(key)), ()))
    stem = name.rpartition("/")[2].rpartition(".")[0]
    excerpt = note.front.get("description")
    own = values.line(note.front.get("reader-address"))
    return Clipping(
        about.canonical or own,
        title=values.line(note.front.get("title")) or about.title or _heading(note.text) or stem,
        byline=about.byline,
        site=about.site,
        language=about.language,
        excerpt=values.text(excerpt) if isinstance(excerpt, str) else about.excerpt,
        published_at=_published(note.front.get("published"), about),
        tags=tuple(dict.fromkeys((*_bare(tags), *split_tag_lines(note.text)[0]))),
        subjects=about.subjects,
    )


def _bare(tags: tuple[str, ...]) -> Iterator[str]:
    for tag in tags:
        if bare := tag.strip().removeprefix("#").removeprefix("[[").removesuffix("]]"):
            yield bare


def _heading(text: str) -> str:
    first = next((line for line in text[:10_000].split("\n") if line.strip()), "")
    match = _HEADING.fullmatch(first.strip())
    return clean.line(marks.plain(match[1])) if match else ""


def _published(value: object, about: Metadata) -> str:
    """Return when an article was published, with its time if that is known."""
    timed = isinstance(value, datetime) or (isinstance(value, str) and "T" in value)
    return (timed and time_of(str(value), [])) or about.published_at


def _time(front: dict[str, Any], keys: tuple[str, ...], remarks: list[Remark]) -> str:
    value = next((front[key] for key in keys if front.get(key)), "")
    return "" if isinstance(value, bool | dict | list) else time_of(_as_text(value), remarks)


def _as_text(value: object) -> object:
    return value if isinstance(value, int | float) else str(value)


def _unread(bundle: Bundle, name: str, remark: Remark, outcome: Outcome) -> Unread:
    return Unread(bundle.where(name), outcome, remark, clean.line(name))


# ---- Reader's own list of highlights


def _split_list(text: str) -> tuple[str, tuple[Highlight, ...]]:
    """Return a note without the list of highlights that Reader writes, and that list."""
    end = text.find("\n---", 3, _FRONT)
    front = text[: end + 1] if text.startswith("---\n") and end > 0 else ""
    match = _LIST.search(front) if _OWN.search(front) else None
    if match is None:
        return text, ()
    found = tuple(_listed(match[1]))
    return text[: match.start()] + text[match.end() :], found


def _listed(lines: str) -> Iterator[Highlight]:
    for line in _LISTED.findall(lines):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and (value.get("quote") or value.get("note")):
            yield highlight_of(value)


def highlight_of(value: dict[str, Any]) -> Highlight:
    """Return a highlight as Reader's exports describe it."""
    name = value.get("colour")
    return Highlight(
        values.text(value.get("quote")),
        values.text(value.get("note")),
        name if name in COLOURS else COLOURS[0],
        values.names(value.get("labels")),
        time_of(value.get("created") or "", []),
        values.text(value.get("prefix")),
        values.text(value.get("suffix")),
        values.line(value.get("uid"))[:80],
    )


def _squashed(text: str) -> str:
    return "".join(text.split())


# ---- the format


def _fits(bundle: Bundle) -> float:
    notes = sum(name.lower().endswith(ENDINGS) for name in bundle.names)
    others = sum(name.lower().endswith(_OTHER_TEXTS) for name in bundle.names)
    if not notes or others > notes:
        return 0.1 if notes else 0.0
    return 0.2 if len(bundle.names) == 1 and bundle.paths[0].is_file() else 0.6


def _read(bundle: Bundle, choices: Choices) -> Iterator[Entry | Unread]:  # noqa: ARG001
    names = Names(bundle)
    top = bundle.paths[0]
    is_folder = len(bundle.paths) == 1 and top.is_dir()
    for name in bundle.names:
        if name.lower().endswith(ENDINGS):
            yield entry_of(bundle, name, names, _address(top, name) if is_folder else "")


def _address(top: Path, name: str) -> str:
    return f"{top.resolve().as_uri().rstrip('/')}/{quote(name)}"


MARKDOWN = Format("markdown", _fits, _read)
