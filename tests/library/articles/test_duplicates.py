"""Duplicates: found by text and address, merged whole, told apart, and all of it undone."""

import random
from pathlib import Path

import pytest
from tests.library.conftest import said

from reader.errors import LibraryError, NoSuchArticle
from reader.library.articles.duplicates import place
from reader.library.articles.fingerprints import TOO_SHORT, fingerprint
from reader.library.library import Library
from reader.model import Article, Clipping, Duplicate, Outcome, State
from reader.progress import Cancelled


def text(seed: int, words: int = 400) -> str:
    chance = random.Random(seed)
    said = ["".join(chance.choices("abcdefghij", k=chance.randint(2, 7))) for _ in range(words)]
    return "<p>" + " ".join(said) + "</p>"


def add(library: Library, url: str, html: str = "", **more: object) -> int:
    clipping = Clipping(url, title=url.rpartition("/")[2], html=html)
    return library.add(clipping._replace(**more)).id  # type: ignore[arg-type]


# ---- what tells texts


def test_a_text_with_a_little_more_or_less_is_told_and_another_is_not() -> None:
    def shared(one: str, other: str) -> bool:
        return any(a == b for a, b in zip(fingerprint(one), fingerprint(other), strict=True))

    same = [shared(text(n), "<h2>By line</h2>" + text(n)[:-80]) for n in range(100)]
    others = [shared(text(n), text(n + 1000)) for n in range(100)]
    assert sum(same) >= 95
    assert not any(others)


def test_markup_and_case_make_no_other_text() -> None:
    one = text(1)
    other = one.replace("<p>", "<blockquote>\n<p><b>").upper()
    assert fingerprint(one) == fingerprint(other)


def test_a_short_text_tells_nothing() -> None:
    assert fingerprint("<p>Please sign in to read this.</p>") == TOO_SHORT


def test_languages_that_do_not_part_words_are_told_as_well() -> None:
    chance = random.Random(4)
    chinese = "".join(chr(chance.randint(0x4E00, 0x5000)) for _ in range(500))
    assert set(fingerprint(chinese)) & set(fingerprint(chinese[:-20])) - {None}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "http://www.example.org/a/"),
        ("https://example.org/a", "https://m.EXAMPLE.org/a#part"),
        ("https://example.org/a", "https://amp.example.org/a/amp"),
        ("https://example.org/", "https://example.org/index.html"),
    ],
)
def test_addresses_of_one_page_have_one_place(one: str, other: str) -> None:
    assert place(one) == place(other)


def test_addresses_of_other_pages_have_others() -> None:
    pages = ("https://example.org/a", "https://example.org/A", "https://example.org/a?page=2")
    assert len({place(each) for each in pages}) == len(pages)


# ---- finding


def test_the_same_text_and_the_same_address_are_found_once(library: Library) -> None:
    older = add(library, "https://one.example/a", text(1))
    newer = add(library, "https://two.example/b", "<p>Printed for you.</p>" + text(1))
    waiting = add(library, "http://www.one.example/a/")
    add(library, "https://one.example/other", text(2))
    found = library.duplicates.find()
    assert [each[:2] for each in found] == [(older, newer), (older, waiting)]
    assert found[0].likeness > 0.9
    assert found[1] == Duplicate(older, waiting, 0.0, True)


def test_the_trash_is_left_alone(library: Library) -> None:
    add(library, "https://one.example/a", text(1))
    library.set_state([add(library, "https://two.example/b", text(1))], State.TRASH)
    assert library.duplicates.find() == []


def test_what_was_told_apart_is_not_found_again_until_undone(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        one = add(library, "https://one.example/a", text(1))
        other = add(library, "https://two.example/b", text(1))
        assert library.duplicates.tell_apart(other, one) == 1
        assert library.duplicates.tell_apart(one, other) == 0
    with Library.open(tmp_path) as library:
        assert library.duplicates.find() == []
        assert said(library.history.undo()) == "Not the same: “b” and “a”"
        assert [each[:2] for each in library.duplicates.find()] == [(one, other)]


def test_a_text_that_changed_is_looked_at_as_it_is_now(library: Library) -> None:
    one = add(library, "https://one.example/a", text(1))
    other = add(library, "https://two.example/b", text(1))
    add(library, "https://two.example/b", text(2))
    assert library.duplicates.find() == []
    library.texts.use(other, library.texts.versions(other)[-1].id)
    assert [each[:2] for each in library.duplicates.find()] == [(one, other)]


def test_articles_from_before_fingerprints_are_found_too(library: Library) -> None:
    one = add(library, "https://one.example/a", text(1))
    other = add(library, "https://two.example/b", text(1))
    with library._database.writing() as connection:
        connection.execute("DELETE FROM fingerprint")
    assert [each[:2] for each in library.duplicates.find()] == [(one, other)]


def test_looking_can_be_stopped(library: Library) -> None:
    add(library, "https://one.example/a", text(1))

    def report(done: int, total: int, text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        library.duplicates.find(report)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("http://WWW.Example.org/Path/", "example.org/Path"),
        ("https://mobile.example.org", "example.org"),
        ("https://m.example.org/?amp", "example.org"),
        ("https://amp.example.org/a?amp=1", "example.org/a"),
        ("https://example.org/a/amp/", "example.org/a"),
        ("https://example.org/a?b=1&amp=1#c", "example.org/a?b=1"),
        ("https://example.org/a/index.htm", "example.org/a"),
        ("https://example.org/a?amp=2", "example.org/a?amp=2"),
        ("https://web.example.org/a", "web.example.org/a"),
    ],
)
def test_a_place_is_an_address_without_what_makes_no_other_page(url: str, wanted: str) -> None:
    assert place(url) == wanted


def test_the_most_alike_come_first_then_the_oldest(library: Library) -> None:
    ids = [add(library, f"https://{n}.example/a", text(n % 3)) for n in range(6)]
    ids += [add(library, "https://6.example/a", text(0)[:-200])]
    found = library.duplicates.find()
    assert [each[:2] for each in found] == [
        (ids[0], ids[3]), (ids[1], ids[4]), (ids[2], ids[5]), (ids[0], ids[6]),
    ]  # fmt: skip
    assert [round(each.likeness, 2) for each in found] == [1, 1, 1, 1]
    assert found[-1].likeness < 1
    assert not any(each.same_address for each in found)


def test_each_is_paired_with_the_oldest_and_found_under_every_number(library: Library) -> None:
    ids = [add(library, f"https://{n}.example/a", text(1)) for n in range(3)]
    with library._database.writing() as connection:
        sql = "UPDATE article SET added_at = '2001-01-01T00:00:00Z' WHERE id = ?"
        connection.execute(sql, (ids[1],))
    library.duplicates.prepare()
    for kept in ("first", "second", "third", "fourth"):
        with library._database.writing() as connection:
            others = {"first", "second", "third", "fourth"} - {kept}
            sets = ", ".join(f"{each} = NULL" for each in others)
            connection.execute(f"UPDATE fingerprint SET {kept} = 5, {sets}")
        found = [each[:2] for each in library.duplicates.find()]
        assert found == [(ids[1], ids[0]), (ids[1], ids[2])]


def test_only_pages_of_the_web_are_alike_by_address(library: Library) -> None:
    for url in ("file:///a", "file:///a/", "paste:1", "paste:1/"):
        add(library, url)
    assert library.duplicates.find() == []


def test_fingerprints_are_made_once_in_slices_and_kept(library: Library) -> None:
    with library.together():
        for number in range(201):
            add(library, f"https://{number}.example/a")
    told: list[tuple[int, int, str]] = []
    library.duplicates.prepare(lambda *each: told.append(each))
    assert told == [(0, 201, "Reading texts"), (200, 201, "Reading texts")]
    told.clear()
    library.duplicates.find(lambda *each: told.append(each))
    assert {text for *_, text in told} == {"Looking for duplicates", "Comparing addresses"}
    assert [each[:2] for each in told if each[1] == 4] == [(number, 4) for number in range(4)]


def test_a_library_that_may_only_be_read_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path) as library:
        pair = [add(library, f"https://{host}example.org/a") for host in ("", "www.")]
    monkeypatch.setattr("reader.library.store.access.is_writable", lambda _: False)
    with Library.open(tmp_path) as library:
        assert [each[:2] for each in library.duplicates.find()] == [tuple(pair)]


def test_comparing_tells_how_far_it_is(library: Library) -> None:
    for number in range(3):
        add(library, f"https://{number}.example/a", text(1))
    told: list[tuple[int, int, str]] = []
    library.duplicates.find(lambda *each: told.append(each))
    assert [each[:2] for each in told if each[2] == "Comparing texts"] == [(0, 2), (1, 2)]


# ---- merging


def _two(library: Library) -> tuple[Article, Article]:
    one = add(library, "https://one.example/a", text(1), tags=("art",), pictures=("p.png",))
    other = add(library, "https://two.example/b", text(1) + "<p>More.</p>", tags=("music",))
    library.set_favourite([other], True)
    library.reading_log.count_view(other)
    library.reading_log.count_view(one)
    return library.article(one), library.article(other)


def test_the_older_stays_with_what_there_is_of_both(library: Library) -> None:
    one, other = _two(library)
    assert library.duplicates.merge(other.id, one.id) == one.id
    merged = library.article(one.id)
    assert merged.tags == ("art", "music")
    assert (merged.favourite, merged.views, merged.html) == (True, 2, one.html)
    texts = [library.texts.html(one.id, each.id) for each in library.texts.versions(one.id)]
    assert sorted(texts) == sorted((one.html, other.html))
    assert library.article(other.id).state is State.TRASH
    assert library.find(other.url) == one.id


def test_merging_is_undone_whole_after_a_restart(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        one, other = _two(library)
        library.duplicates.merge(one.id, other.id)
    with Library.open(tmp_path) as library:
        assert said(library.history.undo()) == "Merged two copies of “a”"
        assert library.article(one.id) == one
        assert library.article(other.id) == other
        assert library.find(other.url) == other.id
        library.history.redo()
        assert library.find(other.url) == one.id


def test_restoring_one_from_the_trash_parts_them_again(library: Library) -> None:
    one, other = _two(library)
    library.duplicates.merge(one.id, other.id)
    library.set_state([other.id], State.QUEUE)
    assert library.find(other.url) == other.id


def test_once_the_trash_is_empty_undo_takes_back_what_was_before_the_merger(
    library: Library,
) -> None:
    one, other = add(library, "https://one.example/a"), add(library, "https://two.example/b")
    library.set_title(one, "Retitled")
    library.duplicates.merge(one, other)
    library.trash.empty(0)
    library.history.undo()
    assert library.article(one).title == "a"
    assert library.history.undo() is None


def test_once_the_trash_is_empty_the_address_still_leads_there(library: Library) -> None:
    one, other = _two(library)
    third = add(library, "https://three.example/c", text(1))
    library.duplicates.merge(other.id, third)
    library.duplicates.merge(one.id, other.id)
    assert library.find("https://three.example/c") == one.id
    library.trash.empty(0)
    assert library.find("https://three.example/c") == library.find(other.url) == one.id
    again = library.add(Clipping(other.url, html="<p>New</p>"))
    assert (again.id, again.outcome) == (one.id, Outcome.UPDATED)
    assert library.check() == ()


def test_addresses_still_lead_there_where_filing_makes_one_of_two(library: Library) -> None:
    oldest = add(library, "https://one.example/a", text(1))
    older = add(library, "https://two.example/b", text(1))
    newer = add(library, "https://three.example/c", text(1))
    library.duplicates.merge(older, newer)
    library.add(Clipping("https://two.example/b", html=text(1), aliases=("https://one.example/a",)))
    assert library.find("https://two.example/b") == oldest
    assert library.find("https://three.example/c") == oldest


def test_one_that_waits_gets_the_text_of_the_other(library: Library) -> None:
    waiting = add(library, "https://one.example/a")
    whole = add(library, "http://www.one.example/a", text(1))
    library.duplicates.merge(waiting, whole)
    assert library.article(waiting).html == text(1)


def test_an_article_is_not_merged_with_itself_or_nothing(library: Library) -> None:
    one = add(library, "https://one.example/a", text(1))
    with pytest.raises(LibraryError, match="with itself"):
        library.duplicates.merge(one, one)
    with pytest.raises(NoSuchArticle):
        library.duplicates.merge(one, 99)
