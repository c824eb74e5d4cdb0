"""What is written of an article: what carries meaning as it was, nothing that acts or leads on."""

import pytest
from lxml import html

from reader.ingest.extract.write import write

_HERE = "https://example.org/news/story"


def _written(inside: str, address: str = _HERE, *, saved: bool = False) -> str:
    made = write(html.fromstring(f"<div>{inside}</div>"), address, saved=saved)
    return made.removeprefix("<div>").removesuffix("</div>")


@pytest.mark.parametrize(
    "markup",
    [
        '<p id="p1" dir="rtl" lang="ar" role="note">Words.</p>',
        '<a href="https://example.org/x" id="n1" rel="footnote" role="doc-noteref" class="z">1</a>',
        '<img src="https://example.org/a.png" alt="A hill" width="30" height="20">',
        '<ol start="3" id="list"><li>one</li></ol>',
        '<table><tr><th colspan="2" rowspan="1" align="left">a</th></tr></table>',
        '<table><tr><td colspan="1" rowspan="2" align="right">b</td></tr></table>',
        '<pre class="language-c" lang="c"><code class="language-c">int x;\n</code></pre>',
        '<math alttext="x"><mrow class="m"><mi mathvariant="bold">x</mi></mrow></math>',
        '<video src="https://example.org/a.mp4" title="A film" poster="https://example.org/a.png">'
        '<source src="https://example.org/b.mp4"></source></video>',
        '<audio src="https://example.org/a.mp3" title="A song"></audio>',
        '<iframe src="https://example.org/film" title="A film"></iframe>',
        '<time datetime="2026-02-03">a day</time>',
        '<ul><li><input type="checkbox" checked> done</li></ul>',
        '<ul><li><input type="CHECKBOX"> open</li></ul>',
        *(f'<p class="{name}">A note.</p>' for name in ("footnote", "x endnotes", "footnote-ref")),
    ],
)  # fmt: skip
def test_what_carries_meaning_is_written_as_it_was(markup: str) -> None:
    assert _written(markup) == markup


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ('<b class="x" style="y" onclick="z" data-a="1" title="t">b</b>', "<b>b</b>"),
        ('<td-x width="3">odd</td-x>', "<span>odd</span>"),
        ("<marquee>odd</marquee>", "<span>odd</span>"),
        ('<a name="n">x</a>', '<a id="n">x</a>'),
        ('<a name="n" id="m">x</a>', '<a id="m">x</a>'),
        ('<p name="n">x</p>', "<p>x</p>"),
        ('<img srcset="/s.png 300w, /l.png 900w">', '<img src="https://example.org/l.png">'),
        ('<img src="/a.png" srcset="/l.png 9w">', '<img src="https://example.org/a.png">'),
        ('<video srcset="/l.png 9w"></video>', "<video></video>"),
        *((f"a<{tag}>gone</{tag}>b", "ab")
          for tag in ("script", "form", "textarea", "button", "svg", "object", "style")),
        ('a<input type="text" checked>b', "ab"),
        ('a<select type="checkbox"></select>b', "ab"),
        ('<a href="b?q=1">x</a>', '<a href="https://example.org/news/b?q=1">x</a>'),
        ('<a href="https://example.org">x</a>', '<a href="https://example.org/">x</a>'),
        ('<a href="https://example.org?q">x</a>', '<a href="https://example.org/?q">x</a>'),
        ('<a href="javascript:x()">x</a>', "<a>x</a>"),
        ('a<img src="javascript:x()">b', "ab"),
        ('a<img alt="A hill">b', 'a<img alt="A hill">b'),
        ('<video src="javascript:x()" poster="data:x">b</video>', "<video>b</video>"),
        ('<video poster="p.png"></video>',
         '<video poster="https://example.org/news/p.png"></video>'),
        ('<p href="/x" src="/y">b</p>', "<p>b</p>"),
    ],
)  # fmt: skip
def test_nothing_else_is_written(said: str, written: str) -> None:
    assert _written(said) == written


def test_only_the_pictures_of_a_saved_page_keep_their_names() -> None:
    assert _written('<img src="a.png">', saved=True) == '<img src="a.png">'
    found = _written('<a href="b">x</a><video src="c" poster="d"></video>', saved=True)
    assert found.count('"https://example.org/news/') == 3


def test_a_picture_without_an_address_has_no_style() -> None:
    assert _written('<img style="xss:expression(alert(1))" alt="x">') == '<img alt="x">'
