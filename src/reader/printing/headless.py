"""Printing without a window."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from reader import paths, settings
from reader.document.images import Pictures
from reader.errors import SettingsError
from reader.model import Article
from reader.printing.pdf import to_pdf
from reader.printing.sheets import sheet_of
from reader.progress import Report, silent


def print_article(
    article: Article,
    find: Callable[[str], Path | None],
    target: Path,
    paper: str = "",
    report: Report = silent,
) -> int:
    """Write an article to a PDF and return the number of pages. Raises PrintError."""
    with _qt():
        return to_pdf(article, sheet_of(_liking(), paper), Pictures(find), target, report)


@contextmanager
def _qt() -> Iterator[None]:
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        application = QGuiApplication(sys.argv[:1])
        yield
        del application
    else:
        yield


def _liking() -> settings.Settings:
    try:
        return settings.load(paths.settings_file())
    except SettingsError:
        return settings.Settings()
