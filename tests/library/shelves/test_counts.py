"""How much there is to read in any articles."""

from reader.library.library import Library
from reader.model import Clipping, Length


def test_the_length_is_that_of_the_words_not_read_yet(library: Library) -> None:
    ids = [
        library.add(Clipping(f"https://example.org/{n}", "T", html="<p>x", words=400)).id
        for n in range(3)
    ]
    length = library.counting.length
    assert length(ids) == Length(3, 1200)
    assert length([ids[0], 99]) == Length(1, 400)
    assert length([]) == Length(0, 0)
