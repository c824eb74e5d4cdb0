"""Every kind of block and run is written as exactly one form of HTML."""

import pytest

from reader.body.blocks import (
    Block,
    Body,
    Cell,
    Code,
    Definition,
    Definitions,
    Figure,
    Given,
    Heading,
    Item,
    List,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Style,
    Table,
    Text,
)
from reader.body.to_html import to_html
from reader.model import Caveat

_A, _B = (Text("a"),), (Text("b"),)
_P = Paragraph(_A)


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (_P, "<p>a</p>"),
        (Paragraph(_A, 'x"'), '<p id="x&quot;">a</p>'),
        (Heading(3, _A), "<h3>a</h3>"),
        (Heading(1, _A, "there"), '<h1 id="there">a</h1>'),
        (Quote((_P, Rule())), "<blockquote><p>a</p><hr></blockquote>"),
        (Code("a < b\n  c"), "<pre><code>a &lt; b&#10;  c</code></pre>"),
        (Code("x", "c"), '<pre><code class="language-c">x</code></pre>'),
        (List((Item((_P,)), Item(()))), "<ul><li><p>a</p></li><li></li></ul>"),
        (List((Item((_P,)),), ordered=True), "<ol><li><p>a</p></li></ol>"),
        (List((Item((_P,)),), True, 0), '<ol start="0"><li><p>a</p></li></ol>'),
        (
            List((Item((), checked=True), Item((), checked=False))),
            '<ul><li><input type="checkbox" checked></li><li><input type="checkbox"></li></ul>',
        ),
        (
            Definitions((Definition((_A, _B), (_P,)), Definition((), (_P,)))),
            "<dl><dt>a</dt><dt>b</dt><dd><p>a</p></dd><dd><p>a</p></dd></dl>",
        ),
        (Definitions((Definition((_A,), ()),)), "<dl><dt>a</dt></dl>"),
        (Definitions((Definition((), ()),)), "<dl><dd></dd></dl>"),
        (Table(((Cell(_A),),)), "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        (
            Table(((Cell(_A, header=True),), (Cell(_B, False, 2, 3, "right"),)), 1, _B),
            "<table><caption>b</caption><thead><tr><th>a</th></tr></thead>"
            '<tbody><tr><td colspan="2" rowspan="3" align="right">b</td></tr></tbody></table>',
        ),
        (Figure((_P,)), "<figure><p>a</p></figure>"),
        (Figure((_P,), _B), "<figure><p>a</p><figcaption>b</figcaption></figure>"),
        (Rule(), "<hr>"),
    ],
)
def test_a_block_has_one_form(block: Block, html: str) -> None:
    assert to_html(Body((block,))) == html


@pytest.mark.parametrize(
    ("run", "html"),
    [
        (Text("a & <b>\nc"), "a &amp; &lt;b&gt;<br>c"),
        (Text("a", link="https://x/?a&b"), '<a href="https://x/?a&amp;b">a</a>'),
        *((Text("a", style), f"<{name}>a</{name}>") for style, name in (
            (Style.STRONG, "strong"), (Style.EMPHASIS, "em"), (Style.UNDERLINE, "u"),
            (Style.STRIKE, "s"), (Style.MARK, "mark"), (Style.SMALL, "small"),
            (Style.SUB, "sub"), (Style.SUP, "sup"), (Style.CODE, "code"),
        )),
        (Text("a", Style.STRONG | Style.CODE), "<code><strong>a</strong></code>"),
        (Picture(""), '<img src="" alt="">'),
        (
            Picture("n", 3, 2, 'a"\nb', "https://x/", "https://x/p"),
            '<a href="https://x/"><img src="n" width="3" height="2" alt="a&quot;&#10;b" '
            'data-address="https://x/p"></a>',
        ),
        (
            Picture("n", 300, 200, given=Given(0, 12.5)),
            '<img src="n" width="300" height="200" alt="" data-width="0px" data-height="12.5px">',
        ),
        (NoteMark("n"), '<a role="doc-noteref" href="#n"></a>'),
    ],
)  # fmt: skip
def test_a_run_has_one_form(run: Run, html: str) -> None:
    assert to_html(Body((Paragraph((run,)),))) == f"<p>{html}</p>"


def test_every_block_and_note_has_a_line_inside_what_is_known_of_the_whole() -> None:
    note = Note("n", (_P,))
    lines = '<p>a</p>\n<hr>\n<div role="doc-endnote" id="n"><p>a</p></div>'
    assert to_html(Body((_P, Rule()), (note,))) == lines
    caveats = tuple(Caveat)[:2]
    named = " ".join(caveats)
    whole = f'<article lang="he" dir="rtl" data-caveats="{named}">\n{lines}\n</article>'
    assert to_html(Body((_P, Rule()), (note,), "he", "rtl", caveats)) == whole
