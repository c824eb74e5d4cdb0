"""A page made ready: what nobody sees is gone, loose lines are paragraphs, pictures are real."""

import pytest
from lxml import etree, html

from reader.ingest.extract import page
from reader.ingest.extract.measure import Element


def _made(tree: Element) -> str:
    made = str(etree.tostring(tree, encoding="unicode", method="html"))
    return made.removeprefix("<div>").removesuffix("</div>")


def _ready(inside: str, body: str = "") -> str:
    root = page.parse(f"<html><body{body}>{inside}</body></html>")
    assert root is not None
    made = page.prepare(root)
    assert made.tag == "body"
    return str(etree.tostring(made, encoding="unicode", method="html")).partition(">")[2][:-7]


@pytest.mark.parametrize(
    "gone",
    [f"<{tag}>x</{tag}>" for tag in
     ("script", "style", "template", "svg", "canvas", "dialog", "applet", "map", "datalist",
      "noscript")]
    + ["<link href='x'>", "<base href='x'>", "<meta name='x'>", "<title>x</title>",
    "<p hidden>x</p>",
       "<p style='display:none'>x</p>", "<p style='color:red; DISPLAY : none'>x</p>",
       "<p style='visibility: hidden'>x</p>", "<p aria-hidden='true'>x</p>",
       "<p aria-modal='true'>x</p>", "<p role='dialog'>x</p>", "<p role='alertdialog'>x</p>",
       "<p class='sr-only'>x</p>", "<p id='cookie-banner'>x</p>",
       "<p hidden><img src='/a.png'></p>", "<!-- x -->"],
)  # fmt: skip
def test_what_nobody_sees_is_gone(gone: str) -> None:
    assert _ready(f"<div>a</div>{gone}<div>b</div>") == "<div>a</div><div>b</div>"


@pytest.mark.parametrize(
    "shown",
    [
        '<p style="color: red">x</p>', '<p aria-hidden="false">x</p>', '<p role="definition">x</p>',
        '<p aria-modal="false">x</p>', '<p class="x" id="y">x</p>', '<p style="">x</p>',
        '<img hidden src="/a.png">', '<img style="display:none" src="/a.png">',
        '<p hidden><math><mi>x</mi></math></p>', '<p style="display:none"><math></math></p>',
        '<p class="fallback-image" aria-hidden="true">x</p>',
        '<math aria-hidden="true"><mi>x</mi></math>',
        '<p aria-hidden="true"><math><mi>x</mi></math></p>',
        '<p><b class="katex-html" aria-hidden="true">x</b></p>',
        '<p title="sr-only">x</p>',
    ],
)  # fmt: skip
def test_what_is_seen_stays(shown: str) -> None:
    assert _ready(shown) == shown


def test_a_formula_that_is_drawn_beside_its_mathml_is_gone() -> None:
    math = "<i><math><mi>x</mi></math></i>"
    assert _ready(f'<p>{math}<b class="katex-html" aria-hidden="true">x</b></p>') == (
        f"<p>{math}</p>"
    )
    assert _ready('<p><b class="other" aria-hidden="true">x</b></p>') == "<p></p>"


def test_old_tags_are_new_ones() -> None:
    assert _ready("<center><font>a</font>b</center>") == "<div><span>a</span>b</div>"


def test_a_tree_without_a_body_is_made_ready_as_a_whole() -> None:
    tree = html.fragment_fromstring("<div><p hidden>x</p><p>y</p></div>")
    assert _made(page.prepare(tree)) == "<p>y</p>"


@pytest.mark.parametrize(
    ("body", "first", "second", "kept"),
    [
        ("postid-1", "post-1", "post-2", "x"), ("page-id-1", "post-1", "post-2", "x"),
        ("postid-1", "post-3", "post-2", "xy"), ("", "post-1", "post-2", "xy"),
        ("postid-1", "post-1", "post-1", "xy"), ("postid-1", "post-1", "other", "xy"),
        ("my-postid-12", "post-12", "post-1", "x"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["article", "div", "li"])
def test_of_the_posts_of_a_page_its_own_is_shown(
    tag: str, body: str, first: str, second: str, kept: str
) -> None:
    posts = f"<{tag} class='a {first} b'>x</{tag}><{tag} class='{second}'>y</{tag}>"
    made = _ready(posts, f" class='{body}'" if body else "")
    assert "".join(html.fragment_fromstring(made, "body").itertext()) == kept


def test_a_post_that_holds_the_one_of_a_page_stays() -> None:
    posts = '<div class="post-2">x<div class="post-1">y<div class="post-3">z</div></div></div>'
    assert _ready(posts, " class='postid-1'") == posts.replace('<div class="post-3">z</div>', "")


@pytest.mark.parametrize(
    ("lines", "made"),
    [
        ("a<br>b", "a<br>b"), ("a<br><br>b", "a<p>b</p>"), ("a<br> <br> <br>b", "a<p>  b</p>"),
        ("a<br><br>b<br>c", "a<p>b<br>c</p>"), ("a<br>b<br>c", "a<br>b<br>c"),
        ("a<br><br>b<br><br>c", "a<p>b</p><p>c</p>"),
        ("a<br><br>b<i>c</i>d<p>e</p>f", "a<p>b<i>c</i>d</p><p>e</p>f"),
        ("a<br clear='x'><br>b", "a<p>b</p>"), ("a<br><br>b<br>", "a<p>b</p>"),
        ("a<br><br>b<br> ", "a<p>b</p>"), ("a<br><br>b<br>c<br>", "a<p>b<br>c</p>"),
        ("a<br><br>b<br><i>c</i>", "a<p>b<br><i>c</i></p>"),
        ("a<br><br>b<br> <i>c</i>", "a<p>b<br> <i>c</i></p>"),
    ],
)  # fmt: skip
def test_two_line_breaks_part_paragraphs(lines: str, made: str) -> None:
    assert _ready(f"<div>{lines}</div>") == f"<div>{made}</div>"


def test_a_paragraph_of_paragraphs_is_a_box() -> None:
    assert _ready("<p>a<br><br>b</p>") == "<div>a<p>b</p></div>"
    assert _ready("<p>a<br>b</p>") == "<p>a<br>b</p>"
    assert _ready("<section>a<br><br>b</section>") == "<section>a<p>b</p></section>"


@pytest.mark.parametrize(
    ("lines", "made"),
    [
        ("", ""), (" ", " "), ("a", "<p>a</p>"), ("a<b>b</b>c", "<p>a<b>b</b>c</p>"),
        ("<b>b</b>c", "<p><b>b</b>c</p>"), ("a<p>b</p>c", "<p>a</p><p>b</p><p>c</p>"),
        ("<p>b</p> <p>c</p>", "<p>b</p> <p>c</p>"),
        ("<p>b</p>c<i>d</i>e", "<p>b</p><p>c<i>d</i>e</p>"),
        ("<p>b</p><i>d</i>e<p>f</p>", "<p>b</p><p><i>d</i>e</p><p>f</p>"),
        ("<br>a", "<p><br>a</p>"), ("<br><p>a</p>", "<br><p>a</p>"), ("a<br>", "<p>a</p>"),
        ("a<br> <br>", "<p>a</p>"), ("a<br>b<br>", "<p>a<br>b</p>"), ("a<br><i>b</i>",
                                                                       "<p>a<br><i>b</i></p>"),
        ("<p></p>a", "<p>a</p>"), ("<p> </p>", ""), ('<p id="x"></p>', '<p id="x"></p>'),
        ("<p><img></p>", "<p><img></p>"), ("<p><br></p>a", "<p>a</p>"),
        *((f"a<{tag}>b<p>c</p></{tag}>d", f"<p>a</p><{tag}>b<p>c</p></{tag}><p>d</p>")
          for tag in ("a", "ins", "del", "span", "b", "strong", "em", "i", "label")),
        ("a<code><p>c</p></code>d", "<p>a<code><p>c</p></code>d</p>"),
        ("a<h2>b</h2>", "<p>a</p><h2>b</h2>"), ("a<img>b", "<p>a<img>b</p>"),
    ],
)  # fmt: skip
def test_loose_lines_of_a_box_become_paragraphs(lines: str, made: str) -> None:
    box = html.fragment_fromstring("<div></div>")
    inside = etree.fromstring(f"<div>{lines}</div>".replace("<br>", "<br/>").replace(
        "<img>", "<img/>"))  # fmt: skip
    box.text = inside.text
    box.extend(inside)
    page.wrap_lines(box)
    assert _made(box) == made


@pytest.mark.parametrize(
    ("markup", "empty"),
    [
        ("<div></div>", True), ("<div> <p> </p> </div>", True), ("<div>x</div>", False),
        ("<div><p>x</p></div>", False), ("<div><p></p>x</div>", False),
        ("<div><br><hr></div>", True),
        *((f"<div><p><{tag}></{tag}></p></div>", False)
          for tag in ("img", "picture", "iframe", "video", "embed", "object", "math")),
    ],
)  # fmt: skip
def test_a_box_that_shows_nothing_is_empty(markup: str, empty: bool) -> None:
    assert page.is_empty(html.fromstring(markup)) is empty


def test_a_block_is_looked_for_at_any_depth() -> None:
    assert page.has_block(html.fromstring("<div><b><i><p>x</p></i></b></div>"))
    assert not page.has_block(html.fromstring("<div><b><i>x</i></b></div>"))
    assert not page.has_block(html.fromstring("<div></div>"))


def test_behind_very_many_tags_only_those_that_make_lines_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page, "_MOST_TAGS", 3)
    root = page.parse("<p><b>a</b><i>b</i></p><p>1 < 2<b>c</b></p><tr><td>d<td>e")
    assert root is not None
    assert _made(root).partition("<body>")[2] == (
        "<p><b>a</b><i>b</i></p><p>1 &lt; 2 c </p><tr><td> d e</td></tr></body></html>"
    )
    text = "<p>1 < 2 < 3 < 4 < 5</p>"
    root = page.parse(text)
    assert root is not None
    assert "1 &lt; 2 &lt; 3 &lt; 4 &lt; 5" in _made(root)
    exact = page.parse("<p><b>a</b></p>"[:-4])
    assert exact is not None
    assert "<b>a</b>" in _made(exact)
    assert page.parse("") is None


def test_elements_without_an_end_hold_no_text() -> None:
    for tag in ("source", "track", "wbr", "embed"):
        root = page.parse(f"<body><div><{tag} src='/a'><p>x</p></div></body>")
        assert root is not None
        assert [len(each) for each in root.iter(tag)] == [0]


def test_the_source_of_a_quotation_is_a_line_of_it() -> None:
    quote = "<blockquote><p>x</p><footer>Who</footer></blockquote>"
    assert _ready(f"{quote}<footer>y</footer>") == (
        "<blockquote><p>x</p><p>Who</p></blockquote><footer>y</footer>"
    )
