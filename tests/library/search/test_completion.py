"""Suggestions: what the text of a question may become, of what the library has."""

import pytest
from tests.library.conftest import add_text

from reader.library.library import Library
from reader.library.search import query_parser
from reader.model import State


def values(library: Library, text: str) -> list[str]:
    return [each.rpartition(":")[2] for each in library.search.suggestions(text)]


def test_names_of_all_fields_are_suggested_and_no_words(library: Library) -> None:
    fields = {*query_parser.NAMED, *query_parser.TEXTS, *query_parser.DATES, *query_parser.NUMBERS}
    for field in fields:
        assert f"x -{field}:" in library.search.suggestions(f"x -{field[:2].upper()}"), field
    assert library.search.suggestions("x ") == []
    assert library.search.suggestions("zz") == []


@pytest.mark.parametrize("name", ["is", "has"])
def test_every_name_of_a_field_is_suggested(library: Library, name: str) -> None:
    there = [*query_parser.NAMED[name]]
    assert values(library, f"{name}:") == there
    last = there[-1]
    assert values(library, f"{name}:{last[:-1].upper()}") == [last]


def test_dates_and_numbers_are_suggested_by_example(library: Library) -> None:
    for name in query_parser.DATES:
        wanted = ["today", "yesterday", "7d", "1m", "1y", ">=", "<"]
        assert values(library, f"{name}:") == wanted
    assert values(library, "words:") == [">2000", "<500", "1000..3000"]
    assert values(library, "views:") == ["0", ">0"]
    assert values(library, "views:>") == [">0"]


def test_tags_with_the_most_articles_come_first_and_twelve_at_most(library: Library) -> None:
    ids = [add_text(library, "x") for _ in range(3)]
    for number in range(14):
        library.tags.add(ids[:1], f"art {number:02}")
    library.tags.add(ids, "artful")
    library.tags.add(ids[:2], "zoo")
    found = values(library, "tag:ART")
    assert found == ["artful", *(f'"art {number:02}"' for number in range(11))]
    library.set_state(ids, State.TRASH)
    assert values(library, "tag:") == []


def test_sites_are_in_order_and_each_is_named_once(library: Library) -> None:
    for site in ("Beta", "Alpha", "Beta", "Éa", "", *(f"Z{n:02}" for n in range(14))):
        add_text(library, "x", site=site)
    assert values(library, "site:")[:3] == ["Alpha", "Beta", "Éa"]
    assert len(values(library, "site:")) == 12
    assert values(library, "site:e") == ["Éa"]
    assert values(library, "site:beta") == ["Beta"]
    assert values(library, "site:q") == []


def test_authors_are_found_by_any_of_their_words(library: Library) -> None:
    for name in ("Ann Lee", "Bob Leeds", "Bob Leeds", "Carl"):
        add_text(library, "x", byline=name)
    assert values(library, "author:le") == ['"Bob Leeds"', '"Ann Lee"']
    assert values(library, "by:bob") == ['"Bob Leeds"']
    assert values(library, 'author:"ann l') == ['"Ann Lee"']
    assert values(library, "author:ee") == []


def test_authors_of_old_articles_are_found_from_three_letters_on(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_text(library, "x", byline="Ann Lee")
    add_text(library, "x", byline="Bob")
    monkeypatch.setattr("reader.library.search.completion._RECENT", 1)
    assert values(library, "author:le") == []
    assert values(library, "author:lee") == ['"Ann Lee"']


def test_languages_are_in_small_letters_the_most_frequent_first(library: Library) -> None:
    for language in ("de", "EN-gb", "en-GB", "en-GB", ""):
        add_text(library, "x", language=language)
    assert values(library, "lang:") == ["en-gb", "de"]
    assert values(library, "lang:d") == ["de"]
