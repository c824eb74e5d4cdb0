"""The place that is read stays through random changes of the page."""

from benchmarks.restoring import made_up, misses
from pytestqt.qtbot import QtBot


def test_no_place_is_more_than_a_line_off(qtbot: QtBot) -> None:
    small = [article for article in made_up() if len(article.html) < 16_000]
    assert len(small) > 4
    assert [*misses(8, 11, small)] == []
