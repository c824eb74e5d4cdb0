"""Links within a text lead to its headings, as GitHub names them."""

import pytest

from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html


@pytest.mark.parametrize(
    ("link", "heading"),
    [
        ("#use", "# Use"), ("#use-1", "# Use\n\n# Use"), ("#Use", "# Use"),
        ("#the-wheel-of-f", "# The **wheel** of `f`"), ("#%C3%BCber", "# Über"),
        ("#own", "# Use {#own .wide}"), ("#user-content-use", "# Use"), ("#Use%20it", "# Use it"),
        ("#old", 'Text\n\n<a name="old"></a>\n\n# Use'),
    ],
)  # fmt: skip
def test_a_link_leads_to_its_heading(link: str, heading: str) -> None:
    html = to_html(from_markdown(f"[words]({link})\n\n{heading}"))
    name = html.partition('href="#')[2].partition('"')[0]
    assert name
    assert html.count(f' id="{name}"') == 1


def test_a_link_without_a_heading_is_text_and_headings_without_a_link_have_no_name() -> None:
    assert to_html(from_markdown("[a](#none)\n\n# Use")) == "<p>a</p>\n<h1>Use</h1>"
