"""Parts side by side in lines."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from reader.gui.widgets.flow import flow, gaps, height, mirrored

_SIZES = st.lists(st.builds(QSize, st.integers(1, 300), st.integers(1, 60)), max_size=30)


@given(sizes=_SIZES, width=st.integers(20, 500))
def test_no_part_covers_another_or_leaves_the_width(sizes: list[QSize], width: int) -> None:
    rects = flow(sizes, width, [8] * len(sizes), 6)
    assert len(rects) == len(sizes)
    for number, rect in enumerate(rects):
        assert rect.x() >= 0
        assert rect.x() + rect.width() <= width
        assert not any(rect.intersects(other) for other in rects[:number])


@given(sizes=_SIZES, width=st.integers(20, 500))
def test_a_mirrored_layout_is_the_same_from_the_other_side(sizes: list[QSize], width: int) -> None:
    rects = flow(sizes, width, [8] * len(sizes), 6)
    assert mirrored(mirrored(rects, width), width) == rects
    assert height(mirrored(rects, width)) == height(rects)


def test_parts_of_a_line_are_centred_and_the_next_line_is_below() -> None:
    sizes = [QSize(40, 10), QSize(40, 30), QSize(40, 10)]
    rects = flow(sizes, 100, [10, 10, 10], 5)
    assert rects == [QRect(0, 10, 40, 10), QRect(50, 0, 40, 30), QRect(0, 35, 40, 10)]
    assert height(rects) == 45
    assert gaps(rects) == [(rects[0], rects[1])]


def test_nothing_takes_no_room() -> None:
    assert (flow([], 100, [], 5), height([])) == ([], 0)
