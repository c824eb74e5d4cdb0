"""No text of an article is lost, each can be used again; two articles that are one become one."""

import time
from pathlib import Path

import apsw
import pytest
from tests.library.conftest import said

from reader.damage import Kind
from reader.errors import LibraryError, NoSuchArticle
from reader.library.articles import versions
from reader.library.library import Library
from reader.library.store import migrate
from reader.library.store.collation import resemblance
from reader.model import Clipping, Edit, Outcome, Query, State

_URL = "https://example.org/a"
_LONG = " ".join(f"word{n}" for n in range(200))


def _clipping(text: str, url: str = _URL, **told: object) -> Clipping:
    made = Clipping(url, title="A", html=f"<p>{text}</p>", words=len(text.split()))
    return made._replace(**told)  # type: ignore[arg-type]


def test_a_text_that_is_replaced_stays_and_can_be_used_again(library: Library) -> None:
    id = library.add(_clipping("one", made_by="downloaded", pictures=("a" * 64 + ".png",))).id
    assert library.texts.versions(id) == []
    library.add(_clipping("two words", made_by="downloaded", source=b"new"))
    now, before = library.texts.versions(id)
    assert (now.in_use, now.words) == (True, 2)
    assert (before.in_use, before.words) == (False, 1)
    assert library.texts.html(id, before.id) == "<p>one</p>"
    assert library.texts.use(id, before.id) == 1
    article = library.article(id)
    assert (article.html, article.words) == ("<p>one</p>", 1)
    assert article.pictures == ("a" * 64 + ".png",)
    assert library.texts.source(id).data == b"new"
    assert [each.words for each in library.texts.versions(id) if each.in_use] == [1]
    (missing,) = library.check()
    assert (missing.kind, missing.article) == (Kind.PICTURE_MISSING, id)
    library.history.undo()
    assert library.article(id).html == "<p>two words</p>"
    library.history.redo()
    assert library.article(id).html == "<p>one</p>"
    assert len(library.texts.versions(id)) == 2


def test_the_same_text_again_is_no_other_version(library: Library) -> None:
    id = library.add(_clipping("one")).id
    for source in (b"x", b"y"):
        library.add(_clipping("one", source=source))
    assert library.texts.versions(id) == []
    assert library.texts.source(id).data == b"y"


def test_a_correction_is_one_step(library: Library) -> None:
    id = library.add(_clipping("one two three")).id
    text = _clipping("one two", made_by="cleaned up")
    edit = Edit(id, title="B", byline="Somebody", published_at="2025-01-02", text=text)
    assert library.edit("Cleaned up", [edit]) == 1
    article = library.article(id)
    assert (article.title, article.byline, article.published_at) == ("B", "Somebody", "2025-01-02")
    assert (article.html, article.words) == ("<p>one two</p>", 2)
    assert said(library.history.undo()) == "Cleaned up “A”"
    article = library.article(id)
    assert (article.title, article.byline, article.published_at) == ("A", "", "")
    assert article.html == "<p>one two three</p>"
    assert library.history.undo_text() == ""


def test_a_correction_of_nothing_is_no_step(library: Library) -> None:
    id = library.add(_clipping("one")).id
    assert library.edit("Cleaned up", [Edit(id, title="A", text=_clipping("one"))]) == 0
    assert library.history.undo_text() == ""


def test_what_was_corrected_by_hand_stays_when_it_is_downloaded_again(library: Library) -> None:
    id = library.add(_clipping("one", byline="They")).id
    library.edit("Corrected", [Edit(id, byline="Somebody")])
    library.add(_clipping("two", byline="They again"))
    assert library.article(id).byline == "Somebody"


def test_many_corrections_are_one_step(library: Library) -> None:
    ids = [library.add(_clipping("one", f"{_URL}{n}")).id for n in range(3)]
    edits = (Edit(id, text=_clipping("two")) for id in ids)
    assert library.edit("Extracted again:", edits) == 3
    assert said(library.history.undo()) == "Extracted again: 3 articles"
    assert {library.article(id).html for id in ids} == {"<p>one</p>"}


def test_the_same_article_under_two_addresses_becomes_one(library: Library) -> None:
    first = library.add(_clipping(_LONG)).id
    library.tags.add([first], "old")
    library.reading_log.count_view(first)
    library.set_state([first], State.ARCHIVE)
    second = library.add(Clipping("https://example.org/b?page=amp", title="waits")).id
    library.tags.add([second], "new")
    library.set_favourite([second], True)
    text = _clipping(_LONG + " more", "https://example.org/b?page=amp", aliases=(_URL,))
    filed = library.add(text)
    assert (filed.id, filed.outcome) == (first, Outcome.UPDATED)
    with pytest.raises(NoSuchArticle):
        library.article(second)
    article = library.article(first)
    assert article.tags == ("new", "old")
    assert (article.views, article.favourite, article.state) == (1, True, State.ARCHIVE)
    assert article.html.endswith("more</p>")
    assert library.find("https://example.org/b?page=amp") == first
    assert library.add(Clipping("https://example.org/b?page=amp")).id == first
    counts = library.counts()
    assert (counts.queue, counts.archive, counts.favourites) == (0, 1, 1)
    assert dict(counts.tags) == {"new": 1, "old": 1}
    assert any(not each.in_use for each in library.texts.versions(first))
    assert library.check() == ()
    library.history.undo()  # what was done to the second is undone on the one that is left
    assert library.article(first).favourite is False


def test_an_article_that_was_put_into_the_trash_comes_back_with_the_other(
    library: Library,
) -> None:
    first = library.add(_clipping(_LONG)).id
    library.set_state([first], State.TRASH)
    other = library.add(_clipping(_LONG, "https://example.org/c", aliases=(_URL,)))
    assert other.id == first
    assert library.article(first).state is State.QUEUE
    assert library.counts().total == 1


def test_a_page_that_names_another_article_as_its_own_does_not_replace_it(
    library: Library,
) -> None:
    first = library.add(_clipping(_LONG)).id
    other = library.add(_clipping("something else " * 40, "https://example.org/d", aliases=(_URL,)))
    assert other.id != first
    assert library.article(first).html == f"<p>{_LONG}</p>"
    assert library.find(_URL) == first


def test_an_alias_is_known_from_then_on(library: Library) -> None:
    id = library.add(_clipping("one", aliases=("https://example.org/short",))).id
    assert library.find("https://example.org/short") == id


def test_how_much_texts_are_alike() -> None:
    assert resemblance(f"<p>{_LONG}</p>", f"<div><b>{_LONG}</b> and more</div>") > 0.95
    assert resemblance(_LONG, "other words " * 30) == 0
    assert resemblance("", _LONG) == 0


def test_a_library_of_the_first_schema_is_brought_up(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / "library.db"))
    connection.pragma("application_id", migrate.APPLICATION_ID)
    migrate.make(connection, 1)
    connection.execute(
        "INSERT INTO article (uid, url, title, title_key, byline, site, site_key, language, "
        "excerpt, words, published_at, added_at, downloaded_at, state, place) "
        "VALUES ('1', ?, 'A', 'a', '', '', '', '', '', 0, '', '', '', 'queue', 'a0')",
        (_URL,),
    )
    connection.close()
    with Library.open(tmp_path) as library:
        (id,) = library.ids(Query())
        library.add(_clipping("one", made_by="downloaded"))
        library.add(_clipping("two"))
        assert [each.words for each in library.texts.versions(id)] == [1, 1]


def test_a_row_tells_of_missing_pictures(library: Library) -> None:
    name = "a" * 64 + ".png"
    html = f'<p><img src="{name}" alt=""></p>\n<p><img src="" alt="A"></p>\n<p>„&lt;img src="</p>'
    id = library.add(Clipping(_URL, html=html)).id
    (row,) = library.rows_of([id])
    assert (row.pictures, row.missing) == (2, 1)
    library.edit("Completed", [Edit(id, text=Clipping("", html=html.replace('""', f'"{name}"')))])
    (row,) = library.rows_of([id])
    assert (row.pictures, row.missing) == (2, 0)


def test_a_text_that_the_older_article_had_before_is_in_use_after_they_become_one(
    library: Library,
) -> None:
    words = " ".join(f"word{n}" for n in range(60))
    early, late = f"<p>{words}</p>", f"<p>{words} and more</p>"
    older = library.add(Clipping("https://example.org/1", html=early)).id
    library.add(Clipping("https://example.org/1", html=late))
    library.add(Clipping("https://example.org/2", html=early))
    alias = ("https://example.org/1",)
    filed = library.add(Clipping("https://example.org/2", html=early, aliases=alias))
    assert filed.id == older
    assert library.article(older).html == early
    texts = {library.texts.html(older, each.id) for each in library.texts.versions(older)}
    assert late in texts


def test_each_text_says_when_and_how_it_was_made(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ("added", "downloaded", "cleaned up")
    for number, how in enumerate(made):
        monkeypatch.setattr(time, "time", lambda number=number: 1_800_000_000 + number)
        id = library.add(_clipping("word " * (number + 1), made_by=how)).id
    newest, middle, oldest = library.texts.versions(id)
    assert [each[1:] for each in (newest, middle, oldest)] == [
        (f"2027-01-15T08:00:0{number}Z", made[number], number + 1, number == 2)
        for number in (2, 1, 0)
    ]
    assert newest.id == 0, "it is not kept as a version yet"
    assert oldest.id < middle.id
    library.texts.use(id, middle.id)
    assert library.article(id).downloaded_at == middle.made_at
    newest, middle, oldest = library.texts.versions(id)
    assert [each.in_use for each in (newest, middle, oldest)] == [False, True, False]
    assert [each.words for each in (newest, middle, oldest)] == [3, 2, 1]
    assert newest.id > middle.id > oldest.id > 0


def test_a_text_brings_its_pictures_and_its_lead(library: Library) -> None:
    names = [library.keep_picture(bytes([number]), "png") for number in range(4)]
    id = library.add(_clipping("one", pictures=(names[0], names[1]), lead=names[0])).id
    library.add(_clipping("two", pictures=(names[2],), lead=names[3]))
    assert library.article(id).pictures == (names[2],)
    (_, before) = library.texts.versions(id)
    library.texts.use(id, before.id)
    article = library.article(id)
    assert (set(article.pictures), article.lead) == ({names[0], names[1]}, names[0])
    library.history.undo()
    article = library.article(id)
    assert (article.pictures, article.lead) == ((names[2],), names[3])


def test_a_text_that_is_not_there_is_not_chosen(library: Library) -> None:
    id, other = (library.add(_clipping("one", f"{_URL}{n}")).id for n in range(2))
    library.add(_clipping("two", f"{_URL}1"))
    (_, its) = library.texts.versions(other)
    before = library.article(id)
    for version in (99, its.id, 0):
        assert library.texts.use(id, version) == 0
        assert library.texts.html(id, version) == ""
    assert library.article(id) == before
    assert library.history.undo_text() == ""


def test_an_article_without_a_text_has_no_versions_and_gets_none(library: Library) -> None:
    id = library.add(Clipping(_URL, "Waits")).id
    assert library.texts.versions(id) == []
    library.add(_clipping("one"))
    assert library.texts.versions(id) == []
    library.edit("Edited", [Edit(id, text=_clipping("one"))])
    assert library.texts.versions(id) == [], "one kept text that is in use is no choice"


def test_the_same_text_twice_is_kept_once(library: Library) -> None:
    id = library.add(_clipping("one")).id
    for text in ("two", "one", "two", "one"):
        library.add(_clipping(text))
    assert [each.in_use for each in library.texts.versions(id)] == [False, True]


def test_texts_with_pictures_are_the_one_in_use_and_then_the_others_newest_first(
    library: Library,
) -> None:
    pictures = ("a" * 64 + ".png",)
    id = library.add(_clipping("bare")).id
    for text in ("one", "two", "three"):
        library.add(_clipping(text, pictures=pictures))
    assert library.texts.with_pictures(id) == ["<p>three</p>", "<p>two</p>", "<p>one</p>"]
    (two,) = [x.id for x in library.texts.versions(id) if "two" in library.texts.html(id, x.id)]
    library.texts.use(id, two)
    assert library.texts.with_pictures(id) == ["<p>two</p>", "<p>three</p>", "<p>one</p>"]
    library.add(_clipping("bare"))
    assert library.texts.with_pictures(id)[0] == "<p>bare</p>"


def test_the_validators_of_a_source_are_read_without_it(library: Library) -> None:
    id = library.add(_clipping("one", source=b"page", validators="a\nb")).id
    assert library.texts.validators(id) == library.texts.source(id).validators == "a\nb"
    for ask in (library.texts.with_pictures, library.texts.validators):
        with pytest.raises(NoSuchArticle):
            ask(id + 1)


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("a b c d e", "a b c d e", 1),
        ("a b c d e f", "a b c d e x", 0.5),
        ("a b c d", "x a b c d y", 0),
        ("a b", "<p>A</p>\n<p>B</p>", 1),
        ("a b c d e f g h i j", "f g h i j", 1),
        ("", "", 0),
        ("a", "", 0),
        ("<i>a</i>b", "a b", 1),
    ],
)
def test_likeness_counts_runs_of_five_words_of_the_shorter(
    one: str, other: str, likeness: float
) -> None:
    assert resemblance(one, other) == resemblance(other, one) == likeness


def test_a_text_larger_than_any_is_refused_before_it_is_read(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "LARGEST_BYTES", 1000)
    small = library.add(_clipping("<p>x</p>")).id
    giant = library.add(_clipping("ab" * 501, "https://example.org/giant")).id
    assert library.article(small).html
    with pytest.raises(LibraryError, match=f"restore newest --article {giant}”"):
        library.article(giant)
