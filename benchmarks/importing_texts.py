"""An export of Omnivore with 5,000 texts, from the plan to the report."""

import json
import os
import random
import resource
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import BUILD, Figure
from benchmarks.language import Language, languages
from reader.importing.bundle import Bundle
from reader.importing.plan import plan
from reader.importing.recognise import choose
from reader.importing.run import run
from reader.library.library import Library

_COUNT, _BYTES, _IN_A_FILE = 5_000, 15_000, 20


def measure(*, large: bool) -> Iterator[Figure]:
    """Yield the articles imported in a second, and the processor time of each."""
    folder = BUILD / "importing_texts"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    count = 2 * _COUNT if large else _COUNT
    bundle = Bundle([_export(folder / "omnivore.zip", count)])
    with Library.open(folder / "library") as library:
        begun, cpu = time.perf_counter(), _cpu()
        made = plan(library, bundle, choose(bundle))
        planned = time.perf_counter()
        result = run(library, bundle, made)
        ended = time.perf_counter()
        again = plan(library, bundle, choose(bundle))
    bundle.close()
    assert len(result.rows) == count
    yield Figure(
        f"{count:,} texts of {_BYTES // 1000} kB: articles in a second", count / (ended - begun),
        "/s", beside=f"at least 150; plan {planned - begun:.1f} s, load {os.getloadavg()[0]:.1f}",
    )  # fmt: skip
    yield Figure("processor time of each, all processes", 1000 * (_cpu() - cpu) / count, "ms")
    yield Figure("changes of the same file the second time", len(again.entries), "", 0)


def _cpu() -> float:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, whose))


def _export(file: Path, count: int) -> Path:
    language, chance = languages()[0], random.Random(3)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for first in range(0, count, _IN_A_FILE):
            items = [_item(number) for number in range(first, first + _IN_A_FILE)]
            out.writestr(f"metadata_{first}_to_{first + _IN_A_FILE}.json", json.dumps(items))
            for item in items:
                out.writestr(f"content/{item['slug']}.html", _page(language, chance))
    return file


def _item(number: int) -> dict[str, object]:
    day = f"2024-{1 + number % 12:02}-{1 + number % 28:02}T08:00:00.000Z"
    return {
        "id": f"{number:032x}", "slug": f"story-{number}-19a2b{number:06x}", "labels": [],
        "title": f"Story {number}", "url": f"https://site{number % 701}.example/{number}",
        "state": "Active" if number % 3 else "Archived", "readingProgress": number % 100,
        "savedAt": day, "updatedAt": day, "description": None, "author": "Ann Able",
        "thumbnail": None, "publishedAt": None,
    }  # fmt: skip


def _page(language: Language, chance: random.Random) -> str:
    """Return an article with headings, lists, links and pictures."""
    parts: list[str] = []
    size = 0
    while size < _BYTES:
        words = language.draw(chance.randint(40, 110))
        at = chance.randrange(len(words))
        words[at] = f'<a href="https://site{at}.example/{at}?x=1">{words[at]}</a>'
        part = f"<p>{' '.join(words)}.</p>"
        kind = chance.random()
        if kind < 0.1:
            part = f"<h2>{' '.join(language.draw(5))}</h2>{part}"
        elif kind < 0.2:
            items = "".join(f"<li>{' '.join(language.draw(8))}</li>" for _ in range(4))
            part = f"{part}<ul>{items}</ul>"
        elif kind < 0.25:
            part = f'{part}<img src="https://proxy.example/{size}.jpg" alt="A picture">'
        parts.append(part)
        size += len(part)
    return f'<div class="page">{"".join(parts)}</div>'
