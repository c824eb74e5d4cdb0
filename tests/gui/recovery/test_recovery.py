"""Whatever is damaged, a window opens, says what is whole, and offers what can be done."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from pytestqt.qtbot import QtBot
from tests.damaging import one_of_each, overwrite, pages
from tests.gui.answering import answering, press
from tests.sampling import sample

from reader.errors import LibraryError, LibraryReadOnly
from reader.gui.recovery import recovery
from reader.gui.recovery.recovery import Opened, look, open_library
from reader.gui.recovery.trouble import Way
from reader.gui.recovery.window import RecoveryWindow
from reader.library.library import Library
from reader.model import Clipping, Query
from reader.progress import silent

_ARTICLES = 60
_SHARE = 0.3  # of the pages, in one run


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library of enough articles to have every kind of page."""
    folder = tmp_path_factory.mktemp("whole")
    with Library.open(folder) as library, library.together():
        for number in range(_ARTICLES):
            text = f"<p>{f'word{number} and more ' * 300}</p>"
            clipping = Clipping(f"https://example.org/{number}", f"Title {number}", html=text)
            library.add(clipping._replace(tags=("art/painting",), words=900, site="example.org"))
    return folder


@pytest.fixture
def damaged(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "damaged"))


def _opened(folder: Path) -> Opened:
    looked = look(folder, silent)
    if looked.mended is not None and looked.mended.aside is not None:
        return recovery.open_repaired(folder, looked.mended, [])
    return recovery.open_what_is_whole(folder, silent)


def test_every_damaged_index_page_leaves_all_articles_and_is_repaired(
    whole: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with apsw.Connection(str(whole / "library.db")) as connection:
        sql = "SELECT name FROM sqlite_schema WHERE type = 'index'"
        indices = {name for (name,) in connection.execute(sql)}
    connection.close()
    found = [page for page in one_of_each(whole / "library.db") if page.owner in indices]
    assert len(found) > 40
    for number, page in enumerate(sample(found, _SHARE, request)):
        folder = Path(shutil.copytree(whole, tmp_path / str(number)))
        overwrite(folder / "library.db", page.number, seed=number)
        opened = _opened(folder)
        with opened.library as library:
            assert (opened.is_in_part, library.read_only) == (False, False), page
            assert library.counts().all == _ARTICLES
            assert library.check() == ()
        assert [*folder.glob("library-damaged-*.db")]
        shutil.rmtree(folder)


def test_every_damaged_table_page_leaves_what_can_be_read(
    whole: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    found = [page for page in one_of_each(whole / "library.db") if page.owner != "sqlite_schema"]
    for number, page in enumerate(sample(found, _SHARE, request)):
        folder = Path(shutil.copytree(whole, tmp_path / str(number)))
        overwrite(folder / "library.db", page.number)
        before = (folder / "library.db").read_bytes()
        opened = _opened(folder)
        with opened.library as library:
            assert library.counts().total >= 1, page
            for row in library.rows(Query(), limit=-1):
                assert library.article(row.id).html, page
            if opened.is_in_part:
                assert (folder / "library.db").read_bytes() == before, page
                with pytest.raises(LibraryReadOnly):
                    library.tags.add([1], "new")
        shutil.rmtree(folder)


def test_a_damaged_text_is_an_article_that_says_so(damaged: Path) -> None:
    page = [each for each in pages(damaged / "library.db") if each.owner == "content"]
    overwrite(damaged / "library.db", next(each.number for each in page if each.kind == "leaf"))
    with _opened(damaged).library as library:
        texts = [library.article(row.id).html for row in library.rows(Query(), limit=-1)]
    assert len(texts) == _ARTICLES
    assert 0 < sum("damaged on the disk" in text for text in texts) < _ARTICLES


def _garbage(file: Path) -> None:
    file.write_bytes(b"garbage" * 9000)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:2000])


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize("harm", [_garbage, _cut, _folder, _pipe])
def test_the_newest_copy_takes_the_place_of_a_file_that_cannot_be_read(
    qtbot: QtBot, damaged: Path, harm: Callable[[Path], None]
) -> None:
    file = damaged / "library.db"
    with Library.open(damaged) as library:
        library.backup(damaged / "library-before-0009.db")
    harm(file)
    before = file.read_bytes() if file.is_file() else b""
    with pytest.raises(Exception) as error:  # noqa: PT011
        Library.open(damaged)
    window = RecoveryWindow(damaged, error.value)  # type: ignore[arg-type]
    qtbot.addWidget(window)
    window.show()
    restore = window.buttons[Way.RESTORE]
    qtbot.waitUntil(lambda: restore.isVisible() and restore.isEnabled())
    assert window.opened is None
    with answering(press("Restore")):
        restore.click()
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    with window.opened.library as library:
        assert library.counts().all == _ARTICLES
        assert not library.read_only
    (aside,) = damaged.glob("library-damaged-*.db")
    assert not before or aside.read_bytes() == before


def test_a_library_without_its_first_page_opens_with_every_article(damaged: Path) -> None:
    overwrite(damaged / "library.db", 1)
    opened = _opened(damaged)
    with opened.library as library:
        assert (opened.is_in_part, library.read_only) == (False, False)
        assert library.counts().all == _ARTICLES


def test_a_library_that_is_damaged_is_not_written_to_by_later_starts(damaged: Path) -> None:
    file = damaged / "library.db"
    overwrite(
        file,
        next(
            each.number for each in pages(file) if each.owner == "article" and each.kind == "leaf"
        ),
    )
    with Library.open(damaged) as library:
        assert library.check()
    with Library.open(damaged) as library:
        assert library.is_damaged
        with pytest.raises(LibraryReadOnly, match="is damaged"):
            library.tags.add([1], "new")


def test_a_link_to_nowhere_is_told_and_nothing_is_made_at_its_end(damaged: Path) -> None:
    file = damaged / "library.db"
    file.unlink()
    file.symlink_to(damaged / "elsewhere.db")
    with pytest.raises(LibraryError, match="drive"):
        Library.open(damaged)
    assert not (damaged / "elsewhere.db").exists()


def test_a_whole_library_opens_without_a_question(damaged: Path) -> None:
    opened = open_library(damaged)
    assert opened is not None
    with opened.library:
        assert opened.notice == ""
    assert [each.name for each in damaged.iterdir()] == ["library.db"]
