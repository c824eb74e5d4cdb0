"""Blocks of Markdown begin and end where CommonMark says."""

import pytest

from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html


def html_of(text: str) -> str:
    return to_html(from_markdown(text))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('```python title="a.py" {1,3}\nb = 2\n```\nText',
         '<pre><code class="language-python">b = 2</code></pre>\n<p>Text</p>'),
        ("```{r, echo=FALSE}\nplot(c)\n```", '<pre><code class="language-r">plot(c)</code></pre>'),
        ("```{.python .numbers}\nb\n```", '<pre><code class="language-python">b</code></pre>'),
        ("```\na\n`````\nText", "<pre><code>a</code></pre>\n<p>Text</p>"),
        ("~~~ js `x`\na\n```\n~~~\nText",
         '<pre><code class="language-js">a&#10;```</code></pre>\n<p>Text</p>'),
        ("````\n```\na\n```\n````", "<pre><code>```&#10;a&#10;```</code></pre>"),
        ("- a\n  ```\n  b\n  ```\n- c",
         "<ul><li><p>a</p><pre><code>b</code></pre></li><li><p>c</p></li></ul>"),
        ("> ```\n> a\n\nText", "<blockquote><pre><code>a</code></pre></blockquote>\n<p>Text</p>"),
        ("Text\n```\na", "<p>Text</p>\n<pre><code>a</code></pre>"),
        ("  ```\n  a\n    b\n  ```", "<pre><code>a&#10;  b</code></pre>"),
    ],
)  # fmt: skip
def test_a_fence_ends_where_it_is_closed_whatever_it_says(text: str, html: str) -> None:
    assert html_of(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- a\n\n      code", "<ul><li><p>a</p><pre><code>code</code></pre></li></ul>"),
        ("- a\n\n    more", "<ul><li><p>a</p><p>more</p></li></ul>"),
        ("a\n    b", "<p>a b</p>"),
        ("3) a\n4) b", '<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>'),
        ("1. a\n1) b", "<ol><li><p>a</p></li></ol>\n<ol><li><p>b</p></li></ol>"),
        ("- a\n* b", "<ul><li><p>a</p></li></ul>\n<ul><li><p>b</p></li></ul>"),
        ("- a\n - b\n  - c\n   - d",
         "<ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li><li><p>d</p></li></ul>"),
        ("1. a\n  - b", "<ol><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>"),
        ("- a\nb", "<ul><li><p>a b</p></li></ul>"),
        ("> a\nb\n\nc", "<blockquote><p>a b</p></blockquote>\n<p>c</p>"),
        ("> - a\n> - b", "<blockquote><ul><li><p>a</p></li><li><p>b</p></li></ul></blockquote>"),
        ("- # a\n- ***", "<ul><li><h1>a</h1></li><li><hr></li></ul>"),
        ("a\n***\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
    ],
)  # fmt: skip
def test_lists_quotes_and_code_hold_what_is_indented_enough(text: str, html: str) -> None:
    assert html_of(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# a #", "<h1>a</h1>"), ("#a and #b", "<p>#a and #b</p>"), ("##Old", "<h2>Old</h2>"),
        ("####### a", "<p>####### a</p>"), ("a\nb\n===", "<h1>a b</h1>"), ("a\n-", "<h2>a</h2>"),
        ("# | a | b\n--|--|--\nx | 1 | 2",
         "<table><thead><tr><th>#</th><th>a</th><th>b</th></tr></thead>"
         "<tbody><tr><td>x</td><td>1</td><td>2</td></tr></tbody></table>"),
    ],
)  # fmt: skip
def test_headings_have_room_after_their_signs_or_a_line_below(text: str, html: str) -> None:
    assert html_of(text) == html


def test_a_note_has_several_paragraphs_and_one_that_nobody_refers_to_stays() -> None:
    html = html_of("A[^n].\n\n[^n]: One.\n\n    Two.\n\n        code\n[^m]: Alone.\n\nB")
    assert '<div role="doc-endnote" id="fn:n"><p>One.</p><p>Two.</p><pre>' in html
    assert "Alone." in html
    assert "<p>B</p>" in html


def test_the_numbers_and_signs_of_lists_begin_no_code_in_the_middle_of_a_paragraph() -> None:
    assert html_of("It was\n14. of May") == "<p>It was 14. of May</p>"
    assert html_of("It was\n-") == "<h2>It was</h2>"
