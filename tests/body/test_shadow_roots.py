"""Shadow roots that a page writes are shown where they stand."""

import pytest

from reader.body.from_html import from_html
from reader.body.to_text import to_text


def _lines(html: str) -> list[str]:
    return to_text(from_html(html)).split("\n\n")


@pytest.mark.parametrize("mode", ["shadowrootmode", "shadowroot", "shadowmode"])
def test_the_text_of_a_shadow_root_is_read(mode: str) -> None:
    page = f"<main><a-b><template {mode}=open><p>Inside.</p></template></a-b><p>After.</p></main>"
    assert _lines(page) == ["Inside.", "After."]


def test_the_children_of_a_host_stand_in_its_slots() -> None:
    page = (
        "<a-b><template shadowrootmode=open><slot name=head><p>No head</p></slot><p>Between.</p>"
        "<slot><p>Nothing</p></slot></template><p>Own text.</p><h2 slot=head>Head</h2></a-b>"
    )
    assert _lines(page) == ["Head", "Between.", "Own text."]


def test_an_empty_slot_shows_its_own_text_and_nothing_is_lost() -> None:
    page = (
        "<a-b><template shadowrootmode=open><slot name=x><p>Fallback.</p></slot></template>"
        "<p slot=y>Without a slot.</p></a-b>"
    )
    assert _lines(page) == ["Fallback.", "Without a slot."]


def test_other_templates_are_not_shown() -> None:
    assert _lines("<p>Text about a shadow.</p><template><p>Hidden.</p></template>") == [
        "Text about a shadow."
    ]


def test_nested_shadow_roots_are_all_opened() -> None:
    inner = "<c-d><template shadowrootmode=open><p>Inner.</p></template></c-d>"
    page = f"<a-b><template shadowrootmode=open><p>Outer.</p>{inner}</template></a-b>"
    assert _lines(page) == ["Outer.", "Inner."]
