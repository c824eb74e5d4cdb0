"""Pages on sheets: every page once, in the order of reading, with blank ones at the end."""

import pytest
from tests.printing.conftest import MakeArticle, MakeBook

from reader.printing.imposition import folded, sides
from reader.printing.piece import MM
from reader.sheet import Imposition, Sheet


def _read(pairs: list[tuple[int, int]]) -> list[int]:
    """Return the pages as somebody reads them who folds the pile in the middle.

    The pile lies with the front of the outermost sheet below; the leaf on the right of each
    front has its back on the left of the next side.
    """
    fronts, backs = pairs[::2], pairs[1::2]
    leaves = [(front[1], back[0]) for front, back in zip(fronts, backs, strict=True)]
    leaves += [(back[1], front[0]) for front, back in reversed([*zip(fronts, backs, strict=True)])]
    return [page for leaf in leaves for page in leaf]


@pytest.mark.parametrize("count", range(18))
def test_a_booklet_of_any_number_of_pages_reads_in_order(count: int) -> None:
    pairs = folded(count)
    whole = (count + 3) // 4 * 4
    assert len(pairs) == whole // 2
    assert _read(pairs) == [*range(whole)]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("imposition", [*Imposition])
def test_every_page_stands_once_on_its_half_of_a_sheet(
    article: MakeArticle, book: MakeBook, imposition: Imposition, count: int
) -> None:
    made = book(
        article(html="<p>a</p>"), article(html="<p>b</p>"), article(html="<p>c</p>"),
        sheet=Sheet(imposition=imposition, paper="A5"),
    )  # fmt: skip
    del made.pages[count:]
    placed = [(page, way) for side in sides(made) for page, way in side.pages]
    assert sorted(page for page, _ in placed) == [*range(count)]
    wide, high = (210 * MM, 148 * MM) if imposition is not Imposition.SINGLE else (0.0, 0.0)
    for number, side in enumerate(sides(made)):
        for page, way in side.pages:
            if imposition is Imposition.SINGLE:
                assert (number, way.isIdentity()) == (page, True)
                continue
            assert way.m11() == way.m22() <= 1
            left, top = way.dx(), way.dy()
            right = left + way.m11() * made.page_width
            assert top == pytest.approx((high - way.m11() * made.page_height) / 2, abs=1)
            half = 0 if right <= wide / 2 + 1 else 1
            assert (left + right) / 2 == pytest.approx(wide * (1 + 2 * half) / 4, abs=1)
            if imposition is Imposition.TWO_UP:
                assert (number, half) == divmod(page, 2)


@pytest.mark.parametrize("imposition", [Imposition.TWO_UP, Imposition.FOLDED])
def test_pages_written_from_right_to_left_go_so_on_the_sheet(
    article: MakeArticle, book: MakeBook, imposition: Imposition
) -> None:
    html = '<article dir="{}">' + "<p>words</p>" * 150 + "</article>"
    both = [
        sides(book(article(html=html.format(way)), sheet=Sheet(imposition=imposition)))
        for way in ("ltr", "rtl")
    ]
    assert len(both[0]) == len(both[1]) > 1
    for left, right in zip(*both, strict=True):
        mirrored = {page: way.dx() for page, way in right.pages}
        for page, way in left.pages:
            assert page in mirrored
            if len(left.pages) == 2:
                assert mirrored[page] != way.dx()


def test_nothing_is_on_no_sheet(book: MakeBook) -> None:
    assert sides(book(sheet=Sheet(imposition=Imposition.FOLDED))) == []
    assert sides(book(sheet=Sheet(imposition=Imposition.TWO_UP))) == []
