"""Libraries of any size for benchmarks; the same seed gives the same articles."""

import hashlib
import itertools
import random
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from benchmarks.language import languages
from benchmarks.words import Words
from reader.library.library import Library
from reader.library.shelves import fractional_index
from reader.library.store.collation import sort_key
from reader.model import Clipping, Counts, State

_POOL = 400
_TOGETHER = 1000
_STATES = (*(State.QUEUE, State.ARCHIVE) * 10, State.TRASH)
_PORTION = 20_000


def make(folder: Path, count: int, *, with_text: bool) -> Path:
    """Return a library of ``count`` articles, made unless it exists.

    With text, each article has one of 400 texts of about 800 words.
    """
    if not (folder / "library.db").exists() or _counts(folder).total != count:
        print(f"making a library of {count:,} articles in {folder} …", file=sys.stderr)
        with Library.open(folder) as library:
            _fill(library, count, _texts() if with_text else [])
    return folder


def make_searchable(folder: Path, count: int) -> Path:
    """Return a library of articles with different texts, added one after the other over years.

    If there are more than 100,000, a text is a tenth as long as otherwise.
    """
    if not (folder / "library.db").exists() or _counts(folder).total != count:
        print(f"writing {count:,} articles to search in, in {folder} …", file=sys.stderr)
        with Library.open(folder) as library:
            clippings = articles(0.1 if count > 100_000 else 1)
            for _ in range(0, count, _TOGETHER):
                with library.together():
                    for number, clipping in zip(range(_TOGETHER), clippings, strict=False):
                        library.add(clipping, state=_STATES[number % len(_STATES)])
            with library._database.writing() as connection:
                connection.execute(
                    "UPDATE article SET added_at = strftime('%Y-%m-%dT%H:%M:%SZ', "
                    "1500000000 + id * 2500, 'unixepoch')"
                )
            library.search.prepare()
    return folder


def articles(share: float = 1) -> Iterator[Clipping]:
    """Yield clippings without end, always the same: most have 800 words, one in eight is Asian.

    One in three has a missing picture, one in five a tag.
    """
    chance, (main, *others) = random.Random(5), languages()
    for number in itertools.count():
        language = others[number // 8 % len(others)] if number % 8 == 7 else main
        words = round(share * min(6000, max(60, chance.lognormvariate(6.5, 0.6))))
        author = " ".join(main.words[300 + n] for n in (number * 7 % 900, number * 11 % 4000))
        yield Clipping(
            f"https://site{number * 31 % 701}.example/{number}",
            title=" ".join(language.draw(4 + number % 7)),
            byline=author.title(),
            site=f"Site {number * 31 % 701}",
            language="en" if language is main else "ja",
            tags=(f"tag {number // 5 % 40}",) if number % 5 == 0 else (),
            html=language.text(words),
            words=words,
            pictures=(f"{number:064x}.png",) if number % 3 == 0 else (),
        )


def _counts(folder: Path) -> Counts:
    with Library.open(folder) as library:
        return library.counts()


def _texts() -> list[str]:
    words = Words(7)
    return [
        "\n".join(f"<p>{paragraph}</p>" for paragraph in words.paragraphs(5900))
        for _ in range(_POOL)
    ]


def _fill(library: Library, count: int, texts: list[str]) -> None:
    words = Words(3)
    hashed = [(html, hashlib.sha256(html.encode()).digest()) for html in texts]
    source = zlib.compress(b"")
    place = ""
    for start in range(0, count, _PORTION):
        rows, contents = [], []
        for number in range(start, min(start + _PORTION, count)):
            title = words.sentence(4 + number % 7)
            site = f"site{number % 500}.example"
            place = fractional_index.between(place, "")
            state = ("queue", "archive", "queue", "archive", "trash")[
                number % 50 % 5 if number % 50 else 4
            ]
            rows.append(
                (
                    number + 1, f"{number:032x}", f"https://{site}/{number}", title,
                    sort_key(title), site, site, 100 + number * 7919 % 4000,
                    f"2026-{1 + number // 28 % 12:02}-{1 + number % 28:02}T00:00:{number % 60:02}Z",
                    state, place, number % 13 == 0, number % 100 / 100,
                )
            )  # fmt: skip
            if hashed:
                contents.append((number + 1, *hashed[number % _POOL], source))
        with library._database.writing() as connection:
            connection.executemany(
                "INSERT INTO article (id, uid, url, title, title_key, byline, site, site_key, "
                "language, excerpt, words, published_at, added_at, downloaded_at, state, place, "
                "favourite, progress) VALUES (?, ?, ?, ?, ?, '', ?, ?, '', '', ?, '', ?, 'x', ?, "
                "?, ?, ?)",
                rows,
            )
            connection.executemany(
                "INSERT INTO content (article, html, sha256, source, source_type) "
                "VALUES (?, ?, ?, ?, 'text/html')",
                contents,
            )
