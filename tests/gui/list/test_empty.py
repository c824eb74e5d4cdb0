"""The hint of an empty list names the keys that work now."""

import pytest

from reader.gui.actions.keymap import USUAL
from reader.gui.list.empty import _EMPTY, hint_of
from reader.model import SHELF_QUERIES, Query

_QUERIES = [*SHELF_QUERIES.values(), Query(tag="art"), Query(site="s"), None]


@pytest.mark.parametrize("query", _QUERIES)
def test_a_hint_names_a_changed_key_or_no_key_at_all(query: Query | None) -> None:
    changed = hint_of(query, lambda _: "F12")
    without = hint_of(query, lambda _: "")
    usual = hint_of(query, lambda id: USUAL[id][0])
    assert len({text.split("\n")[0] for text in (changed, without, usual)}) == 1
    assert "{" not in changed + without + usual
    assert ("F12" in changed) == (usual != without)
    assert without.endswith(".")


def test_hints_are_about_actions_of_the_table() -> None:
    assert {hint.action for hint in _EMPTY.values()} - {""} <= set(USUAL)
