"""The articles that were open: back, forward, and no dead ends."""

from reader.gui.navigation import Visited


def _visited(*ids: int) -> Visited:
    visited = Visited()
    for id in ids:
        visited.visit(id)
    return visited


def test_one_goes_back_and_forward_through_the_articles() -> None:
    visited = _visited(1, 2, 3)
    assert [visited.go(-1), visited.go(-1)] == [2, 1]
    assert not visited.can_go(-1)
    assert [visited.go(1), visited.go(1)] == [2, 3]
    assert not visited.can_go(1)


def test_another_article_ends_the_way_forward() -> None:
    visited = _visited(1, 2, 3)
    visited.go(-1)
    visited.visit(7)
    assert not visited.can_go(1)
    assert [visited.go(-1), visited.go(-1)] == [2, 1]


def test_the_same_article_again_is_one_visit() -> None:
    visited = _visited(1, 2, 2, 2)
    assert visited.go(-1) == 1


def test_a_deleted_article_is_passed_over() -> None:
    visited = _visited(1, 2, 1, 3)
    visited.forget(1)
    assert visited.go(-1) == 2
    assert not visited.can_go(-1)
    visited.forget(2)
    visited.forget(3)
    assert not visited.can_go(0)


def test_only_the_last_ones_are_kept() -> None:
    visited = _visited(*range(1000))
    steps = 0
    while visited.can_go(-1):
        visited.go(-1)
        steps += 1
    assert steps == 199
