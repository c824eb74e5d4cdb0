"""The index of words is right: after each change, damage, rollback, and in the background."""

import threading
import time
from hashlib import sha256
from pathlib import Path
from zlib import compress

import pytest
from tests.library.conftest import add_text, ask

from reader.damage import Damage, Kind
from reader.errors import LibraryError, LibraryReadOnly
from reader.library.library import Library
from reader.library.search import indexing
from reader.library.store import migrate
from reader.model import Clipping, Edit, Query, State


def test_the_index_follows_every_change(library: Library) -> None:
    id = add_text(library, "one", "First")
    library.set_title(id, "Second")
    assert (ask(library, "first"), ask(library, "second")) == ([], [id])
    library.history.undo()
    assert (ask(library, "first"), ask(library, "second")) == ([id], [])
    url = library.article(id).url
    library.add(Clipping(url, title="First", html="<p>two</p>", words=1))
    assert (ask(library, "one"), ask(library, "two")) == ([], [id])
    library.texts.use(id, library.texts.versions(id)[-1].id)
    assert (ask(library, "one"), ask(library, "two")) == ([id], [])
    library.edit("Corrected", [Edit(id, byline="Grace")])
    assert ask(library, "author:grace") == [id]


def test_an_article_that_becomes_another_one_is_found_once(library: Library) -> None:
    first = library.add(Clipping("https://example.org/a", html="<p>same words here</p>")).id
    second = library.add(Clipping("https://example.org/b", html="<p>same words here</p>")).id
    library.add(Clipping("https://example.org/b", aliases=("https://example.org/a",)))
    assert ask(library, "same words") == [first]
    assert second != first


def test_what_is_rolled_back_is_not_found(library: Library) -> None:
    with pytest.raises(RuntimeError), library.together():
        add_text(library, "gone")
        raise RuntimeError
    assert ask(library, "gone") == []
    id = add_text(library, "stays")
    assert ask(library, "stays") == [id]


def test_many_articles_together_are_found_when_they_are_filed(library: Library) -> None:
    with library.together():
        for n in range(50):
            add_text(library, f"word{n} shared")
        assert ask(library, "shared") == []
    assert len(ask(library, "shared")) == 50
    assert library.search.waiting() == 0


def _old_library(folder: Path, monkeypatch: pytest.MonkeyPatch, texts: list[str]) -> list[int]:
    """Make a library as the first release did."""
    first = migrate._steps()[1]
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "_steps", lambda: {1: first})
        patch.setattr("reader.library.search.indexing.enter_noted", lambda _: None)
        with Library.open(folder) as library, library._database.writing() as connection:
            for id, text in enumerate(texts, 1):
                connection.execute(
                    "INSERT INTO article (id, uid, url, title, title_key, byline, site, site_key, "
                    "language, excerpt, words, published_at, added_at, downloaded_at, state, place)"
                    " VALUES (?1, ?1, 'https://example.org/' || ?1, '', '', '', '', '', '', '', 2, "
                    "'', '2026', '2026', 'queue', 'a' || ?1)",
                    (id,),
                )
                html = f"<p>{text}</p>"
                digest = sha256(html.encode()).digest()
                connection.execute(
                    "INSERT INTO content VALUES (?, ?, ?, ?, '')", (id, html, digest, compress(b""))
                )
    return list(range(1, len(texts) + 1))


def test_a_library_of_an_older_schema_becomes_searchable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = _old_library(tmp_path, monkeypatch, [f"old word{n}" for n in range(5)])
    with Library.open(tmp_path) as library:
        assert library.search.waiting() == 5
        fresh = add_text(library, "fresh")
        assert ask(library, "fresh") == [fresh]
        library.set_title(ids[0], "changed meanwhile")
        assert ask(library, "old") == [ids[0]]
        seen: list[tuple[int, int, str]] = []
        library.search.prepare(lambda *told: seen.append(told))
        assert set(ask(library, "old")) == set(ids)
        assert seen[0] == (0, 4, "Making the articles searchable")
        assert set(ask(library, "wor", typing=True)) == set(ids)
        assert library.search.waiting() == 0


def test_an_old_library_that_may_only_be_read_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _old_library(tmp_path, monkeypatch, ["old"])
    file = tmp_path / "library.db"
    before = file.read_bytes()
    monkeypatch.setattr("reader.library.store.access.is_writable", lambda _: False)
    with Library.open(tmp_path) as library:
        assert library.read_only
        assert library.counts().queue == 1
        assert [row.id for row in library.rows(Query())] == [1]
        assert library.article(1).html == "<p>old</p>"
        with pytest.raises(LibraryReadOnly):
            library.set_title(1, "New")
        elsewhere = library._database._stand_in
        assert elsewhere is not None
        assert elsewhere.exists()
    assert file.read_bytes() == before
    assert not elsewhere.exists()


def test_an_index_that_lacks_articles_is_made_again(library: Library) -> None:
    ids = [add_text(library, f"word{n} shared") for n in range(5)]
    with library._database.writing() as connection:
        connection.execute("DELETE FROM search WHERE rowid = ?", (ids[2],))
    assert len(ask(library, "shared")) == 4
    library.search.prepare()
    assert set(ask(library, "shared")) == set(ids)


def _damage(folder: Path, which: str, block: str = "x'00ff00ff'") -> None:
    with Library.open(folder) as library, library._database.writing() as connection:
        connection.execute(f"UPDATE search_data SET block = {block} WHERE {which}")


def test_a_damaged_index_is_told_of_and_made_again(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        ids = [add_text(library, f"word{n} shared") for n in range(5)]
    _damage(tmp_path, "id > 100")
    with Library.open(tmp_path) as library:
        with pytest.raises(LibraryError, match="search --rebuild"):
            ask(library, "shared")
        assert library.check() == (Damage(Kind.SEARCH),)
        library.backup(tmp_path / "copy.db")
        library.search.rebuild()
        assert set(ask(library, "shared")) == set(ids)
        assert library.check() == ()


@pytest.mark.parametrize("block", ["x'00ff00ff'", "x''", "x'ffffffffffffffff'"])
@pytest.mark.parametrize("which", ["id = 1", "id = 10", "id > 1", "id > 100"])
def test_a_damaged_index_keeps_nothing_from_being_saved(
    tmp_path: Path, which: str, block: str
) -> None:
    with Library.open(tmp_path) as library:
        for n in range(5):
            add_text(library, f"word{n} shared")
    _damage(tmp_path, which, block)
    with Library.open(tmp_path) as library:
        id = add_text(library, "more shared")
        assert library.article(id).html == "<p>more shared</p>"
        library.search.prepare()
        library.search.rebuild()
        assert len(ask(library, "shared")) == 6


def test_words_that_are_gone_are_forgotten_when_they_are_counted(library: Library) -> None:
    id = add_text(library, "stays leaves")
    add_text(library, "stays")
    library.add(Clipping(library.article(id).url, html="<p>stays stays</p>"))
    library.search.rebuild()
    found = dict(library._all("SELECT word, articles FROM term"))
    assert found["stays"] == 2
    assert "leaves" not in found


def test_others_write_while_the_index_is_made(library: Library) -> None:
    with library.together():
        for n in range(400):
            add_text(library, " ".join(f"word{m * n}" for m in range(200)))
    work = threading.Thread(target=library.search.rebuild)
    work.start()
    written = 0
    while work.is_alive():
        library.reading_log.count_view(1)
        written += 1
        time.sleep(0.001)
    work.join()
    assert written > 10
    assert library.search.waiting() == 0
    assert len(ask(library, "word0", limit=1000)) == 400


def test_it_tells_how_many_articles_are_searchable_already(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [add_text(library, f"word{number}") for number in range(4)]
    monkeypatch.setattr(indexing, "_HELD_S", 0)  # each slice is one article
    told: list[tuple[int, int, str]] = []
    library.search.rebuild(lambda *each: told.append(each))
    says = "Making the articles searchable"
    assert [each for each in told if each[2] == says] == [(done, 4, says) for done in range(5)]
    assert library.search.waiting() == 0
    assert [ask(library, f"word{number}") for number in range(4)] == [[id] for id in ids]


def test_of_what_is_deleted_for_good_no_entry_is_left(library: Library) -> None:
    gone, stays = add_text(library, "gone shared"), add_text(library, "stays shared")
    library.set_state([gone], State.TRASH)
    library.trash.delete([gone])
    with library._database.reading() as connection:
        assert connection.execute("SELECT id FROM search_docsize").fetchall() == [(stays,)]
        sql = "SELECT rowid FROM search WHERE search MATCH 'gone OR shared'"
        assert connection.execute(sql).fetchall() == [(stays,)]
