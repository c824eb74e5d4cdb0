"""Statistics on ten years of reading: fifteen articles a day, a hundred thousand in all."""

import random
import statistics
from datetime import date, timedelta

from PySide6.QtWidgets import QApplication

from benchmarks.figures import BUILD, Figure, cpu_ms
from benchmarks.make_library import make
from reader.gui.app import _application
from reader.gui.window import Window
from reader.library.library import Library
from reader.library.reading.statistics import of
from reader.library.store.collation import digest
from reader.settings import Settings

_YEARS, _A_DAY, _ARTICLES = 10, 15, 100_000


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of statistics."""
    app = _application()
    with Library.open(make(BUILD / "read", _ARTICLES, with_text=False)) as library:
        if not library.reading_log.articles():
            _read(library)
        gathers = [cpu_ms(lambda: of(library.reading_log, date.today())) for _ in range(12)]
        notes = [cpu_ms(lambda n=n: _note(library, n)) for n in range(40)]  # type: ignore[misc]
        window = Window(library, Settings(theme="light"))
        window.resize(1200, 800)
        window.show()
        app.processEvents()
        first = cpu_ms(lambda: _toggle(app, window))
        opens = []
        for _ in range(8):
            _toggle(app, window)
            opens.append(cpu_ms(lambda: _toggle(app, window)))
        window.close()
    return [
        Figure("ten years: statistics gathered", statistics.median(gathers), "ms", 50),
        Figure("ten years: the page opened for the first time, painted", first, "ms"),
        Figure("ten years: the page opened again, painted", statistics.median(opens), "ms", 50),
        Figure("half a minute of reading noted", statistics.median(notes), "ms", 5),
    ]


def _toggle(app: QApplication, window: Window) -> None:
    window.controllers.statistics.toggle()
    app.processEvents()


def _note(library: Library, number: int) -> None:
    library.reading_log.note(date.today().isoformat(), 1 + number, 30, 100)


def _read(library: Library) -> None:
    """Fill the reading log, with typical tags and views."""
    dice, today = random.Random(5), date.today()
    with library._database.writing() as connection:
        for number in range(200):
            name = f"tag {number}"
            sql = "INSERT INTO tag (name, name_key, uid) VALUES (?, ?, ?)"
            connection.execute(sql, (name, name, digest(name)))
        connection.execute(
            "INSERT OR IGNORE INTO article_tag "
            "SELECT tag.id, article.id FROM article JOIN tag ON tag.id = 1 + article.id % 200"
        )
        connection.execute("UPDATE article SET views = id % 9 WHERE id % 2")
        for back in range(_YEARS * 365):
            day = (today - timedelta(days=back)).isoformat()
            for _ in range(_A_DAY):
                article = dice.randrange(1, _ARTICLES)
                library.reading_log.note(day, article, dice.randrange(900), dice.randrange(2000))
