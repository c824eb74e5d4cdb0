"""Two articles become one only if they are, and then nothing of either is lost."""

import time

import pytest
from tests.library.conftest import said

from reader.anchor import Anchor
from reader.library.library import Library
from reader.model import Clipping, Mark, Outcome, Query, Sort, State

_ONE, _OTHER, _THIRD = (f"https://example.org/{number}" for number in range(3))


def words(count: int, name: str = "word") -> str:
    return " ".join(f"{name}{number}" for number in range(count))


def article(url: str, text: str, **told: object) -> Clipping:
    clipping = Clipping(url, title=url[-1], html=f"<p>{text}</p>", words=len(text.split()))
    return clipping._replace(**told)  # type: ignore[arg-type]


def having_runs(shared: int) -> tuple[str, str]:
    """Return two texts, the shorter with a hundred runs of five words, some in the other too."""
    return words(104), f"{words(shared + 4)} {words(300, 'other')}"


# ---- whether they are one


@pytest.mark.parametrize(("shared", "are_one"), [(59, False), (60, True)])
def test_six_tenths_of_the_shorter_text_make_two_articles_one(
    library: Library, shared: int, are_one: bool
) -> None:
    short, long = having_runs(shared)
    for number, (first, second) in enumerate(((short, long), (long, short))):
        urls = (f"{_ONE}{number}", f"{_OTHER}{number}")
        old = library.add(article(urls[0], first)).id
        new = library.add(article(urls[1], second, aliases=(urls[0],))).id
        assert (new == old) is are_one
        assert library.counts().total == (number + 1) * (1 if are_one else 2)


@pytest.mark.parametrize("shared", [59, 60])
def test_duplicates_are_found_from_the_same_likeness_on(library: Library, shared: int) -> None:
    ids = [
        library.add(article(url, text)).id
        for url, text in zip((_ONE, _OTHER), having_runs(shared), strict=True)
    ]
    library.duplicates.prepare()
    with library._database.writing() as connection:  # as if they shared a number
        connection.execute("UPDATE fingerprint SET third = 1")
    found = library.duplicates.find()
    assert found == ([(*ids, 0.6, False)] if shared == 60 else [])


def test_of_one_address_they_are_duplicates_however_little_alike(library: Library) -> None:
    short, long = having_runs(1)
    pair = [library.add(article("https://example.org/x", short)).id]
    pair += [library.add(article("http://www.example.org/x/", long)).id]
    assert library.duplicates.find() == [(*pair, 0.01, True)]


def test_one_that_still_waits_for_its_text_is_the_other(library: Library) -> None:
    waiting = library.add(Clipping(_ONE, "Waits")).id
    name = library.keep_picture(b"one", "png")
    told = article(
        _OTHER, "one two", aliases=(_ONE,), source=b"its source", source_type="text/html",
        pictures=(name,), lead=name, made_by="downloaded",
    )  # fmt: skip
    assert library.add(told).id == waiting
    found = library.article(waiting)
    assert (found.html, found.words, found.lead) == (told.html, 2, name)
    assert found.pictures == (name,)
    assert found.downloaded_at
    assert library.texts.source(waiting)[:2] == (b"its source", "text/html")
    assert library.texts.versions(waiting) == []
    assert library.check() == ()


def test_one_with_a_text_keeps_its_source(library: Library) -> None:
    known = library.add(article(_ONE, words(50), source=b"its own")).id
    library.add(article(_OTHER, words(50), source=b"another", aliases=(_ONE,)))
    assert library.texts.source(known).data == b"its own"


# ---- what becomes of both


def test_the_one_that_was_added_first_stays(library: Library) -> None:
    first, second = (library.add(article(url, words(50))).id for url in (_ONE, _OTHER))
    with library._database.writing() as connection:
        sql = "UPDATE article SET added_at = '2001-01-01T00:00:00Z' WHERE id = ?"
        connection.execute(sql, (second,))
    assert library.add(article(_ONE, words(50), aliases=(_OTHER,))).id == second
    assert library.find(_ONE) == library.find(_OTHER) == second != first


@pytest.mark.parametrize("by_person", [True, False])
@pytest.mark.parametrize("its", list(State))
@pytest.mark.parametrize("mine", list(State))
def test_only_out_of_the_trash_it_goes_where_the_other_is(
    library: Library, mine: State, its: State, by_person: bool
) -> None:
    stays = library.add(article(_ONE, words(50)), state=mine).id
    library.add(article(_THIRD, words(60, "third")))
    goes = library.add(article(_OTHER, words(50)), state=its).id
    places = [library.article(id).place for id in (stays, goes)]
    with library.together():
        if by_person:
            assert library.duplicates.merge(goes, stays) == stays
        else:
            from reader.library.articles import merging

            with library._database.writing() as connection:
                assert merging.merge(connection, goes, stays) == stays
    brought_back = mine is State.TRASH and its is not State.TRASH
    found = library.article(stays)
    assert found.state is (its if brought_back else mine)
    assert found.place == places[brought_back]
    assert library.check() == ()


def test_what_a_person_did_to_either_is_kept(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = int(time.time())
    for early in (True, False):
        one, other = (f"{each}{early}" for each in (_ONE, _OTHER))
        stays, goes = (library.add(article(url, words(50))).id for url in (one, other))
        for id, moment in ((stays, now + 60 * early), (goes, now + 60 * (not early))):
            monkeypatch.setattr(time, "time", lambda moment=moment: moment)
            library.reading_log.count_view(id)
            library.reading_log.count_view(id)
            monkeypatch.setattr(time, "time", lambda moment=moment: moment + 7)
            library.set_state([id], State.ARCHIVE, done=True)
        library.reading_log.keep_position(goes, Anchor(3), 0.5)
        later = [library.article(id) for id in (stays, goes)]
        library.set_favourite([stays if early else goes], True)
        assert library.duplicates.merge(stays, goes) == stays
        found = library.article(stays)
        assert (found.favourite, found.views) == (True, 4)
        assert found.opened_at == max(each.opened_at for each in later)
        assert found.read_at == max(each.read_at for each in later)
        assert found.progress == 0, "of how far one was read in the other nothing is known"


@pytest.mark.parametrize("views", [0, 2])
@pytest.mark.parametrize("favourites", [(), (0,), (1,), (0, 1)])
def test_it_is_a_favourite_if_either_was_however_often_they_were_opened(
    library: Library, favourites: tuple[int, ...], views: int
) -> None:
    ids = [library.add(article(url, words(50))).id for url in (_ONE, _OTHER)]
    library.set_favourite([ids[each] for each in favourites], True)
    for id in ids:
        for _ in range(views):
            library.reading_log.count_view(id)
    found = library.article(library.duplicates.merge(*ids))
    assert (found.favourite, found.views) == (bool(favourites), 2 * views)
    assert library.counts().favourites == bool(favourites)


def test_undo_of_merging_gives_back_all_but_the_texts(library: Library) -> None:
    stays = library.add(article(_ONE, words(50), tags=("a",))).id
    goes = library.add(article(_OTHER, words(60), tags=("b",))).id
    library.reading_log.count_view(goes)
    library.set_favourite([goes], True)
    before = [library.article(id) for id in (stays, goes)]
    library.duplicates.merge(stays, goes)
    assert library.article(stays).tags == ("a", "b")
    assert library.article(goes).state is State.TRASH
    texts = {library.texts.html(stays, each.id) for each in library.texts.versions(stays)}
    assert texts == {each.html for each in before}
    assert said(library.history.undo()) == "Merged two copies of “0”"
    assert [library.article(id) for id in (stays, goes)] == before
    library.history.redo()
    assert library.article(stays).favourite


def test_a_text_is_taken_over_if_there_was_none_and_undo_leaves_it(library: Library) -> None:
    stays = library.add(Clipping(_ONE, "Waits")).id
    library.add(article(_OTHER, "one two", made_by="downloaded"))
    goes = library.find(_OTHER) or 0
    library.duplicates.merge(stays, goes)
    assert library.article(stays).html == "<p>one two</p>"
    assert library.article(stays).words == 2
    assert library.check() == ()


def test_addresses_follow_through_two_mergers(library: Library) -> None:
    oldest, older, newer = (
        library.add(article(url, words(50))).id for url in (_ONE, _OTHER, _THIRD)
    )
    library.duplicates.merge(older, newer)
    assert library.find(_THIRD) == older
    assert library.add(article(_ONE, words(50), aliases=(_OTHER, "short:"))).id == oldest
    for url in (_ONE, _OTHER, _THIRD, "short:"):
        assert library.find(url) == oldest
    library.trash.empty(0)
    assert library.find(_THIRD) == oldest
    assert library.check() == ()


def test_steps_on_the_one_that_is_gone_are_undone_on_the_other(library: Library) -> None:
    stays = library.add(article(_ONE, words(50))).id
    goes = library.add(article(_OTHER, words(50))).id
    library.saved.add("before", "x")
    library.tags.add([goes], "mine")
    library.reading_log.count_view(goes)
    library.add(article(_OTHER, words(50), aliases=(_ONE,)))
    assert library.article(stays).tags == ("mine",)
    assert said(library.history.undo()) == "Tagged “mine”: “1”"
    assert library.article(stays).tags == ()
    assert said(library.history.undo()) == "Saved the search “before”"


def test_a_path_names_what_lies_there_now_and_an_address_what_it_named_first(
    library: Library,
) -> None:
    for alias, moves in (("file:///notes.txt", True), ("https://example.org/short", False)):
        first = library.add(article(f"{_ONE}{moves}", words(50), aliases=(alias,))).id
        other = library.add(article(f"{_OTHER}{moves}", words(50, "other"), aliases=(alias,))).id
        assert library.find(alias) == (other if moves else first)


def test_adding_again_under_another_address_changes_nothing_else(library: Library) -> None:
    id = library.add(article(_ONE, words(50), tags=("a",))).id
    before = library.article(id)
    again = library.add(article(_ONE, words(50), tags=("a",), aliases=(_OTHER,)))
    assert again == (id, Outcome.UNCHANGED)
    assert library.article(id) == before
    query = Query(sort=Sort.ADDED)
    assert library.mark(query, id) == Mark(before.added_at, id)


def test_merging_again_what_was_merged_is_no_trouble(library: Library) -> None:
    first, second = (
        library.add(Clipping(f"https://example.org/{n}", html="<p>x</p>")).id for n in "ab"
    )
    library.reading_log.count_view(second)
    for _ in range(3):
        assert library.duplicates.merge(first, second) == first
    assert library.check() == ()
