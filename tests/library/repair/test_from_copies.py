"""What a damaged library has lost comes from its newest copy, and nothing newer is taken back."""

from contextlib import closing
from pathlib import Path

import apsw
import pytest
from tests.damaging import flip, overwrite, pages, unheard

from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.repair import from_copies, rescue
from reader.library.repair.pages import Pages
from reader.library.repair.salvage import Salvage
from reader.library.repair.salvaged import Source
from reader.model import Clipping, Edit, Query, State
from reader.progress import silent
from reader.steps import Verb

_COUNT = 12


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a library with a copy, and changes made since."""
    with Library.open(tmp_path) as library:
        with library.together():
            for number in range(1, _COUNT + 1):
                text = f"<p>{f'word{number} ' * 300}</p>"
                clipping = Clipping(f"https://example.org/{number}", f"Title {number}", html=text)
                library.add(clipping._replace(words=300, tags=("art",)))
        library.backups.take(Reason.ASKED)
        library.edit(Verb.TEXT, [Edit(1, title="Corrected")])
        library.set_state([2], State.ARCHIVE)
        library.add(Clipping("https://example.org/new", "Newest", html="<p>new</p>"))
    return tmp_path / "library.db"


def _texts(file: Path) -> dict[str, str]:
    with Library.open(file.parent) as library:
        ids = [*library.ids(Query()), *library.ids(Query(State.TRASH))]
        return {library.article(id).title: library.article(id).html for id in ids}


def _wipe(file: Path, *owners: str) -> None:
    for page in [*pages(file)]:
        if page.owner in owners:
            overwrite(file, page.number, seed=page.number)


def test_lost_texts_come_from_the_newest_copy(file: Path) -> None:
    before = _texts(file)
    _wipe(file, "content")
    mended = rescue.mend(file, silent, with_loss=True)
    after = _texts(file)
    assert {title for title in before if after[title] != before[title]} == {"Newest"}
    came = {each.title for each in mended.findings.origins if each.source is Source.COPY}
    assert came == before.keys() - {"Newest"}
    assert mended.rows == 1


def test_lost_articles_come_from_the_newest_copy_with_later_changes_kept(file: Path) -> None:
    before = _texts(file)
    _wipe(file, "article", "content")
    rescue.mend(file, silent, with_loss=True)
    assert _texts(file).keys() == before.keys()
    with Library.open(file.parent) as library:
        assert library.ids(Query(State.ARCHIVE)) != []


def test_articles_that_the_log_knows_and_the_copy_brings_do_not_count_as_lost(file: Path) -> None:
    with closing(Pages(file)) as read, closing(apsw.Connection(str(file))) as connection:
        salvage = Salvage(read, silent)
        with unheard(connection):
            connection.execute("DELETE FROM article WHERE id IN (3, 4)")
        salvage.tallies["article"].lost = 2
        connection.execute("BEGIN")
        origins = from_copies.merge(connection, salvage, file.parent, silent)
        connection.execute("COMMIT")
    assert salvage.tallies["article"].lost == 0
    assert {each.title for each in origins if not each.field} == {"Title 3", "Title 4"}


def test_a_text_whose_hash_is_damaged_too_comes_from_the_copy(file: Path) -> None:
    before = _texts(file)
    data = bytearray(file.read_bytes())
    with closing(apsw.Connection(str(file))) as connection:
        sql = "SELECT sha256 FROM content JOIN article ON id = article WHERE title = 'Title 5'"
        digest = bytes(connection.execute(sql).get)
    for damaged in (b"word5 word5", digest):
        at = data.index(damaged)
        data[at : at + 4] = b"\xff\xfe\xfd\xfc"
    file.write_bytes(data)
    mended = rescue.mend(file, silent, with_loss=True)
    assert mended.findings.damaged == ()
    assert _texts(file) == before


def test_a_copy_is_not_needed_if_nothing_is_lost(file: Path) -> None:
    overwrite(file, 1)
    mended = rescue.mend(file, silent)
    assert mended.findings.origins == ()


def test_a_damaged_copy_is_passed_over(file: Path) -> None:
    for piece in (file.parent / "backups" / "pieces").iterdir():
        piece.write_bytes(b"damaged")
    before = _texts(file)
    _wipe(file, "content")
    mended = rescue.mend(file, silent, with_loss=True)
    assert _texts(file).keys() == before.keys()
    assert not [each for each in mended.findings.origins if each.source is Source.COPY]


def test_a_copy_is_known_by_its_articles_if_the_devices_are_lost(file: Path) -> None:
    before = _texts(file)
    _wipe(file, "content", "change", "device")
    mended = rescue.mend(file, silent, with_loss=True)
    after = _texts(file)
    assert {title for title in before if after[title] != before[title]} == {"Newest"}
    assert any(each.source is Source.COPY for each in mended.findings.origins)


def test_a_copy_that_reader_keeps_is_trusted_if_nothing_is_left_to_know_it_by(file: Path) -> None:
    before = _texts(file)
    _wipe(file, *({page.owner for page in pages(file)} - {"sqlite_schema"}))
    mended = rescue.mend(file, silent, with_loss=True)
    assert {*before} - {*_texts(file)} == {"Corrected", "Newest"}
    assert any(each.source is Source.COPY for each in mended.findings.origins)


def test_a_deleted_article_does_not_come_back_from_a_free_page(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    with Library.open(tmp_path) as library, library.together():
        for number in range(1, _COUNT + 1):
            text = f"<p>{f'word{number} ' * 3000}</p>"
            library.add(Clipping(f"https://example.org/{number}", f"Title {number}", html=text))
    with Library.open(tmp_path) as library:
        library.set_state([_COUNT - 1, _COUNT], State.TRASH)
        library.trash.delete([_COUNT - 1, _COUNT], without_copy=True)
        library.backups.take(Reason.ASKED)
    before = _texts(file)
    _wipe(file, "change", "article", "sqlite_autoindex_article_1")
    overwrite(file, 1)
    rescue.mend(file, silent, with_loss=True)
    assert _texts(file) == before


def test_flipped_bits_are_put_right_by_the_checksums_of_the_copy(file: Path) -> None:
    with Library.open(file.parent) as library:
        library.checkup.check_and_heal()  # seals all rows
        library.backups.take(Reason.ASKED)
    for row in range(_COUNT):
        flip(file, "article", "site" if row % 2 else "url", row, bit=row)
    _wipe(file, "queue_by_standing")
    assert rescue.mend(file, silent, with_loss=True).findings.damaged == ()
    with Library.open(file.parent) as library:
        assert library.check() == ()


def test_an_article_without_a_text_yet_waits_for_it_as_before(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    with Library.open(tmp_path) as library:
        library.add(Clipping("https://example.org/1", "Waits"))
        library.backups.take(Reason.ASKED)
    _wipe(file, "content")
    assert rescue.mend(file, silent, with_loss=True).findings.damaged == ()
    with Library.open(tmp_path) as library:
        assert library.check() == ()
        assert library.article(1).downloaded_at == ""


def test_a_copy_of_another_library_brings_nothing(file: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as library:
        library.add(Clipping("https://example.net/theirs", "Theirs", html="<p>Theirs</p>"))
        library.backup(file.parent / "theirs.db")
    _wipe(file, "article", "content")
    rescue.mend(file, silent, with_loss=True)
    assert "Theirs" not in _texts(file)


def test_a_text_without_its_article_did_not_come_from_a_copy(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    with Library.open(tmp_path) as library:
        library.add(Clipping("lost:1", "Left", html="<p>Left</p>"))
        library.backups.take(Reason.ASKED)
    _wipe(file, "queue_by_standing", "version", "change")
    assert rescue.mend(file, silent, with_loss=True).findings.origins == ()
