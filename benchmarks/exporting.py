"""Exports: 10,000 articles with pictures as Markdown, and 500 of them as a book."""

import hashlib
import io
import random
import shutil
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from zipfile import ZipFile

from benchmarks.figures import BUILD, Figure, cpu_ms
from benchmarks.make_library import articles
from reader.exporting.export import export
from reader.exporting.kinds import Kind, Wanted
from reader.library.library import Library
from reader.model import Clipping, Query

_COUNT, _BOOK = 10_000, 500
_PICTURES, _PICTURE_BYTES = 400, 24_000
_TOGETHER = 500


def measure(*, large: bool) -> Iterator[Figure]:
    """Yield the time of each article as a note, and that of a book beside its zip."""
    with Library.open(_library()) as library:
        ids = tuple(library.ids(Query()))
        yield from _notes(library, ids)
        yield _book(library, ids[:_BOOK])


def _notes(library: Library, ids: tuple[int, ...]) -> Iterator[Figure]:
    target = Path(mkdtemp(prefix="exported-", dir=BUILD))  # ext4 is slow where files just were
    for name, remark in (("new", "synced to the disk"), ("again", "nothing has changed")):
        begun = time.perf_counter()
        cpu = cpu_ms(lambda: export(library, Wanted(Kind.MARKDOWN, ids), target))
        wall = time.perf_counter() - begun
        beside = f"{len(ids) / wall:,.0f} articles/s by the clock, {remark}"
        yield Figure(f"a note with a picture, {name}", cpu / len(ids), "ms", 2, beside)
    shutil.rmtree(target, ignore_errors=True)


def _book(library: Library, ids: tuple[int, ...]) -> Figure:
    target = BUILD / "exported.epub"
    made = cpu_ms(lambda: export(library, Wanted(Kind.EPUB, ids, "Book"), target))
    with ZipFile(target) as archive:
        members = [(info, archive.read(info)) for info in archive.infolist()]
    packed = cpu_ms(lambda: _pack(members))  # type: ignore[arg-type]
    megabytes = sum(len(data) for _, data in members) / 1e6
    target.unlink()
    return Figure(
        f"{len(ids)} articles as a book / zipping its files", made / packed, "x", 2,
        f"{megabytes:.0f} MB in {made:,.0f} ms",
    )  # fmt: skip


def _pack(members: list[tuple[str, bytes]]) -> None:
    with ZipFile(io.BytesIO(), "w") as archive:
        for info, data in members:
            archive.writestr(info, data)


def _library() -> Path:
    """Return a library in which every article has a picture, made unless it exists."""
    folder = BUILD / "to-export"
    if not (folder / "library.db").exists():
        print(f"making a library of {_COUNT:,} articles to export …", file=sys.stderr)
        with Library.open(folder) as library:
            chance = random.Random(4)
            names = [
                library.keep_picture(chance.randbytes(_PICTURE_BYTES), "jpg")
                for _ in range(_PICTURES)
            ]
            clippings = articles()
            for start in range(0, _COUNT, _TOGETHER):
                with library.together():
                    for number, each in enumerate(islice(clippings, _TOGETHER), start):
                        library.add(_with_picture(each, names[number % len(names)]))
    return folder


def _with_picture(clipping: Clipping, name: str) -> Clipping:
    digest = hashlib.sha256(clipping.url.encode()).hexdigest()[:12]
    picture = f'<p><img src="{name}" width="640" height="480" alt="Picture {digest}"></p>'
    return clipping._replace(html=f"{picture}\n{clipping.html}", pictures=(name,))
