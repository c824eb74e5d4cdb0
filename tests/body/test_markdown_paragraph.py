"""What the lines of a paragraph are: definitions, tables, terms, tasks, words."""

import pytest

from reader.body.from_markdown import from_markdown
from reader.body.markdown_paragraph import cells_of
from reader.body.to_html import to_html


def html_of(text: str) -> str:
    return to_html(from_markdown(text))


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("a | b", ["a", "b"]), ("| a | b |", ["a", "b"]), ("| a \\| b |", ["a | b"]),
        ("| `a|b` | c |", ["`a|b`", "c"]), ("`a \\| b` | c", ["`a | b`", "c"]),
        ("| a | |", ["a", ""]), ("a ` b | c", ["a ` b", "c"]),
        ("``a ` | b`` | c", ["``a ` | b``", "c"]),
        ("\\\\| a", ["\\\\", "a"]),
    ],
)  # fmt: skip
def test_pipes_stand_between_cells_except_in_code_and_after_a_backslash(
    row: str, cells: list[str]
) -> None:
    assert cells_of(row) == cells


def test_a_table_follows_a_paragraph_and_ends_at_an_empty_line() -> None:
    html = html_of("Text\na | b\n:-- | :-:\n`x \\| y` | 2\n\nMore")
    assert html.startswith("<p>Text</p>\n<table>")
    assert '<th align="left">a</th><th align="center">b</th>' in html
    assert "<code>x | y</code>" in html
    assert html.endswith("<p>More</p>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[`f`], [A  b][]\n\n[`f`]: https://e.org/f\n[a b]:\n  <https://e.org/a>\n  'T'",
         '<p><a href="https://e.org/f"><code>f</code></a>, <a href="https://e.org/a">A b</a></p>'),
        ("[a]: https://e.org/\nText [a]", '<p>Text <a href="https://e.org/">a</a></p>'),
        ("> [a]: https://e.org/\n\n[x][a]", '<p><a href="https://e.org/">x</a></p>'),
        ("[a]: not a definition", "<p>[a]: not a definition</p>"),
        ("*[HTML]: Language\n\nHTML", "<p>HTML</p>"),
        ("[TOC]\n\na", "<p>a</p>"), ("a\n{: .wide}\n\nb", "<p>a</p>\n<p>b</p>"),
        ("- [x] a\n- [ ]\n- [-] b",
         '<ul><li><input type="checkbox" checked><p>a</p></li><li><input type="checkbox"></li>'
         "<li><p>[-] b</p></li></ul>"),
        ("Term\nOther\n: One\n: Two\n\n    more",
         "<dl><dt>Term</dt><dt>Other</dt><dd><p>One</p><p>Two</p><p>more</p></dd></dl>"),
        ("Some words. ^abc-1", '<p id="^abc-1">Some words.</p>'),
        ("2 ^ 3 and ^up", '<p id="^up">2 ^ 3 and</p>'),
    ],
)  # fmt: skip
def test_lines_are_what_they_define(text: str, html: str) -> None:
    assert html_of(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("See {{ site.base }}/x and [a]({{< ref \"b.md\" >}})", "<p>See /x and a</p>"),
        ("`{{ site.base }}` {{< toc >}}b", "<p><code>{{ site.base }}</code> b</p>"),
        ("a {% raw %}{{ b }}{% endraw %}", "<p>a {{ b }}</p>"),
        ("a {{ b }} {c}", "<p>a {{ b }} {c}</p>"),
    ],
)  # fmt: skip
def test_commands_of_other_tools_are_not_shown(text: str, html: str) -> None:
    assert html_of(text) == html
