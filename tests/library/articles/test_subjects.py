"""What a page is about is found, but it is no tag; tags that only pages gave become subjects."""

from pathlib import Path

import apsw
import pytest
from tests.library.conftest import add_text, ask

from reader.library.articles import subjects
from reader.library.library import Library
from reader.library.search.query_parser import question
from reader.model import Clipping

HTML = "text/html"


def take(library: Library) -> int:
    """Turn the tags of pages into subjects, as after a migration."""
    return subjects.take_from_tags(library._database)


def both(library: Library, id: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    article = library.article(id)
    return article.tags, article.subjects


def test_subjects_are_kept_once_each_and_without_lines() -> None:
    text = subjects.text_of(["Salmon", "rivers\nand lakes", "salmon", " ", "x" * 999])
    assert subjects.names_in(text) == ("salmon", "rivers and lakes", "x" * 200)


def test_the_subjects_of_a_page_are_searched_and_are_no_tags(library: Library) -> None:
    id = add_text(library, "fish", subjects=("Salmon farming", "Norway"))
    add_text(library, "nothing about it")
    assert both(library, id) == ((), ("Salmon farming", "Norway"))
    assert ask(library, "subject:salmon") == [id]
    assert ask(library, 'subject:"salmon farming" subject:nor*') == [id]
    assert ask(library, "tag:norway") == []
    assert library.search.suggestions("subject:far") == ['subject:"Salmon farming"']


def test_an_update_from_the_page_replaces_its_subjects(library: Library) -> None:
    id = add_text(library, "fish", url="https://example.org/1", subjects=("Salmon",))
    library.add(Clipping("https://example.org/1", html="<p>fish</p>", subjects=("Trout",)))
    assert library.article(id).subjects == ("Trout",)
    assert ask(library, "subject:salmon") == []
    assert ask(library, "subject:trout") == [id]
    library.add(Clipping("https://example.org/1", html="<p>fish</p>"))
    assert library.article(id).subjects == ("Trout",)


def test_tags_that_only_pages_gave_become_subjects_in_one_step(library: Library) -> None:
    one = add_text(library, "fish", tags=("salmon", "rivers"), source_type=HTML)
    two = add_text(library, "more fish", tags=("salmon",), source_type=HTML)
    assert take(library) == 2
    assert both(library, one) == ((), ("rivers", "salmon"))
    assert both(library, two) == ((), ("salmon",))
    assert ask(library, "subject:rivers") == [one]
    library.history.undo()
    assert both(library, one) == (("rivers", "salmon"), ())
    assert both(library, two) == (("salmon",), ())
    library.history.redo()
    assert both(library, one) == ((), ("rivers", "salmon"))


def test_what_a_person_touched_stays_a_tag(library: Library) -> None:
    ids = [add_text(library, f"fish {n}", tags=(f"t{n}",), source_type=HTML) for n in range(6)]
    note = {"url": "https://example.org/fish", "source_type": "text/markdown"}
    mine = add_text(library, "mine", tags=("own",), **note)
    library.tags.add([ids[0]], "given")
    library.tags.remove([ids[1]], "t1")
    library.tags.add([ids[1]], "t1")
    library.tags.colour("t2", "red")
    library.tags.rename("t3", "river/t3")
    library.saved.add("About t4", "tag:t4")
    assert take(library) == 2
    assert [both(library, id) for id in ids] == [
        (("given",), ("t0",)),
        (("t1",), ()),
        (("t2",), ()),
        (("river/t3",), ()),
        (("t4",), ()),
        ((), ("t5",)),
    ]
    assert both(library, mine) == (("own",), ())


def test_a_tag_from_another_device_may_be_a_persons(library: Library, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as other:
        add_text(other, "fish", url="https://example.org/fish")
        other.tags.add([1], "salmon")
        library.history.apply(other.history.export({}))
    assert take(library) == 0
    assert library.article(1).tags == ("salmon",)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Return a library as the program before left it: tags of pages, and an index without them."""
    folder = tmp_path / "older"
    with Library.open(folder) as library:
        add_text(
            library, "Wrocław", url="https://example.org/1", tags=("salmon",), source_type=HTML
        )
    connection = apsw.Connection(str(folder / "library.db"))
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE name LIKE 'seal_of_%'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(
        "DROP TABLE later_text; DROP TABLE site_rest; DROP TRIGGER day_of_adding_changed;"
        "DROP TABLE looked_up; DROP TABLE highlight; DROP TABLE highlight_place;"
        "DROP TABLE search_word; DROP TABLE search; DROP TRIGGER search_article_told;"
        "ALTER TABLE article DROP COLUMN subjects; ALTER TABLE article DROP COLUMN furthest;"
        "ALTER TABLE article ADD COLUMN seal BLOB NOT NULL DEFAULT x'00';"
        "DROP TABLE seal; DROP TABLE unsealed; CREATE INDEX unsealed ON article (id);"
        "CREATE TRIGGER seal_new AFTER INSERT ON article BEGIN SELECT 1; END;"
        "CREATE TRIGGER seal_broken AFTER INSERT ON article BEGIN SELECT 1; END;"
        "CREATE VIRTUAL TABLE search USING fts5 (title, byline, site, text, notes, content = '', "
        "contentless_delete = 1, tokenize = 'unicode61');"
        "CREATE VIRTUAL TABLE search_word USING fts5vocab ('search', 'row');"
        "CREATE TRIGGER search_article_told AFTER UPDATE OF title, byline, site, url ON article "
        "BEGIN INSERT INTO unsearched VALUES (new.id, 0) "
        "ON CONFLICT (article) DO UPDATE SET later = 0; END;"
        "DROP INDEX change_group_by_turn; DROP INDEX change_group_by_time;"
        "DROP INDEX change_of_gone; ALTER TABLE change_group DROP COLUMN at;"
        "ALTER TABLE change_group DROP COLUMN turned; PRAGMA user_version = 10;"
    )
    connection.close()
    return folder


def test_an_older_library_is_opened_with_subjects_and_once_only(older: Path) -> None:
    with Library.open(older) as library:
        assert both(library, 1) == ((), ("salmon",))
        library.search.prepare()
        assert ask(library, "wroclaw subject:salmon") == [1]
        assert library.search.found([1], question("wroclaw"))[0].text == (("Wrocław", True),)
        library.history.undo()
    with Library.open(older) as library:
        assert both(library, 1) == (("salmon",), ())
