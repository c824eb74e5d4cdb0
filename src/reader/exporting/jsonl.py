"""Reader's own export: JSON Lines with texts, sources and pictures beside, as a folder or a zip.

``docs/json-lines.md`` describes it. The files beside are named by their SHA-256, so an export
into the same folder writes only new ones; the lines are put in place last.
"""

import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from reader import own_lines
from reader.entries import Entry
from reader.errors import ExportError
from reader.exporting.pieces import Work, failed
from reader.exporting.writing import Stage, no_room
from reader.library.store import clock
from reader.model import Query
from reader.outcomes import ImportRow, Outcome
from reader.own_export import ARTICLES, IMAGES, LIBRARY, SOURCES, TEXTS, OwnLibrary
from reader.reasons import Reason, Remark

_AT_ONCE = 500
"""The number of files that are put in place together."""
_MOST_IN_ZIP = 240_000
"""More files in an archive are not read again."""
_PIECE = 1 << 20

_Put = Callable[[str, bytes | Path], None]
"""Puts bytes or a copy of a file under a name into the export."""


def write(work: Work, target: Path) -> Iterator[ImportRow]:
    """Write an export; yield the row of each article. It is complete after the last."""
    in_zip = target.suffix.lower() == ".zip"
    try:
        if not in_zip:
            target.mkdir(parents=True, exist_ok=True)
        with Stage(target.parent if in_zip else target) as stage:
            yield from (_in_zip if in_zip else _in_folder)(work, stage, target)
            stage.settle_all()
    except OSError as error:
        raise no_room(target, error) from error


def _in_zip(work: Work, stage: Stage, target: Path) -> Iterator[ImportRow]:
    with (
        stage.open(target) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        tempfile.TemporaryFile(dir=target.parent) as lines,
    ):
        had = set[str]()

        def put(name: str, data: bytes | Path) -> None:
            if name in had:
                return
            if len(had) >= _MOST_IN_ZIP:
                raise ExportError(
                    f"{target} would hold more than {_MOST_IN_ZIP:,} files. Export into a folder: "
                    "name the target without .zip."
                )
            had.add(name)
            packing = zipfile.ZIP_STORED if name.startswith(IMAGES) else zipfile.ZIP_DEFLATED
            if isinstance(data, Path):
                archive.write(data, name, packing)
            else:
                archive.writestr(name, data, packing)

        yield from _articles(work, put, lines)
        put(LIBRARY, _head(work))
        lines.seek(0)
        with archive.open(ARTICLES, "w", force_zip64=True) as out:
            while piece := lines.read(_PIECE):
                out.write(piece)


def _in_folder(work: Work, stage: Stage, target: Path) -> Iterator[ImportRow]:
    for folder in (TEXTS, SOURCES, IMAGES):
        (target / folder).mkdir(exist_ok=True)
    had = {
        f"{each}{name}"
        for each in (TEXTS, SOURCES, IMAGES)
        for name in os.listdir(target / each)  # noqa: PTH208
    }

    def put(name: str, data: bytes | Path) -> None:
        if name in had:
            return
        had.add(name)
        if isinstance(data, Path):
            stage.copy(target / name, data)
        else:
            stage.put(target / name, data)
        if stage.waiting >= _AT_ONCE:
            stage.settle_all()

    with stage.open(target / ARTICLES) as lines:
        yield from _articles(work, put, lines)
        put(LIBRARY, _head(work))


def _articles(work: Work, put: _Put, lines: IO[bytes]) -> Iterator[ImportRow]:
    """Write the articles in the order in which they came into the library."""
    for id in sorted(work.wanted.ids):
        try:
            entry = work.library.known.article(id)
        except Exception as error:  # damage is the trouble of one article
            yield failed(str(id), id, error)
            continue
        if not work.wanted.highlights:
            entry = entry._replace(highlights=())
        missing = _files(work, entry, put)
        lines.write(_line(own_lines.article_json(_with_source(entry))))
        remarks = (Remark(Reason.PICTURES_MISSING, missing),) if missing[0] else ()
        yield ImportRow(entry.clipping.title, Outcome.ADDED, id, remarks)


def _with_source(entry: Entry) -> Entry:
    source, own = entry.clipping.source, entry.own
    if not source or own is None:
        return entry
    return entry._replace(own=own._replace(source=sha256(source).hexdigest()))


def _files(work: Work, entry: Entry, put: _Put) -> tuple[int, int]:
    """Write the texts, the source and the pictures of an article.

    Return the numbers of its missing pictures and of all.
    """
    own, missing = entry.own, 0
    assert own is not None
    for text in own.texts:
        put(f"{TEXTS}{text.sha256}.html", zlib.decompress(text.packed))
    if source := entry.clipping.source:
        put(f"{SOURCES}{sha256(source).hexdigest()}", source)
    leads = (entry.clipping.lead, *(text.lead for text in own.texts))
    names = dict.fromkeys((*leads, *(name for text in own.texts for name in text.pictures)))
    names.pop("", None)
    for name in names:
        file = work.library.picture_path(name)
        if file is None:
            missing += 1
        else:
            put(f"{IMAGES}{name}", file)
    return missing, len(names)


def _head(work: Work) -> bytes:
    """Return the facts about the library; for a selection only its tags."""
    library, ids = work.library, work.wanted.ids
    is_whole = set(library.ids(Query())) <= set(ids)
    known = library.known.library() if is_whole else OwnLibrary(library.known.tags_of(ids))
    told = own_lines.library_json(known, made_at=clock.now(), articles=len(ids), whole=is_whole)
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
