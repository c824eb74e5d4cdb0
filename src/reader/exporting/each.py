"""A file for each article, in a folder or alone."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from reader.exporting.folder import Folder
from reader.exporting.names import name_of
from reader.exporting.pictures import Pictures
from reader.exporting.pieces import Beside, Piece, Work, failed
from reader.exporting.writing import Stage, no_room
from reader.outcomes import ImportRow, Outcome, Where
from reader.reasons import Reason, Remark

Write = Callable[[Piece, Beside], bytes]

_TOGETHER = 96
"""Articles that are written to the disk together, which syncs them in the time of a few."""


def each_in_folder(work: Work, target: Path, suffix: str, write: Write) -> Iterator[ImportRow]:
    """Write each article to a file of its own in a folder; some sync while the next are written."""
    with Folder(target, suffix) as folder, ThreadPoolExecutor(1) as thread:
        ids = iter(work.wanted.ids)
        before: list[ImportRow] = []
        settling: Future[dict[str, OSError]] | None = None
        while some := [*islice(ids, _TOGETHER)]:
            rows = [_written(folder, work, id, write) for id in some]
            if settling:
                yield from _settled(before, settling.result())
            before, settling = rows, thread.submit(folder.place, folder.take())
        if settling:
            yield from _settled(before, settling.result())


def _settled(rows: list[ImportRow], troubles: Mapping[str, OSError]) -> Iterator[ImportRow]:
    for row in rows:
        trouble = troubles.get(row.where.file) if row.where else None
        yield failed(row.name, row.article, trouble) if trouble else row


def _written(folder: Folder, work: Work, id: int, write: Write) -> ImportRow:
    piece = work.piece(id)
    if isinstance(piece, ImportRow):
        return piece
    article = piece.article
    try:
        name = folder.name(article.uid, article.title)
        beside = folder.pictures.beside(Path(name).stem, piece.picture)
        outcome = folder.put(article.uid, name, write(piece, beside))
    except Exception as error:  # trouble with one article is one row
        return failed(article.title, id, error)
    remarks = piece.remarks
    if name != name_of(article.title, Path(name).suffix):
        remarks = (*remarks, Remark(Reason.OTHER_NAME, text=name))
    return ImportRow(article.title, outcome, id, remarks, where=Where(name))


def single(work: Work, target: Path, write: Write) -> ImportRow:
    """Write the only article to a file. Raises ExportError."""
    piece = work.piece(work.wanted.ids[0])
    if isinstance(piece, ImportRow):
        return piece
    outcome = Outcome.UPDATED if target.exists() else Outcome.ADDED
    with Stage(target.parent) as stage:
        try:
            pictures = Pictures(stage, target.parent)
            stage.put(target, write(piece, pictures.beside(target.stem, piece.picture)))
            stage.settle_all()
        except OSError as error:
            raise no_room(target, error) from error
    article = piece.article
    return ImportRow(article.title, outcome, article.id, piece.remarks, where=Where(target.name))
