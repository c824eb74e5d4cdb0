"""The vocabulary: which words begin so, and in how many articles each is, counted when due."""

import pytest
from tests.library.conftest import add_text

from reader.library.library import Library
from reader.library.search import vocabulary
from reader.library.search.vocabulary import _Crowds


def due(library: Library, more: int = 0) -> bool:
    with library._database.reading() as connection:
        return vocabulary.is_count_due(connection, more)


def known(library: Library, start: str, most: int = 100) -> list[tuple[str, int]]:
    with library._database.reading() as connection:
        return vocabulary.completions(connection, start, most)


def test_words_are_counted_again_when_the_library_has_grown_by_an_eighth(library: Library) -> None:
    assert not due(library)
    for _ in range(16):
        add_text(library, "word")
    assert due(library)
    library.search.prepare()
    assert known(library, "word") == [("word", 16)]
    assert not due(library)
    assert not due(library, 2)
    assert due(library, 3)
    for _ in range(2):
        add_text(library, "word")
    library.search.prepare()
    assert known(library, "word") == [("word", 16)], "it is not due yet"
    add_text(library, "word")
    library.search.prepare()
    assert known(library, "word") == [("word", 19)]


def test_fewer_articles_make_it_due_as_well(library: Library) -> None:
    for _ in range(16):
        add_text(library, "word")
    library.search.prepare()
    with library._database.writing() as connection:
        connection.execute("DELETE FROM search WHERE rowid <= 2")
    assert not due(library)
    with library._database.writing() as connection:
        connection.execute("DELETE FROM search WHERE rowid <= 3")
    assert due(library)


def test_the_most_frequent_come_first_and_new_words_at_once(library: Library) -> None:
    for text in ("beta beta", "beta alpha", "better"):
        add_text(library, text)
    assert {word for word, _ in known(library, "b")} == {"beta", "better"}
    library.search.rebuild()
    assert known(library, "b") == [("beta", 2), ("better", 1)]
    assert known(library, "b", 1) == [("beta", 2)]
    assert known(library, "x") == []
    with library._database.reading() as connection:
        numbers = [vocabulary.articles_with(connection, word) for word in ("beta", "alpha", "be")]
    assert numbers == [2, 1, 0]


@pytest.mark.parametrize(("length", "is_known"), [(40, True), (41, False)])
def test_words_too_long_to_be_typed_are_not_known(
    library: Library, length: int, is_known: bool
) -> None:
    add_text(library, "a" * length)
    assert bool(known(library, "a")) is is_known
    library.search.rebuild()
    assert bool(known(library, "a")) is is_known


@pytest.mark.parametrize(("size", "is_crowd"), [(400, False), (401, True)])
def test_the_most_frequent_of_a_crowd_are_kept(size: int, is_crowd: bool) -> None:
    crowds = _Crowds()
    for number in range(size):
        crowds.add(f"ab{number:05}", number)
    crowds.add("b", 1)
    assert set(crowds.over) == ({"a", "ab", "ab0", "ab00"} if is_crowd else set())
    crowds.end()
    for best in crowds.over.values():
        assert sorted(best)[0] == (size - 100, f"ab{size - 100:05}")
        assert len(best) == 100


def test_words_of_many_slices_are_all_counted(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "_SLICE", 3)
    for _ in range(2):
        add_text(library, " ".join(f"q{number}" for number in range(9)))
    told: list[tuple[int, int, str]] = []
    library.search.rebuild(lambda *report: told.append(report))
    assert sorted(known(library, "q")) == [(f"q{number}", 2) for number in range(9)]
    assert told.count((0, 0, "Counting words")) == 5
