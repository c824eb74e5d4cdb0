"""The article of a page: found, its pictures real, its structure kept, the rest left out."""

import pytest

from reader.ingest.extract import page
from reader.ingest.extract.whole import extract, whole_page

_TEXT = "".join(
    f"<p>Sentence {n} of the article, which has some commas, and goes on for a while.</p>"
    for n in range(12)
)
_URL = "https://example.org/news/story.html"
_HERE = "https://example.org/"


def _page(inside: str, head: str = "<title>A story of things</title>") -> str:
    menu = (
        "<nav class=menu><ul>"
        + "".join(f"<li><a href=/{n}>Menu {n}</a>" for n in range(20))
        + "</ul></nav>"
    )
    side = (
        "<div class='sidebar related'><h3>Related</h3>"
        "<ul><li><a href=/x>Another story</a></ul></div>"
    )
    foot = "<footer>© 2026 Example. All rights reserved. <a href=/terms>Terms</a></footer>"
    return (
        f"<html lang=en><head>{head}</head><body>{menu}<div id=main><article>"
        f"<h1>A story of things</h1>{inside}</article>{side}</div>{foot}</body></html>"
    )


def _found(inside: str) -> str:
    return extract(_page(inside), _URL).html


def test_the_article_is_found_and_the_rest_left_out() -> None:
    page = extract(_page(_TEXT), _URL)
    assert "Sentence 0" in page.html
    assert "Sentence 11" in page.html
    for other in ("Menu 3", "Another story", "All rights reserved", "<h1"):
        assert other not in page.html
    assert not page.unsure
    assert page.about.title == "A story of things"


@pytest.mark.parametrize(
    "image",
    [
        '<img src="/a.jpg">',
        '<img src="a.jpg">',
        '<img src="//example.org/news/a.jpg">',
        '<img data-src="/a.jpg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        '<img data-original="/a.jpg" src="/blank.gif">',
        '<img data-lazy-src="/a.jpg">',
        '<img data-srcset="/s.jpg 300w, /a.jpg 900w">',
        '<img srcset="/s.jpg 1x, /a.jpg 2x">',
        '<picture><source srcset="/a.jpg 900w"><img></picture>',
        '<picture><source data-srcset="/a.jpg"></picture>',
        '<img src="/placeholder.png"><noscript><img src="/a.jpg"></noscript>',
        '<noscript><img src="/a.jpg"></noscript>',
        '<figure><img src="data:image/gif;base64,R0lG"><noscript><picture><img src="/a.jpg">'
        "</picture></noscript></figure>",
        '<amp-img src="/a.jpg" width="600" height="400"></amp-img>',
        '<div class="lead-image" style="background-image: url(\'/a.jpg\')"></div>',
        '<img data-url="/a.jpg?w=800" data-x="1">',
    ],
)
def test_a_picture_is_found_however_it_is_loaded(image: str) -> None:
    half = _TEXT[: len(_TEXT) // 2]
    found = _found(f"{half}<div>{image}</div>{_TEXT}")
    assert "a.jpg" in found
    assert 'src="https://example.org/' in found
    assert "data:" not in found


def test_a_coarse_forerunner_of_a_picture_is_not_shown_beside_it() -> None:
    size = 'width="900" height="600"'
    coarse = f'<div><img src="/small/a-long-walk.jpg?q=20" {size}></div>'
    real = f'<img {size}><noscript><img src="/large/a-long-walk.jpg" {size}></noscript>'
    found = _found(f"{_TEXT}<figure>{coarse}{real}</figure>{_TEXT}")
    assert "/large/a-long-walk.jpg" in found
    assert "/small/" not in found


def test_the_figure_before_the_body_comes_along() -> None:
    figure = '<figure><img src="/lead.jpg"></figure>'
    body = f'<div class="entry-content">{_TEXT}</div>'
    assert "lead.jpg" in _found(f"{figure}<p>A line that leads in.</p>{body}")
    own = f'<div class="entry-content"><figure><img src="/own.jpg"></figure>{_TEXT}</div>'
    assert _found(f"{figure}{own}{figure}").count("<img") == 2


def test_a_caption_that_a_gallery_repeats_is_shown_once() -> None:
    caption = "<div class='caption'>Ann Able at her house, by the river, in spring.</div>" * 12
    box = f"<div class='photo-gallery'><ul><li><img src='/a.jpg'>{caption}</li></ul></div>"
    found = _found(_TEXT + box + _TEXT)
    assert "/a.jpg" in found
    assert found.count("by the river") == 1


def test_a_height_of_nothing_is_a_mistake_and_a_dot_is_none() -> None:
    found = _found(f'{_TEXT}<p><img src="/a.jpg" width="570" height="0"></p>{_TEXT}')
    assert "a.jpg" in found
    found = _found(f'{_TEXT}<p><img src="/a.jpg" width="0" height="0"></p>{_TEXT}')
    assert "a.jpg" not in found


def test_a_formula_is_said_once() -> None:
    drawn = '<span class="katex-html" aria-hidden="true"><span>E</span></span>'
    math = '<span class="katex-mathml"><math><mi>E</mi></math></span>'
    assert _found(f'{_TEXT}<p>So <span class="katex">{math}{drawn}</span> is.</p>').count("E<") == 1
    assert "E<" in _found(f'{_TEXT}<p>So <span class="katex">{drawn}</span> is.</p>')


def test_counters_and_hidden_pictures_are_no_pictures() -> None:
    found = _found(
        f'{_TEXT}<img src="/count.gif" width="1" height="1"><p hidden><img src="/h.jpg"></p>'
    )
    assert "count.gif" not in found
    assert "h.jpg" not in found


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        ("<h2>Part</h2>", "<h2>Part</h2>"),
        ("<ul><li>one, two<li>three</ul>", "<li>three</li>"),
        ('<ol start="3"><li>one</ol>', '<ol start="3">'),
        (
            "<blockquote><p>Her words.</p></blockquote>",
            "<blockquote><p>Her words.</p></blockquote>",
        ),
        ('<pre class="language-python"><code>x = 1\n  y</code></pre>', 'class="language-python"'),
        ("<p>Inline <code>code</code> here.</p>", "<code>code</code>"),
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "<th>a</th>"),
        (
            '<figure><img src="/a.jpg"><figcaption>What it shows</figcaption></figure>',
            "<figcaption>What it shows</figcaption>",
        ),
        ("<p><em>Soft</em> and <strong>hard</strong>.</p>", "<strong>hard</strong>"),
        ("<p>H<sub>2</sub>O, x<sup>2</sup></p>", "<sub>2</sub>"),
        (
            '<p><a href="other.html">More of it</a> in the text, which goes on.</p>',
            "news/other.html",
        ),
        ("<dl><dt>Term<dd>Meaning</dl>", "<dt>Term</dt>"),
        ("<p><math><mi>x</mi></math> is a letter.</p>", "<math>"),
        (
            '<p>See.<sup><a href="#fn1" id="r1">1</a></sup></p>'
            '<ol><li id="fn1">The note, with words. <a href="#r1">↩</a></ol>',
            'id="fn1"',
        ),
        (
            '<iframe src="https://www.youtube.com/embed/x"></iframe>',
            "https://www.youtube.com/embed/x",
        ),
        (
            "<details><summary>More</summary><p>Hidden, but there.</p></details>",
            "Hidden, but there.",
        ),
    ],
)
def test_structure_is_kept(inside: str, kept: str) -> None:
    half = len(_TEXT) // 2
    assert kept in _found(_TEXT[:half] + inside + _TEXT)


@pytest.mark.parametrize(
    ("reference", "note", "anchor", "target"),
    [
        ('<sup id="fnref1"><a href="#fn1">1</a></sup>',
         '<section class="footnotes"><ol><li id="fn1">The note. <a href="#fnref1">↩</a></li></ol>'
         "</section>", "#fn1", "fn1"),
        ('<sup class="reference" id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup>',
         '<h2>References</h2><ol class="references"><li id="cite_note-1">'
         '<a href="#cite_ref-1">^</a> <span>The note.</span></li></ol>',
         "#cite_note-1", "cite_note-1"),
        ('<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a>',
         '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1">1</a>'
         '<div class="footnote-content"><p>The note.</p></div></div>', "#footnote-1", "footnote-1"),
        ('<a href="#_ftn1" name="_ftnref1">[1]</a>',
         '<p><a href="#_ftnref1" name="_ftn1">[1]</a> The note.</p>', "#_ftn1", "_ftn1"),
        ('<a href="#note1" role="doc-noteref">*</a>',
         '<aside id="note1" role="doc-footnote"><p>The note.</p></aside>', "#note1", "note1"),
        ('<a epub:type="noteref" href="#n1">1</a>',
         '<div><p id="n1">1. The note.</p></div>', "#n1", "n1"),
        ('<sup><a href="https://example.org/news/story.html#f1" id="r1">1</a></sup>',
         '<hr><ul><li id="f1">The note.</li></ul>', "#f1", "f1"),
        ('<sup><a href="#endnote-1">1</a></sup>',
         '<h3>Notes</h3><table><tr><td id="endnote-1">1.</td><td>The note.</td></tr></table>',
         "#endnote-1", "endnote-1"),
    ],
)  # fmt: skip
def test_footnotes_keep_their_anchors(reference: str, note: str, anchor: str, target: str) -> None:
    found = _found(f"{_TEXT}<p>A claim that needs its proof,{reference} it says.</p>{_TEXT}{note}")
    assert "The note." in found
    assert f'href="{anchor}"' in found or f'href="{_URL}{anchor}"' in found
    assert f'id="{target}"' in found


def test_sources_at_the_end_stay_and_ways_elsewhere_go() -> None:
    links = (
        "<ul><li><a href=/1>One thing to read</a></li><li><a href=/2>Another thing</a></li></ul>"
    )
    assert "Another thing" in _found(f"{_TEXT}<h2>Sources &amp; links</h2>{links}")
    assert "Another thing" not in _found(f"{_TEXT}<h2>Our pages</h2>{links}")


def test_a_heading_alone_in_its_box_stays() -> None:
    boxed = "<div><div class='text-block'><h2>Ann Able</h2></div></div>"
    assert "<h2>Ann Able</h2>" in _found(_TEXT + boxed + _TEXT)


def test_a_section_is_not_taken_for_a_box_by_what_it_is_about() -> None:
    headed = '<h2><span id="The_promotion_of_Ann">The promotion of Ann</span></h2>'
    assert "The promotion of Ann" in _found(_TEXT + headed + _TEXT)
    assert "The promotion" not in _found(f"{_TEXT}<p class='promotion'>The promotion</p>{_TEXT}")


@pytest.mark.parametrize(
    "said",
    [
        "The company, which she wrote about on Twitter last week, did not answer us.",
        "We asked both of them for more information on how they came to it.",
        "This story was originally published by The Other Paper.",
        "For more information on the harbour, see the pages of the council and of the museum.",
    ],
)
def test_a_last_sentence_of_the_article_stays(said: str) -> None:
    assert said in _found(f"{_TEXT}<p>{said}</p>")


@pytest.mark.parametrize(
    "said",
    [
        "Follow Ann Able, who writes about this, on Twitter.",
        "Reach the reporters on Twitter at their names.",
        "<strong>Tags<a href=/t/1>one thing</a>, <a href=/t/2>another thing</a></strong>",
        "Filed under: <a href=/t/1>one thing</a>, <a href=/t/2>another thing</a>",
    ],
)
def test_a_last_line_about_the_site_goes(said: str) -> None:
    assert said.partition("<a")[0].removeprefix("<strong>") not in _found(f"{_TEXT}<p>{said}</p>")


def test_what_follows_a_heading_by_name_only_is_cut_like_any_other() -> None:
    more = "<div class='heading-3'>More great stories</div><ul><li>One, two, three</li></ul>"
    assert "One, two" not in _found(_TEXT + more)
    inset = "<div class='heading-3'>Read more of our news</div>"
    assert "Sentence 11" in _found(_TEXT.replace("<p>Sentence 9", f"{inset}<p>Sentence 9"))


def test_nothing_that_acts_is_left() -> None:
    bad = (
        "<script>x()</script><p onclick='x()' style='color:red'>Text, with a handler, kept.</p>"
        "<a href='javascript:x()'>no</a><form><input></form><svg onload='x()'></svg>"
    )
    found = _found(_TEXT + bad + _TEXT)
    for sign in ("script", "onclick", "style=", "javascript:", "<form", "<svg"):
        assert sign not in found


def test_line_breaks_become_paragraphs() -> None:
    lines = "<br><br>".join(
        f"Line {n} of the text, with commas, and more of it." for n in range(20)
    )
    found = _found(f"<div>{lines}</div>")
    assert found.count("<p>") >= 19


def test_other_posts_on_the_page_of_one_are_left_out() -> None:
    def post(number: int, text: str) -> str:
        return f"<article class='post post-{number}'>{text}</article>"

    other = post(2, "<p>Another text, with commas, words, and more of all of it.</p>" * 3)
    body = f"<div class='post-1'>{post(1, _TEXT)}{other}</div>{other}"
    assert "Another text" not in extract(f"<body class='single postid-1'>{body}").html
    assert "Another text" in extract(f"<body class='home'>{body}").html


def test_a_page_of_more_tags_than_anyone_reads_keeps_its_text_and_its_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page, "_MOST_TAGS", 5_000)
    rows = "<tr><td><b>a</b><td>b, c" * 1_600
    found = extract(f"<body><table>{rows}<tr><td>The <i>last</i> row<td>ends</table>").html
    assert "<table><tr><td><b>a</b></td><td>b, c</td></tr>" in found
    assert "<td> The last row ends</td></tr></table>" in " ".join(found[-100:].split())
    assert found.count("<tr") == 1_601


def test_a_quotation_stays_whole() -> None:
    said = '<div><p>Look: <a href="/a">this thing</a> <a href="/b">that thing</a></p></div>'
    quote = f"<blockquote class='quoted'>{said} Ann Able</blockquote>"
    assert "that thing" in _found(_TEXT + quote + _TEXT)


def test_a_page_without_an_article_says_that_it_is_unsure() -> None:
    assert extract("<html><body><p>Few words.</p></body></html>").unsure
    assert extract("").html == ""


@pytest.mark.parametrize(
    "html",
    [
        "<",
        "<html>",
        "<div>" * 5000 + "x",
        "<p>" + "word " * 100_000,
        "\x00\ufffe<p>x",
        "<table>" * 200,
        f"<script type='ld+json'>{{{' ' * 1_000_000}}}</script>",
        f"<div style='url({'background:' * 100_000}'></div>",
        f"<img srcset='/a.png {'1' * 1_000_000}y, /b.png 1.2.3x, /c.png ..'>",
    ],
)
def test_rubbish_is_read_to_its_end(html: str) -> None:
    extract(html, "not an address")


@pytest.mark.parametrize(
    "said",
    ["SIGN UP FOR OUR NEWSLETTER", "Subscribe to the newsletter", "Sign up!", "Subscribe now"],
)
def test_a_button_in_the_middle_goes(said: str) -> None:
    assert said not in _found(f"{_TEXT}<p><strong>{said}</strong></p>{_TEXT}")


@pytest.mark.parametrize(
    ("base", "meant"),
    [
        ("/deep/", "https://example.org/deep/"), ("//other.example/", "https://other.example/"),
        ("https://other.example/x", "https://other.example/"), ("javascript:", _HERE),
        ("file:///etc/", _HERE), ("data:text/html,", _HERE), ("#top", _HERE), ("", _HERE),
        ("mailto:a@b.example", _HERE), ("http://[", _HERE),
    ],
)  # fmt: skip
def test_addresses_are_relative_to_the_base_of_a_page_if_it_is_of_the_web(
    base: str, meant: str
) -> None:
    text = "<p>Words of a text, with commas, and enough of them to be one.</p>" * 12
    inside = f'{text}<p><img src="a.png"><a href="b.html">more of it</a></p>{text}'
    html = f'<head><base href="{base}"><base href="/no/"></head><body>{inside}</body>'
    for made in (extract(html, f"{_HERE}story").html, whole_page(html, f"{_HERE}story")):
        assert f'src="{meant}a.png"' in made
        assert f'href="{meant}b.html"' in made
