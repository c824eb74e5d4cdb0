"""``reader print``: articles or files on paper, without a window."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reader import paths, phrases, settings
from reader.commands.arguments import id_or_file
from reader.commands.articles import article_of, existing
from reader.commands.interrupts import held_back
from reader.commands.terminal import clear_report, report, safe
from reader.errors import PrintError, SettingsError
from reader.library.library import Library
from reader.model import SHELF_QUERIES, ImportResult, Outcome
from reader.printing.sheets import PRESETS, paper_mm
from reader.settings import Settings
from reader.sheet import Header, Imposition, Links, Sheet

_TITLES = {
    "queue": "Reading queue", "all": "All articles", "favourites": "Favourites",
    "archive": "Archive", "trash": "Trash",
}  # fmt: skip


def print_pages(told: argparse.Namespace) -> int:
    """Put articles or files on paper: one PDF, or one each in a folder."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # paper needs no screen, nor one that is dead
    liking = _liking()
    if told.preset == "list":
        print("\n".join([*PRESETS, *liking.presets]))
        return 0
    if not told.pdf:
        raise PrintError("Say where to: --pdf FILE, or --pdf DIR/ for a PDF each.")
    sheet = _sheet(told, liking)
    target = Path(told.pdf).expanduser()
    with _articles(told) as (library, ids):
        if not ids:
            raise PrintError("There is nothing to print: name articles, files or a shelf.")
        if target.is_dir() or told.pdf.endswith(("/", "\\")):
            return _print_each(told, library, ids, target, sheet, liking)
        return _print_one(told, library, ids, target, sheet)


def _print_one(
    told: argparse.Namespace, library: Library, ids: Sequence[int], target: Path, sheet: Sheet
) -> int:
    with held_back():
        from reader.printing.headless import print_book
        from reader.printing.typeset import entry_of

    entries = [entry_of(row) for row in library.rows_of(ids)]
    title = told.title or _TITLES.get(told.shelf or "", "Articles")
    pages = print_book(
        entries, library.article, library.picture_path, target, sheet,
        title=title if len(entries) > 1 else "", report=report,
    )  # fmt: skip
    clear_report()
    print(f"{target}: {phrases.plural(pages, 'page')}")
    return 0


def _print_each(
    told: argparse.Namespace,
    library: Library,
    ids: Sequence[int],
    folder: Path,
    sheet: Sheet,
    liking: Settings,
) -> int:
    with held_back():
        from reader.printing.headless import print_each
        from reader.printing.names import check_template

    template = told.name or liking.pdf_name
    check_template(template)
    if not folder.is_dir():
        raise PrintError(f"There is no folder {folder}; make it, or choose another one.")
    result = print_each(
        ids, library.article, library.picture_path, folder, sheet,
        template=template, report=report,
    )  # fmt: skip
    clear_report()
    return _tell(result)


def _tell(result: ImportResult) -> int:
    for row in result.rows:
        if row.outcome is Outcome.FAILED:
            print(safe(f"reader: {row.name}: {row.note}"), file=sys.stderr)
        else:
            print(safe(f"{row.name}: {phrases.plural(int(row.note), 'page')}"))
    failed = result.number_of(Outcome.FAILED)
    print(f"{phrases.plural(len(result.rows) - failed, 'PDF')}, {failed} failed.")
    return 1 if failed else 0


@contextmanager
def _articles(told: argparse.Namespace) -> Iterator[tuple[Library, list[int]]]:
    """Give the articles that are meant; files come into a library for the moment."""
    ids = [id for each in told.what if (id := id_or_file(each)) is not None]
    files = [each for each in told.what if id_or_file(each) is None]
    if files and (len(files) < len(told.what) or told.shelf):
        raise PrintError(
            "Files and articles of the library cannot be printed together; add the files first."
        )
    if files:
        with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
            yield library, [article_of(library, each) for each in files]
        return
    with existing(told) as library:
        yield library, [*ids, *(library.ids(SHELF_QUERIES[told.shelf]) if told.shelf else [])]


# ---- the sheet


def _liking() -> Settings:
    try:
        return settings.load(paths.settings_file())
    except SettingsError:
        return Settings()


def _sheet(told: argparse.Namespace, liking: Settings) -> Sheet:
    sheet = _preset(told.preset, liking) if told.preset else liking.sheet
    chosen = {
        "paper": told.paper,
        "margin_mm": told.margin,
        "font": told.font,
        "size_pt": told.size,
        "columns": told.columns,
        "links": told.links and Links(told.links),
        "header": told.header and Header(told.header),
        "imposition": told.pages and Imposition(told.pages),
        **{name: getattr(told, name) for name in _SWITCHES},
    }
    sheet = sheet._replace(**{name: x for name, x in chosen.items() if x is not None})
    if paper_mm(sheet.paper) is None:
        raise PrintError(
            f"“{sheet.paper}” is no paper; write A4, A5, Letter, Legal, or millimetres: 148x210."
        )
    sane = settings.sane_sheet(sheet._asdict())
    for name in ("margin_mm", "size_pt"):
        if getattr(sane, name) != getattr(sheet, name):
            raise PrintError(
                f"{getattr(sheet, name):g} is too small or too large: "
                "margins are 0 to 80 mm, type is 5 to 40 pt."
            )
    return sheet


_SWITCHES = (
    "landscape", "justified", "hyphenated", "pictures", "grey", "footer", "code", "run_on",
    "tagged",
)  # fmt: skip


def _preset(name: str, liking: Settings) -> Sheet:
    known = {**PRESETS, **liking.presets}
    for each, sheet in known.items():
        if each.casefold() == name.strip().casefold():
            return sheet
    raise PrintError(f"There is no preset “{name}”; there are {', '.join(known)}.")
