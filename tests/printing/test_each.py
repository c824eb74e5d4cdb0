"""A PDF for each of many articles: complete files and rows, whatever fails or is stopped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.printing.conftest import MakeArticle

from reader.document.images import Pictures
from reader.errors import ReaderError
from reader.model import Article, Outcome
from reader.printing.each import each_to_pdf
from reader.progress import run as run_work
from reader.progress import silent
from reader.reasons import Reason
from reader.sheet import Sheet


@pytest.fixture
def no_pictures() -> Iterator[Pictures]:
    pictures = Pictures(lambda _: None)
    yield pictures
    pictures.close()


def test_the_number_of_pages_is_a_number(
    article: MakeArticle, no_pictures: Pictures, tmp_path: Path
) -> None:
    def find(id: int) -> Article:
        if id == 2:
            raise ReaderError("There is no article 2.")
        return article("Words of a text. " * (40 if id == 1 else 2000), id=id, title=f"T{id}")

    result = run_work(each_to_pdf([1, 2, 3], find, no_pictures, tmp_path, Sheet()), silent)
    assert [row.outcome for row in result.rows] == [Outcome.ADDED, Outcome.FAILED, Outcome.ADDED]
    assert result.rows[0].pages == 1
    assert result.rows[2].pages > 3
    assert result.rows[1].reasons == {Reason.ERROR}


def test_what_is_complete_stays_when_it_is_stopped(
    article: MakeArticle, no_pictures: Pictures, tmp_path: Path
) -> None:
    def find(id: int) -> Article:
        return article("Words. " * 40, id=id, title=f"T{id}")

    work = each_to_pdf([1, 2], find, no_pictures, tmp_path, Sheet())
    for done, _, _ in work:
        if done == 1:
            break
    work.close()
    assert [file.name for file in tmp_path.iterdir()] == ["T1.pdf"]
