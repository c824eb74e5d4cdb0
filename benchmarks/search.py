"""Searching 1,000 to 100,000 articles: while typing, ranked, in other scripts; indexing.

If possible, the same query to FTS5 alone is measured in the same run.
"""

import random
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import apsw

from benchmarks.figures import BUILD, Figure, cpu_ms, p95
from benchmarks.language import Language, languages
from benchmarks.make_library import articles, make_searchable
from reader.library.library import Library
from reader.library.search.query_parser import question
from reader.library.store.database import Hooks
from reader.model import Clipping

_SIZES = (1_000, 10_000, 100_000)
_SEEN = 12
_TOP = 20


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of searching."""
    figures = _indexing()
    spoken = languages()
    for size in (*_SIZES, 1_000_000) if large else _SIZES:
        with Library.open(make_searchable(BUILD / f"search-{size}", size)) as library:
            figures += _figures(library, spoken, f"{size:,}")
    return figures


def _figures(library: Library, spoken: Sequence[Language], size: str) -> list[Figure]:
    chance = random.Random(21)
    typed = [*_typed(spoken[0], chance, 60)]
    other = [*_parts(library, chance, 60)]
    keys = [_ask(library, text, typing=True) for text in typed]
    seen = [_look(library, text) for text in typed[::3]]
    whole = [*_whole(spoken[0], chance)]
    ranked = [_ask(library, text) for text in whole]
    bare = [_bare(library, text) for text in whole]
    scripts = [_ask(library, text, typing=index % 2 == 0) for index, text in enumerate(other)]
    fields = [_ask(library, text) for text in _with_fields(spoken[0], chance)]
    most = None if size == "1,000" else 1.5  # with 1,000 articles it is only the overhead of Python
    over = statistics.median(one / other for one, other in zip(ranked, bare, strict=True))
    return [
        Figure(f"{size}: a key, ids (p50)", statistics.median(keys), "ms"),
        Figure(f"{size}: … (p95)", p95(keys), "ms", 5),
        Figure(f"{size}: … (slowest)", max(keys), "ms", 16),
        Figure(f"{size}: … and {_SEEN} snippets (p95)", p95(seen), "ms", 16),
        Figure(f"{size}: first {_TOP} of 2 and 3 letters right", _agreement(library, typed), "%"),
        Figure(f"{size}: ranked (p50)", statistics.median(ranked), "ms", 3),
        Figure(f"{size}: … (p95)", p95(ranked), "ms", 16),
        Figure(f"{size}: … all as a multiple of FTS5 alone", sum(ranked) / sum(bare), "x", most),
        Figure(f"{size}: … each as a multiple of FTS5 alone (p50)", over, "x"),
        Figure(f"{size}: Japanese, Thai, Korean (p95)", p95(scripts), "ms", 30),
        Figure(f"{size}: with fields (p95)", p95(fields), "ms", 16),
    ]


def _typed(language: Language, chance: random.Random, count: int) -> Iterator[str]:
    """Yield queries of one to three words, letter by letter."""
    for _ in range(count):
        text = " ".join(language.draw(chance.choice((1, 1, 2, 3))))
        yield from (text[:end] for end in range(1, len(text) + 1))


def _whole(language: Language, chance: random.Random) -> Iterator[str]:
    """Yield complete queries: rare, middling and common words, several words, phrases."""
    words = language.words
    for least, most in ((0, 40), (40, 400), (400, 4000), (4000, 40_000), (40_000, 200_000)):
        yield from (words[chance.randrange(least, most)] for _ in range(20))
    yield from (" ".join(language.draw(2)) for _ in range(40))
    yield from (f'"{" ".join(language.draw(2))}"' for _ in range(20))


def _with_fields(language: Language, chance: random.Random) -> Iterator[str]:
    for field in (
        "is:queue", "tag:tag", "tag:\"tag 7\"", "site:site12", "words:>2000", "has:image",
        "added:2019", "-is:unread", "lang:ja", "author:ca",
    ):  # fmt: skip
        yield field
        yield f"{language.draw(1)[0]} {field}"
        yield f"{language.words[chance.randrange(500, 5000)]} {field}"


def _parts(library: Library, chance: random.Random, count: int) -> Iterator[str]:
    """Yield parts of Asian articles: 1 to 6 letters from the middle of their text."""
    for id in library.search.ids(question("lang:ja"), limit=count):
        line = library.article(id).html.removeprefix("<p>")
        start = chance.randrange(40)
        yield line[start : start + chance.randint(1, 6)].strip(" .<>/p\n") or line[0]


def _ask(library: Library, text: str, *, typing: bool = False) -> float:
    return min(cpu_ms(partial(_ids, library, text, typing)) for _ in range(2))


def _ids(library: Library, text: str, typing: bool) -> list[int]:
    return library.search.ids(question(text, typing=typing), limit=50)


def _look(library: Library, text: str) -> float:
    def work() -> None:
        asked = question(text, typing=True)
        library.search.found(library.search.ids(asked, limit=50)[:_SEEN], asked)

    return cpu_ms(work)


def _bare(library: Library, text: str) -> float:
    sql = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank LIMIT 50"
    match = text if text.startswith('"') else " ".join(f'"{word}"' for word in text.split())
    with library._database.reading() as connection:
        work = partial(_rows, connection, sql, match)
        return min(cpu_ms(work) for _ in range(2))


def _rows(connection: apsw.Connection, sql: str, *values: object) -> list[int]:
    return [id for (id,) in connection.execute(sql, values)]


def _agreement(library: Library, typed: Sequence[str]) -> float:
    """Return the share of the newest articles with words that begin so that are found."""
    starts = {text for text in typed if len(text) in (2, 3) and text.isalpha()}
    sql = (
        "SELECT rowid FROM search WHERE search MATCH ? AND (SELECT state <> 'trash' "
        "FROM article WHERE id = search.rowid) ORDER BY rowid DESC LIMIT ?"
    )
    right = wanted = 0
    for start in sorted(starts)[:25]:
        with library._database.reading() as connection:
            exact = _rows(connection, sql, f'"{start}" *', _TOP)
        ids = library.search.ids(question(start, typing=True), limit=_TOP)
        wanted += len(exact)
        right += len({*exact} & {*ids})
    return 100 * right / (wanted or 1)


def _indexing() -> list[Figure]:
    """Return the speed of filing articles with and without the index, and the cost of one alone."""
    clippings = [*islice(articles(), 5000)]
    western = [clipping for clipping in clippings if clipping.language == "en"][:4200]
    asian = [clipping for clipping in clippings if clipping.language != "en"][:600]
    together = again = without = among = 0.0
    single: list[float] = []
    for indexed in (True, False):
        with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
            if not indexed:
                library._database._hooks = Hooks()
                without = cpu_ms(partial(_add, library, western[:4000]))
                continue
            together = cpu_ms(partial(_add, library, western[:4000]))
            again = cpu_ms(library.search.rebuild)
            single = [cpu_ms(partial(library.add, clipping)) for clipping in western[4000:]]
            among = cpu_ms(partial(_add, library, asian))
    return [
        Figure("articles with text filed and found a second", 4_000_000 / together, ""),
        Figure("… what it takes without the index", without / together, "x"),
        Figure("… in Japanese, Thai, Korean", 600_000 / among, ""),
        Figure("… the index made again, in slices", 4_000_000 / again, ""),
        Figure("an article saved alone (p50)", statistics.median(single), "ms"),
        Figure("… (p95)", p95(single), "ms", 5),
    ]


def _add(library: Library, clippings: Sequence[Clipping]) -> None:
    with library.together():
        for clipping in clippings:
            library.add(clipping)
