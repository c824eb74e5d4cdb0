"""The places of articles of Reader's own export in a queue that is not empty."""

from itertools import pairwise

import pytest

from reader.entries import Placing
from reader.library.imports import own_articles
from reader.library.library import Library
from reader.library.shelves import fractional_index
from reader.model import Clipping

_EXPORTED = ["Zz", "a0", "a0V", "a1", *map(fractional_index.of_number, range(60, 130)), "b10V"]


@pytest.mark.parametrize("placing", Placing)
def test_they_keep_their_order_and_have_room_between_any_two(
    library: Library, placing: Placing
) -> None:
    library.add(Clipping("https://example.org/here"))
    exported = sorted(_EXPORTED)
    with library._database.reading() as connection:
        places = own_articles.places(connection, placing)
        here = str(connection.execute("SELECT place FROM article").get)
    made = [places(each) for each in exported]
    assert made == sorted({*made})
    assert made[-1] < here if placing is Placing.BEFORE else made[0] > here
    for before, after in pairwise(made):
        for _ in range(3):  # one article after another is moved between them
            between = fractional_index.between(before, after)
            assert before < between < after
            before = between


def test_an_article_without_a_place_does_not_mix_the_queues(library: Library) -> None:
    library.add(Clipping("https://example.org/here"))
    library.add(Clipping("https://example.org/first"))
    with library._database.writing() as connection:
        connection.execute("UPDATE article SET place = '' WHERE url LIKE '%/first'")
        here = str(connection.execute("SELECT place FROM article WHERE place <> ''").get)
        assert own_articles.places(connection, Placing.BEFORE)("a5") < here
