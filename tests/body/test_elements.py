"""What single elements say, and what of a page is not said at all."""

import pytest

from reader.body.blocks import (
    Block,
    Code,
    Definition,
    Definitions,
    Item,
    List,
    Paragraph,
    Runs,
    Style,
    Text,
)
from reader.body.from_html import from_html
from reader.body.to_text import to_text

_STYLES = {
    Style.EMPHASIS: "em i cite dfn var",
    Style.STRONG: "strong b",
    Style.CODE: "code kbd samp tt",
    Style.STRIKE: "s del strike",
    Style.MARK: "mark",
    Style.SUB: "sub",
    Style.SUP: "sup",
    Style.UNDERLINE: "u ins",
    Style.SMALL: "small",
    Style.PLAIN: "span a abbr acronym bdi bdo big blink data font label nobr output time",
}


def _blocks(html: str) -> tuple[Block, ...]:
    return from_html(html).blocks


def _runs(html: str) -> Runs:
    (block,) = _blocks(html)
    assert isinstance(block, Paragraph)
    return block.runs


@pytest.mark.parametrize(
    ("name", "style"), [(name, style) for style, names in _STYLES.items() for name in names.split()]
)
def test_an_element_in_a_line_adds_its_style(name: str, style: Style) -> None:
    assert _runs(f"<p>a <{name}>b</{name}> c</p>") == (
        (Text("a "), Text("b", style), Text(" c")) if style else (Text("a b c"),)
    )


@pytest.mark.parametrize(
    ("opened", "style"),
    [
        ('<span style="font-weight: bold">', Style.STRONG),
        ('<span style="FONT-WEIGHT:700">', Style.STRONG),
        ('<span style="font-style: italic">', Style.EMPHASIS),
        ('<span style="font-style:italic;font-weight:bold">', Style.EMPHASIS | Style.STRONG),
        ('<b style="font-weight:normal">', Style.PLAIN),
        ('<b style="font-weight: 400">', Style.PLAIN),
        ('<b style="color:red">', Style.STRONG),
        ('<b style="font-style:italic">', Style.STRONG | Style.EMPHASIS),
        ('<font style="font-weight:bold">', Style.STRONG),
        ('<abbr style="font-weight:bold">', Style.PLAIN),
        ('<i style="font-weight:bold">', Style.EMPHASIS),
        ("<span>", Style.PLAIN),
    ],
)
def test_what_a_style_says_of_a_word(opened: str, style: Style) -> None:
    name = opened[1:].split()[0].rstrip(">")
    assert _runs(f"<p>{opened}b</{name}></p>") == (Text("b", style),)


@pytest.mark.parametrize(
    ("attributes", "seen"),
    [
        ("hidden", False), ('hidden=""', False), ('style="display: none"', False),
        ('style="color:red; DISPLAY:NONE"', False), ('style="display:block"', True),
        ('style=""', True), ('class="hidden"', True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["p", "span", "div", "h2"])
def test_what_nobody_would_see_is_left_out(name: str, attributes: str, seen: bool) -> None:
    text = to_text(from_html(f"<p>a</p><{name} {attributes}>secret</{name}><p>b</p>"))
    assert ("secret" in text) is seen
    assert text.startswith("a")
    assert text.endswith("b")


@pytest.mark.parametrize(
    "name",
    "script style template noscript svg canvas object applet select textarea button map datalist "
    "dialog rt rp".split(),
)
def test_what_is_no_text_of_an_article_is_not_said(name: str) -> None:
    assert to_text(from_html(f"<p>a <{name}>secret</{name}> b</p>")).split() == ["a", "b"]


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ('<pre class="language-c">x</pre>', Code("x", "c")),
        ('<pre class="wide lang-C++">x</pre>', Code("x", "c++")),
        ('<pre><code class="brush:js">x</code></pre>', Code("x", "js")),
        ('<div class="highlight-source-f#"><pre>x</pre></div>', Code("x", "f#")),
        ('<pre data-lang="1" lang="x_y.z-1">x</pre>', Code("x", "x_y.z-1")),
        ('<pre lang="en">x</pre>', Code("x", "")),
        ('<pre class="language-<i>&quot;x">x</pre>', Code("x", "ix")),
        (f'<pre class="language-{"a" * 50}">x</pre>', Code("x", "a" * 40)),
        ("<pre>a<br>b<script>no</script><!-- no -->c<b>d</b>e</pre>", Code("a\nbcde")),
        ("<listing>a\n  b</listing>", Code("a\n  b")),
    ],
)
def test_code_keeps_its_letters_and_its_language(html: str, code: Code) -> None:
    assert _blocks(html) == (code,)


@pytest.mark.parametrize(
    ("value", "start"),
    [("7", 7), (" 12 ", 12), ("0", 0), ("-3", -3), ("x", 1), ("", 1), ("9" * 9, 999999999),
     ("9" * 10, 1), ("²", 1)],
)  # fmt: skip
def test_a_list_begins_with_its_number(value: str, start: int) -> None:
    item = Item((Paragraph((Text("a"),)),))
    assert _blocks(f'<ol start="{value}"><li>a</li></ol>') == (List((item,), True, start),)


@pytest.mark.parametrize(
    ("inside", "checked"),
    [
        ("<input type=checkbox checked> a", True),
        ('<input type="CHECKBOX"> a', False),
        ("<p><input type=checkbox>a</p>", False),
        ("<p><label><input type=checkbox checked>a</label></p>", True),
        ("<input type=text> a", None),
        ("a <input type=checkbox>", None),
        ("<div><div><div><input type=checkbox>a</div></div></div>", None),
        ("a", None),
    ],
)
def test_a_task_is_known_by_the_box_it_begins_with(inside: str, checked: bool | None) -> None:
    (block,) = _blocks(f"<ul><li>{inside}</li></ul>")
    assert isinstance(block, List)
    (item,) = block.items
    assert item.checked is checked
    assert item.blocks == (Paragraph((Text("a"),)),)


def test_a_box_of_an_inner_item_is_none_of_the_outer() -> None:
    (block,) = _blocks("<ul><li><ul><li><input type=checkbox>a</li></ul></li></ul>")
    assert isinstance(block, List)
    (inner,) = block.items[0].blocks
    assert isinstance(inner, List)
    assert (block.items[0].checked, inner.items[0].checked) == (None, False)


# ---- nesting


@pytest.mark.parametrize(
    "html",
    [
        "<dl><dt>a<dd>b<dt>c<dd>d</dl>",
        "<DL><DT>a<DD>b<DT>c<DD>d</DL>",
        "<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>",
    ],
)
def test_terms_may_be_left_open(html: str) -> None:
    assert _blocks(html) == (
        Definitions(
            tuple(
                Definition(((Text(term),),), (Paragraph((Text(said),)),))
                for term, said in ("ab", "cd")
            )
        ),
    )


@pytest.mark.parametrize("levels", [50, 62, 130, 400, 5000])
@pytest.mark.parametrize("name", ["div", "SPAN", "blockquote", "x-y"])
def test_text_in_any_depth_and_behind_it_is_said(name: str, levels: int) -> None:
    html = f"<p>before</p>{f'<{name}>' * levels}deep{f'</{name}>' * levels}<p>behind</p>"
    assert to_text(from_html(html)).replace(">", "").split() == ["before", "deep", "behind"]


def test_what_looks_like_a_tag_in_code_or_comments_opens_nothing() -> None:
    many = "<div>" * 100
    html = f"<script>{many}</script><!-- {many} --><style>{many}</style>" + "<p>a <b>b</b></p>" * 70
    assert _blocks(html) == (Paragraph((Text("a "), Text("b", Style.STRONG))),) * 70


def test_a_tag_that_never_ends_is_text() -> None:
    assert "a <b c" in to_text(from_html("<p>a <b c <i>d</i></p>"))


@pytest.mark.xfail(strict=True, reason="text between the items of a list is not said")
@pytest.mark.parametrize("html", ["<ul>a<li>b</li>c</ul>", "<dl>a<dt>b</dt>c</dl>"])
def test_text_between_the_items_of_a_list_is_said(html: str) -> None:
    assert [*"abc"] == [each for each in to_text(from_html(html)) if each in "abc"]
