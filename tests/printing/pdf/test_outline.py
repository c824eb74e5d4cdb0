"""The outline is nested as its levels are."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.printing.pdf.finishing import BLANK, finished

from reader.printing.pdf.outline import Bookmark

Tree = tuple[str, list[Any]]


def _nested(levels: Sequence[int]) -> list[Tree]:
    """Return the tree that levels say: what is deeper stands in what is above it."""
    top: list[Tree] = []
    above: list[tuple[int, list[Tree]]] = [(-1, top)]
    for number, level in enumerate(levels):
        while above[-1][0] >= level:
            above.pop()
        made: Tree = (f"b{number}", [])
        above[-1][1].append(made)
        above.append((level, made[1]))
    return top


def _walked(parent: Any) -> list[Tree]:
    """Return the tree below an item, and hold that all of its references agree."""
    found: list[Tree] = []
    item, before = parent.get("/First"), None
    while item is not None:
        assert item.Parent.objgen == parent.objgen
        assert item.get("/Prev") is None if before is None else item.Prev.objgen == before.objgen
        found.append((str(item.Title), _walked(item)))
        before, item = item, item.get("/Next")
    if before is not None:
        assert parent.Last.objgen == before.objgen
        assert abs(int(parent.Count)) == len(found)
    else:
        assert "/Count" not in parent
    return found


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=14))
def test_the_outline_is_nested_as_its_levels_say(tmp_path: Path, levels: list[int]) -> None:
    marks = [Bookmark(level, f"b{n}", n % 3, 7.0, 100.0 + n) for n, level in enumerate(levels)]
    with finished(tmp_path, BLANK._replace(bookmarks=marks)) as pdf:
        root = pdf.Root.Outlines
        assert _walked(root) == _nested(levels)
        assert int(root.Count) > 0, "the first level is open"
        first = root.First
        assert "/Count" not in first or int(first.Count) < 0, "deeper ones are closed"
        assert [str(first.Dest[1]), *map(float, first.Dest[2:4])] == ["/XYZ", 7.0, 100.0]
        assert first.Dest[0].objgen == pdf.pages[0].obj.objgen
        assert root.Last.Dest[0].objgen == pdf.pages[int(str(root.Last.Title)[1:]) % 3].obj.objgen


def test_a_heading_without_words_has_a_title_too(tmp_path: Path) -> None:
    with finished(tmp_path, BLANK._replace(bookmarks=[Bookmark(0, "", 0, 0, 0)])) as pdf:
        assert str(pdf.Root.Outlines.First.Title)
